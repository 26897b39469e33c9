package rules

import (
	"path"
	"testing"
)

// TestNames: what is made ready says what path.Match says.
func TestNames(t *testing.T) {
	bases := []string{"", "a", "go.sum", "tsconfig.json", "tsconfig.app.json", "tsconfig.jso", "x.min.json", ".min.json", "min.json", "a.po", "a.pot", "ab", "aXb", "aab", "a*b", "abab"}
	for _, pattern := range []string{"go.sum", "tsconfig*.json", "*.min.json", "*.po", "*", "a*b", "a*b*", "a?b", "a[a-z]b", `a\*b`, "ab*ab"} {
		var n names
		n.add(pattern)
		for _, base := range bases {
			if want, _ := path.Match(pattern, base); n.match(base) != want {
				t.Errorf("%q fits %q: %t, want %t", base, pattern, !want, want)
			}
		}
	}
}
