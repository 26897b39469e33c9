// Package authorization writes headers, forms and redirects with credentials.
package authorization

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"corpus.test/audit/lib"
	"github.com/go-resty/resty/v2"
	"github.com/kevinburke/twilio-go"
	sdk "github.com/twilio/twilio-go"
	"golang.org/x/oauth2/clientcredentials"
)

const misspelled = "Baerer "

const bearer = "Bearer "

func words(r *http.Request, token, pair string) {
	r.Header.Set("Authorization", "Base "+pair)                    // want malformed-authorization -- authorization/scheme-word
	r.Header.Set("Authorization", "Basic "+pair)                   // ok -- authorization/scheme-word
	r.Header.Set("Authorization", "IBBSO "+token)                  // want malformed-authorization -- authorization/scheme-word
	r.Header.Set("Authorization", "IBSSO "+token)                  // ok -- authorization/scheme-word
	r.Header.Set("Authorization", "bearer "+token)                 // ok -- authorization/other-scheme
	r.Header.Set("Authorization", "Token "+token)                  // ok -- authorization/other-scheme
	r.Header.Set("Authorization", misspelled+token)                // want malformed-authorization -- authorization/const
	r.Header.Set("Authorization", bearer+token)                    // ok -- authorization/const
	r.Header.Set("Authorization", fmt.Sprintf("Barer %s", token))  // want malformed-authorization -- authorization/sprintf
	r.Header.Set("Authorization", fmt.Sprintf("Bearer %s", token)) // ok -- authorization/sprintf
	r.Header.Add("Authorization", "Bearer"+token)                  // want malformed-authorization -- authorization/missing-blank
	r.Header.Add("Authorization", "Bearer"+" "+token)              // ok -- authorization/missing-blank
	r.Header.Add("Authorization", "Bearer Bearer "+token)          // want malformed-authorization -- authorization/doubled
	r.Header["Authorization"] = []string{"Bearer: " + token}       // want malformed-authorization -- authorization/map-entry
	r.Header["Authorization"] = []string{"Bearer " + token}        // ok -- authorization/map-entry
	r.Header.Set("X-Authorization-Base", "Base "+token)            // ok -- authorization/other-scheme
}

func encodings(r *http.Request, user, password string) {
	pair := []byte(user + ":" + password)
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString(pair))                  // ok -- authorization/base64
	r.Header.Set("Authorization", "Basic "+base64.URLEncoding.EncodeToString(pair))                  // want malformed-authorization -- authorization/base64
	r.Header.Set("Authorization", "Basic "+base64.RawStdEncoding.EncodeToString(pair))               // want malformed-authorization -- authorization/base64
	r.Header.Set("Authorization", base64.StdEncoding.EncodeToString(pair))                           // want malformed-authorization -- authorization/no-scheme
	r.Header.Set("Authorization", "Basic "+user+":"+password)                                        // want malformed-authorization -- authorization/no-base64
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user+password))) // want malformed-authorization -- authorization/no-colon
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(password)))      // ok -- authorization/no-colon
	r.Header.Set("Authorization", "Basic "+lib.Pair(user, password))                                 // ok -- authorization/wrapper-other-package
	r.Header.Set("Authorization", "Basic "+lib.BadPair(user, password))                              // want malformed-authorization -- authorization/wrapper-other-package
	r.Header.Set("X-Pair", base64.URLEncoding.EncodeToString(pair))                                  // ok -- authorization/no-scheme
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(":"+password)))  // ok -- authorization/no-base64
}

func authorize(r *http.Request, value string) {
	r.Header.Set("Authorization", value)
}

func wrapped(r *http.Request, token string) {
	authorize(r, "Beare "+token)  // want malformed-authorization -- authorization/wrapper
	authorize(r, "Bearer "+token) // ok -- authorization/wrapper
}

func clients(token string) {
	resty.New().SetAuthToken("Bearer " + token) // want malformed-authorization -- authorization/doubled
	resty.New().SetAuthToken(token)             // ok -- authorization/doubled
}

