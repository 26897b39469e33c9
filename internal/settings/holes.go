package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// readHoles reads a value as text known in part. What another program will put
// in later is a hole: ${NAME}, $NAME, $(NAME), %NAME%, %s, %{..}, {{ .. }},
// {% .. %}, <% .. %>, << .. >>, #{..}, ((name)), @name@ and <placeholder>. The default of
// ${NAME:-default}, ${NAME:default} and {{ x | default "y" }} is an alternative
// reading.
func readHoles(text string, at span) partial.String {
	out := partial.String{Alternatives: []partial.Text{nil}}
	known := 0
	flush := func(end int) {
		if end > known {
			out = partial.Concat(out, one(known, at, text[known:end]))
		}
	}
	for i := 0; i < len(text); {
		if strings.HasPrefix(text[i:], "$$") && i+2 < len(text) { // compose: an escaped dollar
			i += 2
			continue
		}
		h, ok := holeAt(text, i)
		if !ok {
			i++
			continue
		}
		flush(i)
		out = partial.Concat(out, h.reading(i, at))
		i += h.length
		known = i
	}
	flush(len(text))
	return out
}

// one returns known text at its place.
func one(start int, at span, text string) partial.String {
	from, to := at.source(start, start+len(text))
	return partial.String{Alternatives: []partial.Text{{{Text: text, Start: from, End: to}}}}
}

// hole is a reference or a template expression in a value.
type hole struct {
	length int // of the whole expression
	role   partial.Role
	name   string
	// fallback is the default, at offset of the expression.
	fallback string
	offset   int
	has      bool
	// literal is set if the expression is nothing but that.
	literal bool
}

// reading returns the hole as text known in part, with its default beside it.
func (h hole) reading(i int, at span) partial.String {
	from, to := at.source(i, i+h.length)
	out := partial.String{Alternatives: []partial.Text{{{
		Hole: &partial.Hole{Role: h.role, Name: h.name}, Start: from, End: to,
	}}}}
	if !h.has || h.fallback == "" {
		return out
	}
	inner := span{}
	inner.start, inner.end = at.source(i+h.offset, i+h.offset+len(h.fallback))
	if inner.end-inner.start != len(h.fallback) {
		inner = opaque(inner.start, inner.end, len(h.fallback))
	}
	if h.literal {
		return one(0, inner, h.fallback)
	}
	return partial.Either(out, readHoles(h.fallback, inner))
}

// holeAt returns the hole that begins at text[i:].
func holeAt(text string, i int) (hole, bool) {
	rest := text[i:]
	switch rest[0] {
	case '$':
		return dollar(rest, i == 0)
	case '{':
		if h, ok := template(rest, "{{", "}}"); ok {
			return h, true
		}
		return template(rest, "{%", "%}")
	case '#':
		return template(rest, "#{", "}")
	case '<':
		if h, ok := template(rest, "<%", "%>"); ok {
			return h, true
		}
		if h, ok := template(rest, "<< ", " >>"); ok {
			return h, true
		}
		return angle(rest)
	case '@':
		return filtered(rest)
	case '(':
		return template(rest, "((", "))")
	case '%':
		return percent(rest)
	}
	return hole{}, false
}

// dollar reads ${..}, $(..) and $NAME. A bare $name in lower case is a
// reference only if it is the whole value: passwords may hold dollar signs.
func dollar(rest string, first bool) (hole, bool) {
	if strings.HasPrefix(rest, "$__") { // of Grafana: $__file{path}
		open, end := strings.IndexByte(rest, '{'), strings.IndexByte(rest, '}')
		if open > 0 && end > open && isName(rest[1:open]) {
			return hole{length: end + 1, role: partial.Setting, name: rest[open+1 : end]}, true
		}
	}
	if strings.HasPrefix(rest, "${{") {
		return template(rest, "${{", "}}")
	}
	if strings.HasPrefix(rest, "${") {
		return braces(rest)
	}
	if strings.HasPrefix(rest, "$(") {
		return template(rest, "$(", ")")
	}
	n := 1
	upper := true
	for n < len(rest) && isNameByte(rest[n], n == 1) {
		upper = upper && !isLower(rest[n])
		n++
	}
	if n < 3 || !upper && !(first && n == len(rest)) {
		return hole{}, false
	}
	return hole{length: n, role: partial.Environment, name: rest[1:n]}, true
}

