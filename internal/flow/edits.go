package flow

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// editRole is the role of an event by which a function is given the object to
// set things on it: a hook, a middleware, an option.
const editRole = "edit"

// maxEditDepth is how many functions that call functions are followed.
const maxEditDepth = 4

// addOwn completes a callback with what its function does to what it is given,
// in terms of the function that makes it. Parameters are counted without the
// receiver, which is known for a method value.
func (e *engine) addOwn(c *Callback, sum *Summary, fn *ssa.Function, recv ssa.Value) {
	if sum == nil {
		return
	}
	s := site{fn: fn, near: fn.Pos()}
	stores := sum.Stores
	if fn.Blocks == nil || fn.Pkg != e.pkg {
		s.fn = nil
	} else {
		stores = e.storeFacts(fn)
	}
	first := 0
	if fn.Signature.Recv() != nil {
		first = 1
		s.actuals = []ssa.Value{recv}
	}
	inside := func(v Value) Value { return e.bound(v, s, recv) }
	c.Edits, c.Stores = nil, nil
	for _, os := range sum.Objects {
		if max(os.Param, os.Into) < first || len(os.Events) == 0 {
			continue
		}
		os.Param -= first
		os.Into -= first
		os.Parents, os.object, os.Result = nil, nil, -1
		c.Edits = append(c.Edits, os)
	}
	for _, st := range stores {
		if st.Param >= first {
			st.Param -= first
			c.Stores = append(c.Stores, st)
		}
	}
	c.Edits, c.Stores = mapEdits(c.Edits, inside), mapStores(c.Stores, inside)
}

// bound replaces the receiver of a method value by what it is, and the other
// parameters of the function, which nobody gives yet, by holes.
func (e *engine) bound(v Value, s site, recv ssa.Value) Value {
	if !v.open() {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind != Param || p.owner != nil && p.owner != s.fn {
			return single(p)
		}
		if p.Index == 0 && recv != nil {
			out, _ := e.substitute(single(p), s)
			return out
		}
		return single(Part{Kind: Setting, Name: p.holeName()})
	})
}

// mapEdits replaces the values of edits.
func mapEdits(list []ObjectSummary, replace func(Value) Value) []ObjectSummary {
	out := slices.Clone(list)
	for i, os := range out {
		os.Events = slices.Clone(os.Events)
		for j, ev := range os.Events {
			ev.Args = slices.Clone(ev.Args)
			for k, a := range ev.Args {
				ev.Args[k].Value = replace(a.Value)
			}
			os.Events[j] = ev
		}
		out[i] = os
	}
	return out
}

