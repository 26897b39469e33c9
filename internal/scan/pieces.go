package scan

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/secrets"
)

const (
	// pieceSize is how much of a file is in memory at once. A smaller file is one
	// piece.
	pieceSize = 2 << 20
	// pieceOverlap is how much of a piece is read again with the next one, so that
	// nothing is lost where they meet.
	pieceOverlap = 64 << 10
)

// pieces cuts a text into pieces that end where lines end and overlap.
type pieces struct {
	in   io.Reader
	room *[]byte // taken from pieceRooms
	mark []byte  // byte order mark of UTF-16, which every piece begins with
	held int     // bytes of room in use, the mark included
	size int     // of the present piece
	// line and column are where the present piece begins, from 0.
	line, column int
	count        int
	done         bool
	// limit is how much is in memory at once, overlap how much is read again.
	limit, overlap int
}

// pieceRooms are buffers for pieces.
var pieceRooms = sync.Pool{New: func() any {
	room := make([]byte, 64<<10)
	return &room
}}

// newPieces returns the pieces of a text.
func newPieces(in io.Reader) *pieces {
	room, _ := pieceRooms.Get().(*[]byte)
	return &pieces{in: in, room: room, limit: pieceSize, overlap: pieceOverlap}
}

// release gives the buffer back; the last piece is no longer valid.
func (p *pieces) release() {
	pieceRooms.Put(p.room)
	p.room = nil
}

// first reports whether the present piece is the first.
func (p *pieces) first() bool { return p.count == 1 }

// next returns the next piece, nil behind the last. It is valid until the next call.
func (p *pieces) next() ([]byte, error) {
	if p.done {
		return nil, nil
	}
	if p.count > 0 {
		p.advance()
	}
	if err := p.fill(); err != nil {
		return nil, err
	}
	p.count++
	if p.count == 1 {
		p.findMark()
	}
	p.size = p.held
	if !p.done {
		p.size = p.cut(p.held)
	}
	if p.size <= len(p.mark) && p.count > 1 {
		return nil, nil
	}
	return (*p.room)[:p.size], nil
}

// fill reads until the room is full or the text ends.
func (p *pieces) fill() error {
	for !p.done {
		if p.held == len(*p.room) {
			if p.held >= p.limit {
				return nil
			}
			if p.count == 0 && secrets.IsBinary((*p.room)[:p.held]) {
				p.done = true // nobody wants to see the rest
				return nil
			}
			*p.room = append(*p.room, make([]byte, min(3*p.held, p.limit-p.held))...)
		}
		n, err := p.in.Read((*p.room)[p.held:])
		p.held += n
		if errors.Is(err, io.EOF) {
			p.done = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// findMark notes a byte order mark of UTF-16.
func (p *pieces) findMark() {
	start := (*p.room)[:min(p.held, 2)]
	if bytes.Equal(start, []byte{0xff, 0xfe}) || bytes.Equal(start, []byte{0xfe, 0xff}) {
		p.mark = bytes.Clone(start)
	}
}

// cut returns the end of the last line that ends before limit, or limit if that
// would cut too much off.
func (p *pieces) cut(limit int) int {
	unit := 1
	if p.mark != nil {
		unit = 2
		limit -= limit % 2
	}
	for at := limit - unit; at >= limit-p.limit/4 && at >= 0; at -= unit {
		if isLineEnd((*p.room)[at:at+unit], p.mark) {
			return at + unit
		}
	}
	return limit
}

// isLineEnd reports whether a unit of text is a line end.
func isLineEnd(unit, mark []byte) bool {
	switch {
	case mark == nil:
		return unit[0] == '\n'
	case mark[0] == 0xff:
		return unit[0] == '\n' && unit[1] == 0
	}
	return unit[0] == 0 && unit[1] == '\n'
}

// advance drops the present piece but for its end, which begins with a line if
// one begins there.
func (p *pieces) advance() {
	room := *p.room
	start := p.cut(p.size - p.overlap)
	unit := max(1, len(p.mark))
	gone := room[len(p.mark):start]
	for at := 0; at+unit <= len(gone); at += unit {
		p.column += unit
		if isLineEnd(gone[at:at+unit], p.mark) {
			p.line, p.column = p.line+1, 0
		}
	}
	p.held = len(p.mark) + copy(room[len(p.mark):], room[start:p.held])
}

// place moves what was found in the present piece to its place in the file. What
// is about the file as a whole the first piece has told.
func (p *pieces) place(out *outcome) {
	if p.first() {
		return
	}
	out.notices = nil
	out.findings = slices.DeleteFunc(out.findings, func(f finding.Finding) bool { return len(f.Redact) == 0 })
	for i := range out.findings {
		f := &out.findings[i]
		f.Primary = p.moved(f.Primary)
		f.Steps = slices.Clone(f.Steps)
		for k := range f.Steps {
			f.Steps[k].Location = p.moved(f.Steps[k].Location)
		}
		f.Places, f.Redact = p.allMoved(f.Places), p.allMoved(f.Redact)
	}
}

// allMoved returns places of the piece as places of the file.
func (p *pieces) allMoved(list []finding.Location) []finding.Location {
	var all []finding.Location
	for _, at := range list {
		all = append(all, p.moved(at))
	}
	return all
}

// moved returns a place of the piece as a place of the file.
func (p *pieces) moved(at finding.Location) finding.Location {
	if at.Line == 0 {
		return at
	}
	if at.Line == 1 {
		at.Column += p.column
	}
	if at.EndLine == 1 {
		at.EndColumn += p.column
	}
	at.Line += p.line
	if at.EndLine > 0 {
		at.EndLine += p.line
	}
	return at
}
