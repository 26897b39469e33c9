package flow_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/internal/authtest/cost"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
)

// seeds is how many random programs an ordinary test run analyses.
const seeds = 24

// mostTimes is what the analysis of a program may cost, against what that of an
// ordinary one of its size does.
const mostTimes = 100

// FuzzEngine writes programs as bytes decide, type-checks them, and runs every
// pass on them twice: nothing panics or fails, it ends, and both runs find the
// same.
func FuzzEngine(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	var seed []byte
	for range seeds {
		seed = make([]byte, 1200)
		for i := range seed {
			seed[i] = byte(random.Uint32())
		}
		f.Add(seed)
	}
	ordinary := (&generator{bytes: seed}).program()
	checked := typeCheck(f, ordinary)
	y := cost.Beside(func() { checked.analyse(f) })
	f.Fuzz(func(t *testing.T, bytes []byte) {
		source := (&generator{bytes: bytes}).program()
		p := typeCheck(t, source)
		var first []string
		most := mostTimes * max(1, float64(len(source))/float64(len(ordinary)))
		if times := y.Times(most, func() { first = p.analyse(t) }); times > most {
			t.Errorf("costs %.0f times what an ordinary program does:\n%s", times, source)
		}
		if second := p.analyse(t); !reflect.DeepEqual(first, second) {
			t.Errorf("the second run finds other things:\n%q\n%q\non\n%s", first, second, source)
		}
		if t.Failed() {
			t.Log(source)
		}
	})
}

// TestGenerator checks that the programs have what the passes look for.
func TestGenerator(t *testing.T) {
	findings := map[string]bool{}
	random := rand.New(rand.NewPCG(3, 4))
	for range 6 {
		bytes := make([]byte, 1500)
		for i := range bytes {
			bytes[i] = byte(random.Uint32())
		}
		for _, text := range typeCheck(t, (&generator{bytes: bytes}).program()).analyse(t) {
			rule, _, _ := strings.Cut(text, " ")
			findings[rule] = true
		}
	}
	for _, rule := range []string{"hardcoded-credential", "tls-verify-off"} {
		if !findings[rule] {
			t.Errorf("no program has a finding of %s, but %v", rule, findings)
		}
	}
}

// checkedProgram is a program that type-checks.
type checkedProgram struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
}

// library imports the standard library once for all programs.
var library = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	return fset, importer.ForCompiler(fset, "gc", nil)
})

// typeCheck parses and checks a program; one that does not type-check is a
// fault of the generator.
func typeCheck(t testing.TB, source string) *checkedProgram {
	t.Helper()
	fset, std := library()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	p := &checkedProgram{fset: fset, files: []*ast.File{file}, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	config := types.Config{Importer: std}
	if p.pkg, err = config.Check("fuzz.test/p", fset, p.files, p.info); err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	return p
}

// analyse runs all passes and returns what they find.
func (p *checkedProgram) analyse(t testing.TB) []string {
	t.Helper()
	results := map[*analysis.Analyzer]any{}
	type factKey struct {
		object types.Object
		kind   reflect.Type
	}
	facts := map[factKey]analysis.Fact{}
	load := func(object types.Object, fact analysis.Fact) bool {
		known, ok := facts[factKey{object, reflect.TypeOf(fact)}]
		if ok {
			reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
		}
		return ok
	}
	var found []string
	var run func(a *analysis.Analyzer)
	run = func(a *analysis.Analyzer) {
		if _, done := results[a]; done {
			return
		}
		for _, required := range a.Requires {
			run(required)
		}
		pass := &analysis.Pass{
			Analyzer: a, Fset: p.fset, Files: p.files, Pkg: p.pkg, TypesInfo: p.info, TypesSizes: types.SizesFor("gc", "amd64"),
			ResultOf: results, Report: func(analysis.Diagnostic) {},
			ReadFile:          func(string) ([]byte, error) { return nil, nil },
			ImportObjectFact:  load,
			ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
			ExportObjectFact: func(object types.Object, fact analysis.Fact) {
				facts[factKey{object, reflect.TypeOf(fact)}] = fact
			},
			ExportPackageFact: func(analysis.Fact) {},
			AllObjectFacts:    func() []analysis.ObjectFact { return nil },
			AllPackageFacts:   func() []analysis.PackageFact { return nil },
			Module:            &analysis.Module{Path: "fuzz.test"},
		}
		result, err := a.Run(pass)
		if err != nil {
			t.Fatalf("%s: %v", a.Name, err)
		}
		results[a] = result
		if r, ok := result.(*flow.Result); ok && r.Fault != nil {
			t.Errorf("the engine panicked: %v", r.Fault)
		}
		if list, ok := result.([]finding.Finding); ok {
			for _, f := range list {
				found = append(found, fmt.Sprintf("%s %d:%d %s", f.Rule, f.Primary.Line, f.Primary.Column, f.Message))
				if f.Rule == "internal-error" {
					t.Errorf("%s: %s", a.Name, f.Message)
				}
			}
		}
	}
	for _, a := range analyzers.All() {
		run(a)
	}
	return found
}
