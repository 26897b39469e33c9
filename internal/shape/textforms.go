package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isReference reports whether text stands for a value that is elsewhere: a
// variable, an expression of a template, the address of a secret store.
func isReference(text string) bool {
	for _, mark := range [...]string{"${", "{{", "$(", "<%", "#{", "@{", "((", "$[["} {
		if strings.Contains(text, mark) && hasClosing(text, mark) && !isNoise(text) {
			return true
		}
	}
	if isVariable(text) || isStoreAddress(text) || isCall(text) || isObjectID(text) {
		return true
	}
	return isMemberAccess(text)
}

// isObjectID reports whether text is the id that a service for messages and calls
// gives to an account, a message or a call: two letters for its kind and 32
// hexadecimal digits. Ids of keys are not among them.
func isObjectID(text string) bool {
	const length = 2 + 32
	if len(text) != length || strings.Trim(text[2:], "0123456789abcdef") != "" {
		return false
	}
	switch text[:2] {
	case "AC", "AP", "BN", "BU", "CA", "CF", "CH", "CN", "CR", "EC", "FT", "FW", "HX", "IM", "IS", "KA", "KB", "ME", "MG", "MM", "MV", "MZ", "NE", "OR",
		"PA", "PN", "QU", "RE", "RM", "RU", "SM", "TR", "UN", "US", "VA", "VE", "WA", "WK", "WS", "WT", "WW", "YF", "ZS":
		return true
	}
	return false
}

// hasClosing reports whether the mark is closed further on.
func hasClosing(text, mark string) bool {
	_, rest, _ := strings.Cut(text, mark)
	closing := "}"
	switch mark {
	case "$(", "((":
		closing = ")"
	case "<%":
		closing = "%>"
	case "$[[":
		closing = "]]"
	}
	return strings.Contains(rest, closing)
}

// isVariable reports whether text is $NAME, %NAME%, {name}, :name or @name.
func isVariable(text string) bool {
	name := text[1:]
	switch text[0] {
	case '$':
		return isName(name) && (name == strings.ToUpper(name) || OfName(name) != None || strings.HasPrefix(name, "env:"))
	case '%':
		inner, ok := strings.CutSuffix(name, "%")
		return ok && isName(inner)
	case '{':
		inner, ok := strings.CutSuffix(name, "}")
		return ok && isName(inner)
	case ':', '@':
		return isName(name) && OfName(name) != None
	case '_', '#':
		inner, ok := strings.CutSuffix(strings.TrimLeft(text, "_#"), "__")
		return strings.HasPrefix(text, "__") && ok && isName(inner)
	}
	return false
}

// isName reports whether text is an identifier with dots.
func isName(text string) bool {
	return text != "" && (isASCIILetter(text[0]) || text[0] == '_') && hasOnly(text, alphanumerics+"_.-:")
}

// isStoreAddress reports whether text names a place in a secret store.
func isStoreAddress(text string) bool {
	lower := strings.ToLower(text)
	for _, prefix := range [...]string{"vault:", "env:", "env.", "arn:", "ssm:", "secretsmanager:", "secretmanager:", "awssm:", "awsps:", "gcp-sm:", "gcpsm:",
		"akv:", "azurekeyvault", "op://", "ref+", "keyring:", "keychain:", "sops:", "doppler:", "bws:", "infisical:", "@microsoft.keyvault(",
		"!vault", "!secret", "!env", "!ref", "!sub", "!getatt", "fn::", "resolve:", "{{resolve:", "kms:", "secret://", "secrets://", "conjur:",
		"file:", "projects/", "chamber:", "passwordstore:", "pass:", "env_var:", "valuefrom"} {
		if strings.HasPrefix(lower, prefix) && len(text) > len(prefix)+1 && (prefix[0] == '!' || !strings.Contains(text, " ")) {
			return true
		}
	}
	return false
}

// isCall reports whether text is a call in some language, as getenv("X").
func isCall(text string) bool {
	name, rest, ok := strings.Cut(text, "(")
	if !ok || !strings.HasSuffix(rest, ")") || strings.Contains(name, " ") {
		return false
	}
	return isName(name) && len(name) > 2 && textureOf(name).words > 0
}

