package patch

import (
	"go/ast"
	"go/token"
	"go/types"
)

// simple returns what a statement without bodies becomes: itself, with what does
// not fit replaced, or what is left of it.
func (p *Patcher) simple(s ast.Stmt, sig *types.Signature) []ast.Stmt {
	switch s := s.(type) {
	case *ast.ExprStmt:
		s.X = p.inner(s.X)
		return p.ifSound(s, s.X)
	case *ast.GoStmt:
		p.inner(s.Call)
		return p.ifSound(s, s.Call)
	case *ast.DeferStmt:
		p.inner(s.Call)
		return p.ifSound(s, s.Call)
	case *ast.SendStmt:
		s.Chan = p.inner(s.Chan)
		if c, ok := underlying(p.typeOf(s.Chan)).(*types.Chan); ok && p.isSound(s.Chan) {
			s.Value = p.fix(s.Value, c.Elem())
			return []ast.Stmt{s}
		}
		return nil
	case *ast.IncDecStmt:
		return p.ifSound(s, s.X)
	case *ast.AssignStmt:
		return p.assignment(s)
	case *ast.DeclStmt:
		return p.declaration(s)
	case *ast.ReturnStmt:
		return []ast.Stmt{p.returned(s, sig)}
	}
	panic(unfit{})
}

// ifSound returns the statement if its expression is whole.
func (p *Patcher) ifSound(s ast.Stmt, e ast.Expr) []ast.Stmt {
	if p.isSound(e) {
		return []ast.Stmt{s}
	}
	return nil
}

// assignment repairs an assignment or short declaration.
func (p *Patcher) assignment(s *ast.AssignStmt) []ast.Stmt {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		return p.operation(s)
	}
	if len(s.Lhs) == len(s.Rhs) {
		kept := &ast.AssignStmt{TokPos: s.TokPos, Tok: s.Tok}
		for i, left := range s.Lhs {
			if e := p.assigned(left, s.Rhs[i]); e != nil {
				kept.Lhs, kept.Rhs = append(kept.Lhs, left), append(kept.Rhs, e)
			}
		}
		if len(kept.Lhs) == 0 {
			return nil
		}
		return []ast.Stmt{kept}
	}
	if len(s.Rhs) == 1 {
		s.Rhs[0] = p.inner(s.Rhs[0])
		if p.isSound(s.Rhs[0]) && p.fitsAll(s.Lhs, p.typeOf(s.Rhs[0])) {
			return []ast.Stmt{s}
		}
	}
	return p.unknown(s.Lhs, s.Tok, s.TokPos)
}

// assigned returns what is assigned to a place, nil if the place has no type.
func (p *Patcher) assigned(left, right ast.Expr) ast.Expr {
	if id, ok := left.(*ast.Ident); ok && id.Name == "_" {
		if right = p.inner(right); p.isSound(right) && p.isValue(right) {
			return right
		}
		return nil
	}
	if t := p.typeOf(left); t != nil && !isInvalid(t) && p.isSound(left) {
		return p.fix(right, t)
	}
	return nil
}

// isValue reports whether an expression has one value of a type of its own.
func (p *Patcher) isValue(e ast.Expr) bool {
	t := p.typeOf(e)
	if b, ok := t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return false
	}
	_, isTuple := t.(*types.Tuple)
	return t != nil && !isTuple
}

// operation repairs an assignment such as +=.
func (p *Patcher) operation(s *ast.AssignStmt) []ast.Stmt {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 || !p.isSound(s.Lhs[0]) {
		return nil
	}
	t := p.typeOf(s.Lhs[0])
	if _, ok := underlying(t).(*types.Basic); !ok || s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		return nil
	}
	s.Rhs[0] = p.fix(s.Rhs[0], t)
	return []ast.Stmt{s}
}

// fitsAll reports whether the values of a tuple fit places.
func (p *Patcher) fitsAll(places []ast.Expr, t types.Type) bool {
	tuple, ok := t.(*types.Tuple)
	if !ok || tuple.Len() != len(places) {
		return false
	}
	for i, e := range places {
		if id, ok := e.(*ast.Ident); ok && id.Name == "_" {
			continue
		}
		to := p.typeOf(e)
		if to == nil || isInvalid(to) || !p.isSound(e) || !types.AssignableTo(tuple.At(i).Type(), to) {
			return false
		}
	}
	return true
}

// declaration repairs variable declarations, which become assignments.
func (p *Patcher) declaration(s *ast.DeclStmt) []ast.Stmt {
	decl, ok := s.Decl.(*ast.GenDecl)
	if !ok || decl.Tok != token.VAR {
		return nil // constants and types are in the tables
	}
	var out []ast.Stmt
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if !p.isTainted(spec) {
			out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: decl.TokPos, Tok: token.VAR, Specs: []ast.Spec{spec}}})
			continue
		}
		var places []ast.Expr
		for _, name := range spec.Names {
			places = append(places, name)
		}
		if len(spec.Values) == 0 {
			out = append(out, p.unknown(places, token.DEFINE, spec.Pos())...)
			continue
		}
		out = append(out, p.assignment(&ast.AssignStmt{TokPos: spec.Pos(), Tok: token.DEFINE, Lhs: places, Rhs: spec.Values})...)
	}
	return out
}

// returned repairs a return statement.
func (p *Patcher) returned(s *ast.ReturnStmt, sig *types.Signature) ast.Stmt {
	want := sig.Results()
	if len(s.Results) == want.Len() {
		for i, e := range s.Results {
			s.Results[i] = p.fix(e, want.At(i).Type())
		}
		return s
	}
	if len(s.Results) == 1 {
		s.Results[0] = p.inner(s.Results[0])
		if tuple, ok := p.typeOf(s.Results[0]).(*types.Tuple); ok && p.isSound(s.Results[0]) && p.fits(tuple, want, false) {
			return s
		}
	}
	return p.giveBack(s.Return, sig)
}

// fits reports whether values can be given where others are wanted.
func (p *Patcher) fits(values, want *types.Tuple, variadic bool) bool {
	if variadic || values.Len() != want.Len() {
		return false
	}
	for i := range values.Len() {
		if !types.AssignableTo(values.At(i).Type(), want.At(i).Type()) {
			return false
		}
	}
	return true
}
