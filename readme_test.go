package authlint_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

var update = flag.Bool("update", false, "write what is generated into README.md")

// The marks around the generated table in README.md.
const (
	tableBegin = "<!-- rules: generated -->\n"
	tableEnd   = "<!-- end of rules -->\n"
)

func TestReadmeListsTheRules(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegin)
	_, after, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		t.Fatal("README.md has no place for the table of rules")
	}
	want := before + tableBegin + ruleTable(t) + tableEnd + after
	if want == string(data) {
		return
	}
	if !*update {
		t.Fatal("the table of rules in README.md is out of date: run 'go test -run TestReadmeListsTheRules . -update'")
	}
	if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
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
