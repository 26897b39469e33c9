package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// field returns what is known of a field of base: what this function stores in
// the same struct, else what the package stores in that field of any struct of
// the type, beside the hole that a caller may fill.
func (e *engine) field(base ssa.Value, f *types.Var, near token.Pos) Value {
	key := fieldKey{base, f}
	if v, ok := e.fieldValues[key]; ok {
		return v
	}
	if e.depth >= maxDepth {
		return Value{Truncated: true}
	}
	// Structs that are copied back and forth make a cycle: it ends here.
	e.fieldValues[key] = Value{Truncated: true}
	e.depth++
	v := e.readField(base, f, near)
	e.depth--
	e.fieldValues[key] = v
	return v
}

func (e *engine) readField(base ssa.Value, f *types.Var, near token.Pos) Value {
	if v, ok := e.modelValue(e.fieldDirectives(base.Type(), f), nil, near); ok {
		return v
	}
	if a := e.allocOf(base, 0); a != nil {
		if v, ok := e.localField(a, f); ok {
			return v
		}
	}
	if v, ok := e.madeField(base, f, 0); ok {
		return v
	}
	hole := single(Part{Kind: Setting, Name: f.Name(), Path: f.Name()})
	if p := e.eval(base, near); len(p.Alts) == 1 && len(p.Alts[0].Parts) == 1 && p.Alts[0].Parts[0].Kind == Param {
		part := p.Alts[0].Parts[0]
		part.Path = strings.TrimPrefix(part.Path+"."+f.Name(), ".")
		hole = single(part)
	} else if i, ok := paramIndex(base); ok {
		hole = single(Part{Kind: Param, Index: i, Path: f.Name(), Name: base.Name(), owner: base.Parent()})
	}
	return union(hole, e.stored(f, near))
}

// madeField returns what a callee stored in a field of the struct that it made,
// and whether it did.
func (e *engine) madeField(base ssa.Value, f *types.Var, depth int) (Value, bool) {
	if depth > 6 {
		return Value{}, false
	}
	var call *ssa.Call
	index := 0
	switch v := base.(type) {
	case *ssa.Call:
		call = v
	case *ssa.Extract:
		call, _ = v.Tuple.(*ssa.Call)
		index = v.Index
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok {
			return e.madeField(a, f, depth+1)
		}
	case *ssa.Alloc:
		if stores := e.storesTo(v); len(stores) == 1 {
			return e.madeField(stores[0].Val, f, depth+1)
		}
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.madeField(b, f, depth+1)
		}
	}
	if call == nil {
		return Value{}, false
	}
	s := e.siteOf(call)
	sum := e.summaryOf(s)
	if sum == nil {
		return Value{}, false
	}
	for _, fs := range sum.Fields {
		if fs.Result == index && fs.Field == f.Name() {
			v, _ := e.substitute(fs.Value, s)
			return v, true
		}
	}
	return Value{}, false
}

// paramIndex returns the index of the parameter that v is, receiver included.
func paramIndex(v ssa.Value) (int, bool) {
	p, ok := v.(*ssa.Parameter)
	if !ok {
		return 0, false
	}
	for i, q := range p.Parent().Params {
		if p == q {
			return i, true
		}
	}
	return 0, false
}

// stored returns what the package stores in a field, whatever the struct. What
// a test stores does not reach code that runs for real.
func (e *engine) stored(f *types.Var, near token.Pos) Value {
	key := fieldKey{e.inTest(near), f}
	if v, ok := e.storedValues[key]; ok {
		return v
	}
	v := e.readStored(f, near)
	e.storedValues[key] = v
	return v
}

func (e *engine) readStored(f *types.Var, near token.Pos) Value {
	var out Value
	stores := e.visible(e.fields[f], near)
	if len(stores) == 0 {
		return out
	}
	for i, s := range stores {
		if i == maxAlternatives {
			out.Truncated = true
			break
		}
		out = union(out, neutral(e.eval(s.Val, s.Pos())))
	}
	return out.withStep(finding.Step{Kind: finding.Pass, Location: e.location(stores[0].Pos(), stores[0].Pos()), Text: "field " + f.Name()})
}

