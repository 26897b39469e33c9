package disclosure

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"os/exec"

	"corpus.test/audit/disclosure/say"
	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
	"github.com/labstack/echo/v4"
	pkgerrors "github.com/pkg/errors"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func failures(user, password string, err error) error {
	switch user {
	case "a":
		return fmt.Errorf("login with %q failed", password) // want credential-in-error -- disclosure/error-format
	case "b":
		return fmt.Errorf("login of %q failed: %w", user, err) // ok -- disclosure/error-format
	case "c":
		return errors.New("bad password " + password) // want credential-in-error -- disclosure/error-concat
	case "d":
		return errors.New("bad password of " + user) // ok -- disclosure/error-concat
	case "e":
		return pkgerrors.Wrap(err, "login with "+password) // want credential-in-error -- disclosure/error-wrap
	case "f":
		return pkgerrors.Wrapf(err, "login of %s", user) // ok -- disclosure/error-wrap
	case "g":
		return status.Errorf(codes.Unauthenticated, "wrong password %s", password) // want credential-in-error -- disclosure/error-status
	case "h":
		return status.Error(codes.Unauthenticated, "wrong password") // ok -- disclosure/error-status
	case "i":
		return say.Refuse("password " + password) // want credential-in-error -- disclosure/error-other-package
	case "j":
		return say.Refuse("user " + user) // ok -- disclosure/error-other-package
	case "k":
		if password == "" {
			return fmt.Errorf("no password given: %q", password) // ok -- disclosure/error-about
		}
		return fmt.Errorf("password of %d characters is too short", len(password)) // ok -- disclosure/error-about
	case "l":
		panic("no login with " + password) // want credential-in-error -- disclosure/panic
	}
	panic("no login of " + user) // ok -- disclosure/panic
}

// loginError shows its field.
type loginError struct{ user, password string }

// Error says it all.
func (e *loginError) Error() string {
	return "login of " + e.user + " with " + e.password // want credential-in-error -- disclosure/error-type
}

// quietError does not.
type quietError struct{ user, password string }

// Error says who.
func (e *quietError) Error() string {
	return "login of " + e.user // ok -- disclosure/error-type
}

// token is a word of a language.
type lexer struct{ token string }

func (l *lexer) parse(token string) error {
	return fmt.Errorf("unexpected token %q after %q", token, l.token) // ok -- disclosure/lexer-token
}

func bearer(accessToken string) error {
	return fmt.Errorf("unexpected answer to %q", accessToken) // want credential-in-error -- disclosure/lexer-token
}

func printed(w io.Writer, password string) {
	fmt.Fprintf(os.Stdout, "using password %s\n", password) // want credential-in-log -- disclosure/stdout
	fmt.Fprintf(os.Stdout, "using a password\n")            // ok -- disclosure/stdout
	fmt.Fprintln(os.Stderr, "using password", password)     // want credential-in-log -- disclosure/stderr
	fmt.Fprintln(os.Stderr, "using a password")             // ok -- disclosure/stderr
	os.Stdout.WriteString("using password " + password)     // want credential-in-log -- disclosure/stdout
	fmt.Println("using password", password)                 // want credential-in-log -- disclosure/stdout
	fmt.Println(password)                                   // ok -- disclosure/stdout
	fmt.Fprintf(w, "PASS %s\r\n", password)                 // ok -- disclosure/writer
	fresh := generatePassword()
	fmt.Println("your password:", fresh) // ok -- disclosure/generated-password
	log.Println("new password:", fresh)  // want credential-in-log -- disclosure/generated-password
}

func generatePassword() string { return read() }

func responses(w http.ResponseWriter, r *http.Request, m *Mailbox, h Hidden) {
	password := r.FormValue("password")
	http.Error(w, "wrong password "+password, http.StatusForbidden)   // want credential-in-response -- disclosure/http-error
	http.Error(w, "wrong password", http.StatusForbidden)             // ok -- disclosure/http-error
	fmt.Fprintf(w, "hello, your password is %s", password)            // want credential-in-response -- disclosure/response-write
	fmt.Fprintf(w, "hello %s", r.FormValue("user"))                   // ok -- disclosure/response-write
	w.Write([]byte(password))                                         // want credential-in-response -- disclosure/response-write
	io.WriteString(w, "fine")                                         // ok -- disclosure/response-write
	json.NewEncoder(w).Encode(m)                                      // want credential-in-response -- disclosure/response-json
	json.NewEncoder(w).Encode(h)                                      // ok -- disclosure/response-json
	json.NewEncoder(w).Encode(map[string]any{"password": m.Password}) // want credential-in-response -- disclosure/response-json
	json.NewEncoder(w).Encode(map[string]any{"token": read()})        // ok -- disclosure/token-response
	say.Answer(w, "wrong password "+password)                         // want credential-in-response -- disclosure/response-other-package
	say.Answer(w, "wrong password")                                   // ok -- disclosure/response-other-package
	respond(w, m)                                                     // want credential-in-response -- disclosure/response-wrapper
	respond(w, h)                                                     // ok -- disclosure/response-wrapper
}

func respond(w http.ResponseWriter, body any) {
	text, err := json.Marshal(body)
	if err == nil {
		_, _ = w.Write(text)
	}
}

