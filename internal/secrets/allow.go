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
	paths     *pathTest // nil if there are none
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
		list.paths = newPathTest(joined(a.Paths))
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

// pathTest is an expression about names of files. Most names are told by its
// filter, in far less time than the expression needs.
type pathTest struct {
	expression string
	regex      func() *regexp.Regexp
	filter     func() *filter
}

// newPathTest prepares a checked expression.
func newPathTest(expression string) *pathTest {
	return &pathTest{
		expression: expression,
		regex:      sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) }),
		filter:     sync.OnceValue(func() *filter { return newFilter(nameFilterOf(expression)) }),
	}
}

// matches reports whether the expression matches the path.
func (t *pathTest) matches(path string) bool {
	if f := t.filter(); f != nil && !holds(f, path) {
		return false
	}
	return t.regex().MatchString(path)
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
	return a.paths != nil && path != "" && a.paths.matches(path)
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
func (p *pass) allows(a *allowlist, c *candidate) bool {
	regexHit := a.regexes != nil && p.matchesTarget(a, c)
	if !a.and {
		return regexHit || a.hasStopword(c.secret)
	}
	return !a.hasCommit && (a.paths == nil || a.allowsPath(p.path)) && (a.regexes == nil || regexHit) &&
		(a.stopwords == nil || a.hasStopword(c.secret))
}

// matchesTarget reports whether one of the allowlist's expressions matches what
// they are meant for.
func (p *pass) matchesTarget(a *allowlist, c *candidate) bool {
	target := c.secret
	switch a.target {
	case "line":
		return c.context.start < c.context.end && p.matchesLine(a, c.context)
	case "match":
		target = c.match
	}
	return target != "" && a.regexes().MatchString(target)
}

// hasStopword reports whether one of the stopwords is in the secret.
func (a *allowlist) hasStopword(secret string) bool {
	return a.stopwords != nil && secret != "" && a.stopwords().contains([]byte(strings.ToLower(secret)))
}
