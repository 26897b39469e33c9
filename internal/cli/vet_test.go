package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/config"
)

func TestHasFinding(t *testing.T) {
	ids := []string{"weak-password", "tls-verify-off"}
	tests := []struct {
		output string
		want   bool
	}{
		{"# example.com/m\n./m.go:3:4: a weak one (weak-password)\n", true},
		{"m.go:3:4: x (tls-verify-off)", true},
		{"m.go:3:4: undefined: missing (weak-password", false},
		{"m.go:3:4: cannot use x (variable of type int) as string value (other-rule)\n", false},
		{"go: updates to go.mod needed\n", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := hasFinding(tt.output, ids); got != tt.want {
			t.Errorf("hasFinding(%q) = %v", tt.output, got)
		}
	}
}

// TestVetFlagLimits holds settings to one argument of a length that the system
// takes, and to a stable name if they are handed over as a file.
func TestVetFlagLimits(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	small, file := config.Default(), config.File{}
	for i := range 10000 {
		file.Exclude = append(file.Exclude, fmt.Sprintf("folder-%d/", i))
	}
	large, err := file.Config()
	if err != nil {
		t.Fatal(err)
	}
	word, err := vetFlag(small)
	if err != nil || !strings.HasPrefix(word, "-authconfig.data=") {
		t.Errorf("%q, %v", word, err)
	}
	first, err := vetFlag(large)
	if err != nil || len(first) > 1000 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	second, err := vetFlag(large)
	if err != nil || first != second {
		t.Errorf("%q and %q, %v", first, second, err)
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(first, "-authconfig.file="), "@")
	back, err := config.Load(path)
	if err != nil || len(back.Exclude) != len(large.Exclude) {
		t.Errorf("read back: %v", err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o022 != 0 {
		t.Errorf("others may write the settings: %v", info.Mode())
	}
}
