package lib

import "net/http"

// BasicTransport logs in with every request.
type BasicTransport struct {
	User, Password string
	Base           http.RoundTripper
}

// RoundTrip sends a copy of the request that carries the login.
func (t *BasicTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	r := req.Clone(req.Context())
	r.SetBasicAuth(t.User, t.Password)
	return t.base().RoundTrip(r)
}

func (t *BasicTransport) base() http.RoundTripper {
	if t.Base != nil {
		return t.Base
	}
	return http.DefaultTransport
}

// Client returns a client whose requests carry the login.
func (t *BasicTransport) Client() *http.Client { return &http.Client{Transport: t} }

// TripFunc makes a round tripper of a function.
type TripFunc func(*http.Request) (*http.Response, error)

// RoundTrip calls the function.
func (f TripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Signed returns a round tripper that adds a token.
func Signed(token string, next http.RoundTripper) http.RoundTripper {
	return TripFunc(func(r *http.Request) (*http.Response, error) {
		r.Header.Set("Authorization", "Bearer "+token)
		return next.RoundTrip(r)
	})
}

// Named returns a round tripper that says who asks.
func Named(agent string, next http.RoundTripper) http.RoundTripper {
	return TripFunc(func(r *http.Request) (*http.Response, error) {
		r.Header.Set("User-Agent", agent)
		return next.RoundTrip(r)
	})
}

// SignedClient returns a client whose requests carry a token.
func SignedClient(token string) *http.Client {
	return &http.Client{Transport: Signed(token, http.DefaultTransport)}
}

// Basic returns an editor that adds a login.
func Basic(user, password string) func(*http.Request) error {
	return func(r *http.Request) error {
		r.SetBasicAuth(user, password)
		return nil
	}
}
