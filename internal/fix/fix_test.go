package fix_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/fix"
	"github.com/authlint/authlint/internal/goload"
	"github.com/authlint/authlint/internal/scan"
)

// TestFixtures holds each fixture's files below before/ to become those below
// after/. The first word of a fixture is safe or all. What has been fixed is gone
// when looked at again, what compiled compiles, and a second run changes nothing.
func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			root, want := t.TempDir(), map[string]string{}
			for _, f := range archive.Files {
				if file, ok := strings.CutPrefix(f.Name, "after/"); ok {
					want[file] = string(f.Data)
				} else if file, ok := strings.CutPrefix(f.Name, "before/"); ok {
					write(t, filepath.Join(root, file), f.Data)
				} else {
					t.Fatalf("%s is neither before nor after", f.Name)
				}
			}
			all := strings.HasPrefix(string(archive.Comment), "all")
			if !all && !strings.HasPrefix(string(archive.Comment), "safe") {
				t.Fatal("the first word is neither safe nor all")
			}
			check(t, root, fix.Options{All: all}, want)
		})
	}
}

// check fixes what stands in root and compares.
func check(t *testing.T, root string, opts fix.Options, want map[string]string) {
	t.Helper()
	again := func() (*finding.Run, error) { return look(t, root), nil }
	found := look(t, root)
	planned := 0
	for _, f := range found.Shown(false) {
		if len(f.Fixes) > 0 && (f.Fixes[0].Safe || opts.All) {
			planned++
		}
	}
	outcome, err := fix.Repair(context.Background(), found, opts, again)
	if err != nil {
		t.Fatal(err)
	}
	if len(outcome.Fixed) < planned {
		t.Errorf("%d findings are fixed, %d have a fix", len(outcome.Fixed), planned)
	}
	for _, n := range outcome.Notices {
		t.Errorf("notice: %s", n.Message)
	}
	for file, text := range want {
		got, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(text, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	if faults := compile(t, root); len(faults) > 0 {
		t.Errorf("errors of the compiler: %v", faults)
	}
	plan, err := fix.New(context.Background(), outcome.Run, opts)
	if err != nil || len(plan.Changes) > 0 {
		t.Errorf("a second run changes %d files: %v", len(plan.Changes), err)
	}
}

// look scans a folder.
func look(t *testing.T, root string) *finding.Run {
	t.Helper()
	run, err := scan.Run(context.Background(), scan.Options{Root: root, Dir: root, Paths: []string{root}, Config: config.Default(), Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// compile returns the errors of the Go files of a folder.
func compile(t *testing.T, root string) map[string][]string {
	t.Helper()
	faults, err := goload.Compile(context.Background(), goload.Options{Root: root, Paths: []string{root}})
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

// write writes a file and the folders above it.
func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
