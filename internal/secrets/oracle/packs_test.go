package oracle

import (
	"os"
	"slices"
	"testing"

	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/report"

	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/rules"
)

// TestPacksInGitleaks runs the samples of the packs through gitleaks with the
// generated rules/gitleaks.toml: what a rule is to match is found there, too.
func TestPacksInGitleaks(t *testing.T) {
	text, err := os.ReadFile("../../../rules/gitleaks.toml")
	if err != nil {
		t.Fatal(err)
	}
	detector := gitleaks(t, string(text))
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	samples, quiet, told := 0, 0, 0
	for _, p := range catalogue.Providers() {
		for _, r := range p.SecretRules {
			if r.SkipReport {
				continue
			}
			finds := func(template string) bool {
				found := detector.Detect(detect.Fragment{Raw: secrettest.Expand(template) + "\n", FilePath: "sample.txt", StartLine: 1})
				return slices.ContainsFunc(found, func(f report.Finding) bool { return f.RuleID == r.ID })
			}
			for _, template := range r.Match {
				samples++
				if !finds(template) {
					t.Errorf("%s: gitleaks finds nothing in %q", r.ID, template)
				}
			}
			for _, template := range r.NoMatch {
				quiet++
				if finds(template) {
					told++ // it does not look at what a value says of itself
					t.Logf("%s: gitleaks takes %q for a match", r.ID, template)
				}
			}
		}
	}
	if len(detector.Config.Rules) < 222+100 {
		t.Errorf("only %d rules are loaded", len(detector.Config.Rules))
	}
	t.Logf("%d samples found by gitleaks; of %d that are no match it takes %d for one", samples, quiet, told)
}
