package redact

import (
	"fmt"
	"log"
	"net/url"
)

func logged(password string) error {
	u := &url.URL{Scheme: "https", Host: "api.maplefreight.io", User: url.UserPassword("app", password)}
	log.Println("connecting to " + u.String()) // want `password in the URL is logged`
	log.Printf("connecting to %s", u)          // want `password in the URL is logged`
	return fmt.Errorf("cannot reach %s", u)    // want `password in the URL is put into an error`
}
