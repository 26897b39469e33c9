package authpattern_test

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// files are packages whose credentials are filled in when the test runs. What
// must be found has a want behind it, or is in the list of the test.
var files = map[string]string{
	"comments/a.go": `// Package comments has credentials in its comments.
package comments

// token: ghp_{{alnum36}} // want "text has the form of a credential .GitHub PAT.* .github-pat.$"

/*
second line
ghp_{{alnum36}} */ // want "github-pat"

func f(ghp_{{alnum36}} string) string { return "ghp_{{alnum36}}" } // ok: code and literals are others' matter

// see https://onetimesecret.com/secret/4kx0w8d2yq7n1c5v9m3z6b8h // want "one-time-secret-link"

// method says t = {{jwt}} // want "jwt"
func (t *T[P]) method() {}

//authlint:ignore github-pat -- a test
// ghp_{{alnum36}}
type T[P any] struct{}

// ghp_{{alnum36}} gitleaks:allow

// ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and https://example.org/ghp_
`,
	"embeds/a.go": `package embeds

import "embed"

//go:embed one.env "two words.txt" dir all:hidden *.conf
var content embed.FS

var _ = content
`,
	"embeds/one.env":        "TOKEN=ghp_{{alnum36}}\n",
	"embeds/two words.txt":  "ghp_{{alnum36}}\n",
	"embeds/dir/sub/x.yaml": "first: line\ntoken: ghp_{{alnum36}}\n",
	"embeds/dir/.hidden":    "ghp_{{alnum36}}\n",
	"embeds/dir/_x":         "ghp_{{alnum36}}\n",
	"embeds/hidden/.env":    "ghp_{{alnum36}}\n",
	"embeds/a.conf":         "# gitleaks:allow ghp_{{alnum36}}\n",
	"embeds/other.env":      "ghp_{{alnum36}}\n",
	"plain/a.go":            "package plain\n\n// F returns one.\nfunc F() int { return 1 }\n",
}

// tree writes the packages below a folder and returns it.
func tree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, "src", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(secrettest.Expand(text)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// result returns the result of the analyzer on a package.
func result(t *testing.T, dir, pkg string) *authpattern.Result {
	t.Helper()
	for _, r := range analysistest.Run(t, dir, authpattern.Analyzer, pkg) {
		return r.Result.(*authpattern.Result)
	}
	t.Fatal("no result")
	return nil
}

func TestComments(t *testing.T) {
	found := result(t, tree(t), "comments").Findings
	var got []string
	for _, f := range found {
		line := f.Rule + " " + f.Symbol
		if f.Suppressed != nil {
			line += " " + f.Suppressed.Kind
		}
		got = append(got, line)
		if len(f.Redact) != 1 || f.Primary != f.Redact[0] || f.Rule != "one-time-secret-link" && !strings.Contains(strings.Join(f.Grades, " "), "document") {
			t.Errorf("finding %+v", f)
		}
	}
	want := "github-pat , github-pat , one-time-secret-link , jwt T.method, github-pat  authlint:ignore, github-pat  gitleaks:allow"
	if strings.Join(got, ", ") != want {
		t.Errorf("findings %q, want %q", strings.Join(got, ", "), want)
	}
}

func TestEmbeds(t *testing.T) {
	dir := tree(t)
	var got []string
	for _, f := range quietly(t, dir, "embeds").Findings {
		name, err := filepath.Rel(filepath.Join(dir, "src", "embeds"), f.Primary.File)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(name)+":"+f.Rule)
		if strings.HasPrefix(name, "dir") && (f.Primary.Line != 2 || f.Primary.Column != 8) {
			t.Errorf("place %+v", f.Primary)
		}
	}
	want := "dir/sub/x.yaml:github-pat, hidden/.env:github-pat, one.env:github-pat, two words.txt:github-pat"
	if strings.Join(got, ", ") != want {
		t.Errorf("findings %q, want %q", strings.Join(got, ", "), want)
	}
}

// quietly runs the analyzer without expectations: diagnostics on files that are
// no Go stand at the package clause.
func quietly(t *testing.T, dir, pkg string) *authpattern.Result {
	t.Helper()
	for _, r := range analysistest.Run(silent{t}, dir, authpattern.Analyzer, pkg) {
		return r.Result.(*authpattern.Result)
	}
	t.Fatal("no result")
	return nil
}

// silent swallows unexpected diagnostics.
type silent struct{ *testing.T }

func (silent) Errorf(string, ...any) {}

func TestMatch(t *testing.T) {
	r := result(t, tree(t), "plain")
	if len(r.Findings) != 0 {
		t.Errorf("findings %v in plain code", r.Findings)
	}
	tests := []struct{ text, want string }{
		{"ghp_{{alnum36}}", "github-pat"},
		{"Authorization: App {{hex32}}-{{uuid}}", "infobip-api-key"},
		{"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", ""},
		{"some sentence with a key in it", ""},
	}
	for _, tt := range tests {
		text := secrettest.Expand(tt.text)
		var ids []string
		for _, m := range r.Match(text) {
			ids = append(ids, m.RuleID)
			if text[m.SecretStart:m.SecretEnd] != m.Secret.Reveal() {
				t.Errorf("%s: wrong offsets", m.RuleID)
			}
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%s: matches %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestNoFacts pins that drivers need not run the analyzer on dependencies.
func TestNoFacts(t *testing.T) {
	if len(authpattern.Analyzer.FactTypes) != 0 {
		t.Error("the analyzer has facts")
	}
	if err := analysis.Validate([]*analysis.Analyzer{authpattern.Analyzer}); err != nil {
		t.Error(err)
	}
}

// TestBrokenFile gives the analyzer what a parser leaves of nothing.
func TestBrokenFile(t *testing.T) {
	set := token.NewFileSet()
	source := set.AddFile("a.go", -1, 10)
	source.SetLines([]int{0})
	group := &ast.CommentGroup{List: []*ast.Comment{{Slash: source.Pos(8), Text: "// longer than the file"}}}
	file := &ast.File{Package: source.Pos(0), FileStart: source.Pos(0), Name: ast.NewIdent("a"), Comments: []*ast.CommentGroup{group}}
	if text := authpattern.CommentText(source, file); len(text) != 10 {
		t.Errorf("text of %d bytes, want 10", len(text))
	}
}
