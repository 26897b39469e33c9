package rules

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Bounds of texts that are compared with the formats of credentials.
const (
	minFormat = 8
	maxFormat = 512
)

// issuedFormat is the form of a credential of a provider, as a pattern rule has it.
type issuedFormat struct {
	provider string
	keywords []string
	group    int
	regex    func() *regexp.Regexp // compiled when a keyword asks for it
}

// loadFormats lists the pattern rules of the providers that know their
// issuer and find the credential itself.
func loadFormats(set *providerSet) []issuedFormat {
	var list []issuedFormat
	for _, p := range set.list {
		for _, r := range p.SecretRules {
			if r.Generic || r.Regex == "" || r.Path != "" || r.SkipReport || len(r.Required) > 0 {
				continue
			}
			// The loader has refused what does not compile.
			regex := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(r.Regex) })
			list = append(list, issuedFormat{p.ID, r.Keywords, r.SecretGroup, regex})
		}
	}
	return list
}

// FormatOf returns the id of the provider in whose format a credential is, and
// reports whether there is one. Nothing but the credential may stand in text:
// a pattern that needs more than that to know its issuer does not count.
func (c *Catalogue) FormatOf(text string) (provider string, ok bool) {
	if len(text) < minFormat || len(text) > maxFormat {
		return "", false
	}
	lower := strings.ToLower(text)
	for _, f := range must(c.formats()) {
		named := func(k string) bool { return strings.Contains(lower, k) }
		if len(f.keywords) > 0 && !slices.ContainsFunc(f.keywords, named) {
			continue
		}
		if m := f.regex().FindStringSubmatch(text); m != nil && f.whole(m, text) {
			return f.provider, true
		}
	}
	return "", false
}

// whole reports whether the credential of a match is all of the text.
func (f issuedFormat) whole(match []string, text string) bool {
	if f.group > 0 {
		return match[f.group] == text
	}
	return match[0] == text || len(match) > 1 && match[1] == text
}
