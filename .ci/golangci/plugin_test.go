package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

// golangci builds golangci-lint with the plugin and returns its path.
func golangci(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "golangci-lint")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("building golangci-lint: %v\n%s", err, out)
	}
	return program
}

// run runs it in dir and returns its standard output.
func run(t *testing.T, program, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+t.TempDir(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("golangci-lint %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.String())
	}
	return out
}

// TestPluginAgrees runs the corpus through golangci-lint with the example
// configuration: it must find what the corpus expects, as every driver does.
func TestPluginAgrees(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	corpus, dir := filepath.Join(root, "testdata", "corpus"), t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	expected, err := authtest.ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, golangci(t), dir, "run", "-c", filepath.Join(root, ".golangci.example.yml"),
		"--default", "none", "--enable", "authlint", "--issues-exit-code", "0", "--path-mode", "abs",
		"--output.text.path", os.DevNull, "--output.json.path", "stdout", "--show-stats=false", "./...")
	var report struct {
		Issues []struct {
			Text string
			Pos  struct {
				Filename string
				Line     int
			}
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("reading the report: %v\n%s", err, out)
	}
	got := map[authtest.Key]bool{}
	for _, issue := range report.Issues {
		file, err := filepath.Rel(dir, issue.Pos.Filename)
		if err != nil {
			t.Fatal(err)
		}
		rule := strings.TrimSuffix(issue.Text[strings.LastIndex(issue.Text, "(")+1:], ")")
		got[authtest.Key{Rule: rule, File: filepath.ToSlash(file), Line: issue.Pos.Line}] = true
	}
	want := authtest.Keys(expected)
	if len(want) == 0 {
		t.Fatal("the corpus expects nothing")
	}
	for _, k := range authtest.Difference(want, got) {
		t.Errorf("missing %s", k)
	}
	for _, k := range authtest.Difference(got, want) {
		t.Errorf("unexpected %s", k)
	}
}

func TestConfigurationsAreValid(t *testing.T) {
	program := golangci(t)
	for _, name := range []string{".golangci.example.yml", ".golangci.yml"} {
		run(t, program, "../..", "config", "verify", "-c", name)
	}
}
