package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// revealDecoded looks at a text that the function decodes into a struct: what the
// struct holds then is in the text.
func (e *engine) revealDecoded(v ssa.Value) revealed {
	if v.Referrers() == nil || !isPlainText(v.Type()) {
		return revealed{}
	}
	var out revealed
	for _, r := range *v.Referrers() {
		call, ok := r.(*ssa.Call)
		if !ok {
			continue
		}
		s := e.siteOf(call)
		for _, d := range e.funcDirectives(s.callee) {
			if into := decodesInto(d, s, v); into != nil {
				out = out.with(e.decodedSecrets(into, call))
			}
		}
	}
	return out
}

// decodesInto returns what a call fills from a text, nil if it does not.
func decodesInto(d directive, s site, text ssa.Value) ssa.Value {
	if d.Verb != "transfer" || d.Words[0] != "decode" {
		return nil
	}
	value, ok := d.Arg("value")
	into, filled := d.Arg("into")
	if !ok || !filled || value.Quoted || into.Quoted || s.arg(value.Index) != text {
		return nil
	}
	return s.arg(into.Index)
}

// decodedSecrets returns the credentials in a struct that a call fills.
func (e *engine) decodedSecrets(into ssa.Value, by *ssa.Call) revealed {
	t := deref(strip(into).Type())
	if _, ok := t.Underlying().(*types.Struct); !ok {
		return revealed{}
	}
	r := e.wholeSecrets(nil, t, asJSON, by.Pos())
	r.secrets = slices.DeleteFunc(slices.Clone(r.secrets), func(x Secret) bool { return !x.Certain })
	for i := range r.secrets {
		r.secrets[i].decoded = by
	}
	return revealed{secrets: r.secrets}
}

// isUndecoded reports whether a text that is decoded elsewhere is told because
// that has failed, so that it is not what it should be.
func isUndecoded(x Secret, channel string, instr ssa.Instruction) bool {
	if x.filled != nil && isBehindFailure(x.filled, instr) {
		return true
	}
	if x.decoded == nil {
		return false
	}
	return channel == channelError || isBehindFailure(x.decoded, instr)
}

// isBehindFailure reports whether an instruction comes only where a call has
// returned an error.
func isBehindFailure(call *ssa.Call, instr ssa.Instruction) bool {
	b := instr.Block()
	for range maxDominators {
		d := b.Idom()
		if d == nil {
			return false
		}
		if cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If); ok && len(b.Preds) == 1 && isCheckOf(cond.Cond, call) {
			return (d.Succs[0] == b) == (cond.Cond.(*ssa.BinOp).Op == token.NEQ)
		}
		b = d
	}
	return false
}

// filledBy returns the one call that is given the address of a struct which is
// made here and that nothing else is stored in, nil if there is none.
func (e *engine) filledBy(base ssa.Value) *ssa.Call {
	a, ok := base.(*ssa.Alloc)
	if pl := e.places[a]; !ok || pl != nil && len(pl.exact) > 0 {
		return nil
	}
	var only *ssa.Call
	for _, r := range *a.Referrers() {
		v, ok := r.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, use := range *v.Referrers() {
			call, ok := use.(*ssa.Call)
			if !ok || only != nil {
				return nil
			}
			only = call
		}
	}
	return only
}

// isCheckOf reports whether a condition asks for the error that a call returns.
func isCheckOf(cond ssa.Value, call *ssa.Call) bool {
	b, ok := cond.(*ssa.BinOp)
	return ok && (b.X == call || b.Y == call)
}

// besideLogin reports whether a value is assigned together with the name of a
// user: user, pass := ...
func (e *engine) besideLogin(v ssa.Value) bool {
	x, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	names := e.literals.assigned[x.Tuple.Pos()]
	if x.Index >= len(names) || shape.OfName(names[x.Index]) != shape.Password {
		return false
	}
	for i, name := range names {
		if i != x.Index && (isLoginName(name) || shape.HasWord(name, "u", "usr", "uname")) {
			return true
		}
	}
	return false
}

// isMade reports whether a text is an encoding of bytes that are made here.
func (e *engine) isMade(v ssa.Value) bool {
	for range 4 {
		switch x := v.(type) {
		case *ssa.MakeSlice, *ssa.Alloc:
			return isMadeSlice(v)
		case *ssa.Slice:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.Call:
			if v = e.operandOf(x); v == nil {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// isMadeSlice reports whether a value is made by make, whatever is put into it.
func isMadeSlice(v ssa.Value) bool {
	if s, ok := v.(*ssa.Slice); ok {
		v = s.X
	}
	if a, ok := v.(*ssa.Alloc); ok {
		return a.Comment == "makeslice"
	}
	_, ok := v.(*ssa.MakeSlice)
	return ok
}

// operandOf returns what a call makes a text of, nil for what is no operation.
func (e *engine) operandOf(call *ssa.Call) ssa.Value {
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && !a.Quoted && !isRecv(a) {
			return s.arg(a.Index)
		}
	}
	return nil
}

// isCause reports whether a value is a field of which the models say that it is
// what is left without the secrets.
func (e *engine) isCause(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	for _, d := range e.fieldDirectives(addr.X.Type(), fieldOf(addr.X.Type(), addr.Field)) {
		if d.Verb == "value" && d.Words[0] == "redacted" {
			return true
		}
	}
	return false
}
