// Package patch repairs function bodies that type-check in part: what has no
// type, or does not fit where it stands, is replaced by a value of the type that
// is wanted there and of which nothing is known, so that SSA can be built of all
// the rest.
//
// It works on the tables of the type checker and does not check again: the types
// that are wanted cannot always be written down where they are wanted.
package patch

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Patcher repairs bodies of one package.
type Patcher struct {
	fset *token.FileSet
	info *types.Info
	bad  []token.Pos // sorted: where errors are, and what has no type
	made map[ast.Expr]bool
	// broken are expressions whose parts do not fit together.
	broken map[ast.Expr]bool
	depth  int
}

// maxDepth bounds how deep statements and expressions are followed.
const maxDepth = 400

// unfit is what Body is left by when a body cannot be repaired.
type unfit struct{}

// New returns a patcher for a package with errors at the given places.
func New(fset *token.FileSet, info *types.Info, errs []token.Pos) *Patcher {
	p := &Patcher{fset: fset, info: info, bad: slices.Clone(errs), made: map[ast.Expr]bool{}, broken: map[ast.Expr]bool{}}
	slices.Sort(p.bad)
	return p
}

// Body repairs the body of a function, and reports whether it could. If not, the
// body is of no use.
func (p *Patcher) Body(fn *ast.FuncDecl) (ok bool) {
	defer func() {
		if value := recover(); value != nil {
			if _, known := value.(unfit); !known {
				panic(value)
			}
			ok = false
		}
	}()
	obj, isFunc := p.info.Defs[fn.Name].(*types.Func)
	if !isFunc || fn.Body == nil {
		return false
	}
	p.note(fn.Body)
	p.function(fn.Body, obj.Signature())
	return true
}

// note adds the places of what has no type below a node.
func (p *Patcher) note(root ast.Node) {
	p.visit(root, func(e ast.Expr) bool {
		if !p.hasType(e) {
			p.bad = append(p.bad, e.Pos())
		}
		return true
	})
	ast.Inspect(root, func(n ast.Node) bool {
		if s, ok := n.(*ast.BadStmt); ok {
			p.bad = append(p.bad, s.Pos())
		}
		return true
	})
	slices.Sort(p.bad)
}

// isTainted reports whether something is wrong within a node.
func (p *Patcher) isTainted(n ast.Node) bool {
	at, _ := slices.BinarySearch(p.bad, n.Pos())
	return at < len(p.bad) && p.bad[at] <= n.End()
}

// descend counts how deep the patcher is; the result takes the step back.
func (p *Patcher) descend() func() {
	if p.depth++; p.depth > maxDepth {
		panic(unfit{})
	}
	return func() { p.depth-- }
}

// function repairs the body of a function or literal.
func (p *Patcher) function(body *ast.BlockStmt, sig *types.Signature) {
	if !p.isTainted(body) {
		return
	}
	body.List = p.block(body.List, sig)
	if sig.Results().Len() == 0 {
		return
	}
	if n := len(body.List); n > 0 {
		if _, ok := body.List[n-1].(*ast.ReturnStmt); ok {
			return
		}
	}
	body.List = append(body.List, p.giveBack(body.Rbrace, sig)) // nobody gets there, or the return is missing
}

// giveBack returns a return statement of which nothing is known.
func (p *Patcher) giveBack(at token.Pos, sig *types.Signature) *ast.ReturnStmt {
	ret := &ast.ReturnStmt{Return: at}
	for v := range sig.Results().Variables() {
		ret.Results = append(ret.Results, p.opaque(v.Type(), at))
	}
	return ret
}

// block repairs the statements of a block.
func (p *Patcher) block(list []ast.Stmt, sig *types.Signature) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		out = append(out, p.stmt(s, sig)...)
	}
	return out
}

// body repairs a block in place.
func (p *Patcher) body(b *ast.BlockStmt, sig *types.Signature) {
	if b != nil && p.isTainted(b) {
		b.List = p.block(b.List, sig)
	}
}

// stmt returns what a statement becomes.
func (p *Patcher) stmt(s ast.Stmt, sig *types.Signature) []ast.Stmt {
	if s == nil || !p.isTainted(s) {
		return []ast.Stmt{s}
	}
	defer p.descend()()
	switch s := s.(type) {
	case *ast.BlockStmt:
		p.body(s, sig)
	case *ast.LabeledStmt:
		return p.labeled(s, sig)
	case *ast.IfStmt:
		return p.conditional(s, sig)
	case *ast.ForStmt:
		return p.loop(s, sig)
	case *ast.RangeStmt:
		return []ast.Stmt{p.ranged(s, sig)}
	case *ast.SwitchStmt:
		return p.switched(s, sig)
	case *ast.TypeSwitchStmt:
		return p.typeSwitched(s, sig)
	case *ast.SelectStmt:
		p.selected(s, sig)
	case *ast.BranchStmt, *ast.BadStmt, *ast.EmptyStmt:
		return nil
	default:
		return p.simple(s, sig)
	}
	return []ast.Stmt{s}
}

// labeled keeps the label at what the statement becomes.
func (p *Patcher) labeled(s *ast.LabeledStmt, sig *types.Signature) []ast.Stmt {
	list := p.stmt(s.Stmt, sig)
	if len(list) == 0 {
		list = []ast.Stmt{&ast.EmptyStmt{Semicolon: s.Colon}}
	}
	last := len(list) - 1
	s.Stmt = list[last]
	list[last] = s
	return list
}

