package httpclear

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
)

// relay is a test server that hands on what it is asked.
func relay(user, pw string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, _ := http.NewRequest(r.Method, "http://gw.maplefreight.io"+r.URL.Path, nil)
		s.SetBasicAuth(user, pw) // want basic-auth-over-http -- http/test-server
		send(s)
	}))
}

func socket(token string) {
	c := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", "/run/gateway.sock")
	}}}
	r, _ := http.NewRequest("GET", "http://unix/v1.41/containers/json", nil) // ok -- http/unix-scheme
	r.Header.Set("Authorization", "Bearer "+token)
	_, _ = c.Do(r)
	s, _ := http.NewRequest("GET", "http+unix://%2Frun%2Fgateway.sock/v1.41/info", nil) // ok -- http/unix-scheme
	s.Header.Set("Authorization", "Bearer "+token)
	t, _ := http.NewRequest("GET", "http://unix.maplefreight.io/v1.41/info", nil)
	t.Header.Set("Authorization", "Bearer "+token) // want credential-over-http -- http/unix-scheme
	send(s, t)
}

// TestLogin is what a button of the settings does.
func TestLogin(user, pw string) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/ping", nil)
	r.SetBasicAuth(user, pw) // want basic-auth-over-http -- http/test-file
	send(r)
}
