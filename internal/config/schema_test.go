package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
	"github.com/authlint/authlint/internal/tomlfile"
)

const (
	schemaFile = "../../docs/config.schema.json"
	docFile    = "../../docs/configuration.md"
)

// names returns the names that are built in.
func names(t testing.TB) config.Names {
	t.Helper()
	n, err := known.Names(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSchemaIsCommitted(t *testing.T) {
	want, err := config.Schema(names(t))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(schemaFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is stale (%v): go run ./cmd/authlint config schema > docs/config.schema.json", schemaFile, err)
	}
}

// TestSchemaAgrees holds the schema against the loader: what one takes the other
// takes, and what one refuses the other refuses.
func TestSchemaAgrees(t *testing.T) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(config.SchemaURL, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(config.SchemaURL)
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range []struct {
		text  string
		valid bool
	}{
		{"", true},
		{full, true},
		{"persona = 'regular'", true},
		{"persona = 'auditer'", false},
		{"persona = ''", false},
		{"persona = 1", false},
		{"profile = 'messaging'", true},
		{"profile = 'sms'", false},
		{"fail-on = 'critical'", true},
		{"fail-on = 'note'", false},
		{"fail_on = 'high'", false},
		{"exclude = ['a', '!b']", true},
		{"exclude = 'a'", false},
		{"exclude = [1]", false},
		{"[rules]\nonly = ['weak-password', 'jwt']", true},
		{"[rules]\nonly = ['weak-passwrod']", false},
		{"[rules]\nskip = ['weak-password']", true},
		{"[rules]\nskp = []", false},
		{"[rules.severity]\nweak-password = 'off'", true},
		{"[rules.severity]\nweak-password = 'grave'", false},
		{"[rules.severity]\nweak-passwrod = 'low'", false},
		{"[thresholds]\nlogin-attempts = 3", true},
		{"[thresholds]\nlogin-attempts = -3", false},
		{"[thresholds]\nlogin-attempts = '3'", false},
		{"[thresholds]\nlogin-attempts = 3.5", false},
		{"[thresholds]\nlogin-atempts = 3", false},
		{"[hosts.'a.b']\ntransport = 'vpn'", true},
		{"[hosts.'a.b']\ntransport = 'tls'", false},
		{"[hosts.'a.b']", false},
		{"[ignores]\nhonour = ['gosec', 'detect-secrets']", true},
		{"[ignores]\nhonour = ['bandit']", false},
		{"[ignores]\nhonor = ['gosec']", false},
		{"[[overrides]]\npaths = ['a']\npersona = 'auditor'", true},
		{"[[overrides]]\npaths = ['a']\nrules.skip = ['weak-password']\nrules.severity.jwt = 'low'\nthresholds.login-attempts = 3\nfail-on = 'high'", true},
		{"[[overrides]]\npaths = ['a']", false},
		{"[[overrides]]\npaths = []\npersona = 'auditor'", false},
		{"[[overrides]]\npersona = 'auditor'", false},
		{"[[overrides]]\npaths = ['a']\nrules.skip = ['weak-passwrod']", false},
		{"[[overrides]]\npaths = ['a']\nprofile = 'messaging'", false},
		{"[[overrides]]\npaths = ['a']\nrules.only = ['weak-password']", false},
		{"[overrides]\npaths = ['a']", false},
		{"[extend]\nsecrets = ['own.toml']\n[files]\n'own.toml' = \"[[rules]]\\nid='own-key'\\ndescription='x'\\nregex='x'\"\n[rules]\nskip = ['own-key']", true},
		{"[extend]\nmodel = []", false},
		{"[extend]\nmodels = 'a'", false},
		{"[files]\na = 1", false},
	} {
		var decoded map[string]any
		if err := tomlfile.Decode("x.toml", []byte(sample.text), &decoded); err != nil {
			t.Fatal(err)
		}
		if decoded == nil {
			decoded = map[string]any{}
		}
		text, err := json.Marshal(decoded)
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		bySchema := schema.Validate(instance)
		byLoader := load(t, sample.text)
		if (bySchema == nil) != sample.valid || (byLoader == nil) != sample.valid {
			t.Errorf("%q: valid %v\nschema: %v\nloader: %v", sample.text, sample.valid, bySchema, byLoader)
		}
	}
}

// load reads settings as the command line does.
func load(t *testing.T, text string) error {
	c, err := config.Parse("x.toml", []byte(text))
	if err != nil {
		return err
	}
	n, err := known.Names(c, "")
	if err != nil {
		return err
	}
	return c.Check(n)
}

// keyTable returns the table of the keys in Markdown.
func keyTable() string {
	var b strings.Builder
	b.WriteString("| key | value | what it does |\n|---|---|---|\n")
	for _, k := range config.Keys() {
		value := k.Type
		if len(k.Words) > 0 {
			value = "`" + strings.Join(k.Words, "`, `") + "`"
			if strings.HasPrefix(k.Type, "list") {
				value = "list of " + value
			}
		}
		if k.Default != "" {
			value += fmt.Sprintf(" (default `%s`)", k.Default)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", k.Path, value, k.Doc)
	}
	return b.String()
}

// TestKeysAreDocumented compares the reference page with the keys. With
// UPDATE_DOCS set it writes them into it.
func TestKeysAreDocumented(t *testing.T) {
	const begin, end = "<!-- keys -->\n", "<!-- /keys -->\n"
	page, err := os.ReadFile(docFile)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(page), begin)
	_, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no table of keys", docFile)
	}
	want := head + begin + keyTable() + end + tail
	if want == string(page) {
		return
	}
	if os.Getenv("UPDATE_DOCS") == "" {
		t.Errorf("%s is stale: UPDATE_DOCS=1 go test ./internal/config", docFile)
		return
	}
	if err := os.WriteFile(docFile, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEveryKeyIsDescribed(t *testing.T) {
	for _, k := range config.Keys() {
		if k.Doc == "" {
			t.Errorf("key %s has no description", k.Path)
		}
	}
}

// TestExamplesAreRight reads every example of the reference page.
func TestExamplesAreRight(t *testing.T) {
	page, err := os.ReadFile(docFile)
	if err != nil {
		t.Fatal(err)
	}
	fences := strings.Split(string(page), "```toml\n")[1:]
	if len(fences) == 0 {
		t.Fatal("no examples")
	}
	for _, fence := range fences {
		text, _, _ := strings.Cut(fence, "```")
		if err := load(t, text); err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}
}
