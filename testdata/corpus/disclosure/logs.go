// Package disclosure tells credentials to logs, errors, responses, messages,
// tokens and command lines, or takes care not to.
package disclosure

import (
	"encoding/base64"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"

	"corpus.test/audit/disclosure/say"
	charm "github.com/charmbracelet/log"
	"github.com/go-kit/log/level"
	"github.com/go-logr/logr"
	"github.com/hashicorp/go-hclog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

func formats(user, password string) {
	log.Printf("login of %s with %s", user, password)             // want credential-in-log -- disclosure/printf
	log.Printf("login of %s, %d characters", user, len(password)) // ok -- disclosure/printf
	log.Printf("password of type %T", password)                   // ok -- disclosure/printf
	log.Printf("begins with %.2s", password)                      // ok -- disclosure/prefix
	log.Println("login", user, password)                          // want credential-in-log -- disclosure/println
	log.Println("login", user)                                    // ok -- disclosure/println
	log.Print("login with " + password)                           // want credential-in-log -- disclosure/concatenation
	log.Print("login of " + user)                                 // ok -- disclosure/concatenation
	log.Fatal("cannot log in with password ", password)           // want credential-in-log -- disclosure/fatal
	log.Fatal("cannot log in: wrong password")                    // ok -- disclosure/fatal
	println("debug", password)                                    // want credential-in-log -- disclosure/builtin-print
	println("debug", user)                                        // ok -- disclosure/builtin-print
}

func built(apiKey string) {
	line := fmt.Sprintf("key=%s", apiKey)
	log.Println(line) // want credential-in-log -- disclosure/sprintf
	line = fmt.Sprintf("key of %d bytes", len(apiKey))
	log.Println(line) // ok -- disclosure/sprintf
	var b strings.Builder
	b.WriteString("key ")
	b.WriteString(apiKey)
	log.Println(b.String())                                            // want credential-in-log -- disclosure/builder
	log.Println(base64.StdEncoding.EncodeToString([]byte(apiKey)))     // want credential-in-log -- disclosure/encoding
	log.Println(strings.Join([]string{"key", apiKey}, " "))            // want credential-in-log -- disclosure/join
	log.Println(strings.Join([]string{"key", "of", "the", "app"}, "")) // ok -- disclosure/join
}

func structured(log *slog.Logger, user, password string) {
	slog.Info("login", "user", user, "password", password)       // want credential-in-log -- disclosure/structured-pairs
	slog.Info("login", "user", user, "password", password != "") // ok -- disclosure/structured-pairs
	log.Debug("login", slog.String("pw", password))              // want credential-in-log -- disclosure/structured-field
	log.Debug("login", slog.Int("length", len(password)))        // ok -- disclosure/structured-field
	log.With("password", password).Info("ready")                 // want credential-in-log -- disclosure/structured-with
	log.With("user", user).Info("ready")                         // ok -- disclosure/structured-with
}

func others(z *zap.Logger, e *logrus.Entry, h hclog.Logger, r logr.Logger, apiToken string) {
	z.Info("ready", zap.String("token", apiToken))                   // want credential-in-log -- disclosure/structured-field
	z.Info("ready", zap.Int("length", len(apiToken)))                // ok -- disclosure/structured-field
	z.Sugar().Infow("ready", "token", apiToken)                      // want credential-in-log -- disclosure/sugared
	z.Sugar().Infof("ready with %s", apiToken)                       // want credential-in-log -- disclosure/sugared
	z.Sugar().Infow("ready", "token", apiToken != "")                // ok -- disclosure/sugared
	zlog.Info().Str("token", apiToken).Msg("ready")                  // want credential-in-log -- disclosure/chain
	zlog.Info().Bool("token", apiToken != "").Msg("ready")           // ok -- disclosure/chain
	zlog.Debug().Msgf("token %s", apiToken)                          // want credential-in-log -- disclosure/chain
	e.WithField("token", apiToken).Info("ready")                     // want credential-in-log -- disclosure/log-fields
	e.WithFields(logrus.Fields{"token": apiToken}).Info("run")       // want credential-in-log -- disclosure/log-fields
	e.WithFields(logrus.Fields{"length": len(apiToken)}).Info("run") // ok -- disclosure/log-fields
	logrus.Debugf("token %s", apiToken)                              // want credential-in-log -- disclosure/printf
	klog.InfoS("ready", "token", apiToken)                           // want credential-in-log -- disclosure/structured-pairs
	klog.V(4).Infof("token %s", apiToken)                            // want credential-in-log -- disclosure/printf
	h.Info("ready", "token", apiToken)                               // want credential-in-log -- disclosure/structured-pairs
	r.Info("ready", "token", apiToken)                               // want credential-in-log -- disclosure/structured-pairs
	charm.Info("ready", "token", apiToken)                           // want credential-in-log -- disclosure/structured-pairs
	level.Info(nil).Log("msg", "ready", "token", apiToken)           // want credential-in-log -- disclosure/structured-pairs
	level.Info(nil).Log("msg", "ready", "length", len(apiToken))     // ok -- disclosure/structured-pairs
}

// auditLog is a logger of the program's own.
type auditLog interface {
	Infof(format string, args ...any)
	Debug(msg string, keyvals ...any)
}

func own(logger auditLog, clientSecret string) {
	logger.Infof("secret %s", clientSecret)            // want credential-in-log -- disclosure/custom-logger
	logger.Debug("ready", "secret", clientSecret)      // want credential-in-log -- disclosure/custom-logger
	logger.Infof("secret set: %t", clientSecret != "") // ok -- disclosure/custom-logger
}

func logf(format string, args ...any) { log.Printf("[app] "+format, args...) }

func note(args ...any) { log.Println(append([]any{"app"}, args...)...) }

func text(s string) { log.Print(s) }

func wrapped(user, password string) {
	logf("login of %s with %s", user, password) // want credential-in-log -- disclosure/wrapper-printf
	logf("login of %s, %T", user, password)     // ok -- disclosure/wrapper-printf
	note("login", password)                     // want credential-in-log -- disclosure/wrapper
	note("login", user)                         // ok -- disclosure/wrapper
	text("login with " + password)              // want credential-in-log -- disclosure/wrapper
	say.Line("login with %s", password)         // want credential-in-log -- disclosure/wrapper-other-package
	say.Line("login of %s", user)               // ok -- disclosure/wrapper-other-package
	say.Twice("login with " + password)         // want credential-in-log -- disclosure/wrapper-other-package
	print := func(s string) { log.Println(s) }
	print(password) // want credential-in-log -- disclosure/closure
	print(user)     // ok -- disclosure/closure
	f := log.Printf
	f("login with %s", password) // want credential-in-log -- disclosure/method-value
	f("login of %s", user)       // ok -- disclosure/method-value
}

func captured(password string) func() {
	return func() {
		log.Println("later", password)      // want credential-in-log -- disclosure/captured
		log.Println("later", len(password)) // ok -- disclosure/captured
	}
}

func sources(settings map[string]string) {
	log.Println("token", os.Getenv("SERVICE_API_TOKEN"))     // want credential-in-log -- disclosure/env-value
	log.Println("region", os.Getenv("SERVICE_REGION"))       // ok -- disclosure/env-value
	log.Println("set", os.Getenv("SERVICE_API_TOKEN") != "") // ok -- disclosure/presence
	log.Println("file", os.Getenv("SERVICE_API_TOKEN_FILE")) // ok -- disclosure/file-path
	log.Println("password", settings["db_password"])         // want credential-in-log -- disclosure/map-entry
	log.Println("user", settings["db_user"])                 // ok -- disclosure/map-entry
	accessToken, err := login("alice")
	log.Println("logged in", accessToken, err) // want credential-in-log -- disclosure/local-variable
	session, err := login("alice")
	log.Println("logged in", session, err)     // ok -- disclosure/local-variable
	log.Println("asked", readPassword())       // want credential-in-log -- disclosure/function-name
	log.Println("asked", validatePassword("")) // ok -- disclosure/function-name
}

var databasePassword = os.Getenv("DB_PASS")

var databaseName = os.Getenv("DB_NAME")

const deployKey = "changeme"

const tokenHeader = "X-Audit-Token"

func variables() {
	log.Println(databasePassword)           // want credential-in-log -- disclosure/package-variable
	log.Println(databaseName)               // ok -- disclosure/package-variable
	log.Println("signing with", signingKey) // want credential-in-log -- disclosure/const
	log.Println("read from", tokenHeader)   // ok -- disclosure/const
}

const signingKey = "kX9vLq2-Wm7tRz4b" // want hardcoded-credential -- credential/const

func readPassword() string { return strings.TrimSpace(read()) }

func validatePassword(s string) string { return read() + s }

func read() string { b, _ := os.ReadFile("/dev/stdin"); return string(b) }

func login(user string) (string, error) { return read() + user, nil }