// braces reads ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:=default},
// ${NAME:?message} and ${name:default} as Spring writes it.
func braces(rest string) (hole, bool) {
	end := closing(rest, 1, '{', '}')
	if end < 0 {
		return hole{}, false
	}
	inner, shift := rest[2:end], 2
	h := hole{length: end + 1, role: partial.Environment}
	if scheme, after, ok := strings.Cut(inner, ":"); ok && isResolver(scheme) {
		shift += len(scheme) + 1
		inner = after
	}
	cut := strings.IndexAny(inner, ":-=?+")
	for cut > 0 && inner[cut] == '-' && !isEnvName(inner[:cut]) { // ${my-key}
		next := strings.IndexAny(inner[cut+1:], ":=?+")
		if next < 0 {
			cut = -1
			break
		}
		cut += 1 + next
	}
	if cut < 0 {
		h.name = strings.TrimSpace(inner)
		return h, true
	}
	h.name = strings.TrimSpace(inner[:cut])
	operator, width := inner[cut], 1
	if operator == ':' && cut+1 < len(inner) && strings.IndexByte("-=?+", inner[cut+1]) >= 0 {
		operator, width = inner[cut+1], 2
	}
	if operator == '?' || operator == '+' { // a message, or a value that only stands in when set
		return h, true
	}
	h.fallback, h.offset, h.has = inner[cut+width:], shift+cut+width, true
	return h, true
}

// isResolver reports whether a word before a colon says where a value is looked
// up, so that a name and no default follows: ${env:NAME}, ${ssm:/path}.
func isResolver(word string) bool {
	switch word {
	case "env", "localEnv", "containerEnv", "sys", "file", "ssm", "self", "opt", "cf", "s3", "secret", "secretsmanager", "vault", "aws", "gcp",
		"azure", "param", "params", "config", "yaml", "input", "inputs", "command", "date", "lower", "upper", "sm", "kms", "custom", "AWS":
		return true
	}
	return false
}

// template reads an expression between open and end marks, and the literal
// after the word default in it.
func template(rest, open, end string) (hole, bool) {
	if !strings.HasPrefix(rest, open) {
		return hole{}, false
	}
	n := strings.Index(rest[len(open):], end)
	if n < 0 {
		return hole{}, false
	}
	inner := rest[len(open) : len(open)+n]
	if open == "((" && strings.ContainsAny(inner, " (") || open == "$(" && inner == "" {
		return hole{}, false
	}
	h := hole{length: len(open) + n + len(end), role: partial.Setting, name: expressionName(inner)}
	if at, text, ok := filteredLiteral(inner); ok && open == "{{" {
		h.fallback, h.offset, h.has, h.literal = text, len(open)+at, true, true
		return h, true
	}
	if at, text, ok := onlyLiteral(inner); ok && open == "{{" {
		h.fallback, h.offset, h.has, h.literal = text, len(open)+at, true, true
		return h, true
	}
	value, offset, ok := defaultIn(inner)
	if open == "<%" && !ok {
		value, offset, ok = rubyDefault(inner)
	}
	if ok {
		h.fallback, h.offset, h.has = value, len(open)+offset, true
	}
	return h, true
}

// filteredLiteral returns the quoted literal of an expression that is nothing but
// that with filters that keep or hash it, and where it begins.
func filteredLiteral(inner string) (at int, text string, ok bool) {
	literal, filters, ok := strings.Cut(inner, "|")
	if !ok {
		return 0, "", false
	}
	for filter := range strings.SplitSeq(filters, "|") {
		name, _, _ := strings.Cut(strings.TrimSpace(filter), "(")
		switch strings.TrimSpace(name) {
		case "password_hash", "string", "quote", "squote", "trim", "hash", "urlencode", "to_json", "mandatory", "htpasswd", "bcrypt":
		default:
			return 0, "", false
		}
	}
	return onlyLiteral(literal)
}

