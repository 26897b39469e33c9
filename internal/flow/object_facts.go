package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// objectSummaries returns the objects of fn that a caller can add to or fill.
func (e *engine) objectSummaries(fn *ssa.Function) []ObjectSummary {
	var list []ObjectSummary
	left := e.leftBy(fn)
	seen := map[*Object]bool{}
	for _, o := range slices.Concat(e.byFunc[fn], e.memoOfObjects.foundIn[fn]) {
		if len(list) == maxSummaryObjects {
			break
		}
		if seen[o] {
			continue
		}
		seen[o] = true
		os := e.objectSummary(fn, o, left[o])
		if e.isPendingArg(fn, o) || tellsCallers(fn, o, &os) && !isTold(list, &os) {
			list = append(list, os)
		}
	}
	return append(list, e.outerSummaries(fn)...)
}

// tellsCallers reports whether callers of fn can add to an object, or fill it.
func tellsCallers(fn *ssa.Function, o *Object, os *ObjectSummary) bool {
	return dependsOn(os, o, fn) && (len(os.Events) > 0 || os.Result >= 0 || os.Into >= 0)
}

// objectSummary returns an object of fn as callers see it.
func (e *engine) objectSummary(fn *ssa.Function, o *Object, left leftAt) ObjectSummary {
	os := ObjectSummary{Kind: o.Kind, Callee: o.Callee, Provider: o.Provider, Param: -1, Result: -1, Into: -1, object: o}
	if at, ok := o.found[fn]; ok {
		os.Param, os.Path = at.Param, at.Path
	}
	if left.isResult {
		os.Result, os.ResultPath = left.result.Param, left.result.Path
	}
	if left.isInto && os.Param < 0 {
		os.Into, os.IntoPath = left.into.Param, left.into.Path
	}
	os.Exposed = os.Param < 0 && o.isOpen(map[*Object]bool{})
	events, parents := o.summarised(fn)
	os.Parents = parents
	os.OpenOptions = o.OpenOptions && !slices.ContainsFunc(parents, func(at Place) bool { return strings.Contains(at.Path, "[") })
	for _, ev := range events {
		if len(os.Events) == maxSummaryEvents {
			break
		}
		es := EventSummary{Role: ev.Role, Text: ev.Text, Conditional: ev.conditionalIn(fn), When: guardsFor(ev.when, fn), At: ev.At, Steps: ev.Steps}
		for _, a := range ev.Args {
			es.Args = append(es.Args, ArgSummary{Name: a.Name, Value: neutralFor(withoutObjects(a.Value), fn)})
		}
		os.Events = append(os.Events, es)
	}
	return os
}

// dependsOn reports whether callers give something of an object, or have it.
func dependsOn(os *ObjectSummary, o *Object, fn *ssa.Function) bool {
	if os.Param >= 0 || os.Result >= 0 || os.Into >= 0 || len(os.Parents) > 0 {
		return true
	}
	events, _ := o.summarised(fn)
	for _, ev := range events {
		for _, a := range ev.Args {
			if a.Value.openIn(fn) {
				return true
			}
		}
	}
	return false
}

// summarised returns the events that callers of fn have to know of o: its own
// and, first, those of what it was made from; and where callers have the rest
// of that.
func (o *Object) summarised(fn *ssa.Function) ([]*Event, []Place) {
	var list []*Event
	var parents []Place
	seen := map[*Object]bool{}
	var visit func(*Object)
	visit = func(x *Object) {
		if seen[x] {
			return
		}
		seen[x] = true
		at, found := x.found[fn]
		if x != o && found {
			parents = append(parents, at)
			return
		}
		for _, p := range x.parents {
			visit(p)
		}
		for _, ev := range x.Events {
			if x != o || !found || within(ev.fn, fn) {
				list = append(list, ev)
			}
		}
	}
	visit(o)
	return list, parents
}

// within reports whether a function is fn or lies inside it.
func within(inner, fn *ssa.Function) bool {
	for ; inner != nil; inner = inner.Parent() {
		if inner == fn {
			return true
		}
	}
	return false
}

// withoutObjects replaces references to objects, which mean nothing elsewhere:
// a URL in parts by its text.
func withoutObjects(v Value) Value {
	return withoutReferences(v, func(p Part) Value {
		if p.object == nil || p.object.Kind != "url" {
			return unknown(p.Name)
		}
		whole := p.object.URLText()
		if len(whole.Alts) != 1 || whole.Truncated || isAssembled(whole.Alts[0]) {
			return unknown(p.Name)
		}
		return withoutReferences(whole, func(p Part) Value { return unknown(p.Name) })
	})
}

// isAssembled reports whether a URL is put together of a scheme and a host that
// are not known: a caller who has several of each does not mean all pairs.
func isAssembled(a Alt) bool {
	return len(a.Parts) > 1 && a.Parts[0].Kind != Text && strings.HasPrefix(a.Parts[1].Text, "://")
}

func withoutReferences(v Value, replace func(Part) Value) Value {
	if !v.any(func(p Part) bool { return p.Kind == ObjectRef }) {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind == ObjectRef {
			return replace(p)
		}
		return single(p)
	})
}

