// Package refreshed fetches a new token when a request is refused.
package refreshed

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

var errTooOften = errors.New("asked too often")

type answer struct {
	AccessToken string `json:"access_token"`
}

type client struct {
	form  url.Values
	token string
}

func (c *client) login() error {
	r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", c.form)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a answer
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	c.token = a.AccessToken // ok -- token/kept-refused
	return nil
}

func (c *client) get(address string) (*http.Response, error) {
	if c.token == "" {
		if err := c.login(); err != nil {
			return nil, err
		}
	}
	for range 2 {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		r.Header.Set("Authorization", "Bearer "+c.token)
		response, err := http.DefaultClient.Do(r)
		if err != nil || response.StatusCode != http.StatusUnauthorized {
			return response, err
		}
		if err := c.login(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// reporter heeds only that it asks too often.
type reporter struct {
	form  url.Values
	token string
}

func (c *reporter) login() error {
	r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", c.form)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var a answer
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		return err
	}
	c.token = a.AccessToken // want token-expiry-ignored -- token/kept-refused
	return nil
}

func (c *reporter) get(address string) (*http.Response, error) {
	if c.token == "" {
		if err := c.login(); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	response, err := http.DefaultClient.Do(r)
	if err == nil && response.StatusCode == http.StatusTooManyRequests {
		return nil, errTooOften
	}
	return response, err
}
