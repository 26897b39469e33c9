package goload

import (
	"errors"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// mender drops what does not type-check from the syntax of a package: bodies
// and initialisers first of all, but also types of fields and parameters, which
// become empty interfaces, so that as much as possible of the rest stays.
type mender struct {
	files   []*ast.File
	fset    *token.FileSet
	touched map[*ast.File]bool
	dropped int
}

func newMender(fset *token.FileSet, files []*ast.File) *mender {
	return &mender{files: files, fset: fset, touched: map[*ast.File]bool{}}
}

// bodies counts the function bodies.
func (m *mender) bodies() int {
	n := 0
	for _, f := range m.files {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				n++
			}
		}
	}
	return n
}

// untouched returns the names of the files that are as they were.
func (m *mender) untouched() []string {
	var names []string
	for _, f := range m.files {
		if !m.touched[f] {
			names = append(names, m.fset.Position(f.Name.Pos()).Filename)
		}
	}
	return names
}

// removeBad removes what the parser could not make sense of from files with
// syntax errors.
func (m *mender) removeBad(faulty map[*ast.File]bool) {
	for f := range faulty {
		m.touched[f] = true
		f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
			_, bad := d.(*ast.BadDecl)
			return bad
		})
		for _, decl := range slices.Clone(f.Decls) {
			for _, part := range outsideBodies(decl) {
				if at := badNode(part); at.IsValid() {
					m.drop(f, decl, at)
				}
			}
		}
	}
}

// badNode returns the position of a bad expression or statement, NoPos if there is none.
func badNode(root ast.Node) token.Pos {
	at := token.NoPos
	ast.Inspect(root, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BadExpr, *ast.BadStmt, *ast.BadDecl:
			if !at.IsValid() {
				at = n.Pos()
			}
		}
		return !at.IsValid()
	})
	return at
}

// dropErrors drops what the errors lie in and reports whether anything was.
func (m *mender) dropErrors(errs []types.Error) bool {
	changed := false
	for _, e := range errs {
		changed = m.dropAt(e.Pos) || changed
	}
	return changed
}

// dropAt drops what is at a position and reports whether anything was.
func (m *mender) dropAt(pos token.Pos) bool {
	for _, f := range m.files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		for _, decl := range f.Decls {
			if decl.Pos() <= pos && pos <= decl.End() {
				return m.drop(f, decl, pos)
			}
		}
	}
	return false
}

// drop drops the part of a declaration that is at a position.
func (m *mender) drop(f *ast.File, decl ast.Decl, pos token.Pos) bool {
	changed := false
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		changed = m.dropFromFunc(f, decl, pos)
	case *ast.GenDecl:
		changed = m.dropFromGen(decl, pos)
	}
	m.touched[f] = m.touched[f] || changed
	return changed
}

// dropFromFunc drops the body, or repairs the signature, of a function.
func (m *mender) dropFromFunc(f *ast.File, fn *ast.FuncDecl, pos token.Pos) bool {
	switch {
	case fn.Body != nil && fn.Body.Pos() <= pos && pos <= fn.Body.End():
		return m.dropBody(fn)
	case holds(fn.Type.Params, pos):
		return replaceField(fn.Type.Params, pos)
	case holds(fn.Type.Results, pos):
		return replaceField(fn.Type.Results, pos)
	case holds(fn.Type.TypeParams, pos):
		return replaceField(fn.Type.TypeParams, pos)
	}
	// The receiver or the name: declared twice, or a method of nothing.
	if fn.Body != nil {
		m.dropped++
	}
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool { return d == fn })
	return true
}

// dropBody makes a function one that is implemented elsewhere.
func (m *mender) dropBody(fn *ast.FuncDecl) bool {
	if fn.Body == nil || len(fn.Body.List) == 0 {
		return false
	}
	m.dropped++
	if fn.Recv == nil && (fn.Name.Name == "init" || fn.Name.Name == "main") {
		fn.Body.List = nil // these must have one
		return true
	}
	fn.Body = nil
	return true
}

// holds reports whether a position lies in a list of fields.
func holds(list *ast.FieldList, pos token.Pos) bool {
	return list != nil && list.Pos() <= pos && pos <= list.End()
}

