// Package flow is the Go credential-flow engine: one analyzer with facts whose
// Result tells which values reach which sinks and what is set on which object.
//
// It interprets SSA backwards from the places that the models of package rules
// name: constants, parameters, results, fields, package variables, closures and
// text operations become Values, requests and configurations become Objects
// with Events. What a function does with its parameters is a Summary, a fact,
// so that a literal in one package, a wrapper in a second and a sink in a third
// meet. The engine knows Go; what a library does is a row of rules/models.
package flow

import (
	"go/ast"
	"go/build"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/authlint/authlint/internal/config/passconfig"
	"github.com/authlint/authlint/rules"
)

// Analyzer computes the Result of a package. It reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:             "authflow",
	Doc:              "authflow: follow credentials, requests and configurations through a package",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{passconfig.Analyzer},
	ResultType:       reflect.TypeFor[*Result](),
	FactTypes:        []analysis.Fact{(*Summary)(nil), (*Variable)(nil), (*Reaches)(nil), (*Checks)(nil), (*Stores)(nil)},
}

func run(pass *analysis.Pass) (result any, err error) {
	res := &Result{}
	defer func() {
		// SSA construction panics on code that the type checker accepted only
		// in part; a pass must survive it, and so must every dependant.
		if r := recover(); r != nil {
			result, err = &Result{Partial: true, Fault: r}, nil
		}
	}()
	catalogue, err := passconfig.Of(pass).Catalogue()
	if err != nil {
		return &Result{Partial: true, Fault: err}, nil
	}
	if isStandard(pass) || !interesting(pass, catalogue) {
		return res, nil
	}
	e, ok := newEngine(pass, catalogue)
	if !ok {
		return &Result{Partial: true}, nil
	}
	e.collect()
	e.disclose()
	if !IsDependency(pass) {
		e.collectKept()
		e.collectHandmade()
	}
	e.finish(res)
	res.Checks = e.checks()
	e.finishDisclosures(res)
	stored, fast := e.storedInClear()
	res.Stored, res.Digests = stored, withDigests(e.digests(), fast)
	e.export()
	return res, nil
}

// isStandard reports whether the package belongs to the standard library, whose
// bodies are not looked at: models speak for it.
func isStandard(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" {
		return pass.Module.Path == "std" || pass.Module.Path == "cmd"
	}
	if first, _, _ := strings.Cut(pass.Pkg.Path(), "/"); strings.Contains(first, ".") {
		return false
	}
	if len(pass.Files) == 0 || build.Default.GOROOT == "" {
		return false
	}
	file := pass.Fset.Position(pass.Files[0].FileStart).Filename
	rel, err := filepath.Rel(filepath.Join(build.Default.GOROOT, "src"), file)
	return err == nil && !strings.HasPrefix(rel, "..")
}

// IsDependency reports whether the package is a versioned dependency, where
// only facts are wanted and no pass has anything to report.
func IsDependency(pass *analysis.Pass) bool {
	return isStandard(pass) || pass.Module != nil && pass.Module.Version != ""
}

// interesting reports whether the package can have anything to say: every
// package under analysis, and a dependency that imports something which makes
// objects or has summaries.
func interesting(pass *analysis.Pass, catalogue *rules.Catalogue) bool {
	if !IsDependency(pass) {
		return true
	}
	for _, imp := range pass.Pkg.Imports() {
		if pass.ImportPackageFact(imp, &Reaches{}) || makesObjects(catalogue, imp.Path()) {
			return !allGenerated(pass)
		}
	}
	return false
}

// NeedsFacts returns what reports whether the bodies of a dependency are worth a
// look, given what it imports and which of its imports have facts.
func NeedsFacts(catalogue *rules.Catalogue) func(imports []string, hasFacts func(path string) bool) bool {
	return func(imports []string, hasFacts func(path string) bool) bool {
		return slices.ContainsFunc(imports, func(path string) bool { return hasFacts(path) || makesObjects(catalogue, path) })
	}
}

// makesObjects reports whether the model of a package has declarations that
// make objects, not only text operations.
func makesObjects(catalogue *rules.Catalogue, path string) bool {
	m, err := catalogue.Model(path)
	if err != nil || m == nil {
		return false
	}
	for _, ds := range m.Decls {
		for _, d := range ds {
			if (d.Verb == "new" || d.Verb == "object") && len(d.Words) > 0 {
				return true
			}
		}
	}
	return false
}

// allGenerated reports whether every file of the package is generated code.
func allGenerated(pass *analysis.Pass) bool {
	return !slices.ContainsFunc(pass.Files, func(f *ast.File) bool { return !ast.IsGenerated(f) })
}

// reachable reports whether export data of the package reaches obj, so that
// every driver can carry a fact about it.
func reachable(e *engine, obj objectPather) bool {
	_, err := e.paths.For(obj)
	return err == nil
}

// newPaths returns the encoder that reachable asks.
func newPaths() *objectpath.Encoder { return new(objectpath.Encoder) }
