// Package codescanning runs the GitHub action's steps the way the runner does,
// as far as the action needs it, and holds what it uploads to GitHub's limits.
package codescanning

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"
)

const root = "../../.."

// action is what the tests read of action.yml.
type action struct {
	Inputs map[string]struct {
		Description string
		Default     *string
		Required    bool
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []step
	}
}

// step is a step of it.
type step struct {
	Name, ID, If, Uses, Shell, Run string
	Env, With                      map[string]string
}

// readAction reads action.yml, strictly but for how it looks on the marketplace.
func readAction(t *testing.T) action {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := yaml.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// runner runs the steps of an action.
type runner struct {
	t       *testing.T
	values  map[string]string // by expression, such as inputs.paths
	work    string            // the checkout
	temp    string
	log     []string // names of the steps that ran
	printed []byte
	upload  string // the log that was uploaded
	failed  bool
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// expand puts the values of expressions into a text.
func (r *runner) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		value, ok := r.values[name]
		if !ok && !strings.HasPrefix(name, "steps.") {
			r.t.Fatalf("expression %s is unknown here", name)
		}
		return value
	})
}

var comparison = regexp.MustCompile(`^([\w.-]+) (==|!=) '([^']*)'$`)

// holds reports whether the condition of a step holds.
func (r *runner) holds(s step) bool {
	if r.failed || s.If == "" {
		return !r.failed
	}
	m := comparison.FindStringSubmatch(s.If)
	if m == nil {
		r.t.Fatalf("condition %q is unknown here", s.If)
	}
	return (r.values[m[1]] == m[3]) == (m[2] == "==")
}

// run runs an action with inputs over a checkout.
func run(t *testing.T, a action, work string, inputs map[string]string) *runner {
	t.Helper()
	path, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{t: t, work: work, temp: t.TempDir(), values: map[string]string{
		"github.action_path": path, "runner.os": "Linux", "runner.arch": "X64",
	}}
	for name, input := range a.Inputs {
		if input.Default != nil {
			r.values["inputs."+name] = *input.Default
		}
	}
	for name, value := range inputs {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("the action has no input %s", name)
		}
		r.values["inputs."+name] = value
	}
	for _, s := range a.Runs.Steps {
		if !r.holds(s) {
			continue
		}
		r.log = append(r.log, s.Name)
		switch {
		case s.Run != "":
			r.script(s)
		case strings.HasPrefix(s.Uses, "github/codeql-action/upload-sarif@"):
			data, err := os.ReadFile(r.expand(s.With["sarif_file"]))
			if err != nil {
				t.Errorf("nothing to upload: %v", err)
			}
			r.upload = string(data)
		case strings.HasPrefix(s.Uses, "actions/cache@"):
			copyFile(t, filepath.Join(keep(t), "authlint"), r.binary())
		}
	}
	copyFile(t, r.binary(), filepath.Join(keep(t), "authlint"))
	return r
}

// kept is a folder for what the action has built. A later run finds it in place
// as an older build: its script builds again, and the go command sees that
// nothing has changed.
var kept = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "codescanning-") })

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := kept(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

func keep(t *testing.T) string {
	t.Helper()
	dir, err := kept()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// binary is where the action builds authlint.
func (r *runner) binary() string { return filepath.Join(r.temp, "authlint", "authlint") }

// copyFile copies a program if it is there.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err := errors.Join(err, os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, data, 0o755)); err != nil {
		t.Fatal(err)
	}
}

// script runs a step's script with bash, and takes over its outputs.
func (r *runner) script(s step) {
	files := map[string]string{}
	for _, name := range []string{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH"} {
		files[name] = filepath.Join(r.temp, name)
		if name == "GITHUB_OUTPUT" {
			_ = os.Remove(files[name])
		}
	}
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
	cmd.Dir = r.work
	cmd.Env = append(os.Environ(), "RUNNER_TEMP="+r.temp, "GITHUB_WORKSPACE="+r.work)
	for name, path := range files {
		cmd.Env = append(cmd.Env, name+"="+path)
	}
	for name, value := range s.Env {
		cmd.Env = append(cmd.Env, name+"="+r.expand(value))
	}
	out, err := cmd.CombinedOutput()
	r.printed = append(r.printed, out...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		r.failed = true
		r.log = append(r.log, fmt.Sprintf("(%d)", exit.ExitCode()))
	} else if err != nil {
		r.t.Fatal(err)
	}
	data, _ := os.ReadFile(files["GITHUB_OUTPUT"]) // none is written by most steps
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.values["steps."+s.ID+".outputs."+name] = value
	}
}

