package flow

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// pathJSON is the path of a parameter that stands for its text in JSON, which
// only the caller knows.
const pathJSON = "=json"

// encodedText returns the text that a value has in a format.
func (e *engine) encodedText(d directive, s site) Value {
	a, ok := d.Arg("value")
	format, _ := d.Arg("format")
	v := s.arg(a.Index)
	if !ok || a.Quoted || v == nil || format.Text != "json" {
		return unknown(s.name())
	}
	return e.jsonText(v, s.name())
}

// jsonText returns the text of a value in JSON: of a struct or map that is made
// here its members, of a parameter the hole for the caller's.
func (e *engine) jsonText(v ssa.Value, name string) Value {
	v = unboxed(v)
	if p, ok := v.(*ssa.Parameter); ok {
		if i, ok := paramIndex(p); ok {
			if isStruct(through(p.Type())) && len(e.callers[p.Parent()]) == 0 {
				return e.typedJSON(v, name) // callers would know better
			}
			return single(Part{Kind: Param, Index: i, Path: pathJSON, Name: p.Name(), owner: p.Parent()})
		}
	}
	if !isDocument(v.Type()) {
		return unknown(name)
	}
	o := e.claimsOf(v)
	if o == nil || o.Kind == "" {
		return e.typedJSON(v, name)
	}
	out := text("{")
	first := true
	members := o.chain()
	for i, ev := range members {
		if ev.Role != "claim" || supersededBy(members[i+1:], ev) {
			continue
		}
		member, value := ev.argument("name"), ev.argument("value")
		if !first {
			out = concat(out, text(","))
		}
		first = false
		out = concat(concat(concat(out, inQuotes(member)), text(":")), jsonValue(value))
	}
	if o.Exposed || slices.ContainsFunc(members, func(ev *Event) bool { return ev.Role == openRole }) {
		out = concat(out, unknown("more"))
	}
	return concat(out, text("}"))
}

// argument returns an argument of an event, unknown if there is none.
func (ev *Event) argument(name string) Value {
	if v, ok := ev.Arg(name); ok && !v.IsZero() {
		return v
	}
	return unknown(name)
}

// supersededBy reports whether a later event sets the same member for sure.
func supersededBy(later []*Event, ev *Event) bool {
	name, ok := ev.argument("name").Known()
	return ok && slices.ContainsFunc(later, func(x *Event) bool {
		other, _ := x.argument("name").Known()
		return x.Role == "claim" && !x.Conditional && other == name
	})
}

// unboxed returns what an interface or a pointer variable holds.
func unboxed(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return v
		}
	}
	return v
}

// isReader reports whether values of a type are read from.
func isReader(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	return obj != nil
}

// isDocument reports whether a value of the type is an object in JSON.
func isDocument(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return true
	case *types.Pointer:
		return isStruct(u.Elem())
	case *types.Map:
		return isText(u.Key())
	}
	return false
}

// inQuotes returns a text in quotes.
func inQuotes(v Value) Value {
	escaped := v.mapParts(func(p Part) Value {
		if p.Kind == Text {
			quoted := strconv.Quote(p.Text)
			p.Text = quoted[1 : len(quoted)-1]
		}
		return single(p)
	})
	return concat(concat(text(`"`), escaped), text(`"`))
}

// jsonValue returns the text of a member's value. A known one that is no
// number, no truth value and nothing stands in quotes.
func jsonValue(v Value) Value {
	if len(v.Alts) == 0 {
		return unknown("")
	}
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		one := Value{Alts: []Alt{alt}}
		s, known := alt.Known()
		_, err := strconv.ParseFloat(s, 64)
		switch {
		case alt.IsNil():
			one = text("null")
		case known && err != nil && s != "true" && s != "false", !known && len(alt.Parts) > 1:
			one = inQuotes(one)
		}
		out = union(out, one)
	}
	return out
}

// isMemberName reports whether a text is nothing but the punctuation of JSON
// around the name of a member, so that a fact may carry it.
func isMemberName(s string) bool {
	name := strings.Trim(s, `{}[],:" `)
	return name != s && len(name) <= 24 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == "" &&
		(name == "" || strings.HasSuffix(s, ":") || strings.HasSuffix(s, `:"`))
}

// bodyText returns the text of a body: of a struct or a map what clients make
// of it.
func (e *engine) bodyText(arg ssa.Value, v Value, name string) Value {
	arg = unboxed(arg)
	if isReader(arg.Type()) {
		if base := e.allocOf(arg, 0); base != nil {
			return e.writtenTo(base, v)
		}
		return v
	}
	if !isDocument(arg.Type()) || e.objectOf(arg) != nil {
		return v
	}
	if _, ok := arg.(*ssa.Parameter); !ok && e.claimsOf(arg) == nil {
		return v // a reader, most likely
	}
	return e.jsonText(arg, name)
}