// storesIn returns the stores to a field of one allocation.
func (e *engine) storesIn(a ssa.Value, f *types.Var) []*ssa.Store {
	byBase, ok := e.fieldBases[f]
	if !ok {
		byBase = map[ssa.Value][]*ssa.Store{}
		for _, s := range e.fields[f] {
			if base := e.allocOf(s.Addr.(*ssa.FieldAddr).X, 0); base != nil {
				byBase[base] = append(byBase[base], s)
			}
		}
		e.fieldBases[f] = byBase
	}
	return byBase[a]
}

// visible returns the stores that code at a place can see.
func (e *engine) visible(stores []*ssa.Store, near token.Pos) []*ssa.Store {
	if e.inTest(near) {
		return stores
	}
	return slices.DeleteFunc(slices.Clone(stores), func(s *ssa.Store) bool { return e.inTest(s.Pos()) })
}

// inTest reports whether a place lies in a test file.
func (e *engine) inTest(pos token.Pos) bool {
	f := e.pass.Fset.File(pos)
	return f != nil && strings.HasSuffix(f.Name(), "_test.go")
}

// localField returns what is stored in a field of one allocation, and whether
// anything is.
func (e *engine) localField(a ssa.Value, f *types.Var) (Value, bool) {
	var out Value
	found := false
	for _, s := range e.storesIn(a, f) {
		found = true
		out = union(out, e.eval(s.Val, s.Pos()))
	}
	if found {
		return out, true
	}
	// A struct that was stored as a whole brings its fields along.
	for _, s := range e.storesTo(a) {
		if _, ok := s.Val.(*ssa.Const); ok {
			continue
		}
		return e.field(s.Val, f, s.Pos()), true
	}
	return Value{}, false
}

// allocOf returns the allocation that v points to or is loaded from, or nil.
func (e *engine) allocOf(v ssa.Value, depth int) ssa.Value {
	if depth > 8 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		if _, ok := deref(v.Type()).Underlying().(*types.Pointer); ok {
			if stores := e.storesTo(v); len(stores) == 1 {
				return e.allocOf(stores[0].Val, depth+1)
			}
			return nil
		}
		return v
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return e.allocOf(v.X, depth+1)
		}
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.allocOf(b, depth+1)
		}
	case *ssa.Global:
		if stores := e.globals[v]; len(stores) == 1 {
			return e.allocOf(stores[0].Val, depth+1)
		}
		return nil
	case *ssa.MakeInterface:
		return e.allocOf(v.X, depth+1)
	case *ssa.ChangeType:
		return e.allocOf(v.X, depth+1)
	}
	return nil
}

// fieldDirectives returns what the models say of a field.
func (e *engine) fieldDirectives(owner types.Type, f *types.Var) []directive {
	n := namedOf(owner)
	if n == nil || f.Pkg() == nil {
		return nil
	}
	return e.directives(f, n.Obj().Name())
}

// pathValue returns the field path of an argument at a call: what a summary's
// "parameter i, field F" means there.
func (e *engine) pathValue(arg ssa.Value, path string, near token.Pos) Value {
	v := arg
	if path == pathURL || path == pathValues {
		return e.objectText(e.eval(v, near), path)
	}
	name, rest, more := strings.Cut(path, ".")
	n := namedOf(v.Type())
	if n == nil {
		return unknown(name)
	}
	st, ok := n.Underlying().(*types.Struct)
	if !ok {
		return unknown(name)
	}
	for i := range st.NumFields() {
		if st.Field(i).Name() != name {
			continue
		}
		if more {
			return unknown(rest)
		}
		return e.field(v, st.Field(i).Origin(), near)
	}
	return unknown(name)
}
