package git

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// work is a repository that a test changes.
type work struct {
	*testing.T
	dir string
}

func newWork(t *testing.T) work {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git command")
	}
	w := work{t, t.TempDir()}
	w.git("init", "-q", "-b", "main")
	return w
}

func (w work) git(args ...string) {
	w.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=n@example.com",
		"GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=n@example.com")
	if out, err := cmd.CombinedOutput(); err != nil {
		w.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

func (w work) write(name, text string) {
	w.Helper()
	file := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
}

func (w work) open(folder string) *Repository {
	w.Helper()
	r, err := Open(context.Background(), filepath.Join(w.dir, folder), os.Environ())
	if err != nil {
		w.Fatal(err)
	}
	return r
}

// oddNames are names that git quotes, or that look like something else.
var oddNames = []string{"plain", "with blank", "tab\there", "line\nbreak", "quote\"d", "back\\slash", "umlaut-ü", "\x1b[31mred", "-x", "a/b", "bytes-\xff"}

func TestNamesAreToldAsTheyAre(t *testing.T) {
	w := newWork(t)
	for _, name := range oddNames {
		w.write(name, "one\ntwo\n")
	}
	w.git("add", "-A")
	w.git("commit", "-qm", "first")
	for i, name := range oddNames {
		w.write(name, "one\nnew\ntwo\n")
		if i%2 == 0 {
			w.git("add", "--", name)
		}
	}
	r := w.open("")
	lines, err := r.Changed(context.Background(), "HEAD", false)
	if err != nil {
		t.Fatal(err)
	}
	index, err := r.Index(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	copied := t.TempDir()
	if err := index.Extract(context.Background(), copied, func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	for i, name := range oddNames {
		if !lines.Has(name, 2, 2) || lines.Has(name, 1, 1) || lines.Has(name, 3, 3) {
			t.Errorf("%q: changed are %v, want line 2", name, lines[name])
		}
		if got := slices.Contains(index.Staged, name); got != (i%2 == 0) {
			t.Errorf("%q: staged is %v", name, got)
		}
		want := "one\ntwo\n"
		if i%2 == 0 {
			want = "one\nnew\ntwo\n"
		}
		if data, err := os.ReadFile(filepath.Join(copied, name)); err != nil || string(data) != want {
			t.Errorf("%q was copied as %q, error %v", name, data, err)
		}
	}
}

func TestChangedLines(t *testing.T) {
	w := newWork(t)
	w.write("sub/a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
	w.write("sub/moved", strings.Repeat("line\n", 20))
	w.write("sub/gone", "1\n")
	w.write("sub/dashes", "++ a\n-- b\n@@ -1 +1 @@\n")
	w.write("other", "1\n")
	w.git("add", "-A")
	w.git("commit", "-qm", "first")
	w.git("mv", "sub/moved", "sub/elsewhere")
	w.git("rm", "-q", "sub/gone")
	w.write("sub/a", "1\nnew\n2\n4\n5\n6\n7\nchanged\n9\nno break at the end")
	w.write("sub/dashes", "++ a\n++ c\n-- d\ndiff --git a/x b/x\n@@ -1 +1 @@\n")
	w.write("sub/binary", "\x00\x01")
	w.write("other", "2\n")
	w.write("sub/untracked", "1\n")
	w.git("add", "sub/binary")
	lines, err := w.open("sub").Changed(context.Background(), "HEAD", false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Span{
		"a": {{2, 2}, {8, 8}, {10, 10}}, "dashes": {{2, 4}}, "binary": {whole}, "untracked": {whole},
	}
	for name, spans := range want {
		if !slices.Equal(lines[name], spans) {
			t.Errorf("%s: changed are %v, want %v", name, lines[name], spans)
		}
	}
	for name, spans := range lines {
		if want[name] == nil && len(spans) > 0 {
			t.Errorf("%s: changed are %v, want none", name, spans)
		}
	}
}

// TestProgramsOfTheRepositoryDoNotRun plants one wherever a diff could run it.
func TestProgramsOfTheRepositoryDoNotRun(t *testing.T) {
	w := newWork(t)
	w.write("a.txt", "1\n")
	w.write(".gitattributes", "*.txt diff=evil\n")
	w.git("add", "-A")
	w.git("commit", "-qm", "first")
	evil := filepath.Join(w.dir, "evil.sh")
	w.write("evil.sh", "#!/bin/sh\ntouch "+filepath.Join(w.dir, "ran")+"\ncat \"$1\"\n")
	if err := os.Chmod(evil, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"diff.external", "diff.evil.command", "diff.evil.textconv", "core.fsmonitor", "core.pager", "pager.diff"} {
		w.git("config", key, evil)
	}
	w.write("a.txt", "2\n")
	w.git("-c", "core.fsmonitor=false", "add", "a.txt")
	_ = os.Remove(filepath.Join(w.dir, "ran"))
	r := w.open("")
	lines, err := r.Changed(context.Background(), "HEAD", false)
	if err != nil || !lines.Has("a.txt", 1, 1) {
		t.Errorf("changed are %v, error %v", lines, err)
	}
	if _, err := r.Index(context.Background()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "ran")); err == nil {
		t.Error("a program that the repository names was run")
	}
}
