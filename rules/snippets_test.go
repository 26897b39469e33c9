package rules_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/authlint/authlint/rules"
)

// TestSnippetsAreStrict checks that faults in the tables of snippets are told
// with file and line.
func TestSnippetsAreStrict(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"[[call]]\nnames = [\"a.b\"]\nargs = [\"url\"]\n", "x.toml:1: no languages"},
		{"languages = [\"java\"]\n[[call]]\nnames = [\"a.b\"]\nargs = [\"hostt\"]\n", `x.toml:4: unknown word "hostt" of args`},
		{"languages = [\"java\"]\n[[call]]\nnames = [\"a.b\"]\n", "x.toml:3: a call that says nothing"},
		{"languages = [\"java\"]\n[[call]]\nnames = [\"a.b\"]\nmakes = \"thing\"\n", `unknown word "thing" of makes`},
		{"languages = [\"java\"]\n[[call]]\nargs = [\"url\"]\n", "names is empty"},
		{"languages = [\"java\"]\n[[field]]\nnames = [\".a\"]\nrole = \"pasword\"\n", `unknown word "pasword" of role`},
		{"languages = [\"java\"]\n[[word]]\nnames = [\"a\"]\nis = \"bad\"\n", `unknown word "bad" of is`},
		{"languages = [\"java\"]\n[[call]]\nnames = [\"a\"]\nargz = [\"url\"]\n", "x.toml:4"},
	} {
		_, err := rules.LoadSnippets(fstest.MapFS{"snippets/x.toml": {Data: []byte(tt.text)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want %q", tt.text, err, tt.want)
		}
	}
}

// TestSnippets checks the built-in tables.
func TestSnippets(t *testing.T) {
	for _, language := range []string{"csharp", "java", "javascript", "kotlin", "php", "python", "ruby", "rust", "swift"} {
		table, err := rules.SnippetsOf(language)
		if err != nil {
			t.Fatal(err)
		}
		if table == nil || len(table.Words) == 0 {
			t.Errorf("%s has no table, or nothing tells which files to read", language)
		}
	}
}
