// Package written sends requests by what several objects make together.
package written

import (
	"context"
	"net/http"
	"net/url"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/go-resty/resty/v2"
	"github.com/google/go-github/v72/github"
	"github.com/gorilla/websocket"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/infobip/infobip-api-go-client/v2"
	"github.com/levigross/grequests"
	"github.com/sendgrid/rest"
	"github.com/valyala/fasthttp"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// signing adds a token to each request.
type signing struct {
	token string
	next  http.RoundTripper
}

// RoundTrip sends a request with the token.
func (s *signing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+s.token)
	return s.next.RoundTrip(r)
}

func restyTransport(token string) {
	c := resty.New().SetTransport(&signing{token, http.DefaultTransport})
	c.R().Post("http://api.maplefreight.io/v1") // want credential-over-http
}

func restyTransportSafely(token string) {
	c := resty.New().SetTransport(&signing{token, http.DefaultTransport})
	c.R().Post("https://api.maplefreight.io/v1") // ok
}

func restyFields(password string) {
	c := resty.New()
	c.FormData = url.Values{"password": {password}}
	c.R().Post("http://portal.maplefreight.io/login") // want credential-over-http
	d := resty.New()
	d.QueryParam = url.Values{"api_key": {password}}
	d.R().Post("https://portal.maplefreight.io/login") // want credential-in-url
}

func restyFieldsSafely(password string) {
	c := resty.New()
	c.FormData = url.Values{"password": {password}}
	c.R().Post("https://portal.maplefreight.io/login") // ok
	d := resty.New()
	d.QueryParam = url.Values{"page": {password}}
	d.R().Post("https://portal.maplefreight.io/login") // ok
}

func restyHeader(token string) {
	c := resty.New().SetAuthToken(token)
	c.HeaderAuthorizationKey = "X-Portal-Authorization"
	c.R().Post("http://api.maplefreight.io/v1") // want credential-over-http
}

func restyHeaderSafely(token string) {
	c := resty.New().SetAuthToken(token)
	c.HeaderAuthorizationKey = "X-Portal-Authorization"
	c.R().Post("https://api.maplefreight.io/v1") // ok
}

func retried(token string) {
	r, _ := http.NewRequest("POST", "http://api.maplefreight.io/v1", nil) // want credential-over-http
	r.Header.Set("Authorization", "Bearer "+token)
	req, _ := retryablehttp.FromRequest(r)
	retryablehttp.NewClient().Do(req.WithContext(context.Background()))
}

func retriedSafely(token string) {
	r, _ := http.NewRequest("POST", "https://api.maplefreight.io/v1", nil) // ok
	r.Header.Set("Authorization", "Bearer "+token)
	req, _ := retryablehttp.FromRequest(r)
	retryablehttp.NewClient().Do(req.WithContext(context.Background()))
}

func retriedInside(password string) {
	r, _ := retryablehttp.NewRequest("POST", "http://api.maplefreight.io/v1", nil) // want basic-auth-over-http
	r.Request.SetBasicAuth("svc-mail", password)
	retryablehttp.NewClient().Do(r)
}

func retriedInsideSafely(password string) {
	r, _ := retryablehttp.NewRequest("POST", "https://api.maplefreight.io/v1", nil) // ok
	r.Request.SetBasicAuth("svc-mail", password)
	retryablehttp.NewClient().Do(r)
}

func sent(token string) {
	rest.Send(rest.Request{
		Method:  "POST",
		BaseURL: "http://api.maplefreight.io/v1", // want credential-over-http
		Headers: map[string]string{"Authorization": "Bearer " + token},
	})
	rest.API(rest.Request{
		Method:  "POST",
		BaseURL: "http://api.maplefreight.io/v2", // want credential-over-http
		Headers: map[string]string{"Authorization": "Bearer " + token},
	})
}

func sentSafely(token string) {
	rest.Send(rest.Request{
		Method:  "POST",
		BaseURL: "https://api.maplefreight.io/v1", // ok
		Headers: map[string]string{"Authorization": "Bearer " + token},
	})
	rest.API(rest.Request{
		Method:  "POST",
		BaseURL: "https://api.maplefreight.io/v2",
		Headers: map[string]string{"Authorization": "Bearer " + token},
	})
}

func socket(token string) {
	websocket.DefaultDialer.Dial("ws://feed.maplefreight.io/v1", http.Header{"Authorization": {"Bearer " + token}}) // want credential-over-http
}

func socketSafely(token string) {
	websocket.DefaultDialer.Dial("wss://feed.maplefreight.io/v1", http.Header{"Authorization": {"Bearer " + token}}) // ok
}

func fast(password string) {
	req := fasthttp.AcquireRequest()
	req.Header.SetRequestURI("http://portal.maplefreight.io/login") // want credential-over-http
	req.Header.SetMethod("POST")
	req.PostArgs().Set("password", password)
	fasthttp.Do(req, nil)
}

func fastSafely(password string) {
	req := fasthttp.AcquireRequest()
	req.Header.SetRequestURI("https://portal.maplefreight.io/login") // ok
	req.Header.SetMethod("POST")
	req.PostArgs().Set("password", password)
	fasthttp.Do(req, nil)
}

