package partial

import "strings"

// slice returns the part's text from i to j with its place: exact where the
// source is the text itself, otherwise the place of the whole part, since
// escapes lie between.
func (p Part) slice(i, j int) Part {
	out := Part{Text: p.Text[i:j], Start: p.Start, End: p.End}
	if p.End-p.Start == len(p.Text) && p.End != 0 {
		out.Start, out.End = p.Start+i, p.Start+j
	}
	return out
}

// split parts the text at bytes i to j of part n; those bytes are in neither
// half. Empty runs are dropped.
func (t Text) split(n, i, j int) (before, after Text) {
	before = append(before, t[:n]...)
	if i > 0 {
		before = append(before, t[n].slice(0, i))
	}
	if j < len(t[n].Text) {
		after = append(after, t[n].slice(j, len(t[n].Text)))
	}
	return before, append(after, t[n+1:]...)
}

// Cut parts the text at the first c in a known run.
func (t Text) Cut(c byte) (before, after Text, ok bool) {
	for n, p := range t {
		if i := strings.IndexByte(p.Text, c); p.Hole == nil && i >= 0 {
			before, after = t.split(n, i, i+1)
			return before, after, true
		}
	}
	return t, nil, false
}

// cutLast parts the text at the last c in a known run.
func (t Text) cutLast(c byte) (before, after Text, ok bool) {
	for n := len(t) - 1; n >= 0; n-- {
		if i := strings.LastIndexByte(t[n].Text, c); t[n].Hole == nil && i >= 0 {
			before, after = t.split(n, i, i+1)
			return before, after, true
		}
	}
	return t, nil, false
}

// cutText parts the text at the first sep within one known run.
func (t Text) cutText(sep string) (before, after Text, ok bool) {
	for n, p := range t {
		if i := strings.Index(p.Text, sep); p.Hole == nil && i >= 0 {
			before, after = t.split(n, i, i+len(sep))
			return before, after, true
		}
	}
	return t, nil, false
}

// CutPrefix removes a prefix that stands in the first known run.
func (t Text) CutPrefix(prefix string) (Text, bool) {
	if len(t) == 0 || t[0].Hole != nil || !strings.HasPrefix(t[0].Text, prefix) {
		return t, false
	}
	_, after := t.split(0, 0, len(prefix))
	return after, true
}

// splitPath parts the text before the first slash or backslash.
func (t Text) splitPath() (authority, path Text) {
	for n, p := range t {
		if i := strings.IndexAny(p.Text, `/\`); p.Hole == nil && i >= 0 {
			before, after := t.split(n, i, i)
			return before, after
		}
	}
	return t, nil
}

// TrimSpace removes white space at both ends.
func (t Text) TrimSpace() Text {
	const space = " \t\r\n"
	for len(t) > 0 && t[0].Hole == nil {
		rest := strings.TrimLeft(t[0].Text, space)
		if rest == t[0].Text {
			break
		}
		_, t = t.split(0, 0, len(t[0].Text)-len(rest))
	}
	for len(t) > 0 && t[len(t)-1].Hole == nil {
		last := len(t) - 1
		rest := strings.TrimRight(t[last].Text, space)
		if rest == t[last].Text {
			break
		}
		t, _ = t.split(last, len(rest), len(t[last].Text))
	}
	return t
}

// isEmpty reports whether the text is known to have no character.
func (t Text) isEmpty() bool {
	text, known := t.Known()
	return known && text == ""
}

// orNil returns the text, or nil if it is known to be empty.
func (t Text) orNil() Text {
	if t.isEmpty() {
		return nil
	}
	return t
}

// startsWithHole reports whether a hole is the first thing in the text.
func (t Text) startsWithHole() bool {
	for _, p := range t {
		if p.Hole != nil {
			return true
		}
		if p.Text != "" {
			return false
		}
	}
	return false
}

// Substitute returns s with every hole for which f has a String replaced by it.
// The readings multiply up to MaxAlternatives.
func (s String) Substitute(f func(Hole) (String, bool)) String {
	out := String{Truncated: s.Truncated}
	for _, t := range s.Alternatives {
		reading := String{Alternatives: []Text{nil}}
		for _, p := range t {
			piece := String{Alternatives: []Text{{p}}}
			if p.Hole != nil {
				if known, ok := f(*p.Hole); ok && !known.IsZero() {
					piece = known
				}
			}
			reading = Concat(reading, piece)
		}
		out = Either(out, reading)
	}
	return out
}
