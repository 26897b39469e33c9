package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// header returns an edit that sets an Authorization header, in the notation of
// the tests, written in Base64 with that alphabet.
func header(value, alphabet string) func(*Request) {
	return func(r *Request) {
		raw := text(value)
		a := Auth{Header: "Authorization", At: at(9), Text: "header Authorization", Raw: raw, Secret: raw, Base64: alphabet}
		if known, ok := raw.Known(); ok {
			a.Value, a.Known = shape.Of(known), true
		}
		r.Auth = append(r.Auth, a)
	}
}

func TestMalformed(t *testing.T) {
	const fault = "malformed-authorization low regular [certain]"
	jwt := "ey" + made(alnum, 30)
	for _, test := range []struct{ value, alphabet, want string }{
		{"Base {!pair}", "std", fault},
		{"Basis {!pair}", "std", fault},
		{"Bacic {!pair}", "std", fault},
		{"Baerer {!token}", "", fault},
		{"Barer {!token}", "", fault},
		{"Bearar {!token}", "", fault},
		{"Beare {!token}", "", fault},
		{"IBBSO {!token}", "", fault},
		{"IBSS0 {!token}", "", fault},
		{"AcessKey {!key}", "", fault},
		{"Bearer{!token}", "", fault},
		{"App{!key}", "", fault},
		{"Bearer: {!token}", "", fault},
		{"Bearer" + jwt, "", fault},
		{"Bearer Bearer {!token}", "", fault},
		{"Bearer App {!key}", "", fault},
		{"Basic {user}:{!password}", "url", fault},
		{"Basic {user}:{!password}", "raw-std", fault},
		{"Basic {user}:{!password}", "raw-url", fault},
		{"Basic {user}:{!password}", "", fault},
		{"Basic {username}{!password}", "std", fault},
		{"{user}:{!password}", "std", fault},
		{"Basic {user}:{!password}", "std", ""},
		{"Basic {user}:{!password}", "unknown", ""},
		{"Basic {pair}", "std", ""},
		{"Basic {pair}", "", ""},
		{"basic {!pair}", "", ""},
		{"BEARER {!token}", "", ""},
		{"Bearer {!token}", "", ""},
		{"App {!key}", "", ""},
		{"IBSSO {!token}", "", ""},
		{"Token token={!token}", "", ""},
		{"Bot {!token}", "", ""},
		{"{scheme} {!token}", "", ""},
		{"Bearer{sep}{!token}", "", ""},
		{"{!token}", "", ""},
		{"Application {key}:{#signature}", "", ""},
		{"AWS4-HMAC-SHA256 Credential={key}", "", ""},
		{"SSWS {!token}", "", ""},
		{"GenieKey {!key}", "", ""},
		{"Basic :{!token}", "std", ""},
		{"Applications", "", ""},
	} {
		runRequests(t, []requestTest{{test.value, https, header(test.value, test.alphabet), test.want}})
	}
	const infobip = "https://k3x9qz.api.infobip.com/sms/3/reports"
	prefixed := func(value string) func(*Request) {
		return func(r *Request) {
			r.Auth = []Auth{{Scheme: "bearer", At: at(9), Text: "SetAuthToken", Raw: text(value), Prefixed: true}}
		}
	}
	runRequests(t, []requestTest{
		{"key behind Bearer", infobip, header("Bearer {INFOBIP_API_KEY}", ""), fault},
		{"token behind Bearer", infobip, header("Bearer {INFOBIP_ACCESS_TOKEN}", ""), ""},
		{"key behind Bearer elsewhere", https, header("Bearer {API_KEY}", ""), ""},
		{"key without a scheme", infobip, header("{INFOBIP_API_KEY}", ""), fault},
		{"whole header from a setting", infobip, header("{INFOBIP_AUTHORIZATION}", ""), ""},
		{"whole header named for its key", infobip, header("{auth_key_header}", ""), ""},
		{"key without a scheme elsewhere", https, header("{API_KEY}", ""), ""},
		{"Bearer put before a key", infobip, prefixed("{INFOBIP_API_KEY}"), fault},
		{"Bearer put before a token", infobip, prefixed("{INFOBIP_ACCESS_TOKEN}"), ""},
		{"no user for a provider", infobip, header("Basic :{!password}", "std"), fault},
		{"scheme put in front", https, prefixed("Bearer {!token}"), fault},
		{"scheme put in front once", https, prefixed("{!token}"), ""},
		{"another header", https, func(r *Request) { r.Auth = []Auth{{Header: "X-Api-Key", Raw: text("Base {!key}"), At: at(9)}} }, ""},
		{"told elsewhere", https, edits(header("Base {!key}", ""), func(r *Request) { r.Auth[0].Told = true }), ""},
		{"no URL", "", edits(header("Base {!key}", ""), func(r *Request) { r.URL = partial.String{} }), fault},
	})
}

