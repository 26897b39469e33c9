package command

import (
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
)

// word is a word of a command as far as its text is known. Parts have their
// places as offsets in the script.
type word struct {
	value      partial.String
	start, end int
	// doubtful is set for a word of a variable that may have another value.
	doubtful bool
}

// known returns the text of a word if there is one reading without holes.
func (w word) known() (string, bool) { return w.value.Known() }

// reading returns the reading of the word that says most: the first with a
// known beginning, else the first.
func (w word) reading() partial.Text {
	for _, t := range w.value.Alternatives {
		if t.Prefix() != "" {
			return t
		}
	}
	if len(w.value.Alternatives) == 0 {
		return nil
	}
	return w.value.Alternatives[0]
}

// isEmpty reports whether nothing stands in the word.
func (w word) isEmpty() bool {
	text, ok := w.known()
	return ok && text == ""
}

// after returns the word without its first n bytes, which are known.
func (w word) after(n int) word {
	out := word{start: min(w.start+n, w.end), end: w.end}
	for _, t := range w.value.Alternatives {
		out.value.Alternatives = append(out.value.Alternatives, dropFront(t, n))
	}
	return out
}

// dropFront returns a text without its first n known bytes.
func dropFront(t partial.Text, n int) partial.Text {
	for i, p := range t {
		if p.Hole != nil || n == 0 {
			return t[i:]
		}
		if n < len(p.Text) {
			rest := append(partial.Text{cutPart(p, n)}, t[i+1:]...)
			return rest
		}
		n -= len(p.Text)
	}
	return nil
}

// cutPart returns a part without its first n bytes.
func cutPart(p partial.Part, n int) partial.Part {
	out := partial.Part{Text: p.Text[n:], Start: p.Start, End: p.End}
	if p.End-p.Start == len(p.Text) {
		out.Start = p.Start + n
	}
	return out
}

// span returns the range in the script that parts cover, or that of the word if
// they come from several places.
func span(t partial.Text, w word) (start, end int) {
	if len(t) == 0 {
		return w.start, w.end
	}
	start, end = t[0].Start, t[len(t)-1].End
	at := start
	for _, p := range t {
		if p.Start < at || p.End == 0 {
			return w.start, w.end
		}
		at = p.End
	}
	return start, end
}

// locate returns the place of a text, which is a part of w.
func (s *script) locate(t partial.Text, w word) finding.Location {
	start, end := span(t, w)
	return s.text.Locate(start, end)
}

// locateSecret is locate, but the place of the last piece of a text that comes
// from several places: what stands before it is a scheme or a user.
func (s *script) locateSecret(t partial.Text, w word) finding.Location {
	if start, end := span(t, w); start != w.start || end != w.end || len(t) == 1 {
		return s.text.Locate(start, end)
	}
	last := t[len(t)-1]
	if within(t, w) || last.End == 0 {
		return s.locate(t, w)
	}
	return s.text.Locate(last.Start, last.End)
}

// locateIn is locate, but the place of the word for what comes from a variable.
func (s *script) locateIn(t partial.Text, w word) finding.Location {
	if within(t, w) {
		return s.locate(t, w)
	}
	return s.text.Locate(w.start, w.end)
}

// asText returns a word as a text of its own, holes as they are written.
func (s *script) asText(kind embed.Kind, w word) *embed.Text {
	var b embed.Builder
	for _, p := range w.reading() {
		switch {
		case p.Hole != nil || p.End-p.Start == len(p.Text):
			b.Copy(s.text.Data, p.Start, p.End)
		default:
			b.Put(p.Text, p.Start, p.End)
		}
	}
	return s.text.Inside(kind, &b)
}

// startsWith reports whether what is known of the beginning of a word has a prefix.
func (w word) startsWith(prefix string) bool { return strings.HasPrefix(w.reading().Prefix(), prefix) }
