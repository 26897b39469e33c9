package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// TestOneSecretIsOneFrame: places of one secret over several files are told
// once, another secret apart, and the list of what to fix first counts them.
func TestOneSecretIsOneFrame(t *testing.T) {
	dir := t.TempDir()
	run := &finding.Run{Root: dir}
	for _, name := range []string{"a.yml", "b.yml", "c.yml", "d.yml", "e.yml", "f.yml", "g.yml"} {
		secret := "Winter-Lake-22"
		if name == "g.yml" {
			secret = "Summer-Lake-22"
		}
		text := "key_of_" + name[:1] + ": " + secret + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		at := loc(name, 1, strings.Index(text, ": ")+3, len(text))
		run.Findings = append(run.Findings, finding.Finding{
			Rule: "hardcoded-credential", Severity: finding.High, Message: "password in key_of_" + name[:1] + " is hard-coded",
			Primary: at, Redact: []finding.Location{at},
		})
	}
	var out strings.Builder
	if err := Text(&out, run, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"password in key_of_a is hard-coded (6\u00a0places\u00a0in\u00a06\u00a0files)", "::: f.yml:1:11", "password in key_of_g is hard-coded\n",
		"a.yml:1:11: Credential written in the source (and 5 more places).", "7 findings: 7 high",
	} {
		if !strings.Contains(out.String(), want) && !strings.Contains(out.String(), strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "key_of_b is") || strings.Contains(out.String(), "Lake") {
		t.Errorf("told one by one, or in clear:\n%s", out.String())
	}
}
