package redact

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed words.txt
var wordList string

// vocabulary returns the words of words.txt.
var vocabulary = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(wordList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			words[word] = true
		}
	}
	return words
})

// isKnown reports whether a word, of any case, is in the vocabulary.
func isKnown(word string) bool { return vocabulary()[strings.ToLower(word)] }

// credentialStems are parts of names that speak of credentials. The test is
// coarse on purpose: what it takes wrongly is masked, no more.
var credentialStems = [...]string{
	"pass", "pwd", "pw", "secret", "token", "key", "cred", "auth", "pin", "otp",
	"cookie", "session", "signature", "dsn", "bearer", "sas", "license",
	"salt", "seed", "private", "identified", "connectionstring",
}

// isSwitch reports whether a name is that of a setting that is a choice or the
// name of a file, though it speaks of keys.
func isSwitch(name string) bool {
	switch strings.ToLower(name) {
	case "stricthostkeychecking", "userknownhostsfile", "globalknownhostsfile", "hostkeyalgorithms",
		"pubkeyauthentication", "passwordauthentication", "insecureskipverify", "insecureignorehostkey":
		return true
	}
	return false
}

// namesCredential reports whether a name may speak of a credential.
func namesCredential(name string) bool {
	if isSwitch(name) {
		return false
	}
	name = strings.ToLower(name)
	for _, stem := range credentialStems {
		if strings.Contains(name, stem) {
			return true
		}
	}
	return false
}

// isScheme reports whether text is the name of an authorisation scheme, which
// stands where a credential belongs and is none.
func isScheme(text string) bool {
	switch strings.ToLower(strings.Trim(text, " ")) {
	case "app", "basic", "bearer", "digest", "ibsso", "negotiate", "ntlm":
		return true
	}
	return false
}

// separators join words to names and lists of names.
const separators = "_-./,=;&| "

// isVocabulary reports whether text is a known word or made of known words alone.
func isVocabulary(text string) bool {
	if isKnown(text) {
		return true
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) })
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	for _, word := range words {
		if !isKnownName(word) {
			return false
		}
	}
	return true
}

// isKnownName reports whether word is known, or joins known words in camel case.
func isKnownName(word string) bool {
	if isKnown(word) || isVerb(word) {
		return true
	}
	for _, part := range camelParts(word) {
		if !isKnown(part) {
			return false
		}
	}
	return true
}

// isVerb reports whether word is a verb of a format string, as in %s or %+v.
func isVerb(word string) bool { return word != "" && verbLen(word) == len(word) }

// verbLen returns the length in bytes of the verb of a format string with which
// text begins, 0 if it begins with none. What may be a percent encoded byte, as
// in %6d, is none.
func verbLen(text string) int {
	if text == "" || text[0] != '%' {
		return 0
	}
	rest := strings.TrimLeft(strings.TrimLeft(text[1:], "+-#0"), "123456789.*[]")
	i := len(text) - len(rest)
	if rest == "" || i > 8 || i == 2 && isDigit(text[1]) {
		return 0
	}
	if strings.IndexByte("vTtbcdoOqxXUeEfFgGspw", rest[0]) < 0 && (rest[0] != '%' || i > 1) {
		return 0
	}
	return i + 1
}

// camelParts cuts a word before each capital letter that follows a small one
// and before the last capital of a run.
func camelParts(word string) []string {
	var parts []string
	start := 0
	for i := 1; i < len(word); i++ {
		low, up := isLower(word[i-1]), isUpper(word[i])
		last := up && i+1 < len(word) && isLower(word[i+1])
		if up && (low || last) {
			parts = append(parts, word[start:i])
			start = i
		}
	}
	return append(parts, word[start:])
}

// isPlain reports whether word reads like a word of a name: letters only, and
// not as many humps as random text has.
func isPlain(word string) bool {
	if word == "" || len(word) > 20 {
		return false
	}
	for i := range len(word) {
		if !isLetter(word[i]) {
			return false
		}
	}
	parts := camelParts(word)
	return len(parts) <= 4 && len(word) >= 3*len(parts)-2
}

// isName reports whether text reads like an identifier or a dotted key.
func isName(text string) bool {
	if len(text) > 64 {
		return false
	}
	if isSwitch(text) {
		return true
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '-' || r == '_' || r == '/' })
	if len(words) == 0 || len(words) > 8 {
		return false
	}
	for i, word := range words {
		if !isPlain(word) && !(i > 0 && isShortNumber(word)) && !isVersion(word) && !isKnown(word) {
			return false
		}
	}
	return true
}

// isVersion reports whether word is v and a number, as in a path.
func isVersion(word string) bool {
	return len(word) <= 3 && len(word) >= 2 && (word[0] == 'v' || word[0] == 'V') && isDigits(word[1:])
}

// isShortNumber reports whether word is a number too short to be a secret.
func isShortNumber(word string) bool { return word != "" && len(word) <= 2 && isDigits(word) }

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isLower(b byte) bool  { return b >= 'a' && b <= 'z' }
func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return isLower(b) || isUpper(b) }

// isWordRune reports whether r belongs to words: a letter, a digit, or the
// underscore.
func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
