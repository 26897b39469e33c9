package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// onRequest reports whether an instruction runs only if somebody asks for more
// output: under a switch called debug, verbose, trace. Other conditions do not
// make it less of a fault that something is told.
func (e *engine) onRequest(instr ssa.Instruction) bool {
	b := instr.Block()
	for range maxDominators {
		d := b.Idom()
		if d == nil {
			return false
		}
		cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if ok && d.Succs[0] == b && len(b.Preds) == 1 && e.asksForOutput(cond.Cond, 0) {
			return true
		}
		b = d
	}
	return false
}

// asksForOutput reports whether a condition is a switch for more output.
func (e *engine) asksForOutput(cond ssa.Value, depth int) bool {
	if depth > 3 {
		return false
	}
	switch v := cond.(type) {
	case *ssa.BinOp:
		return e.asksForOutput(v.X, depth+1) || e.asksForOutput(v.Y, depth+1)
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return false
		}
	case *ssa.Call:
		for _, a := range v.Call.Args {
			if c, ok := a.(*ssa.Const); ok && isOutputWord(constText(c)) {
				return true
			}
		}
	}
	return isOutputWord(e.nameOf(cond)) || isOutputWord(e.assignedName(cond))
}

// isOutputWord reports whether a name is of a switch for more output.
func isOutputWord(name string) bool {
	return shape.HasWord(name, "debug", "verbose", "verbosity", "trace", "dump", "dev", "development", "debugging", "isdebug", "quiet", "loglevel")
}
