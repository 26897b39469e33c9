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
	// assigned are what the results of a call, an index, an operation or an
	// assertion are called, by the place that SSA gives it.
	assigned map[token.Pos][]string
}

func indexLiterals(pass *analysis.Pass) *literals {
	l := &literals{pass: pass, byValue: map[string][]ast.Expr{}, sorted: map[string]bool{}, decls: map[types.Object]ast.Expr{},
		calls: map[token.Pos]*ast.CallExpr{}, stores: map[token.Pos]ast.Node{}, assigned: map[token.Pos][]string{}}
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
		l.assign(n.Value, n.Key)
	case *ast.ValueSpec:
		for i, v := range n.Values {
			if len(n.Values) == len(n.Names) {
				l.assign(v, n.Names[i])
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

// assign records the names that the results of an expression are given.
func (l *literals) assign(rhs ast.Expr, lhs ...ast.Expr) {
	pos := resultPos(rhs)
	if !pos.IsValid() {
		return
	}
	names := make([]string, len(lhs))
	for i, x := range lhs {
		names[i] = givenName(x)
	}
	l.assigned[pos] = names
}

// resultPos returns the place that SSA gives the value of an expression.
func resultPos(e ast.Expr) token.Pos {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return e.Lparen
	case *ast.IndexExpr:
		return e.Lbrack
	case *ast.TypeAssertExpr:
		return e.Lparen
	case *ast.BinaryExpr:
		return e.OpPos
	case *ast.SliceExpr:
		return e.Lbrack
	}
	return token.NoPos
}

// givenName returns the name of a variable, a field or a constant, "" for any
// other expression.
func givenName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if e.Name != "_" {
			return e.Name
		}
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
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
	if len(n.Rhs) == 1 && len(n.Lhs) > 1 {
		l.assign(n.Rhs[0], n.Lhs...)
		return
	}
	for i, rhs := range n.Rhs {
		l.assign(rhs, n.Lhs[i])
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
	return l.start(call), call.End()
}

// start returns where a call begins: at its name if it is the end of a chain, on
// a line of its own.
func (l *literals) start(call *ast.CallExpr) token.Pos {
	start := call.Fun.Pos()
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if ok && l.pass.Fset.Position(start).Line != l.pass.Fset.Position(sel.Sel.Pos()).Line {
		return sel.Sel.Pos()
	}
	return start
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
		steps = append(steps, finding.Step{Kind: finding.Pass, Location: locate(id.Pos(), id.End()), Text: constantStep + id.Name})
		expr = init
	}
	return expr, steps
}

// assignedFirst returns what the first result of the expression at a place is
// called, "" if it has no name.
func (l *literals) assignedFirst(pos token.Pos) string {
	if names := l.assigned[pos]; len(names) > 0 {
		return names[0]
	}
	return ""
}

// call returns the call expression whose left parenthesis is at pos.
func (l *literals) call(pos token.Pos) *ast.CallExpr { return l.calls[pos] }

// field returns the range of the assignment or of the keyed element that a
// store to a field stands for.
func (l *literals) field(store, addr token.Pos) (token.Pos, token.Pos) {
	for _, p := range []token.Pos{addr, store} {
		if n, ok := l.stores[p]; ok {
			return n.Pos(), n.End()
		}
	}
	return token.NoPos, token.NoPos
}
