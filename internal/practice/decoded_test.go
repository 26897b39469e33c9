package practice

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/shape"
)

// claimed returns a token with this payload.
func claimed(payload string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"HS256"}`)) + "." + encode([]byte(payload)) + "." + strings.Repeat("c2lnbmVk", 5)
}

// TestDecodedMatch: what a match of a pattern holds is read, told and judged.
func TestDecodedMatch(t *testing.T) {
	basic := func(pair string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)) }
	tests := []struct {
		name, text string
		message    string // part of it
		evidence   map[string]string
		absorbed   string
		grades     string
	}{
		{"weak password", basic("svc-sms:autumn"), `of user "svc-sms" is legible`, map[string]string{"user": "svc-sms"}, weakPassword, "certain"},
		{"holds its user", basic("notify:notify-Winter-22"), "contains the user name", nil, weakPassword, "certain"},
		{"strong password", basic("svc-sms:Winter-Lake-22-Harbour"), `of user "svc-sms" is legible`, map[string]string{"weakness": ""}, "", "certain"},
		{"long life", claimed(`{"iss":"https://sso.example.org/a","iat":1700000000,"exp":2015360000}`), "valid for 10 years",
			map[string]string{"algorithm": "HS256", "issuer": "sso.example.org", "issued": "2023-11-14", "expires": "2033-11-11"}, longLivedToken, "certain"},
		{"short life", claimed(`{"iat":1893456000,"exp":1893459600}`), "valid for 1 hour", map[string]string{"lifetime": "1 hour"}, "", "certain"},
		{"no end", claimed(`{"iat":1700000000}`), "without expiry", map[string]string{"expires": "never"}, longLivedToken, "certain"},
		{"end alone", claimed(`{"exp":1893459600}`), "valid until 2030-01-01", map[string]string{"expires": "2030-01-01"}, "", "certain"},
		{"over", claimed(`{"iat":1500000000,"exp":1500003600}`), "expired since 2017-07-14", nil, "", "over"},
	}
	for _, tt := range tests {
		j := Judge{Catalogue: catalogue(t)}
		m := &SecretMatch{RuleID: "jwt", Generic: true, Value: ValueOf(j.Catalogue, tt.text)}
		m.At = at(1)
		m.Origin = m.At
		found := j.Findings([]Observation{m})
		if len(found) != 1 {
			t.Errorf("%s: %d findings", tt.name, len(found))
			continue
		}
		f := found[0]
		if !strings.Contains(f.Message, tt.message) {
			t.Errorf("%s: message %q, want %q in it", tt.name, f.Message, tt.message)
		}
		for key, want := range tt.evidence {
			if f.Evidence[key] != want {
				t.Errorf("%s: %s is %q, want %q", tt.name, key, f.Evidence[key], want)
			}
		}
		if got := strings.Join(f.Absorbed, " "); got != tt.absorbed {
			t.Errorf("%s: absorbed %q, want %q", tt.name, got, tt.absorbed)
		}
		if !slices.Contains(f.Grades, tt.grades) {
			t.Errorf("%s: grades %q, want %q", tt.name, f.Grades, tt.grades)
		}
	}
}

// TestDecodedCredential: a token that a program uses is read the same way.
func TestDecodedCredential(t *testing.T) {
	j := Judge{Catalogue: catalogue(t)}
	c := &Credential{Kind: shape.Token, Value: ValueOf(nil, claimed(`{"iat":1500000000,"exp":1500003600}`)), Sink: true, Use: "field Token of api.Client"}
	c.At = at(1)
	c.Origin = c.At
	found := j.Findings([]Observation{c})
	if len(found) != 1 || !strings.Contains(found[0].Message, "expired since 2017-07-14") || !slices.Contains(found[0].Grades, "over") {
		t.Errorf("findings %+v", found)
	}
}
