package policy

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

func longEnough(password string) error {
	if len(password) > 5 { // want weak-password-policy -- policy/upper-bound
		return nil
	}
	return errShort
}

// RegisterForm is what people type to get a login.
type RegisterForm struct {
	Login    string `json:"login" validate:"required"`
	Password string `json:"password" validate:"required,min=6"` // want weak-password-policy -- policy/login-form
}

// DeleteAccountRequest asks for the password once more: who chose a short one
// must be able to leave.
type DeleteAccountRequest struct {
	Password string `json:"password" validate:"required,min=6"` // ok -- policy/login-form
}

// Kiosk is unlocked by a PIN and set up with a password.
type Kiosk struct {
	Pin      string `binding:"len=4"` // ok -- policy/pin
	Password string `binding:"min=4"` // want weak-password-policy -- policy/pin
}

const maxLoginRetries = 0 // want excessive-login-attempts -- policy/http-retries

// TestPassword tells people what they are to change.
func TestPassword(password string) error {
	if len(password) < 6 { // want weak-password-policy -- policy/test-file
		return errShort
	}
	return nil
}

func given(password string) error {
	if len(password) == 0 || len(password) < 5 { // want weak-password-policy -- policy/presence
		return errShort
	}
	return nil
}

func hint(nickname string) string {
	if len(nickname) < 6 { // ok -- policy/message
		return "the nickname needs six characters"
	}
	return ""
}

func gauge(password string) (string, error) {
	if len(password) < 6 { // want weak-password-policy -- policy/strength-meter
		return "weak", errShort
	}
	return "fair", nil
}

func refused(newPassword string) error {
	if len(newPassword) < 6 { // want weak-password-policy -- policy/mask
		return fmt.Errorf("%s is too short", strings.Repeat("*", len(newPassword)))
	}
	return nil
}

func hashed(password string) ([]byte, error) {
	if len(password) < 6 { // want weak-password-policy -- policy/hash-length
		return nil, errShort
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil || len(hash) < 60 { // ok -- policy/hash-length
		return nil, errors.New("no hash")
	}
	return hash, nil
}

func redeem(token, newPassword string) error {
	if len(token) < 6 { // ok -- policy/token
		return errors.New("no token")
	}
	if len(newPassword) < 6 { // want weak-password-policy -- policy/token
		return errShort
	}
	return nil
}

func confirmed(password, again string) error {
	if password != again || len(password) < 6 { // want weak-password-policy -- policy/equal
		return errShort
	}
	return nil
}

func choosePassword(read func() string) string {
	for {
		newPassword := read()
		if len(newPassword) >= 6 { // want weak-password-policy -- policy/prompt
			return newPassword
		}
		fmt.Println("at least six characters, please")
	}
}

var newPasswordRegexp = regexp.MustCompile(`^\S{6,}$`) // want weak-password-policy -- policy/regexp-search
