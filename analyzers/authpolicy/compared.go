package authpolicy

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
)

// maxCompared is how many comparisons with a constant are told.
const maxCompared = 4

// compared returns where a constant that is the minimum of a password is
// compared with something in this package, as the way from it to its use.
func (c *collector) compared(at ast.Node, kind practice.PolicyKind) []finding.Step {
	spec, ok := at.(*ast.ValueSpec)
	if !ok || kind != practice.MinLength || len(spec.Names) != 1 {
		return nil
	}
	obj, ok := c.TypesInfo.Defs[spec.Names[0]].(*types.Const)
	if !ok {
		return nil
	}
	var steps []finding.Step
	for _, file := range c.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			b, ok := n.(*ast.BinaryExpr)
			if ok && len(steps) < maxCompared && isOrder(b.Op) && (c.isUse(b.X, obj) || c.isUse(b.Y, obj)) {
				steps = append(steps, finding.Step{Kind: finding.Sink, Location: c.Location(b), Text: "comparison with " + obj.Name()})
			}
			return true
		})
	}
	if len(steps) == 0 {
		return nil
	}
	return append([]finding.Step{{Kind: finding.Origin, Location: c.Location(at), Text: "constant " + obj.Name()}}, steps...)
}

// isUse reports whether an expression is the name of an object.
func (c *collector) isUse(e ast.Expr, obj types.Object) bool {
	id := goexpr.Ident(e)
	return id != nil && c.TypesInfo.Uses[id] == obj
}

// isOrder reports whether an operator puts numbers in order.
func isOrder(op token.Token) bool {
	return op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ
}
