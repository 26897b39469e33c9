package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

func writeFile(path, text string) error { return os.WriteFile(path, []byte(text), 0o644) }

const scoped = `
exclude = ["/gen/", "!/gen/keep.go"]
[rules]
skip = ["slow-rotation"]
[rules.severity]
weak-password = "low"
jwt = "off"

[[overrides]]
paths = ["legacy/", "*_old.go"]
persona = "auditor"
rules.severity.slow-rotation = "high"
thresholds.login-attempts = 9

[[overrides]]
paths = ["/legacy/new/**"]
fail-on = "critical"
rules.skip = ["weak-password"]
thresholds.login-attempts = 2
`

// show returns what holds for a file in short.
func show(s *Scope) string {
	words := []string{s.Persona.String(), s.FailOn.String()}
	for _, id := range sortedKeys(s.Disabled) {
		if s.Disabled[id] {
			words = append(words, "-"+id)
		}
	}
	for _, id := range sortedKeys(s.Severities) {
		words = append(words, id+"="+s.Severities[id].String())
	}
	if n, ok := s.Thresholds["login-attempts"]; ok {
		words = append(words, string(rune('0'+n)))
	}
	return strings.Join(words, " ")
}

func TestFor(t *testing.T) {
	c, err := Parse("x.toml", []byte(scoped))
	if err != nil {
		t.Fatal(err)
	}
	const everywhere = "regular low -jwt -slow-rotation jwt=off weak-password=low"
	const legacy = "auditor low -jwt jwt=off slow-rotation=high weak-password=low 9"
	const renewed = "auditor critical -jwt -weak-password jwt=off slow-rotation=high weak-password=low 2"
	base := filepath.Join(string(filepath.Separator)+"repo", "sub")
	nested := *c
	nested.Base = base
	for _, tt := range []struct {
		name string
		c    *Config
		file string
		want string
	}{
		{"elsewhere", c, "a.go", everywhere},
		{"in a folder", c, "x/legacy/a.go", legacy},
		{"by name", c, "x/a_old.go", legacy},
		{"two match", c, "legacy/new/x/a.go", renewed},
		{"an absolute name", nested.In(base), filepath.Join(base, "legacy", "a.go"), legacy},
		{"below a root above", nested.In(filepath.Dir(base)), "sub/legacy/new/a.go", renewed},
		{"beside the settings", nested.In(filepath.Dir(base)), "legacy/a.go", everywhere},
	} {
		if got := show(tt.c.For(tt.file)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if !c.Excludes("gen/a.go") || c.Excludes("x/gen/a.go") {
		t.Error("patterns of exclude are not those of .gitignore")
	}
	f := finding.Finding{Severity: finding.High, Primary: finding.Location{File: "legacy/new/a.go"}}
	if c.Fails(&f) {
		t.Error("fail-on of an override does not hold")
	}
}

// TestEncodeTellsAll checks that what reaches analyzers says the same, with the
// text of all files and the place of the settings.
func TestEncodeTellsAll(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		FileName:    scoped + "\n[extend]\nproviders = ['acme.toml']\n",
		"acme.toml": "name = 'Acme'\nhosts = ['acme.example']\nschemes = ['bearer']\nrotation = 'x'\n",
	} {
		if err := writeFile(filepath.Join(dir, name), text); err != nil {
			t.Fatal(err)
		}
	}
	c, err := LoadOwn(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	word, err := c.In(dir).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "acme.toml")); err != nil {
		t.Fatal(err)
	}
	back, err := Decode(word)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "legacy", "new", "a.go")
	if got, want := show(back.For(file)), show(c.In(dir).For("legacy/new/a.go")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	catalogue, err := back.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := catalogue.Provider("acme"); !ok {
		t.Error("an own provider does not travel")
	}
	if again, _ := back.Encode(); again != word {
		t.Error("equal settings have different words")
	}
}

func TestDescribe(t *testing.T) {
	p, _ := Parse("policy.toml", []byte("persona = 'auditor'\n[rules]\nskip = ['jwt']\n"))
	c, err := Parse(FileName, []byte("fail-on = 'high'\n[rules]\nskip = ['slow-rotation']\n[thresholds]\nlogin-attempts = 3\n"))
	if err != nil {
		t.Fatal(err)
	}
	origin := func(c *Config, key, value string) string {
		values, err := c.Describe()
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if v.Key == key && v.Value == value {
				return v.Origin
			}
		}
		return "absent"
	}
	under, err := c.Under(p)
	if err != nil {
		t.Fatal(err)
	}
	flagged, err := c.Over(File{FailOn: "medium"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		c                *Config
		key, value, want string
	}{
		{c, "persona", "regular", "default"},
		{c, "fail-on", "high", FileName + ":1"},
		{c, "rules.skip", "slow-rotation", FileName + ":3"},
		{c, "thresholds.login-attempts", "3", FileName + ":5"},
		{flagged, "fail-on", "medium", "--fail-on"},
		{under, "persona", "auditor", "policy.toml:1"},
		{under, "fail-on", "low", "default, which the policy leaves as it is"},
		{under, "rules.skip", "jwt", "policy.toml:3"},
		{under, "rules.skip", "slow-rotation", "absent"},
		{under, "thresholds.login-attempts", "3", FileName + ":5"},
		{under, "locked", "all rules", "policy.toml"},
	} {
		if got := origin(tt.c, tt.key, tt.value); got != tt.want {
			t.Errorf("%s = %s comes from %s, want %s", tt.key, tt.value, got, tt.want)
		}
	}
}
