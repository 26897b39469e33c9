package exercise

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/rules"
)

// World is the models' declarations, type-checked.
type World struct {
	Packages []*Package // those with a model, by import path

	fset   *token.FileSet
	std    map[string]*types.Package
	byPath map[string]*Package
	count  int // of exercises

	universes map[universeKey]*universe
}

// Package is a package that has a model.
type Package struct {
	Path  string // as it is imported
	Model *rules.PackageModel
	Types *types.Package
	Decls []*Decl // those with directives, by key

	imports []*Package // those with a model that the stub imports
	world   *World
}

// always are packages that generated code imports whatever it exercises.
var always = []string{"context", "errors", "io", "net/http", "net/url", "os", "strings", "time", "crypto/tls", "crypto/sha256", "fmt"}

// Load type-checks the stubs of all models.
func Load() (*World, error) {
	w := &World{fset: token.NewFileSet(), byPath: map[string]*Package{}, universes: map[universeKey]*universe{}}
	standard := map[string]bool{}
	for _, path := range always {
		standard[path] = true
	}
	for _, path := range rules.ModelPaths() {
		m, err := rules.Model(path)
		if err != nil {
			return nil, err
		}
		p := &Package{Path: importable(m), Model: m, world: w}
		w.byPath[p.Path] = p
		w.Packages = append(w.Packages, p)
		if m.Module == "" || m.Module == "std" {
			standard[p.Path] = true
		}
		if err := standardImports(m, standard); err != nil {
			return nil, err
		}
	}
	if err := w.loadStandard(slices.Sorted(maps.Keys(standard))); err != nil {
		return nil, err
	}
	for _, p := range w.Packages {
		if err := w.check(p); err != nil {
			return nil, err
		}
	}
	for _, p := range w.byPath {
		if err := p.declare(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// importable returns an import path under which the package of a model can be
// imported: on gopkg.in none is without a version.
func importable(m *rules.PackageModel) string {
	if !strings.HasPrefix(m.Path, "gopkg.in/") {
		return m.Path
	}
	base, _, _ := strings.Cut(m.Module, ".v")
	return m.Module + strings.TrimPrefix(m.Path, base)
}

// isStandard reports whether an import path is one of the standard library.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// standardImports adds the packages of the standard library that a stub imports.
func standardImports(m *rules.PackageModel, paths map[string]bool) error {
	f, err := parser.ParseFile(token.NewFileSet(), m.Path, m.Source, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if isStandard(path) {
			paths[path] = true
		}
	}
	return nil
}

// loadStandard reads the export data of packages of the standard library.
func (w *World) loadStandard(paths []string) error {
	list, err := packages.Load(&packages.Config{Mode: packages.LoadTypes, Fset: w.fset}, paths...)
	if err != nil {
		return fmt.Errorf("loading the standard library: %w", err)
	}
	w.std = map[string]*types.Package{"unsafe": types.Unsafe}
	for _, p := range list {
		if len(p.Errors) > 0 {
			return fmt.Errorf("loading %s: %w", p.PkgPath, p.Errors[0])
		}
		w.std[p.PkgPath] = p.Types
	}
	return nil
}

// Import returns a package by its path, a stub for one that has a model.
func (w *World) Import(path string) (*types.Package, error) {
	if p, ok := w.std[path]; ok {
		return p, nil
	}
	p, ok := w.byPath[path]
	if !ok {
		// Another version of a package whose model holds for all.
		m, err := rules.Model(path)
		if err != nil || m == nil {
			return nil, fmt.Errorf("no package %s: %w", path, err)
		}
		if p = w.byPath[importable(m)]; p == nil {
			p = &Package{Path: path, Model: m, world: w}
			w.byPath[path] = p
		}
	}
	err := w.check(p)
	return p.Types, err
}

// check type-checks the stub of a package. The parameters of its functions lose
// their names, so that what is found is found by the directives.
func (w *World) check(p *Package) error {
	if p.Types != nil {
		return nil
	}
	if std, ok := w.std[p.Path]; ok {
		p.Types = std
		return nil
	}
	f, err := parser.ParseFile(w.fset, p.Path+"/stub.go", p.Model.Source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body == nil {
			anonymise(fn.Type.Params)
		}
	}
	conf := types.Config{Importer: w, Sizes: types.SizesFor("gc", "amd64")}
	p.Types, err = conf.Check(p.Path, w.fset, []*ast.File{f}, nil)
	if err != nil {
		return fmt.Errorf("stub of %s: %w", p.Path, err)
	}
	for _, imp := range p.Types.Imports() {
		if q, ok := w.byPath[imp.Path()]; ok {
			p.imports = append(p.imports, q)
		}
	}
	return nil
}

// anonymise replaces the names of parameters.
func anonymise(list *ast.FieldList) {
	for _, field := range list.List {
		for _, name := range field.Names {
			name.Name = "_"
		}
	}
}
