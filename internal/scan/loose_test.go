package scan

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// looseScript holds the folder of loose files that the command line is tested with.
const looseScript = "../../testdata/script/loose.txtar"

// TestLooseFiles scans thirty files of different programs in one folder, and
// each of them in a folder of its own: the findings are the same.
func TestLooseFiles(t *testing.T) {
	archive, err := txtar.ParseFile(looseScript)
	if err != nil {
		t.Fatal(err)
	}
	root, files := t.TempDir(), 0
	for _, f := range archive.Files {
		name, ok := strings.CutPrefix(f.Name, "folder/")
		if !ok {
			continue
		}
		files++
		for _, dir := range []string{"together", filepath.Join("apart", strconv.Itoa(files))} {
			if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, dir, name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if files != 30 {
		t.Fatalf("%d files, want 30", files)
	}
	together, apart := places(t, filepath.Join(root, "together")), places(t, filepath.Join(root, "apart"))
	if len(together) < files {
		t.Errorf("only %d findings: %q", len(together), together)
	}
	if !slices.Equal(together, apart) {
		t.Errorf("together %q\napart    %q", together, apart)
	}
}

// places scans a folder and returns rule, file name and line of the findings, sorted.
func places(t *testing.T, dir string) []string {
	t.Helper()
	run, err := Run(context.Background(), Options{Root: dir, Dir: dir, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range run.Findings {
		list = append(list, f.Rule+" "+filepath.Base(f.Primary.File)+":"+strconv.Itoa(f.Primary.Line))
	}
	slices.Sort(list)
	return list
}
