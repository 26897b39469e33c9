package settings

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// value is what stands behind a name, as far as the gate reads it.
type value struct {
	rest   []byte // without quotes and comments; of a list or a block what stands below
	at     int    // where it begins
	quoted bool
	block  bool // several lines of text
	open   bool // nothing, or the beginning of a list or a mapping
}

// The limits of what the gate reads of a value.
const (
	maxGateQuote = 4096
	maxGateBelow = 2048
)

// valueAfter reads the value that begins behind a name.
func (g *gate) valueAfter(at int) value {
	at = g.blanks(at)
	v := value{at: at, rest: bytes.TrimRight(g.data[at:g.end], " \t\r")}
	if len(v.rest) == 0 || v.rest[0] == '#' {
		v.open, v.rest = true, g.list(&v)
		return v
	}
	switch v.rest[0] {
	case '"', '\'', '`':
		return g.quoted(v)
	case '|', '>':
		v.block = true
	case '<':
		v.block = bytes.HasPrefix(v.rest, []byte("<<"))
	case '&', '!':
		v.block = len(v.rest) > 1 && v.rest[1] != ' ' // a tag or an anchor: what follows is not read
	case '{', '[', '(':
		if v.open = !bytes.HasPrefix(v.rest, []byte("{{")); v.open {
			v.rest = g.list(&v)
		}
	default:
		if n := bytes.Index(v.rest, []byte(" #")); n >= 0 {
			v.rest = v.rest[:n]
		}
	}
	return v
}

// quoted reads a value in quotes, which may go over several lines.
func (g *gate) quoted(v value) value {
	quote := v.rest[0]
	v.quoted = true
	text := g.data[v.at+1 : min(len(g.data), v.at+maxGateQuote)]
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			v.rest = text[:i]
			return v
		}
	}
	v.block = true // it does not end: anything may stand in it
	return v
}

// list returns the elements of a list that stands behind or below a name without a
// value of its own, or a value on a line of its own, up to the next name.
func (g *gate) list(v *value) []byte {
	to := g.end
	for to < len(g.data) && to-v.at < maxGateBelow {
		end := g.nextEnd(to)
		line := g.data[to+1 : end]
		if g.endsBelow(line) || holdsName(line) {
			break
		}
		to = end
	}
	return g.data[v.at:max(v.at, to)]
}

// holdsName reports whether a line may hold a name.
func holdsName(line []byte) bool {
	for i, c := range line {
		if c == '=' || c == ':' && (i+1 == len(line) || isBlank(line[i+1])) {
			return true
		}
	}
	return false
}

// nextEnd returns the end of the line behind the one that ends at an offset.
func (g *gate) nextEnd(to int) int {
	if n := bytes.IndexByte(g.data[to+1:], '\n'); n >= 0 {
		return to + 1 + n
	}
	return len(g.data)
}

// endsBelow reports whether a line belongs no longer to the value of the name on
// the line under reading, by its indent.
func (g *gate) endsBelow(line []byte) bool {
	text := bytes.TrimLeft(line, " ")
	if len(text) == 0 || text[0] == '{' || isBlank(text[0]) {
		return false // blank, or a line of a template
	}
	if g.brackets() {
		return text[0] == '}' || text[0] == ']'
	}
	indent := len(line) - len(text)
	return indent < g.indent || indent == g.indent && text[0] != '-'
}

// some reports whether anything that a value may be is such a text: the value
// itself, what it falls back to, or a word of either.
func (g *gate) some(v *value, is func(string) bool) bool {
	rest := v.rest
	if v.block {
		rest = g.below(v)
	}
	if anyWordOf(string(rest), is) || v.open && is("") {
		return true
	}
	return slices.ContainsFunc(g.textsOf(v), func(text string) bool {
		return slices.ContainsFunc(readHoles(text, span{end: len(text)}).Alternatives, func(reading partial.Text) bool {
			known, ok := reading.Known()
			return ok && (is(known) || anyWordOf(known, is))
		})
	})
}

// anyWordOf reports whether a word of a text is such a one.
func anyWordOf(text string, is func(string) bool) bool {
	for word := range strings.FieldsFuncSeq(text, isBetweenWords) {
		if is(word) {
			return true
		}
	}
	return false
}

// isBetweenWords reports whether a character stands between the words of a value.
func isBetweenWords(r rune) bool {
	return r < 0x80 && strings.IndexByte(" \t\r\n,;:|[](){}\"'=", byte(r)) >= 0
}

// versions returns the families of versions that a value has an old one for.
func (g *gate) versions(v *value) (of family) {
	all, named := false, false
	g.some(v, func(text string) bool {
		if len(text) > maxVersionText {
			return false
		}
		all = all || strings.EqualFold(strings.TrimPrefix(text, "+"), "all")
		version, isNamed := tlsVersion(strings.TrimLeft(text, "+-!"))
		named = named || version != 0 && isNamed
		if version != 0 && version < goal {
			of |= ofBare
			if isNamed {
				of |= ofVersion
			}
		}
		return false
	})
	if all && named {
		of |= ofVersion
	}
	return of
}

