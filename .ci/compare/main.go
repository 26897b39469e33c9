// Command compare counts what gosec and gitleaks say of the lines of the Go
// corpus that authlint is tested with: how many of those that want a finding
// they report, for whatever reason, and how many of those that must be silent.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/authtest"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// place is a line of the corpus.
type place struct {
	file string
	line int
}

// run compares the tools that are built into the folder bin.
func run(bin string) error {
	const corpus = "../../testdata/corpus"
	list, err := authtest.ReadCorpus(corpus)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "compare-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := authtest.Materialise(corpus, dir); err != nil {
		return err
	}
	authlint, err := authtest.CommandLine(filepath.Join(bin, "authlint"), dir)
	if err != nil {
		return err
	}
	own := map[place]bool{}
	for k := range authlint {
		own[place{k.File, k.Line}] = true
	}
	gosec, err := gosec(bin, dir)
	if err != nil {
		return err
	}
	gitleaks, err := gitleaks(bin, dir)
	if err != nil {
		return err
	}
	fmt.Println("| tool | lines with a fault | of them reported | lines without | of them reported |\n|---|---|---|---|---|")
	for _, tool := range []struct {
		name  string
		found map[place]bool
	}{{"authlint", own}, {"gosec", gosec}, {"gitleaks", gitleaks}} {
		if len(tool.found) == 0 {
			return fmt.Errorf("%s finds nothing at all", tool.name)
		}
		var want, ok, seen, wrong int
		for _, e := range list {
			hit := tool.found[place{e.File, e.Line}]
			switch {
			case len(e.Rules) > 0 && hit:
				want, seen = want+1, seen+1
			case len(e.Rules) > 0:
				want++
			case hit:
				ok, wrong = ok+1, wrong+1
			default:
				ok++
			}
		}
		fmt.Printf("| %s | %d | %d | %d | %d |\n", tool.name, want, seen, ok, wrong)
	}
	return nil
}

// gosec runs all rules of gosec.
func gosec(bin, dir string) (map[place]bool, error) {
	cmd := exec.Command(filepath.Join(bin, "gosec"), "-quiet", "-no-fail", "-fmt", "json", "-tests", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("running gosec: %w", err)
	}
	var report struct {
		Issues []struct{ File, Line string }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, err
	}
	found := map[place]bool{}
	for _, i := range report.Issues {
		first, _, _ := strings.Cut(i.Line, "-")
		line, err := strconv.Atoi(first)
		if err != nil {
			return nil, err
		}
		add(found, dir, i.File, line)
	}
	return found, nil
}

// gitleaks runs its default rules.
func gitleaks(bin, dir string) (map[place]bool, error) {
	path := filepath.Join(dir, "gitleaks.json")
	cmd := exec.Command(filepath.Join(bin, "gitleaks"), "dir", "--no-banner", "--log-level", "error", "--exit-code", "0", "--report-format", "json", "--report-path", path, dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.Join(err, errors.New(string(out)))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var report []struct {
		File      string
		StartLine int
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, err
	}
	found := map[place]bool{}
	for _, l := range report {
		add(found, dir, l.File, l.StartLine)
	}
	return found, nil
}

func add(found map[place]bool, dir, file string, line int) {
	if rel, err := filepath.Rel(dir, file); err == nil {
		found[place{filepath.ToSlash(rel), line}] = true
	}
}
