package scan

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// today is when the fixtures are scanned.
var today = time.Date(2027, 1, 15, 12, 0, 0, 0, time.UTC)

// The fixtures below testdata are txtar archives: prose that states the claim,
// lines such as "paths: a b", the files with {{...}} for credentials, and last a
// file called want with the outcome. SCAN_UPDATE=1 rewrites it.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			opts, planted := fixture(t, archive)
			run, err := Run(context.Background(), opts)
			if err != nil {
				t.Fatal(err)
			}
			checkLeaks(t, run, opts, planted)
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file of the archive is not want")
			}
			got := render(run)
			if got == string(want.Data) {
				return
			}
			if os.Getenv("SCAN_UPDATE") == "" {
				t.Fatalf("got:\n%s\nwant:\n%s", got, want.Data)
			}
			want.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// fixture writes the files of an archive, reads its settings, and returns the
// credentials that were planted.
func fixture(t testing.TB, archive *txtar.Archive) (Options, []string) {
	t.Helper()
	root := t.TempDir()
	opts := Options{
		Dir: root, Now: today, Version: "test", Workers: 2,
		Env: append(os.Environ(), "GOMODCACHE="+filepath.Join(t.TempDir(), "mod")),
	}
	var planted []string
	for _, f := range archive.Files {
		if f.Name == "want" {
			continue
		}
		text := secrettest.Expand(string(f.Data))
		planted = append(planted, values(string(f.Data), text)...)
		write(t, root, f.Name, text)
		if f.Name == config.FileName {
			cfg, err := config.Parse(f.Name, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			opts.Config = cfg
		}
	}
	for line := range strings.Lines(string(archive.Comment)) {
		if key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key == "paths" {
			opts.Paths = strings.Fields(value)
		}
	}
	return opts, planted
}

// write writes a file below the root.
func write(t testing.TB, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// values returns what the placeholders of a template were expanded to.
func values(template, text string) []string {
	var list []string
	for {
		start := strings.Index(template, "{{")
		if start < 0 {
			return list
		}
		end := start + strings.Index(template[start:], "}}") + len("}}")
		text, template = text[start:], template[end:]
		next, _, _ := strings.Cut(template, "{{")
		length := strings.Index(text, next)
		if next == "" || length < 0 {
			length = len(text)
		}
		list = append(list, text[:length])
		text = text[length:]
	}
}

// render writes a run in lines that are the same on every machine.
func render(run *finding.Run) string {
	var out bytes.Buffer
	for _, f := range run.Findings {
		fmt.Fprintf(&out, "%s:%d:%d %s %s", f.Primary.File, f.Primary.Line, f.Primary.Column, f.Rule, f.Severity)
		if len(f.Absorbed) > 0 {
			fmt.Fprintf(&out, " and %s", strings.Join(f.Absorbed, ", "))
		}
		if f.Suppressed != nil {
			fmt.Fprintf(&out, "; silenced by %s: %s", f.Suppressed.Kind, f.Suppressed.Reason)
		}
		fmt.Fprintln(&out)
		for _, s := range f.Steps {
			if s.Location.File != f.Primary.File {
				fmt.Fprintf(&out, "\t%s:%d\n", s.Location.File, s.Location.Line)
			}
		}
	}
	for _, n := range run.Notices {
		fmt.Fprintf(&out, "%s %s %s:%d: %s\n", n.Level, n.ID, n.Where.File, n.Where.Line, n.Message)
	}
	s := run.Stats
	fmt.Fprintf(&out, "files %d, packages %d, in part %d, silenced %d, for auditors %d\n",
		s.Files, s.Packages, s.PartPackages, s.Suppressed, s.AuditorOnly)
	return out.String()
}

// checkLeaks checks that nothing in a run holds a planted credential or tells
// where the root is.
func checkLeaks(t *testing.T, run *finding.Run, opts Options, planted []string) {
	t.Helper()
	text, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range append(planted, opts.Dir) {
		if len(value) > 6 && bytes.Contains(text, []byte(value)) {
			t.Errorf("the outcome holds %q", value)
		}
	}
}

// scanOf scans an archive without a want file.
func scanOf(t testing.TB, text string, change func(*Options)) *finding.Run {
	t.Helper()
	opts, _ := fixture(t, txtar.Parse([]byte(text)))
	if change != nil {
		change(&opts)
	}
	run, err := Run(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// prints returns the fingerprints of the findings of a scan of one file.
func prints(t testing.TB, name, text string) []string {
	t.Helper()
	root := t.TempDir()
	write(t, root, name, text)
	run, err := Run(context.Background(), Options{Dir: root, Config: &config.Config{Persona: finding.Auditor}})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range run.Findings {
		list = append(list, f.Fingerprint)
	}
	return list
}

// TestFingerprint checks what a fingerprint survives and what it does not.
func TestFingerprint(t *testing.T) {
	line := func(name, value string) string { return name + "_password: " + value + "\n" }
	guessable := line("db", "hunter2000")
	base := prints(t, "app.yaml", guessable)
	if len(base) != 1 {
		t.Fatalf("got %d findings, want one", len(base))
	}
	tests := []struct {
		name, file, text string
		same             bool
	}{
		{"moved lines", "app.yaml", "# a comment\n\nname: x\n" + guessable, true},
		{"another guessable value", "app.yaml", line("db", "hunter3000"), true},
		{"another file", "other.yaml", guessable, false},
		{"another key", "app.yaml", line("mail", "hunter2000"), false},
	}
	for _, tt := range tests {
		got := prints(t, tt.file, tt.text)
		if len(got) != 1 || (got[0] == base[0]) != tt.same {
			t.Errorf("%s: fingerprints %q, base %q, want the same: %v", tt.name, got, base, tt.same)
		}
	}
	strong := func(seed string) []string {
		return prints(t, "app.yaml", line("db", secrettest.Expand("{{alnum40}}" + seed)[:40]))
	}
	if a, b := strong("a"), strong("b"); len(a) != 1 || len(b) != 1 || a[0] == b[0] {
		t.Errorf("a rotated secret that cannot be guessed: %q and %q, want two", a, b)
	}
	list := prints(t, "app.yaml", "a:\n  - "+guessable+"  - "+guessable)
	if len(list) == 2 && list[0] == list[1] {
		t.Errorf("two equal findings share the fingerprint %q", list[0])
	}
}

// TestRoot checks what files are told relative to.
func TestRoot(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"repo/.git/HEAD", "repo/a/b/file", "repo/c/file", "plain/d/file", "plain/e/file"} {
		write(t, dir, name, "")
	}
	tests := []struct {
		dir   string
		paths []string
		want  string
	}{
		{"repo/a", nil, "repo"},
		{"repo/a", []string{"b/file"}, "repo"},
		{"", []string{"repo/a/b", "repo/c"}, "repo"},
		{"", []string{"plain/d"}, "plain/d"},
		{"plain", []string{"d/file", "e"}, "plain"},
		{"plain", []string{"d/none"}, "plain/d"},
		{"", []string{"repo/a", "plain"}, ""},
	}
	for _, tt := range tests {
		got, err := Root(filepath.Join(dir, tt.dir), tt.paths)
		if err != nil || got != filepath.Join(dir, tt.want) {
			t.Errorf("Root(%q, %q) = %q, %v, want %q", tt.dir, tt.paths, got, err, tt.want)
		}
	}
}

const sample = `
-- go.mod --
module example.com/m

go 1.24
-- main.go --
package main

import "net/http"

func main() {
	r, _ := http.NewRequest("GET", "http://example.com/", nil)
	r.SetBasicAuth("user", "{{lower5}}-{{lower5}}-{{digit4}}")
}
-- app.yaml --
mail:
  host: mail.example.com
  password: "{{lower5}}+{{digit6}}+{{lower5}}"
-- deploy.sh --
export TOKEN=ghp_{{alnum36}}
`

// TestWorkers checks that the outcome does not depend on the number of workers.
func TestWorkers(t *testing.T) {
	want := scanOf(t, sample, func(o *Options) { o.Workers = 1 })
	if len(want.Findings) < 3 {
		t.Fatalf("the sample gives %d findings only", len(want.Findings))
	}
	for _, workers := range []int{2, 9} {
		got := scanOf(t, sample, func(o *Options) { o.Workers = workers })
		want.Root, got.Root = "", ""
		if !reflect.DeepEqual(got, want) {
			t.Errorf("with %d workers:\n%s\nwith one:\n%s", workers, render(got), render(want))
		}
	}
}

// TestInternalError checks that a fault of a pass becomes a notice.
func TestInternalError(t *testing.T) {
	opts, _ := fixture(t, txtar.Parse([]byte(sample)))
	s, err := newScan(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.analyzers = []*analysis.Analyzer{{
		Name: "failing", Doc: "failing", ResultType: reflect.TypeFor[[]finding.Finding](),
		Run: func(pass *analysis.Pass) (any, error) {
			file := pass.Fset.Position(pass.Files[0].Package).Filename
			return []finding.Finding{{Rule: gopass.InternalError, Message: "broke off", Primary: finding.Location{File: file, Line: 1}}}, nil
		},
	}}
	run, err := s.scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := render(run); !strings.Contains(got, "error internal-error main.go:1: broke off") || strings.Contains(got, "main.go:1:0 internal-error") {
		t.Errorf("got\n%s", got)
	}
}

// TestCancelled checks that a cancelled scan ends with an error.
func TestCancelled(t *testing.T) {
	for _, stage := range []Stage{Packages, Files} {
		opts, _ := fixture(t, txtar.Parse([]byte(sample)))
		ctx, cancel := context.WithCancel(context.Background())
		opts.Progress = func(at Stage, done, total int) {
			if at == stage {
				cancel()
			}
		}
		opts.Workers = 1
		if _, err := Run(ctx, opts); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %s: %v", stage, err)
		}
	}
}

// TestBrokenPatterns checks that broken settings of patterns end the scan.
func TestBrokenPatterns(t *testing.T) {
	opts, _ := fixture(t, txtar.Parse([]byte("-- .gitleaks.toml --\n[[rules]\n")))
	if _, err := Run(context.Background(), opts); err == nil || !strings.Contains(err.Error(), secrets.ConfigName) {
		t.Errorf("error %v", err)
	}
}
