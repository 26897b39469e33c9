package policy

import (
	"regexp"
	"time"

	"github.com/asaskevich/govalidator"
	validation "github.com/go-ozzo/ozzo-validation/v4"
	"github.com/go-playground/validator/v10"
	"github.com/nbutton23/zxcvbn-go"
	"github.com/sethvargo/go-password/password"
	"github.com/spf13/viper"
	entropy "github.com/wagslane/go-password-validator"
	"golang.org/x/crypto/bcrypt"
)

// Member is made by administrators.
type Member struct {
	Password string `valid:"length(6|72)"`            // want weak-password-policy -- policy/govalidator-tag
	Motto    string `valid:"length(6|72)"`            // ok -- policy/govalidator-tag
	Pass     string `json:"password" binding:"gte=5"` // want weak-password-policy -- policy/struct-tag
	Pin      string `binding:"len=4"`                 // ok -- policy/pin
}

// LoginRequest is what people type to log in.
type LoginRequest struct {
	Password string `binding:"required,min=4"` // ok -- policy/login-form
}

func register2() any {
	var request struct {
		Password string `binding:"required,min=6"` // want weak-password-policy -- policy/anonymous-struct
		Color    string `binding:"required,min=6"` // ok -- policy/anonymous-struct
	}
	return &request
}

func login2() any {
	var request struct {
		Password string `binding:"required,min=6"` // ok -- policy/login-form
	}
	return &request
}

// Invited is checked with the rule below.
type Invited struct {
	Password string `validate:"passphrase"` // want weak-password-policy -- policy/alias
	Color    string `validate:"passphrase"` // ok -- policy/alias
}

// Imported has its rules in another tag.
type Imported struct {
	Password string `rules:"min=6"` // want weak-password-policy -- policy/tag-name
	Color    string `rules:"min=6"` // ok -- policy/tag-name
}

func prepare(v *validator.Validate) error {
	v.RegisterAlias("passphrase", "required,min=6")
	v.SetTagName("rules")
	return v.RegisterValidation("password", func(field validator.FieldLevel) bool {
		return len(field.Field().String()) >= 6 // want weak-password-policy -- policy/registered
	})
}

func prepareColors(v *validator.Validate) error {
	return v.RegisterValidation("color", func(field validator.FieldLevel) bool {
		return len(field.Field().String()) >= 6 // ok -- policy/registered
	})
}

func ozzo(m *Member) error {
	return validation.ValidateStruct(m,
		validation.Field(&m.Password, validation.Required, validation.Length(6, 72)), // want weak-password-policy -- policy/rule-object
		validation.Field(&m.Motto, validation.Length(6, 72)),                         // ok -- policy/rule-object
	)
}

// PasswordColumn is a column of a table that holds passwords.
type PasswordColumn struct {
	Length, Cost, Days, History int
}

func (p *PasswordColumn) validate() error {
	return validation.ValidateStruct(p,
		validation.Field(&p.Length, validation.Min(6)),                                   // want weak-password-policy -- policy/bounded-field
		validation.Field(&p.Cost, validation.Min(4)),                                     // ok -- policy/bounded-field
		validation.Field(&p.Days, validation.Required, validation.Min(7)),                // ok -- policy/bounded-field
		validation.Field(&p.History, validation.Min(bcrypt.MinCost), validation.Max(24)), // ok -- policy/bounded-field
	)
}

func asText(newPassword, motto string) bool {
	return govalidator.StringLength(newPassword, "6", "72") && // want weak-password-policy -- policy/validator-call
		govalidator.StringLength(motto, "6", "72") // ok -- policy/validator-call
}

func bits(password, motto string) error {
	if err := entropy.Validate(password, 30); err != nil { // want weak-password-policy -- policy/entropy
		return err
	}
	return entropy.Validate(password, 70) // ok -- policy/entropy
}

func scored(password string) error {
	if zxcvbn.PasswordStrength(password, nil).Score < 2 { // want weak-password-policy -- policy/score
		return errShort
	}
	if zxcvbn.PasswordStrength(password, nil).Score < 3 { // ok -- policy/score
		return errShort
	}
	return nil
}

func meter(password string) string {
	if zxcvbn.PasswordStrength(password, nil).Score < 2 { // ok -- policy/strength-meter
		return "red"
	}
	return "green"
}

func generate() (string, string, error) {
	short, err := password.Generate(6, 2, 2, false, false) // want weak-password-policy -- policy/generated
	if err != nil {
		return "", "", err
	}
	pin, err := password.Generate(6, 6, 0, true, true) // ok -- policy/generated
	if err != nil {
		return "", "", err
	}
	return short, pin, nil
}

var userPasswordRegexp = regexp.MustCompile(`^(?:[a-z]{8,}|[A-Z]{6})$`) // want weak-password-policy -- policy/regexp-alternatives

var serverPasswordRegexp = regexp.MustCompile(`^(?:[a-z]{12,}|[A-Z]{14})$`) // ok -- policy/regexp-alternatives

var findPasswordRegexp = regexp.MustCompile(`^password=\S+`) // ok -- policy/regexp-search

// minimumPasswordLength is asked by everybody.
func minimumPasswordLength() int {
	return 6 // want weak-password-policy -- policy/return-value
}

func maximumPasswordLength() int {
	return 6 // ok -- policy/return-value
}

func minPasswordHistory() int {
	return 6 // ok -- policy/return-value
}

var defaultsByName = map[string]int{
	"min_password_length": 6, // want weak-password-policy -- policy/map-entry
	"max_password_length": 6, // ok -- policy/map-entry
}

func setDefaults() {
	viper.SetDefault("password.min_length", 6)  // want weak-password-policy -- policy/default-setting
	viper.SetDefault("nickname.min_length", 6)  // ok -- policy/default-setting
	viper.SetDefault("login.max_attempts", 500) // want excessive-login-attempts -- policy/login-attempts
	viper.SetDefault("admin.max_attempts", 5)   // ok -- policy/login-attempts
}

// Options are given as arguments.
type Options struct{ least int }

// WithMinPasswordLength sets the least length.
func WithMinPasswordLength(n int) func(*Options) { return func(o *Options) { o.least = n } }

// WithMinNameLength sets the least length of names.
func WithMinNameLength(n int) func(*Options) { return func(o *Options) { o.least = n } }

func options() []func(*Options) {
	return []func(*Options){
		WithMinPasswordLength(6), // want weak-password-policy -- policy/option
		WithMinNameLength(6),     // ok -- policy/option
	}
}

func positional() []PasswordPolicy {
	return []PasswordPolicy{
		{5, 3},  // want weak-password-policy -- policy/positional
		{12, 3}, // ok -- policy/positional
	}
}

// Environment is read at the start.
type Environment struct {
	PasswordMinLength int `env:"PASSWORD_MIN_LENGTH" envDefault:"6"` // want weak-password-policy -- policy/env-default
	NicknameMinLength int `env:"NICKNAME_MIN_LENGTH" envDefault:"6"` // ok -- policy/env-default
}

// LockoutPolicy is when an account is locked.
type LockoutPolicy struct {
	MaxLoginAttempts int
	MaxRetries       int
	For              time.Duration
}

var lockout = LockoutPolicy{
	MaxLoginAttempts: 0, // want excessive-login-attempts -- policy/unlimited-logins
	MaxRetries:       0, // ok -- policy/unlimited-logins
}
