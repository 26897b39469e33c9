package synth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// typeOf returns the type of an expression, nil if the type checker has none.
func (l *learner) typeOf(e ast.Expr) types.Type {
	t := l.info.TypeOf(e)
	if t == nil || t.Underlying() == types.Typ[types.Invalid] {
		return nil
	}
	return t
}

// underlying returns the underlying type of an expression, nil if there is none.
func (l *learner) underlying(e ast.Expr) types.Type {
	if t := l.typeOf(e); t != nil {
		return t.Underlying()
	}
	return nil
}

// hole returns the hole that a term is, nil if it is none.
func asHole(t *term) *hole {
	if t == nil || t.kind != isHole {
		return nil
	}
	return t.hole.find()
}

// term returns what is known of the type of an expression, nil for nothing.
func (l *learner) term(e ast.Expr) *term {
	t := l.typeOf(e)
	if _, none := t.(*types.Tuple); t != nil && !none {
		return l.w.term(t)
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if obj := l.info.ObjectOf(e); obj != nil {
			return l.vars[obj]
		}
	case *ast.SelectorExpr:
		if base := l.base(e); base != nil {
			return asTerm(l.w.field(base, e.Sel.Name))
		}
	case *ast.CallExpr:
		if tv := l.info.Types[e.Fun]; tv.IsType() {
			return l.w.term(tv.Type)
		}
		if results := l.results(e, 1); len(results) > 0 {
			return of(results[0])
		}
	case *ast.IndexExpr:
		return l.element(e)
	case *ast.StarExpr:
		h := asHole(l.term(e.X))
		if h == nil {
			return nil
		}
		if h.under == nil {
			l.w.learn(h, &term{kind: isPointer, elem: of(l.w.newHole())})
		}
		if h.under != nil && h.under.kind == isPointer {
			return h.under.elem
		}
	case *ast.SliceExpr:
		return l.term(e.X)
	case *ast.UnaryExpr:
		return l.unary(e)
	case *ast.TypeAssertExpr:
		if e.Type != nil {
			return l.w.term(l.typeOf(e.Type))
		}
	}
	return nil
}

// unary returns what is known of the type of &x and <-x.
func (l *learner) unary(e *ast.UnaryExpr) *term {
	t := l.term(e.X)
	switch {
	case t == nil:
	case e.Op == token.AND:
		return &term{kind: isPointer, elem: t}
	case e.Op == token.ARROW:
		h := asHole(t)
		if h == nil {
			return nil
		}
		if h.under == nil && len(h.fields)+len(h.methods) == 0 {
			l.w.learn(h, &term{kind: isChan, elem: of(l.w.newHole())})
		}
		if h.under != nil && h.under.kind == isChan {
			return h.under.elem
		}
	}
	return nil
}

// asTerm returns the term of a hole, nil for none.
func asTerm(h *hole) *term {
	if h == nil {
		return nil
	}
	return of(h)
}

// base returns the hole that must have the member which a selector names, nil
// if the member is known or of something else.
func (l *learner) base(e *ast.SelectorExpr) *hole {
	if l.info.Selections[e] != nil || l.info.Uses[e.Sel] != nil || !e.Sel.IsExported() {
		return nil
	}
	if t := l.typeOf(e.X); t != nil {
		return l.embedded(t)
	}
	switch t := l.term(e.X); {
	case t == nil:
		return nil
	case t.kind == isPointer:
		return asHole(t.elem)
	default:
		return asHole(t)
	}
}

// embedded returns the hole of a type, or that of the type that it embeds, the
// least deep first.
func (l *learner) embedded(t types.Type) *hole {
	level := []types.Type{t}
	for range 4 {
		var next []types.Type
		for _, t := range level {
			if h := asHole(l.w.term(t)); h != nil {
				return h
			}
			if p, ok := types.Unalias(t).(*types.Pointer); ok {
				t = p.Elem()
				if h := asHole(l.w.term(t)); h != nil {
					return h
				}
			}
			switch u := t.Underlying().(type) {
			case *types.Struct:
				for f := range u.Fields() {
					if f.Embedded() {
						next = append(next, f.Type())
					}
				}
			case *types.Interface:
				next = slices.AppendSeq(next, u.EmbeddedTypes())
			}
		}
		level = next
	}
	return nil
}

// results returns the results of a call of something missing, at least n if
// there can be as many.
func (l *learner) results(call *ast.CallExpr, n int) []*hole {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	if c, ok := l.selected(fun, n); ok {
		if c == nil {
			return nil
		}
		l.spread(call, c)
		return c.results
	}
	h := asHole(l.term(fun))
	if h == nil {
		return nil
	}
	if m := l.w.called(h, n); m != nil {
		l.spreadValue(call, h)
		return m.results
	}
	return nil
}

