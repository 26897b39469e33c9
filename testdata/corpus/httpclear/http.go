// Package httpclear joins credentials with the protection of their request.
package httpclear

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"

	"corpus.test/audit/lib"
	"github.com/go-resty/resty/v2"
)

const plainBase = "http://api.maplefreight.io"

var plainURL = "http://api.maplefreight.io/v2"

func arguments(user, pw string) {
	r, _ := http.NewRequest(http.MethodGet, "http://api.maplefreight.io/v1/orders", nil)
	r.SetBasicAuth(user, pw)                                                              // want basic-auth-over-http -- http/argument
	s, _ := http.NewRequest(http.MethodGet, "https://api.maplefreight.io/v1/orders", nil) // ok -- http/argument
	s.SetBasicAuth(user, pw)
	t, _ := http.NewRequest(http.MethodGet, "http://api.maplefreight.io/v1/orders", nil) // ok -- http/argument
	t.Header.Set("Accept", "application/json")
	send(r, s, t)
}

func send(list ...*http.Request) {
	for _, r := range list {
		_, _ = http.DefaultClient.Do(r)
	}
}

func constants(user, pw string) {
	r, _ := http.NewRequest("GET", plainBase, nil)
	r.SetBasicAuth(user, pw)                       // want basic-auth-over-http -- http/const
	s, _ := http.NewRequest("GET", plainBase, nil) // ok -- http/const
	send(r, s)
}

func concatenated(host, user, pw string) {
	r, _ := http.NewRequest("GET", "http://"+host+"/v1/orders", nil)
	r.SetBasicAuth(user, pw)                               // want basic-auth-over-http -- http/unknown-host
	s, _ := http.NewRequest("GET", host+"/v1/orders", nil) // ok -- http/unknown-host
	s.SetBasicAuth(user, pw)
	t, _ := http.NewRequest("GET", plainBase+"/v1/"+user, nil)
	t.SetBasicAuth(user, pw)                                         // want basic-auth-over-http -- http/concatenation
	u, _ := http.NewRequest("GET", "https://"+host+"/v1/"+user, nil) // ok -- http/concatenation
	u.SetBasicAuth(user, pw)
	send(r, s, t, u)
}

func formatted(host, token string) {
	r, _ := http.NewRequest("GET", fmt.Sprintf("http://%s:%d/v1", "gw.maplefreight.io", 8080), nil)
	r.Header.Set("Authorization", "Bearer "+token)                                // want credential-over-http -- http/sprintf
	s, _ := http.NewRequest("GET", fmt.Sprintf("%s://%s/v1", "https", host), nil) // ok -- http/sprintf
	s.Header.Set("Authorization", "Bearer "+token)
	send(r, s)
}

func parts(token string) {
	u := url.URL{Scheme: "http", Host: "gw.maplefreight.io", Path: "/v1"}
	r, _ := http.NewRequest("GET", u.String(), nil)
	r.Header.Set("X-Api-Key", token) // want credential-over-http -- http/url-struct
	v := url.URL{Scheme: "https", Host: "gw.maplefreight.io", Path: "/v1"}
	s, _ := http.NewRequest("GET", v.String(), nil) // ok -- http/url-struct
	s.Header.Set("X-Api-Key", token)
	send(r, s)
}

type plainClient struct {
	base  string
	token string
}

func newPlain(token string) *plainClient {
	return &plainClient{base: "http://gw.maplefreight.io", token: token}
}

func (c *plainClient) get(path string) {
	r, _ := http.NewRequest("GET", c.base+path, nil)
	r.Header.Set("Authorization", "Bearer "+c.token) // want credential-over-http -- http/struct-field
	send(r)
}

type safeClient struct {
	base  string
	token string
}

func newSafe(token string) *safeClient {
	return &safeClient{base: "https://gw.maplefreight.io", token: token}
}

func (c *safeClient) get(path string) {
	r, _ := http.NewRequest("GET", c.base+path, nil) // ok -- http/struct-field
	r.Header.Set("Authorization", "Bearer "+c.token)
	send(r)
}

type assigned struct{ base, token string }

func (a *assigned) setup() { a.base = "http://gw.maplefreight.io" }

func (a *assigned) get() {
	r, _ := http.NewRequest("GET", a.base+"/x", nil)
	r.Header.Set("Authorization", "Bearer "+a.token) // want credential-over-http -- http/field-assignment
	send(r)
}

type assignedSafe struct{ base, token string }

func (a *assignedSafe) setup() { a.base = "https://gw.maplefreight.io" }

func (a *assignedSafe) get() {
	r, _ := http.NewRequest("GET", a.base+"/x", nil) // ok -- http/field-assignment
	r.Header.Set("Authorization", "Bearer "+a.token)
	send(r)
}

