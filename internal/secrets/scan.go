package secrets

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/finding"
)

// gitleaksAllow is the comment that allows the matches of its line.
const gitleaksAllow = "gitleaks:allow"

// Scan returns the matches in a file, in the order of their places. The path is
// relative to the root, with slashes; rules and allowlists may ask for it. In a
// binary file only rules about names of files match.
func (e *Engine) Scan(path string, data []byte) []Match {
	text := decode(data)
	matches := e.scanText(path, text.bytes)
	for i := range matches {
		m := &matches[i]
		m.Start, m.End = text.source(m.Start), text.source(m.End)
		m.SecretStart, m.SecretEnd = text.source(m.SecretStart), text.source(m.SecretEnd)
	}
	return matches
}

// scanText is Scan on UTF-8 text, nil for a binary file.
func (e *Engine) scanText(path string, text []byte) []Match {
	c := e.rules()
	if path != "" && path == e.config {
		return nil
	}
	s := scan{compiled: c, path: path, text: text}
	s.findKeywords()
	var active []*rule
	for _, r := range c.rules {
		if !r.SkipReport && s.isActive(r) {
			active = append(active, r)
		}
	}
	if len(active) == 0 || slices.ContainsFunc(c.allowlists, func(a *allowlist) bool { return a.skipsFile(path) }) {
		return nil
	}
	var found []*candidate
	var files []Match
	for _, r := range active {
		switch {
		case r.regex != nil:
			found = append(found, s.composite(r)...)
		case !s.skipped(r):
			files = append(files, fileMatch(r))
		}
	}
	return append(files, s.results(found)...)
}

// isActive reports whether a rule has anything to look for in the file.
func (s *scan) isActive(r *rule) bool {
	if r.regex == nil {
		return r.path != nil && r.path().MatchString(s.path)
	}
	return len(r.keywords) == 0 || s.hit(r)
}

// fileMatch returns the match of a rule that is about the file's name.
func fileMatch(r *rule) Match {
	return Match{RuleID: r.ID, Description: r.Description, Tags: r.Tags, Provider: r.Provider, Generic: r.Generic, Line: 1, FileOnly: true}
}

// scan is the state of one Scan.
type scan struct {
	*compiled
	path string
	text []byte
	// hits are the ends of each keyword, nil if there are none; whole is set if
	// their places cannot be used, because case is more than ASCII here.
	hits     [][]int32
	whole    bool
	newlines func() []int
	// content is the text as a string, of which all parts are slices: a line may
	// be as long as the file, and have thousands of matches.
	content func() string
	lines   map[lineTest]bool
}

// lineTest is the question whether an allowlist's expressions match a line.
type lineTest struct {
	list *allowlist
	line span
}

// matchesLine reports whether an allowlist's expressions match the line of a
// match. It is asked once a line.
func (s *scan) matchesLine(a *allowlist, line span) bool {
	key := lineTest{a, line}
	known, ok := s.lines[key]
	if !ok {
		if s.lines == nil {
			s.lines = map[lineTest]bool{}
		}
		known = a.regexes().MatchString(s.content()[line.start:line.end])
		s.lines[key] = known
	}
	return known
}

// findKeywords runs the automaton over the text.
func (s *scan) findKeywords() {
	s.newlines = sync.OnceValue(func() []int { return newlinesOf(s.text) })
	s.content = sync.OnceValue(func() string { return string(s.text) })
	text := s.text
	if s.wide || bytes.Contains(text, []byte(string(kelvin))) || bytes.Contains(text, []byte(string(dottedI))) {
		s.whole = true
		text = bytes.ToLower(text)
	}
	s.whole = s.whole || bytes.Contains(text, []byte(string(longS)))
	s.keywords.find(text, func(word, end int) bool {
		if s.hits == nil {
			s.hits = make([][]int32, len(s.keywords.words))
		}
		s.hits[word] = append(s.hits[word], int32(end))
		return true
	})
}

// hit reports whether a keyword of the rule is in the text.
func (s *scan) hit(r *rule) bool {
	return s.hits != nil && slices.ContainsFunc(r.keywords, func(word int) bool { return len(s.hits[word]) > 0 })
}

// skipped reports whether an allowlist of the rule skips the file.
func (s *scan) skipped(r *rule) bool {
	return slices.ContainsFunc(r.allowlists, func(a *allowlist) bool { return a.skipsFile(s.path) })
}

// windows returns the parts of the text that the rule's expression must run on.
func (s *scan) windows(r *rule) []span {
	all := []span{{0, len(s.text)}}
	if s.whole {
		return all
	}
	reach := r.reach()
	if reach == nil {
		return all
	}
	var keywords []span
	for _, word := range r.keywords {
		if s.hits == nil {
			break
		}
		size := len(s.keywords.words[word])
		for _, end := range s.hits[word] {
			keywords = append(keywords, span{int(end) - size, int(end)})
		}
	}
	if len(r.keywords) > 1 {
		slices.SortFunc(keywords, func(a, b span) int { return cmp.Compare(a.end, b.end) })
	}
	windows := reach.windows(s.text, keywords)
	if reach.tail == nil {
		return windows
	}
	// Only whole windows may be left out: in a part of one, a match might seem
	// to end where the part ends.
	return slices.DeleteFunc(windows, func(w span) bool {
		for len(keywords) > 0 && keywords[0].end <= w.end {
			keyword := keywords[0]
			keywords = keywords[1:]
			if reach.tail.Match(s.text[keyword.start:min(w.end, reach.end(s.text, keyword.end))]) {
				for len(keywords) > 0 && keywords[0].end <= w.end {
					keywords = keywords[1:]
				}
				return false
			}
		}
		return true
	})
}

