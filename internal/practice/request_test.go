package practice

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// with returns an edit that sets credentials of these schemes on a request.
func with(schemes ...string) func(*Request) {
	return func(r *Request) {
		for _, s := range schemes {
			r.Auth = append(r.Auth, Auth{Scheme: s, Text: "header Authorization"})
		}
	}
}

// edits returns an edit that makes several ones.
func edits(list ...func(*Request)) func(*Request) {
	return func(r *Request) {
		for _, e := range list {
			e(r)
		}
	}
}

// get makes a GET request.
func get(r *Request) { r.Method = "GET" }

// query returns an edit that sets parameters of the query, in the notation of
// a query.
func query(params string) func(*Request) {
	return func(r *Request) {
		for _, p := range partial.ReadQuery(text(params)) {
			r.Query = append(r.Query, Param{Name: p.Name, Value: p.Value})
		}
	}
}

// form returns an edit that sets fields of the body.
func form(params string) func(*Request) {
	return func(r *Request) {
		for _, p := range partial.ReadQuery(text(params)) {
			r.Form = append(r.Form, Param{Name: p.Name, Value: p.Value})
		}
	}
}

// symbol returns an edit that sets the enclosing function.
func symbol(name string) func(*Request) { return func(r *Request) { r.Symbol = name } }

type requestTest struct {
	name string
	url  string // readings, separated by " | "
	edit func(*Request)
	want string
}

// runRequests judges requests that are POSTs unless they say otherwise.
func runRequests(t *testing.T, tests []requestTest) {
	t.Helper()
	for _, test := range tests {
		o := &Request{Source: source(1), Method: "POST", URL: str(strings.Split(test.url, " | ")...)}
		o.Symbol = ""
		if test.edit != nil {
			test.edit(o)
		}
		if got := show(judged(t, &Judge{}, o)); got != test.want {
			t.Errorf("%s: %s: got\n%s\nwant\n%s", test.name, test.url, got, test.want)
		}
	}
}

const (
	public = "http://billing.host.tld/invoices"
	https  = "https://billing.host.tld/invoices"
)

func TestBasicOverHTTP(t *testing.T) {
	const absorbed = " +credential-over-http"
	runRequests(t, []requestTest{
		{"public", public, with("basic"), "basic-auth-over-http critical regular [certain]" + absorbed},
		{"https", https, with("basic"), ""},
		{"nothing sent", public, nil, ""},
		{"documentation host", "http://api.example.com/x", with("basic"), "basic-auth-over-http critical regular [certain]" + absorbed},
		{"host not known", "http://{host}/x", with("basic"), "basic-auth-over-http high regular [unknown-host]" + absorbed},
		{"scheme not known", "{scheme}://host.tld/x", with("basic"), ""},
		{"scheme within a hole", "{base}/x", with("basic"), ""},
		{"part of the scheme", "http{s}://host.tld/x", with("basic"), ""},
		{"no scheme", "host.tld:80/x", with("basic"), ""},
		{"loopback", "http://localhost:8080/x", with("basic"), ""},
		{"loopback address", "http://127.0.0.1/x", with("basic"), ""},
		{"test server", "http://{@server}/x", with("basic"), ""},
		{"private address", "http://10.1.2.3/x", with("basic"), "basic-auth-over-http low regular [private-host]" + absorbed},
		{"metadata service", "http://169.254.169.254/x", with("basic"), ""},
		{"internal name", "http://billing.corp/x", with("basic"), "basic-auth-over-http low regular [private-host]" + absorbed},
		{"cluster", "http://billing:8080/x", with("basic"), "basic-auth-over-http low auditor [cluster-host]" + absorbed},
		{"cluster service", "http://{name}.default.svc.cluster.local/x", with("basic"), "basic-auth-over-http low auditor [cluster-host]" + absorbed},
		{"both schemes", public + " | " + https, with("basic"), "basic-auth-over-http low regular [conditional]" + absorbed},
		{"local default of a setting", "{base} | http://localhost:8080/x", with("basic"), ""},
		{"public beside loopback", "http://localhost/x | " + public, with("basic"), "basic-auth-over-http critical regular [certain]" + absorbed},
		{"user info", "http://{user}:{!password}@billing.host.tld/x", nil,
			"basic-auth-over-http critical regular [certain] +credential-in-url" + absorbed},
		{"user info without password", "http://git@billing.host.tld/x", nil, ""},
		{"user info of an example", "http://user:<password>@billing.host.tld/x", nil, ""},
		{"token as user", "http://{!token}@billing.host.tld/x", nil, "basic-auth-over-http critical regular [certain] +credential-in-url" + absorbed},
		{"websocket", "ws://billing.host.tld/x", with("basic"), "basic-auth-over-http critical regular [certain]" + absorbed},
		{"condition", public, edits(with("basic"), func(r *Request) { r.Condition = Conditional }), "basic-auth-over-http low regular [conditional]" + absorbed},
		{"configuration", public, edits(with("basic"), func(r *Request) { r.Condition = Configured }), "basic-auth-over-http note auditor [configured]" + absorbed},
		{"test", public, edits(with("basic"), func(r *Request) { r.Test = true }), "basic-auth-over-http low auditor [test]" + absorbed},
		{"document", public, edits(with("basic"), func(r *Request) { r.Document = true }), "basic-auth-over-http low auditor [document]" + absorbed},
		{"client", public, edits(with("basic"), func(r *Request) { r.Client = true; r.Method = "" }), "basic-auth-over-http critical regular [certain]" + absorbed},
		{"provider", "http://k3x9qz.api.infobip.com/sms/3/reports", with("basic"),
			"basic-auth-over-http critical regular [certain] +basic-auth-discouraged" + absorbed},
		{"message with Basic", "http://k3x9qz.api.infobip.com/sms/2/text/advanced", with("basic"),
			"basic-auth-over-http critical regular [certain] +basic-auth-discouraged" + absorbed + " +message-over-http"},
		{"message to a cluster", "http://sms-gateway/send", edits(with("basic"), form("to={to}&text={text}")),
			"basic-auth-over-http low regular [private-host]" + absorbed + " +message-over-http"},
	})
}

