package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// Limits of calls that a callee makes of what it is given.
const (
	maxSummaryCalls = 8
	maxPendingDepth = 4
	pendingSalt     = 1 << 12 // more than the objects of a summary
)

// pendingCall is a call whose callee a caller of the function gives: of a parameter
// that is a function, or of a method of one that is an interface.
type pendingCall struct {
	CallSummary
	argv []ssa.Value // the arguments, nil where only a value is known
	objs []*Object   // those that are objects
}

// pend records a call of a function or a method that callers give, if it is
// given a text or an object.
func (e *engine) pend(s site) {
	if s.fn != nil || s.callee != nil && !isAbstract(s.callee) || len(e.funcDirectives(s.callee)) > 0 {
		return
	}
	given := s.common.Value
	method := ""
	if s.common.IsInvoke() {
		if e.isForeign(s.callee.Pkg()) {
			return // a reader, an error, a context: no place for credentials
		}
		method = s.callee.Name()
	}
	texts := false
	for _, a := range s.args {
		texts = texts || isText(a.Type()) && !types.IsInterface(a.Type())
	}
	callee, ok := Part{}, false
	if texts || slices.ContainsFunc(s.args, func(a ssa.Value) bool { return e.kindOf(a.Type()) != "" }) {
		callee, ok = paramPart(e.eval(given, s.pos()))
	}
	if !ok {
		return
	}
	p := pendingCall{objs: e.objectArgs(s), CallSummary: CallSummary{Callee: single(callee), Method: method, When: e.guardsOf(s.instr.Block()), At: e.instrLocation(s.instr), Text: s.name()}}
	for _, a := range s.args {
		p.Args = append(p.Args, e.eval(a, s.pos()))
		p.argv = append(p.argv, a)
	}
	e.addPending(s.instr.Parent(), p)
}

func (e *engine) addPending(fn *ssa.Function, p pendingCall) {
	for ; fn != nil; fn = fn.Parent() {
		if len(e.pendings[fn]) < maxSummaryCalls {
			e.pendings[fn] = append(e.pendings[fn], p)
		}
	}
}

// isForeign reports whether a package is of the standard library, or the
// universe: its path begins with no domain, and not like that of this package.
func (e *engine) isForeign(p *types.Package) bool {
	if p == nil {
		return true
	}
	first, _, _ := strings.Cut(p.Path(), "/")
	own, _, _ := strings.Cut(e.pass.Pkg.Path(), "/")
	return first != own && !strings.Contains(first, ".")
}

// paramPart returns the parameter that a value is among its readings.
func paramPart(v Value) (Part, bool) {
	for _, alt := range v.Alts {
		if len(alt.Parts) == 1 && alt.Parts[0].Kind == Param {
			return alt.Parts[0], true
		}
	}
	return Part{}, false
}

// callSummaries returns the calls that fn makes of what its callers give.
func (e *engine) callSummaries(fn *ssa.Function, objects []ObjectSummary) []CallSummary {
	var list []CallSummary
	for _, p := range e.pendings[fn] {
		if !p.Callee.openIn(fn) {
			continue
		}
		cs := p.CallSummary
		cs.Args = nil
		for _, a := range p.Args {
			cs.Args = append(cs.Args, neutralFor(withoutObjects(a), fn))
		}
		cs.argv, cs.When = p.argv, guardsFor(cs.When, fn)
		cs.Objects = objectIndexes(p.objs, objects)
		list = append(list, cs)
	}
	return list
}

// applyCalls makes the calls that a callee makes of what this call gives it.
func (e *engine) applyCalls(call ssa.CallInstruction, s site, sum *Summary) {
	if e.pendingDepth >= maxPendingDepth {
		return
	}
	e.pendingDepth++
	defer func() { e.pendingDepth-- }()
	for i := range sum.Calls {
		cs := &sum.Calls[i]
		if e.heldAt(cs.When, s).never {
			continue
		}
		for _, target := range e.targetsOf(call, s, cs) {
			e.salt += pendingSalt
			target.salt = e.salt
			e.giveObjects(call, s, sum, cs, &target)
			e.applyCall(call, s, cs, target)
		}
	}
}

// targetsOf returns what a pending call is a call of, here.
func (e *engine) targetsOf(call ssa.CallInstruction, s site, cs *CallSummary) []site {
	part, ok := paramPart(cs.Callee)
	if !ok {
		return nil
	}
	base := e.pendingSite(call, s, cs)
	if cs.Method != "" {
		return e.methodTargets(base, s, part, cs)
	}
	var list []site
	v, _ := e.substitute(single(part), s)
	for _, alt := range v.Alts {
		if len(alt.Parts) != 1 || len(list) == maxTargets {
			continue
		}
		switch p := alt.Parts[0]; {
		case p.Kind == Function && p.fn != nil:
			t := base
			e.setCallee(&t, p.fn, p.recv)
			list = append(list, t)
		case p.Kind == Param:
			e.handOver(call, s, cs, p)
		}
	}
	return list
}

