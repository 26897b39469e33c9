package gclplugin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/cmd/gclplugin"
)

// build returns the plugin as golangci-lint gets it.
func build(t *testing.T, settings any) register.LinterPlugin {
	t.Helper()
	newPlugin, err := register.GetPlugin("authlint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(settings)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const program = `package main

import (
	"crypto/tls"
	"net/http"
)

func main() {
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	_ = &http.Client{Transport: tr}
}
`

// findings runs the plugin's analyzers on a program.
func findings(t *testing.T, settings any) []string {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir) // golangci-lint runs where the code is
	p := build(t, settings)
	if p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", p.GetLoadMode())
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "main.go": program} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Env: append(os.Environ(), "GOWORK=off")}, ".")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(analyzers, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			if len(d.Related) > 0 {
				t.Errorf("related places: golangci-lint makes an issue of each: %s", d.Message)
			}
			out = append(out, d.Category)
		}
	}
	return out
}

func TestPlugin(t *testing.T) {
	if got := strings.Join(findings(t, nil), " "); got != "tls-verify-off" {
		t.Errorf("without settings: %s", got)
	}
	override := func(path string) map[string]any {
		return map[string]any{"overrides": []any{map[string]any{"paths": []any{path}, "rules": map[string]any{"skip": []any{"tls-verify-off"}}}}}
	}
	if got := findings(t, override("/main.go")); len(got) != 0 {
		t.Errorf("rule skipped in the file: %s", got)
	}
	if got := findings(t, override("/other.go")); len(got) != 1 {
		t.Errorf("rule skipped in another file: %s", got)
	}
	skip := map[string]any{"rules": map[string]any{"skip": []any{"tls-verify-off"}}}
	if got := findings(t, skip); len(got) != 0 {
		t.Errorf("rule skipped: %s", got)
	}
}

// TestHosts takes hosts as they stand, and as golangci-lint hands them over.
func TestHosts(t *testing.T) {
	vpn := map[string]any{"transport": "vpn"}
	tests := []map[string]any{
		{"a.example.com": vpn, "10.8.0.0/16": vpn},
		{"a": map[string]any{"example": map[string]any{"com": vpn}}, "10": map[string]any{"8": map[string]any{"0": map[string]any{"0/16": vpn}}}},
		{"com": map[string]any{"transport": "vpn", "a": vpn}},
	}
	for _, hosts := range tests {
		if _, err := gclplugin.New(map[string]any{"hosts": hosts}); err != nil {
			t.Errorf("%v: %v", hosts, err)
		}
	}
	for want, hosts := range map[string]any{
		`unknown field "transprt"`: map[string]any{"a": map[string]any{"example": map[string]any{"transprt": "vpn"}}},
		"tcp":                      map[string]any{"a": map[string]any{"b": map[string]any{"transport": "tcp"}}},
		"cannot unmarshal":         map[string]any{"a": "vpn"},
	} {
		if _, err := gclplugin.New(map[string]any{"hosts": hosts}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %s", hosts, err, want)
		}
	}
}

func TestWrongSettings(t *testing.T) {
	tests := []struct {
		settings map[string]any
		want     string
	}{
		{map[string]any{"personna": "auditor"}, `unknown field "personna"`},
		{map[string]any{"persona": "auditer"}, `did you mean "auditor"?`},
		{map[string]any{"rules": map[string]any{"skip": []any{"tls-verify-of"}}}, `did you mean "tls-verify-off"?`},
		{map[string]any{"thresholds": map[string]any{"login-attempt": 3}}, `did you mean "login-attempts"?`},
		{map[string]any{"fail-on": "high"}, "no effect in golangci-lint"},
	}
	for _, tt := range tests {
		_, err := gclplugin.New(tt.settings)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: error %v, want %s", tt.settings, err, tt.want)
		}
	}
}
