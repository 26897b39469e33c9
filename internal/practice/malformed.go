package practice

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// malformed judges the values of Authorization headers: what no server takes as
// it is meant.
func (c *court) malformed(r *view) {
	for i := range r.Auth {
		a := &r.Auth[i]
		if a.Told || !a.Prefixed && !isAuthorization(a.Header) {
			continue
		}
		fault, remedy := c.headerFault(r, a)
		if fault == "" {
			continue
		}
		src := r.Source
		src.At, src.Origin, src.Steps = a.At, a.At, nil
		c.pass(malformedAuth, verdict{
			src: &src, remedies: correction(a), grades: sourceGrades(&src), evidence: merged(requestEvidence(r), map[string]string{"fault": fault}),
			message: message("value of "+place(a.Text, "Authorization")+" "+fault+", so the server refuses it", nil, ": "+remedy),
		})
	}
}

// isAuthorization reports whether a header is one whose value begins with a scheme.
func isAuthorization(name string) bool {
	return strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization")
}

// schemes are the words that credentials stand behind, as they are written.
var schemes = [...]string{"Basic", "Bearer", "IBSSO", "AccessKey", "Application"}

// headerFault returns what is wrong with a value and what to do, "" if nothing
// is known to be.
func (c *court) headerFault(r *view, a *Auth) (fault, remedy string) {
	prefix := a.Raw.Prefix()
	word, rest, spaced := strings.Cut(prefix, " ")
	if a.Prefixed {
		if spaced && isScheme(word) {
			return "gets the scheme twice", "give the credential alone"
		}
		return keyFault(r, a, a.Scheme)
	}
	if isBareKey(r, a) {
		return "has no scheme before the API key of " + plain(r.provider.Name, maxShort), "write " + quoted(r.provider.KeyScheme+" ") + " before it"
	}
	if !spaced {
		return joinedFault(a, prefix)
	}
	bare := strings.TrimRight(word, ":=")
	switch {
	case bare != word && isScheme(bare):
		return "has a sign behind the scheme", "put one blank behind " + canonical(bare)
	case isScheme(word) && startsWithScheme(rest):
		return "has the scheme twice", "leave one of them out"
	case meant(word) != "":
		return "has the scheme " + quoted(word), "write " + meant(word)
	}
	if strings.EqualFold(word, "basic") {
		return c.basicFault(r, a, rest)
	}
	return keyFault(r, a, word)
}

// correction returns the remedy for a value that only its scheme is wrong with:
// the beginning of the value as it should be.
func correction(a *Auth) []remedy {
	if a.Prefixed {
		return nil
	}
	prefix := a.Raw.Prefix()
	word, rest, spaced := strings.Cut(prefix, " ")
	second, _, _ := strings.Cut(rest, " ")
	from, to := word+" ", ""
	switch bare := strings.TrimRight(word, ":="); {
	case !spaced && followedByCredential(a.Raw):
		from, to = prefix, canonical(bare)
	case !spaced:
	case bare != word && isScheme(bare):
		to = canonical(bare)
	case isScheme(word) && startsWithScheme(rest) && strings.EqualFold(word, second):
		from, to = word+" "+second+" ", canonical(word)
	default:
		to = meant(word)
	}
	if to == "" {
		return nil
	}
	return []remedy{{name: CorrectScheme, from: from, to: to + " "}}
}

// isScheme reports whether a word is a scheme that credentials stand behind.
func isScheme(word string) bool { return canonical(word) != "" }

// canonical returns a scheme as it is written, "" if the word is none.
func canonical(word string) string {
	if strings.EqualFold(word, "App") {
		return "App"
	}
	for _, s := range schemes {
		if strings.EqualFold(word, s) {
			return s
		}
	}
	return ""
}

// startsWithScheme reports whether a text begins with a scheme and a blank.
func startsWithScheme(text string) bool {
	word, _, ok := strings.Cut(strings.TrimLeft(text, " "), " ")
	return ok && isScheme(word)
}

// meant returns the scheme that a word is a misspelling of, "" if it is none or
// a scheme itself.
func meant(word string) string {
	const least, longest, most = 4, 13, 2 // letters of the word, edits
	if len(word) < least || len(word) > longest || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return ""
	}
	lower := strings.ToLower(word)
	if isOtherScheme(lower) {
		return ""
	}
	for _, s := range schemes {
		want := strings.ToLower(s)
		if d := nearest.Edits(lower, want); d > 0 && d <= most && lower[0] == want[0] {
			return s
		}
	}
	return ""
}

// isOtherScheme reports whether a word is a scheme of some service that happens
// to be near one of the usual words.
func isOtherScheme(lower string) bool {
	switch lower {
	case "access", "accesstoken", "applications", "app", "apikey", "bot", "hmac", "mac", "key", "token":
		return true
	}
	return false
}

