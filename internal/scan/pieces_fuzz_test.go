package scan

import (
	"bytes"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// FuzzPieces checks that the pieces of a text hold all of it, that each is where
// it says, and that what is shorter than the overlap stands whole in one of them:
// so what is found in pieces is what is found in the whole.
func FuzzPieces(f *testing.F) {
	for _, text := range []string{"", "a", "one\ntwo\n", "no line end at all, and longer than a piece of 64 bytes is, by far: no line end at all", "\n\n\n\n"} {
		f.Add([]byte(text))
		f.Add(bytes.Repeat([]byte(text+"x = 1\n"), 30))
		f.Add(bytes.Repeat([]byte(text), 200))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		const limit, overlap = 64, 16
		if bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) {
			return // UTF-16: the columns are not those of bytes
		}
		room := make([]byte, limit)
		p := &pieces{in: bytes.NewReader(text), room: &room, limit: limit, overlap: overlap}
		covered := 0
		for n := 0; ; n++ {
			data, err := p.next()
			if err != nil || n > len(text)+1 {
				t.Fatalf("piece %d: %v", n, err)
			}
			if data == nil {
				break
			}
			from := offsetOf(text, p.moved(finding.Location{Line: 1, Column: 1}))
			if from < 0 || from+len(data) > len(text) || !bytes.Equal(data, text[from:from+len(data)]) {
				t.Fatalf("piece %d is not at byte %d", n, from)
			}
			if from > covered || n > 0 && from > covered-overlap && !isWholeLine(text, from) {
				t.Fatalf("piece %d begins at byte %d, the last one ends at %d", n, from, covered)
			}
			covered = from + len(data)
		}
		if covered < len(text) && bytes.IndexByte(text, 0) < 0 { // the rest of a binary file is not read
			t.Fatalf("%d of %d bytes are in a piece", covered, len(text))
		}
	})
}

// offsetOf returns the offset of a place.
func offsetOf(text []byte, at finding.Location) int {
	offset := 0
	for line := 1; line < at.Line; line++ {
		n := bytes.IndexByte(text[offset:], '\n')
		if n < 0 {
			return -1
		}
		offset += n + 1
	}
	return offset + at.Column - 1
}

// isWholeLine reports whether a line begins at the offset.
func isWholeLine(text []byte, offset int) bool {
	return offset == 0 || text[offset-1] == '\n'
}
