package partial

import (
	"net/url"
	"strings"
)

// Param is one name and value of a query or of a form.
type Param struct{ Name, Value Text }

// URL is what a reading says of a URL. A part that is absent is nil; a part
// that begins inside a hole is not known to be present. Names and values of
// the query have their percent encoding undone.
type URL struct {
	Scheme   string // lower case; empty when absent or not known
	User     Text
	Password Text // nil when the user info has no colon
	Host     Text // without port and brackets
	Port     Text
	Path     Text
	Query    []Param
	// Open is set when the text begins with a hole, so that scheme and host
	// may be inside it. Base is then that hole, and Path what follows it.
	Open bool
	Base Text
}

// ReadURL reads a URL. It takes every hole for a piece of the part in which it
// stands, and never guesses what it holds. Text that has no scheme is a path
// with a query: "host:8080/x" is no URL.
func ReadURL(t Text) URL {
	var u URL
	t = t.TrimSpace()
	t, _, _ = t.Cut('#')
	rest, query, hasQuery := t.Cut('?')
	switch scheme, after, ok := rest.cutScheme(); {
	case ok:
		u.Scheme = scheme
		rest = u.readAuthority(after)
	case rest.startsWithHole():
		u.Open = true
		rest = u.readOpen(rest)
	}
	u.Path = rest
	if !hasQuery {
		// base + "&key=" + key: the question mark is inside the hole.
		u.Path, query, hasQuery = rest.cutAppended(u.Open)
	}
	if hasQuery {
		u.Query = ReadQuery(query)
	}
	return u
}

// cutScheme parts a text at "://", or at "//" that it begins with. The scheme
// is empty if a hole is part of it.
func (t Text) cutScheme() (scheme string, after Text, ok bool) {
	front, after, ok := t.cutText("//")
	if !ok {
		return "", nil, false
	}
	if front.isEmpty() {
		return "", after, true
	}
	known, whole := front.Known()
	if whole {
		name, isScheme := strings.CutSuffix(known, ":")
		return strings.ToLower(name), after, isScheme && isSchemeName(name)
	}
	// Have: a hole before "//". It is the scheme, or a part of it, if the rest
	// is what a scheme may hold: {scheme}://, http{s}://.
	for i, p := range front {
		name := p.Text
		if i == len(front)-1 {
			var colon bool
			if name, colon = strings.CutSuffix(name, ":"); !colon || p.Hole != nil {
				return "", nil, false
			}
		}
		if p.Hole == nil && name != "" && !isSchemeTail(name) {
			return "", nil, false
		}
	}
	return "", after, true
}

// isSchemeName reports whether name has the form of a scheme.
func isSchemeName(name string) bool {
	return name != "" && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') && isSchemeTail(name)
}

// isSchemeTail reports whether text has only characters of schemes. Colons are
// among them for the sake of jdbc:postgresql.
func isSchemeTail(text string) bool {
	return strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz0123456789+-.:") == ""
}

// readAuthority reads user info, host and port from the text after "//" and
// returns the path.
func (u *URL) readAuthority(t Text) Text {
	authority, path := t.splitPath()
	if info, host, ok := authority.cutLast('@'); ok {
		user, password, both := info.Cut(':')
		u.User = user.unescape()
		if both {
			u.Password = password.unescape()
			if u.Password == nil {
				u.Password = Text{}
			}
		}
		authority = host
	}
	authority, glued := authority.cutGlued()
	u.readHost(authority)
	if glued == nil {
		return path
	}
	return append(glued[:len(glued):len(glued)], path...)
}

// readHost reads host and port.
func (u *URL) readHost(t Text) {
	if inner, ok := t.CutPrefix("["); ok {
		host, port, closed := inner.Cut(']')
		if closed {
			u.Host = host.orNil()
			if port, ok := port.CutPrefix(":"); ok {
				u.Port = port.orNil()
			}
			return
		}
	}
	host, port, ok := t.cutLast(':')
	if !ok {
		host = t
	}
	u.Host, u.Port = host.orNil(), port.orNil()
}

// readOpen reads the hole that a URL begins with and what follows: perhaps a
// port, and the path, which it returns.
func (u *URL) readOpen(t Text) Text {
	i := 0
	for i < len(t) && t[i].Hole != nil {
		i++
	}
	u.Base = t[:i:i]
	rest := t[i:]
	after, ok := rest.CutPrefix(":")
	if !ok {
		return rest.orNil()
	}
	port, path := after.splitPath()
	digits, known := port.Known()
	if known && strings.Trim(digits, "0123456789") != "" {
		return rest
	}
	u.Port = port.orNil()
	return path
}

// ReadQuery reads the names and values of a query, or of a form in the same
// encoding. A value is nil where the name has no equals sign.
func ReadQuery(t Text) []Param {
	var params []Param
	for {
		field, rest, more := t.Cut('&')
		if !field.isEmpty() {
			name, value, ok := field.Cut('=')
			p := Param{Name: name.unescapeQuery()}
			if ok {
				p.Value = value.unescapeQuery()
				if p.Value == nil {
					p.Value = Text{}
				}
			}
			params = append(params, p)
		}
		if !more {
			return params
		}
		t = rest
	}
}

// cutAppended parts a path at the first "&" that follows a hole at once, as in
// base + "&key=" + key. The text itself follows a hole if afterHole is set.
func (t Text) cutAppended(afterHole bool) (path, query Text, ok bool) {
	for i, p := range t {
		follows := afterHole
		afterHole = p.Hole != nil
		if p.Hole == nil && follows && strings.HasPrefix(p.Text, "&") && strings.Contains(p.Text, "=") {
			_, query, _ := t[i:].Cut('&')
			return t[:i].orNil(), query, true
		}
	}
	return t, nil, false
}

// HostText returns the host in lower case if all of it is known.
func (u URL) HostText() (string, bool) {
	host, ok := u.Host.Known()
	if !ok || host == "" {
		return "", false
	}
	return strings.ToLower(host), true
}

// HostSuffix returns the labels at the end of the host that are known, from
// their first dot on: ".api.infobip.com" of {id}.api.infobip.com. It reports
// false if the host is all known or has no such end.
func (u URL) HostSuffix() (string, bool) {
	if len(u.Host) < 2 {
		return "", false
	}
	last := u.Host[len(u.Host)-1]
	if last.Hole != nil {
		return "", false
	}
	i := strings.IndexByte(last.Text, '.')
	if i < 0 || len(u.Host.Holes()) == 0 || i == len(last.Text)-1 {
		return "", false
	}
	return strings.ToLower(last.Text[i:]), true
}

// PathText returns the path with every hole as one segment's "*", for matching
// against patterns. The hole that an open URL begins with is not part of it.
func (u URL) PathText() string {
	var b strings.Builder
	for _, p := range u.Path {
		if p.Hole != nil {
			b.WriteByte('*')
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// unescape undoes percent encoding in the known runs.
func (t Text) unescape() Text { return t.decode(url.PathUnescape) }

// unescapeQuery undoes the encoding of queries in the known runs.
func (t Text) unescapeQuery() Text { return t.decode(url.QueryUnescape) }

// decode applies f to the known runs; a run that f refuses stays as it is.
func (t Text) decode(f func(string) (string, error)) Text {
	var out Text
	for _, p := range t {
		if p.Hole == nil {
			if plain, err := f(p.Text); err == nil {
				p.Text = plain
			}
		}
		out = append(out, p)
	}
	return out
}
