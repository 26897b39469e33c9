package practice

import (
	"strconv"

	"github.com/authlint/authlint/rules"
)

// The ids of the rules on policies.
const (
	weakPasswordPolicy     = "weak-password-policy"
	excessiveLoginAttempts = "excessive-login-attempts"
)

// minPolicy is the smallest number that is a minimum length: smaller ones only
// say that there must be a password.
const minPolicy = 2

// policy judges one number of a policy.
func (c *court) policy(o *Policy) {
	v := verdict{
		src: &o.Source, onValue: true, grades: sourceGrades(&o.Source), remedies: []Remedy{RaiseMinimum},
		evidence: map[string]string{"value": strconv.Itoa(o.Value)},
	}
	put(v.evidence, "use", o.Use)
	put(v.evidence, "provider", o.Provider)
	switch o.Kind {
	case MinLength:
		c.minLength(o, v)
	case MinClasses:
		c.minClasses(o, v)
	case MaxAttempts:
		c.maxAttempts(o, v)
	}
}

// asked reports whether what only the providers' documents ask for holds.
func (c *court) asked(provider string) bool { return c.Messaging || provider != "" }

// minLength judges a minimum length of passwords.
func (c *court) minLength(o *Policy, v verdict) {
	common := c.threshold(rules.PasswordMinLength)
	least := c.threshold(rules.PasswordMinLengthProvider)
	if o.Transfer {
		least = c.threshold(rules.PasswordMinLengthTransfer)
	}
	least = max(least, common)
	if o.Value < minPolicy || o.Value >= least {
		return
	}
	name, goal := rules.PasswordMinLength, common
	switch {
	case c.asked(o.Provider):
		name, goal = thresholdOf(o), least
	case o.Value < common:
	case o.Value < c.threshold(rules.PasswordMinLengthProvider):
		v.grades = withGrade(v.grades, NearThreshold)
		name, goal = thresholdOf(o), least
	default:
		v.grades = withGrade(v.grades, NoProvider)
		name, goal = thresholdOf(o), least
	}
	c.credit(v.evidence, name)
	v.message = place(o.Use, "policy") + " allows passwords of " + counted(o.Value, "character") +
		", which are soon guessed: ask for " + strconv.Itoa(goal) + " or more"
	c.pass(weakPasswordPolicy, v)
}

// thresholdOf returns the name of the providers' threshold for an account.
func thresholdOf(o *Policy) string {
	if o.Transfer {
		return rules.PasswordMinLengthTransfer
	}
	return rules.PasswordMinLengthProvider
}

// credit names the one who asks for a threshold.
func (c *court) credit(e map[string]string, name string) {
	put(e, "threshold", strconv.Itoa(c.threshold(name)))
	if _, own := c.Thresholds[name]; !own {
		put(e, "source", c.Catalogue.Threshold(name).Source)
	}
}

// minClasses judges how many classes of characters are asked for.
func (c *court) minClasses(o *Policy, v verdict) {
	goal := c.threshold(rules.PasswordClasses)
	if o.Value < 0 || o.Value >= goal {
		return
	}
	if !c.asked(o.Provider) {
		v.grades = withGrade(v.grades, NoProvider)
	}
	v.remedies = nil
	c.credit(v.evidence, rules.PasswordClasses)
	v.message = place(o.Use, "policy") + " asks for " + strconv.Itoa(o.Value) + " of " + strconv.Itoa(goal) +
		" classes of characters: ask for all of them, or for " + strconv.Itoa(max(lengthForClasses, c.threshold(rules.PasswordLengthForClasses))) +
		" characters"
	c.pass(weakPasswordPolicy, v)
}

// maxAttempts judges how many failed logins a policy allows.
func (c *court) maxAttempts(o *Policy, v verdict) {
	goal := c.threshold(rules.LoginAttempts)
	v.remedies = nil
	c.credit(v.evidence, rules.LoginAttempts)
	switch {
	case o.Value <= 0:
		v.message = place(o.Use, "policy") + " sets no limit to failed logins, so passwords can be tried for ever: allow " + strconv.Itoa(goal) + " at most"
	case o.Value <= goal:
		return
	default:
		if !c.asked(o.Provider) {
			v.grades = withGrade(v.grades, NoProvider)
		}
		v.message = place(o.Use, "policy") + " allows " + counted(o.Value, "failed login") + ", time to try the usual passwords: allow " +
			strconv.Itoa(goal) + " at most"
	}
	c.pass(excessiveLoginAttempts, v)
}
