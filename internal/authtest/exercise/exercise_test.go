package exercise

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/authlint/authlint/rules"
)

var (
	show  = flag.String("show", "", "print the exercises whose names match")
	only  = flag.String("only", "", "exercise the packages whose paths match, no others")
	write = flag.String("write", "", "write the programs of all exercises into a folder")
)

const exceptionsFile = "../../../testdata/exercise/exceptions.txt"

// TestExercises makes a program of every declaration of the models that must be
// found and one that must be silent, and runs the passes over them. What is
// excepted must be excepted rightly.
func TestExercises(t *testing.T) {
	report := exerciseAll(t)
	exceptions := readExceptions(t)
	used := map[string]bool{}
	for _, o := range report.Outcomes {
		if *show != "" && regexp.MustCompile(*show).MatchString(o.String()) {
			t.Log(o, o.Faults, "\n"+o.Bad.text()+"\n"+o.Good.text())
		}
		writePrograms(t, o)
		if len(o.Faults) == 0 {
			continue
		}
		used[o.String()] = true
		if exceptions[o.String()] == "" {
			t.Errorf("%s: %s\n%s", o, strings.Join(o.Faults, ", "), o.Bad.text())
		}
	}
	for _, x := range report.Written {
		if len(x.Faults) > 0 {
			t.Errorf("%s: %s", x.Name, strings.Join(x.Faults, ", "))
		}
	}
	for _, p := range report.Unwritten {
		if *show != "" && regexp.MustCompile(*show).MatchString(p.String()) {
			t.Log(p, "is not written:", p.Err)
		}
	}
	for _, d := range report.Uncovered {
		used[d.Name()] = true
		if *only != "" {
			t.Log("nothing shows", d.Name(), d.Directives)
		}
		if exceptions[d.Name()] == "" {
			t.Errorf("%s: nothing shows what it does: %s", d.Name(), d.Directives)
		}
	}
	for name := range exceptions {
		if !testing.Short() && *only == "" && !used[name] && strings.Contains(name, ".") {
			t.Errorf("%s: %s is no longer an exception", exceptionsFile, name)
		}
	}
	t.Logf("%d declarations, %d exercises, %d declarations without", len(report.Decls), len(report.Outcomes), len(report.Uncovered))
}

// exerciseAll runs the exercises; in short mode those of the standard library.
func exerciseAll(t *testing.T) *Report {
	t.Helper()
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	report, err := w.Exercise(func(p *Package) bool { return (!testing.Short() || isStandard(p.Path)) && wanted.MatchString(p.Path) })
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Outcomes) == 0 {
		t.Fatal("no exercises")
	}
	return report
}

func readExceptions(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open(exceptionsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	exceptions, err := ReadExceptions(f)
	if err != nil {
		t.Fatal(err)
	}
	return exceptions
}

// writePrograms writes the programs of an exercise on request.
func writePrograms(t *testing.T, o *Outcome) {
	t.Helper()
	if *write == "" {
		return
	}
	for _, p := range []*program{o.Bad, o.Good} {
		dir := filepath.Join(*write, filepath.FromSlash(p.path))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(fmt.Sprintf("// %s\n\n%s", o, p.text())), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCompare: what is missing and what is too much are both told.
func TestCompare(t *testing.T) {
	want, got := map[int][]string{3: {"a"}}, map[int][]string{4: {"a"}}
	if n := len(compare("bad", want, got, "")); n != 2 {
		t.Errorf("%d faults, want 2", n)
	}
	if n := len(compare("bad", want, want, "")); n != 0 {
		t.Errorf("%d faults, want none", n)
	}
}

// TestBrokenRow: a declaration whose directive names the wrong argument is told.
func TestBrokenRow(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	p := w.byPath["net/http"]
	for _, d := range p.Decls {
		if d.Key != "Request.SetBasicAuth" {
			continue
		}
		wrong := *d
		wrong.Directives = []rules.Directive{d.Directives[0]}
		wrong.Directives[0].Args = []rules.DirectiveArg{{Name: "password", Index: 0}}
		outcomes, err := w.Run([]*Pair{w.pair(w.Exercises(&wrong)[0])})
		if err != nil {
			t.Fatal(err)
		}
		if len(outcomes[0].Faults) == 0 {
			t.Error("a literal user is taken for a password")
		}
		return
	}
	t.Fatal("no declaration to break")
}