// withoutUnit returns a name without the unit at its end. It reports false if it
// has none.
func withoutUnit(name []byte) ([]byte, bool) {
	to := len(name)
	for to > 0 && !isWordByte(shape.Lower(name[to-1])) {
		to--
	}
	from := to
	for from > 0 && (isLower(name[from-1]) || isUpper(name[from-1])) {
		from--
		if isUpper(name[from]) && (from == 0 || !isUpper(name[from-1])) {
			break
		}
	}
	var room [len("milliseconds")]byte
	if to-from > len(room) {
		return nil, false
	}
	for i, c := range name[from:to] {
		room[i] = shape.Lower(c)
	}
	if units[string(room[:to-from])] == 0 {
		return nil, false
	}
	before := bytes.TrimRight(name[:from], "_-. ")
	if n := len(before); n > 2 && isWord(before[n-2:], "in") {
		before = before[:n-2]
	}
	return before, true
}

// below returns a value with all lines that are deeper than its name.
func (g *gate) below(v *value) []byte {
	if g.brackets() {
		return g.inBrackets(v.at)
	}
	to := g.end
	for to < len(g.data) {
		end := g.nextEnd(to)
		if g.endsBelow(g.data[to+1 : end]) {
			break
		}
		to = end
	}
	return g.data[v.at:max(v.at, to)]
}

// inBrackets returns what begins at an offset up to the end of a line on which no
// bracket is open, or of a text of several lines.
func (g *gate) inBrackets(at int) []byte {
	if mark, ok := bytes.CutPrefix(g.data[at:g.end], []byte("<<")); ok {
		mark = bytes.TrimSpace(bytes.TrimPrefix(mark, []byte("-")))
		if n := bytes.Index(g.data[g.end:], mark); n >= 0 && len(mark) > 0 {
			return g.data[at : g.end+n]
		}
		return g.data[at:]
	}
	depth := 0
	for i := at; i < len(g.data); i++ {
		switch g.data[i] {
		case '{', '[', '(':
			depth++
		case '}', ']', ')':
			depth--
		case '\n':
			if depth <= 0 {
				return g.data[at:i]
			}
		}
	}
	return g.data[at:]
}

// credential reads a name that may be that of a credential, or belong to one, and
// reports whether it speaks with its value.
func (g *gate) credential(name []byte, of family, v *value) bool {
	if of&ofHeader != 0 {
		g.seen |= seenLogin | seenAuth
		if g.credible(v, shape.Header, true) {
			return true
		}
	}
	g.pair(name, v)
	if g.open && g.credible(v, shape.Password, false) && g.isSoft(name) {
		return true
	}
	if !shape.MayName(name) {
		return false
	}
	kind := kindInGate(string(name))
	if kind == shape.None {
		return false
	}
	g.seen |= seenLogin | seenAuth
	if !v.open {
		return g.credible(v, kind, false)
	}
	if !g.open {
		g.open, g.head = true, g.indent
	}
	return g.credibleIn(v)
}

// kindInGate returns the kind of credential that a name may speak of, also of one
// that is kept elsewhere.
func kindInGate(name string) shape.Kind {
	if kind := shape.OfName(strings.ReplaceAll(name, ".", "_")); kind != shape.None {
		return kind
	}
	if i := strings.LastIndexAny(name, ". "); i >= 0 {
		if kind := shape.OfName(name[i+1:]); kind != shape.None {
			return kind
		}
	}
	return shape.None
}

// isSoft reports whether a name says no more than that the value of what stands
// above it is there.
func (g *gate) isSoft(name []byte) bool {
	text := string(name)
	text = text[strings.LastIndexByte(text, '.')+1:]
	switch phrase := phraseOf(text); phrase {
	case "", "key", "url", "uri", "default", "defaultvalue", "example":
		return true
	default:
		return g.table.OfParent[phrase] || shape.OfName("password."+text) != shape.None
	}
}

// credible reports whether a value can be a credential of a kind.
func (g *gate) credible(v *value, kind shape.Kind, sink bool) bool {
	if v.block {
		return true
	}
	for _, text := range g.textsOf(v) {
		if g.form == "env" && strings.Contains(text, "$") && isCredible(text, kind, sink) {
			return true // quotes may say that nothing in it is a variable
		}
		for _, reading := range readHoles(text, span{end: len(text)}).Alternatives {
			known, ok := reading.Known()
			if !ok || known == "" {
				continue
			}
			if isCredible(known, kind, sink) || isCredible(unBase64(known), kind, sink) {
				return true
			}
		}
	}
	return false
}

// holdsSample reports whether a value is a text that nobody makes up.
func (g *gate) holdsSample(v *value) bool {
	return v.block || slices.ContainsFunc(g.textsOf(v), func(text string) bool { return shape.Of(text).Hash != "" })
}

// isSeveral reports whether a value may be several words.
func (v *value) isSeveral() bool { return v.open || v.block || bytes.ContainsAny(v.rest, " \t\n\\") }

