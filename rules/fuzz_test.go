package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/authlint/authlint/rules"
)

func FuzzParsePage(f *testing.F) {
	f.Add(goodPage)
	seed(f, "*-*.md")
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := rules.ParsePage("a-thing.md", []byte(text), known)
		if err != nil {
			placed(t, err, "a-thing.md")
			return
		}
		if rule.Title == "" || rule.Summary == "" || len(rule.Bad) == 0 || len(rule.Good) == 0 || len(rule.Sources) == 0 {
			t.Errorf("a page without its parts was taken: %+v", rule)
		}
		for _, e := range append(rule.Bad, rule.Good...) {
			if e.Line < 1 || e.Line > strings.Count(text, "\n")+1 {
				t.Errorf("example on line %d of %d", e.Line, strings.Count(text, "\n")+1)
			}
		}
	})
}

func FuzzParseProvider(f *testing.F) {
	f.Add(goodProvider)
	seed(f, "providers/*.toml")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := rules.ParseProvider("acme.toml", []byte(text))
		if err != nil {
			placed(t, err, "acme.toml")
			return
		}
		for _, host := range p.Hosts {
			if !p.Matches(strings.ReplaceAll(host, "*", "x")) {
				t.Errorf("host %q does not match itself", host)
			}
		}
	})
}

func FuzzParseParameters(f *testing.F) {
	seed(f, "parameters.toml")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := rules.ParseParameters("p.toml", []byte(text)); err != nil {
			placed(t, err, "p.toml")
		}
	})
}

func FuzzParseCommands(f *testing.F) {
	seed(f, "commands/*.toml")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := rules.LoadCommands(fstest.MapFS{"commands/c.toml": {Data: []byte(text)}}); err != nil {
			placed(t, err, "commands/c.toml")
		}
	})
}

// seed adds the files of a pattern.
func seed(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		f.Fatalf("no files %s: %v", pattern, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
}

// placed fails if the error does not name the file.
func placed(t *testing.T, err error, file string) {
	t.Helper()
	if !strings.HasPrefix(err.Error(), file) {
		t.Errorf("error without its file: %v", err)
	}
}
