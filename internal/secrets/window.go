package secrets

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A reach says how far around its keywords an expression's matches can lie. It
// is proven from the syntax: every match holds one of the keywords.
type reach struct {
	// proven is set if matches lie around keywords; else they may be anywhere.
	proven        bool
	before, after extent
	// tail, where it is known, accepts what begins at the keyword of every match.
	tail *filter
	// inside accepts texts that hold a match.
	inside *filter
}

// An extent bounds a part of a match: at most fixed of its bytes lie outside the
// set of those that it repeats without bound.
type extent struct {
	fixed     int
	unbounded *[256]bool // nil where everything is bounded
	any       *[256]bool // all bytes that it can hold, nil if that is not known
}

// Runes whose lower case is an ASCII letter, or whose fold is one, are not
// reckoned with: in texts that hold one the reach is loose.
const (
	longS    = '\u017f' // folds to s
	kelvin   = '\u212a' // folds and lowers to k
	dottedI  = '\u0130' // lowers to i
	maxReach = 1 << 16
)

// proveReach returns the reach of an expression around its keywords. It is not
// proven if a match without a keyword, or one too long to gain anything, cannot
// be excluded.
func proveReach(expression string, keywords []string) *reach {
	r := &reach{}
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return r
	}
	r.prove(parsed, keywords)
	if r.tail == nil {
		r.inside = newFilter(newProgram(parsed, true))
	}
	if !r.proven {
		r.after = extent{}
		r.after.fixed = r.after.measure(parsed)
	}
	return r
}

// prove sets what can be proven.
func (r *reach) prove(parsed *syntax.Regexp, keywords []string) {
	if len(keywords) == 0 || slices.ContainsFunc(keywords, func(k string) bool { return hasWide([]byte(k)) }) {
		return
	}
	if head, tail := splitAtKeyword(parsed, keywords); tail != nil {
		r.before.fixed = r.before.measure(head)
		r.before.any = new([256]bool)
		collect(r.before.any, head)
		r.after.fixed = r.after.measure(tail)
		r.tail = newFilter(newProgram(tail, false))
	} else if holdsKeyword(parsed, keywords) {
		r.after.fixed = r.after.measure(parsed)
		r.before = r.after
	} else {
		return
	}
	r.proven = max(r.before.fixed, r.after.fixed) <= maxReach
	if !r.proven {
		r.tail = nil
	}
}

// loose returns a reach that also holds where letters of ASCII stand for others,
// which have up to three bytes.
func (r *reach) loose() *reach {
	return &reach{proven: r.proven, before: r.before.loose(), after: r.after.loose(), tail: r.tail, inside: r.inside}
}

// loose returns the extent for such texts.
func (r extent) loose() extent {
	r.fixed *= utf8.UTFMax - 1
	r.any = nil
	if r.unbounded != nil {
		set := *r.unbounded
		for c := utf8.RuneSelf; c < 256; c++ {
			set[c] = true
		}
		r.unbounded = &set
	}
	return r
}

// measure returns how many bytes a match has at most, those in r.unbounded left
// out, and adds to that set.
func (r *extent) measure(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		size := 0
		for _, c := range re.Rune {
			size += widest(c, re.Flags)
		}
		return size
	case syntax.OpCharClass:
		return classWidth(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax
	case syntax.OpStar, syntax.OpPlus:
		r.repeat(re.Sub[0])
		return 0
	case syntax.OpRepeat:
		if re.Max < 0 {
			r.repeat(re.Sub[0])
			return 0
		}
		return min(re.Max*r.measure(re.Sub[0]), math.MaxInt32)
	case syntax.OpAlternate:
		size := 0
		for _, sub := range re.Sub {
			size = max(size, r.measure(sub))
		}
		return size
	default: // a concatenation, a group, an optional part; assertions have no subs
		size := 0
		for _, sub := range re.Sub {
			size += r.measure(sub)
		}
		return min(size, math.MaxInt32)
	}
}

// repeat adds every byte that re can match to the set of unbounded ones.
func (r *extent) repeat(re *syntax.Regexp) {
	if r.unbounded == nil {
		r.unbounded = new([256]bool)
	}
	collect(r.unbounded, re)
}

// collect adds every byte that re can match to the set.
func collect(set *[256]bool, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			addBytes(set, c, c)
			if re.Flags&syntax.FoldCase != 0 {
				for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
					addBytes(set, other, other)
				}
			}
		}
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			addBytes(set, re.Rune[i], re.Rune[i+1])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		addBytes(set, 0, unicode.MaxRune)
	}
	for _, sub := range re.Sub {
		collect(set, sub)
	}
}

