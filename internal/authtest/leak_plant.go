package authtest

import (
	"encoding/base64"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Planter makes secrets and remembers them. The same seed gives the same ones.
type Planter struct {
	Secrets []*Planted
	rand    *rand.Rand
}

// NewPlanter returns a Planter.
func NewPlanter(seed uint64) *Planter {
	return &Planter{rand: rand.New(rand.NewPCG(seed, 20))}
}

// The alphabets of secrets.
const (
	alnumChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	hexChars   = "0123456789abcdef"
	upperChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// chars returns n random characters, with a digit in every six, so that no
// piece is a word, and a letter, so that none is a number.
func (p *Planter) chars(alphabet string, n int) string {
	pick := func(from string) byte { return from[p.rand.IntN(len(from))] }
	var letters, digits string
	for _, c := range alphabet {
		if c >= '0' && c <= '9' {
			digits += string(c)
		} else {
			letters += string(c)
		}
	}
	text := make([]byte, n)
	for i := range text {
		switch i % 5 {
		case 1:
			text[i] = pick(digits)
		case 3:
			text[i] = pick(letters)
		default:
			text[i] = pick(alphabet)
		}
	}
	return string(text)
}

// plant remembers the cores of a secret.
func (p *Planter) plant(kind string, cores ...string) {
	p.Secrets = append(p.Secrets, &Planted{Kind: kind, Cores: cores})
}

// Text returns a secret of letters and digits.
func (p *Planter) Text(kind string, n int) string { return p.of(kind, alnumChars, n) }

// Hex returns a secret of hex digits.
func (p *Planter) Hex(kind string, n int) string { return p.of(kind, hexChars, n) }

// Upper returns a secret of capitals and digits.
func (p *Planter) Upper(kind string, n int) string { return p.of(kind, upperChars, n) }

func (p *Planter) of(kind, alphabet string, n int) string {
	text := p.chars(alphabet, n)
	p.plant(kind, text)
	return text
}

// UUID returns a secret in the form of a UUID.
func (p *Planter) UUID(kind string) string {
	h := func(n int) string { return p.chars(hexChars, n) }
	first, second, third, last := h(8), h(4), h(3), h(12)
	text := first + "-" + second + "-4" + third + "-a" + h(3) + "-" + last
	p.plant(kind, text)
	return text
}

// Digits returns a secret of n digits, no three of which count up.
func (p *Planter) Digits(kind string, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = '0' + byte((i*7+p.rand.IntN(5)*3)%10)
	}
	p.plant(kind, string(text))
	return string(text)
}

// Basic returns a user and password in Base64; the password is secret as well.
func (p *Planter) Basic(kind, user string) string {
	password := p.chars(alnumChars, 18)
	before := user + ":"
	p.plant(kind, password, AlignedBase64(base64.StdEncoding, password, len(before)))
	return base64.StdEncoding.EncodeToString([]byte(before + password))
}

// JWT returns a signed token.
func (p *Planter) JWT(kind string) string {
	encode := base64.RawURLEncoding.EncodeToString
	subject, signature := p.chars(alnumChars, 21), p.chars(alnumChars, 43)
	before := `{"sub":"`
	p.plant(kind, subject, AlignedBase64(base64.RawURLEncoding, subject, len(before)), signature)
	return encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(before+subject+`","iat":1700000000}`)) + "." + signature
}

// PrivateKey returns a private key in PEM.
func (p *Planter) PrivateKey(kind string) string {
	lines := []string{"MIIEpAIBAAKCAQEA" + p.chars(alnumChars, 48)}
	cores := []string{lines[0][16:]}
	for range 9 {
		line := p.chars(alnumChars, 64)
		lines, cores = append(lines, line), append(cores, line)
	}
	p.plant(kind, cores...)
	mark := "RSA PRIVATE" + " KEY-----"
	return "-----BEGIN " + mark + "\n" + strings.Join(lines, "\n") + "\n-----END " + mark + "\n"
}

