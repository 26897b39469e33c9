// Package heeded keeps access tokens until they expire.
package heeded

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

type answer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

type client struct {
	form  url.Values
	token string
	until time.Time
}

func (c *client) bearer() (string, error) {
	if c.token == "" || time.Now().After(c.until) {
		r, err := http.PostForm("https://auth.maplefreight.io/oauth2/token", c.form)
		if err != nil {
			return "", err
		}
		defer r.Body.Close()
		var a answer
		if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
			return "", err
		}
		c.token = a.AccessToken // ok -- token/kept-heeded
		c.until = time.Now().Add(time.Duration(a.ExpiresIn) * time.Second)
	}
	return c.token, nil
}
