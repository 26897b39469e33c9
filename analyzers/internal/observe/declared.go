package observe

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/authlint/authlint/internal/finding"
)

// maxConstants is how many constants that stand for each other are followed.
const maxConstants = 4

// Declared returns where the text at a place of the package is written: of an
// expression that begins with a constant of the package, the constant's own
// value, else the place.
func (p *Pass) Declared(at finding.Location) finding.Location {
	for range maxConstants {
		id := p.firstName(at)
		if id == nil {
			break
		}
		value := p.constantValue(id)
		if value == nil {
			break
		}
		at = p.Location(value)
	}
	return at
}

// firstName returns the name that an expression at a place begins with, nil if
// there is none.
func (p *Pass) firstName(at finding.Location) *ast.Ident {
	var found *ast.Ident
	p.inspect(at, func(n ast.Node) {
		if id, ok := n.(*ast.Ident); ok && found == nil {
			if own := p.Fset.Position(id.Pos()); own.Line == at.Line && own.Column == at.Column {
				found = id
			}
		}
	})
	return found
}

// constantValue returns the value of a constant that is declared in the
// package, nil if the name is none.
func (p *Pass) constantValue(id *ast.Ident) ast.Expr {
	c, ok := p.TypesInfo.Uses[id].(*types.Const)
	if !ok || c.Pkg() != p.Pkg {
		return nil
	}
	at := p.Fset.Position(c.Pos())
	var value ast.Expr
	p.inspect(finding.Location{File: at.Filename, Line: at.Line}, func(n ast.Node) {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return
		}
		for i, name := range spec.Names {
			if p.TypesInfo.Defs[name] == c && i < len(spec.Values) {
				value = spec.Values[i]
			}
		}
	})
	return value
}

// inspect calls f for the nodes of the package that a line touches.
func (p *Pass) inspect(at finding.Location, f func(ast.Node)) {
	for _, file := range p.Files {
		if p.Fset.Position(file.FileStart).Filename != at.File {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || !p.touches(n, at.Line) {
				return false
			}
			f(n)
			return true
		})
	}
}

// touches reports whether a node has a part on a line.
func (p *Pass) touches(n ast.Node, line int) bool {
	from, to := n.Pos(), n.End()
	return from != token.NoPos && p.Fset.Position(from).Line <= line && p.Fset.Position(to).Line >= line
}
