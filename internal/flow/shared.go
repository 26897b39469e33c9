package flow

import "golang.org/x/tools/go/ssa"

// collectShared looks for a fallback in a variable that a function literal reads,
// which is none of the values that SSA joins.
func (e *engine) collectShared(a *ssa.Alloc) {
	if !a.Heap || !isText(deref(a.Type())) || len(e.storesTo(a)) < 2 {
		return
	}
	for _, r := range referrers(a) {
		closure, ok := r.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		if load := sharedLoad(closure, a); load != nil {
			e.collectFallback(load, load.Pos())
			return
		}
	}
}

// sharedLoad returns where a function literal reads a variable of the function
// around it, nil for nowhere.
func sharedLoad(closure *ssa.MakeClosure, a *ssa.Alloc) *ssa.UnOp {
	for i, b := range closure.Bindings {
		if b != a {
			continue
		}
		for _, use := range referrers(closure.Fn.(*ssa.Function).FreeVars[i]) {
			if load, ok := use.(*ssa.UnOp); ok {
				return load
			}
		}
	}
	return nil
}
