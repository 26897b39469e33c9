package secrets

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// A filter is a deterministic automaton that accepts whatever an expression
// matches, and more: assertions hold everywhere, repetitions have no upper
// bounds, and runes beyond ASCII are not told from their bytes. It reads a byte
// in about a nanosecond, where the expression itself needs fifty. Its states are
// made when they are first reached; several goroutines may use it at once.
type filter struct {
	*program
	class [256]uint8
	start *filterState

	mu     sync.Mutex
	states map[string]*filterState
	// What follows is used anew for every state: the instructions that are ready
	// and those to follow, the number of the state in which each was last seen,
	// and that of the present one.
	ready, todo []uint16
	seen        []uint32
	number      uint32
	key         []byte
}

// filterState is a set of instructions that are ready.
type filterState struct {
	accepts bool
	ends    bool // the text is accepted if it ends here
	dead    bool // nothing that follows is accepted
	full    bool // there is no room for what follows
	ready   []uint16
	next    []atomic.Pointer[filterState] // by class
}

// filterEdges is how many transitions a filter may keep. Beyond it everything is
// accepted, which is slow but not wrong.
const filterEdges = 1 << 14

// newFilter returns the filter that runs a program, nil if there is none, or if it
// accepts the empty text.
func newFilter(p *program) *filter {
	if p == nil {
		return nil
	}
	f := &filter{program: p, class: p.class(), states: map[string]*filterState{}, seen: make([]uint32, len(p.Ops))}
	f.begin()
	f.follow(p.Start)
	if f.start = f.state(); f.start.accepts {
		return nil
	}
	return f
}

// begin forgets the instructions of the state before.
func (f *filter) begin() {
	f.ready = f.ready[:0]
	f.number++
}

// sees reports whether an instruction is met in this state for the first time.
func (f *filter) sees(at uint16) bool {
	if f.seen[at] == f.number {
		return false
	}
	f.seen[at] = f.number
	return true
}

// follow adds to those that are ready the instructions that take a byte and are
// reached from one without taking any.
func (f *filter) follow(from uint16) {
	f.todo = append(f.todo[:0], from)
	for len(f.todo) > 0 {
		at := f.todo[len(f.todo)-1]
		f.todo = f.todo[:len(f.todo)-1]
		if !f.sees(at) {
			continue
		}
		switch f.Ops[at] {
		case opBranch:
			f.todo = append(f.todo, f.Arg[at], f.out(at))
		case opPass:
			f.todo = append(f.todo, f.out(at))
		case opTake, opMatch, opEnd:
			f.ready = append(f.ready, at)
		}
	}
}

// state returns the state of the instructions that are ready.
func (f *filter) state() *filterState {
	slices.Sort(f.ready)
	f.key = f.key[:0]
	accepts, ends := false, false
	for _, at := range f.ready {
		f.key = binary.LittleEndian.AppendUint16(f.key, at)
		accepts = accepts || f.Ops[at] == opMatch
		ends = ends || f.Ops[at] == opEnd
	}
	if s := f.states[string(f.key)]; s != nil {
		return s
	}
	if len(f.states)*f.Classes > filterEdges {
		return &filterState{accepts: true, full: true}
	}
	s := &filterState{ready: slices.Clone(f.ready), dead: len(f.ready) == 0, accepts: accepts}
	s.next = make([]atomic.Pointer[filterState], f.Classes)
	f.states[string(f.key)] = s
	s.ends = ends && f.acceptsEnd(s.ready)
	return s
}

// acceptsEnd reports whether a match is reached if the text ends where the
// instructions are ready.
func (f *filter) acceptsEnd(ready []uint16) bool {
	f.begin()
	for _, at := range ready {
		if f.Ops[at] == opEnd {
			f.follow(f.out(at))
		}
	}
	for i := 0; i < len(f.ready); i++ { // one end may follow another
		switch at := f.ready[i]; f.Ops[at] {
		case opEnd:
			f.follow(f.out(at))
		case opMatch:
			return true
		}
	}
	return false
}

// next returns the state behind a byte.
func (f *filter) next(s *filterState, c byte) *filterState {
	if next := s.next[f.class[c]].Load(); next != nil {
		return next
	}
	return f.step(s, f.class[c])
}

// step makes the transition from a state.
func (f *filter) step(s *filterState, class uint8) *filterState {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begin()
	wide := class == f.class[utf8.RuneSelf]
	for _, at := range s.ready {
		if f.Ops[at] != opTake || !f.takes(f.Arg[at], class) {
			continue
		}
		f.follow(f.out(at))
		if wide && f.sees(at) { // the rune may have more bytes
			f.ready = append(f.ready, at)
		}
	}
	if f.Loops {
		f.follow(f.Start)
	}
	next := f.state()
	s.next[class].Store(next)
	return next
}

// holds reports whether the text holds what a filter that loops accepts.
func holds[T string | []byte](f *filter, text T) bool {
	s := f.start
	for i := range len(text) {
		next := f.next(s, text[i])
		if next.accepts {
			return true
		}
		s = next
	}
	return s.ends
}

// begins reports whether the text begins with what the filter accepts, and where
// the longest such text ends. It reads no more than limit bytes; if that is not
// enough to know, anything may be accepted. read is how many bytes it read.
func (f *filter) begins(text []byte, limit int) (ok bool, end, read int) {
	s := f.start
	for i, c := range text[:min(len(text), limit)] {
		next := f.next(s, c)
		if next.dead {
			return ok, end, i + 1
		}
		if next.full {
			return true, len(text), i + 1
		}
		if next.accepts {
			ok, end = true, i+1
		}
		s = next
	}
	if limit < len(text) {
		return true, len(text), limit
	}
	return ok, end, len(text)
}
