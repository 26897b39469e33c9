package disclosure

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"strings"

	"corpus.test/audit/disclosure/say"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

func maskSecret(s string) string { return strings.Repeat("*", len(s)) }

func passed(s string) string { return "'" + s + "'" }

func hidden(accessToken string) {
	log.Println(maskSecret(accessToken))                                      // ok -- disclosure/masked
	log.Println(passed(accessToken))                                          // want credential-in-log -- disclosure/masked
	log.Println(say.Stars(accessToken))                                       // ok -- disclosure/masked-other-package
	log.Println(say.MaskToken(accessToken))                                   // ok -- disclosure/masked-other-package
	log.Println(say.Same(accessToken))                                        // want credential-in-log -- disclosure/masked-other-package
	log.Println(accessToken[:4] + "...")                                      // ok -- disclosure/prefix
	log.Println(accessToken[4:])                                              // want credential-in-log -- disclosure/prefix
	log.Println(len(accessToken))                                             // ok -- disclosure/length
	log.Println(accessToken == "")                                            // ok -- disclosure/presence
	log.Printf("%x", sha256.Sum256([]byte(accessToken)))                      // ok -- disclosure/hash
	log.Println(say.Short(accessToken))                                       // ok -- disclosure/hash
	log.Println(strings.ReplaceAll("token "+accessToken, accessToken, "***")) // ok -- disclosure/masked
	shown := accessToken
	if len(shown) > 0 {
		shown = "[redacted]"
	}
	log.Println("token", shown) // ok -- disclosure/masked
	token := maskSecret(accessToken)
	log.Println("token", token) // ok -- disclosure/masked
}

// Mailbox has a password and no care.
type Mailbox struct {
	Host     string
	Password string
	Inner    Inner
	Next     *Inner
}

// Inner is inside.
type Inner struct {
	Name   string
	APIKey string
}

// Hidden hides itself from JSON only.
type Hidden struct {
	Name     string
	Password string `json:"-"`
}

// Quiet has a method that leaves the password out.
type Quiet struct{ Name, Password string }

// String leaves the password out.
func (q Quiet) String() string { return "quiet " + q.Name }

// Loud has a method that does not.
type Loud struct{ Name, Password string }

// String says it all.
func (l Loud) String() string { return l.Name + ":" + l.Password }

// Valued has a value for logs.
type Valued struct{ Name, Password string }

// LogValue leaves the password out.
func (v Valued) LogValue() slog.Value { return slog.StringValue(v.Name) }

// Marshaled has its own JSON.
type Marshaled struct{ Name, Password string }

// MarshalJSON leaves the password out.
func (m Marshaled) MarshalJSON() ([]byte, error) { return json.Marshal(m.Name) }

// Secret is a text that does not print itself.
type Secret string

// String hides the text.
func (Secret) String() string { return "***" }

// GoString hides the text.
func (Secret) GoString() string { return "***" }

// Account has such a text.
type Account struct {
	Name     string
	Password Secret
}

// Bare is a text that prints itself.
type Bare string

