package secrets

import (
	"testing"

	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/rules"
)

// TestPacksApart: no rule of a pack matches in the samples of another pack, be
// they credible or not.
func TestPacksApart(t *testing.T) {
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := mustNew(t, Options{})
	samples, own := 0, 0
	for _, p := range catalogue.Providers() {
		for _, r := range p.SecretRules {
			for _, template := range append(append([]string(nil), r.Match...), r.NoMatch...) {
				samples++
				for _, m := range e.Scan("sample.txt", []byte(secrettest.Expand(template)+"\n")) {
					switch {
					case m.Provider == p.ID:
						own++
					case m.Provider != "":
						t.Errorf("%s fires on a sample of %s: %q", m.RuleID, r.ID, template)
					}
				}
			}
		}
	}
	if samples < 400 || own < 200 {
		t.Errorf("%d samples, %d matches of their own packs", samples, own)
	}
	t.Logf("%d samples, %d matches of their own packs, none of another", samples, own)
}
