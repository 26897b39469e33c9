package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// catalogue returns the built-in catalogue, wholly checked.
func catalogue(t *testing.T) *rules.Catalogue {
	t.Helper()
	if _, err := rules.Load(os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	c, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPagesAreRules: no page is left out because of its name.
func TestPagesAreRules(t *testing.T) {
	c := catalogue(t)
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if page == "README.md" {
			continue
		}
		if _, ok := c.Rule(strings.TrimSuffix(page, ".md")); !ok {
			t.Errorf("%s is no rule of the catalogue", page)
		}
	}
}

// TestRulesAreComplete: the loader sees to it that the parts are there; this is
// about what is in them.
func TestRulesAreComplete(t *testing.T) {
	list := catalogue(t).Rules()
	if len(list) == 0 {
		t.Fatal("no rules")
	}
	for _, r := range list {
		t.Run(r.ID, func(t *testing.T) {
			certain := r.Grades["certain"]
			if certain.Severity <= finding.Note || certain.Persona != finding.Regular {
				t.Errorf("grade certain is %s for %s: nobody would see the rule", certain.Severity, certain.Persona)
			}
			for grade, outcome := range r.Grades {
				if outcome.Severity > certain.Severity {
					t.Errorf("grade %s (%s) is above certain (%s)", grade, outcome.Severity, certain.Severity)
				}
			}
			for _, grade := range []string{"test", "document"} {
				if o, ok := r.Grades[grade]; !ok || o.Severity != finding.Off && o.Persona != finding.Auditor {
					t.Errorf("grade %s is not kept from regular readers", grade)
				}
			}
			for _, examples := range [][]rules.Example{r.Bad, r.Good} {
				if !slices.Contains([]string{"command", "file", "browser"}, r.Observation) && !slices.ContainsFunc(examples, func(e rules.Example) bool { return e.Lang == "go" }) {
					t.Error("no Go example among the bad ones or among the good ones")
				}
			}
			if strings.HasSuffix(r.Title, ".") || len(r.Title) > 60 || r.Title != strings.TrimSpace(r.Title) {
				t.Errorf("title %q is no short phrase", r.Title)
			}
			checkProse(t, r)
		})
	}
}

// checkProse reports words that must not stand in a page.
func checkProse(t *testing.T, r *rules.Rule) {
	t.Helper()
	for _, word := range []string{"retrieve", "seeds/", ".txt", "TODO"} {
		if strings.Contains(r.Markdown, word) {
			t.Errorf("the page says %q", word)
		}
	}
	for _, c := range r.Sources {
		if strings.ContainsAny(c.Publisher+c.Title, "/_") {
			t.Errorf("source %q looks like a file", c)
		}
	}
}

// TestAlso: an id that the bad examples yield as well must not be absorbed.
func TestAlso(t *testing.T) {
	for _, r := range catalogue(t).Rules() {
		for _, id := range r.Also {
			if slices.Contains(r.Absorbs, id) {
				t.Errorf("%s: %s is absorbed and expected as well", r.ID, id)
			}
		}
	}
}

// TestHostsOfRequests: what "Who sees what" says of hosts, for the rules on
// requests and connections.
func TestHostsOfRequests(t *testing.T) {
	for _, r := range catalogue(t).Rules() {
		if r.Observation != "request" && r.Observation != "connection" && r.Observation != "tls" {
			continue
		}
		if o, ok := r.Grades["loopback"]; !ok || o.Severity != finding.Off {
			t.Errorf("%s is not silent for the same machine", r.ID)
		}
		if _, ok := r.Grades["cluster-host"]; !ok {
			t.Errorf("%s does not say who sees hosts of a cluster", r.ID)
		}
	}
}

// TestGrades: the words are those of package practice.
func TestGrades(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/practice/grade.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Grade" {
			for _, v := range spec.Values {
				word, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, word)
			}
		}
		return true
	})
	if diff := cmp.Diff(want, rules.Grades); diff != "" {
		t.Errorf("rules.Grades differs from package practice (-practice +rules):\n%s", diff)
	}
}

