package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// closedKey is the object of claims of which only the type is known.
type closedKey struct{ value ssa.Value }

// closedClaims returns the object of a struct that comes from elsewhere, if its
// type tells all its claims and that the time of expiry is not among them.
func (e *engine) closedClaims(v ssa.Value) *Object {
	if box, ok := v.(*ssa.MakeInterface); ok {
		v = box.X
	}
	names, ok := e.closedNames(v.Type(), 0)
	if !ok || len(names) == 0 {
		return nil
	}
	key := closedKey{v}
	if o, ok := e.objects[key]; ok {
		return o
	}
	o := e.newObject(key, document, v.Pos(), v.Parent())
	for _, name := range names {
		o.Events = append(o.Events, claimEvent(text(name), Value{}))
	}
	return o
}

// closedNames returns the names that a struct has in JSON, and whether that is
// all that it can say: it embeds and marshals nothing of its own, and is none of
// the structs of a library of tokens.
func (e *engine) closedNames(t types.Type, depth int) ([]string, bool) {
	n := namedOf(t)
	st := structOf(t)
	if st == nil || n == nil || depth > maxEmbedding || e.structEntries(n) != nil {
		return nil, false
	}
	for i := range n.NumMethods() {
		switch n.Method(i).Name() {
		case "MarshalJSON", "MarshalText", "GetExpirationTime", "Valid":
			return nil, false
		}
	}
	var names []string
	for i := range st.NumFields() {
		name, ok := jsonName(t, i)
		if !ok {
			continue
		}
		if f := st.Field(i); f.Embedded() && name == f.Name() {
			more, ok := e.closedNames(f.Type(), depth+1)
			if !ok {
				return nil, false
			}
			names = append(names, more...)
			continue
		}
		if name == "exp" {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}
