// Package cached keeps access tokens and forgets when they expire.
package cached

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"sync"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

type answer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
}

func fetch(form url.Values) (*answer, error) {
	r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", form)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	a := &answer{}
	return a, json.NewDecoder(r.Body).Decode(a)
}

func fetchText(form url.Values) (string, error) {
	a, err := fetch(form)
	if err != nil {
		return "", err
	}
	return a.AccessToken, nil
}

type guarded struct {
	form  url.Values
	token string
}

func (g *guarded) bearer() (string, error) {
	if g.token != "" {
		return "Bearer " + g.token, nil
	}
	a, err := fetch(g.form)
	if err != nil {
		return "", err
	}
	g.token = a.AccessToken // want token-expiry-ignored -- token/kept-guard
	return "Bearer " + g.token, nil
}

type viaText struct {
	form   url.Values
	header string
}

func (v *viaText) bearer() string {
	if len(v.header) == 0 {
		text, _ := fetchText(v.form)
		v.header = "Bearer " + text // want token-expiry-ignored -- token/kept-wrapper
	}
	return v.header
}

type perRequest struct{ form url.Values }

func (p *perRequest) get(address string) (*http.Response, error) {
	text, err := fetchText(p.form)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+text) // ok -- token/kept-wrapper
	return http.DefaultClient.Do(r)
}

type constructed struct {
	token string
}

func newConstructed(form url.Values) (*constructed, error) {
	a, err := fetch(form)
	if err != nil {
		return nil, err
	}
	return &constructed{token: a.AccessToken}, nil // want token-expiry-ignored -- token/kept-constructor
}

type session struct {
	User, Token string
}

func login(user string, form url.Values) (*session, error) {
	a, err := fetch(form)
	if err != nil {
		return nil, err
	}
	return &session{User: user, Token: a.AccessToken}, nil // ok -- token/kept-constructor
}

var (
	once   sync.Once
	shared string
)

func sharedToken(form url.Values) string {
	once.Do(func() {
		shared, _ = fetchText(form) // want token-expiry-ignored -- token/kept-once
	})
	return shared
}

var (
	typeOnce  sync.Once
	tokenType string
)

func typeOfTokens(form url.Values) string {
	typeOnce.Do(func() {
		if a, err := fetch(form); err == nil {
			tokenType = a.TokenType // ok -- token/kept-once
		}
	})
	return tokenType
}

var current string

func refreshCurrent(form url.Values) {
	a, err := fetch(form)
	if err != nil {
		return
	}
	current = a.AccessToken // want token-expiry-ignored -- token/kept-variable
}

var lastType string

func noteType(form url.Values) {
	if a, err := fetch(form); err == nil {
		lastType = a.TokenType // ok -- token/kept-variable
	}
}

type emptied struct {
	form  url.Values
	token string
}

func (e *emptied) bearer() string {
	if e.token == "" {
		e.token, _ = fetchText(e.form) // ok -- token/kept-guard
	}
	return e.token
}

func (e *emptied) forget() { e.token = "" }

type fromMap struct {
	token string
}

func (f *fromMap) bearer() string {
	if f.token == "" {
		r, err := http.Get("https://auth.maplefreight.io/oauth2/token")
		if err != nil {
			return ""
		}
		defer r.Body.Close()
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return ""
		}
		var m map[string]any
		if err := json.Unmarshal(data, &m); err != nil {
			return ""
		}
		f.token, _ = m["access_token"].(string) // want token-expiry-ignored -- token/kept-map
	}
	return f.token
}

type otherMap struct {
	scope string
}

func (o *otherMap) get(m map[string]any) string {
	if o.scope == "" {
		o.scope, _ = m["scope"].(string) // ok -- token/kept-map
	}
	return o.scope
}

type library struct {
	config clientcredentials.Config
	token  string
	whole  *oauth2.Token
	source oauth2.TokenSource
}

func (l *library) bearer(ctx context.Context) (string, error) {
	if l.token == "" {
		t, err := l.config.Token(ctx)
		if err != nil {
			return "", err
		}
		l.token = t.AccessToken // want token-expiry-ignored -- token/kept-library
	}
	return l.token, nil
}

func (l *library) bearerOfWhole(ctx context.Context) (string, error) {
	if l.whole == nil {
		t, err := l.config.Token(ctx)
		if err != nil {
			return "", err
		}
		l.whole = t // want token-expiry-ignored -- token/kept-library
	}
	return l.whole.AccessToken, nil
}

func (l *library) bearerOfSource(ctx context.Context) (string, error) {
	if l.source == nil {
		l.source = l.config.TokenSource(ctx) // ok -- token/kept-library
	}
	t, err := l.source.Token()
	if err != nil {
		return "", err
	}
	return t.AccessToken, nil
}
