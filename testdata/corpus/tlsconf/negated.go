package tlsconf

import (
	"crypto/tls"
	"net/http"
)

// verifying asks for the opposite of what the field says.
func verifying(verify bool) *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: !verify},
	}}
}

// lenient turns the word round once more.
func lenient(insecure bool) *http.Client { return verifying(!insecure) }

type checks struct{ Verify bool }

func (c checks) client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: !c.Verify},
	}}
}

func negated() []*http.Client {
	return []*http.Client{
		verifying(true),               // ok -- tls/negated
		verifying(false),              // want tls-verify-off -- tls/negated
		lenient(true),                 // want tls-verify-off -- tls/negated
		lenient(false),                // ok -- tls/negated
		checks{Verify: true}.client(), // ok -- tls/negated
	}
}

func negatedByFlag(f flags) *http.Client {
	return verifying(!f.Insecure) // ok -- tls/negated
}