// joinedFault judges a value without a blank in what is known of its beginning.
func joinedFault(a *Auth, prefix string) (fault, remedy string) {
	const least = 16 // characters of a credential that is written behind the word
	for _, s := range append([]string{"App"}, schemes[:]...) {
		if len(prefix) < len(s) || !strings.EqualFold(prefix[:len(s)], s) {
			continue
		}
		rest := strings.TrimRight(prefix[len(s):], ":=")
		_, whole := a.Raw.Known()
		switch {
		case rest == "" && followedByCredential(a.Raw):
			return "has no blank behind the scheme", "write " + quoted(s+" ") + " with the blank"
		case whole && s != "App" && s != "Application" && len(rest) >= least && shape.Of(rest).Form != shape.Identifier:
			return "has no blank behind the scheme", "write " + quoted(s+" ") + " with the blank"
		}
	}
	if isBarePair(a, prefix) {
		return "has user and password in Base64 but no scheme", `put "Basic " in front`
	}
	return "", ""
}

// followedByCredential reports whether the first hole of a text holds a
// credential by its name or its source.
func followedByCredential(t partial.Text) bool {
	holes := t.Holes()
	return len(holes) > 0 && isCredentialHole(holes[0])
}

// isBarePair reports whether a value is user and password in Base64 without a
// scheme in front.
func isBarePair(a *Auth, prefix string) bool {
	if a.Base64 != "" {
		return hasColon(a.Raw)
	}
	text, whole := a.Raw.Known()
	if !whole || len(prefix) < 8 {
		return false
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !utf8.Valid(data) || strings.ContainsFunc(string(data), unicode.IsControl) {
		return false
	}
	user, password, ok := strings.Cut(string(data), ":")
	return ok && user != "" && password != ""
}

// hasColon reports whether a known run of a text has a colon.
func hasColon(t partial.Text) bool {
	return slices.ContainsFunc(t, func(p partial.Part) bool { return strings.Contains(p.Text, ":") })
}

// basicFault judges what stands behind Basic.
func (c *court) basicFault(r *view, a *Auth, rest string) (fault, remedy string) {
	switch a.Base64 {
	case "url", "raw-url":
		return "has Base64 for URLs", "use the standard alphabet with padding"
	case "raw-std":
		return "has Base64 without padding", "use the standard encoding with padding"
	case "mime":
		return "has Base64 with the line feeds of mails", "use the encoding without them"
	}
	behind := afterScheme(a.Raw)
	switch {
	case a.Base64 == "" && hasColon(behind) && len(behind.Holes()) > 0:
		return "has user and password that are not in Base64", "encode them"
	case a.Base64 != "" && !hasColon(behind) && isPairOfHoles(behind):
		return "has user and password without a colon between them", "join them with a colon before encoding"
	case a.Base64 != "" && strings.HasPrefix(rest, ":") && r.provider != nil:
		return "has no user before the colon", "put the user there"
	}
	return "", ""
}

// afterScheme returns what stands behind the scheme and its blank.
func afterScheme(t partial.Text) partial.Text {
	rest := slices.Clone(t)
	for i, p := range rest {
		if p.Hole != nil {
			return rest[i:]
		}
		if _, after, ok := strings.Cut(p.Text, " "); ok {
			rest[i].Text = after
			return rest[i:]
		}
	}
	return nil
}

// isPairOfHoles reports whether a text is a user and a password by the names of
// its two holes, and nothing else.
func isPairOfHoles(t partial.Text) bool {
	holes := t.Holes()
	return len(holes) == 2 && shape.IsUserName(holes[0].Name) && shape.OfName(holes[1].Name) == shape.Password
}

// isBareKey reports whether a value is an API key by its name and nothing else,
// where the provider has a scheme for keys.
func isBareKey(r *view, a *Auth) bool {
	if r.provider == nil || r.provider.KeyScheme == "" || len(a.Raw) != 1 || a.Raw[0].Hole == nil {
		return false
	}
	name := a.Raw[0].Hole.Name
	return (shape.OfName(name) == shape.Key || shape.HasWord(name, "key")) && !shape.HasWord(name, "auth", "authorization", "header")
}

// keyFault judges an API key behind the scheme for tokens, where the provider
// has a scheme for keys.
func keyFault(r *view, a *Auth, word string) (fault, remedy string) {
	if r.provider == nil || r.provider.KeyScheme == "" || !strings.EqualFold(word, "bearer") {
		return "", ""
	}
	isKey := a.Known && a.Value.Provider == r.provider.ID && a.Value.Inner != shape.JWT
	for _, h := range a.Raw.Holes() {
		isKey = isKey || shape.OfName(h.Name) == shape.Key || isKeyName(h.Name)
	}
	if !isKey {
		return "", ""
	}
	return "has Bearer before an API key of " + plain(r.provider.Name, maxShort), "write " + quoted(r.provider.KeyScheme+" ") + " before it"
}

// isKeyName reports whether a name is of a key and nothing else: key, INFOBIP_KEY.
func isKeyName(name string) bool {
	words := shape.Words(name)
	return len(words) > 0 && strings.EqualFold(words[len(words)-1], "key")
}