// instantiate applies the summary of a callee to a call of it.
func (e *engine) instantiate(call ssa.CallInstruction, s site, sum *Summary) {
	for i := range sum.Objects {
		e.instantiateObject(call, s, &sum.Objects[i], i)
	}
	for i := range sum.Named {
		e.inheritNamed(call, s, &sum.Named[i])
	}
	if len(sum.Options) > 0 {
		e.optionSite(call)
		e.applyOptions(call, s, sum)
	}
	e.applyCalls(call, s, sum)
}

func (e *engine) instantiateObject(call ssa.CallInstruction, s site, os *ObjectSummary, i int) {
	key := callKey{call, s.salt + i}
	switch {
	case os.outer != nil:
		e.inherit(os.outer, call, s, os)
		return
	case os.Param >= len(s.actuals):
		return
	case os.Param >= 0 && s.objectAt(os.Param) != nil:
		e.inherit(s.objectAt(os.Param), call, s, os)
		return
	case os.Param < 0 || s.actuals[os.Param] == nil:
		e.instance(call, s, os, key)
		return
	}
	there := e.objectsBelow(s.actuals[os.Param], os.Path, call.Pos())
	for _, o := range there {
		if o != os.object {
			e.inherit(o, call, s, os)
		} else if lines := openLines(os); lines != nil {
			e.inherit(o, call, s, lines)
		}
	}
	if len(there) == 0 && os.Path != "" {
		e.instance(call, s, os, key)
	}
}

// instance returns the object of a callee as this call of it fills it.
func (e *engine) instance(call ssa.CallInstruction, s site, os *ObjectSummary, key callKey) *Object {
	if o, ok := e.objects[key]; ok {
		return o
	}
	if os.Result < 0 && os.Into < 0 && !e.tellsMore(os, s, call) {
		return nil
	}
	return e.makeInstance(call, s, os, key)
}

func (e *engine) makeInstance(call ssa.CallInstruction, s site, os *ObjectSummary, key callKey) *Object {
	if o, ok := e.objects[key]; ok {
		return o
	}
	o := e.newObject(key, os.Kind, call.Pos(), call.Parent())
	o.Instance, o.Callee, o.Provider, o.Exposed = true, os.Callee, os.Provider, os.Exposed
	o.OpenOptions, o.Choice = os.OpenOptions, len(os.Parents) > 0
	e.inherit(o, call, s, os)
	for _, at := range os.Parents {
		e.adoptPlace(o, s, at, call)
	}
	return o
}

// adoptPlace makes what a caller has at a place a parent of o.
func (e *engine) adoptPlace(o *Object, s site, at Place, call ssa.CallInstruction) {
	if o.Kind == jwtToken && at.Path == "" && at.Param < len(s.actuals) && s.actuals[at.Param] != nil {
		e.adoptClaims(o, s.actuals[at.Param], call)
		return
	}
	e.adoptBelow(o, s, at)
}

func (e *engine) adoptBelow(o *Object, s site, at Place) {
	if at.Param >= len(s.actuals) || s.actuals[at.Param] == nil {
		return
	}
	if at.Path == "[]" { // a list of options
		e.adoptAll(o, s.actuals[at.Param])
		return
	}
	for _, p := range e.objectsBelow(s.actuals[at.Param], at.Path, s.pos()) {
		o.adopt(p)
	}
}

// tellsMore reports whether a call fills an object of its callee with anything
// that the callee, or a caller of this function, does not know.
func (e *engine) tellsMore(os *ObjectSummary, s site, call ssa.CallInstruction) bool {
	for _, ev := range os.Events {
		if e.heldAt(ev.When, s).never {
			continue
		}
		for _, a := range ev.Args {
			v, filled := e.substitute(a.Value, s)
			if filled && v.any(func(p Part) bool { return p.Kind != Unknown && p.Kind != Setting && p.Kind != Nil && p.Kind != Role }) {
				return true
			}
		}
	}
	for _, at := range os.Parents {
		if os.Kind == jwtToken {
			return true
		}
		if at.Param >= len(s.actuals) || s.actuals[at.Param] == nil {
			continue
		}
		for _, p := range e.objectsBelow(s.actuals[at.Param], at.Path, call.Pos()) {
			if len(p.chain()) > 0 {
				return true
			}
		}
	}
	return false
}

// inherit adds the events of a callee's object to o.
func (e *engine) inherit(o *Object, instr ssa.Instruction, s site, os *ObjectSummary) {
	at := e.placeOfCall(instr, s)
	for _, es := range os.Events {
		h := e.heldAt(es.When, s)
		if h.never {
			continue
		}
		ev := &Event{Role: es.Role, Text: es.Text, Pos: s.pos(), Conditional: es.Conditional || h.open, Inherited: true, when: h.rest, otherwise: es.Conditional}
		for _, a := range es.Args {
			v, filled := e.substitute(a.Value.dependent(), s)
			arg := e.argument(a.Name, v)
			arg.Filled = filled
			if filled {
				arg.FilledStart, arg.FilledHost, arg.FilledQuery = e.filledParts(a.Value, s)
			}
			ev.Args = append(ev.Args, arg)
		}
		ev.Steps = joinSteps(s.way, calleeSteps(at, s.title(), es.Steps, step(finding.Sink, es.At, es.Text)))
		if e.inheritEntries(o, ev, &es, s, instr) {
			continue
		}
		e.record(o, ev, instr)
		e.edit(o, ev, instr, 0)
	}
}