// methodTargets returns the methods that a pending call of an interface can be.
func (e *engine) methodTargets(base, s site, part Part, cs *CallSummary) []site {
	if part.Index >= len(s.actuals) || s.actuals[part.Index] == nil {
		return nil
	}
	var list []site
	var concretes []ssa.Value
	if p, ok := resolvePath(s.actuals[part.Index].Type(), part.Path); ok {
		concretes = e.concretesAt(s.actuals[part.Index], p)
	}
	if x := s.actuals[part.Index]; len(concretes) == 0 && part.Path == "" && !types.IsInterface(x.Type()) {
		concretes = []ssa.Value{x} // the value of a type parameter
	}
	for _, x := range concretes {
		obj, _, _ := types.LookupFieldOrMethod(x.Type(), true, e.pass.Pkg, cs.Method)
		m, ok := obj.(*types.Func)
		if !ok || types.IsInterface(x.Type()) {
			continue
		}
		m = m.Origin()
		t := base
		t.callee, t.recv = m, x
		t.actuals = append([]ssa.Value{x}, t.args...)
		t.given = append([]Value{{}}, t.given...)
		if fn := e.prog.FuncValue(m); fn != nil && fn.Blocks != nil && fn.Pkg == e.pkg {
			t.fn = fn
		}
		list = append(list, t)
	}
	if len(list) > 0 {
		return list
	}
	v, _ := e.substitute(single(part), s)
	if p, ok := paramPart(v); ok {
		e.handOver(base.instr, s, cs, p)
	}
	return nil
}

// pendingSite returns a pending call with its arguments as they are here: those
// that this call gives itself, and the values of the others.
func (e *engine) pendingSite(call ssa.CallInstruction, s site, cs *CallSummary) site {
	t := site{instr: call, common: call.Common(), given: make([]Value, len(cs.Args)), args: make([]ssa.Value, len(cs.Args))}
	for i, a := range cs.Args {
		if p, ok := paramPart(a); ok && len(a.Alts) == 1 && p.Path == "" && (p.owner == nil || p.owner == s.fn) && p.Index < len(s.actuals) && s.actuals[p.Index] != nil {
			t.args[i] = s.actuals[p.Index]
			continue
		}
		if s.fn != nil && i < len(cs.argv) && (i >= len(cs.Objects) || cs.Objects[i] == 0) && e.objectOf(cs.argv[i]) != nil {
			t.args[i] = cs.argv[i] // an object of the callee
			continue
		}
		t.given[i], _ = e.substitute(a, s)
	}
	t.actuals = t.args
	t.at = cs.At
	t.way = joinSteps([]finding.Step{step(finding.Pass, e.placeOfCall(call, s), "passed to "+s.title())}, cs.Steps)
	t.way = joinSteps(s.way, t.way)
	return t
}

// handOver records a pending call as one of the function that this call is in: it
// hands its own parameter on.
func (e *engine) handOver(call ssa.CallInstruction, s site, cs *CallSummary, callee Part) {
	t := e.pendingSite(call, s, cs)
	p := pendingCall{CallSummary: *cs, argv: t.args}
	p.Callee, p.Args = single(callee), nil
	for i, v := range t.given {
		if t.args[i] != nil {
			v = e.eval(t.args[i], call.Pos())
		}
		p.Args = append(p.Args, v)
	}
	p.Steps = t.way
	p.When = e.heldAt(cs.When, s).rest
	p.objs = e.objectsHere(call, s, cs)
	e.addPending(call.Parent(), p)
}

// applyCall makes one pending call: of a modelled function, or of one with a summary.
func (e *engine) applyCall(call ssa.CallInstruction, s site, cs *CallSummary, target site) {
	ds := e.funcDirectives(target.callee)
	if len(ds) > 0 && target.fn == nil {
		for _, d := range ds {
			if d.Verb == "on" {
				e.collectOn(d, target, nil)
			}
		}
		return
	}
	if sum := e.summaryOf(target); sum != nil {
		e.instantiate(call, target, sum)
	}
}

// valuePath returns what is at a path from a value of which only the readings
// are known.
func (e *engine) valuePath(v Value, path string) Value {
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		if len(alt.Parts) == 1 {
			switch p := alt.Parts[0]; {
			case p.Kind == Param:
				p.Path = joinPath(p.Path, path)
				out = union(out, single(p))
				continue
			case p.Kind == Function && path == "()":
				out = union(out, e.returned(p))
				continue
			}
		}
		out = union(out, unknown(lastName(path)))
	}
	return out
}

// joinPath appends a path to another.
func joinPath(a, b string) string {
	if a == "" || strings.HasPrefix(b, "[") || strings.HasPrefix(b, "(") {
		return a + b
	}
	return a + "." + b
}

