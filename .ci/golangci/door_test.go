package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/authlint/authlint/internal/authtest"
)

// programs are golangci-lint with the plugin, in the variants of the tests.
type programs struct {
	whole string // as users build it
	part  string // the same passes, but one rule is never reported
}

var built programs

func TestMain(m *testing.M) {
	temporary, err := os.MkdirTemp("", "golangci-*")
	dir := os.Getenv("GOLANGCI_BUILDS") // of a caller that goes on to use them
	if dir == "" {
		dir = temporary
	} else {
		err = errors.Join(err, os.MkdirAll(dir, 0o755))
	}
	if err == nil {
		built, err = buildBoth(dir, "(devel)")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(temporary)
	os.Exit(code)
}

// buildBoth builds golangci-lint below dir with a version.
func buildBoth(dir, version string) (programs, error) {
	const whole, part = "cfg.Golangci = true", `cfg.Golangci, cfg.Skip = true, []string{"weak-password-policy"}`
	plugin, err := filepath.Abs("../../cmd/gclplugin/plugin.go")
	if err != nil {
		return programs{}, err
	}
	text, err := os.ReadFile(plugin)
	if err != nil {
		return programs{}, err
	}
	if !bytes.Contains(text, []byte(whole)) {
		return programs{}, fmt.Errorf("%s does not say %s", plugin, whole)
	}
	changed := filepath.Join(dir, "plugin.go")
	if err := os.WriteFile(changed, bytes.ReplaceAll(text, []byte(whole), []byte(part)), 0o644); err != nil {
		return programs{}, err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{plugin: changed}})
	if err != nil {
		return programs{}, err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o644); err != nil {
		return programs{}, err
	}
	p := programs{whole: filepath.Join(dir, "whole"), part: filepath.Join(dir, "part")}
	flags := "-s -w -X main.version=" + version
	for _, args := range [][]string{{"-o", p.whole, "."}, {"-overlay", list, "-o", p.part, "."}} {
		cmd := exec.Command("go", append([]string{"build", "-ldflags", flags}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return programs{}, fmt.Errorf("building golangci-lint: %w\n%s", err, out)
		}
	}
	return p, nil
}

// call is one run of golangci-lint.
type call struct {
	program, dir, cache, config string
	args                        []string
}

// run returns standard output, and an error with standard error in it.
func (c call) run() ([]byte, error) {
	cmd := exec.Command(c.program, append([]string{"run", "-c", c.config, "--show-stats=false", "--allow-parallel-runners"}, c.args...)...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+c.cache, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w\n%s", c.program, strings.Join(c.args, " "), err, stderr.String())
	}
	return out, err
}

// issue is what golangci-lint reports.
type issue struct {
	FromLinter, Text string
	Pos              struct {
		Filename string
		Line     int
	}
}

// issues runs golangci-lint and returns what it reports, whatever it exits with
// for that.
func (c call) issues(t *testing.T) []issue {
	t.Helper()
	c.args = append([]string{"--issues-exit-code", "0", "--path-mode", "abs", "--output.text.path", os.DevNull,
		"--output.json.path", "stdout"}, c.args...)
	out, err := c.run()
	if err != nil {
		t.Fatal(err)
	}
	var report struct{ Issues []issue }
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("reading the report: %v\n%s", err, out)
	}
	return report.Issues
}

// keys returns the findings of authlint among issues.
func keys(t *testing.T, dir string, issues []issue) map[authtest.Key]bool {
	t.Helper()
	got := map[authtest.Key]bool{}
	for _, i := range issues {
		file, err := filepath.Rel(dir, i.Pos.Filename)
		if err != nil {
			t.Fatal(err)
		}
		rule := strings.TrimSuffix(i.Text[strings.LastIndex(i.Text, "(")+1:], ")")
		got[authtest.Key{Rule: rule, File: filepath.ToSlash(file), Line: i.Pos.Line}] = true
	}
	return got
}

// example is the documented configuration.
func example(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../.golangci.example.yml")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// exampleWith writes the documented configuration with other settings of
// authlint, and with the linters that are named.
func exampleWith(t *testing.T, settings map[string]any, linters ...string) string {
	t.Helper()
	data, err := os.ReadFile(example(t))
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]any
	if err := yaml.Unmarshal(data, &config); err != nil {
		t.Fatal(err)
	}
	at := func(node map[string]any, key string) map[string]any {
		below, ok := node[key].(map[string]any)
		if !ok {
			t.Fatalf("the example has no table %s", key)
		}
		return below
	}
	enabled := at(config, "linters")
	enabled["default"], enabled["enable"] = "none", append([]string{"authlint"}, linters...)
	lint := at(enabled, "settings")
	at(at(lint, "custom"), "authlint")["settings"] = settings
	if len(linters) > 0 {
		lint["nolintlint"] = map[string]any{"require-explanation": true, "require-specific": true}
	}
	out, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "golangci.yml")
	if err := os.WriteFile(path, out, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// module writes a module of one file.
func module(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "m.go": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
