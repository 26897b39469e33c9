package remedy

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"reflect"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// dropFallback returns the edits that leave a fallback out. Without its variable
// the program then stops, or returns an error: an empty credential in the place
// of a known one would be no better.
func (s *site) dropFallback() []finding.Edit {
	if s.isTest() {
		return nil
	}
	if lit, ok := s.path[0].(*ast.BasicLit); ok {
		if field, ok := s.parent(0).(*ast.Field); ok && field.Tag == lit {
			return s.requireTag(lit)
		}
	}
	lit, ok := s.literal()
	if !ok {
		return nil
	}
	switch around := s.parent(0).(type) {
	case *ast.CallExpr:
		return s.requireCall(around, lit)
	case *ast.AssignStmt:
		if len(around.Lhs) == 1 && around.Tok == token.ASSIGN {
			return s.stopInstead(around)
		}
	case *ast.ReturnStmt:
		return s.stopInstead(around)
	}
	return nil
}

// isVariable reports whether a name is one of the environment as people write it.
func isVariable(name string) bool {
	return name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// requireCall returns the edits of a call that takes the name of a variable and
// a fallback: getEnv("NAME", "text"), cmp.Or(os.Getenv("NAME"), "text").
func (s *site) requireCall(call *ast.CallExpr, lit ast.Expr) []finding.Edit {
	if len(call.Args) != 2 || call.Args[1] != lit || !isVariable(s.remedy.To) || !s.isText(call.Args[0], s.remedy.To) && !s.reads(call.Args[0]) {
		return nil
	}
	if t := s.Pass.TypesInfo.TypeOf(call); t == nil || t.String() != "string" {
		return nil
	}
	if assign, ok := s.parent(1).(*ast.AssignStmt); ok && assign.Tok == token.DEFINE && len(assign.Lhs) == 1 {
		if id, ok := assign.Lhs[0].(*ast.Ident); ok && id.Name != "_" {
			if edits, ok := s.lookup(s.remedy.To, id.Name, assign); ok {
				return edits
			}
		}
	}
	expr, edits, ok := s.required(s.remedy.To)
	if !ok {
		return nil
	}
	return append(edits, s.replace(call.Pos(), call.End(), expr))
}

// isText reports whether an expression is a constant text.
func (s *site) isText(e ast.Expr, text string) bool {
	tv := s.Pass.TypesInfo.Types[e]
	return tv.Value != nil && tv.Value.Kind() == constant.String && constant.StringVal(tv.Value) == text
}

// reads reports whether an expression reads the variable from the environment.
func (s *site) reads(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !s.isText(call.Args[0], s.remedy.To) {
		return false
	}
	fn := s.object(call.Fun)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "os" && fn.Name() == "Getenv"
}

// stopInstead returns the edit of a statement that is all that is done where a
// variable is not set.
func (s *site) stopInstead(stmt ast.Stmt) []finding.Edit {
	i := 1
	if len(s.path) < 4 || s.path[i] != stmt || !isVariable(s.remedy.To) {
		return nil
	}
	block, ok := s.path[i+1].(*ast.BlockStmt)
	if !ok || len(block.List) != 1 {
		return nil
	}
	branch, ok := s.path[i+2].(*ast.IfStmt)
	if !ok || branch.Body != block || branch.Else != nil || !isAbsence(branch.Cond) {
		return nil
	}
	message := "environment variable " + s.remedy.To + " is not set"
	if fn := s.function(); fn >= 0 {
		if results, ok := s.zeroResults(s.path[fn]); ok {
			name, edits, ok := s.imported(s.file, "errors", s.pos)
			if !ok {
				return nil
			}
			return append(edits, s.replace(stmt.Pos(), stmt.End(), fmt.Sprintf("return %s%s.New(%q)", results, name, message)))
		}
	}
	if !s.mayStop() {
		return nil
	}
	if s.Pass.Pkg.Name() != "main" {
		return []finding.Edit{s.replace(stmt.Pos(), stmt.End(), fmt.Sprintf("panic(%q)", message))}
	}
	if _, returns := stmt.(*ast.ReturnStmt); returns {
		return []finding.Edit{s.replace(stmt.Pos(), stmt.End(), fmt.Sprintf("panic(%q)", message))} // ends the function for the compiler, too
	}
	name, edits, ok := s.imported(s.file, "log", s.pos)
	if !ok {
		return nil
	}
	return append(edits, s.replace(stmt.Pos(), stmt.End(), fmt.Sprintf("%s.Fatal(%q)", name, message)))
}

// isAbsence reports whether a condition asks whether a text is empty, or whether
// something was not found.
func isAbsence(cond ast.Expr) bool {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		_, named := cond.X.(*ast.Ident)
		return cond.Op == token.NOT && named
	case *ast.BinaryExpr:
		lit, ok := cond.Y.(*ast.BasicLit)
		if length, isCall := cond.X.(*ast.CallExpr); isCall && ok && lit.Value == "0" {
			fn, _ := length.Fun.(*ast.Ident)
			return cond.Op == token.EQL && fn != nil && fn.Name == "len"
		}
		return cond.Op == token.EQL && ok && lit.Value == `""`
	}
	return false
}

// The tags of libraries that fill a struct from the environment: beside the name
// of the variable a default, and how to say that it must be set.
var tagDialects = [...]struct{ variable, fallback, required string }{
	{"env", "envDefault", ",required"}, // a word in the tag of the variable
	{"envconfig", "default", `required:"true"`},
	{"env", "env-default", `env-required:"true"`},
}

// requireTag returns the edits of a struct tag that gives a variable of the
// environment a default.
func (s *site) requireTag(lit *ast.BasicLit) []finding.Edit {
	raw, err := strconv.Unquote(lit.Value)
	if err != nil || lit.Value[0] != '`' {
		return nil
	}
	tag := reflect.StructTag(raw)
	for _, d := range tagDialects {
		variable, named := tag.Lookup(d.variable)
		fallback, has := tag.Lookup(d.fallback)
		if !named || !has || variable == "" {
			continue
		}
		pair := d.fallback + ":" + strconv.Quote(fallback)
		i := strings.Index(lit.Value, pair)
		if i < 0 || strings.Count(lit.Value, pair) != 1 {
			return nil
		}
		start, end := lit.Pos()+token.Pos(i), lit.Pos()+token.Pos(i+len(pair))
		if word, ok := strings.CutPrefix(d.required, ","); ok {
			edits := []finding.Edit{s.replace(s.withBlank(lit, i), end, "")}
			if !strings.Contains(variable, ","+word) {
				own := d.variable + ":" + strconv.Quote(variable)
				k := strings.Index(lit.Value, own)
				if k < 0 {
					return nil
				}
				edits = append(edits, s.insert(lit.Pos()+token.Pos(k+len(own)-1), d.required))
			}
			return edits
		}
		key, _, _ := strings.Cut(d.required, ":")
		if _, already := tag.Lookup(key); already {
			return []finding.Edit{s.replace(s.withBlank(lit, i), end, "")}
		}
		return []finding.Edit{s.replace(start, end, d.required)}
	}
	return nil
}

// withBlank returns the position of the i-th byte of a tag, or that of the blank
// before it.
func (s *site) withBlank(lit *ast.BasicLit, i int) token.Pos {
	if lit.Value[i-1] == ' ' {
		i--
	}
	return lit.Pos() + token.Pos(i)
}
