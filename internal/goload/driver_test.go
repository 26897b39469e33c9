package goload

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/internal/finding"
)

// parse reads a fixture that is not one of those with a want file.
func parse(t testing.TB, name string) Options {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return fixture(t, archive)
}

// inline makes a fixture of the text of an archive.
func inline(t testing.TB, text string) Options {
	t.Helper()
	return fixture(t, txtar.Parse([]byte(text)))
}

// diagnostics runs the driver and returns what analyzers reported, each once.
func diagnostics(t *testing.T, opts Options) []string {
	t.Helper()
	r, err := newRunner(opts)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[string]bool{}
	r.onDiagnostic = func(n *node, _ *analysis.Analyzer, d analysis.Diagnostic) {
		if n.only != nil {
			return // of files that other drivers leave out
		}
		mu.Lock()
		defer mu.Unlock()
		seen[r.fset.Position(d.Pos).String()+" "+d.Message] = true
	}
	if _, err := r.run(context.Background()); err != nil {
		t.Fatal(err)
	}
	return sortedKeys(seen)
}

// TestEqualsChecker compares with the driver of x/tools that keeps everything
// in memory: on code without faults both report the same.
func TestEqualsChecker(t *testing.T) {
	for _, name := range []string{"variants", "vendor", "constraints_set", "cgo", "facts"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opts := parse(t, name)
			cfg := &packages.Config{
				Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: opts.Root, Tests: true,
				Env: append(opts.Env, "GOFLAGS=", "GOPROXY=off"),
			}
			if len(opts.Tags) > 0 {
				cfg.BuildFlags = []string{"-tags=" + strings.Join(opts.Tags, ",")}
			}
			loaded, err := packages.Load(cfg, "./...")
			if err != nil || packages.PrintErrors(loaded) > 0 {
				t.Fatalf("loading: %v", err)
			}
			graph, err := checker.Analyze(opts.Analyzers, loaded, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]bool{}
			for act := range graph.All() {
				if act.Err != nil {
					t.Fatal(act.Err)
				}
				for _, d := range act.Diagnostics {
					if act.IsRoot {
						want[act.Package.Fset.Position(d.Pos).String()+" "+d.Message] = true
					}
				}
			}
			if len(want) == 0 {
				t.Fatal("the other driver reports nothing, so that the test says nothing")
			}
			if got := diagnostics(t, opts); !slices.Equal(got, sortedKeys(want)) {
				t.Errorf("got  %q\nwant %q", got, sortedKeys(want))
			}
		})
	}
}

// TestWorkers checks that the outcome does not depend on the number of workers.
func TestWorkers(t *testing.T) {
	for _, name := range []string{"missing", "modules", "type_error", "facts"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opts := parse(t, name)
			opts.Workers = 1
			want := outcome(t, opts)
			for _, workers := range []int{2, 8} {
				opts.Workers = workers
				if got := outcome(t, opts); got != want {
					t.Errorf("with %d workers:\n%s\nwith one:\n%s", workers, got, want)
				}
			}
		})
	}
}

// failing returns an analyzer that fails on packages of that name.
func failing(name string, fail func() error) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "failing", Doc: "failing",
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		ResultType: reflect.TypeFor[[]finding.Finding](),
		Run: func(pass *analysis.Pass) (any, error) {
			if pass.Pkg.Name() == name {
				return nil, fail()
			}
			return []finding.Finding{{Rule: "fine", Primary: toyLocation(pass.Fset, pass.Files[0].Name)}}, nil
		},
	}
}

const twoPackages = `
-- go.mod --
module example.com/m

go 1.24
-- a/a.go --
package a

func sink(string) {}

func f() { sink("a") }
-- b/b.go --
package b

import _ "example.com/m/a"
`

