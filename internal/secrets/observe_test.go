package secrets

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// pem returns a private key block; the words stand apart so that this file has none.
func pem(kind, body string) string {
	return "-----BEGIN " + kind + "PRIVATE " + "KEY-----\n" + body + "\n-----END " + kind + "PRIVATE " + "KEY-----\n"
}

// observed returns the ids of the rules that are observed in a file.
func observed(e *Engine, file File) string {
	var ids []string
	for _, o := range e.Observe(file) {
		ids = append(ids, o.(*practice.SecretMatch).RuleID)
	}
	return strings.Join(ids, " ")
}

// unsigned returns a JWT that says that it is not signed, and has a signature.
func unsigned() string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	return part(`{"typ":"JWT","alg":"none"}`) + "." + part(`{"sub":"1234567890"}`) + ".{{alnum30}}"
}

// TestCredible has texts that the default rules match, and whether they are told.
func TestCredible(t *testing.T) {
	tests := []struct{ name, path, text, want string }{
		{"GitHub token", "a.sh", "TOKEN=ghp_{{alnum36}}\n", "github-pat"},
		{"AWS key", "a.ini", "aws_access_key_id = AKIA{{upper16}}\n", "aws-access-token"},
		{"private key", "id", pem("RSA ", "{{base64bytes96}}\n{{base64bytes96}}"), "private-key"},
		{"private key in a string", "a.json", strings.ReplaceAll(strings.TrimSpace(pem("", "{{base64bytes96}}")), "\n", `\n`), "private-key"},
		{"JWT", "a.txt", "t={{jwt}}\n", "jwt"},
		{"key by its name", "a.yaml", "api_key: '{{alnum32}}'\n", "generic-api-key"},
		{"secret of a Kubernetes file", "a.yaml", "kind: Secret\ndata:\n  password: {{base64:{{alnum20}}}}\n", "kubernetes-secret-yaml"},
		{"curl user", "a.sh", "curl -u admin:{{alnum16}} https://api.acme.io/v1\n", "curl-auth-user"},
		{"Terraform password", "a.tf", "administrator_login_password = \"{{alnum16}}\"\n", "hashicorp-tf-password"},
		{"NuGet password", "nuget.config", "<add key=\"ClearTextPassword\" value=\"{{alnum16}}\" />\n", "nuget-config-password"},
		{"Slack webhook", "a.txt", "https://hooks.slack.com/services/T{{upper8}}/B{{upper8}}/{{alnum24}}\n", "slack-webhook-url"},
		{"Teams webhook", "a.txt", "u = https://acme.webhook.office.com/webhookb2/{{uuid}}@{{uuid}}/IncomingWebhook/{{hex32}}/{{uuid}}\n", "microsoft-teams-webhook"},
		{"Vault token", "a.txt", "s.{{alnum24}}\n", "vault-service-token"},
		{"PKCS #12 file", "store.p12", "x", "pkcs12-file"},

		{"encrypted key", "id", pem("ENCRYPTED ", "{{base64bytes96}}"), ""},
		{"encrypted key of the older kind", "id", pem("RSA ", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{{HEX32}}\n\n{{base64bytes96}}"), ""},
		{"stub of a key", "README.md", pem("RSA ", "MIIEow{{alnum60}}\n...\n"), ""},
		{"key of one character", "a.go", pem("", strings.Repeat("A", 90)), ""},
		{"checksum", "a.yaml", "install-token-checksum: '{{hex64}}'\n", ""},
		{"hash of a key", "a.yaml", "ssh_key_sha256 = \"{{hex64}}\"\n", ""},
		{"nonce", "a.go", "// authNonce = \"{{hex32}}\"\n", ""},
		{"identifier", "a.py", "api_key = 'encryptionKey1024WithPadding'\n", ""},
		{"unsigned JWT", "a.txt", "t=" + unsigned() + "\n", ""},
		{"run", "a.env", "GH_TOKEN=glpat-abcdefghij0123456789\n", ""},
		{"signature behind a name", "a.txt", "SignedHeaders=host;x-amz-security-token, Signature={{hex64}}\n", ""},
		{"field of a variable", "a.py", "x = s.retryBackoffMultiplier24\n", ""},
		{"user of a Kubernetes secret", "a.yaml", "kind: Secret\ndata:\n  apiUsername: {{base64:storage-9x7}}\n", ""},
		{"word in Base64", "a.yaml", "kind: Secret\ndata:\n  password: {{base64:changeme-please}}\n", ""},
	}
	e := mustNew(t, Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := secrettest.Expand(tt.text)
			if len(e.Scan(tt.path, []byte(text))) == 0 && tt.want == "" {
				t.Error("no rule matches: the case says nothing")
			}
			if got := observed(e, File{Path: tt.path, Data: []byte(text)}); got != tt.want {
				t.Errorf("observed %q, want %q", got, tt.want)
			}
		})
	}
}