// conditional repairs an if statement.
func (p *Patcher) conditional(s *ast.IfStmt, sig *types.Signature) []ast.Stmt {
	before := p.hoist(&s.Init, sig)
	s.Cond = p.condition(s.Cond)
	p.body(s.Body, sig)
	if s.Else != nil {
		if list := p.stmt(s.Else, sig); len(list) == 1 {
			s.Else = list[0]
		} else {
			s.Else = &ast.BlockStmt{Lbrace: s.Else.Pos(), List: list, Rbrace: s.Else.End()}
		}
	}
	return append(before, s)
}

// hoist returns the statements that an init statement becomes, none if it stays.
func (p *Patcher) hoist(init *ast.Stmt, sig *types.Signature) []ast.Stmt {
	if *init == nil || !p.isTainted(*init) {
		return nil
	}
	list := p.stmt(*init, sig)
	*init = nil
	return list
}

// condition returns what a condition becomes.
func (p *Patcher) condition(e ast.Expr) ast.Expr {
	if e == nil || !p.isTainted(e) {
		return e
	}
	e = p.inner(e)
	if t := p.typeOf(e); t != nil && p.isSound(e) {
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
			return e
		}
	}
	return p.opaque(types.Typ[types.Bool], e.Pos())
}

// loop repairs a for statement.
func (p *Patcher) loop(s *ast.ForStmt, sig *types.Signature) []ast.Stmt {
	before := p.hoist(&s.Init, sig)
	s.Cond = p.condition(s.Cond)
	if s.Post != nil && p.isTainted(s.Post) {
		if list := p.stmt(s.Post, sig); len(list) == 1 {
			s.Post = list[0]
		} else {
			s.Post = nil
		}
	}
	p.body(s.Body, sig)
	return append(before, s)
}

// ranged repairs a range statement. One over something unknown becomes a loop
// with variables of which nothing is known.
func (p *Patcher) ranged(s *ast.RangeStmt, sig *types.Signature) ast.Stmt {
	var vars []ast.Expr
	whole := !p.isTainted(s.X)
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if e == nil {
			continue
		}
		vars = append(vars, e)
		whole = whole && !p.isTainted(e) && p.isSound(e)
	}
	p.body(s.Body, sig)
	if whole {
		return s
	}
	s.Body.List = append(p.unknown(vars, s.Tok, s.For), s.Body.List...)
	return &ast.ForStmt{For: s.For, Cond: p.opaque(types.Typ[types.Bool], s.For), Body: s.Body}
}

// unknown assigns values of which nothing is known to places, as far as these
// have a type.
func (p *Patcher) unknown(places []ast.Expr, tok token.Token, at token.Pos) []ast.Stmt {
	s := &ast.AssignStmt{TokPos: at, Tok: tok}
	for _, e := range places {
		t := p.typeOf(e)
		if id, ok := e.(*ast.Ident); ok && id.Name == "_" || t == nil || isInvalid(t) || !p.isSound(e) {
			continue
		}
		s.Lhs = append(s.Lhs, e)
		s.Rhs = append(s.Rhs, p.opaque(t, e.Pos()))
	}
	if len(s.Lhs) == 0 {
		return nil
	}
	return []ast.Stmt{s}
}

// switched repairs a switch statement.
func (p *Patcher) switched(s *ast.SwitchStmt, sig *types.Signature) []ast.Stmt {
	before := p.hoist(&s.Init, sig)
	if s.Tag != nil && p.isTainted(s.Tag) {
		if s.Tag = p.inner(s.Tag); !p.isSound(s.Tag) {
			s.Tag = nil
			for _, clause := range s.Body.List {
				cases := clause.(*ast.CaseClause).List
				for i, e := range cases {
					cases[i] = p.opaque(types.Typ[types.Bool], e.Pos())
				}
			}
		}
	}
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CaseClause)
		for i, e := range clause.List {
			if !p.made[e] && p.isTainted(e) {
				clause.List[i] = p.choice(e, s.Tag)
			}
		}
		clause.Body = p.block(clause.Body, sig)
	}
	return append(before, s)
}

// choice returns what an expression of a case becomes.
func (p *Patcher) choice(e, tag ast.Expr) ast.Expr {
	if tag == nil {
		return p.condition(e)
	}
	if e = p.inner(e); p.isSound(e) {
		return e
	}
	return p.opaque(types.Default(p.typeOf(tag)), e.Pos())
}

// typeSwitched repairs the bodies of a type switch.
func (p *Patcher) typeSwitched(s *ast.TypeSwitchStmt, sig *types.Signature) []ast.Stmt {
	before := p.hoist(&s.Init, sig)
	if p.isTainted(s.Assign) {
		panic(unfit{})
	}
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CaseClause)
		if slices.ContainsFunc(clause.List, func(e ast.Expr) bool { return !p.isSound(e) }) {
			panic(unfit{})
		}
		clause.Body = p.block(clause.Body, sig)
	}
	return append(before, s)
}

// selected repairs the bodies of a select statement.
func (p *Patcher) selected(s *ast.SelectStmt, sig *types.Signature) {
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CommClause)
		if clause.Comm != nil && p.isTainted(clause.Comm) {
			panic(unfit{})
		}
		clause.Body = p.block(clause.Body, sig)
	}
}
