package embed

import (
	"sort"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// Lines returns the texts as the lines of one, such as the commands of a list
// that one shell runs. It returns nil for no texts.
func Lines(list []*Text) *Text {
	var j joiner
	for _, t := range list {
		j.add(t, 0, len(t.Data))
		j.data = append(j.data, '\n')
	}
	return j.text(list)
}

// Words returns the texts as the words of one command line, each in single
// quotes of the shell, such as a command and its arguments in a list. It
// returns nil for no texts.
func Words(list []*Text) *Text {
	var j joiner
	for _, t := range list {
		j.data = append(j.data, '\'')
		for from := 0; ; {
			n := strings.IndexByte(string(t.Data[from:]), '\'')
			if n < 0 {
				j.add(t, from, len(t.Data))
				break
			}
			j.add(t, from, from+n)
			j.data = append(j.data, `'\''`...)
			from += n + 1
		}
		j.data = append(j.data, "' "...)
	}
	return j.text(list)
}

// joiner makes one text of several.
type joiner struct {
	data   []byte
	pieces []piece
}

// piece is a stretch of a joined text.
type piece struct {
	out, in, length int
	text            *Text
}

// add adds the bytes of t from start to end.
func (j *joiner) add(t *Text, start, end int) {
	j.pieces = append(j.pieces, piece{len(j.data), start, end - start, t})
	j.data = append(j.data, t.Data[start:end]...)
}

// text returns what was joined. Bytes between pieces are placed at the end of
// the piece before them.
func (j *joiner) text(list []*Text) *Text {
	if len(list) == 0 {
		return nil
	}
	return list[0].With(j.data, func(start, end int) finding.Location {
		first, from := j.find(start)
		last, to := first, from
		if end > start {
			last, to = j.find(end - 1)
			to++
		}
		if first.text == last.text {
			return first.text.Locate(from, max(from, min(to, last.in+last.length)))
		}
		at, till := first.text.Locate(from, from), last.text.Locate(last.in, min(to, last.in+last.length))
		at.EndLine, at.EndColumn = till.EndLine, till.EndColumn
		return at
	})
}

// find returns the piece that the byte at offset belongs to and its offset in
// the text of the piece.
func (j *joiner) find(offset int) (piece, int) {
	k := max(0, sort.Search(len(j.pieces), func(k int) bool { return j.pieces[k].out > offset })-1)
	p := j.pieces[k]
	return p, p.in + max(0, min(offset-p.out, p.length))
}
