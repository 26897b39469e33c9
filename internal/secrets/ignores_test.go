package secrets

import (
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

func TestIgnores(t *testing.T) {
	list := ParseIgnores([]byte("# sub/a:q:9\n\nsub\\a:q:1\nsub/a:q:3 \nabc:sub/b:q:1\nnonsense\n"))
	tests := []struct {
		file, rule, absorbed string
		line                 int
		want                 string
	}{
		{"sub/a", "q", "", 1, "named in line 3"},
		{"sub/a", "q", "", 2, ""},
		{"sub/a", "q", "", 3, "named in line 4"},
		{"sub/a", "q", "", 9, ""},
		{"sub/a", "r", "", 1, ""},
		{"sub/a", "r", "q", 1, "named in line 3"},
		{"sub/b", "q", "", 1, ""}, // the entry is of a commit
	}
	for _, tt := range tests {
		f := finding.Finding{Rule: tt.rule, Absorbed: []string{tt.absorbed}, Primary: finding.Location{File: tt.file, Line: tt.line}}
		list.Apply(&f, nil)
		got := ""
		if f.Suppressed != nil {
			got = f.Suppressed.Reason
		}
		if got != tt.want {
			t.Errorf("%s:%d %s: suppressed %q, want %q", tt.file, tt.line, tt.rule, got, tt.want)
		}
	}
	Ignores(nil).Apply(&finding.Finding{}, nil)
}

func FuzzIgnores(f *testing.F) {
	f.Add([]byte("a:b:1\r\nc:d:e:2\n#\n::\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for entry, line := range ParseIgnores(text) {
			if entry == "" || line < 1 {
				t.Errorf("entry %q in line %d", entry, line)
			}
		}
	})
}
