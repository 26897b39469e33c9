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

// Edits returns how many letters one word differs from another in: left out,
// put in, changed, or two neighbours exchanged.
func Edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before, last []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before, last = last, row
		row = make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(y)]
}

// Hint returns ", did you mean ...?" for a mistyped word, or "".
func Hint(word string, candidates []string) string {
	if w := Word(word, candidates); w != "" {
		return fmt.Sprintf(", did you mean %q?", w)
	}
	return ""
}
