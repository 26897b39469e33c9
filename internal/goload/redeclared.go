package goload

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// removeRedeclared removes the declarations of names that the package declares
// already, as a copied file does, and reports whether there was any. The type
// checker makes no objects of them, and SSA cannot do without.
func (m *mender) removeRedeclared(info *types.Info) bool {
	changed := false
	isAgain := func(name *ast.Ident) bool { return name.Name != "_" && info.Defs[name] == nil }
	for _, f := range m.files {
		again := false
		f.Decls = slices.DeleteFunc(f.Decls, func(decl ast.Decl) bool {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv != nil || decl.Name.Name == "init" || !isAgain(decl.Name) {
					return false
				}
				if decl.Body != nil {
					m.dropped++
				}
				again = true
				return true
			case *ast.GenDecl:
				again = removeAgain(decl, isAgain) || again
				return len(decl.Specs) == 0 && decl.Tok == token.TYPE
			}
			return false
		})
		if again {
			m.touched[f], changed = true, true
		}
	}
	return changed
}

// removeAgain removes the types of a declaration that are declared already, and
// makes names of its constants and variables blank: iota counts those as well.
func removeAgain(decl *ast.GenDecl, isAgain func(*ast.Ident) bool) bool {
	again := false
	decl.Specs = slices.DeleteFunc(decl.Specs, func(spec ast.Spec) bool {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if isAgain(spec.Name) {
				again = true
				return true
			}
		case *ast.ValueSpec:
			for i, name := range spec.Names {
				if isAgain(name) {
					again = true
					spec.Names[i] = &ast.Ident{Name: "_", NamePos: name.NamePos}
				}
			}
		}
		return false
	})
	return again
}
