package shape

import "testing"

func TestNotations(t *testing.T) {
	for _, text := range []string{
		"required|min:8|confirmed", "required|string|confirmed", "required_if:change_password,true", "confirmed|", "nullable|min:8",
		`required|notIn:["`, "required", "^1.0", "~> 2.3", ">=1.2,<3.0", "^2.3 || ^3.0", "~0.11.4",
	} {
		if form := Of(text).Inner; form != Pattern {
			t.Errorf("%q has the form %v", text, form)
		}
		if Credible(Of(text), Password, false) {
			t.Errorf("%q is taken for a password", text)
		}
	}
	for _, text := range []string{"Winter|Lake:22", "required!77", "min:er|9", "^Lake.22!x", "~winter7", "<Lake22>7", "a|b|c:d4"} {
		if form := Of(text).Inner; form == Pattern {
			t.Errorf("%q is taken for a notation", text)
		}
	}
	for name, want := range map[string]Kind{"initial-cluster-token": None, "ETCD_INITIAL_CLUSTER_TOKEN": None, "cluster_token": Token} {
		if got := OfName(name); got != want {
			t.Errorf("%s is a %v, want %v", name, got, want)
		}
	}
}
