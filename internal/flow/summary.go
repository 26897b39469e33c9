package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// Limits of a summary: what is beyond them is not told to callers.
const (
	maxSummaryObjects = 24
	maxSummaryEvents  = 32
	maxSummaryNamed   = 16
	maxSummaryFields  = 24
)

// summary returns what fn does with its parameters and what its results are,
// in terms of its parameters. A call of itself, direct or not, sees nothing.
func (e *engine) summary(fn *ssa.Function) *Summary {
	if s, ok := e.summaries[fn]; ok {
		return s
	}
	e.summaries[fn] = nil // recursion ends here
	e.collectFunc(root(fn))
	s := &Summary{Results: e.results(fn)}
	s.Objects = e.objectSummaries(fn)
	s.Named = e.namedSummaries(fn)
	e.summaries[fn] = s
	return s
}

// results returns what each result of fn can be.
func (e *engine) results(fn *ssa.Function) []Value {
	list := make([]Value, fn.Signature.Results().Len())
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			if i < len(list) {
				list[i] = union(list[i], e.eval(v, r.Pos()))
			}
		}
	}
	for i, v := range list {
		if v.any(func(p Part) bool { return p.Kind == ObjectRef }) {
			list[i] = Value{}
		}
		if fn.Parent() == nil {
			list[i] = neutralFor(list[i], fn)
		}
	}
	return list
}

// objectSummaries returns the objects of fn that a caller can add to or fill.
func (e *engine) objectSummaries(fn *ssa.Function) []ObjectSummary {
	var list []ObjectSummary
	for _, o := range slices.Clone(e.byFunc[fn]) {
		if len(list) == maxSummaryObjects {
			break
		}
		os := e.objectSummary(fn, o)
		if dependsOn(&os, o, fn) && (len(os.Events) > 0 || os.Result >= 0) {
			list = append(list, os)
		}
	}
	return list
}

// objectSummary returns an object of fn as callers see it.
func (e *engine) objectSummary(fn *ssa.Function, o *Object) ObjectSummary {
	os := ObjectSummary{Kind: o.Kind, Callee: o.Callee, Provider: o.Provider, Param: -1, Result: -1}
	if p, ok := o.key.(*ssa.Parameter); ok {
		if i, ok := paramIndex(p); ok && p.Parent() == fn {
			os.Param = i
		}
	}
	os.Result = e.resultOf(fn, o)
	os.Exposed = os.Param < 0 && o.isOpen(map[*Object]bool{})
	if o.Kind == jwtToken {
		os.Parents = paramParents(fn, o)
	}
	for _, ev := range o.allEvents() {
		if len(os.Events) == maxSummaryEvents {
			break
		}
		es := EventSummary{Role: ev.Role, Text: ev.Text, Conditional: ev.Conditional, At: ev.At, Steps: ev.Steps}
		for _, a := range ev.Args {
			es.Args = append(es.Args, ArgSummary{Name: a.Name, Value: neutralFor(withoutObjects(a.Value), fn)})
		}
		os.Events = append(os.Events, es)
	}
	return os
}

// dependsOn reports whether callers give something of an object, or have it.
func dependsOn(os *ObjectSummary, o *Object, fn *ssa.Function) bool {
	if os.Param >= 0 || os.Result >= 0 || len(os.Parents) > 0 {
		return true
	}
	for _, ev := range o.allEvents() {
		for _, a := range ev.Args {
			if a.Value.openIn(fn) {
				return true
			}
		}
	}
	return false
}

// paramParents returns the parameters of fn that an object was made from.
func paramParents(fn *ssa.Function, o *Object) []int {
	var list []int
	for _, p := range o.parents {
		if v, ok := p.key.(*ssa.Parameter); ok && v.Parent() == fn {
			if i, ok := paramIndex(v); ok {
				list = append(list, i)
			}
		}
	}
	return list
}

// allEvents returns the events of o and of what it was made from, that first;
// of parameters callers know.
func (o *Object) allEvents() []*Event {
	var list []*Event
	seen := map[*Object]bool{}
	var visit func(*Object)
	visit = func(x *Object) {
		if seen[x] {
			return
		}
		seen[x] = true
		if _, isParam := x.key.(*ssa.Parameter); isParam && x != o {
			return
		}
		for _, p := range x.parents {
			visit(p)
		}
		list = append(list, x.Events...)
	}
	visit(o)
	return list
}

// withoutObjects replaces references to objects, which mean nothing elsewhere.
func withoutObjects(v Value) Value {
	if !v.any(func(p Part) bool { return p.Kind == ObjectRef }) {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind == ObjectRef {
			return unknown(p.Name)
		}
		return single(p)
	})
}

// resultOf returns which result of fn is o, -1 if none.
func (e *engine) resultOf(fn *ssa.Function, o *Object) int {
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			if e.objectOf(v) == o {
				return i
			}
		}
	}
	return -1
}

// namedSummaries returns the named places of fn that its parameters fill.
func (e *engine) namedSummaries(fn *ssa.Function) []NamedSummary {
	var list []NamedSummary
	for _, n := range e.namedBy[fn] {
		if len(list) == maxSummaryNamed {
			break
		}
		if !n.Value.openIn(fn) || n.Compared {
			continue
		}
		list = append(list, NamedSummary{Name: n.Name, Kind: n.Kind, Use: n.Use, Type: n.Type, Value: neutralFor(withoutObjects(n.Value), fn), Conditional: n.Conditional, At: n.At, Steps: n.Steps})
	}
	return list
}

