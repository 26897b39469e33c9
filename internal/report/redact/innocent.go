package redact

import (
	"mime"
	"strings"
)

// places maps the bytes of a text to those of a longer one from which it was
// made; it has one more entry than the text has bytes.
type places []int

// back returns the spans of the longer text.
func (p places) back(spans []span) []span {
	for i := range spans {
		spans[i] = span{p[spans[i].from], p[spans[i].to]}
	}
	return spans
}

// withoutReferences returns the text with a verb in place of each reference in
// braces, as templates of other languages have them, and how the bytes map.
func withoutReferences(text string) (string, places) {
	if !strings.Contains(text, "${") && !strings.Contains(text, "{{") {
		return text, nil
	}
	var b strings.Builder
	var at places
	for i := 0; i < len(text); {
		n := referenceLen(text[i:])
		if n == 0 {
			b.WriteByte(text[i])
			at = append(at, i)
			i++
			continue
		}
		b.WriteString("%s")
		at = append(at, i, i)
		i += n
	}
	return b.String(), append(at, len(text))
}

// referenceLen returns the length of the reference with which text begins, 0 if
// there is none. What stands in the braces is code without quotes, so it holds
// no text of its own; the shell's defaults (${NAME:-text}) do.
func referenceLen(text string) int {
	for _, marks := range [...][2]string{{"${{", "}}"}, {"${", "}"}, {"{{", "}}"}} {
		if !strings.HasPrefix(text, marks[0]) {
			continue
		}
		end := strings.Index(text[:min(len(text), maxReference)], marks[1])
		if end < 0 {
			return 0
		}
		for _, b := range []byte(text[len(marks[0]):end]) {
			if !isAlphanumeric(b) && strings.IndexByte("_.()[], $", b) < 0 {
				return 0
			}
		}
		return end + len(marks[1])
	}
	return 0
}

// isPairs reports whether text is a list of settings: name=value, at least two,
// joined by blanks or semicolons, as connection strings are.
func isPairs(text string) bool {
	n := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ';' }) {
		if key, _, ok := strings.Cut(word, "="); ok && isVocabulary(key) {
			n++
		}
	}
	return n >= 2
}

// isRoute reports whether text is a route with a query: what comes before the
// question mark is a path, or made of verbs.
func isRoute(text string) bool {
	if strings.ContainsAny(text, " \t") {
		return false
	}
	path, query, ok := strings.Cut(text, "?")
	if ok && !strings.Contains(query, "=") && !isVerb(query) {
		return false
	}
	if ok && (path == "" || isFormat(path)) {
		return true
	}
	host, _, slash := strings.Cut(path, "/")
	return slash && (host == "" || isVerb(host) || isReference(host))
}

// maskRouted returns what to mask of a route with a query.
func maskRouted(text string) []span {
	path, query, _ := strings.Cut(text, "?")
	if isFormat(path) {
		return shift(maskQuery(query), len(text)-len(query))
	}
	return maskAuthority(text)
}

// loginStems are parts of names beside which a plain word may be a password.
var loginStems = [...]string{
	"login", "logon", "signin", "unlock", "connect", "dial", "crypt", "cipher", "hmac",
	"user", "account", "admin", "phrase",
}

// isTelling reports whether a name, a literal or a comment may speak of a
// credential or a login. The test is as coarse as that for credentials.
func isTelling(text string) bool {
	if namesCredential(text) {
		return true
	}
	text = strings.ToLower(text)
	for _, stem := range loginStems {
		if strings.Contains(text, stem) {
			return true
		}
	}
	return false
}

// isMediaType reports whether text is the type of a content.
func isMediaType(text string) bool {
	kind, params, err := mime.ParseMediaType(text)
	if err != nil {
		return false
	}
	first, second, ok := strings.Cut(kind, "/")
	switch first {
	case "application", "text", "image", "audio", "video", "multipart":
	default:
		return false
	}
	for name, value := range params {
		if name != "charset" || !isVocabulary(value) {
			return false
		}
	}
	return ok && isName(strings.ReplaceAll(second, "+", "-"))
}

// maskProse returns what to mask of a value around which nothing speaks of a
// credential: what does not read like a word or a sentence.
func maskProse(value string) []span {
	if strings.Contains(value, " ") {
		return maskWords(value, innocent)
	}
	if isReadable(strings.Trim(value, punctuation)) {
		return nil
	}
	return all(value)
}

// maxReadable is the number of words up to which a name reads like one.
const maxReadable = 4

// isReadable reports whether text reads like a word or a name made of words: of
// letters alone, each word with vowels where people put them. Passwords of
// people have digits and marks, keys of machines no vowels to speak of.
func isReadable(text string) bool {
	if !isName(text) {
		return false
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == '/' })
	for _, word := range words {
		if !isKnown(word) && !isSpeakable(word) {
			return false
		}
	}
	return len(words) <= maxReadable
}

// maxConsonants is how many consonants in a row a word has at most.
const maxConsonants = 4

// isSpeakable reports whether a word of letters can be said aloud.
func isSpeakable(word string) bool {
	vowels, run := 0, 0
	for i := range len(word) {
		if !isLetter(word[i]) {
			return false
		}
		if strings.IndexByte("aeiouyAEIOUY", word[i]) >= 0 {
			vowels, run = vowels+1, 0
			continue
		}
		if run++; run > maxConsonants {
			return false
		}
	}
	return vowels > 0 || len(word) <= 3 || word == strings.ToUpper(word) && len(word) <= 5
}
