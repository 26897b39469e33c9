package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
)

const full = `
persona = "auditor"
profile = "messaging"
fail-on = "high"
exclude = ["third_party/", "*.min.js"]

[rules]
skip = ["slow-rotation"]

[thresholds]
password-min-length = 12

[hosts."sms.example.net"]
transport = "vpn"

[hosts."10.8.0.0/16"]
transport = "vpn"
`

// settings compares what a Config says, not where it was read.
var settings = cmpopts.IgnoreUnexported(config.Config{})

func TestParse(t *testing.T) {
	got, err := config.Parse(config.FileName, []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		Persona: finding.Auditor, Messaging: true, FailOn: finding.High,
		Exclude:    []string{"third_party/", "*.min.js"},
		Skip:       []string{"slow-rotation"},
		Thresholds: map[string]int{"password-min-length": 12},
		Hosts:      map[string]config.Host{"sms.example.net": {Transport: config.VPN}, "10.8.0.0/16": {Transport: config.VPN}},
	}
	if diff := cmp.Diff(want, got, settings); diff != "" {
		t.Error(diff)
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "\nfail_on = 'high'\n", `x.toml:2: unknown key "fail_on", did you mean "fail-on"?`},
		{"persona", "persona = 'auditer'\n", `x.toml:1: persona: "auditer" is none of regular, auditor, did you mean "auditor"?`},
		{"profile", "\nprofile = 'sms'\n", `x.toml:2: profile: "sms" is none of messaging`},
		{"note never fails", "fail-on = 'note'\n", `x.toml:1: fail-on: "note" is none of low, medium, high, critical`},
		{"transport", "[hosts.'a.b']\ntransport = 'tls'\n", `x.toml:2: hosts.a.b.transport: "tls" is none of vpn`},
		{"host without a word", "\n[hosts.'a.b']\n", `x.toml:2: hosts.a.b.transport: "" is none of vpn`},
		{"negative", "[thresholds]\nlogin-attempts = -1\n", `x.toml:2: thresholds.login-attempts: a threshold cannot be negative`},
		{"type", "[thresholds]\nlogin-attempts = 'five'\n", `x.toml:2: `},
		{"both", "[rules]\nonly = ['a']\nskip = [\n'b',\n'a']\n", `x.toml:5: rules.skip: rule "a" is in rules.only as well`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := config.Parse("x.toml", []byte(tt.text))
			if err == nil || len(err.Error()) < len(tt.want) || err.Error()[:len(tt.want)] != tt.want {
				t.Errorf("error %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestEncodeIsCanonical(t *testing.T) {
	for _, text := range []string{"", full, "persona = 'regular'", "[rules]\nonly = ['weak-password']"} {
		c, err := config.Parse(config.FileName, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		word, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := config.Decode(word)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back, settings, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("after a round trip of %q:\n%s", text, diff)
		}
		for range 20 { // map order must not show
			if again, _ := back.Encode(); again != word {
				t.Fatalf("encoded twice:\n%s\n%s", word, again)
			}
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, word := range []string{"not base64!", "eCA9IDE="} { // the second is "x = 1"
		if _, err := config.Decode(word); err == nil {
			t.Errorf("Decode(%q) gave no error", word)
		}
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	write := func(elements ...string) string {
		path := filepath.Join(append([]string{root}, elements...)...)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	above := write(config.FileName)
	write("repo", ".git", "HEAD")
	write("repo", "a", "b", "x.go")
	write("bare", "x.go")
	inRepo := write("repo", config.FileName)
	nested := write("repo", "c", config.FileName)

	tests := []struct{ dir, want string }{
		{"", above},
		{"repo", inRepo},
		{"repo/a/b", inRepo},
		{"repo/c", nested},
		{"bare", ""}, // no repository: nothing above is trusted
	}
	for _, tt := range tests {
		got, err := config.Find(filepath.Join(root, tt.dir))
		if err != nil || got != tt.want {
			t.Errorf("Find(%s) = %q, %v, want %q", tt.dir, got, err, tt.want)
		}
	}
	if err := os.Symlink(above, filepath.Join(root, "repo", "a", config.FileName)); err != nil {
		t.Fatal(err)
	}
	if got, err := config.Find(filepath.Join(root, "repo/a/b")); err == nil {
		t.Errorf("Find follows a symlink out of the repository: %q", got)
	}
	if err := os.Remove(filepath.Join(root, "repo", "a", config.FileName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(inRepo); err != nil {
		t.Fatal(err)
	}
	if got, _ := config.Find(filepath.Join(root, "repo/a/b")); got != "" {
		t.Errorf("Find leaves the repository: %q", got)
	}
}

func TestCheck(t *testing.T) {
	known := config.Names{Rules: []string{"weak-password", "slow-rotation"}, Thresholds: []string{"login-attempts"}}
	tests := []struct{ text, want string }{
		{"[rules]\nonly = ['weak-password']\n[thresholds]\nlogin-attempts = 3\n", ""},
		{"\n[rules]\nskip = [\n'slow-rotation',\n'weak-pasword']\n", `x.toml:5: rules.skip: unknown rule "weak-pasword", did you mean "weak-password"?`},
		{"[rules]\nonly = ['elephant']\n", `x.toml:2: rules.only: unknown rule "elephant"`},
		{"[thresholds]\nlogin-atempts = 3\n", `x.toml:2: thresholds.login-atempts: unknown threshold, did you mean "login-attempts"?`},
	}
	for _, tt := range tests {
		c, err := config.Parse("x.toml", []byte(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := c.Check(known); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("got %s\nwant %s", got, tt.want)
		}
	}
}

func TestFails(t *testing.T) {
	tests := []struct {
		name    string
		failOn  string
		finding finding.Finding
		want    bool
	}{
		{"at the level", "medium", finding.Finding{Severity: finding.Medium}, true},
		{"below it", "high", finding.Finding{Severity: finding.Medium}, false},
		{"a note", "low", finding.Finding{Severity: finding.Note}, false},
		{"silenced", "low", finding.Finding{Severity: finding.High, Suppressed: &finding.Suppression{}}, false},
		{"not shown", "low", finding.Finding{Severity: finding.High, Persona: finding.Auditor}, false},
	}
	for _, tt := range tests {
		c := config.Default()
		c.FailOn, _ = config.ParseFailOn(tt.failOn)
		if got := c.Fails(&tt.finding); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("[hosts.'a.b']\ntransport = 'tls'\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := config.Parse("x.toml", []byte(text))
		if err != nil {
			return
		}
		word, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := config.Decode(word); err != nil {
			t.Errorf("a valid file does not survive a round trip: %v", err)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(full)
	f.Add(`{"settings": "persona = 'auditor'", "policy": "locked = ['jwt']", "locked": true, "base": "/a", "root": "/a"}`)
	f.Add(`{"settings": "[[overrides]]\npaths = ['/a/**']\nfail-on = 'high'"}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := config.Read("x.toml", []byte(text))
		if err != nil {
			return
		}
		c.For("a/b.go")
		c.Excludes("a/b.go")
		word, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := config.Decode(word)
		if err != nil {
			t.Fatalf("valid settings do not survive a round trip: %v", err)
		}
		if again, _ := back.Encode(); again != word {
			t.Errorf("settings change on the way:\n%s\n%s", word, again)
		}
	})
}
