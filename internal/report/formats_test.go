package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/authlint/authlint/internal/finding"
)

var update = flag.Bool("update", false, "write the golden reports")

// TestGolden compares every format with a report that a person has read.
func TestGolden(t *testing.T) {
	for name, write := range formats() {
		got := print(t, write, fullRun(t), Options{ShowSuppressed: true})
		path := filepath.Join("testdata", "full."+name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got; -update writes it):\n%s", name, diff)
		}
	}
}

// manyRun has so many findings of each severity, all in one file.
func manyRun(t testing.TB, each int) *finding.Run {
	var list []finding.Finding
	for s := finding.Note; s <= finding.Critical; s++ {
		for i := range each {
			list = append(list, finding.Finding{Rule: fmt.Sprintf("rule-%d", i), Severity: s, Message: fmt.Sprintf("fault %d | with `marks` and <tags>", i),
				Primary: loc(fmt.Sprintf("a %d.go", i), i+1, 1, 2), Fingerprint: "same"})
		}
	}
	return runOf(t, nil, list...)
}

// command is one workflow command, as the runner of GitHub Actions reads it.
var command = regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.*)$`)

func TestGitHubKeepsToItsLimits(t *testing.T) {
	kinds := map[string]int{}
	for line := range strings.Lines(print(t, GitHub, manyRun(t, 12), Options{})) {
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			t.Fatalf("no command: %q", line)
		}
		kinds[m[1]]++
		if m[1] == "error" && kinds["error"] == 1 && !strings.Contains(line, "file=a 0.go,line=1,col=1,endColumn=2,title=rule-0") {
			t.Errorf("the first error is not the most severe one: %s", line)
		}
		if title := "title=authlint::"; strings.Contains(line, title) && !strings.Contains(line, "31 more findings are here without an annotation: 2 critical, 12 high, 2 medium, 12 low, 3 note") {
			t.Errorf("the rest is not counted: %s", line)
		}
	}
	if diff := cmp.Diff(map[string]int{"error": 10, "warning": 10, "notice": 10}, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestGitHubEscapes(t *testing.T) {
	run := runOf(t, map[string]string{"a:b,c%0A.go": "漢 := f(x)\n"}, finding.Finding{Rule: "some-rule", Severity: finding.High,
		Message: "100%\r\n::error::now ##[add-matcher]x", Primary: loc("a:b,c%0A.go", 1, 8, 9)})
	want := "::error file=a%3Ab%2Cc%250A.go,line=1,col=6,endColumn=7,title=some-rule::" +
		`100%25\r\n::error::now ##[add-matcher]x%0Afix: Rotate it first, OAuth 2.0 or not.%0Ahttps://example.com/some-rule.md` + "\n"
	if got := print(t, GitHub, run, Options{}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// TestNoLineIsAWorkflowCommand covers the other formats, whose lines the runner
// of GitHub Actions reads as well.
func TestNoLineIsAWorkflowCommand(t *testing.T) {
	for _, name := range []string{"text", "oneline", "markdown"} {
		run := runOf(t, nil, finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: loc("::add-mask::x", 1, 1, 2)})
		for line := range strings.Lines(print(t, formats()[name], run, Options{})) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

func TestGitLab(t *testing.T) {
	var got, empty []gitlabProblem
	if err := json.Unmarshal([]byte(print(t, GitLab, manyRun(t, 3), Options{})), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range got {
		if seen[p.Fingerprint] {
			t.Errorf("GitLab drops %s, whose fingerprint another one has", p.Description)
		}
		seen[p.Fingerprint] = true
	}
	if len(got) != 15 {
		t.Errorf("%d problems, want 15", len(got))
	}
	if err := json.Unmarshal([]byte(print(t, GitLab, runOf(t, nil), Options{})), &empty); err != nil || empty == nil || len(empty) > 0 {
		t.Errorf("a clean run: %v, %v", empty, err)
	}
	checkSchema(t, "testdata/gitlab.schema.json", print(t, GitLab, fullRun(t), Options{ShowSuppressed: true}))
}

// checkSchema holds a JSON text against a schema.
func checkSchema(t *testing.T, path, text string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%s: %v\n%s", path, err, text)
	}
}

func TestMarkdownKeepsToItsLimit(t *testing.T) {
	got := print(t, Markdown, manyRun(t, 2000), Options{})
	if len(got) > maxMarkdown {
		t.Errorf("%d bytes", len(got))
	}
	if !regexp.MustCompile(`(?m)^\d+ more findings are left out: the page is full\.$`).MatchString(got) {
		t.Error("what is left out is not counted")
	}
}

// TestMarkdownHasOnlyOurMarkup reads a page of hostile names as GitHub would.
func TestMarkdownHasOnlyOurMarkup(t *testing.T) {
	evil := "a|b`c``d <img src=x> [x](http://evil.example) ![y](z) **b** www.evil.example https://evil.example/x \\ ~~s~~ # h"
	run := manyRun(t, 2)
	for i := range run.Findings {
		f := &run.Findings[i]
		f.Message, f.Rule, f.Primary.File = evil, evil, evil
	}
	run.Notices = []finding.Notice{{ID: "x", Level: "warning", Message: evil}}
	page := []byte(print(t, Markdown, run, Options{}))
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(page))
	cells := 0
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch kind := n.Kind().String(); kind {
		case "RawHTML", "HTMLBlock", "Image", "AutoLink", "Strikethrough":
			t.Errorf("%s: %s", kind, page)
		case "Link":
			if link := n.(*ast.Link); !strings.HasPrefix(string(link.Destination), "https://example.com/a%7Cb") {
				t.Errorf("a link to %s", link.Destination)
			}
		case "TableCell":
			cells++
		}
		return ast.WalkContinue, nil
	})
	if want := 2*6 + 4*11; cells != want {
		t.Errorf("%d cells, want %d:\n%s", cells, want, page)
	}
}

