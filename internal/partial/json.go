package partial

import "strings"

// ReadJSON reads the members of a JSON object that is known in part, values
// with their quotes and brackets. It reports whether these are all: whether the
// text is one object, and no hole stands where there may be further members.
func ReadJSON(t Text) (members []Param, complete bool) {
	r := jsonReader{text: t}
	r.blanks()
	if !r.take('{') {
		return nil, false
	}
	complete = true
	for {
		r.blanks()
		switch {
		case r.end():
			return members, false
		case r.take('}'):
			r.blanks()
			return members, complete && r.end()
		case r.take(','):
			continue
		}
		name, quoted := r.quotedText()
		r.blanks()
		if !quoted || !r.take(':') {
			complete = false // a hole, or no JSON
			if r.value() == nil && !r.skip() {
				return members, false
			}
			continue
		}
		r.blanks()
		members = append(members, Param{name, r.value()})
	}
}

// jsonReader reads a text byte by byte, holes as they come.
type jsonReader struct {
	text   Text
	part   int
	offset int
}

// end reports whether nothing is left.
func (r *jsonReader) end() bool {
	for r.part < len(r.text) && r.text[r.part].Hole == nil && r.offset >= len(r.text[r.part].Text) {
		r.part, r.offset = r.part+1, 0
	}
	return r.part >= len(r.text)
}

// peek returns the next byte, 0 for a hole or the end.
func (r *jsonReader) peek() byte {
	if r.end() || r.text[r.part].Hole != nil {
		return 0
	}
	return r.text[r.part].Text[r.offset]
}

// skip passes over a byte or a hole and reports whether there was one.
func (r *jsonReader) skip() bool {
	switch {
	case r.end():
		return false
	case r.text[r.part].Hole != nil:
		r.part, r.offset = r.part+1, 0
	default:
		r.offset++
	}
	return true
}

func (r *jsonReader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	return r.skip()
}

func (r *jsonReader) blanks() {
	for {
		switch r.peek() {
		case ' ', '\t', '\r', '\n':
			r.skip()
		default:
			return
		}
	}
}

// run is a text that is being read.
type run struct {
	parts      Text
	known      []byte
	start, end int // of known in the source, 0 where that is not known
}

func (b *run) text() Text {
	if len(b.known) > 0 {
		b.parts, b.known = append(b.parts, Part{Text: string(b.known), Start: b.start, End: b.end}), nil
	}
	return b.parts
}

// next adds the next byte or hole to a text.
func (r *jsonReader) next(b *run) {
	if part := r.text[r.part]; part.Hole != nil {
		b.parts = append(b.text(), part)
	} else {
		at := part.slice(r.offset, r.offset+1)
		if len(b.known) == 0 {
			b.start = at.Start
		}
		b.known, b.end = append(b.known, r.peek()), at.End
	}
	r.skip()
}

// quotedText reads a text in quotes, without them.
func (r *jsonReader) quotedText() (Text, bool) {
	if !r.take('"') {
		return nil, false
	}
	b := &run{parts: Text{}}
	for !r.end() {
		switch r.peek() {
		case '"':
			r.skip()
			return b.text(), true
		case '\\':
			r.next(b)
			if r.end() {
				return b.text(), false
			}
		}
		r.next(b)
	}
	return b.text(), false
}

// value reads a value up to the comma or the bracket behind it, nil if there is
// none.
func (r *jsonReader) value() Text {
	b := &run{}
	depth, quoted := 0, false
	for !r.end() {
		c := r.peek()
		switch {
		case quoted && c == '\\':
			if r.next(b); r.end() {
				return b.text()
			}
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']') && depth == 0, c == ',' && depth == 0:
			return trimmed(b.text())
		case c == '}' || c == ']':
			depth--
		}
		r.next(b)
	}
	return trimmed(b.text())
}

// trimmed returns a text without the blanks at its end.
func trimmed(t Text) Text {
	if n := len(t); n > 0 && t[n-1].Hole == nil {
		s := strings.TrimRight(t[n-1].Text, " \t\r\n")
		if s == "" {
			return t[:n-1]
		}
		t[n-1] = t[n-1].slice(0, len(s))
	}
	return t
}
