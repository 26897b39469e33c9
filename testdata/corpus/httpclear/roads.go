package httpclear

import "net/http"

// console is a service on a machine; https is a setting.
type console struct {
	host, user, password string
	https                bool
}

func (c *console) url() string {
	scheme := "https"
	if !c.https {
		scheme = "http"
	}
	return scheme + "://" + c.host + "/wsman"
}

// post logs in by itself, so that what its callers add makes no second fault.
func (c *console) post(header http.Header) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodPost, c.url(), nil)
	if err != nil {
		return nil, err
	}
	for k := range header {
		r.Header.Set(k, header.Get(k))
	}
	r.SetBasicAuth(c.user, c.password) // want basic-auth-over-http -- http/conditional
	return http.DefaultClient.Do(r)
}

// certified names the way in which the connection itself has logged in.
func certified(c *console) error {
	r, err := http.NewRequest(http.MethodPost, c.url(), nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "http://schemas.maplefreight.io/login/certificate") // ok -- http/header
	_, err = http.DefaultClient.Do(r)
	return err
}
