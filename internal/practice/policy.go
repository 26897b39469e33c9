package practice

import (
	"strconv"

	"github.com/authlint/authlint/rules"
)

// The ids of the rules on policies.
const (
	weakPasswordPolicy     = "weak-password-policy"
	excessiveLoginAttempts = "excessive-login-attempts"
	slowRotation           = "slow-rotation"
	mfaDisabled            = "mfa-disabled"
)

// minPolicy is the smallest number that is a minimum length: smaller ones only
// say that there must be a password.
const minPolicy = 2

// nearEntropy are the bits of eight characters of all classes, less than which
// nobody would defend.
const nearEntropy = 50

// policy judges one number of a policy.
func (c *court) policy(o *Policy) {
	v := verdict{
		src: &o.Source, onValue: true, grades: sourceGrades(&o.Source),
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
	case MinEntropy:
		c.minEntropy(o, v)
	case MinScore:
		c.minScore(o, v)
	case MaxAge:
		c.maxAge(o, v)
	case SecondFactor:
		c.secondFactor(o, v)
	case NoPassword:
		v.message = place(o.Use, "policy") + " lets in accounts that have no password: switch it off"
		c.pass(weakPasswordPolicy, v)
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
	if c.asked(o.Provider) || o.Value < common {
		v.remedies = []remedy{{name: RaiseMinimum, from: strconv.Itoa(o.Value), to: strconv.Itoa(goal)}}
	}
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
	if _, own := c.here.Thresholds[name]; !own {
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
	c.credit(v.evidence, rules.PasswordClasses)
	v.message = place(o.Use, "policy") + " asks for " + strconv.Itoa(o.Value) + " of " + strconv.Itoa(goal) +
		" classes of characters: ask for all of them, or for " + strconv.Itoa(max(lengthForClasses, c.threshold(rules.PasswordLengthForClasses))) +
		" characters"
	c.pass(weakPasswordPolicy, v)
}

// maxAttempts judges how many failed logins a policy allows.
func (c *court) maxAttempts(o *Policy, v verdict) {
	goal := c.threshold(rules.LoginAttempts)
	c.credit(v.evidence, rules.LoginAttempts)
	switch {
	case o.Value <= 0:
		v.message = place(o.Use, "policy") + " sets no limit to failed logins, so passwords can be tried for ever: allow " + strconv.Itoa(goal) + " at most"
	case o.Value <= goal:
		return
	default:
		v.grades = withGrade(v.grades, c.beyond(o, rules.LoginAttemptsCommon))
		v.message = place(o.Use, "policy") + " allows " + counted(o.Value, "failed login") + ", time to try the usual passwords: allow " +
			strconv.Itoa(goal) + " at most"
	}
	c.pass(excessiveLoginAttempts, v)
}

// beyond returns the grade of a number above the limit of the providers' documents:
// whether they hold here, or the number is more than anybody allows.
func (c *court) beyond(o *Policy, common string) Grade {
	switch {
	case c.asked(o.Provider):
		return ""
	case o.Machine || o.Value > c.threshold(common):
		return FarBeyond
	}
	return NoProvider
}

// minEntropy judges the bits of strength that a policy asks for.
func (c *court) minEntropy(o *Policy, v verdict) {
	goal := c.threshold(rules.PasswordEntropy)
	if o.Value >= goal {
		return
	}
	if o.Value >= nearEntropy && !c.asked(o.Provider) {
		v.grades = withGrade(v.grades, NearThreshold)
	}
	c.credit(v.evidence, rules.PasswordEntropy)
	v.message = place(o.Use, "policy") + " takes passwords of " + counted(max(o.Value, 0), "bit") +
		" of entropy, which are soon guessed: ask for " + strconv.Itoa(goal) + " or more"
	c.pass(weakPasswordPolicy, v)
}

// minScore judges the score of a strength meter that a policy asks for.
func (c *court) minScore(o *Policy, v verdict) {
	goal := c.threshold(rules.PasswordScore)
	if o.Value >= goal {
		return
	}
	c.credit(v.evidence, rules.PasswordScore)
	v.message = place(o.Use, "policy") + " takes passwords of score " + strconv.Itoa(max(o.Value, 0)) +
		" of 4, which are soon guessed: ask for " + strconv.Itoa(goal) + " or more"
	c.pass(weakPasswordPolicy, v)
}

// maxAge judges after how many days a credential is changed.
func (c *court) maxAge(o *Policy, v verdict) {
	goal := c.threshold(rules.RotationDays)
	if o.Value <= goal {
		return
	}
	v.grades = withGrade(v.grades, c.beyond(o, rules.RotationDaysCommon))
	c.credit(v.evidence, rules.RotationDays)
	v.message = place(o.Use, "policy") + " keeps a credential for " + counted(o.Value, "day") +
		", time for a leak to be used unseen: rotate it within " + strconv.Itoa(goal)
	c.pass(slowRotation, v)
}

// secondFactor judges a second factor that is switched off.
func (c *court) secondFactor(o *Policy, v verdict) {
	if o.Value != 0 {
		return
	}
	if !o.Identity && !c.asked(o.Provider) {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	delete(v.evidence, "value")
	v.message = place(o.Use, "policy") + " switches the second factor off, so a leaked password is all that a login takes: demand one"
	c.pass(mfaDisabled, v)
}
