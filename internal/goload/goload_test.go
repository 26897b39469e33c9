package goload

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/finding"
)

// The fixtures below testdata are txtar archives: prose that states the claim,
// settings such as "tags: a b" on lines of their own, the files, and a file
// called want with the outcome. GOLOAD_UPDATE=1 rewrites it.
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
			opts := fixture(t, archive)
			got := outcome(t, opts)
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file of the archive is not want")
			}
			if got == string(want.Data) {
				return
			}
			if os.Getenv("GOLOAD_UPDATE") == "" {
				t.Fatalf("got:\n%s\nwant:\n%s", got, want.Data)
			}
			want.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// fixture writes the files of an archive and reads its settings. Modules are
// not found on the machine, so that what is missing is missing everywhere.
func fixture(t testing.TB, archive *txtar.Archive) Options {
	t.Helper()
	root := t.TempDir()
	for _, f := range archive.Files {
		if f.Name == "want" {
			continue
		}
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opts := Options{
		Root: root, Tests: true, Workers: 2, Analyzers: []*analysis.Analyzer{toy, ssaToy},
		Env: append(os.Environ(), "GOMODCACHE="+filepath.Join(t.TempDir(), "mod"), "GOWORK=", "GOFLAGS=-mod=mod"),
	}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch words := strings.Fields(value); key {
		case "paths":
			opts.Paths = words
		case "tags":
			opts.Tags = words
		case "tests":
			opts.Tests = value != "no"
		case "env":
			opts.Env = append(opts.Env, words...)
		}
	}
	return opts
}

// outcome runs the driver, facts through gob, and writes down what it found.
func outcome(t testing.TB, opts Options) string {
	t.Helper()
	r, err := newRunner(opts)
	if err != nil {
		t.Fatal(err)
	}
	r.checkFacts = true
	result, err := r.run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return render(t, opts.Root, result)
}

// render writes a Result in lines that are the same on every machine.
func render(t testing.TB, root string, result *Result) string {
	t.Helper()
	var out bytes.Buffer
	relative := func(file string) string {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(rel)
	}
	for _, f := range result.Findings {
		fmt.Fprintf(&out, "finding %s:%d %s\n", relative(f.Primary.File), f.Primary.Line, f.Rule)
	}
	for _, n := range result.Notices {
		fmt.Fprintf(&out, "%s %s %s: %s\n", n.Level, n.ID, at(n.Where), n.Message)
		if strings.Contains(n.Message, root) {
			t.Errorf("the notice tells where the root is: %s", n.Message)
		}
	}
	s := result.Stats
	fmt.Fprintf(&out, "modules %d, packages %d, in part %d, bodies %d, dropped %d, made up %d\n",
		s.Modules, s.Packages, s.PartPackages, result.Bodies, s.DroppedBodies, s.Synthesised)
	for _, file := range slices.Sorted(maps.Keys(result.Files)) {
		fmt.Fprintf(&out, "whole %s\n", relative(file))
	}
	return out.String()
}

// at writes a location without its columns.
func at(l finding.Location) string {
	if l.Line == 0 {
		return l.File
	}
	return fmt.Sprintf("%s:%d", l.File, l.Line)
}
