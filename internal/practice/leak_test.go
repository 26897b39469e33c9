package practice

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// plant returns a secret that no message has by chance.
func plant(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return []string{"minioadmin", "hunter2hunter", "kestrel7", "openSesame", "Sommer2019!", "zaporka-tajna"}[r.IntN(6)]
	case 1:
		return "sk" + "_live_" + letters(r, alnum, 24)
	case 2:
		return letters(r, hexDigits, 32)
	}
	return letters(r, alnum+"!#$%&*+-.=?@_", 6+r.IntN(30))
}

// letters returns n random characters of an alphabet.
func letters(r *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// clothe returns a text that holds the secret, as source code has it.
func clothe(r *rand.Rand, secret string) string {
	escaped := strings.NewReplacer("%", "%25", "@", "%40", "/", "%2F", "?", "%3F", "#", "%23", ":", "%3A").Replace(secret)
	switch r.IntN(8) {
	case 0:
		return "postgres://app:" + escaped + "@db.host.tld/app"
	case 1:
		return "https://" + escaped + ":" + escaped + "@host.tld/x"
	case 2:
		return basic("alice:" + secret)
	case 3:
		return basic(secret + ":" + secret)
	case 4:
		return "Bearer " + secret
	case 5:
		return "host=db.host.tld user=app password='" + secret + "'"
	case 6:
		return "app:" + secret + "@tcp(db.host.tld:3306)/app"
	}
	return secret
}

// observations returns observations of every kind with the secret wherever a
// front end may have left it.
func observations(t *testing.T, r *rand.Rand, secret string) []Observation {
	v := value(t, clothe(r, secret))
	user := []string{"", "alice", v.User, secret}[r.IntN(4)]
	url := partial.Text{{Text: "http://k3x9qz.api.infobip.com/sms/1/text/query?to=1&text=2&password=" + strings.ReplaceAll(secret, "#", "%23")}}
	withUser := partial.Text{{Text: "http://app:" + strings.NewReplacer("/", "", "?", "", "#", "", "@", "").Replace(secret) + "@host.tld/x"}}
	return []Observation{
		&Credential{Source: source(1), Kind: shape.Kind(r.IntN(8)), Value: v, Use: "password of SetBasicAuth", Sink: r.IntN(2) == 0, User: user,
			Fallback: r.IntN(2) == 0, FallbackFor: "DB_PASSWORD", Host: "host.tld"},
		&Request{Source: source(2), Method: "GET", URL: partial.String{Alternatives: []partial.Text{url}}, Auth: []Auth{{Scheme: "bearer", Known: true, Value: v}}},
		&Request{Source: source(3), URL: partial.String{Alternatives: []partial.Text{withUser}}},
		&Request{Source: source(4), URL: str(public), Query: []Param{{Name: text("api_key"), Value: partial.Text{{Text: secret}}}},
			Form: []Param{{Name: text("password"), Value: partial.Text{{Text: secret}}}}, Auth: []Auth{{Scheme: "basic", Known: true, Value: v}}},
		&Connection{Source: source(5), Protocol: "ftp", Login: true, Address: partial.String{Alternatives: []partial.Text{{{Text: "ftp://app:" + strings.NewReplacer("/", "", "?", "", "#", "").Replace(secret) + "@host.tld/x"}}}}},
		&Disclosure{Source: source(8), Channel: Channel(r.IntN(7)), Kind: shape.Kind(1 + r.IntN(7)), What: "the value of --password", Use: "Command",
			Certain: true, Literal: true, Value: v},
		&SecretMatch{Source: source(6), RuleID: "generic-api-key", Generic: true, Value: v},
		&SecretMatch{Source: source(7), RuleID: "github-pat", Value: v},
	}
}

// TestNoLeak: no field of a finding holds six characters of the secret that is
// at fault.
func TestNoLeak(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	found := 0
	for round := range 400 {
		secret := plant(r)
		list := observations(t, r, secret)
		for _, f := range (&Judge{Catalogue: catalogue(t), Messaging: round%2 == 0}).Findings(list) {
			found++
			f.Fingerprint = ""
			data, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			said := string(data) + fmt.Sprintf("%+v", f)
			for i := 0; i+6 <= len(secret); i++ {
				piece := secret[i : i+6]
				if strings.Contains(said, piece) && !strings.Contains("password minioadmin SetBasicAuth", piece) || strings.Contains(said, secret) {
					t.Fatalf("round %d: %s shows %q of %q: %s", round, f.Rule, piece, secret, said)
				}
			}
			checkMessage(t, &f)
		}
	}
	if found < 1000 {
		t.Errorf("only %d findings", found)
	}
}

// TestStable: the order of observations does not matter.
func TestStable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 50 {
		list := observations(t, r, plant(r))
		j := &Judge{Catalogue: catalogue(t)}
		want := show(j.Findings(list))
		r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		if got := show(j.Findings(list)); got != want {
			t.Fatalf("shuffled: got\n%s\nwant\n%s", got, want)
		}
	}
}