// TestIssuedTextsAreCredible makes random texts for the rules of issuers, which
// must not be taken for something else.
func TestIssuedTextsAreCredible(t *testing.T) {
	e := mustNew(t, Options{})
	random := rand.New(rand.NewPCG(9, 10))
	for _, r := range e.rules().rules {
		if r.Regex == "" || r.SkipReport {
			continue
		}
		matched, credible := 0, 0
		for range 30 {
			for _, m := range e.Scan("", []byte("x = "+secrettest.Matching(r.Regex, random)+"\n")) {
				if m.RuleID != r.ID || !e.isIssued(&m) {
					continue
				}
				matched++
				if e.Credible(&m, e.Value(&m)) {
					credible++
				}
			}
		}
		// Hosts and the like come out as placeholders now and then.
		if credible*10 < matched*8 {
			t.Errorf("%s: %d of %d random texts are credible", r.ID, credible, matched)
		}
	}
}

func TestObserve(t *testing.T) {
	e := mustNew(t, Options{})
	token := secrettest.Expand("ghp_{{alnum36}}")
	text := []byte("first\n  x = '" + token + "'\n")
	list := e.Observe(File{Path: "docs/examples/a.sh", Data: text})
	if len(list) != 1 {
		t.Fatalf("%d observations, want 1", len(list))
	}
	m := list[0].(*practice.SecretMatch)
	at := finding.Location{File: "docs/examples/a.sh", Line: 2, Column: 8, EndLine: 2, EndColumn: 8 + len(token)}
	if m.At != at || m.Origin != at || len(m.Redact) != 1 || m.Redact[0] != at {
		t.Errorf("place %+v, origin %+v, redacted %+v, want %+v", m.At, m.Origin, m.Redact, at)
	}
	if !m.Test || !m.Document || m.Generic || m.RuleID != "github-pat" || m.Value.Length != len(token) || m.Value.Hash == "" {
		t.Errorf("observation %+v", m)
	}
	if strings.Contains(fmt.Sprintf("%+v", m), token[8:]) {
		t.Error("the observation shows the secret")
	}
}

func TestObserveGo(t *testing.T) {
	e := mustNew(t, Options{})
	source := secrettest.Expand("package a\n\nvar x = \"ghp_{{alnum36}}\"\n\n// ghp_{{alnum36}}\nfunc f() { ghp_{{alnum36}}() }\n\nvar y = `ghp_{{alnum36}}`\n")
	if got, want := observed(e, File{Path: "a.go", Data: []byte(source)}), "github-pat github-pat github-pat"; got != want {
		t.Errorf("observed %q, want %q: names in code are none", got, want)
	}
	if got := observed(e, File{Path: "a.go", Data: []byte(source), GoAnalysed: true}); got != "" {
		t.Errorf("observed %q in a file that the analyzers have looked at", got)
	}
	broken := secrettest.Expand("this is no Go \"ghp_{{alnum36}}\" '")
	if got := observed(e, File{Path: "a.go", Data: []byte(broken)}); got != "github-pat" {
		t.Errorf("observed %q in a broken file", got)
	}
}

// TestObserveQuietPlaces looks for nothing but issued forms in descriptions of
// APIs, and for nothing in the body of a certificate.
func TestObserveQuietPlaces(t *testing.T) {
	e := mustNew(t, Options{})
	for _, head := range []string{"openapi: 3.1.0\n", "{\"swagger\": \"2.0\",\n", "# Reference\nopenapi: '3.0.0'\n"} {
		text := secrettest.Expand(head + "api_key: '{{alnum32}}'\ntoken: 'ghp_{{alnum36}}'\n")
		if got, want := observed(e, File{Path: "api.yaml", Data: []byte(text)}), "github-pat"; got != want {
			t.Errorf("%q: observed %q, want %q", head, got, want)
		}
	}
	token := secrettest.Expand("ghp_{{alnum36}}")
	inside := "-----BEGIN CERTIFICATE-----\nMIIG/" + token + "/AAA=\n-----END CERTIFICATE-----\n"
	if got := observed(e, File{Path: "a.pem", Data: []byte(inside)}); got != "" {
		t.Errorf("observed %q in a certificate", got)
	}
	if got := observed(e, File{Path: "a.pem", Data: []byte(inside + token + "\n")}); got != "github-pat" {
		t.Errorf("observed %q behind a certificate", got)
	}
}

func TestObserveThirdParty(t *testing.T) {
	e := mustNew(t, Options{})
	text := secrettest.Expand("api_key: '{{alnum32}}'\ntoken: 'ghp_{{alnum36}}'\n")
	if got, want := observed(e, File{Path: "vendor/a/b.yaml", Data: []byte(text), ThirdParty: true}), "github-pat"; got != want {
		t.Errorf("observed %q, want %q", got, want)
	}
}

func TestNameOf(t *testing.T) {
	tests := []struct{ before, want string }{
		{"api_key = '", "api_key"}, {"x.y-Key: ", "x.y-Key"}, {"\"deploy token\" => '", "token"}, {"", ""}, {"= '", ""}, {"é_schlüssel=", "é_schlüssel"},
	}
	for _, tt := range tests {
		m := &Match{Text: finding.NewSecret(tt.before + "value"), SecretAt: len(tt.before)}
		if got := nameOf(m); got != tt.want {
			t.Errorf("%q: name %q, want %q", tt.before, got, tt.want)
		}
	}
}
