package shape

import "strings"

// isRuleList reports whether text says what a value of a form must be, as
// frameworks for the web write it: required|min:8|confirmed. The last rule may
// be cut off where an expression goes on.
func isRuleList(text string) bool {
	if len(text) > 400 || !strings.ContainsAny(text, "|:") && text != "required" {
		return false
	}
	known := 0
	for rule := range strings.SplitSeq(strings.TrimSuffix(text, "|"), "|") {
		name, arguments, has := strings.Cut(rule, ":")
		if name == "" || !isASCIILetter(name[0]) || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") != "" || has && arguments == "" {
			return false
		}
		if isValidationRule(name) {
			known++
		}
	}
	return known > 0
}

// isValidationRule reports whether a word is a rule for values of forms.
func isValidationRule(word string) bool {
	switch word {
	case "required", "nullable", "sometimes", "confirmed", "string", "bail", "present", "filled", "same", "different", "min", "max", "between",
		"size", "current_password", "password", "regex", "min_length", "max_length", "matches", "alpha_num", "alphanumeric", "trim", "notIn", "in",
		"exclude_if", "exclude_unless", "prohibited", "max_len", "min_len", "valid_password":
		return true
	}
	return strings.HasPrefix(word, "required_")
}

// isVersionRange reports whether text says which versions of a package will do:
// ^1.0, ~> 2.3, >=1.2,<3.
func isVersionRange(text string) bool {
	if strings.IndexByte("^~<>=", text[0]) < 0 {
		return false
	}
	numbers := strings.TrimLeft(text, "^~<>= v")
	return numbers != "" && numbers[0] >= '0' && numbers[0] <= '9' && strings.Contains(numbers, ".") && hasOnly(numbers, "0123456789.,|<>=^~ x*-")
}
