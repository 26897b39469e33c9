package secrets

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive returns what the automaton should find, as "word@end".
func naive(words []string, text []byte) []string {
	var found []string
	lowered := asciiLower(text)
	for _, word := range words {
		for at := 0; ; {
			i := bytes.Index(lowered[at:], []byte(word))
			if i < 0 {
				break
			}
			at += i + 1
			found = append(found, fmt.Sprintf("%s@%d", word, at-1+len(word)))
		}
	}
	slices.Sort(found)
	return found
}

func asciiLower(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r | 0x20
		}
		return r
	}, text)
}

func TestAutomaton(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("abAB-"[random.IntN(5)])
		}
		return b.String()
	}
	for range 300 {
		var words []string
		for range 1 + random.IntN(8) {
			words = append(words, strings.ToLower(pick(1+random.IntN(4))))
		}
		slices.Sort(words)
		words = slices.Compact(words)
		text := []byte(pick(60))
		var found []string
		newAutomaton(words).find(text, func(word, end int) bool {
			found = append(found, fmt.Sprintf("%s@%d", words[word], end))
			return true
		})
		slices.Sort(found)
		if want := naive(words, text); !slices.Equal(found, want) {
			t.Fatalf("words %q in %q:\nfound %q\nwant  %q", words, text, found, want)
		}
	}
}