// junitElements are the elements of JUnit's schema as Jenkins has it, with the
// attributes that each must and may have, and what it may hold.
var junitElements = map[string]struct{ must, may, holds []string }{
	"testsuites": {may: []string{"name", "time", "tests", "failures", "errors"}, holds: []string{"testsuite"}},
	"testsuite": {must: []string{"name", "tests", "failures", "errors"}, may: []string{"time", "skipped", "timestamp", "hostname", "id", "package", "file"},
		holds: []string{"testsuite", "properties", "testcase", "system-out", "system-err"}},
	"testcase": {must: []string{"name"}, may: []string{"time", "classname", "group"}, holds: []string{"skipped", "error", "failure", "system-out", "system-err"}},
	"skipped":  {may: []string{"type", "message"}},
	"error":    {may: []string{"type", "message"}},
	"failure":  {may: []string{"type", "message"}},
}

// checkJUnit holds a report against the schema.
func checkJUnit(t *testing.T, report string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(report))
	var open []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, report)
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			element, known := junitElements[name]
			if len(open) > 0 && !slices.Contains(junitElements[open[len(open)-1]].holds, name) || !known {
				t.Errorf("%s in %v", name, open)
			}
			must := slices.Clone(element.must)
			for _, a := range e.Attr {
				must = slices.DeleteFunc(must, func(m string) bool { return m == a.Name.Local })
				if !slices.Contains(append(element.must, element.may...), a.Name.Local) {
					t.Errorf("attribute %s of %s", a.Name.Local, name)
				}
			}
			if len(must) > 0 {
				t.Errorf("%s has no %v", name, must)
			}
			open = append(open, name)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

func TestJUnit(t *testing.T) {
	for _, run := range []*finding.Run{fullRun(t), manyRun(t, 3), runOf(t, nil)} {
		checkJUnit(t, print(t, JUnit, run, Options{ShowSuppressed: true}))
	}
	unread := runOf(t, nil)
	unread.Notices = []finding.Notice{{ID: "unreadable-file", Level: "error", Message: "cannot read a\x01b"}, {ID: "skipped-file", Level: "note", Message: "large"}}
	got := print(t, JUnit, unread, Options{})
	checkJUnit(t, got)
	var report junitSuites
	if err := xml.Unmarshal([]byte(got), &report); err != nil {
		t.Fatal(err)
	}
	if report.Tests != 1 || report.Errors != 1 || report.Suites[0].Cases[0].Error.Message != `cannot read a\x01b` {
		t.Errorf("%+v", report)
	}
	if err := xml.Unmarshal([]byte(print(t, JUnit, fullRun(t), Options{ShowSuppressed: true})), &report); err != nil || report.Failures != 2 {
		t.Errorf("%d failures, want those of main.go and app.yaml: %v", report.Failures, err)
	}
}