// run returns the matches of one rule that pass its tests and allowlists.
func (s *scan) run(r *rule) []*candidate {
	if s.skipped(r) || (r.path != nil && !r.path().MatchString(s.path)) || r.regex == nil {
		return nil
	}
	var found []*candidate
	for _, w := range s.windows(r) {
		for _, at := range r.regex().FindAllIndex(s.text[w.start:w.end], -1) {
			if c := s.candidate(r, span{w.start + at[0], w.start + at[1]}); c != nil {
				found = append(found, c)
			}
		}
	}
	return found
}

// candidate returns the match at a place, nil if a test rules it out.
func (s *scan) candidate(r *rule, at span) *candidate {
	c := &candidate{rule: r, span: at}
	for c.start < c.end && s.text[c.start] == '\n' {
		c.start++
		c.lead++
	}
	for c.end > c.start && s.text[c.end-1] == '\n' {
		c.end--
	}
	c.match = s.content()[c.start:c.end]
	if !c.findSecret() {
		return nil
	}
	c.bits = entropy(c.secret)
	if r.Entropy != 0 && c.bits <= r.Entropy {
		return nil
	}
	s.locate(c)
	for _, list := range [][]*allowlist{s.allowlists, r.allowlists} {
		for _, a := range list {
			if s.allows(a, c) {
				return nil
			}
		}
	}
	return c
}

// locate sets the lines of a match. Cut-off line ends count as gitleaks counts
// them: it shortens the match but leaves its start, so that both ends move back.
func (s *scan) locate(c *candidate) {
	start, end := c.start-c.lead, c.end-c.lead
	newlines := s.newlines()
	first := sort.SearchInts(newlines, start+1) // line ends at or before the start
	last := max(first, sort.SearchInts(newlines, end))
	c.lines = [2]int{first, last}
	from, to := 0, len(s.text)
	c.column = start + 1
	if first > 0 {
		from = newlines[first-1]
		c.column = start - from + 1
	}
	if last < len(newlines) {
		to = newlines[last]
	}
	c.line = span{from, max(to, c.end)}
}

// newlinesOf returns the offsets of all line ends.
func newlinesOf(text []byte) []int {
	list := make([]int, 0, bytes.Count(text, []byte{'\n'}))
	for at := range text {
		if text[at] == '\n' {
			list = append(list, at)
		}
	}
	return list
}

// composite is run, but keeps only the matches near which everything stands
// that the rule requires.
func (s *scan) composite(r *rule) []*candidate {
	for _, part := range r.Required { // without a word of the part there is none
		if p := s.byID[part.ID]; len(p.keywords) > 0 && !s.hit(p) {
			return nil
		}
	}
	found := s.run(r)
	for _, part := range r.Required {
		if len(found) == 0 {
			return nil
		}
		parts := s.run(s.byID[part.ID])
		found = slices.DeleteFunc(found, func(c *candidate) bool {
			return !slices.ContainsFunc(parts, func(p *candidate) bool {
				return near(part.WithinLines, c.lines[0], p.lines[0]) && near(part.WithinColumns, c.column, p.column)
			})
		})
	}
	return found
}

// near reports whether two numbers differ by no more than the limit, if there is one.
func near(limit *int, a, b int) bool { return limit == nil || max(a-b, b-a) <= *limit }

// results returns the matches of the candidates that no more telling rule on the
// same line makes superfluous, in the order of their places.
func (s *scan) results(found []*candidate) []Match {
	var matches []Match
	anyAllowed := len(found) > 0 && strings.Contains(s.content(), gitleaksAllow)
	telling := map[int][]*candidate{} // by line
	for _, c := range found {
		c.allowed = anyAllowed && strings.Contains(s.content()[c.line.start:c.line.end], gitleaksAllow)
		if !c.rule.broad {
			telling[c.lines[0]] = append(telling[c.lines[0]], c)
		}
	}
	for _, c := range found {
		if c.rule.broad && slices.ContainsFunc(telling[c.lines[0]], func(other *candidate) bool {
			return strings.Contains(other.secret, c.secret) && (c.allowed || !other.allowed)
		}) {
			continue
		}
		r := c.rule
		matches = append(matches, Match{
			RuleID: r.ID, Description: r.Description, Tags: r.Tags, Provider: r.Provider, Generic: r.Generic,
			Start: c.start, End: c.end, SecretStart: c.inner.start, SecretEnd: c.inner.end,
			Secret: finding.NewSecret(c.secret), Text: finding.NewSecret(c.match),
			Entropy: c.bits, Line: c.lines[0] + 1, Lead: c.lead, Allowed: c.allowed,
		})
	}
	slices.SortStableFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.RuleID, b.RuleID))
	})
	return matches
}