// anyValue reports whether some value of the edits and stores satisfies the predicate.
func (c *Callback) anyValue(is func(Value) bool) bool {
	for _, os := range c.Edits {
		for _, ev := range os.Events {
			for _, a := range ev.Args {
				if is(a.Value) {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(c.Stores, func(st StoreSummary) bool { return is(st.Value) })
}

// collectEdits records that a function value, not known by the call alone, is
// given objects.
func (e *engine) collectEdits(s site) {
	if _, ok := s.common.Value.(*ssa.Builtin); ok || s.common.IsInvoke() {
		return
	}
	var called Value
	for i, a := range s.args {
		for _, o := range e.objectsOf(a) {
			if called.IsZero() {
				called = e.withCallbacks(e.eval(s.common.Value, s.pos()))
				if called.IsZero() {
					return
				}
			}
			ev := &Event{Role: editRole, Text: "call of a function", Pos: s.pos(), Args: []Arg{
				{Name: "callback", Value: called},
				{Name: "index", Value: text(strconv.Itoa(i))},
			}}
			e.record(o, ev, s.instr)
			e.edit(o, ev, s.instr, 0)
		}
	}
}

// edit adds to an object what the functions do to it that an event gives it to.
func (e *engine) edit(o *Object, ev *Event, instr ssa.Instruction, depth int) {
	if ev.Role != editRole || depth > maxEditDepth {
		return
	}
	callback, _ := ev.Arg("callback")
	index := 0
	if v, ok := ev.Arg("index"); ok {
		word, _ := v.Known()
		index, _ = strconv.Atoi(word)
	}
	for _, c := range callback.Callbacks() {
		for _, os := range c.Edits {
			if os.Param == index && os.Path == "" {
				e.addEdits(o, os.Events, instr, depth)
			}
		}
	}
}

func (e *engine) addEdits(o *Object, events []EventSummary, instr ssa.Instruction, depth int) {
	for _, es := range events {
		ev := &Event{Role: es.Role, Text: es.Text, Pos: instr.Pos(), Conditional: es.Conditional, Inherited: true}
		for _, a := range es.Args {
			ev.Args = append(ev.Args, Arg{Name: a.Name, Value: a.Value})
		}
		ev.Steps = calleeSteps(e.instrLocation(instr), "a function", es.Steps, step(finding.Sink, es.At, es.Text))
		e.record(o, ev, instr)
		e.edit(o, ev, instr, depth+1)
	}
}

// sendingMethod returns the method of a modelled interface that sends one of its
// arguments, with the index of that, and the kind of object that the interface is.
func (e *engine) sendingMethod(t types.Type) (method *types.Func, arg int, kind string) {
	n := namedOf(t)
	if n == nil || !types.IsInterface(n) {
		return nil, 0, ""
	}
	if kind = e.kindOf(n); kind == "" {
		return nil, 0, ""
	}
	iface := n.Underlying().(*types.Interface)
	for m := range iface.Methods() {
		for _, d := range e.directives(m, n.Obj().Name()) {
			if d.Verb != "on" || len(d.Words) < 2 || d.Words[1] != "send" {
				continue
			}
			if i, ok := argIndex(d.Words[0]); ok {
				return m, i, kind
			}
		}
	}
	return nil, 0, ""
}

// decorator returns the object for a value of a type without a model that is
// used as something which sends requests: what its method sets on each request
// is set on it.
func (e *engine) decorator(v *ssa.MakeInterface) *Object {
	method, arg, kind := e.sendingMethod(v.Type())
	if method == nil {
		return nil
	}
	root, p := e.rootOf(v.X)
	key := pathKey{root, p.String()}
	if o, ok := e.objects[key]; ok {
		return o
	}
	obj, index, _ := types.LookupFieldOrMethod(v.X.Type(), true, e.pass.Pkg, method.Name())
	m, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	o := e.newObject(key, kind, v.X.Pos(), v.Parent())
	if e.embeddedSender(o, v, index) {
		return o
	}
	s := site{callee: m, recv: v.X, actuals: []ssa.Value{v.X}, near: v.X.Pos()}
	if s.fn = e.prog.FuncValue(m); s.fn != nil && (s.fn.Blocks == nil || s.fn.Pkg != e.pkg) {
		s.fn = nil
	}
	at := Place{Param: arg + 1}
	if s.fn != nil && e.memoOfObjects.collecting[s.fn] {
		e.memoOfObjects.pending = append(e.memoOfObjects.pending, func() { e.decorate(o, v, s, at) })
		return o
	}
	e.decorate(o, v, s, at)
	return o
}

// decorate adds to an object what the method at s does to the request that it
// is given.
func (e *engine) decorate(o *Object, v ssa.Instruction, s site, at Place) {
	var sum *Summary
	if s.fn != nil {
		sum = e.summary(s.fn)
	} else {
		sum = e.importedSummary(s.callee)
	}
	if sum == nil {
		return
	}
	for i := range sum.Objects {
		os := &sum.Objects[i]
		if !os.isOrFrom(at) {
			continue
		}
		e.inherit(o, v, s, os)
		for _, parent := range os.Parents {
			e.adoptBelow(o, s, parent)
		}
	}
}

// isOrFrom reports whether an object is what a function finds at a place, or is
// made from that.
func (os *ObjectSummary) isOrFrom(at Place) bool {
	return os.Param == at.Param && os.Path == at.Path || slices.Contains(os.Parents, at)
}

// embeddedSender adopts what a struct embeds to send for it, and reports whether
// it does embed something.
func (e *engine) embeddedSender(o *Object, v *ssa.MakeInterface, index []int) bool {
	if len(index) < 2 {
		return false
	}
	t, text := v.X.Type(), ""
	for _, i := range index[:len(index)-1] {
		st, ok := through(t).Underlying().(*types.Struct)
		if !ok {
			return false
		}
		if text != "" {
			text += "."
		}
		text += st.Field(i).Name()
		t = st.Field(i).Type()
	}
	for _, p := range e.objectsBelow(v.X, text, v.X.Pos()) {
		o.adopt(p)
	}
	return types.IsInterface(t)
}
