// Package goexpr reads what the syntax of a Go expression says by itself: the
// name that it ends in, the identifier behind a qualifier, a comparison read
// from the other side.
package goexpr

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// Name returns the last name of an expression: that of a variable, a field or a
// function called, the key of an element that is a literal, the operand of a
// conversion. It is empty if there is none.
func Name(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return Name(e.X)
	case *ast.UnaryExpr:
		return Name(e.X)
	case *ast.CallExpr:
		if _, conversion := ast.Unparen(e.Fun).(*ast.ArrayType); conversion && len(e.Args) == 1 {
			return Name(e.Args[0])
		}
		return Name(e.Fun)
	case *ast.IndexExpr:
		if lit, ok := e.Index.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(lit.Value, token.STRING, 0))
		}
		return Name(e.X)
	case *ast.IndexListExpr:
		return Name(e.X)
	}
	return ""
}

// Ident returns the identifier that an expression is, qualified or not, or nil.
func Ident(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}

// TypeName returns the name of the type of an expression, or of what it points
// to; empty for types without a name.
func TypeName(info *types.Info, e ast.Expr) string {
	t := info.TypeOf(e)
	if t == nil {
		return ""
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// Mirror returns the operator of a comparison whose sides are swapped.
func Mirror(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.GTR:
		return token.LSS
	case token.LEQ:
		return token.GEQ
	case token.GEQ:
		return token.LEQ
	}
	return op
}