// summary returns the job summary.
func (r *runner) summary() string {
	data, _ := os.ReadFile(filepath.Join(r.temp, "GITHUB_STEP_SUMMARY"))
	return string(data)
}

// checkout writes files.
func checkout(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	tools   = "Set up Go, Name the build, Restore the build, Build authlint, Run authlint"
	send    = "curl -u reports:$PASSWORD http://sms.example.com/send\n"
	medium  = "package m\n\nfunc valid(password string) bool {\n\treturn len(password) >= 4\n}\n"
	modfile = "module example.com/m\n\ngo 1.26\n"
)

// scenario is a run of the action and what it must come to.
type scenario struct {
	name    string
	files   map[string]string
	inputs  map[string]string
	want    string   // the steps
	results int      // in the uploaded log; -1 if there is no upload
	prints  []string // in the log or in the summary
}

var scenarios = []scenario{
	{"findings", map[string]string{"send.sh": send}, nil, tools + ", Upload to code scanning, Gate, (1)", 1,
		[]string{"send.sh:1:", "(basic-auth-over-http)", "::error title=authlint::there are findings"}},
	{"clean", map[string]string{"readme.txt": "nothing\n"}, nil, tools + ", Upload to code scanning, Gate", 0, nil},
	{"findings below the severity that fails", map[string]string{"go.mod": modfile, "m.go": medium}, map[string]string{"fail-on": "critical"},
		tools + ", Upload to code scanning, Gate", 1, []string{"weak-password-policy"}},
	{"no upload", map[string]string{"send.sh": send}, map[string]string{"upload": "false"}, tools + ", Gate, (1)", -1,
		[]string{"::error file=send.sh,line=1"}},
	{"nothing to audit", nil, nil, tools + ", Upload to code scanning, Gate, (3)", 0, []string{"could not read all of the input (code 3)"}},
	{"wrong persona", map[string]string{"send.sh": send}, map[string]string{"persona": "auditer"}, tools + ", (2)", -1, []string{`did you mean "auditor"?`}},
	{"wrong version", map[string]string{"send.sh": send}, map[string]string{"version": "v1.0.0; touch pwned"}, "Set up Go, Name the build, (2)", -1,
		[]string{"version is neither"}},
	{"hostile inputs", map[string]string{"send.sh": send}, map[string]string{
		"paths": "$(touch pwned)\n`touch pwned`\n--config=pwned\n; touch pwned", "category": "\"; touch pwned; \""}, tools + ", (3)", -1,
		[]string{"$(touch pwned): no such file or directory"}},
	{"several paths", map[string]string{"a/send.sh": send, "b c/send.sh": send, "d/send.sh": send}, map[string]string{"paths": "a\nb c\n\n"},
		tools + ", Upload to code scanning, Gate, (1)", 2, nil},
	{"a file whose name is a command", map[string]string{"::add-mask::x.sh": send}, nil, tools + ", Upload to code scanning, Gate, (1)", 1, nil},
}

