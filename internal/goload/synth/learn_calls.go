package synth

import (
	"go/ast"
	"go/token"
	"go/types"
)

// assignment learns from an assignment.
func (l *learner) assignment(n *ast.AssignStmt) {
	if len(n.Lhs) != len(n.Rhs) {
		l.unpack(n.Lhs, n.Rhs)
		return
	}
	for i, left := range n.Lhs {
		right := n.Rhs[i]
		switch n.Tok {
		case token.ASSIGN, token.DEFINE:
			l.put(left, right)
		case token.SHL_ASSIGN, token.SHR_ASSIGN:
			l.guess(left, types.Typ[types.Int])
		default:
			l.same(left, right)
			l.same(right, left)
		}
	}
}

// put learns from a value that is stored in a variable, field or element.
func (l *learner) put(left, right ast.Expr) {
	if id, ok := left.(*ast.Ident); ok {
		if id.Name == "_" {
			return
		}
		if obj := l.info.Defs[id]; obj != nil { // a new variable: it has the value's type
			t := l.term(right)
			l.vars[obj] = t
			l.origins[obj] = l.origin(right)
			l.named(id, t)
			return
		}
	}
	if t := l.typeOf(left); t != nil {
		l.assign(right, t)
		return
	}
	if slot := l.term(left); slot != nil {
		l.store(right, slot, nil)
	}
}

// named learns from the name of a variable: an error is called so.
func (l *learner) named(id *ast.Ident, t *term) {
	if h := asHole(t); h != nil && isErrorName(id.Name) && h.name == "" {
		l.w.learn(h, known(types.Universe.Lookup("error").Type()))
	}
}

// unpack learns from an assignment of several values that one expression gives.
func (l *learner) unpack(left, right []ast.Expr) {
	if len(right) != 1 {
		return
	}
	switch e := ast.Unparen(right[0]).(type) {
	case *ast.CallExpr:
		if tuple, ok := l.typeOf(e).(*types.Tuple); ok && tuple.Len() == len(left) {
			for i := range left {
				l.receiveType(left[i], tuple.At(i).Type())
			}
			return
		}
		for i, r := range l.results(e, len(left)) {
			if i < len(left) {
				l.receive(left[i], of(r))
			}
		}
	case *ast.IndexExpr: // v, ok := m[k]
		l.receive(left[0], l.element(e))
		if t := l.term(e.X); t != nil {
			if h := asHole(t); h != nil && h.under != nil && h.under.kind == isContainer {
				h.under.kind, l.w.changed = isMap, true
			}
		}
	case *ast.TypeAssertExpr:
		l.receive(left[0], l.term(e))
	}
}

// receiveType learns from a value of a type that is stored.
func (l *learner) receiveType(left ast.Expr, t types.Type) {
	value := l.w.term(t)
	if h := asHole(l.term(left)); h != nil && value != nil && value.kind == isKnown {
		l.probably(h, t, false)
		return
	}
	l.receive(left, value)
}

// receive learns from a value of which only a term is known that is stored.
func (l *learner) receive(left ast.Expr, value *term) {
	if value == nil {
		return
	}
	id, ok := left.(*ast.Ident)
	if ok && id.Name == "_" {
		return
	}
	if ok {
		if obj := l.info.Defs[id]; obj != nil {
			l.vars[obj] = value
			l.named(id, value)
			return
		}
	}
	if t := l.typeOf(left); t != nil {
		if types.IsInterface(t) {
			l.implements(value, t)
			return
		}
		l.w.unify(value, l.w.term(t))
	} else if slot := l.term(left); slot != nil {
		l.w.unify(value, slot)
	}
}

// variables learns from a declaration of variables.
func (l *learner) variables(n *ast.ValueSpec) {
	if n.Type != nil {
		for _, value := range n.Values {
			l.assign(value, l.typeOf(n.Type))
		}
		return
	}
	left := make([]ast.Expr, len(n.Names))
	for i, id := range n.Names {
		left[i] = id
	}
	if len(left) != len(n.Values) {
		l.unpack(left, n.Values)
		return
	}
	for i := range left {
		l.put(left[i], n.Values[i])
	}
}

// returned learns from the values that a function returns.
func (l *learner) returned(n *ast.ReturnStmt, stack []ast.Node) {
	sig := l.enclosing(stack)
	if sig == nil {
		return
	}
	want := sig.Results()
	if len(n.Results) == 1 && want.Len() > 1 {
		if call, ok := ast.Unparen(n.Results[0]).(*ast.CallExpr); ok {
			l.handedOn(call, want)
			for i, r := range l.results(call, want.Len()) {
				if i < want.Len() {
					l.deliver(of(r), want.At(i).Type())
				}
			}
		}
		return
	}
	for i, value := range n.Results {
		if i < want.Len() {
			l.assign(value, want.At(i).Type())
		}
	}
}

