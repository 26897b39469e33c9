package practice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// The ids of the rules on tokens.
const (
	longLivedToken      = "long-lived-token"
	tokenExpiryIgnored  = "token-expiry-ignored"
	jwtUnverified       = "jwt-unverified"
	jwtWeakKey          = "jwt-weak-key"
	locallySignedToken  = "locally-signed-token"
	apiKeyWithoutExpiry = "api-key-without-expiry"
	apiKeyUnrestricted  = "api-key-unrestricted"
)

// token judges what is observed of a token or an API key.
func (c *court) token(o *Token) {
	v := verdict{src: &o.Source, grades: sourceGrades(&o.Source), evidence: map[string]string{}}
	put(v.evidence, "use", o.Use)
	put(v.evidence, "host", o.Host)
	put(v.evidence, "provider", o.Provider)
	switch o.Aspect {
	case TokenLifetime:
		c.lifetime(o, v)
	case SignatureUnchecked, ExpiryUnchecked:
		c.unverified(o, v)
	case Unsigned:
		v.message = by(o.Use, "token") + " takes tokens without a signature, which anyone can make: sign them and refuse the algorithm none"
		c.pass(jwtUnverified, v)
	case WeakSigningKey:
		c.weakKey(o, v)
	case ExpiryIgnored:
		if o.Likely {
			v.grades = withGrade(v.grades, WeakEvidence)
		}
		v.message = by(o.Use, "token") + " keeps an access token and forgets when it expires: read expires_in and fetch a new one in time"
		c.pass(tokenExpiryIgnored, v)
	case SignedHere:
		c.signedHere(o, v)
	case KeyMade:
		c.apiKey(o, v)
	case KeyKept:
		c.ownKey(o, v)
	}
}

// exempt are the words for tokens that are meant to last, or to be used once.
var exempt = [...]string{
	"refresh", "remember", "renew", "offline", "device", "email", "mail", "activate", "activation", "confirm", "confirmation",
	"verification", "invite", "invitation", "unsubscribe", "subscription", "license", "licence", "reset", "link", "magic",
	"bootstrap", "share", "download",
}

// isExempt reports whether a name is that of a token which is meant to last. A
// login by mail makes a session like any other.
func isExempt(name string) bool {
	if shape.HasWord(name, "email", "mail", "link") && shape.HasWord(name, "login", "session", "access", "signin", "sign", "register") {
		return shape.HasWord(name, "refresh", "magic", "activation", "confirmation", "verification", "invitation")
	}
	return shape.HasWord(name, exempt[:]...)
}

// outlasts reports whether a token that is meant to last, and not to be used once,
// lasts for years.
func outlasts(o *Token, name string) bool {
	return !o.Session && !o.Endless && o.Lifetime > farLifetime && shape.HasWord(name, "refresh", "renew", "offline", "device") &&
		!shape.HasWord(name, "license", "licence", "link", "unsubscribe", "share", "download", "invite", "invitation")
}

// lifetime judges how long a token is valid.
func (c *court) lifetime(o *Token, v verdict) {
	if slices.ContainsFunc(append(slices.Clone(o.Names), o.Symbol), func(name string) bool { return isExempt(name) && !outlasts(o, name) }) {
		return
	}
	common := hours(c.threshold(rules.TokenLifetime))
	name := rules.TokenLifetimeUser
	if isService(o) {
		name = rules.TokenLifetimeService
	}
	least := min(hours(c.threshold(name)), common)
	if !o.Endless && o.Lifetime <= least {
		return
	}
	limit := common
	switch {
	case o.Endless, o.Lifetime > common:
		name = rules.TokenLifetime
	case !c.asked(o.Provider):
		v.grades = withGrade(v.grades, NoProvider)
		limit = least
	default:
		limit = least
	}
	switch {
	case o.Shortest > limit: // whatever is chosen is too long
		v.grades = slices.DeleteFunc(slices.Clone(v.grades), func(g Grade) bool { return g == IsConditional })
	case o.Endless || o.Lifetime > farLifetime:
		v.grades = surely(v.grades)
	}
	if o.Session || o.Likely {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	c.credit(v.evidence, name)
	switch {
	case o.Session:
		v.evidence["lifetime"] = o.Lifetime.String()
		v.message = by(o.Use, "cookie") + " keeps a session for " + lasting(o) + ", and as long for a thief: " + span(limit) + " at most"
	case o.Endless:
		v.message = by(o.Use, "token") + " makes a token that never expires, so whoever gets hold of it keeps it: set exp"
	default:
		v.evidence["lifetime"] = o.Lifetime.String()
		v.message = by(o.Use, "token") + " makes a token that is valid for " + span(o.Lifetime) +
			", and so long for a thief: " + span(limit) + " at most"
	}
	c.pass(longLivedToken, v)
}

// farLifetime is a lifetime that no condition makes right.
const farLifetime = 366 * 24 * time.Hour

// surely takes the condition from the grades of what no condition makes right:
// the evidence is only weaker.
func surely(grades []Grade) []Grade {
	if !slices.Contains(grades, IsConditional) {
		return grades
	}
	return append(slices.DeleteFunc(slices.Clone(grades), func(g Grade) bool { return g == IsConditional }), WeakEvidence)
}

// lasting returns how long a session lasts.
func lasting(o *Token) string {
	if o.Endless {
		return "ever"
	}
	return span(o.Lifetime)
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// isService reports whether a token is for programs, not for people.
func isService(o *Token) bool {
	for _, name := range append(slices.Clone(o.Names), o.Symbol) {
		if shape.HasWord(name, "service", "client", "machine", "m2m", "internal", "server") {
			return true
		}
	}
	return false
}

// span returns a length of time in words.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*365*day:
		return counted(int(d/(365*day)), "year")
	case d >= 2*day:
		return counted(int(d/day), "day")
	case d >= time.Hour:
		return counted(int(d/time.Hour), "hour")
	}
	return counted(int(d/time.Minute), "minute")
}