func TestCredentialOverHTTP(t *testing.T) {
	runRequests(t, []requestTest{
		{"bearer", public, with("bearer"), "credential-over-http high regular [certain]"},
		{"App", public, with("app"), "credential-over-http high regular [certain]"},
		{"header without scheme", public, with("api-key"), "credential-over-http high regular [certain]"},
		{"scheme not known", public, with(""), "credential-over-http high regular [certain]"},
		{"form", public, with("form"), "credential-over-http high regular [certain]"},
		{"https", https, with("bearer"), ""},
		{"host not known", "http://{host}/x", with("bearer"), "credential-over-http medium regular [unknown-host]"},
		{"loopback", "http://[::1]:80/x", with("bearer"), ""},
		{"private", "http://192.168.0.7/x", with("bearer"), "credential-over-http low regular [private-host]"},
		{"cluster", "http://vault:8200/x", with("bearer"), "credential-over-http low auditor [cluster-host]"},
		{"digest", public, with("digest"), ""},
		{"signature", public, with("aws4-hmac-sha256"), ""},
		{"HMAC", public, with("hmac-sha256"), ""},
		{"Kerberos", public, with("negotiate"), ""},
		{"signed and in clear", public, with("digest", "bearer"), "credential-over-http high regular [certain]"},
		{"Basic and a key", public, with("basic", "api-key"), "basic-auth-over-http critical regular [certain] +credential-over-http"},
		{"placeholder", public, func(r *Request) {
			r.Auth = []Auth{{Scheme: "bearer", Known: true, Value: shape.Of("Bearer <token>")}}
		}, ""},
		{"literal", public, func(r *Request) {
			r.Auth = []Auth{{Scheme: "bearer", Known: true, Value: shape.Of("Bearer " + made(alnum, 30))}}
		}, "credential-over-http high regular [certain]"},
		{"published example", public, func(r *Request) {
			r.Auth = []Auth{{Scheme: "bearer", Known: true, Value: shape.Value{Form: shape.SchemeValue, Inner: shape.Placeholder, Sample: "IETF"}}}
		}, "credential-over-http low auditor [sample]"},
		{"message", "http://sms.host.tld/send", edits(with("api-key"), form("to={to}&text={text}")),
			"credential-over-http high regular [certain] +message-over-http"},
	})
}