// handedOn learns from the results of a call that are returned all together.
func (l *learner) handedOn(call *ast.CallExpr, want *types.Tuple) {
	tuple, ok := l.typeOf(call).(*types.Tuple)
	if !ok || tuple.Len() != want.Len() {
		return
	}
	for i := range tuple.Len() {
		into, t := asHole(l.w.term(want.At(i).Type())), tuple.At(i).Type()
		if into == nil {
			continue
		}
		switch from := l.w.term(t); {
		case from == nil:
			l.implementedBy(into, t)
		case from.kind == isKnown:
			l.fill(into, t)
		}
	}
}

// deliver learns from a value of which only a term is known that is used where
// a type is wanted.
func (l *learner) deliver(value *term, slot types.Type) {
	if types.IsInterface(slot) {
		l.implements(value, slot)
		return
	}
	l.w.unify(value, l.w.term(slot))
}

// call learns from a call: from its arguments, and that there is something to call.
func (l *learner) call(n *ast.CallExpr, stack []ast.Node) {
	tv := l.info.Types[n.Fun]
	switch {
	case tv.IsType():
		l.conversion(n, tv.Type)
		return
	case tv.IsBuiltin():
		l.builtin(n)
		return
	}
	l.results(n, wantedResults(stack))
	sig, ok := l.underlying(n.Fun).(*types.Signature)
	if !ok {
		return
	}
	params := sig.Params()
	if len(n.Args) == 1 && params.Len() > 1 && !sig.Variadic() {
		if call, ok := ast.Unparen(n.Args[0]).(*ast.CallExpr); ok { // f(g())
			for i, r := range l.results(call, params.Len()) {
				if i < params.Len() {
					l.deliver(of(r), params.At(i).Type())
				}
			}
			return
		}
	}
	for i, arg := range n.Args {
		switch last := params.Len() - 1; {
		case i < last || i == last && (!sig.Variadic() || n.Ellipsis.IsValid() && len(n.Args) == params.Len()):
			l.assign(arg, params.At(i).Type())
		case sig.Variadic() && !n.Ellipsis.IsValid():
			if rest, ok := params.At(last).Type().(*types.Slice); ok {
				l.assign(arg, rest.Elem())
			}
		}
	}
}

// wantedResults returns how many results the statement around a call wants, 1
// within an expression.
func wantedResults(stack []ast.Node) int {
	switch p := stack[len(stack)-1].(type) {
	case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
		return 0
	case *ast.AssignStmt:
		if len(p.Rhs) == 1 {
			return len(p.Lhs)
		}
	case *ast.ValueSpec:
		if len(p.Values) == 1 {
			return len(p.Names)
		}
	case *ast.ReturnStmt:
		if len(p.Results) == 1 {
			return 0 // returned tells
		}
	case *ast.CallExpr:
		if len(p.Args) == 1 {
			return 0 // the other call tells
		}
	}
	return 1
}

// conversion learns from T(x).
func (l *learner) conversion(n *ast.CallExpr, to types.Type) {
	if len(n.Args) != 1 {
		return
	}
	from := l.typeOf(n.Args[0])
	if into := asHole(l.w.term(to)); into != nil && into.name != "" {
		switch {
		case from == nil || isNil(from):
		case isBasic(from):
			l.force(into, types.Default(from.Underlying()))
		case into.under == nil:
			l.w.learnUnder(into, l.w.term(from.Underlying()))
		}
		return
	}
	if isBasic(to) {
		l.guess(n.Args[0], to.Underlying())
	} else if s, ok := to.Underlying().(*types.Slice); ok && isBasic(s.Elem()) {
		l.guess(n.Args[0], types.Typ[types.String])
	} else if !types.IsInterface(to) {
		l.guess(n.Args[0], to)
	}
}

// isBasic reports whether the underlying type is a basic one.
func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// builtin learns from a call of a builtin function.
func (l *learner) builtin(n *ast.CallExpr) {
	id, ok := ast.Unparen(n.Fun).(*ast.Ident)
	if !ok || len(n.Args) == 0 {
		return
	}
	switch id.Name {
	case "append":
		l.appended(n)
	case "len", "cap":
		l.guessLast(n.Args[0], types.NewSlice(types.Typ[types.String]))
	case "delete":
		if len(n.Args) == 2 {
			l.element(&ast.IndexExpr{X: n.Args[0], Index: n.Args[1]})
		}
	case "copy":
		if len(n.Args) == 2 {
			l.same(n.Args[0], n.Args[1])
			l.same(n.Args[1], n.Args[0])
		}
	case "make":
		if h := asHole(l.w.term(l.typeOf(n.Args[0]))); h != nil && h.name != "" && h.under == nil {
			l.w.learnUnder(h, l.container())
		}
		for _, arg := range n.Args[1:] {
			l.is(arg, types.Typ[types.Int])
		}
	case "min", "max":
		for _, arg := range n.Args[1:] {
			l.same(arg, n.Args[0])
			l.same(n.Args[0], arg)
		}
	}
}

