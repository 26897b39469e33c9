package redact

import "strings"

// trust says what is known of the place where a text stands.
type trust uint8

const (
	suspect  trust = iota // where a credential belongs
	unproven              // nothing is known
	innocent              // nothing around it speaks of a credential or a login
)

// maskValue returns what to mask of a value: nothing if its shape proves it
// harmless, parts of a URL or a message, otherwise all of it.
func maskValue(value string, t trust) []span {
	if strings.Trim(value, " ") == "" || isReference(value) || isScheme(value) || isChoice(value) || isFormat(value) {
		return nil
	}
	if shadow, places := withoutReferences(value); shadow != value {
		return places.back(maskValue(shadow, t))
	}
	switch {
	case isLink(value):
		return maskURL(value)
	case isMessage(value) || isPairs(value):
		return maskWords(value, t)
	case isRoute(value) && (t != suspect || strings.Contains(value, "%s")):
		return maskRouted(value)
	case t == suspect:
		return maskSuspect(value)
	case value == "*" || isVocabulary(value) || isShortNumber(value) || isPath(value) || isAddress(value) || isMediaType(value):
		return nil
	}
	if name, rest, ok := strings.Cut(value, ": "); ok && isVocabulary(name) && !strings.Contains(name, " ") {
		return shift(maskHeader(rest), len(value)-len(rest))
	}
	if t == innocent {
		return maskProse(value)
	}
	return all(value)
}

// maskSuspect returns what to mask of a value that stands where a credential
// belongs: all of it, but for a scheme before a reference.
func maskSuspect(value string) []span {
	if scheme, rest, ok := strings.Cut(value, " "); ok && isScheme(scheme) && (isReference(rest) || isFormat(rest)) {
		return nil
	}
	return all(value)
}

// isLink reports whether text is a URL and nothing else.
func isLink(text string) bool { return urlStart(text) == 0 && !strings.ContainsAny(text, " \t") }

// isChoice reports whether text is the value of a switch or a mark between
// texts, which is no credential anywhere.
func isChoice(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "nil", "none":
		return true
	}
	return len(text) == 1 && isDigit(text[0]) || len(text) <= 2 && strings.Trim(text, marks) == ""
}

// marks are punctuation that joins texts.
const marks = "?&=/;:,|#.-_+<>()[]{}@"

// maskHeader returns what to mask of a header's value: all but its scheme.
func maskHeader(value string) []span {
	scheme, rest, ok := strings.Cut(value, " ")
	if !ok || !isScheme(scheme) {
		return maskValue(value, unproven)
	}
	return shift(maskValue(rest, suspect), len(value)-len(rest))
}

// isReference reports whether text only names where a value comes from: ${NAME},
// $NAME, {{ name }}, %NAME%.
func isReference(text string) bool {
	if name, ok := between(text, "{{", "}}"); ok {
		name = strings.Trim(name, " -")
		return isName(strings.TrimLeft(name, ".$"))
	}
	if name, ok := between(text, "${", "}"); ok {
		return isVariable(name)
	}
	if name, ok := strings.CutPrefix(text, "$"); ok {
		return isVariable(name) && name == strings.ToUpper(name)
	}
	if name, ok := between(text, "%", "%"); ok {
		return isVariable(name) && name == strings.ToUpper(name)
	}
	return false
}

// between returns what stands between a prefix and a suffix.
func between(text, prefix, suffix string) (string, bool) {
	if len(text) < len(prefix)+len(suffix) || !strings.HasPrefix(text, prefix) || !strings.HasSuffix(text, suffix) {
		return "", false
	}
	return text[len(prefix) : len(text)-len(suffix)], true
}

// isVariable reports whether name can be the name of a variable and reads like one.
func isVariable(name string) bool { return !strings.Contains(name, "/") && isName(name) }

// formatMarks may stand between the verbs of a format string.
const formatMarks = ":/@ ,.=&?[](){}<>|;!#'-"

// isFormat reports whether text is made of format verbs and punctuation.
func isFormat(text string) bool {
	verbs := 0
	for i := 0; i < len(text); i++ {
		if n := verbLen(text[i:]); n > 0 {
			verbs++
			i += n - 1
		} else if text[i] == '\\' && i+1 < len(text) && strings.IndexByte(`nrt"\`, text[i+1]) >= 0 {
			i++
		} else if strings.IndexByte(formatMarks, text[i]) < 0 {
			return false
		}
	}
	return verbs > 0
}

// isMessage reports whether text is a format string with more than one word:
// no credential has both verbs and blanks.
func isMessage(text string) bool {
	if !strings.Contains(text, " ") {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		key, value, pair := strings.Cut(word, "=")
		if isFormat(word) || pair && isName(key) && isFormat(value) {
			return true
		}
	}
	return false
}

// isPath reports whether text is a file path or a route that reads like one.
func isPath(text string) bool {
	rest := text
	for _, lead := range [...]string{"./", "../", "~/", "/"} {
		if after, ok := strings.CutPrefix(text, lead); ok {
			rest = after
			break
		}
	}
	if rest == text {
		return isFileName(text)
	}
	if rest == "" {
		return true
	}
	for segment := range strings.SplitSeq(rest, "/") {
		if !isSegment(segment) {
			return false
		}
	}
	return true
}

// isSegment reports whether text reads like one segment of a path.
func isSegment(text string) bool {
	switch {
	case text == "" || text == "." || text == ".." || text == "*" || text == "**":
		return true
	case isVerb(text) || isShortNumber(text) || isReference(text):
		return true
	}
	if name, ok := between(text, "{", "}"); ok {
		return isVariable(name)
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "."), ":")
	return isName(text)
}

// fileSuffixes end the names of files that authlint reads and quotes.
var fileSuffixes = [...]string{
	".go", ".mod", ".yaml", ".yml", ".json", ".toml", ".ini", ".conf", ".cfg", ".properties", ".env", ".xml",
	".md", ".txt", ".sh", ".py", ".js", ".ts", ".java", ".rb", ".php", ".cs", ".tf", ".sql", ".html",
	".pem", ".crt", ".cer", ".key", ".p12", ".jks", ".log", ".csv", ".zip", ".gz",
}

// isFileName reports whether text is the name of a file, perhaps with folders.
func isFileName(text string) bool {
	for _, suffix := range fileSuffixes {
		if name, ok := strings.CutSuffix(text, suffix); ok {
			return name == "" || isName(name)
		}
	}
	return false
}
