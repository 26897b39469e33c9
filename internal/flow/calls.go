package flow

import (
	"go/token"
	"go/types"
	"strings"

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
	// actuals are the receiver, if any, and the arguments: what the parameters
	// of the function stand for.
	actuals []ssa.Value
	// fn is the function with a body in this package that is called, if known.
	fn *ssa.Function
	// near is the place of a call that does not stand in the source.
	near token.Pos
	// given are the actuals of a call that a callee makes of what this call
	// gives it; such a call has no actuals of this function where given has a
	// value. salt keeps its objects apart from those of other calls.
	given []Value
	salt  int
	// objs are the objects that such a call is given, by argument.
	objs []*Object
	// way leads to at, where the callee makes such a call.
	way []finding.Step
	at  finding.Location
}

// implementation returns the method that a call through an interface of this
// package can only mean, because one type of the package implements it.
func (e *engine) implementation(c *ssa.CallCommon) *ssa.Function {
	if m := e.dynamicMethod(c); m != nil {
		if fn := e.prog.FuncValue(m); fn != nil && fn.Blocks != nil && fn.Pkg == e.pkg {
			return fn
		}
		return nil
	}
	n, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok || n.Obj().Pkg() != e.pass.Pkg {
		return nil
	}
	t, known := e.implementers[n]
	if !known {
		t = e.onlyImplementer(n)
		e.implementers[n] = t
	}
	if t == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, e.pass.Pkg, c.Method.Name())
	m, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	fn := e.prog.FuncValue(m)
	if fn == nil || fn.Blocks == nil || fn.Pkg != e.pkg {
		return nil
	}
	return fn
}

func (e *engine) onlyImplementer(n *types.Named) types.Type {
	iface, ok := n.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return nil
	}
	var found types.Type
	scope := e.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() || types.IsInterface(tn.Type()) {
			continue
		}
		if named, ok := tn.Type().(*types.Named); !ok || named.TypeParams().Len() > 0 {
			continue
		}
		p := types.NewPointer(tn.Type())
		if !types.Implements(p, iface) {
			continue
		}
		if found != nil {
			return nil
		}
		found = p
	}
	return found
}

// name returns what the source calls the callee.
func (s site) name() string {
	if s.callee != nil {
		return s.callee.Name()
	}
	if s.common == nil {
		return ""
	}
	if b, ok := s.common.Value.(*ssa.Builtin); ok {
		return b.Name()
	}
	return ""
}

// title is name for the reader: a function literal has none.
func (s site) title() string {
	if name := s.name(); name != "" || s.fn == nil {
		return name
	}
	return "function literal"
}

// pos returns the position of the call.
func (s site) pos() token.Pos {
	if s.instr == nil {
		return s.near
	}
	return s.instr.Pos()
}

// function returns the function that the call stands in.
func (s site) function() *ssa.Function {
	if s.instr == nil {
		return nil
	}
	return s.instr.Parent()
}

// arg returns the i-th argument, nil if there is none.
func (s site) arg(i int) ssa.Value {
	if i < 0 || i >= len(s.args) {
		return nil
	}
	return s.args[i]
}

// givenArg returns the i-th argument where only its value is known.
func (s site) givenArg(i int) Value {
	if i += len(s.actuals) - len(s.args); i < 0 || i >= len(s.given) {
		return Value{}
	}
	return s.given[i]
}

// variadic reports whether the i-th argument is the slice of a variadic call.
func (s site) variadic(i int) bool {
	if s.given != nil {
		return false
	}
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
		return s.givenArg(a.Index)
	}
	if s.variadic(a.Index) {
		return e.rest(s, a.Index)
	}
	return e.eval(v, s.pos())
}

// rest returns the readings of all arguments from the i-th on.
func (e *engine) rest(s site, i int) Value {
	var out Value
	for j := i; j < len(s.args) && s.given != nil; j++ {
		out = union(out, s.givenArg(j))
	}
	for _, v := range e.restList(s, i) {
		out = union(out, e.eval(v, s.pos()))
	}
	return out
}

// restList returns the arguments from the i-th on, a variadic slice spread out.
func (e *engine) restList(s site, i int) []ssa.Value {
	var list []ssa.Value
	for ; i >= 0 && i < len(s.args); i++ {
		if s.args[i] == nil {
			continue
		}
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

// maxAppends is through how many calls of append a list is followed.
const maxAppends = 32

// ordered returns the elements of a slice made in place, in order, and of what
// is appended to it.
func (e *engine) ordered(v ssa.Value) ([]ssa.Value, bool) {
	var tail []ssa.Value
	for range maxAppends {
		call, ok := v.(*ssa.Call)
		if !ok {
			break
		}
		if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" || len(call.Call.Args) != 2 {
			return nil, false
		}
		more, ok := e.inPlace(call.Call.Args[1])
		if !ok {
			return nil, false
		}
		v, tail = call.Call.Args[0], append(more, tail...)
	}
	list, ok := e.inPlace(v)
	return append(list, tail...), ok
}

// inPlace returns the elements of a slice made in place, in order.
func (e *engine) inPlace(v ssa.Value) ([]ssa.Value, bool) {
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
	var out Value
	for _, s := range e.sitesOf(call) {
		out = union(out, e.siteResult(call, s, index))
	}
	return out
}

// siteResult returns what is known of a result of a call if it is one of one function.
func (e *engine) siteResult(call *ssa.Call, s site, index int) Value {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		return e.builtin(b, s)
	}
	ds := e.funcDirectives(s.callee)
	if v, ok := e.modelValue(forResult(ds, index), &s, s.pos()); ok {
		return union(v, e.fallback(forResult(ds, index), s))
	}
	for _, d := range forResult(ds, index) {
		if d.Verb == "transfer" {
			return e.transfer(d, s)
		}
	}
	if v, ok := e.summarised(call, s, index); ok {
		return v
	}
	return e.givenResult(call, s, index)
}

