package flow

import (
	"reflect"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// everywhere returns the Analyzer for code that it leaves alone otherwise: the
// standard library and dependencies that call nothing of interest. It counts
// objects and drops them, so that no SSA is kept.
func everywhere(objects *atomic.Int64) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:             "authfloweverywhere",
		Doc:              "authflow in every package",
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Result](),
		FactTypes:        Analyzer.FactTypes,
		Run: func(pass *analysis.Pass) (any, error) {
			outside := *pass
			outside.Module = &analysis.Module{Path: "everywhere.test"}
			result, err := run(&outside)
			res := result.(*Result)
			objects.Add(int64(len(res.Objects)))
			return &Result{Fault: res.Fault}, err
		},
	}
}

// leastModules is how many modules TestEverywhere must have met.
const leastModules = 20

// TestEverywhere runs the engine over the whole standard library and over all
// modules that authlint is built of, generated code
// included: no panic, no error.
func TestEverywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand packages")
	}
	config := &packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: "../.."}
	roots, err := packages.Load(config, "std", "./...")
	if err != nil {
		t.Fatal(err)
	}
	var all []*packages.Package
	modules := map[string]bool{}
	packages.Visit(roots, nil, func(p *packages.Package) {
		all = append(all, p)
		if p.Module != nil {
			modules[p.Module.Path] = true
		}
	})
	var objects atomic.Int64
	graph, err := checker.Analyze([]*analysis.Analyzer{everywhere(&objects)}, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	for action := range graph.All() {
		if action.Err != nil {
			t.Errorf("%s: %v", action.Package, action.Err)
			continue
		}
		if fault := action.Result.(*Result).Fault; fault != nil {
			t.Errorf("%s: panic: %v", action.Package, fault)
		}
	}
	t.Logf("%d packages of %d modules and the standard library, %d objects", len(all), len(modules), objects.Load())
	if len(modules) < leastModules {
		t.Errorf("%d modules, want at least %d", len(modules), leastModules)
	}
	if objects.Load() == 0 {
		t.Error("the engine saw nothing")
	}
}
