// Package authsafelist observes lists of addresses that are allowed to reach an
// API or a login.
//
// # Analyzer authsafelist
//
// authsafelist: observe lists of allowed addresses
//
// It judges open-safelist: wide ranges of addresses that stand in fields,
// variables, arguments and results named as lists of allowed or trusted
// addresses, and in incoming rules for ports of administration.
package authsafelist

import (
	"go/ast"
	"go/constant"
	"go/types"
	"net/netip"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes safelists; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authsafelist",
	Doc:              "observe lists of allowed addresses\n\nopen-safelist",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		c := &collector{Pass: p}
		for _, file := range pass.Files {
			ast.PreorderStack(file, nil, c.visit)
		}
		return c.list
	})
}

// collector gathers the observations of a package.
type collector struct {
	*observe.Pass
	list []practice.Observation
	uses map[types.Object][]use
	// inits are the expressions that variables are declared with.
	inits map[types.Object]ast.Expr
}

// visit looks at each outermost constant text that may be a wide range.
func (c *collector) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.Field:
		return n.Tag == nil // a tag is no text of the program
	case ast.Expr:
		tv, ok := c.TypesInfo.Types[n]
		if !ok || tv.Value == nil || tv.Value.Kind() != constant.String {
			return true
		}
		if text := constant.StringVal(tv.Value); isRange(text) && !c.declaredHere(n) {
			c.entry(n, text, stack)
		}
		return false
	}
	return true
}

// isRange reports whether a text may stand for many addresses.
func isRange(text string) bool {
	if len(text) > 64 {
		return false
	}
	text = strings.TrimSpace(text)
	if text == "*" || text == "*.*.*.*" {
		return true
	}
	if from, to, ok := strings.Cut(text, "-"); ok {
		_, errA := netip.ParseAddr(strings.TrimSpace(from))
		_, errB := netip.ParseAddr(strings.TrimSpace(to))
		return errA == nil && errB == nil
	}
	_, err := netip.ParsePrefix(text)
	return err == nil
}

// declaredHere reports whether an expression names a constant of the package:
// its literal is followed to where it is used.
func (c *collector) declaredHere(e ast.Expr) bool {
	id := goexpr.Ident(e)
	if id == nil {
		return false
	}
	obj, ok := c.TypesInfo.Uses[id].(*types.Const)
	return ok && obj.Pkg() == c.Pkg
}

// entry observes one range by the first place it gets to that is a safelist.
func (c *collector) entry(e ast.Expr, text string, stack []ast.Node) {
	w := &walk{collector: c, text: text, seen: map[types.Object]bool{}}
	found, ok := w.follow(e, stack, 0)
	if !ok {
		return
	}
	at := c.Location(e)
	src := c.Source(c.Location(found.at), found.function, found.key, nil, found.conditional)
	src.Origin = at
	if src.At != at {
		src.Steps = []finding.Step{
			{Kind: finding.Origin, Location: at, Text: "range"},
			{Kind: finding.Sink, Location: src.At, Text: found.use},
		}
	}
	c.list = append(c.list, &practice.Safelist{Source: src, Range: text, Purpose: found.purpose, Use: found.use})
}

// use is a place where a variable or a constant is used, with the nodes around.
type use struct {
	id    *ast.Ident
	stack []ast.Node
}

// usesOf returns the places where an object of the package is used.
func (c *collector) usesOf(obj types.Object) []use {
	if c.uses == nil {
		c.uses = map[types.Object][]use{}
		for _, file := range c.Files {
			ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if used := c.TypesInfo.Uses[id]; used != nil && used.Pkg() == c.Pkg && isHolder(used) {
						c.uses[used] = append(c.uses[used], use{id, append([]ast.Node(nil), stack...)})
					}
				}
				return true
			})
		}
	}
	return c.uses[obj]
}

// initialiser returns the expression that a variable is declared with, nil if
// there is none.
func (c *collector) initialiser(id *ast.Ident) ast.Expr {
	if c.inits == nil {
		c.inits = map[types.Object]ast.Expr{}
		for _, file := range c.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if as, ok := n.(*ast.AssignStmt); ok && len(as.Rhs) == 1 {
					if first, ok := as.Lhs[0].(*ast.Ident); ok && c.TypesInfo.Defs[first] != nil {
						c.inits[c.TypesInfo.Defs[first]] = as.Rhs[0]
					}
				}
				return true
			})
		}
	}
	return c.inits[c.TypesInfo.ObjectOf(id)]
}

// isHolder reports whether an object may hold a range or a list of them. Fields
// are judged by their names alone.
func isHolder(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Const:
		return true
	case *types.Var:
		return !obj.IsField()
	}
	return false
}