// isMemberAccess reports whether text is an expression such as var.password,
// process.env.TOKEN or config["key"].
func isMemberAccess(text string) bool {
	root, rest, ok := strings.Cut(text, ".")
	if i := strings.IndexByte(text, '['); i > 0 && strings.HasSuffix(text, "]") {
		root, rest, ok = text[:i], strings.Trim(text[i:], "[]'\""), true
		root, _, _ = strings.Cut(root, ".")
	}
	if !ok || !isName(rest) {
		return false
	}
	switch root {
	case "var", "local", "module", "data", "env", "secrets", "vars", "process", "os", "params", "inputs", "context", "self", "this", "config",
		"settings", "values", "request", "args", "opts", "options", "ENV", "System", "Rails", "kwargs", "conf", "cfg", "props":
		return true
	}
	return false
}

// isPlaceholder reports whether text only holds the place of a value.
func isPlaceholder(text string) bool {
	if isBracketed(text) || isFiller(text) {
		return true
	}
	lower := strings.ToLower(text)
	for _, piece := range [...]string{"changeme", "change_me", "change-me", "changeit", "change_it", "change-it", "replaceme", "replace_me",
		"replace-me", "replace_with", "replacewith", "placeholder", "example", "goes-here", "goes_here", "goeshere", "-here>", "xxxx", "notreal",
		"not-real", "not_real", "insert_your", "todo:", "@todo", "fixme", "redacted", "your-", "your_", "to-be-", "to_be_"} {
		if strings.Contains(lower, piece) {
			return true
		}
	}
	if strings.Contains(text, "...") || strings.Contains(text, "…") {
		return !strings.Contains(text, " ")
	}
	return isSpeakingOfValue(text)
}

// isBracketed reports whether the whole text stands in angle or square brackets.
func isBracketed(text string) bool {
	n := len(text)
	if n < 3 {
		return text == "<>" || text == "[]" || text == "{}"
	}
	inner := text[1 : n-1]
	switch {
	case text[0] == '<' && text[n-1] == '>':
		return !strings.ContainsAny(inner, "<>") || strings.HasPrefix(text, "<<")
	case text[0] == '[' && text[n-1] == ']':
		return !strings.ContainsAny(inner, "[]^\\") && textureOf(inner).wordy()
	}
	return false
}

// isFiller reports whether text is one or two characters again and again, or
// a word for nothing.
func isFiller(text string) bool {
	switch strings.ToLower(text) {
	case "none", "null", "nil", "undefined", "n/a", "na", "tbd", "tba", "todo", "unset", "xx", "xxx", "?", "-", "--", "---", "_", ".", "x", "empty",
		"\"\"", "''", "no-check", "nocheck", "not set", "not-set", "notset", "not_set", "change me", "change it", "replace me", "fill in", "fill me in":
		return true
	}
	if len(text) <= 2 && strings.Trim(text, "!#$%&'()*+,-.:;<=>?@[]^_{|}~ ") == "" {
		return true // what stands between a user and a password, both empty
	}
	bare := strings.Map(dropJoints, text)
	if utf8.RuneCountInString(bare) >= 4 && distinct(bare, 3) <= 2 {
		return true
	}
	x := strings.Count(text, "x") + strings.Count(text, "X")
	return x >= 3 && x*2 >= utf8.RuneCountInString(text)
}

// dropJoints is a mapping that removes what joins words.
func dropJoints(r rune) rune {
	if r == '-' || r == '_' || r == ' ' {
		return -1
	}
	return r
}

// isSpeakingOfValue reports whether text says what should stand there, as in
// YOUR_API_KEY, my-secret-token, put_password_here, PASSWORD.
func isSpeakingOfValue(text string) bool {
	if len(text) > 80 || strings.ContainsAny(text, "!@#%^&*+=;{}\\") {
		return false
	}
	words := Words(text)
	speaks, noun := false, false
	for i, w := range words {
		switch w {
		case "your", "yours", "yourown":
			return true
		case "my", "mine":
			speaks = speaks || i == 0
		case "insert", "enter", "put", "paste", "replace", "some", "fake", "dummy":
			speaks = speaks || i == 0
		case "here":
			speaks = speaks || i == len(words)-1
		}
		noun = noun || isHead(w)
	}
	if speaks && noun {
		return true
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(text), "your"); ok && (OfName(text) != None || OfName(rest) != None) {
		return true
	}
	return isShouted(text)
}