// TestFailure checks that an analyzer that fails on one package costs its
// findings there and nothing else, and that its words are not repeated.
func TestFailure(t *testing.T) {
	tests := map[string]struct {
		fail func() error
		want string
	}{
		"panic":         {func() error { panic("hunter2") }, "failing failed on package example.com/m/a: panic with a string in "},
		"nil map":       {func() error { var m map[string]int; m["hunter2"] = 1; return nil }, "panic: assignment to entry in nil map in "},
		"error":         {func() error { return fmt.Errorf("reading: %w", errors.New("hunter2")) }, "it returned an error of type *errors.errorString"},
		"runtime.Error": {func() error { var s []int; _ = s[len(s)]; return nil }, "panic: runtime error: index out of range [0] with length 0 in "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			opts := inline(t, twoPackages)
			opts.Analyzers = []*analysis.Analyzer{failing("a", tt.fail), toy}
			result, err := Run(context.Background(), opts)
			if err != nil {
				t.Fatal(err)
			}
			got := render(t, opts.Root, result)
			for _, want := range []string{tt.want, "error internal-error a: ", "finding a/a.go:5 toy", "finding b/b.go:1 fine"} {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing in\n%s", want, got)
				}
			}
			if strings.Contains(got, "hunter2") || strings.Contains(got, "finding a/a.go:1 fine") {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// TestPass checks what analyzers are told of a package.
func TestPass(t *testing.T) {
	opts := inline(t, `
-- go.mod --
module example.com/m

go 1.24
-- a.go --
package a

import _ "embed"

//go:embed text.txt
var text string
-- text.txt --
text
-- other.txt --
other
-- a_plan9.go --
package a
-- a.s --
`)
	var calls int
	opts.Analyzers = []*analysis.Analyzer{{
		Name: "looking", Doc: "looking", ResultType: reflect.TypeFor[int](),
		Run: func(pass *analysis.Pass) (any, error) {
			calls++
			if pass.Module == nil || pass.Module.Path != "example.com/m" || pass.Module.Version != "" || pass.Module.GoVersion != "1.24" {
				t.Errorf("module %+v", pass.Module)
			}
			if pass.Pkg.GoVersion() != "go1.24" || pass.TypesSizes == nil || len(pass.TypeErrors) > 0 {
				t.Errorf("go version %s, sizes %v, errors %v", pass.Pkg.GoVersion(), pass.TypesSizes, pass.TypeErrors)
			}
			base := func(list []string) string {
				var names []string
				for _, name := range list {
					names = append(names, filepath.Base(name))
				}
				return strings.Join(names, " ")
			}
			if base(pass.OtherFiles) != "a.s" || base(pass.IgnoredFiles) != "a_plan9.go" {
				t.Errorf("other files %v, ignored %v", pass.OtherFiles, pass.IgnoredFiles)
			}
			for name, ok := range map[string]bool{"a.go": true, "a.s": true, "a_plan9.go": true, "text.txt": true, "other.txt": false, "go.mod": false} {
				if _, err := pass.ReadFile(filepath.Join(opts.Root, name)); (err == nil) != ok {
					t.Errorf("reading %s: %v", name, err)
				}
			}
			return 0, nil
		},
	}}
	opts.Workers = 1
	result, err := Run(context.Background(), opts)
	if err != nil || len(result.Notices) > 0 || calls != 2 { // once more for a_plan9.go
		t.Errorf("%v, %+v, %d calls", err, result, calls)
	}
}

// TestResults checks that findings are taken from structs too, and that places
// known from facts are completed.
func TestResults(t *testing.T) {
	opts := inline(t, twoPackages)
	opts.Analyzers = []*analysis.Analyzer{{
		Name: "results", Doc: "results", ResultType: reflect.TypeFor[*authpattern.Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			f := finding.Finding{Rule: "r", Primary: toyLocation(pass.Fset, pass.Files[0].Name)}
			f.Steps = []finding.Step{{Location: finding.Location{File: "a.go", Package: "example.com/m/a", Line: 5}}}
			f.Places = []finding.Location{{File: "print.go", Package: "fmt", Line: 5}}
			return &authpattern.Result{Findings: []finding.Finding{f, f}}, nil
		},
	}}
	result, err := Run(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) != 2 {
		t.Fatalf("findings %+v, want one of each package", result.Findings)
	}
	for _, f := range result.Findings {
		if got := f.Steps[0].Location.File; got != filepath.Join(opts.Root, "a", "a.go") {
			t.Errorf("step in %s", got)
		}
		if f.Places[0].Package != "fmt" {
			t.Errorf("place %+v", f.Places[0])
		}
	}
}

// TestFiles checks that only the files which package walk found are told of.
func TestFiles(t *testing.T) {
	opts := inline(t, twoPackages)
	opts.Files = []string{filepath.Join(opts.Root, "b", "b.go"), filepath.Join(opts.Root, "go.mod")}
	got := outcome(t, opts)
	if strings.Contains(got, "a/a.go") || !strings.Contains(got, "whole b/b.go") {
		t.Errorf("got\n%s", got)
	}
}

// TestUnchanged checks that a run leaves the tree as it is.
func TestUnchanged(t *testing.T) {
	for _, name := range []string{"mod_untidy", "mod_broken", "mod_newer", "missing"} {
		opts := parse(t, name)
		before := contents(t, opts.Root)
		outcome(t, opts)
		if after := contents(t, opts.Root); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: files changed from\n%v\nto\n%v", name, before, after)
		}
	}
}

// contents reads all files below a directory.
func contents(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestCancelled checks that a cancelled run ends with an error.
func TestCancelled(t *testing.T) {
	opts := inline(t, twoPackages)
	ctx, cancel := context.WithCancel(context.Background())
	opts.Progress = func(done, total int) { cancel() }
	if _, err := Run(ctx, opts); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestNeedsFacts checks that dependencies are only looked into where it is worth it.
func TestNeedsFacts(t *testing.T) {
	opts := parse(t, "vendor")
	var asked []string
	opts.NeedsFacts = func(imports []string, hasFacts func(string) bool) bool {
		asked = append(asked, fmt.Sprint(imports))
		return false
	}
	result, err := Run(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || len(result.Findings) != 0 {
		t.Errorf("asked for %v, findings %v", asked, result.Findings)
	}
}

// TestModuleOf checks which module a package is said to belong to.
func TestModuleOf(t *testing.T) {
	requires := []string{"example.com/a", "example.com/a/b/v2", "github.com/x/y"}
	for path, want := range map[string]string{
		"example.com/a":          "example.com/a",
		"example.com/a/c":        "example.com/a",
		"example.com/a/b/v2/d":   "example.com/a/b/v2",
		"example.com/ab":         "example.com/ab",
		"github.com/x/y/z":       "github.com/x/y",
		"github.com/other/z/a/b": "github.com/other/z",
	} {
		if got := moduleOf(path, requires); got != want {
			t.Errorf("moduleOf(%q) = %q, want %q", path, got, want)
		}
	}
}

// TestGoVersion checks that code for a newer toolchain is no fault.
func TestGoVersion(t *testing.T) {
	for asked, want := range map[string]string{"": "", "1.21": "go1.21", "1.22.3": "go1.22.3", "1.199": ""} {
		n := &node{module: &packages.Module{GoVersion: asked}}
		if got := n.goVersion(); got != want {
			t.Errorf("go version %q of a module gives %q, want %q", asked, got, want)
		}
	}
}

// TestMessages checks that messages about code quote none of it.
func TestMessages(t *testing.T) {
	tests := []struct{ in, want string }{
		{`undefined: name`, `undefined: name`},
		{`cannot use "hunter2" (untyped string constant) as int value in assignment`, `type error`},
		{`cannot use name (variable of type string) as int value in argument to f`, `cannot use name (variable of type string) as int value in argument to f`},
		{`expected operand, found "hunter2"`, `expected operand`},
		{`expected ';', found 4711`, `expected ';'`},
		{"invalid operation: x + `hunter2", `invalid operation`},
		{`invalid operation: x == "hun\"ter2" (mismatched types)`, `invalid operation`},
		{"first\n\tsecond", "first"},
	}
	for _, tt := range tests {
		if got := CodeMessage(tt.in, "type error"); got != tt.want {
			t.Errorf("CodeMessage(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	r := &runner{opts: Options{Root: "/root/of/it"}}
	for in, want := range map[string]string{
		"err: exit status 1: stderr: go: errors parsing go.mod:\ngo.mod:3: unknown directive: foo": "errors parsing go.mod: go.mod:3: unknown directive: foo",
		"go: reading https://user:hunter2@example.com/x: 404":                                      "reading https://***@example.com/x: 404",
		"go: /root/of/it/go.mod:3: bad":                                                            "go.mod:3: bad",
		"":                                                                                         "the go command failed",
	} {
		if got := r.listMessage(in); got != want {
			t.Errorf("listMessage(%q) = %q, want %q", in, got, want)
		}
	}
}

// wholeLibrary makes TestStandardLibrary cost several times as much.
var wholeLibrary = flag.Bool("whole-library", false, "analyse the tests of the standard library and the go command, too")

// TestStandardLibrary runs the analyzers on the standard library: nothing may
// panic, and everything type-checks.
func TestStandardLibrary(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("takes a minute, and much longer with the race detector")
	}
	src := filepath.Join(runtime.GOROOT(), "src")
	opts := Options{Root: src, Analyzers: []*analysis.Analyzer{toy, ssaToy}, Tests: *wholeLibrary}
	if !*wholeLibrary {
		opts.Paths = foldersBut(t, src, "cmd", "vendor", "testdata")
	}
	result, err := Run(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range result.Notices {
		if n.ID == "excluded-file" {
			continue // other platforms have what this one has not
		}
		t.Errorf("%s %s %v: %s", n.Level, n.ID, n.Where, n.Message)
	}
	if result.Stats.Packages < 300 {
		t.Errorf("only %d packages were analysed", result.Stats.Packages)
	}
}

// foldersBut returns the folders in a folder but for some.
func foldersBut(t *testing.T, dir string, without ...string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(without, e.Name()) {
			list = append(list, e.Name())
		}
	}
	return list
}