// addBytes adds the bytes of a range of runes; all bytes beyond ASCII are alike.
func addBytes(set *[256]bool, low, high rune) {
	for c := low; c <= min(high, unicode.MaxASCII); c++ {
		set[c] = true
	}
	if high > unicode.MaxASCII && !isFolded(low, high) {
		for c := utf8.RuneSelf; c < 256; c++ {
			set[c] = true
		}
	}
}

// isFolded reports whether the range is one of the runes that are not reckoned with.
func isFolded(low, high rune) bool { return low == high && (low == longS || low == kelvin) }

// widest returns the size of the largest rune that a literal's rune matches.
func widest(c rune, flags syntax.Flags) int {
	size := utf8.RuneLen(c)
	if flags&syntax.FoldCase != 0 {
		for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
			if !isFolded(other, other) {
				size = max(size, utf8.RuneLen(other))
			}
		}
	}
	return max(size, 1) // a replacement character also matches one broken byte
}

// classWidth returns the size of the largest rune in a class.
func classWidth(ranges []rune) int {
	size := 1
	for i := 0; i < len(ranges); i += 2 {
		if !isFolded(ranges[i], ranges[i+1]) {
			size = max(size, utf8.RuneLen(ranges[i+1]))
		}
	}
	return size
}

// holdsKeyword reports whether every match holds a keyword.
func holdsKeyword(re *syntax.Regexp, keywords []string) bool {
	p := prover{keywords: keywords}
	for _, keyword := range keywords {
		p.longest = max(p.longest, len(keyword))
	}
	return len(p.open(re, forgotten)) == 0
}

// prover shows that every match holds a keyword. It goes through an expression
// from left to right with the texts, in lower case, that may stand before the
// next part. A text that holds a keyword is done with and taken out; if none is
// left in the end, every match holds one.
type prover struct {
	keywords []string
	longest  int // length of the longest keyword
	// anchored asks for keywords at the very beginning; failed is set if some
	// text has none there.
	anchored, failed bool
}

// openLimit is the number of texts above which they are forgotten.
const openLimit = 256

// forgotten stands for any text.
var forgotten = []string{""}

// open returns the texts behind re, given those before it.
func (p *prover) open(re *syntax.Regexp, before []string) []string {
	if len(before) == 0 || p.failed {
		return nil
	}
	switch re.Op {
	case syntax.OpLiteral:
		return p.extend(before, []string{strings.ToLower(string(re.Rune))})
	case syntax.OpCharClass:
		return p.extend(before, classTexts(re.Rune))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			before = p.open(sub, before)
		}
		return before
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			all = append(all, p.open(sub, before)...)
		}
		return distinct(all)
	case syntax.OpQuest:
		return distinct(slices.Concat(before, p.open(re.Sub[0], before)))
	case syntax.OpPlus, syntax.OpRepeat:
		return p.repeat(re, before)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return before
	}
	return p.forget()
}

// forget returns texts of which nothing is known.
func (p *prover) forget() []string {
	p.failed = p.failed || p.anchored
	return forgotten
}

// repeat is open for an expression that is repeated.
func (p *prover) repeat(re *syntax.Regexp, before []string) []string {
	least, most := re.Min, re.Max
	if re.Op == syntax.OpPlus {
		least, most = 1, -1
	}
	for range least {
		if before = p.open(re.Sub[0], before); len(before) == 0 {
			return nil
		}
	}
	if least == most {
		return before
	}
	return p.forget()
}

// extend returns every text with every one of more behind it, without those that
// hold a keyword. Only what may be the beginning of one is kept.
func (p *prover) extend(before, more []string) []string {
	if more == nil || len(before)*len(more) > openLimit {
		return p.forget()
	}
	var list []string
	for _, x := range before {
		for _, y := range more {
			text := x + y
			if p.anchored {
				does, could := p.beginsKeyword(text)
				p.failed = p.failed || !could
				if !does {
					list = append(list, text)
				}
				continue
			}
			if slices.ContainsFunc(p.keywords, func(keyword string) bool { return strings.Contains(text, keyword) }) {
				continue
			}
			list = append(list, text[max(0, len(text)-p.longest+1):])
		}
	}
	return distinct(list)
}

