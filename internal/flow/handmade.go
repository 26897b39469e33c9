package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The second of three pieces between dots, decoded from Base64, is what a token
// says. Where that is read by hand there is an object of kind jwt-check with an
// event unverified; the functions that are called beside it are in its Uses, for
// one of them may check the signature.

// maxPadding is how many operations may lie between splitting and decoding.
const maxPadding = 6

// collectHandmade finds the tokens that a function of the package takes apart.
func (e *engine) collectHandmade() {
	for _, fn := range e.roots {
		e.handmadeIn(fn)
	}
}

func (e *engine) handmadeIn(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			s := e.siteOf(call)
			if v := e.decodedText(s); v != nil && e.isSecondPiece(v, 0) {
				e.handmade(call, s)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		e.handmadeIn(anon)
	}
}

// decodedText returns the text that a call decodes from Base64, nil if it
// decodes none.
func (e *engine) decodedText(s site) ssa.Value {
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && d.Words[0] == "base64-decode" {
			return s.arg(a.Index)
		}
	}
	if s.fn == nil || len(s.args) == 0 || !isText(s.args[0].Type()) || types.IsInterface(s.args[0].Type()) {
		return nil
	}
	// A function of the package that decodes its parameter.
	index := len(s.actuals) - len(s.args)
	if index >= len(s.fn.Params) || !e.decodes(s.fn.Params[index]) {
		return nil
	}
	return s.args[0]
}

// decodes reports whether a function decodes its parameter from Base64.
func (e *engine) decodes(p *ssa.Parameter) bool {
	known, ok := e.tokens.decodes[p]
	if !ok {
		known = e.decodesParameter(p)
		e.tokens.decodes[p] = known
	}
	return known
}

func (e *engine) decodesParameter(p *ssa.Parameter) bool {
	for _, b := range p.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			for _, d := range e.funcDirectives(e.siteOf(call).callee) {
				if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && d.Words[0] == "base64-decode" && comesFrom(e.siteOf(call).arg(a.Index), p, 0) {
					return true
				}
			}
		}
	}
	return false
}

// comesFrom reports whether a text is another one, padded or converted.
func comesFrom(v, from ssa.Value, depth int) bool {
	if v == from {
		return true
	}
	return depth < maxPadding && slices.ContainsFunc(padded(v), func(x ssa.Value) bool { return comesFrom(x, from, depth+1) })
}

// padded returns what a text is before something is appended to it or it is
// converted.
func padded(v ssa.Value) []ssa.Value {
	switch v := v.(type) {
	case *ssa.Phi:
		return v.Edges
	case *ssa.Convert:
		return []ssa.Value{v.X}
	case *ssa.BinOp:
		if v.Op == token.ADD {
			return []ssa.Value{v.X}
		}
	case *ssa.Call:
		if len(v.Call.Args) > 0 && isText(v.Call.Args[0].Type()) && isText(v.Type()) {
			return v.Call.Args[:1]
		}
	}
	return nil
}

// isSecondPiece reports whether a text is the second one of those that another
// is split into at its dots.
func (e *engine) isSecondPiece(v ssa.Value, depth int) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return depth < maxPadding && slices.ContainsFunc(padded(v), func(x ssa.Value) bool { return e.isSecondPiece(x, depth+1) })
	}
	addr, ok := load.X.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	if c, ok := addr.Index.(*ssa.Const); !ok || c.Value == nil || c.Int64() != 1 {
		return false
	}
	call, ok := addr.X.(*ssa.Call)
	if !ok {
		return false
	}
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		if d.Verb == "transfer" && d.Words[0] == "part" && isDot(s.arg(1)) {
			return true
		}
	}
	return false
}

func isDot(v ssa.Value) bool {
	if c, ok := v.(*ssa.Convert); ok {
		v = c.X
	}
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.String && constant.StringVal(c.Value) == "."
}

// handmadeKey identifies the object of a token that is taken apart.
type handmadeKey struct{ call *ssa.Call }

// handmade records that a call decodes what a token says.
func (e *engine) handmade(call *ssa.Call, s site) {
	o := e.newObject(handmadeKey{call}, jwtCheck, call.Pos(), call.Parent())
	e.record(o, &Event{Role: "unverified", Text: s.name(), Pos: call.Pos()}, call)
	u := &users{e: e, seen: map[ssa.Value]bool{}, reads: map[string]bool{}, handed: map[string]bool{}}
	if first := extracted(call, 0); first != nil {
		u.walk(first, 0)
	} else if s.callee != nil && s.callee.Signature().Results().Len() == 1 {
		u.walk(call, 0)
	}
	fn := root(call.Parent())
	e.calledBy(fn, u.handed)
	for _, c := range e.callers[fn] {
		e.calledBy(root(c.Parent()), u.handed)
	}
	o.Uses = &Uses{Kept: u.kept, Reads: slices.Sorted(maps.Keys(u.reads)), Handed: slices.Sorted(maps.Keys(u.handed)), ByHand: true, OfRequest: e.servesRequest(call.Parent()) && !e.isAnswered(call.Parent())}
}

// isAnswered reports whether all callers of a function give it a token out of the
// answer of an authorisation server, whose word counts.
func (e *engine) isAnswered(fn *ssa.Function) bool {
	calls := e.callers[fn]
	for _, c := range calls {
		call, ok := c.(ssa.CallInstruction)
		if !ok || !slices.ContainsFunc(call.Common().Args, isFromAnswer) {
			return false
		}
	}
	return len(calls) > 0
}

// isFromAnswer reports whether a text is a field of an answer with an access token.
func isFromAnswer(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || !isPlainText(v.Type()) {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	return ok && hasAccessToken(addr.X.Type())
}

// calledBy adds the names of the functions that a function calls.
func (e *engine) calledBy(fn *ssa.Function, names map[string]bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			c, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			s := e.siteOf(c)
			if s.callee == nil {
				continue
			}
			names[s.name()] = true
			for _, d := range e.funcDirectives(s.callee) {
				if d.Verb == "value" && d.Words[0] == "digest" || d.Verb == "new" && d.Words[0] == jwtCheck {
					names["verify"] = true
				}
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		e.calledBy(anon, names)
	}
}

// servesRequest reports whether a function is given a request, or called by one
// that is.
func (e *engine) servesRequest(fn *ssa.Function) bool {
	given := func(fn *ssa.Function) bool {
		for ; fn != nil; fn = fn.Parent() {
			if slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return e.isRequest(p.Type()) }) {
				return true
			}
		}
		return false
	}
	return given(fn) || slices.ContainsFunc(e.callers[root(fn)], func(c ssa.Instruction) bool { return given(c.Parent()) })
}

// isRequest reports whether a type is a request that is served: its methods
// give what was sent.
func (e *engine) isRequest(t types.Type) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return false
	}
	m := e.model(n.Obj().Pkg().Path())
	if m == nil {
		return false
	}
	for name, ds := range m.Decls {
		if strings.HasPrefix(name, n.Obj().Name()+".") && slices.ContainsFunc(ds, func(d directive) bool { return d.Verb == "value" && d.Words[0] == "input" }) {
			return true
		}
	}
	return false
}
