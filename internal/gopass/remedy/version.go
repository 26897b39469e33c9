package remedy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// raiseVersion returns the edit of a version that is written out: a named
// constant of the package that has the others, or a number.
func (s *site) raiseVersion() []finding.Edit {
	if s.remedy.From == "" {
		return s.addMinimum()
	}
	var list []finding.Edit
	s.within(func(n ast.Node) {
		e, ok := n.(ast.Expr)
		if !ok || !s.isNumber(e, s.remedy.From) {
			return
		}
		switch e := e.(type) {
		case *ast.SelectorExpr:
			if name := s.sibling(s.object(e)); name != "" {
				list = append(list, s.replace(e.Sel.Pos(), e.Sel.End(), name))
			}
		case *ast.BasicLit:
			list = append(list, s.replace(e.Pos(), e.End(), s.remedy.To))
		}
	})
	if len(list) != 1 {
		return nil
	}
	return list
}

// minimum is the field of a configuration that holds the lowest version.
const minimum = "MinVersion"

// addMinimum returns the edit of a configuration that has no lowest version, as
// its first field: by the constant of the package that the type is of.
func (s *site) addMinimum() []finding.Edit {
	lit, ok := s.path[0].(*ast.CompositeLit) // around the place, its opening brace
	if !ok || !hasField(s.Pass.TypesInfo.TypeOf(lit), minimum) {
		return nil
	}
	sel, ok := lit.Type.(*ast.SelectorExpr)
	if !ok || s.object(sel.Sel) == nil {
		return nil
	}
	name := s.version(s.object(sel.Sel).Pkg())
	if name == "" {
		return nil
	}
	text := minimum + ": " + types.ExprString(sel.X) + "." + name
	line := func(pos token.Pos) int { return s.Pass.Fset.Position(pos).Line }
	switch {
	case len(lit.Elts) == 0 && line(lit.Lbrace) != line(lit.Rbrace):
		return nil
	case len(lit.Elts) == 0:
	case line(lit.Lbrace) == line(lit.Elts[0].Pos()):
		text += ", "
	default:
		text = "\n" + strings.Repeat("\t", max(0, s.Pass.Fset.Position(lit.Elts[0].Pos()).Column-1)) + text + ","
	}
	for _, e := range lit.Elts {
		field, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		if key, ok := field.Key.(*ast.Ident); ok && key.Name == minimum {
			return nil
		}
	}
	return []finding.Edit{s.insert(lit.Lbrace+1, text)}
}

// hasField reports whether a type is a struct with a field of the name.
func hasField(t types.Type, name string) bool {
	if t == nil {
		return false
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range fields.Fields() {
		if f.Name() == name {
			return true
		}
	}
	return false
}

// isNumber reports whether an expression is a constant of the value.
func (s *site) isNumber(e ast.Expr, value string) bool {
	tv := s.Pass.TypesInfo.Types[e]
	return tv.Value != nil && tv.Value.Kind() == constant.Int && constant.Compare(tv.Value, token.EQL, constant.MakeFromLiteral(value, token.INT, 0))
}

// sibling returns the constant of the same package that has the value the
// remedy asks for, and the name of a version.
func (s *site) sibling(obj types.Object) string {
	if _, ok := obj.(*types.Const); !ok {
		return ""
	}
	return s.version(obj.Pkg())
}

// version returns the constant of a package that has the value the remedy asks
// for, and the name of a version.
func (s *site) version(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	want := constant.MakeFromLiteral(s.remedy.To, token.INT, 0)
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if ok && c.Exported() && strings.HasPrefix(name, "VersionTLS") && c.Val().Kind() == constant.Int && constant.Compare(c.Val(), token.EQL, want) {
			return name
		}
	}
	return ""
}
