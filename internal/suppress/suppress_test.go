package suppress_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/suppress"
)

// TestFiles applies the directives of every file below testdata to a finding
// of rule-a on each line. The mark «quiet» stands on lines that are silenced.
func TestFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			t.Run(filepath.Base(path)+"/"+file.Name, func(t *testing.T) {
				checkFile(t, file.Name, string(file.Data))
			})
		}
	}
}

func checkFile(t *testing.T, name, marked string) {
	src := strings.ReplaceAll(marked, "«quiet»", "")
	if src == marked {
		t.Fatal("no line is marked")
	}
	file := suppress.Terms{}.Parse(name, []byte(src))
	for i, line := range strings.Split(marked, "\n") {
		if line == "" {
			continue // no finding begins on a blank line
		}
		f := ruleA(name, i+1)
		file.Apply(&f, time.Time{})
		if got, want := f.Suppressed != nil, strings.Contains(line, "«quiet»"); got != want {
			t.Errorf("line %d silenced: %v, want %v: %s", i+1, got, want, line)
		}
	}
}

// ruleA is a finding about a secret on a line.
func ruleA(name string, line int) finding.Finding {
	at := finding.Location{File: name, Line: line, Column: 1, EndLine: line, EndColumn: 2}
	return finding.Finding{Rule: "rule-a", Absorbed: []string{"rule-b"}, Primary: at, Redact: []finding.Location{at}}
}

var day = time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)

func TestDirectives(t *testing.T) {
	tests := []struct{ text, reason, notice string }{
		{"rule-a -- a reason", "a reason", ""},
		{"rule-b -- absorbed", "absorbed", ""},
		{"rule-c,rule-a -- several", "several", ""},
		{"rule-c, rule-a -- a space", "a space", ""},
		{"rule-a — XML has no hyphens", "XML has no hyphens", ""},
		{"rule-a until=2026-11-21 -- last day", "last day", ""},
		{"rule-a until=2026-11-20 -- late", "", "expired-ignore x.yaml:1: authlint:ignore rule-a expired on 2026-11-20 and no longer holds"},
		{"rule-a until=tomorrow -- when?", "", "malformed-ignore x.yaml:1: authlint:ignore rule-a has a wrong date and holds for nothing: want until=YYYY-MM-DD"},
		{"rule-a", "", "malformed-ignore x.yaml:1: authlint:ignore rule-a gives no reason and holds for nothing: want authlint:ignore <rule> -- <reason>"},
		{"rule-a --", "", "malformed-ignore x.yaml:1: authlint:ignore rule-a gives no reason and holds for nothing: want authlint:ignore <rule> -- <reason>"},
		{"-- why", "", "malformed-ignore x.yaml:1: authlint:ignore names no rule and holds for nothing: want authlint:ignore <rule> -- <reason>"},
		{"rule-c -- another", "", "unused-ignore x.yaml:1: authlint:ignore rule-c silences nothing"},
		{"rule-skipped -- not judged", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			file := suppress.Terms{}.Parse("x.yaml", []byte("a: b # authlint:ignore "+tt.text+"\n"))
			f := ruleA("x.yaml", 1)
			file.Apply(&f, day)
			reason := ""
			if f.Suppressed != nil {
				reason = f.Suppressed.Reason
			}
			var notices []string
			for _, n := range file.Notices(func(rule string) bool { return rule != "rule-skipped" }) {
				notices = append(notices, n.ID+" "+n.Message)
			}
			if reason != tt.reason || strings.Join(notices, "\n") != tt.notice {
				t.Errorf("reason %q, notices %q\nwant %q, %q", reason, notices, tt.reason, tt.notice)
			}
		})
	}
}

// TestDatesNeedAClock keeps the vet cache honest: without a date, an expired
// ignore holds.
func TestDatesNeedAClock(t *testing.T) {
	file := suppress.Terms{}.Parse("x.yaml", []byte("a: b # authlint:ignore rule-a until=2001-01-01 -- old\n"))
	f := ruleA("x.yaml", 1)
	file.Apply(&f, time.Time{})
	if f.Suppressed == nil {
		t.Error("expiry was judged without a date")
	}
}

func TestGitleaksAllowIsForSecrets(t *testing.T) {
	file := suppress.Terms{}.Parse("x.yaml", []byte("a: b # gitleaks:allow\n"))
	f := ruleA("x.yaml", 1)
	f.Redact = nil
	if file.Apply(&f, day); f.Suppressed != nil {
		t.Error("gitleaks:allow silenced a finding without a secret")
	}
	if len(file.Notices(func(string) bool { return true })) != 0 {
		t.Error("authlint complains about another tool's comment")
	}
}

