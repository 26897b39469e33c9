package secrets

import (
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/rules"
)

const ownKey = "[[rules]]\nid = 'own-key'\ndescription = 'Own key'\nregex = 'ownk_[a-z0-9]{24}'\nkeywords = ['ownk_']\n"

func TestExtra(t *testing.T) {
	own := strings.Repeat("k3v9", 6)
	text := []byte("a = ownk_" + own + "\n")
	for _, tt := range []struct {
		name  string
		extra []string
		want  string // ids, or the error
	}{
		{"a rule", []string{ownKey}, "own-key"},
		{"an allowlist", []string{ownKey + "[[allowlists]]\nregexes = ['k3v9']\n"}, ""},
		{"two files", []string{ownKey, "[[rules]]\nid = 'other-key'\ndescription = 'x'\nregex = 'nothing'\n"}, "own-key"},
		{"twice", []string{ownKey, ownKey}, `extra-1.toml:2: there is a rule "own-key" already`},
		{"a default rule", []string{"[[rules]]\nid = 'jwt'\ndescription = 'x'\nregex = 'x'\n"}, `extra-0.toml:2: there is a rule "jwt" already`},
		{"a rule with a page", []string{"\n[[rules]]\nid = 'weak-password'\ndescription = 'x'\nregex = 'x'\n"}, `extra-0.toml:3: there is a rule "weak-password" already`},
		{"no description", []string{"[[rules]]\nid = 'own-key'\nregex = 'x'\n"}, `extra-0.toml:2: rule "own-key" has no description`},
		{"extend", []string{"[extend]\nuseDefault = true\n"}, `extra-0.toml:1: extend is not supported here`},
		{"a wrong key", []string{"[[rules]]\nidd = 'own-key'\n"}, `extra-0.toml:2: unknown key "rules.idd", did you mean "id"?`},
		{"a wrong expression", []string{"[[rules]]\nid = 'own-key'\ndescription = 'x'\nregex = '('\n"}, `extra-0.toml:4: rule "own-key": missing closing )`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var opts Options
			for i, text := range tt.extra {
				opts.Extra = append(opts.Extra, rules.ExtensionFile{Name: "extra-" + string(rune('0'+i)) + ".toml", Data: []byte(text)})
			}
			got := ""
			e, err := New(opts)
			if err != nil {
				got = err.Error()
			} else {
				for _, m := range e.Find("a.txt", text) {
					got += m.RuleID
				}
			}
			if got != tt.want && !(err != nil && tt.want != "" && strings.HasPrefix(got, tt.want)) {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestLocked has a hostile .gitleaks.toml try to hide what locked rules find.
func TestLocked(t *testing.T) {
	pat := "ghp_" + strings.Repeat("aB3dE6gH9", 4)
	text := []byte("a = " + pat + "\n")
	for _, tt := range []struct {
		name, config, told string
	}{
		{"nothing", "[extend]\nuseDefault = true\n", ""},
		{"no default rules", "title = 'own'\n", "which is left out here, and so"},
		{"disabled", "\n[extend]\nuseDefault = true\ndisabledRules = ['github-pat']\n", `c.toml:2: the policy locks rule "github-pat", which is left out here`},
		{"another expression", "[extend]\nuseDefault = true\n[[rules]]\nid = 'github-pat'\nregex = 'nothing'\n", `c.toml:4: the policy locks rule "github-pat", which is changed here`},
		{"entropy", "[extend]\nuseDefault = true\n[[rules]]\nid = 'github-pat'\nentropy = 8.0\n", `c.toml:4: the policy locks rule "github-pat", which is changed here`},
		{"own allowlist of the rule", "[extend]\nuseDefault = true\n[[rules]]\nid = 'github-pat'\n[[rules.allowlists]]\nregexes = ['ghp']\n", `c.toml:4: the policy locks rule "github-pat", which is changed here`},
		{"global allowlist", "[extend]\nuseDefault = true\n[[allowlists]]\npaths = ['.*']\n", "c.toml:3: an allowlist hides nothing of the rules that the policy locks"},
		{"older allowlist", "[extend]\nuseDefault = true\n[allowlist]\nregexes = ['ghp']\n", "c.toml:3: an allowlist hides nothing of the rules that the policy locks"},
		{"targeted allowlist", "[extend]\nuseDefault = true\n[[allowlists]]\nregexes = ['ghp']\ntargetRules = ['github-pat']\n", `the policy locks rule "github-pat", which is changed here`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := New(Options{Name: "c.toml", Config: []byte(tt.config), Locked: func(id string) bool { return id != "own-key" }})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, m := range e.Find("a.txt", text) {
				ids = append(ids, m.RuleID)
			}
			if !slices.Contains(ids, "github-pat") {
				t.Errorf("a locked rule is silenced: %v", ids)
			}
			var told []string
			for _, n := range e.Refused() {
				told = append(told, n.Message)
			}
			if got := strings.Join(told, "\n"); !strings.Contains(got, tt.told) || tt.told == "" && got != "" {
				t.Errorf("told %s\nwant %s", got, tt.told)
			}
		})
	}
}

// TestUnlocked checks that a user's allowlists hold for rules that are not locked.
func TestUnlocked(t *testing.T) {
	e, err := New(Options{
		Name: "c.toml", Config: []byte(ownKey + "[extend]\nuseDefault = true\n[[allowlists]]\nregexes = ['k3v9']\n"),
		Locked: func(id string) bool { return id == "github-pat" },
	})
	if err != nil {
		t.Fatal(err)
	}
	if found := e.Find("a.txt", []byte("a = ownk_"+strings.Repeat("k3v9", 6)+"\n")); len(found) > 0 {
		t.Errorf("found %d", len(found))
	}
}