// replaceField gives the field at a position the type of the empty interface.
func replaceField(list *ast.FieldList, pos token.Pos) bool {
	for _, field := range list.List {
		if pos < field.Pos() || field.End() < pos || isEmptyInterface(field.Type) {
			continue
		}
		if rest, ok := field.Type.(*ast.Ellipsis); ok && !isEmptyInterface(rest.Elt) {
			rest.Elt = emptyInterface(rest.Elt.Pos())
			return true
		}
		field.Type = emptyInterface(field.Type.Pos())
		return true
	}
	return false
}

// emptyInterface returns interface{} at a position.
func emptyInterface(pos token.Pos) *ast.InterfaceType {
	return &ast.InterfaceType{Interface: pos, Methods: &ast.FieldList{Opening: pos, Closing: pos}}
}

// isEmptyInterface reports whether the expression is interface{}.
func isEmptyInterface(e ast.Expr) bool {
	t, ok := e.(*ast.InterfaceType)
	return ok && len(t.Methods.List) == 0
}

// dropFromGen repairs a declaration of types, variables or constants.
func (m *mender) dropFromGen(decl *ast.GenDecl, pos token.Pos) bool {
	for _, spec := range decl.Specs {
		if pos < spec.Pos() || spec.End() < pos {
			continue
		}
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.Pos() <= pos && pos < spec.Name.End() {
				return dropTypeName(spec)
			}
			return dropFromType(spec, pos)
		case *ast.ValueSpec:
			return m.dropFromValue(decl.Tok, spec, pos)
		}
	}
	return false
}

// dropTypeName handles an error about the type as a whole: a type that holds
// itself becomes an empty struct; one declared twice loses the second declaration.
func dropTypeName(spec *ast.TypeSpec) bool {
	if s, ok := spec.Type.(*ast.StructType); ok && len(s.Fields.List) == 0 {
		spec.Name.Name = "_"
		return true
	}
	at := spec.Type.Pos()
	spec.Type = &ast.StructType{Struct: at, Fields: &ast.FieldList{Opening: at, Closing: at}}
	return true
}

// dropFromType repairs the type at a position: a field, a method, or all of it.
func dropFromType(spec *ast.TypeSpec, pos token.Pos) bool {
	if holds(spec.TypeParams, pos) {
		return replaceField(spec.TypeParams, pos)
	}
	var list *ast.FieldList
	switch t := spec.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	}
	if holds(list, pos) {
		for i, field := range list.List {
			if pos < field.Pos() || field.End() < pos {
				continue
			}
			if _, isFunc := field.Type.(*ast.FuncType); isFunc || len(field.Names) == 0 || isEmptyInterface(field.Type) {
				list.List = slices.Delete(list.List, i, i+1) // embedded, or a method
				return true
			}
			field.Type = emptyInterface(field.Type.Pos())
			return true
		}
	}
	if isEmptyInterface(spec.Type) {
		return false
	}
	spec.Type = emptyInterface(spec.Type.Pos())
	return true
}

// dropFromValue drops the initial values of variables, or the body of a
// function literal among them, and gives constants a harmless value.
func (m *mender) dropFromValue(tok token.Token, spec *ast.ValueSpec, pos token.Pos) bool {
	if tok == token.CONST {
		spec.Type = nil
		spec.Values = nil
		for range spec.Names {
			spec.Values = append(spec.Values, &ast.BasicLit{ValuePos: spec.Pos(), Kind: token.INT, Value: "0"})
		}
		m.dropped++
		return true
	}
	for _, name := range spec.Names {
		if name.Pos() <= pos && pos <= name.End() && name.Name != "_" && len(spec.Values) == 0 {
			name.Name = "_" // declared twice
			return true
		}
	}
	if spec.Type != nil && spec.Type.Pos() <= pos && pos <= spec.Type.End() && !isEmptyInterface(spec.Type) {
		spec.Type = emptyInterface(spec.Type.Pos())
		return true
	}
	if spec.Type == nil && len(spec.Values) > 0 {
		spec.Type = emptyInterface(spec.Pos()) // the values are patched
		return true
	}
	if len(spec.Values) == 0 {
		return false
	}
	spec.Values = nil
	if spec.Type == nil {
		spec.Type = emptyInterface(spec.Pos())
	}
	m.dropped++
	return true
}

