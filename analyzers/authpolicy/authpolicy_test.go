package authpolicy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/rules"
)

// source has what only auditors are shown, which the corpus cannot expect: an
// `auditor` comment names the rule that its line yields, all others yield none.
const source = `package account

import (
	"errors"
	"time"
	"unicode"
)

const passwordMaxAge = 365 * 24 * time.Hour // auditor slow-rotation

const passwordMaxAgeDays = 180 // auditor slow-rotation

const passwordExpiryMonths = 12 // auditor slow-rotation

const secretRotationInterval = 26 * 7 * 24 * time.Hour // auditor slow-rotation

const passwordRotationDays = 90

const passwordResetMaxAge = 365 * 24 * time.Hour

const sessionMaxAge = 365 * 24 * time.Hour

const certificateMaxAgeDays = 365

const minPasswordAgeDays = 180

// Account is one of many.
type Account struct {
	Failed           int
	Locked           bool
	PasswordExpires  time.Time
	TwoFactorEnabled bool
}

func renew(a *Account) {
	a.PasswordExpires = time.Now().AddDate(1, 0, 0) // auditor slow-rotation
	a.PasswordExpires = time.Now().AddDate(0, 3, 0)
	a.TwoFactorEnabled = false
}

func failedLogin(a *Account) {
	a.Failed++
	if a.Failed >= 20 { // auditor excessive-login-attempts
		a.Locked = true
	}
	if a.Failed > 4 {
		a.Locked = true
	}
}

func retry(try func() error) (err error) {
	for attempts := 0; attempts < 20; attempts++ {
		if err = try(); err == nil {
			return nil
		}
	}
	return err
}

const maxLoginAttempts = 10 // auditor excessive-login-attempts

const maxDeliveryAttempts = 10

// Options are switches.
type Options struct {
	RequireMFA, DisableTwoFactor, ShowTwoFactor bool
	MFAMode                                     string
}

var options = []Options{
	{RequireMFA: false},       // auditor mfa-disabled
	{RequireMFA: true},
	{DisableTwoFactor: true},  // auditor mfa-disabled
	{DisableTwoFactor: false},
	{MFAMode: "off"},          // auditor mfa-disabled
	{MFAMode: "required"},
	{ShowTwoFactor: false},
}

func login(user string, skip2FA bool) string { return user }

var logins = []string{
	login("alice", true), // auditor mfa-disabled
	login("bob", false),
}

// Check asks for a digit only.
func Check(password string) error {
	if len(password) < 12 { // auditor weak-password-policy
		return errors.New("too short")
	}
	for _, r := range password {
		if unicode.IsDigit(r) {
			return nil
		}
	}
	return errors.New("no digit")
}
`

func TestAuditors(t *testing.T) {
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	rule, _ := catalogue.Rule("weak-password-policy")
	fence := &authtest.Fence{Rule: rule, Bad: true}
	fence.Lang, fence.Name, fence.Text = "go", "account.go", source
	authtest.RunFences(t, catalogue, []*authtest.Fence{fence})
	var want, got []string
	for i, line := range strings.Split(source, "\n") {
		if _, id, ok := strings.Cut(line, "// auditor "); ok {
			want = append(want, fmt.Sprintf("%d %s", i+1, id))
		}
	}
	for _, f := range fence.Findings {
		got = append(got, fmt.Sprintf("%d %s", f.Primary.Line, f.Rule))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
