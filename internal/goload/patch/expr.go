package patch

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// fix returns what an expression becomes where a type is wanted: itself, itself
// with its type changed by an assertion, or a value of which nothing is known.
func (p *Patcher) fix(e ast.Expr, want types.Type) ast.Expr {
	if isInvalid(want) {
		panic(unfit{})
	}
	if !p.isTainted(e) {
		if t := p.typeOf(e); t != nil && types.AssignableTo(t, want) {
			return e
		}
	}
	e = p.inner(e)
	if !p.isSound(e) || !p.isValue(e) {
		if p.isNil(e) && types.AssignableTo(types.Typ[types.UntypedNil], want) {
			return e
		}
		return p.opaque(want, e.Pos())
	}
	t := p.typeOf(e)
	if types.AssignableTo(t, want) {
		return e
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return p.opaque(want, e.Pos())
	}
	return p.assertion(e, t, want)
}

// isNil reports whether an expression is nil itself.
func (p *Patcher) isNil(e ast.Expr) bool { return p.info.Types[e].IsNil() }

// inner returns an expression with its parts repaired.
func (p *Patcher) inner(e ast.Expr) ast.Expr {
	if e == nil || p.made[e] || !p.isTainted(e) {
		return e
	}
	defer p.descend()()
	switch e := e.(type) {
	case *ast.ParenExpr:
		e.X = p.inner(e.X)
	case *ast.CallExpr:
		p.call(e)
	case *ast.FuncLit:
		sig, ok := p.typeOf(e).(*types.Signature)
		if !ok {
			p.broken[e] = true
			break
		}
		p.function(e.Body, sig)
	case *ast.CompositeLit:
		p.literal(e)
	case *ast.KeyValueExpr:
		e.Value = p.inner(e.Value)
	case *ast.UnaryExpr:
		e.X = p.inner(e.X)
	case *ast.StarExpr:
		e.X = p.inner(e.X)
	case *ast.SelectorExpr:
		e.X = p.inner(e.X)
	case *ast.BinaryExpr:
		e.X, e.Y = p.inner(e.X), p.inner(e.Y)
	case *ast.IndexExpr:
		e.X, e.Index = p.inner(e.X), p.inner(e.Index)
	case *ast.SliceExpr:
		e.X = p.inner(e.X)
	case *ast.TypeAssertExpr:
		e.X = p.inner(e.X)
	}
	return e
}

// call repairs the arguments of a call.
func (p *Patcher) call(e *ast.CallExpr) {
	fun := p.info.Types[e.Fun]
	if fun.IsType() || fun.IsBuiltin() {
		for i, arg := range e.Args {
			if !p.info.Types[arg].IsType() {
				e.Args[i] = p.inner(arg)
			}
		}
		return
	}
	e.Fun = p.inner(e.Fun)
	sig, ok := underlying(p.typeOf(e.Fun)).(*types.Signature)
	if !ok || !p.isSound(e.Fun) || sig.TypeParams().Len() > 0 {
		p.broken[e] = true
		return
	}
	if len(e.Args) == 1 && sig.Params().Len() > 1 {
		e.Args[0] = p.inner(e.Args[0])
		if tuple, ok := p.typeOf(e.Args[0]).(*types.Tuple); ok {
			p.broken[e] = !p.fits(tuple, sig.Params(), sig.Variadic())
			return
		}
	}
	p.arguments(e, sig)
	if t := p.typeOf(e); (t == nil || isInvalid(t)) && sig.Results().Len() == 1 && !p.broken[e] {
		value := p.opaque(sig.Results().At(0).Type(), e.Pos())
		p.info.Types[e] = p.info.Types[value]
	}
}

// arguments fits the arguments of a call to the parameters.
func (p *Patcher) arguments(e *ast.CallExpr, sig *types.Signature) {
	params := sig.Params()
	last := params.Len() - 1
	spread := e.Ellipsis.IsValid()
	if min := params.Len(); !sig.Variadic() && len(e.Args) != min || sig.Variadic() && (len(e.Args) < last || spread && len(e.Args) != min) {
		p.broken[e] = true
		return
	}
	for i, arg := range e.Args {
		want := params.At(min(i, last)).Type()
		if sig.Variadic() && i >= last && !spread {
			rest, ok := want.(*types.Slice)
			if !ok {
				p.broken[e] = true
				return
			}
			want = rest.Elem()
		}
		e.Args[i] = p.fix(arg, want)
	}
}

