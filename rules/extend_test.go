package rules

import (
	"strings"
	"testing"
)

const (
	acmeProvider = "name = 'Acme'\nhosts = ['acme.example']\nschemes = ['bearer']\nrotation = 'x'\n"
	acmeModel    = "module: acme.example/sdk v1.0.0\nprovider: acme\n\nThe SDK of Acme.\n\n-- acme.example/sdk/model.go --\npackage sdk\n\n//authlint:new login\n//authlint:on new login user=0 password=1\nfunc Open(user, phrase string)\n"
)

func TestExtend(t *testing.T) {
	base, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	own, err := base.Extend(Extension{
		Providers: []ExtensionFile{{"lint/acme.toml", []byte(acmeProvider)}},
		Models:    []ExtensionFile{{"lint/acme.txtar", []byte(acmeModel)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := own.ProviderOf("sms.acme.example"); !ok || p.ID != "acme" {
		t.Errorf("provider %v", p)
	}
	if _, ok := own.Provider("infobip"); !ok {
		t.Error("the built-in providers are gone")
	}
	for _, path := range []string{"acme.example/sdk", "acme.example/sdk/v2"} {
		if m, err := own.Model(path); err != nil || m == nil || m.Provider != "acme" || len(m.Decls["Open"]) != 2 {
			t.Errorf("model of %s: %+v, %v", path, m, err)
		}
	}
	if m, _ := own.Model("net/http"); m == nil {
		t.Error("the built-in models are gone")
	}
	if _, ok := base.Provider("acme"); ok {
		t.Error("the built-in catalogue has changed")
	}
	if m, _ := base.Model("acme.example/sdk"); m != nil {
		t.Error("the built-in models have changed")
	}
}

// TestExtendAdds checks that a package with a model can be added to.
func TestExtendAdds(t *testing.T) {
	base, _ := Default()
	const more = "module: github.com/jlaffaye/ftp v0.2.0\n\nMore of it.\n\n-- github.com/jlaffaye/ftp/model.go --\npackage ftp\n\n//authlint:new login\n//authlint:on new login user=0 password=1\nfunc OwnLogin(user, phrase string)\n"
	own, err := base.Extend(Extension{Models: []ExtensionFile{{"ftp.txtar", []byte(more)}}})
	if err != nil {
		t.Fatal(err)
	}
	before, _ := base.Model("github.com/jlaffaye/ftp")
	after, _ := own.Model("github.com/jlaffaye/ftp")
	if len(after.Decls) != len(before.Decls)+1 || len(after.Decls["OwnLogin"]) == 0 {
		t.Errorf("%d declarations, had %d", len(after.Decls), len(before.Decls))
	}
}

func TestExtendIsStrict(t *testing.T) {
	base, _ := Default()
	model := func(text string) Extension { return Extension{Models: []ExtensionFile{{"m.txtar", []byte(text)}}} }
	provider := func(name, text string) Extension {
		return Extension{Providers: []ExtensionFile{{name, []byte(text)}}}
	}
	for _, tt := range []struct {
		name string
		ext  Extension
		want string
	}{
		{"an unknown key", provider("a.toml", strings.Replace(acmeProvider, "hosts", "host", 1)), `a.toml:2: unknown key "host", did you mean "hosts"?`},
		{"a known provider", provider("x/infobip.toml", acmeProvider), `x/infobip.toml: there is a provider "infobip" already`},
		{"a known host", provider("a.toml", strings.Replace(acmeProvider, "acme.example", "infobip.com", 1)), `a.toml:2: host "infobip.com" belongs to Infobip already`},
		{"an unknown provider", model(acmeModel), `m.txtar: unknown provider "acme"`},
		{"an unknown verb", model(strings.Replace(strings.Replace(acmeModel, "provider: acme\n", "", 1), "authlint:new ", "authlint:newx ", 1)), `m.txtar:8: Open: unknown verb "newx", did you mean "new"?`},
		{"a known declaration", model("module: github.com/jlaffaye/ftp v0.2.0\n\nX.\n\n-- github.com/jlaffaye/ftp/model.go --\npackage ftp\n\ntype ServerConn struct{}\n\n//authlint:on recv login user=0 password=1\nfunc (c *ServerConn) Login(user, password string) error\n"),
			`m.txtar:10: ServerConn.Login of github.com/jlaffaye/ftp has a model already`},
		{"the same as nothing", model("module: a.example v1.0.0\n\nX.\n\n-- a.example/model.go --\n//authlint:same b.example\npackage a\n"), `m.txtar: a.example is the same as b.example, which has no model`},
	} {
		_, err := base.Extend(tt.ext)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\nwant %s", tt.name, err, tt.want)
		}
	}
}

func TestGosecIsStrict(t *testing.T) {
	if len(Gosec("G402").Rules) == 0 || !Gosec("G101").Secrets || len(Gosec("G999").Rules) != 0 {
		t.Error("gosec.toml does not map what it should")
	}
	ids := []string{"tls-verify-off"}
	for text, want := range map[string]string{
		"[G402]\nrules = ['tls-verify-of']\n": `g.toml:2: unknown rule "tls-verify-of", did you mean "tls-verify-off"?`,
		"[G402]\nrule = []\n":                 `g.toml:2: unknown key "G402.rule", did you mean "rules"?`,
		"[G402]\nsecrets = true\n":            `g.toml:1: G402 speaks of no rule`,
	} {
		if _, err := parseGosec("g.toml", []byte(text), ids); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
