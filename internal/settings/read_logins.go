package settings

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// This file reads formats that hold nothing but logins. They say themselves what
// is a credential, whatever it looks like, so their settings carry that.

// readNetrc reads a .netrc file into a mapping for each machine.
func readNetrc(src *source) ([]*Setting, *fault) {
	r := netrcReader{src: src, data: src.data, root: &Setting{Kind: Mapping, src: src}}
	for {
		word, ok := r.word(true)
		if !ok {
			return []*Setting{r.root}, nil
		}
		r.entry(word)
	}
}

// netrcReader reads one word after the other.
type netrcReader struct {
	src     *source
	data    []byte
	at      int
	root    *Setting
	machine *Setting
}

// netrcWord is a word and where its text stands.
type netrcWord struct {
	text string
	val  span
}

// word returns the next word. Where a keyword is due, a hash begins a comment;
// elsewhere it is a character of a password.
func (r *netrcReader) word(keyword bool) (netrcWord, bool) {
	for r.at < len(r.data) {
		b := r.data[r.at]
		switch {
		case isBlank(b) || b == '\n':
			r.at++
		case b == '#' && keyword:
			r.skipLine()
		case b == '"':
			return r.quoted(), true
		default:
			start := r.at
			for r.at < len(r.data) && !isBlank(r.data[r.at]) && r.data[r.at] != '\n' {
				r.at++
			}
			return netrcWord{string(r.data[start:r.at]), span{start: start, end: r.at}}, true
		}
	}
	return netrcWord{}, false
}

// quoted reads a word between double quotes, with escapes.
func (r *netrcReader) quoted() netrcWord {
	var d decoder
	r.at++
	start := r.at
	for r.at < len(r.data) && r.data[r.at] != '"' && r.data[r.at] != '\n' {
		if r.data[r.at] == '\\' && r.at+1 < len(r.data) && r.data[r.at+1] != '\n' {
			d.put(string(r.data[r.at+1:r.at+2]), r.at, r.at+2)
			r.at += 2
			continue
		}
		d.copy(r.data, r.at, r.at+1)
		r.at++
	}
	word := netrcWord{string(d.text), d.span(start, r.at)}
	if r.at < len(r.data) && r.data[r.at] == '"' {
		r.at++
	}
	return word
}

// skipLine goes to the end of the line.
func (r *netrcReader) skipLine() {
	if n := bytes.IndexByte(r.data[r.at:], '\n'); n >= 0 {
		r.at += n
		return
	}
	r.at = len(r.data)
}

// entry reads what a keyword begins.
func (r *netrcReader) entry(keyword netrcWord) {
	switch keyword.text {
	case "machine":
		if name, ok := r.word(false); ok {
			r.machine = r.root.add(&Setting{Name: name.text, Kind: Mapping, key: name.val, val: name.val})
			r.add("host", keyword, name, shape.None)
		}
	case "default":
		r.machine = r.root.add(&Setting{Name: "default", Kind: Mapping, key: keyword.val, val: keyword.val})
	case "login", "password", "account":
		value, ok := r.word(false)
		if !ok || r.machine == nil {
			return
		}
		name, kind := "user", shape.None
		if keyword.text != "login" {
			name, kind = keyword.text, shape.Password
		}
		r.add(name, keyword, value, kind)
	case "macdef": // goes up to an empty line
		if n := bytes.Index(r.data[r.at:], []byte("\n\n")); n >= 0 {
			r.at += n
			return
		}
		r.at = len(r.data)
	}
}

// add adds a setting to the machine.
func (r *netrcReader) add(name string, key, value netrcWord, kind shape.Kind) {
	r.machine.add(&Setting{Name: name, key: key.val, Text: value.text, val: value.val, Verbatim: true, holds: kind})
}

// pgpassFields are the parts of a line of a password file of PostgreSQL.
var pgpassFields = [...]string{"host", "port", "database", "user", "password"}

// readPgpass reads a password file of PostgreSQL into a mapping for each line.
func readPgpass(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	eachLine(src.data, func(start, end int) {
		fields := colonFields(src.data, start, end, len(pgpassFields))
		if len(fields) < len(pgpassFields) {
			return
		}
		entry := root.add(&Setting{Name: fields[0].Text, Kind: Mapping, key: fields[0].val, val: fields[0].val})
		for i, field := range fields {
			if field.Text == "*" {
				continue // stands for any
			}
			field.Name, field.key = pgpassFields[i], field.val
			if pgpassFields[i] == "password" {
				field.holds = shape.Password
			}
			entry.add(field)
		}
	})
	return []*Setting{root}, nil
}

// eachLine calls visit with every line that is neither empty nor a comment.
func eachLine(data []byte, visit func(start, end int)) {
	at := 0
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		at = 3
	}
	for at < len(data) {
		end := len(data)
		if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
			end = at + n
		}
		start, stop := at, end
		if stop > start && data[stop-1] == '\r' {
			stop--
		}
		if start < stop && data[start] != '#' {
			visit(start, stop)
		}
		at = end + 1
	}
}

// colonFields returns the parts of a line between colons, at most most of them;
// a backslash takes the meaning from the next character.
func colonFields(data []byte, start, end, most int) []*Setting {
	var list []*Setting
	var d decoder
	first := start
	done := func(at int) {
		list = append(list, &Setting{Text: string(d.text), val: d.span(first, at), Verbatim: true})
		d, first = decoder{}, at+1
	}
	for at := start; at < end; at++ {
		switch {
		case data[at] == '\\' && at+1 < end && most > 2:
			d.put(string(data[at+1:at+2]), at, at+2)
			at++
		case data[at] == ':' && len(list) < most-1:
			done(at)
		default:
			d.copy(data, at, at+1)
		}
	}
	done(end)
	return list
}

// readHtpasswd reads users and what their passwords are checked with: a hash,
// or the password itself.
func readHtpasswd(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	eachLine(src.data, func(start, end int) {
		fields := colonFields(src.data, start, end, 2)
		if len(fields) < 2 || fields[0].Text == "" || strings.ContainsAny(fields[0].Text, " \t<>=/") {
			return
		}
		user, check := fields[0], fields[1]
		if at := strings.Index(check.Text, " #"); at >= 0 {
			check.Text, check.val = check.Text[:at], check.val.slice(0, at)
		}
		entry := root.add(&Setting{Name: user.Text, Kind: Mapping, key: user.val, val: user.val})
		user.Name, user.key = "user", user.val
		check.Name, check.key = "password", check.val
		check.holds = shape.Password
		entry.add(user)
		entry.add(check)
	})
	return []*Setting{root}, nil
}
