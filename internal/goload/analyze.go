package goload

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/internal/finding"
)

// plan says in which order analyzers run on a package.
type plan struct {
	// full is for packages under analysis, facts for dependencies: the
	// analyzers with facts and what these require.
	full, facts []*analysis.Analyzer
	// wanted are the analyzers whose Results hold findings.
	wanted map[*analysis.Analyzer]bool
}

// newPlan sorts the analyzers so that each comes after those that it requires.
func newPlan(analyzers []*analysis.Analyzer) (*plan, error) {
	if err := analysis.Validate(analyzers); err != nil {
		return nil, fmt.Errorf("checking the analyzers: %w", err)
	}
	p := &plan{wanted: map[*analysis.Analyzer]bool{}}
	for _, a := range analyzers {
		p.wanted[a] = true
	}
	p.full = required(analyzers)
	p.facts = required(slices.DeleteFunc(slices.Clone(p.full), func(a *analysis.Analyzer) bool {
		return len(a.FactTypes) == 0
	}))
	return p, nil
}

// required returns the analyzers and all that they require, requirements first.
func required(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var order []*analysis.Analyzer
	seen := map[*analysis.Analyzer]bool{}
	var visit func(*analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, r := range a.Requires {
			visit(r)
		}
		order = append(order, a)
	}
	for _, a := range analyzers {
		visit(a)
	}
	return order
}

// findingsOf returns the findings in an analyzer's Result.
func findingsOf(result any) []finding.Finding {
	switch result := result.(type) {
	case []finding.Finding:
		return result
	case *authpattern.Result:
		return result.Findings
	}
	return nil
}

// actions are the analyzers at work on one package.
type actions struct {
	r       *runner
	n       *node
	checked *checked
	own     *packageFacts
	results map[*analysis.Analyzer]any
	failed  map[*analysis.Analyzer]bool
}

// runAnalyzers runs the analyzers of the plan on a checked package and keeps
// their facts and, for a package under analysis, their findings.
func (r *runner) runAnalyzers(n *node, c *checked) {
	order := r.plan.facts
	if n.role == underAnalysis {
		order = r.plan.full
	}
	a := actions{
		r: r, n: n, checked: c,
		own:     r.facts.open(c.pkg),
		results: map[*analysis.Analyzer]any{},
		failed:  map[*analysis.Analyzer]bool{},
	}
	for _, analyzer := range order {
		a.run(analyzer)
		if n.role == underAnalysis && r.plan.wanted[analyzer] {
			n.findings = append(n.findings, findingsOf(a.results[analyzer])...)
		}
	}
	r.facts.seal(a.own)
	n.hasFacts = !a.own.empty()
}

// run runs one analyzer unless one that it requires failed.
func (a *actions) run(analyzer *analysis.Analyzer) {
	if a.checked.illTyped && !analyzer.RunDespiteErrors {
		a.failed[analyzer] = true
		return
	}
	inputs := make(map[*analysis.Analyzer]any, len(analyzer.Requires))
	for _, required := range analyzer.Requires {
		if a.failed[required] {
			a.failed[analyzer] = true
			return
		}
		inputs[required] = a.results[required]
	}
	pass := a.pass(analyzer, inputs)
	result, err := call(analyzer, pass)
	if err == nil && reflect.TypeOf(result) != analyzer.ResultType {
		err = fmt.Errorf("a result of type %T, %v was declared", result, analyzer.ResultType)
	}
	if err != nil {
		a.failed[analyzer] = true
		a.r.notices.add(finding.Notice{
			ID: "internal-error", Level: "error", Where: a.r.place(a.n.dir, 0, 0),
			Message: fmt.Sprintf("%s failed on package %s: %v", analyzer.Name, a.n.path, err),
		})
		return
	}
	a.results[analyzer] = result
}

// call runs an analyzer and turns a panic into an error. Neither quotes more
// than the names of types and functions: the text of an error may quote the
// source, and the source may hold secrets.
func call(analyzer *analysis.Analyzer, pass *analysis.Pass) (result any, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panicError(value)
		}
	}()
	result, err = analyzer.Run(pass)
	if err != nil {
		return nil, fmt.Errorf("it returned an error of type %T", innermost(err))
	}
	return result, nil
}