func TestAccountWide(t *testing.T) {
	const (
		send  = "https://api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json"
		fault = "account-wide-credential low regular [certain]"
	)
	basic := func(user, password string) func(*Request) {
		return func(r *Request) {
			r.Auth = []Auth{{Scheme: "basic", User: text(user), Secret: text(password), At: at(9)}}
		}
	}
	runRequests(t, []requestTest{
		{"by the user", send, basic("AC"+made("0123456789abcdef", 32), "{token}"), fault},
		{"by the name", send, basic("{sid}", "{TWILIO_AUTH_TOKEN}"), fault},
		{"by a field", send, basic("{accountSid}", "{authToken}"), fault},
		{"key", send, basic("SK"+made("0123456789abcdef", 32), "{TWILIO_AUTH_TOKEN}"), ""},
		{"key by name", send, basic("{TWILIO_API_KEY}", "{TWILIO_API_SECRET}"), ""},
		{"another service", https, basic("{sid}", "{TWILIO_AUTH_TOKEN}"), ""},
		{"main account", "https://api.plivo.com/v1/Account/{id}/Message/", basic("MA{rest}", "{token}"), fault},
		{"subaccount", "https://api.plivo.com/v1/Account/{id}/Message/", basic("SA{rest}", "{token}"), ""},
		{"account token", "https://api.postmarkapp.com/email", func(r *Request) {
			r.Auth = []Auth{{Scheme: "api-key", Header: "X-Postmark-Account-Token", At: at(9)}}
		}, fault},
		{"server token", "https://api.postmarkapp.com/email", func(r *Request) {
			r.Auth = []Auth{{Scheme: "api-key", Header: "X-Postmark-Server-Token", At: at(9)}}
		}, ""},
	})
}

func TestPasswordAsSecret(t *testing.T) {
	const rule = "password-as-client-secret "
	runRequests(t, []requestTest{
		{"both", https, form("client_id={username}&client_secret={password}"), rule + "low regular [certain]"},
		{"settings", https, form("client_id={PORTAL_USER}&client_secret={PORTAL_PASSWORD}"), rule + "low regular [certain]"},
		{"password only", https, form("client_id={clientID}&client_secret={password}"), rule + "note regular [weak-evidence]"},
		{"as the documents have it", "https://k3x9qz.api.infobip.com/auth/1/oauth2/token", form("client_id={username}&client_secret={password}"),
			rule + "note regular [weak-evidence]"},
		{"client", https, form("client_id={clientID}&client_secret={clientSecret}"), ""},
		{"password grant", https, form("client_id={clientID}&client_secret={clientSecret}&username={username}&password={password}"), ""},
	})
}

func TestLookalike(t *testing.T) {
	const (
		fault = "lookalike-host high regular [certain]"
		weak  = "lookalike-host low regular [weak-evidence]"
	)
	for url, want := range map[string]string{
		"https://api.inf0bip.com/x":                     fault,
		"https://k3x9qz.api.infob1p.com/sms/3/messages": fault,
		"https://{id}.api.infoblp.com/x":                fault,
		"https://api.tvvilio.com/x":                     fault,
		"https://api.іnfobip.com/x":                     fault,
		"https://api.xn--nfobip-bsf.com/x":              fault,
		"https://api.infobip.com.host.tld/x":            fault,
		"https://api.infobip.com@host.tld/x":            fault,
		"https://infobip-login.com/x":                   fault,
		"https://secure-twilio.net/x":                   fault,
		"https://api.infobipp.com/sms/2/text/advanced":  fault,
		"https://api.infobip.biz/x":                     weak,
		"https://api.infobip.com/account/1/balance":     "",
		"https://api.infobit.com/x":                     "",
		"https://api.infobip.host.tld/x":                "",
		"https://infobip.host.tld/webhook":              "",
		"https://voyage.com/x":                          "",
		"https://cinch.com/x":                           "",
		"https://5inch.com/x":                           "",
		"https://twilio.org/x":                          "",
		"https://infobip-proxy.internal/x":              "",
		"https://my-infobip-mirror.s3.amazonaws.com/x":  "",
		"https://api.example.com/x":                     "",
		"http://localhost/infobip":                      "",
		"https://{host}/x":                              "",
	} {
		runRequests(t, []requestTest{{url, url, nil, want}})
	}
	runRequests(t, []requestTest{
		{"brand in a name", "https://api.infobi.com/x", header("App {INFOBIP_API_KEY}", ""), fault},
		{"brand in the symbol", "https://rest.mesagebird.com/x", symbol("MessageBird.Send"), fault},
		{"letters of a short name exchanged", "https://eu.sms.api.sinhc.com/xms/v1/plan/batches", header("Bearer {SINCH_TOKEN}", ""), fault},
		{"a digit in a short name", "https://api.s1nch.com/x", header("Bearer {SINCH_TOKEN}", ""), fault},
		{"short names that nothing speaks of", "https://api.s1nch.com/x", header("Bearer {API_KEY}", ""), ""},
		{"nothing says so", "https://api.infobi.com/x", header("Bearer {API_KEY}", ""), ""},
	})
}

func TestAcrossRedirect(t *testing.T) {
	runRequests(t, []requestTest{
		{"redirect", "", func(r *Request) { r.URL, r.AcrossRedirect = partial.String{}, true }, "credential-across-redirect medium regular [certain]"},
		{"none", "", func(r *Request) { r.URL = partial.String{} }, ""},
	})
}
