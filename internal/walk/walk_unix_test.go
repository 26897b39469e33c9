//go:build unix

package walk_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"github.com/authlint/authlint/internal/walk"
)

// TestSpecialFiles pins that a pipe is never opened and an unreadable folder is told.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "x", "closed/b": "x"})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o755) })

	entries, notices := walk.Files(context.Background(), dir, []string{".", "pipe"}, walk.Options{})
	var told []string
	for _, notice := range notices {
		told = append(told, notice.Message)
	}
	want := []string{"cannot read closed: permission denied", "cannot read pipe: no regular file"}
	if os.Geteuid() == 0 { // nothing is closed to root
		want, entries = want[1:], entries[:1]
	}
	if len(entries) != 1 || entries[0].Path != "a" || !slices.Equal(told, want) {
		t.Errorf("entries %v, notices %q, want a and %q", entries, told, want)
	}
}
