package shape

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// token returns a token with this header and this payload, signed by nobody.
func token(header, payload string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(payload)) + "." + strings.Repeat("c2lnbmVk", 5)
}

func TestClaims(t *testing.T) {
	const hs256 = `{"alg":"HS256","typ":"JWT"}`
	hidden := made(hexLower, 40)
	tests := []struct {
		name, text string
		want       Claims
		lifetime   time.Duration
	}{
		{"all", token(hs256, `{"iss":"https://sso.example.org/realms/a","iat":1700000000,"exp":1700003600}`),
			Claims{true, "HS256", "sso.example.org", 1700000000, 1700003600}, time.Hour},
		{"behind a scheme", "Bearer " + token(hs256, `{"iss":"orders","nbf":1700000000,"exp":1.7000036e9}`),
			Claims{true, "HS256", "orders", 1700000000, 1700003600}, time.Hour},
		{"endless", token(`{"alg":"RS256"}`, `{"sub":"1","iat":1700000000}`), Claims{Read: true, Algorithm: "RS256", Issued: 1700000000}, 0},
		{"odd times", token(hs256, `{"iat":"now","exp":-5}`), Claims{Read: true, Algorithm: "HS256"}, 0},
		{"ends before it begins", token(hs256, `{"iat":1700000000,"exp":1600000000}`), Claims{Read: true, Algorithm: "HS256", Issued: 1700000000, Expires: 1600000000}, 0},
		{"issuer hides something", token(hs256, `{"iss":"`+hidden+`","exp":1700003600}`), Claims{Read: true, Algorithm: "HS256", Expires: 1700003600}, 0},
		{"issuer is no text", token(hs256, `{"iss":7}`), Claims{Read: true, Algorithm: "HS256"}, 0},
		{"no payload", token(hs256, `nothing`), Claims{Algorithm: "HS256"}, 0},
		{"encrypted", token(`{"alg":"RSA-OAEP","enc":"A256GCM"}`, "x") + "." + strings.Repeat("YWJj", 4) + "." + strings.Repeat("YWJj", 4), Claims{Algorithm: "RSA-OAEP"}, 0},
		{"no token", "Winter-Lake-22", Claims{}, 0},
	}
	for _, tt := range tests {
		v := Of(tt.text)
		if v.Claims != tt.want || v.Claims.Lifetime() != tt.lifetime {
			t.Errorf("%s: %+v, valid for %v; want %+v, %v", tt.name, v.Claims, v.Claims.Lifetime(), tt.want, tt.lifetime)
		}
	}
}