// literal fits the elements of a composite literal to its type; fields that the
// type does not have go.
func (p *Patcher) literal(e *ast.CompositeLit) {
	switch t := underlying(deref(p.typeOf(e))).(type) {
	case *types.Struct:
		p.fields(e, t)
	case *types.Slice:
		p.elements(e, nil, t.Elem())
	case *types.Array:
		p.elements(e, nil, t.Elem())
	case *types.Map:
		p.elements(e, t.Key(), t.Elem())
	default:
		p.broken[e] = true
	}
}

// fields fits the fields of a struct literal.
func (p *Patcher) fields(e *ast.CompositeLit, t *types.Struct) {
	byName := map[string]*types.Var{}
	for f := range t.Fields() {
		byName[f.Name()] = f
	}
	var kept []ast.Expr
	for i, element := range e.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			if len(e.Elts) != t.NumFields() {
				p.broken[e] = true
				return
			}
			kept = append(kept, p.fix(element, t.Field(i).Type()))
			continue
		}
		name, ok := pair.Key.(*ast.Ident)
		if !ok || byName[name.Name] == nil || isInvalid(byName[name.Name].Type()) {
			continue
		}
		pair.Value = p.element(pair.Value, byName[name.Name].Type())
		kept = append(kept, pair)
	}
	e.Elts = kept
}

// element fits a value to the type of a field or element.
func (p *Patcher) element(value ast.Expr, want types.Type) ast.Expr {
	if lit, ok := value.(*ast.CompositeLit); ok && lit.Type == nil { // the type is left out
		value = p.inner(value)
		if p.isSound(value) {
			return value
		}
		return p.opaque(want, value.Pos())
	}
	return p.fix(value, want)
}

// elements fits the elements of a list or map literal.
func (p *Patcher) elements(e *ast.CompositeLit, key, want types.Type) {
	for i, element := range e.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			e.Elts[i] = p.element(element, want)
			continue
		}
		if key != nil {
			pair.Key = p.element(pair.Key, key)
		}
		pair.Value = p.element(pair.Value, want)
	}
}

// opaque returns an expression of a type of which nothing is known: what comes
// out of a channel.
func (p *Patcher) opaque(t types.Type, at token.Pos) ast.Expr {
	e := &ast.UnaryExpr{OpPos: at, Op: token.ARROW, X: &ast.CallExpr{
		Fun:    &ast.ParenExpr{Lparen: at, X: &ast.ChanType{Begin: at, Dir: ast.SEND | ast.RECV, Value: ident("T", at)}, Rparen: at},
		Lparen: at, Args: []ast.Expr{ident("nil", at)}, Rparen: at,
	}}
	p.check(e, t, nil)
	return e
}

// assertion returns an expression of a type whose value another one, of type
// from, has.
func (p *Patcher) assertion(value ast.Expr, from, to types.Type) ast.Expr {
	at := value.Pos()
	wide := &ast.CallExpr{Fun: ident("any", at), Lparen: at, Args: []ast.Expr{ident("x", at)}, Rparen: value.End()}
	e := &ast.TypeAssertExpr{X: wide, Lparen: at, Type: ident("T", at), Rparen: value.End()}
	p.check(e, to, from)
	wide.Args[0] = value
	return e
}

// check enters an expression in which T stands for a type, and x for a value,
// into the tables.
func (p *Patcher) check(e ast.Expr, t, x types.Type) {
	if t == nil || isInvalid(t) {
		panic(unfit{})
	}
	scope := types.NewPackage("patch", "patch")
	scope.Scope().Insert(types.NewTypeName(token.NoPos, scope, "T", t))
	if x != nil {
		scope.Scope().Insert(types.NewVar(token.NoPos, scope, "x", x))
	}
	if err := types.CheckExpr(p.fset, scope, token.NoPos, e, p.info); err != nil {
		panic(unfit{})
	}
	p.made[e] = true
}

func ident(name string, at token.Pos) *ast.Ident { return &ast.Ident{NamePos: at, Name: name} }

