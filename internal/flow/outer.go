package flow

import "golang.org/x/tools/go/ssa"

// outerEvent is what a function literal does to an object of a function around it.
type outerEvent struct {
	object *Object
	event  *Event
}

// noteOuter records an event of a function literal on an object that is not its own.
func (e *engine) noteOuter(o *Object, ev *Event, fn *ssa.Function) {
	for ; fn.Parent() != nil && !e.owns(fn, o); fn = fn.Parent() {
		e.outer[fn] = append(e.outer[fn], outerEvent{o, ev})
	}
}

// owns reports whether an object was made in fn or in a function literal inside it.
func (e *engine) owns(fn *ssa.Function, o *Object) bool {
	for f := o.fn; f != nil; f = f.Parent() {
		if f == fn {
			return true
		}
	}
	return false
}

// outerSummaries returns what a function literal does to the objects of the
// functions around it with what it is given.
func (e *engine) outerSummaries(fn *ssa.Function) []ObjectSummary {
	var list []ObjectSummary
	index := map[*Object]int{}
	for _, x := range e.outer[fn] {
		open := false
		es := EventSummary{Role: x.event.Role, Text: x.event.Text, Conditional: x.event.conditionalIn(fn), When: guardsFor(x.event.when, fn), At: x.event.At, Steps: x.event.Steps}
		for _, a := range x.event.Args {
			open = open || a.Value.openIn(fn)
			es.Args = append(es.Args, ArgSummary{Name: a.Name, Value: a.Value})
		}
		if !open {
			continue // it is on the object already
		}
		i, known := index[x.object]
		if !known {
			if i = len(list); i == maxSummaryObjects {
				break
			}
			index[x.object] = i
			list = append(list, ObjectSummary{Kind: x.object.Kind, Param: -1, Result: -1, Into: -1, outer: x.object})
		}
		if len(list[i].Events) < maxSummaryEvents {
			list[i].Events = append(list[i].Events, es)
		}
	}
	return list
}
