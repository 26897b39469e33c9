package flow

import (
	"golang.org/x/tools/go/ssa"
)

// acceptsAll marks a function part whose every return says yes.
const acceptsAll = "accepts-all"

// function returns the part for a function value.
func (e *engine) function(fn *ssa.Function) Value {
	p := Part{Kind: Function, Name: fn.String(), At: e.location(fn.Pos(), fn.Pos())}
	if alwaysNil(fn) {
		p.Text = acceptsAll
	}
	return single(p)
}

// alwaysNil reports whether a function has a body and its last result is the
// nil constant on every return.
func alwaysNil(fn *ssa.Function) bool {
	n := fn.Signature.Results().Len()
	if n == 0 || fn.Blocks == nil || fn.Synthetic != "" {
		return false
	}
	found := false
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		c, ok := r.Results[n-1].(*ssa.Const)
		if !ok || c.Value != nil {
			return false
		}
		found = true
	}
	return found
}
