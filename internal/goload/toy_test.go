package goload

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/authlint/authlint/internal/finding"
)

// leaks is the toy fact: the function hands the parameter with this index to a
// function called sink, by itself or through others.
type leaks struct{ Param int }

// AFact marks leaks as a fact.
func (*leaks) AFact() {}

// counted is the toy fact about a package: how many functions of it and of the
// packages that it imports leak.
type counted struct{ Functions int }

// AFact marks counted as a fact.
func (*counted) AFact() {}

// toy reports constants that reach a function called sink, in this package or
// through functions of others.
var toy = &analysis.Analyzer{
	Name: "toy", Doc: "toy",
	Requires:   []*analysis.Analyzer{inspect.Analyzer},
	FactTypes:  []analysis.Fact{new(leaks), new(counted)},
	ResultType: reflect.TypeFor[[]finding.Finding](),
	Run:        runToy,
}

func runToy(pass *analysis.Pass) (any, error) {
	found := []finding.Finding{}
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	params := map[types.Object]*types.Func{}
	index := map[types.Object]int{}
	in.Preorder([]ast.Node{(*ast.FuncDecl)(nil)}, func(n ast.Node) {
		if fn, ok := pass.TypesInfo.Defs[n.(*ast.FuncDecl).Name].(*types.Func); ok {
			for i := range fn.Signature().Params().Len() {
				p := fn.Signature().Params().At(i)
				params[p], index[p] = fn, i
			}
		}
	})
	for changed := true; changed; { // until no more facts are found
		changed = false
		in.Preorder([]ast.Node{(*ast.CallExpr)(nil)}, func(n ast.Node) {
			call := n.(*ast.CallExpr)
			id, ok := leakedArgument(pass, call).(*ast.Ident)
			if !ok {
				return
			}
			v := pass.TypesInfo.Uses[id]
			if fn := params[v]; fn != nil && !pass.ImportObjectFact(fn, new(leaks)) {
				pass.ExportObjectFact(fn, &leaks{index[v]})
				changed = true
			}
		})
	}
	in.Preorder([]ast.Node{(*ast.CallExpr)(nil)}, func(n ast.Node) {
		arg := leakedArgument(pass, n.(*ast.CallExpr))
		if arg == nil {
			return
		}
		if tv := pass.TypesInfo.Types[arg]; tv.Value != nil && tv.Value.Kind() == constant.String {
			pass.Reportf(arg.Pos(), "constant leaks (toy)")
			found = append(found, finding.Finding{Rule: "toy", Primary: toyLocation(pass.Fset, arg), Message: "constant leaks"})
		}
	})
	total := 0
	for _, f := range pass.AllPackageFacts() {
		total += f.Fact.(*counted).Functions
	}
	pass.ExportPackageFact(&counted{total + len(pass.AllObjectFacts())})
	return found, nil
}

// leakedArgument returns the argument of a call that leaks, nil if none does.
func leakedArgument(pass *analysis.Pass, call *ast.CallExpr) ast.Expr {
	fn, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
	if !ok {
		return nil
	}
	var fact leaks
	if fn.Name() != "sink" && !pass.ImportObjectFact(fn.Origin(), &fact) || fact.Param >= len(call.Args) {
		return nil
	}
	return call.Args[fact.Param]
}

func toyLocation(fset *token.FileSet, n ast.Node) finding.Location {
	from, to := fset.Position(n.Pos()), fset.Position(n.End())
	return finding.Location{File: from.Filename, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}

// ssaToy builds SSA of every package: it panics on syntax that does not type-check.
var ssaToy = &analysis.Analyzer{
	Name: "ssatoy", Doc: "ssatoy",
	Requires:   []*analysis.Analyzer{buildssa.Analyzer},
	FactTypes:  []analysis.Fact{new(built)},
	ResultType: reflect.TypeFor[[]finding.Finding](),
	Run: func(pass *analysis.Pass) (any, error) {
		n := 0
		for _, fn := range pass.ResultOf[buildssa.Analyzer].(*buildssa.SSA).SrcFuncs {
			n += len(fn.Blocks)
		}
		pass.ExportPackageFact(&built{n})
		return []finding.Finding(nil), nil
	},
}

// built is the fact of ssaToy.
type built struct{ Blocks int }

// AFact marks built as a fact.
func (*built) AFact() {}
