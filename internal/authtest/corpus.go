// Package authtest is what tests of several packages share: the corpus with its
// expectations, the drivers that it is run through, and the mutator.
package authtest

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Expectation is what a line of the corpus says of itself:
//
//	code() // want rule-id another-id -- practice/shape
//	code() // ok -- practice/shape
//
// A want line yields exactly these rules, an ok line none.
type Expectation struct {
	File     string // relative to the corpus, with slashes
	Line     int
	Rules    []string // sorted; empty for ok
	Practice string
	Shape    string
}

// Key identifies a finding for the comparison of drivers.
type Key struct {
	Rule string
	File string // relative to the corpus, with slashes
	Line int
}

// String returns the key as file:line: rule.
func (k Key) String() string { return fmt.Sprintf("%s:%d: %s", k.File, k.Line, k.Rule) }

// ReadCorpus reads the expectations of all Go files below dir. A comment that
// begins like an expectation and is none is an error with its place.
func ReadCorpus(dir string) ([]Expectation, error) {
	var list []Expectation
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		found, err := readExpectations(path, filepath.ToSlash(rel))
		list = append(list, found...)
		return err
	})
	return list, err
}

func readExpectations(path, name string) ([]Expectation, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []Expectation
	fset := token.NewFileSet()
	file := fset.AddFile(name, -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return list, nil
		}
		if tok != token.COMMENT {
			continue
		}
		e, ok, err := parseExpectation(lit)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Position(pos), err)
		}
		if ok {
			e.File, e.Line = name, file.Line(pos)
			list = append(list, e)
		}
	}
}

// parseExpectation reads one comment and reports whether it is an expectation.
func parseExpectation(comment string) (Expectation, bool, error) {
	// An expectation may stand behind another comment: //nolint:x // want ...
	at := max(strings.LastIndex(comment, "// want "), strings.LastIndex(comment, "// ok "))
	if at < 0 {
		return Expectation{}, false, nil
	}
	text := comment[at+len("// "):]
	head, tag, tagged := strings.Cut(text, " -- ")
	words := strings.Fields(head)
	if len(words) == 0 || words[0] != "want" && words[0] != "ok" || !tagged && words[0] == "ok" && len(words) > 1 {
		return Expectation{}, false, nil
	}
	if !tagged {
		return Expectation{}, false, fmt.Errorf("expectation without ` -- practice/shape`")
	}
	practice, shape, ok := strings.Cut(strings.TrimSpace(tag), "/")
	if !ok || practice == "" || shape == "" {
		return Expectation{}, false, fmt.Errorf("want practice/shape, got %q", tag)
	}
	e := Expectation{Rules: words[1:], Practice: practice, Shape: shape}
	if words[0] == "want" && len(e.Rules) == 0 || words[0] == "ok" && len(e.Rules) > 0 {
		return Expectation{}, false, fmt.Errorf("want names rules, ok names none")
	}
	sort.Strings(e.Rules)
	return e, true, nil
}

// Keys returns what the drivers must find.
func Keys(list []Expectation) map[Key]bool {
	keys := map[Key]bool{}
	for _, e := range list {
		for _, r := range e.Rules {
			keys[Key{r, e.File, e.Line}] = true
		}
	}
	return keys
}

// Difference returns the keys of a that b lacks, sorted.
func Difference(a, b map[Key]bool) []Key {
	var list []Key
	for k := range a {
		if !b[k] {
			list = append(list, k)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].File != list[j].File {
			return list[i].File < list[j].File
		}
		if list[i].Line != list[j].Line {
			return list[i].Line < list[j].Line
		}
		return list[i].Rule < list[j].Rule
	})
	return list
}
