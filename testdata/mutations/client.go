package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// client hands messages to the gateway.
type client struct {
	http   *http.Client
	apiKey string
}

func newClient(apiKey string) *client {
	return &client{
		apiKey: apiKey,
		http: &http.Client{
			Timeout:   10 * time.Second,
			Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}},
		},
	}
}

// send posts one message.
func (c *client) send(recipient, text string) error {
	body, err := json.Marshal(map[string]string{"to": recipient, "text": text})
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, "https://gateway.relayworks.net/sms/messages", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.apiKey)
	return c.do(req)
}

// report fetches what became of a message.
func (c *client) report(user, password, id string) error {
	req, err := http.NewRequest(http.MethodGet, "https://gateway.relayworks.net/reports/"+id, nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(user, password)
	return c.do(req)
}

func (c *client) do(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("gateway: %s", resp.Status)
	}
	return nil
}
