package token

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"

	"corpus.test/audit/lib"
)

func smsToken(key string, secret []byte) (string, error) {
	claims := jwt.RegisteredClaims{Issuer: key, ExpiresAt: after(time.Hour)}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(secret) // want locally-signed-token -- token/sent-header
}

func sendSigned(plan, key string, secret []byte) error {
	text, err := smsToken(key, secret)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodPost, "https://eu.sms.api.sinch.com/xms/v1/"+plan+"/batches", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+text)
	s, err := http.NewRequest(http.MethodPost, "https://hooks.maplefreight.io/v1", nil)
	if err != nil {
		return err
	}
	s.Header.Set("Authorization", "Bearer "+text) // ok -- token/sent-header
	if _, err = http.DefaultClient.Do(s); err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(r)
	return err
}

func post(url, bearer string) error {
	r, err := http.NewRequest(http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", fmt.Sprintf("Bearer %s", bearer))
	_, err = http.DefaultClient.Do(r)
	return err
}

func sendByWrapper(key, issued string, secret []byte) {
	text, _ := lib.SignFor(key, 1, secret)
	_ = post("https://eu.conversation.api.sinch.com/v1/projects/p/messages:send", text)   // want locally-signed-token -- token/sent-wrapper
	_ = post("https://eu.conversation.api.sinch.com/v1/projects/p/messages:send", issued) // ok -- token/sent-wrapper
	_ = post("https://api.nexmo.com/v1/messages", text)                                   // ok -- token/sent-wrapper
}

func sendByClient(key, issued string, secret []byte) {
	text, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{Issuer: key, ExpiresAt: after(time.Hour)}).SignedString(secret) // want locally-signed-token -- token/sent-client
	_, _ = resty.New().R().SetAuthToken(text).Post("https://us.fax.api.sinch.com/v3/projects/p/faxes")
	_, _ = resty.New().R().SetAuthToken(issued).Post("https://us.fax.api.sinch.com/v3/projects/p/faxes") // ok -- token/sent-client
	ctx := context.Background()
	c := oauth2.NewClient(ctx, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: text}))
	_, _ = c.Get("https://numbers.api.sinch.com/v1/projects/p/activeNumbers")
}
