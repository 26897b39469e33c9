package goload

import (
	"go/ast"
	"go/token"
	"strconv"
)

// maxTable bounds the numbers that a table keeps. A generated table of a
// million numbers costs a gigabyte as types and SSA, and none of them is a
// text: the type checker needs to know the length alone.
const maxTable = 256

// shortenTables leaves of long tables of numbers in package variables the last
// element, at its index, so that the type and the length are what they were.
func shortenTables(file *ast.File) {
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		ast.Inspect(g, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CompositeLit:
				return !shorten(n)
			}
			return true
		})
	}
}

// shorten shortens one literal of an array or slice, if it is a long table.
func shorten(table *ast.CompositeLit) bool {
	if _, ok := table.Type.(*ast.ArrayType); !ok || len(table.Elts) <= maxTable {
		return false
	}
	index, last := 0, 0
	var kept ast.Expr
	for _, element := range table.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			key, ok := pair.Key.(*ast.BasicLit)
			if !ok {
				return false
			}
			given, err := strconv.ParseInt(key.Value, 0, 32)
			if err != nil {
				return false
			}
			index, element = int(given), pair.Value
		}
		if !isNumeric(element) {
			return false
		}
		if index >= last {
			last, kept = index, element
		}
		index++
	}
	key := &ast.BasicLit{ValuePos: kept.Pos(), Kind: token.INT, Value: strconv.Itoa(last)}
	table.Elts = []ast.Expr{&ast.KeyValueExpr{Key: key, Colon: kept.Pos(), Value: kept}}
	return true
}

// isNumeric reports whether an element is written as a number, or as a list or
// struct of numbers whose type, if it has one, is of the same package: no import
// is for it alone. The parser bounds how deep literals lie in each other.
func isNumeric(element ast.Expr) bool {
	switch e := element.(type) {
	case *ast.BasicLit:
		return e.Kind != token.STRING
	case *ast.UnaryExpr:
		return e.Op == token.SUB && isNumeric(e.X)
	case *ast.CompositeLit:
		if _, local := e.Type.(*ast.Ident); e.Type != nil && !local {
			return false
		}
		for _, inner := range e.Elts {
			if pair, ok := inner.(*ast.KeyValueExpr); ok {
				if _, named := pair.Key.(*ast.Ident); !named {
					return false
				}
				inner = pair.Value
			}
			if !isNumeric(inner) {
				return false
			}
		}
		return true
	}
	return false
}