// typeOf returns the type of an expression, nil if there is none.
func (p *Patcher) typeOf(e ast.Expr) types.Type {
	if e == nil {
		return nil
	}
	return p.info.TypeOf(e)
}

// isSound reports whether an expression has types through and through.
func (p *Patcher) isSound(root ast.Expr) bool {
	if p.made[root] {
		return true
	}
	sound := true
	p.visit(root, func(e ast.Expr) bool {
		if p.broken[e] || !p.hasType(e) {
			sound = false
		}
		_, isLiteral := e.(*ast.FuncLit) // its body has been repaired
		return sound && !isLiteral && !p.made[e]
	})
	return sound
}

// visit calls see for the expressions below a node that have types; where it
// returns false, the parts of the expression are left out.
func (p *Patcher) visit(root ast.Node, see func(ast.Expr) bool) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if see(n) {
				if id, ok := n.X.(*ast.Ident); !ok || !p.isPackage(id) {
					p.visit(n.X, see)
				}
			}
			return false
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); !ok || !p.isField(id) {
				p.visit(n.Key, see)
			}
			p.visit(n.Value, see)
			return false
		case *ast.BranchStmt:
			return false
		case *ast.LabeledStmt:
			p.visit(n.Stmt, see)
			return false
		case *ast.Field:
			p.visit(n.Type, see)
			return false
		case *ast.CompositeLit:
			return see(n)
		case ast.Expr:
			return see(n)
		}
		return true
	})
}

// isPackage reports whether a name is that of an imported package.
func (p *Patcher) isPackage(id *ast.Ident) bool {
	_, ok := p.info.Uses[id].(*types.PkgName)
	return ok
}

// isField reports whether a key is the name of a field, or of nothing.
func (p *Patcher) isField(id *ast.Ident) bool {
	v, ok := p.info.Uses[id].(*types.Var)
	return p.info.Uses[id] == nil || ok && v.IsField()
}

// hasType reports whether the type checker has a type for an expression.
func (p *Patcher) hasType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BadExpr:
		return false
	case *ast.Ident:
		if e.Name == "_" {
			return true
		}
		if _, isDefined := p.info.Defs[e]; !isDefined && p.info.Uses[e] == nil {
			return false
		}
		v, ok := p.info.ObjectOf(e).(*types.Var)
		return !ok || !isInvalid(v.Type())
	case *ast.SelectorExpr:
		if id, ok := e.X.(*ast.Ident); ok && p.isPackage(id) && p.info.Uses[e.Sel] == nil {
			return false
		}
	case *ast.TypeAssertExpr:
		if e.Type == nil {
			return true // of a type switch
		}
	case *ast.Ellipsis, *ast.KeyValueExpr:
		return true
	}
	tv, ok := p.info.Types[e]
	return ok && tv.Type != nil && !isInvalid(tv.Type) || ok && (tv.IsVoid() || tv.IsBuiltin())
}

// isInvalid reports whether a type is, or is made of, one that does not type-check.
func isInvalid(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case nil:
		return true
	case *types.Basic:
		return t.Kind() == types.Invalid
	case *types.Named:
		return isBasicInvalid(t.Underlying()) || slices.ContainsFunc(slices.Collect(t.TypeArgs().Types()), isInvalid)
	case *types.Pointer:
		return isInvalid(t.Elem())
	case *types.Slice:
		return isInvalid(t.Elem())
	case *types.Array:
		return isInvalid(t.Elem())
	case *types.Chan:
		return isInvalid(t.Elem())
	case *types.Map:
		return isInvalid(t.Key()) || isInvalid(t.Elem())
	case *types.Tuple:
		return slices.ContainsFunc(slices.Collect(t.Variables()), func(v *types.Var) bool { return isInvalid(v.Type()) })
	case *types.Signature:
		return isInvalid(t.Params()) || isInvalid(t.Results())
	}
	return false
}

func isBasicInvalid(t types.Type) bool { return t == types.Typ[types.Invalid] }

// underlying returns the underlying type, nil of none.
func underlying(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

// deref returns what a pointer points to, other types as they are.
func deref(t types.Type) types.Type {
	if ptr, ok := underlying(t).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}
