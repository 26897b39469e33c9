// Package timed keeps tokens for a time of its own.
package timed

import (
	"encoding/json"
	"net/http"
	"net/url"
	"sync"
	"time"
)

type answer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

func fetch(form url.Values, into any) error {
	r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", form)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	return json.NewDecoder(r.Body).Decode(into)
}

type fixed struct {
	form  url.Values
	token string
	until time.Time
}

func (f *fixed) bearer() (string, error) {
	if f.token != "" && time.Now().Before(f.until) {
		return f.token, nil
	}
	var a answer
	if err := fetch(f.form, &a); err != nil {
		return "", err
	}
	f.token = a.AccessToken
	f.until = time.Now().Add(48 * time.Hour) // want token-expiry-ignored -- token/kept-fixed
	return f.token, nil
}

type told struct {
	form  url.Values
	token string
	until time.Time
}

func (t *told) bearer() (string, error) {
	if t.token != "" && time.Now().Before(t.until) {
		return t.token, nil
	}
	var a answer
	if err := fetch(t.form, &a); err != nil {
		return "", err
	}
	t.token = a.AccessToken
	t.until = time.Now().Add(time.Duration(a.ExpiresIn) * time.Second) // ok -- token/kept-fixed
	return t.token, nil
}

// once forgets what its neighbours heed.
type once struct {
	form  url.Values
	once  sync.Once
	token string
}

func (o *once) bearer() string {
	o.once.Do(func() {
		var a struct {
			AccessToken string `json:"access_token"`
		}
		if fetch(o.form, &a) == nil {
			o.token = a.AccessToken // want token-expiry-ignored -- token/kept-beside
		}
	})
	return o.token
}

type refused struct {
	form  url.Values
	token string
}

func (r *refused) bearer() string {
	if r.token == "" {
		var a answer
		if fetch(r.form, &a) == nil {
			r.token = a.AccessToken // ok -- token/kept-beside
		}
	}
	return r.token
}

func (r *refused) get(address string) (*http.Response, error) {
	response, err := http.Get(address)
	if err == nil && response.StatusCode == http.StatusUnauthorized {
		r.token = ""
	}
	return response, err
}

// session logs in where the answer calls its token only that.
type session struct{ token, page string }

func (s *session) open() error {
	if s.token != "" {
		return nil
	}
	r, err := http.Post("https://api.maplefreight.io/auth/1/session", "application/json", nil)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	s.token = a.Token // want token-expiry-ignored -- token/kept-session
	return nil
}

func (s *session) next() error {
	if s.page != "" {
		return nil
	}
	r, err := http.Get("https://api.maplefreight.io/reports/list")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	s.page = a.Token // ok -- token/kept-session
	return nil
}
