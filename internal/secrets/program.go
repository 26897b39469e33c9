package secrets

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// A program is what a filter runs: the instructions of an expression, which take
// bytes by their classes. Digests keep it.
type program struct {
	// Runs are the classes of bytes, those that no instruction tells apart: a class,
	// and the last of the bytes in a row that are of it.
	Runs    []byte
	Classes int // how many there are
	// Ops are the kinds of the instructions, Skip how many lie between each and the
	// one that follows it (modulo 2^16), Arg is the other branch, or the number of
	// the set of classes that is taken.
	Ops       []byte
	Skip, Arg []uint16
	Sets      [][]byte // of classes, a bit each
	Start     uint16
	// Loops is set if a match may begin anywhere in the text.
	Loops bool
}

// The kinds of instructions.
const (
	opFail   byte = iota
	opBranch      // go on at two places
	opPass        // go on
	opTake        // a byte
	opMatch
	opEnd // go on at the end of the text only
)

// longestProgram is how many instructions a program has at most.
const longestProgram = 1 << 12

// newProgram returns the program of an expression about parts of texts, nil if it
// is too long. With loops it accepts a text in which a match begins anywhere, else
// one that begins with a match.
func newProgram(re *syntax.Regexp, loops bool) *program { return programOf(re, loops, opPass) }

// programOf makes a program, with end for the assertion that the text ends.
func programOf(re *syntax.Regexp, loops bool, end byte) *program {
	prog, err := syntax.Compile(relaxed(re).Simplify())
	if err != nil || len(prog.Inst) > longestProgram {
		return nil
	}
	n := len(prog.Inst)
	p := &program{Ops: make([]byte, n), Skip: make([]uint16, n), Arg: make([]uint16, n), Start: uint16(prog.Start), Loops: loops}
	var sets []*[256]bool
	known := map[string]uint16{}
	for i := range prog.Inst {
		inst := &prog.Inst[i]
		p.Skip[i] = uint16(inst.Out - uint32(i) - 1)
		switch inst.Op {
		case syntax.InstFail:
			p.Skip[i] = 0
		case syntax.InstMatch:
			p.Ops[i], p.Skip[i] = opMatch, 0
		case syntax.InstAlt, syntax.InstAltMatch:
			p.Ops[i], p.Arg[i] = opBranch, uint16(inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			p.Ops[i] = opPass
		case syntax.InstEmptyWidth:
			if p.Ops[i] = opPass; syntax.EmptyOp(inst.Arg)&syntax.EmptyEndText != 0 {
				p.Ops[i] = end
			}
		default:
			key := string(append([]rune{rune(inst.Op), rune(inst.Arg)}, inst.Rune...))
			set, ok := known[key]
			if !ok {
				set = uint16(len(sets))
				known[key] = set
				sets = append(sets, takenBy(inst))
			}
			p.Ops[i], p.Arg[i] = opTake, set
		}
	}
	p.classify(sets)
	return p
}

// classify finds out which bytes no set tells apart. Those beyond ASCII are none
// of the others': a rune may have more of them.
func (p *program) classify(sets []*[256]bool) {
	known := map[string]byte{}
	var first []int // bytes, by class
	signature := make([]byte, len(sets)+1)
	for c := range 256 {
		signature[len(sets)] = byte(c / utf8.RuneSelf)
		for i, set := range sets {
			signature[i] = 0
			if set[c] {
				signature[i] = 1
			}
		}
		class, ok := known[string(signature)]
		if !ok {
			class = byte(len(first))
			known[string(signature)] = class
			first = append(first, c)
		}
		if last := len(p.Runs) - 2; last >= 0 && p.Runs[last] == class {
			p.Runs[last+1] = byte(c)
		} else {
			p.Runs = append(p.Runs, class, byte(c))
		}
	}
	p.Classes = len(first)
	for _, set := range sets {
		bits := make([]byte, len(first)/8+1)
		for class, c := range first {
			if set[c] {
				bits[class/8] |= 1 << (class % 8)
			}
		}
		p.Sets = append(p.Sets, bits)
	}
}

// class returns the classes of all bytes.
func (p *program) class() (class [256]uint8) {
	c := 0
	for i := 0; i < len(p.Runs); i += 2 {
		for ; c <= int(p.Runs[i+1]); c++ {
			class[c] = p.Runs[i]
		}
	}
	return class
}

// out returns the instruction that follows another one.
func (p *program) out(at uint16) uint16 { return at + 1 + p.Skip[at] }

// takes reports whether a set holds a class.
func (p *program) takes(set uint16, class byte) bool { return p.Sets[set][class/8]&(1<<(class%8)) != 0 }

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
