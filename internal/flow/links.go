package flow

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Link tells that at a path of a result lies what a parameter has at a path, or
// what the result itself has at one (Param is -1 then).
type Link struct {
	Result   int
	Path     string
	Param    int
	FromPath string
}

// Limits of links.
const (
	maxLinks     = 16
	maxLinkDepth = 3
)

// holdsFields reports whether values of a type are or lead to a struct, a map, a
// list or a function.
func holdsFields(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		_, ok := u.Elem().Underlying().(*types.Struct)
		return ok
	case *types.Struct, *types.Interface, *types.Signature, *types.Map:
		return true
	case *types.Slice:
		_, basic := u.Elem().Underlying().(*types.Basic)
		return !basic
	}
	return false
}

// links returns what of the results of fn comes from its parameters as a whole.
func (e *engine) links(fn *ssa.Function) []Link {
	if fn.Parent() != nil {
		return nil
	}
	var list []Link
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			if root, p := e.rootOf(v); len(p) == 0 && holdsFields(v.Type()) {
				list = e.linksBelow(list, fn, root, root, i, nil, 0)
			}
		}
	}
	return list
}

// linksBelow adds the links of what is stored below a struct that lies at a path
// of a result.
func (e *engine) linksBelow(list []Link, fn *ssa.Function, whole, root ssa.Value, result int, pre path, depth int) []Link {
	pl := e.places[root]
	if _, ok := root.(*ssa.Alloc); !ok || pl == nil || depth > maxLinkDepth {
		return list
	}
	for _, key := range slices.Sorted(maps.Keys(pl.exact)) {
		w := pl.exact[key][0]
		if len(pl.exact[key]) > 1 || len(pre)+len(w.path) > maxPath || !holdsFields(w.val.Type()) || len(list) == maxLinks {
			continue
		}
		at := append(pre[:len(pre):len(pre)], w.path...)
		from, p := e.rootOf(w.val)
		link := Link{Result: result, Path: at.String(), Param: -1, FromPath: p.String()}
		param, isParam := from.(*ssa.Parameter)
		switch {
		case isParam && param.Parent() == fn:
			link.Param, _ = paramIndex(param)
		case from != whole || len(at) == 0:
			if len(p) == 0 && from != root {
				list = e.linksBelow(list, fn, whole, from, result, at, depth+1)
			}
			continue
		}
		list = append(list, link)
	}
	return list
}

// linked returns where else, seen from a call, what lies at a path of a result
// is to be found: at a path of an argument, or at another of the result (the
// argument is nil then).
func (sum *Summary) linked(s site, index int, text string) (arg ssa.Value, path string, ok bool) {
	for _, l := range sum.Links {
		below, in := pathBelow(text, l.Path)
		if l.Result != index || !in {
			continue
		}
		path = belowPath(l.FromPath, below)
		switch {
		case l.Param < 0 && len(path) < len(text):
			return nil, path, true
		case l.Param >= 0 && l.Param < len(s.actuals):
			return s.actuals[l.Param], path, true
		}
	}
	return nil, "", false
}
