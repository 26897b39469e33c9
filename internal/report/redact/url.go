package redact

import (
	"net/netip"
	"strings"
)

// urlStart returns where a URL's scheme starts in text, or -1.
func urlStart(text string) int {
	at := strings.Index(text, "://")
	if at < 0 {
		return -1
	}
	start := at
	for start > 0 && (isLetter(text[start-1]) || start < at && strings.IndexByte("+-.0123456789", text[start-1]) >= 0) {
		start--
	}
	for start < at && !isLetter(text[start]) {
		start++
	}
	if start == at {
		return -1
	}
	return start
}

// maskURL returns what to mask of a URL: user info, values of its query, its
// fragment, and parts of host and path that do not read like names. An at sign
// after the host may belong to a password whose slash was not escaped, or to a
// path or query: what is to be masked in either reading is masked.
func maskURL(text string) []span {
	colon := strings.Index(text, "://")
	var spans []span
	if scheme := text[:colon]; !isURLScheme(scheme) {
		spans = append(spans, span{0, colon})
	}
	at := colon + len("://")
	sign := strings.LastIndexByte(text, '@')
	if sign < at {
		return append(spans, shift(maskAuthority(text[at:]), at)...)
	}
	if info := text[at:sign]; !isFormat(info) && !isReferencePair(info) {
		spans = append(spans, span{at, sign})
	}
	if strings.ContainsAny(text[at:sign], "/?#") {
		spans = append(spans, shift(maskAuthority(text[at:]), at)...)
	}
	return append(spans, shift(maskAuthority(text[sign+1:]), sign+1)...)
}

// maskAuthority returns what to mask of a URL from its host on.
func maskAuthority(text string) []span {
	end := length(text, "/?#")
	spans := maskHost(text[:end])
	at := end
	end = at + length(text[at:], "?#")
	spans = append(spans, shift(maskRoute(text[at:end]), at)...)
	at = end
	if at < len(text) && text[at] == '?' {
		end = at + length(text[at:], "#")
		spans = append(spans, shift(maskQuery(text[at+1:end]), at+1)...)
		at = end
	}
	if at < len(text) && !isName(text[at+1:]) {
		spans = append(spans, span{at + 1, len(text)})
	}
	return spans
}

// length returns the length of text before the first of the stops.
func length(text, stops string) int {
	if i := strings.IndexAny(text, stops); i >= 0 {
		return i
	}
	return len(text)
}

func isURLScheme(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '+' || r == '-' || r == '.' }) {
		letters := strings.TrimRight(word, "0123456789")
		if !isPlain(letters) || len(word)-len(letters) > 2 {
			return false
		}
	}
	return len(text) <= 24
}

// isReferencePair reports whether user info consists of references.
func isReferencePair(info string) bool {
	user, password, both := strings.Cut(info, ":")
	return isReference(user) && (!both || isReference(password) || isVerb(password))
}

// maskHost returns what to mask of host and port.
func maskHost(text string) []span {
	if _, err := netip.ParseAddrPort(text); err == nil {
		return nil
	}
	if _, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return nil
	}
	host, port, hasPort := strings.Cut(text, ":")
	var spans []span
	if hasPort && !(isDigits(port) && len(port) <= 5) && !isVerb(port) && !isReference(port) {
		spans = append(spans, span{len(host) + 1, len(text)})
	}
	if isReference(host) || isFormat(host) || isSegment(host) && strings.HasPrefix(host, "{") {
		return spans
	}
	at := 0
	for label := range strings.SplitSeq(host, ".") {
		if !isLabel(label) {
			spans = append(spans, span{at, at + len(label)})
		}
		at += len(label) + 1
	}
	return spans
}

// isAddress reports whether text reads like a host name with a port, or like a
// host name of three labels or more.
func isAddress(text string) bool {
	host, port, hasPort := strings.Cut(text, ":")
	if hasPort && !isDigits(port) && !isVerb(port) {
		return false
	}
	dots := strings.Count(host, ".")
	top := host[strings.LastIndexByte(host, '.')+1:]
	if len(top) < 2 || host != strings.ToLower(host) || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return false
	}
	return (dots >= 2 || dots == 1 && hasPort) && isPlain(top) && len(maskHost(text)) == 0
}

// isLabel reports whether text reads like a label of a host name.
func isLabel(text string) bool {
	if isVerb(text) || text == "*" || isReference(text) {
		return true
	}
	for part := range strings.SplitSeq(text, "-") {
		letters := strings.TrimRight(part, "0123456789")
		if letters != "" && !isPlain(letters) || len(part)-len(letters) > 3 {
			return false
		}
	}
	return len(text) <= 40
}

// maskRoute returns what to mask of a URL's path.
func maskRoute(text string) []span {
	var spans []span
	at := 0
	for segment := range strings.SplitSeq(text, "/") {
		if !isSegment(segment) {
			spans = append(spans, span{at, at + len(segment)})
		}
		at += len(segment) + 1
	}
	return spans
}

// maskQuery returns what to mask of a query: every value that is no
// placeholder, and every name that does not read like one.
func maskQuery(text string) []span {
	var spans []span
	at := 0
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name != "" && !isName(name) && !isVerb(name) {
			spans = append(spans, span{at, at + len(name)})
		}
		from := at + len(name) + 1
		if value != "" && !isVerb(value) && !isReference(value) && !isChoice(value) && (namesCredential(name) || !isVocabulary(value)) {
			spans = append(spans, span{from, from + len(value)})
		}
		at += len(pair) + 1
	}
	return spans
}