func whole(m *Mailbox, h Hidden, q Quiet, l Loud, v Valued, j Marshaled, a Account) {
	log.Printf("%+v", m)           // want credential-in-log -- disclosure/struct-whole
	log.Printf("%v", m.Host)       // ok -- disclosure/struct-whole
	log.Println(*m)                // want credential-in-log -- disclosure/struct-whole
	log.Printf("%+v", m.Inner)     // want credential-in-log -- disclosure/struct-nested
	log.Printf("%v", m.Inner.Name) // ok -- disclosure/struct-nested
	log.Printf("%v", h)            // want credential-in-log -- disclosure/json-tag
	text, _ := json.Marshal(h)
	log.Println(string(text)) // ok -- disclosure/json-tag
	text, _ = json.Marshal(m)
	log.Println(string(text))                // want credential-in-log -- disclosure/json
	log.Printf("%v", q)                      // ok -- disclosure/stringer
	log.Printf("%#v", q)                     // want credential-in-log -- disclosure/stringer
	log.Println(l)                           // want credential-in-log -- disclosure/stringer
	slog.Info("v", "v", v)                   // ok -- disclosure/log-value
	log.Printf("%v", v)                      // want credential-in-log -- disclosure/log-value
	zap.L().Info("j", zap.Any("j", j))       // ok -- disclosure/marshaler
	log.Printf("%v", j)                      // want credential-in-log -- disclosure/marshaler
	zap.L().Info("m", zap.Any("m", m))       // want credential-in-log -- disclosure/structured-any
	zap.L().Info("h", zap.Any("h", h))       // ok -- disclosure/structured-any
	logrus.WithField("m", m).Info("mailbox") // want credential-in-log -- disclosure/log-fields
	log.Printf("%+v", a)                     // ok -- disclosure/redacting-type
	log.Println(a.Password)                  // ok -- disclosure/redacting-type
	log.Println(string(a.Password))          // want credential-in-log -- disclosure/redacting-type
}

type pointing struct {
	Name string
	Key  *Inner
}

func pointers(p *pointing, list []*Inner, values []Inner) {
	log.Printf("%+v", p)     // ok -- disclosure/struct-pointer
	log.Printf("%+v", p.Key) // want credential-in-log -- disclosure/struct-pointer
	log.Printf("%v", list)   // ok -- disclosure/struct-list
	log.Printf("%v", values) // want credential-in-log -- disclosure/struct-list
}

func copied(m Mailbox) {
	c := m
	c.Password = "***"
	c.Inner.APIKey = ""
	log.Printf("%+v", c) // ok -- disclosure/struct-copy
	d := m
	d.Host = ""
	log.Printf("%+v", d)                // want credential-in-log -- disclosure/struct-copy
	log.Printf("%+v", redacted(m))      // ok -- disclosure/struct-copy
	log.Printf("%+v", forgetful(m))     // want credential-in-log -- disclosure/struct-copy
	log.Printf("%+v", Inner{Name: "x"}) // ok -- disclosure/struct-whole
}

func redacted(m Mailbox) Mailbox {
	m.Password, m.Inner.APIKey = "***", "***"
	return m
}

func forgetful(m Mailbox) Mailbox {
	m.Host = strings.ToLower(m.Host)
	return m
}

func fields(m *Mailbox, c say.Config) {
	log.Println(m.Password)                     // want credential-in-log -- disclosure/field-value
	log.Println(m.Host)                         // ok -- disclosure/field-value
	log.Println(c.DSN())                        // want credential-in-log -- disclosure/dsn
	log.Println(dsn("app", m.Password, m.Host)) // want credential-in-log -- disclosure/dsn
	log.Println(dsn("app", "***", m.Host))      // ok -- disclosure/dsn
}

func dsn(user, password, host string) string {
	return fmt.Sprintf("postgres://%s:%s@%s/app", user, password, host)
}

// names speak of credentials and hold none.
func names(passwordFile, secretName, tokenType, keyID, pageToken, publicKey, passwordHash string, tokenCount int) {
	log.Println("read", passwordFile)       // ok -- disclosure/file-path
	log.Println("secret", secretName)       // ok -- disclosure/secret-name
	log.Println("token of type", tokenType) // ok -- disclosure/secret-name
	log.Println("key", keyID)               // ok -- disclosure/key-id
	log.Println("next", pageToken)          // ok -- disclosure/page-token
	log.Println("public", publicKey)        // ok -- disclosure/key-id
	log.Println("hash", passwordHash)       // ok -- disclosure/hash
	log.Println("tokens", tokenCount)       // ok -- disclosure/length
	log.Println("Enter password:")          // ok -- disclosure/prompt
	fmt.Print("Password: ")                 // ok -- disclosure/prompt
}
