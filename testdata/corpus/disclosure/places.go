package disclosure

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/spf13/cobra"
)

func environment(names []string) {
	log.Println("environment:", os.Environ())                   // want credential-in-log -- disclosure/environment
	log.Println("environment:", len(os.Environ()), "variables") // ok -- disclosure/environment
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		log.Println("variable", name) // ok -- disclosure/environment
	}
}

func signed(key []byte) (string, error) {
	text, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{Subject: "a", ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Minute))}).SignedString(key)
	if err != nil {
		return "", err
	}
	log.Println("issued", text)      // want credential-in-log -- disclosure/signed-token
	log.Println("issued", len(text)) // ok -- disclosure/signed-token
	return text, nil
}

func secretFiles() {
	token, err := os.ReadFile("/run/secrets/api_token")
	if err != nil {
		return
	}
	banner, err := os.ReadFile("/etc/motd.txt")
	if err != nil {
		return
	}
	log.Printf("read %s", token)  // want credential-in-log -- disclosure/secret-file
	log.Printf("read %s", banner) // ok -- disclosure/secret-file
}

func wholeBody(r *http.Request) error {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var in struct{ User, Password string }
	if err := json.Unmarshal(raw, &in); err != nil {
		log.Printf("no JSON: %s", raw) // ok -- disclosure/decoded-text
		return err
	}
	log.Printf("login with %s", raw) // want credential-in-log -- disclosure/decoded-text
	log.Printf("login of %s", in.User)
	return nil
}

func pairs(line string) {
	user, pw, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	first, pw2, _ := strings.Cut(line, "|")
	log.Println("entry", user, pw)   // want credential-in-log -- disclosure/assigned-together
	log.Println("entry", first, pw2) // ok -- disclosure/assigned-together
}

func cookies(r *http.Request) {
	log.Println("with", r.Header.Get("Cookie"))     // want credential-in-log -- disclosure/header-value
	log.Println("with", r.Header.Get("Accept"))     // ok -- disclosure/header-value
	log.Println("login with", r.FormValue("pass"))  // want credential-in-log -- disclosure/form-value
	log.Println("login with", r.FormValue("state")) // ok -- disclosure/form-value
}

func terminal(cmd *cobra.Command, password string) {
	cmd.Printf("using %s\n", password)                   // want credential-in-log -- disclosure/command-print
	cmd.Printf("using a password: %t\n", password != "") // ok -- disclosure/command-print
}

func leadingWords(raw, note []byte) {
	log.Println("the API key:", string(raw))    // want credential-in-log -- disclosure/words-before
	log.Println("about the key:", string(note)) // ok -- disclosure/words-before
}

func ownLog(apiKey, place string) {
	c := retryablehttp.NewClient()
	res, err := c.Get("https://geo.maplefreight.io/find?key=" + url.QueryEscape(apiKey)) // want credential-in-log credential-in-url -- disclosure/own-log
	if err == nil {
		_ = res.Body.Close()
	}
	quiet := retryablehttp.NewClient()
	quiet.Logger = nil
	res, err = quiet.Get("https://geo.maplefreight.io/find?place=" + url.QueryEscape(place)) // ok -- disclosure/own-log
	if err == nil {
		_ = res.Body.Close()
	}
}

func unwrapped(apiKey string) error {
	res, err := http.Get("https://geo.maplefreight.io/find?api_key=" + apiKey) // want credential-in-url -- disclosure/url-query
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err
		}
		return fmt.Errorf("not found: %w", err) // ok -- disclosure/url-error
	}
	return res.Body.Close()
}

type authFailure struct{ tok, page string }

func (f authFailure) Error() string { return "expired: " + f.tok } // want credential-in-error -- disclosure/error-type

type dockUser struct{ Name, Pass string }

type pageCount struct{ Name, Pass string }

func holders(d dockUser, p pageCount) {
	log.Println("user", d.Name, d.Pass) // want credential-in-log -- disclosure/holder-field
	log.Println("user", p.Name, p.Pass) // ok -- disclosure/holder-field
}

type mailServer struct {
	Host     string `json:"host"`
	Password string `json:"password"`
}

type mailSettings struct {
	Servers []mailServer `json:"servers"`
}

func blank(s *mailSettings) {
	for i := range s.Servers {
		s.Servers[i].Password = ""
	}
}

func settings(w http.ResponseWriter, load func() mailSettings) {
	s := load()
	_ = json.NewEncoder(w).Encode(s) // want credential-in-response -- disclosure/masked-elements
	for i := range s.Servers {
		s.Servers[i].Password = strings.Repeat("*", len(s.Servers[i].Password))
	}
	_ = json.NewEncoder(w).Encode(s) // ok -- disclosure/masked-elements
}

