package secrets

import (
	"regexp/syntax"
	"strings"
)

// splitAtKeyword splits a sequence where the keyword of every match begins, nil
// if matches need not have their keyword at one place. Most default rules put
// some characters of a name before the keyword; to try those at every character
// of a text is what makes them slow.
func splitAtKeyword(re *syntax.Regexp, keywords []string) (head, tail *syntax.Regexp) {
	if re.Op != syntax.OpConcat {
		return nil, nil
	}
	for at := range min(len(re.Sub), 3) {
		tail := &syntax.Regexp{Op: syntax.OpConcat, Sub: re.Sub[at:]}
		if startsWithKeyword(tail, keywords) {
			return &syntax.Regexp{Op: syntax.OpConcat, Sub: re.Sub[:at]}, tail
		}
	}
	return nil, nil
}

// startsWithKeyword reports whether every text that re matches begins with a keyword.
func startsWithKeyword(re *syntax.Regexp, keywords []string) bool {
	p := prover{keywords: keywords, anchored: true}
	return len(p.open(re, forgotten)) == 0 && !p.failed
}

// beginsKeyword reports whether the text begins with a keyword, and whether more
// text behind it could make it do so.
func (p *prover) beginsKeyword(text string) (does, could bool) {
	for _, keyword := range p.keywords {
		if strings.HasPrefix(text, keyword) {
			return true, true
		}
		could = could || strings.HasPrefix(keyword, text)
	}
	return false, could
}

// smallBound is an upper bound of repetitions that is kept.
const smallBound = 10

// relaxed returns a copy of re without groups and without large upper bounds of
// repetitions: it matches whatever re matches.
func relaxed(re *syntax.Regexp) *syntax.Regexp {
	if re.Op == syntax.OpCapture {
		return relaxed(re.Sub[0])
	}
	clone := *re
	clone.Sub = nil
	for _, sub := range re.Sub {
		clone.Sub = append(clone.Sub, relaxed(sub))
	}
	clone.Flags &^= syntax.NonGreedy
	if re.Op != syntax.OpRepeat || 0 <= re.Max && re.Max <= smallBound {
		return &clone
	}
	if re.Min == 0 {
		clone.Op = syntax.OpStar
		return &clone
	}
	clone.Max = -1
	return &clone
}
