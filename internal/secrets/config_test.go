package secrets

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/zricethezav/gitleaks/v8/config"
)

// defaultText returns gitleaks' default configuration.
func defaultText() string { return config.DefaultConfig }

func TestConfigErrors(t *testing.T) {
	const rule = "[[rules]]\nid = 'a'\nregex = 'x'\n"
	tests := []struct{ name, text, want string }{
		{"unknown key", rule + "weight = 3", `c.toml:4: unknown key "rules.weight"`},
		{"key of another version", rule + "[[rules.allowlists]]\nmatchCondition = 'AND'\npaths = ['x']", "c.toml:5: unknown key"},
		{"regex", "[[rules]]\nid = 'a'\nregex = '('\n", `c.toml:3: rule "a": missing closing`},
		{"path", "[[rules]]\nid = 'a'\npath = '['\n", `c.toml:3: rule "a": missing closing`},
		{"regex of an allowlist", rule + "[[rules.allowlists]]\nregexes = ['(']", `c.toml:2: rule "a": missing closing`},
		{"regex of a global allowlist", "[allowlist]\npaths = ['(']", "c.toml:1: missing closing"},
		{"no id", "[[rules]]\nregex = 'x'\n", "c.toml:1: a rule has no id"},
		{"twice", rule + rule, `c.toml:5: rule "a" is there twice`},
		{"neither", "[[rules]]\nid = 'a'\n", `c.toml:2: rule "a" has neither regex nor path`},
		{"group", rule + "secretGroup = 1", `c.toml:2: rule "a" has no group 1`},
		{"empty allowlist", rule + "[[rules.allowlists]]\ndescription = 'x'", "c.toml:2: an allowlist has neither"},
		{"condition", rule + "[[rules.allowlists]]\ncondition = 'XOR'\npaths = ['x']", `c.toml:2: allowlist condition "XOR"`},
		{"target", rule + "[[rules.allowlists]]\nregexTarget = 'file'\npaths = ['x']", `c.toml:2: allowlist regexTarget "file"`},
		{"both forms", "[allowlist]\npaths = ['x']\n[[allowlists]]\npaths = ['x']", "c.toml:1: [allowlist] and [[allowlists]] exclude"},
		{"both forms in a rule", rule + "[rules.allowlist]\npaths = ['x']\n[[rules.allowlists]]\npaths = ['x']", `c.toml:2: rule "a": [rules.allowlist] and`},
		{"target rule", "[[allowlists]]\ntargetRules = ['b']\npaths = ['x']", `c.toml:1: target rule "b" does not exist`},
		{"required", rule + "required = [{id = 'b'}]", `c.toml:2: rule "a" requires "b", which does not exist`},
		{"required without id", rule + "required = [{withinLines = 1}]", `c.toml:2: rule "a" requires a rule without id`},
		{"extend twice", "[extend]\nuseDefault = true\npath = 'x'", "c.toml:1: extend.useDefault and extend.path exclude"},
		{"extend by address", "[extend]\nurl = 'x'", "c.toml:1: extend.url is not supported"},
		{"disabled rule", "[extend]\nuseDefault = true\ndisabledRules = ['b']", `c.toml:1: disabled rule "b" does not exist`},
		{"missing base", "[extend]\npath = 'missing.toml'", "c.toml:1: extend.path: no such file"},
		{"fault of the base", "[extend]\npath = 'broken.toml'", "broken.toml:1: "},
		{"circle", "[extend]\npath = 'circle.toml'", "circle.toml:1: extend.path: more than 3 files"},
		{"syntax", "[[rules", "c.toml:1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(Options{Name: "c.toml", Config: []byte(tt.text), Open: openBase})
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want prefix %q", err, tt.want)
			}
		})
	}
}

// openBase has the files that configurations of the tests build upon.
func openBase(path string) ([]byte, error) {
	switch path {
	case "base.toml":
		return []byte("[[rules]]\nid = 'a'\ndescription = 'base'\nregex = 'A\\w+'\nkeywords = ['a']\ntags = ['base']\n[[rules]]\nid = 'b'\nregex = 'B\\w+'\n" +
			"[allowlist]\nregexes = ['^Ax']"), nil
	case "broken.toml":
		return []byte("x = 1"), nil
	case "circle.toml":
		return []byte("[extend]\npath = 'circle.toml'"), nil
	}
	return nil, errors.New("no such file")
}

func TestExtend(t *testing.T) {
	tests := []struct{ name, text, input, want string }{
		{"base alone", "[extend]\npath = 'base.toml'", "Aab Bab Axx", "a 1:0-3, b 1:4-7"},
		{"disabled", "[extend]\npath = 'base.toml'\ndisabledRules = ['b']", "Aab Bab", "a 1:0-3"},
		{"regex replaced, keywords added", "[extend]\npath = 'base.toml'\n[[rules]]\nid = 'a'\nregex = 'C\\w+'\nkeywords = ['c']", "Cc Bab", "a 1:0-2, b 1:3-6"},
		{"allowlists added", "[extend]\npath = 'base.toml'\n[[rules]]\nid = 'a'\n[[rules.allowlists]]\nregexes = ['Aab']", "Aab Acd Axx", "a 1:4-7"},
		{"targeted at the base", "[extend]\npath = 'base.toml'\n[[allowlists]]\ntargetRules = ['a']\nregexes = ['Aab']", "Aab Bab", "b 1:4-7"},
		{"required part added", "[extend]\npath = 'base.toml'\n[[rules]]\nid = 'a'\nrequired = [{id = 'b'}]", "Aab", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 3 { // gitleaks loses rules when the same file is loaded again
				e := mustNew(t, Options{Name: "c.toml", Config: []byte(tt.text), Open: openBase, NoPacks: true})
				if got := describe(e.Scan("x", []byte(tt.input))); got != tt.want {
					t.Fatalf("found %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestExtendDefault(t *testing.T) {
	e := mustNew(t, Options{Name: "c.toml", Config: []byte("[extend]\nuseDefault = true\ndisabledRules = ['jwt']\n[[rules]]\nid = 'own'\nregex = 'x'"), NoPacks: true})
	ids := e.RuleIDs()
	if len(ids) != 222 || slices.Contains(ids, "jwt") || !slices.Contains(ids, "own") {
		t.Errorf("%d rules", len(ids))
	}
}

// FuzzConfig feeds foreign configurations: an error or an engine that scans.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("[[rules]]\nid = 'a'\nregex = '(x)'\nsecretGroup = 1\nentropy = 1.5\nkeywords = ['x', '']\n[[rules.allowlists]]\nstopwords = ['']\n"))
	f.Add([]byte("[extend]\npath = 'base.toml'\n[allowlist]\npaths = ['a']\n[[rules]]\nid = 'a'\nrequired = [{id = 'b', withinLines = 1}]\n"))
	f.Add([]byte("[[rules]]\nid = 'p'\npath = '.'\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := New(Options{Name: "c.toml", Config: text, Open: openBase, NoPacks: true})
		if err == nil {
			e.Scan("a", []byte("Aab x = y\n"))
		}
	})
}