// rubyDefault returns the quoted literal that a look into the environment of Ruby
// falls back to, and its offset: ENV.fetch("X", "x"), ENV.fetch("X") { "x" }.
func rubyDefault(inner string) (value string, offset int, ok bool) {
	if !strings.Contains(inner, "ENV") {
		return "", 0, false
	}
	end := strings.TrimRight(inner, " -)}\t")
	if len(end) < 2 || end[len(end)-1] != '"' && end[len(end)-1] != '\'' {
		return "", 0, false
	}
	open := strings.LastIndexByte(end[:len(end)-1], end[len(end)-1])
	if open < 0 {
		return "", 0, false
	}
	before := strings.TrimRight(end[:open], " ")
	if !strings.HasSuffix(before, "{") && (!strings.HasSuffix(before, ",") || !strings.Contains(before, ".fetch")) {
		return "", 0, false
	}
	return end[open+1 : len(end)-1], open + 1, true
}

// onlyLiteral returns the text of an expression that is one quoted literal, and
// where it begins.
func onlyLiteral(inner string) (at int, text string, ok bool) {
	at = len(inner) - len(strings.TrimLeft(inner, " ")) + 1
	quoted := strings.TrimSpace(inner)
	if len(quoted) < 3 || quoted[0] != '"' && quoted[0] != '\'' || quoted[len(quoted)-1] != quoted[0] {
		return 0, "", false
	}
	text = quoted[1 : len(quoted)-1]
	return at, text, !strings.ContainsAny(text, "\"'\\{}")
}

// expressionName returns the first dotted name of an expression, nothing if a
// literal comes first: that may be a secret.
func expressionName(inner string) string {
	if first := strings.TrimLeft(inner, "- \t\n("); first == "" || strings.IndexByte("\"'`", first[0]) >= 0 {
		return ""
	}
	isName := func(r rune) bool {
		return r == '.' || r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	start := strings.IndexFunc(inner, func(r rune) bool { return isName(r) && r != '-' })
	if start < 0 {
		return ""
	}
	rest := inner[start:]
	if end := strings.IndexFunc(rest, func(r rune) bool { return !isName(r) }); end >= 0 {
		rest = rest[:end]
	}
	return strings.Trim(rest, ".-")
}

// defaultIn returns the quoted literal after the word default in a template
// expression, and its offset.
func defaultIn(inner string) (value string, offset int, ok bool) {
	at, word := strings.Index(inner, "default"), "default"
	if at < 0 {
		at, word = strings.Index(inner, "| d("), "| d("
	}
	if at < 0 {
		return lastOf(inner)
	}
	i := at + len(word)
	for i < len(inner) && (inner[i] == ' ' || inner[i] == '(') {
		i++
	}
	if i >= len(inner) || inner[i] != '"' && inner[i] != '\'' {
		return "", 0, false
	}
	n := strings.IndexByte(inner[i+1:], inner[i])
	if n < 0 {
		return "", 0, false
	}
	if strings.ContainsAny(inner[:at], "+~") || strings.ContainsAny(inner[i+1+n:], "+~") {
		return "", 0, false // the default of a part
	}
	return inner[i+1 : i+1+n], i + 1, true
}

// lastOf returns the quoted literal that an expression ends with whose other words
// come first: name || 'literal' of CI jobs, coalesce .a .b "literal" of Helm.
func lastOf(inner string) (value string, offset int, ok bool) {
	trimmed := strings.TrimRight(inner, " -\n)")
	trimmed = strings.TrimSuffix(strings.TrimRight(strings.TrimSuffix(trimmed, "quote"), " "), "|")
	trimmed = strings.TrimRight(trimmed, " ")
	if len(trimmed) < 2 {
		return "", 0, false
	}
	quote := trimmed[len(trimmed)-1]
	if quote != '"' && quote != '\'' {
		return "", 0, false
	}
	from := strings.LastIndexByte(trimmed[:len(trimmed)-1], quote)
	if from < 0 {
		return "", 0, false
	}
	before := strings.TrimSpace(trimmed[:from])
	if !strings.HasSuffix(before, "||") && !strings.HasPrefix(strings.TrimLeft(before, "- ("), "coalesce ") {
		return "", 0, false
	}
	return trimmed[from+1 : len(trimmed)-1], from + 1, true
}

// angle reads <placeholder>: words between angle brackets.
func angle(rest string) (hole, bool) {
	n := strings.IndexByte(rest, '>')
	if n < 2 || n > 60 || rest[1] == ' ' || rest[n-1] == ' ' {
		return hole{}, false
	}
	for _, r := range rest[1:n] {
		if !strings.ContainsRune(" _-.:/|'", r) && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' && r < 0x80) {
			return hole{}, false
		}
	}
	return hole{length: n + 1, role: partial.Setting, name: rest[1:n]}, true
}