// TestOutcomes pins what regular readers see of the rules, as the design has it.
func TestOutcomes(t *testing.T) {
	tests := []struct{ id, grade, want string }{
		{"hardcoded-credential", "certain", "high regular"},
		{"hardcoded-credential", "test", "low auditor"},
		{"hardcoded-credential", "sample", "note auditor"},
		{"fallback-credential", "local-default", "low regular"},
		{"basic-auth-over-http", "certain", "critical regular"},
		{"basic-auth-over-http", "private-host", "low regular"},
		{"basic-auth-over-http", "cluster-host", "low auditor"},
		{"credential-over-http", "certain", "high regular"},
		{"credential-over-http", "unknown-host", "medium regular"},
		{"credential-over-http", "private-host", "low regular"},
		{"message-over-http", "cluster-host", "low regular"},
		{"basic-auth-discouraged", "no-provider", "off regular"},
		{"get-message-send", "weak-evidence", "low auditor"},
		{"get-message-send", "cluster-host", "low regular"},
		{"weak-tls-version", "conditional", "note auditor"},
		{"weak-tls-version", "configured", "note auditor"},
		{"weak-tls-version", "toolchain", "low regular"},
		{"tls-verify-off", "configured", "note auditor"},
		{"weak-password-policy", "certain", "medium regular"},
		{"weak-password-policy", "near-threshold", "note regular"},
		{"weak-password-policy", "no-provider", "note auditor"},
		{"excessive-login-attempts", "certain", "medium regular"},
		{"excessive-login-attempts", "no-provider", "low auditor"},
		{"plaintext-ftp", "certain", "high regular"},
		{"ssh-host-key-unchecked", "conditional", "note auditor"},
	}
	c := catalogue(t)
	for _, tt := range tests {
		r, ok := c.Rule(tt.id)
		if !ok {
			t.Errorf("no rule %s", tt.id)
			continue
		}
		o, ok := r.Grades[tt.grade]
		if got := o.Severity.String() + " " + o.Persona.String(); !ok || got != tt.want {
			t.Errorf("%s, grade %s: %s (%v), want %s", tt.id, tt.grade, got, ok, tt.want)
		}
	}
}

func TestTags(t *testing.T) {
	r, _ := catalogue(t).Rule("basic-auth-over-http")
	want := []string{"security", "request", "external/cwe/cwe-319", "external/cwe/cwe-522", "external/cwe/cwe-523"}
	if diff := cmp.Diff(want, r.Tags()); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

func TestThresholds(t *testing.T) {
	c := catalogue(t)
	tests := []struct {
		name     string
		value    int
		provider bool
	}{
		{rules.PasswordMinLength, 8, false},
		{rules.PasswordMinLengthProvider, 10, true},
		{rules.PasswordMinLengthTransfer, 12, true},
		{rules.PasswordClasses, 4, true},
		{rules.PasswordLengthForClasses, 15, false},
		{rules.PasswordEntropy, 60, false},
		{rules.PasswordScore, 3, false},
		{rules.LoginAttempts, 5, true},
		{rules.LoginAttemptsCommon, 10, false},
		{rules.RotationDays, 92, true},
		{rules.RotationDaysCommon, 366, false},
		{rules.TLSMinVersion, 0x0303, false},
		{rules.TokenLifetime, 720, false},
		{rules.TokenLifetimeUser, 24, true},
		{rules.TokenLifetimeService, 1, true},
		{rules.SigningKeyLength, 32, false},
		{rules.RSAKeyLength, 2048, false},
	}
	for _, tt := range tests {
		if got := c.Threshold(tt.name); got.Value != tt.value || got.Provider != tt.provider || got.Source == "" {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	if len(tests) != len(rules.ThresholdNames) {
		t.Errorf("%d of %d thresholds tested", len(tests), len(rules.ThresholdNames))
	}
	if got := c.Threshold("no-such"); got != (rules.Threshold{}) {
		t.Errorf("unknown threshold: %+v", got)
	}
}

func TestParameters(t *testing.T) {
	p := catalogue(t).Parameters()
	tests := []struct {
		name string
		kind rules.ParamKind
		sure bool
	}{
		{"password", rules.SecretParam, true},
		{"API_KEY", rules.SecretParam, true},
		{"apiKey", rules.SecretParam, true},
		{"client-secret", rules.SecretParam, true},
		{"key", rules.SecretParam, false},
		{"p", rules.SecretParam, false},
		{"userName", rules.UserParam, true},
		{"u", rules.UserParam, false},
		{"SMSText", rules.MessageParam, true},
		{"text", rules.MessageParam, true},
		{"GSM", rules.RecipientParam, true},
		{"send_to", rules.RecipientParam, true},
		{"page", rules.NoParam, false},
		{"token_type", rules.NoParam, false},
		{"", rules.NoParam, false},
	}
	for _, tt := range tests {
		if kind, sure := p.Kind(tt.name); kind != tt.kind || sure != tt.sure {
			t.Errorf("Kind(%q) = %v, %v; want %v, %v", tt.name, kind, sure, tt.kind, tt.sure)
		}
	}
	if !slices.Contains(p.MessagingWords, "sms") {
		t.Error("sms is no messaging word")
	}
}
