package scan

import (
	"context"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// TestHostileFiles checks that a file that no reader of settings can read, or that
// is too much for one, costs a notice at most, and that the patterns are searched
// all the same.
func TestHostileFiles(t *testing.T) {
	pat := secrettest.Expand("ghp_{{alnum36}}")
	texts := map[string]string{
		"large.yaml":    strings.Repeat("key: value of some length\n", 300_000) + "token: " + pat + "\n",
		"lines.json":    "[\n" + strings.Repeat("1,\n", 1_000_000) + "\"" + pat + "\"]\n",
		"one-line.json": "{\"a\": [" + strings.Repeat("{\"b\":{\"c\":[1,2]}},", 20_000) + "\"" + pat + "\"]}",
		"nested.json":   strings.Repeat("[", 5_000) + "\"" + pat + "\"",
		"nested.yaml":   strings.Repeat("{a: ", 5_000) + pat,
		"cycle.yaml":    "a: &a\n  b: *a\n  <<: *a\n  token: " + pat + "\n",
		"cut.json":      "{\"token\": \"" + pat + "\", \"a\": [1, {",
		"cut.toml":      "token = \"" + pat + "\"\na = [1,\n",
		"cut.xml":       "<a><token>" + pat + "</token><b c=",
		"cut.tf":        "token = \"" + pat + "\"\na {\n",
		"cut.sql":       "ALTER USER a PASSWORD '" + pat,
		"wrong.yaml":    "<a>\n\t<token>" + pat + "</token>\n</a>\n",
		"wrong.json":    "[a]\ntoken = " + pat + "\n",
		"wrong.toml":    "{\"token\": \"" + pat + "\"}\n",
		"wrong.tf":      "#!/bin/sh\nexport TOKEN=" + pat + "\n",
		"wrong.env":     "\x7fELF\x01\x02 " + pat + "\n",
		"garbled.conf":  "a {{ b } \" ' [ ( " + pat + " \\\n",
	}
	root := t.TempDir()
	for name, text := range texts {
		write(t, root, name, text)
	}
	run, err := Run(context.Background(), Options{Dir: root, Now: today, Config: &config.Config{Persona: finding.Auditor}})
	if err != nil {
		t.Fatal(err)
	}
	found, notices := map[string]bool{}, map[string]int{}
	for _, f := range run.Findings {
		found[f.Primary.File] = found[f.Primary.File] || f.Named("github-pat")
	}
	for _, n := range run.Notices {
		notices[n.Where.File]++
		if strings.Contains(n.Message, pat) {
			t.Errorf("%s: a notice holds the token", n.Where.File)
		}
	}
	for name := range texts {
		if !found[name] {
			t.Errorf("%s: the token is not found", name)
		}
		if notices[name] > 1 {
			t.Errorf("%s: %d notices", name, notices[name])
		}
	}
}
