package remedy

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/authlint/authlint/internal/shape"
)

// mayStop reports whether the program may end at the place for want of a
// variable, where no error can be returned: while it starts, in what is made to
// stop, and, if the variable is only no longer optional, where settings are
// read. Elsewhere it would end in the middle of its work, because of a variable
// that nobody knows of.
func (s *site) mayStop() bool {
	isMain := s.Pass.Pkg.Name() == "main"
	i := s.function()
	if i < 0 {
		return isMain
	}
	fn, ok := s.path[i].(*ast.FuncDecl)
	switch {
	case !ok || !isMain && fn.Recv == nil && fn.Name.Name == "init":
		return false
	case shape.HasWord(fn.Name.Name, "must"):
		return true
	case s.remedy.To != "" && (s.readsSettings(fn) || s.stops(fn)):
		return true
	}
	return isMain && s.isStartup(fn, map[*ast.FuncDecl]bool{})
}

// readsSettings reports whether a function reads settings, by its name or that of
// its package.
func (s *site) readsSettings(fn *ast.FuncDecl) bool {
	return slices.ContainsFunc([]string{fn.Name.Name, s.Pass.Pkg.Name()}, func(name string) bool {
		return shape.HasWord(name, "config", "configs", "configuration", "conf", "cfg", "settings", "env", "environment", "load")
	})
}

// stops reports whether a function ends the program by itself.
func (s *site) stops(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !found
		}
		switch obj := s.object(call.Fun).(type) {
		case *types.Builtin:
			found = found || obj.Name() == "panic"
		case *types.Func:
			found = found || strings.HasPrefix(obj.Name(), "Fatal") || obj.FullName() == "os.Exit"
		}
		return !found
	})
	return found
}

// isStartup reports whether a function runs only once while the program starts:
// main, and what only such functions call, neither again and again nor beside
// the rest.
func (s *site) isStartup(fn *ast.FuncDecl, seen map[*ast.FuncDecl]bool) bool {
	if fn.Recv == nil && (fn.Name.Name == "main" || fn.Name.Name == "init") {
		return true
	}
	obj := s.Pass.TypesInfo.Defs[fn.Name]
	if obj == nil || seen[fn] {
		return false
	}
	seen[fn] = true
	called := false
	for id, used := range s.Pass.TypesInfo.Uses {
		if used != obj {
			continue
		}
		caller, ok := s.callerOf(id)
		if !ok || !s.isStartup(caller, seen) {
			return false
		}
		called = true
	}
	return called
}

// callerOf returns the function that calls what a name stands for, right there
// and once.
func (s *site) callerOf(id *ast.Ident) (*ast.FuncDecl, bool) {
	for _, file := range s.Pass.Files {
		if id.Pos() < file.FileStart || file.FileEnd < id.End() {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(file, id.Pos(), id.End())
		call := 1
		if len(path) > 1 {
			if _, ok := path[1].(*ast.SelectorExpr); ok {
				call = 2
			}
		}
		if len(path) <= call {
			return nil, false
		}
		if n, ok := path[call].(*ast.CallExpr); !ok || n.Fun != path[call-1] {
			return nil, false
		}
		for _, n := range path[call:] {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.GoStmt, *ast.ForStmt, *ast.RangeStmt:
				return nil, false
			case *ast.FuncDecl:
				return n, true
			}
		}
	}
	return nil, false
}
