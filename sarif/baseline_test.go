package sarif

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/finding"
)

// baselineRun is a run of three findings over two files, one of them suppressed.
func baselineRun(t *testing.T) *finding.Run {
	t.Helper()
	at := func(file string, line int) finding.Location {
		return finding.Location{File: file, Line: line, Column: 11, EndLine: line, EndColumn: 25}
	}
	return runOf(t, map[string]string{
		"app.yaml":    "password: Winter-Lake-22\nuser: shop\npassword: Winter-Lake-23\n",
		"a b/ü%.yaml": "password: Winter-Lake-24\n",
	},
		finding.Finding{Rule: "rule-one", Severity: finding.High, Message: "one", Key: "password", Symbol: "a.password", Fingerprint: "01",
			Primary: at("app.yaml", 1), Redact: []finding.Location{at("app.yaml", 1)}, Absorbed: []string{"rule-three"}},
		finding.Finding{Rule: "rule-two", Severity: finding.Low, Message: "two", Key: "password", Fingerprint: "02", SecretHash: "0a0b",
			Primary: at("app.yaml", 3), Redact: []finding.Location{at("app.yaml", 3)}, Persona: finding.Auditor},
		finding.Finding{Rule: "rule-two", Severity: finding.Low, Message: "two", Key: "password", Fingerprint: "03",
			Primary: at("a b/ü%.yaml", 1), Redact: []finding.Location{at("a b/ü%.yaml", 1)}},
		finding.Finding{Rule: "rule-two", Severity: finding.Low, Message: "four", Fingerprint: "04",
			Primary: at("app.yaml", 2), Suppressed: &finding.Suppression{Kind: "authlint:ignore", Reason: "a sample"}})
}

func TestBaselineIsRead(t *testing.T) {
	run := baselineRun(t)
	var first, second bytes.Buffer
	n, err := WriteBaseline(&first, run)
	if err != nil || n != 3 {
		t.Fatalf("%d entries and error %v, want 3", n, err)
	}
	if err := validate(t, first.Bytes()); err != nil {
		t.Error(err)
	}
	slices.Reverse(run.Findings)
	if _, err := WriteBaseline(&second, run); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("the order of findings changes the baseline, or error %v:\n%s\n%s", err, first.String(), second.String())
	}
	for _, part := range []string{"Winter", "startLine", "LineHash", "four"} {
		if strings.Contains(first.String(), part) {
			t.Errorf("the baseline holds %q", part)
		}
	}
	if lines := strings.Count(first.String(), "\n{\"") + strings.Count(first.String(), ",\n{\""); lines < 3 {
		t.Errorf("the entries do not stand on lines of their own:\n%s", first.String())
	}
	entries, err := baseline.Parse("b.sarif", first.Bytes())
	if err != nil || len(entries) != 3 {
		t.Fatalf("%d entries, error %v", len(entries), err)
	}
	e := entries[0]
	if e.File != "a b/ü%.yaml" || e.Print != "03" || e.Persona != "regular" || e.Key == "" || e.Line == "" {
		t.Errorf("the first entry is %+v", e)
	}
	if e = entries[2]; e.Rule != "rule-two" || e.Secret != "0a0b" || e.Persona != "auditor" {
		t.Errorf("the last entry is %+v", e)
	}
}

// TestLogsAreBaselines holds ordinary logs to give the same entries.
func TestLogsAreBaselines(t *testing.T) {
	run := baselineRun(t)
	var log, short bytes.Buffer
	if err := Write(&log, run, Options{Rules: someRules{}, ShowSuppressed: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteBaseline(&short, run); err != nil {
		t.Fatal(err)
	}
	marks := func(data []byte) map[string]baseline.Marks {
		entries, err := baseline.Parse("b.sarif", data)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]baseline.Marks{}
		for _, e := range entries {
			all[e.Rule+" "+e.File+" "+e.Persona+strings.Join(e.Absorbed, ",")] = e.Marks
		}
		return all
	}
	one, two := marks(log.Bytes()), marks(short.Bytes())
	if len(one) != 3 || len(two) != 3 {
		t.Fatalf("%d entries and %d, want 3", len(one), len(two))
	}
	for name, m := range one {
		if two[name] != m {
			t.Errorf("%s: %+v in a log, %+v in a baseline", name, m, two[name])
		}
	}
}

func TestStatesOfABaseline(t *testing.T) {
	run := baselineRun(t)
	run.Findings[0].Baseline = finding.BaselineNew
	run.Findings[1].Baseline = finding.BaselineUnchanged
	run.Baselined, run.Findings = run.Findings[1:2], run.Findings[:1]
	run.Absent = []finding.Absent{{Rule: "rule-gone", File: "gone.yaml", Message: "it was.", Level: "warning", Fingerprints: map[string]string{"authlint/v1": "05"}}}
	var log bytes.Buffer
	if err := Write(&log, run, Options{Rules: someRules{}}); err != nil {
		t.Fatal(err)
	}
	if err := validate(t, log.Bytes()); err != nil {
		t.Error(err)
	}
	for _, state := range []string{"new", "unchanged", "absent"} {
		if n := strings.Count(log.String(), `"baselineState":"`+state+`"`); n != 1 {
			t.Errorf("%d results are %s, want 1", n, state)
		}
	}
	entries, err := baseline.Parse("log.sarif", log.Bytes())
	if err != nil || len(entries) != 2 {
		t.Errorf("the log holds %d entries for the next run, error %v, want 2: what is absent is gone", len(entries), err)
	}
}
