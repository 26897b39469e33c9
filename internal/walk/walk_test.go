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

func TestFiles(t *testing.T) {
	tests := []struct {
		name  string
		files string // space-separated paths; "name=text" has text, in which | is a line end
		paths []string
		want  string
	}{
		{name: "nested ignore files and negation",
			files: ".gitignore=*.log|/build/ a.log b/.gitignore=!keep.log b/keep.log b/x.log build/out c",
			want:  ".gitignore b/.gitignore b/keep.log c"},
		{name: "nothing is included again below an ignored folder",
			files: ".gitignore=build/|!build/keep build/keep a", want: ".gitignore a"},
		{name: "named folder that is ignored",
			files: ".gitignore=build/|*.log build/a build/b.log build/sub/c", paths: []string{"build"}, want: "build/a build/sub/c"},
		{name: "named folder whose content is ignored",
			files: ".gitignore=build/*|*.log build/a build/b.log", paths: []string{"build"}, want: "build/a"},
		{name: "named folder below an ignored one",
			files: ".gitignore=out out/deep/a out/.gitignore=b out/deep/b", paths: []string{"out/deep"}, want: "out/deep/a"},
		{name: "named file that is ignored",
			files: ".gitignore=*.log a.log b.log c", paths: []string{"a.log"}, want: "a.log"},
		{name: "named twice", files: "a b/c", paths: []string{"b/c", ".", "b"}, want: "a b/c"},
		{name: "folders of version control", files: ".git/config .hg/x .svn/entries a", want: "a"},
		{name: "named file of version control", files: ".git/config=x a", paths: []string{".git/config"}, want: ".git/config"},
		{name: "packages that nobody tracks",
			files: "node_modules/x/index.js vendor/modules.txt vendor/github.com/x/y.go a", want: "a"},
		{name: "named packages",
			files: "node_modules/x/index.js node_modules/x/.gitignore=*.log node_modules/x/a.log", paths: []string{"node_modules"},
			want: "node_modules/x/.gitignore node_modules/x/index.js"},
		{name: "a folder about vendors", files: "vendor/model.go vendor/list.yaml", want: "vendor/list.yaml vendor/model.go"},
		{name: "byte order mark and line ends", files: ".gitignore=\ufeffa\r|b\r a b c", want: ".gitignore c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{}
			for field := range strings.SplitSeq(tt.files, " ") {
				name, text, _ := strings.Cut(field, "=")
				files[name] = strings.ReplaceAll(text, "|", "\n")
			}
			write(t, dir, files)
			if got := strings.Join(walked(t, dir, tt.paths...), " "); got != tt.want {
				t.Errorf("files %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTracked pins that a tracked file is scanned whatever ignores it.
func TestTracked(t *testing.T) {
	needGit(t)
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	write(t, dir, map[string]string{
		".gitignore": ".env\nnode_modules/\n", ".env": "x", "sub/.env": "x",
		"node_modules/a/own.js": "x", "node_modules/a/other.js": "x",
		"vendor/modules.txt": "x", "vendor/github.com/a/b.go": "x", "vendor/left.go": "x",
	})
	git(t, dir, "add", "-f", ".env", "node_modules/a/own.js", "vendor/modules.txt", "vendor/github.com/a/b.go")
	entries, notices := walk.Files(context.Background(), dir, nil, walk.Options{})
	var got []string
	for _, entry := range entries {
		name := entry.Path
		if entry.ThirdParty {
			name += " (third party)"
		}
		got = append(got, name)
	}
	want := []string{
		".env", ".gitignore", "node_modules/a/own.js (third party)",
		"vendor/github.com/a/b.go (third party)", "vendor/modules.txt (third party)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if len(notices) != 0 {
		t.Errorf("notices %v, want none", notices)
	}
}

// TestOtherRepositories pins that a repository below has rules of its own, and
// that a linked work tree has those of the main one.
func TestOtherRepositories(t *testing.T) {
	needGit(t)
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	write(t, dir, map[string]string{".gitignore": "*.log\n/ignored/\n", "a.log": "x"})
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "first")
	write(t, dir, map[string]string{".git/info/exclude": "*.tmp\n", "sub/a.log": "x", "sub/b.txt": "x", "ignored/c": "x"})
	git(t, filepath.Join(dir, "sub"), "init", "-q")
	git(t, filepath.Join(dir, "ignored"), "init", "-q")
	git(t, dir, "worktree", "add", "-q", "linked")
	write(t, dir, map[string]string{"linked/x.tmp": "x", "linked/y.log": "x", "linked/z": "x"})

	want := []string{".gitignore", "linked/.git", "linked/.gitignore", "linked/z", "sub/a.log", "sub/b.txt"}
	if got := walked(t, dir); !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

func TestSymlinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	write(t, outside, map[string]string{"secret": "x", "folder/b": "x"})
	write(t, dir, map[string]string{"a": "x", "sub/c": "x"})
	for name, target := range map[string]string{
		"out": filepath.Join(outside, "secret"), "outdir": filepath.Join(outside, "folder"),
		"in": "a", "loop": ".", "sub/up": "..", "broken": "nowhere",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symlinks here:", err)
		}
	}
	if got := walked(t, dir); !slices.Equal(got, []string{"a", "sub/c"}) {
		t.Errorf("files %q, want those of the tree alone", got)
	}
	if got := walked(t, dir, "in", "outdir"); !slices.Equal(got, []string{"in", "outdir/b"}) {
		t.Errorf("named symlinks: files %q", got)
	}

	entries, _ := walk.Files(context.Background(), dir, []string{"a"}, walk.Options{})
	entry := entries[0]
	entry.Named = false
	swap(t, entry.Abs, filepath.Join(outside, "secret"))
	if data, err := entry.Read(); err == nil {
		t.Errorf("read %q through a symlink put in the file's place", data)
	}
}

// swap replaces a file by a symlink.
func swap(t *testing.T, name, target string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

func TestNotices(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"big": strings.Repeat("x", 101), "small": strings.Repeat("x", 100), "node_modules/a": "x"})
	entries, notices := walk.Files(context.Background(), dir, []string{".", "missing", "big"}, walk.Options{MaxSize: 100})
	if len(entries) != 1 || entries[0].Path != "small" || entries[0].Size != 100 {
		t.Errorf("entries %+v, want small alone", entries)
	}
	var got []string
	for _, notice := range notices {
		got = append(got, notice.ID+" "+notice.Level+" "+notice.Where.File)
		if strings.Contains(notice.Message, dir) {
			t.Errorf("message %q names the machine's path", notice.Message)
		}
	}
	want := []string{"skipped-file note big", "unreadable-file error missing", "skipped-folder note node_modules"}
	if !slices.Equal(got, want) {
		t.Errorf("notices %q, want %q", got, want)
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "x"})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if entries, _ := walk.Files(ctx, dir, nil, walk.Options{}); len(entries) != 0 {
		t.Errorf("entries %v after the end", entries)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "some text", "empty": ""})
	entries, _ := walk.Files(context.Background(), dir, nil, walk.Options{})
	for i, want := range []string{"some text", ""} {
		if data, err := entries[i].Read(); err != nil || string(data) != want {
			t.Errorf("%s: %q, %v", entries[i].Path, data, err)
		}
	}
	if err := os.Remove(entries[0].Abs); err != nil {
		t.Fatal(err)
	}
	_, err := entries[0].Read()
	if notice := entries[0].Unreadable(err); err == nil || notice.Message != "cannot read a: no such file or directory" {
		t.Errorf("notice %+v for error %v", notice, err)
	}
}

