package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Limits of calls whose callee is a value.
const (
	maxTargets   = 4  // functions that one call may be of
	maxConcretes = 6  // variables and calls on the way to a concrete value
	maxVisits    = 48 // of them altogether
)

// siteOf returns the call as the models see it; the callee is nil for a call
// of a function value that is not known to be one function.
func (e *engine) siteOf(instr ssa.CallInstruction) site {
	if list := e.sitesOf(instr); len(list) == 1 {
		return list[0]
	}
	return e.plainSite(instr)
}

// plainSite returns the call without a callee, or with the method of an
// interface as callee.
func (e *engine) plainSite(instr ssa.CallInstruction) site {
	c := instr.Common()
	s := site{instr: instr, common: c, args: c.Args, actuals: c.Args}
	if c.IsInvoke() {
		s.callee, s.recv = c.Method, c.Value
		s.actuals = append([]ssa.Value{c.Value}, c.Args...)
	}
	return s
}

// sitesOf returns a call once for each function that it may be of: the one that
// is named, those that a function value can be, or the methods of the types
// that are known to be in an interface.
func (e *engine) sitesOf(instr ssa.CallInstruction) []site {
	if known, ok := e.sites[instr]; ok {
		return known
	}
	e.sites[instr] = []site{e.plainSite(instr)} // a function that yields itself
	list := e.findSites(instr)
	e.sites[instr] = list
	return list
}

func (e *engine) findSites(instr ssa.CallInstruction) []site {
	c := instr.Common()
	if c.IsInvoke() {
		return e.methodSites(instr)
	}
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return []site{e.plainSite(instr)}
	}
	if fn := c.StaticCallee(); fn != nil {
		var recv ssa.Value
		if mc, ok := c.Value.(*ssa.MakeClosure); ok {
			recv = boundReceiver(mc)
		}
		return []site{e.functionSite(instr, fn, recv)}
	}
	var list []site
	for _, alt := range e.eval(c.Value, instr.Pos()).Alts {
		if len(alt.Parts) == 1 && alt.Parts[0].Kind == Function && alt.Parts[0].fn != nil && len(list) < maxTargets {
			list = append(list, e.functionSite(instr, alt.Parts[0].fn, alt.Parts[0].recv))
		}
	}
	if len(list) == 0 {
		if fn, recv := e.keptFunction(c.Value); fn != nil {
			return []site{e.functionSite(instr, fn, recv)}
		}
		return []site{e.plainSite(instr)}
	}
	return list
}

// keptFunction returns the only function that the package keeps in the unexported
// field which a value is read from, nil if there are several or it is given by
// callers.
func (e *engine) keptFunction(v ssa.Value) (fn *ssa.Function, recv ssa.Value) {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil, nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, nil
	}
	f := fieldOf(addr.X.Type(), addr.Field)
	if f.Exported() || f.Pkg() != e.pass.Pkg {
		return nil, nil
	}
	for _, s := range e.visible(e.fields[f], v.Pos()) {
		kept := s.Val
		for x := same(kept); x != nil; x = same(kept) {
			kept = x
		}
		var one *ssa.Function
		switch kept := kept.(type) {
		case *ssa.Function:
			one = kept
		case *ssa.MakeClosure:
			one, recv = kept.Fn.(*ssa.Function), boundReceiver(kept)
		case *ssa.Const:
			continue // nil
		}
		if one == nil || fn != nil && fn != one {
			return nil, nil
		}
		fn = one
	}
	return fn, recv
}

// functionSite returns the call of one function; recv is the receiver that the
// function value binds, if it is a method value.
func (e *engine) functionSite(instr ssa.CallInstruction, fn *ssa.Function, recv ssa.Value) site {
	s := e.plainSite(instr)
	e.setCallee(&s, fn, recv)
	return s
}

// setCallee makes a site one of fn: with the receiver that a method value binds,
// or the first argument as receiver.
func (e *engine) setCallee(s *site, fn *ssa.Function, recv ssa.Value) {
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	s.callee, _ = fn.Object().(*types.Func)
	switch {
	case s.callee == nil:
	case recv != nil:
		s.recv = recv
		s.actuals = append([]ssa.Value{s.recv}, s.args...)
		if s.given != nil {
			s.given = append([]Value{{}}, s.given...)
		}
	case s.callee.Signature().Recv() != nil && len(s.args) > 0:
		s.recv, s.args = s.args[0], s.args[1:]
	}
	if s.callee != nil && fn.Synthetic != "" {
		fn = e.prog.FuncValue(s.callee)
	}
	if fn != nil && fn.Blocks != nil && fn.Pkg == e.pkg {
		s.fn = fn
	}
}

// boundReceiver returns the receiver that a method value binds, nil for any
// other function value.
func boundReceiver(mc *ssa.MakeClosure) ssa.Value {
	fn := mc.Fn.(*ssa.Function)
	if !strings.HasPrefix(fn.Synthetic, "bound method") || len(mc.Bindings) != 1 {
		return nil
	}
	return mc.Bindings[0]
}

