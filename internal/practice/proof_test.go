package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/partial"
)

func TestIsProof(t *testing.T) {
	param := func(name string, role partial.Role) Param {
		return Param{Name: partial.Literal(name).Alternatives[0], Value: partial.Text{{Hole: &partial.Hole{Role: role}}}}
	}
	password := Auth{Scheme: "form", Text: "form field password"}
	tests := []struct {
		name string
		auth Auth
		form []Param
		want bool
	}{
		{"digest with the time", password, []Param{param("password", partial.Digest), param("timestamp", partial.Unknown)}, true},
		{"digest with a number", password, []Param{param("client_nonce", partial.Random), param("password", partial.Digest)}, true},
		{"digest alone", password, []Param{param("password", partial.Digest), param("user", partial.Unknown)}, false},
		{"clear beside the time", password, []Param{param("password", partial.Parameter), param("time", partial.Unknown)}, false},
		{"time to live", password, []Param{param("password", partial.Digest), param("time_to_live", partial.Unknown)}, false},
		{"header", Auth{Scheme: "bearer", Text: "header Authorization"}, []Param{param("time", partial.Unknown)}, false},
	}
	for _, test := range tests {
		if got := isProof(&Request{Form: test.form}, test.auth); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
