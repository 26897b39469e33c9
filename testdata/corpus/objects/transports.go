// Package objects builds requests and clients in many ways.
package objects

import (
	"net/http"

	"corpus.test/audit/lib"
)

type tokenTransport struct {
	token string
	next  http.RoundTripper
}

func (t *tokenTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+t.token)
	return t.next.RoundTrip(r)
}

type agentTransport struct{ next http.RoundTripper }

func (t agentTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", "courier")
	return t.next.RoundTrip(r)
}

type tracedTransport struct {
	http.RoundTripper
	calls int
}

func transports(token string) {
	c := &http.Client{Transport: &tokenTransport{token, http.DefaultTransport}}
	_, _ = c.Get("http://gw.maplefreight.io/a")  // want credential-over-http -- objects/round-tripper
	_, _ = c.Get("https://gw.maplefreight.io/a") // ok -- objects/round-tripper
	d := &http.Client{Transport: agentTransport{http.DefaultTransport}}
	_, _ = d.Get("http://gw.maplefreight.io/a") // ok -- objects/round-tripper
	e := &http.Client{Transport: agentTransport{&tokenTransport{token, http.DefaultTransport}}}
	_, _ = e.Get("http://gw.maplefreight.io/a") // want credential-over-http -- objects/round-tripper-wrapped
	f := &http.Client{Transport: agentTransport{next: agentTransport{}}}
	_, _ = f.Get("http://gw.maplefreight.io/a") // ok -- objects/round-tripper-wrapped
	g := &http.Client{Transport: &tracedTransport{RoundTripper: &tokenTransport{token: token}}}
	_, _ = g.Get("http://gw.maplefreight.io/a") // want credential-over-http -- objects/round-tripper-embedded
	h := &http.Client{Transport: &tracedTransport{RoundTripper: http.DefaultTransport}}
	_, _ = h.Get("http://gw.maplefreight.io/a") // ok -- objects/round-tripper-embedded
}

func transportsElsewhere(user, pw, token string) {
	c := &http.Client{Transport: &lib.BasicTransport{User: user, Password: pw}}
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/x", nil) // want basic-auth-over-http -- objects/round-tripper-other-package
	_, _ = c.Do(r)
	d := (&lib.BasicTransport{User: user, Password: pw}).Client()
	s, _ := http.NewRequest("GET", "http://gw.maplefreight.io/x", nil) // want basic-auth-over-http -- objects/round-tripper-other-package
	_, _ = d.Do(s)
	t, _ := http.NewRequest("GET", "http://gw.maplefreight.io/x", nil) // ok -- objects/round-tripper-other-package
	_, _ = http.DefaultClient.Do(t)
	e := &http.Client{Transport: lib.Signed(token, nil)}
	_, _ = e.Get("http://gw.maplefreight.io/y") // want credential-over-http -- objects/round-tripper-func
	f := &http.Client{Transport: lib.Named("courier", nil)}
	_, _ = f.Get("http://gw.maplefreight.io/y") // ok -- objects/round-tripper-func
	g := lib.SignedClient(token)
	_, _ = g.Get("http://gw.maplefreight.io/y")  // want credential-over-http -- objects/round-tripper-func
	_, _ = g.Get("https://gw.maplefreight.io/y") // ok -- objects/round-tripper-func
	h := http.Client{}
	h.Transport = lib.TripFunc(func(r *http.Request) (*http.Response, error) {
		r.Header.Set("X-Api-Key", token)
		return http.DefaultTransport.RoundTrip(r)
	})
	_, _ = h.Get("http://gw.maplefreight.io/z") // want credential-over-http -- objects/round-tripper-func
}

type registry struct {
	client *http.Client
	base   string
}

func newRegistry(token string) *registry {
	return &registry{client: &http.Client{Transport: &tokenTransport{token: token}}, base: "http://gw.maplefreight.io"}
}

func (a *registry) get(path string) {
	r, _ := http.NewRequest("GET", a.base+path, nil) // want credential-over-http -- objects/client-in-field
	_, _ = a.client.Do(r)
}

type safeRegistry struct {
	client *http.Client
	base   string
}

func newSafeRegistry(token string) *safeRegistry {
	return &safeRegistry{client: &http.Client{Transport: &tokenTransport{token: token}}, base: "https://gw.maplefreight.io"}
}

func (a *safeRegistry) get(path string) {
	r, _ := http.NewRequest("GET", a.base+path, nil) // ok -- objects/client-in-field
	_, _ = a.client.Do(r)
}

type editor func(*http.Request) error

type edited struct {
	base    string
	editors []editor
}

func (g *edited) get(path string) error {
	r, err := http.NewRequest("GET", g.base+path, nil)
	if err != nil {
		return err
	}
	for _, edit := range g.editors {
		if err := edit(r); err != nil { // want credential-over-http -- objects/request-editor-field
			return err
		}
	}
	_, err = http.DefaultClient.Do(r)
	return err
}

func newEdited(token string) *edited {
	return &edited{base: "http://gw.maplefreight.io", editors: []editor{func(r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}}}
}

type retagged struct {
	base    string
	editors []editor
}

func (g *retagged) get(path string) {
	r, _ := http.NewRequest("GET", g.base+path, nil) // ok -- objects/request-editor-field
	for _, edit := range g.editors {
		_ = edit(r)
	}
	_, _ = http.DefaultClient.Do(r)
}

func newRetagged(tag string) *retagged {
	return &retagged{base: "http://gw.maplefreight.io", editors: []editor{func(r *http.Request) error {
		r.Header.Set("X-Tag", tag)
		return nil
	}}}
}

func sendEdited(where string, edits ...func(*http.Request) error) {
	r, _ := http.NewRequest("GET", where, nil)
	for _, edit := range edits {
		_ = edit(r)
	}
	_, _ = http.DefaultClient.Do(r)
}

func accept(r *http.Request) error {
	r.Header.Set("Accept", "application/json")
	return nil
}

type signer struct{ key string }

func (s *signer) sign(r *http.Request) error {
	r.Header.Set("X-Api-Key", s.key)
	return nil
}

func editors(token string) {
	sign := &signer{token}
	sendEdited("http://gw.maplefreight.io", accept, lib.Basic("ops", token))  // want basic-auth-over-http -- objects/request-editor
	sendEdited("https://gw.maplefreight.io", accept, lib.Basic("ops", token)) // ok -- objects/request-editor
	sendEdited("http://gw.maplefreight.io", accept)                           // ok -- objects/request-editor
	sendEdited("http://gw.maplefreight.io")                                   // ok -- objects/request-editor
	sendEdited("http://gw.maplefreight.io", sign.sign)                        // want credential-over-http -- objects/request-editor
	call := func(edit func(*http.Request), where string) {
		r, _ := http.NewRequest("GET", where, nil)
		edit(r)
		_, _ = http.DefaultClient.Do(r)
	}
	call(func(r *http.Request) { r.SetBasicAuth("ops", token) }, "http://gw.maplefreight.io")  // want basic-auth-over-http -- objects/request-editor
	call(func(r *http.Request) { r.SetBasicAuth("ops", token) }, "https://gw.maplefreight.io") // ok -- objects/request-editor
}
