package rules_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/authlint/authlint/rules"
)

// TestFormatOf: a credential has the format of a provider if the provider's
// pattern takes all of it, and nothing beside it says so.
func TestFormatOf(t *testing.T) {
	const provider = `
name = "Acme"
hosts = ["acme.test"]
brands = ["acme"]
schemes = ["bearer"]
rotation = "Make a new key."

[samples]
hosts = ["acme.test"]
other-hosts = ["acme.example"]

[[rules]]
id = "acme-api-key"
description = "Acme API key"
regex = '\b(acme_[0-9a-f]{16})\b'
keywords = ["acme_"]
match = ["acme_{{hex 16}}"]
no-match = ["acme_key"]

[[rules]]
id = "acme-secret"
description = "Acme secret"
regex = '(?i)acme.{0,20}?\b([0-9a-f]{32})\b'
keywords = ["acme"]
match = ["acme secret {{hex 32}}"]
no-match = ["acme"]

[[rules]]
id = "acme-guess"
description = "Acme guess"
regex = '[0-9a-f]{24}'
generic = true
match = ["{{hex 24}}"]
no-match = ["acme"]
`
	p, err := rules.ParseProvider("acme.toml", []byte(provider))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.SecretRules) != 3 {
		t.Fatalf("%d pattern rules", len(p.SecretRules))
	}
	fsys := fstest.MapFS{}
	for _, f := range []string{"secrets/issued.md", "secrets/generic.md", "secrets/names.toml", "thresholds.toml", "parameters.toml", "links.toml", "published.toml"} {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fsys[f] = &fstest.MapFile{Data: data}
	}
	fsys["providers/acme.toml"] = &fstest.MapFile{Data: []byte(provider)}
	c, err := rules.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	hex := strings.Repeat("0f1e2d3c", 4)
	for _, test := range []struct {
		text string
		want bool
	}{
		{"acme_" + hex[:16], true},
		{"acme_" + hex[:15], false},
		{"key acme_" + hex[:16], false}, // more than the credential
		{hex, false},                    // a word beside it must say so
		{hex[:24], false},               // no issuer
		{"", false},
		{strings.Repeat("acme_", 200), false},
	} {
		if got, ok := c.FormatOf(test.text); ok != test.want || ok && got != "acme" {
			t.Errorf("FormatOf(%q) = %q, %t", test.text, got, ok)
		}
	}
	if rule := c.SecretRule("acme-guess"); !rule.Generic {
		t.Error("acme-guess is not generic")
	}
	if rule := c.SecretRule("acme-api-key"); rule.Generic {
		t.Error("acme-api-key is generic")
	}
}
