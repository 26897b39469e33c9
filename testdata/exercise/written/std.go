// Package written uses parts of the standard library together.
package written

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/smtp"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"text/template"

	htmltemplate "html/template"
)

func defaultClient(token string) {
	r, _ := http.NewRequest("POST", "http://api.maplefreight.io/v1", nil) // want credential-over-http
	r.Header.Set("Authorization", "Bearer "+token)
	http.DefaultClient.Do(r)
}

func defaultClientSafely(token string) {
	r, _ := http.NewRequest("POST", "https://api.maplefreight.io/v1", nil) // ok
	r.Header.Set("Authorization", "Bearer "+token)
	http.DefaultClient.Do(r)
}

type bearer struct {
	token string
	next  http.RoundTripper
}

func (b *bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.next.RoundTrip(r)
}

func decorated(token string) {
	c := &http.Client{Transport: &bearer{token, http.DefaultTransport}}
	c.Get("http://api.maplefreight.io/v1/orders") // want credential-over-http
}

func decoratedSafely(token string) {
	c := &http.Client{Transport: &bearer{token, http.DefaultTransport}}
	c.Get("https://api.maplefreight.io/v1/orders") // ok
}

func redirected(token string) *http.Client {
	return &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error { // want credential-across-redirect
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}}
}

func notRedirected() *http.Client {
	return &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error { return http.ErrUseLastResponse }} // ok
}

func proxied(password string) {
	u, _ := url.Parse("http://svc-mail:" + password + "@proxy.maplefreight.io:3128")
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}}
	c.Get("http://status.maplefreight.io/") // want credential-over-http
}

func proxiedSafely(password string) {
	u, _ := url.Parse("http://svc-mail:" + password + "@proxy.maplefreight.io:3128")
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}}
	c.Get("https://status.maplefreight.io/") // ok
}

func queried(token string) {
	u, _ := url.Parse("https://api.maplefreight.io/v1")
	q := u.Query()
	q.Set("access_token", token)
	u.RawQuery = q.Encode()
	http.Get(u.String()) // want credential-in-url
}

func queriedSafely(page string) {
	u, _ := url.Parse("https://api.maplefreight.io/v1")
	q := u.Query()
	q.Set("page", page)
	u.RawQuery = q.Encode()
	http.Get(u.String()) // ok
}

func pathSet(to, text string) {
	u := &url.URL{Scheme: "https", Host: "api.infobip.com"}
	u.Path = "/sms/1/text/query"
	u.RawQuery = "to=" + to + "&text=" + text
	http.Get(u.String()) // want get-message-send
}

func pathSetSafely(day string) {
	u := &url.URL{Scheme: "https", Host: "api.infobip.com"}
	u.Path = "/sms/1/reports"
	u.RawQuery = "day=" + day
	http.Get(u.String()) // ok
}

func userSet(password string) {
	u := &url.URL{Scheme: "https", Host: "api.maplefreight.io"}
	u.User = url.UserPassword("svc-mail", password)
	http.Get(u.String()) // want credential-in-url
	u.User = url.User("svc-mail")
}

func userSetSafely() {
	u := &url.URL{Scheme: "https", Host: "api.maplefreight.io"}
	u.User = url.User("svc-mail")
	http.Get(u.String()) // ok
}

func forwarded(password string) *httputil.ReverseProxy {
	target, _ := url.Parse("http://billing.maplefreight.io")
	p := httputil.NewSingleHostReverseProxy(target) // want basic-auth-over-http
	direct := p.Director
	p.Director = func(r *http.Request) {
		direct(r)
		r.SetBasicAuth("svc-mail", password)
	}
	return p
}

func forwardedSafely(password string) *httputil.ReverseProxy {
	target, _ := url.Parse("https://billing.maplefreight.io")
	p := httputil.NewSingleHostReverseProxy(target) // ok
	direct := p.Director
	p.Director = func(r *http.Request) {
		direct(r)
		r.SetBasicAuth("svc-mail", password)
	}
	return p
}

func postForm(password string) {
	r, _ := http.NewRequest("POST", "http://portal.maplefreight.io/login", nil) // want credential-over-http
	r.PostForm = url.Values{"password": {password}}
	http.DefaultClient.Do(r)
}

func postFormSafely(password string) {
	r, _ := http.NewRequest("POST", "https://portal.maplefreight.io/login", nil) // ok
	r.PostForm = url.Values{"password": {password}}
	http.DefaultClient.Do(r)
}

type loginAuth struct{ password string }

func (a loginAuth) Start(*smtp.ServerInfo) (string, []byte, error) { return "LOGIN", nil, nil }

func (a loginAuth) Next([]byte, bool) ([]byte, error) { return []byte(a.password), nil }

func mailed(password string) error {
	c, err := smtp.Dial("mail.maplefreight.io:25")
	if err != nil {
		return err
	}
	return c.Auth(loginAuth{password}) // want credential-over-plaintext
}

