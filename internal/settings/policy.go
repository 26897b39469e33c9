package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// maxPolicyNumber is the highest number that a length or a count of attempts
// has; a higher one is something else.
const maxPolicyNumber = 256

// maxNumberText is the length of a value up to which it can be a number or a
// switch, references with a default included.
const maxNumberText = 80

// number observes a number of a password or login policy.
func (o *observer) number(s *Setting) {
	if len(s.Text) > maxNumberText || !strings.ContainsAny(s.Text, "0123456789") {
		return
	}
	path := o.pathOf(s)
	key := lookup(o.table.Numbers, path, func(k *rules.NumberKey, _ []string) bool {
		if len(k.Any) == 0 { // the file's name rules nothing out: login.defs
			return fits(&k.Context, path)
		}
		return fits(&k.Context, slices.Concat(o.fileWords, path))
	})
	if key == nil {
		return
	}
	for _, lit := range literals(s) {
		value, ok := countOf(lit.text)
		if !ok || value > maxPolicyNumber && key.Kind != "max-age" {
			continue
		}
		obs := &practice.Policy{Source: o.source(s), Value: value, Use: s.use(), Machine: key.Machine}
		switch key.Kind {
		case "max-attempts":
			obs.Kind = practice.MaxAttempts
		case "max-age":
			obs.Kind = practice.MaxAge
		default:
			if !o.isPolicy(s, path, value) {
				return
			}
			obs.Transfer = hasAny(o.table.Transfer, path)
		}
		if lit.fallback {
			obs.Condition = practice.Configured
		}
		obs.At, obs.Origin = lit.at, lit.at
		obs.Provider = o.providerOf(s, "", noValue)
		o.out = append(o.out, obs)
	}
}

// countOf reads a number of something.
func countOf(text string) (int, bool) {
	value, err := strconv.Atoi(strings.TrimSpace(text))
	return value, err == nil && value >= 0
}

// isCount reports whether a text is a number of something.
func isCount(text string) bool {
	_, ok := countOf(text)
	return ok
}

// isPolicy reports whether a minimal length is a policy for new passwords. In a
// schema it may only say that the field must not be empty, or check the input
// of somebody who logs in.
func (o *observer) isPolicy(s *Setting, path []string, value int) bool {
	if s.Parent == nil || !isSchema(s.Parent) {
		return true
	}
	return value > 1 && !hasPhrase(o.table.LoginSchema, path)
}

// termsPhrase is the key of such a policy.
const termsPhrase = "passwordpolicy"

// terms observes a policy for passwords in the words of Keycloak:
// length(8) and digits(1) and forceExpiredPasswordChange(365).
func (o *observer) terms(s *Setting) {
	if len(s.Text) > maxTerms || !strings.Contains(s.Text, "(") || phraseOf(s.Name) != termsPhrase {
		return
	}
	offset := 0
	for term := range strings.SplitSeq(s.Text, " and ") {
		name, rest, ok := strings.Cut(term, "(")
		from := offset + len(name) + 1
		offset += len(term) + len(" and ")
		number, _, closed := strings.Cut(rest, ")")
		value, err := strconv.Atoi(strings.TrimSpace(number))
		if !ok || !closed || err != nil {
			continue
		}
		obs := &practice.Policy{Source: o.source(s), Value: value, Use: s.use(), Identity: true}
		switch strings.TrimSpace(name) {
		case "length":
			obs.Kind = practice.MinLength
		case "forceExpiredPasswordChange":
			obs.Kind = practice.MaxAge
		default:
			continue
		}
		obs.At = s.Slice(from, from+len(number))
		obs.Origin = obs.At
		o.out = append(o.out, obs)
	}
}

// maxTerms is the length of a value up to which it can be such terms.
const maxTerms = 500

// classes observes a policy for passwords that does not demand all classes of
// characters.
func (o *observer) classes(m *Setting) {
	var off *Setting
	missing, asked := 0, 0
	for _, item := range m.Items {
		if item.Kind != Scalar || !o.endsWith(item, ofSwitch) || !o.table.Classes[phraseOf(item.Name)] {
			continue
		}
		asked++
		for _, lit := range literals(item) {
			if !lit.fallback && isBad([]string{"false"}, lit.text) {
				missing++
				if off == nil {
					off = item
				}
			}
		}
	}
	if off == nil || asked < 2 && !hasPhrase(passwordWords, m.pathWords()) {
		return
	}
	obs := &practice.Policy{Source: o.source(off), Kind: practice.MinClasses, Value: allClasses - missing, Use: off.use()}
	obs.Provider = o.providerOf(off, "", noValue)
	o.out = append(o.out, obs)
}

// allClasses is the number of classes of characters: lower, upper, digit, symbol.
const allClasses = 4

var passwordWords = map[string]bool{"password": true, "passwords": true, "passwd": true}

// secondFactor returns the observation of a second factor that is switched off, or
// that nobody has to have.
func (o *observer) secondFactor(s *Setting, source practice.Source, demanded bool) *practice.Policy {
	words := slices.Concat(o.fileWords, s.typeWords(), s.pathWords())
	return &practice.Policy{
		Source: source, Kind: practice.SecondFactor, Use: s.use(), Identity: demanded || hasPhrase(o.table.Identity, words),
		Provider: o.providerOf(s, "", noValue),
	}
}
