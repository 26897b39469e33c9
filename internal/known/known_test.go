package known_test

import (
	"slices"
	"testing"

	"github.com/authlint/authlint/internal/known"
)

func TestNames(t *testing.T) {
	names, err := known.Names(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"hardcoded-credential", "aws-access-token"} { // a page, a pattern
		if !slices.Contains(names.Rules, id) {
			t.Errorf("no rule %s", id)
		}
	}
	if !slices.Contains(names.Thresholds, "login-attempts") {
		t.Error("no threshold login-attempts")
	}
	if !slices.IsSorted(names.Rules) || len(slices.Compact(slices.Clone(names.Rules))) != len(names.Rules) {
		t.Error("rules are not sorted or not unique")
	}
}