func variables(token string) {
	r, _ := http.NewRequest("GET", plainURL, nil)
	r.Header.Set("Authorization", "Bearer "+token) // want credential-over-http -- http/package-variable
	s, _ := http.NewRequest("GET", plainURL, nil)  // ok -- http/package-variable
	send(r, s)
}

func either(secure bool, token string) {
	where := "http://gw.maplefreight.io"
	if token == "" {
		where = "http://gw2.maplefreight.io"
	}
	r, _ := http.NewRequest("GET", where, nil)
	r.Header.Set("Authorization", "Bearer "+token) // want credential-over-http -- http/phi
	other := "https://gw.maplefreight.io"
	if secure {
		other = "https://gw2.maplefreight.io"
	}
	s, _ := http.NewRequest("GET", other, nil) // ok -- http/phi
	s.Header.Set("Authorization", "Bearer "+token)
	send(r, s)
}

func inClosures(token string) {
	get := func(where string) {
		r, _ := http.NewRequest("GET", where, nil)
		r.Header.Set("Authorization", "Bearer "+token)
		send(r)
	}
	get("http://gw.maplefreight.io/closure")  // want credential-over-http -- http/closure
	get("https://gw.maplefreight.io/closure") // ok -- http/closure
}

func authorise(r *http.Request, token string) { r.Header.Set("Authorization", "Bearer "+token) }

func methodValues(user, pw string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/mv", nil)
	set := r.SetBasicAuth
	set(user, pw)                                                        // want basic-auth-over-http -- http/method-value
	s, _ := http.NewRequest("GET", "https://gw.maplefreight.io/mv", nil) // ok -- http/method-value
	safe := s.SetBasicAuth
	safe(user, pw)
	send(r, s)
}

func wrapped(token string) {
	fetch("http://gw.maplefreight.io/w", token)  // want credential-over-http -- http/wrapper
	fetch("https://gw.maplefreight.io/w", token) // ok -- http/wrapper
}

func fetch(where, token string) {
	r, _ := http.NewRequest("GET", where, nil)
	authorise(r, token)
	send(r)
}

func acrossPackages(user, pw, token string) {
	_ = lib.Post("http://gw.maplefreight.io/p", token)         // want credential-over-http -- http/wrapper-other-package
	_ = lib.Post("https://gw.maplefreight.io/p", token)        // ok -- http/wrapper-other-package
	s := lib.NewSession("http://gw.maplefreight.io", user, pw) // want basic-auth-over-http -- http/wrapper-other-package
	_ = s.Fetch("/x")
	t := lib.NewSession("https://gw.maplefreight.io", user, pw)
	_ = t.Fetch("/x") // ok -- http/wrapper-other-package
	r, _ := http.NewRequest("GET", lib.ServiceURL+"/x", nil)
	lib.Login(r, user, pw)                                              // want basic-auth-over-http -- http/helper-sets-auth
	q, _ := http.NewRequest("GET", "https://gw.maplefreight.io/x", nil) // ok -- http/helper-sets-auth
	lib.Login(q, user, pw)
	send(r, q)
}

func schemes(key, token string) {
	r, _ := http.NewRequest("POST", "http://gw.maplefreight.io/h", nil)
	r.Header.Set("Authorization", "App "+key)                            // want credential-over-http -- http/header
	s, _ := http.NewRequest("POST", "https://gw.maplefreight.io/h", nil) // ok -- http/header
	s.Header.Set("Authorization", "App "+key)
	t, _ := http.NewRequest("POST", "http://gw.maplefreight.io/k", nil)
	t.Header["X-Api-Key"] = []string{key}                               // want credential-over-http -- http/api-key-header
	u, _ := http.NewRequest("POST", "http://gw.maplefreight.io/k", nil) // ok -- http/api-key-header
	u.Header.Set("X-Request-Key-Id", "17")
	v, _ := http.NewRequest("POST", "http://gw.maplefreight.io/b", nil)
	v.Header.Add("Authorization", "Bearer "+token)                       // want credential-over-http -- http/bearer
	w, _ := http.NewRequest("POST", "https://gw.maplefreight.io/b", nil) // ok -- http/bearer
	w.Header.Add("Authorization", "Bearer "+token)
	send(r, s, t, u, v, w)
}

func forms(user, pw string) {
	_, _ = http.PostForm("http://gw.maplefreight.io/login", url.Values{"user": {user}, "password": {pw}})  // want credential-over-http -- http/form
	_, _ = http.PostForm("https://gw.maplefreight.io/login", url.Values{"user": {user}, "password": {pw}}) // ok -- http/form
	_, _ = http.PostForm("http://gw.maplefreight.io/search", url.Values{"q": {user}})                      // ok -- http/form
}

