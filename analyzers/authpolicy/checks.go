package authpolicy

import (
	"slices"

	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// maxMinimum is the highest number that is taken for a minimum: what is above
// tells formats apart.
const maxMinimum = 64

// checks observes the tests that the engine found.
func (c *collector) checks() {
	for _, check := range c.Flow.Checks {
		if !c.isOfPassword(check) {
			continue
		}
		for _, limit := range check.Limits {
			c.check(check, limit)
		}
	}
}

// check observes one limit of a test.
func (c *collector) check(check *flow.Check, limit flow.Limit) {
	if c.isForeignPolicy(limit.Package, limit.Name) {
		return // told where the constant stands
	}
	name := check.Names[0]
	src := c.Source(check.At, check.Symbol, "len("+name+")", check.Steps, false)
	src.Origin = limit.At
	obs := &practice.Policy{
		Source: src, Value: limit.Value, Use: "test of the length of " + name,
		Transfer: slices.ContainsFunc(append(check.Names, check.Functions...), isTransfer),
		Provider: c.providerIn(append(check.Names, check.Functions...)...),
	}
	switch check.Measure {
	case flow.OfLength:
		if limit.Value <= 1 || limit.Value > maxMinimum {
			return
		}
	case flow.OfEntropy:
		obs.Kind, obs.Use = practice.MinEntropy, "test of the entropy of "+name
	case flow.OfScore:
		obs.Kind, obs.Use = practice.MinScore, "test of the score of a password"
	}
	c.list = append(c.list, obs)
	if check.Measure == flow.OfLength {
		c.classesBeside(obs)
	}
}

// isOfPassword reports whether a test is of a password that somebody chooses.
func (c *collector) isOfPassword(check *flow.Check) bool {
	if len(check.Names) == 0 || check.Cut {
		return false
	}
	for _, name := range append(slices.Clone(check.Functions), check.Owner) {
		if isLogin(name) || isGenerator(name) && check.Measure == flow.OfLength {
			return false
		}
	}
	if slices.ContainsFunc(check.Names, isOtherText) {
		return false
	}
	if check.Measure != flow.OfLength {
		return true // nobody estimates the strength of anything else
	}
	if slices.ContainsFunc(check.Names, isPasswordName) || isPasswordName(check.Type) {
		return true
	}
	if slices.ContainsFunc(check.Names, isOtherSubject) {
		return false
	}
	speaks := func(name string) bool {
		return shape.HasWord(name, "password", "passwords", "passwd", "passphrase", "pwd") && !isOtherText(name)
	}
	if slices.ContainsFunc(check.Functions, takesPassword) && isGeneric(check.Names[0]) {
		return true
	}
	return slices.ContainsFunc(check.Functions, checksPasswords) || slices.ContainsFunc(check.Context, speaks)
}

// takesPassword reports whether a function by its name is given a password that
// is chosen: SetPassword(plain).
func takesPassword(name string) bool {
	return shape.HasWord(name, "password", "passwd", "passphrase") && !isOtherText(name) && !isLogin(name) &&
		shape.HasWord(name, "set", "change", "reset", "update", "new", "create", "hash", "choose", "register", "store", "save")
}

// isGeneric reports whether a name says nothing of what a text is.
func isGeneric(name string) bool {
	return len(name) == 1 || len(shape.Words(name)) == 1 && shape.HasWord(name, "plain", "plaintext", "cleartext", "clear", "raw", "value", "val", "str", "text",
		"input", "new", "candidate", "secret", "string", "data")
}

// isOtherSubject reports whether a name is of a text that is no password, also
// in a function that checks passwords.
func isOtherSubject(name string) bool {
	return shape.HasWord(name, "user", "username", "email", "mail", "name", "nickname", "login", "phone", "id", "url", "host", "path", "prefix",
		"key", "title", "description", "query", "search", "message", "file", "filename", "line", "args", "domain", "address", "hash")
}
