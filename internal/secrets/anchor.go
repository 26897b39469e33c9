package secrets

import (
	"regexp/syntax"
	"slices"
	"strings"
)

const (
	// anchorSize is how long an anchor must be: what is shorter is everywhere.
	anchorSize = 3
	// anchorLimit is how many anchors an expression may have.
	anchorLimit = 64
)

// findAnchors returns the words that anchorsOf returns.
func findAnchors(expression string) []string {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil
	}
	words := anchors(parsed)
	if len(words) == 0 || len(words) > anchorLimit || !proveReach(expression, words).proven {
		return nil
	}
	return words
}

// anchors returns the words of a part of an expression.
func anchors(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		word := strings.ToLower(string(re.Rune))
		if len(word) < anchorSize || hasWide([]byte(word)) {
			return nil
		}
		return []string{word}
	case syntax.OpCapture, syntax.OpPlus:
		return anchors(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return anchors(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if words := anchors(sub); shortest(words) > shortest(best) {
				best = words
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			words := anchors(sub)
			if len(words) == 0 {
				return nil
			}
			all = append(all, words...)
		}
		return distinct(all)
	}
	return nil
}

// shortest returns the length of the shortest word, 0 if there is none.
func shortest(words []string) int {
	if len(words) == 0 {
		return 0
	}
	return len(slices.MinFunc(words, func(a, b string) int { return len(a) - len(b) }))
}
