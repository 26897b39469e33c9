package rules_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/rules"
)

// TestProvidersAreComplete: the loader checks the sample hosts against the
// patterns; here they go through the look-up, with all providers loaded.
func TestProvidersAreComplete(t *testing.T) {
	c := catalogue(t)
	files, err := filepath.Glob("providers/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Providers()); got != len(files) || got == 0 {
		t.Fatalf("%d providers in %d files", got, len(files))
	}
	for _, p := range c.Providers() {
		t.Run(p.ID, func(t *testing.T) {
			if len(p.SampleHosts) == 0 || len(p.OtherHosts) == 0 || len(p.Send) == 0 {
				t.Error("sample hosts, other hosts or endpoints are missing")
			}
			for _, host := range p.SampleHosts {
				if got, ok := c.ProviderOf(host); !ok || got != p {
					t.Errorf("%s belongs to %v", host, got)
				}
			}
			for _, host := range p.OtherHosts {
				if got, ok := c.ProviderOf(host); ok && got == p {
					t.Errorf("%s belongs to %s", host, p.ID)
				}
			}
			if i := slices.Index(p.Schemes, "basic"); i == 0 && p.BasicAdvice != "" || i > 0 && p.BasicAdvice == "" {
				t.Error("basic-advice says what to use instead of Basic, if there is something better")
			}
			if again, ok := c.Provider(p.ID); !ok || again != p {
				t.Error("not found by its id")
			}
			for _, e := range p.Send {
				if !e.QueryCredentials && p.BasicRight(strings.ReplaceAll(e.Path, "*", "x")) {
					t.Errorf("%s takes messages and is said to want Basic", e.Path)
				}
			}
		})
	}
}

// TestSecretRules: every pattern rule has samples of both kinds. The samples
// themselves are run by the owner of the engine, with the placeholders filled.
func TestSecretRules(t *testing.T) {
	for _, p := range catalogue(t).Providers() {
		for _, r := range p.SecretRules {
			if len(r.Match) == 0 || len(r.NoMatch) == 0 {
				t.Errorf("%s: %s has no samples that match, or none that do not", r.File, r.ID)
			}
			if _, err := regexp.Compile(r.Regex); err != nil {
				t.Errorf("%s: %s: %v", r.File, r.ID, err)
			}
		}
	}
}

func TestSendTo(t *testing.T) {
	tests := []struct {
		provider, path string
		want           string // pattern
		query          bool
	}{
		{"infobip", "/sms/3/messages", "/sms/3/messages", false},
		{"infobip", "/sms/2/text/advanced", "/sms/*/text/advanced", false},
		{"infobip", "/sms/1/text/query", "/sms/*/text/query", true},
		{"infobip", "/api/v3/sendsms/plain", "/api/v3/sendsms/**", true},
		{"infobip", "/whatsapp/1/message/template", "/whatsapp/*/message/**", false},
		{"infobip", "/viber/2/messages/", "/viber/2/messages", false},
		{"infobip", "/sms/1/reports", "", false},
		{"infobip", "/sms/3/reports", "", false},
		{"infobip", "/viber/1/reports", "", false},
		{"infobip", "/account/1/balance", "", false},
		{"infobip", "/api/v3/sendsms", "", false},
		{"infobip", "", "", false},
		{"sinch", "/xms/v1/plan/batches", "/xms/v1/*/batches", false},
		{"sinch", "/v1/projects/p/messages:send", "/v1/projects/*/messages:send", false},
		{"sinch", "/xms/v1//batches", "", false},
		{"sinch", "/oauth2/token", "", false},
	}
	c := catalogue(t)
	for _, tt := range tests {
		p, ok := c.Provider(tt.provider)
		if !ok {
			t.Fatalf("no provider %s", tt.provider)
		}
		got, ok := p.SendTo(tt.path)
		if got.Path != tt.want || got.QueryCredentials != tt.query || ok != (tt.want != "") {
			t.Errorf("%s: SendTo(%q) = %+v, %v", tt.provider, tt.path, got, ok)
		}
	}
}

func TestBasicRight(t *testing.T) {
	tests := []struct {
		provider, path string
		want           bool
	}{
		{"infobip", "/auth/1/session", true},
		{"infobip", "/auth/1/oauth2/token", true},
		{"infobip", "/settings/2/api-keys", true},
		{"infobip", "/settings/2/api-keys/abc", true},
		{"infobip", "/settings/1/accounts/me/api-keys", true},
		{"infobip", "/sms/3/messages", false},
		{"sinch", "/oauth2/token", true},
		{"sinch", "/v3/projects/p/faxes", false},
	}
	c := catalogue(t)
	for _, tt := range tests {
		p, _ := c.Provider(tt.provider)
		if got := p.BasicRight(tt.path); got != tt.want {
			t.Errorf("%s: BasicRight(%q) = %v", tt.provider, tt.path, got)
		}
	}
}

