package credential

import (
	"flag"
	"net/http"
	"os"

	"corpus.test/audit/lib"
	"github.com/go-resty/resty/v2"
	"github.com/twilio/twilio-go"
)

type settings struct {
	Host     string
	Password string
	Token    string
}

var fixedToken = "{{alnum36}}" // want hardcoded-credential -- credential/package-variable

var tokenURL = "https://auth.maplefreight.io/oauth2/token" // ok -- credential/package-variable

var passwordField = "account_password" // ok -- credential/name-head

var passwordEnv = "MAPLE_PASSWORD" // ok -- credential/shape-of-value

var apiKeyHeader = "X-Maple-Api-Key" // ok -- credential/name-head

var dbPassword = "orchardgate" // want hardcoded-credential -- credential/name-head

var clientSecret = "vault:secret/data/maple#client" // ok -- credential/shape-of-value

var adminPassword = "letmein2024" // want hardcoded-credential -- credential/shape-of-value

func fields(pw string) []settings {
	list := []settings{
		{Host: "a", Password: "Stone-Falcon-63"}, // want hardcoded-credential -- credential/struct-field
		{Host: "b", Password: pw},                // ok -- credential/struct-field
		{"c", "Maple-Ember-84", ""},              // want hardcoded-credential -- credential/positional-literal
		{"d", pw, ""},                            // ok -- credential/positional-literal
	}
	var s settings
	s.Password = "Willow-Candle-47" // want hardcoded-credential -- credential/field-assignment
	s.Token = pw                    // ok -- credential/field-assignment
	return append(list, s)
}

func entries(pw string) map[string]string {
	m := map[string]string{
		"password": "Harbor-Meadow-35", // want hardcoded-credential -- credential/map-entry
		"user":     "ops",              // ok -- credential/map-entry
	}
	m["api_key"] = "{{alnum30}}" // want hardcoded-credential -- credential/map-entry
	m["secret"] = pw             // ok -- credential/map-entry
	return m
}

func locals(pw string) (string, string) {
	password := "Copper-Harbor-58" // want hardcoded-credential -- credential/local-variable
	secret := pw                   // ok -- credential/local-variable
	return password, secret
}

func chosen(r *http.Request, test bool, pw string) {
	pass := pw
	if test {
		pass = "River-Thunder-22" // want hardcoded-credential -- credential/phi
	}
	r.SetBasicAuth("ops", pass)
	other := pw
	if test {
		other = os.Getenv("OTHER")
	}
	r.SetBasicAuth("ops", other) // ok -- credential/phi
}

func closures(r *http.Request, pw string) {
	key := "Lantern-Stone-76" // want hardcoded-credential -- credential/closure
	set := func() { r.SetBasicAuth("ops", key) }
	set()
	given := func(x string) { r.SetBasicAuth("ops", x) }
	given(pw) // ok -- credential/closure
}

func methodValues(r *http.Request, pw string) {
	set := r.SetBasicAuth
	set("ops", "Candle-Willow-53") // want hardcoded-credential -- credential/method-value
	set("ops", pw)                 // ok -- credential/method-value
}

func pick[T any](first T, _ ...T) T { return first }

func generic(r *http.Request, pw string) {
	r.SetBasicAuth("ops", pick("Meadow-Copper-66")) // want hardcoded-credential -- credential/generics
	r.SetBasicAuth("ops", pick(pw))                 // ok -- credential/generics
}

type signer interface{ sign(key string) }

type only struct{ r *http.Request }

func (o only) sign(k string) { o.r.SetBasicAuth("ops", k) }

func throughInterface(s signer, k string) {
	s.sign("Falcon-Lantern-39") // want hardcoded-credential -- credential/interface
	s.sign(k)                   // ok -- credential/interface
}

func later(r *http.Request, pw string) {
	defer login(r, "Ember-Harbor-11") // want hardcoded-credential -- credential/defer-go
	go login(r, "Stone-Willow-77")    // want hardcoded-credential -- credential/defer-go
	go login(r, pw)                   // ok -- credential/defer-go
}