// instantiate applies the summary of a callee to a call of it.
func (e *engine) instantiate(call ssa.CallInstruction, s site, sum *Summary) {
	for i := range sum.Objects {
		os := &sum.Objects[i]
		switch {
		case os.Result >= 0:
			if v, ok := call.(*ssa.Call); ok {
				e.objectOfCall(v, os.Result)
			}
		case os.Param >= 0:
			if os.Param < len(s.actuals) {
				if o := e.objectOf(s.actuals[os.Param]); o != nil {
					e.inherit(o, call, s, os)
				}
			}
		default:
			e.instance(call, s, os, callKey{call, i})
		}
	}
	for i := range sum.Named {
		e.inheritNamed(call, s, &sum.Named[i])
	}
}

// instance returns the object of a callee as this call of it fills it.
func (e *engine) instance(call ssa.CallInstruction, s site, os *ObjectSummary, key callKey) *Object {
	if o, ok := e.objects[key]; ok {
		return o
	}
	if os.Result < 0 && len(os.Parents) == 0 && !e.tellsMore(os, s) {
		return nil
	}
	o := e.newObject(key, os.Kind, call.Pos(), call.Parent())
	o.Instance, o.Callee, o.Provider, o.Exposed = true, os.Callee, os.Provider, os.Exposed
	e.inherit(o, call, s, os)
	for _, i := range os.Parents {
		if i < len(s.actuals) {
			e.adoptClaims(o, s.actuals[i], call)
		}
	}
	return o
}

// tellsMore reports whether a call fills an object of its callee with anything
// that the callee, or a caller of this function, does not know.
func (e *engine) tellsMore(os *ObjectSummary, s site) bool {
	for _, ev := range os.Events {
		for _, a := range ev.Args {
			v, filled := e.substitute(a.Value, s)
			if filled && v.any(func(p Part) bool { return p.Kind != Unknown && p.Kind != Setting && p.Kind != Nil && p.Kind != Role }) {
				return true
			}
		}
	}
	return false
}

// inherit adds the events of a callee's object to o.
func (e *engine) inherit(o *Object, call ssa.CallInstruction, s site, os *ObjectSummary) {
	at := e.callLocation(call)
	for _, es := range os.Events {
		ev := &Event{Role: es.Role, Text: es.Text, Pos: call.Pos(), Conditional: es.Conditional, Inherited: true}
		for _, a := range es.Args {
			v, filled := e.substitute(a.Value.dependent(), s)
			arg := Arg{Name: a.Name, Value: v, Filled: filled}
			if filled {
				arg.FilledStart, arg.FilledQuery = e.filledParts(a.Value, s)
			}
			ev.Args = append(ev.Args, arg)
		}
		ev.Steps = calleeSteps(at, s.name(), es.Steps, step(finding.Sink, es.At, es.Text))
		e.record(o, ev, call)
	}
}

// filledParts tells which parts of a text a call fills with what the callee does
// not know itself: its beginning, a query.
func (e *engine) filledParts(v Value, s site) (start, query bool) {
	known := v.places()
	for _, alt := range v.Alts {
		for i, p := range alt.Parts {
			if p.Kind != Param {
				continue
			}
			given, filled := e.substitute(single(p), s)
			if !filled || !given.any(func(p Part) bool { return p.tells() && !known[p.At] }) {
				continue
			}
			start = start || i == 0
			query = query || given.any(func(p Part) bool {
				return p.Kind == Text && strings.ContainsAny(p.Text, "?=&")
			})
		}
	}
	return start, query
}

// tells reports whether a part is more than a hole.
func (p Part) tells() bool {
	return p.Kind == Text && p.Text != "" || p.Kind == Withheld || p.Kind == Environment || p.Kind == Role
}

// places returns where the texts of v stand.
func (v Value) places() map[finding.Location]bool {
	places := map[finding.Location]bool{}
	for _, alt := range v.Alts {
		for _, p := range alt.Parts {
			if (p.Kind == Text || p.Kind == Withheld) && !p.At.IsZero() {
				places[p.At] = true
			}
		}
	}
	return places
}

func (e *engine) inheritNamed(call ssa.CallInstruction, s site, ns *NamedSummary) {
	v, filled := e.substitute(ns.Value.dependent(), s)
	if !filled {
		return
	}
	at := e.callLocation(call)
	n := &Named{Name: ns.Name, Use: ns.Use, Type: ns.Type, Value: v, Conditional: ns.Conditional, Inherited: true}
	n.Steps = calleeSteps(at, s.name(), ns.Steps, step(finding.Sink, ns.At, ns.Use))
	e.addNamed(call, n, call.Pos())
}

// calleeSteps returns the way into a callee: the call, what the callee tells of
// the way on, and the sink unless it lies in a callee of the callee, whose way
// ends there already.
func calleeSteps(call finding.Location, name string, inner []finding.Step, sink finding.Step) []finding.Step {
	steps := joinSteps([]finding.Step{step(finding.Pass, call, "passed to "+name)}, inner)
	if len(inner) > 0 && inner[len(inner)-1].Kind == finding.Sink {
		return steps
	}
	return joinSteps(steps, []finding.Step{sink})
}

// callLocation returns the range of a call.
func (e *engine) callLocation(call ssa.CallInstruction) finding.Location {
	pos, end := e.span(call, call.Pos())
	return e.location(pos, end)
}
