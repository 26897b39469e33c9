package flow

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decoders undo encodings of text.
var decoders = map[string][]func(string) ([]byte, error){
	"base64-decode": {
		base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	},
	"hex-decode": {hex.DecodeString},
}

// decoded returns a value without an encoding. What is not text underneath, the
// bytes of a key, stays as it is written: it is as secret that way.
func decoded(op string, v Value) Value {
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		if op == "base64-decode" && alt.Base64() != "" {
			out.Alts = append(out.Alts, alt.plain()) // as it was before encoding
			continue
		}
		if len(alt.Parts) == 1 && alt.Parts[0].Kind == Text {
			part := alt.Parts[0]
			if plain, ok := decode(op, part.Text); ok {
				part.Text = plain
			}
			alt = Alt{Parts: []Part{part}, Steps: alt.Steps, Row: alt.Row, When: alt.When}
		}
		out.Alts = append(out.Alts, alt)
	}
	return out
}

// decode returns the text that a text encodes, and reports whether it does.
func decode(op, s string) (string, bool) {
	for _, f := range decoders[op] {
		b, err := f(s)
		if err != nil {
			continue
		}
		if text := string(b); utf8.ValidString(text) && strings.IndexFunc(text, unicode.IsControl) < 0 {
			return text, true
		}
	}
	return "", false
}

// maxRepeated is how long a repeated text may become.
const maxRepeated = 1 << 10

// repeated returns a text so many times, a hole if one of the two is not known.
func repeated(v, count Value, name string) Value {
	text, ok := count.Known()
	n, err := strconv.Atoi(text)
	if !ok || err != nil || n < 0 {
		return unknown(name)
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind != Text {
			if n == 1 {
				return single(p)
			}
			return unknown(name)
		}
		if n*len(p.Text) > maxRepeated {
			return unknown(name)
		}
		p.Text = strings.Repeat(p.Text, n)
		return single(p)
	})
}

// partOf returns what is known of some piece of a value: which text it is, is
// not known; but a piece of a digest is no password, and a piece of what the
// environment says comes from there.
func partOf(v Value, name string) Value {
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		for _, p := range alt.Parts {
			piece := unknown(name)
			if isModelled(p) {
				piece = Value{Alts: []Alt{{Parts: []Part{p}, Steps: alt.Steps, Row: alt.Row, When: alt.When}}}
			}
			out = union(out, piece)
		}
	}
	if len(out.Alts) == 0 {
		return unknown(name)
	}
	return out
}
