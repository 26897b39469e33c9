package disclosure

import (
	"crypto/tls"
	"fmt"
	"log"
	"net/http"
	"net/http/httputil"
	"os"

	"github.com/go-resty/resty/v2"
	"github.com/jlaffaye/ftp"
)

func dumps(apiToken string) {
	req, err := http.NewRequest(http.MethodGet, "https://api.maplefreight.io/v1", nil)
	if err != nil {
		log.Fatal(err) // ok -- disclosure/url-error
	}
	req.Header.Set("Authorization", "Bearer "+apiToken)
	dump, _ := httputil.DumpRequestOut(req, true)
	log.Printf("%s", dump)                       // want credential-in-log -- disclosure/request-dump
	log.Println(req.Header)                      // want credential-in-log -- disclosure/header-object
	log.Println(req.Header.Get("Authorization")) // want credential-in-log -- disclosure/header-value
	log.Println(req.Header.Get("Accept"))        // ok -- disclosure/header-value
	log.Println(req.Method, req.URL)             // ok -- disclosure/header-object
}

func plainDump() {
	req, err := http.NewRequest(http.MethodGet, "https://api.maplefreight.io/v1", nil)
	if err != nil {
		return
	}
	dump, _ := httputil.DumpRequestOut(req, true)
	log.Printf("%s", dump)  // ok -- disclosure/request-dump
	log.Println(req.Header) // ok -- disclosure/header-object
}

func wrapURL(apiKey string) error {
	_, err := http.Get("https://api.maplefreight.io/v1?api_key=" + apiKey) // want credential-in-url -- url/concatenation
	if err != nil {
		return fmt.Errorf("asking: %w", err) // want credential-in-error -- disclosure/url-error
	}
	_, err = http.Get("https://api.maplefreight.io/v1")
	if err != nil {
		return fmt.Errorf("asking: %w", err) // ok -- disclosure/url-error
	}
	return nil
}

func switches(apiToken string, verbose bool) {
	loud := resty.New().SetAuthToken(apiToken)
	loud.SetDebug(true) // want credential-in-log -- disclosure/debug-switch
	quiet := resty.New().SetAuthToken(apiToken)
	quiet.SetDebug(false) // ok -- disclosure/debug-switch
	asked := resty.New().SetAuthToken(apiToken)
	asked.SetDebug(verbose) // ok -- disclosure/debug-switch
	open := resty.New()
	open.SetDebug(true) // ok -- disclosure/debug-switch
}

func transfer(user, password string) error {
	c, err := ftp.Dial("ftp.maplefreight.io:990", ftp.DialWithTLS(&tls.Config{ServerName: "ftp.maplefreight.io"}), ftp.DialWithDebugOutput(os.Stderr)) // want credential-in-log -- disclosure/debug-writer
	if err != nil {
		return err
	}
	return c.Login(user, password)
}

func flagged(debug bool, password string) {
	if debug {
		log.Println("login with", password) // want credential-in-log -- disclosure/conditional
		log.Println("login")                // ok -- disclosure/conditional
	}
	log.Println(password) //authlint:ignore credential-in-log -- shown on purpose // ok -- disclosure/ignore
}
