// Package say is the other package: it logs what it is given, and masks.
package say

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/smtp"
)

// Line logs a line.
func Line(format string, args ...any) { log.Printf(format, args...) }

// Twice logs a text in two places.
func Twice(text string) {
	Line("%s", text)
	log.Println(text)
}

// Stars replaces all but the end of a text.
func Stars(s string) string {
	if len(s) < 8 {
		return "****"
	}
	return "****" + s[len(s)-4:]
}

// Short is the digest of a text.
func Short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// Same returns what it is given.
func Same(s string) string { return "<" + s + ">" }

// MaskToken hides a token.
func MaskToken(s string) string { return s[:len(s)/2] + "..." }

// Config has a text that is made of all of it.
type Config struct{ Host, Password string }

// DSN is the connection string.
func (c Config) DSN() string { return fmt.Sprintf("app:%s@%s", c.Password, c.Host) }

// Refuse makes an error of a text.
func Refuse(text string) error { return errors.New("refused: " + text) }

// Answer answers with a text.
func Answer(w http.ResponseWriter, text string) { http.Error(w, text, http.StatusBadRequest) }

// Parcels are handed over.
type Parcels interface {
	Hand(whom, what string) error
}

// Post hands over by mail.
type Post struct{ Server string }

// Hand hands over.
func (p *Post) Hand(whom, what string) error {
	return smtp.SendMail(p.Server, nil, "desk@maplefreight.io", []string{whom}, []byte("Subject: Hello\r\n\r\n"+what))
}
