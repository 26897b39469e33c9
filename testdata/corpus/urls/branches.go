package urls

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"corpus.test/audit/lib"
)

type service struct {
	base string
	mode string
}

// do is what both ways of a call have in common.
func (s *service) do(method, path string, form url.Values, body io.Reader) error {
	if method == http.MethodPost && body == nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, "https://gw.maplefreight.io/"+path, body) // want credential-in-url -- url/branch-argument
	if err != nil {
		return err
	}
	if method == http.MethodGet {
		req.URL.RawQuery = form.Encode()
	} else {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func (s *service) post(path string, form url.Values) error { return s.do("POST", path, form, nil) }
func (s *service) get(path string, form url.Values) error  { return s.do("GET", path, form, nil) }

// SignIn sends the password in a form.
func (s *service) SignIn(user, pw string) error {
	return s.post("login", url.Values{"user": {user}, "password": {pw}}) // ok -- url/branch-argument
}

// Renew sends the token in a query.
func (s *service) Renew(token string) error {
	return s.get("renew", url.Values{"access_token": {token}})
}

// sendEither tells three ways apart; nobody here takes the last.
func sendEither(kind int, to, pw string) {
	link := "https://gw.maplefreight.io/" + to
	switch kind {
	case 1, 2:
		link += "?page=" + to
	case 3:
		link += "?password=" + pw
	}
	_, _ = http.Get(link) // ok -- url/branch-switch
}

func eitherWay(pw string) {
	sendEither(1, "a", pw)
	sendEither(2, "b", pw)
}

func sendThird(kind int, pw string) {
	link := "https://gw.maplefreight.io/"
	switch kind {
	case 1, 2:
		link += "?page=1"
	case 3:
		link += "?password=" + pw // want credential-in-url -- url/branch-switch
	}
	_, _ = http.Get(link)
}

func third(pw string) {
	sendThird(1, pw)
	sendThird(3, pw)
}

func newService() *service { return &service{mode: "form"} }

func (s *service) send(pw string) {
	if s.mode == "query" {
		_, _ = http.Get("https://gw.maplefreight.io/?password=" + pw) // ok -- url/branch-field
	}
	if s.mode == "form" {
		_, _ = http.Post("https://gw.maplefreight.io/?password="+pw, "text/plain", nil) // want credential-in-url -- url/branch-field
	}
}

// call takes POST for a method that is not said.
func call(method, link, pw string) {
	if method == "" {
		method = http.MethodPost
	}
	if strings.ToUpper(method) != http.MethodPost {
		link += "?password=" + pw // want credential-in-url -- url/branch-default
	}
	req, _ := http.NewRequest(method, link, nil)
	_, _ = http.DefaultClient.Do(req)
}

func callEach(pw string) {
	call("", "https://gw.maplefreight.io/a", pw)
	call("post", "https://gw.maplefreight.io/a", pw) // ok -- url/branch-default
	call("put", "https://gw.maplefreight.io/b", pw)  // want credential-in-url -- url/branch-default
}

type settings struct {
	inQuery bool
	secret  string
}

func fetchList(s settings) {
	link := "https://gw.maplefreight.io/list"
	if s.inQuery {
		link = fmt.Sprintf("https://gw.maplefreight.io/list?password=%s", s.secret) // want credential-in-url -- url/branch-option
	}
	_, _ = http.Get(link)
}

func fetchBoth(pw string) {
	fetchList(settings{secret: pw})
	fetchList(settings{secret: pw, inQuery: true})
}

type quietSettings struct {
	inQuery bool
	secret  string
}

func fetchQuietly(s quietSettings) {
	link := "https://gw.maplefreight.io/list"
	if s.inQuery {
		link = fmt.Sprintf("https://gw.maplefreight.io/list?password=%s", s.secret) // ok -- url/branch-option
	}
	_, _ = http.Get(link)
}

func fetchOne(pw string) { fetchQuietly(quietSettings{secret: pw}) }

func branchesElsewhere(api *lib.API, pw string) {
	_ = api.Call("POST", "https://gw.maplefreight.io/x", url.Values{"password": {pw}})            // ok -- url/branch-other-package
	_ = api.Call(http.MethodGet, "https://gw.maplefreight.io/y", url.Values{"password": {pw}})    // want credential-in-url -- url/branch-other-package
	_, _ = http.Post(lib.Address(true)+"/in", "text/plain", strings.NewReader("password="+pw))    // ok -- url/branch-returned
	_, _ = http.Post(lib.Address(false)+"/in?password="+pw, "text/plain", strings.NewReader("1")) // want credential-in-url -- url/branch-returned
}
