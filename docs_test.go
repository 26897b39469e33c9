package authlint_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
)

// notRun are the beginnings of documented commands that no test of this package
// runs, with the reason.
var notRun = map[string]string{
	"go test ":                    "runs tests: this one among them",
	"go run ./cmd/authlint":       "runs over this repository: .ci/run does, as 'authlint on itself'",
	"go install github.com/":      "needs a published version: .ci/doors/code-scanning builds the same",
	"go get -tool github.com/":    "needs a published version",
	"go tool authlint":            "needs a published version",
	"golangci-lint custom":        "clones golangci-lint: .ci/doors/golangci-lint builds the same from modules",
	"./custom-gcl ":               "see golangci-lint custom",
	"pre-commit ":                 ".ci/doors/pre-commit runs it",
	"git fetch ":                  "needs a remote",
	".ci/":                        "a step of .ci/run, or a slow target that says so",
	"authlint --new-from-rev \"o": "needs a remote: docs/triage.md runs it with a local revision",
}

// fence is a fenced block of a page.
type fence struct {
	page, language, text string
	line                 int
}

var fencePattern = regexp.MustCompile("(?m)^```(\\w+)[^\\n]*\\n((?s:.*?))^```$")

// fences returns the fenced blocks of the README and of the guides.
func fences(t *testing.T) []fence {
	t.Helper()
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var list []fence
	for _, page := range append([]string{"README.md", "CONTRIBUTING.md"}, pages...) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fencePattern.FindAllSubmatchIndex(data, -1) {
			list = append(list, fence{page, string(data[m[2]:m[3]]), string(data[m[4]:m[5]]), 1 + bytes.Count(data[:m[0]], []byte("\n"))})
		}
	}
	return list
}

// TestCommandsOfTheDocumentation runs what the pages tell people to type, each
// page in a repository of its own. A command may find something (1), but not be
// wrong (2) or have nothing to read (3). Of a console the output must come, too.
func TestCommandsOfTheDocumentation(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode")
	}
	bin, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folders, ran := map[string]string{}, 0
	for _, f := range fences(t) {
		if f.language != "sh" && f.language != "console" {
			continue
		}
		if folders[f.page] == "" {
			folders[f.page] = sandbox(t)
		}
		for _, c := range commandsOf(f) {
			if why := reasonNotToRun(c.text); why != "" {
				continue
			}
			ran++
			out, code := runShell(t, folders[f.page], filepath.Dir(bin), c.text)
			if code != 0 && code != 1 {
				t.Errorf("%s:%d: %s ends with %d\n%s", f.page, f.line, c.text, code, out)
			}
			for line := range strings.Lines(c.output) {
				if !strings.Contains(out, strings.TrimRight(line, "\n")) {
					t.Errorf("%s:%d: %s does not print %q", f.page, f.line, c.text, line)
				}
			}
		}
	}
	if ran < 10 {
		t.Errorf("%d commands were run", ran)
	}
	if _, code := runShell(t, sandbox(t), filepath.Dir(bin), "authlint --no-such-flag"); code != 2 {
		t.Errorf("canary: a wrong flag ends with %d", code)
	}
}

// typed is a command with the output that a page shows.
type typed struct{ text, output string }

// commandsOf returns the commands of a fence: of a console those behind a dollar.
func commandsOf(f fence) []typed {
	var list []typed
	for line := range strings.Lines(f.text) {
		command, ok := strings.CutPrefix(line, "$ ")
		switch {
		case f.language == "sh" && strings.TrimSpace(line) != "":
			list = append(list, typed{text: strings.TrimSpace(line)})
		case ok:
			list = append(list, typed{text: strings.TrimSpace(command)})
		case f.language == "console" && len(list) > 0:
			list[len(list)-1].output += line
		}
	}
	return list
}

func reasonNotToRun(command string) string {
	for prefix, why := range notRun {
		if strings.HasPrefix(command, prefix) {
			return why
		}
	}
	return ""
}

// sandbox is a repository with the faults of the README's example, committed.
func sandbox(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/script/flow.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, file := range archive.Files {
		path := filepath.Join(dir, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, code := runShell(t, dir, "", "git init -q && git add . && git -c user.name=nobody -c user.email=nobody@example.com commit -qm first"); code != 0 {
		t.Fatal(out)
	}
	return dir
}

// runShell runs a command with the folder bin before PATH, off the network.
func runShell(t *testing.T, dir, bin, command string) (string, int) {
	t.Helper()
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOPROXY=off", "GOWORK=off",
		"GOTOOLCHAIN=local", "GIT_CONFIG_GLOBAL=/dev/null", "NO_COLOR=1", "COLUMNS=100", "GITHUB_STEP_SUMMARY=summary.md")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestSettingsOfTheDocumentation reads the settings that the pages show.
func TestSettingsOfTheDocumentation(t *testing.T) {
	checked := 0
	for _, f := range fences(t) {
		if f.language != "toml" {
			continue
		}
		checked++
		cfg, err := config.Parse(fmt.Sprintf("%s:%d", f.page, f.line), []byte(f.text))
		if err != nil {
			t.Error(err)
			continue
		}
		names, err := known.Names(cfg, ".")
		if err != nil {
			t.Fatal(err)
		}
		if err := cfg.Check(names); err != nil {
			t.Error(err)
		}
	}
	if checked == 0 {
		t.Error("no page shows settings")
	}
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(?:#[\w-]+)?\)`)

// TestLinksOfTheDocumentation holds links within the repository to lead somewhere.
func TestLinksOfTheDocumentation(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append([]string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}, pages...) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(m[1], ":") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}
