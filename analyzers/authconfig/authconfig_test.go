package authconfig_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
)

// fact shows that facts pass through a copied graph.
type fact struct{ Persona string }

func (*fact) AFact() {}

// deep and top are a chain of analyzers that both ask for the settings.
var deep = &analysis.Analyzer{
	Name: "deep", Doc: "deep",
	Requires:   []*analysis.Analyzer{authconfig.Analyzer, inspect.Analyzer},
	FactTypes:  []analysis.Fact{new(fact)},
	ResultType: reflect.TypeFor[string](),
	Run: func(pass *analysis.Pass) (any, error) {
		persona := authconfig.Of(pass).Persona.String()
		var f fact
		for _, imported := range pass.Pkg.Imports() {
			pass.ImportPackageFact(imported, &f)
		}
		pass.ExportPackageFact(&fact{persona})
		return persona + " " + f.Persona, nil
	},
}

var top = &analysis.Analyzer{
	Name: "top", Doc: "top",
	Requires: []*analysis.Analyzer{deep, authconfig.Analyzer, inspect.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Package, "%s %s", pass.ResultOf[deep], authconfig.Of(pass).Persona)
		return nil, nil
	},
}

// run returns what top reports in a module of two packages.
func run(t *testing.T, analyzers []*analysis.Analyzer) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		"b/b.go": "package b\n",
		"a/a.go": "package a\n\nimport _ \"example.com/m/b\"\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")}, "./a")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(analyzers, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			out = append(out, d.Message)
		}
	}
	return strings.Join(out, "\n")
}

func TestWith(t *testing.T) {
	auditor := config.Default()
	auditor.Persona = finding.Auditor
	var wg sync.WaitGroup
	for range 4 { // at once: runs must not disturb each other
		for _, c := range []*config.Config{config.Default(), auditor} {
			wg.Go(func() {
				word := c.Persona.String()
				want := word + " " + word + " " + word
				if got := run(t, authconfig.With(c, []*analysis.Analyzer{top})); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
	wg.Wait()
	if got := run(t, []*analysis.Analyzer{top}); got != "regular regular regular" {
		t.Errorf("the analyzers themselves changed: %q", got)
	}
}

func TestWithSharesWhatNeedsNoSettings(t *testing.T) {
	copies := authconfig.With(config.Default(), []*analysis.Analyzer{inspect.Analyzer, top, deep})
	if copies[0] != inspect.Analyzer {
		t.Error("inspect was copied")
	}
	if copies[1] == top || copies[2] == deep {
		t.Error("an analyzer that asks for the settings was shared")
	}
	if copies[1].Requires[0] != copies[2] {
		t.Error("one analyzer was copied twice")
	}
	if err := analysis.Validate(copies); err != nil {
		t.Error(err)
	}
}

func TestFlags(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a@b.toml") // an @ in the path is no separator
	text := "persona = 'auditor'\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	word, err := config.Default().Encode()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ flag, value, want string }{
		{"data", word, ""},
		{"data", "%%%", "decoding configuration"},
		{"data", "eCA9IDE=", `unknown key "x"`}, // x = 1
		{"file", path + "@" + sum, ""},
		{"file", path + "@" + strings.Repeat("0", 64), "has the SHA-256 " + sum},
		{"file", path, "reading configuration"},
		{"file", "x.toml", "want path@sha256"},
		{"file", filepath.Join(dir, "absent.toml") + "@" + sum, "reading configuration"},
	}
	for _, tt := range tests {
		err := authconfig.Analyzer.Flags.Set(tt.flag, tt.value)
		if tt.want == "" && err == nil {
			continue
		}
		if err == nil || tt.want == "" || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("-%s=%s: error %v, want %q", tt.flag, tt.value, err, tt.want)
		}
	}
	got, _ := authconfig.Analyzer.Run(nil)
	if got.(*config.Config).Persona != finding.Auditor {
		t.Error("-file did not set the persona")
	}
	if err := authconfig.Analyzer.Flags.Set("data", word); err != nil { // for the other tests
		t.Fatal(err)
	}
}
