package suppress_test

import (
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/suppress"
	"github.com/authlint/authlint/rules"
)

// TestForeign checks which comments of other tools silence what.
func TestForeign(t *testing.T) {
	at := func(name string, line int) finding.Location {
		return finding.Location{File: name, Line: line, Column: 1, EndLine: line, EndColumn: 5}
	}
	tls := func(line int) finding.Finding {
		return finding.Finding{Rule: "tls-verify-off", Primary: at("a.go", line)}
	}
	secret := func(name string, line int) finding.Finding {
		return finding.Finding{Rule: "github-pat", Primary: at(name, line), Redact: []finding.Location{at(name, line)},
			Evidence: map[string]string{"masked": "ghp_***"}}
	}
	const head = "package a\n\n"
	for _, tt := range []struct {
		name, honour, text string
		found              finding.Finding
		want               string // the kind
	}{
		{"same line", "gosec", head + "var a = 1 // #nosec G402 -- local\n", tls(3), "#nosec"},
		{"no blank, a colon", "gosec", head + "var a = 1 //#nosec G402: local\n", tls(3), "#nosec"},
		{"among others", "gosec", head + "var a = 1 // #nosec G101 G402\n", tls(3), "#nosec"},
		{"line before", "gosec", head + "// #nosec G402\nvar a = 1\n", tls(4), "#nosec"},
		{"a whole node", "gosec", head + "// #nosec G402\nvar a = []int{\n1,\n}\n", tls(5), "#nosec"},
		{"in a block comment", "gosec", head + "var a = 1 /* #nosec G402 */\n", tls(3), "#nosec"},
		{"another line", "gosec", head + "var a = 1 // #nosec G402\nvar b = 1\n", tls(4), ""},
		{"another id", "gosec", head + "var a = 1 // #nosec G101\n", tls(3), ""},
		{"an id that says nothing here", "gosec", head + "var a = 1 // #nosec G999\n", tls(3), ""},
		{"no id", "gosec", head + "var a = 1 // #nosec\n", tls(3), ""},
		{"an id in prose", "gosec", head + "var a = 1 // #nosec see G402\n", tls(3), ""},
		{"a pattern", "gosec", head + "var a = 1 // #nosec G101\n", secret("a.go", 3), "#nosec"},
		{"in a string", "gosec", head + "var a = \"#nosec G402\"\n", tls(3), ""},
		{"not honoured", "trufflehog", head + "var a = 1 // #nosec G402\n", tls(3), ""},
		{"trufflehog", "trufflehog", "a: b # trufflehog:ignore\n", secret("a.yaml", 1), suppress.TrufflehogIgnore},
		{"trufflehog in Go", "trufflehog", head + "var a = 1 // trufflehog:ignore\n", secret("a.go", 3), suppress.TrufflehogIgnore},
		{"only what is about a secret", "trufflehog", head + "var a = 1 // trufflehog:ignore\n", tls(3), ""},
		{"detect-secrets", "detect-secrets", "a: b # pragma: allowlist secret\n", secret("a.yaml", 1), suppress.DetectSecretsAllow},
		{"its older form", "detect-secrets", "a: b # pragma: whitelist secret\n", secret("a.yaml", 1), suppress.DetectSecretsAllow},
		{"next line", "detect-secrets", "# pragma: allowlist nextline secret\na: b\n", secret("a.yaml", 2), suppress.DetectSecretsAllow},
		{"not its own line", "detect-secrets", "a: b # pragma: allowlist nextline secret\n", secret("a.yaml", 1), ""},
		{"nothing honoured", "", "a: b # pragma: allowlist secret\n", secret("a.yaml", 1), ""},
	} {
		terms := suppress.Terms{Honour: []string{tt.honour}, Gosec: rules.Gosec}
		if tt.honour == "" {
			terms.Honour = nil
		}
		file := terms.Parse(tt.found.Primary.File, []byte(tt.text))
		file.Apply(&tt.found, day)
		got := ""
		if tt.found.Suppressed != nil {
			got = tt.found.Suppressed.Kind
		}
		if got != tt.want {
			t.Errorf("%s: silenced by %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestLocked checks that no comment silences a locked rule, and that it is told.
func TestLocked(t *testing.T) {
	terms := suppress.Terms{Honour: []string{"detect-secrets"}, Locked: func(rule string) bool { return rule == "rule-a" }}
	for text, told := range map[string]string{
		"a: b # authlint:ignore rule-a -- x\n":        `x.yaml:1: authlint:ignore rule-a does not hold: the policy locks rule "rule-a"`,
		"a: b # authlint:ignore rule-b -- x\n":        `x.yaml:1: authlint:ignore rule-b does not hold: the policy locks rule "rule-a"`,
		"a: b # gitleaks:allow\n":                     `x.yaml:1: gitleaks:allow does not hold: the policy locks rule "rule-a"`,
		"a: b # pragma: allowlist secret\n":           `x.yaml:1: pragma: allowlist secret does not hold: the policy locks rule "rule-a"`,
		"a: b # authlint:ignore slow-rotation -- x\n": "",
	} {
		at := finding.Location{File: "x.yaml", Line: 1, Column: 1, EndLine: 1, EndColumn: 5}
		f := finding.Finding{Rule: "rule-a", Absorbed: []string{"rule-b"}, Primary: at, Redact: []finding.Location{at}}
		file := terms.Parse("x.yaml", []byte(text))
		if file.Apply(&f, day); f.Suppressed != nil {
			t.Errorf("%q silences a locked rule", text)
		}
		got := ""
		for _, n := range file.Notices(func(string) bool { return false }) {
			got += n.Message
		}
		if got != told {
			t.Errorf("%q: told %q, want %q", text, got, told)
		}
	}
	absorbing := finding.Finding{Rule: "rule-b", Absorbed: []string{"rule-a"}, Primary: finding.Location{File: "x.yaml", Line: 1}}
	if terms.Parse("x.yaml", []byte("a: b # authlint:ignore rule-b -- x\n")).Apply(&absorbing, day); absorbing.Suppressed != nil {
		t.Error("a finding that has taken in a locked rule is silenced")
	}
}
