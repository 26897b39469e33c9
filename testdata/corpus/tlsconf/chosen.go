package tlsconf

import (
	"crypto/tls"
	"net/http"
)

type option func(*tls.Config)

func withInsecure() option { return func(c *tls.Config) { c.InsecureSkipVerify = true } }

func withName(name string) option { return func(c *tls.Config) { c.ServerName = name } }

func configured(options ...option) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	for _, o := range options {
		o(c)
	}
	return c
}

func insecureConfig() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true} // want tls-verify-off -- tls/option
}

func chosen(lax bool) []*http.Transport {
	c := configured(withName("api.maplefreight.io"))
	if lax {
		c = insecureConfig()
	}
	return []*http.Transport{
		{TLSClientConfig: c},
		{TLSClientConfig: configured(withInsecure())},                  // want tls-verify-off -- tls/option
		{TLSClientConfig: configured(withName("api.maplefreight.io"))}, // ok -- tls/option
		{TLSClientConfig: insecureConfig()},                            // ok -- tls/option
	}
}
