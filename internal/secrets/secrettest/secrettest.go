// Package secrettest makes texts that look like credentials, so that tests have
// them and the repository has not. The same template or seed always gives the
// same text.
package secrettest

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The alphabets of placeholders.
const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits = "0123456789"
	hex    = digits + "abcdef"
)

// Expand fills the {{...}} placeholders of a template:
//
//	{{hex32}} {{HEX32}} {{digit6}} {{lower8}} {{upper8}} {{alnum30}} {{base64url20}}
//	    so many characters of an alphabet
//	{{uuid}}                a version 4 UUID
//	{{jwt}}                 a JWT, signed with HS256 as it says
//	{{base64bytes16}}       so many bytes in Base64
//	{{base64:user:{{hex8}}}}  text in Base64; the text is expanded first
//
// Each placeholder has a value of its own, even if two are spelled alike; with
// a name, as in {{key=hex32}}, the same name gives the same value. An unknown
// placeholder panics: a test's author has mistyped it.
func Expand(template string) string {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(template))
	e := expander{rand: rand.New(rand.NewPCG(seed.Sum64(), 1)), named: map[string]string{}}
	return e.expand(template)
}

type expander struct {
	rand  *rand.Rand
	named map[string]string
}

// expand replaces the outermost placeholders of text, inner ones first.
func (e expander) expand(text string) string {
	var b strings.Builder
	for {
		start := strings.Index(text, "{{")
		if start < 0 {
			return b.String() + text
		}
		end := closing(text, start)
		if end < 0 {
			return b.String() + text
		}
		b.WriteString(text[:start])
		b.WriteString(e.value(e.expand(text[start+2 : end])))
		text = text[end+2:]
	}
}

// closing returns where the placeholder that opens at start is closed, or -1.
func closing(text string, start int) int {
	depth := 0
	for i := start; i+1 < len(text); i++ {
		switch text[i : i+2] {
		case "{{":
			depth++
			i++
		case "}}":
			if depth--; depth == 0 {
				return i
			}
			i++
		}
	}
	return -1
}

// value returns the text of a placeholder.
func (e expander) value(name string) string {
	if plain, ok := strings.CutPrefix(name, "base64:"); ok {
		return base64.StdEncoding.EncodeToString([]byte(plain))
	}
	key, kind, named := strings.Cut(name, "=")
	if !named {
		return e.random(name)
	}
	if _, ok := e.named[key]; !ok {
		e.named[key] = e.random(kind)
	}
	return e.named[key]
}

// random returns a random text of a kind.
func (e expander) random(kind string) string {
	switch kind {
	case "uuid":
		return e.chars(hex, 8) + "-" + e.chars(hex, 4) + "-4" + e.chars(hex, 3) + "-a" + e.chars(hex, 3) + "-" + e.chars(hex, 12)
	case "jwt":
		part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		return part(`{"alg":"HS256","typ":"JWT"}`) + "." + part(`{"sub":"`+e.chars(digits, 12)+`","iat":1700000000}`) + "." + e.chars(lower+upper+digits, 43)
	}
	word := strings.TrimRight(kind, digits)
	n, err := strconv.Atoi(kind[len(word):])
	if err != nil {
		panic(fmt.Sprintf("secrettest: unknown placeholder {{%s}}", kind))
	}
	switch word {
	case "hex":
		return e.chars(hex, n)
	case "HEX":
		return e.chars(strings.ToUpper(hex), n)
	case "digit":
		return e.chars(digits, n)
	case "lower":
		return e.chars(lower, n)
	case "upper":
		return e.chars(upper, n)
	case "alnum":
		return e.chars(lower+upper+digits, n)
	case "base64url":
		return e.chars(lower+upper+digits+"-_", n)
	case "base64bytes":
		data := make([]byte, n)
		for i := range data {
			data[i] = byte(e.rand.IntN(256))
		}
		return base64.StdEncoding.EncodeToString(data)
	}
	panic(fmt.Sprintf("secrettest: unknown placeholder {{%s}}", kind))
}

// chars returns n characters of an alphabet, as evenly spread as a long random
// text would have them, so that no short one fails a test of entropy by chance.
// Letters come first where there are any.
func (e expander) chars(alphabet string, n int) string {
	var text []byte
	for len(text) < n {
		all := []byte(alphabet)
		e.rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		text = append(text, all[:min(len(all), n-len(text))]...)
	}
	isLetter := func(c byte) bool { return unicode.IsLetter(rune(c)) }
	if at := slices.IndexFunc(text, isLetter); at > 0 {
		text[0], text[at] = text[at], text[0]
	}
	return string(text)
}

// Matching returns a random text that the regular expression matches, its
// assertions aside: a text that needs a word boundary may lack it. It panics if
// the expression is none.
func Matching(expression string, random *rand.Rand) string {
	re, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic(fmt.Sprintf("secrettest: %v", err))
	}
	var b strings.Builder
	matching(&b, re.Simplify(), random)
	return b.String()
}

// matching appends a text that re matches.
func matching(b *strings.Builder, re *syntax.Regexp, random *rand.Rand) {
	repeat := func(least, most int) {
		for range least + random.IntN(most-least+1) {
			matching(b, re.Sub[0], random)
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && random.IntN(2) == 0 {
				c = unicode.ToLower(c)
			}
			b.WriteRune(c)
		}
	case syntax.OpCharClass:
		b.WriteRune(ofClass(re.Rune, random))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(byte(' ' + random.IntN(95)))
	case syntax.OpStar:
		repeat(0, 20)
	case syntax.OpPlus:
		repeat(1, 20)
	case syntax.OpQuest:
		repeat(0, 1)
	case syntax.OpAlternate:
		matching(b, re.Sub[random.IntN(len(re.Sub))], random)
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			matching(b, sub, random)
		}
	}
}

// ofClass returns a random rune of a class, an ASCII one if there is any.
func ofClass(ranges []rune, random *rand.Rand) rune {
	var ascii []rune
	for i := 0; i < len(ranges); i += 2 {
		for c := ranges[i]; c <= min(ranges[i+1], unicode.MaxASCII-1); c++ {
			if c >= ' ' || c == '\n' || c == '\t' {
				ascii = append(ascii, c)
			}
		}
	}
	if len(ascii) == 0 {
		return ranges[0]
	}
	return ascii[random.IntN(len(ascii))]
}
