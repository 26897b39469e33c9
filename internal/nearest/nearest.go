// Package nearest finds what a mistyped word was meant to be.
package nearest

import (
	"fmt"

	"github.com/agnivade/levenshtein"
)

// Word returns the candidate that differs least from word, or "" if none is
// near enough to be what was meant. Of equally near ones the first wins.
func Word(word string, candidates []string) string {
	best, least := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(word, c); d < least {
			best, least = c, d
		}
	}
	if best != "" && least >= len(best) {
		return "" // nothing of the word is left: not what was meant
	}
	return best
}

// Hint returns ", did you mean ...?" for a mistyped word, or "".
func Hint(word string, candidates []string) string {
	if w := Word(word, candidates); w != "" {
		return fmt.Sprintf(", did you mean %q?", w)
	}
	return ""
}
