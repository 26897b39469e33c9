package settings

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// This file reads lines whose place says what holds a credential: the maps of
// logins of mail servers, the secrets of tunnels, users of databases and switches.
// The forms are data: rules/settings/lines.toml.

// The limits of a line that is compared with forms.
const (
	maxFormLine  = 2000
	maxFormWords = 40
)

// readWords is the reader of files that are known by the forms of their lines
// alone.
func readWords(src *source) ([]*Setting, *fault) {
	return []*Setting{{Kind: Mapping, src: src}}, nil
}

// isLineFile reports whether a file has lines of known forms and nothing else, by
// its base name.
func isLineFile(base string) bool {
	stem, _, _ := strings.Cut(base, ".")
	switch stem {
	case "sasl_passwd", "sasl-passwd", "relay_passwd", "smtp_passwd", "smarthost_passwd", "chap-secrets", "pap-secrets", "running-config", "startup-config", "preseed":
		return true
	}
	switch path.Ext(base) {
	case ".secrets", ".acl", ".preseed", ".seed", ".ks", ".ios", ".cisco", ".nxos", ".eos", ".muttrc", ".fetchmailrc":
		return true
	}
	switch base {
	case "passwd.client", "userlist.txt", ".msmtprc", "msmtprc", "fetchmailrc", "muttrc", "smtp_auth", "authorize", "users", ".neomuttrc":
		return true
	}
	return strings.HasSuffix(base, "-confg")
}

// forms returns the logins in the lines of a text, nil if the file has no known
// forms.
func (o *observer) forms(src *source) *Setting {
	files := o.table.LineForms(o.path)
	if len(files) == 0 {
		return nil
	}
	root := &Setting{Kind: Mapping, src: src}
	eachLine(src.data, func(start, end int) {
		start, end = trimmed(src.data, start, end)
		if start == end || end-start > maxFormLine || strings.IndexByte("#;!", src.data[start]) >= 0 {
			return
		}
		words := lineWords(src.data, start, end)
		if len(words) > maxFormWords {
			return
		}
		for _, file := range files {
			for i := range file.Forms {
				if roles, ok := matchForm(file.Forms[i].Words, words); ok {
					o.login(root, file, words[0], roles)
					return
				}
			}
		}
	})
	return root
}

// lineWords returns the words of a line, those between quotes without them.
func lineWords(data []byte, start, end int) []word {
	var words []word
	for i := start; i < end; {
		switch b := data[i]; {
		case isXMLBlank(b):
			i++
		case b == '"' || b == '\'':
			w := quotedWord(data, i, end)
			words, i = append(words, w), w.at.end+1
		default:
			from := i
			for i < end && !isXMLBlank(data[i]) {
				i++
			}
			words = append(words, word{text: string(data[from:i]), at: span{start: from, end: i}})
		}
	}
	return words
}

// roles are the parts of a line that a form names.
type roles map[string]word

// matchForm reports whether words have a form, and returns what stands in its
// roles. Gaps take as few words as they can.
func matchForm(form []string, words []word) (roles, bool) {
	out := roles{}
	for i, part := range form {
		if part == "..." {
			rest := form[i+1:]
			for skip := 0; skip <= len(words)-i; skip++ {
				if found, ok := matchForm(rest, words[i+skip:]); ok {
					for role, w := range found {
						out[role] = w
					}
					return out, true
				}
			}
			return nil, false
		}
		if i >= len(words) || !matchWord(part, words[i], out) {
			return nil, false
		}
	}
	return out, len(words) == len(form)
}

// matchWord reports whether a word has the form of a part: text as it is, * for
// any, names of roles between braces.
func matchWord(part string, w word, out roles) bool {
	if part == "*" {
		return true
	}
	at := 0
	for part != "" {
		open := strings.IndexByte(part, '{')
		if open < 0 {
			return strings.EqualFold(part, w.text[at:])
		}
		if !hasPrefixFold(w.text[at:], part[:open]) {
			return false
		}
		at += open
		end := strings.IndexByte(part, '}')
		role, rest := part[open+1:end], part[end+1:]
		stop := roleEnd(w.text[at:], role, rest)
		if stop <= 0 || strings.HasPrefix(w.text[at:], "--") {
			return false
		}
		out[role] = word{text: w.text[at : at+stop], at: w.at.slice(at, at+stop), quoted: w.quoted}
		at += stop
		part = rest
	}
	return at == len(w.text)
}

// roleEnd returns where the text of a role ends: before what follows in the form,
// for a password before the last of those.
func roleEnd(text, role, rest string) int {
	if rest == "" {
		return len(text)
	}
	next := rest[:1]
	switch role {
	case "password":
		return strings.LastIndex(text, next)
	case "host": // may have a port
		if at := strings.Index(text, "]:"); at > 0 && next == ":" {
			return at + 1
		}
	}
	return strings.Index(text, next)
}

// isChecked reports whether a text is what PostgreSQL checks a password with.
func isChecked(text string) bool {
	return len(text) == len("md5")+32 && strings.HasPrefix(text, "md5") || strings.HasPrefix(text, "SCRAM-SHA-256$")
}

// hasPrefixFold is strings.HasPrefix whatever the case of ASCII letters.
func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// login adds what a line says, below its first word.
func (o *observer) login(root *Setting, file *rules.LineFile, first word, found roles) {
	name := first.text
	if len(found) > 0 && (found["user"].at.start == first.at.start || found["host"].at.start == first.at.start) && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "" {
		name = "login"
	}
	m := root.add(&Setting{Name: name, Kind: Mapping, key: first.at, val: first.at})
	for _, role := range [...]string{"user", "host", "password", "secret", "key"} {
		w, ok := found[role]
		if !ok {
			continue
		}
		item := &Setting{Name: role, key: w.at, Text: w.text, val: w.at, Quoted: w.quoted}
		switch role {
		case "password", "secret":
			if isChecked(w.text) {
				continue
			}
			item.holds = shape.Password // people choose them
		case "key":
			item.holds = shape.Key
		}
		m.add(item)
	}
	if file.Means != "plaintext" {
		return
	}
	at := m
	if host := m.Child("host"); host != nil {
		at = host
	}
	obs := &practice.Connection{Source: o.source(at), Protocol: file.Protocol, TLS: practice.TLSOff, Login: true, Use: "the line"}
	if host := found["host"].text; host != "" {
		obs.Address = partial.Literal(strings.TrimSuffix(host, "/32"))
	}
	o.out = append(o.out, obs)
}
