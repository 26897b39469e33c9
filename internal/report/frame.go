package report

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/authlint/authlint/internal/finding"
)

// quoted is how many bytes before, in and after the part in question are quoted.
const quoted = 200

// frameWidth is the width in columns to which a quoted line is cut.
const frameWidth = 100

// minLead is how much of a cut line is shown before the part in question.
const minLead = 20

// tabText stands for a tab in a frame.
const tabText = "    "

// width measures text on the screen, the same on every machine.
var width = runewidth.Condition{}

// frame returns the first line of a location as it may be quoted, and carets
// for the line below it, or nothing if the line cannot be read.
func (p *printer) frame(l finding.Location) (quote, carets string, ok bool) {
	if l.Package != "" || l.Line < 1 {
		return "", "", false
	}
	line, ok := p.redact.Line(l.File, l.Line)
	if !ok {
		return "", "", false
	}
	from := max(l.Column, 1) - 1
	to := from
	switch {
	case l.EndLine > l.Line || l.Column < 1:
		to = 1 << 30 // the line's end
	case l.EndLine == l.Line:
		to = l.EndColumn - 1
	}
	text, start, end := line.Around(from, to, quoted)
	text = strings.TrimRight(text, " \t")
	if text == "" {
		return "", "", false
	}
	start, end = min(start, len(text)), min(end, len(text))
	before, part, after := text[:start], text[start:end], text[end:]
	before, part, after = cut(strings.TrimLeft(before, " \t"), strings.TrimLeft(part, " \t"), after)
	mark := max(width.StringWidth(part), 1)
	return before + part + after, strings.Repeat(" ", width.StringWidth(before)) + strings.Repeat("^", mark), true
}

// cut shortens the three parts of a line to the width of a frame: first what
// stands far before and after the part in question, then that part.
func cut(before, part, after string) (string, string, string) {
	spread := func(s string) string { return strings.ReplaceAll(s, "\t", tabText) }
	before, part, after = spread(before), spread(part), spread(after)
	total := func() int { return width.StringWidth(before) + width.StringWidth(part) + width.StringWidth(after) }
	if total() > frameWidth {
		lead := max(frameWidth-width.StringWidth(part)-width.StringWidth(after), minLead)
		before = tail(before, lead)
	}
	if total() > frameWidth {
		part = width.Truncate(part, frameWidth-width.StringWidth(before), "…")
		after = width.Truncate(after, max(frameWidth-width.StringWidth(before)-width.StringWidth(part), 1), "…")
	}
	return before, part, after
}

// tail returns the end of text that has at most n columns.
func tail(text string, n int) string {
	if width.StringWidth(text) <= n {
		return text
	}
	columns, at := 0, len(text)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		columns += width.RuneWidth(r)
		if columns >= n { // one is for the mark
			return "…" + text[at:]
		}
		at -= size
	}
	return text
}