// faults tells what is wrong with an action in the scenarios named, or in all.
func faults(t *testing.T, a action, names ...string) []string {
	var list []string
	for _, s := range scenarios {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		dir := checkout(t, s.files)
		r := run(t, a, dir, s.inputs)
		fault := func(format string, args ...any) {
			list = append(list, s.name+": "+fmt.Sprintf(format, args...))
		}
		if got := strings.Join(r.log, ", "); got != s.want {
			fault("steps %s, want %s\n%s", got, s.want, r.printed)
		}
		results := strings.Count(r.upload, `"ruleIndex"`)
		if r.upload == "" {
			results = -1
		}
		if results != s.results {
			fault("%d results are uploaded, want %d", results, s.results)
		}
		for _, text := range s.prints {
			if !bytes.Contains(r.printed, []byte(text)) && !strings.Contains(r.summary(), text) {
				fault("says nothing of %s\n%s", text, r.printed)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
			fault("an input was executed")
		}
		if results > 0 && !strings.Contains(r.summary(), "authlint") {
			fault("no summary")
		}
		if list := commands(r.printed); len(list) > 0 {
			fault("commands of the runner in the output: %s", list)
		}
	}
	return list
}

// commands returns what the runner would take for a command, but for the
// messages that the action means to send.
func commands(out []byte) []string {
	var list []string
	stopped := ""
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		token, stops := strings.CutPrefix(line, "::stop-commands::")
		switch {
		case stopped != "":
			if line == "::"+stopped+"::" {
				stopped = ""
			}
		case stops:
			stopped = token
		case strings.HasPrefix(line, "::") && !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") && !strings.HasPrefix(line, "::notice "):
			list = append(list, line)
		}
	}
	return list
}

// TestAction runs the action's own scripts in every scenario, and broken copies
// of it, which must not pass.
func TestAction(t *testing.T) {
	for _, f := range faults(t, readAction(t)) {
		t.Error(f)
	}
	without := func(name string) action {
		a := readAction(t)
		n := len(a.Runs.Steps)
		a.Runs.Steps = slices.DeleteFunc(a.Runs.Steps, func(s step) bool { return s.Name == name })
		if len(a.Runs.Steps) != n-1 {
			t.Fatalf("there is no step %s", name)
		}
		return a
	}
	changed := func(old, text string) action {
		a := readAction(t)
		for i := range a.Runs.Steps {
			a.Runs.Steps[i].Run = strings.ReplaceAll(a.Runs.Steps[i].Run, old, text)
		}
		return a
	}
	first := readAction(t)
	n := len(first.Runs.Steps)
	first.Runs.Steps[n-1], first.Runs.Steps[n-2] = first.Runs.Steps[n-2], first.Runs.Steps[n-1]
	for name, broken := range map[string]action{
		"no gate":                    without("Gate"),
		"no upload":                  without("Upload to code scanning"),
		"the gate before the upload": first,
		"a gate that is always open": changed(`exit "$CODE"`, "exit 0"),
		"paths that bash evaluates":  changed(`args+=("$path")`, `eval "args+=($path)"`),
		"commands in file names":     changed(`echo "::stop-commands::$token"`, ":"),
	} {
		t.Run("canary: "+name, func(t *testing.T) {
			if len(faults(t, broken, "findings", "hostile inputs", "a file whose name is a command")) == 0 {
				t.Error("this action passes")
			}
		})
	}
}

// TestInputs holds every input to be described, and to reach scripts through the
// environment alone.
func TestInputs(t *testing.T) {
	a := readAction(t)
	used := ""
	for _, s := range a.Runs.Steps {
		if expression.MatchString(s.Run) {
			t.Errorf("step %s: an expression in the script", s.Name)
		}
		if s.Run != "" && s.Shell != "bash" {
			t.Errorf("step %s: shell %q", s.Name, s.Shell)
		}
		if s.Uses != "" && !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(s.Uses) {
			t.Errorf("step %s: %s is no commit", s.Name, s.Uses)
		}
		used += fmt.Sprint(s.Env, s.With, s.If)
	}
	for name, input := range a.Inputs {
		if input.Description == "" || input.Default == nil || !strings.Contains(used, "inputs."+name) {
			t.Errorf("input %s: no description, no default, or no use", name)
		}
	}
	guide, err := os.ReadFile(filepath.Join(root, "docs", "github-actions.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range a.Inputs {
		if !bytes.Contains(guide, []byte("| `"+name+"` |")) {
			t.Errorf("docs/github-actions.md does not tell of the input %s", name)
		}
	}
}
