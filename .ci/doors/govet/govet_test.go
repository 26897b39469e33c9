// Package govet runs authlint as a tool of go vet and of go fix, under every Go
// release that it is meant for.
package govet

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

// The releases, and which release the tool is built with there: a tool reads no
// code for a newer Go than its own, and authlint needs 1.26 to be built.
var releases = []struct{ runs, builds authtest.Toolchain }{
	{"go1.25.12", "go1.26.8"},
	{"go1.26.8", "go1.26.8"},
	{"go1.27.2", "go1.27.2"},
}

// oldest is the Go version that the modules under test ask for, so that every
// release reads them.
const oldest = "1.25"

const corpus = "../../../testdata/corpus"

var goLine = regexp.MustCompile(`(?m)^go 1\.\d+(\.\d+)?$`)

// tree writes the corpus into a new folder, its modules at the oldest version.
func tree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		switch {
		case err != nil:
			return err
		case bytes.Contains(data, []byte("//go:debug tls10server=")):
			return os.Remove(path) // Go 1.27 knows the setting no more and refuses the package
		case d.Name() != "go.mod":
			return nil
		}
		return os.WriteFile(path, goLine.ReplaceAll(data, []byte("go "+oldest)), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// built are the tools by the release that they are built with.
var built map[authtest.Toolchain]string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "govet-*")
	if err == nil {
		built, err = build(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// build builds the tool below dir with each release.
func build(dir string) (map[authtest.Toolchain]string, error) {
	bins := map[authtest.Toolchain]string{}
	for _, r := range releases {
		for _, tc := range []authtest.Toolchain{r.runs, r.builds} {
			if err := tc.Download(); err != nil {
				return nil, err
			}
		}
		if bins[r.builds] != "" {
			continue
		}
		bin, err := r.builds.Build(filepath.Join(dir, string(r.builds)))
		if err != nil {
			return nil, err
		}
		bins[r.builds] = bin
	}
	return bins, nil
}

// faults tells how the findings of go vet differ from those wanted.
func faults(want, got map[authtest.Key]bool) []string {
	var list []string
	if len(want) == 0 {
		list = append(list, "nothing is wanted")
	}
	for _, k := range authtest.Difference(want, got) {
		list = append(list, "missing "+k.String())
	}
	for _, k := range authtest.Difference(got, want) {
		list = append(list, "unexpected "+k.String())
	}
	return list
}

// TestGoVetAgrees holds go vet under every release against the command line.
func TestGoVetAgrees(t *testing.T) {
	dir := tree(t)
	want, err := authtest.CommandLine(built["go1.26.8"], dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range releases {
		t.Run(string(r.runs), func(t *testing.T) {
			got, err := r.runs.Vet(built[r.builds], dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults(want, got) {
				t.Error(f)
			}
			t.Logf("built with %s: %d findings, the command line has %d", r.builds, len(got), len(want))
		})
	}
	t.Run("canary: a door without a pass", func(t *testing.T) {
		got, err := authtest.Toolchain("go1.26.8").Vet(built["go1.26.8"], dir, "-authtls=false")
		if err != nil {
			t.Fatal(err)
		}
		if len(faults(want, got)) == 0 {
			t.Error("go vet without authtls passes for the whole")
		}
	})
	t.Run("built with an older Go than it reads", func(t *testing.T) {
		out, err := authtest.Toolchain("go1.27.2").Command(dir, "go", "vet", "-vettool="+built["go1.26.8"], "./...").CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte("authlint: built with go1.26.8, which cannot read code for go1.27")) {
			t.Errorf("go vet ends with %v and does not say why:\n%.2000s", err, out)
		}
	})
}

// settings are what the tests change, with what is then said of weak.
var settings = []struct{ name, text, want string }{
	{"none", "", "ask for 8 or more (weak-password-policy)"},
	{"a rule skipped", "[rules]\nskip = [\"weak-password-policy\"]\n", ""},
	{"another minimum", "[thresholds]\npassword-min-length = 14\n", "ask for 14 or more (weak-password-policy)"},
	{"none again", "", "ask for 8 or more (weak-password-policy)"},
	{"another rule skipped", "[rules]\nskip = [\"weak-password\"]\n", "ask for 8 or more (weak-password-policy)"},
}

const weak = "package m\n\nfunc valid(password string) bool {\n\treturn len(password) >= 4\n}\n"

// write writes a module into a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module example.com/m\n\ngo " + oldest + "\n"
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// stale changes nothing but the settings, and tells where what is found does not
// follow them.
func stale(t *testing.T, dir string, vet func(file string) ([]byte, error)) []string {
	t.Helper()
	file := filepath.Join(dir, ".authlint.toml")
	var list []string
	for _, s := range settings {
		if err := os.WriteFile(file, []byte(s.text), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := vet(file)
		if !bytes.Contains(out, []byte(s.want)) || (err != nil) != (s.want != "") {
			list = append(list, fmt.Sprintf("%s: want %q, got %v %s", s.name, s.want, err, out))
		}
	}
	return list
}

// TestSettingsReachGoVet changes only .authlint.toml, under every release.
func TestSettingsReachGoVet(t *testing.T) {
	for _, r := range releases {
		t.Run(string(r.runs), func(t *testing.T) {
			dir := write(t, map[string]string{"m.go": weak})
			vet := func(string) ([]byte, error) {
				return r.runs.Command(dir, built[r.builds], "vet", "./...").CombinedOutput()
			}
			for _, f := range stale(t, dir, vet) {
				t.Error(f)
			}
		})
	}
	t.Run("canary: settings beside the flags", func(t *testing.T) {
		dir := write(t, map[string]string{"m.go": weak})
		tool := filepath.Join(t.TempDir(), "tool")
		script := "#!/bin/sh\ncase $1 in -flags | -V=full) exec " + built["go1.26.8"] + " \"$1\" ;; esac\n" +
			"exec " + built["go1.26.8"] + " -authconfig.data=\"$(base64 -w0 \"$SETTINGS\")\" \"$@\"\n"
		if err := os.WriteFile(tool, []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
		vet := func(file string) ([]byte, error) {
			cmd := authtest.Toolchain("go1.26.8").Command(dir, "go", "vet", "-vettool="+tool, "./...")
			cmd.Env = append(cmd.Env, "SETTINGS="+file)
			return cmd.CombinedOutput()
		}
		if len(stale(t, dir, vet)) == 0 {
			t.Error("a tool that takes its settings from a file passes: this test sees nothing of the cache")
		}
	})
}

const served = `package main

import "net/http"

func main() {
	s := &http.Server{Addr: ":8443"}
	_ = s.ListenAndServeTLS("cert.pem", "key.pem")
}
`

// TestModuleFileReachesGoVet changes only a debug setting in go.mod, which is no
// key of the cache: authlint vet follows it, and go vet alone never reads it.
func TestModuleFileReachesGoVet(t *testing.T) {
	r := releases[1]
	dir := write(t, map[string]string{"main.go": served})
	mod := filepath.Join(dir, "go.mod")
	plain, err := os.ReadFile(mod)
	if err != nil {
		t.Fatal(err)
	}
	for i, setting := range []string{"", "\ngodebug tls10server=1\n", "", "\ngodebug default=go1.21\n"} {
		if err := os.WriteFile(mod, append(slices.Clone(plain), setting...), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := r.runs.Command(dir, built[r.builds], "vet", "./...").CombinedOutput()
		if found := bytes.Contains(out, []byte("(weak-tls-version)")); found != (setting != "") || (err != nil) != found {
			t.Errorf("%d: authlint vet with %q: %v %s", i, setting, err, out)
		}
		if out, err := r.runs.Command(dir, "go", "vet", "-vettool="+built[r.builds], "./...").CombinedOutput(); err != nil {
			t.Errorf("%d: go vet with %q: %v %s", i, setting, err, out)
		}
	}
}

// fixable has a fault with a safe fix, and one without.
const fixable = `package m

import "crypto/tls"

func config(password string) (*tls.Config, bool) {
	return &tls.Config{MinVersion: tls.VersionTLS10}, len(password) >= 4
}
`

// TestFixes has go vet and go fix apply the safe fixes: what they leave is what
// authlint --fix leaves.
func TestFixes(t *testing.T) {
	ways := map[string][]string{"go vet -fix": {"vet", "-fix", "-vettool="}, "go fix": {"fix", "-fixtool="}}
	for _, r := range releases {
		if r.runs == "go1.25.12" {
			continue // knows neither
		}
		for _, way := range slices.Sorted(maps.Keys(ways)) {
			t.Run(string(r.runs)+" "+way, func(t *testing.T) {
				dir := write(t, map[string]string{"m.go": fixable})
				args := slices.Clone(ways[way])
				args[len(args)-1] += built[r.builds]
				out, _ := r.runs.Command(dir, "go", append(args, "./...")...).CombinedOutput()
				data, err := os.ReadFile(filepath.Join(dir, "m.go"))
				if err != nil {
					t.Fatal(err)
				}
				if want := strings.Replace(fixable, "VersionTLS10", "VersionTLS12", 1); string(data) != want {
					t.Errorf("%s leaves\n%s\nand says\n%s", way, data, out)
				}
				left, err := r.runs.Vet(built[r.builds], dir)
				if err != nil {
					t.Fatal(err)
				}
				if len(left) != 1 {
					t.Errorf("left: %v, want the password minimum alone", left)
				}
			})
		}
	}
}
