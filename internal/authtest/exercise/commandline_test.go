package exercise

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

// sample are the packages whose exercises also go through the command line.
var sample = []string{"net/smtp", "github.com/go-resty/resty", "github.com/jlaffaye/ftp", "golang.org/x/crypto/ssh"}

// TestCommandLine runs the exercises of a sample through the command line,
// which must find what the passes find.
func TestCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode: the passes only")
	}
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	report, err := w.Exercise(func(p *Package) bool { return slices.Contains(sample, p.Path) })
	if err != nil {
		t.Fatal(err)
	}
	src, dir := t.TempDir(), t.TempDir()
	writeFile(t, filepath.Join(src, "go.mod"), "module exercise.test\n\ngo "+goVersion+"\n")
	want := map[authtest.Key]bool{}
	for _, o := range report.Outcomes {
		if len(o.Faults) > 0 || o.Decl.alsoFound() != "" {
			continue
		}
		for _, p := range []*program{o.Bad, o.Good} {
			text, lines := p.source()
			file := strings.TrimPrefix(p.path, "exercise.test/") + "/main.go"
			writeFile(t, filepath.Join(src, filepath.FromSlash(file)), text)
			for line, rules := range lines {
				for _, rule := range rules {
					want[authtest.Key{Rule: rule, File: file, Line: line}] = true
				}
			}
		}
	}
	if err := authtest.Materialise(src, dir); err != nil {
		t.Fatal(err)
	}
	bin, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got, err := authtest.CommandLine(bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	want, got = placed(want), placed(got)
	for _, k := range authtest.Difference(want, got) {
		t.Errorf("missing %s", k)
	}
	for _, k := range authtest.Difference(got, want) {
		t.Errorf("unexpected %s", k)
	}
	t.Logf("%d findings of %d exercises", len(got), len(report.Outcomes))
}

// placed returns keys as anywhere places them.
func placed(keys map[authtest.Key]bool) map[authtest.Key]bool {
	out := map[authtest.Key]bool{}
	for k := range keys {
		if isAnywhere(k.Rule) {
			k.Line = 0
		}
		out[k] = true
	}
	return out
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
