package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"testing"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// signedToken returns a token that is signed with a key.
func signedToken(key string) string {
	part := base64.RawURLEncoding.EncodeToString
	text := part([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + part([]byte(`{"iss":"maplefreight","sub":"clerk-12","iat":1790000000}`))
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return text + "." + part(mac.Sum(nil))
}

func TestSampleToken(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"secret": true, "your-256-bit-secret": true, "": true, "q8-Granite-Otter-Vane-17": false} {
		v := ValueOf(cat, signedToken(key))
		if v.Inner != shape.JWT {
			t.Errorf("signed with %q: no token", key)
		}
		if got := v.Sample != ""; got != want {
			t.Errorf("signed with %q: a sample: %v, want %v", key, got, want)
		}
	}
	for _, text := range []string{"", ".", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJ.e30.AAAA"} {
		if isSampleToken(text) {
			t.Errorf("%q is a sample", text)
		}
	}
}
