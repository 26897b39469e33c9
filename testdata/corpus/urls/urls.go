// Package urls puts credentials and messages where they do not belong.
package urls

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"corpus.test/audit/lib"
	"github.com/go-resty/resty/v2"
)

const sendPath = "https://sms.maplefreight.io/send?password="

var queryBase = "https://sms.maplefreight.io/login?password="

func arguments(pw string) {
	_, _ = http.Get("https://api.maplefreight.io/v1?password=" + pw)                           // want credential-in-url -- url/argument
	_, _ = http.Get("https://api.maplefreight.io/v1?page=" + pw)                               // ok -- url/argument
	_, _ = http.Get(sendPath + pw)                                                             // want credential-in-url -- url/const
	_, _ = http.Get("https://sms.maplefreight.io/send?help=" + pw)                             // ok -- url/const
	_, _ = http.Get("https://" + "api.maplefreight.io" + "/v1?api_key=" + pw + "&x=1")         // want credential-in-url -- url/concatenation
	_, _ = http.Get("https://" + "api.maplefreight.io" + "/v1?x=" + pw + "&y=1")               // ok -- url/concatenation
	_, _ = http.Get(fmt.Sprintf("https://api.maplefreight.io/v1?user=%s&token=%s", "ops", pw)) // want credential-in-url -- url/sprintf
	_, _ = http.Get(fmt.Sprintf("https://api.maplefreight.io/v1?user=%s&offset=%d", "ops", 3)) // ok -- url/sprintf
	_, _ = http.Get(queryBase + pw)                                                            // want credential-in-url -- url/package-variable
	_, _ = http.Get("https://api.maplefreight.io/v1?password=")                                // ok -- url/placeholder
	_, _ = http.Get("https://api.maplefreight.io/v1?password=<your password>")                 // ok -- url/placeholder
	_, _ = http.Get("https://api.maplefreight.io/v1?password=Stone-Maple-68")                  // want credential-in-url hardcoded-credential -- url/placeholder
}

func values(pw string) {
	q := url.Values{}
	q.Set("api_secret", pw) // want credential-in-url -- url/url-values
	_, _ = http.Get("https://api.maplefreight.io/v1?" + q.Encode())
	p := url.Values{}
	p.Set("page", pw)
	_, _ = http.Get("https://api.maplefreight.io/v1?" + p.Encode()) // ok -- url/url-values
}

func parts(pw string) {
	u := url.URL{Scheme: "https", Host: "api.maplefreight.io", RawQuery: "token=" + pw} // want credential-in-url -- url/url-struct
	_, _ = http.Get(u.String())
	v := url.URL{Scheme: "https", Host: "api.maplefreight.io", RawQuery: "sort=" + pw}
	_, _ = http.Get(v.String()) // ok -- url/url-struct
}

func rawQuery(pw string) {
	r, _ := http.NewRequest("GET", "https://api.maplefreight.io/v1", nil)
	q := r.URL.Query()
	q.Add("access_token", pw) // want credential-in-url -- url/raw-query
	r.URL.RawQuery = q.Encode()
	s, _ := http.NewRequest("GET", "https://api.maplefreight.io/v1", nil) // ok -- url/raw-query
	p := s.URL.Query()
	p.Add("cursor", pw)
	s.URL.RawQuery = p.Encode()
	do(r)
	do(s)
}

func do(r *http.Request) { _, _ = http.DefaultClient.Do(r) }

type gateway struct{ endpoint string }

func newGateway() *gateway { return &gateway{endpoint: "https://gw.maplefreight.io/send?pwd="} }

func (g *gateway) send(pw string) {
	_, _ = http.Get(g.endpoint + pw) // want credential-in-url -- url/struct-field
}

type reports struct{ endpoint string }

func newReports() *reports { return &reports{endpoint: "https://gw.maplefreight.io/reports?day="} }

func (r *reports) get(day string) {
	_, _ = http.Get(r.endpoint + day) // ok -- url/struct-field
}

type later struct{ endpoint string }

func (l *later) init() { l.endpoint = "https://gw.maplefreight.io/x?passwd=" }

func (l *later) get(pw string) {
	_, _ = http.Get(l.endpoint + pw) // want credential-in-url -- url/field-assignment
}