func settingsByHelper(w http.ResponseWriter, load func() *mailSettings) {
	s := load()
	blank(s)
	_ = json.NewEncoder(w).Encode(s) // ok -- disclosure/masked-elements
}

type member struct {
	Name         string `json:"name"`
	PasswordHash string `json:"passwordHash"`
}

func members(w http.ResponseWriter, m *member, all map[int]*mailServer) {
	_ = json.NewEncoder(w).Encode(m)        // want credential-in-response -- disclosure/digest-field
	log.Printf("%+v", *m)                   // ok -- disclosure/digest-field
	_ = json.NewEncoder(w).Encode(all)      // want credential-in-response -- disclosure/struct-map
	_ = json.NewEncoder(w).Encode(len(all)) // ok -- disclosure/struct-map
}

type partner struct {
	Name   string `json:"name"`
	APIKey string `json:"apiKey"`
}

func partners(w http.ResponseWriter, all []*partner, one *partner) {
	_ = json.NewEncoder(w).Encode(all) // want credential-in-response -- disclosure/response-list
	_ = json.NewEncoder(w).Encode(one) // ok -- disclosure/response-list
}

type pass struct{ Value string }

func (p pass) sign(r *http.Request) { r.Header.Set("Authorization", "Bearer "+p.Value) }

type tracker struct {
	Base string
	pass
}

func trackers(t tracker) {
	log.Printf("%+v", t)                  // want credential-in-log -- disclosure/used-field
	log.Printf("%+v", tracker{Base: "x"}) // ok -- disclosure/used-field
}

func used(source func() (string, error)) {
	tok, err := source()
	if err != nil {
		return
	}
	log.Println("got", tok)            // want credential-in-log -- disclosure/used-value
	log.Println("got one:", tok != "") // ok -- disclosure/used-value
	req, err := http.NewRequest(http.MethodPost, "https://api.maplefreight.io/", http.NoBody)
	if err != nil {
		return
	}
	req.Header.Set("Authorization", "Bearer "+tok)
	for name, value := range req.Header {
		log.Println(name, value) // want credential-in-log -- disclosure/header-loop
	}
	for name := range req.Header {
		log.Println(name) // ok -- disclosure/header-loop
	}
}

type siteClaims struct {
	jwt.RegisteredClaims
	Site string `json:"site"`
}

func lateClaims(key []byte, password, place string) (string, string) {
	c := siteClaims{Site: password}
	c.ExpiresAt = jwt.NewNumericDate(time.Now().Add(time.Minute))
	first, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(key) // want credential-in-token -- disclosure/claims-copy
	d := siteClaims{Site: place}
	d.ExpiresAt = jwt.NewNumericDate(time.Now().Add(time.Minute))
	second, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, d).SignedString(key) // ok -- disclosure/claims-copy
	return first, second
}

func dumpSent(req *http.Request, body []byte) {
	text, err := httputil.DumpRequestOut(req, true)
	if err != nil {
		return
	}
	log.Printf("sent %s", text)      // want credential-in-log -- disclosure/sent-dump
	log.Printf("sent %d", len(body)) // ok -- disclosure/sent-dump
}

func fresh(c Courier, phone string) error {
	b := make([]byte, 9)
	if _, err := rand.Read(b); err != nil {
		return err
	}
	chosen := base64.RawURLEncoding.EncodeToString(b)
	newPassword := base64.RawURLEncoding.EncodeToString(b)
	if err := c.Send(phone, "Your new password: "+newPassword); err != nil { // want credential-in-message -- disclosure/made-password
		return err
	}
	return c.Send(phone, "Your new code is "+chosen) // ok -- disclosure/made-password
}

func lateEntries(key []byte, password, place string) (string, error) {
	t := jwt.New(jwt.SigningMethodHS256)
	c := t.Claims.(jwt.MapClaims)
	c["exp"] = time.Now().Add(time.Minute).Unix()
	c["place"] = place   // ok -- disclosure/claims-entry
	c["word"] = password // want credential-in-token -- disclosure/claims-entry
	return t.SignedString(key)
}

func keyInClaims(key []byte, apiKey, keyID string) (string, error) {
	c := jwt.MapClaims{"exp": time.Now().Add(time.Minute).Unix(), "kid": keyID}
	if keyID == "" {
		return jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(key) // ok -- disclosure/claims-key
	}
	d := jwt.MapClaims{"exp": time.Now().Add(time.Minute).Unix(), "k": apiKey}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, d).SignedString(key) // want credential-in-token -- disclosure/claims-key
}
