package flow

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/partial"
)

// pluralRole returns the role of one entry of a map or a list.
func pluralRole(role string) (string, bool) {
	switch role {
	case "headers", "header-pairs":
		return "header", true
	case "queries":
		return "query", true
	case "forms":
		return "form", true
	case "path-params":
		return "path-param", true
	case "logins":
		return "login", true
	case "basic-pair":
		return "basic", true
	case "variables":
		return "variable", true
	case "arguments":
		return "argument", true
	}
	return "", false
}

// entryNames returns the names of the arguments that an entry's name and value
// are: an account with its password in logins.
func entryNames(role string) (name, value string) {
	if role == "login" || role == "basic" {
		return "user", "password"
	}
	return "name", "value"
}

// eachEntry records one event like ev for each entry of what an event with a
// plural role is given, or reports false if the entries are not known.
func (e *engine) eachEntry(o *Object, plural string, values []ssa.Value, like *Event, instr ssa.Instruction) bool {
	one, ok := pluralRole(plural)
	if !ok || len(values) == 0 || values[0] == nil {
		return false
	}
	if plural == "basic-pair" || plural == "header-pairs" {
		return e.addPairs(o, one, values, like, instr)
	}
	switch plural {
	case "variables":
		return e.addAssignments(o, one, values[0], like, instr)
	case "arguments":
		return e.addElements(o, one, values[0], like, instr)
	}
	return e.addEntries(o, one, values[0], like, instr)
}

// addAssignments records an event for each element of a list that is written
// NAME=value, as far as the list is known.
func (e *engine) addAssignments(o *Object, role string, list ssa.Value, like *Event, instr ssa.Instruction) bool {
	elems, _ := e.elementValues(list, nil)
	found := false
	for _, elem := range elems {
		name, value, ok := assigned(e.eval(elem, like.Pos))
		if !ok {
			continue
		}
		found = true
		ev := *like
		ev.Role, ev.Args = role, []Arg{{Name: "name", Value: text(name)}, {Name: "value", Value: value}}
		e.record(o, &ev, instr)
	}
	return found
}

// addElements records an event for each element of a list, as far as the list is
// known.
func (e *engine) addElements(o *Object, role string, list ssa.Value, like *Event, instr ssa.Instruction) bool {
	elems, _ := e.elementValues(list, nil)
	for _, elem := range elems {
		ev := *like
		ev.Role, ev.Args = role, []Arg{{Name: "value", Value: e.eval(elem, like.Pos)}}
		e.record(o, &ev, instr)
	}
	return len(elems) > 0
}

// assigned takes a text apart that is written NAME=value, the name the same in all
// readings, and reports whether it is.
func assigned(v Value) (name string, value Value, ok bool) {
	for _, alt := range v.Alts {
		if len(alt.Parts) == 0 || alt.Parts[0].Kind != Text {
			return "", Value{}, false
		}
		first := alt.Parts[0]
		before, after, ok := strings.Cut(first.Text, "=")
		if !ok || before == "" || name != "" && before != name {
			return "", Value{}, false
		}
		name, first.Text = before, after
		parts := slices.Clone(alt.Parts[1:])
		if first.Text != "" || len(parts) == 0 {
			parts = slices.Insert(parts, 0, first)
		}
		alt.Parts = parts
		value.Alts = append(value.Alts, alt)
	}
	return name, value, name != ""
}

// entriesOfArgument is eachEntry for an argument of a call.
func (e *engine) entriesOfArgument(d directive, s site, o *Object) bool {
	a, ok := d.Arg("value")
	if !ok || a.Quoted || a.Index < 0 {
		return false
	}
	values := []ssa.Value{s.arg(a.Index)}
	if a.Rest {
		values = e.restList(s, a.Index)
	}
	return e.eachEntry(o, d.Words[1], values, &Event{Text: s.name(), Pos: s.pos()}, s.instr)
}

