package secrets

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A reach says how far around a keyword an expression's matches can lie. It is
// proven from the syntax: every match holds one of the keywords, and of a match
// at most fixed bytes lie outside the set of those that it repeats without bound.
type reach struct {
	fixed     int
	unbounded *[256]bool // nil where every match is bounded
}

// Runes whose lower case is an ASCII letter, or whose fold is one, are not
// reckoned with: texts that hold one are searched whole.
const (
	longS    = 'ſ' // folds to s
	kelvin   = 'K' // folds and lowers to k
	dottedI  = 'İ' // lowers to i
	maxReach = 1 << 16
)

// proveReach returns the reach of an expression around its keywords, nil if a
// match without a keyword, or one too long to gain anything, cannot be excluded.
func proveReach(expression string, keywords []string) *reach {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil || len(keywords) == 0 {
		return nil
	}
	p := prover{keywords: keywords}
	if info := p.texts(parsed); !info.implied && !p.allHold(info.exact) {
		return nil
	}
	var r reach
	r.fixed = r.measure(parsed)
	if r.fixed > maxReach {
		return nil
	}
	return &r
}

// measure returns how many bytes a match has at most, those in r.unbounded left
// out, and adds to that set.
func (r *reach) measure(re *syntax.Regexp) int {
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
func (r *reach) repeat(re *syntax.Regexp) {
	if r.unbounded == nil {
		r.unbounded = new([256]bool)
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			r.add(c, c)
			if re.Flags&syntax.FoldCase != 0 {
				for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
					r.add(other, other)
				}
			}
		}
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			r.add(re.Rune[i], re.Rune[i+1])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		r.add(0, unicode.MaxRune)
	}
	for _, sub := range re.Sub {
		r.repeat(sub)
	}
}

// add adds the bytes of a range of runes; all bytes beyond ASCII are alike.
func (r *reach) add(low, high rune) {
	for c := low; c <= min(high, unicode.MaxASCII); c++ {
		r.unbounded[c] = true
	}
	if high > unicode.MaxASCII && !isFolded(low, high) {
		for c := utf8.RuneSelf; c < 256; c++ {
			r.unbounded[c] = true
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

// prover shows that every match holds a keyword.
type prover struct{ keywords []string }

// texts is what is known of the texts that an expression matches.
type texts struct {
	exact   []string // all of them, in lower case; nil if there are too many
	implied bool     // each holds a keyword
}

// exactLimit is the number of texts above which exact is given up.
const exactLimit = 64

// texts returns what is known of the texts that re matches.
func (p prover) texts(re *syntax.Regexp) texts {
	switch re.Op {
	case syntax.OpLiteral:
		return texts{exact: []string{strings.ToLower(string(re.Rune))}}
	case syntax.OpCharClass:
		return texts{exact: classTexts(re.Rune)}
	case syntax.OpCapture:
		return p.texts(re.Sub[0])
	case syntax.OpConcat:
		return p.concat(re.Sub)
	case syntax.OpAlternate:
		return p.alternate(re.Sub)
	case syntax.OpQuest:
		if sub := p.texts(re.Sub[0]); sub.exact != nil {
			return texts{exact: union([]string{""}, sub.exact)}
		}
	case syntax.OpPlus:
		sub := p.texts(re.Sub[0])
		return texts{implied: sub.implied || p.allHold(sub.exact)}
	case syntax.OpRepeat:
		return p.repeat(re)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return texts{exact: []string{""}}
	}
	return texts{}
}

// concat returns the texts of a sequence: the exact ones as long as all parts
// are, otherwise whether some run of exact parts holds a keyword each time.
func (p prover) concat(subs []*syntax.Regexp) texts {
	whole, implied := true, false
	run := []string{""}
	for _, sub := range subs {
		info := p.texts(sub)
		implied = implied || info.implied
		joined := product(run, info.exact)
		if joined == nil {
			implied = implied || p.allHold(run) || p.allHold(info.exact)
			whole = false
			joined = []string{""}
			if len(info.exact) > 0 {
				joined = info.exact
			}
		}
		run = joined
	}
	implied = implied || p.allHold(run)
	if !whole {
		run = nil
	}
	return texts{exact: run, implied: implied}
}

// alternate returns the texts of alternatives.
func (p prover) alternate(subs []*syntax.Regexp) texts {
	all := texts{exact: []string{}, implied: true}
	for _, sub := range subs {
		info := p.texts(sub)
		all.implied = all.implied && (info.implied || p.allHold(info.exact))
		if info.exact == nil || all.exact == nil {
			all.exact = nil
			continue
		}
		all.exact = union(all.exact, info.exact)
	}
	return all
}

// repeat returns the texts of a counted repetition.
func (p prover) repeat(re *syntax.Regexp) texts {
	sub := p.texts(re.Sub[0])
	if re.Min == 0 {
		return texts{}
	}
	result := texts{implied: sub.implied || p.allHold(sub.exact)}
	if re.Min == re.Max && sub.exact != nil {
		result.exact = []string{""}
		for range re.Min {
			if result.exact = product(result.exact, sub.exact); result.exact == nil {
				break
			}
		}
	}
	return result
}

// allHold reports whether there are texts and each holds a keyword.
func (p prover) allHold(list []string) bool {
	for _, text := range list {
		if !slices.ContainsFunc(p.keywords, func(keyword string) bool { return strings.Contains(text, keyword) }) {
			return false
		}
	}
	return len(list) > 0
}

// classTexts returns the texts of a class of few runes, nil if there are many.
func classTexts(ranges []rune) []string {
	var list []string
	for i := 0; i < len(ranges); i += 2 {
		if isFolded(ranges[i], ranges[i+1]) {
			continue
		}
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			if len(list) > exactLimit/2 {
				return nil
			}
			list = append(list, strings.ToLower(string(c)))
		}
	}
	return union(nil, list)
}

// product returns every text of a with every one of b behind it, nil if either
// is not known or there are too many.
func product(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > exactLimit {
		return nil
	}
	list := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			list = append(list, x+y)
		}
	}
	return list
}

// union returns the texts of both, each once, nil if there are too many.
func union(a, b []string) []string {
	list := slices.Clone(a)
	for _, text := range b {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if len(list) > exactLimit {
		return nil
	}
	return list
}

// span is a range of bytes.
type span struct{ start, end int }

// windows returns the parts of the text, disjoint and in order, that hold all
// matches. The keywords that were found are given in the order of their ends. A
// part has at least one rune more on both sides than a match may touch, so that
// an assertion sees there what it sees in the whole text.
func (r *reach) windows(text []byte, keywords []span) []span {
	var list []span
	f := frontier{reach: r, text: text}
	for _, keyword := range keywords {
		floor := 0 // what lies before is part of the last window
		if len(list) > 0 {
			floor = list[len(list)-1].end
		}
		start := keyword.start
		if start > floor {
			start = r.back(text, start, floor)
		}
		end := f.advance(keyword.end)
		if len(list) > 0 && start <= floor {
			list[len(list)-1].end = max(floor, end)
			continue
		}
		list = append(list, span{start, end})
	}
	return list
}

// back returns where the window of a keyword begins, but nothing below floor.
func (r *reach) back(text []byte, start, floor int) int {
	if r.unbounded == nil {
		return max(floor, start-r.fixed-utf8.UTFMax)
	}
	for left := r.fixed; start > floor; start-- {
		if r.unbounded[text[start-1]] {
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
	*reach
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
