package walk

import "testing"

func TestPatterns(t *testing.T) {
	for _, tt := range []struct {
		patterns []string
		path     string
		want     bool
	}{
		{[]string{"legacy/"}, "a/legacy/b.go", true},
		{[]string{"/legacy/"}, "a/legacy/b.go", false},
		{[]string{"*_test.go"}, "a/b_test.go", true},
		{[]string{"a/**"}, "a/b/c.go", true},
		{[]string{"a/*", "!a/b"}, "a/b/c.go", false},
		{[]string{"b.go"}, "b.go", true},
		{nil, "b.go", false},
		{[]string{"# no pattern"}, "# no pattern", false},
	} {
		if got := NewPatterns(tt.patterns).Match(tt.path); got != tt.want {
			t.Errorf("%q and %s: %v", tt.patterns, tt.path, got)
		}
	}
}
