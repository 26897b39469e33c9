package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/finding"
)

// literals finds the place of a constant. SSA folds constants and drops their
// places; they are read from the syntax at the use.
type literals struct {
	pass    *analysis.Pass
	byValue map[string][]ast.Expr // outermost constant string expressions
	sorted  map[string]bool
	decls   map[types.Object]ast.Expr   // initialisers of named constants
	calls   map[token.Pos]*ast.CallExpr // by left parenthesis
	stores  map[token.Pos]ast.Node      // assignments and keyed elements, by the places SSA gives
	targets map[token.Pos]string        // what the result of a call is called, by left parenthesis
}

func indexLiterals(pass *analysis.Pass) *literals {
	l := &literals{pass: pass, byValue: map[string][]ast.Expr{}, sorted: map[string]bool{}, decls: map[types.Object]ast.Expr{},
		calls: map[token.Pos]*ast.CallExpr{}, stores: map[token.Pos]ast.Node{}, targets: map[token.Pos]string{}}
	for _, file := range pass.Files {
		ast.Inspect(file, l.visit)
	}
	return l
}

func (l *literals) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.GenDecl:
		l.constants(n)
	case *ast.Field:
		if n.Tag != nil {
			ast.Inspect(n.Type, l.visit)
			return false
		}
	case *ast.KeyValueExpr:
		l.stores[n.Colon] = n
		l.stores[n.Value.Pos()] = n
		l.target(n.Key, n.Value)
	case *ast.ValueSpec:
		for i, v := range n.Values {
			if i < len(n.Names) {
				l.target(n.Names[i], v)
			}
		}
	case *ast.AssignStmt:
		l.assignment(n)
	case *ast.ReturnStmt:
		l.stores[n.Return] = n
	case ast.Expr:
		l.expression(n)
		tv, ok := l.pass.TypesInfo.Types[n]
		if !ok || tv.Value == nil || tv.Value.Kind() != constant.String {
			return true
		}
		key := constant.StringVal(tv.Value)
		if key != "" {
			l.byValue[key] = append(l.byValue[key], n)
		}
		return false
	}
	return true
}

// expression records the places by which SSA names expressions that are more
// than a name or a literal.
func (l *literals) expression(n ast.Expr) {
	switch n := n.(type) {
	case *ast.CallExpr:
		l.calls[n.Lparen] = n
	case *ast.BinaryExpr:
		l.stores[n.OpPos] = n
	case *ast.Ident:
		if l.stores[n.Pos()] == nil && l.pass.TypesInfo.Defs[n] != nil {
			l.stores[n.Pos()] = n
		}
	case *ast.CompositeLit:
		for _, elem := range n.Elts {
			if _, keyed := elem.(*ast.KeyValueExpr); !keyed && l.stores[elem.Pos()] == nil {
				l.stores[elem.Pos()] = elem
			}
		}
	}
}

// target records what the result of a call is called.
func (l *literals) target(name, value ast.Expr) {
	call, ok := ast.Unparen(value).(*ast.CallExpr)
	if !ok {
		return
	}
	switch name := ast.Unparen(name).(type) {
	case *ast.Ident:
		l.targets[call.Lparen] = name.Name
	case *ast.SelectorExpr:
		l.targets[call.Lparen] = name.Sel.Name
	}
}

// assignment records the places of assignments, by what is assigned to.
func (l *literals) assignment(n *ast.AssignStmt) {
	for _, lhs := range n.Lhs {
		switch lhs := ast.Unparen(lhs).(type) {
		case *ast.SelectorExpr:
			l.stores[lhs.Sel.Pos()] = n
		case *ast.IndexExpr:
			l.stores[lhs.Lbrack] = n
		case *ast.Ident:
			l.stores[lhs.Pos()] = n
		}
	}
	for i, rhs := range n.Rhs {
		if i < len(n.Lhs) {
			l.target(n.Lhs[i], rhs)
		}
	}
}

// extent returns the range of what stands at a position: of a call, from its
// name on, of an assignment, an element or a comparison, or else of the word
// there.
func (l *literals) extent(pos token.Pos) (token.Pos, token.Pos) {
	if n, ok := l.stores[pos]; ok {
		return n.Pos(), n.End()
	}
	call, ok := l.calls[pos]
	if !ok {
		return pos, pos + 1
	}
	start := call.Fun.Pos()
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && l.pass.Fset.Position(start).Line != l.pass.Fset.Position(pos).Line {
		start = sel.Sel.Pos() // the end of a chain, on a line of its own
	}
	return start, call.End()
}

// constants records the initialisers of constants, repeated ones too.
func (l *literals) constants(decl *ast.GenDecl) {
	if decl.Tok != token.CONST {
		return
	}
	for _, spec := range decl.Specs {
		vs, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range vs.Names {
			if i < len(vs.Values) {
				l.decls[l.pass.TypesInfo.Defs[name]] = vs.Values[i]
			}
		}
	}
}

// find returns the constant expression with the value that is nearest to pos
// in the same file, or nil.
func (l *literals) find(value string, pos token.Pos) ast.Expr {
	file := l.pass.Fset.File(pos)
	list := l.byValue[value]
	if file == nil || len(list) == 0 {
		return nil
	}
	if !l.sorted[value] {
		slices.SortFunc(list, func(a, b ast.Expr) int { return int(a.Pos() - b.Pos()) })
		l.sorted[value] = true
	}
	next, _ := slices.BinarySearchFunc(list, pos, func(e ast.Expr, p token.Pos) int { return int(e.Pos() - p) })
	var best ast.Expr
	for _, i := range []int{next - 1, next} {
		if i < 0 || i >= len(list) || l.pass.Fset.File(list[i].Pos()) != file {
			continue
		}
		if best == nil || list[i].Pos()-pos < pos-best.Pos() {
			best = list[i]
		}
	}
	return best
}

// resolve follows a named constant of this package to its literal, and tells
// the steps of the way.
func (l *literals) resolve(expr ast.Expr, locate func(pos, end token.Pos) finding.Location) (ast.Expr, []finding.Step) {
	var steps []finding.Step
	for range 8 {
		var id *ast.Ident
		switch x := ast.Unparen(expr).(type) {
		case *ast.Ident:
			id = x
		case *ast.SelectorExpr:
			id = x.Sel
		case *ast.CallExpr: // a conversion of a constant
			if len(x.Args) != 1 {
				return expr, steps
			}
			expr = x.Args[0]
			continue
		default:
			return expr, steps
		}
		init, ok := l.decls[l.pass.TypesInfo.Uses[id]]
		if !ok {
			return expr, steps
		}
		steps = append(steps, finding.Step{Kind: finding.Pass, Location: locate(id.Pos(), id.End()), Text: "constant " + id.Name})
		expr = init
	}
	return expr, steps
}
