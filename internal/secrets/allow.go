package secrets

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/rules"
)

// allowlist says which files and matches do not count. Its expressions are
// compiled when they are first asked.
type allowlist struct {
	and       bool // all kinds that are given must hold, not one of them
	target    string
	hasCommit bool
	paths     func() *regexp.Regexp // nil if there are none
	regexes   func() *regexp.Regexp
	stopwords func() *automaton
}

// conditionOf returns whether a condition means AND and whether it is known.
func conditionOf(word string) (and, ok bool) {
	switch strings.ToUpper(word) {
	case "AND", "&&":
		return true, true
	case "", "OR", "||":
		return false, true
	}
	return false, false
}

// joined returns one expression for all. They are joined as gitleaks joins
// them: a flag in one of them holds for those behind it too.
func joined(list []string) string { return "(?:" + strings.Join(list, "|") + ")" }

// newAllowlist prepares a checked allowlist.
func newAllowlist(a rules.SecretAllowlist) *allowlist {
	list := &allowlist{target: a.RegexTarget, hasCommit: len(a.Commits) > 0}
	list.and, _ = conditionOf(a.Condition)
	if len(a.Paths) > 0 {
		list.paths = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(joined(a.Paths)) })
	}
	if len(a.Regexes) > 0 {
		list.regexes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(joined(a.Regexes)) })
	}
	if len(a.Stopwords) > 0 {
		list.stopwords = sync.OnceValue(func() *automaton {
			words := make([]string, len(a.Stopwords))
			for i, word := range a.Stopwords {
				words[i] = strings.ToLower(word)
			}
			slices.Sort(words)
			return newAutomaton(slices.Compact(words))
		})
	}
	return list
}

// newAllowlists prepares all of them.
func newAllowlists(list []rules.SecretAllowlist) []*allowlist {
	var all []*allowlist
	for _, a := range list {
		all = append(all, newAllowlist(a))
	}
	return all
}

// allowsPath reports whether the path fits.
func (a *allowlist) allowsPath(path string) bool {
	return a.paths != nil && path != "" && a.paths().MatchString(path)
}

// skipsFile reports whether nothing in the file counts. There are no commits
// here, so an allowlist that demands one skips nothing.
func (a *allowlist) skipsFile(path string) bool {
	if path == "" {
		return false
	}
	if a.and && (a.hasCommit || a.regexes != nil || a.stopwords != nil) {
		return false
	}
	return a.allowsPath(path)
}

// allows reports whether a match does not count because of the allowlist.
func (s *scan) allows(a *allowlist, c *candidate) bool {
	regexHit := a.regexes != nil && s.matchesTarget(a, c)
	if !a.and {
		return regexHit || a.hasStopword(c.secret)
	}
	return !a.hasCommit && (a.paths == nil || a.allowsPath(s.path)) && (a.regexes == nil || regexHit) &&
		(a.stopwords == nil || a.hasStopword(c.secret))
}

// matchesTarget reports whether one of the allowlist's expressions matches what
// they are meant for.
func (s *scan) matchesTarget(a *allowlist, c *candidate) bool {
	target := c.secret
	switch a.target {
	case "line":
		return c.line.start < c.line.end && s.matchesLine(a, c.line)
	case "match":
		target = c.match
	}
	return target != "" && a.regexes().MatchString(target)
}

// hasStopword reports whether one of the stopwords is in the secret.
func (a *allowlist) hasStopword(secret string) bool {
	return a.stopwords != nil && secret != "" && a.stopwords().contains([]byte(strings.ToLower(secret)))
}
