//go:build unix

package goload_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/authlint/authlint/internal/goload"
)

// TestPipesAreNotOpened: what is named like source and never ends is neither
// waited for by authlint nor by the go command.
func TestPipesAreNotOpened(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/pipes\n\ngo 1.25\n", "main.go": "package main\n\nimport _ \"example.com/pipes/dep\"\n\nfunc main() {}\n",
		"dep/dep.go": "package dep\n", "only/readme.txt": "pipes alone\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"pipe.go", "pipe_test.go", "dep/pipe.c", "only/pipe.go"} {
		if err := syscall.Mkfifo(filepath.Join(dir, filepath.FromSlash(name)), 0o644); err != nil {
			t.Skip("no pipes here")
		}
	}
	if err := os.Symlink("pipe.go", filepath.Join(dir, "link.go")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	result, err := goload.Run(ctx, goload.Options{Root: dir, Paths: []string{dir}, Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	if result.Stats.Packages != 2 {
		t.Errorf("%d packages, want 2: %v", result.Stats.Packages, result.Notices)
	}
}
