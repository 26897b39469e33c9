package authtest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// checkModule builds, vets and tests a module of the tree as it was and as it is.
// What was wrong before proves nothing.
func (t *fixTrial) checkModule(ctx context.Context, root string, folders []string) {
	var packages []string
	for _, folder := range folders {
		rel, _ := filepath.Rel(root, folder)
		packages = append(packages, "./"+filepath.ToSlash(rel))
	}
	build := t.complaints(ctx, root, "build", "./...")
	vet := t.complaints(ctx, root, append([]string{"vet"}, packages...)...)
	if build > 0 || vet > 0 {
		t.note("%s: %d messages of the compiler and %d of go vet as before", root, build, vet)
	}
	was, _ := t.tests(ctx, filepath.Join(t.before, root), nil, packages)
	tested := map[string]bool{}
	for test := range was {
		tested[strings.Fields(test)[0]] = true
	}
	for i, folder := range folders {
		if tested[t.importPath(ctx, root, packages[i])] {
			t.count(folder)
		} else {
			t.note("%s: no test passed before", folder)
		}
	}
	if len(was) == 0 {
		return
	}
	lost := lostTests(was, func() (passed, failed map[string]bool) {
		return t.tests(ctx, filepath.Join(t.after, root), t.env, packages)
	})
	for _, test := range sortedKeys(lost) {
		t.fault("passed before: %s", test)
	}
	t.out.Kept += len(was) - len(lost)
}

// lostTests returns the tests of a set that no longer pass. Real tests may fail
// now and then, so that they get a second run. The names of tests within tests
// may differ from run to run: one of them is lost if it fails.
func lostTests(was map[string]bool, run func() (passed, failed map[string]bool)) map[string]bool {
	lost := was
	for range 2 {
		passed, failed := run()
		lost = missing(lost, passed)
		for test := range lost {
			// A key is the path of a package, a space, and the name of a test.
			if _, name, _ := strings.Cut(test, " "); strings.Contains(name, "/") && !failed[test] {
				delete(lost, test)
			}
		}
		if len(lost) == 0 {
			break
		}
	}
	return lost
}

// count notes the places of a folder as tested.
func (t *fixTrial) count(folder string) {
	for _, f := range t.out.Places {
		if t.packageOf(f.Primary.File) == folder {
			t.out.Tested = append(t.out.Tested, f)
		}
	}
}

// missing returns the keys of one set that another has not.
func missing(these, others map[string]bool) map[string]bool {
	out := maps.Clone(these)
	for key := range others {
		delete(out, key)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// command returns a command of Go in a folder.
func command(ctx context.Context, dir string, env map[string]string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOTOOLCHAIN=local")
	if _, err := os.Stat(filepath.Join(dir, "vendor", "modules.txt")); err != nil {
		cmd.Env = append(cmd.Env, "GOFLAGS=-mod=mod -buildvcs=false")
	}
	for _, name := range sortedKeys(env) {
		cmd.Env = append(cmd.Env, name+"="+env[name])
	}
	return cmd
}

// importPath returns the path of a package of a module.
func (t *fixTrial) importPath(ctx context.Context, root, name string) string {
	out, err := command(ctx, filepath.Join(t.before, root), nil, "list", "-f", "{{.ImportPath}}", name).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// complaints runs a command of Go in a module as it was and as it is, makes
// faults of what it says only now, and returns how much it says either way.
func (t *fixTrial) complaints(ctx context.Context, root string, args ...string) int {
	is := t.said(ctx, filepath.Join(t.after, root), args)
	if len(is) == 0 {
		return 0
	}
	fresh := missing(is, t.said(ctx, filepath.Join(t.before, root), args))
	for _, line := range sortedKeys(fresh) {
		t.fault("go %s: %s", args[0], line)
	}
	return len(is) - len(fresh)
}

// said returns what a command that fails says, without lines and columns.
func (t *fixTrial) said(ctx context.Context, dir string, args []string) map[string]bool {
	cmd := command(ctx, dir, nil, args...)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	lines := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		file, rest, ok := strings.Cut(strings.TrimSpace(line), ".go:")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if ok {
			line = file + ".go: " + strings.TrimLeft(rest, "0123456789: ")
		}
		lines[strings.TrimSpace(line)] = true
	}
	if len(lines) == 0 {
		lines[fmt.Sprint(err)] = true
	}
	return lines
}

// tests returns the tests of packages that pass and those that fail, each as
// "package test".
func (t *fixTrial) tests(ctx context.Context, dir string, env map[string]string, packages []string) (passed, failed map[string]bool) {
	args := append([]string{"test", "-json", "-count=1", "-vet=off", "-timeout=5m"}, packages...)
	out, _ := command(ctx, dir, env, args...).Output() // what fails is told in the output
	passed, failed = map[string]bool{}, map[string]bool{}
	scanner := bufio.NewScanner(bytes.NewReader(out))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		var event struct{ Action, Package, Test string }
		if json.Unmarshal(scanner.Bytes(), &event) != nil || event.Test == "" {
			continue
		}
		switch event.Action {
		case "pass":
			passed[event.Package+" "+event.Test] = true
		case "fail":
			failed[event.Package+" "+event.Test] = true
		}
	}
	return missing(passed, failed), failed
}
