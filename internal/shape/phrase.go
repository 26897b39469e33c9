package shape

import "strings"

// Phrase reports whether a text in the form of a name is words that people join
// to a password, none of them at home in code: Winter_and_Lake, Heron.Lake7,
// winter-lake-willow-heron. Names in lower case need four words for that; loose
// asks for three, where more than a name speaks for a password.
func Phrase(text string, loose bool) bool {
	const shortest, few, many = 8, 3, 4
	if len(text) < shortest || strings.ContainsAny(text, " /@\\$%{}<>()[]*") || hasCodeWord(text) || OfName(text) != None {
		return false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("_.:-+", r) })
	chosen, words := false, 0
	for _, p := range parts {
		switch {
		case isNumber(p):
			chosen = chosen || words > 0
		case 'A' <= p[0] && p[0] <= 'Z' && p != strings.ToUpper(p):
			words++
			chosen = true
		default:
			words++
		}
	}
	switch {
	case len(parts) < 2 || words < 2 && len(parts) < few, text == strings.ToUpper(text):
		return false
	case chosen:
		return true
	case strings.ContainsAny(text, ".:"):
		return false
	}
	return len(parts) >= many || loose && len(parts) >= few
}
