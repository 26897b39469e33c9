package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnit(t *testing.T) {
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root, facts := write("vet.cfg", `{"ImportPath": "a"}`), write("vet.cfg", `{"ImportPath": "a", "VetxOnly": true}`)
	tests := []struct {
		args  []string
		want  string
		alone bool
	}{
		{[]string{"-flags"}, "-flags", true},
		{[]string{"-V=full"}, "-V=full", true},
		{[]string{facts}, facts, true},
		{[]string{"-c=3", "-json", root}, "-json " + root, false},
		{[]string{"--c=3", facts}, facts, true},
		{[]string{unitCommand, "-json", root}, "-json " + root, true},
	}
	for _, tt := range tests {
		got, alone := Unit(tt.args)
		if strings.Join(got, " ") != tt.want || alone != tt.alone {
			t.Errorf("Unit(%q) = %q, %v, want %q, %v", tt.args, got, alone, tt.want, tt.alone)
		}
	}
}

func TestTellUnit(t *testing.T) {
	tests := []struct{ line, want string }{
		{"/x/m.go:3:4: a weak one (weak-password)\n", "/x/m.go:3:4: a weak one (weak-password)\n"},
		{"m.go:3:4: authtls broke off (internal-error)\n", "m.go:3:4: authtls broke off (internal-error)\n"},
		{"m.go:3:4: \tliteral\n", "m.go:3:4: \tliteral\n"},
		{"b.go:4:9: expected ';', found \"orchid\" (and 1 more errors)\n", "b.go:4:9: expected ';'\n"},
		{`C:\x\b.go:4:9: cannot use "orchid" (untyped string constant) as int value` + "\n", `C:\x\b.go:4:9: the package does not compile` + "\n"},
		{"b.y:4: undefined: orchid\n", "b.y:4: undefined: orchid\n"},
		{"invalid value \"eCA9IDE=\" for flag -authconfig.data: .authlint.toml:1: unknown key\n", "invalid value \"eCA9IDE=\" for flag -authconfig.data: .authlint.toml:1: unknown key\n"},
		{"authlint: no package vetx file for \"fmt\"\n", "authlint: no package vetx file for \"fmt\"\n"},
	}
	for _, tt := range tests {
		var b strings.Builder
		if tellUnit(&b, tt.line, nil); b.String() != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.line, b.String(), tt.want)
		}
	}
}

func TestNewer(t *testing.T) {
	tests := []struct {
		unit, message string
		newer         bool
	}{
		{`{"ImportPath": "runtime", "GoVersion": "go1.99"}`, "which cannot read code for go1.99", true},
		{`{"ImportPath": "os", "GoVersion": "go1.99.1"}`, "", true},
		{`{"ImportPath": "runtime", "GoVersion": "go1.21"}`, "", false},
		{`{"ImportPath": "runtime", "GoVersion": ""}`, "", false},
		{`no unit`, "", false},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "vet.cfg")
		if err := os.WriteFile(path, []byte(tt.unit), 0o644); err != nil {
			t.Fatal(err)
		}
		message, newer := Newer([]string{"-json", path})
		if newer != tt.newer || !strings.Contains(message, tt.message) || tt.message == "" && message != "" {
			t.Errorf("%s: %q, %t", tt.unit, message, newer)
		}
	}
}
