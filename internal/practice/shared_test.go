package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/shape"
)

func TestShared(t *testing.T) {
	const password = "Winter-Lake-22"
	// account makes the credential of a user on a line of its own.
	account := func(line int, user, password string) *Credential {
		o := &Credential{Source: source(line), Kind: shape.Password, Value: shape.Of(password), Use: "password of BasicAuth", Sink: true, User: user, Same: Identity(password)}
		o.Origin = at(line)
		return o
	}
	const rule = "shared-credential medium regular [certain] places 1"
	only := &Judge{Enabled: map[string]bool{"shared-credential": true}}
	for _, test := range []struct {
		name string
		list []Observation
		want string
	}{
		{"two users", []Observation{account(1, "billing", password), account(2, "support", password)}, rule},
		{"one user", []Observation{account(1, "billing", password), account(2, "billing", password)}, ""},
		{"one user and the address", []Observation{account(1, "billing", password), account(2, "Billing@host.tld", password)}, ""},
		{"two passwords", []Observation{account(1, "billing", password), account(2, "support", "Copper-Stone-9")}, ""},
		{"no users", []Observation{account(1, "", password), account(2, "", password)}, ""},
		{"placeholder", []Observation{account(1, "billing", "<password>"), account(2, "support", "<password>")}, ""},
		{"one literal", []Observation{func() *Credential { o := account(1, "billing", password); o.Users = []string{"support"}; return o }()},
			"shared-credential medium regular [certain]"},
		{"text not known", []Observation{
			&Credential{Source: source(1), Kind: shape.Password, Value: shape.Of(password), Sink: true, User: "a1b"},
			&Credential{Source: source(2), Kind: shape.Password, Value: shape.Of(password), Sink: true, User: "b2c"},
		}, ""},
	} {
		if got := show(judged(t, only, test.list...)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestSecretLink(t *testing.T) {
	o := &Credential{Source: source(1), Use: "link", Link: "One-Time Secret", Sink: true}
	if got, want := show(judged(t, &Judge{}, o)), "one-time-secret-link medium regular [certain]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