// distinct returns the texts, each once.
func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// classTexts returns the texts of a class of few runes, nil if there are many.
func classTexts(ranges []rune) []string {
	var list []string
	for i := 0; i < len(ranges); i += 2 {
		if isFolded(ranges[i], ranges[i+1]) {
			continue
		}
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			if len(list) > openLimit {
				return nil
			}
			list = append(list, strings.ToLower(string(c)))
		}
	}
	return distinct(list)
}

// span is a range of bytes.
type span struct{ start, end int }

// readLimit is how many bytes a filter may read for each byte of a text. Beyond
// it every keyword counts, lest the cost of many keywords in front of a long
// text be the product of both.
const readLimit = 4

// windows returns the parts of the text, disjoint and in order, that hold all
// matches. The keywords that were found are given in the order of their starts. A
// part has at least one rune more on both sides than a match may touch, so that
// an assertion sees there what it sees in the whole text.
func (r *reach) windows(text []byte, hits []span) []span {
	var list []span
	f := frontier{extent: r.after, text: text}
	left := readLimit * (len(text) + 1)
	floor := 0 // what lies before is part of the last window
	for _, h := range hits {
		end, ok := r.limit(text, h, &left)
		if !ok {
			continue
		}
		if end < 0 {
			end = f.advance(max(h.end, f.from))
		}
		start := h.start
		if start > floor {
			start = r.before.back(text, start, floor)
		}
		if len(list) > 0 && start <= floor {
			floor = max(floor, end)
			list[len(list)-1].end = floor
			continue
		}
		floor = end
		list = append(list, span{start, end})
	}
	if r.inside == nil {
		return list
	}
	return slices.DeleteFunc(list, func(w span) bool { return !holds(r.inside, text[w.start:w.end]) })
}

// accepted returns the windows of an expression that is not proven to hold a
// keyword: around every place where its filter says that a match may end.
func (r *reach) accepted(text []byte) []span {
	all := []span{{0, len(text)}}
	if r.inside == nil {
		return all
	}
	if r.after.unbounded != nil || r.after.fixed > maxReach {
		if holds(r.inside, text) {
			return all
		}
		return nil
	}
	var list []span
	s := r.inside.start
	for i, c := range text {
		next := r.inside.next(s, c)
		if next.accepts {
			start, end := max(0, i+1-r.after.fixed-utf8.UTFMax), min(len(text), i+1+utf8.UTFMax)
			if next.full {
				end = len(text)
			}
			if last := len(list) - 1; last >= 0 && start <= list[last].end {
				list[last].end = end
			} else {
				list = append(list, span{start, end})
			}
			if next.full {
				break
			}
		}
		s = next
	}
	return list
}

// limit returns where the window of a keyword ends as far as the filter can
// tell, else -1, and whether a match can begin there at all. It takes what it
// reads from left.
func (r *reach) limit(text []byte, at span, left *int) (end int, ok bool) {
	if r.tail == nil || *left <= 0 {
		return -1, true
	}
	ok, end, read := r.tail.begins(text[at.start:], *left)
	*left -= read
	end += at.start
	if end == len(text) {
		return -1, ok
	}
	return min(len(text), end+utf8.UTFMax), ok
}

// back returns where the window of a keyword begins, but nothing below floor.
func (r *extent) back(text []byte, start, floor int) int {
	for left := r.fixed; start > floor; start-- {
		c := text[start-1]
		if r.any != nil && !r.any[c] {
			break
		}
		if r.unbounded != nil && r.unbounded[c] {
			continue
		}
		if left--; left < 0 {
			break
		}
	}
	return max(floor, start-utf8.UTFMax)
}

// frontier finds the ends of windows. It goes over each byte at most twice,
// however many keywords there are.
type frontier struct {
	extent
	text    []byte
	from    int // end of the last keyword
	to      int // end of its window
	outside int // bytes between them that are not in the unbounded set
}

// advance returns where the window of a keyword that ends at end ends.
func (f *frontier) advance(end int) int {
	if f.unbounded == nil {
		return min(len(f.text), end+f.fixed+utf8.UTFMax)
	}
	if end >= f.to {
		f.to, f.outside = end, 0
	} else {
		for _, c := range f.text[f.from:end] {
			if !f.unbounded[c] {
				f.outside--
			}
		}
	}
	f.from = end
	for ; f.to < len(f.text); f.to++ {
		if f.unbounded[f.text[f.to]] {
			continue
		}
		if f.outside == f.fixed {
			break
		}
		f.outside++
	}
	return min(len(f.text), f.to+utf8.UTFMax)
}