func bodies(secret string) {
	form := url.Values{}
	form.Set("grant_type", "client_credentials")
	form.Set("client_secret", secret)
	r, _ := http.NewRequest("POST", "http://auth.maplefreight.io/token", strings.NewReader(form.Encode()))  // want credential-over-http -- http/form
	s, _ := http.NewRequest("POST", "https://auth.maplefreight.io/token", strings.NewReader(form.Encode())) // ok -- http/form
	t, _ := http.NewRequest("POST", "http://auth.maplefreight.io/search", strings.NewReader("q="+secret))   // ok -- http/form
	send(r, s, t)
}

func restClients(user, pw string) {
	c := resty.New().SetBasicAuth(user, pw) // want basic-auth-over-http -- http/client-base-url
	c.SetBaseURL("http://gw.maplefreight.io")
	_, _ = c.R().Get("/orders")
	d := resty.New().SetBasicAuth(user, pw)
	d.SetBaseURL("https://gw.maplefreight.io") // ok -- http/client-base-url
	_, _ = d.R().Get("/orders")
	_, _ = resty.New().R().SetAuthToken(pw).Get("http://gw.maplefreight.io/r")  // want credential-over-http -- http/resty
	_, _ = resty.New().R().SetAuthToken(pw).Get("https://gw.maplefreight.io/r") // ok -- http/resty
}

func fromEnvironment(token string) {
	base := os.Getenv("GATEWAY_URL")
	if base == "" {
		base = "http://gw.maplefreight.io"
	}
	r, _ := http.NewRequest("GET", base+"/e", nil)
	r.Header.Set("Authorization", "Bearer "+token) // want credential-over-http -- http/env-fallback
	safe := os.Getenv("GATEWAY_URL")
	if safe == "" {
		safe = "https://gw.maplefreight.io"
	}
	s, _ := http.NewRequest("GET", safe+"/e", nil) // ok -- http/env-fallback
	s.Header.Set("Authorization", "Bearer "+token)
	send(r, s)
}

func nearby(user, pw string) {
	r, _ := http.NewRequest("GET", "http://localhost:8080/admin", nil) // ok -- http/loopback-host
	r.SetBasicAuth(user, pw)
	s, _ := http.NewRequest("GET", "http://127.0.0.1:8080/admin", nil) // ok -- http/loopback-host
	s.SetBasicAuth(user, pw)
	t, _ := http.NewRequest("GET", "http://localhost.maplefreight.io/admin", nil)
	t.SetBasicAuth(user, pw) // want basic-auth-over-http -- http/loopback-host
	u, _ := http.NewRequest("GET", "http://10.20.30.40/admin", nil)
	u.SetBasicAuth(user, pw)                                         // want basic-auth-over-http -- http/private-host
	v, _ := http.NewRequest("GET", "https://10.20.30.40/admin", nil) // ok -- http/private-host
	v.SetBasicAuth(user, pw)
	send(r, s, t, u, v)
}

func served(user, pw string) {
	srv := httptest.NewServer(nil)
	r, _ := http.NewRequest("GET", srv.URL+"/x", nil) // ok -- http/test-server
	r.SetBasicAuth(user, pw)
	send(r)
}

func byMode(secure bool, token string) {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	r, _ := http.NewRequest("GET", scheme+"://gw.maplefreight.io/c", nil) // ok -- http/conditional
	r.Header.Set("Accept", "text/plain")
	t, _ := http.NewRequest("GET", scheme+"://gw.maplefreight.io/c", nil)
	t.Header.Set("Authorization", "Bearer "+token)                      // want credential-over-http -- http/conditional
	u, _ := http.NewRequest("GET", "https://gw.maplefreight.io/c", nil) // ok -- http/conditional
	u.Header.Set("Authorization", "Token ")
	send(r, t, u)
}

func messages(to, text string) {
	body := strings.NewReader(`{"to":"` + to + `","text":"` + text + `"}`)
	_, _ = http.Post("http://api.infobip.com/sms/2/text/advanced", "application/json", body)                  // want message-over-http -- http/message-send
	_, _ = http.Post("https://api.infobip.com/sms/2/text/advanced", "application/json", bytes.NewReader(nil)) // ok -- http/message-send
}

func silenced(user, pw string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/tunnel", nil)
	//authlint:ignore basic-auth-over-http -- a tunnel protects this host
	r.SetBasicAuth(user, pw) // ok -- http/ignore
	s, _ := http.NewRequest("GET", "http://gw.maplefreight.io/tunnel", nil)
	s.SetBasicAuth(user, pw) // want basic-auth-over-http -- http/ignore
	send(r, s)
}
