package synth

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Learn reads from a checked package what the missing ones must be like. It is
// to be called with the packages of one round only.
func (w *World) Learn(files []*ast.File, info *types.Info) {
	l := &learner{w: w, info: info, vars: map[types.Object]*term{}}
	for _, f := range files {
		inspectStack(f, l.visit)
	}
}

// Settle ends a round: guesses count where nothing better is known, and those
// of last resort once nothing else is learned. It reports whether anything was
// learned since the last call.
func (w *World) Settle() bool {
	w.apply(w.weak)
	w.findFluent()
	if !w.changed {
		w.apply(w.last)
	}
	w.weak, w.last = nil, nil
	changed := w.changed
	w.changed = false
	return changed
}

// apply makes use of guesses about holes of which nothing contradicts them.
func (w *World) apply(list []guess) {
	for _, g := range list {
		if h := g.hole.find(); h.name == "" && h.under == nil && !h.isInterface && g.term.hasMembers(h) {
			w.learn(h, g.term)
		}
	}
}

// findFluent finds methods that return their receiver, for calls one after the
// other: what they return has members that the receiver has.
func (w *World) findFluent() {
	for _, path := range slices.Sorted(maps.Keys(w.packages)) {
		decls := w.packages[path].decls
		for _, name := range slices.Sorted(maps.Keys(decls)) {
			d := decls[name]
			if h := d.hole.find(); d.kind == isType && h.name != "" && d.typeParams == 0 {
				w.findFluentOf(h)
			}
		}
	}
}

// findFluentOf does so for the methods of one type.
func (w *World) findFluentOf(h *hole) {
	for _, name := range slices.Sorted(maps.Keys(h.methods)) {
		m := h.methods[name]
		if m.exact != nil || len(m.results) != 1 {
			continue
		}
		r := m.results[0].find()
		if r.name != "" || r.under != nil || !w.sharesMember(r, h) {
			continue
		}
		w.learn(r, &term{kind: isPointer, elem: of(h)})
	}
}

// sharesMember reports whether a member of r is one of h, too.
func (w *World) sharesMember(r, h *hole) bool {
	for _, name := range slices.Concat(slices.Collect(maps.Keys(r.fields)), slices.Collect(maps.Keys(r.methods))) {
		if h.fields[name] != nil || h.methods[name] != nil {
			return true
		}
		if t := w.types[h]; t != nil { // of the model
			if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
				return true
			}
		}
	}
	return false
}

// hasMembers reports whether all that is known of a hole's members holds for
// the type as well.
func (t *term) hasMembers(h *hole) bool {
	if len(h.fields)+len(h.methods) == 0 {
		return true
	}
	if t.kind != isKnown {
		return false
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(h.fields)), slices.Collect(maps.Keys(h.methods))) {
		if obj, _, _ := types.LookupFieldOrMethod(t.known, true, nil, name); obj == nil {
			return false
		}
	}
	return true
}

// learner reads one package.
type learner struct {
	w    *World
	info *types.Info
	// vars are what is known of variables that the type checker gave up on.
	vars map[types.Object]*term
}

// visit learns from one node.
func (l *learner) visit(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		l.assignment(n)
	case *ast.ValueSpec:
		l.variables(n)
	case *ast.CallExpr:
		l.call(n, stack)
	case *ast.ReturnStmt:
		l.returned(n, stack)
	case *ast.SendStmt:
		if ch, ok := l.underlying(n.Chan).(*types.Chan); ok {
			l.assign(n.Value, ch.Elem())
		}
	case *ast.CompositeLit:
		l.literal(n)
	case *ast.IndexExpr:
		l.index(n)
	case *ast.RangeStmt:
		l.ranged(n)
	case *ast.SwitchStmt:
		l.switched(n)
	case *ast.SelectorExpr:
		if call, ok := stack[len(stack)-1].(*ast.CallExpr); !ok || call.Fun != n {
			l.term(n)
		}
	default:
		l.operation(n)
	}
}

