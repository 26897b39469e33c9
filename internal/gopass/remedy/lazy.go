package remedy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/authlint/authlint/internal/finding"
)

// maxUses is how many uses of a package's name a fix may change.
const maxUses = 20

// lazily returns the edits for a name of a package that is a literal and that
// nothing else is ever put into: the declaration goes, and the variable of the
// environment is read where the name was used. Read where the name is declared,
// it would end every program and every test that only imports the package.
func (s *site) lazily(decl *ast.GenDecl, spec *ast.ValueSpec, name string) ([]finding.Edit, bool) {
	obj := s.Pass.TypesInfo.Defs[spec.Names[0]]
	if obj == nil || obj.Type() == nil {
		return nil, false
	}
	wrap, ok := s.conversion(obj)
	if !ok {
		return nil, false
	}
	uses, ok := s.usesOf(obj)
	if !ok || len(uses) == 0 || len(uses) > maxUses {
		return nil, false
	}
	edits := []finding.Edit{s.remove(decl, spec)}
	read := map[ast.Node][]*site{}
	var order []ast.Node
	for _, use := range uses {
		fn := use.failing()
		if fn == nil || use.isShadowed(fn, obj) {
			expr, more, ok := use.helper(name)
			if !ok || !use.mayStop() {
				return nil, false
			}
			edits = append(append(edits, more...), use.replace(use.pos, use.end, wrap(expr)))
			continue
		}
		if text := wrap(obj.Name()); text != obj.Name() && !use.isMadeText() {
			edits = append(edits, use.replace(use.pos, use.end, text))
		}
		if _, known := read[fn]; !known {
			order = append(order, fn)
		}
		read[fn] = append(read[fn], use)
	}
	for _, fn := range order {
		more, ok := readBefore(read[fn], fn, name, obj.Name())
		if !ok {
			return nil, false
		}
		edits = append(edits, more...)
	}
	return edits, true
}

// isString reports whether a type is that of texts, or of a constant text
// without a type.
func isString(t types.Type) bool {
	basic, ok := types.Unalias(t).(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// conversion returns what makes of an expression of type string one of what a
// name is declared as: what the source does to the literal, or what the type of
// a constant asks for.
func (s *site) conversion(obj types.Object) (wrap func(string) string, ok bool) {
	var names []string
	for i := range s.path {
		call, ok := s.parent(i).(*ast.CallExpr)
		if !ok {
			break
		}
		names = append(names, types.ExprString(call.Fun))
	}
	if len(names) == 0 && !isString(obj.Type()) {
		named, ok := types.Unalias(obj.Type()).(*types.Named)
		if !ok || named.Obj().Pkg() != s.Pass.Pkg {
			return nil, false
		}
		names = append(names, named.Obj().Name())
	}
	return func(expr string) string {
		for _, t := range names {
			expr = t + "(" + expr + ")"
		}
		return expr
	}, len(names) == 0 || s.isPlainType(names)
}

// isMadeText reports whether the place is converted to a text, as what is read
// from the environment already is.
func (s *site) isMadeText() bool {
	call, ok := s.parent(0).(*ast.CallExpr)
	return ok && s.Pass.TypesInfo.Types[call.Fun].IsType() && isString(s.Pass.TypesInfo.TypeOf(call))
}

// isPlainType reports whether all files of the package mean the same by types.
func (s *site) isPlainType(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return strings.ContainsAny(name, ".(*") })
}

// usesOf returns the places of the package where a name is read, and whether
// there are no others: where it is written, where its address is taken, and
// outside of functions.
func (s *site) usesOf(obj types.Object) (uses []*site, ok bool) {
	for _, file := range s.Pass.Files {
		var found []*ast.Ident
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && s.Pass.TypesInfo.Uses[id] == obj {
				found = append(found, id)
			}
			return true
		})
		if len(found) > 0 && (ast.IsGenerated(file) || !s.isPlain(file.Package)) {
			return nil, false
		}
		for _, id := range found {
			path, _ := astutil.PathEnclosingInterval(file, id.Pos(), id.End())
			use := &site{Renderer: s.Renderer, finding: s.finding, remedy: s.remedy, file: file, pos: id.Pos(), end: id.End(), path: path}
			if len(path) == 0 || use.function() < 0 || use.isWritten() {
				return nil, false
			}
			uses = append(uses, use)
		}
	}
	return uses, true
}

// isWritten reports whether the name at the place is given another value, or may
// be where its address goes, or has to be a constant.
func (s *site) isWritten() bool {
	i := 0
	for ; i < len(s.path); i++ {
		if _, ok := s.parent(i).(*ast.ParenExpr); !ok {
			break
		}
	}
	switch around := s.parent(i).(type) {
	case *ast.UnaryExpr:
		return around.Op == token.AND
	case *ast.AssignStmt:
		return slices.ContainsFunc(around.Lhs, func(e ast.Expr) bool { return e == s.path[i] })
	case *ast.RangeStmt:
		return around.Key == s.path[i] || around.Value == s.path[i]
	}
	for ; i < len(s.path); i++ {
		if decl, ok := s.path[i].(*ast.GenDecl); ok && decl.Tok == token.CONST {
			return true
		}
	}
	return false
}

// failing returns the innermost function around the place that returns an error,
// nil if none does.
func (s *site) failing() ast.Node {
	for _, n := range s.path {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			if _, ok := s.zeroResults(n); ok {
				return n
			}
		}
	}
	return nil
}

// isShadowed reports whether something else in a function has the name of obj.
func (s *site) isShadowed(fn ast.Node, obj types.Object) bool {
	found := s.taken[fn][obj.Name()]
	ast.Inspect(fn, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == obj.Name() && s.Pass.TypesInfo.Uses[id] != obj && !isField(s.Pass.TypesInfo.ObjectOf(id))
		return !found
	})
	return found
}

// isField reports whether a name is one of a field or a method, which no
// variable hides.
func isField(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.IsField()
	case *types.Func:
		return obj.Signature().Recv() != nil
	}
	return false
}

// readBefore returns the edits that read the variable of the environment into a
// local name before the first of the uses in a function, where all of them see it.
func readBefore(uses []*site, fn ast.Node, name, into string) ([]finding.Edit, bool) {
	first := uses[0]
	i := first.insertion(fn, uses)
	if i < 0 {
		return nil, false
	}
	return first.lookupBefore(fn, name, into, first.path[i].(ast.Stmt))
}

// remove returns the edit that takes a name of its own out of the declarations.
func (s *site) remove(decl *ast.GenDecl, spec *ast.ValueSpec) finding.Edit {
	if len(decl.Specs) > 1 {
		start, end := inGroup(decl, spec)
		return s.replace(start, end, "")
	}
	start, end := decl.Pos(), decl.End()
	if decl.Doc != nil {
		start = decl.Doc.Pos()
	}
	if spec.Comment != nil {
		end = max(end, spec.Comment.End())
	}
	return s.replace(start, end, "")
}
