package settings

import (
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// signingKey observes a key that tokens are signed with, so that what is too short
// can be told.
func (o *observer) signingKey(s *Setting) {
	if len(s.Text) > maxNumberText || !isSigningKey(s.pathWords()) || o.isKeyName(s) {
		return
	}
	for _, lit := range literals(s) {
		value := practice.ValueOf(o.cat, lit.text)
		if !isGuessable(value, lit.text) || o.isEcho(s, lit.text) {
			continue
		}
		token := &practice.Token{Source: o.source(s), Aspect: practice.WeakSigningKey, Value: value, Use: s.use()}
		token.At, token.Origin, token.Redact = lit.at, lit.at, []finding.Location{lit.at}
		if lit.fallback {
			token.Condition = practice.Configured
		}
		o.out = append(o.out, token)
		return
	}
}

// maxBehindJWT is how many words may stand behind the one that says that a key is
// for tokens.
const maxBehindJWT = 4

// isSigningKey reports whether the words of a path end with a key that is shared
// by those who sign tokens and those who check them.
func isSigningKey(words []string) bool {
	words = words[max(0, len(words)-maxBehindJWT-1):]
	at := slices.IndexFunc(words, func(w string) bool { return w == "jwt" || w == "jws" || w == "jsonwebtoken" })
	if at < 0 || at == len(words)-1 {
		return false
	}
	rest := words[at+1:]
	if slices.ContainsFunc(rest, func(w string) bool {
		switch w {
		case "public", "private", "id", "rsa", "ec", "path", "file", "name", "header", "cookie", "query", "param", "jwk", "jwks", "url", "ref", "storage", "claim", "claims", "field":
			return true
		}
		return false
	}) {
		return false
	}
	switch rest[len(rest)-1] {
	case "secret", "key", "passphrase", "secretkey", "signingkey":
		return true
	}
	return false
}

// isKeyName reports whether a value is the name of an object that holds the key,
// as it stands in files for clusters and clouds.
func (o *observer) isKeyName(s *Setting) bool {
	switch path.Ext(o.path) {
	case ".yaml", ".yml", ".tf", ".hcl", ".tfvars":
	default:
		return false
	}
	return strings.ContainsAny(s.Text, "-/") && shape.HasWord(s.Text, "jwt", "secret", "secrets", "token", "key", "auth")
}

// isGuessable reports whether a value is a key, and not the name of one.
func isGuessable(v shape.Value, text string) bool {
	switch v.Inner {
	case shape.Empty, shape.Placeholder, shape.Reference, shape.Redacted, shape.EnvName, shape.PathLike, shape.URLLike, shape.Sentence, shape.Pattern, shape.PublicKey, shape.PrivatePEM:
		return false
	case shape.Number:
		return len(text) >= 6 && strings.Trim(text, "0123456789") == ""
	}
	if len(text) < 3 || strings.Contains(text, "://") || isAlgorithm(text) {
		return false
	}
	for _, word := range shape.Words(text) {
		switch word {
		case "jwt", "token", "secret", "key", "auth", "access", "refresh", "session", "authorization", "bearer", "user", "none", "null", "nil", "true", "false", "todo":
		default:
			return true
		}
	}
	return false
}

// isAlgorithm reports whether a text is the name of an algorithm for signatures.
func isAlgorithm(text string) bool {
	if len(text) != 5 || strings.Trim(text[2:], "0123456789") != "" {
		return false
	}
	switch strings.ToUpper(text[:2]) {
	case "HS", "RS", "ES", "PS":
		return true
	}
	return false
}
