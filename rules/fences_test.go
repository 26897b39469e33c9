package rules_test

import (
	"slices"
	"testing"

	// The modules that the Go examples import.
	_ "github.com/golang-jwt/jwt/v5"
	_ "github.com/jlaffaye/ftp"
	_ "golang.org/x/crypto/ssh"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/finding"
)

// TestFences runs the examples of all pages: a bad one yields its rule, and
// those that the page names in also, a good one yields nothing for anyone.
func TestFences(t *testing.T) {
	c := catalogue(t)
	fences := authtest.Fences(c.Rules())
	authtest.RunFences(t, c, fences)
	shown := map[string]bool{}
	for _, f := range fences {
		t.Run(f.String(), func(t *testing.T) {
			want := map[string]bool{}
			if f.Bad {
				want[f.Rule.ID] = true
				for _, id := range f.Rule.Also {
					want[id] = true
				}
			}
			for i := range f.Findings {
				found := &f.Findings[i]
				expected := false
				for _, id := range append(slices.Clone(f.Rule.Also), f.Rule.ID) {
					if f.Bad && found.Named(id) {
						expected = true
						delete(want, id)
					}
				}
				if !expected {
					t.Errorf("line %d: %s (%s, for %s, grades %v)", f.Line+found.Primary.Line-1, found.Message, found.Rule, found.Persona, found.Grades)
				}
				if expected && found.Persona == finding.Regular && found.Severity > finding.Off {
					shown[f.Rule.ID] = true
				}
			}
			for id := range want {
				t.Errorf("no finding of %s", id)
			}
		})
	}
	for _, r := range c.Rules() {
		if !shown[r.ID] {
			t.Errorf("%s: no bad example shows anything to regular readers", r.ID)
		}
	}
}
