// Package checks has the tests that forms are put to.
package checks

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// MinPassphraseLength is the least length elsewhere.
const MinPassphraseLength = 5 // want weak-password-policy -- policy/const-other-package

// Validator collects what is wrong with a form.
type Validator struct{ Errors map[string]string }

// Check adds an error unless a condition holds.
func (v *Validator) Check(ok bool, field, message string) {
	if !ok {
		v.Errors[field] = message
	}
}

// MinChars reports whether a text has so many characters.
func MinChars(value string, n int) bool { return utf8.RuneCountInString(value) >= n }

// MaxChars reports whether a text has no more characters.
func MaxChars(value string, n int) bool { return utf8.RuneCountInString(value) <= n }

// ValidateLength returns an error for a text that is too short or too long.
func ValidateLength(text string, least, most int) error {
	if n := len(text); n < least || n > most {
		return errors.New("the text has a wrong length")
	}
	return nil
}

// IsStrong reports whether a text is long enough for a secret.
func IsStrong(text string) bool {
	return len(strings.TrimSpace(text)) > 4
}

// Limits are lengths.
type Limits struct{ Least, Most int }

// Valid returns an error for a text out of bounds.
func (l Limits) Valid(text string) error {
	if len(text) < l.Least {
		return errors.New("too short")
	}
	return nil
}