func TestPublishedExample(t *testing.T) {
	// Joined here, so that no scanner takes this file for a leak.
	key := "003026bbc133714d" + "f1834b8638bb496e" + "-8f4b3d9a-e931-478d-" + "a994-28a725159ab9"
	pair := "Aladdin:" + "openSesame"
	older := "Aladdin:" + "open sesame"
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tests := []struct{ name, text, want string }{
		{"key", key, "Infobip"},
		{"key with scheme", "App " + key, "Infobip"},
		{"key of later editions", strings.Replace(key, "b3d9", "b3c9", 1), "Infobip"},
		{"another key", strings.Replace(key, "b3d9", "b3e9", 1), ""},
		{"token", "2f9b4d31-2d0d-49a8-" + "85f0-9b862bdca394", "Infobip"},
		{"token with scheme", "IBSSO 2f9b4d31-2d0d-49a8-" + "85f0-9b862bdca394", "Infobip"},
		{"pair", pair, "Infobip"},
		{"Basic", encode(pair), "Infobip"},
		{"Basic with scheme", "Basic " + encode(pair), "Infobip"},
		{"Basic of the standard", "Basic " + encode(older), "IETF"},
		{"password with a space", "open " + "sesame", "IETF"},
		{"another pair", encode("Aladdin:" + "closeSesame"), ""},
		{"access key id", "AKIA" + "IOSFODNN7EXAMPLE", "AWS"},
		{"empty", "", ""},
		{"scheme alone", "Basic ", ""},
	}
	c := catalogue(t)
	for _, tt := range tests {
		if got, ok := c.PublishedExample(tt.text); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v; want %q", tt.name, got, ok, tt.want)
		}
	}
}

// TestPublishedHasNoText: the files hold hashes only.
func TestPublishedHasNoText(t *testing.T) {
	files, _ := filepath.Glob("providers/*.toml")
	for _, file := range append(files, "published.toml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"Aladdin", "esame", "8f4b3", "2f9b4d31", "AKIA", "eyJ"} {
			if strings.Contains(string(data), text) {
				t.Errorf("%s holds %q", file, text)
			}
		}
	}
}

func TestMatchPath(t *testing.T) {
	tests := []struct {
		pattern, path string
		want          bool
	}{
		{"/a/b", "/a/b", true},
		{"/a/b", "/a/b/", true},
		{"/a/b", "a/b", true},
		{"/a/b", "/a", false},
		{"/a/b", "/a/b/c", false},
		{"/a/*", "/a/b", true},
		{"/a/*", "/a/", false},
		{"/a/*/c", "/a//c", false},
		{"/a/**", "/a/b/c/d", true},
		{"/a/**", "/a", false},
		{"/**", "/x", true},
		{"/**", "/", false},
		{"/", "/", false},
	}
	for _, tt := range tests {
		if got := rules.MatchPath(tt.pattern, tt.path); got != tt.want {
			t.Errorf("MatchPath(%q, %q) = %v", tt.pattern, tt.path, got)
		}
	}
}

func TestSecretRulePages(t *testing.T) {
	c := catalogue(t)
	tests := []struct{ id, title, severity string }{
		{"aws-access-token", "AWS access token in the repository", "8.6"},
		{"github-pat", "GitHub PAT in the repository", "8.6"},
		{"stripe-access-token", "Stripe access token in the repository", "8.6"},
		{"generic-api-key", "Generic API key in the repository", "5.5"},
		{"jwt", "JWT in the repository", "5.5"},
		{"of-the-user", "Of the user in the repository", "8.6"},
	}
	for _, tt := range tests {
		r := c.SecretRule(tt.id)
		if r.ID != tt.id || r.Title != tt.title || r.SecuritySeverity != tt.severity || !r.Secret {
			t.Errorf("SecretRule(%q) = %q, %q, %q, %v", tt.id, r.ID, r.Title, r.SecuritySeverity, r.Secret)
		}
		if again := c.SecretRule(tt.id); again != r {
			t.Errorf("SecretRule(%q) is made twice", tt.id)
		}
		for _, text := range []string{r.Title, r.Summary, r.Markdown, r.Reported, r.NotReported, r.Fix} {
			if text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("SecretRule(%q) has an unfilled text: %.60q", tt.id, text)
			}
		}
		if len(r.Sources) == 0 || len(r.CWE) == 0 || r.Precision == "" {
			t.Errorf("SecretRule(%q) lacks sources, CWE or precision", tt.id)
		}
	}
}

// TestSecretRulesOfProviders: a provider's rule says whose credential it is and
// what replaces it.
func TestSecretRulesOfProviders(t *testing.T) {
	c, err := rules.Load(withAcme(t))
	if err != nil {
		t.Fatal(err)
	}
	own := c.SecretRule("acme-key")
	if own.Title != "Acme key in the repository" || !strings.Contains(own.Fix, "Make another.") {
		t.Errorf("page of a rule with advice: %q, %q", own.Title, own.Fix)
	}
	if other := c.SecretRule("acme-token"); !strings.Contains(other.Fix, "Make a new one.") {
		t.Errorf("page of a rule without advice: %q", other.Fix)
	}
}

func TestProviderOf(t *testing.T) {
	c, err := rules.Load(withAcme(t))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ host, want string }{
		{"acme.test", "acme"},
		{"A.B.Acme.Test.", "acme"},
		{"x.api.acme.example", "acme"},
		{"api.acme.example", ""},
		{"y.x.api.acme.example", ""},
		{"acme.test.evil.example", ""},
		{"evil-acme.test", ""},
		{"", ""},
		{".", ""},
	}
	for _, tt := range tests {
		got := ""
		if p, ok := c.ProviderOf(tt.host); ok {
			got = p.ID
		}
		if got != tt.want {
			t.Errorf("ProviderOf(%q) = %q, want %q", tt.host, got, tt.want)
		}
	}
}

func TestParamKindOfProvider(t *testing.T) {
	p, err := rules.ParseProvider("acme.toml", []byte(goodProvider))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.ParamKind("Acme_Key"); got != rules.SecretParam {
		t.Errorf("ParamKind(Acme_Key) = %v", got)
	}
	if got := p.ParamKind("key"); got != rules.NoParam {
		t.Errorf("ParamKind(key) = %v", got)
	}
}
