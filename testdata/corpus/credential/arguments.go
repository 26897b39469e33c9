// Package credential holds literals that are used as credentials.
package credential

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"strings"

	"corpus.test/audit/lib"
	"github.com/jlaffaye/ftp"
	"golang.org/x/crypto/ssh"
)

const servicePassword = "Harbor-Lantern-81" // want hardcoded-credential -- credential/const

const passwordHelp = "the password must have ten characters" // ok -- credential/const

func arguments(r *http.Request, pw string) {
	r.SetBasicAuth("billing", "Maple-River-55") // want hardcoded-credential -- credential/argument
	r.SetBasicAuth("billing", pw)               // ok -- credential/argument
	r.SetBasicAuth("billing", "")               // ok -- credential/placeholder
	r.SetBasicAuth("billing", "<password>")     // ok -- credential/placeholder
	r.SetBasicAuth("billing", "minioadmin")     // want hardcoded-credential -- credential/placeholder
	r.SetBasicAuth("billing", servicePassword)
}

func concatenated(r *http.Request, suffix string) {
	r.SetBasicAuth("billing", "Maple-"+"Falcon-56")  // want hardcoded-credential -- credential/concatenation
	r.SetBasicAuth("billing", os.Getenv("A")+suffix) // ok -- credential/concatenation
}

func formatted(r *http.Request, pw string) {
	r.Header.Set("Authorization", fmt.Sprintf("Bearer %s", "{{alnum32}}")) // want hardcoded-credential -- credential/sprintf
	r.Header.Set("Authorization", fmt.Sprintf("Bearer %s", pw))            // ok -- credential/sprintf
}

func headers(r *http.Request, key string) {
	r.Header.Set("X-Api-Key", "{{alnum28}}")                                                                    // want hardcoded-credential -- credential/header
	r.Header.Set("X-Api-Key", key)                                                                              // ok -- credential/header
	r.Header.Add("Authorization", "Token {{hex40}}")                                                            // want hardcoded-credential -- credential/header-scheme
	r.Header.Add("Authorization", "Bearer "+key)                                                                // ok -- credential/header-scheme
	r.Header.Set("X-Request-Id", "{{uuid}}")                                                                    // ok -- credential/header
	r.Header.Set("Authorization", "Basic {{base64:ops:Winter-Lake-42}}")                                        // want hardcoded-credential -- credential/basic-header
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("ops:"+key)))               // ok -- credential/basic-header
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(key+":"+"Copper-Stone-9"))) // want hardcoded-credential -- credential/basic-header
}

func encoded(r *http.Request) {
	pair := base64.StdEncoding.EncodeToString([]byte("svc:Ember-Orchid-3")) // want hardcoded-credential -- credential/basic-header
	r.Header.Set("Authorization", "Basic "+pair)
}

func inURL(pw string) {
	_, _ = http.Get("https://ops:Thunder-Willow-3@status.maplefreight.io/")                                        // want credential-in-url hardcoded-credential -- credential/url-user-info
	u := url.URL{Scheme: "https", Host: "status.maplefreight.io", User: url.UserPassword("ops", "Ember-Stone-71")} // want hardcoded-credential -- credential/url-user-info
	v := url.URL{Scheme: "https", Host: "status.maplefreight.io", User: url.UserPassword("ops", pw)}               // ok -- credential/url-user-info
	_, _ = u.String(), v.String()
}

func connections(pw string) error {
	if _, err := sql.Open("postgres", "postgres://app:Falcon-Meadow-12@db.maplefreight.io/app"); err != nil { // want hardcoded-credential -- credential/dsn
		return err
	}
	if _, err := sql.Open("postgres", "host=db.maplefreight.io user=app dbname=app sslmode=verify-full"); err != nil { // ok -- credential/dsn
		return err
	}
	_ = smtp.PlainAuth("", "mailer", "Candle-Harbor-90", "mail.maplefreight.io") // want hardcoded-credential -- credential/argument
	_ = ssh.Password("Copper-Lantern-20")                                        // want hardcoded-credential -- credential/ssh-password
	_ = ssh.Password(pw)                                                         // ok -- credential/ssh-password
	return nil
}

func files(c *ftp.ServerConn, pw string) {
	_ = c.Login("reports", "Meadow-Willow-7") // want hardcoded-credential -- credential/ftp-login
	_ = c.Login("reports", pw)                // ok -- credential/ftp-login
}

func bytesOf(pw string) {
	signingKey := []byte("{{alnum40}}") // want hardcoded-credential -- credential/bytes
	otherKey := []byte(pw)              // ok -- credential/bytes
	_, _ = signingKey, bytes.Clone(otherKey)
}

func parameterNames(pw string) {
	connect("gateway", "Thunder-Copper-18") // want hardcoded-credential -- credential/parameter-name
	connect("gateway", pw)                  // ok -- credential/parameter-name
	connect("gateway", "{password}")        // ok -- credential/parameter-name
}

func connect(host, password string) string { return host + strings.Repeat("*", len(password)) }

func acrossPackages(r *http.Request, pw string) {
	lib.Login(r, "ops", "River-Candle-64")                                      // want hardcoded-credential -- credential/wrapper-other-package
	lib.Login(r, "ops", pw)                                                     // ok -- credential/wrapper-other-package
	_ = lib.NewSession("https://api.maplefreight.io", "ops", "Ember-Willow-31") // want hardcoded-credential -- credential/constructor-other-package
	_ = lib.NewSession("https://api.maplefreight.io", "ops", pw)                // ok -- credential/constructor-other-package
}

func wrapped(r *http.Request, pw string) {
	login(r, "Lantern-River-29") // want hardcoded-credential -- credential/wrapper
	login(r, pw)                 // ok -- credential/wrapper
}

func login(r *http.Request, b string) { r.SetBasicAuth("ops", b) }
