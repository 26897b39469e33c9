package redact

import (
	"slices"
	"strings"
)

// span is a range of bytes of one line; the end is exclusive.
type span struct{ from, to int }

// shift returns the spans moved by n bytes.
func shift(spans []span, n int) []span {
	for i := range spans {
		spans[i].from += n
		spans[i].to += n
	}
	return spans
}

// all is the mask of a whole text.
func all(text string) []span { return []span{{0, len(text)}} }

// merge sorts spans and joins those that overlap, touch, or have only blanks
// between them, so that the mask does not tell how many words it hides.
func merge(line string, spans []span) []span {
	spans = slices.DeleteFunc(spans, func(s span) bool { return s.from >= s.to })
	slices.SortFunc(spans, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if s.from <= last.to || strings.Trim(line[last.to:s.from], " \t") == "" {
				last.to = max(last.to, s.to)
				continue
			}
		}
		out = append(out, s)
	}
	return out
}
