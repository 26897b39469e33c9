// Package unheeded decodes when its tokens expire and never asks.
package unheeded

import (
	"encoding/json"
	"net/http"
	"net/url"
)

type answer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

type client struct {
	form  url.Values
	token string
}

func (c *client) bearer() (string, error) {
	if c.token == "" {
		r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", c.form)
		if err != nil {
			return "", err
		}
		defer r.Body.Close()
		var a answer
		if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
			return "", err
		}
		c.token = a.AccessToken // want token-expiry-ignored -- token/kept-heeded
	}
	return c.token, nil
}

func (c *client) get(address string) (*http.Response, error) {
	text, err := c.bearer()
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+text)
	response, err := http.DefaultClient.Do(r)
	if err != nil || response.StatusCode != http.StatusOK {
		return nil, err
	}
	return response, nil
}
