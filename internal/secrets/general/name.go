package general

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// place says what kind of text a name stands in.
type place uint8

// The places.
const (
	inCode    place = iota // of a program: a value is a literal
	inLiteral              // a string of a program, read as text
	inComment              // or prose
	inConfig               // a file of settings, a script, a table
)

// naming is what a name says.
type naming struct {
	text    string
	kind    shape.Kind
	certain bool // nothing else is called so
	generic bool // much else is called so: only a random value counts
}

// isName reports whether a byte may be part of a name.
func isName(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.' || c >= 0x80
}

// isSpace reports whether a byte is a blank within a line.
func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// name reads the name that a trigger is part of, and the value that it has.
func (s *search) name(start, end int) {
	if start < s.read {
		return
	}
	lo, hi, where := 0, len(s.text), inConfig
	index, inside := 0, false
	switch s.lang.class {
	case prose:
		where = inComment
	case code:
		index, inside = s.partOf(start)
		lo, hi, where = s.bounds(index, inside)
	}
	lo, hi = max(lo, start-maxName), min(hi, end+maxName)
	from, to := start, end
	for from > lo && isName(s.text[from-1]) {
		from--
	}
	for to < hi && isName(s.text[to]) {
		to++
	}
	s.read = to
	if where == inCode {
		to = s.withoutMethod(end, to)
	}
	for from < start && (s.text[from] == '-' || s.text[from] == '.') {
		from++
	}
	for to > end && (s.text[to-1] == '-' || s.text[to-1] == '.') {
		to--
	}
	if from == lo && from > 0 && start-from >= maxName || to-end >= maxName {
		return // no name is that long
	}
	k := key{from: from, to: to, where: where}
	if s.lang.class != code {
		s.inText(k, 0, len(s.text))
		return
	}
	switch {
	case where == inCode:
		s.inCode(k, index, to)
	case where == inLiteral && s.fills(k, s.parts[index]):
		s.ofLiteral(k, index)
	default:
		s.inText(k, s.parts[index].from, s.parts[index].to)
	}
}

// withoutMethod returns where a name ends that a method is called of: the name
// of the value, not that of the method.
func (s *search) withoutMethod(end, to int) int {
	if to >= len(s.text) || s.text[to] != '(' {
		return to
	}
	if i := bytes.IndexByte(s.text[end:to], '.'); i >= 0 {
		return end + i
	}
	return to
}

// key is a name at its place.
type key struct {
	from, to int
	where    place
}

// bounds returns what a name in a part of code, or before it, may extend over.
func (s *search) bounds(index int, inside bool) (lo, hi int, where place) {
	if inside {
		p := s.parts[index]
		if p.kind == commentPart {
			return p.from, p.to, inComment
		}
		return p.from, p.to, inLiteral
	}
	hi = len(s.text)
	if index < len(s.parts) {
		hi = s.parts[index].start
	}
	if index > 0 {
		lo = s.parts[index-1].end
	}
	return lo, hi, inCode
}

// fills reports whether a literal holds the name and nothing else.
func (s *search) fills(k key, p part) bool {
	if k.to != p.to {
		return false
	}
	for _, c := range s.text[p.from:k.from] {
		if !isName(c) && c != '/' && c != ':' && c != '$' && c != '@' && c != ' ' {
			return false
		}
	}
	return k.from-p.from <= maxName
}

// naming returns what the name at a place says. The words before it on the line
// belong to it where text is read: "API key: ...".
func (s *search) naming(k key) naming {
	text := string(s.text[k.from:k.to])
	n, ok := s.names[text]
	if !ok {
		n = nameOf(text)
		if s.names == nil {
			s.names = map[string]naming{}
		}
		s.names[text] = n
	}
	if n.generic && n.kind != shape.None && k.where != inCode {
		if before := wordBefore(s.text, k.from); before != "" {
			if longer := nameOf(before + " " + text); longer.kind != shape.None && !longer.generic {
				return longer
			}
		}
	}
	return n
}

// wordBefore returns the word that stands before a place, one blank apart.
func wordBefore(text []byte, from int) string {
	if from < 2 || text[from-1] != ' ' {
		return ""
	}
	end := from - 1
	i := end
	for i > 0 && end-i < 24 && (isLetter(text[i-1])) {
		i--
	}
	return string(text[i:end])
}

// isLetter reports whether a byte is an ASCII letter.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// nameOf reads a name.
func nameOf(text string) naming {
	n := naming{text: text, kind: shape.OfName(text)}
	switch n.kind {
	case shape.None:
		n.kind, n.generic = genericKind(text), true
	case shape.DSN:
		n.kind = shape.None // its user info speaks for itself
	case shape.Header:
		n.generic = true
	case shape.Password:
		n.certain = shape.Certain(text)
	default:
		if shape.HasWord(text, "public", "pub") {
			return naming{text: text}
		}
		n.certain = shape.Certain(text)
	}
	return n
}

// genericKind returns the kind of a name that can be one of a credential, but
// is one of other things as well.
func genericKind(text string) shape.Kind {
	words := shape.Words(text)
	for len(words) > 1 && isTail(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return shape.None
	}
	for _, w := range words {
		switch w {
		case "public", "pub", "publishable", "hash", "checksum", "digest", "fingerprint", "sha", "sha1", "sha256", "md5", "primary", "foreign",
			"sort", "partition", "cache", "i18n", "encrypted", "error", "err", "page", "next", "author", "authority", "integrity", "group", "routing", "row", "object", "etag", "event",
			"recv", "gpg", "pgp", "keyserver", "websocket", "map", "index", "idempotency", "dedup", "storage", "translation", "message", "label":
			return shape.None
		}
	}
	switch last := words[len(words)-1]; last {
	case "key", "keys", "auth", "authkey", "authentication", "cred", "creds", "apikey", "accesskey", "secretkey":
		return shape.Key
	default:
		if strings.Contains(last, "pub") {
			return shape.None
		}
		if strings.HasSuffix(last, "key") || strings.HasSuffix(last, "token") || strings.HasSuffix(last, "secret") {
			return shape.Key
		}
	}
	return shape.None
}

// isTail reports whether a last word of a name does not change what it is of.
func isTail(w string) bool {
	switch w {
	case "value", "val", "string", "str", "test", "1", "2", "3", "default", "base64", "hex", "data", "text":
		return true
	}
	return false
}
