package redact

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/shape"
)

// known finds texts that findings name as secrets, and their encoded forms.
type known struct {
	texts map[string]bool            // looked for everywhere; true for encoded forms
	heads map[[headLength]byte][]int // the lengths of texts, by their first bytes
	words map[string]bool            // words that count only as whole words
	seen  map[string]bool
	names map[string]bool // words that the report prints anyway, in lower case
}

// headLength is the length of the shortest text that is looked for inside words.
const headLength = 4

// shortestForm is the length below which an encoded form would match by chance.
const shortestForm = 6

// leastPart is the length below which a line of a longer secret tells nothing: a
// bracket, the end of a key.
const leastPart = 8

func newKnown() *known {
	return &known{
		texts: map[string]bool{},
		heads: map[[headLength]byte][]int{},
		words: map[string]bool{},
		seen:  map[string]bool{},
		names: map[string]bool{},
	}
}

// add takes the text of one range, which may hold quotes, an authorisation
// scheme, or a whole URL.
func (k *known) add(text string) {
	parts := strings.Contains(text, "\n")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "-----") || k.seen[line] || parts && len(line) < leastPart {
			continue
		}
		k.seen[line] = true
		for _, value := range readings(line) {
			k.value(value)
		}
	}
}

// readings returns the values that a text may stand for.
func readings(text string) []string {
	bare := text
	if n := len(text); n >= 2 && isQuote(text[0]) && text[n-1] == text[0] {
		bare = text[1 : n-1]
	}
	values := []string{bare}
	if plain, err := strconv.Unquote(`"` + bare + `"`); err == nil && plain != bare {
		values = append(values, plain)
	}
	if fields := strings.Fields(bare); len(fields) > 0 {
		encoded := strings.TrimRight(fields[len(fields)-1], "=")
		if pair, err := base64.RawStdEncoding.DecodeString(encoded); err == nil && utf8.Valid(pair) {
			if _, password, both := strings.Cut(string(pair), ":"); both {
				values = append(values, password)
			}
		}
	}
	if u, err := url.Parse(bare); err == nil && u.User != nil {
		if password, has := u.User.Password(); has {
			values = append(values, password)
		}
	}
	return values
}

// value takes one secret and the forms in which it may have been written.
func (k *known) value(secret string) {
	if secret == "" {
		return
	}
	switch {
	case isVocabulary(secret), k.isPublic(secret): // a word of every message; masking it would tell what the secret is
	case isWord(secret):
		k.words[secret] = true
	case len(secret) >= headLength:
		k.substring(secret, false)
	}
	if len(secret) < headLength {
		return
	}
	for _, form := range forms(secret) {
		if len(form) >= shortestForm && form != secret {
			k.substring(form, true)
		}
	}
}

// isPublic reports whether a secret is a word that stands in the names of files
// or of the project, or a default that everybody knows: masked among them, it
// could be read from what is masked.
func (k *known) isPublic(secret string) bool {
	return isWord(secret) && !isDigits(secret) && (k.names[strings.ToLower(secret)] || shape.Of(secret).LocalDefault)
}

// public takes the name of a file, a package or the project.
func (k *known) public(name string) {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !isWordRune(r) || r == '_' }) {
		k.names[strings.ToLower(word)] = true
	}
}

// isWord reports whether a secret could be part of ordinary words and numbers.
func isWord(secret string) bool {
	if len(secret) < headLength {
		return !isDigits(secret) // short numbers are everywhere
	}
	if isDigits(secret) {
		return true
	}
	for i := range len(secret) {
		if !isLetter(secret[i]) {
			return false
		}
	}
	return len(secret) < 12
}

