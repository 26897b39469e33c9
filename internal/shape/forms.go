package shape

import (
	"strings"
	"unicode"
)

// formOf returns the form of a text that holds no credential beside other
// text. The order matters: what is certain comes first, and the forms that a
// credential may have by chance come last.
func formOf(text string) Form {
	if text == "" {
		return Empty
	}
	if form, ok := jwtForm(text); ok {
		return form
	}
	switch {
	case isHash(text):
		return HashLike
	case isRedacted(text):
		return Redacted
	case isReference(text):
		return Reference
	case isURL(text):
		return URLLike
	case isPlaceholder(text):
		return Placeholder
	case isUUID(text):
		return UUID
	case isNumeric(text):
		return Number
	case isPath(text):
		return PathLike
	case (isTemplate(text) || isPattern(text)) && !isNoise(text), isRuleList(text), isVersionRange(text):
		return Pattern
	case isEnvName(text):
		return EnvName
	case isSentence(text):
		return Sentence
	case isIdentifier(text), isOptionName(text):
		return Identifier
	}
	return Opaque
}

// isOptionName reports whether text is an option of a command: -u, -username,
// --user-name.
func isOptionName(text string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz-"
	name, long := strings.CutPrefix(text, "--")
	if !long {
		name = strings.TrimPrefix(text, "-")
	}
	if name == text || name == "" || name[0] < 'a' || name[0] > 'z' {
		return false
	}
	if long {
		return strings.Trim(name, letters+"0123456789") == ""
	}
	return strings.Trim(name, letters) == ""
}

// isHash reports whether text is a password hash, also after its user, a
// checksum with its algorithm or cipher text with its marker.
func isHash(text string) bool {
	if _, hash, ok := strings.Cut(text, ":"); ok && strings.HasPrefix(hash, "$") && !strings.Contains(hash, ":") {
		return isHash(hash)
	}
	if text[0] == '$' {
		for _, prefix := range [...]string{"$1$", "$2$", "$2a$", "$2b$", "$2x$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$gy$", "$apr1$", "$argon2",
			"$pbkdf2", "$scrypt$", "$sha1$", "$md5", "$bcrypt", "$ANSIBLE_VAULT", "$P$", "$H$", "$S$", "$8$", "$9$", "$krb5"} {
			if strings.HasPrefix(text, prefix) && len(text) > 12 {
				return true
			}
		}
	}
	if text[0] == '*' && len(text) == 41 && hasOnly(text[1:], hexDigits) {
		return true // MySQL
	}
	lower := strings.ToLower(text[:min(len(text), 24)])
	for _, prefix := range [...]string{"{ssha", "{sha", "{smd5}", "{md5}", "{crypt}", "{bcrypt}", "{pbkdf2", "{argon2", "{scrypt", "{cipher}",
		"enc(", "enc[", "pbkdf2_", "pbkdf2:", "bcrypt_sha256$", "scram-sha-", "argon2$", "scrypt:", "sha256:", "sha512:", "sha1:", "md5:",
		"sha256-", "sha384-", "sha512-", "hmac-sha", "vault:v"} {
		if strings.HasPrefix(lower, prefix) && len(text) > len(prefix)+6 {
			return true
		}
	}
	return false
}

// isRedacted reports whether text marks a value that was taken out.
func isRedacted(text string) bool {
	if strings.Trim(text, "*•●∗") == "" {
		return true
	}
	inner := strings.ToLower(strings.Trim(text, "[]<>(){}*#_- "))
	switch inner {
	case "redacted", "filtered", "hidden", "masked", "removed", "sensitive", "sensitive value", "censored", "scrubbed", "suppressed",
		"obfuscated", "secret redacted", "redacted secret", "omitted", "unused", "not used":
		return true
	}
	stars := strings.Count(text, "*") + strings.Count(text, "•")
	return stars >= 3 && (strings.Contains(text, "***") || strings.Contains(text, "•••"))
}

// isUUID reports whether text has the RFC 4122 text form.
func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch i {
		case 8, 13, 18, 23:
			if text[i] != '-' {
				return false
			}
		default:
			if strings.IndexByte(hexDigits, text[i]) < 0 {
				return false
			}
		}
	}
	return true
}

// isNumeric reports whether text is a number, a size, a duration, a version, a
// date, an address or a boolean, also one whose quotes belong to it, as in a list
// of variables in YAML.
func isNumeric(text string) bool {
	switch strings.ToLower(strings.Trim(text, `"'`)) {
	case "true", "false", "yes", "no", "on", "off", "never", "always":
		return true
	}
	if hasOnly(text, "0123456789+-.,:/() ") && strings.ContainsAny(text, "0123456789") {
		return true
	}
	if len(text) <= 10 && strings.HasPrefix(text, "0x") && hasOnly(text[2:], hexDigits) {
		return true
	}
	digits := strings.TrimPrefix(text, "v")
	if digits[:min(len(digits), 1)] == "" || !unicode.IsDigit(rune(digits[0])) || len(text) > 40 {
		return false
	}
	return isVersion(digits, len(digits) < len(text)) || isQuantity(text) || isTime(text)
}

