package authtls

import (
	"go/ast"
	"go/constant"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/gopass"
)

// asked returns where the check is switched off, and by what. Where a call asks
// another function to do so with one true or false, that argument is what has to
// change, so it is the place.
func asked(p *observe.Pass, ev *flow.Event) (finding.Location, string) {
	if !ev.Inherited || !ev.Filled() || len(ev.Steps) == 0 || ev.Steps[0].Kind != finding.Pass {
		return ev.At, ev.Text
	}
	call := callAt(p, ev)
	if call == nil {
		return ev.At, ev.Text
	}
	var only ast.Expr
	for _, arg := range call.Args {
		known := p.Pass.TypesInfo.Types[arg].Value
		if known == nil || known.Kind() != constant.Bool {
			continue
		}
		if only != nil {
			return ev.At, ev.Text // which of them decides, the reader has to see
		}
		only = arg
	}
	if only == nil {
		return ev.At, ev.Text
	}
	return gopass.Location(p.Pass, only.Pos(), only.End()), "argument of " + callee(call)
}

// callAt returns the call that is the event's place, or nil.
func callAt(p *observe.Pass, ev *flow.Event) *ast.CallExpr {
	for _, file := range p.Pass.Files {
		if ev.Pos < file.FileStart || ev.Pos >= file.FileEnd {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(file, ev.Pos, ev.Pos)
		for _, node := range path {
			if call, ok := node.(*ast.CallExpr); ok && gopass.Location(p.Pass, call.Pos(), call.End()) == ev.At {
				return call
			}
		}
	}
	return nil
}

// callee returns the name of what a call calls.
func callee(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return "the call"
}
