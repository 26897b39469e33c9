package settings

import (
	"bytes"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// Parses reports whether a text is put to a grammar: it is configuration, and
// not of a kind that holds no settings, and has a word of interest. The others,
// most files of most repositories, cost one pass over their bytes.
func Parses(t *embed.Text) bool {
	if formatOfText(t) == nil {
		return false
	}
	table, err := rules.Settings()
	if err != nil {
		return true
	}
	cat, err := rules.Default()
	if err != nil {
		return true
	}
	return !isQuietFile(table, t.Name) && len(worthReading(t, table, cat)) > 0
}

// isWorthParsing reports whether the bytes or the name of a text hold anything
// that could be observed.
func isWorthParsing(t *embed.Text) bool {
	return isInteresting(t.Data, commentsOf(formatOfText(t))) || isInteresting([]byte(t.Name), "")
}

// commentsOf returns the characters with which lines that are comments begin in
// a format.
func commentsOf(f *format) string {
	switch f.name {
	case "TOML", "properties", "INI":
		return "#"
	}
	return ""
}

// look is a text of which a file that the gate does not read must hold one to be
// parsed at all, in lower case: parts of every key and value that this package
// observes.
type look struct {
	text string
	// not are what may not follow, unless one of but does: author, but authorize.
	not, but []string
	// joined is set if the text only counts as part of a longer name: api_key.
	joined bool
	// with must stand in the file as well.
	with string
	// ranges is set if the text only counts in a file with a text that opens: a
	// part of an address range that is wide.
	ranges, opens bool
}

// looks returns all of them by their first byte.
var looks = sync.OnceValue(func() *[256][]look {
	var by [256][]look
	add := func(l look) { by[l.text[0]] = append(by[l.text[0]], l) }
	for _, text := range [...]string{
		"pass", "pwd", "psw", "pw", "secret", "token", "cred", "jwt", "bearer", "dsn", "conn", "wort", "senha", "heslo", "parol",
		"contras", "mdp", "mima", "密", "пароль", "Пароль", "ПАРОЛЬ", "clave", "chave", "login", "logon", "signin", "sign_in", "sign-in", "attempt",
		"lockout", "brute", "regulation", "ftp", "ssh", "known", "tls", "ssl", "https", "verif", "cert", "insecure", "trust", "hostname",
		"policy", "mfa", "2fa", "factor", "totp", "lifespan", "lifetime", "proxies", "authorized", "faillock", "tally2",
		"cipher", "crypto", "secure", "api key", "access key", "secret key", "private key", "htdigest", "automatically", "max_age_days", "maxagedays",
		"fehlversuch", "anmeld", "inlog", "intentos", "tentativ", "woord", "jail", "fail2ban", "failurelimit", "failure limit", "faktor", "verificatie", "authentification",
		"identified by", "curl", "wget", "apikey", "accesskey", "secretkey", "privatekey", "ldap", "smtp", "amqp", "://",
		"sasl", "psk", "community", "pagerduty", "'{\"", "\"{\\\"",
	} {
		add(look{text: text})
	}
	add(look{text: "auth", not: []string{"or"}, but: []string{"oriz", "oris"}})
	add(look{text: "key", joined: true})
	add(look{text: "rotat", with: "day"})
	for _, text := range [...]string{"allow", "cidr", "safelist", "whitelist", "source", "ip rules"} {
		add(look{text: text, ranges: true})
	}
	for _, text := range [...]string{"*", ".0/", "::/", "0.0.0.0", ".255"} {
		add(look{text: text, opens: true})
	}
	return &by
})

// isInteresting reports whether the bytes hold anything that could be observed.
// Lines that begin with one of the comment characters are left out.
func isInteresting(data []byte, comments string) bool {
	by := looks()
	ranges, wide := false, false
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c < '0' && strings.IndexByte(comments, c) >= 0 && beginsLine(data, i) {
			n := bytes.IndexByte(data[i:], '\n')
			if n < 0 {
				break
			}
			i += n
			continue
		}
		list := by[shape.Lower(c)]
		for k := range list {
			l := &list[k]
			if !l.at(data, i) {
				continue
			}
			if l.ranges || l.opens {
				ranges, wide = ranges || l.ranges, wide || l.opens
			} else if l.with == "" || bytes.Contains(bytes.ToLower(data), []byte(l.with)) {
				return true
			}
		}
	}
	return ranges && wide
}

// beginsLine reports whether only blanks stand before i in its line.
func beginsLine(data []byte, i int) bool {
	for i--; i >= 0 && (data[i] == ' ' || data[i] == '\t'); i-- {
		continue
	}
	return i < 0 || data[i] == '\n'
}

// at reports whether the look stands at data[i:], the first byte is known to.
func (l *look) at(data []byte, i int) bool {
	if !shape.HasFold(data[i:], l.text) {
		return false
	}
	end := i + len(l.text)
	if l.joined && (i == 0 || !isNameByte(data[i-1], false) && data[i-1] != '-' && data[i-1] != '.') {
		return false
	}
	if len(l.not) > 0 {
		rest := strings.ToLower(string(data[end:min(len(data), end+4)]))
		return !hasPrefixOf(rest, l.not) || hasPrefixOf(rest, l.but)
	}
	return true
}

// hasPrefixOf reports whether the text begins with one of the others.
func hasPrefixOf(text string, list []string) bool {
	for _, prefix := range list {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
