package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// ofUsers tells whose the readings of an entry of a map are, if the map is asked
// for the entry of a user: its key is the user's name.
func (e *engine) ofUsers(v *ssa.Lookup, value Value) Value {
	if isString(v.X.Type()) || !shape.IsUserName(e.nameOf(v.Index)) {
		return value
	}
	root, p := e.walk(v)
	if len(p) == 0 || p[len(p)-1].kind != hopAny {
		return value
	}
	writes, _ := e.writesAt(root, p)
	out := Value{Truncated: value.Truncated, Alts: append([]Alt(nil), value.Alts...)}
	for _, w := range writes {
		if len(w.path) != len(p) || w.path[len(p)-1].kind != hopElem {
			continue
		}
		for _, alt := range e.writtenValue(w).Alts {
			if i := out.index(alt); i >= 0 {
				out.Alts[i].Users = append(out.Alts[i].Users[:len(out.Alts[i].Users):len(out.Alts[i].Users)], w.path[len(p)-1].name)
			}
		}
	}
	return out
}
