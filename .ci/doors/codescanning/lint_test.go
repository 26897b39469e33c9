package codescanning

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/authlint/authlint/internal/authtest"
)

// actionlint builds actionlint and returns its path.
func actionlint(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "actionlint")
	cmd := exec.Command("go", "build", "-C", "../../actionlint", "-o", program, "github.com/rhysd/actionlint/cmd/actionlint")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building actionlint: %v\n%s", err, out)
	}
	return program
}

// lint returns what actionlint says of a workflow in a repository with the action.
func lint(t *testing.T, program string, text []byte) string {
	t.Helper()
	action, err := os.ReadFile(filepath.Join(root, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	dir := checkout(t, map[string]string{".git/HEAD": "", "action.yml": string(action), ".github/workflows/authlint.yml": string(text)})
	cmd := exec.Command(program, "-no-color", "-oneline")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	return string(out)
}

// asWorkflow returns a workflow of the action's steps: actionlint reads no
// action.yml beyond its inputs.
func asWorkflow(t *testing.T, a action) []byte {
	t.Helper()
	inputs := map[string]any{}
	for name := range a.Inputs {
		inputs[name] = map[string]any{"type": "string", "required": false}
	}
	var steps []map[string]any
	for _, s := range a.Runs.Steps {
		one := map[string]any{"name": s.Name}
		for key, value := range map[string]string{"id": s.ID, "if": s.If, "uses": s.Uses, "shell": s.Shell, "run": s.Run} {
			if value != "" {
				one[key] = value
			}
		}
		if len(s.Env) > 0 {
			one["env"] = s.Env
		}
		if len(s.With) > 0 {
			one["with"] = s.With
		}
		steps = append(steps, one)
	}
	text, err := yaml.Marshal(map[string]any{
		"name": "action", "on": map[string]any{"workflow_call": map[string]any{"inputs": inputs}},
		"jobs": map[string]any{"action": map[string]any{"runs-on": "ubuntu-latest", "steps": steps}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestActionlint lints the example workflow, the action's steps as a workflow,
// and broken copies, which actionlint must refuse.
func TestActionlint(t *testing.T) {
	example, err := os.ReadFile(filepath.Join(root, ".github", "workflows", "authlint.yml"))
	if err != nil {
		t.Fatal(err)
	}
	program, steps := actionlint(t), asWorkflow(t, readAction(t))
	for name, text := range map[string][]byte{"the example": example, "the action": steps} {
		if out := lint(t, program, text); out != "" {
			t.Errorf("%s: %s", name, out)
		}
	}
	for name, text := range map[string]string{
		"an unknown input":      strings.Replace(string(example), "upload:", "uplaod:", 1),
		"an unknown output":     strings.Replace(string(steps), "steps.build.outputs.", "steps.biuld.outputs.", 1),
		"an unknown property":   strings.Replace(string(steps), "inputs.paths", "inputs.path", 1),
		"an unknown permission": strings.Replace(string(example), "security-events", "security-event", 1),
	} {
		if text == string(example) || text == string(steps) {
			t.Errorf("canary with %s: nothing is changed", name)
		}
		if lint(t, program, []byte(text)) == "" {
			t.Errorf("actionlint takes %s", name)
		}
	}
}

// TestMatcher holds the problem matcher to what --format oneline prints.
func TestMatcher(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, ".github", "authlint-matcher.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		ProblemMatcher []struct {
			Owner, Severity string
			Pattern         []struct {
				Regexp                            string
				File, Line, Column, Message, Code int
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	bin, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := checkout(t, map[string]string{"a b/send.sh": send, "go.mod": modfile, "m.go": medium})
	cmd := exec.Command(bin, "--format", "oneline", "--persona", "auditor")
	cmd.Dir = dir
	out, _ := cmd.Output() // it has findings
	seen := map[string]int{}
	for line := range strings.Lines(string(out)) {
		matches := 0
		for _, m := range file.ProblemMatcher {
			p := m.Pattern[0]
			found := regexp.MustCompile(p.Regexp).FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if found == nil {
				continue
			}
			matches++
			seen[m.Severity]++
			if _, err := os.Stat(filepath.Join(dir, found[p.File])); err != nil || found[p.Line] == "" || found[p.Column] == "" ||
				found[p.Message] == "" || !strings.HasSuffix(line, "("+found[p.Code]+")\n") {
				t.Errorf("%s: %q", line, found)
			}
		}
		if matches != 1 {
			t.Errorf("%d patterns match %s", matches, line)
		}
	}
	if seen["error"] == 0 || seen["warning"] == 0 {
		t.Errorf("matched: %v in\n%s", seen, out)
	}
	for _, m := range file.ProblemMatcher {
		if regexp.MustCompile(m.Pattern[0].Regexp).MatchString("m.go:4:9: a line of go vet") {
			t.Errorf("%s matches other tools' lines", m.Owner)
		}
	}
}
