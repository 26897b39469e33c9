package walk_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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
