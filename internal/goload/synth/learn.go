package synth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Learn reads from a checked package what the missing ones must be like. It is
// to be called with the packages of one round only.
func (w *World) Learn(files []*ast.File, info *types.Info) {
	l := &learner{w: w, info: info, vars: map[types.Object]*term{}, origins: map[types.Object]*hole{}}
	for _, f := range files {
		inspectStack(f, l.visit)
	}
}

// learner reads one package.
type learner struct {
	w    *World
	info *types.Info
	// vars are what is known of variables that the type checker gave up on.
	vars map[types.Object]*term
	// origins are the holes that the types of variables were taken from.
	origins map[types.Object]*hole
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
		if n.Type != nil {
			l.asserted(n.X, n.Type)
		}
	case *ast.TypeSwitchStmt:
		l.typeSwitch(n)
	case *ast.InterfaceType:
		for _, f := range n.Methods.List {
			if h := asHole(l.w.term(l.typeOf(f.Type))); len(f.Names) == 0 && h != nil && h.name != "" && !h.isSettled && !h.modelled {
				h.isInterface, h.isSettled, l.w.changed = true, true, true // embedded
			}
		}
	}
}

// typeSwitch learns from a type switch.
func (l *learner) typeSwitch(n *ast.TypeSwitchStmt) {
	var x ast.Expr
	switch s := n.Assign.(type) {
	case *ast.ExprStmt:
		x = s.X
	case *ast.AssignStmt:
		x = s.Rhs[0]
	}
	assert, ok := ast.Unparen(x).(*ast.TypeAssertExpr)
	if !ok {
		return
	}
	var cases []ast.Expr
	for _, clause := range n.Body.List {
		cases = append(cases, clause.(*ast.CaseClause).List...)
	}
	l.asserted(assert.X, cases...)
}

// asserted learns from x.(T): x is an interface, whatever was learned of it
// before, and T, if there is one, implements it.
func (l *learner) asserted(x ast.Expr, targets ...ast.Expr) {
	if h := l.origin(x); h != nil && !h.isSettled && !h.modelled && (h.under == nil || !h.under.isInterface()) {
		h.under, h.isInterface, h.isSettled, l.w.changed = nil, true, true, true
	}
	iface := l.typeOf(x)
	if iface == nil || !types.IsInterface(iface) {
		return
	}
	for _, t := range targets {
		if target := l.typeOf(t); target != nil && !types.IsInterface(target) {
			if from := l.w.term(target); from != nil {
				l.implements(from, iface)
			} else if h := asHole(l.term(x)); h != nil && !h.modelled {
				l.implementedBy(h, target)
			}
		}
	}
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
		l.probably(h, t, true)
	}
}

// probably notes that a hole probably is a type.
func (l *learner) probably(h *hole, t types.Type, untyped bool) {
	if h.name != "" {
		l.force(h, t)
		return
	}
	if g := l.w.term(t); g != nil {
		l.w.weak = append(l.w.weak, guess{h, g, untyped})
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
	if h := asHole(l.term(e)); h != nil {
		l.w.last = append(l.w.last, guess{h, known(t), true})
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
		l.probably(h, types.Default(o), true)
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
