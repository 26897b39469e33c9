package walk_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/walk"
)

func TestExclude(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a.yaml", "docs/a.md", "docs/deep/b.md", "src/docs/c.md", "src/keep.lock", "x.lock", "gen/a.txt", "gen/b.txt"} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		exclude, paths, want []string
	}{
		{[]string{"/docs/", "*.lock"}, nil, []string{"a.yaml", "gen/a.txt", "gen/b.txt", "src/docs/c.md"}},
		{[]string{"docs"}, nil, []string{"a.yaml", "gen/a.txt", "gen/b.txt", "src/keep.lock", "x.lock"}},
		{[]string{"gen/*", "!gen/b.txt", "*.md", "*.lock"}, nil, []string{"a.yaml", "gen/b.txt"}},
		{[]string{"*"}, []string{"src", "x.lock"}, []string{"x.lock"}}, // who names a file means it
	}
	for _, tt := range tests {
		entries, notices := walk.Files(context.Background(), root, tt.paths, walk.Options{Exclude: tt.exclude})
		var got []string
		for _, entry := range entries {
			got = append(got, entry.Path)
		}
		if !slices.Equal(got, tt.want) || len(notices) > 0 {
			t.Errorf("excluding %q: got %q, %v, want %q", tt.exclude, got, notices, tt.want)
		}
	}
}

func TestListed(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a.env", "skipped/b.env", "vendor/modules.txt", "vendor/x/c.go", "vendors/d.go"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for to, name := range map[string]string{"/etc/passwd": "link", "/etc": "folder", "a.env": "inside"} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Skip(err)
		}
	}
	names := []string{"vendors/d.go", "a.env", "skipped/b.env", "vendor/x/c.go", "link", "folder/passwd", "inside", "../x"}
	entries, notices := walk.Listed(context.Background(), root, names, walk.Options{Exclude: []string{"skipped"}})
	var got []string
	for _, e := range entries {
		if e.ThirdParty != strings.HasPrefix(e.Path, "vendor/") {
			t.Errorf("%s: third party is %v", e.Path, e.ThirdParty)
		}
		got = append(got, e.Path)
	}
	if want := []string{"a.env", "vendor/x/c.go", "vendors/d.go"}; !slices.Equal(got, want) || len(notices) > 0 {
		t.Errorf("files are %v with notices %v, want %v", got, notices, want)
	}
}