func keys() {
	r, _ := http.NewRequest("GET", "https://k3x9qz.api.infobip.com/sms/3/reports", nil)
	r.Header.Set("Authorization", "Bearer "+os.Getenv("INFOBIP_API_KEY")) // want malformed-authorization -- authorization/key-scheme
	s, _ := http.NewRequest("GET", "https://k3x9qz.api.infobip.com/sms/3/reports", nil)
	s.Header.Set("Authorization", "App "+os.Getenv("INFOBIP_API_KEY")) // ok -- authorization/key-scheme
	_, _ = http.DefaultClient.Do(r)
	_, _ = http.DefaultClient.Do(s)
}

func accounts(accountSID, authToken, keySID, keySecret string) {
	r, _ := http.NewRequest("GET", "https://api.twilio.com/2010-04-01/Accounts/"+accountSID+".json", nil)
	r.SetBasicAuth(accountSID, authToken)                                                                 // want account-wide-credential -- authorization/account-wide
	s, _ := http.NewRequest("GET", "https://api.twilio.com/2010-04-01/Accounts/"+accountSID+".json", nil) // ok -- authorization/account-wide
	s.SetBasicAuth(keySID, keySecret)
	_, _ = http.DefaultClient.Do(r)
	_, _ = http.DefaultClient.Do(s)
	_ = twilio.NewClient(accountSID, os.Getenv("TWILIO_AUTH_TOKEN"), nil) // want account-wide-credential -- authorization/sdk
	_ = twilio.NewClient(keySID, keySecret, nil)                          // ok -- authorization/sdk
}

func clientSecrets(username, password, id, secret string) {
	_, _ = http.PostForm("https://login.maplefreight.io/oauth2/token", url.Values{"client_id": {username}, "client_secret": {password}}) // want password-as-client-secret -- authorization/client-secret
	_, _ = http.PostForm("https://login.maplefreight.io/oauth2/token", url.Values{"client_id": {id}, "client_secret": {secret}})         // ok -- authorization/client-secret
	_ = clientcredentials.Config{ClientID: username, ClientSecret: password, TokenURL: "https://login.maplefreight.io/oauth2/token"}     // want password-as-client-secret -- authorization/oauth-config
	_ = clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: "https://login.maplefreight.io/oauth2/token"}             // ok -- authorization/oauth-config
	_ = clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: "http://login.maplefreight.io/oauth2/token"}              // want credential-over-http -- authorization/oauth-config
	body := strings.NewReader("client_id=" + username + "&client_secret=" + password)                                                    // want password-as-client-secret -- authorization/body
	_, _ = http.Post("https://login.maplefreight.io/oauth2/token", "application/x-www-form-urlencoded", body)
	other := strings.NewReader("client_id=" + id + "&client_secret=" + secret)
	_, _ = http.Post("https://login.maplefreight.io/oauth2/token", "application/x-www-form-urlencoded", other) // ok -- authorization/body
}

func hosts(token string) {
	for _, where := range []string{"https://k3x9qz.api.infobip.com/sms/3/messages"} {
		r, _ := http.NewRequest("POST", where, nil) // ok -- authorization/lookalike
		r.Header.Set("Authorization", "App "+token)
	}
	r, _ := http.NewRequest("POST", "https://k3x9qz.api.inf0bip.com/sms/3/messages", nil) // want lookalike-host -- authorization/lookalike
	r.Header.Set("Authorization", "App "+token)
	s, _ := http.NewRequest("POST", "https://api.infobip.com.maplefreight.io/sms/3/messages", nil) // want lookalike-host -- authorization/lookalike-domain
	s.Header.Set("Authorization", "App "+token)
	t, _ := http.NewRequest("POST", "https://infobip.maplefreight.io/hooks", nil) // ok -- authorization/lookalike-domain
	t.Header.Set("Authorization", "Bearer "+token)
}

