package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/internal/authtest"
)

// TestPluginAgrees runs the corpus through golangci-lint with the example
// configuration: it must find what the corpus expects, and what the command line
// finds.
func TestPluginAgrees(t *testing.T) {
	const corpus = "../../testdata/corpus"
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	expected, err := authtest.ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	line, err := authtest.CommandLine(bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	find := func(program string) map[authtest.Key]bool {
		c := call{program: program, dir: dir, cache: t.TempDir(), config: example(t), args: []string{"--default", "none", "--enable", "authlint", "./..."}}
		return keys(t, dir, c.issues(t))
	}
	got := find(built.whole)
	if len(line) == 0 {
		t.Fatal("the command line finds nothing")
	}
	for name, want := range map[string]map[authtest.Key]bool{"the corpus": authtest.Keys(expected), "the command line": line} {
		for _, k := range authtest.Difference(want, got) {
			t.Errorf("missing for %s: %s", name, k)
		}
		for _, k := range authtest.Difference(got, want) {
			t.Errorf("unexpected for %s: %s", name, k)
		}
	}
	t.Logf("%d findings, the command line has %d", len(got), len(line))
	t.Run("canary: a plugin without a rule", func(t *testing.T) {
		if len(authtest.Difference(line, find(built.part))) == 0 {
			t.Error("nothing is missing")
		}
	})
}

// faulty has one fault for each of the settings.
const faulty = `package m

import "net/http"

func valid(password string) bool {
	return len(password) >= 4
}

func report(secret string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, "http://reports.example.com/daily", nil)
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth("reports", secret)
	return http.DefaultClient.Do(request)
}

func local(secret string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, "http://reports/daily", nil)
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth("reports", secret)
	return http.DefaultClient.Do(request)
}
`

// TestSettings changes nothing but the settings, with one cache for all runs.
func TestSettings(t *testing.T) {
	dir, cache := module(t, faulty), t.TempDir()
	tests := []struct {
		name     string
		settings map[string]any
		want     string
	}{
		{"none", nil, "m.go:14: basic-auth-over-http, m.go:6: weak-password-policy: ask for 8"},
		{"persona", map[string]any{"persona": "auditor"}, "m.go:14: basic-auth-over-http, m.go:23: basic-auth-over-http, m.go:6: weak-password-policy: ask for 8"},
		{"skip", map[string]any{"rules": map[string]any{"skip": []string{"weak-password-policy"}}}, "m.go:14: basic-auth-over-http"},
		{"only", map[string]any{"rules": map[string]any{"only": []string{"weak-password-policy"}}}, "m.go:6: weak-password-policy: ask for 8"},
		{"threshold", map[string]any{"thresholds": map[string]any{"password-min-length": 14}}, "m.go:14: basic-auth-over-http, m.go:6: weak-password-policy: ask for 14"},
		{"host", map[string]any{"hosts": map[string]any{"reports.example.com": map[string]any{"transport": "vpn"}}}, "m.go:6: weak-password-policy: ask for 8"},
		{"none again", nil, "m.go:14: basic-auth-over-http, m.go:6: weak-password-policy: ask for 8"},
	}
	for _, tt := range tests {
		c := call{program: built.whole, dir: dir, cache: cache, config: exampleWith(t, tt.settings), args: []string{"./..."}}
		var list []string
		for _, i := range c.issues(t) {
			rule := strings.TrimSuffix(i.Text[strings.LastIndex(i.Text, "(")+1:], ")")
			line := fmt.Sprintf("%s:%d: %s", filepath.Base(i.Pos.Filename), i.Pos.Line, rule)
			if _, ask, ok := strings.Cut(i.Text, ": ask for "); ok {
				line += ": ask for " + strings.Fields(ask)[0]
			}
			list = append(list, line)
		}
		slices.Sort(list)
		if got := strings.Join(list, ", "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	wrong := call{program: built.whole, dir: dir, cache: cache, config: exampleWith(t, map[string]any{"personna": "auditor"})}
	if _, err := wrong.run(); err == nil || !strings.Contains(err.Error(), `unknown field "personna"`) {
		t.Errorf("an unknown setting: %v", err)
	}
}

const silenced = `package m

func validOld(password string) bool {
	return len(password) >= 4 //nolint:authlint // the old terminal takes no more
}

func validOwn(password string) bool {
	return len(password) >= 4 //authlint:ignore weak-password-policy -- the old terminal takes no more
}

func validLong(password string) bool {
	return len(password) >= 12 //nolint:authlint // nothing is wrong here
}

func validOpen(password string) bool {
	return len(password) >= 5
}
`

// TestNoLint holds that both comments silence, and that nolintlint calls unused
// only the one that is.
func TestNoLint(t *testing.T) {
	dir := module(t, silenced)
	c := call{program: built.whole, dir: dir, cache: t.TempDir(), config: exampleWith(t, nil, "nolintlint"), args: []string{"./..."}}
	var got []string
	for _, i := range c.issues(t) {
		got = append(got, fmt.Sprintf("%s:%d", i.FromLinter, i.Pos.Line))
	}
	slices.Sort(got)
	if want := "authlint:16 nolintlint:12"; strings.Join(got, " ") != want {
		t.Errorf("issues %s, want %s", got, want)
	}
}

// TestCacheFollowsPlugin runs a plugin, then a changed one, with one cache.
func TestCacheFollowsPlugin(t *testing.T) {
	dir := module(t, silenced)
	found := func(p programs) (before, after int) {
		c := call{program: p.part, dir: dir, cache: t.TempDir(), config: exampleWith(t, nil), args: []string{"./..."}}
		before = len(c.issues(t))
		c.program = p.whole
		return before, len(c.issues(t))
	}
	if before, after := found(built); before != 0 || after != 1 {
		t.Errorf("%d issues without the rule and %d with it, want 0 and 1", before, after)
	}
	t.Run("canary: one version for both", func(t *testing.T) {
		same, err := buildBoth(t.TempDir(), "v2.15.0-custom")
		if err != nil {
			t.Fatal(err)
		}
		if before, after := found(same); before != 0 || after != 0 {
			t.Errorf("%d issues and %d: golangci-lint's cache no longer goes by its version, say so in docs/golangci-lint.md", before, after)
		}
	})
}

const fixable = `package m

import "crypto/tls"

func config(password string) (*tls.Config, bool) {
	return &tls.Config{MinVersion: tls.VersionTLS10}, len(password) >= 4
}
`

// TestFix applies the safe fixes, and no others.
func TestFix(t *testing.T) {
	dir := module(t, fixable)
	c := call{program: built.whole, dir: dir, cache: t.TempDir(), config: exampleWith(t, nil), args: []string{"--fix", "./..."}}
	left := keys(t, dir, c.issues(t))
	data, err := os.ReadFile(filepath.Join(dir, "m.go"))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(fixable, "VersionTLS10", "VersionTLS12", 1); string(data) != want {
		t.Errorf("golangci-lint --fix leaves\n%s", data)
	}
	if len(left) != 1 {
		t.Errorf("left: %v, want the password minimum alone", left)
	}
}

// TestConfigurationsAreValid has golangci-lint verify the configurations.
func TestConfigurationsAreValid(t *testing.T) {
	for _, name := range []string{".golangci.example.yml", ".golangci.yml"} {
		cmd := exec.Command(built.whole, "config", "verify", "-c", name)
		cmd.Dir = "../.."
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestCustomBuild holds .custom-gcl.yml to what is built here: golangci-lint's own
// command clones its repository, which these tests cannot.
func TestCustomBuild(t *testing.T) {
	data, err := os.ReadFile("../../.custom-gcl.yml")
	if err != nil {
		t.Fatal(err)
	}
	var custom struct {
		Version string
		Plugins []struct{ Module, Import, Version string }
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&custom); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range file.Require {
		if r.Mod.Path == "github.com/golangci/golangci-lint/v2" && r.Mod.Version != custom.Version {
			t.Errorf("golangci-lint %s is built here, %s there", r.Mod.Version, custom.Version)
		}
	}
	pinned, err := os.ReadFile("../../.golangci.version")
	if err != nil || strings.TrimSpace(string(pinned)) != custom.Version {
		t.Errorf(".golangci.version says %s %v", pinned, err)
	}
	program, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if len(custom.Plugins) != 1 || !bytes.Contains(program, fmt.Appendf(nil, "_ %q", custom.Plugins[0].Import)) ||
		!strings.HasPrefix(custom.Plugins[0].Import, custom.Plugins[0].Module+"/") {
		t.Errorf("plugins %+v are not those of main.go", custom.Plugins)
	}
}
