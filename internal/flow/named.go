package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// collectNamed records a place that its name makes a credential.
func (e *engine) collectNamed(instr ssa.Instruction, n *Named, v ssa.Value, pos token.Pos) {
	if !isText(v.Type()) || shape.OfName(n.Name) == shape.None {
		return
	}
	n.Value = e.eval(v, pos)
	if n.beside != nil {
		n.User = e.userField(n.beside)
	}
	e.addNamed(instr, n, pos)
}

func (e *engine) addNamed(instr ssa.Instruction, n *Named, pos token.Pos) {
	if n.Kind == shape.None {
		n.Kind = shape.OfName(n.Name)
	}
	if n.Kind == shape.None || len(n.Value.Alts) == 0 {
		return
	}
	e.order++
	n.order = e.order
	n.Pos, n.End = e.span(instr, pos)
	n.At = e.location(n.Pos, n.End)
	if n.Symbol == "" {
		n.Symbol = symbol(instr.Parent())
	}
	n.Conditional = e.conditional(instr)
	n.when = allOf(n.when, e.guardsOf(instr.Block()))
	if excluding(n.when) {
		return
	}
	n.Value = n.Value.where(n.when)
	e.named = append(e.named, n)
	for f := instr.Parent(); f != nil; f = f.Parent() {
		e.namedBy[f] = append(e.namedBy[f], n)
	}
}

// collectReturn records the result of a function whose name speaks of a credential.
func (e *engine) collectReturn(fn *ssa.Function, r *ssa.Return) {
	if fn.Parent() != nil || len(r.Results) == 0 || fn.Object() == nil {
		return
	}
	e.collectNamed(r, &Named{Name: fn.Name(), Use: "result of " + fn.Name()}, r.Results[0], r.Pos())
}