// TestComments sees to it that every kind of file has a syntax that works.
func TestComments(t *testing.T) {
	const d = "authlint:ignore rule-a -- reason"
	tests := map[string]string{
		"a.go": "package a //" + d, "a.js": "x(); // " + d, "a.java": "x(); /* " + d + " */", "a.py": "x() # " + d,
		"Dockerfile": "ENV A=b #" + d, "sub/.env.production": "A=b # " + d, "a.sql": "SELECT 1 -- " + d,
		"a.lua": "x() --[[ " + d + " ]]", "a.ini": "a=b ; " + d, "a.html": "<a> <!-- " + d + " -->",
		"pom.xml": "<a/> <!-- authlint:ignore rule-a — reason -->", "a.css": "a{} /* " + d + " */",
		"a.tex": "a % " + d, "a.bat": "set A=b & REM " + d, "a.cmd": "set A=b & :: " + d, "a.vbs": "a = b ' " + d,
		"a.properties": "! " + d + "\na=b", "a.hs": "x {- " + d + " -}", "a.ml": "x (* " + d + " *)",
		"a.rst": ".. " + d + "\n\na", "a.tf": "a = 1 // " + d, "a.json": "{\n\"//\": \"" + d + "\",\n\"a\": 1}",
		"config.yaml.tmpl": "a: b {# " + d + " #}", "values.yml.j2": "a: b # " + d, "a.php": "x(); # " + d,
		"a.unknown": "a; // " + d, "noname": "a -- " + d, "a.md": "a <!-- " + d + " -->", "a.clj": "(a) ;;; " + d,
		"a.ps1": "x <# " + d + " #>", "a.rs": "x(); /// " + d,
	}
	for name, text := range tests {
		last := strings.Count(text, "\n") + 1
		f := ruleA(name, last)
		suppress.Terms{}.Parse(name, []byte(text)).Apply(&f, day)
		if f.Suppressed == nil || f.Suppressed.Reason != "reason" {
			t.Errorf("%s: not silenced by %q: %+v", name, text, f.Suppressed)
		}
	}
}

func TestNoComments(t *testing.T) {
	const d = "authlint:ignore rule-a -- reason"
	tests := map[string]string{
		"a.go":   "package a\nvar x = \"//" + d + "\"",
		"a.py":   "x() // " + d,
		"a.css":  "a{} # " + d,
		"b.py":   "x() # see authlint:ignore rule-a -- reason",
		"c.py":   "x() # authlint:ignored rule-a -- reason",
		"a.bat":  "set A=b remauthlint:ignore rule-a -- reason",
		"a.yaml": "a: b",
	}
	for name, text := range tests {
		f := ruleA(name, strings.Count(text, "\n")+1)
		if (suppress.Terms{}).Parse(name, []byte(text)).Apply(&f, day); f.Suppressed != nil {
			t.Errorf("%s: silenced by %q", name, text)
		}
	}
}

// TestGoAgrees compares what passes see in comments with what the command line
// reads from the file.
func TestGoAgrees(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/go.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		src := strings.ReplaceAll(string(file.Data), "«quiet»", "")
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, file.Name, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		a, b := suppress.Terms{}.ParseGo(fset, tree), suppress.Terms{}.Parse(file.Name, []byte(src))
		if got, want := fmt.Sprint(a.Rules()), fmt.Sprint(b.Rules()); got != want {
			t.Errorf("%s: %s from comments, %s from the file", file.Name, got, want)
		}
	}
}

func TestDocumentsMayShowDirectives(t *testing.T) {
	text := []byte("Write `#authlint:ignore <rule> -- reason`, as in\n\n    a: b # authlint:ignore rule-z -- why\n")
	if n := (suppress.Terms{}).Parse("x.yaml", text).Notices(func(string) bool { return true }); len(n) == 0 {
		t.Error("the text has no directive to complain of")
	}
	file := suppress.Terms{}.Parse("doc/x.md", text)
	if n := file.Notices(func(string) bool { return true }); len(n)+len(file.Rules()) != 0 {
		t.Errorf("notices %v, rules %v", n, file.Rules())
	}
}

func TestRules(t *testing.T) {
	file := suppress.Terms{}.Parse("x.py", []byte("a() # authlint:ignore rule-a,rule-b -- x\n\nb() # authlint:ignore rule-b -- y\n"))
	if got := fmt.Sprint(file.Rules()); got != "map[rule-a:1 rule-b:1]" {
		t.Error(got)
	}
	if file.Empty() || !(suppress.Terms{}).Parse("x.py", []byte("a()")).Empty() {
		t.Error("Empty is wrong")
	}
	if !(suppress.Terms{}).ParseGo(token.NewFileSet(), &ast.File{}).Empty() {
		t.Error("an empty Go file has directives")
	}
}

func FuzzParse(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			f.Add(file.Name, file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		file := suppress.Terms{}.Parse(name, src)
		lines := strings.Count(string(src), "\n") + 1
		for _, line := range file.Rules() {
			if line < 1 || line > lines {
				t.Errorf("directive on line %d of %d", line, lines)
			}
		}
		found := ruleA(name, 1)
		file.Apply(&found, day)
		file.Notices(func(string) bool { return true })
	})
}
