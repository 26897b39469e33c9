package lib

import (
	"io"
	"net/http"
	"net/url"
	"strings"
)

// API calls one service in both ways.
type API struct{ Base string }

// Call sends a form, or a query if the method is GET.
func (a *API) Call(method, path string, form url.Values) error {
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, a.Base+path, body)
	if err != nil {
		return err
	}
	if method == http.MethodGet {
		req.URL.RawQuery = form.Encode()
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Address returns where the service is.
func Address(secure bool) string {
	if secure {
		return "https://gw.maplefreight.io"
	}
	return "http://gw.maplefreight.io"
}
