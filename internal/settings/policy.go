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
	path := s.pathWords()
	words := slices.Concat(o.fileWords, path)
	key := lookup(o.table.Numbers, path, func(k *rules.NumberKey, _ []string) bool {
		if len(k.Any) == 0 { // the file's name rules nothing out: login.defs
			return fits(&k.Context, path)
		}
		return fits(&k.Context, words)
	})
	if key == nil {
		return
	}
	for _, lit := range literals(s) {
		value, err := strconv.Atoi(strings.TrimSpace(lit.text))
		if err != nil || value < 0 || value > maxPolicyNumber {
			continue
		}
		obs := &practice.Policy{Source: o.source(s), Value: value, Use: s.use()}
		switch key.Kind {
		case "max-attempts":
			obs.Kind = practice.MaxAttempts
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

// isPolicy reports whether a minimal length is a policy for new passwords. In a
// schema it may only say that the field must not be empty, or check the input
// of somebody who logs in.
func (o *observer) isPolicy(s *Setting, path []string, value int) bool {
	if s.Parent == nil || !isSchema(s.Parent) {
		return true
	}
	return value > 1 && !hasPhrase(o.table.LoginSchema, path)
}
