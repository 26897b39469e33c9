// Package precommit has the real pre-commit install and run the hooks.
package precommit

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

const root = "../../.."

const (
	fault = "curl -u reports:$PASSWORD http://sms.example.com/send\n"
	clean = "curl https://sms.example.com/\n"
	// secret is in no scanner's format.
	secret = "smtp_password: Winter-Lake-22x9\n"
)

// git runs git in dir, as nobody and without the user's configuration.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// snapshot commits the files of this repository as they are now to a new one,
// with other hooks if there are any, and returns its path and commit.
func snapshot(t *testing.T, hooks string) (dir, commit string) {
	t.Helper()
	dir = t.TempDir()
	for name := range strings.SplitSeq(git(t, root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if name == "" || err != nil || hooks != "" && name != ".pre-commit-hooks.yaml" {
			continue // deleted, or a link to a folder
		}
		if hooks != "" {
			data = []byte(hooks)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	git(t, dir, "init", "-q")
	git(t, dir, "add", "-A", "-f")
	git(t, dir, "commit", "-q", "-m", "snapshot")
	return dir, git(t, dir, "rev-parse", "HEAD")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// door is a hook as a user names it.
type door struct {
	t                 *testing.T
	repository        string
	commit, hook      string
	home, bin, always string // of pre-commit; before PATH; the fault that it must find
}

// run stages one text and leaves another in the work tree, has pre-commit run,
// and returns what it printed and whether it let the commit pass.
func (d *door) run(staged, tree string) (string, bool) {
	dir := d.t.TempDir()
	git(d.t, dir, "init", "-q")
	write(d.t, filepath.Join(dir, ".pre-commit-config.yaml"), fmt.Sprintf("repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: %s\n", d.repository, d.commit, d.hook))
	write(d.t, filepath.Join(dir, "old.sh"), fault) // in the history: nothing that this commit brings
	git(d.t, dir, "add", ".")
	git(d.t, dir, "commit", "-q", "-m", "first")
	write(d.t, filepath.Join(dir, "deploy.yaml"), staged)
	git(d.t, dir, "add", "deploy.yaml")
	write(d.t, filepath.Join(dir, "deploy.yaml"), tree)
	cmd := exec.Command("pre-commit", "run", "--color", "never")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+d.home, "PATH="+d.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	data, readErr := os.ReadFile(filepath.Join(dir, "deploy.yaml"))
	if readErr != nil || string(data) != tree {
		d.t.Errorf("the work tree is not what it was: %v %q", readErr, data)
	}
	return string(out), err == nil
}

// faults tells what is wrong with a hook.
func (d *door) faults() []string {
	var list []string
	out, passes := d.run(d.always, clean)
	if passes || !strings.Contains(out, "deploy.yaml:1:") || strings.Contains(out, "old.sh") {
		list = append(list, fmt.Sprintf("a staged fault: passes %t\n%s", passes, out))
	}
	if strings.Contains(out, "Winter-Lake") {
		list = append(list, "prints the secret")
	}
	if out, passes := d.run(clean, d.always); !passes {
		list = append(list, "a fault in the work tree alone: stops the commit\n"+out)
	}
	return list
}

// TestPreCommit runs every hook, and hooks that are broken, which must not pass.
func TestPreCommit(t *testing.T) {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("NOT TESTED: there is no pre-commit (apt-get install pre-commit, or pip install pre-commit)")
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOMODCACHE", string(bytes.TrimSpace(cache))) // pre-commit sets a GOPATH of its own
	program, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	repository, commit := snapshot(t, "")
	home := t.TempDir()
	t.Cleanup(func() { _ = exec.Command("chmod", "-R", "u+w", home).Run() }) // go makes modules read-only
	for hook, always := range map[string]string{"authlint": secret, "authlint-secrets": secret, "authlint-system": secret} {
		t.Run(hook, func(t *testing.T) {
			d := &door{t: t, repository: repository, commit: commit, hook: hook, home: home, bin: filepath.Dir(program), always: always}
			for _, f := range d.faults() {
				t.Error(f)
			}
		})
	}
	const broken = "- id: broken\n  name: broken\n  language: system\n  pass_filenames: false\n  entry: "
	for _, entry := range []string{"'true'", "sh -c 'authlint --staged; exit 0'", "authlint ."} {
		t.Run("canary: "+entry, func(t *testing.T) {
			repository, commit := snapshot(t, broken+entry+"\n")
			d := &door{t: t, repository: repository, commit: commit, hook: "broken", home: t.TempDir(), bin: filepath.Dir(program), always: secret}
			if len(d.faults()) == 0 {
				t.Error("this hook passes")
			}
		})
	}
}