// TestFirst picks by severity, then what looks live, then how far it reaches,
// and not the same fault of a file twice.
func TestFirst(t *testing.T) {
	f := func(rule string, s finding.Severity, file string) *finding.Finding {
		return &finding.Finding{Rule: rule, Severity: s, Primary: loc(file, 1, 1, 2)}
	}
	live, far, sample, silent := f("b", finding.High, "b"), f("c", finding.High, "c"), f("s", finding.High, "s"), f("x", finding.Critical, "x")
	live.SecretHash = "00"
	far.Places = []finding.Location{{}, {}}
	sample.Evidence = map[string]string{"publisher": "the guide"}
	silent.Suppressed = &finding.Suppression{}
	list := []*finding.Finding{f("n", finding.Note, "n"), sample, f("a", finding.High, "a"), f("a", finding.High, "a"), far, live, f("d", finding.Critical, "d"), silent}
	page, err := newPrinter(&finding.Run{Root: t.TempDir()}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer page.tree.Close()
	var got []string
	for _, p := range page.first(list) {
		got = append(got, fmt.Sprintf("%s+%d", p.Rule, p.alike))
	}
	if diff := cmp.Diff([]string{"d+0", "b+0", "c+0", "a+1", "s+0"}, got); diff != "" {
		t.Error(diff)
	}
	if got := page.first(list[:5]); got != nil {
		t.Errorf("five findings need no choice: %v", got)
	}
}

func TestNoticesOfAKindAreCounted(t *testing.T) {
	run := &finding.Run{}
	for i := range 9 {
		run.Notices = append(run.Notices, finding.Notice{ID: "skipped-file", Level: "note", Message: fmt.Sprint("file ", i)})
	}
	for i := range 4 {
		run.Notices = append(run.Notices, finding.Notice{ID: "unreadable-file", Level: "error", Message: fmt.Sprint("cannot read ", i)})
	}
	var got []string
	for _, n := range Notices(run, false) {
		got = append(got, n.Message)
	}
	want := []string{"cannot read 0", "cannot read 1", "cannot read 2", "cannot read 3", "file 0", "file 1", "file 2", "6 more of this kind, skipped file (--verbose shows all)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(Notices(run, true)); n != 13 {
		t.Errorf("--verbose shows %d", n)
	}
}

// TestHostileRunsAreWellFormed holds the formats for programs to their grammar
// over names and texts that want to break out of it.
func TestHostileRunsAreWellFormed(t *testing.T) {
	for _, evil := range []string{"]]>", "\x00\x1b[31m\xff", "\"\\\n</testcase>", "\ufffe\U000e0001\u2028", "%0A::error::", "-->", "&amp;"} {
		run := runOf(t, map[string]string{"ok": evil}, finding.Finding{Rule: evil, Severity: finding.High, Message: evil, Primary: loc(evil, 1, 1, 2), Symbol: evil},
			finding.Finding{Rule: evil, Severity: finding.Low, Message: evil, Primary: loc("ok", 1, 1, 2), Suppressed: &finding.Suppression{Kind: evil, Reason: evil}})
		run.Notices = []finding.Notice{{ID: evil, Level: "error", Message: evil}}
		opts := Options{ShowSuppressed: true}
		checkJUnit(t, print(t, JUnit, run, opts))
		checkSchema(t, "testdata/gitlab.schema.json", print(t, GitLab, run, opts))
		for line := range bytes.Lines([]byte(print(t, JSONL, run, opts))) {
			if !json.Valid(line) {
				t.Errorf("not JSON: %s", line)
			}
		}
		for line := range strings.Lines(print(t, GitHub, run, opts)) {
			if !command.MatchString(strings.TrimSuffix(line, "\n")) {
				t.Errorf("no command: %q", line)
			}
		}
	}
}
