package scheme

import "net/http"

func headers(r *http.Request, token string) {
	r.Header.Set("Authorization", "Barear "+token) // want `has the scheme "Barear"`
	r.Header.Set("Authorization", "Bearer "+token)
}