// forms returns the encoded forms of a secret.
func forms(secret string) []string {
	raw := []byte(secret)
	lower := hex.EncodeToString(raw)
	out := []string{lower, strings.ToUpper(lower), url.QueryEscape(secret), url.PathEscape(secret)}
	for _, digits := range [...]string{"0123456789ABCDEF", "0123456789abcdef"} {
		out = append(out, percent(raw, digits, isAlphanumeric), percent(raw, digits, isUnreserved), percent(raw, digits, isNothing))
	}
	for _, quoted := range [...]string{strconv.Quote(secret), strconv.QuoteToASCII(secret)} {
		out = append(out, quoted[1:len(quoted)-1])
	}
	if encoded, err := json.Marshal(secret); err == nil {
		out = append(out, string(encoded[1:len(encoded)-1]))
	}
	for _, encoding := range [...]*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			out = append(out, alignedBase64(encoding, raw, shift))
		}
	}
	return out
}

// percent returns raw percent-encoded but for the bytes that are kept.
func percent(raw []byte, digits string, kept func(byte) bool) string {
	var b strings.Builder
	for _, c := range raw {
		if kept(c) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', digits[c>>4], digits[c&0xF]})
	}
	return b.String()
}

func isAlphanumeric(b byte) bool { return isLetter(b) || isDigit(b) }
func isUnreserved(b byte) bool   { return isAlphanumeric(b) || strings.IndexByte("-._~", b) >= 0 }
func isNothing(byte) bool        { return false }

// alignedBase64 returns the characters that depend on raw alone when it is
// encoded after shift other bytes, as the password in "user:password" is.
func alignedBase64(encoding *base64.Encoding, raw []byte, shift int) string {
	padded := append(make([]byte, shift), raw...)
	text := encoding.EncodeToString(padded)
	const bits, unit = 8, 6
	from := (shift*bits + unit - 1) / unit
	to := len(padded) * bits / unit
	return text[from:max(from, to)]
}

func (k *known) substring(text string, encoded bool) {
	head := [headLength]byte([]byte(text[:headLength]))
	k.texts[text] = encoded
	if !slices.Contains(k.heads[head], len(text)) {
		k.heads[head] = append(k.heads[head], len(text))
	}
}

// spans returns where text holds a known secret.
func (k *known) spans(text string) []span { return append(k.inside(text), k.wholeWords(text)...) }

// inside returns where text holds a known secret that is no word, within other
// words too.
func (k *known) inside(text string) []span {
	var spans []span
	if len(k.heads) > 0 {
		for i := 0; i+headLength <= len(text); i++ {
			head := [headLength]byte([]byte(text[i : i+headLength]))
			for _, n := range k.heads[head] {
				if i+n > len(text) {
					continue
				}
				if encoded, found := k.texts[text[i:i+n]]; found {
					spans = append(spans, spread(text, span{i, i + n}, encoded))
				}
			}
		}
	}
	return spans
}

// spread widens the span of an encoded form to all that is encoded with it: a
// user beside the password, and the bits that do not fill a character.
func spread(text string, s span, encoded bool) span {
	if !encoded {
		return s
	}
	const alphabet = "+/=_-%"
	isPart := func(b byte) bool { return isAlphanumeric(b) || strings.IndexByte(alphabet, b) >= 0 }
	for s.from > 0 && isPart(text[s.from-1]) {
		s.from--
	}
	for s.to < len(text) && isPart(text[s.to]) {
		s.to++
	}
	return s
}

// wholeWords returns where text holds a known secret that is a word, as a word
// of its own.
func (k *known) wholeWords(text string) []span {
	if len(k.words) == 0 {
		return nil
	}
	var spans []span
	start := -1
	for i, r := range text + " " {
		switch {
		case isWordRune(r):
			if start < 0 {
				start = i
			}
		case start >= 0:
			if k.words[text[start:i]] {
				spans = append(spans, span{start, i})
			}
			start = -1
		}
	}
	// Short secrets of symbols are no words; they are looked for between blanks.
	for at, field := range fields(text) {
		if k.words[field] {
			spans = append(spans, span{at, at + len(field)})
		}
	}
	return spans
}

// fields ranges over the parts of text between blanks and quotes, with their places.
func fields(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(text); {
			end := at + length(text[at:], " \t\"'`")
			if end > at && !yield(at, text[at:end]) {
				return
			}
			at = end + 1
		}
	}
}