// selected returns what a selector calls, with at least n results, and whether
// the selector decides it; the function is nil where it is not made up.
func (l *learner) selected(fun ast.Expr, n int) (*callee, bool) {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	if fn, ok := l.info.Uses[sel.Sel].(*types.Func); ok {
		return l.declared(fn, n), true
	}
	if base := l.base(sel); base != nil {
		return l.w.method(base, sel.Sel.Name, n), true
	}
	return nil, false
}

// declared returns a function or method that was made up in this round, with
// at least n results, nil for another one.
func (l *learner) declared(fn *types.Func, n int) *callee {
	if fn.Pkg() == nil {
		return nil
	}
	if recv := fn.Signature().Recv(); recv != nil {
		h := l.embedded(recv.Type())
		if h == nil || h.base() == nil || h.base().methods[fn.Name()] == nil {
			return nil
		}
		return l.w.method(h, fn.Name(), n)
	}
	m := l.w.packages[fn.Pkg().Path()]
	if m == nil || m.decls[fn.Name()] == nil || m.decls[fn.Name()].kind != isFunc {
		return nil
	}
	d := m.decls[fn.Name()]
	l.w.grow(&d.call.results, n)
	return &d.call
}

// spread learns from a list that is handed on with ... as the last argument.
func (l *learner) spread(call *ast.CallExpr, c *callee) {
	if c.isExact || c.rest != nil && c.fixed <= len(call.Args)-1 {
		return
	}
	if elem := l.spreadOf(call); elem != nil {
		c.rest, c.fixed, l.w.changed = elem, len(call.Args)-1, true
	}
}

// spreadValue does so for a call of a value of function type.
func (l *learner) spreadValue(call *ast.CallExpr, h *hole) {
	f := h.find().under
	if f.kind != isFunction || !f.variadic || f.params <= len(call.Args) && f.params > 1 {
		return
	}
	elem := l.spreadOf(call)
	if elem == nil {
		return
	}
	var parts []*term
	for range len(call.Args) - 1 {
		parts = append(parts, known(anyType()))
	}
	parts = append(parts, &term{kind: isSlice, elem: elem})
	f.parts, f.params, l.w.changed = append(parts, f.parts[f.params:]...), len(parts), true
}

// spreadOf returns what the list is made of that a call hands on with ...; nil
// if it is not known or there is none.
func (l *learner) spreadOf(call *ast.CallExpr) *term {
	if !call.Ellipsis.IsValid() {
		return nil
	}
	list := l.term(call.Args[len(call.Args)-1])
	if h := asHole(list); h != nil {
		list = h.under
	}
	if list != nil && list.kind == isKnown {
		list = l.w.opened(list)
	}
	if list == nil || list.kind != isSlice {
		return nil
	}
	return list.elem
}

// origin returns the hole that the type of an expression was taken from, even
// if it is known by now; nil if it was not made up.
func (l *learner) origin(e ast.Expr) *hole {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj := l.info.ObjectOf(e)
		if obj == nil {
			return nil
		}
		if h := l.origins[obj]; h != nil {
			return h.find()
		}
		if h := l.w.values[obj]; h != nil {
			return h.find()
		}
	case *ast.SelectorExpr:
		if h := l.w.values[l.info.Uses[e.Sel]]; h != nil {
			return h.find()
		}
	case *ast.CallExpr:
		if l.info.Types[e.Fun].IsType() {
			return nil
		}
		if results := l.results(e, 1); len(results) == 1 {
			return results[0].find()
		}
	case *ast.IndexExpr:
		if h := l.origin(e.X); h != nil && h.under != nil && h.under.kind != isKnown {
			return asHole(h.under.elem)
		}
	}
	return nil
}

// element returns what is known of an element of something that is indexed.
func (l *learner) element(e *ast.IndexExpr) *term {
	if l.info.Types[e.X].IsType() || l.info.Types[e.Index].IsType() {
		return nil // type arguments
	}
	t := l.term(e.X)
	h := asHole(t)
	if h != nil {
		if h.under == nil && len(h.fields)+len(h.methods) == 0 {
			l.w.learn(h, l.container())
		}
		t = h.under
	}
	if t == nil {
		return nil
	}
	switch t.kind {
	case isContainer, isMap, isSlice:
		if t.kind != isSlice {
			l.w.unify(t.key, l.term(e.Index))
		}
		return t.elem
	}
	return nil
}

// container returns the term of something that can be ranged over.
func (l *learner) container() *term {
	return &term{kind: isContainer, key: of(l.w.newHole()), elem: of(l.w.newHole())}
}
