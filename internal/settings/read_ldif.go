package settings

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/shape"
)

// readLDIF reads entries of a directory: lines "attribute: value", Base64 behind
// two colons, what begins with a blank goes on, an empty line ends an entry.
func readLDIF(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	var entry *Setting
	for at := 0; at < len(src.data); {
		end := ldifEnd(src.data, at)
		start, stop := trimmed(src.data, at, end)
		name, rest, ok := bytes.Cut(src.data[start:stop], []byte(":"))
		switch {
		case start == stop:
			entry = nil
		case src.data[start] == '#' || !ok || len(name) == 0 || bytes.ContainsAny(name, " \t"):
		default:
			key := span{start: start, end: start + len(name)}
			if entry == nil {
				entry = root.add(&Setting{Name: "entry", Kind: Mapping, key: key, val: key})
			}
			item := entry.add(&Setting{Name: string(name), key: key, Verbatim: true})
			item.ldifValue(src.data, stop-len(rest), stop)
			if isLDIFPassword(item.Name) {
				item.holds = shape.Password
			}
		}
		at = end + 1
	}
	return []*Setting{root}, nil
}

// ldifEnd returns where the line at an offset ends, with the lines that it goes
// on in.
func ldifEnd(data []byte, at int) int {
	for {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return len(data)
		}
		at += n
		if at+1 >= len(data) || data[at+1] != ' ' {
			return at
		}
		at++
	}
}

// ldifValue sets the value that stands from one offset to another.
func (s *Setting) ldifValue(data []byte, start, end int) {
	coded := start < end && data[start] == ':'
	if coded {
		start++
	}
	start, end = trimmed(data, start, end)
	text := strings.ReplaceAll(strings.ReplaceAll(string(data[start:end]), "\r\n ", ""), "\n ", "")
	s.Text, s.val = text, span{start: start, end: end}
	if len(text) < end-start {
		s.val = opaque(start, end, len(text))
	}
	if !coded {
		return
	}
	if plain, err := base64.StdEncoding.DecodeString(text); err == nil && utf8.Valid(plain) {
		s.Text, s.val = string(plain), opaque(start, end, len(plain))
	}
}

// isLDIFPassword reports whether an attribute holds what a login is checked with.
func isLDIFPassword(name string) bool {
	switch strings.ToLower(name) {
	case "userpassword", "olcrootpw", "olcdbbindpw", "sambantpassword", "unicodepwd":
		return true
	}
	return false
}
