package exercise

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"runtime"
	"sync"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
)

// Outcome is what the passes say of an exercise.
type Outcome struct {
	*Pair
	Faults []string // empty if all is as expected
}

// goVersion is the language version of the generated module: old enough that
// the toolchain's default for TLS servers is weak.
const goVersion = "1.21"

// Run type-checks the programs of pairs, runs the passes and compares.
func (w *World) Run(pairs []*Pair) ([]*Outcome, error) {
	var list []*packages.Package
	var programs []*program
	for _, pair := range pairs {
		programs = append(programs, pair.Bad, pair.Good)
	}
	list = make([]*packages.Package, len(programs))
	errs := make([]error, len(programs))
	wants := make([]map[int][]string, len(programs))
	w.forEach(len(programs), func(i int) {
		list[i], wants[i], errs[i] = w.compile(programs[i])
	})
	var good []*packages.Package
	for i := range list {
		if errs[i] == nil {
			good = append(good, list[i])
		}
	}
	found, err := analyze(good)
	if err != nil {
		return nil, err
	}
	var outcomes []*Outcome
	for i, pair := range pairs {
		o := &Outcome{Pair: pair}
		for j, name := range []string{"bad", "good"} {
			k := 2*i + j
			if errs[k] != nil {
				o.Faults = append(o.Faults, fmt.Sprintf("%s does not compile: %v", name, errs[k]))
				continue
			}
			o.Faults = append(o.Faults, compare(name, wants[k], found[programs[k].path], pair.also())...)
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// analyze runs the passes and returns the rules that they report, by the import
// path and by the line.
func analyze(pkgs []*packages.Package) (map[string]map[int][]string, error) {
	graph, err := checker.Analyze(authconfig.With(config.Default(), analyzers.All()), pkgs, nil)
	if err != nil {
		return nil, err
	}
	found := map[string]map[int][]string{}
	for _, root := range graph.Roots {
		if root.Err != nil {
			return nil, fmt.Errorf("%s: %w", root, root.Err)
		}
		for _, d := range root.Diagnostics {
			lines := found[root.Package.PkgPath]
			if lines == nil {
				lines = map[int][]string{}
				found[root.Package.PkgPath] = lines
			}
			line := root.Package.Fset.Position(d.Pos).Line
			lines[line] = append(lines[line], d.Category)
		}
	}
	return found, nil
}

// forEach calls f for 0 to n-1 on all processors.
func (w *World) forEach(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// compile parses and type-checks a program.
func (w *World) compile(p *program) (*packages.Package, map[int][]string, error) {
	src, want := p.source()
	name := "/" + p.path + "/main.go"
	f, err := parser.ParseFile(w.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, fmt.Errorf("%w\n%s", err, src)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	sizes := types.SizesFor("gc", "amd64")
	conf := types.Config{Importer: w, Sizes: sizes, GoVersion: "go" + goVersion}
	pkg, err := conf.Check(p.path, w.fset, []*ast.File{f}, info)
	if err != nil {
		return nil, nil, fmt.Errorf("%w\n%s", err, src)
	}
	return &packages.Package{
		ID: p.path, Name: pkg.Name(), PkgPath: p.path, Fset: w.fset, Syntax: []*ast.File{f}, Types: pkg, TypesInfo: info, TypesSizes: sizes,
		Module: &packages.Module{Path: "exercise.test", Main: true, GoVersion: goVersion},
	}, want, nil
}

// compare returns what is missing or not expected.
func compare(name string, want, got map[int][]string, also string) []string {
	var faults []string
	want, got = anywhere(want), anywhere(got)
	for line, rules := range want {
		for _, rule := range rules {
			if !contains(got[line], rule) {
				faults = append(faults, fmt.Sprintf("%s: line %d: no %s", name, line, rule))
			}
		}
	}
	for line, rules := range got {
		for _, rule := range rules {
			if !contains(want[line], rule) && rule != also {
				faults = append(faults, fmt.Sprintf("%s: line %d: unexpected %s", name, line, rule))
			}
		}
	}
	return faults
}

// isAnywhere reports whether a rule is one of requests that are reported where
// the credential enters.
func isAnywhere(rule string) bool {
	switch rule {
	case "basic-auth-over-http", "credential-over-http", "credential-in-url", "basic-auth-discouraged", "account-wide-credential", "password-as-client-secret":
		return true
	}
	return false
}

// anywhere puts the rules of requests on no line: they are reported where the
// credential enters, which depends on the way that the program writes it. The
// corpus says where that is.
func anywhere(lines map[int][]string) map[int][]string {
	out := map[int][]string{}
	for line, rules := range lines {
		for _, rule := range rules {
			at := line
			if isAnywhere(rule) {
				at = 0
			}
			out[at] = append(out[at], rule)
		}
	}
	return out
}

// also returns the rule that may hold on any line of an exercise.
func (p *Pair) also() string {
	if p.Scenario == "debug" {
		return "" // this is what is asked for
	}
	return p.Decl.alsoFound()
}

// alsoFound returns the rule that holds wherever a declaration is used, "" if
// there is none: what is sent is written to a log, or Basic goes to a provider
// that has something better.
func (d *Decl) alsoFound() string {
	for _, dir := range d.Directives {
		if roleOf(dir) == "debug" {
			return "credential-in-log"
		}
		if roleOf(dir) == "basic" && d.Package.Model.Provider != "" {
			return "basic-auth-discouraged"
		}
	}
	return ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
