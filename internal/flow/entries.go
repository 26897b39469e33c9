package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// pluralOf is the reverse of pluralRole.
func pluralOf(role string) string {
	switch role {
	case "header", "query", "form", "path-param":
		if role == "query" {
			return "queries"
		}
		return role + "s"
	}
	return ""
}

// collectEntries records one event for each entry of the map that a call is
// given, or whose names and values a loop gives to it in turn. It reports false
// if the entries are not known.
func (e *engine) collectEntries(d directive, s site, o *Object) bool {
	if _, ok := pluralRole(d.Words[1]); ok {
		return e.entriesOfArgument(d, s, o)
	}
	if pluralOf(d.Words[1]) == "" {
		return false
	}
	name, okName := d.Arg("name")
	value, okValue := d.Arg("value")
	if !okName || !okValue || name.Quoted || value.Quoted {
		return false
	}
	m := rangedMap(s.arg(name.Index), s.arg(value.Index))
	return m != nil && e.addRanged(o, d.Words[1], m, s)
}

// addRanged records the entries of a map that a loop goes through; of one that
// the caller gives, that it does.
func (e *engine) addRanged(o *Object, role string, m ssa.Value, s site) bool {
	if e.addEntries(o, role, m, &Event{Text: s.name(), Pos: s.pos()}, s.instr) {
		return true
	}
	v := e.eval(m, s.pos())
	if root, _ := e.walk(m); !v.open() {
		_, isParam := root.(*ssa.Parameter)
		if !isParam {
			return false
		}
	}
	e.record(o, &Event{Role: pluralOf(role), Text: s.name(), Pos: s.pos(), Args: []Arg{{Name: "value", Value: v}}}, s.instr)
	return true
}

// rangedMap returns the map whose names and values a loop has in turn, nil if
// the two are not that.
func rangedMap(name, value ssa.Value) ssa.Value {
	n, v := nextOf(name, 1), nextOf(value, 2)
	if n == nil || n != v {
		return nil
	}
	r, ok := n.Iter.(*ssa.Range)
	if !ok {
		return nil
	}
	if _, ok := r.X.Type().Underlying().(*types.Map); !ok {
		return nil
	}
	return r.X
}

// nextOf returns the step of a loop that a value comes from, as its name (1) or
// its value (2), or as an element of that.
func nextOf(v ssa.Value, index int) *ssa.Next {
	for range 6 {
		switch x := v.(type) {
		case *ssa.Extract:
			next, ok := x.Tuple.(*ssa.Next)
			if ok && x.Index == index {
				return next
			}
			return nil
		case *ssa.UnOp:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Index:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		default:
			return nil
		}
	}
	return nil
}

// inheritEntries records the entries of a map that a call gives its callee, and
// reports whether they are known.
func (e *engine) inheritEntries(o *Object, ev *Event, es *EventSummary, s site, instr ssa.Instruction) bool {
	role, ok := pluralRole(es.Role)
	if !ok || es.Role == "basic-pair" || es.Role == "header-pairs" || len(es.Args) != 1 || len(es.Args[0].Value.Alts) == 0 {
		return false
	}
	parts := es.Args[0].Value.Alts[0].Parts
	if len(parts) != 1 || parts[0].Kind != Param || parts[0].Path != "" || parts[0].Index >= len(s.actuals) {
		return false
	}
	return e.addEntries(o, role, s.actuals[parts[0].Index], ev, instr)
}

// partRole returns the role of an entry of a part of an object, which the model
// of the part says if the entry itself does not: a parameter of a form.
func (e *engine) partRole(part ssa.Value, role string) string {
	if role != "param" {
		return role
	}
	var ds []directive
	switch x := part.(type) {
	case *ssa.Call:
		ds = e.funcDirectives(e.siteOf(x).callee)
	case *ssa.UnOp:
		if addr, ok := x.X.(*ssa.FieldAddr); ok {
			ds = e.fieldDirectives(addr.X.Type(), fieldOf(addr.X.Type(), addr.Field))
		}
	}
	for _, d := range ds {
		if as, ok := d.Arg("as"); ok && d.Verb == "part" {
			return as.Text
		}
	}
	return role
}

// partEntries records the entries of what is stored as a part of an object, if
// the model says what the part is for and the entries are known.
func (e *engine) partEntries(d directive, o *Object, s *ssa.Store) bool {
	as, ok := d.Arg("as")
	return ok && e.eachEntry(o, pluralOf(as.Text), []ssa.Value{s.Val}, &Event{Text: "field", Pos: s.Pos()}, s)
}