func TestMessageOverHTTP(t *testing.T) {
	runRequests(t, []requestTest{
		{"provider", "http://k3x9qz.api.infobip.com/sms/2/text/advanced", nil, "message-over-http medium regular [certain]"},
		{"provider's collection", "http://k3x9qz.api.infobip.com/sms/3/messages", nil, "message-over-http medium regular [certain]"},
		{"provider's collection that is read", "http://k3x9qz.api.infobip.com/sms/3/messages", get, ""},
		{"provider's collection with fields", "http://k3x9qz.api.infobip.com/sms/3/messages", form("to={to}"), "message-over-http medium regular [certain]"},
		{"words", "http://sms.host.tld/x", form("to={to}&text={text}"), "message-over-http low regular [no-provider]"},
		{"word in the function", public, edits(form("to={to}&message={m}"), symbol("NotifyUser")), "message-over-http low regular [no-provider]"},
		{"parameters alone", public, form("to={to}&text={text}"), "message-over-http low auditor [weak-evidence]"},
		{"one parameter", "http://sms.host.tld/x", form("text={text}"), ""},
		{"host not known", "http://{host}/sms/send?to={to}&text={text}", nil, "message-over-http low regular [no-provider unknown-host]"},
		{"loopback", "http://localhost/sms/send?to={to}&text={text}", nil, ""},
		{"cluster", "http://sms/send?to={to}&text={text}", nil, "message-over-http low regular [no-provider private-host]"},
		{"https", "https://sms.host.tld/send?to={to}&text={text}", nil, ""},
		{"a search", "http://host.tld/messages/search?to={to}&text={text}", nil, "message-over-http low auditor [weak-evidence]"},
		{"a translation", "http://host.tld/translate?text={text}&to=en", nil, "message-over-http low auditor [weak-evidence]"},
		{"signed", "http://sms.host.tld/send?to={to}&text={text}", with("digest"), "message-over-http low regular [no-provider]"},
	})
}

func TestCredentialInURL(t *testing.T) {
	random := made(alnum, 24)
	runRequests(t, []requestTest{
		{"password", https + "?password={p}", nil, "credential-in-url high regular [certain]"},
		{"API key", https + "?api_key={k}", get, "credential-in-url high regular [certain]"},
		{"other spelling", https + "?apiKey={k}", nil, "credential-in-url high regular [certain]"},
		{"read by words", https + "?db_password={p}", nil, "credential-in-url high regular [certain]"},
		{"in brackets", https + "?user%5Bpassword%5D={p}", nil, "credential-in-url high regular [certain]"},
		{"apart from the text", https, query("access_token={t}"), "credential-in-url high regular [certain]"},
		{"literal", https + "?token=" + random, nil, "credential-in-url high regular [certain]"},
		{"after an unknown base", "{base}/x?api_key={k}", nil, "credential-in-url high regular [certain]"},
		{"appended", "{url}&password={p}", nil, "credential-in-url high regular [certain]"},
		{"template", https + "?api_key=%s", nil, "credential-in-url high regular [certain]"},
		{"digest", https + "?token={#mac}", nil, ""},
		{"digest by name", https + "?password={passwordHash}", nil, ""},
		{"made at run time", https + "?token={%nonce}", nil, ""},
		{"placeholder", https + "?api_key=YOUR_API_KEY", nil, ""},
		{"empty", https + "?password=", nil, ""},
		{"no value", https + "?password", nil, ""},
		{"switch", https + "?password=true", nil, ""},
		{"names only", https + "?token_type=bearer&key_id=7&password_reset=1", nil, ""},
		{"page", https + "?page_token={next}&nextToken={t}", nil, ""},
		{"form protection", https + "?csrf_token={t}", nil, ""},
		{"key of anything", https + "?key={name}", nil, ""},
		{"key that is one", https + "?key={!apiKey}", nil, "credential-in-url medium regular [weak-evidence]"},
		{"key that looks like one", https + "?key=" + random, nil, "credential-in-url medium regular [weak-evidence]"},
		{"p among others", https + "?u={u}&p={p}&to={to}", nil, "credential-in-url medium regular [weak-evidence]"},
		{"p alone", https + "?p={p}", nil, ""},
		{"key at a provider", "https://k3x9qz.api.infobip.com/x?key={k}", nil, "credential-in-url medium regular [weak-evidence]"},
		{"presigned", https + "?X-Amz-Credential=a&X-Amz-Signature={s}&X-Amz-Security-Token={t}", nil, ""},
		{"shared access signature", https + "?sv=2024&se=x&sig={s}&access_token={t}", nil, ""},
		{"body", https, form("password={p}"), ""},
		{"user info", "https://{u}:{!p}@billing.host.tld/x", nil, "credential-in-url high regular [certain]"},
		{"user info set apart", https, with("userinfo"), "credential-in-url high regular [certain]"},
		{"no request of HTTP", "postgres://{u}:{!p}@db.host.tld/x", nil, ""},
		{"over http", public + "?password={p}", nil, "credential-in-url high regular [certain] +credential-over-http"},
		{"loopback", "http://localhost/x?password={p}", nil, ""},
		{"private", "https://billing.corp/x?password={p}", nil, "credential-in-url medium regular [private-host]"},
		{"cluster", "https://billing/x?password={p}", nil, "credential-in-url low auditor [cluster-host]"},
		{"default", https + "?password=guest", nil, "credential-in-url low auditor [local-default]"},
		{"test", https + "?password={p}", func(r *Request) { r.Test = true }, "credential-in-url low auditor [test]"},
		{"document", https + "?password={p}", func(r *Request) { r.Document = true }, "credential-in-url low auditor [document]"},
		{"send with GET", "https://sms.host.tld/send?user={u}&password={p}&to={to}&text={t}", get,
			"credential-in-url high regular [certain] +get-message-send"},
		{"all at once", "http://sms.host.tld/send?user={u}&password={p}&to={to}&text={t}", get,
			"credential-in-url high regular [certain] +credential-over-http +get-message-send +message-over-http"},
	})
}

