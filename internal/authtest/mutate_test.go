package authtest_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/finding"
)

// smallModule returns a copy of testdata/mutations that compiles.
func smallModule(t *testing.T) string {
	t.Helper()
	// Not t.TempDir: its path has the test's name in it.
	dir, err := os.MkdirTemp("", "authlint-mutations-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	if err := authtest.CopyTree("../../testdata/mutations", dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(data), "module github.com/authlint/authlint\n", "module example.com/relay\n", 1)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// goFiles returns the lines of the Go files of a tree, by relative name.
func goFiles(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.ToSlash(rel)] = strings.Split(string(data), "\n")
		}
	}
	return files
}

// mutateSmall mutates a copy of the small module.
func mutateSmall(t *testing.T, seed uint64, n int) (dir string, mutations []authtest.Mutation, dropped []authtest.Dropped) {
	t.Helper()
	dir = smallModule(t)
	mutator, err := authtest.NewMutator(context.Background(), dir, seed)
	if err != nil {
		t.Fatal(err)
	}
	if mutations, err = mutator.Apply(n); err != nil {
		t.Fatal(err)
	}
	return dir, mutations, mutator.Dropped()
}

// A mutation changes its own lines and the line of the package clause, and the
// module still compiles.
func TestMutationsStayOnTheirLines(t *testing.T) {
	before := goFiles(t, smallModule(t))
	for seed := range uint64(3) {
		dir, mutations, _ := mutateSmall(t, seed, 12)
		if len(mutations) < 8 {
			t.Fatalf("%d mutations", len(mutations))
		}
		touched := map[authtest.Place]bool{}
		for _, m := range mutations {
			if len(m.Rules) == 0 {
				t.Errorf("%s expects no rule", m.Operator)
			}
			for _, p := range m.Places {
				if touched[p] {
					t.Errorf("%s is mutated twice", p)
				}
				touched[p] = true
			}
		}
		for name, lines := range goFiles(t, dir) {
			if len(lines) != len(before[name]) {
				t.Fatalf("%s has %d lines, had %d", name, len(lines), len(before[name]))
			}
			for i, line := range lines {
				changed := line != before[name][i]
				if expected := touched[authtest.Place{File: name, Line: i + 1}]; changed != expected && !strings.HasPrefix(line, "package ") {
					t.Errorf("%s:%d: changed is %v, mutated is %v: %s", name, i+1, changed, expected, line)
				}
			}
		}
		cmd := exec.Command("go", "build", "-o", os.DevNull, "./...")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOPROXY=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("seed %d: the mutated module does not compile: %v\n%s", seed, err, out)
		}
	}
}

// The same seed makes the same mutations, another one makes others.
func TestMutationsFollowTheSeed(t *testing.T) {
	_, first, _ := mutateSmall(t, 5, 10)
	_, again, _ := mutateSmall(t, 5, 10)
	_, other, _ := mutateSmall(t, 6, 10)
	if !reflect.DeepEqual(first, again) {
		t.Error("the same seed made other mutations")
	}
	if reflect.DeepEqual(first, other) {
		t.Error("another seed made the same mutations")
	}
}

// What is wrong with the good program, and with the mutated one, is told.
func TestMutationReport(t *testing.T) {
	ctx := context.Background()
	before, err := authtest.ScanAll(ctx, smallModule(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range before.Shown(false) {
		if f.Persona == finding.Regular {
			t.Errorf("the good program has a finding: %s:%d: %s: %s", f.Primary.File, f.Primary.Line, f.Rule, f.Message)
		}
	}
	dir, mutations, dropped := mutateSmall(t, 1, 14)
	after, err := authtest.ScanAll(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	report := func(before, after *finding.Run) *authtest.MutationReport {
		return authtest.CompareMutations(mutations, dropped, before, after)
	}
	r := report(before, after)
	var text strings.Builder
	if err := r.Write(&text, false); err != nil {
		t.Fatal(err)
	}
	t.Log(text.String())
	if 100*r.Found() < 70*len(mutations) {
		t.Errorf("found %d of %d", r.Found(), len(mutations))
	}
	if len(r.New)+len(r.Lost)+len(r.Through) > 0 {
		t.Error("findings elsewhere have changed")
	}

	blind := report(before, &finding.Run{})
	if blind.Found() != 0 {
		t.Errorf("a scan without findings found %d", blind.Found())
	}
	auditor := *after
	auditor.Findings = slices.Clone(after.Findings)
	for i := range auditor.Findings {
		auditor.Findings[i].Persona = finding.Auditor
	}
	if n := report(before, &auditor).Found(); n != 0 {
		t.Errorf("findings for auditors count as found: %d", n)
	}
	wrong := *after
	wrong.Findings = slices.Clone(after.Findings)
	for i := range wrong.Findings {
		wrong.Findings[i].Rule, wrong.Findings[i].Absorbed = "some-other-rule", nil
	}
	if n := report(before, &wrong).Found(); n != 0 {
		t.Errorf("findings of other rules count as found: %d", n)
	}
	noisy := *after
	noisy.Findings = append(slices.Clone(after.Findings), found("tls-verify-off", "nowhere.go", 1))
	if got := report(before, &noisy); len(got.New) != len(r.New)+1 {
		t.Errorf("a finding without mutation is not told: %d new", len(got.New))
	}
	old := *before
	old.Findings = append(slices.Clone(before.Findings), found("tls-verify-off", "nowhere.go", 1))
	if got := report(&old, after); len(got.Lost) != len(r.Lost)+1 {
		t.Errorf("a lost finding is not told: %d lost", len(got.Lost))
	}
}