// isShouted reports whether text is one word in capitals that names a
// credential or a user: PASSWORD, APIKEY, USERNAME.
func isShouted(text string) bool {
	if !hasOnly(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return false
	}
	switch text {
	case "USERNAME", "USER", "LOGIN", "BASEURL", "HOST", "VALUE", "STRING":
		return true
	}
	return OfName(text) != None
}

// isNoise reports whether text is random with signs in it, where the marks of
// templates and patterns come up by chance.
func isNoise(text string) bool {
	if len(text) < 8 || !strings.ContainsAny(text, "0123456789") || strings.IndexFunc(text, unicode.IsUpper) < 0 ||
		strings.IndexFunc(text, unicode.IsLower) < 0 {
		return false
	}
	t := textureOf(text)
	return t.covered*3 < t.total
}

// isTemplate reports whether text has a place to fill in: a format verb that
// stands apart, {name}, {0}.
func isTemplate(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '%':
			if n := verbLength(text[i:]); n > 0 && (i == 0 || !isWordByte(text[i-1]) || i+n == len(text) || !isWordByte(text[i+n])) {
				return true
			}
		case '{':
			end := strings.IndexByte(text[i:], '}')
			if strings.HasPrefix(text[i:], "{noop}") {
				continue // Spring's mark of a password in clear
			}
			if end > 1 && (isName(text[i+1:i+end]) || isNumber(text[i+1:i+end])) {
				return true
			}
		}
	}
	return isMarkup(text)
}

// verbLength returns the length of the format verb that text begins with, 0 if
// there is none.
func verbLength(text string) int {
	i := 1
	for i < len(text) && strings.IndexByte("+-#0123456789.[]*", text[i]) >= 0 {
		i++
	}
	if i < len(text) && strings.IndexByte("svdqxXTfgtw", text[i]) >= 0 {
		return i + 1
	}
	return 0
}

// isWordByte reports whether c is a letter or a digit.
func isWordByte(c byte) bool { return isASCIILetter(c) || c >= '0' && c <= '9' }

// isMarkup reports whether text is JSON, a list or a tag.
func isMarkup(text string) bool {
	last := text[len(text)-1]
	switch text[0] {
	case '{':
		return last == '}' && (len(text) == 2 || strings.ContainsAny(text, `":`))
	case '[':
		return last == ']' && strings.ContainsAny(text, `",`)
	case '<':
		return last == '>'
	}
	return false
}

// isPattern reports whether text is a regular expression or a glob.
func isPattern(text string) bool {
	if strings.HasPrefix(text, "^") && strings.HasSuffix(text, "$") && len(text) > 2 {
		return true
	}
	for _, mark := range [...]string{`[a-z`, `[A-Z`, `[0-9`, "[^", "(?", ".*", ".+", "/**", "**/", "*."} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	if strings.ContainsAny(text, "[(*+?{^$|") {
		for _, class := range [...]string{`\d`, `\w`, `\s`, `\b`, `\.`} {
			if strings.Contains(text, class) {
				return true
			}
		}
	}
	return strings.HasSuffix(text, "-*") || strings.HasSuffix(text, "_*") || strings.HasSuffix(text, "/*")
}

// isSentence reports whether text is prose. Up to three words without a code
// word or a mark of punctuation may be a passphrase.
func isSentence(text string) bool {
	if strings.ContainsAny(text, "\n\r\t") {
		return true
	}
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return false
	}
	if len(fields) > 3 {
		return true
	}
	if strings.ContainsAny(text[len(text)-1:], ".:,;?") || strings.ContainsAny(text, ",;()=<>") {
		return true
	}
	for _, w := range Words(text) {
		if isCodeWord(w) || isProseWord(w) {
			return true
		}
	}
	return false
}

// isProseWord reports whether w is one of the words that messages are made of.
func isProseWord(w string) bool {
	switch w {
	case "is", "are", "was", "not", "the", "a", "an", "of", "for", "to", "in", "with", "please", "must", "cannot", "can", "failed", "fail",
		"failure", "no", "be", "your", "new", "and", "or", "from", "sign", "log", "get", "set", "enter", "show", "too", "does", "has":
		return true
	}
	return false
}

