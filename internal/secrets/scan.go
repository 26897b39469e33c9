package secrets

import (
	"bytes"
	"cmp"
	"index/suffixarray"
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

// scan is the state of one Scan.
type scan struct {
	*compiled
	path     string
	source   []byte // the file's text
	newlines func() []int
	counts   func() bool // that no allowlist skips the file
	files    []Match
	found    []*candidate
}

// scanText is Scan on UTF-8 text, nil for a binary file.
func (e *Engine) scanText(path string, text []byte) []Match {
	if path != "" && path == e.config {
		return nil
	}
	s := newScan(e.rules(), path, text)
	s.total.Add(int64(len(text)))
	buffers := takeBuffers(len(s.keywords.words))
	defer buffers.release()
	p := newPass(s, text, buffers)
	p.search()
	for range e.depth {
		if !p.decode() || !s.counts() {
			break
		}
		p.search()
	}
	return append(s.files, s.results()...)
}

// newScan returns the state in which a scan begins.
func newScan(c *compiled, path string, text []byte) *scan {
	s := &scan{compiled: c, path: path, source: text}
	s.newlines = sync.OnceValue(func() []int { return newlinesOf(text) })
	s.counts = sync.OnceValue(func() bool {
		return !slices.ContainsFunc(s.allowlists, func(a *allowlist) bool { return a.skipsFile(path) })
	})
	return s
}

// fileMatch returns the match of a rule that is about the file's name.
func fileMatch(r *rule) Match {
	return Match{RuleID: r.ID, Description: r.Description, Tags: r.Tags, Provider: r.Provider, Generic: r.Generic, Line: 1, FileOnly: true}
}

// skipped reports whether an allowlist of the rule skips the file.
func (s *scan) skipped(r *rule) bool {
	return slices.ContainsFunc(r.allowlists, func(a *allowlist) bool { return a.skipsFile(s.path) })
}

// locate sets the lines of a match, as gitleaks counts them.
func (s *scan) locate(c *candidate) {
	start, end := c.place.start, c.place.end
	newlines := s.newlines()
	first := sort.SearchInts(newlines, start+1) // line ends at or before the start
	last := max(first, sort.SearchInts(newlines, end))
	c.lines = [2]int{first, last}
	from, to := 0, len(s.source)
	c.column = start + 1
	if first > 0 {
		from = newlines[first-1]
		c.column = start - from + 1
	}
	if last < len(newlines) {
		to = newlines[last]
	}
	c.line = span{from, max(to, end)}
}

// newlinesOf returns the offsets of all line ends.
func newlinesOf(text []byte) []int {
	list := make([]int, 0, bytes.Count(text, []byte{'\n'}))
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return list
		}
		at += next
		list = append(list, at)
	}
}

// near reports whether two numbers differ by no more than the limit, if there is one.
func near(limit *int, a, b int) bool { return limit == nil || max(a-b, b-a) <= *limit }

// allow marks the candidates that a comment on one of their lines allows. A line
// is read once, however many there are on it.
func (s *scan) allow() {
	if len(s.found) == 0 || !bytes.Contains(s.source, []byte(gitleaksAllow)) {
		return
	}
	known := map[span]bool{}
	for _, c := range s.found {
		allowed, ok := known[c.line]
		if !ok {
			allowed = bytes.Contains(s.source[c.line.start:c.line.end], []byte(gitleaksAllow))
			known[c.line] = allowed
		}
		c.allowed = allowed
	}
}

// tellers are the candidates of one line that say whose secret it is.
type tellers struct {
	// secrets are those of the ones that no comment allows, and those of all.
	secrets [2][]string
	index   [2]*suffixarray.Index
}

// manyTellers is from how many on their secrets are indexed: a line may be a file.
const manyTellers = 32

// tellersEnd stands between their secrets in the index.
const tellersEnd = "\xff\xff"

// add adds a candidate.
func (t *tellers) add(c *candidate) {
	if !c.allowed {
		t.secrets[0] = append(t.secrets[0], c.secret)
	}
	t.secrets[1] = append(t.secrets[1], c.secret)
}

// say reports whether one of them holds the secret of a less telling candidate.
// One that is allowed says nothing of a candidate that is not.
func (t *tellers) say(c *candidate) bool {
	if t == nil {
		return false
	}
	which := 0
	if c.allowed {
		which = 1
	}
	list := t.secrets[which]
	if len(list) < manyTellers || c.secret == "" || strings.Contains(c.secret, tellersEnd) {
		return slices.ContainsFunc(list, func(secret string) bool { return strings.Contains(secret, c.secret) })
	}
	if t.index[which] == nil {
		t.index[which] = suffixarray.New([]byte(strings.Join(list, tellersEnd)))
	}
	return len(t.index[which].Lookup([]byte(c.secret), 1)) > 0
}

// results returns the matches of the candidates that no more telling rule on the
// same line makes superfluous, in the order of their places.
func (s *scan) results() []Match {
	var matches []Match
	s.allow()
	telling := map[int]*tellers{} // by line
	for _, c := range s.found {
		if c.rule.broad {
			continue
		}
		if telling[c.lines[0]] == nil {
			telling[c.lines[0]] = &tellers{}
		}
		telling[c.lines[0]].add(c)
	}
	for _, c := range s.found {
		if c.rule.broad && telling[c.lines[0]].say(c) {
			continue
		}
		r := c.rule
		matches = append(matches, Match{
			RuleID: r.ID, Description: r.Description, Tags: c.tags(), Provider: r.Provider, Generic: r.Generic,
			Start: c.origin.start, End: c.origin.end, SecretStart: c.originInner.start, SecretEnd: c.originInner.end,
			Secret: finding.NewSecret(strings.Clone(c.secret)), Text: finding.NewSecret(strings.Clone(c.match)),
			SecretAt: c.inner.start - c.start, Depth: c.depth,
			Entropy: c.bits, Line: c.lines[0] + 1, Lead: c.lead, Allowed: c.allowed,
		})
	}
	slices.SortStableFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.RuleID, b.RuleID))
	})
	return matches
}
