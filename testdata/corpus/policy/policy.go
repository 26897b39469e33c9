// Package policy sets the rules for passwords and logins.
package policy

import (
	"errors"
	"regexp"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
)

var errShort = errors.New("the password is too short")

// MinPasswordLength is the least length.
const MinPasswordLength = 6 // want weak-password-policy -- policy/const

const maxPasswordLength = 72 // ok -- policy/const

const minPasswordLen = 12 // ok -- policy/const

var passwordMinLength = 5 // want weak-password-policy -- policy/package-variable

var passwordMinimumLength = 14 // ok -- policy/package-variable

func register(user, password string) error {
	if len(password) < 6 { // want weak-password-policy -- policy/comparison
		return errShort
	}
	if len(password) > 72 { // ok -- policy/upper-bound
		return errors.New("the password is too long")
	}
	if len(password) == 0 { // ok -- policy/presence
		return errShort
	}
	if len(user) < 3 { // ok -- policy/comparison
		return errShort
	}
	return nil
}

func change(newPassword string) error {
	if utf8.RuneCountInString(newPassword) < 7 { // want weak-password-policy -- policy/comparison-runes
		return errShort
	}
	return nil
}

func setPassword(newPassword string, items []string) error {
	if n := len([]rune(newPassword)); n < 6 { // want weak-password-policy -- policy/comparison-runes
		return errShort
	}
	if n := len(items); n < 6 { // ok -- policy/comparison-runes
		return errShort
	}
	return nil
}

func splitPasscode(password string) (string, string, error) {
	n := len(password)
	if n < 7 { // ok -- policy/comparison
		return "", "", errShort
	}
	return password[:n-6], password[n-6:], nil
}

func reset(newPassword string) error {
	if utf8.RuneCountInString(newPassword) < 12 { // ok -- policy/comparison-runes
		return errShort
	}
	return nil
}

func strongEnough(password string) bool {
	return len(password) >= 6 // want weak-password-policy -- policy/comparison
}

func withinBounds(password string) bool {
	if len(password) > 20 { // ok -- policy/upper-bound
		return false
	}
	return len(password) >= 12 // ok -- policy/comparison
}

func login(user, password string) error {
	if len(password) < 3 { // ok -- policy/login-form
		return errShort
	}
	return nil
}

func setPIN(pin string) error {
	if len(pin) < 4 { // ok -- policy/pin
		return errShort
	}
	return nil
}

func validatePassword(s string) error {
	if len(s) < 5 { // want weak-password-policy -- policy/wrapper
		return errShort
	}
	return nil
}

func validateNickname(s string) error {
	if len(s) < 5 { // ok -- policy/wrapper
		return errShort
	}
	return nil
}

// SignUp is a form.
type SignUp struct {
	Password string `json:"password" validate:"required,min=6"` // want weak-password-policy -- policy/struct-tag
	Nickname string `json:"nickname" validate:"required,min=3"` // ok -- policy/struct-tag
}

// Reset is a form.
type Reset struct {
	NewPassword string `json:"new_password" validate:"required,min=12,max=64"` // ok -- policy/struct-tag
}

// LoginForm is what people type to log in.
type LoginForm struct {
	Password string `json:"password" validate:"required,min=3"` // ok -- policy/login-form
}

var passwordPattern = regexp.MustCompile(`^[A-Za-z0-9]{6,20}$`) // want weak-password-policy -- policy/regexp

var strongPattern = regexp.MustCompile(`^.{12,64}$`)

var plainPattern = regexp.MustCompile(`^\S{5,}$`) // want weak-password-policy -- policy/regexp

func matches(password, slug string) bool {
	if passwordPattern.MatchString(password) {
		return true
	}
	if passwordPattern.MatchString(slug) { // ok -- policy/regexp
		return true
	}
	if plainPattern.MatchString(password) {
		return true
	}
	return strongPattern.MatchString(password) // ok -- policy/regexp
}

func rules(v *validator.Validate, password, name string) error {
	if err := v.Var(password, "min=5"); err != nil { // want weak-password-policy -- policy/validator-call
		return err
	}
	return v.Var(name, "min=2") // ok -- policy/validator-call
}

// PasswordPolicy is what an administrator sets.
type PasswordPolicy struct {
	MinLength   int
	MaxAttempts int
}

func defaults() []PasswordPolicy {
	return []PasswordPolicy{
		{MinLength: 4},  // want weak-password-policy -- policy/struct-field
		{MinLength: 12}, // ok -- policy/struct-field
	}
}

const maxLoginAttempts = 0 // want excessive-login-attempts -- policy/login-attempts

const maxLoginAttemptsPerUser = 5 // ok -- policy/login-attempts

const maxRetries = 10 // ok -- policy/http-retries

func silenced(password string) error {
	//authlint:ignore weak-password-policy -- device codes
	if len(password) < 4 { // ok -- policy/ignore
		return errShort
	}
	if len(password) < 5 { // want weak-password-policy -- policy/ignore
		return errShort
	}
	return nil
}
