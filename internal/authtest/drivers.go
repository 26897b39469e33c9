package authtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
)

// environment keeps the drivers off the network and away from go.work files above.
func environment() []string { return Local.environment() }

// Toolchain is a Go release that a driver runs under, such as "go1.25.12".
type Toolchain string

// Local is the Go release that runs the tests.
const Local Toolchain = "local"

// Download brings the release onto this machine, as the go command does.
func (tc Toolchain) Download() error {
	cmd := exec.Command("go", "version")
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+string(tc))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("downloading %s: %w\n%s", tc, err, out)
	}
	return nil
}

func (tc Toolchain) environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN="+string(tc))
}

// Command returns a command that runs in dir with the release, off the network.
func (tc Toolchain) Command(dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, tc.environment()
	return cmd
}

// Build builds the authlint binary into dir and returns its path.
func Build(dir string) (string, error) { return Local.Build(dir) }

// Build is the function Build with the release.
func (tc Toolchain) Build(dir string) (string, error) {
	// A nested module that runs the test lists only what it imports itself.
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/authlint/authlint").Output()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	bin := filepath.Join(dir, "authlint")
	cmd := exec.Command("go", "build", "-o", bin, "./cmd/authlint")
	cmd.Dir = strings.TrimSpace(string(root))
	if tc != Local {
		cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+string(tc))
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building authlint: %w\n%s", err, out)
	}
	return bin, nil
}

// CommandLine runs the binary over dir and returns its Go findings.
func CommandLine(bin, dir string, args ...string) (map[Key]bool, error) {
	cmd := exec.Command(bin, append([]string{"--format", "jsonl"}, args...)...)
	cmd.Dir, cmd.Env = dir, environment()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return nil, fmt.Errorf("running authlint: %w\n%s", err, stderr.String())
	}
	keys := map[Key]bool{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var line struct {
			Type       string `json:"type"`
			Rule       string `json:"rule"`
			File       string `json:"file"`
			Line       int    `json:"line"`
			Suppressed any    `json:"suppressed"` // of a finding the reason, of the summary a number
		}
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			return keys, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the report: %w", err)
		}
		if line.Type == "finding" && line.Suppressed == nil && filepath.Ext(line.File) == ".go" {
			keys[Key{line.Rule, line.File, line.Line}] = true
		}
	}
}

// Vet runs go vet with the binary as tool and returns the findings.
func Vet(bin, dir string, flags ...string) (map[Key]bool, error) {
	return Local.Vet(bin, dir, flags...)
}

// Vet is the function Vet with the release.
func (tc Toolchain) Vet(bin, dir string, flags ...string) (map[Key]bool, error) {
	cmd := tc.Command(dir, "go", append(append([]string{"vet", "-vettool=" + bin, "-json"}, flags...), "./...")...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("running go vet: %w\n%s", err, stderr.String())
	}
	keys := map[Key]bool{}
	// Older go commands write the JSON to standard error, between # lines.
	text := append(stdout.Bytes(), withoutComments(stderr.Bytes())...)
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var unit map[string]map[string]json.RawMessage
		if err := dec.Decode(&unit); errors.Is(err, io.EOF) {
			return keys, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go vet: %w", err)
		}
		for _, passes := range unit {
			for _, raw := range passes {
				if err := vetDiagnostics(raw, dir, keys); err != nil {
					return nil, err
				}
			}
		}
	}
}

func withoutComments(text []byte) []byte {
	var out []byte
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(line, []byte("#")) {
			out = append(out, line...)
		}
	}
	return out
}

func vetDiagnostics(raw json.RawMessage, dir string, keys map[Key]bool) error {
	var list []struct {
		Category string `json:"category"`
		Posn     string `json:"posn"`
		Message  string `json:"message"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return fmt.Errorf("a pass failed: %s", raw)
	}
	for _, d := range list {
		file, line, err := splitPosition(d.Posn)
		if err != nil {
			return err
		}
		keys[Key{d.Category, relative(dir, file), line}] = true
	}
	return nil
}

var position = regexp.MustCompile(`^(.*?):(\d+)(?::\d+)?$`)

func splitPosition(posn string) (string, int, error) {
	m := position.FindStringSubmatch(posn)
	if m == nil {
		return "", 0, fmt.Errorf("no position: %q", posn)
	}
	line, err := strconv.Atoi(m[2])
	return m[1], line, err
}

func relative(dir, file string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if rel, err := filepath.Rel(dir, file); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

// Checker runs the passes by go/analysis/checker and returns the findings.
func Checker(dir string) (map[Key]bool, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Tests: true, Env: environment()}, "./...")
	if err != nil {
		return nil, err
	}
	graph, err := checker.Analyze(authconfig.With(config.Default(), analyzers.All()), pkgs, nil)
	if err != nil {
		return nil, err
	}
	keys := map[Key]bool{}
	for _, root := range graph.Roots {
		if root.Err != nil {
			return nil, fmt.Errorf("%s: %w", root, root.Err)
		}
		for _, d := range root.Diagnostics {
			at := root.Package.Fset.Position(d.Pos)
			keys[Key{d.Category, relative(dir, at.Filename), at.Line}] = true
		}
	}
	return keys, nil
}