// isIdentifier reports whether text is a name: of a key, a header, a scope, a
// metric, a column.
func isIdentifier(text string) bool {
	if names := strings.Split(text, "+"); len(names) > 1 && hasOnlyLetters(strings.ReplaceAll(strings.Join(names, ""), "-", "")) && hasCodeWord(text) {
		return true // names that are added up: publickey+password
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf || unicode.IsSpace(r) }) {
		return false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("_.:-", r) })
	if isBeginning(text, parts) {
		return true
	}
	if !isName(text) {
		return false
	}
	if len(parts) > 1 && strings.ContainsAny(text, "_.:") && hasOnlyLetters(strings.Join(parts, "")) && hasCodeWord(text) {
		return true // of words or not: pfx.pass
	}
	if !textureOf(text).wordy() && !hasOnlyLetters(text) {
		return false
	}
	if len(parts) == 1 {
		return isNamingWord(text)
	}
	if strings.ContainsAny(text, "_.:") {
		return areNames(parts) && (hasCodeWord(text) || !isNumberedPhrase(parts))
	}
	return areNames(parts) && hasCodeWord(text) && !isNumberedPhrase(parts) // kebab: without a code word it may be a passphrase
}

// isBeginning reports whether text is what names begin with, to which something
// is added: 2fa_init_, session:v2:.
func isBeginning(text string, parts []string) bool {
	if last := text[len(text)-1]; last != '_' && last != ':' {
		return false
	}
	wordy := false
	for _, p := range parts {
		letters := strings.Trim(p, "0123456789")
		if len(p) > len(letters)+1 || !hasOnlyLetters(letters) || p != strings.ToLower(p) && p != strings.ToUpper(p) {
			return false
		}
		wordy = wordy || letters == p && len(p) > 2
	}
	return wordy
}

// isNumberedPhrase reports whether parts are capitalised words with a number
// before or behind them, as people build passwords: Kettle.Drum.552. If all the
// words are at home in code, they are a name: Server-Key-2.
func isNumberedPhrase(parts []string) bool {
	words, chosen := 0, false
	for i, p := range parts {
		switch {
		case isNumber(p) && (i == 0 || i == len(parts)-1):
		case 'A' <= p[0] && p[0] <= 'Z' && p != strings.ToUpper(p):
			words++
			chosen = chosen || !hasCodeWord(p)
		default:
			return false
		}
	}
	return chosen && words < len(parts)
}

// areNames reports whether all parts of a name read like words.
func areNames(parts []string) bool {
	wordy := 0
	for _, p := range parts {
		lower := strings.ToLower(p)
		switch t := textureOf(p); {
		case isNumber(p) && len(p) <= 3, len(p) <= 3 && hasOnlyLetters(p), isNameWord(lower):
			wordy++
		case t.covered*3 >= t.total*2:
			wordy++
		default:
			return false
		}
	}
	return wordy > 0
}

// hasCodeWord reports whether a word of the name is at home in code.
func hasCodeWord(text string) bool {
	for _, w := range Words(text) {
		for _, part := range splitCompound(w) {
			if isCodeWord(part) {
				return true
			}
		}
	}
	return false
}

// isNamingWord reports whether a text without separators is the name of
// something rather than a word that a person may choose: userPassword,
// passwordField, token; but not supersecret, openSesame or password1.
func isNamingWord(text string) bool {
	if strings.ContainsAny(text, "0123456789") {
		return false
	}
	words := Words(text)
	if len(words) > 1 {
		return hasCodeWord(text)
	}
	parts := splitCompound(words[0])
	if len(parts) > 1 && isBoast(parts[0]) {
		return false
	}
	if OfName(text) != None {
		return true
	}
	switch words[0] {
	case "user", "users", "username", "email", "key", "apikey", "basic", "digest", "oauth", "login", "string", "text", "hidden", "required",
		"optional", "value", "name", "type", "file", "env", "vault", "static", "auto", "prompt", "interactive", "keyring", "keychain",
		"stdin", "plain", "opaque", "anonymous", "saml", "oidc", "ldap", "credential", "authentication", "authorization", "session", "cookie":
		return true
	}
	return len(parts) > 1 && hasCodeWord(text)
}

// isBoast reports whether w before password or secret makes a word that people
// choose as one.
func isBoast(w string) bool {
	switch w {
	case "super", "top", "very", "test", "root", "admin", "demo", "temp", "guest", "pass", "secret", "dev", "local":
		return true
	}
	return false
}