// isVersion reports whether text is like 1.2.3-rc.1; a "v" makes it so for
// certain.
func isVersion(text string, marked bool) bool {
	core, _, _ := strings.Cut(text, "-")
	core, _, _ = strings.Cut(core, "+")
	return hasOnly(core, "0123456789.") && (marked || strings.Count(core, ".") >= 2) && len(text) <= 24
}

// isQuantity reports whether text is a number with a unit, or several as in a
// duration.
func isQuantity(text string) bool {
	for text != "" {
		rest := strings.TrimLeft(text, "0123456789.")
		if len(rest) == len(text) {
			return false
		}
		text = rest
		unit := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZµ%"))]
		switch strings.ToLower(unit) {
		case "b", "k", "m", "g", "t", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "ki", "mi", "gi", "ti", "ns", "us", "µs", "ms", "s", "h",
			"d", "w", "y", "sec", "min", "hr", "hours", "days", "%", "px", "em":
		default:
			return false
		}
		text = text[len(unit):]
	}
	return true
}

// isTime reports whether text is an ISO 8601 date or time.
func isTime(text string) bool {
	return len(text) >= 10 && text[4] == '-' && text[7] == '-' && hasOnly(text, "0123456789-:.TZ+ ")
}

// isEnvName reports whether text is the name of an environment variable.
func isEnvName(text string) bool {
	if !strings.Contains(text, "_") || !hasOnly(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") {
		return false
	}
	named, parts := 0, 0
	for part := range strings.SplitSeq(text, "_") {
		if part == "" {
			continue
		}
		parts++
		word := strings.TrimRight(strings.ToLower(part), "0123456789")
		if isNumber(part) || isShortWord(word) || isNameWord(word) || len(word) <= 4 && hasOnlyLetters(word) || isASCIILower(word) && reads(word) {
			named++
		}
	}
	return parts > 0 && named*3 >= parts*2 && text[0] > '9'
}

// isURL reports whether text is a URL, an e-mail address or a host with a port.
func isURL(text string) bool {
	if scheme, rest, ok := strings.Cut(text, "://"); ok && isScheme(scheme) && rest != "" {
		return true
	}
	for _, prefix := range [...]string{"mailto:", "tel:", "data:", "urn:"} {
		if rest, ok := strings.CutPrefix(text, prefix); ok && rest != "" && !strings.Contains(text, " ") {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(text, "//"); ok {
		host, _, _ := strings.Cut(rest, "/")
		return isDomain(host)
	}
	return isEmail(text) || isHostPort(text)
}

// isEmail reports whether text is an e-mail address.
func isEmail(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || !hasOnly(local, alphanumerics+"._+-") || !isDomain(domain) {
		return false
	}
	return textureOf(text).wordy()
}

// isHostPort reports whether text is a host name with a port.
func isHostPort(text string) bool {
	host, port, ok := strings.Cut(text, ":")
	return ok && isNumber(port) && len(port) <= 5 && (isDomain(host) || isASCIILower(host) || host == "")
}

// isDomain reports whether text is a domain name of two labels or more.
func isDomain(text string) bool {
	i := strings.LastIndexByte(text, '.')
	if i < 1 || !isASCIILower(text[i+1:]) || len(text)-i < 3 {
		return false
	}
	return hasOnly(text, "abcdefghijklmnopqrstuvwxyz0123456789.-") && text[0] != '-'
}

// isPath reports whether text is the path of a file or a route.
func isPath(text string) bool {
	if strings.ContainsAny(text, " \t\n") {
		return false
	}
	if hasFileExtension(text) {
		return true
	}
	for _, prefix := range [...]string{"./", "../", "~/", "/", `.\`, `..\`, `\\`, "file:"} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return isPathTail(rest)
		}
	}
	if len(text) > 3 && isASCIILetter(text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/') {
		return true
	}
	first, rest, ok := strings.Cut(text, "/")
	return ok && (isDomain(first) && rest != "" || isPathTail(text))
}

// isPathTail reports whether the segments of a path are names, not parts of
// random text that happens to have slashes.
func isPathTail(text string) bool {
	named := 0
	for seg := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '/' || r == '\\' }) {
		if strings.ContainsAny(seg, "!@#$%^&()+=~`'\"<>|") {
			return false
		}
		if len(seg) > 3 && !textureOf(seg).wordy() && !strings.HasPrefix(seg, ":") && !isNumeric(seg) && !isUUID(seg) {
			return false
		}
		if len(seg) > 1 {
			named++
		}
	}
	return named > 0 || text == ""
}

// hasFileExtension reports whether text is a file name.
func hasFileExtension(text string) bool {
	i := strings.LastIndexByte(text, '.')
	if i < 1 || strings.ContainsAny(text, "!@#$%^&*()+=~`'\"<>|?") {
		return false
	}
	switch strings.ToLower(text[i+1:]) {
	case "go", "py", "js", "ts", "rb", "rs", "sh", "java", "json", "yaml", "yml", "toml", "ini", "cfg", "conf", "env", "txt", "md", "html",
		"htm", "css", "xml", "csv", "log", "pem", "crt", "cer", "key", "p12", "pfx", "jks", "pub", "sql", "db", "sqlite", "tmpl", "tpl",
		"gotmpl", "png", "jpg", "svg", "pdf", "zip", "gz", "tar", "tgz", "properties", "lock", "mod", "sum", "proto", "exe", "dll", "so":
		return true
	}
	return false
}
