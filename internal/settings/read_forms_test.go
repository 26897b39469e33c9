package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/rules"
)

func FuzzLDIF(f *testing.F)   { fuzzReader(f, "a.ldif") }
func FuzzJasmin(f *testing.F) { fuzzReader(f, "a.jcli") }
func FuzzWords(f *testing.F)  { fuzzReader(f, "a.secrets") }

// FuzzMatchForm compares any words with any form: it ends, and what stands in a
// role is a part of a word.
func FuzzMatchForm(f *testing.F) {
	f.Add("{host} {user}:{password}", "[a]:25 b:c:d")
	f.Add("... : PSK {secret} ...", "a b : PSK \"c d\" e")
	f.Add("user {user} ... >{password} ...", "user a on >b ~*")
	f.Fuzz(func(t *testing.T, form, line string) {
		words := lineWords([]byte(line), 0, len(line))
		parts := strings.Fields(form)
		if len(words) > maxFormWords || len(parts) > maxFormWords || strings.Count(form, "...") > 2 || strings.Count(form, "{") != strings.Count(form, "}") {
			return
		}
		if slices.ContainsFunc(parts, func(p string) bool {
			return strings.IndexByte(p, '}') < strings.IndexByte(p, '{') || strings.Count(p, "}") != strings.Count(p, "{")
		}) {
			return
		}
		found, _ := matchForm(parts, words)
		for role, w := range found {
			if !slices.ContainsFunc(words, func(have word) bool { return strings.Contains(have.text, w.text) }) {
				t.Errorf("role %q is in no word", role)
			}
		}
	})
}

// TestLineFiles sees to it that the files with lines of known forms are read.
func TestLineFiles(t *testing.T) {
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range table.Lines {
		for _, pattern := range file.Files {
			name := strings.NewReplacer("mods-config/files/*", "mods-config/files/authorize", "*", "").Replace(pattern)
			if strings.HasSuffix(name, "/.txt") || strings.HasPrefix(pattern, "kickstart") || name == "" {
				continue // what the base name alone does not tell
			}
			if strings.HasPrefix(name, ".") && !strings.HasSuffix(name, "rc") || strings.HasPrefix(name, "-") {
				name = "a" + name
			}
			if formatOf(name) == nil {
				t.Errorf("%s: %s is not read", pattern, name)
			}
		}
	}
}
