package remedy

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/authlint/authlint/internal/finding"
)

// helperName is the function that stands in for a look-up where no error can be
// returned.
const helperName = "requiredEnv"

// The bodies of the helper: a program ends, a package panics, as it cannot know
// what its program wants.
const (
	helperText = `

// ` + helperName + ` returns the value of a variable of the environment. %s
// without it: there is nothing to fall back to.
func ` + helperName + `(name string) string {
	value, ok := %s.LookupEnv(name)
	if !ok || value == "" {
		%s
	}
	return value
}
`
	endProgram = `%s.Fatalf("environment variable %%s is not set", name)`
	endPackage = `panic("environment variable " + name + " is not set")`
)

// helper returns a call of the helper, with the edits that add it to the package
// if that has none.
func (s *site) helper(name string) (expr string, edits []finding.Edit, ok bool) {
	expr = fmt.Sprintf("%s(%q)", helperName, name)
	if scope := s.Pass.TypesInfo.Scopes[s.file]; scope != nil {
		inner := scope.Innermost(s.pos)
		if inner == nil {
			inner = scope
		}
		if _, obj := inner.LookupParent(helperName, token.NoPos); obj != nil {
			return expr, nil, isHelper(s.Pass.Pkg, obj)
		}
	}
	home := s.home()
	osName, edits, ok := s.imported(home, "os", home.Name.Pos())
	if !ok {
		return "", nil, false
	}
	text := fmt.Sprintf(helperText, "It panics", osName, endPackage)
	if s.Pass.Pkg.Name() == "main" {
		logName, more, ok := s.imported(home, "log", home.Name.Pos())
		if !ok || !isStandardLog(home, logName) {
			return "", nil, false
		}
		edits = append(edits, more...)
		text = fmt.Sprintf(helperText, "The program ends", osName, fmt.Sprintf(endProgram, logName))
	}
	return expr, append(edits, s.insert(home.FileEnd, text)), true
}

// isStandardLog reports whether no other import of the file would have the name.
func isStandardLog(file *ast.File, name string) bool {
	spec := importOf(file, "log")
	return spec != nil || name == "log"
}

// isHelper reports whether something that has the helper's name does its work.
func isHelper(pkg *types.Package, obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	if !ok || fn.Pkg() != pkg {
		return false
	}
	text := types.NewTuple(types.NewVar(token.NoPos, nil, "", types.Typ[types.String]))
	return types.Identical(fn.Signature(), types.NewSignatureType(nil, nil, nil, text, text, false))
}