// returned returns the first result of a function value that is called with
// something that is not known.
func (e *engine) returned(p Part) Value {
	if p.fn == nil {
		return unknown("")
	}
	var s site
	e.setCallee(&s, p.fn, p.recv)
	return e.resultOfSite(s)
}

// resultOfSite returns the first result of a function that is called with
// arguments that are not known, but for a receiver.
func (e *engine) resultOfSite(s site) Value {
	var out Value
	switch {
	case s.fn != nil:
		if sum := e.summary(s.fn); sum != nil && len(sum.Results) > 0 {
			out = sum.Results[0]
		}
	case s.callee != nil:
		if sum := e.importedSummary(s.callee); sum != nil && len(sum.Results) > 0 {
			out = sum.Results[0]
		}
	}
	if len(out.Alts) == 0 {
		return unknown(s.name())
	}
	return out.mapParts(func(p Part) Value {
		if p.Kind != Param && p.NameFrom == 0 || p.owner != nil && p.owner != s.fn {
			return single(p)
		}
		if p.Kind == Param && p.Index < len(s.actuals) && s.recv != nil {
			out := e.recvValue(s.actuals[p.Index], p)
			if p.Negated {
				return negated(out)
			}
			return out
		}
		return unknown(p.holeName())
	})
}

func (e *engine) recvValue(recv ssa.Value, p Part) Value {
	if p.Path == "" {
		return e.eval(recv, recv.Pos())
	}
	path, ok := resolvePath(recv.Type(), p.Path)
	if !ok {
		return unknown(p.holeName())
	}
	if out := e.read(recv, path, recv.Pos()); len(out.Alts) > 0 {
		return out
	}
	return e.unread(path, recv.Pos())
}

// readCallOnce returns what a call on a path returns. Methods call the same
// method on what they hold, so each path is looked at once and to a depth.
func (e *engine) readCallOnce(v ssa.Value, p path, near token.Pos, point ssa.Instruction) Value {
	key := readKey{v, p.String(), e.inTest(near), point}
	if known, ok := e.reads[key]; ok {
		return known
	}
	if len(p) > maxPath || e.depth >= maxDepth {
		return Value{Truncated: true}
	}
	e.reads[key] = Value{Truncated: true}
	e.depth++
	out := e.readCalled(v, p)
	e.depth--
	e.reads[key] = out
	return out
}

// readCalled returns what the function or method that is called on a path returns.
func (e *engine) readCalled(v ssa.Value, p path) Value {
	at := 0
	for p[at].kind != hopCall && p[at].kind != hopMethod {
		at++
	}
	if at < len(p)-1 {
		return unknown(p[len(p)-1].name) // fields of what it returns
	}
	var out Value
	if p[at].kind == hopCall {
		f := e.read(v, p[:at], v.Pos())
		for _, alt := range f.Alts {
			if len(alt.Parts) == 1 {
				out = union(out, e.valuePath(Value{Alts: []Alt{alt}}, "()"))
			}
		}
		return out
	}
	concretes := e.concretesAt(v, p[:at])
	if len(concretes) == 0 && at == 0 && !types.IsInterface(v.Type()) {
		concretes = []ssa.Value{v} // the value of a type parameter
	}
	for _, x := range concretes {
		obj, _, _ := types.LookupFieldOrMethod(x.Type(), true, e.pass.Pkg, p[at].name)
		if m, ok := obj.(*types.Func); ok {
			s := site{callee: m.Origin(), recv: x, actuals: []ssa.Value{x}}
			if fn := e.prog.FuncValue(s.callee); fn != nil && fn.Blocks != nil && fn.Pkg == e.pkg {
				s.fn = fn
			}
			out = union(out, e.resultOfSite(s))
		}
	}
	if len(out.Alts) == 0 {
		part, ok := paramPart(e.read(v, p[:at], v.Pos()))
		if ok {
			part.Path = joinPath(part.Path, p[at].name+"()")
			return single(part)
		}
	}
	return out
}

// givenResult returns the result of a call whose callee callers of the function
// give, in terms of the parameter that it is.
func (e *engine) givenResult(call *ssa.Call, s site, index int) Value {
	if index != 0 || s.fn != nil || s.callee != nil && !isAbstract(s.callee) || !yieldsText(call.Type()) {
		return unknown(s.name())
	}
	suffix := "()"
	if s.common.IsInvoke() {
		if e.isForeign(s.callee.Pkg()) {
			return unknown(s.name())
		}
		suffix = s.callee.Name() + "()"
	}
	p, ok := paramPart(e.eval(s.common.Value, s.pos()))
	if !ok {
		return unknown(s.name())
	}
	p.Path = joinPath(p.Path, suffix)
	return single(p)
}

// yieldsText reports whether the result, or the first of several, can be a text.
func yieldsText(t types.Type) bool {
	if tuple, ok := t.(*types.Tuple); ok {
		return tuple.Len() > 0 && isText(tuple.At(0).Type())
	}
	return isText(t)
}
