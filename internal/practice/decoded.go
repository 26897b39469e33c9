package practice

import (
	"strings"
	"time"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// A credential that holds others, or says something of itself, is decoded: the
// user and the strength of a password in Base64, what a token claims. Nothing of
// the credential itself is told.

// longOver is a time before which a token's end makes it worthless for
// certain. It is fixed, because a verdict must not depend on the day of the run.
var longOver = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()

// isOver reports whether a token says that it ended long ago.
func isOver(v shape.Value) bool {
	return v.Inner == shape.JWT && v.Claims.Expires > 0 && v.Claims.Expires < longOver
}

// decodedEvidence adds what a token says of itself to the evidence.
func decodedEvidence(e map[string]string, v shape.Value) {
	if v.Inner != shape.JWT {
		return
	}
	put(e, "algorithm", v.Claims.Algorithm)
	put(e, "issuer", v.Claims.Issuer)
	if !v.Claims.Read {
		return
	}
	if v.Claims.Issued > 0 {
		put(e, "issued", date(v.Claims.Issued))
	}
	put(e, "expires", "never")
	if v.Claims.Expires > 0 {
		put(e, "expires", date(v.Claims.Expires))
	}
	if lifetime := v.Claims.Lifetime(); lifetime > 0 {
		put(e, "lifetime", span(lifetime))
	}
}

// date returns the day of a time in seconds since 1970.
func date(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.DateOnly) }

// aboutToken returns what may be said of a token in a message.
func aboutToken(v shape.Value) []string {
	if v.Inner != shape.JWT {
		return nil
	}
	var options []string
	switch lifetime := v.Claims.Lifetime(); {
	case isOver(v):
		options = append(options, ", expired since "+date(v.Claims.Expires))
	case lifetime > 0:
		options = append(options, ", valid for "+span(lifetime))
	case v.Claims.Expires > 0:
		options = append(options, ", valid until "+date(v.Claims.Expires))
	case v.Claims.Read && v.Claims.Expires == 0:
		options = append(options, ", without expiry")
	}
	if v.Claims.Issuer != "" {
		options = append(options, ", issued by "+quoted(v.Claims.Issuer))
	}
	return options
}

// tokenAbsorbs returns the rules on tokens that a token in clear breaks by what
// it claims: they are part of the finding on it.
func (c *court) tokenAbsorbs(v shape.Value) []string {
	if v.Inner != shape.JWT || !v.Claims.Read {
		return nil
	}
	if v.Claims.Expires == 0 || v.Claims.Lifetime() > hours(c.threshold(rules.TokenLifetime)) {
		return []string{longLivedToken}
	}
	return nil
}

// basicMatch fills the verdict on a match whose Base64 is a user and a password:
// the password is held against the policy.
func (c *court) basicMatch(v *verdict, o *SecretMatch, title string) {
	head := "password"
	if user := shownUser(o.Value.User, o.Value); user != "" {
		head += " of user " + quoted(user)
	}
	head += " is legible in a Basic value"
	pair := &Credential{Source: o.Source, Kind: shape.Password, Value: o.Value, Provider: firstOf(o.Provider, o.Value.Provider), Use: title}
	about := plain(title, maxUse)
	if faults := c.passwordFaults(pair); len(faults) > 0 {
		all := strings.Join(faults, ", ")
		v.evidence["weakness"] = all
		v.absorbed = append(v.absorbed, weakPassword)
		about = clip("easily guessed: "+all, maxUse)
	}
	v.message = message(head, []string{" (" + about + ")"}, ": rotate it and read it from a secret store")
}

// passwordFaults returns what is wrong with the password of a credential, as far
// as everybody, or the provider beside it, asks for more.
func (c *court) passwordFaults(o *Credential) []string {
	if !isPassword(o) {
		return nil
	}
	faults, grade := c.weaknesses(o)
	if grade != "" {
		return nil
	}
	return faults
}
