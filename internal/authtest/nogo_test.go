package authtest_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/config"
)

// TestNogo runs the corpus as Bazel's nogo would: the findings are those of every
// other driver.
func TestNogo(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode: the checker only")
	}
	expected, err := authtest.ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	want := authtest.Keys(expected)
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	passes := authconfig.With(config.Default(), analyzers.All())
	tree, err := authtest.LoadNogo(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tree.Run(passes)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 || len(got) == 0 {
		t.Fatalf("%d findings are wanted and %d found", len(want), len(got))
	}
	for _, k := range authtest.Difference(want, got) {
		t.Errorf("missing %s", k)
	}
	for _, k := range authtest.Difference(got, want) {
		t.Errorf("unexpected %s", k)
	}
	t.Logf("%d findings", len(got))

	t.Run("canary: a pass is left out", func(t *testing.T) {
		got, err := tree.Run(passes[:len(passes)-1])
		if err != nil {
			t.Fatal(err)
		}
		if len(authtest.Difference(want, got)) == 0 {
			t.Errorf("nothing is missing without %s", passes[len(passes)-1].Name)
		}
	})
	for name, run := range map[string]func(*analysis.Pass) (any, error){
		"the module": func(p *analysis.Pass) (any, error) { return p.Module.Path, nil },
		"a file":     func(p *analysis.Pass) (any, error) { return p.ReadFile("go.mod") },
	} {
		t.Run("canary: a pass that needs "+name, func(t *testing.T) {
			if _, err := tree.Run([]*analysis.Analyzer{{Name: "needy", Doc: "needy", Run: run}}); err == nil {
				t.Error("the driver gives it what nogo does not")
			}
		})
	}
}
