package practice

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// farYear is the first year that no key is meant to see.
const farYear = 2035

// apiKey judges a request that makes an API key.
func (c *court) apiKey(o *Token, v verdict) {
	p, ok := c.Catalogue.ProviderOf(o.Host)
	if !ok || !p.MakesKey(o.Path) {
		return
	}
	put(v.evidence, "provider", p.ID)
	fields := p.KeyFields
	if end, ok := member(o, fields.Expiry); !ok || year(end) >= farYear {
		endless := v
		endless.evidence = maps.Clone(v.evidence)
		endless.message = by(o.Use, "request") + " makes an API key that outlives its use: set " + strings.Join(fields.Expiry, " or ") + " and rotate it before that"
		c.pass(apiKeyWithoutExpiry, endless)
	}
	var missing []string
	if _, ok := member(o, fields.Addresses); !ok {
		missing = append(missing, "a list of addresses")
	}
	if scope, ok := member(o, fields.Scope); !ok || isWide(scope, fields.Wide) {
		missing = append(missing, "a scope")
	}
	if len(missing) == 0 {
		return
	}
	put(v.evidence, "missing", strings.Join(missing, ", "))
	v.message = by(o.Use, "request") + " makes an API key without " + strings.Join(missing, " and ") +
		", so whoever gets hold of it can use it: restrict it"
	c.pass(apiKeyUnrestricted, v)
}

// ownKey judges an API key that the program issues itself.
func (c *court) ownKey(o *Token, v verdict) {
	if !o.Endless {
		return
	}
	v.grades = withGrade(v.grades, WeakEvidence)
	v.message = by(o.Use, "API key") + " makes an API key that never ends: let it end and rotate it before that"
	c.pass(apiKeyWithoutExpiry, v)
}

// member returns the value of the first member with one of the names that says
// anything.
func member(o *Token, names []string) (partial.Text, bool) {
	for _, m := range o.Members {
		name, ok := m.Name.Known()
		if !ok || !slices.Contains(names, name) {
			continue
		}
		switch text, known := m.Value.Known(); {
		case known && (text == "null" || text == `""` || text == "[]" || text == ""):
		default:
			return m.Value, true
		}
	}
	return nil, false
}

// year returns the year that a date begins with, 0 if it is not known.
func year(t partial.Text) int {
	text, ok := t.Known()
	text = strings.Trim(text, `"`)
	if !ok || len(text) < 4 {
		return 0
	}
	n, err := strconv.Atoi(text[:4])
	if err != nil {
		return 0
	}
	return n
}

// isWide reports whether a scope is everything.
func isWide(t partial.Text, wide []string) bool {
	text, ok := t.Known()
	return ok && slices.ContainsFunc(wide, func(w string) bool { return strings.Contains(text, `"`+w+`"`) })
}
