package objects

import (
	"net/http"
	"net/http/httputil"
	"net/url"

	"corpus.test/audit/lib"
)

func gateway(target, token string) *httputil.ReverseProxy {
	u, _ := url.Parse(target)
	p := httputil.NewSingleHostReverseProxy(u)
	direct := p.Director
	p.Director = func(r *http.Request) {
		direct(r)
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return p
}

func gateways(token string) []*httputil.ReverseProxy {
	return []*httputil.ReverseProxy{
		gateway("http://backend.maplefreight.io", token),  // want credential-over-http -- objects/reverse-proxy
		gateway("https://backend.maplefreight.io", token), // ok -- objects/reverse-proxy
		gateway("http://127.0.0.1:8080", token),           // ok -- objects/reverse-proxy
	}
}

func signIns(user, pw string) {
	_, _ = lib.SignIn("http://login.maplefreight.io/session", user, pw)  // want credential-over-http -- objects/made-in-steps
	_, _ = lib.SignIn("https://login.maplefreight.io/session", user, pw) // ok -- objects/made-in-steps
}