// WriteTree writes files below dir.
func WriteTree(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// PlantTree returns the files of a module that holds every kind of secret.
// Packages below sound type-check; those below broken do not.
func PlantTree(p *Planter) map[string]string {
	files := map[string]string{
		"go.mod":     "module example.com/planted\n\ngo 1.26\n",
		".gitignore": "ignored/\n",
	}
	for _, plant := range []func(*Planter) map[string]string{plantStore, plantUse, plantConnections, plantSettings, plantScripts, plantBroken} {
		for name, text := range plant(p) {
			files[name] = text
		}
	}
	return files
}

// Kinds whose text is part of a package's types: see the test of go vet.
const (
	KindExportedConst = "exported constant"
	KindStructTag     = "struct tag default"
)

// plantStore is a package whose functions, variables and constants give secrets.
// Long because it is one Go text.
func plantStore(p *Planter) map[string]string {
	text := `// Package store gives credentials.
package store

import (
	_ "embed"
	"os"
)

// Exported is part of the types of the package.
const Exported = "` + p.Text(KindExportedConst, 24) + `"

const hidden = "` + p.Text("unexported constant", 24) + `"

// Fallback is what is left without the variable.
var Fallback = "` + p.Text("variable initialiser", 24) + `"

var accounts = map[string]string{"alice": "` + p.Text("map value", 20) + `"}

// Config has a default.
type Config struct {
	Password string ` + "`env:\"DB_PASSWORD\" envDefault:\"" + p.Text(KindStructTag, 20) + "\"`" + `
	Token    string
}

//go:embed embedded.env
var embedded string

// Embedded returns the file.
func Embedded() string { return embedded }

// Hidden returns a constant.
func Hidden() string { return hidden }

// Password returns a literal.
func Password() string { return "Sunny-` + p.Text("human-like password", 14) + `!" }

// Account returns one of the map.
func Account() string { return accounts["alice"] }

// GitHub returns a token.
func GitHub() string { return "ghp_` + p.Text("GitHub token", 36) + `" }

// AWS returns a key in capitals, as names of variables are.
func AWS() (string, string) {
	return "AKIA` + p.Upper("AWS key id", 16) + `", "` + p.Text("AWS secret", 40) + `"
}

// PIN returns a number.
func PIN() string { return "` + p.Digits("number", 12) + `" }

// Constant returns what looks like the name of a variable.
func Constant() string { return "K7_` + p.Upper("name in capitals", 24) + `" }

// Hook returns a URL whose path is the secret.
func Hook() string { return "https://hooks.slack.com/services/T0` + p.Upper("Slack team", 9) + `/B0` + p.Upper("Slack channel", 9) + `/` + p.Text("Slack webhook path", 24) + `" }

// Path returns a path that holds a secret.
func Path() string { return "/bot/` + p.Text("secret in a path", 32) + `/sendMessage" }

// Host returns a host name that holds a secret.
func Host() string { return "http://` + p.Text("secret in a host", 24) + `.example.org" }

// Before returns the beginning of a URL, which ends in its password.
func Before(host string) string { return "https://app:` + p.Text("user info before a hole", 20) + `@" + host }

// Half returns the beginning alone.
func Half(host string) string { return "https://app:` + p.Text("user info cut before the at sign", 20) + `" + "@" + host + "/x" }

// Query returns a query.
func Query(to string) string { return "?k=` + p.Text("query before a hole", 16) + `=" + to }

// Environment returns a variable or its fallback.
func Environment() string {
	if v := os.Getenv("DB_PASSWORD"); v != "" {
		return v
	}
	return "` + p.Text("fallback of a variable", 20) + `"
}

// Key returns a key.
func Key() []byte { return []byte(` + "`" + p.PrivateKey("private key") + "`" + `) }

// New returns a Config with a token.
func New() *Config { return &Config{Token: "` + p.JWT("JWT") + `"} }

func generic[T ~string]() T { return T("` + p.Text("generic function", 22) + `") }

// Generic returns what a generic function does.
func Generic() string { return generic[string]() }
`
	return map[string]string{
		"sound/store/store.go":     text,
		"sound/store/embedded.env": "GITHUB_TOKEN=ghp_" + p.Text("embedded file", 36) + "\nDB_PASSWORD=" + p.Text("embedded password", 18) + "\n",
	}
}

// plantUse are packages that send secrets: their own and those of the store.
// Long because it is one Go text.
func plantUse(p *Planter) map[string]string {
	client := `// Package client sends what it is given.
package client

import "net/http"

// Login sends a password in clear.
func Login(user, password string) error {
	req, err := http.NewRequest("POST", "http://api.example.org/login", nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(user, password)
	_, err = http.DefaultClient.Do(req)
	return err
}

// Bearer sends a token; without one, its own.
func Bearer(token string) error {
	if token == "" {
		token = "` + p.Hex("Bearer token", 40) + `"
	}
	req, _ := http.NewRequest("GET", "http://api.example.org/items", nil)
	req.Header.Set("Authorization", "Bearer "+token)
	_, err := http.DefaultClient.Do(req)
	return err
}
`
	use := `package main

import (
	"flag"
	"net/http"

	"example.com/planted/sound/client"
	"example.com/planted/sound/store"
)

var password = flag.String("password", "` + p.Text("flag default", 18) + `", "the password")

// The old password was ` + p.Text("prose comment", 18) + `, see token = "ghp_` + p.Text("comment", 36) + `".

type legacy struct{ password, apiKey string }

func main() {
	flag.Parse()
	_ = client.Login("alice", *password)
	_ = client.Login("alice", store.Password())
	_ = client.Login("alice", store.Exported)
	_ = client.Login("alice", store.Hidden())
	_ = client.Login("alice", store.Fallback)
	_ = client.Login("alice", store.Account())
	_ = client.Login("alice", store.Environment())
	_ = client.Login("alice", store.Generic())
	_ = client.Login("alice", store.PIN())
	_ = client.Login("alice", store.Constant())
	_ = client.Login("alice", store.New().Token)
	_ = client.Login("` + p.Text("password as user", 20) + `", "` + p.Text("argument of a wrapper", 20) + `")
	_ = client.Bearer(store.GitHub())
	id, secret := store.AWS()
	_, _ = http.Get(store.Before("api.example.org") + "/?id=" + id + "&secret=" + secret)
	_, _ = http.Get(store.Half("api.example.org"))
	_, _ = http.Get(store.Host() + store.Path() + store.Query("1"))
	_, _ = http.Post(store.Hook(), "text/plain", nil)
	_ = legacy{password: "` + p.Text("struct field", 20) + `", apiKey: "xoxb-` + p.Digits("Slack numbers", 12) + `-` + p.Digits("Slack user", 12) + `-` + p.Text("Slack token", 24) + `"}
	send()
}

func send() {
	req, _ := http.NewRequest("POST", "http://k3x9qz.api.infobip.com/sms/2/text/advanced", nil)
	req.Header.Set("Authorization", "App ` + p.Hex("Infobip App key", 32) + `-` + p.UUID("Infobip App key, second half") + `")
	_, _ = http.DefaultClient.Do(req)
	req.Header.Set("Authorization", "IBSSO ` + p.UUID("IBSSO token") + `")
	_, _ = http.DefaultClient.Do(req)
	req.Header.Set("Authorization", "Basic ` + p.Basic("Basic header", "carol") + `")
	_, _ = http.DefaultClient.Do(req)
	_, _ = http.Get("https://dave:` + p.Text("URL user info", 18) + `@api.example.org/x")
	_, _ = http.Get("https://k3x9qz.api.infobip.com/sms/1/text/query?username=a&password=` + p.Text("query password", 18) + `&to=1&text=2")
	_ = client.Login("alice", "` + p.Text("ignored by comment", 20) + `") //authlint:ignore hardcoded-credential,credential-over-http,basic-auth-over-http -- planted
	var buffer = []string{"` + p.Text("beside a finding", 20) + `"}; _ = client.Login(buffer[0], "` + p.Text("on one line with another", 20) + `")
	_ = map[string]bool{"` + p.Text("unnamed literal", 20) + `": true}
}
`
	test := `package main

import (
	"testing"

	"example.com/planted/sound/client"
)

func TestLogin(t *testing.T) {
	password := "` + p.Text("for auditors only", 20) + `"
	if err := client.Login("alice", password); err != nil {
		t.Fatal(err)
	}
}
`
	return map[string]string{"sound/client/client.go": client, "sound/use/use.go": use, "sound/use/use_test.go": test}
}

// plantConnections is a package that connects by other protocols.
func plantConnections(p *Planter) map[string]string {
	text := `// Package conn connects.
package conn

import (
	"database/sql"

	"github.com/jlaffaye/ftp"
	"golang.org/x/crypto/ssh"
)

const dsn = "postgres://app:` + p.Text("DSN password", 20) + `@db.example.org:5432/app?sslmode=disable"

// Open opens everything.
func Open() error {
	if _, err := sql.Open("postgres", dsn); err != nil {
		return err
	}
	if _, err := sql.Open("mysql", "app:` + p.Text("MySQL password", 20) + `@tcp(db.example.org:3306)/app"); err != nil {
		return err
	}
	config := &ssh.ClientConfig{
		User:            "deploy",
		Auth:            []ssh.AuthMethod{ssh.Password("` + p.Text("SSH password", 20) + `")},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	}
	if _, err := ssh.Dial("tcp", "host.example.org:22", config); err != nil {
		return err
	}
	c, err := ftp.Dial("files.example.org:21")
	if err != nil {
		return err
	}
	return c.Login("upload", "` + p.Text("FTP password", 20) + `")
}
`
	return map[string]string{"sound/conn/conn.go": text}
}
