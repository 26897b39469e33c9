package token

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tides asks several servers for their tides.
type tides struct {
	tokens  map[string]string
	whole   tideAnswer
	careful tideAnswer
	cache   *redis.Client
}

// tideAnswer is what a server answers to a login.
type tideAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

// shortAnswer leaves the rest out.
type shortAnswer struct {
	AccessToken string `json:"access_token"`
}

func (t *tides) ask(out any) error {
	r, err := http.PostForm("https://tides.example.com/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_secret": {os.Getenv("TIDES_SECRET")}})
	if err != nil {
		return err
	}
	defer r.Body.Close()
	return json.NewDecoder(r.Body).Decode(out)
}

func (t *tides) byName(name string) (string, error) {
	if known, ok := t.tokens[name]; ok {
		return known, nil
	}
	var a shortAnswer
	if err := t.ask(&a); err != nil {
		return "", err
	}
	t.tokens[name] = a.AccessToken // want token-expiry-ignored -- token/kept-entry
	return a.AccessToken, nil
}

// harbours has tokens that are taken out again.
type harbours struct{ tokens map[string]string }

func (h *harbours) byName(t *tides, name string) (string, error) {
	if known, ok := h.tokens[name]; ok {
		return known, nil
	}
	var a shortAnswer
	if err := t.ask(&a); err != nil {
		return "", err
	}
	h.tokens[name] = a.AccessToken // ok -- token/kept-entry
	return a.AccessToken, nil
}

func (h *harbours) forget(name string) { delete(h.tokens, name) }

func (t *tides) answer() (string, error) {
	if t.whole.AccessToken != "" {
		return t.whole.AccessToken, nil
	}
	r, err := http.Get("https://tides.example.com/oauth/token")
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	err = json.NewDecoder(r.Body).Decode(&t.whole) // want token-expiry-ignored -- token/kept-whole
	return t.whole.AccessToken, err
}

func (t *tides) answerInTime(asked time.Time) (string, error) {
	if t.careful.AccessToken != "" && time.Since(asked) < time.Duration(t.careful.ExpiresIn)*time.Second {
		return t.careful.AccessToken, nil
	}
	r, err := http.Get("https://tides.example.com/oauth/token")
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	err = json.NewDecoder(r.Body).Decode(&t.careful) // ok -- token/kept-whole
	return t.careful.AccessToken, err
}

// gauge logs in and sends its readings.
type gauge struct{ bearer string }

func (g *gauge) login(t *tides) error {
	r, err := http.Get("https://tides.example.com/oauth/token")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a struct {
		AccessToken string `json:"access_token"`
		Lasts       int    `json:"expires_in"`
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	g.bearer = a.AccessToken // want token-expiry-ignored -- token/kept-login
	return nil
}

func (g *gauge) send(r *http.Request) { r.Header.Set("Authorization", "Bearer "+g.bearer) }

// buoy logs in for each reading.
type buoy struct{ bearer string }

func (b *buoy) login() error {
	r, err := http.Get("https://tides.example.com/oauth/token")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a struct {
		AccessToken string `json:"access_token"`
		Lasts       int    `json:"expires_in"`
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	b.bearer = a.AccessToken // ok -- token/kept-login
	return nil
}

func (b *buoy) send(r *http.Request) error {
	if err := b.login(); err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+b.bearer)
	return nil
}

func (t *tides) cached(ctx context.Context) (string, error) {
	m := map[string]any{}
	if err := t.ask(&m); err != nil {
		return "", err
	}
	s, _ := m["access_token"].(string)
	t.cache.Set(ctx, "tides", s, 0) // want token-expiry-ignored -- token/kept-store
	return s, nil
}

func (t *tides) cachedInTime(ctx context.Context) (string, error) {
	m := map[string]any{}
	if err := t.ask(&m); err != nil {
		return "", err
	}
	s, _ := m["access_token"].(string)
	seconds, _ := m["expires_in"].(float64)
	t.cache.Set(ctx, "tides", s, time.Duration(seconds)*time.Second) // ok -- token/kept-store
	return s, nil
}

func fixedClient(ctx context.Context, c *clientcredentials.Config) (*http.Client, error) {
	t, err := c.Token(ctx)
	if err != nil {
		return nil, err
	}
	return oauth2.NewClient(ctx, oauth2.StaticTokenSource(t)), nil // want token-expiry-ignored -- token/kept-static
}

func oneAnswer(ctx context.Context, c *clientcredentials.Config) (*http.Response, error) {
	t, err := c.Token(ctx)
	if err != nil {
		return nil, err
	}
	client := oauth2.NewClient(ctx, oauth2.StaticTokenSource(t)) // ok -- token/kept-static
	return client.Get("https://tides.example.com/me")
}

func personalClient(ctx context.Context, personal string) *http.Client {
	return oauth2.NewClient(ctx, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: personal})) // ok -- token/kept-static
}

func rebuilt(ctx context.Context, c *oauth2.Config, stored string) *http.Client {
	return c.Client(ctx, &oauth2.Token{AccessToken: stored}) // want token-expiry-ignored -- token/kept-bare
}

func rebuiltWhole(ctx context.Context, c *oauth2.Config, stored, refresh string) *http.Client {
	return c.Client(ctx, &oauth2.Token{AccessToken: stored, RefreshToken: refresh}) // ok -- token/kept-bare
}

type grantAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

func pinnedAnswer(ctx context.Context, endpoint string, form url.Values) (*http.Client, error) {
	response, err := http.PostForm(endpoint, form)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var a grantAnswer
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		return nil, err
	}
	return oauth2.NewClient(ctx, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: a.AccessToken})), nil // want token-expiry-ignored -- token/kept-static
}

func pinnedOnce(ctx context.Context, endpoint string, form url.Values) (*http.Response, error) {
	response, err := http.PostForm(endpoint, form)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var a grantAnswer
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		return nil, err
	}
	client := oauth2.NewClient(ctx, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: a.AccessToken})) // ok -- token/kept-static
	return client.Get("https://tides.example.com/me")
}
