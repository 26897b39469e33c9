package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

type directive = rules.Directive

// site is a call as the models see it: receiver apart from the arguments.
type site struct {
	instr  ssa.CallInstruction
	common *ssa.CallCommon
	callee *types.Func
	recv   ssa.Value
	args   []ssa.Value
}

// siteOf returns the call as the models see it; the callee is nil for a call
// of a function value.
func siteOf(instr ssa.CallInstruction) site {
	c := instr.Common()
	s := site{instr: instr, common: c, args: c.Args}
	if c.IsInvoke() {
		s.callee, s.recv = c.Method, c.Value
		return s
	}
	fn := c.StaticCallee()
	if fn == nil {
		return s
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	s.callee, _ = fn.Object().(*types.Func)
	if s.callee != nil && s.callee.Signature().Recv() != nil && len(s.args) > 0 {
		s.recv, s.args = s.args[0], s.args[1:]
	}
	return s
}

// name returns what the source calls the callee.
func (s site) name() string {
	if s.callee != nil {
		return s.callee.Name()
	}
	if b, ok := s.common.Value.(*ssa.Builtin); ok {
		return b.Name()
	}
	return ""
}

// pos returns the position of the call.
func (s site) pos() token.Pos { return s.instr.Pos() }

// arg returns the i-th argument, nil if there is none.
func (s site) arg(i int) ssa.Value {
	if i < 0 || i >= len(s.args) {
		return nil
	}
	return s.args[i]
}

// variadic reports whether the i-th argument is the slice of a variadic call.
func (s site) variadic(i int) bool {
	sig, ok := s.common.Value.Type().Underlying().(*types.Signature)
	if s.common.IsInvoke() {
		sig, ok = s.callee.Signature(), true
	}
	return ok && sig.Variadic() && i == len(s.args)-1
}

// operand returns what an argument of a directive stands for at the call.
func (e *engine) operand(s site, a rules.DirectiveArg) Value {
	if a.Quoted {
		return text(a.Text)
	}
	if isRecv(a) {
		if s.recv == nil {
			return Value{}
		}
		return e.eval(s.recv, s.pos())
	}
	if a.Rest {
		return e.rest(s, a.Index)
	}
	v := s.arg(a.Index)
	if v == nil {
		return Value{}
	}
	if s.variadic(a.Index) {
		return e.rest(s, a.Index)
	}
	return e.eval(v, s.pos())
}

// rest returns the readings of all arguments from the i-th on.
func (e *engine) rest(s site, i int) Value {
	var out Value
	for _, v := range e.restList(s, i) {
		out = union(out, e.eval(v, s.pos()))
	}
	return out
}

// restList returns the arguments from the i-th on, a variadic slice spread out.
func (e *engine) restList(s site, i int) []ssa.Value {
	var list []ssa.Value
	for ; i >= 0 && i < len(s.args); i++ {
		if !s.variadic(i) {
			list = append(list, s.args[i])
			continue
		}
		elems, ok := e.ordered(s.args[i])
		if !ok {
			elems = []ssa.Value{s.args[i]}
		}
		list = append(list, elems...)
	}
	return list
}

// ordered returns the elements of a slice made in place, in order.
func (e *engine) ordered(v ssa.Value) ([]ssa.Value, bool) {
	if c, ok := v.(*ssa.Const); ok && c.Value == nil {
		return nil, true
	}
	base := e.arrayOf(v, 0)
	if base == nil {
		return nil, false
	}
	byIndex := map[int64]ssa.Value{}
	for _, s := range e.elementStores(v) {
		c, ok := s.Addr.(*ssa.IndexAddr).Index.(*ssa.Const)
		if !ok {
			return nil, false
		}
		byIndex[c.Int64()] = s.Val
	}
	list := make([]ssa.Value, 0, len(byIndex))
	for i := range int64(len(byIndex)) {
		elem, ok := byIndex[i]
		if !ok {
			return nil, false
		}
		list = append(list, elem)
	}
	return list, len(list) > 0
}

// result returns what is known of the index-th result of a call.
func (e *engine) result(call *ssa.Call, index int) Value {
	s := siteOf(call)
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		return e.builtin(b, s)
	}
	ds := e.funcDirectives(s.callee)
	if v, ok := e.modelValue(forResult(ds, index), &s, s.pos()); ok {
		return v
	}
	for _, d := range forResult(ds, index) {
		if d.Verb == "transfer" {
			return e.transfer(d, s)
		}
	}
	if v, ok := e.summarised(call, s, index); ok {
		return v
	}
	return unknown(s.name())
}

// forResult returns the directives that speak of the index-th result.
func forResult(ds []directive, index int) []directive {
	var list []directive
	for _, d := range ds {
		want, given := -1, false
		skip := false
		for _, a := range d.Args {
			switch a.Name {
			case "result":
				want, given = a.Index, true
			case "to", "into":
				skip = true
			}
		}
		if skip || given && want != index || !given && index != 0 {
			continue
		}
		list = append(list, d)
	}
	return list
}

