package fix

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// edit replaces the bytes from start to end by text; start equals end for an
// insertion.
type edit struct {
	start, end int
	text       string
}

// Apply returns a text with the edits made, whose places are all those of the
// text as it is. Edits that are equal count once; insertions at one place come
// in the order of their texts. Line breaks are written as those of the text.
// The error is about edits that lie outside of the text or meet each other.
func Apply(data []byte, edits []finding.Edit) ([]byte, error) {
	t := newText(data)
	var all []edit
	for _, e := range edits {
		found, ok := t.edit(e)
		if !ok {
			return nil, errors.New("an edit lies outside of the file")
		}
		if all, ok = merged(all, found); !ok {
			return nil, errors.New("edits overlap")
		}
	}
	return t.apply(all), nil
}

// text is a text under edit.
type text struct {
	data  []byte
	lines []int // offset of each line's first byte
	crlf  bool
}

// newText returns the text of a file's bytes.
func newText(data []byte) *text {
	t := &text{data: data, lines: []int{0}}
	for i, b := range data {
		if b == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	if n := bytes.IndexByte(data, '\n'); n > 0 {
		t.crlf = data[n-1] == '\r'
	}
	return t
}

// offset returns the offset of a place, both of whose numbers count from 1, and
// whether the text has it.
func (t *text) offset(line, column int) (int, bool) {
	if line < 1 || line > len(t.lines) || column < 1 {
		return 0, false
	}
	end := len(t.data)
	if line < len(t.lines) {
		end = t.lines[line] - 1
	}
	at := t.lines[line-1] + column - 1
	if at == len(t.data) {
		return at, true // the end of a file belongs to its last line that is not empty, as Go counts
	}
	return at, at <= end
}

// between returns the range of a location, and whether the text has it.
func (t *text) between(at finding.Location) (start, end int, ok bool) {
	start, known := t.offset(at.Line, at.Column)
	end, ok = t.offset(at.EndLine, at.EndColumn)
	return start, end, known && ok && start <= end
}

// edit returns an edit by offsets, and whether the text has its place.
func (t *text) edit(e finding.Edit) (edit, bool) {
	start, end, ok := t.between(e.Location)
	replacement := strings.ReplaceAll(e.NewText, "\r\n", "\n")
	if t.crlf {
		replacement = strings.ReplaceAll(replacement, "\n", "\r\n")
	}
	return edit{start, end, replacement}, ok
}

// merged adds an edit to others, which stay sorted, and reports whether it meets
// none of them. One that is there already is not added again.
func merged(edits []edit, e edit) ([]edit, bool) {
	at, found := slices.BinarySearchFunc(edits, e, compareEdits)
	if found {
		return edits, true
	}
	// The others do not meet, so that of those before e only the last one that is
	// no insertion can reach into it.
	for i := at - 1; i >= 0; i-- {
		if overlap(edits[i], e) {
			return edits, false
		}
		if edits[i].start < edits[i].end {
			break
		}
	}
	for i := at; i < len(edits) && edits[i].start <= e.end; i++ {
		if overlap(edits[i], e) {
			return edits, false
		}
	}
	return slices.Insert(edits, at, e), true
}

// compareEdits orders edits by place, insertions first, then by text.
func compareEdits(a, b edit) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), cmp.Compare(a.text, b.text))
}

// overlap reports whether two edits that differ touch the same bytes. An
// insertion overlaps only what begins before and ends behind its place.
func overlap(a, b edit) bool { return a.start < b.end && b.start < a.end }

// apply returns the text with sorted edits made that do not meet.
func (t *text) apply(edits []edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, t.data[at:e.start]...), e.text...)
		at = e.end
	}
	return append(out, t.data[at:]...)
}
