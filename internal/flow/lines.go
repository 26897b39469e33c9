package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// lineRole is the role of a line of a protocol that is written to a connection.
const lineRole = "line"

// collectLine records what is written to a writer if that is a connection.
func (e *engine) collectLine(d directive, s site, writer ssa.Value) {
	writer = e.underlyingWriter(writer)
	list := e.objectsOf(writer)
	if len(list) == 0 && isGivenConnection(writer) {
		list = append(list, e.anyObject(writer))
	}
	for _, o := range list {
		if o.Kind == "" || strings.HasSuffix(o.Kind, "-connection") {
			e.collectOnObject(d, s, o)
		}
	}
}

// maxWriters is how many writers on top of each other are looked through.
const maxWriters = 4

// underlyingWriter returns what a writer writes to in the end, as far as the
// models tell.
func (e *engine) underlyingWriter(v ssa.Value) ssa.Value {
	for range maxWriters {
		if m, ok := v.(*ssa.MakeInterface); ok {
			v = m.X
		}
		call, ok := v.(*ssa.Call)
		if !ok {
			return v
		}
		below := e.passedOn(call)
		if below == nil {
			return v
		}
		v = below
	}
	return v
}

// passedOn returns the argument that a modelled call returns in other form.
func (e *engine) passedOn(call *ssa.Call) ssa.Value {
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && d.Words[0] == "same" && !a.Quoted && !isRecv(a) {
			return s.arg(a.Index)
		}
	}
	return nil
}

// isGivenConnection reports whether a value is a parameter that by its methods
// is a connection.
func isGivenConnection(v ssa.Value) bool {
	p, ok := v.(*ssa.Parameter)
	if !ok {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(p.Type(), true, nil, "RemoteAddr")
	_, isMethod := obj.(*types.Func)
	return isMethod
}

// openLines returns the lines of an object whose text callers give, nil if
// there are none.
func openLines(os *ObjectSummary) *ObjectSummary {
	var lines []EventSummary
	for _, ev := range os.Events {
		if ev.Role == lineRole && len(ev.Args) > 0 && ev.Args[0].Value.open() {
			lines = append(lines, ev)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	out := *os
	out.Events = lines
	return &out
}