func frameworks(c *gin.Context, e echo.Context, m *Mailbox, h Hidden) {
	c.JSON(http.StatusOK, m)                             // want credential-in-response -- disclosure/framework-json
	c.JSON(http.StatusOK, gin.H{"password": m.Password}) // want credential-in-response -- disclosure/framework-json
	c.JSON(http.StatusOK, gin.H{"host": m.Host})         // ok -- disclosure/framework-json
	c.String(http.StatusOK, "password %s", m.Password)   // want credential-in-response -- disclosure/framework-text
	c.String(http.StatusOK, "host %s", m.Host)           // ok -- disclosure/framework-text
	_ = e.JSON(http.StatusOK, m)                         // want credential-in-response -- disclosure/framework-json
	_ = e.JSON(http.StatusOK, h)                         // ok -- disclosure/framework-json
}

// SMS sends text messages.
type SMS struct{}

// Send sends one.
func (SMS) Send(to, text string) error { return nil }

func sendMail(to, subject, body string) error { return nil }

func messages(s SMS, to, password, code, link string) {
	_ = s.Send(to, "Your password: "+password)                         // want credential-in-message -- disclosure/sms-text
	_ = s.Send(to, "Your code: "+code)                                 // ok -- disclosure/sms-text
	_ = sendMail(to, "Welcome", fmt.Sprintf("Password: %s", password)) // want credential-in-message -- disclosure/mail-text
	_ = sendMail(to, "Welcome", "Choose a password: "+link)            // ok -- disclosure/mail-text
	text := "Subject: Hello\r\n\r\n" + password
	_ = smtp.SendMail("mail.maplefreight.io:587", nil, "a", []string{to}, []byte(text)) // want credential-in-message -- disclosure/mail-text
}

type session struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	jwt.RegisteredClaims
}

type rights struct {
	Role string `json:"role"`
	jwt.RegisteredClaims
}

func claims(name, password string) {
	_ = jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": name, "password": password}) // want credential-in-token -- disclosure/jwt-map
	_ = jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": name, "role": "x"})          // ok -- disclosure/jwt-map
	_ = jwt.NewWithClaims(jwt.SigningMethodHS256, session{Name: name, Password: password})          // want credential-in-token -- disclosure/jwt-struct
	_ = jwt.NewWithClaims(jwt.SigningMethodHS256, rights{Role: "admin"})                            // ok -- disclosure/jwt-struct
}

func commands(password string) {
	_ = exec.Command("mysql", "-u", "app", "-pWinter-Lake-22").Run()                        // want credential-on-command-line -- disclosure/command-literal
	_ = exec.Command("mysql", "-u", "app", "-p").Run()                                      // ok -- disclosure/command-literal
	_ = exec.Command("curl", "-u", "app:Winter-Lake-22", "https://maplefreight.io").Run()   // want credential-on-command-line -- disclosure/command-literal
	_ = exec.Command("curl", "-u", "app", "https://maplefreight.io").Run()                  // ok -- disclosure/command-literal
	_ = exec.Command("deploy", "--password", "Winter-Lake-22").Run()                        // want credential-on-command-line -- disclosure/command-option
	_ = exec.Command("deploy", "--password-file", "/run/secrets/deploy").Run()              // ok -- disclosure/command-option
	_ = exec.Command("sh", "-c", "sshpass -p Winter-Lake-22 ssh app@maplefreight.io").Run() // want credential-on-command-line -- disclosure/command-shell
	_ = exec.Command("sh", "-c", "sshpass -e ssh app@maplefreight.io").Run()                // ok -- disclosure/command-shell
	_ = exec.Command("mysql", "-p"+password).Run()                                          // ok -- disclosure/command-variable
	_ = exec.Command("mysql", "--pager="+os.Getenv("PAGER")).Run()                          // ok -- disclosure/command-variable
	cmd := exec.Command("mysql")
	cmd.Env = append(os.Environ(), "MYSQL_PWD="+password) // ok -- disclosure/command-env
	_ = cmd.Run()
}

func address(apiKey string) error {
	u := &url.URL{Scheme: "https", Host: "api.maplefreight.io", RawQuery: "api_key=" + apiKey}
	log.Println(u)          // want credential-in-log -- disclosure/url-query
	log.Println(u.String()) // want credential-in-log -- disclosure/url-query
	log.Println(u.Host)     // ok -- disclosure/url-query
	v := &url.URL{Scheme: "https", Host: "api.maplefreight.io", User: url.UserPassword("app", apiKey)}
	log.Println(v.String())   // want credential-in-log -- disclosure/url-user-info
	log.Println(v.Redacted()) // ok -- disclosure/url-user-info
	return nil
}

var stationPasswords = map[string]string{"north": "Winter-Lake-22", "south": "Copper-Gate-81"}

var stationNames = map[string]string{"north": "Winter Lake", "south": "Copper Gate"}

func refused(station string, err error) error {
	if stationPasswords[station] == "" {
		return fmt.Errorf("no login for %s: %w", stationNames[station], err) // ok -- disclosure/error-entry
	}
	return fmt.Errorf("login with %s: %w", stationPasswords[station], err) // want credential-in-error -- disclosure/error-entry
}

func unopened(err error) error {
	dsn := "postgres://meters@db.maplefreight.io/meters"
	if err == nil {
		return fmt.Errorf("opening %s", dsn) // ok -- disclosure/error-constant
	}
	full := "postgres://meters:Winter-Lake-22@db.maplefreight.io/meters" // want hardcoded-credential -- disclosure/error-constant
	return fmt.Errorf("opening %s: %w", full, err)                       // want credential-in-error -- disclosure/error-constant
}
