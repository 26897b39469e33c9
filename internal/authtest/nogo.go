package authtest

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// NogoTree is code that passes run over the way Bazel's nogo does it.
type NogoTree struct {
	dir  string
	pkgs []*packages.Package
}

// LoadNogo loads the packages below dir.
func LoadNogo(dir string) (*NogoTree, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Tests: true, Env: environment()}, "./...")
	if err == nil && packages.PrintErrors(pkgs) > 0 {
		err = errors.New("there are packages with errors")
	}
	return &NogoTree{dir, pkgs}, err
}

// Run runs the passes and returns the findings. A pass gets no ReadFile, Module,
// OtherFiles, IgnoredFiles or TypeErrors, and there are no facts for the standard
// library, over which nogo does not run. What breaks a build, an error or a
// panic, is an error.
func (tree *NogoTree) Run(passes []*analysis.Analyzer) (map[Key]bool, error) {
	n := nogo{dir: tree.dir, keys: map[Key]bool{}, done: map[*packages.Package]bool{}}
	for _, p := range tree.pkgs {
		if err := n.analyze(p, passes); err != nil {
			return nil, err
		}
	}
	return n.keys, nil
}

// nogo is a run of the driver.
type nogo struct {
	dir          string
	keys         map[Key]bool
	done         map[*packages.Package]bool
	objectFacts  facts[types.Object]
	packageFacts facts[*types.Package]
}

// analyze runs the passes over a package after those that it imports. What they
// report counts outside the main module no more than in nogo.
func (n *nogo) analyze(p *packages.Package, passes []*analysis.Analyzer) error {
	if n.done[p] || p.Module == nil || strings.HasSuffix(p.ID, ".test") {
		return nil // p.Module is nil in the standard library
	}
	n.done[p] = true
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		if err := n.analyze(p.Imports[path], passes); err != nil {
			return err
		}
	}
	results := map[*analysis.Analyzer]any{}
	for _, a := range passes {
		if err := n.run(p, a, results); err != nil {
			return fmt.Errorf("%s in %s: %w", a.Name, p.ID, err)
		}
	}
	return nil
}

// run runs one pass and those that it requires; a panic is an error.
func (n *nogo) run(p *packages.Package, a *analysis.Analyzer, results map[*analysis.Analyzer]any) (err error) {
	if _, ok := results[a]; ok {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	inputs := map[*analysis.Analyzer]any{}
	for _, r := range a.Requires {
		if err := n.run(p, r, results); err != nil {
			return err
		}
		inputs[r] = results[r]
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: p.Fset, Files: p.Syntax, Pkg: p.Types, TypesInfo: p.TypesInfo, TypesSizes: p.TypesSizes,
		ResultOf: inputs,
		Report: func(d analysis.Diagnostic) {
			if at := p.Fset.Position(d.Pos); p.Module.Main {
				n.keys[Key{d.Category, relative(n.dir, at.Filename), at.Line}] = true
			}
		},
		ImportObjectFact:  n.objectFacts.get,
		ExportObjectFact:  n.objectFacts.set,
		ImportPackageFact: n.packageFacts.get,
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	pass.ExportPackageFact = func(f analysis.Fact) { n.packageFacts.set(p.Types, f) }
	results[a], err = a.Run(pass)
	return err
}

// facts are what passes have said of objects or packages.
type facts[T comparable] map[T]map[reflect.Type]analysis.Fact

func (m *facts[T]) set(about T, fact analysis.Fact) {
	if *m == nil {
		*m = facts[T]{}
	}
	if (*m)[about] == nil {
		(*m)[about] = map[reflect.Type]analysis.Fact{}
	}
	(*m)[about][reflect.TypeOf(fact)] = fact
}

func (m *facts[T]) get(about T, fact analysis.Fact) bool {
	known, ok := (*m)[about][reflect.TypeOf(fact)]
	if ok {
		reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
	}
	return ok
}
