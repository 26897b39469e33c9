package walk_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/authlint/authlint/internal/walk"
)

// TestState: what git knows of a file, also of one that a rule keeps out and that
// was named.
func TestState(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a/tracked", "a/new", "a/kept.env", "b/any", "forced.env"} {
		write(name, "x")
	}
	write(".gitignore", "*.env\nb/\n")
	state := func(names ...string) map[string]walk.State {
		t.Helper()
		out := map[string]walk.State{}
		entries, notices := walk.Files(context.Background(), dir, names, walk.Options{})
		if len(notices) > 0 {
			t.Fatal(notices)
		}
		for _, e := range entries {
			out[e.Path] = e.State()
		}
		return out
	}
	for name, s := range state() {
		if s != walk.NoRepository {
			t.Errorf("%s is %s without a repository", name, s)
		}
	}
	git(t, dir, "init", "-q", "--template=")
	git(t, dir, "add", "-f", "a/tracked", "forced.env")
	got := state(".", "a/kept.env", "b/any")
	for name, want := range map[string]walk.State{
		"a/tracked": walk.Tracked, "forced.env": walk.Tracked, "a/new": walk.Untracked, "a/kept.env": walk.Ignored, "b/any": walk.Ignored,
	} {
		if s, ok := got[name]; !ok || s != want {
			t.Errorf("%s is %s (seen: %t), want %s", name, s, ok, want)
		}
	}
}
