package source

import (
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/authlint/authlint/internal/finding"
)

// tree returns a Tree over files given by name and content.
func tree(t *testing.T, files map[string]string) *Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tr := NewTree(dir)
	t.Cleanup(tr.Close)
	return tr
}

func TestLines(t *testing.T) {
	f := NewFile("a", []byte("one\r\ntwo\rstill two\n\nend"))
	want := []string{"one", "two\rstill two", "", "end"}
	if f.Lines() != len(want) {
		t.Errorf("%d lines, want %d", f.Lines(), len(want))
	}
	for i, w := range want {
		if got, ok := f.Line(i + 1); !ok || got != w {
			t.Errorf("line %d is %q, want %q", i+1, got, w)
		}
	}
	for _, n := range []int{-1, 0, 5} {
		if _, ok := f.Line(n); ok {
			t.Errorf("there is no line %d", n)
		}
	}
}

func TestRange(t *testing.T) {
	f := NewFile("a", []byte("abc\r\ndef\n"))
	tests := []struct {
		l    finding.Location
		want string
		ok   bool
	}{
		{finding.Location{Line: 1, Column: 2, EndLine: 1, EndColumn: 4}, "bc", true},
		{finding.Location{Line: 1, Column: 3, EndLine: 2, EndColumn: 3}, "c\r\nde", true},
		{finding.Location{Line: 1, Column: 2}, "", true},
		{finding.Location{Line: 1, Column: 90, EndLine: 1, EndColumn: 95}, "", true},
		{finding.Location{Line: 2, Column: 3, EndLine: 2, EndColumn: 1}, "", true},
		{finding.Location{Line: 9, Column: 1, EndLine: 9, EndColumn: 2}, "", false},
		{finding.Location{Line: 1, Column: 1, EndLine: 9, EndColumn: 2}, "", false},
	}
	for _, tt := range tests {
		from, to, ok := f.Range(tt.l)
		if ok != tt.ok || string(f.Data()[from:to]) != tt.want {
			t.Errorf("%+v: got %q, %v", tt.l, f.Data()[from:to], ok)
		}
	}
}

func TestUTF16ColumnsOfLongLines(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	letters := []string{"a", "é", "漢", "😀"}
	var b strings.Builder
	for b.Len() < 3*markEvery {
		b.WriteString(letters[r.Intn(len(letters))])
	}
	text := b.String()
	f := NewFile("a", []byte("first\n"+text))
	for at := range text + "." {
		want := len(utf16.Encode([]rune(text[:at]))) + 1
		if got := f.UTF16Column(2, at+1); got != want {
			t.Fatalf("byte column %d is %d, want %d", at+1, got, want)
		}
	}
	if got := f.UTF16Column(2, 1<<40); got != len(utf16.Encode([]rune(text)))+1 {
		t.Errorf("a column beyond the line is %d", got)
	}
	if got := (*File)(nil).UTF16Column(3, 7); got != 7 {
		t.Errorf("without the file the column stays, got %d", got)
	}
}

func TestTreeStaysBelowItsRoot(t *testing.T) {
	tr := tree(t, map[string]string{"in/a.txt": "in\n"})
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte("out"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link.txt": outside, "dir": filepath.Dir(outside), "ok.txt": "in/a.txt"} {
		if err := os.Symlink(to, filepath.Join(tr.root, link)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{
		"in/a.txt": true, "./in/../in/a.txt": true, tr.root + "/in/a.txt": true, "ok.txt": true,
		"link.txt": false, "dir/secret.txt": false, "../x": false, outside: false, "in": false, "gone": false, "": false,
	} {
		if got := tr.File(name) != nil; got != want {
			t.Errorf("%q: readable is %v, want %v", name, got, want)
		}
	}
	if NewTree("").File("in/a.txt") != nil {
		t.Error("a tree without a root has no files")
	}
}

func TestResolve(t *testing.T) {
	tr := tree(t, map[string]string{
		"go.mod": "module example.com/shop\n", "main.go": "", "mail/mail.go": "",
		"tools/go.mod": "// the tools\nmodule example.com/shop/tools // comment\n", "tools/gen/gen.go": "", "tools/main.go": "",
	})
	tests := []struct{ pkg, file, near, wantFile, wantPkg string }{
		{"example.com/shop", "main.go", "mail/mail.go", "main.go", ""},
		{"example.com/shop/mail", "mail.go", "main.go", "mail/mail.go", ""},
		{"example.com/shop/tools/gen", "gen.go", "tools/main.go", "tools/gen/gen.go", ""},
		{"example.com/shop/mail", "mail.go", "tools/gen/gen.go", "mail/mail.go", ""},
		{"example.com/shop/mail", "gone.go", "main.go", "gone.go", "example.com/shop/mail"},
		{"example.com/shopping", "main.go", "main.go", "main.go", "example.com/shopping"},
		{"example.com/shop", "main.go", "/elsewhere/x.go", "main.go", "example.com/shop"},
		{"", "./mail/../main.go", "", "main.go", ""},
	}
	for _, tt := range tests {
		got := tr.Resolve(finding.Location{File: tt.file, Package: tt.pkg}, tt.near)
		if got.File != tt.wantFile || got.Package != tt.wantPkg {
			t.Errorf("%s in %q near %s: got %s in %q", tt.file, tt.pkg, tt.near, got.File, got.Package)
		}
	}
}
