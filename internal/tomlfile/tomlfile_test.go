package tomlfile_test

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/tomlfile"
)

// file has one field of each shape that a key can lead through.
type file struct {
	Persona string          `toml:"persona"`
	Rules   rules           `toml:"rules"`
	Hosts   map[string]host `toml:"hosts"`
	List    []host          `toml:"list"`
}

type rules struct {
	Skip []string `toml:"skip"`
	Only []string `toml:"only"`
}

type host struct {
	Transport string `toml:"transport"`
}

func TestDecodeErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"top-level key", "persona = 'x'\n\npersonna = 'y'\n", `f.toml:3: unknown key "personna", did you mean "persona"?`},
		{"key of a table", "[rules]\nskp = []\n", `f.toml:2: unknown key "rules.skp", did you mean "skip"?`},
		{"key below a map", "[hosts.\"a.b\"]\ntransprot = 'vpn'\n", `f.toml:2: unknown key "hosts.a.b.transprot", did you mean "transport"?`},
		{"key of an array of tables", "[[list]]\ntransprot = 'vpn'\n", `f.toml:2: unknown key "list.transprot", did you mean "transport"?`},
		{"unknown table", "[elephant]\nx = 1\n", `f.toml:1: unknown key "elephant"`},
		{"type", "[rules]\nskip = 3\n", "f.toml:2: "},
		{"syntax", "persona = 'x'\nrules = \n", "f.toml:2: "},
		{"twice", "persona = 'x'\npersona = 'y'\n", "f.toml:2: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tomlfile.Decode("f.toml", []byte(tt.text), new(file))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want prefix %q", err, tt.want)
			}
		})
	}
}

func TestDecodeSeveralErrors(t *testing.T) {
	err := tomlfile.Decode("f.toml", []byte("a = 1\nb = 2\n"), new(file))
	if err == nil || strings.Count(err.Error(), "unknown key") != 2 {
		t.Errorf("error %v, want both unknown keys", err)
	}
}

func TestLineOf(t *testing.T) {
	text := strings.Join([]string{
		"persona = 'x'",
		"[rules]",
		"skip = [",
		"  'one',",
		"  \"two\",",
		"]",
		"[hosts]",
		"'a.b' = { transport = 'vpn' }",
		"[hosts.c]",
		"transport = 'vpn'",
	}, "\n")
	tests := []struct {
		path    string
		element string
		want    int
	}{
		{"persona", "", 1},
		{"rules", "", 2},
		{"rules skip", "", 3},
		{"rules skip", "two", 5},
		{"rules skip", "absent", 3},
		{"hosts a.b", "", 8},
		{"hosts a.b transport", "", 8},
		{"hosts c transport", "", 10},
		{"hosts d", "", 0},
	}
	for _, tt := range tests {
		if got := tomlfile.LineOf([]byte(text), strings.Fields(tt.path), tt.element); got != tt.want {
			t.Errorf("LineOf(%s, %s) = %d, want %d", tt.path, tt.element, got, tt.want)
		}
	}
}

func TestLineIn(t *testing.T) {
	text := "x = 1\n[[list]]\na = 1\n\n[[list]]\nb = 2\na = 3\n[list.sub]\nc = 4\n[[other]]\na = 5\n"
	tests := []struct {
		table string
		n     int
		key   string
		want  int
	}{
		{"list", 0, "a", 3},
		{"list", 0, "b", 2},
		{"list", 1, "a", 7},
		{"list", 1, "c", 5},
		{"list", 2, "a", 0},
		{"other", 0, "a", 11},
		{"none", 0, "a", 0},
	}
	for _, tt := range tests {
		if got := tomlfile.LineIn([]byte(text), tt.table, tt.n, tt.key); got != tt.want {
			t.Errorf("LineIn(%s, %d, %s) = %d, want %d", tt.table, tt.n, tt.key, got, tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("persona = 'x'\n[rules]\nskip = ['a']\n")
	f.Add("[hosts.\"a.b\"]\ntransprot = 'vpn'\n[[list]]\n")
	f.Fuzz(func(t *testing.T, text string) {
		err := tomlfile.Decode("f.toml", []byte(text), new(file))
		if err != nil && !strings.HasPrefix(err.Error(), "f.toml") {
			t.Errorf("error without its file: %v", err)
		}
		tomlfile.LineOf([]byte(text), []string{"rules", "skip"}, "a")
		tomlfile.LineIn([]byte(text), "list", 1, "a")
	})
}
