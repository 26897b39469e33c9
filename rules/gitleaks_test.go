package rules_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/rules"
)

var updateGitleaks = flag.Bool("update-gitleaks", false, "write gitleaks.toml anew")

// gitleaksHead is what gitleaks.toml begins with.
const gitleaksHead = `# Generated from providers/*.toml, for those who run gitleaks: its default rules
# and the patterns of messaging providers. authlint itself does not read it.
#
#	go test ./rules -run TestGitleaksFile -update-gitleaks

title = "gitleaks with the providers that authlint knows"

[extend]
useDefault = true
`

// gitleaksPlaceholders are what authlint leaves out by the look of a value, as
// far as expressions can say it.
const gitleaksPlaceholders = `regexes = [
  '''(?i:change[_-]?me|placeholder|example|redacted|your[_-])''',
  '''^(?i:x+|\*+|\.+|-+|test|password|passwd|secret|token|true|false|null|none|nil|undefined|string)$''',
  '''^(?:%[sdvq]|\$\w+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z_]+(?:\.[A-Za-z_]+)+)$''',
]
`

// TestGitleaksFile keeps gitleaks.toml in step with the packs.
func TestGitleaksFile(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(gitleaksHead)
	var ids []string
	for _, p := range catalogue(t).Providers() {
		for _, r := range p.SecretRules {
			writeGitleaksRule(&b, p.Name, r)
			if !r.SkipReport {
				ids = append(ids, r.ID)
			}
		}
	}
	fmt.Fprintf(&b, "\n[[allowlists]]\ndescription = \"placeholders, references and words\"\n%stargetRules = [\n", gitleaksPlaceholders)
	for _, id := range ids {
		fmt.Fprintf(&b, "  %q,\n", id)
	}
	b.WriteString("]\n")
	if *updateGitleaks {
		if err := os.WriteFile("gitleaks.toml", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("gitleaks.toml")
	if err != nil || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("rules/gitleaks.toml is not what the packs say: go test ./rules -run TestGitleaksFile -update-gitleaks (%v)", err)
	}
	if _, err := secrets.New(secrets.Options{Name: "gitleaks.toml", Config: got}); err != nil {
		t.Error(err)
	}
}

// writeGitleaksRule writes a rule as gitleaks reads it.
func writeGitleaksRule(b *bytes.Buffer, provider string, r rules.SecretRule) {
	line := func(key, value string) { fmt.Fprintf(b, "%s = %s\n", key, value) }
	fmt.Fprintf(b, "\n# %s\n[[rules]]\n", provider)
	line("id", strconv.Quote(r.ID))
	line("description", strconv.Quote(r.Description))
	for _, text := range []struct{ key, value string }{{"regex", r.Regex}, {"path", r.Path}} {
		if text.value != "" {
			line(text.key, "'''"+text.value+"'''")
		}
	}
	if r.SecretGroup > 0 {
		line("secretGroup", strconv.Itoa(r.SecretGroup))
	}
	if r.Entropy > 0 {
		line("entropy", strconv.FormatFloat(r.Entropy, 'f', -1, 64))
	}
	line("keywords", quotedList(r.Keywords))
	if len(r.Tags) > 0 {
		line("tags", quotedList(r.Tags))
	}
	if r.SkipReport {
		line("skipReport", "true")
	}
	for _, part := range r.Required {
		fmt.Fprintf(b, "\n[[rules.required]]\nid = %q\nwithinLines = %d\n", part.ID, *part.WithinLines)
	}
}

// quotedList returns a list as TOML writes it.
func quotedList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = strconv.Quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// TestPackIDs: no rule of a pack has the id of one of gitleaks' own, which would
// go before it in silence.
func TestPackIDs(t *testing.T) {
	e, err := secrets.New(secrets.Options{NoPacks: true})
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{}
	for _, id := range e.RuleIDs() {
		own[id] = true
	}
	for _, p := range catalogue(t).Providers() {
		for _, r := range p.SecretRules {
			if own[r.ID] {
				t.Errorf("%s: gitleaks has a rule %s", r.File, r.ID)
			}
			if len(r.Allowlists) > 0 {
				t.Errorf("%s: %s has allowlists, which gitleaks.toml would lack", r.File, r.ID)
			}
		}
	}
}