// operation learns from operators and conditions.
func (l *learner) operation(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		l.binary(n)
	case *ast.UnaryExpr:
		switch n.Op {
		case token.NOT:
			l.is(n.X, types.Typ[types.Bool])
		case token.SUB, token.ADD, token.XOR:
			l.guess(n.X, types.Typ[types.Int])
		case token.ARROW:
			l.term(n)
		}
	case *ast.StarExpr:
		l.term(n)
	case *ast.SliceExpr:
		for _, e := range []ast.Expr{n.Low, n.High, n.Max} {
			l.is(e, types.Typ[types.Int])
		}
	case *ast.IncDecStmt:
		l.guess(n.X, types.Typ[types.Int])
	case *ast.IfStmt:
		l.is(n.Cond, types.Typ[types.Bool])
	case *ast.ForStmt:
		l.is(n.Cond, types.Typ[types.Bool])
	case *ast.TypeAssertExpr:
		if h := asHole(l.term(n.X)); h != nil && !h.isInterface && h.under == nil {
			h.isInterface, l.w.changed = true, true
		}
	}
}

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
			if s, ok := t.Underlying().(*types.Struct); ok {
				for f := range s.Fields() {
					if f.Embedded() {
						next = append(next, f.Type())
					}
				}
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
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		if fn, ok := l.info.Uses[sel.Sel].(*types.Func); ok {
			return l.declared(fn, n)
		}
		if base := l.base(sel); base != nil {
			if m := l.w.method(base, sel.Sel.Name, n); m != nil && m.exact == nil {
				return m.results
			}
			return nil
		}
	}
	h := asHole(l.term(fun))
	if h == nil {
		return nil
	}
	if m := l.w.called(h, n); m != nil {
		return m.results
	}
	return nil
}