// peeked are what may be asked of a token before its signature is checked: what
// says who signed it and how, and when it ends.
var peeked = [...]string{
	"header", "headers", "method", "raw", "signature", "kid", "alg", "typ", "iss", "issuer", "getissuer", "exp", "expiry", "expiration",
	"expiresat", "getexpirationtime", "iat", "issuedat", "getissuedat", "nbf", "notbefore", "getnotbefore", "jti", "valid", "keyid", "getkeyid", "algorithm",
	"signaturealgorithm", "type", "contenttype", "validto", "validfrom", "expires", "expired", "isexpired", "getheader", "getsignature", "gettoken",
}

// Decides reports whether a claim says who somebody is or what they may do, and not
// only who signed the token, how, and when it ends.
func Decides(claim string) bool { return !slices.Contains(peeked[:], strings.ToLower(claim)) }

// unverified judges a token whose signature, or whose end, is not checked.
func (c *court) unverified(o *Token, v verdict) {
	if o.Aspect == ExpiryUnchecked {
		for _, name := range append(slices.Clone(o.Names), o.Symbol) {
			if shape.HasWord(name, "refresh", "renew", "expired", "logout", "revoke") {
				v.grades = withGrade(v.grades, IsConditional)
			}
		}
		v.grades = withGrade(v.grades, PartlyChecked)
		v.message = by(o.Use, "parser") + " accepts tokens that have expired: let it check exp"
		c.pass(jwtUnverified, v)
		if !slices.Contains(v.grades, IsConditional) {
			c.pass(tokenExpiryIgnored, v) // which the former takes in
		}
		return
	}
	trusted := slices.DeleteFunc(slices.Clone(o.Reads), func(name string) bool { return !Decides(name) })
	if len(trusted) == 0 && !o.Kept || slices.ContainsFunc(o.Handed, isCheck) {
		return
	}
	if len(trusted) == 0 {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	if o.Checked && len(trusted) == 0 || o.Issued || saysSo(o) {
		v.grades = withGrade(v.grades, IsConditional)
	}
	put(v.evidence, "claims", strings.Join(trusted, ", "))
	v.message = by(o.Use, "parser") + " reads a token without checking its signature, so anyone can say anything in it: check it with the issuer's key"
	c.pass(jwtUnverified, v)
}

// isCheck reports whether a function checks tokens, by its name.
func isCheck(name string) bool {
	return shape.HasWord(name, "verify", "verified", "verifier", "validate", "validated", "validator", "check", "authenticate", "introspect")
}

// saysSo reports whether the function's name warns its callers.
func saysSo(o *Token) bool {
	return shape.HasWord(o.Symbol, "unverified", "unsafe", "insecure", "untrusted", "peek", "debug", "inspect", "expiry", "expired", "expires", "unchecked",
		"guess", "detect", "classify", "sniff")
}

// weakKey judges the key that tokens are signed with.
func (c *court) weakKey(o *Token, v verdict) {
	least := c.threshold(rules.SigningKeyLength)
	switch {
	case o.Bits > 0:
		least = c.threshold(rules.RSAKeyLength)
		if o.Bits >= least {
			return
		}
		v.onValue = true
		c.credit(v.evidence, rules.RSAKeyLength)
		v.evidence["bits"] = strconv.Itoa(o.Bits)
		v.message = fmt.Sprintf("%s signs tokens with a key of %d bits, which can be broken: %d at least", by(o.Use, "token"), o.Bits, least)
	default:
		if o.Value.Length >= least && o.Value.Inner != shape.Placeholder && !o.Value.Run {
			return
		}
		v.onValue, v.takesPatterns, v.hash = true, false, o.Value.Hash
		v.remedies = []remedy{{name: ReadFromEnv}}
		c.credit(v.evidence, rules.SigningKeyLength)
		put(v.evidence, "masked", o.Value.Masked)
		v.message = by(o.Use, "token") + " takes a key of " + counted(o.Value.Length, "byte") +
			", which can be guessed from one token: use " + strconv.Itoa(least) + " random bytes and rotate"
	}
	c.pass(jwtWeakKey, v)
}

// signedHere judges a token that is made here and sent to a provider.
func (c *court) signedHere(o *Token, v verdict) {
	p, ok := c.Catalogue.ProviderOf(o.Host)
	if !ok || !p.IssuesTokens(o.Host) {
		return
	}
	put(v.evidence, "provider", p.ID)
	v.onValue = true
	v.message = "token signed here is sent to " + quoted(o.Host) + ", which takes only those of its token endpoint: fetch one with the client's id and secret"
	c.pass(locallySignedToken, v)
}

// by returns the words for what makes, checks or keeps a token: a field, or the
// call of a function.
func by(use, otherwise string) string {
	if r, _ := utf8.DecodeRuneInString(use); unicode.IsUpper(r) {
		use = "call of " + use
	}
	return place(use, otherwise)
}
