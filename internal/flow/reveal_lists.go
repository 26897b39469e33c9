package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// revealElements looks at the elements of a slice or an array.
func (e *engine) revealElements(v ssa.Value, as rendering) revealed {
	if p, ok := v.(*ssa.Parameter); ok {
		i, known := paramIndex(p)
		if !known {
			return revealed{}
		}
		var r revealed
		st := elemType(p.Type())
		if _, ok := deref(st).Underlying().(*types.Struct); ok {
			return e.listed(st, as, p.Pos())
		}
		if isPlainText(st) {
			r = r.named(e, Secret{Name: p.Name(), What: "parameter " + p.Name(), At: e.location(p.Pos(), p.Pos())}, p.Parent())
		}
		r.holes = append(r.holes, hole{param: i, owner: p.Parent(), as: as, spread: true, format: -1})
		return r
	}
	if e.told.inList[v] {
		return revealed{}
	}
	e.told.inList[v] = true
	defer delete(e.told.inList, v)
	out := nothing
	for i, part := range e.listParts(v) {
		if i == 4*maxRevealStores {
			break
		}
		out = out.with(e.reveal(part, as))
	}
	if !e.isList(v) {
		out = out.with(e.walkList(v, as))
		if st := elemType(v.Type()); len(out.secrets) == 0 {
			if _, ok := deref(st).Underlying().(*types.Struct); ok {
				return e.listed(st, as, v.Pos())
			}
		}
	}
	if isByteSlice(v.Type()) && isMadeSlice(v) {
		out.clean = false // whoever it is handed to fills it
	}
	if st := elemType(v.Type()); isStruct(deref(st)) {
		return ofMany(out, st, as)
	}
	return out
}

// listed looks at a list of structs: the printers show addresses where it is one
// of pointers.
func (e *engine) listed(t types.Type, as rendering, near token.Pos) revealed {
	if _, ok := t.Underlying().(*types.Pointer); ok && as != asJSON || as == asText || isToldAsObject(e.kindOf(t)) {
		return revealed{}
	}
	return ofMany(e.wholeSecrets(nil, t, as, near), t, as)
}

// ofMany marks what a list gives away: a secret of each of several that have
// names is one, however common the word.
func ofMany(r revealed, t types.Type, as rendering) revealed {
	r.secrets = slices.Clone(r.secrets)
	for i := range r.secrets {
		x := &r.secrets[i]
		x.listed = true
		x.Certain = x.Certain || as == asJSON && x.Kind == shape.Secret && hasIdentity(t, x.field)
	}
	return r
}

// listParts returns the values that are known to be elements of a list.
func (e *engine) listParts(v ssa.Value) []ssa.Value {
	var list []ssa.Value
	for _, s := range e.elementStores(v) {
		list = append(list, s.Val)
	}
	return list
}

// isList reports whether a list is made in place.
func (e *engine) isList(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Slice:
		_, ok := v.X.(*ssa.Alloc)
		return ok
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.Const:
		return true
	}
	return false
}

// walkList looks at a list that comes from elsewhere: appended to, kept in a
// variable or a field, returned.
func (e *engine) walkList(v ssa.Value, as rendering) revealed {
	switch v := v.(type) {
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			out := nothing
			for _, a := range v.Call.Args {
				out = out.with(e.reveal(a, as))
			}
			return out
		}
		return e.revealCall(v, 0, as)
	case *ssa.UnOp, *ssa.Phi, *ssa.Extract, *ssa.FreeVar, *ssa.Slice, *ssa.Field, *ssa.FieldAddr, *ssa.Global, *ssa.Lookup:
		return e.follow(v, as)
	}
	return e.revealConverted(v, as)
}
