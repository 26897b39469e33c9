package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

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
		if e.isDead(s.Block()) {
			continue
		}
		v := neutral(e.eval(s.Val, s.Pos())).withStep(step(finding.Pass, e.storeLocation(s), fieldStep+f.Name()))
		out = union(out, v.inRow(e.rowOf(e.walk(s.Addr))))
	}
	return out
}

// storeLocation returns the range of the assignment or the element that a store
// stands for.
func (e *engine) storeLocation(s *ssa.Store) finding.Location {
	if addr, ok := s.Addr.(*ssa.FieldAddr); ok {
		if pos, end := e.literals.field(s.Pos(), addr.Pos()); pos.IsValid() {
			return e.location(pos, end)
		}
	}
	return e.location(s.Pos(), s.Pos())
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
func (e *engine) pathValue(arg ssa.Value, path string, call ssa.Instruction) Value {
	near := arg.Pos()
	if call != nil {
		near = call.Pos()
	}
	v := arg
	for _, as := range []string{pathURL, pathValues} {
		if before, ok := strings.CutSuffix(path, as); ok {
			return e.textBelow(v, strings.TrimSuffix(before, "."), as, near)
		}
	}
	if path == pathJSON {
		return e.jsonText(v, "")
	}
	for x := same(v); x != nil; x = same(v) {
		v = x
	}
	p, ok := resolvePath(v.Type(), path)
	if !ok {
		return unknown(lastName(path))
	}
	if out := e.readFrom(arg, p, near, call); len(out.Alts) > 0 {
		return out
	}
	return e.unread(p, near)
}
