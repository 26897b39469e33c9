package general_test

import (
	"testing"

	"github.com/authlint/authlint/internal/secrets/general"
)

// TestChosenSecret holds which secrets that only say secret are told, as doubtful.
func TestChosenSecret(t *testing.T) {
	for text, want := range map[string]bool{
		`client_secret = "secret"`:            true,
		`ClientSecret = "supersecret",`:       true,
		`x = new Secret("secret".Sha256())`:   true,
		`sharedSecret: "Secret123"`:           true,
		`client_secret = secret`:              false, // a variable
		`secret = "secret"`:                   false, // the name of an object
		`client_secret = "client_secret"`:     false,
		`client_secret = "your-secret"`:       false,
		`client_secret_name = "secret"`:       false,
		`if (client_secret == "the secret") `: false,
	} {
		found := general.Find("a.cs", []byte(text+"\n"))
		if got := len(found) == 1; got != want || got && found[0].Sure {
			t.Errorf("%s: found %s, want %t and doubtful", text, places(text, found), want)
		}
	}
}
