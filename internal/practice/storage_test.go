package practice

import (
	"strings"
	"testing"
)

func TestStorage(t *testing.T) {
	for _, test := range []struct {
		name string
		o    Storage
		want string
	}{
		{"clear", Storage{Medium: InDatabase}, "plaintext-credential-storage high regular [certain]"},
		{"clear, in a cookie", Storage{Medium: InCookie}, "plaintext-credential-storage high regular [certain]"},
		{"clear, in a file", Storage{Medium: InFile}, "plaintext-credential-storage high regular [certain]"},
		{"own, in a file", Storage{Medium: InFile, Own: true}, "plaintext-credential-storage low regular [weak-evidence]"},
		{"clear, under a condition", Storage{Source: Source{Condition: Conditional}, Medium: InDatabase}, "plaintext-credential-storage medium regular [conditional]"},
		{"clear, in a test", Storage{Source: Source{Test: true}, Medium: InDatabase}, "plaintext-credential-storage note auditor [test]"},
		{"MD5", Storage{Form: StoredDigest, Algorithm: "MD5"}, "weak-password-hash high regular [certain]"},
		{"MD5 with salt", Storage{Form: StoredDigest, Algorithm: "MD5", Salted: true}, "weak-password-hash high regular [certain]"},
		{"SHA-256", Storage{Form: StoredDigest, Algorithm: "SHA-256", Medium: ToVerifyWith}, "weak-password-hash high regular [certain]"},
		{"SHA-256 with salt", Storage{Form: StoredDigest, Algorithm: "SHA-256", Salted: true}, "weak-password-hash medium regular [near-threshold]"},
		{"a digest of some kind", Storage{Form: StoredDigest}, "weak-password-hash high regular [certain]"},
		{"bcrypt at a low cost", Storage{Form: StoredDigest, Algorithm: "bcrypt", Cost: 4, Least: 10}, "weak-password-hash medium regular [near-threshold]"},
		{"Base64", Storage{Form: StoredEncoded}, "base64-as-encryption medium regular [certain]"},
		{"Base64, stored", Storage{Form: StoredEncoded, Medium: InDatabase, Name: "password"}, "base64-as-encryption medium regular [certain]"},
	} {
		test.o.At = at(1)
		for _, use := range []string{"", "Exec of sql.DB", strings.Repeat("field ", 40)} {
			for _, name := range []string{"", "newPassword", strings.Repeat("password", 30)} {
				test.o.Use, test.o.Name = use, name
				if got := show(judged(t, &Judge{}, &test.o)); got != test.want {
					t.Errorf("%s: got %s, want %s", test.name, got, test.want)
				}
			}
		}
	}
}