// innermost returns the error at the end of the chain.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// panicError tells what panicked and where.
func panicError(value any) error {
	what := fmt.Sprintf("panic with a %T", value)
	if fault, ok := value.(runtime.Error); ok {
		what = "panic: " + quoteless(fault.Error())
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Errorf("%s in %s (%s:%d)", what, frame.Function, filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return errors.New(what)
		}
	}
}

// pass returns what an analyzer sees of the package.
func (a *actions) pass(analyzer *analysis.Analyzer, inputs map[*analysis.Analyzer]any) *analysis.Pass {
	kinds := map[reflect.Type]bool{}
	for _, f := range analyzer.FactTypes {
		kinds[reflect.TypeOf(f)] = true
	}
	pass := &analysis.Pass{
		Analyzer:          analyzer,
		Fset:              a.r.fset,
		Files:             a.checked.files,
		OtherFiles:        a.n.otherFiles,
		IgnoredFiles:      a.n.ignoredFiles,
		Pkg:               a.checked.pkg,
		TypesInfo:         a.checked.info,
		TypesSizes:        a.r.sizes,
		TypeErrors:        a.checked.typeErrors,
		Module:            a.n.analysisModule(),
		ResultOf:          inputs,
		ImportObjectFact:  a.r.facts.importObject,
		ImportPackageFact: a.r.facts.importPackage,
		ExportObjectFact:  a.exportObject,
		ExportPackageFact: a.exportPackage,
		AllObjectFacts:    func() []analysis.ObjectFact { return a.allObjects(kinds) },
		AllPackageFacts:   func() []analysis.PackageFact { return a.allPackages(kinds) },
	}
	pass.Report = func(d analysis.Diagnostic) {
		if a.r.onDiagnostic != nil && a.n.role == underAnalysis {
			a.r.onDiagnostic(a.n, analyzer, d)
		}
	}
	pass.ReadFile = func(name string) ([]byte, error) { return a.readFile(name) }
	return pass
}

// readFile reads one of the files of the package; analyzers have no business with others.
func (a *actions) readFile(name string) ([]byte, error) {
	known := slices.Contains(a.n.otherFiles, name) || slices.Contains(a.n.ignoredFiles, name) ||
		slices.Contains(a.n.embedFiles, name) || slices.ContainsFunc(a.checked.files, func(f *ast.File) bool {
		return a.r.fset.File(f.FileStart).Name() == name || a.r.fset.Position(f.Package).Filename == name
	})
	if !known {
		return nil, fmt.Errorf("reading %s: no file of the package", filepath.Base(name))
	}
	return os.ReadFile(name)
}

// exportObject keeps a fact about an object of the package.
func (a *actions) exportObject(object types.Object, fact analysis.Fact) {
	if object.Pkg() != a.checked.pkg {
		panic(fmt.Sprintf("a %T about an object of another package", fact))
	}
	a.own.objects[objectFactKey{object, reflect.TypeOf(fact)}] = a.recoded(fact)
}

// exportPackage keeps a fact about the package.
func (a *actions) exportPackage(fact analysis.Fact) {
	a.own.packages[reflect.TypeOf(fact)] = a.recoded(fact)
}

// recoded returns the fact, in tests after a round trip through gob.
func (a *actions) recoded(fact analysis.Fact) analysis.Fact {
	if !a.r.checkFacts {
		return fact
	}
	decoded, err := recode(fact)
	if err != nil {
		panic(err)
	}
	return decoded
}

// allObjects returns the facts of the given types about all objects in sight.
func (a *actions) allObjects(kinds map[reflect.Type]bool) []analysis.ObjectFact {
	var list []analysis.ObjectFact
	a.r.facts.all(a.checked.pkg, func(p *packageFacts) {
		for key, fact := range p.objects {
			if kinds[key.kind] {
				list = append(list, analysis.ObjectFact{Object: key.object, Fact: fact})
			}
		}
	})
	return list
}

// allPackages returns the facts of the given types about all packages in sight.
func (a *actions) allPackages(kinds map[reflect.Type]bool) []analysis.PackageFact {
	var list []analysis.PackageFact
	a.r.facts.all(a.checked.pkg, func(p *packageFacts) {
		for kind, fact := range p.packages {
			if kinds[kind] {
				list = append(list, analysis.PackageFact{Package: p.pkg, Fact: fact})
			}
		}
	})
	return list
}
