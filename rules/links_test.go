package rules_test

import (
	"strings"
	"testing"
)

func TestSecretLink(t *testing.T) {
	token := strings.Repeat("a7Kq", 8)
	hex := strings.Repeat("9f3c", 4)
	c := catalogue(t)
	for link, want := range map[string]string{
		"https://onetimesecret.com/secret/" + token:                   "One-Time Secret",
		"https://eu.onetimesecret.com/secret/" + token:                "One-Time Secret",
		"https://vault.bitwarden.com/#/send/" + token + "/" + token:   "Bitwarden Send",
		"https://paste.example.com/?" + hex + "#" + token:             "PrivateBin",
		"https://yopass.example.com/#/s/" + hex + "/" + token:         "Yopass",
		"https://pwpush.com/p/" + token:                               "Password Pusher",
		"https://share.1password.com/s#" + token:                      "1Password",
		"https://s-pass.infobip.com/note?token=" + token:              "S-PASS",
		"https://onetimesecret.com/":                                  "",
		"https://onetimesecret.com/secret/new":                        "",
		"https://onetimesecret.com/secret/your-secret-key":            "",
		"https://example.com/secret/" + token:                         "",
		"https://example.com/?lang=en#section-2-introduction-of-2024": "",
		"https://portal.infobip.com/apps/" + token:                    "",
		"onetimesecret.com/secret/" + token:                           "",
		"":                                                            "",
	} {
		if got, ok := c.SecretLink(link); got != want || ok != (want != "") {
			t.Errorf("SecretLink(%q) = %q, %v, want %q", link, got, ok, want)
		}
	}
}
