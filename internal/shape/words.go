package shape

import (
	"strings"
	"unicode"
)

// Words splits a name into its words in lower case: at separators, at changes
// of case and between letters and digits. An acronym is one word (HTTPPassword
// is http, password), and so are the few words that are written with a break
// inside (OAuth, GitHub, PassWord, base64).
func Words(name string) []string {
	var words []string
	var room [maxName]rune // most names need no memory of their own
	runes := room[:0]
	for _, r := range name {
		runes = append(runes, r)
	}
	lower := strings.ToLower(name)
	ascii := len(runes) == len(name) && len(lower) == len(name) // each word is a part of lower
	start := -1
	flush := func(end int) {
		switch {
		case start < 0:
		case ascii:
			words = append(words, lower[start:end])
		default:
			words = append(words, strings.ToLower(string(runes[start:end])))
		}
		start = -1
	}
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			flush(i)
			continue
		}
		if start >= 0 && breaksBefore(runes, start, i) {
			flush(i)
		}
		if start < 0 {
			start = i
		}
	}
	flush(len(runes))
	return mergeWords(words)
}

// breaksBefore reports whether a new word begins at runes[i], inside a run of
// letters and digits whose current word began at start.
func breaksBefore(runes []rune, start, i int) bool {
	prev, cur := runes[i-1], runes[i]
	if unicode.IsDigit(prev) != unicode.IsDigit(cur) {
		return true
	}
	if !unicode.IsUpper(cur) {
		return false
	}
	if !unicode.IsUpper(prev) {
		return true
	}
	// Have: two capitals. The second begins a word if a lower-case letter
	// follows it, unless that is only the plural of an acronym.
	if i+1 >= len(runes) || !unicode.IsLower(runes[i+1]) {
		return false
	}
	return !isPluralOfAcronym(runes, start, i+1)
}

// isPluralOfAcronym reports whether runes[i] is the s of URLs or IDs.
func isPluralOfAcronym(runes []rune, start, i int) bool {
	if runes[i] != 's' || i-start < 2 {
		return false
	}
	return i+1 == len(runes) || !unicode.IsLower(runes[i+1])
}

// mergeWords joins the words that belong together although they were split.
func mergeWords(words []string) []string {
	out := words[:0]
	for i := 0; i < len(words); i++ {
		if word, count := foreignPair(words[i:]); count > 0 {
			out = append(out, word)
			i += count - 1
			continue
		}
		if i+2 < len(words) && isSplitTriple(words[i], words[i+1], words[i+2]) {
			out = append(out, words[i]+words[i+1]+words[i+2])
			i += 2
			continue
		}
		if i+1 < len(words) && isSplitPair(words[i], words[i+1]) {
			out = append(out, words[i]+words[i+1])
			i++
			continue
		}
		out = append(out, words[i])
	}
	return out
}

// isSplitTriple reports whether three words are a numeronym.
func isSplitTriple(a, b, c string) bool {
	switch a + b + c {
	case "i18n", "l10n", "a11y", "k8s":
		return true
	}
	return false
}

// isSplitPair reports whether two words are one that is also written with a
// capital or a digit inside.
func isSplitPair(a, b string) bool {
	switch b {
	case "auth":
		return a == "o"
	case "word", "phrase", "wd":
		return a == "pass"
	case "code":
		return a == "pass"
	case "name":
		return a == "user"
	case "hub", "lab":
		return a == "git"
	case "bucket":
		return a == "bit"
	case "mail":
		return a == "e"
	case "sql":
		return a == "my" || a == "postgre" || a == "ms" || a == "no"
	case "db":
		return a == "mongo" || a == "maria" || a == "dynamo" || a == "influx"
	case "grid":
		return a == "send"
	case "gun", "chimp", "jet":
		return a == "mail"
	case "bip":
		return a == "info"
	case "bird":
		return a == "message"
	case "dog":
		return a == "data"
	case "hook":
		return a == "web"
	case "text":
		return a == "plain" || a == "clear"
	case "ai":
		return a == "open"
	case "64", "32", "58":
		return a == "base"
	case "5":
		return a == "md"
	case "1", "256", "512", "384", "224":
		return a == "sha"
	case "4", "6":
		return a == "ipv" || a == "ip"
	case "25519":
		return a == "ed"
	}
	return false
}
