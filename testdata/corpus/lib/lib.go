// Package lib is the other package: wrappers, constants and constructors that
// the corpus uses across a package boundary.
package lib

import (
	"crypto/tls"
	"database/sql"
	"encoding/base64"
	"net/http"
	"net/url"
	"os"

	"github.com/jlaffaye/ftp"
	"golang.org/x/crypto/ssh"
)

// Session is a client of its own with a base URL and a login.
type Session struct {
	Base     string
	User     string
	Password string
}

// NewSession makes a Session.
func NewSession(base, user, password string) *Session {
	return &Session{Base: base, User: user, Password: password}
}

// Fetch sends a request with the session's login.
func (s *Session) Fetch(path string) error {
	req, err := http.NewRequest(http.MethodGet, s.Base+path, nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(s.User, s.Password)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Login is a wrapper of SetBasicAuth whose parameter names say nothing.
func Login(r *http.Request, a, b string) { r.SetBasicAuth(a, b) }

// Post sends a request with a bearer token to a URL of the caller's.
func Post(where, bearer string) error {
	req, err := http.NewRequest(http.MethodPost, where, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+bearer)
	_, err = http.DefaultClient.Do(req)
	return err
}

// Query sends a GET request with the given query.
func Query(base string, q url.Values) error {
	_, err := http.Get(base + "?" + q.Encode())
	return err
}

// Env reads a variable, with a fallback.
func Env(key, otherwise string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return otherwise
}

// WithFloor returns a configuration with the minimum that the caller wants.
func WithFloor(version uint16) *tls.Config { return &tls.Config{MinVersion: version} }

// Upload logs in at a host and says goodbye.
func Upload(addr, user, password string) error {
	c, err := ftp.Dial(addr)
	if err != nil {
		return err
	}
	return c.Login(user, password) // want plaintext-ftp -- transfer/ftp-wrapper-other-package
}

// AnyHost returns a callback that trusts everybody.
func AnyHost() ssh.HostKeyCallback {
	return ssh.InsecureIgnoreHostKey() // ok -- transfer/ssh-helper-other-package
}

// ServiceURL is a base URL without protection.
const ServiceURL = "http://reports.maplefreight.io"

// Database opens a database.
func Database(source string) (*sql.DB, error) { return sql.Open("postgres", source) }

// Pair returns user and password as Basic has them.
func Pair(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

// BadPair returns user and password in the alphabet for URLs.
func BadPair(user, password string) string {
	return base64.URLEncoding.EncodeToString([]byte(user + ":" + password))
}
