package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// A field of a struct of this package that is read where a model takes a
// credential holds one, whatever it is called: what is stored in it, by a
// constructor or an option, is the credential of callers.

// secretField is what a field is read for.
type secretField struct {
	kind shape.Kind
	use  string // in words: "key of SignedString"
	// object is the kind of the object that takes it, never "".
	object string
	// called is set where the field holds a function that gives the credential.
	called bool
}

// maxFieldWay is how many conversions and parameters lie between a credential's
// place and the field that it is read from.
const maxFieldWay = 6

// secretFields returns the fields that credentials are read from, found at once.
func (e *engine) secretFields() map[*types.Var]secretField {
	if e.secrets != nil {
		return e.secrets
	}
	e.secrets = map[*types.Var]secretField{}
	for _, fn := range e.roots {
		e.secretFieldsOf(fn)
	}
	return e.secrets
}

func (e *engine) secretFieldsOf(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && !e.inTest(call.Pos()) {
				e.secretArgsOf(call)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		e.secretFieldsOf(anon)
	}
}

// secretArgsOf looks where the credentials come from that a modelled call takes.
func (e *engine) secretArgsOf(call ssa.CallInstruction) {
	s := e.plainSite(call)
	if fn := call.Common().StaticCallee(); fn != nil {
		e.setCallee(&s, fn, nil)
	}
	if s.callee == nil || s.fn != nil {
		return
	}
	ds := e.funcDirectives(s.callee)
	for _, d := range ds {
		if d.Verb != "on" || len(d.Words) < 2 {
			continue
		}
		for _, a := range d.Args {
			kind := secretArg(a.Name)
			if kind == shape.None || a.Quoted || isRecv(a) || s.arg(a.Index) == nil {
				continue
			}
			found := secretField{kind: kind, use: a.Name + " of " + s.name(), object: e.takerOf(ds, d, s)}
			e.secretFrom(s.arg(a.Index), found, 0)
		}
	}
}

// takerOf returns the kind of the object that a directive of a call gives a
// credential to; an option that says with which algorithm it signs tokens is as
// good as a token.
func (e *engine) takerOf(ds []directive, d directive, s site) string {
	if d.Words[0] == "recv" && s.recv != nil {
		if kind := e.kindOf(s.recv.Type()); kind != "" {
			return kind
		}
	}
	kind := anyTaker
	for _, other := range ds {
		switch {
		case other.Verb == "new" && len(other.Words) > 0 && kind == anyTaker:
			kind = other.Words[0]
		case other.Verb == "on" && len(other.Words) > 1 && other.Words[1] == "algorithm":
			if a, ok := other.Arg("value"); ok && !a.Quoted && e.operand(s, a).HasRole("hmac") {
				return "jwt-token"
			}
		}
	}
	return kind
}

// anyTaker stands for an object of a kind that is not known.
const anyTaker = "object"

// secretArg returns the kind of credential that an argument of that name takes.
func secretArg(name string) shape.Kind {
	switch name {
	case "password", "passphrase":
		return shape.Password
	case "secret":
		return shape.Secret
	case "key":
		return shape.Key
	case "token":
		return shape.Token
	}
	return shape.None
}

// secretFrom marks the field that a value is read from.
func (e *engine) secretFrom(v ssa.Value, found secretField, depth int) {
	if depth > maxFieldWay {
		return
	}
	if x := same(v); x != nil {
		e.secretFrom(x, found, depth)
		return
	}
	switch v := v.(type) {
	case *ssa.Convert:
		e.secretFrom(v.X, found, depth+1)
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			e.secretFrom(b, found, depth+1)
		}
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok && !e.madeHere(addr.X) {
			e.markSecret(fieldOf(addr.X.Type(), addr.Field), v.Type(), found)
		}
	case *ssa.Field:
		if load, ok := v.X.(*ssa.UnOp); ok && e.madeHere(load.X) {
			return
		}
		e.markSecret(fieldOf(v.X.Type(), v.Field), v.Type(), found)
	case *ssa.Call:
		if c := v.Common(); !c.IsInvoke() && c.StaticCallee() == nil && len(c.Args) == 0 && !found.called {
			found.called = true
			e.secretFrom(c.Value, found, depth+1)
		}
	case *ssa.Parameter:
		index, _ := paramIndex(v)
		for _, instr := range e.callers[v.Parent()] {
			if call, ok := instr.(ssa.CallInstruction); ok && index < len(call.Common().Args) && !e.inTest(call.Pos()) {
				e.secretFrom(call.Common().Args[index], found, depth+2)
			}
		}
	}
}

// madeHere reports whether a function has made the struct at an address itself: the
// engine then knows what is in it.
func (e *engine) madeHere(addr ssa.Value) bool {
	a := e.allocOf(addr, 0)
	if a == nil {
		return false
	}
	for _, s := range e.storesTo(a) {
		if _, ok := s.Val.(*ssa.Parameter); ok {
			return false // a copy of what a caller has
		}
	}
	return true
}

// markSecret marks a field of this package.
func (e *engine) markSecret(f *types.Var, t types.Type, found secretField) {
	_, isFunc := t.Underlying().(*types.Signature)
	if _, generic := f.Type().(*types.TypeParam); generic || f.Pkg() != e.pass.Pkg || isFunc != found.called || !isFunc && !isText(t) {
		return
	}
	if _, known := e.secrets[f]; !known {
		e.secrets[f] = found
	}
}

// collectSecretField records what is stored in a field that a credential is read
// from, and reports whether it is one.
func (e *engine) collectSecretField(s *ssa.Store, f *types.Var, owner string, beside ssa.Value) bool {
	found, ok := e.secretFields()[f]
	if !ok {
		return false
	}
	n := &Named{Name: f.Name(), Kind: found.kind, Sink: found.object, Use: strings.TrimSpace(found.use), Type: owner, beside: beside}
	n.Value = e.eval(s.Val, s.Pos())
	if found.called {
		n.Value = e.withCallbacks(n.Value)
	} else {
		n.User = e.userField(beside)
	}
	e.addNamed(s, n, s.Pos())
	return true
}

// withReturns is withCallbacks for functions that a call is given: what one
// returns that another call here has made is told with the arguments of that.
func (e *engine) withReturns(v Value, s site) Value {
	makers := map[*ssa.Function]site{}
	for _, a := range s.actuals {
		for x := same(a); x != nil; x = same(a) {
			a = x
		}
		if call, ok := a.(*ssa.Call); ok {
			if maker := e.siteOf(call); maker.fn != nil {
				makers[maker.fn] = maker
			}
		}
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind != Function || p.fn == nil {
			return single(p)
		}
		maker, ok := makers[p.fn.Parent()]
		out := e.withCallbacks(single(p))
		if ok {
			out, _ = e.substitute(out, maker)
		}
		return out
	})
}
