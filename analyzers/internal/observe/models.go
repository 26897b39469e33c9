package observe

import (
	"go/ast"
	"go/types"

	"github.com/authlint/authlint/rules"
)

// Callee returns the function or method that a call names, nil for a call of a
// function value.
func (p *Pass) Callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	var id *ast.Ident
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := p.TypesInfo.Uses[id].(*types.Func)
	return fn
}

// Directives returns what the models say of a function.
func (p *Pass) Directives(fn *types.Func) []rules.Directive {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	path := fn.Pkg().Path()
	m, known := p.models[path]
	if !known {
		m, _ = p.Catalogue.Model(path) // a path without a model has none
		p.models[path] = m
	}
	if m == nil {
		return nil
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if pointer, ok := t.(*types.Pointer); ok {
			t = types.Unalias(pointer.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	return m.Decls[name]
}
