package partial

import (
	"encoding/xml"
	"io"
	"strings"
)

// Limits of what is read of a document.
const (
	maxElements = 256
	firstHole   = '\ue000' // holes stand as characters for private use
	lastHole    = '\uf8ff'
)

// ReadXML reads the attributes of an XML document that is known in part, and the
// elements that hold nothing but text, by their names without name spaces. It
// returns what comes before a fault.
func ReadXML(t Text) []Param {
	var b strings.Builder
	var holes []Part
	for _, p := range t {
		if p.Hole == nil {
			b.WriteString(p.Text)
			continue
		}
		if len(holes) > int(lastHole-firstHole) {
			break
		}
		b.WriteRune(firstHole + rune(len(holes)))
		holes = append(holes, p)
	}
	valueOf := func(text string) Text {
		var out Text
		for i, r := range text {
			if r < firstHole || int(r-firstHole) >= len(holes) {
				continue
			}
			if before := text[:i]; before != "" {
				out = append(out, Part{Text: before})
			}
			return append(out, holes[r-firstHole])
		}
		return Literal(text).Alternatives[0]
	}
	dec := xml.NewDecoder(strings.NewReader(b.String()))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is text already
	var list []Param
	name, text := "", ""
	for range maxElements {
		tok, err := dec.RawToken()
		if err != nil {
			break
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			name, text = tok.Name.Local, ""
			for _, a := range tok.Attr {
				list = append(list, Param{Literal(a.Name.Local).Alternatives[0], valueOf(a.Value)})
			}
		case xml.CharData:
			text = strings.TrimSpace(string(tok))
		case xml.EndElement:
			if name == tok.Name.Local && name != "" && text != "" {
				list = append(list, Param{Literal(name).Alternatives[0], valueOf(text)})
			}
			name, text = "", ""
		}
	}
	return list
}