func TestGetMessageSend(t *testing.T) {
	runRequests(t, []requestTest{
		{"provider's endpoint", "https://k3x9qz.api.infobip.com/sms/2/text/advanced", get, "get-message-send medium regular [certain]"},
		{"path of a provider", "{base}/sms/2/text/advanced", get, "get-message-send medium regular [certain]"},
		{"path at a host of somebody else", "https://host.tld/sms/2/text/advanced", get, ""},
		{"POST", "https://k3x9qz.api.infobip.com/sms/2/text/advanced", nil, ""},
		{"method not known", "https://k3x9qz.api.infobip.com/sms/2/text/advanced", func(r *Request) { r.Method = "" }, ""},
		{"list of messages", "https://us.sms.api.sinch.com/xms/v1/{plan}/batches?page_size=1", get, ""},
		{"old endpoint", "https://api.infobip.com/sms/1/text/query?to={to}&text={t}", get, "get-message-send medium regular [certain]"},
		{"words in the path", "https://host.tld/sms/send?to={to}&text={t}", get, "get-message-send low regular [no-provider]"},
		{"words in the host", "https://bulksms.host.tld/x?mobile={to}&msg={t}", get, "get-message-send low regular [no-provider]"},
		{"word in the function", "https://host.tld/x?to={to}&message={t}", edits(get, symbol("Client.SendCode")), "get-message-send low regular [no-provider]"},
		{"apart from the text", "https://host.tld/sms", edits(get, query("to={to}&text={t}")), "get-message-send low regular [no-provider]"},
		{"parameters alone", "https://host.tld/x?to={to}&text={t}", get, "get-message-send low auditor [weak-evidence]"},
		{"a search", "https://host.tld/message/search?to={to}&text={t}", get, "get-message-send low auditor [weak-evidence]"},
		{"a report", "https://host.tld/sms/reports?to={to}", get, ""},
		{"short names among others", "https://host.tld/sms?u={u}&m={m}&g={g}", get, "get-message-send low regular [no-provider]"},
		{"short names alone", "https://host.tld/sms?m={m}&g={g}", get, ""},
		{"loopback", "http://localhost/sms/send?to={to}&text={t}", get, ""},
		{"client", "https://host.tld/sms/send?to={to}&text={t}", edits(get, func(r *Request) { r.Client = true }), ""},
		{"test", "https://host.tld/sms/send?to={to}&text={t}", edits(get, func(r *Request) { r.Test = true }), "get-message-send low auditor [no-provider test]"},
		{"names in the body", "https://host.tld/sms/send", edits(get, form("to={to}&text={t}")), ""},
	})
}

func TestBasicDiscouraged(t *testing.T) {
	const infobip = "https://k3x9qz.api.infobip.com"
	runRequests(t, []requestTest{
		{"provider", infobip + "/sms/3/reports", with("basic"), "basic-auth-discouraged medium regular [certain]"},
		{"account not known", "https://{id}.api.infobip.com/sms/3/reports", with("basic"), "basic-auth-discouraged medium regular [certain]"},
		{"by SDK", "{base}/x", edits(with("basic"), func(r *Request) { r.Provider = "infobip" }), "basic-auth-discouraged medium regular [certain]"},
		{"by path", "{base}/sms/2/text/advanced", with("basic"), "basic-auth-discouraged medium regular [certain]"},
		{"path not known", infobip, with("basic"), "basic-auth-discouraged low regular [weak-evidence]"},
		{"path in a hole", infobip + "/{path}", with("basic"), "basic-auth-discouraged low regular [weak-evidence]"},
		{"session", infobip + "/auth/1/session", with("basic"), ""},
		{"key", infobip + "/settings/2/api-keys", with("basic"), ""},
		{"token", "https://auth.sinch.com/oauth2/token", with("basic"), ""},
		{"other scheme", infobip + "/sms/3/reports", with("app"), ""},
		{"no provider", "https://host.tld/sms/3/reports", with("basic"), ""},
		{"Basic is right", "https://api.mailgun.net/v3/x/messages", with("basic"), ""},
		{"test", infobip + "/sms/3/reports", edits(with("basic"), func(r *Request) { r.Test = true }), ""},
	})
}

