package authtest_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/authtest"
)

// missingModules are scanned with and without what they require.
var missingModules = flag.String("missing", "", "scan these modules (path@version, or folders; separated by commas) with and without their dependencies")

// leastKept is the share of the findings, in percent, that must be left without
// the dependencies of a module.
const leastKept = 90

// TestWithoutDependencies takes the dependencies of modules away: nearly all
// findings stay, and none comes up. Without the flag that is tried on a small
// module whose dependency lies beside it.
func TestWithoutDependencies(t *testing.T) {
	if *missingModules == "" {
		tree := t.TempDir()
		archive, err := txtar.ParseFile("testdata/missing.txtar")
		if err != nil {
			t.Fatal(err)
		}
		writeArchive(t, archive, tree)
		compareWithout(t, tree, func() error { return os.RemoveAll(filepath.Join(tree, "sdk")) })
		return
	}
	for name := range strings.SplitSeq(*missingModules, ",") {
		t.Run(name, func(t *testing.T) {
			compareWithout(t, treeOf(t, name), func() error { return nil })
		})
	}
}

// compareWithout scans a tree twice and tells what differs.
func compareWithout(t *testing.T, tree string, take func() error) {
	t.Helper()
	m, err := authtest.WithoutDependencies(context.Background(), tree, take)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("kept %d, lost %d, new %d: %d %%; %d bodies dropped", len(m.Kept), len(m.Lost), len(m.New), m.Share(), m.Dropped)
	for _, k := range m.Lost {
		t.Logf("lost %s", k)
	}
	for _, k := range m.New {
		t.Errorf("new %s", k)
	}
	if len(m.Kept)+len(m.Lost) == 0 {
		t.Error("there was nothing to find")
	}
	if m.Share() < leastKept {
		t.Errorf("%d %% are kept, want %d", m.Share(), leastKept)
	}
}

// treeOf returns a copy of a module, or of the folder that the name is.
func treeOf(t *testing.T, name string) string {
	t.Helper()
	if filepath.IsAbs(name) {
		tree := filepath.Join(t.TempDir(), filepath.Base(name))
		if err := authtest.CopyTree(name, tree); err != nil {
			t.Fatal(err)
		}
		return tree
	}
	path, version, _ := strings.Cut(name, "@")
	return moduleTree(t, &authtest.Module{Name: name, Source: authtest.Source{Module: path, Version: version}})
}

// writeArchive writes the files of an archive below a folder.
func writeArchive(t *testing.T, archive *txtar.Archive, dir string) {
	t.Helper()
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