// declared returns the results of a function or method that was made up in this round.
func (l *learner) declared(fn *types.Func, n int) []*hole {
	if fn.Pkg() == nil {
		return nil
	}
	if recv := fn.Signature().Recv(); recv != nil {
		h := l.embedded(recv.Type())
		if h == nil || h.base() == nil || h.base().methods[fn.Name()] == nil {
			return nil
		}
		if m := l.w.method(h, fn.Name(), n); m != nil && m.exact == nil {
			return m.results
		}
		return nil
	}
	m := l.w.packages[fn.Pkg().Path()]
	if m == nil || m.decls[fn.Name()] == nil || m.decls[fn.Name()].kind != isFunc {
		return nil
	}
	d := m.decls[fn.Name()]
	l.w.grow(&d.results, n)
	return d.results
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

// index learns from an index expression.
func (l *learner) index(e *ast.IndexExpr) {
	if l.info.Types[e.X].IsType() || l.info.Types[e.Index].IsType() {
		return // type arguments
	}
	switch u := l.underlying(e.X).(type) {
	case *types.Map:
		l.assign(e.Index, u.Key())
	case *types.Slice, *types.Array:
		l.is(e.Index, types.Typ[types.Int])
	}
	l.element(e)
}

// is notes that an expression has a type.
func (l *learner) is(e ast.Expr, t types.Type) {
	if e == nil {
		return
	}
	if h := asHole(l.term(e)); h != nil {
		l.force(h, t)
	}
}

// force makes a type the one of a hole, or the underlying one if it has a name.
func (l *learner) force(h *hole, t types.Type) {
	if h.name == "" {
		l.w.learn(h, l.w.term(t))
		return
	}
	if _, basic := t.Underlying().(*types.Basic); basic && h.under == nil && len(h.fields) == 0 {
		h.under = known(types.Default(t.Underlying()))
		l.w.changed = true
	}
}

// guess notes that an expression probably has a type.
func (l *learner) guess(e ast.Expr, t types.Type) {
	if h := asHole(l.term(e)); h != nil {
		l.probably(h, t)
	}
}

// probably notes that a hole probably is a type.
func (l *learner) probably(h *hole, t types.Type) {
	if h.name != "" {
		l.force(h, t)
		return
	}
	if g := l.w.term(t); g != nil {
		l.w.weak = append(l.w.weak, guess{h, g})
	}
}

// assign learns from a value that is stored where a type is wanted.
func (l *learner) assign(value ast.Expr, slot types.Type) {
	if slot == nil || slot.Underlying() == types.Typ[types.Invalid] {
		return
	}
	l.store(value, l.w.term(slot), slot)
}

// store does the same for a slot of which only a term is known.
func (l *learner) store(value ast.Expr, slot *term, slotType types.Type) {
	t := l.typeOf(value)
	into := asHole(slot)
	if isNil(t) {
		if into != nil && !into.isNilable {
			into.isNilable, l.w.changed = true, true
		}
		return
	}
	from := l.term(value)
	switch {
	case from == nil && into != nil && t != nil:
		l.implementedBy(into, t) // a type that the missing package cannot know
	case from == nil:
	case into != nil && from.kind == isKnown:
		l.fill(into, value, t)
	case slotType != nil && types.IsInterface(slotType):
		l.implements(from, slotType)
	case slot != nil:
		l.w.unify(from, slot)
	}
}

// fill learns from a value of a known type that is stored in a hole.
func (l *learner) fill(into *hole, value ast.Expr, t types.Type) {
	if tv := l.info.Types[value]; tv.Value != nil && isUntyped(t) || isUntyped(t) {
		l.probably(into, types.Default(t))
		return
	}
	if into.name == "" {
		l.probably(into, t)
		return
	}
	if _, named := types.Unalias(t).(*types.Named); named {
		if len(into.fields) == 0 {
			l.implementedBy(into, t)
		}
		return
	}
	l.w.learnUnder(into, l.w.term(t))
}

// implementedBy learns from a value of another declared type that is stored in
// a hole: it is an interface, and its methods are those of the type.
func (l *learner) implementedBy(into *hole, t types.Type) {
	if into.under != nil {
		return
	}
	if !into.isInterface {
		into.isInterface, l.w.changed = true, true
	}
	for _, name := range slices.Sorted(maps.Keys(into.methods)) {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		if m := into.methods[name]; ok && m.exact == nil && !l.w.hasUnknown(fn.Type()) {
			m.exact, l.w.changed = fn.Signature(), true
		}
	}
}

// isNil reports whether t is the type of nil.
func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// isUntyped reports whether t is the type of an untyped constant.
func isUntyped(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

// implements learns from a value that is used as an interface.
func (l *learner) implements(from *term, iface types.Type) {
	if from.kind == isPointer {
		from = from.elem
	}
	h := asHole(from)
	methods := iface.Underlying().(*types.Interface)
	if h == nil || methods.NumMethods() == 0 || l.w.hasUnknown(iface) {
		return
	}
	if h.name == "" {
		if types.Identical(iface, types.Universe.Lookup("error").Type()) {
			l.w.learn(h, known(iface))
			return
		}
		l.w.weak = append(l.w.weak, guess{h, known(iface)})
		if len(h.methods)+len(h.fields) == 0 || h.under != nil {
			return
		}
	}
	for f := range methods.Methods() {
		if !f.Exported() {
			return
		}
		if m := l.w.method(h, f.Name(), 0); m != nil && m.exact == nil {
			m.exact = f.Signature()
			l.w.changed = true
		}
	}
}

// binary learns from the operands of an operator.
func (l *learner) binary(n *ast.BinaryExpr) {
	switch n.Op {
	case token.LAND, token.LOR:
		l.is(n.X, types.Typ[types.Bool])
		l.is(n.Y, types.Typ[types.Bool])
	case token.SHL, token.SHR:
		l.guess(n.X, types.Typ[types.Int])
		l.guess(n.Y, types.Typ[types.Uint])
	default:
		l.same(n.X, n.Y)
		l.same(n.Y, n.X)
		if n.Op != token.EQL && n.Op != token.NEQ { // of numbers, most of the time
			l.guessLast(n.X, types.Typ[types.Int])
			l.guessLast(n.Y, types.Typ[types.Int])
		}
	}
}

// guessLast notes a type for an expression of which nothing else is learned.
func (l *learner) guessLast(e ast.Expr, t types.Type) {
	if h := asHole(l.term(e)); h != nil && h.name == "" {
		l.w.last = append(l.w.last, guess{h, known(t)})
	}
}

// same learns what e is from what it is compared with or added to.
func (l *learner) same(e, other ast.Expr) {
	t := l.term(e)
	h := asHole(t)
	if h == nil {
		return
	}
	switch o := l.typeOf(other); {
	case isNil(o):
		if !h.isNilable {
			h.isNilable, l.w.changed = true, true
		}
	case o != nil && isUntyped(o):
		l.probably(h, types.Default(o))
	default:
		l.w.unify(t, l.term(other))
	}
}

// switched learns from the cases of a switch.
func (l *learner) switched(n *ast.SwitchStmt) {
	for _, clause := range n.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			if n.Tag == nil {
				l.is(e, types.Typ[types.Bool])
				continue
			}
			l.same(n.Tag, e)
			l.same(e, n.Tag)
		}
	}
}

// isErrorName reports whether people call errors so.
func isErrorName(name string) bool {
	return name == "err" || strings.HasSuffix(name, "Err") || strings.HasPrefix(name, "err") && len(name) < 6
}

// enclosing returns the type of the function around a node, nil if it has none.
func (l *learner) enclosing(stack []ast.Node) *types.Signature {
	for _, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.FuncLit:
			sig, _ := l.typeOf(n).(*types.Signature)
			return sig
		case *ast.FuncDecl:
			if fn, ok := l.info.Defs[n.Name].(*types.Func); ok {
				return fn.Signature()
			}
			return nil
		}
	}
	return nil
}
