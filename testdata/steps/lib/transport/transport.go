// Package transport makes and sends requests.
package transport

import (
	"io"
	"net/http"
	"strings"
)

// Account is who sends.
type Account struct {
	User, Phrase string
}

// Post sends a text with the account's credentials.
func Post(url string, account Account, text string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(text)) // b4 sink: NewRequest; c4 sink: NewRequest
	if err != nil {
		return nil, err
	}
	sign(request, account) // a5 pass: passed to sign; d4 pass: passed to sign
	return http.DefaultClient.Do(request)
}

func sign(request *http.Request, account Account) {
	request.SetBasicAuth(account.User, account.Phrase) // a6 sink: SetBasicAuth; d5 sink: SetBasicAuth
}

// Drain reads what is left of an answer.
func Drain(answer *http.Response) error {
	_, err := io.Copy(io.Discard, answer.Body)
	return err
}
