package general

import (
	"bytes"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// joint says how a value is joined to its name.
type joint uint8

// The joints.
const (
	noJoint    joint = iota
	assigned         // = := ->
	keyed            // : =>
	compared         // == !=
	encoded          // %3D
	asserted         // assertEqual(value, name)
	called           // name(value)
	listed           // "name", value
	flagged          // --name value, name 'value'
	wrapped          // <name>value
	said             // name is value
	valueField       // name: X, value: Y
)

// value is a text at its place.
type value struct {
	from, to int
	quoted   bool
	joint    joint
	rest     bool // more words follow on its line
	last     bool // nothing follows on its line
	tight    bool // no blank stands around the operator
	alone    bool // name and value stand alone between brackets
}

// inCode reads the value of a name of a program: the literal that begins where
// the operator behind the name has it, or that the name is compared with.
func (s *search) inCode(k key, index, from int) {
	if k.from > 0 && s.text[k.from-1] == '<' {
		return // a tag
	}
	if index < len(s.parts) && s.parts[index].start-from <= maxGlue && s.parts[index].kind == literalPart {
		glue := s.text[from:s.parts[index].start]
		how, skips := jointOf(glue, false)
		at := index
		for ; skips > 0 && how != noJoint; skips-- {
			// Another literal comes first: the name that the value falls back from.
			if at+1 >= len(s.parts) || !isAlternative(s.text[s.parts[at].end:s.parts[at+1].start]) {
				return
			}
			at++
		}
		switch {
		case how != noJoint:
			s.literal(k, at, how, false)
			s.login(k, at, how)
			return
		case isArgument(glue) && isSettingCall(s.text[max(0, k.from-maxGlue):k.from]):
			s.literal(k, index, listed, true)
			return
		case strings.TrimSpace(string(glue)) == "" && len(glue) > 0:
			s.login(k, index, called)
		}
	}
	if index > 0 && k.from-s.parts[index-1].end <= maxGlue && s.isAsserted(k, index-1) {
		s.literal(k, index-1, asserted, false)
	}
}

// login reads the password behind the user of a name that takes both:
// basicAuth("user", "password"), auth=("user", "password").
func (s *search) login(k key, index int, how joint) {
	if index+1 >= len(s.parts) || how == compared || !isLogin(string(s.text[k.from:k.to])) {
		return
	}
	p, next := s.parts[index], s.parts[index+1]
	if rest := bytes.TrimLeft(s.text[min(len(s.text), next.end):], " \t"); p.from == p.to && bytes.HasPrefix(rest, []byte(",")) {
		if index += 1; index+1 >= len(s.parts) {
			return // an identity, the user, and a password that is not written here
		}
		p, next = next, s.parts[index+1]
		if !isArgument(s.text[p.end:next.start]) {
			return
		}
	}
	if before := s.text[max(0, p.start-1)]; next.kind != literalPart || before != '(' && before != ' ' && before != '[' || !isArgument(s.text[p.end:next.start]) {
		return
	}
	text := string(s.text[next.from:next.to])
	look := shape.Of(text)
	v := value{from: next.from, to: next.to, quoted: true, joint: assigned}
	if len(text) >= shortestPassword && !isNoValue(&look, shape.Password) && isPassword(k, v, text, &look) && (how != called || !look.Wordy || look.Digit || !isVerb(string(s.text[k.from:k.to]))) {
		s.add(Found{Start: v.from, End: v.to, Name: string(s.text[k.from:k.to]), Kind: shape.Password, Text: finding.NewSecret(text), User: string(s.text[p.from:p.to])})
	}
}

// isLogin reports whether a name is of what takes a user and a password.
func isLogin(name string) bool {
	words := shape.Words(lastName(name))
	if len(words) == 0 {
		return false
	}
	switch last := words[len(words)-1]; last {
	case "auth", "credentials", "basicauth", "credential", "authentication", "authenticator", "login", "authenticate":
		return true
	default:
		return slices.Contains(words, "basic") && slices.Contains(words, "auth")
	}
}

// isVerb reports whether a name is of a function that other texts than a user
// and a password are given to as well.
func isVerb(name string) bool {
	return shape.HasWord(lastName(name), "login", "authenticate")
}

// lastName returns the last of the names that dots join.
func lastName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// isAlternative reports whether the code between two literals makes the second
// one what the first falls back to.
func isAlternative(between []byte) bool {
	if len(between) > maxGlue {
		return false
	}
	switch strings.Join(strings.Fields(string(between)), "") {
	case ",", ")or", ")||", ")??", "]||", "]or", "]??", ")?:":
		return true
	}
	return false
}

// isArgument reports whether the code between a name and a literal is a comma.
func isArgument(glue []byte) bool { return strings.Trim(string(glue), " \t\n") == "," }

// isSettingCall reports whether code ends where the first argument of a function
// begins that sets something under a name.
func isSettingCall(before []byte) bool {
	text := strings.TrimRight(string(before), " \t\n.")
	text, ok := strings.CutSuffix(text, "(")
	if !ok {
		return false
	}
	i := len(text)
	for i > 0 && isName(text[i-1]) {
		i--
	}
	name := lastWord(text[i:])
	for _, verb := range [...]string{"set", "put", "add", "append", "withenv"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// isAsserted reports whether a literal is compared with the name behind it by a
// function for tests.
func (s *search) isAsserted(k key, index int) bool {
	p := s.parts[index]
	if p.kind != literalPart {
		return false
	}
	between := strings.TrimLeft(string(s.text[p.end:k.from]), " \t\n)")
	for _, conversion := range [...]string{".into()", ".to_string()", ".to_owned()"} {
		between = strings.TrimLeft(strings.TrimPrefix(between, conversion), " )")
	}
	if strings.HasPrefix(between, "==") || strings.HasPrefix(between, "!=") {
		between = "," + strings.TrimLeft(between, "=!")
	}
	rest, ok := strings.CutPrefix(between, ",")
	if !ok || strings.ContainsAny(strings.TrimLeft(rest, " \t\n"), " \t,;=\n\"')") {
		return false
	}
	before := s.text[max(lineStart(s.text, p.start), p.start-maxGlue):p.start]
	for _, word := range [...]string{"assert", "equal", "expect", "require", "verify", "compare", "if "} {
		if strings.Contains(strings.ToLower(string(before)), word) {
			return true
		}
	}
	return false
}

// ofLiteral reads the value that belongs to a literal which is a name: an entry
// of a table, an argument of a call.
func (s *search) ofLiteral(k key, index int) {
	if index+1 >= len(s.parts) || s.parts[index+1].kind != literalPart {
		return
	}
	p, next := s.parts[index], s.parts[index+1]
	if next.start-p.end > maxGlue {
		return
	}
	how, skips := jointOf(s.text[p.end:next.start], true)
	if how == listed && index+2 < len(s.parts) && isValueField(s.text[next.from:next.to]) {
		index++
		how, skips = jointOf(s.text[next.end:min(s.parts[index+1].start, next.end+maxGlue)], true)
		if how == keyed {
			how = valueField
		}
	}
	if skips > 0 || how == noJoint || how == listed && s.isRead(p.start, p.end) {
		return
	}
	alone := false
	if how == listed && s.text[p.from] == '-' {
		how = flagged
	}
	if how == listed {
		first, only := s.isPair(p.start, next.end)
		if !first {
			return
		}
		alone = only
	}
	s.literal(k, index+1, how, alone)
}

// isRead reports whether a literal is all that a call takes which reads the
// variable of that name: what comes behind the call is something else.
func (s *search) isRead(start, end int) bool {
	if rest := strings.TrimLeft(string(s.text[end:min(end+maxGlue, len(s.text))]), " \t\n"); rest == "" || rest[0] != ')' && rest[0] != ']' {
		return false
	}
	before := strings.TrimRight(string(s.text[max(lineStart(s.text, start), start-maxGlue):start]), " \t")
	if before == "" || before[len(before)-1] != '(' && before[len(before)-1] != '[' {
		return false
	}
	before = before[:len(before)-1]
	i := len(before)
	for i > 0 && (isName(before[i-1]) || before[i-1] == '.') {
		i--
	}
	return isReader(lastWord(before[i:]))
}

// isValueField reports whether a name is that of the value of an entry whose
// name is a field as well.
func isValueField(name []byte) bool {
	switch string(bytes.ToLower(name)) {
	case "value", "val", "default", "defaultvalue", "default_value":
		return true
	}
	return false
}

// isPair reports whether what lies between two offsets begins a list, and
// whether it is all of it: ("name", "value").
func (s *search) isPair(from, to int) (first, only bool) {
	before := bytes.TrimRight(s.text[max(0, from-maxGlue):from], " \t\r\n")
	if len(before) == 0 || strings.IndexByte("({[", before[len(before)-1]) < 0 {
		return false, false
	}
	after := bytes.TrimLeft(s.text[to:min(len(s.text), to+maxGlue)], " \t\r\n,")
	only = len(after) > 0 && strings.IndexByte(")}]", after[0]) >= 0
	call := len(before) > 1 && before[len(before)-1] == '(' && isName(before[len(before)-2])
	return only || call, only
}

// literal judges a literal as the value of a name.
func (s *search) literal(k key, index int, how joint, alone bool) {
	p := s.parts[index]
	if p.kind != literalPart || p.to-p.from > maxValue {
		return
	}
	s.judge(k, value{from: p.from, to: p.to, quoted: true, joint: how, alone: alone})
}

// inText reads the value of a name in text between two offsets.
func (s *search) inText(k key, lo, hi int) {
	end := min(hi, k.to+maxGlue)
	i, how := s.textJoint(k, lo, end)
	if how == noJoint {
		return
	}
	if bytes.Contains(s.text[max(lo, k.from-maxGlue):k.from], []byte("badge")) {
		return // of a page that everybody sees
	}
	spaced := i < hi && isSpace(s.text[i])
	if how == assigned && spaced && s.text[k.to] == '=' && i+1 < hi && isName(s.text[i+1]) {
		return // user= password= host=
	}
	v, ok := s.textValue(k, i, hi, how)
	if ok && !v.quoted && s.isExpression(k, v) {
		return
	}
	if ok {
		v.tight = !spaced && !isSpace(s.text[k.to])
		if how == listed {
			_, v.alone = s.isPair(k.from-1, min(len(s.text), v.to+1))
		}
		s.judge(k, v)
	}
}

// isExpression reports whether a bare value is no text but part of a program: it
// is given to a variable of a template, is a variable itself in a table of
// fields, or is the server that a web server passes requests on to.
func (s *search) isExpression(k key, v value) bool {
	name := string(s.text[k.from:k.to])
	switch {
	case k.from > 0 && s.text[k.from-1] == '$' && v.joint == assigned:
		return true
	case v.joint == flagged && (name == "proxy_pass" || name == "grpc_pass"):
		return true
	case v.joint == keyed && bytes.IndexByte(s.text[lineStart(s.text, k.from):k.from], '{') >= 0:
		word := strings.TrimRight(string(s.text[v.from:v.to]), "0123456789})")
		return word != "" && isCamel(word) && strings.IndexFunc(word, func(r rune) bool { return !isName(byte(r)) || r == '-' }) < 0
	}
	return false
}

// textJoint returns where the value of a name in text begins.
func (s *search) textJoint(k key, lo, hi int) (at int, how joint) {
	t := s.text
	i, named := closedName(t, k, lo, hi)
	for i < hi && (t[i] == ']' || t[i] == ')' && named || (t[i] == '*' || t[i] == '`') && k.where == inComment) {
		i++
	}
	if k.from > lo && t[k.from-1] == '<' {
		return closingTag(t, i, hi)
	}
	blank := i
	for i < hi && isSpace(t[i]) {
		i++
	}
	if i >= hi {
		return 0, noJoint
	}
	if named {
		if n, ok := valueFieldAt(t, i, hi); ok {
			return n, valueField
		}
		if t[i] == '>' {
			return i + 1, wrapped
		}
	}
	if n, how := operatorAt(t, i, hi, named); how != noJoint {
		if t[i] == '-' && s.lang.class == prose {
			return 0, noJoint // renamed to
		}
		return n, how
	}
	if t[i] == '(' && i+1 < hi && (isQuote(t[i+1]) || t[i+1] == '\\') {
		return i + 1, called
	}
	if i == blank {
		return 0, noJoint
	}
	return s.blankJoint(k, i, lo, hi)
}

// closedName returns where the quote behind a name in quotes ends, and whether
// the name stands in such.
func closedName(t []byte, k key, lo, hi int) (at int, named bool) {
	if k.from == lo || !isQuote(t[k.from-1]) {
		return k.to, false
	}
	n := k.to
	for n < hi && t[n] == '\\' {
		n++
	}
	if n < hi && t[n] == t[k.from-1] {
		return n + 1, true
	}
	return k.to, false
}

// blankJoint returns where the value of a name begins that blanks part from it.
func (s *search) blankJoint(k key, i, lo, hi int) (at int, how joint) {
	t := s.text
	switch {
	case k.from > lo && t[k.from-1] == '-', isQuote(t[i]) && k.where != inComment:
		return i, flagged
	case t[i] == '|' && s.lang.class == prose:
		return i + 1, said
	case t[i] == 'i' && i+3 < hi && t[i+1] == 's' && isSpace(t[i+2]):
		return i + 3, said
	case k.where == inConfig && s.beginsLine(k.from):
		return i, flagged
	}
	return 0, noJoint
}

// beginsLine reports whether only blanks stand before an offset on its line.
func (s *search) beginsLine(from int) bool {
	for i := from - 1; i >= 0 && s.text[i] != '\n'; i-- {
		if !isSpace(s.text[i]) {
			return false
		}
	}
	return true
}

// isQuote reports whether a byte delimits text.
func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// closingTag returns what stands behind the tag that i lies in.
func closingTag(t []byte, i, hi int) (at int, how joint) {
	n := bytes.IndexAny(t[i:hi], "<>")
	if n < 0 || t[i+n] != '>' || n > 0 && t[i+n-1] == '/' {
		return 0, noJoint
	}
	return i + n + 1, wrapped
}

// valueFieldAt returns where the value begins if the next field is one.
func valueFieldAt(t []byte, i, hi int) (at int, ok bool) {
	for i < hi && (isSpace(t[i]) || t[i] == ',' || t[i] == '\n' || t[i] == '\r') {
		i++
	}
	for i < hi && (isQuote(t[i]) || t[i] == '\\') {
		i++
	}
	const field = "value"
	if !shape.HasFold(t[i:hi], field) {
		return 0, false
	}
	i += len(field)
	for i < hi && (isQuote(t[i]) || t[i] == '\\' || isSpace(t[i])) {
		i++
	}
	if i >= hi || t[i] != '=' && t[i] != ':' {
		return 0, false
	}
	return i + 1, true
}

// operatorAt returns what follows the operator at i, noJoint if there is none.
func operatorAt(t []byte, i, hi int, named bool) (at int, how joint) {
	rest := t[i:hi]
	for _, op := range [...]struct {
		text string
		how  joint
	}{
		{"===", compared}, {"!==", compared}, {"==", compared}, {"!=", compared}, {"=>", keyed}, {"->", assigned}, {":=", assigned},
		{"?=", assigned}, {"||=", assigned}, {"+=", assigned}, {"=", assigned}, {"::", noJoint}, {":", keyed}, {"%3d", encoded}, {"&#61;", assigned},
	} {
		if shape.HasFold(rest, op.text) {
			return i + len(op.text), op.how
		}
	}
	if named && rest[0] == ',' {
		return i + 1, listed
	}
	return 0, noJoint
}

// textValue returns the value at a place in text.
func (s *search) textValue(k key, i, hi int, how joint) (value, bool) {
	t := s.text
	for i < hi && isSpace(t[i]) {
		i++
	}
	if i < hi && t[i] == '*' && k.where == inComment { // **Password:** value
		for i < hi && (t[i] == '*' || isSpace(t[i])) {
			i++
		}
	}
	if i >= hi {
		return value{}, false
	}
	n := i
	for n < hi && t[n] == '\\' && n-i < 4 {
		n++
	}
	for n < hi && n == i && (t[n]|0x20 == 'b' || t[n]|0x20 == 'u' || t[n]|0x20 == 'r' || t[n] == '@' || t[n] == '$') && n+1 < hi && isQuote(t[n+1]) {
		n++
		i = n
	}
	if n < hi && isQuote(t[n]) {
		return quotedAt(t, i, n, hi, how)
	}
	if how == listed || how == said && k.where == inCode {
		return value{}, false
	}
	return s.bareAt(k, i, hi, how)
}

// quotedAt returns the text whose quote, with the backslashes before it, stands at i.
func quotedAt(t []byte, i, n, hi int, how joint) (value, bool) {
	mark := t[i : n+1]
	from := n + 1
	for k := from; k < min(hi, from+maxValue) && t[k] != '\n'; k++ {
		if t[k] == t[n] && k+1-len(mark) >= from && bytes.Equal(t[k+1-len(mark):k+1], mark) {
			if to := k + 1 - len(mark); len(mark) > 1 || to == from || t[to-1] != '\\' || to-1 > from && t[to-2] == '\\' {
				return value{from: from, to: to, quoted: true, joint: how}, true
			}
		}
	}
	return value{}, false
}

// bareAt returns the text up to what ends a value.
func (s *search) bareAt(k key, i, hi int, how joint) (value, bool) {
	t := s.text
	ends := " \t\r\n\"'`<>,;"
	switch {
	case how == wrapped:
		ends = "<\r\n"
	case k.where != inConfig:
		ends = " \t\r\n\"'`<>,;&(){}[]\\|"
	}
	to := i
	for to < min(hi, i+maxValue) && strings.IndexByte(ends, t[to]) < 0 {
		to++
	}
	if n := bytes.IndexByte(t[i:to], '&'); n >= 0 && bytes.IndexByte(t[i+n:to], '=') > 0 && t[k.to] == '=' {
		to = i + n // a query
	}
	if to == i || t[i] == '-' && i+1 < to && isLetter(t[i+1]) || how == wrapped && !bytes.HasPrefix(t[to:], []byte("</")) || t[i] == '-' && how == flagged || isReferenceMark(t[i:to]) {
		return value{}, false
	}
	if k.where == inConfig && to < hi && isQuote(t[to]) && t[to] != '`' {
		return value{}, false // an expression
	}
	if how == keyed && t[i] == '!' && isLetter(t[min(i+1, to-1)]) && to < hi && t[to] == ' ' {
		return value{}, false // a tag of YAML before what it is about
	}
	for strings.IndexByte(")]}", t[to-1]) >= 0 && !bytes.ContainsAny(t[i:to], "([{") && to > i+1 {
		to--
	}
	v := value{from: i, to: to, joint: how}
	rest := string(t[to:min(hi, lineEndWithin(t, to, 64))])
	spaced := isSpace(t[i-1])
	v.rest = k.where == inConfig && (how == keyed || spaced) && isSentenceTail(rest)
	v.last = strings.TrimSpace(rest) == ""
	for v.to > v.from && strings.IndexByte(".:!?*", t[v.to-1]) >= 0 && k.where == inComment {
		v.to--
	}
	return v, v.to > v.from
}

// isReferenceMark reports whether a bare text begins as a reference or a call does.
func isReferenceMark(text []byte) bool {
	if text[0] == '(' || text[0] == '[' || text[0] == '{' || bytes.HasPrefix(text, []byte("$$(")) {
		return true
	}
	if text[0] == '$' && len(text) > 1 && (isLetter(text[1]) || text[1] == '_' || text[1] == '{' || text[1] == '(') {
		return true
	}
	i := 0
	for i < len(text) && isName(text[i]) {
		i++
	}
	return i > 1 && i < len(text) && text[i] == '('
}

// isSentenceTail reports whether the text behind a value goes on with words.
func isSentenceTail(rest string) bool {
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" || !isLetter(rest[0]) {
		return false
	}
	word, _, _ := strings.Cut(rest, " ")
	return !strings.Contains(word, "=")
}

// lineEndWithin returns the end of the line, or of the next few bytes.
func lineEndWithin(t []byte, i, most int) int {
	hi := min(len(t), i+most)
	if n := bytes.IndexByte(t[i:hi], '\n'); n >= 0 {
		return i + n
	}
	return hi
}
