// Package account says which accounts may be made.
package account

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

const minPasswordLength = 16

// Account is one that exists.
type Account struct {
	Name  string
	Token string
}

// SignUp is what a form asks for.
type SignUp struct {
	Name     string `json:"name" validate:"required,max=64"`
	Password string `json:"password" validate:"required,min=16,max=128"`
}

// CheckNew returns an error if the account may not be made.
func CheckNew(name, password string) error {
	if name == "" || strings.ContainsAny(name, " \t") {
		return errors.New("not a name")
	}
	if utf8.RuneCountInString(password) < minPasswordLength {
		return fmt.Errorf("the password needs %d characters", minPasswordLength)
	}
	if strings.Contains(strings.ToLower(password), strings.ToLower(name)) {
		return errors.New("the password holds the name")
	}
	return nil
}

// Knows reports whether a token is that of the account.
func (a *Account) Knows(token string) bool {
	return a.Token != "" && subtle.ConstantTimeCompare([]byte(a.Token), []byte(token)) == 1
}

// Describe returns a line for the audit log, without the token.
func Describe(a Account, action string) string {
	return fmt.Sprintf("%s: %s", a.Name, action)
}