// modelValue returns the value that a "value" directive gives.
func (e *engine) modelValue(ds []directive, s *site, near token.Pos) (Value, bool) {
	for _, d := range ds {
		if d.Verb != "value" || len(d.Words) == 0 {
			continue
		}
		part := Part{Kind: Role, Name: d.Words[0]}
		switch d.Words[0] {
		case "env":
			part = Part{Kind: Environment}
			part.Name, part.NameFrom = e.nameArg(d, s)
		case "setting", "file", "input":
			part = Part{Kind: Setting}
			part.Name, part.NameFrom = e.nameArg(d, s)
		}
		if s != nil {
			part.At = e.location(s.pos(), s.pos())
		}
		return single(part), true
	}
	return Value{}, false
}

// nameArg returns the known text of a directive's name argument, or one more
// than the index of the parameter that gives it.
func (e *engine) nameArg(d directive, s *site) (string, int) {
	a, ok := d.Arg("name")
	if s == nil || !ok {
		return "", 0
	}
	v := e.operand(*s, a)
	if name, ok := v.Known(); ok {
		return name, 0
	}
	if len(v.Alts) == 1 && len(v.Alts[0].Parts) == 1 {
		if p := v.Alts[0].Parts[0]; p.Kind == Param && p.Path == "" {
			return "", p.Index + 1
		}
	}
	return "", 0
}

// builtin returns the result of a built-in function.
func (e *engine) builtin(b *ssa.Builtin, s site) Value {
	switch b.Name() {
	case "append":
		if len(s.args) != 2 {
			return unknown("append")
		}
		if elem, ok := s.args[0].Type().Underlying().(*types.Slice); ok {
			if basic, ok := elem.Elem().Underlying().(*types.Basic); ok && basic.Kind() == types.Byte {
				return concat(e.eval(s.args[0], s.pos()), e.eval(s.args[1], s.pos()))
			}
		}
		return union(e.eval(s.args[0], s.pos()), e.eval(s.args[1], s.pos()))
	case "min", "max":
		return e.rest(s, 0)
	}
	return unknown(b.Name())
}

// summarised returns a result from the summary of the callee.
func (e *engine) summarised(call ssa.CallInstruction, s site, index int) (Value, bool) {
	sum := e.summaryOf(s)
	if sum == nil || index >= len(sum.Results) || len(sum.Results[index].Alts) == 0 {
		return Value{}, false
	}
	v, _ := e.substitute(sum.Results[index], call)
	at := e.location(call.Pos(), call.Pos())
	return v.withStep(finding.Step{Kind: finding.Pass, Location: at, Text: "result of " + s.name()}), true
}

// summaryOf returns the summary of the callee: of this package computed on
// demand, of another package a fact. It is nil for everything else.
func (e *engine) summaryOf(s site) *Summary {
	fn := s.common.StaticCallee()
	if fn == nil || s.callee == nil {
		return nil
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	if fn.Blocks != nil && fn.Pkg == e.pkg {
		return e.summary(fn)
	}
	if sum, ok := e.imported[s.callee]; ok {
		return sum
	}
	var sum *Summary
	fact := new(Summary)
	if s.callee.Pkg() != nil && s.callee.Pkg() != e.pass.Pkg && e.pass.ImportObjectFact(s.callee, fact) {
		sum = fact
	}
	e.imported[s.callee] = sum
	return sum
}

// substitute replaces the parameters in a summary's value by the arguments of
// a call, and reports whether it replaced any.
func (e *engine) substitute(v Value, call ssa.CallInstruction) (Value, bool) {
	if !v.open() {
		return v, false
	}
	args := call.Common().Args
	out := v.mapParts(func(p Part) Value {
		if p.NameFrom > 0 {
			return single(e.nameFrom(p, call))
		}
		if p.Kind != Param {
			return single(p)
		}
		if p.Index >= len(args) {
			return unknown(p.Name)
		}
		if p.Path != "" {
			return e.pathValue(args[p.Index], p.Path, call.Pos())
		}
		return e.eval(args[p.Index], call.Pos())
	})
	return out, true
}

// nameFrom gives an environment variable or a setting the name that the caller
// asks for.
func (e *engine) nameFrom(p Part, call ssa.CallInstruction) Part {
	i := p.NameFrom - 1
	p.NameFrom = 0
	args := call.Common().Args
	if i >= len(args) {
		return p
	}
	v := e.eval(args[i], call.Pos())
	if name, ok := v.Known(); ok {
		p.Name = name
	} else if len(v.Alts) == 1 && len(v.Alts[0].Parts) == 1 && v.Alts[0].Parts[0].Kind == Param {
		p.NameFrom = v.Alts[0].Parts[0].Index + 1
	}
	return p
}
