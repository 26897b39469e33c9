package flow

import (
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// typedJSON returns the text in JSON of a struct that is made elsewhere: its
// type tells the members, and some of what they hold is known. What is left out
// where it is empty may not be there.
func (e *engine) typedJSON(v ssa.Value, name string) Value {
	t := through(v.Type())
	st, ok := t.Underlying().(*types.Struct)
	if !ok || st.NumFields() == 0 {
		return unknown(name)
	}
	out, open, members := text("{"), false, 0
	for i := range st.NumFields() {
		f := st.Field(i)
		member, ok := jsonName(t, i)
		if !ok {
			continue
		}
		if f.Embedded() || mayBeLeftOut(st.Tag(i)) {
			open = true
			continue
		}
		value := e.read(v, path{{field: f.Origin(), owner: t, name: f.Name()}}, v.Pos())
		if len(value.Alts) == 0 {
			value = unknown(f.Name())
		}
		if members > 0 {
			out = concat(out, text(","))
		}
		members++
		out = concat(concat(concat(out, inQuotes(text(member))), text(":")), jsonValue(value))
	}
	if members == 0 {
		return unknown(name)
	}
	if open {
		out = concat(concat(out, text(",")), unknown("more"))
	}
	return concat(out, text("}"))
}

// mayBeLeftOut reports whether a member is left out where it is empty.
func mayBeLeftOut(tag string) bool {
	_, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
	return strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
}
