package authtest_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

const corpus = "../../testdata/corpus"

// TestCorpus runs the corpus through the three drivers: each must find what the
// corpus expects and nothing else, so that they also equal each other. In short
// mode only the checker runs.
func TestCorpus(t *testing.T) {
	expected, err := authtest.ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	want := authtest.Keys(expected)
	if len(want) == 0 {
		t.Fatal("the corpus expects nothing")
	}
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	bin := ""
	if !testing.Short() {
		bin = program(t)
	}
	drivers := map[string]func() (map[authtest.Key]bool, error){
		"command line": func() (map[authtest.Key]bool, error) { return authtest.CommandLine(bin, dir) },
		"go vet":       func() (map[authtest.Key]bool, error) { return authtest.Vet(bin, dir) },
		"checker":      func() (map[authtest.Key]bool, error) { return authtest.Checker(dir) },
	}
	for name, run := range drivers {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "checker" {
				t.Skip("short mode: the checker only")
			}
			got, err := run()
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				t.Fatal("the driver finds nothing")
			}
			for _, k := range authtest.Difference(want, got) {
				t.Errorf("missing %s", k)
			}
			for _, k := range authtest.Difference(got, want) {
				t.Errorf("unexpected %s", k)
			}
		})
	}
}

// leastCoverage is the share of sensible cells, in percent, that must hold a
// positive and a negative line.
const leastCoverage = 98

// TestCells prints practice x shape and fails if too few of the sensible cells
// (testdata/corpus/cells.txt) hold both a want and an ok line, or if a line
// names a cell that is not listed.
func TestCells(t *testing.T) {
	expected, err := authtest.ReadCorpus(corpus)
	if err != nil {
		t.Fatal(err)
	}
	cells, shapes, practices := readCells(t)
	type count struct{ want, ok int }
	seen := map[string]*count{}
	for _, e := range expected {
		cell := e.Practice + "/" + e.Shape
		if !cells[cell] {
			t.Errorf("%s:%d: %s is no cell of cells.txt", e.File, e.Line, cell)
		}
		if seen[cell] == nil {
			seen[cell] = &count{}
		}
		if len(e.Rules) > 0 {
			seen[cell].want++
		} else {
			seen[cell].ok++
		}
	}
	full := 0
	var table strings.Builder
	fmt.Fprintf(&table, "%-28s", "shape")
	for _, p := range practices {
		fmt.Fprintf(&table, "%14s", p)
	}
	for _, s := range shapes {
		fmt.Fprintf(&table, "\n%-28s", s)
		for _, p := range practices {
			cell := p + "/" + s
			text := "."
			if cells[cell] {
				c := seen[cell]
				if c == nil {
					c = &count{}
				}
				text = fmt.Sprintf("%d+ %d-", c.want, c.ok)
				if c.want > 0 && c.ok > 0 {
					full++
				}
			}
			fmt.Fprintf(&table, "%14s", text)
		}
	}
	t.Logf("lines that want a finding (+) and lines that must be silent (-):\n%s\n%d of %d sensible cells hold both", table.String(), full, len(cells))
	if full*100 < leastCoverage*len(cells) {
		t.Errorf("%d of %d cells hold both, want %d %%", full, len(cells), leastCoverage)
	}
}

// readCells reads lines "practice: shape shape ...".
func readCells(t *testing.T) (cells map[string]bool, shapes, practices []string) {
	f, err := os.Open(filepath.Join(corpus, "cells.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells = map[string]bool{}
	known := map[string]bool{}
	for s := bufio.NewScanner(f); s.Scan(); {
		practice, list, ok := strings.Cut(s.Text(), ":")
		if !ok || strings.HasPrefix(practice, "#") {
			continue
		}
		practices = append(practices, practice)
		for _, shape := range strings.Fields(list) {
			cells[practice+"/"+shape] = true
			if !known[shape] {
				known[shape] = true
				shapes = append(shapes, shape)
			}
		}
	}
	sort.Strings(shapes)
	return cells, shapes, practices
}
