package cli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// repository is a small tree, and what a run over it comes to.
type repository struct {
	what  string
	files string // txtar
	// setUp does what an archive cannot.
	setUp func(t *testing.T, dir string)
	args  []string
	code  int
	tells string // part of the output of a text report and of the errors
}

const (
	goClean  = "-- main.go --\npackage main\n\nimport \"os\"\n\nvar password = os.Getenv(\"PASSWORD\")\n\nfunc main() { println(len(password)) }\n"
	goFault  = "-- main.go --\npackage main\n\nvar smtpPassword = \"Winter-Lake-22\"\n\nfunc main() { println(smtpPassword) }\n"
	goModule = "-- go.mod --\nmodule example.com/shop\n\ngo 1.25\n"
	private  = "-- main.go --\npackage main\n\nimport \"git.corp.example/platform/vault\"\n\nfunc main() { vault.Open() }\n"
	yaml     = "-- app.yaml --\ndb:\n  password: Winter-Lake-23\n"
)

var repositories = []repository{
	// Without Go.
	{"nothing at all", "", nil, nil, ExitUnread, "there is no file to scan"},
	{"settings without a fault", "-- app.yaml --\ndb:\n  user: shop\n", nil, nil, ExitClean, "no findings in 1 file"},
	{"settings with a password", yaml, nil, nil, ExitFindings, "1 medium"},
	{"a password that the gate lets pass", yaml, nil, []string{"--fail-on", "high"}, ExitClean, "1 medium"},
	{"a password that an ignore explains", "-- app.yaml --\ndb:\n  password: Winter-Lake-23 # authlint:ignore hardcoded-credential -- sample\n", nil, nil, ExitClean, "suppressed: 1 by authlint:ignore"},
	{"a script that sends a password in clear", "-- send.sh --\ncurl -u shop:Winter-Lake-25 http://api.shop.example/v1\n", nil, nil, ExitFindings, "1 critical"},
	{"settings that do not parse", "-- app.json --\n{\"password_min_length\": 12,\n\"a\": [1, }\n", nil, nil, ExitClean, "app.json:2: not valid JSON"},
	{"settings of authlint that do not parse", yaml + "-- .authlint.toml --\npersona = nobody\n", nil, nil, ExitUsage, ".authlint.toml:1"},
	{"a broken baseline", yaml + "-- .authlint-baseline.sarif --\n{\n]\n", nil, nil, ExitUsage, ".authlint-baseline.sarif:2:1: broken JSON"},
	{"a file that cannot be read, and a password", yaml, links, []string{"DIR/nowhere"}, ExitFindings, "cannot read nowhere"},
	{"a file that cannot be read", "-- a.txt --\nx\n", links, []string{"DIR/nowhere"}, ExitUnread, "cannot read nowhere"},
	{"a link into nowhere and one out of the tree", "-- a.txt --\nx\n", links, nil, ExitClean, "no findings in 1 file"},
	// With Go.
	{"a program without a fault", goModule + goClean, nil, nil, ExitClean, "1 Go package"},
	{"a program with a password", goModule + goFault, nil, nil, ExitFindings, "1 medium"},
	{"a program without a module", goFault, nil, nil, ExitFindings, "1 medium"},
	{"a private module", goModule + private, nil, nil, ExitClean, "made up because"},
	{"a private module and a password", goModule + private + yaml, nil, nil, ExitFindings, "made up because"},
	{"a program with a syntax error", goModule + "-- main.go --\npackage main\n\nfunc main() {\n", nil, nil, ExitClean, "main.go:3 does not parse"},
	{"a program that does not type-check", goModule + goClean + "-- b.go --\npackage main\n\nfunc b() int { return missing }\n", nil, nil, ExitClean, "parts of 1 Go package"},
	{"a go.mod that does not parse", "-- go.mod --\nmodule\n" + goFault, nil, nil, ExitFindings, "go.mod"},
	{"no go command", goModule + goFault, nil, []string{"no go"}, ExitFindings, "go command"},
	{"a work space whose module is missing", "-- go.work --\ngo 1.25\n\nuse (\n\t./a\n\t./gone\n)\n-- a/go.mod --\nmodule example.com/a\n\ngo 1.25\n-- a/a.go --\npackage a\n\nvar dbPassword = \"Winter-Lake-24\"\n", nil, nil, ExitFindings, "1 medium"},
}

// links makes links that lead nowhere, out of the tree and round in a circle.
func links(t *testing.T, dir string) {
	t.Helper()
	for name, to := range map[string]string{"nowhere": "gone", "out.txt": "/etc/passwd", "folder": "/etc", "circle": "circle", "up": ".."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
}

// TestExitCodes runs over repositories of many kinds.
func TestExitCodes(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT", "GOMODCACHE", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(string(out), "\n")
	env := append(os.Environ(), "GOROOT="+values[0], "GOMODCACHE="+values[1], "GOCACHE="+values[2], "GOPROXY=off", "GOFLAGS=", "NO_COLOR=1")
	for _, r := range repositories {
		t.Run(r.what, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range txtar.Parse([]byte(r.files)).Files {
				file := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if r.setUp != nil {
				r.setUp(t, dir)
			}
			args := []string{dir}
			for _, arg := range r.args {
				if arg == "no go" {
					t.Setenv("PATH", "")
					continue
				}
				args = append(args, strings.Replace(arg, "DIR", dir, 1))
			}
			var report bytes.Buffer
			c := Command{Stdin: strings.NewReader(""), Stdout: &report, Stderr: &report, Env: env, Args: args}
			code := c.Run(context.Background())
			if code != r.code || !strings.Contains(report.String(), r.tells) {
				t.Errorf("exit code %d, want %d; want %q in:\n%s", code, r.code, r.tells, report.String())
			}
		})
	}
}
