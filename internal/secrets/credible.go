package secrets

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// A pattern says what a text looks like, not what it is. This file tells the
// matches that are no credentials: what says so itself, and what the rules of
// the default set are known to take for one.

// Tags of the packs' rules that say how a secret is judged beside its form.
const (
	tagPassword = "password" // chosen by people: it may be words
	tagBasic    = "basic"    // Base64 of user and password
)

// Value returns what may be told of the secret of a match.
func (e *Engine) Value(m *Match) shape.Value {
	text := strings.Trim(m.Secret.Reveal(), "\"'`") // some rules take the quotes along
	if slices.Contains(m.Tags, tagBasic) {
		text = "Basic " + text
	}
	switch m.RuleID {
	case "private-key":
		// Keys stand in strings with escaped line ends as often as in files.
		text = strings.ReplaceAll(text, `\n`, "\n")
	case "curl-auth-user":
		if user, password, ok := strings.Cut(text, ":"); ok {
			v := practice.ValueOf(e.catalogue, password)
			v.User, v.HoldsUser = shape.SafeUser(user, password), shape.HoldsUser(user, password)
			return v
		}
	case "kubernetes-secret-yaml": // the secret is "key: value" there
		text = strings.Trim(text[strings.LastIndexAny(text, ": \t\n")+1:], "\"'`")
		fallthrough
	case "jwt-base64", "generic-api-key":
		if plain, ok := decodeBase64(text); ok {
			text = plain
		}
	}
	return practice.ValueOf(e.catalogue, text)
}

// Credible reports whether a match can be a credential, given what is told of
// its secret.
func (e *Engine) Credible(m *Match, v shape.Value) bool {
	if m.FileOnly || v.Sample != "" {
		return true
	}
	switch v.Inner {
	case shape.Empty, shape.Placeholder, shape.Reference, shape.Redacted, shape.Pattern, shape.PublicKey, shape.HashLike:
		return false
	}
	if v.Run {
		return false
	}
	switch m.RuleID {
	case "private-key":
		return v.Form == shape.PrivatePEM
	case "jwt", "jwt-base64":
		return v.Form == shape.JWT
	case "curl-auth-user", "hashicorp-tf-password", "nuget-config-password":
		return shape.Credible(v, shape.Password, true)
	case "kubernetes-secret-yaml":
		key, _, _ := strings.Cut(m.Secret.Reveal(), ":")
		return !isOpenKey(key) && shape.Credible(v, shape.Secret, true)
	case "curl-auth-header":
		return shape.Credible(v, shape.Secret, true)
	case "generic-api-key":
		return isNamedCredential(m, v)
	}
	switch {
	case slices.Contains(m.Tags, tagBasic):
		return v.Form == shape.BasicValue
	case slices.Contains(m.Tags, tagPassword):
		return shape.Credible(v, shape.Password, true) && v.Form != shape.Identifier
	case m.Provider != "" && m.Generic:
		return isNamedCredential(m, v)
	case e.isIssued(m):
		return isIssuedText(m, v)
	}
	return true
}

// isOpenKey reports whether an entry of a Kubernetes secret is called after what
// nobody hides.
func isOpenKey(key string) bool {
	return shape.HasWord(key, "crt", "ca", "cert", "certificate", "pub", "public", "user", "username", "address", "host", "hostname", "port",
		"endpoint", "database", "dbname", "region", "bucket", "email")
}

// isIssued reports whether the rule of a match knows who issues what it finds.
func (e *Engine) isIssued(m *Match) bool {
	return !m.Generic && !e.catalogue.SecretRule(m.RuleID).Generic
}

// isNamedCredential judges the match of a rule that goes by a name alone: the
// name must speak of a credential with its last words, and the value must look
// like one.
func isNamedCredential(m *Match, v shape.Value) bool {
	name := nameOf(m)
	if inner, value, ok := strings.Cut(m.Secret.Reveal(), "="); ok && strings.Trim(value, "=") != "" {
		name, v = inner, shape.Of(value) // "x-token, Signature=..." names another thing last
	}
	if text := m.Secret.Reveal(); v.Form != shape.JWT && (strings.HasPrefix(text, "eyJ") || strings.Contains(text, ".eyJ")) {
		return false // a token without signature, or a broken one
	}
	kind := shape.OfName(name)
	return kind != shape.None && shape.Credible(v, kind, false)
}

// isIssuedText judges the match of a rule of an issuer. Their forms are told by
// a prefix, or by a name beside a value of some length; that value may as well
// be an identifier, a path or words.
func isIssuedText(m *Match, v shape.Value) bool {
	if member, ok := strings.CutPrefix(m.Secret.Reveal(), "s."); ok && m.RuleID == "vault-service-token" {
		v = shape.Of(member) // or a field of a variable s
		return v.Form == shape.Opaque && v.Digit && !v.Wordy
	}
	return !v.Wordy || v.Form == shape.URLLike // a webhook is words for the most part
}

// nameOf returns the name that stands before the secret in a match, "" if there
// is none.
func nameOf(m *Match) string {
	text := m.Text.Reveal()
	before := text[:min(m.SecretAt, len(text))]
	before = strings.TrimRightFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	start := strings.LastIndexFunc(before, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
	})
	if start >= 0 {
		_, size := utf8.DecodeRuneInString(before[start:])
		before = before[start+size:]
	}
	return strings.Trim(before, "_-.")
}

// base64Text is what Base64 with padding, of either alphabet, looks like.
var base64Text = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9+/_-]+={0,2}$`) })

// decodeBase64 returns the text that Base64 stands for, if it is one.
func decodeBase64(text string) (string, bool) {
	if !base64Text().MatchString(text) {
		return "", false
	}
	raw := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	data, err := base64.RawStdEncoding.DecodeString(raw)
	if err != nil || !utf8.Valid(data) || strings.ContainsFunc(string(data), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }) {
		return "", false
	}
	return strings.TrimRight(string(data), "\r\n"), true
}
