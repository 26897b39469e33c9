package general

import "strings"

// jointOf reads the code between a name and the next literal and tells whether
// the literal is the name's value. The literals before it that are to be passed
// over are the names of variables that the value is a fallback for. A literal
// that is a name itself may be followed by a comma.
func jointOf(glue []byte, isLiteral bool) (how joint, skips int) {
	g := glueReader{text: string(glue)}
	g.brackets()
	if isLiteral {
		g.take("]")
		g.take(")")
	}
	g.blanks()
	if isLiteral {
		if g.valueField() {
			how = valueField
		} else if g.take(",") {
			how = listed
		}
	}
	if how == noJoint {
		how = g.operator(isLiteral)
	}
	if how == noJoint || how == keyed && g.isCase() {
		return noJoint, 0
	}
	if skips = g.wrappers(); skips < 0 {
		return noJoint, 0
	}
	return how, skips
}

// glueReader reads code from the left.
type glueReader struct{ text string }

// take removes a text from the front, if it stands there.
func (g *glueReader) take(text string) bool {
	rest, ok := strings.CutPrefix(g.text, text)
	g.text = rest
	return ok
}

// blanks removes blanks and line ends from the front.
func (g *glueReader) blanks() { g.text = strings.TrimLeft(g.text, " \t\r\n\\") }

// word removes a name with dots from the front and returns it.
func (g *glueReader) word() string {
	i := 0
	for i < len(g.text) && (isName(g.text[i]) && g.text[i] != '-' || g.text[i] == ':' && i+1 < len(g.text) && g.text[i+1] == ':' || g.text[i] == ':' && i > 0 && g.text[i-1] == ':') {
		i++
	}
	w := g.text[:i]
	g.text = g.text[i:]
	return w
}

// isCase reports whether another case of a switch follows: what stands before it
// is one as well.
func (g *glueReader) isCase() bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(g.text, " \t\r\n"), "case")
	return ok && (rest == "" || !isName(rest[0]))
}

// brackets removes the length of an array.
func (g *glueReader) brackets() {
	const longest = 24
	for strings.HasPrefix(g.text, "[") {
		i := strings.IndexByte(g.text, ']')
		if i < 0 || i > longest {
			return
		}
		g.text = g.text[i+1:]
	}
}

// operator reads what joins a name and a value, with the type between them.
func (g *glueReader) operator(isLiteral bool) joint {
	if !isLiteral {
		g.annotation()
	}
	for _, op := range [...]struct {
		text string
		how  joint
	}{
		{"===", compared}, {"!==", compared}, {"==", compared}, {"!=", compared}, {"=>", keyed}, {"->", assigned}, {":=", assigned},
		{"<-", assigned}, {"||=", assigned}, {"??=", assigned}, {"?=", assigned}, {"+=", assigned}, {"=", assigned}, {":", keyed},
	} {
		if g.take(op.text) {
			return op.how
		}
	}
	if isLiteral {
		return noJoint
	}
	for g.take(".trim()") || g.take(".toLowerCase()") || g.take(".to_s") || g.take(".strip()") {
		continue
	}
	if g.matcher() || g.take(".equals(") || g.take(".equalsIgnoreCase(") || g.take(".compareTo(") {
		return compared
	}
	if g.take("(") {
		return called
	}
	return noJoint
}

// matcher removes the call that compares a value in the manner of
// expect(name).toBe(value).
func (g *glueReader) matcher() bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(g.text, "()"), ")")
	if !ok {
		return false
	}
	rest = strings.TrimPrefix(rest, ".")
	for _, call := range [...]string{
		".to eq(", ".to eql(", ".to eq ", "to eq(", "to eq ", " to eq(", " to eq ", "toBe(", "toEqual(", "toStrictEqual(", "isEqualTo(",
		"to.equal(", "to.be.equal(", "to.eql(", "Should().Be(", "should.equal(", "isSameAs(",
	} {
		if after, ok := strings.CutPrefix(rest, call); ok {
			g.text = after
			return true
		}
	}
	return false
}