// appended learns from append(list, values...).
func (l *learner) appended(n *ast.CallExpr) {
	if h := asHole(l.term(n.Args[0])); h != nil && h.under == nil && h.name == "" {
		l.w.learn(h, &term{kind: isSlice, elem: of(l.w.newHole())})
	}
	if s, ok := l.underlying(n.Args[0]).(*types.Slice); ok {
		for _, arg := range n.Args[1:] {
			if n.Ellipsis.IsValid() {
				l.assign(arg, l.typeOf(n.Args[0]))
			} else {
				l.assign(arg, s.Elem())
			}
		}
		return
	}
	list := l.term(n.Args[0])
	if h := asHole(list); h != nil {
		list = h.under
	}
	if list == nil || list.kind != isSlice && list.kind != isContainer {
		return
	}
	for _, arg := range n.Args[1:] {
		if n.Ellipsis.IsValid() {
			l.w.unify(list, l.term(arg))
		} else {
			l.store(arg, list.elem, nil)
		}
	}
}

// literal learns from a composite literal.
func (l *learner) literal(n *ast.CompositeLit) {
	t := l.typeOf(n)
	if t == nil {
		return
	}
	if h := asHole(l.w.term(t)); h != nil && h.under == nil && len(n.Elts) > 0 {
		l.holeLiteral(n, h)
		return
	}
	for i, e := range n.Elts {
		key, value := ast.Expr(nil), e
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			key, value = kv.Key, kv.Value
		}
		switch u := t.Underlying().(type) {
		case *types.Struct:
			if id, ok := key.(*ast.Ident); ok {
				if f, ok := l.info.Uses[id].(*types.Var); ok {
					l.assign(value, f.Type())
				}
			} else if key == nil && i < u.NumFields() {
				l.assign(value, u.Field(i).Type())
			}
		case *types.Map:
			l.assign(key, u.Key())
			l.assign(value, u.Elem())
		case *types.Slice:
			l.assign(value, u.Elem())
		case *types.Array:
			l.assign(value, u.Elem())
		}
	}
}

// holeLiteral learns from a composite literal of a declared type that is missing.
func (l *learner) holeLiteral(n *ast.CompositeLit, h *hole) {
	for _, e := range n.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			l.elements(n, h)
			return
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok || !id.IsExported() {
			l.elements(n, h)
			return
		}
		f := l.w.field(h, id.Name)
		if f == nil {
			continue
		}
		if v, ok := l.info.Uses[id].(*types.Var); ok {
			l.assign(kv.Value, v.Type())
			continue
		}
		l.store(kv.Value, of(f), nil)
	}
}

// elements learns from a literal that lists elements: it is one of a slice or a map.
func (l *learner) elements(n *ast.CompositeLit, h *hole) {
	if len(h.fields) > 0 {
		return
	}
	c := &term{kind: isSlice, elem: of(l.w.newHole())}
	if _, ok := n.Elts[0].(*ast.KeyValueExpr); ok {
		c.kind, c.key = isMap, of(l.w.newHole())
	}
	if h.name == "" {
		l.w.learn(h, c)
	} else {
		l.w.learnUnder(h, c)
	}
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && c.key != nil {
			l.store(kv.Key, c.key, nil)
			e = kv.Value
		}
		l.store(e, c.elem, nil)
	}
}

// rangedHole learns that a hole can be ranged over.
func (l *learner) rangedHole(h *hole, n *ast.RangeStmt) {
	if h.under != nil || len(h.fields)+len(h.methods) > 0 {
		return
	}
	c := l.container()
	if n.Value == nil && hasMembers(n) { // no index has any
		c = &term{kind: isChan, dir: types.SendRecv, elem: of(l.w.newHole())}
	}
	if h.name == "" {
		l.w.learn(h, c)
		return
	}
	l.w.learnUnder(h, c)
}

// ranged learns from a range statement.
func (l *learner) ranged(n *ast.RangeStmt) {
	t := l.term(n.X)
	h := asHole(t)
	if h != nil {
		l.rangedHole(h, n)
		t = h.under
	}
	if t != nil && t.kind == isChan && n.Key != nil {
		l.receive(n.Key, t.elem)
	}
	if t == nil || t.kind != isContainer && t.kind != isMap && t.kind != isSlice {
		return
	}
	key := t.key
	if key == nil {
		key = known(types.Typ[types.Int])
	}
	if n.Key != nil {
		l.receive(n.Key, key)
	}
	if n.Value != nil {
		l.receive(n.Value, t.elem)
	}
}

// hasMembers reports whether fields or methods of the first iteration variable
// are used in the loop.
func hasMembers(n *ast.RangeStmt) bool {
	key, ok := n.Key.(*ast.Ident)
	if !ok || n.Tok != token.DEFINE {
		return false
	}
	found := false
	ast.Inspect(n.Body, func(inner ast.Node) bool {
		if sel, ok := inner.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == key.Name {
				found = true
			}
		}
		return !found
	})
	return found
}