func redirects(token string) []*http.Client {
	follow := func(r *http.Request, via []*http.Request) error {
		for name, values := range via[0].Header {
			r.Header[name] = values
		}
		return nil
	}
	return []*http.Client{
		{CheckRedirect: follow},  // want credential-across-redirect -- authorization/redirect-variable
		{CheckRedirect: again},   // want credential-across-redirect -- authorization/redirect
		{CheckRedirect: careful}, // ok -- authorization/redirect
		{CheckRedirect: copied},  // want credential-across-redirect -- authorization/redirect
		{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},                       // ok -- authorization/redirect-variable
		{CheckRedirect: func(r *http.Request, via []*http.Request) error { r.Header.Set("Accept", "text/csv"); return nil }}, // ok -- authorization/redirect-closure
		{CheckRedirect: func(r *http.Request, via []*http.Request) error { r.SetBasicAuth("reports", token); return nil }},   // want credential-across-redirect -- authorization/redirect-closure
	}
}

func again(r *http.Request, via []*http.Request) error {
	r.Header.Set("Authorization", via[0].Header.Get("Authorization"))
	return nil
}

func copied(r *http.Request, via []*http.Request) error {
	r.Header = via[0].Header.Clone()
	return nil
}

func careful(r *http.Request, via []*http.Request) error {
	if r.URL.Host != via[0].URL.Host {
		return errors.New("another host")
	}
	r.Header.Set("Authorization", via[0].Header.Get("Authorization"))
	return nil
}

func carriers(session, value string) {
	r, _ := http.NewRequest("GET", "http://portal.maplefreight.io/reports", nil) // want credential-over-http -- authorization/cookie
	r.AddCookie(&http.Cookie{Name: "session_id", Value: session})
	s, _ := http.NewRequest("GET", "http://portal.maplefreight.io/reports", nil) // ok -- authorization/cookie
	s.AddCookie(&http.Cookie{Name: "language", Value: value})
	t, _ := http.NewRequest("GET", "https://portal.maplefreight.io/reports", nil) // ok -- authorization/cookie
	t.AddCookie(&http.Cookie{Name: "session_id", Value: session})
	_, _ = http.DefaultClient.Do(r)
	_, _ = http.DefaultClient.Do(s)
	_, _ = http.DefaultClient.Do(t)
}

func proxies(password string) {
	through, _ := url.Parse("http://billing:" + password + "@proxy.maplefreight.io:3128")
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(through)}}
	_, _ = client.Get("http://status.maplefreight.io/")  // want credential-over-http -- authorization/proxy
	_, _ = client.Get("https://status.maplefreight.io/") // ok -- authorization/proxy
}

func paths(key, to, text string) {
	form := url.Values{"receptor": {to}, "message": {text}}
	_, _ = http.PostForm("https://api.kavenegar.com/v1/"+key+"/sms/send.json", form)  // want credential-in-url -- authorization/path-key
	_, _ = http.PostForm("https://api.maplefreight.io/v1/"+key+"/sms/send.json", nil) // ok -- authorization/path-key
}

func silenced(r *http.Request, token string) {
	//authlint:ignore malformed-authorization -- the server wants it so
	r.Header.Set("Authorization", "Barer "+token) // ok -- authorization/ignore
	r.Header.Set("Authorization", "Barer "+token) // want malformed-authorization -- authorization/ignore
}

func account(sid, token, key, secret string) {
	r, _ := http.NewRequest("GET", "https://api.twilio.com/2010-04-01/Accounts/"+sid+"/Messages.json", nil)
	r.SetBasicAuth(sid, token)                                                                              // want account-wide-credential -- authorization/account-wide
	s, _ := http.NewRequest("GET", "https://api.twilio.com/2010-04-01/Accounts/"+sid+"/Messages.json", nil) // ok -- authorization/account-wide
	s.SetBasicAuth(key, secret)
	_, _ = http.DefaultClient.Do(r)
	_, _ = http.DefaultClient.Do(s)
}

func parameters(accountSID, authToken, keySID, keySecret string) {
	_ = sdk.NewRestClientWithParams(sdk.ClientParams{Username: accountSID, Password: authToken})    // want account-wide-credential -- authorization/sdk
	_ = sdk.NewRestClientWithParams(sdk.ClientParams{Username: keySID, Password: keySecret})        // ok -- authorization/sdk
	_ = sdk.NewRestClientWithParams(sdk.ClientParams{Username: "SK" + keySID, Password: authToken}) // ok -- authorization/sdk
}
