package practice

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

func TestCredential(t *testing.T) {
	random := made(alnum, 24)
	live := "sk" + "_live_" + made(alnum, 24)
	for _, test := range []struct {
		name string
		text string
		edit func(*Credential)
		want string
	}{
		{"sink", random, nil, "hardcoded-credential high regular [certain]"},
		{"weak at a sink", "minioadmin", nil, "hardcoded-credential high regular [certain] +weak-password"},
		{"only a name", random, func(c *Credential) { c.Sink = false }, "hardcoded-credential medium regular [weak-evidence]"},
		{"placeholder", "changeme", nil, ""},
		{"reference", "${DB_PASSWORD}", nil, ""},
		{"empty", "", nil, ""},
		{"name and identifier", "db_password", func(c *Credential) { c.Sink = false }, ""},
		{"conditional changes nothing", random, func(c *Credential) { c.Condition = Conditional }, "hardcoded-credential high regular [certain]"},
		{"test", "hunter2xyz", func(c *Credential) { c.Test = true }, "hardcoded-credential low auditor [test] +weak-password"},
		{"live in a test", live, func(c *Credential) { c.Test = true }, "hardcoded-credential high regular [certain]"},
		{"issued in a test", random, func(c *Credential) { c.Test = true; c.Patterns = []string{"github-pat"} },
			"hardcoded-credential high regular [certain] +github-pat"},
		{"generic pattern in a test", random, func(c *Credential) { c.Test = true; c.Patterns = []string{"generic-api-key"} },
			"hardcoded-credential low auditor [test] +generic-api-key"},
		{"document", random, func(c *Credential) { c.Document = true }, "hardcoded-credential low auditor [document]"},
		{"loopback", random, func(c *Credential) { c.Host = "localhost" }, "hardcoded-credential low auditor [loopback]"},
		{"live at loopback", live, func(c *Credential) { c.Host = "127.0.0.1" }, "hardcoded-credential high regular [certain]"},
		{"default at loopback", "postgres", func(c *Credential) { c.Host = "localhost" }, "hardcoded-credential low auditor [local-default] +weak-password"},
		{"default in a cluster", "postgres", func(c *Credential) { c.Host = "db" }, "hardcoded-credential low auditor [local-default] +weak-password"},
		{"default at a public host", "postgres", func(c *Credential) { c.Host = "db.host.tld" }, "hardcoded-credential high regular [certain] +weak-password"},
		{"default by name alone", "postgres", func(c *Credential) { c.Sink = false },
			"hardcoded-credential low auditor [local-default weak-evidence] +weak-password"},
		{"made-up default by name alone", "minioadmin", func(c *Credential) { c.Sink, c.Kind = false, shape.Key },
			"hardcoded-credential medium regular [weak-evidence]"},
		{"URL at loopback", "postgres://postgres:postgres@localhost/app", func(c *Credential) { c.Kind = shape.DSN },
			"hardcoded-credential low auditor [local-default] +weak-password"},
		{"URL elsewhere", "postgres://app:" + random + "@db.host.tld/app", func(c *Credential) { c.Kind = shape.DSN }, "hardcoded-credential high regular [certain]"},
		{"example URL", "postgres://user:password@host/app", func(c *Credential) { c.Kind = shape.DSN }, ""},
		{"Basic", basic("alice:" + random), func(c *Credential) { c.Kind = shape.Header }, "hardcoded-credential high regular [certain]"},
		{"sample", basic("Aladdin:open" + " sesame"), func(c *Credential) { c.Kind = shape.Header },
			"hardcoded-credential note auditor [sample] +weak-password"},
		{"fallback", random, func(c *Credential) { c.Fallback, c.FallbackFor = true, "DB_PASSWORD" }, "fallback-credential medium regular [certain]"},
		{"fallback, default, local", "postgres", func(c *Credential) { c.Fallback, c.Host = true, "localhost" },
			"fallback-credential low regular [local-default] +weak-password"},
		{"fallback, default, elsewhere", "postgres", func(c *Credential) { c.Fallback, c.Host = true, "db.host.tld" },
			"fallback-credential medium regular [certain] +weak-password"},
		{"fallback at loopback", random, func(c *Credential) { c.Fallback, c.Host = true, "localhost" }, "fallback-credential low regular [loopback]"},
		{"fallback in a test", "hunter2xyz", func(c *Credential) { c.Fallback, c.Test = true, true },
			"fallback-credential low auditor [test] +weak-password"},
		{"kind not known at a sink", random, func(c *Credential) { c.Kind = shape.None }, "hardcoded-credential high regular [certain]"},
	} {
		o := &Credential{Source: source(1), Kind: shape.Password, Value: value(t, test.text), Use: "password of SetBasicAuth", Sink: true}
		if test.edit != nil {
			test.edit(o)
		}
		if got := show(judged(t, &Judge{}, o)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestWeakPassword(t *testing.T) {
	strong := "Kq7#" + made(alnum, 13)
	for _, test := range []struct {
		name, text string
		edit       func(*Credential)
		messaging  bool
		want       string
		says       string
	}{
		{"short", "lake42", nil, false, "weak-password medium regular [certain]", "6 characters"},
		{"nine characters", "laKe42!ab", nil, false, "weak-password note regular [near-threshold]", "9 characters"},
		{"nine beside a provider", "laKe42!ab", func(c *Credential) { c.Provider = "infobip" }, false, "weak-password medium regular [certain]", "9 characters"},
		{"nine under the profile", "laKe42!ab", nil, true, "weak-password medium regular [certain]", "9 characters"},
		{"eleven for files", "laKe42!abcd", func(c *Credential) { c.Use = "password of sftp" }, false, "weak-password note auditor [no-provider]", "11 characters"},
		{"classes", "lakewater42", nil, false, "weak-password note auditor [no-provider]", "no upper-case letter"},
		{"classes under the profile", "lakewater42", nil, true, "weak-password medium regular [certain]", "no other character"},
		{"long needs no classes", "lakewaterwinter", nil, true, "", ""},
		{"strong", strong, nil, true, "", ""},
		{"common", "Passw0rd", nil, false, "weak-password medium regular [certain]", "first that are tried"},
		{"contains its user", "alice#2024XYZ", func(c *Credential) { c.HoldsUser = true }, false, "weak-password medium regular [certain]", "user name"},
		{"contains its user in Basic", basic("alice:alice#2024XYZ"), func(c *Credential) { c.Kind = shape.Header }, false,
			"weak-password medium regular [certain]", "user name"},
		{"repeats", "Waaater42!xy", nil, false, "weak-password medium regular [certain]", "repeats"},
		{"SMPP has room for eight", "laKe42!a", func(c *Credential) { c.Use = "field Passwd of smpp.Transmitter" }, false, "", ""},
		{"in a test", "lake42", func(c *Credential) { c.Test = true }, false, "weak-password low auditor [test]", ""},
		{"a key is no password", "x1y2z3w4", func(c *Credential) { c.Kind = shape.Key }, true, "", ""},
		{"a token is no password", "Bearer lake42x", func(c *Credential) { c.Kind = shape.Header }, true, "", ""},
	} {
		o := &Credential{Source: source(1), Kind: shape.Password, Value: value(t, test.text), Use: "password of SetBasicAuth", Sink: true}
		if test.edit != nil {
			test.edit(o)
		}
		found := judged(t, &Judge{Messaging: test.messaging, Enabled: map[string]bool{weakPassword: true}}, o)
		if got := show(found); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
		if len(found) > 0 && !strings.Contains(found[0].Evidence["weakness"], test.says) {
			t.Errorf("%s: weakness %q, want %q", test.name, found[0].Evidence["weakness"], test.says)
		}
	}
}

func TestCredentialFinding(t *testing.T) {
	origin := at(7)
	fix := finding.Fix{Title: "read from the environment"}
	o := &Credential{
		Source: Source{
			At: at(1), Origin: origin, Symbol: "connect", Key: "SetBasicAuth", Redact: []finding.Location{origin},
			Fixes: map[Remedy]finding.Fix{ReadFromEnv: fix, UseHTTPS: {Title: "no"}},
			Steps: []finding.Step{{Kind: finding.Origin, Location: origin, Text: "literal"}},
		},
		Kind: shape.Password, Value: value(t, made(alnum, 24)), Use: "password of SetBasicAuth", Sink: true,
		User: "alice", Host: "api.host.tld", Provider: "infobip",
	}
	f := judged(t, &Judge{}, o)[0]
	if f.Primary != origin || f.Symbol != "connect" || f.Key != "SetBasicAuth" || len(f.Steps) != 1 || len(f.Redact) != 1 {
		t.Errorf("finding %+v", f)
	}
	if len(f.Fixes) != 1 || f.Fixes[0].Title != fix.Title {
		t.Errorf("fixes %+v", f.Fixes)
	}
	if f.SecretHash == "" {
		t.Error("no hash of a random secret")
	}
	for _, want := range []string{"alice", "api.host.tld", "SetBasicAuth", "rotate"} {
		if !strings.Contains(f.Message, want) {
			t.Errorf("message has no %q: %s", want, f.Message)
		}
	}
	for key, want := range map[string]string{"user": "alice", "host": "api.host.tld", "provider": "infobip", "kind": "password"} {
		if f.Evidence[key] != want {
			t.Errorf("evidence %s is %q, want %q", key, f.Evidence[key], want)
		}
	}
	// A user as long as the password may be the password.
	o.User, o.Value = "minioadmin", value(t, "minioadmin")
	if f := judged(t, &Judge{}, o)[0]; strings.Contains(f.Message, "minioadmin") || f.Evidence["user"] != "" {
		t.Errorf("the user says the password: %s", f.Message)
	}
}

func TestValueOf(t *testing.T) {
	sample := "Aladdin:open" + " sesame"
	for _, test := range []struct {
		text, sample string
	}{
		{basic(sample), "IETF"},
		{"postgres://" + strings.ReplaceAll(sample, " ", "%20") + "@host.tld/app", "IETF"},
		{"hunter2hunter2", ""},
		{"", ""},
	} {
		if v := value(t, test.text); v.Sample != test.sample {
			t.Errorf("ValueOf(%q).Sample = %q, want %q", test.text, v.Sample, test.sample)
		}
	}
	uuid := made(hexDigits, 8) + "-1a2b-4c3d-8e4f-" + made(hexDigits, 12)
	for text, want := range map[string]string{
		made(hexDigits, 32) + "-" + uuid:          "infobip",
		"App " + made(hexDigits, 32) + "-" + uuid: "infobip",
		uuid: "",
		strings.Repeat("0", 32) + "-00000000-0000-4000-8000-000000000000": "",
	} {
		if v := value(t, text); v.Provider != want {
			t.Errorf("ValueOf(%q).Provider = %q, want %q", text, v.Provider, want)
		}
	}
	if v := ValueOf(nil, basic(sample)); v.Sample != "" || v.Form != shape.BasicValue {
		t.Errorf("without a catalogue: %+v", v)
	}
}
