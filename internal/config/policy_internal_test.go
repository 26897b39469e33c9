package config

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// TestEveryKeyHasADecision fails when a key is added and nobody has said what it
// can do below a policy.
func TestEveryKeyHasADecision(t *testing.T) {
	decided := map[string]bool{}
	for _, d := range decisions() {
		for key := range strings.FieldsSeq(d.keys) {
			decided[key] = true
		}
	}
	for _, k := range Keys() {
		if !decided[k.bare] {
			t.Errorf("no decision on %s below a policy: add one to decisions, and a case to TestHostile", k.bare)
		}
		delete(decided, k.bare)
	}
	for key := range decided {
		t.Errorf("a decision on %s, which is no key", key)
	}
}

// under returns the settings of a pull request below a policy.
func under(t *testing.T, policy, own string) *Config {
	t.Helper()
	p, err := Parse("policy.toml", []byte(policy))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(FileName, []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	c, err = c.Under(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.In("/repo")
}

// hostileCase is a pull request that changes one key of .authlint.toml.
type hostileCase struct {
	key    string // as Keys has it
	policy string
	text   string
	line   int // of the attempt; 0 if there is none to tell
	holds  func(c *Config) bool
}

func hostileCases() []hostileCase {
	const rule, other = "weak-password", "slow-rotation"
	high := finding.Finding{Rule: rule, Severity: finding.High, Primary: finding.Location{File: "a/b.go"}}
	disabled := func(id string) func(*Config) bool {
		return func(c *Config) bool { return c.For("a/b.go").Disabled[id] || slices.Contains(c.Skip, id) }
	}
	not := func(f func(*Config) bool) func(*Config) bool { return func(c *Config) bool { return !f(c) } }
	override := "[[overrides]]\npaths = ['a/', '/**']\n"
	return []hostileCase{
		{"persona", "persona = 'auditor'", "persona = 'regular'", 1, func(c *Config) bool {
			return c.Persona == finding.Auditor && c.Shows(&finding.Finding{Persona: finding.Auditor, Primary: high.Primary})
		}},
		{"profile", "profile = 'messaging'", "", 0, func(c *Config) bool { return c.Messaging }},
		{"fail-on", "", "\nfail-on = 'critical'", 2, func(c *Config) bool { return c.FailOn == finding.Low && c.Fails(&high) }},
		{"exclude", "exclude = ['gen/']", "exclude = [\n'gen/',\n'a/']", 3, func(c *Config) bool {
			return !c.Excludes("a/b.go") && c.Excludes("gen/b.go") && len(c.Exclude) == 1
		}},
		{"rules.only", "", "[rules]\nonly = ['" + other + "']", 2, func(c *Config) bool { return len(c.Rules) == 0 }},
		{"rules.only", "locked = ['" + rule + "']", "[rules]\nonly = ['" + other + "']", 2, func(c *Config) bool {
			return slices.Contains(c.Rules, rule) && slices.Contains(c.Rules, other)
		}},
		{"rules.skip", "", "[rules]\nskip = ['" + rule + "']", 2, not(disabled(rule))},
		{"rules.skip", "locked = ['" + rule + "']", "[rules]\nskip = ['" + rule + "', '" + other + "']", 2, func(c *Config) bool {
			return !disabled(rule)(c) && disabled(other)(c)
		}},
		{"rules.skip", "[rules]\nskip = ['" + rule + "']", "[rules]\nskip = ['" + rule + "']", 0, disabled(rule)},
		{"rules.severity", "", "[rules.severity]\n" + rule + " = 'off'", 2, not(disabled(rule))},
		{"rules.severity", "", "[rules.severity]\n" + rule + " = 'note'", 2, func(c *Config) bool {
			_, changed := c.For("a/b.go").Severities[rule]
			return !changed
		}},
		{"rules.severity", "[rules.severity]\n" + rule + " = 'high'", "[rules.severity]\n" + rule + " = 'medium'", 2, func(c *Config) bool {
			return c.For("a/b.go").Severities[rule] == finding.High
		}},
		{"rules.severity", "", "[rules.severity]\n" + rule + " = 'critical'", 0, func(c *Config) bool {
			return c.For("a/b.go").Severities[rule] == finding.Critical
		}},
		{"thresholds", "", "[thresholds]\npassword-min-length = 4", 2, func(c *Config) bool {
			_, own := c.For("a/b.go").Thresholds["password-min-length"]
			return !own && len(c.Thresholds) == 0
		}},
		{"thresholds", "[thresholds]\nlogin-attempts = 3", "[thresholds]\nlogin-attempts = 50", 2, func(c *Config) bool {
			return c.For("a/b.go").Thresholds["login-attempts"] == 3
		}},
		{"thresholds", "", "[thresholds]\nlogin-attempts = 3\npassword-min-length = 14", 0, func(c *Config) bool {
			return c.Thresholds["login-attempts"] == 3 && c.For("a/b.go").Thresholds["password-min-length"] == 14
		}},
		{"hosts.transport", "", "[hosts.'a.b']\ntransport = 'vpn'", 2, func(c *Config) bool { return len(c.Judge(nil).VPNHosts) == 0 }},
		{"extend.providers", "", "[extend]\nproviders = ['a.toml']\n[files]\n'a.toml' = \"name='A'\\nhosts=['a.example']\\nschemes=['basic']\\nrotation='x'\"", 2,
			func(c *Config) bool { cat, err := c.Catalogue(); _, ok := cat.Provider("a"); return err == nil && !ok }},
		{"extend.models", "", "[extend]\nmodels = ['a.txtar']\n[files]\n'a.txtar' = \"module: a.example v1.0.0\\n\\nA.\\n\\n-- a.example/model.go --\\npackage a\\n\"", 2,
			func(c *Config) bool {
				cat, err := c.Catalogue()
				m, _ := cat.Model("a.example")
				return err == nil && m == nil
			}},
		{"extend.secrets", "", "[extend]\nsecrets = ['a.toml']\n[files]\n'a.toml' = \"\"", 0, func(c *Config) bool { return len(c.SecretFiles()) == 1 }},
		{"ignores.honour", "", "[ignores]\nhonour = ['gosec']", 0, func(c *Config) bool { return c.Locks(rule) }},
		{"overrides.paths", "persona = 'auditor'", "[[overrides]]\npaths = ['/**']\npersona = 'regular'", 3, func(c *Config) bool {
			return c.For("a/b.go").Persona == finding.Auditor
		}},
		{"overrides.persona", "persona = 'auditor'", override + "persona = 'regular'", 3, func(c *Config) bool {
			return c.For("a/b.go").Persona == finding.Auditor
		}},
		{"overrides.fail-on", "", override + "fail-on = 'critical'", 3, func(c *Config) bool { return c.Fails(&high) }},
		{"overrides.rules.skip", "", override + "rules.skip = ['" + rule + "']", 3, not(disabled(rule))},
		{"overrides.rules.severity", "", override + "rules.severity." + rule + " = 'off'", 3, not(disabled(rule))},
		{"overrides.thresholds", "", override + "thresholds.password-min-length = 1", 3, func(c *Config) bool {
			_, own := c.For("a/b.go").Thresholds["password-min-length"]
			return !own
		}},
		{"files", "", "[extend]\nsecrets = ['a.toml']\n[files]\n'a.toml' = \"\"", 0, func(c *Config) bool { return len(c.SecretFiles()) == 1 }},
	}
}

// TestHostile has a pull request try each key against a policy.
func TestHostile(t *testing.T) {
	tried := map[string]bool{"locked": true} // refused in a repository's own settings, see TestOnlyAPolicyLocks
	for _, h := range hostileCases() {
		tried[h.key] = true
		t.Run(h.key, func(t *testing.T) {
			c := under(t, h.policy, h.text)
			if !h.holds(c) {
				t.Errorf("policy %q is loosened by %q", h.policy, h.text)
			}
			checkAttempts(t, c, h)
			word, err := c.Encode()
			if err != nil {
				t.Fatal(err)
			}
			decoded, err := Decode(word)
			if err != nil {
				t.Fatal(err)
			}
			if !h.holds(decoded) {
				t.Errorf("policy %q is loosened by %q as a flag of the analyzers", h.policy, h.text)
			}
		})
	}
	for _, k := range Keys() {
		if !tried[k.bare] {
			t.Errorf("no hostile pull request tries %s", k.bare)
		}
	}
}

// checkAttempts checks that the attempt is told, with its line.
func checkAttempts(t *testing.T, c *Config, h hostileCase) {
	t.Helper()
	attempts := c.Attempts()
	switch {
	case h.line == 0 && len(attempts) > 0:
		t.Errorf("%q is told as an attempt: %+v", h.text, attempts)
	case h.line > 0 && (len(attempts) != 1 || attempts[0].Line != h.line || attempts[0].File != FileName):
		t.Errorf("%q: attempts %+v, want one in line %d", h.text, attempts, h.line)
	}
}

// TestPolicyAllows checks what a policy says itself, and that a repository may
// take back what only itself has tightened.
func TestPolicyAllows(t *testing.T) {
	policy := "[[overrides]]\npaths = ['/testdata/']\nrules.skip = ['weak-password']\n"
	own := "persona = 'auditor'\n[[overrides]]\npaths = ['/docs/']\npersona = 'regular'\n"
	c := under(t, policy, own)
	if len(c.Attempts()) != 0 {
		t.Errorf("attempts %+v", c.Attempts())
	}
	if !c.For("testdata/a.go").Disabled["weak-password"] || c.For("a.go").Disabled["weak-password"] {
		t.Error("the policy's own override does not hold")
	}
	if c.For("docs/a.md").Persona != finding.Regular || c.For("a.go").Persona != finding.Auditor {
		t.Error("what the repository tightens it may not take back")
	}
}

func TestFlagsUnderAPolicy(t *testing.T) {
	p, _ := Parse("policy.toml", []byte("persona = 'auditor'"))
	c, err := Default().Over(File{Persona: "regular", FailOn: "critical", Rules: Selection{Skip: []string{"weak-password"}}})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.Under(p); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, a := range c.Attempts() {
		keys = append(keys, a.Key)
	}
	slices.Sort(keys)
	if got := strings.Join(keys, " "); got != "--fail-on --persona --skip" || c.Persona != finding.Auditor || c.FailOn != finding.Low || len(c.Skip) != 0 {
		t.Errorf("attempts %s, settings %+v", got, c)
	}
}

func TestOnlyAPolicyLocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	if err := writeFile(path, "\nlocked = ['weak-password']\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadOwn(path); err == nil || !strings.Contains(err.Error(), ":2: locked: only a policy") {
		t.Errorf("error %v", err)
	}
	if _, err := LoadPolicy(path); err != nil {
		t.Error(err)
	}
}
