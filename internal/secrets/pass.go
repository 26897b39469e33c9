package secrets

import (
	"cmp"
	"slices"
	"sort"
	"sync"

	"github.com/authlint/authlint/rules"
)

// pass is one search through a text: that of the file, or the same text with
// what is encoded in it decoded, once more in each pass.
type pass struct {
	*scan
	*buffers
	text []byte
	// segments are the decoded parts of the text; only matches that touch one
	// count, and without any all do.
	segments []segment
	// earlier are the segments of every pass so far.
	earlier [][]segment
	// folds is set where case is more than ASCII.
	folds *folding
	// content is the text as a string, of which all parts are slices: a line may
	// be as long as the file, and have thousands of matches.
	content func() string
	lines   map[lineTest]bool
	parts   map[*rule][]*candidate // of rules that others require
}

// newPass returns the first pass.
func newPass(s *scan, text []byte, b *buffers) *pass {
	p := &pass{scan: s, buffers: b}
	p.begin(text)
	return p
}

// begin makes text the one that is searched.
func (p *pass) begin(text []byte) {
	p.text, p.lines, p.parts = text, nil, nil
	p.content = sync.OnceValue(func() string { return string(text) })
	p.clear()
	p.folds = newFolding(p.compiled, text)
	searched := text
	if p.folds != nil {
		searched = p.folds.text
	}
	p.keywords.find(searched, func(word, end int) bool {
		p.add(word, end)
		return true
	})
}

// search has all rules look at the text.
func (p *pass) search() {
	for _, r := range p.rules {
		if r.SkipReport || !p.isActive(r) || !p.counts() {
			continue
		}
		if r.Regex != "" {
			p.found = append(p.found, p.composite(r)...)
		} else if !p.skipped(r) {
			p.files = append(p.files, fileMatch(r))
		}
	}
}

// isActive reports whether a rule has anything to look for.
func (p *pass) isActive(r *rule) bool {
	if len(r.keywords) > 0 && !p.hit(r) || len(r.anchors) > 0 && !slices.ContainsFunc(r.anchors, p.has) {
		return false
	}
	return r.Regex != "" || len(p.segments) == 0 && r.path != nil && r.path.matches(p.path)
}

// hit reports whether a keyword of the rule is in the text.
func (p *pass) hit(r *rule) bool {
	if p.folds != nil {
		return slices.ContainsFunc(r.keywords, func(word int) bool { return p.folds.words[word] })
	}
	return slices.ContainsFunc(r.keywords, p.has)
}

// has reports whether there are places of a keyword.
func (p *pass) has(word int) bool { return len(p.ends[word]) > 0 }