// filtered reads @dotted.name@, as Maven, Autoconf and their like put values into
// files that they copy.
func filtered(rest string) (hole, bool) {
	n := strings.IndexByte(rest[1:], '@')
	if n < 2 || n > maxName || strings.HasPrefix(rest[1:], ".") {
		return hole{}, false
	}
	name := rest[1 : 1+n]
	if !isAssignable(name) || strings.IndexByte(".-_", name[n-1]) >= 0 {
		return hole{}, false
	}
	return hole{length: n + 2, role: partial.Setting, name: name}, true
}

// percent reads the verbs of format strings (%s, %d, %v, %[1]s, %(name)s), %NAME% and
// %{name}. A percent sign before two hexadecimal digits is an escape of a URL.
func percent(rest string) (hole, bool) {
	if strings.HasPrefix(rest, "%{") {
		return template(rest, "%{", "}")
	}
	if strings.HasPrefix(rest, "%(") {
		n := strings.Index(rest, ")s")
		if n < 3 || !isName(rest[2:n]) {
			return hole{}, false
		}
		return hole{length: n + 2, role: partial.Setting, name: rest[2:n]}, true
	}
	if n := strings.IndexByte(rest[1:], '%'); n > 1 && isEnvName(rest[1:1+n]) {
		return hole{length: n + 2, role: partial.Environment, name: rest[1 : 1+n]}, true
	}
	verb := 1
	if strings.HasPrefix(rest, "%[") {
		n := strings.IndexByte(rest, ']')
		if n < 0 {
			return hole{}, false
		}
		if name, argument, ok := strings.Cut(rest[2:n], "("); ok && isName(name) { // of HAProxy: %[env(X)]
			return hole{length: n + 1, role: partial.Setting, name: strings.TrimSuffix(argument, ")")}, true
		}
		verb = n + 1
	}
	if verb >= len(rest) || strings.IndexByte("svdq", rest[verb]) < 0 {
		return hole{}, false
	}
	if rest[verb] == 'd' && verb+1 < len(rest) && isHex(rest[verb+1]) { // %d0 is an escape
		return hole{}, false
	}
	if verb+1 < len(rest) && (isLower(rest[verb+1]) || isUpper(rest[verb+1])) { // p%sword
		return hole{}, false
	}
	return hole{length: verb + 1, role: partial.Parameter}, true
}

// closing returns the index of the bracket that closes the one at start, or -1.
func closing(text string, start int, open, end byte) int {
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case open:
			depth++
		case end:
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isEnvName reports whether name looks like an environment variable's.
func isEnvName(name string) bool {
	for i := range len(name) {
		if isLower(name[i]) || !isNameByte(name[i], i == 0) {
			return false
		}
	}
	return name != ""
}

// isName reports whether name is an identifier.
func isName(name string) bool {
	for i := range len(name) {
		if !isNameByte(name[i], i == 0) {
			return false
		}
	}
	return name != ""
}

func isNameByte(b byte, first bool) bool {
	return b == '_' || isLower(b) || isUpper(b) || !first && b >= '0' && b <= '9'
}

func isLower(b byte) bool { return b >= 'a' && b <= 'z' }
func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isHex(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}
