package authlint_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

var update = flag.Bool("update", false, "write what is generated into README.md")

// TestReadme compares the parts of README.md that are generated.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := replace(t, string(data), "rules", ruleTable(t))
	want = replace(t, want, "report", sampleReport(t))
	if want == string(data) {
		return
	}
	if !*update {
		t.Fatal("README.md is out of date: run 'go test -run TestReadme . -update'")
	}
	if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replace puts a text between the marks of a generated part.
func replace(t *testing.T, page, part, text string) string {
	t.Helper()
	begin, end := "<!-- "+part+": generated -->\n", "<!-- end of "+part+" -->\n"
	before, rest, ok := strings.Cut(page, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("README.md has no place for %s", part)
	}
	return before + begin + text + end + after
}

// sampleReport returns a program and its report, from the script that tests it.
func sampleReport(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/script/flow.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, file := range archive.Files {
		switch {
		case strings.HasSuffix(file.Name, ".go"):
			fmt.Fprintf(&b, "```go\n// %s\n%s```\n\n", file.Name, file.Data)
		case file.Name == "report":
			fmt.Fprintf(&b, "```console\n$ authlint\n%s```\n", file.Data)
		}
	}
	return b.String()
}

// ruleTable returns the rules as a Markdown table.
func ruleTable(t *testing.T) string {
	t.Helper()
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| rule | what | severity |\n|---|---|---|\n")
	for _, rule := range catalogue.Rules() {
		certain := rule.Grades["certain"]
		severity := certain.Severity.String()
		if certain.Persona == finding.Auditor {
			severity += ", auditors only"
		}
		fmt.Fprintf(&b, "| [%s](rules/%s.md) | %s | %s |\n", rule.ID, rule.ID, rule.Title, severity)
	}
	return b.String()
}
