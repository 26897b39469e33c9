package nearest_test

import (
	"testing"

	"github.com/authlint/authlint/internal/nearest"
)

func TestHint(t *testing.T) {
	candidates := []string{"only", "skip", "hardcoded-credential", "persona"}
	tests := []struct{ word, want string }{
		{"skp", `, did you mean "skip"?`},
		{"hardcoded-credentials", `, did you mean "hardcoded-credential"?`},
		{"hard-coded-credential", `, did you mean "hardcoded-credential"?`},
		{"personna", `, did you mean "persona"?`},
		{"elephant", ""},
		{"x", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := nearest.Hint(tt.word, candidates); got != tt.want {
			t.Errorf("Hint(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
