package sarif

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// naiveHashes computes each line's hash on its own, with big numbers, from the
// description of the fingerprint.
func naiveHashes(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	units := append(utf16.Encode([]rune(text)), 65535)
	units = slices.DeleteFunc(units, func(u uint16) bool { return u == ' ' || u == '\t' })
	modulus := new(big.Int).Lsh(big.NewInt(1), 64)
	counts := map[string]int{}
	var out []string
	for at, u := range units {
		if at > 0 && units[at-1] != '\n' {
			continue
		}
		_ = u
		sum := new(big.Int)
		for i := at; i < at+100; i++ {
			sum.Mul(sum, big.NewInt(37))
			if i < len(units) {
				sum.Add(sum, big.NewInt(int64(units[i])))
			}
		}
		hash := sum.Mod(sum, modulus).Text(16)
		counts[hash]++
		out = append(out, fmt.Sprintf("%s:%d", hash, counts[hash]))
	}
	return out
}

func TestLineHashes(t *testing.T) {
	long := strings.Repeat("0123456789", 40)
	for _, text := range []string{
		"", "\n", "\n\n\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb\r", "a\r\r\nb",
		"\ta b\n  ab\nab\n", long, long + "\n" + long + "\n", "x\n" + long,
		"emoji 😀 and ü\n😀😀\n", "\ufeffmark\nmark\n", strings.Repeat("}\n", 250),
		strings.Repeat("a", 99) + "\n", strings.Repeat("a", 100) + "\nb", strings.Repeat("a", 101) + "\nb",
	} {
		if got, want := lineHashes([]byte(text)), naiveHashes(text); !slices.Equal(got, want) {
			t.Errorf("%.40q:\n got %v\nwant %v", text, got, want)
		}
	}
}

func TestLineHashesOfRandomText(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	alphabet := []string{"a", "b", "}", " ", "\t", "\n", "\r\n", "\r", "é", "漢", "😀"}
	for range 300 {
		var b strings.Builder
		for range r.Intn(400) {
			b.WriteString(alphabet[r.Intn(len(alphabet))])
		}
		text := b.String()
		if got, want := lineHashes([]byte(text)), naiveHashes(text); !slices.Equal(got, want) {
			t.Fatalf("%q:\n got %v\nwant %v", text, got, want)
		}
	}
}

// Blanks between the two characters of a line break part them, and bytes that
// are not UTF-8 count as JavaScript decodes them.
func TestLineHashesOfOddBytes(t *testing.T) {
	tests := []struct{ text, same string }{
		{"a\r \nb", "a\n\nb"},
		{"a\xffb\nc", "a\ufffdb\nc"},
		{"a\xe2\x82b\nc", "a\ufffdb\nc"},       // a cut character is one mark
		{"a\xc0\xafb\nc", "a\ufffd\ufffdb\nc"}, // no character begins so
		{"a\xed\xa0\x80b\nc", "a\ufffd\ufffd\ufffdb\nc"},
		{"a\xf0\x9f\x98", "a\ufffd"},
	}
	for _, tt := range tests {
		if got, want := lineHashes([]byte(tt.text)), naiveHashes(tt.same); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %v\nwant %v", tt.text, got, want)
		}
	}
}
