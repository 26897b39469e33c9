package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"corpus.test/audit/policy/checks"
)

func bySwitch(newPassword string) error {
	switch n := len(newPassword); {
	case n < 6: // want weak-password-policy -- policy/switch
		return errShort
	case n > 64: // ok -- policy/switch
		return errors.New("too long")
	}
	return nil
}

func bySwitchTrue(name, password string) (string, bool) {
	switch true {
	case len(name) < 2: // ok -- policy/switch
		return "choose a longer name", false
	case 7 > len(password): // want weak-password-policy -- policy/flipped
		return "choose a longer password", false
	case 2 > len(name): // ok -- policy/flipped
		return "no name", false
	}
	return "", true
}

func negated(password, title string) error {
	if !(len(password) >= 6) { // want weak-password-policy -- policy/negated
		return errShort
	}
	if !(len(title) >= 6) { // ok -- policy/negated
		return errShort
	}
	return nil
}

func both(password, motto string) error {
	if len(password) < 6 || len(password) > 72 { // want weak-password-policy -- policy/combined
		return errShort
	}
	if len(motto) < 6 || len(motto) > 72 { // ok -- policy/combined
		return errShort
	}
	return nil
}

func acceptedOnly(password string) bool {
	if len(password) >= 6 && strings.ContainsAny(password, "0123456789") { // want weak-password-policy -- policy/combined
		return true
	}
	return false
}

func valid(password string) (valid bool) {
	valid = true
	if len(password) < 5 { // want weak-password-policy -- policy/flag-variable
		valid = false
	}
	if strings.Contains(password, " ") {
		valid = false
	}
	return valid
}

func shown(password string) bool {
	shown := true
	if len(password) < 5 { // ok -- policy/flag-variable
		shown = true
	}
	return shown
}

func listed(user, password string) []string {
	var problems []string
	if len(password) < 6 { // want weak-password-policy -- policy/error-list
		problems = append(problems, "the password is too short")
	}
	if len(user) < 6 { // ok -- policy/error-list
		problems = append(problems, "the name is too short")
	}
	return problems
}

func mapped(password string) map[string]string {
	errs := map[string]string{}
	if utf8.RuneCountInString(password) < 6 { // want weak-password-policy -- policy/error-list
		errs["password"] = "too short"
	}
	return errs
}

func message(password string) string {
	if len(password) < 6 { // want weak-password-policy -- policy/message
		return "the password needs six characters"
	}
	return ""
}

func badge(password string) string {
	if len(password) < 6 { // ok -- policy/strength-meter
		return "weak"
	}
	if len(password) < 10 { // ok -- policy/strength-meter
		return "fair"
	}
	return "strong"
}

func points(password string) int {
	score := 0
	if len(password) >= 6 { // ok -- policy/strength-meter
		score++
	}
	if len(password) >= 8 { // ok -- policy/strength-meter
		score++
	}
	return score
}

func handler(w http.ResponseWriter, r *http.Request) {
	password := r.FormValue("password")
	if len(password) < 6 { // want weak-password-policy -- policy/handler
		http.Error(w, "the password is too short", http.StatusBadRequest)
		return
	}
	search := r.FormValue("q")
	if len(search) < 3 { // ok -- policy/handler
		http.Error(w, "search for more", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func formKey(w http.ResponseWriter, r *http.Request) {
	secret := r.PostFormValue("new_password")
	if len(secret) < 6 { // want weak-password-policy -- policy/form-key
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	street := r.PostFormValue("street")
	if len(street) < 6 { // ok -- policy/form-key
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
}

func decoded(r *http.Request) error {
	var input struct{ Name, Password string }
	if err := json.NewDecoder(r.Body).Decode(&input); err != nil {
		return err
	}
	if len(input.Password) < 6 { // want weak-password-policy -- policy/decoded
		return errShort
	}
	if len(input.Name) < 6 { // ok -- policy/decoded
		return errShort
	}
	return nil
}

func each(users []SignUp) error {
	for _, u := range users {
		if len(u.Password) < 6 { // want weak-password-policy -- policy/loop
			return fmt.Errorf("%s: %w", u.Nickname, errShort)
		}
		if len(u.Nickname) < 6 { // ok -- policy/loop
			return errShort
		}
	}
	return nil
}

func masked(password string) string {
	if len(password) > 4 { // ok -- policy/mask
		return password[:2] + strings.Repeat("*", 6)
	}
	return "****"
}

func hashLength(passwordHash string) error {
	if len(passwordHash) < 60 { // ok -- policy/hash-length
		return errors.New("no hash")
	}
	return nil
}

func tokenLength(token string) error {
	if len(token) < 6 { // ok -- policy/token
		return errors.New("no token")
	}
	return nil
}

func legacy(password string) bool {
	return len(password) == 8 // ok -- policy/equal
}

func prompt(read func() string) string {
	password := read()
	for len(password) < 4 { // ok -- policy/prompt
		fmt.Println("try again")
		password = read()
	}
	return password
}

func elsewhere(v *checks.Validator, user SignUp) error {
	v.Check(checks.MinChars(user.Password, 6), "password", "too short") // want weak-password-policy -- policy/wrapper-other-package
	v.Check(checks.MinChars(user.Nickname, 3), "nickname", "too short") // ok -- policy/wrapper-other-package
	v.Check(checks.MaxChars(user.Password, 9), "password", "too long")  // ok -- policy/upper-bound
	v.Check(len(user.Password) >= 7, "password", "too short")           // want weak-password-policy -- policy/condition-argument
	v.Check(len(user.Nickname) >= 7, "nickname", "too short")           // ok -- policy/condition-argument
	if err := checks.ValidateLength(user.Password, 5, 64); err != nil { // want weak-password-policy -- policy/wrapper-other-package
		return err
	}
	if !checks.IsStrong(user.Password) { // want weak-password-policy -- policy/wrapper-other-package
		return errShort
	}
	return checks.Limits{Least: 4, Most: 64}.Valid(user.Password) // want weak-password-policy -- policy/wrapper-other-package
}

const shortest = 6 // want weak-password-policy -- policy/const-by-use

const briefest = 6 // ok -- policy/const-by-use

func byConstant(password, slogan string) error {
	if len(password) < shortest {
		return errShort
	}
	if len(slogan) < briefest {
		return errShort
	}
	return nil
}

// Settings are kept in a field.
type Settings struct{ least int }

func newSettings() *Settings {
	return &Settings{least: 6} // want weak-password-policy -- policy/field-by-use
}

// Accept returns an error for a short password.
func (s *Settings) Accept(password string) error {
	if len(password) < s.least {
		return errShort
	}
	return nil
}

// Page is a page of a list.
type Page struct{ least int }

func newPage() *Page {
	return &Page{least: 6} // ok -- policy/field-by-use
}

// Accept returns an error for a short page.
func (p *Page) Accept(rows string) error {
	if len(rows) < p.least {
		return errShort
	}
	return nil
}

func passphrase(phrase string) error {
	if len(phrase) < checks.MinPassphraseLength { // ok -- policy/const-other-package
		return errShort
	}
	return nil
}

func closure(password, color string) error {
	atLeast := func(text string, n int) error {
		if len(text) < n {
			return errShort
		}
		return nil
	}
	if err := atLeast(color, 3); err != nil { // ok -- policy/closure
		return err
	}
	return atLeast(password, 6) // want weak-password-policy -- policy/closure
}