// addPairs records an event for each two elements of a list: names and values
// in turn.
func (e *engine) addPairs(o *Object, role string, list []ssa.Value, like *Event, instr ssa.Instruction) bool {
	if len(list) == 1 {
		elems, ok := e.ordered(list[0])
		if !ok {
			return false
		}
		list = elems
	}
	name, value := entryNames(role)
	for i := 0; i+1 < len(list); i += 2 {
		ev := *like
		ev.Role, ev.Args = role, []Arg{{Name: name, Value: e.eval(list[i], like.Pos)}, {Name: value, Value: e.eval(list[i+1], like.Pos)}}
		e.record(o, &ev, instr)
	}
	return len(list) > 1
}

// addEntries records one event like ev for each entry of a map or of a struct,
// or reports false if the entries are not known.
func (e *engine) addEntries(o *Object, role string, m ssa.Value, like *Event, instr ssa.Instruction) bool {
	if m == nil {
		return false
	}
	found := false
	add := func(pos, end token.Pos, conditional bool, args []Arg) {
		found = true
		ev := *like
		ev.Role, ev.Args = role, args
		if !like.Inherited && pos.IsValid() {
			ev.Pos, ev.End, ev.Conditional = pos, end, conditional
		}
		e.record(o, &ev, instr)
	}
	for _, source := range e.objectsOf(m) {
		for _, ev := range source.chain() {
			switch ev.Role {
			case "param", "header":
				add(ev.Pos, ev.End, ev.Conditional, ev.Args)
			case "query-string":
				for _, args := range queryArgs(ev) {
					add(ev.Pos, ev.End, ev.Conditional, args)
				}
			}
		}
	}
	if found {
		return true
	}
	name, value := entryNames(role)
	m = unwrapped(m)
	for _, u := range e.mapUpdates(m) {
		add(u.Pos(), u.Pos(), false, []Arg{{Name: name, Value: e.eval(u.Key, u.Pos())}, {Name: value, Value: e.eval(u.Value, u.Pos())}})
	}
	if isText(m.Type()) && (role == "query" || role == "form") {
		for _, args := range queryArgs(&Event{Args: []Arg{{Name: "value", Value: e.eval(m, like.Pos)}}}) {
			add(token.NoPos, token.NoPos, false, args)
		}
	}
	if st, ok := through(m.Type()).Underlying().(*types.Struct); ok && !found && (role == "query" || role == "form") {
		e.eachField(m, st, like.Pos, func(key string, v Value) {
			add(token.NoPos, token.NoPos, false, []Arg{{Name: name, Value: text(key)}, {Name: value, Value: v}})
		})
	}
	return found
}

// queryArgs returns the names and values of an encoded query that is known in
// part: those whose value is known, or is one hole.
func queryArgs(ev *Event) [][]Arg {
	v, _ := ev.Arg("value")
	var list [][]Arg
	for _, alt := range v.Alts {
		for _, q := range partial.ReadQuery(alt.Partial()) {
			name, ok := q.Name.Known()
			if !ok {
				continue
			}
			value := unknown(name)
			if text, ok := q.Value.Known(); ok {
				value = single(Part{Kind: Text, Text: text, At: alt.Origin()})
			}
			list = append(list, []Arg{{Name: "name", Value: text(name)}, {Name: "value", Value: value}})
		}
	}
	return list
}

// unwrapped returns the value in an interface.
func unwrapped(v ssa.Value) ssa.Value {
	for {
		i, ok := v.(*ssa.MakeInterface)
		if !ok {
			return v
		}
		v = i.X
	}
}

// entryTags are the keys of struct tags that name a field in a query or a form.
var entryTags = [...]string{"url", "form", "query", "schema", "json"}

// eachField calls add for each field of a struct that something is known of,
// under the name that it has in a query or a form.
func (e *engine) eachField(m ssa.Value, st *types.Struct, near token.Pos, add func(name string, v Value)) {
	for i := range st.NumFields() {
		f := st.Field(i)
		if !f.Exported() || !isText(f.Type()) {
			continue
		}
		name := f.Name()
		for _, key := range entryTags {
			tag, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get(key), ",")
			if tag != "" && tag != "-" {
				name = tag
				break
			}
		}
		v := e.read(m, path{{field: f.Origin(), owner: through(m.Type()), name: f.Name()}}, near)
		if len(v.Alts) > 0 {
			add(name, v)
		}
	}
}