// isCredible reports whether a text can be a credential of a kind.
func isCredible(text string, kind shape.Kind, sink bool) bool {
	if kind == shape.Header && !sink {
		if text = schemed(text); text == "" {
			return false
		}
	}
	v := shape.Of(text)
	return v.Form == shape.UUID || shape.Credible(v, kind, sink)
}

// textsOf returns what the text of a value may be.
func (g *gate) textsOf(v *value) []string {
	text := string(v.rest)
	switch {
	case v.open:
		return nil
	case v.quoted:
		if strings.ContainsAny(text, "\\\n") || strings.Contains(text, "''") {
			return []string{strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(text, "''", "'"), `\`, "")), " "), text}
		}
		return []string{text}
	case g.form == "HCL":
		out := hclTexts(text)
		if len(out) == 0 && strings.Trim(text, "0123456789") == "" {
			out = append(out, text)
		}
		return out
	}
	if n := endInFlow(text); n >= 0 {
		return []string{text, strings.Trim(text[:n], " \"'")}
	}
	return []string{text}
}

// hclTexts returns the quoted texts of an expression of HCL, with holes in place of
// the expressions in them.
func hclTexts(text string) []string {
	var out []string
	var b strings.Builder
	quoted, depth := false, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case depth > 0:
			switch c {
			case '{':
				depth++
			case '}':
				depth--
			}
		case !quoted:
			quoted = c == '"'
		case c == '"':
			out, quoted = append(out, b.String()), false
			b.Reset()
		case c == '$' && i+1 < len(text) && text[i+1] == '{':
			b.WriteString("${x}")
			depth, i = 1, i+1
		default:
			b.WriteByte(c)
		}
	}
	return out
}

// endInFlow returns where a value ends that stands between others on one line, -1
// if it does not.
func endInFlow(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{', '[', '(':
			depth++
		case '}', ']', ')':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// credibleIn reports whether an element of a list on the line of its name can be a
// credential.
func (g *gate) credibleIn(v *value) bool {
	line := g.data[v.at:max(v.at, g.end)]
	if !bytes.HasPrefix(line, []byte("[")) {
		return false
	}
	for word := range bytes.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(",[]\"'", r) }) {
		if isCredible(strings.TrimSpace(string(word)), shape.Password, false) {
			return true
		}
	}
	return false
}

// pair notes what a setting says that stands as a pair of a name and a value.
func (g *gate) pair(name []byte, v *value) {
	half := g.ends.pairs[string(name)]
	if half&pairValue != 0 {
		g.seen |= seenPairValue
		if g.seen&seenPairSecret == 0 && g.credible(v, shape.Password, false) {
			g.seen |= seenPairSecret
		}
		if holdsWeb(v.rest) {
			g.seen |= seenTarget
		}
	}
	if half&pairName == 0 || v.open || len(v.rest) > maxName {
		return
	}
	var of family
	g.found, _ = g.ends.whole(v.rest, g.found[:0])
	for _, i := range g.found {
		of |= g.ends.families[i]
	}
	if before, ok := withoutUnit(v.rest); ok {
		g.found, _ = g.ends.whole(before, g.found[:0])
		for _, i := range g.found {
			of |= g.ends.families[i] & ofLifetime
		}
	}
	if of&keyed != 0 {
		g.seen |= seenPairKey
	}
	if of&ofUser != 0 {
		g.seen |= seenLogin
	}
	if of&ofHost != 0 {
		g.seen |= seenHost
	}
	if of&ofHeader != 0 || shape.MayName(v.rest) && kindInGate(string(v.rest)) != shape.None {
		g.seen |= seenPairHead | seenLogin | seenAuth
	}
}

// file reports whether a value is a file under its own name, with anything in it
// that could be observed.
func (g *gate) file(name []byte, v *value) bool {
	if path.Ext(string(name)) == "" || !v.quoted && !v.block {
		return false
	}
	lines := v.block || bytes.Contains(v.rest, []byte("\n")) || bytes.Contains(v.rest, []byte(`\n`))
	form := formatOf(string(name))
	if !lines && form == nil {
		return false
	}
	text := g.below(v)
	if !isInteresting(text, "") {
		return false
	}
	if form == nil || v.rest[0] != '|' {
		return true
	}
	inner := embed.File(string(name), text[bytes.IndexByte(text, '\n')+1:])
	return len(worthReading(inner, g.table, g.cat)) > 0
}

// hasFileTexts reports whether some keys hold text of another language in files of
// that name.
func hasFileTexts(table *rules.SettingsTable, name string) bool {
	for _, keys := range table.Texts {
		for _, key := range keys {
			if len(key.Files) > 0 && key.In(name) {
				return true
			}
		}
	}
	return false
}

// isWord reports whether a text is a word, in any case.
func isWord(text []byte, word string) bool {
	return len(text) == len(word) && shape.HasFold(text, word)
}

// holdsWide reports whether a text holds a part of an address range that is wide.
func holdsWide(data []byte) bool {
	for _, part := range [...]string{"*", ".0/", "::/", "0.0.0.0", ".255"} {
		if bytes.Contains(data, []byte(part)) {
			return true
		}
	}
	return false
}
