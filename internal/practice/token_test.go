package practice

import (
	"strings"
	"testing"
	"time"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

const day = 24 * time.Hour

func TestTokenLifetime(t *testing.T) {
	for _, test := range []struct {
		name  string
		token Token
		judge Judge
		want  string
	}{
		{"endless", Token{Endless: true}, Judge{}, "long-lived-token medium regular [certain]"},
		{"a quarter", Token{Lifetime: 90 * day}, Judge{}, "long-lived-token medium regular [certain]"},
		{"a month", Token{Lifetime: 30 * day}, Judge{}, "long-lived-token note auditor [no-provider]"},
		{"an hour", Token{Lifetime: time.Hour}, Judge{}, ""},
		{"a day", Token{Lifetime: day}, Judge{Messaging: true}, ""},
		{"a week, messaging", Token{Lifetime: 7 * day}, Judge{Messaging: true}, "long-lived-token medium regular [certain]"},
		{"a week, provider", Token{Lifetime: 7 * day, Provider: "sinch"}, Judge{}, "long-lived-token medium regular [certain]"},
		{"service", Token{Lifetime: 2 * time.Hour, Names: []string{"serviceToken"}}, Judge{Messaging: true}, "long-lived-token medium regular [certain]"},
		{"service, an hour", Token{Lifetime: time.Hour, Names: []string{"serviceToken"}}, Judge{Messaging: true}, ""},
		{"refresh token", Token{Endless: true, Names: []string{"", "refreshToken"}}, Judge{}, ""},
		{"link in a mail", Token{Lifetime: 90 * day, Source: Source{Symbol: "SendActivationMail"}}, Judge{}, ""},
		{"login by mail", Token{Endless: true, Source: Source{Symbol: "LoginByEmail"}}, Judge{}, "long-lived-token medium regular [certain]"},
		{"magic link to log in", Token{Lifetime: 90 * day, Source: Source{Symbol: "SendMagicLoginLink"}}, Judge{}, ""},
		{"cookie", Token{Lifetime: 90 * day, Session: true}, Judge{}, "long-lived-token low regular [weak-evidence]"},
		{"configured", Token{Lifetime: 90 * day, Source: Source{Condition: Configured}}, Judge{}, "long-lived-token note auditor [configured]"},
		{"test", Token{Endless: true, Source: Source{Test: true}}, Judge{}, "long-lived-token note auditor [test]"},
		{"own threshold", Token{Lifetime: 20 * day}, Judge{Scope: everywhere(Scope{Thresholds: map[string]int{"token-lifetime": 10 * 24}})}, "long-lived-token medium regular [certain]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := test.token
			o.At, o.Use = at(1), "NewWithClaims"
			if o.Symbol == "" {
				o.Symbol = "main"
			}
			if got := show(judged(t, &test.judge, &o)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTokenUnverified(t *testing.T) {
	for _, test := range []struct {
		name  string
		token Token
		want  string
	}{
		{"claim", Token{Reads: []string{"role"}}, "jwt-unverified high regular [certain]"},
		{"subject", Token{Reads: []string{"GetSubject", "Header"}}, "jwt-unverified high regular [certain]"},
		{"all claims", Token{Reads: []string{"*"}}, "jwt-unverified high regular [certain]"},
		{"header", Token{Reads: []string{"Header"}}, ""},
		{"issuer and end", Token{Reads: []string{"exp", "GetIssuer"}}, ""},
		{"nothing", Token{}, ""},
		{"handed on", Token{Kept: true}, "jwt-unverified medium regular [weak-evidence]"},
		{"handed on, checked elsewhere", Token{Kept: true, Checked: true}, "jwt-unverified low auditor [conditional weak-evidence]"},
		{"says so", Token{Reads: []string{"role"}, Source: Source{Symbol: "parseUnverified"}}, "jwt-unverified low auditor [conditional]"},
		{"test", Token{Reads: []string{"role"}, Source: Source{Test: true}}, "jwt-unverified low auditor [test]"},
		{"end", Token{Aspect: ExpiryUnchecked}, "jwt-unverified low regular [partly-checked] +token-expiry-ignored"},
		{"end, to refresh", Token{Aspect: ExpiryUnchecked, Source: Source{Symbol: "Refresh"}}, "jwt-unverified low auditor [conditional partly-checked]"},
		{"none", Token{Aspect: Unsigned}, "jwt-unverified high regular [certain]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := test.token
			o.At, o.Use = at(1), "NewWithClaims"
			if o.Aspect == TokenLifetime {
				o.Aspect = SignatureUnchecked
			}
			if got := show(judged(t, &Judge{}, &o)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSigningKey(t *testing.T) {
	for _, test := range []struct {
		name string
		key  string
		bits int
		want string
	}{
		{"short", made(alnum, 16), 0, "hardcoded-credential high regular [certain] +jwt-weak-key"},
		{"long", made(alnum, 32), 0, "hardcoded-credential high regular [certain]"},
		{"placeholder", "changeme", 0, "jwt-weak-key high regular [certain]"},
		{"broken", "", 1024, "jwt-weak-key high regular [certain]"},
		{"strong", "", 2048, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := source(1)
			src.Origin = at(2)
			list := []Observation{&Token{Source: src, Aspect: WeakSigningKey, Value: shape.Of(test.key), Bits: test.bits}}
			if test.bits == 0 {
				list = append(list, &Credential{Source: src, Kind: shape.Key, Value: shape.Of(test.key), Sink: true})
			}
			if got := show(judged(t, &Judge{}, list...)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		400 * day: "400 days", 3 * 365 * day: "3 years", 36 * time.Hour: "36 hours", time.Hour: "1 hour", 20 * time.Minute: "20 minutes",
	} {
		if got := span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	if strings.Contains(span(1<<62), "-") {
		t.Error("a long time is negative")
	}
}

func TestKeyMade(t *testing.T) {
	members := func(pairs ...string) (list []Param) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, Param{Name: partial.Text{{Text: pairs[i]}}, Value: partial.Text{{Text: pairs[i+1]}}})
		}
		return list
	}
	endless, open := "api-key-without-expiry medium regular [certain]", "api-key-unrestricted medium regular [certain]"
	for _, test := range []struct {
		name, host, path string
		members          []Param
		want             string
	}{
		{"nothing said", "api.infobip.com", "/settings/2/api-keys", nil, open + "\n" + endless},
		{"all said", "api.infobip.com", "/settings/2/api-keys", members("validTo", `"2027-01-01"`, "allowedIPs", `["203.0.113.7"]`, "scopeGuids", `["a"]`), ""},
		{"no end", "api.infobip.com", "/settings/2/api-keys", members("validTo", "null", "allowedIPs", `["203.0.113.7"]`, "scopeGuids", `["a"]`), endless},
		{"far end", "api.infobip.com", "/settings/2/api-keys", members("validTo", `"2099-01-01"`, "allowedIPs", `["203.0.113.7"]`, "scopeGuids", `["a"]`), endless},
		{"every address", "api.infobip.com", "/settings/2/api-keys", members("validTo", `"2027-01-01"`, "allowedIPs", "[]", "scopeGuids", `["a"]`), open},
		{"every right", "api.infobip.com", "/settings/2/api-keys", members("validTo", `"2027-01-01"`, "allowedIPs", `["203.0.113.7"]`, "permissions", `["PUBLIC_API"]`), open},
		{"other path", "api.infobip.com", "/sms/3/messages", nil, ""},
		{"other host", "api.host.tld", "/settings/2/api-keys", nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := &Token{Source: source(1), Aspect: KeyMade, Host: test.host, Path: test.path, Members: test.members, Use: "NewRequest"}
			if got := show(judged(t, &Judge{}, o)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTokensElsewhere(t *testing.T) {
	for _, test := range []struct {
		name  string
		token Token
		want  string
	}{
		{"kept", Token{Aspect: ExpiryIgnored, Use: "field token"}, "token-expiry-ignored medium regular [certain]"},
		{"kept, likely", Token{Aspect: ExpiryIgnored, Likely: true}, "token-expiry-ignored low regular [weak-evidence]"},
		{"sent", Token{Aspect: SignedHere, Host: "us.sms.api.sinch.com"}, "locally-signed-token medium regular [certain]"},
		{"sent where it belongs", Token{Aspect: SignedHere, Host: "api.nexmo.com"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := test.token
			o.At, o.Use = at(1), "NewWithClaims"
			if got := show(judged(t, &Judge{}, &o)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
