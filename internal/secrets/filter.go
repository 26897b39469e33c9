package secrets

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// A filter is a deterministic automaton that accepts whatever an expression
// matches, and more: assertions hold everywhere, repetitions have no upper
// bounds, and runes beyond ASCII are not told from their bytes. It reads a byte
// in about a nanosecond, where the expression itself needs fifty. Its states are
// made when they are first reached; several goroutines may use it at once.
type filter struct {
	prog    *syntax.Prog
	class   [256]uint8
	classes int
	// takes are the bytes that each instruction takes, of those that take any.
	takes []*[256]bool
	// loops is set if a match may begin anywhere in the text.
	loops bool
	start *filterState

	mu     sync.Mutex
	states map[string]*filterState
}

// filterState is a set of instructions that are ready.
type filterState struct {
	accepts bool
	dead    bool // nothing that follows is accepted
	full    bool // there is no room for what follows
	ready   []uint32
	next    []atomic.Pointer[filterState] // by class
}

// filterEdges is how many transitions a filter may keep. Beyond it everything is
// accepted, which is slow but not wrong.
const filterEdges = 1 << 14

// newFilter returns the filter of an expression, nil if it would accept the
// empty text or is too large. With loops it accepts a text in which a match
// begins anywhere, else one that begins with a match.
func newFilter(re *syntax.Regexp, loops bool) *filter {
	prog, err := syntax.Compile(relaxed(re).Simplify())
	if err != nil || len(prog.Inst) > maxReach/16 {
		return nil
	}
	f := &filter{prog: prog, loops: loops, states: map[string]*filterState{}}
	f.classify()
	f.start = f.state(f.follow(nil, uint32(prog.Start), map[uint32]bool{}))
	if f.start.accepts {
		return nil
	}
	return f
}

// classify finds out which bytes no instruction can tell apart.
func (f *filter) classify() {
	f.takes = make([]*[256]bool, len(f.prog.Inst))
	known := map[string]*[256]bool{}
	var sets []*[256]bool
	for i := range f.prog.Inst {
		inst := &f.prog.Inst[i]
		switch inst.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		default:
			continue
		}
		key := string(append([]rune{rune(inst.Op), rune(inst.Arg)}, inst.Rune...))
		if known[key] == nil {
			known[key] = takenBy(inst)
			sets = append(sets, known[key])
		}
		f.takes[i] = known[key]
	}
	signatures := map[string]uint8{}
	signature := make([]byte, len(sets))
	for c := range 256 {
		for i, set := range sets {
			signature[i] = 0
			if set[c] {
				signature[i] = 1
			}
		}
		class, ok := signatures[string(signature)]
		if !ok {
			class = uint8(len(signatures))
			signatures[string(signature)] = class
		}
		f.class[c] = class
	}
	f.classes = len(signatures)
}

// takenBy returns the bytes that an instruction takes. Every byte beyond ASCII
// stands for every rune beyond it.
func takenBy(inst *syntax.Inst) *[256]bool {
	set := new([256]bool)
	for c := range utf8.RuneSelf {
		set[c] = inst.MatchRune(rune(c))
	}
	wide := inst.Op == syntax.InstRuneAny || inst.Op == syntax.InstRuneAnyNotNL
	if len(inst.Rune) == 1 {
		wide = wide || inst.Rune[0] >= utf8.RuneSelf
		if syntax.Flags(inst.Arg)&syntax.FoldCase != 0 {
			for c := unicode.SimpleFold(inst.Rune[0]); c != inst.Rune[0]; c = unicode.SimpleFold(c) {
				wide = wide || c >= utf8.RuneSelf
			}
		}
	} else if len(inst.Rune) > 0 {
		wide = wide || inst.Rune[len(inst.Rune)-1] >= utf8.RuneSelf
	}
	for c := utf8.RuneSelf; c < 256; c++ {
		set[c] = wide
	}
	return set
}

// follow adds to ready the instructions that take a byte and are reached from
// one without taking any.
func (f *filter) follow(ready []uint32, from uint32, seen map[uint32]bool) []uint32 {
	todo := []uint32{from}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		switch inst := &f.prog.Inst[at]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, inst.Arg, inst.Out)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			todo = append(todo, inst.Out)
		case syntax.InstFail:
		default:
			ready = append(ready, at)
		}
	}
	return ready
}

// state returns the state of a set of instructions.
func (f *filter) state(ready []uint32) *filterState {
	slices.Sort(ready)
	key := make([]byte, 0, 4*len(ready))
	for _, at := range ready {
		key = binary.LittleEndian.AppendUint32(key, at)
	}
	if s := f.states[string(key)]; s != nil {
		return s
	}
	if len(f.states)*f.classes > filterEdges {
		return &filterState{accepts: true, full: true}
	}
	s := &filterState{ready: ready, dead: len(ready) == 0, next: make([]atomic.Pointer[filterState], f.classes)}
	s.accepts = slices.ContainsFunc(ready, func(at uint32) bool { return f.prog.Inst[at].Op == syntax.InstMatch })
	f.states[string(key)] = s
	return s
}

// next returns the state behind a byte.
func (f *filter) next(s *filterState, c byte) *filterState {
	if next := s.next[f.class[c]].Load(); next != nil {
		return next
	}
	return f.step(s, c)
}

// step makes the transition from a state.
func (f *filter) step(s *filterState, c byte) *filterState {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen := map[uint32]bool{}
	var ready []uint32
	for _, at := range s.ready {
		if f.takes[at] == nil || !f.takes[at][c] {
			continue
		}
		ready = f.follow(ready, f.prog.Inst[at].Out, seen)
		if c >= utf8.RuneSelf && !seen[at] {
			seen[at] = true // the rune may have more bytes
			ready = append(ready, at)
		}
	}
	if f.loops {
		ready = f.follow(ready, uint32(f.prog.Start), seen)
	}
	next := f.state(ready)
	s.next[f.class[c]].Store(next)
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
	return false
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