func either(old bool, pw string) {
	where := "https://gw.maplefreight.io/a?password=" // want credential-in-url -- url/phi
	if old {
		where = "https://gw.maplefreight.io/b?passwd="
	}
	_, _ = http.Get(where + pw)
	other := "https://gw.maplefreight.io/a?lang="
	if old {
		other = "https://gw.maplefreight.io/b?locale="
	}
	_, _ = http.Get(other + pw) // ok -- url/phi
}

func inClosures(pw string) {
	get := func(where string) { _, _ = http.Get(where) }
	get("https://gw.maplefreight.io/c?secret=" + pw) // want credential-in-url -- url/closure
	get("https://gw.maplefreight.io/c?locale=" + pw) // ok -- url/closure
}

func wrapped(pw string) {
	fetch("https://gw.maplefreight.io/w?api_key=" + pw) // want credential-in-url -- url/wrapper
	fetch("https://gw.maplefreight.io/w?limit=" + pw)   // ok -- url/wrapper
}

func fetch(where string) { _, _ = http.Get(where) }

func acrossPackages(pw string) {
	_ = lib.Query("https://gw.maplefreight.io/o", url.Values{"password": {pw}}) // want credential-in-url -- url/wrapper-other-package
	_ = lib.Query("https://gw.maplefreight.io/o", url.Values{"state": {pw}})    // ok -- url/wrapper-other-package
}

func userInfo(pw string) {
	_, _ = http.Get("https://ops:" + pw + "@gw.maplefreight.io/") // want credential-in-url -- url/user-info
	_, _ = http.Get("https://ops@gw.maplefreight.io/")            // ok -- url/user-info
}

func sends(to, text string) {
	_, _ = http.Get("https://api.infobip.com/sms/1/text/query?to=" + to + "&text=" + text)                       // want get-message-send -- url/get-send-provider
	_, _ = http.Post("https://api.infobip.com/sms/2/text/advanced", "application/json", strings.NewReader(text)) // ok -- url/post-send
	_, _ = http.Get("https://api.infobip.com/sms/1/reports?limit=" + to)                                         // ok -- url/report-get
	_, _ = http.Get("https://api.infobip.com/account/1/balance")                                                 // ok -- url/get-send-provider
	_, _ = http.Get("https://gw.maplefreight.io/sms/send?to=" + to + "&text=" + text)                            // want get-message-send -- url/get-send-parameters
	_, _ = http.Get("https://gw.maplefreight.io/translate?to=" + to + "&text=" + text)                           // ok -- url/get-send-parameters
}

func digests(secret []byte, to string) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(to))
	sum := hex.EncodeToString(mac.Sum(nil))
	_, _ = http.Get("https://gw.maplefreight.io/d?token=" + sum) // ok -- url/digest-value
	_, _ = http.Get("https://gw.maplefreight.io/d?token=" + to)  // want credential-in-url -- url/digest-value
}

func nearby(pw string) {
	_, _ = http.Get("http://localhost:9000/login?password=" + pw) // ok -- url/loopback-host
}

func restClients(pw string) {
	_, _ = resty.New().R().SetQueryParam("api_key", pw).Get("https://gw.maplefreight.io/r") // want credential-in-url -- url/resty
	_, _ = resty.New().R().SetQueryParam("page", pw).Get("https://gw.maplefreight.io/r")    // ok -- url/resty
}

// keyed is a client of one tenant.
type keyed struct{ r *resty.Client }

func keyedClient(key string) *keyed {
	r := resty.New().SetBaseURL("https://gw.maplefreight.io/r")
	r.SetQueryParam("api_key", key) // want credential-in-url -- url/resty
	return &keyed{r}
}

func (k *keyed) pages(next string) { _, _ = k.r.R().Get(next) }

func pagedClient(page string) *keyed {
	r := resty.New().SetBaseURL("https://gw.maplefreight.io/r")
	r.SetQueryParam("page", page) // ok -- url/resty
	return &keyed{r}
}

func silenced(pw string) {
	//authlint:ignore credential-in-url -- the device speaks nothing else
	_, _ = http.Get("https://gw.maplefreight.io/i?password=" + pw) // ok -- url/ignore
	_, _ = http.Get("https://gw.maplefreight.io/i?password=" + pw) // want credential-in-url -- url/ignore
}
