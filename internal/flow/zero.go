package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// maxZeroDepth is how many functions and structs are passed to see that nothing
// is stored at a place.
const maxZeroDepth = 4

// staysZero reports whether a text at a path from a result of fn is empty unless
// one of the writes to it that the engine sees comes to pass.
func (e *engine) staysZero(fn *ssa.Function, index int, p path, depth int) bool {
	if depth > maxZeroDepth || !isTextField(p) {
		return false
	}
	made := false
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || index >= len(r.Results) || isAbsentValue(r.Results[index]) {
			continue
		}
		if !e.zeroFrom(r.Results[index], p, depth) {
			return false
		}
		made = true
	}
	return made
}

// isTextField reports whether a path leads through fields to a text.
func isTextField(p path) bool {
	for _, h := range p {
		if h.kind != hopField {
			return false
		}
	}
	return len(p) > 0 && isString(p[len(p)-1].field.Type())
}

// zeroFrom is staysZero for a path from a value.
func (e *engine) zeroFrom(v ssa.Value, p path, depth int) bool {
	root, pre := e.rootOf(v)
	p = append(pre[:len(pre):len(pre)], p...)
	switch root := root.(type) {
	case *ssa.Alloc:
		return e.zeroIn(root, p, depth)
	case *ssa.Call:
		s := e.siteOf(root)
		return s.fn != nil && e.staysZero(s.fn, 0, p, depth+1)
	case *ssa.Extract:
		call, ok := root.Tuple.(*ssa.Call)
		if !ok {
			return false
		}
		s := e.siteOf(call)
		return s.fn != nil && e.staysZero(s.fn, root.Index, p, depth+1)
	}
	return false
}

// zeroIn is staysZero for a path from a struct that is made here.
func (e *engine) zeroIn(root ssa.Value, p path, depth int) bool {
	if depth > maxZeroDepth || len(p) > maxPath {
		return false
	}
	pl := e.places[root]
	if pl == nil {
		return true
	}
	if !e.seesWriters(pl, p, depth) {
		return false
	}
	for n := range len(p) {
		for _, w := range pl.exact[p[:n].String()] {
			if !isAbsentValue(w.val) && !e.zeroFrom(w.val, p[n:], depth+1) {
				return false
			}
		}
	}
	return true
}

// seesWriters reports whether whoever is given the address of a place, or of
// what holds it, is seen as a whole.
func (e *engine) seesWriters(pl *place, p path, depth int) bool {
	if depth > maxZeroDepth {
		return false
	}
	givers := e.fillers(pl)
	for _, g := range pl.unseen {
		if reaches(g, p) {
			return false
		}
	}
	for _, g := range givers {
		s := e.siteOf(g.call)
		i := g.arg + len(s.actuals) - len(s.common.Args)
		if s.fn == nil || !reaches(g, p) || i >= len(s.fn.Params) {
			continue
		}
		if below := e.places[s.fn.Params[i]]; below != nil && !e.seesWriters(below, p[len(g.path):], depth+1) {
			return false
		}
	}
	return true
}

// reaches reports whether a call that is given a path can reach a longer one.
func reaches(g given, p path) bool {
	if len(g.path) > len(p) || g.path.String() != p[:len(g.path)].String() {
		return false
	}
	// A copy of a struct leads nowhere back.
	_, isStruct := g.call.Common().Args[g.arg].Type().Underlying().(*types.Struct)
	return !isStruct
}
