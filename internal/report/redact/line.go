package redact

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Line is a line of a file as a report may print it. Tabs are kept.
type Line struct {
	Text string
	cuts []cut
}

// cut is a part of a line and what became of it. Where both lengths are equal
// the part is unchanged.
type cut struct {
	from, to       int // in the source line
	outFrom, outTo int // in Text
}

// newLine returns the source line with the masks replaced by Token and all that
// a terminal would act on escaped. The masks are sorted and do not overlap.
func newLine(src string, masks []span) Line {
	var l Line
	var out strings.Builder
	at := 0
	for _, m := range masks {
		l.plain(&out, src, at, m.from)
		l.replace(&out, m.from, m.to, Token)
		at = m.to
	}
	l.plain(&out, src, at, len(src))
	l.Text = out.String()
	return l
}

// plain adds src[from:to], escaping single characters where needed.
func (l *Line) plain(out *strings.Builder, src string, from, to int) {
	start := from
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(src[i:to])
		escaped := ""
		if r != '\t' {
			escaped = escape(r, src[i:i+size])
		}
		if escaped != "" {
			l.replace(out, start, i, src[start:i])
			l.replace(out, i, i+size, escaped)
			start = i + size
		}
		i += size
	}
	l.replace(out, start, to, src[start:to])
}

func (l *Line) replace(out *strings.Builder, from, to int, text string) {
	if from == to {
		return
	}
	l.cuts = append(l.cuts, cut{from, to, out.Len(), out.Len() + len(text)})
	out.WriteString(text)
}

// Span returns where a range of the source line stands in Text. Both count
// bytes from 0; a range that begins or ends inside a mask takes all of it.
func (l Line) Span(from, to int) (int, int) {
	start := l.place(from, false)
	if to <= from {
		return start, start
	}
	return start, max(start, l.place(to, true))
}

// place returns where a byte of the source line stands in Text: as the end of a
// range, or as its start.
func (l Line) place(at int, end bool) int {
	i := sort.Search(len(l.cuts), func(i int) bool { return l.cuts[i].to > at || end && l.cuts[i].to == at })
	if i == len(l.cuts) {
		return len(l.Text)
	}
	c := l.cuts[i]
	switch {
	case c.to-c.from == c.outTo-c.outFrom:
		return c.outFrom + max(at-c.from, 0)
	case end && at > c.from:
		return c.outTo
	}
	return c.outFrom
}

// Around returns the part of Text that reaches n bytes to both sides of a range
// of the source line and as far into it, and where the range stands in that
// part. A line of a minified file is too long to handle whole for each finding.
func (l Line) Around(from, to, n int) (text string, start, end int) {
	start, end = l.Span(from, to)
	end = boundary(l.Text, min(end, start+n))
	left, right := boundary(l.Text, max(start-n, 0)), boundary(l.Text, min(end+n, len(l.Text)))
	return l.Text[left:right], start - left, end - left
}

// boundary returns the last place at or before i where a character begins.
func boundary(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
