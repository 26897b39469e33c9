package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/authlint/authlint/internal/cli"
)

func TestSpeaksVet(t *testing.T) {
	dir := t.TempDir()
	write := func(folder, name, text string) string {
		path := filepath.Join(dir, folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	unit := write("unit", "vet.cfg", `{"ImportPath": "a", "VetxOutput": "b", "GoFiles": []}`)
	other := write("other", "vet.cfg", `{"password": "x"}`)
	ini := write("ini", "vet.cfg", "[a]\nb = c\n")
	secrets := write("unit", "secrets.cfg", `{"ImportPath": "a", "VetxOutput": "b"}`)

	tests := []struct {
		args []string
		want bool
	}{
		{[]string{"-flags"}, true},
		{[]string{"-V=full"}, true},
		{[]string{unit}, true},
		{[]string{"-json", "-authconfig.data=eA==", unit}, true},
		{nil, false},
		{[]string{"-V=full", "x"}, false},
		{[]string{"--version"}, false},
		{[]string{"explain", unit}, false},
		{[]string{other}, false},
		{[]string{ini}, false},
		{[]string{secrets}, false},
		{[]string{filepath.Join(dir, "absent", "vet.cfg")}, false},
	}
	for _, tt := range tests {
		if got := cli.SpeaksVet(tt.args); got != tt.want {
			t.Errorf("SpeaksVet(%q) = %v, want %v", tt.args, got, tt.want)
		}
	}
}
