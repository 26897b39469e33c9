package secrets

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/authlint/authlint/rules"
)

// rule is a pattern rule ready to run. Nothing of it is compiled before a
// keyword of it is found.
type rule struct {
	rules.SecretRule
	keywords []int // indices of the engine's keywords
	// anchors are words of which every match holds one, of a rule that has no keywords.
	anchors    []int
	words      []string // the keywords or anchors, in lower case
	path       *pathTest
	allowlists []*allowlist
	expression lazy[regexp.Regexp]
	around     lazy[reach]
	searched   atomic.Int64 // bytes that the expression ran on
	// broad is set where gitleaks gives way to a more telling rule on the same line.
	broad bool
}

// newRule prepares a checked rule.
func newRule(source rules.SecretRule, keywords map[string]int) *rule {
	r := &rule{SecretRule: source, allowlists: newAllowlists(source.Allowlists)}
	r.broad = strings.Contains(strings.ToLower(source.ID), "generic")
	number := func(word string) int {
		n, ok := keywords[word]
		if !ok {
			n = len(keywords)
			keywords[word] = n
		}
		return n
	}
	numbers := &r.keywords
	if r.words = lowered(source.Keywords); len(r.words) == 0 && source.Regex != "" {
		r.words, numbers = anchorsOf(source.Regex), &r.anchors
	}
	if len(r.words) > 0 {
		*numbers = make([]int, len(r.words))
	}
	for i, word := range r.words {
		(*numbers)[i] = number(word)
	}
	if source.Path != "" {
		r.path = newPathTest(source.Path)
	}
	return r
}

// lowered returns words in lower case.
func lowered(words []string) []string {
	if !slices.ContainsFunc(words, func(word string) bool { return word != strings.ToLower(word) }) {
		return words
	}
	words = slices.Clone(words)
	for i, word := range words {
		words[i] = strings.ToLower(word)
	}
	return words
}

// regex returns the rule's expression; there must be one.
func (r *rule) regex() *regexp.Regexp {
	return r.expression.get(func() *regexp.Regexp { return regexp.MustCompile(r.Regex) })
}

// reach returns how far around its keywords the expression's matches lie.
func (r *rule) reach() *reach {
	return r.around.get(func() *reach { return reachOf(r.Regex, r.words) })
}

// places returns the indices of the words around which matches lie, if they do.
func (r *rule) places() []int {
	if len(r.anchors) > 0 {
		return r.anchors
	}
	return r.keywords
}

// candidate is a match on its way through the tests of a rule.
type candidate struct {
	rule   *rule
	span          // of the match in the text of its pass, without line ends around it
	lead   int    // line ends cut off in front
	inner  span   // of the secret
	match  string // text of span
	secret string // text of inner
	depth  int    // how many passes decoded the text
	kinds  kinds  // encodings of the parts that the match touches

	origin, originInner span // places of match and secret in the file
	place               span // of the match, as gitleaks has it
	line                span // the lines of place, with the line end in front of them
	context             span // the lines of the match in the text of its pass, likewise

	lines   [2]int  // first and last line, from 0, as gitleaks counts them
	column  int     // of the first, as gitleaks counts
	bits    float64 // entropy of the secret
	allowed bool    // by a comment on one of the lines
}

// tags returns the tags of the rule and those of the encodings.
func (c *candidate) tags() []string {
	if c.depth == 0 {
		return c.rule.Tags
	}
	tags := slices.Clone(c.rule.Tags)
	for _, name := range c.kinds.names() {
		tags = append(tags, "decoded:"+name)
	}
	return append(tags, "decode-depth:"+strconv.Itoa(c.depth))
}

// findSecret sets the secret: the group that the rule names, else the first
// group that is not empty, else the whole match. As in gitleaks, the expression
// runs again on the match alone. It reports whether there is a secret.
func (c *candidate) findSecret() bool {
	c.inner, c.secret = c.span, c.match
	groups := c.rule.regex().FindStringSubmatchIndex(c.match)
	if len(groups) < 4 {
		return true
	}
	group := c.rule.SecretGroup
	if group == 0 {
		for g := 1; g < len(groups)/2 && group == 0; g++ {
			if groups[2*g] < groups[2*g+1] {
				group = g
			}
		}
		if group == 0 {
			return true
		}
	}
	if 2*group >= len(groups) {
		return false
	}
	start, end := max(0, groups[2*group]), max(0, groups[2*group+1]) // -1 where the group took no part
	c.inner, c.secret = span{c.start + start, c.start + end}, c.match[start:end]
	return true
}

// entropy returns the Shannon entropy in bits a character, but divided by the
// number of bytes, as in gitleaks.
func entropy(text string) float64 {
	if text == "" {
		return 0
	}
	var ascii [utf8.RuneSelf]int
	var others map[rune]int
	for _, c := range text {
		if c < utf8.RuneSelf {
			ascii[c]++
			continue
		}
		if others == nil {
			others = map[rune]int{}
		}
		others[c]++
	}
	sum := 0.0
	add := func(count int) {
		if count > 0 {
			share := float64(count) / float64(len(text))
			sum -= share * math.Log2(share)
		}
	}
	for _, count := range ascii {
		add(count)
	}
	for _, count := range others {
		add(count)
	}
	return sum
}
