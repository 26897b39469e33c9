package lib

import (
	"net/http"
	"net/url"
	"strings"
)

// SignIn posts a user and a password.
func SignIn(endpoint, user, password string) (*http.Response, error) {
	form := url.Values{"username": {user}, "password": {password}}
	r, err := http.NewRequest(http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return http.DefaultClient.Do(r)
}
