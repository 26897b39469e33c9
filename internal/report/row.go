package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// cutBytes is how much of a long line is looked at on each side of what is
// marked: a minified file is one line.
const cutBytes = 400

// minLead is how many columns of a cut line are shown beside what is marked.
const minLead = 20

// minLabel is the least room in columns for a label beside the bars of others.
const minLabel = 16

// row is a line of source, or a part of one, as it stands on the screen.
type row struct {
	text  string
	spans []span
}

// span is a mark of a row, in columns.
type span struct {
	from, to int // to is beyond from
	text     string
	primary  bool
}

// rows returns a quoted line, without its first columns that all lines of the
// snippet have blank, as rows of at most so many columns: more than one if its
// marks are too far apart.
func (q *quote) rows(indent, columns int) []row {
	if len(q.marks) == 0 {
		return []row{q.row(nil, indent, columns)}
	}
	marks := slices.Clone(q.marks)
	slices.SortStableFunc(marks, func(a, b mark) int { return a.from - b.from })
	var list []row
	for start, end := 0, 0; start < len(marks); start = end {
		from, to := marks[start].from, marks[start].to
		for end = start + 1; end < len(marks); end++ {
			near := marks[end].from-from < columns/3 // as part of a call that fills the row
			if !near && (marks[end].to-from > cutBytes || width.StringWidth(spread(q.text[from:marks[end].to])) > columns-minLead/2) {
				break
			}
			to = max(to, marks[end].to)
		}
		list = append(list, q.row(marks[start:end], indent, columns))
	}
	return list
}

// row returns the part of a line that shows some marks.
func (q *quote) row(marks []mark, indent, columns int) row {
	from, to := 0, 0
	if len(marks) > 0 {
		from, to = marks[0].from, marks[0].to
		for _, m := range marks {
			to = max(to, m.to)
		}
	}
	to = min(to, boundary(q.text, from+2*cutBytes))
	left, right := boundary(q.text, max(from-cutBytes, 0)), boundary(q.text, min(to+cutBytes, len(q.text)))
	before, part, after := spread(q.text[left:from]), q.text[from:to], spread(q.text[to:right])
	if left == 0 {
		blank := len(before) - len(strings.TrimLeft(before, " "))
		before = before[min(indent, blank):]
	}
	if len(marks) == 0 {
		after = after[min(indent, len(after)-len(strings.TrimLeft(after, " "))):]
	}
	before, shown, after := cut(before, spread(part), closeUp(after), columns)
	r := row{text: before + shown + after}
	for _, m := range marks {
		column := func(at int) int {
			at = min(len(before)+len(spread(part[:min(max(at-from, 0), len(part))])), len(before)+len(shown))
			return width.StringWidth(r.text[:boundary(r.text, at)])
		}
		s := span{column(m.from), column(m.to), m.text, m.primary}
		s.to = max(s.to, s.from+1)
		r.spans = append(r.spans, s)
	}
	return r
}

// closeUp returns what follows the marks of a line with its blanks closed up: a
// comment at the end may be aligned with those of far longer lines.
func closeUp(after string) string {
	code := strings.TrimLeft(after, " ")
	if rest := len(after) - len(code); rest > 2 {
		return "  " + code
	}
	return after
}

// cut shortens the three parts of a line to so many columns: first what stands
// far before and after the part in question, then that part.
func cut(before, part, after string, columns int) (string, string, string) {
	b, p, a := width.StringWidth(before), width.StringWidth(part), width.StringWidth(after)
	if b+p+a <= columns {
		return before, part, after
	}
	if lead := min(b, minLead/2); p > columns-lead-min(a, 1) {
		before = tail(before, lead)
		return before, width.Truncate(part, max(columns-width.StringWidth(before), 1), "…"), ""
	}
	room := columns - p
	behind := min(a, max(room-b, room/3))
	return tail(before, room-behind), part, width.Truncate(after, behind, "…")
}

// boundary returns the last place at or before i where a character begins.
func boundary(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// layers spreads spans over lines so that none overlap: the primary one is in
// the first, and of nested ones the inner is closer to the source.
func (r *row) layers() [][]span {
	spans := slices.Clone(r.spans)
	slices.SortStableFunc(spans, func(a, b span) int {
		switch {
		case a.primary != b.primary && a.primary:
			return -1
		case a.primary != b.primary:
			return 1
		}
		return cmp.Or((a.to-a.from)-(b.to-b.from), a.from-b.from)
	})
	var list [][]span
	for _, s := range spans {
		i := slices.IndexFunc(list, func(layer []span) bool {
			return !slices.ContainsFunc(layer, func(o span) bool { return s.from < o.to && o.from < s.to })
		})
		if i < 0 {
			i = len(list)
			list = append(list, nil)
		}
		list[i] = append(list[i], s)
	}
	for _, layer := range list {
		slices.SortFunc(layer, func(a, b span) int { return a.from - b.from })
	}
	return list
}

// piece is a part of a line below a row, in the style of its span.
type piece struct {
	column int
	text   string
	of     span
}

// under returns the lines below a row for spans that do not overlap, in their
// order: the underlines, with the label of the last one if it fits, and the
// other labels below on bars.
func under(spans []span, columns int) [][]piece {
	var first, bars []piece
	var open []span
	for i, s := range spans {
		mark := "-"
		if s.primary {
			mark = "^"
		}
		first = append(first, piece{s.from, strings.Repeat(mark, s.to-s.from), s})
		switch {
		case s.text == "":
		case i == len(spans)-1 && s.to+1+width.StringWidth(s.text) <= columns:
			first = append(first, piece{s.to + 1, s.text, s})
		default:
			open = append(open, s)
			bars = append(bars, piece{s.from, "|", s})
		}
	}
	lines := [][]piece{first}
	if len(open) == 0 {
		return lines
	}
	if len(open) > 1 {
		lines = append(lines, bars)
	}
	var late []span // labels for which there is no room beside the bars
	for i := len(open) - 1; i >= 0; i-- {
		at := columns - min(width.StringWidth(open[i].text), max(columns/2, minLabel))
		at = max(min(open[i].from, at), 0)
		if i > 0 && at < open[i-1].from+2 {
			at = open[i-1].from + 2
			if columns-at < minLabel {
				late = append(late, open[i])
				continue
			}
		}
		lines = append(lines, hang(open[i], at, bars[:i], columns)...)
	}
	for _, s := range late {
		lines = append(lines, hang(s, max(min(s.from, columns-2*minLabel), 0), nil, columns)...)
	}
	return lines
}

// hang returns a label that begins at a column, beside the bars of others.
func hang(s span, at int, bars []piece, columns int) [][]piece {
	var lines [][]piece
	for _, text := range wrap(s.text, columns-at, columns-at) {
		lines = append(lines, append(slices.Clone(bars), piece{at, text, s}))
	}
	return lines
}