func fastBytes(token string) {
	req := fasthttp.AcquireRequest()
	req.Header.SetRequestURIBytes([]byte("http://api.maplefreight.io/v1")) // want credential-over-http
	req.Header.Set("Authorization", "Bearer "+token)
	fasthttp.Do(req, nil)
}

func fastBytesSafely(token string) {
	req := fasthttp.AcquireRequest()
	req.Header.SetRequestURIBytes([]byte("https://api.maplefreight.io/v1")) // ok
	req.Header.Set("Authorization", "Bearer "+token)
	fasthttp.Do(req, nil)
}

func fastQuery(token string) {
	req := fasthttp.AcquireRequest()
	req.SetRequestURI("https://api.maplefreight.io/v1") // want credential-in-url
	req.URI().QueryArgs().Set("access_token", token)
	fasthttp.Do(req, nil)
}

func fastQuerySafely(page string) {
	req := fasthttp.AcquireRequest()
	req.SetRequestURI("https://api.maplefreight.io/v1") // ok
	req.URI().QueryArgs().Set("page", page)
	fasthttp.Do(req, nil)
}

func authorised(token string) {
	c := &http.Client{Transport: &oauth2.Transport{
		Source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}), Base: http.DefaultTransport,
	}}
	c.Get("http://api.maplefreight.io/v1") // want credential-over-http
}

func authorisedSafely(token string) {
	c := &http.Client{Transport: &oauth2.Transport{
		Source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token}), Base: http.DefaultTransport,
	}}
	c.Get("https://api.maplefreight.io/v1") // ok
}

func granted(id, secret string) *oauth2.Config {
	return &oauth2.Config{ClientID: id, ClientSecret: secret, Endpoint: oauth2.Endpoint{TokenURL: "http://login.maplefreight.io/token"}} // want credential-over-http
}

func grantedSafely(id, secret string) *oauth2.Config {
	return &oauth2.Config{ClientID: id, ClientSecret: secret, Endpoint: oauth2.Endpoint{TokenURL: "https://login.maplefreight.io/token"}} // ok
}

func machine(id, secret string) *clientcredentials.Config {
	return &clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: "http://login.maplefreight.io/token"} // want credential-over-http
}

func machineSafely(id, secret string) *clientcredentials.Config {
	return &clientcredentials.Config{ClientID: id, ClientSecret: secret, TokenURL: "https://login.maplefreight.io/token"} // ok
}

func withCookies(session string) {
	grequests.Get("http://portal.maplefreight.io/orders", &grequests.RequestOptions{ // want credential-over-http
		Cookies: []*http.Cookie{{Name: "session_id", Value: session}},
	})
}

func withCookiesSafely(session string) {
	grequests.Get("https://portal.maplefreight.io/orders", &grequests.RequestOptions{ // ok
		Cookies: []*http.Cookie{{Name: "session_id", Value: session}},
	})
}

func hub(password string) *github.Client {
	t := &github.BasicAuthTransport{Username: "svc-mail", Password: "Winter-Lake-22", Transport: http.DefaultTransport} // want hardcoded-credential
	return github.NewClient(t.Client())
}

func hubSafely(password string) *github.Client {
	t := &github.BasicAuthTransport{Username: "svc-mail", Password: password, Transport: http.DefaultTransport} // ok
	return github.NewClient(t.Client())
}

func search(password string) {
	elasticsearch.NewClient(elasticsearch.Config{ // want credential-over-http
		Addresses: []string{"http://search.maplefreight.io:9200"}, Transport: &signing{password, http.DefaultTransport},
	})
}

func searchSafely(password string) {
	elasticsearch.NewClient(elasticsearch.Config{ // ok
		Addresses: []string{"https://search.maplefreight.io:9200"}, Transport: &signing{password, http.DefaultTransport},
	})
}

func renewed(ctx context.Context, c *oauth2.Config, token string) oauth2.TokenSource {
	return c.TokenSource(ctx, &oauth2.Token{AccessToken: token}) // want token-expiry-ignored
}

func renewedSafely(ctx context.Context, c *oauth2.Config, token, refresh string) oauth2.TokenSource {
	return c.TokenSource(ctx, &oauth2.Token{AccessToken: token, RefreshToken: refresh}) // ok
}

func campaign(user, password string) (*infobip.APIClient, context.Context) {
	cfg := infobip.NewConfiguration()
	cfg.Debug = true                                                                                                                // want credential-in-log
	ctx := context.WithValue(context.Background(), infobip.ContextBasicAuth, infobip.BasicAuth{UserName: user, Password: password}) // want basic-auth-discouraged
	return infobip.NewAPIClient(cfg), ctx
}

func campaignSafely(key string) (*infobip.APIClient, context.Context) {
	cfg := infobip.NewConfiguration()
	cfg.Debug = false                                                          // ok
	ctx := context.WithValue(context.Background(), infobip.ContextAPIKey, key) // ok
	return infobip.NewAPIClient(cfg), ctx
}
