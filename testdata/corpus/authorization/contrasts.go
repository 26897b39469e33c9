package authorization

import "net/http"

func schemes(r *http.Request, token string) {
	r.Header.Set("Authorization", "baerer "+token) // want malformed-authorization -- authorization/other-scheme
}

// TestHeader is what a button of the settings does.
func TestHeader(r *http.Request, token string) {
	r.Header.Set("Authorization", "Barer "+token) // want malformed-authorization -- authorization/test-file
}