// methodSites returns a call through an interface once for each method that it
// can mean: of the types that are known to be in it, or of the only type of the
// package that implements it.
func (e *engine) methodSites(instr ssa.CallInstruction) []site {
	c := instr.Common()
	if e.isForeign(c.Method.Pkg()) {
		// Errors, readers, contexts: called everywhere.
		s := e.plainSite(instr)
		s.fn = e.implementation(c)
		return []site{s}
	}
	var list []site
	seen := map[types.Type]bool{}
	for _, x := range e.concretes(c.Value) {
		if len(list) == maxTargets || seen[x.Type()] {
			continue
		}
		seen[x.Type()] = true
		s := e.plainSite(instr)
		if e.setMethod(&s, x) {
			list = append(list, s)
		}
	}
	if len(list) > 0 {
		return list
	}
	s := e.plainSite(instr)
	s.fn = e.implementation(c)
	return []site{s}
}

// setMethod makes a call through an interface one of the method of a concrete
// value, and reports whether the method is known: by its body, its summary or a
// model. A model of the interface's own method comes first.
func (e *engine) setMethod(s *site, x ssa.Value) bool {
	obj, _, _ := types.LookupFieldOrMethod(x.Type(), true, e.pass.Pkg, s.callee.Name())
	m, ok := obj.(*types.Func)
	if !ok || len(e.funcDirectives(s.callee)) > 0 {
		return false
	}
	m = m.Origin()
	if fn := e.prog.FuncValue(m); fn != nil && fn.Blocks != nil && fn.Pkg == e.pkg {
		s.fn = fn
	} else if len(e.funcDirectives(m)) == 0 && e.importedSummary(m) == nil {
		return false
	}
	s.callee, s.recv = m, x
	s.actuals = append([]ssa.Value{x}, s.args...)
	return true
}

// isAbstract reports whether a function is the method of an interface.
func isAbstract(fn *types.Func) bool {
	return fn != nil && fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type())
}

// concretes returns the values of other types that are known to be in an
// interface value.
func (e *engine) concretes(v ssa.Value) []ssa.Value {
	return e.concretesAt(v, nil)
}

// concretesAt is concretes for what lies at a path from v.
func (e *engine) concretesAt(v ssa.Value, p path) []ssa.Value {
	root, pre := e.walkUp(v, len(p) == 0)
	key := readKey{root: root, path: append(pre[:len(pre):len(pre)], p...).String()}
	if known, ok := e.concrete[key]; ok {
		return known
	}
	w := concreteWalk{e: e, seen: map[readKey]bool{}}
	w.visit(v, p, 0)
	e.concrete[key] = w.list
	return w.list
}

type concreteWalk struct {
	e    *engine
	seen map[readKey]bool // by root and path
	list []ssa.Value
}

// visit looks for what is at a path from v.
func (w *concreteWalk) visit(v ssa.Value, p path, depth int) {
	if depth > maxConcretes || len(w.list) >= maxTargets || len(w.seen) == maxVisits {
		return
	}
	root, pre := w.e.walkUp(v, len(p) == 0)
	p = append(pre[:len(pre):len(pre)], p...)
	key := readKey{root: root, path: p.String()}
	if len(p) > maxPath || w.seen[key] {
		return
	}
	w.seen[key] = true
	switch root := root.(type) {
	case *ssa.MakeInterface:
		if len(p) == 0 {
			w.list = append(w.list, root.X)
			return
		}
	case *ssa.Phi:
		for _, edge := range root.Edges {
			w.visit(edge, p, depth+1)
		}
	case *ssa.Call:
		w.results(root, 0, p, depth)
	case *ssa.Extract:
		if call, ok := root.Tuple.(*ssa.Call); ok {
			w.results(call, root.Index, p, depth)
		}
	}
	w.written(root, p, depth)
}

// written visits what is stored at a path of a root, or in the field that the
// path ends in.
func (w *concreteWalk) written(root ssa.Value, p path, depth int) {
	found := false
	if writes, _ := w.e.writesAt(root, p); len(writes) <= maxWrite {
		for _, x := range writes {
			found = true
			w.visit(x.val, nil, depth+1)
		}
	}
	for n := len(p) - 1; n >= 0 && !found; n-- {
		wholes, _ := w.e.writesAt(root, p[:n])
		for _, x := range wholes {
			found = true
			w.visit(x.val, p[n:], depth+1)
		}
	}
	if found || len(p) == 0 || p[len(p)-1].kind != hopField {
		return
	}
	stores := w.e.fields[p[len(p)-1].field]
	if len(stores) > maxWrite {
		return
	}
	for _, s := range w.e.visible(stores, root.Pos()) {
		w.visit(s.Val, nil, depth+1)
	}
}

// results visits what a function of this package returns.
func (w *concreteWalk) results(call *ssa.Call, index int, p path, depth int) {
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Blocks == nil || fn.Pkg != w.e.pkg {
		return
	}
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && index < len(r.Results) {
			w.visit(r.Results[index], p, depth+1)
		}
	}
}