func mailedSafely(password string) error {
	c, err := smtp.Dial("mail.maplefreight.io:587")
	if err != nil {
		return err
	}
	if err := c.StartTLS(&tls.Config{ServerName: "mail.maplefreight.io"}); err != nil {
		return err
	}
	return c.Auth(loginAuth{password}) // ok
}

func mailedOver(password string) error {
	conn, err := net.Dial("tcp", "mail.maplefreight.io:25")
	if err != nil {
		return err
	}
	c, err := smtp.NewClient(conn, "mail.maplefreight.io")
	if err != nil {
		return err
	}
	return c.Auth(loginAuth{password}) // want credential-over-plaintext
}

func mailedOverTLS(password string) error {
	conn, err := tls.Dial("tcp", "mail.maplefreight.io:465", nil)
	if err != nil {
		return err
	}
	c, err := smtp.NewClient(conn, "mail.maplefreight.io")
	if err != nil {
		return err
	}
	return c.Auth(loginAuth{password}) // ok
}

func spoken(password string) error {
	c, err := textproto.Dial("tcp", "ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	if _, err := c.Cmd("USER %s", "export"); err != nil {
		return err
	}
	_, err = c.Cmd("PASS %s", password) // want plaintext-ftp
	return err
}

func spokenNearby(password string) error {
	c, err := textproto.Dial("tcp", "localhost:2121")
	if err != nil {
		return err
	}
	if _, err := c.Cmd("USER %s", "export"); err != nil {
		return err
	}
	_, err = c.Cmd("PASS %s", password) // ok
	return err
}

func printed(password string) error {
	conn, err := net.Dial("tcp", "ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	var c *textproto.Conn = textproto.NewConn(conn)
	if err := c.Writer.PrintfLine("USER %s", "export"); err != nil {
		return err
	}
	return c.Writer.PrintfLine("PASS %s", password) // want plaintext-ftp
}

func printedOverTLS(password string) error {
	conn, err := tls.Dial("tcp", "ftp.maplefreight.io:990", nil)
	if err != nil {
		return err
	}
	var c *textproto.Conn = textproto.NewConn(conn)
	if err := c.Writer.PrintfLine("USER %s", "export"); err != nil {
		return err
	}
	return c.Writer.PrintfLine("PASS %s", password) // ok
}

func bytesWritten(password string) error {
	conn, err := net.Dial("tcp", "ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	if _, err := conn.Write([]byte("USER export\r\n")); err != nil {
		return err
	}
	_, err = conn.Write([]byte("PASS " + password + "\r\n")) // want plaintext-ftp
	return err
}

func bytesWrittenNearby(password string) error {
	conn, err := net.Dial("tcp", "localhost:2121")
	if err != nil {
		return err
	}
	if _, err := conn.Write([]byte("USER export\r\n")); err != nil {
		return err
	}
	_, err = conn.Write([]byte("PASS " + password + "\r\n")) // ok
	return err
}

func templated(to, password string) error {
	t := template.Must(template.New("welcome").Parse("Hello, your password is {{.}}"))
	var b bytes.Buffer
	if err := t.Execute(&b, password); err != nil {
		return err
	}
	return smtp.SendMail("mail.maplefreight.io:587", nil, "a@maplefreight.io", []string{to}, b.Bytes()) // want credential-in-message
}

func templatedSafely(to, link string) error {
	t := template.Must(template.New("welcome").Parse("Hello, choose a password at {{.}}"))
	var b bytes.Buffer
	if err := t.Execute(&b, link); err != nil {
		return err
	}
	return smtp.SendMail("mail.maplefreight.io:587", nil, "a@maplefreight.io", []string{to}, b.Bytes()) // ok
}

func htmlTemplated(to, password string) error {
	t := htmltemplate.Must(htmltemplate.New("welcome").Parse("<p>Hello, your password is {{.}}</p>"))
	var b bytes.Buffer
	if err := t.Execute(&b, password); err != nil {
		return err
	}
	return smtp.SendMail("mail.maplefreight.io:587", nil, "a@maplefreight.io", []string{to}, b.Bytes()) // want credential-in-message
}

func htmlTemplatedSafely(to, link string) error {
	t := htmltemplate.Must(htmltemplate.New("welcome").Parse("<p>Hello, choose a password at {{.}}</p>"))
	var b bytes.Buffer
	if err := t.Execute(&b, link); err != nil {
		return err
	}
	return smtp.SendMail("mail.maplefreight.io:587", nil, "a@maplefreight.io", []string{to}, b.Bytes()) // ok
}

func started() error {
	cmd := exec.Command("mysqldump")
	cmd.Args = append(cmd.Args, "--user=backup", "--password=Winter-Lake-22") // want credential-on-command-line
	return cmd.Run()
}

func startedSafely() error {
	cmd := exec.Command("mysqldump")
	cmd.Args = append(cmd.Args, "--user=backup", "--all-databases") // ok
	return cmd.Run()
}

func logged(password string) {
	l := log.New(os.Stderr, "portal ", 0)
	l.Println("login with", password) // want credential-in-log
}

func loggedSafely(password string) {
	l := log.New(os.Stderr, "portal ", 0)
	l.Println("login with", fmt.Sprintf("%T", password)) // ok
}