// windows returns the parts of the text that the rule's expression must run on.
func (p *pass) windows(r *rule) []span {
	reach := r.reach()
	if p.folds != nil {
		reach = reach.loose()
	}
	if !reach.proven {
		return reach.accepted(p.text)
	}
	var hits []span
	for _, word := range r.places() {
		size := len(p.keywords.words[word])
		for _, end := range p.ends[word] {
			hits = append(hits, p.folds.origin(span{int(end) - size, int(end)}))
		}
	}
	if len(r.places()) > 1 {
		slices.SortFunc(hits, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	}
	windows := reach.windows(p.text, hits)
	if len(p.segments) == 0 {
		return windows
	}
	return slices.DeleteFunc(windows, func(w span) bool { return len(touching(p.segments, w)) == 0 })
}

// run returns the matches of one rule that pass its tests and allowlists.
func (p *pass) run(r *rule) []*candidate {
	if p.skipped(r) || (r.path != nil && !r.path.matches(p.path)) || r.Regex == "" {
		return nil
	}
	var found []*candidate
	for _, w := range p.windows(r) {
		r.searched.Add(int64(w.end - w.start))
		for _, at := range r.regex().FindAllIndex(p.text[w.start:w.end], -1) {
			if c := p.candidate(r, span{w.start + at[0], w.start + at[1]}); c != nil {
				found = append(found, c)
			}
		}
	}
	return found
}

// composite is run, but keeps only the matches near which everything stands
// that the rule requires.
func (p *pass) composite(r *rule) []*candidate {
	for _, part := range r.Required { // without a word of the part there is none
		if required := p.byID[part.ID]; required.Regex != "" && len(required.keywords) > 0 && required.reach().proven && !p.hit(required) {
			return nil
		}
	}
	found := p.run(r)
	for _, part := range r.Required {
		if len(found) == 0 {
			return nil
		}
		required := p.byID[part.ID]
		parts, ok := p.parts[required]
		if !ok {
			if p.parts == nil {
				p.parts = map[*rule][]*candidate{}
			}
			parts = p.run(required)
			slices.SortStableFunc(parts, func(a, b *candidate) int { return cmp.Compare(a.lines[0], b.lines[0]) })
			p.parts[required] = parts
		}
		found = slices.DeleteFunc(found, func(c *candidate) bool { return !isNear(c, parts, part) })
	}
	return found
}

// isNear reports whether one of the parts, sorted by line, is as near as it must be.
func isNear(c *candidate, parts []*candidate, part rules.RequiredRule) bool {
	if part.WithinLines != nil {
		first := sort.Search(len(parts), func(i int) bool { return parts[i].lines[0] >= c.lines[0]-*part.WithinLines })
		parts = parts[first:]
	}
	for _, p := range parts {
		if !near(part.WithinLines, c.lines[0], p.lines[0]) {
			return false // and those behind it are further
		}
		if near(part.WithinColumns, c.column, p.column) {
			return true
		}
	}
	return false
}

// candidate returns the match at a place, nil if a test rules it out.
func (p *pass) candidate(r *rule, at span) *candidate {
	c := &candidate{rule: r, span: at}
	var segments []segment
	if len(p.segments) > 0 {
		if segments = touching(p.segments, at); len(segments) == 0 {
			return nil // an earlier pass has found it
		}
	}
	for c.start < c.end && p.text[c.start] == '\n' {
		c.start++
		c.lead++
	}
	for c.end > c.start && p.text[c.end-1] == '\n' {
		c.end--
	}
	c.match = p.content()[c.start:c.end]
	if !c.findSecret() {
		return nil
	}
	c.bits = entropy(c.secret)
	if r.Entropy != 0 && c.bits <= r.Entropy {
		return nil
	}
	if segments == nil {
		// It shortens the match but leaves its start, so that both ends move back.
		c.place = span{c.start - c.lead, c.end - c.lead}
		c.origin, c.originInner = c.span, c.inner
		p.locate(c)
		c.context = c.line
	} else {
		p.decoded(c, at, segments)
	}
	for _, list := range [][]*allowlist{p.allowlists, r.allowlists} {
		for _, a := range list {
			if p.allows(a, c) {
				return nil
			}
		}
	}
	return c
}

// decoded sets what a match has by the decoded parts that it touches.
func (p *pass) decoded(c *candidate, at span, segments []segment) {
	c.depth = len(p.earlier)
	for i := range segments {
		c.kinds |= segments[i].kinds
	}
	c.place = p.toSource(c.depth, segments, at)
	c.lead = 0
	c.origin = c.place
	c.originInner = p.toSource(c.depth, touching(p.segments, c.inner), c.inner)
	p.locate(c)
	c.context = lineAround(p.text, span{segments[0].decoded.start, segments[len(segments)-1].decoded.end})
}

// lineTest is the question whether an allowlist's expressions match a line.
type lineTest struct {
	list *allowlist
	line span
}

// matchesLine reports whether an allowlist's expressions match the line of a
// match. It is asked once a line.
func (p *pass) matchesLine(a *allowlist, line span) bool {
	key := lineTest{a, line}
	known, ok := p.lines[key]
	if !ok {
		if p.lines == nil {
			p.lines = map[lineTest]bool{}
		}
		known = a.regexes().MatchString(p.content()[line.start:line.end])
		p.lines[key] = known
	}
	return known
}

// buffers are what a scan needs for a while; they are used again.
type buffers struct {
	// ends are the ends of each keyword; used are those that have any.
	ends [][]int32
	used []int
	// current and spare are the texts of the last two passes behind the first,
	// plain is the text of one segment.
	current, spare, plain []byte
}

var bufferPool = sync.Pool{New: func() any { return new(buffers) }}

// takeBuffers returns empty buffers for so many keywords.
func takeBuffers(words int) *buffers {
	b, _ := bufferPool.Get().(*buffers)
	b.clear()
	if len(b.ends) < words {
		b.ends = append(b.ends, make([][]int32, words-len(b.ends))...)
	}
	return b
}

// largeBuffer is the size in bytes from which a buffer is not kept.
const largeBuffer = 1 << 20

// release gives the buffers back.
func (b *buffers) release() {
	for _, buffer := range []*[]byte{&b.current, &b.spare, &b.plain} {
		if cap(*buffer) > largeBuffer {
			*buffer = nil
		}
	}
	for _, word := range b.used {
		if cap(b.ends[word]) > largeBuffer/64 {
			b.ends[word] = nil
		}
	}
	bufferPool.Put(b)
}

// add notes a place of a keyword.
func (b *buffers) add(word, end int) {
	if len(b.ends[word]) == 0 {
		b.used = append(b.used, word)
	}
	b.ends[word] = append(b.ends[word], int32(end))
}

// clear forgets all places.
func (b *buffers) clear() {
	for _, word := range b.used {
		b.ends[word] = b.ends[word][:0]
	}
	b.used = b.used[:0]
}
