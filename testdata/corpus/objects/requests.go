package objects

import (
	"net/http"
	"net/url"

	"corpus.test/audit/lib"
)

func literals(pw string) {
	r := &http.Request{
		Method: "GET",
		URL:    &url.URL{Scheme: "http", Host: "gw.maplefreight.io", Path: "/x"},
		Header: http.Header{"Authorization": {"Bearer " + pw}}, // want credential-over-http -- objects/request-literal
	}
	_, _ = http.DefaultClient.Do(r)
	s := &http.Request{ // ok -- objects/request-literal
		Method: "GET",
		URL:    &url.URL{Scheme: "https", Host: "gw.maplefreight.io", Path: "/x"},
		Header: http.Header{"Authorization": {"Bearer " + pw}},
	}
	_, _ = http.DefaultClient.Do(s)
	h := http.Header{}
	h.Set("X-Api-Key", pw) // want credential-over-http -- objects/request-literal
	u, _ := url.Parse("http://gw.maplefreight.io")
	t := http.Request{Method: "POST", URL: u, Header: h}
	_, _ = http.DefaultClient.Do(&t)
}

func copies(pw string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/c", nil)
	s := r.Clone(r.Context())
	s.SetBasicAuth("ops", pw) // want basic-auth-over-http -- objects/request-clone
	_, _ = http.DefaultClient.Do(s)
	t, _ := http.NewRequest("GET", "http://gw.maplefreight.io/c", nil) // ok -- objects/request-clone
	t = t.WithContext(t.Context())
	_, _ = http.DefaultClient.Do(t)
	base := url.URL{Scheme: "http", Host: "gw.maplefreight.io"}
	safe := base
	safe.Scheme = "https"
	v, _ := http.NewRequest("GET", safe.String(), nil) // ok -- objects/url-copy
	v.SetBasicAuth("ops", pw)
	open := base
	open.Path = "/c"
	w, _ := http.NewRequest("GET", open.String(), nil)
	w.SetBasicAuth("ops", pw) // want basic-auth-over-http -- objects/url-copy
	_, _ = http.DefaultClient.Do(v)
	_, _ = http.DefaultClient.Do(w)
}

func headers(pw, id string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil)
	h := r.Header
	h.Set("Authorization", "Bearer "+pw) // want credential-over-http -- objects/header-variable
	s, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil)
	for k, v := range map[string]string{"Accept": "text/plain", "X-Api-Key": pw} { // want credential-over-http -- objects/header-loop
		s.Header.Set(k, v)
	}
	t, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil) // ok -- objects/header-loop
	for k, v := range map[string]string{"Accept": "text/plain", "X-Request-Id": id} {
		t.Header.Set(k, v)
	}
	u, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil)
	u.Header = newHeader(pw) // want credential-over-http -- objects/header-variable
	v, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil)
	setAll(v, map[string]string{"Authorization": "Bearer " + pw})      // want credential-over-http -- objects/header-loop
	w, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil) // ok -- objects/header-loop
	setAll(w, map[string]string{"X-Trace": id})
	x, _ := http.NewRequest("GET", "http://gw.maplefreight.io/h", nil) // ok -- objects/header-variable
	x.Header = http.Header{"Accept": {"text/plain"}}
	for _, req := range []*http.Request{r, s, t, u, v, w, x} {
		_, _ = http.DefaultClient.Do(req)
	}
}

func newHeader(pw string) http.Header {
	h := make(http.Header)
	h.Add("Authorization", "Bearer "+pw)
	return h
}

func setAll(r *http.Request, list map[string]string) {
	for k, v := range list {
		r.Header.Set(k, v)
	}
}

func afterwards(pw string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/late", nil) // ok -- objects/after-sending
	_, _ = http.DefaultClient.Do(r)
	r.SetBasicAuth("ops", pw)
	s, _ := http.NewRequest("GET", "http://gw.maplefreight.io/late", nil)
	for range 2 {
		_, _ = http.DefaultClient.Do(s)
		s.SetBasicAuth("ops", pw) // want basic-auth-over-http -- objects/after-sending
	}
}

type staged struct{ req *http.Request }

func (s *staged) prepare() {
	s.req, _ = http.NewRequest("GET", "http://gw.maplefreight.io/staged", nil)
}

func (s *staged) sign(pw string) { s.req.SetBasicAuth("ops", pw) } // want basic-auth-over-http -- objects/made-in-methods

func (s *staged) send() { _, _ = http.DefaultClient.Do(s.req) }

type unsigned struct{ req *http.Request }

func (s *unsigned) prepare() {
	s.req, _ = http.NewRequest("GET", "http://gw.maplefreight.io/staged", nil) // ok -- objects/made-in-methods
}

func (s *unsigned) send() { _, _ = http.DefaultClient.Do(s.req) }

func together(pw string) {
	a, _ := http.NewRequest("GET", "http://gw.maplefreight.io/a", nil)
	b, _ := http.NewRequest("GET", "https://gw.maplefreight.io/a", nil) // ok -- objects/in-list
	for _, r := range []*http.Request{a, b} {
		r.SetBasicAuth("ops", pw) // want basic-auth-over-http -- objects/in-list
		_, _ = http.DefaultClient.Do(r)
	}
	queue := make(chan *http.Request, 2)
	c, _ := http.NewRequest("GET", "http://gw.maplefreight.io/a", nil)
	queue <- c
	d := <-queue
	d.SetBasicAuth("ops", pw) // want basic-auth-over-http -- objects/in-channel
	_, _ = http.DefaultClient.Do(d)
	open := make(chan *http.Request, 2)
	e, _ := http.NewRequest("GET", "http://gw.maplefreight.io/a", nil) // ok -- objects/in-channel
	open <- e
	_, _ = http.DefaultClient.Do(<-open)
}

type fetcher interface{ Fetch(path string) error }

func throughInterfaces(pw string) {
	var f fetcher = lib.NewSession("http://gw.maplefreight.io", "ops", pw) // want basic-auth-over-http -- objects/interface-value
	_ = f.Fetch("/x")
	var g fetcher = lib.NewSession("https://gw.maplefreight.io", "ops", pw)
	_ = g.Fetch("/x") // ok -- objects/interface-value
}