// TestIsExample tells what people start from from what is tested with.
func TestIsExample(t *testing.T) {
	for name, want := range map[string]bool{
		"examples/a.go": true, "demo/compose.yaml": true, ".env.example": true, "provisioning/vagrant/run.sh": true,
		"a.go": false, "a_test.go": false, "examples/tests/a.go": false, "testdata/example.json": false, ".github/sample.json": false,
	} {
		if got := walk.IsExample(name); got != want {
			t.Errorf("%s is an example: %v", name, got)
		}
	}
}

func TestClass(t *testing.T) {
	tests := []struct{ want, paths string }{
		{"", "main.go latest/a.go contest/a.go attest.go cmd/specs/openapi.yaml internal/protest/x.go config.yaml .env notes.txt requests/x.py .github/workflows/ci.yml .github/actions/a/action.yml fastest/a.go ci/deploy.yaml charts/db/values.yaml"},
		{"test", "a_test.go testdata/a.json pkg/httptest/server.go src/test/java/A.java src/LoginTest.java LoginIT.java test_login.py" +
			" login.test.ts spec/user_spec.rb login.spec.ts __tests__/a.js mocks/a.go mock_client.go fixtures/a.yml .env.example config.sample.php" +
			" examples/a.go application-test.yml docker-compose.e2e.yml conftest.py e2e/a.sh testcerts/a.key t/login.t systemtest/src/A.java provisioning/vagrant/run.sh .github/wizard.json charts/db/ci/tls-values.yaml"},
		{"document", "README.md readme docs/auth.yaml CHANGELOG.txt guide.rst a/doc/x.html"},
		{"test document", "docs/examples/a.sh testdata/README.md"},
	}
	for _, tt := range tests {
		for name := range strings.SplitSeq(tt.paths, " ") {
			test, document := walk.Class(name)
			var got []string
			if test {
				got = append(got, "test")
			}
			if document {
				got = append(got, "document")
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: class %q, want %q", name, got, tt.want)
			}
		}
	}
}
