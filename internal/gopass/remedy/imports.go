package remedy

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// imported returns the name that a package of the standard library has at a
// place of a file, with the edits that import it if the file does not yet. It
// reports whether nothing else has the name there.
func (s *site) imported(file *ast.File, pkg string, at token.Pos) (name string, edits []finding.Edit, ok bool) {
	name = path.Base(pkg)
	spec := importOf(file, pkg)
	if spec != nil && spec.Name != nil {
		if name = spec.Name.Name; name == "." || name == "_" {
			return "", nil, false
		}
	}
	scope := s.Pass.TypesInfo.Scopes[file]
	if scope == nil {
		return "", nil, false
	}
	if inner := scope.Innermost(at); inner != nil {
		scope = inner
	}
	_, obj := scope.LookupParent(name, token.NoPos)
	if spec != nil {
		used, isName := obj.(*types.PkgName)
		return name, nil, isName && used.Imported().Path() == pkg
	}
	return name, s.addImport(file, pkg), obj == nil
}

// importOf returns the import of a package by a file, nil if it has none.
func importOf(file *ast.File, pkg string) *ast.ImportSpec {
	for _, spec := range file.Imports {
		if spec.Path.Value == strconv.Quote(pkg) {
			return spec
		}
	}
	return nil
}

// addImport returns the edits that import a package of the standard library:
// among the others of its kind, in the order of their paths.
func (s *site) addImport(file *ast.File, pkg string) []finding.Edit {
	quoted := strconv.Quote(pkg)
	decl := importDecl(file)
	switch {
	case decl == nil:
		return []finding.Edit{s.insert(file.Name.End(), "\n\nimport "+quoted)}
	case !decl.Lparen.IsValid():
		spec := decl.Specs[0]
		return []finding.Edit{s.insert(spec.Pos(), "(\n\t"), s.insert(spec.End(), "\n\t"+quoted), s.insert(spec.End(), "\n)")}
	}
	var last ast.Spec
	for _, spec := range decl.Specs {
		value := spec.(*ast.ImportSpec).Path.Value
		if first, _, _ := strings.Cut(strings.Trim(value, `"`), "/"); strings.Contains(first, ".") {
			continue // of a module
		}
		if value > quoted {
			return []finding.Edit{s.insert(spec.Pos(), quoted+"\n\t")}
		}
		last = spec
	}
	if last == nil {
		return []finding.Edit{s.insert(decl.Lparen+1, "\n\t"+quoted+"\n")}
	}
	end := last.End()
	if comment := last.(*ast.ImportSpec).Comment; comment != nil {
		end = comment.End()
	}
	return []finding.Edit{s.insert(end, "\n\t"+quoted)}
}

// importDecl returns the first declaration of imports that is not cgo's, nil if
// there is none.
func importDecl(file *ast.File) *ast.GenDecl {
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT || len(gen.Specs) == 0 {
			continue
		}
		if spec, ok := gen.Specs[0].(*ast.ImportSpec); ok && spec.Path.Value != `"C"` {
			return gen
		}
	}
	return nil
}