func TestProtectedHosts(t *testing.T) {
	for _, test := range []struct {
		hosts     []string
		url       string
		want      string
		protected int
	}{
		{[]string{"smsc.partner.tld"}, "http://smsc.partner.tld/x", "", 1},
		{[]string{"*.partner.tld"}, "http://smsc.partner.tld/x", "", 1},
		{[]string{"10.0.0.0/8"}, "http://10.1.2.3/x", "", 1},
		{[]string{"partner.tld"}, "http://smsc.partner.tld/x", "basic-auth-over-http critical regular [certain] +credential-over-http", 0},
		{[]string{"*.partner.tld"}, "http://smsc.partner.tld/x | " + public, "basic-auth-over-http critical regular [certain] +credential-over-http", 0},
		{[]string{"*.partner.tld"}, "http://{host}/x", "basic-auth-over-http high regular [unknown-host] +credential-over-http", 0},
		{[]string{"smsc.partner.tld"}, "https://smsc.partner.tld/x", "", 0},
		{[]string{"smsc.partner.tld"}, "http://smsc.partner.tld/x?api_key={k}", "credential-in-url high regular [certain]", 1},
	} {
		o := &Request{Source: source(1), Method: "POST", URL: str(strings.Split(test.url, " | ")...), Auth: []Auth{{Scheme: "basic"}}}
		r := (&Judge{Catalogue: catalogue(t), VPNHosts: test.hosts}).Run([]Observation{o})
		if got := show(r.Findings); got != test.want || r.Protected != test.protected {
			t.Errorf("%q, %s: %d protected,\n%s\nwant %d,\n%s", test.hosts, test.url, r.Protected, got, test.protected, test.want)
		}
	}
}

func TestRequestMessages(t *testing.T) {
	long := strings.Repeat("a-very-long-label.", 8) + "tld"
	for _, test := range []struct {
		url  string
		edit func(*Request)
		want []string
	}{
		{"http://" + long + "/x", with("basic"), []string{"Basic", "rotate", "https"}},
		{"http://" + long + "/x", func(r *Request) {
			r.Auth = []Auth{{Scheme: "form", Text: "form field " + strings.Repeat("password", 20)}}
		}, []string{"rotate"}},
		{"http://" + long + "/x?password={p}", nil, []string{`"password"`, "over http", "rotate"}},
		{"https://" + long + "/sms?to={to}&text={t}", get, []string{"POST"}},
		{"http://" + long + "/sms?to={to}&text={t}", nil, []string{"https"}},
		{"https://k3x9qz.api.infobip.com/sms/3/reports", with("basic"), []string{"Infobip", "API key"}},
		{"https://fax.api.sinch.com/v3/projects/x/faxes", with("basic"), []string{"Sinch", "OAuth 2.0"}},
		{"https://api.infobip.com/sms/1/text/query?to={to}&text={t}", get, []string{"POST", "/sms/3/messages"}},
	} {
		o := &Request{Source: source(1), Method: "POST", URL: str(test.url)}
		if test.edit != nil {
			test.edit(o)
		}
		found := judged(t, &Judge{}, o)
		if len(found) != 1 {
			t.Errorf("%s: %d findings", test.url, len(found))
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(found[0].Message, want) {
				t.Errorf("%s: message has no %q: %s", test.url, want, found[0].Message)
			}
		}
	}
}

// TestRequestPlaces: the URL's literal is at fault where its text is, the call
// otherwise.
func TestRequestPlaces(t *testing.T) {
	o := &Request{Source: source(1), Method: "GET", URL: str("http://k3x9qz.api.infobip.com/sms/2/text/advanced")}
	o.Origin = at(9)
	o.Fixes = map[Remedy]finding.Fix{UseHTTPS: {Title: "use https"}}
	found := judged(t, &Judge{}, o)
	if len(found) != 2 || found[0].Rule != "get-message-send" || found[0].Primary != at(1) || found[1].Primary != at(9) || len(found[1].Fixes) != 1 {
		t.Errorf("findings %+v", found)
	}
}