// demoteConstants makes variables of the constants of a file whose values come
// from packages that are made up, whose constants have no values.
func demoteConstants(f *ast.File, isMadeUp func(name string) bool) {
	var demoted []ast.Decl
	f.Decls = slices.DeleteFunc(f.Decls, func(decl ast.Decl) bool {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST || len(gen.Specs) == 0 {
			return false
		}
		var kept []ast.Spec
		for i, spec := range gen.Specs {
			value := spec.(*ast.ValueSpec)
			if repeats := i+1 < len(gen.Specs) && len(gen.Specs[i+1].(*ast.ValueSpec).Values) == 0; repeats || !needs(value, isMadeUp) {
				kept = append(kept, spec)
				continue
			}
			demoted = append(demoted, &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}})
		}
		gen.Specs = kept
		return len(kept) == 0
	})
	f.Decls = append(f.Decls, demoted...)
}

// needs reports whether a value is taken from a package, and does not count.
func needs(spec *ast.ValueSpec, isMadeUp func(name string) bool) bool {
	found, counts := false, false
	for _, value := range spec.Values {
		ast.Inspect(value, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && isMadeUp(id.Name) {
					found = true
				}
			case *ast.Ident:
				counts = counts || n.Name == "iota"
			}
			return true
		})
	}
	return found && !counts
}

// dropInvalid drops what holds expressions of invalid type without an error of
// its own, but for bodies, and reports whether anything was.
func (m *mender) dropInvalid(info *types.Info) bool {
	changed := false
	for _, f := range m.files {
		for _, decl := range slices.Clone(f.Decls) {
			for _, part := range outsideBodies(decl) {
				if at := invalidNode(info, part); at.IsValid() && !m.isPatchable(info, at) {
					changed = m.drop(f, decl, at) || changed
				}
			}
		}
	}
	return changed
}

// outsideBodies returns the parts of a declaration that are no bodies.
func outsideBodies(decl ast.Decl) []ast.Node {
	var parts []ast.Node
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		parts = append(parts, decl.Type)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if _, ok := spec.(*ast.ImportSpec); !ok {
				parts = append(parts, spec)
			}
		}
	}
	return parts
}

// invalidNode returns the position of an expression or name without a valid
// type, NoPos if there is none.
func invalidNode(info *types.Info, root ast.Node) token.Pos {
	at := token.NoPos
	ast.Inspect(root, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && !at.IsValid() && !hasType(info, e) {
			at = e.Pos()
		}
		return !at.IsValid()
	})
	return at
}

// hasType reports whether the type checker knows the type of an expression: it
// leaves those out that it could not make sense of.
func hasType(info *types.Info, e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		v, ok := info.ObjectOf(e).(*types.Var)
		return !ok || !isInvalid(v.Type())
	case *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.IndexListExpr, *ast.StarExpr, *ast.BinaryExpr, *ast.UnaryExpr:
		tv, ok := info.Types[e]
		return ok && !isInvalid(tv.Type)
	}
	return true
}

// isInvalid reports whether t is the type of what does not type-check.
func isInvalid(t types.Type) bool {
	return t != nil && types.Unalias(t).Underlying() == types.Typ[types.Invalid]
}

// dropAll drops every body and every initialiser.
func (m *mender) dropAll() {
	for _, f := range m.files {
		m.touched[f] = true
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				m.dropBody(decl)
			case *ast.GenDecl:
				if decl.Tok != token.VAR {
					continue
				}
				for _, spec := range decl.Specs {
					if value := spec.(*ast.ValueSpec); len(value.Values) > 0 {
						m.dropFromValue(token.VAR, value, value.Values[0].Pos())
					}
				}
			}
		}
	}
}

// syntaxError returns the place and a message, fit to be shown, of a parser's error.
func syntaxError(err error) (token.Position, string) {
	if list, ok := errors.AsType[scanner.ErrorList](err); ok && len(list) > 0 {
		message := CodeMessage(list[0].Msg, "syntax error")
		if strings.HasPrefix(list[0].Msg, "illegal UTF-8") { // the digit is no literal
			message = "illegal UTF-8 encoding"
		}
		return list[0].Pos, message
	}
	return token.Position{}, "syntax error"
}
