package shape_test

import (
	"testing"

	"github.com/authlint/authlint/internal/shape"
)

func TestHasFold(t *testing.T) {
	for _, c := range []struct {
		data, text string
		want       bool
	}{
		{"Bearer x", "bearer ", true},
		{"BEARER", "bearer", true},
		{"bear", "bearer", false},
		{"@[`{", "@[`{", true}, // beside the letters
		{"@", "`", false},
		{"\u00c4", "\u00e4", false}, // beyond ASCII
		{"", "", true},
	} {
		if got := shape.HasFold([]byte(c.data), c.text); got != c.want {
			t.Errorf("HasFold(%q, %q) = %t", c.data, c.text, got)
		}
	}
}