// annotation removes the type that stands between a name and "=".
func (g *glueReader) annotation() {
	i := strings.IndexByte(g.text, '=')
	if i <= 0 || i > 48 || g.text[i-1] == ':' || strings.Contains(g.text[:i], "\n") || i+1 < len(g.text) && (g.text[i+1] == '=' || g.text[i+1] == '>') {
		return
	}
	before := strings.TrimSpace(strings.TrimSuffix(g.text[:i], ":"))
	if before == "" {
		return
	}
	kind := strings.TrimSpace(strings.TrimLeft(before, ":?!"))
	for _, c := range []byte(kind) {
		if !isName(c) && strings.IndexByte("<>[]*?|&' ", c) < 0 {
			return
		}
	}
	if kind == before && strings.Contains(kind, " ") {
		return // more than a name: not a type
	}
	g.text = g.text[i:]
}

// valueField reads ", value:" behind a name.
func (g *glueReader) valueField() bool {
	rest := strings.TrimLeft(g.text, ", \t\r\n'\"")
	for _, field := range [...]string{"value", "Value", "VALUE", "val", "default", "Default", "defaultValue", "default_value"} {
		after, ok := strings.CutPrefix(rest, field)
		if !ok {
			continue
		}
		after = strings.TrimLeft(after, " \t'\"")
		if after != "" && (after[0] == ':' || after[0] == '=') {
			g.text = after[1:]
			return true
		}
	}
	return false
}

// wrappers removes what may stand around a literal that is still the value:
// conversions, prefixes, alternatives. It returns how many literals come before
// it as arguments of a call that reads a variable; -1 if the literal is no value.
func (g *glueReader) wrappers() (skips int) {
	const most = 6
	for range most {
		g.blanks()
		if strings.HasPrefix(g.text, "$(") {
			return -1 // a query of a page
		}
		if g.text == "" {
			return skips
		}
		switch {
		case g.take("[]byte("), g.take("[]rune("), g.take("("), g.take("&"), g.take("*"), g.take("$"), g.take("@"), g.take("new "), g.take("await "),
			g.take("[]byte{"), g.take("[]string{"), g.take("||"), g.take("??"), g.take("?:"), g.take("or "):
			continue
		}
		w := g.word()
		if w == "" {
			return -1
		}
		switch {
		case g.text == "" && len(w) <= 2:
			return skips // the prefix of a literal: b"...", u"..."
		case g.text != "" && (g.text[0] == ' ' || g.text[0] == '|' || g.text[0] == '?'):
			continue // an expression, then its alternative
		case g.take("!("), g.take("("), g.take("["):
			switch last := lastWord(w); {
			case isReader(last):
				skips++
			case !isConversion(last) || last != strings.ToLower(w) && isGetter(last):
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// lastWord returns the last name of a dotted one, in lower case.
func lastWord(w string) string {
	if i := strings.LastIndexAny(w, ".:"); i >= 0 {
		w = w[i+1:]
	}
	return strings.ToLower(w)
}

// isConversion reports whether a function returns the text that it is given.
func isConversion(name string) bool {
	switch name {
	case "byte", "bytes", "string", "str", "from", "new", "to_string", "tostring", "encode", "b", "some", "of", "ptr", "pointer", "stringptr",
		"text", "securestring", "secret", "secretstr", "secretstring", "fromstring", "utf8", "getbytes", "valueof", "literal", "optional",
		"just", "box", "cstring", "qstringliteral", "qstring", "to", "buffer", "nsstring", "unicode", "crypt", "newsecret", "sensitive", "format":
		return true
	}
	return false
}

// isGetter reports whether a conversion's name is also that of methods that
// return what stands under a name.
func isGetter(name string) bool {
	switch name {
	case "string", "str", "text", "secret", "to", "bytes", "byte":
		return true
	}
	return false
}

// isReader reports whether a function reads a variable and takes what it falls
// back to as its second argument.
func isReader(name string) bool {
	switch name {
	case "getenv", "get", "env", "fetch", "getstring", "getproperty", "getordefault", "lookup", "config", "environ", "get_env", "envstr", "getenvdefault",
		"getenvordefault", "envordefault", "getenvor", "setting", "option", "getoption", "default", "cast", "getparameter", "param":
		return true
	}
	return strings.Contains(name, "env")
}
