package secrets

import (
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/rules"
)

// TestPacks runs every sample of the providers' rules: what must be told as this
// rule's, and what must not.
func TestPacks(t *testing.T) {
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := mustNew(t, Options{})
	count := 0
	for _, p := range catalogue.Providers() {
		for _, r := range p.SecretRules {
			t.Run(r.ID, func(t *testing.T) {
				for _, template := range r.Match {
					if !tells(e, r, template) {
						t.Errorf("no match in %q", template)
					}
				}
				for _, template := range r.NoMatch {
					if tells(e, r, template) {
						t.Errorf("match in %q", template)
					}
				}
			})
			count += len(r.Match) + len(r.NoMatch)
		}
	}
	if count < 80 {
		t.Errorf("%d samples in all", count)
	}
}

// tells reports whether a credible match of the rule is in a sample.
func tells(e *Engine, r rules.SecretRule, template string) bool {
	text := []byte(secrettest.Expand(template) + "\n")
	if r.SkipReport { // a part of other rules
		p := firstPass(e.rules(), text)
		return p.hit(e.rules().byID[r.ID]) && len(p.run(e.rules().byID[r.ID])) > 0
	}
	for _, m := range e.Scan("sample.txt", text) {
		if m.RuleID == r.ID && e.Credible(&m, e.Value(&m)) {
			return true
		}
	}
	return false
}

// TestPackReach pins that the packs' rules run in windows only.
func TestPackReach(t *testing.T) {
	for _, r := range mustNew(t, Options{}).rules().rules {
		if r.Provider != "" && !r.reach().proven {
			t.Errorf("%s is searched for in whole files: is there a keyword in every match?", r.ID)
		}
	}
}

// TestPackRanks pins which rule names a text that several match.
func TestPackRanks(t *testing.T) {
	e := mustNew(t, Options{})
	tests := []struct{ template, want, also string }{
		{"IB_API_KEY={{hex32}}-{{uuid}}\n", "infobip-api-key", "infobip-named-secret"},
		{"SINCH_KEY_SECRET={{alnum30}}\n", "sinch-key-secret", "sinch-named-secret"},
		{"SINCH_API_TOKEN={{hex32}}\n", "sinch-api-token", "sinch-named-secret"},
		{"INFOBIP_PASSWORD={{alnum20}}\n", "infobip-named-secret", ""},
	}
	for _, tt := range tests {
		found := e.Find("x.env", []byte(secrettest.Expand(tt.template)))
		if len(found) != 1 {
			t.Errorf("%s: %d matches", strings.TrimSpace(tt.template), len(found))
			continue
		}
		slices.Sort(found[0].Also)
		if got := strings.Join(found[0].Also, " "); found[0].RuleID != tt.want || got != tt.also {
			t.Errorf("%s: rule %s and also %s, want %s and %s", strings.TrimSpace(tt.template), found[0].RuleID, got, tt.want, tt.also)
		}
	}
}