func environment(r *http.Request) {
	pw := os.Getenv("MAPLE_PASSWORD")
	if pw == "" {
		pw = "Thunder-Meadow-62" // want fallback-credential -- credential/env-fallback
	}
	r.SetBasicAuth("ops", pw)
	other := os.Getenv("MAPLE_PASSWORD")
	if other == "" {
		panic("MAPLE_PASSWORD is not set") // ok -- credential/env-fallback
	}
	r.SetBasicAuth("ops", other)
}

func guards() http.HandlerFunc {
	password, ok := os.LookupEnv("MAPLE_DOOR_PASSWORD")
	if !ok {
		password = "Thunder-Meadow-62" // want fallback-credential -- credential/env-shared
	}
	place, ok := os.LookupEnv("MAPLE_PASSWORD_HEADER")
	if !ok {
		place = "X-Door-Password" // ok -- credential/env-shared
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(place) != password {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}
}

func getenv(key, fallback string) string {
	if v, ok := os.LookupEnv(key); ok {
		return v
	}
	return fallback
}

func helpers() []string {
	return []string{
		getenv("DB_PASSWORD", "Candle-River-14"),     // want fallback-credential -- credential/getenv-helper
		getenv("DB_HOST", "db.maplefreight.io"),      // ok -- credential/getenv-helper
		lib.Env("SMTP_PASSWORD", "Willow-Falcon-45"), // want fallback-credential -- credential/getenv-helper-other-package
		lib.Env("SMTP_HOST", "mail.maplefreight.io"), // ok -- credential/getenv-helper-other-package
	}
}

var (
	_ = flag.String("db-password", "Harbor-Ember-26", "password of the database") // want fallback-credential -- credential/flag-default
	_ = flag.String("db-host", "db.maplefreight.io", "host of the database")      // ok -- credential/flag-default
	_ = flag.String("db-token", "", "token of the database")                      // ok -- credential/flag-default
)

type fromTags struct {
	Password string `envconfig:"PASSWORD" default:"Copper-Maple-37"` // want fallback-credential -- credential/struct-tag
	Host     string `envconfig:"HOST" default:"db.maplefreight.io"`  // ok -- credential/struct-tag
}

func compared(password, user string) bool {
	if password == "Meadow-Stone-91" { // want hardcoded-credential -- credential/comparison
		return true
	}
	return password == "" || user == "admin" // ok -- credential/comparison
}

func apiToken() string {
	return "{{alnum34}}" // want hardcoded-credential -- credential/return-value
}

func apiTokenName() string {
	return "{{alnum34}}" // ok -- credential/return-value
}

func clients(pw string) {
	c := resty.New()
	c.SetBasicAuth("ops", "River-Harbor-83") // want hardcoded-credential -- credential/sdk
	c.SetAuthToken(pw)                       // ok -- credential/sdk
	_ = twilio.NewRestClientWithParams(twilio.ClientParams{
		Username: "ops",
		Password: "{{hex32}}", // want hardcoded-credential -- credential/sdk
	})
}

type option func(*settings)

func withPassword(p string) option { return func(s *settings) { s.Password = p } }

func options(pw string) []option {
	return []option{
		withPassword("Lantern-Maple-48"), // want hardcoded-credential -- credential/option
		withPassword(pw),                 // ok -- credential/option
	}
}

func silenced(r *http.Request) {
	r.SetBasicAuth("ops", "Stone-Ember-59") //nolint:authlint // ok -- credential/nolint
	//authlint:ignore hardcoded-credential -- a fixed login of the simulator
	r.SetBasicAuth("ops", "Willow-Harbor-15") // ok -- credential/ignore
	r.SetBasicAuth("ops", "Willow-Harbor-16") // want hardcoded-credential -- credential/ignore
	r.SetBasicAuth("ops", "Willow-Harbor-17") //nolint:errcheck // want hardcoded-credential -- credential/nolint
}