// fallback returns what a call yields if nothing is set.
func (e *engine) fallback(ds []directive, s site) Value {
	var out Value
	for _, d := range ds {
		if a, ok := d.Arg("value"); ok && d.Verb == "fallback" {
			out = union(out, e.operand(s, a))
		}
	}
	return out
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
		if a, ok := d.Arg("name"); ok && a.Quoted {
			part.Text = a.Text
		}
		switch d.Words[0] {
		case "env":
			part = Part{Kind: Environment}
		case "setting", "file", "input":
			part = Part{Kind: Setting}
		case "now":
			part = moment(0, 0)
		case "rsa-key":
			if a, ok := d.Arg("bits"); ok && s != nil {
				part.Text, _ = e.operand(*s, a).Known()
			}
		}
		if s != nil {
			near = s.pos()
		}
		part.At = e.location(near, near)
		if a, ok := d.Arg("name"); ok && s != nil && (part.Kind == Environment || part.Kind == Setting) {
			return part.nameFor(e.operand(*s, a)), true
		}
		return single(part), true
	}
	return Value{}, false
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
	v, _ := e.substitute(sum.Results[index], s)
	at := e.location(call.Pos(), call.Pos())
	return v.withStep(finding.Step{Kind: finding.Pass, Location: at, Text: "result of " + s.title()}), true
}

// summaryOf returns the summary of the callee: of this package computed on
// demand, of another package a fact. It is nil for everything else.
func (e *engine) summaryOf(s site) *Summary {
	if s.fn != nil {
		return e.summary(s.fn)
	}
	if s.callee == nil {
		return nil
	}
	if isAbstract(s.callee) {
		if s.common != nil && s.common.IsInvoke() {
			if m := e.dynamicMethod(s.common); m != nil {
				return e.importedSummary(m)
			}
		}
		return nil
	}
	return e.importedSummary(s.callee)
}

// importedSummary returns the summary of a function of another package, nil if
// there is none.
func (e *engine) importedSummary(callee *types.Func) *Summary {
	if sum, ok := e.imported[callee]; ok {
		return sum
	}
	var sum *Summary
	fact := new(Summary)
	if callee.Pkg() != nil && callee.Pkg() != e.pass.Pkg && e.pass.ImportObjectFact(callee, fact) {
		sum = fact
	}
	e.imported[callee] = sum
	return sum
}

// substitute replaces the parameters in a summary's value by the arguments of
// a call, and reports whether it replaced any.
func (e *engine) substitute(v Value, s site) (Value, bool) {
	v = e.conditioned(v, s)
	if !v.open() {
		return v, false
	}
	filled := false
	out := v.mapParts(func(p Part) Value {
		if p.owner != nil && p.owner != s.fn {
			return single(p)
		}
		if p.Kind == Moment && p.NameFrom > 0 {
			filled = true
			return fillMoment(p, e.actual(s, p.NameFrom-1, p.Path, p.Name))
		}
		if p.NameFrom > 0 {
			filled = true
			return e.nameFrom(p, s)
		}
		if p.Kind != Param {
			return single(p)
		}
		filled = true
		out := multiplied(e.actual(s, p.Index, p.Path, p.Name), p.Factor)
		if p.Negated {
			return negated(out)
		}
		return out
	})
	return out, filled
}

// actual returns what a call gives for a parameter or a field of one.
func (e *engine) actual(s site, index int, path, name string) Value {
	switch {
	case index >= len(s.actuals):
		return unknown(name)
	case s.actuals[index] == nil && s.given != nil:
		if path != "" {
			return e.valuePath(s.given[index], path)
		}
		return s.given[index]
	case strings.Contains(path, throughCall):
		return e.throughCalls(s.actuals[index], path, s)
	case path != "":
		return e.pathValue(s.actuals[index], path, s.instr)
	}
	return e.eval(s.actuals[index], s.pos())
}

// nameFrom gives an environment variable or a setting the name that the caller
// asks for.
func (e *engine) nameFrom(p Part, s site) Value {
	i, path := p.NameFrom-1, p.Path
	p.NameFrom, p.Path, p.owner = 0, "", nil
	if i >= len(s.actuals) {
		return single(p)
	}
	return p.nameFor(e.actual(s, i, path, ""))
}
