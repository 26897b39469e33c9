package authtest_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/finding"
)

// readModule reads one module file with this text.
func readModule(t *testing.T, text string) (*authtest.Module, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "m.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := authtest.ReadModules(dir)
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

const (
	goodSource = "[source]\nmodule = \"example.com/m\"\nversion = \"v1.0.0\"\n"
	trueRow    = "[[row]]\nrule = \"tls-verify-off\"\nfile = \"a/b.go\"\nline = 3\nverdict = true\nwhy = \"any server is accepted\"\n"
	falseRow   = "[[row]]\nrule = \"tls-verify-off\"\nfile = \"a/c.go\"\nline = 4\nverdict = false\nwhy = \"a probe that looks at certificates\"\n"
)

func TestModuleFileErrors(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"no source", trueRow, "source names a module"},
		{"two sources", "[source]\nmodule = \"a\"\nversion = \"v1.0.0\"\nrepository = \"a/b\"\n", "source names a module"},
		{"no version", "[source]\nmodule = \"a\"\n", "both module and version"},
		{"short commit", "[source]\nrepository = \"a/b\"\ncommit = \"abc\"\n", "40 digits"},
		{"repository with a path", "[source]\nrepository = \"../b/c\"\ncommit = \"" + strings.Repeat("0", 40) + "\"\n", "40 digits"},
		{"unknown key", goodSource + "extra = 1\n", "unknown key"},
		{"unknown rule", goodSource + strings.Replace(trueRow, "tls-verify-off", "tls-verify-of", 1), `m.toml:6: no rule "tls-verify-of"`},
		{"file outside", goodSource + strings.Replace(trueRow, "a/b.go", "../b.go", 1), "no place in the module"},
		{"no line", goodSource + strings.Replace(trueRow, "line = 3\n", "", 1), "no place in the module"},
		{"no verdict", goodSource + strings.Replace(trueRow, "verdict = true\n", "", 1), "no verdict"},
		{"no reason", goodSource + strings.Replace(trueRow, "any server is accepted", " ", 1), "no reason"},
		{"twice", goodSource + trueRow + trueRow, "m.toml:12: a second row"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readModule(t, test.text); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := readModule(t, goodSource+trueRow+falseRow); err != nil {
		t.Errorf("a good file: %v", err)
	}
}

// found returns a finding of a rule at a place.
func found(rule, file string, line int) finding.Finding {
	return finding.Finding{Rule: rule, Severity: finding.High, Message: "a sentence", Primary: finding.Location{File: file, Line: line}}
}

func TestCompare(t *testing.T) {
	m, err := readModule(t, goodSource+trueRow+falseRow)
	if err != nil {
		t.Fatal(err)
	}
	inTrue, inFalse := found("tls-verify-off", "a/b.go", 3), found("tls-verify-off", "a/c.go", 4)
	suppressed := found("tls-verify-off", "a/d.go", 5)
	suppressed.Suppressed = &finding.Suppression{Kind: "nolint"}
	for _, test := range []struct {
		name                                    string
		findings                                []finding.Finding
		unread, lostTrue, lostFalse, right, all int
	}{
		{"as read", []finding.Finding{inTrue, inFalse, inTrue, suppressed}, 0, 0, 0, 1, 2},
		{"mended", []finding.Finding{inTrue}, 0, 0, 1, 1, 1},
		{"blind", nil, 0, 1, 1, 0, 0},
		{"another line", []finding.Finding{inTrue, inFalse, found("tls-verify-off", "a/b.go", 4)}, 1, 0, 0, 1, 2},
		{"another rule", []finding.Finding{found("weak-tls-version", "a/b.go", 3)}, 1, 1, 1, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := m.Compare(&finding.Run{Findings: test.findings})
			got := [...]int{len(c.Unread), len(c.LostTrue), len(c.LostFalse), c.True, c.All}
			if want := [...]int{test.unread, test.lostTrue, test.lostFalse, test.right, test.all}; got != want {
				t.Errorf("unread, lost true, lost false, true, all: %v, want %v", got, want)
			}
		})
	}
}

// Rows that nobody has filled in are no rows.
func TestWriteRows(t *testing.T) {
	f := found("tls-verify-off", "a/b.go", 3)
	var rows strings.Builder
	if err := authtest.WriteRows(&rows, []*finding.Finding{&f}); err != nil {
		t.Fatal(err)
	}
	if _, err := readModule(t, goodSource+rows.String()); err == nil {
		t.Error("an unread row was accepted")
	}
	read := strings.NewReplacer("verdict =", "verdict = true", `why = ""`, `why = "read"`).Replace(rows.String())
	m, err := readModule(t, goodSource+read)
	if err != nil {
		t.Fatal(err)
	}
	if c := m.Compare(&finding.Run{Findings: []finding.Finding{f}}); c.True != 1 || len(c.Unread) > 0 {
		t.Errorf("the row does not fit its finding: %+v", c)
	}
}

// A checkout gives the files of the commit, not those of its working tree.
func TestTreeOfCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	root := t.TempDir()
	repository := filepath.Join(root, "owner+name")
	git := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", args...)
		cmd.Dir = repository
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %s: %v", args[0], err)
		}
		return strings.TrimSpace(string(out))
	}
	writeFile := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(repository, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(repository, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeFile("dir/file.txt", "committed\n")
	git("init", "--quiet")
	git("add", ".")
	git("commit", "--quiet", "--message=first")
	source := authtest.Source{Repository: "owner/name", Commit: git("rev-parse", "HEAD")}
	writeFile("dir/file.txt", "changed\n")
	writeFile("more.txt", "not committed\n")

	t.Setenv(authtest.CheckoutsVariable, root)
	tree, missing, err := source.Tree(context.Background(), t.TempDir())
	if err != nil || len(missing) > 0 {
		t.Fatal(err, missing)
	}
	if data, err := os.ReadFile(filepath.Join(tree, "dir/file.txt")); err != nil || string(data) != "committed\n" {
		t.Errorf("file of the commit: %q, %v", data, err)
	}
	if _, err := os.Stat(filepath.Join(tree, "more.txt")); err == nil {
		t.Error("the tree holds a file that is not in the commit")
	}

	source.Commit = strings.Repeat("1", 40)
	if _, _, err := source.Tree(context.Background(), t.TempDir()); err == nil || errors.Is(err, authtest.ErrNoCheckout) {
		t.Errorf("a commit that the checkout lacks: %v", err)
	}
	source.Repository = "owner/other"
	if _, _, err := source.Tree(context.Background(), t.TempDir()); !errors.Is(err, authtest.ErrNoCheckout) {
		t.Errorf("a repository without checkout: %v", err)
	}
}
