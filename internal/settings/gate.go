package settings

import (
	"bytes"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// This file spares most files the parser. Words of interest stand in more than
// half of all configuration, mostly where they mean nothing: the name of a role,
// certificates, addresses without a login. The gate reads a file line by line for
// names with what stands behind them, and asks for each what an observation would
// need: a name that the table knows with a value that could be told, the name of
// a credential with a credible one, a credential beside a URL, a login beside a
// host. It knows nesting by indents and brackets alone, so wherever it cannot tell
// it lets the file pass. What it keeps out no judge could speak about: tests hold
// it to what all fixtures show without it.

// maxGateLine is the length up to which the gate reads a line. Longer ones are of
// files that machines write: a word of interest there is enough.
const maxGateLine = 4096

// gate reads one text.
type gate struct {
	table       *rules.SettingsTable
	cat         *rules.Catalogue
	ends        *endings
	form        string // the name of the format
	data        []byte
	texts       family // of keys that hold text of another language in this file
	judged      family // whose keys mean something here
	description bool   // describes data: only its examples hold credentials
	about       []byte // the file's name, which is context, too

	start, end int // of the line
	indent     int // of the line; brackets count in formats that have them
	depth      int // of brackets, behind the line
	control    bool

	// head is the indent of the name of a credential whose value stands below
	// it: names that add nothing count there.
	head int
	open bool // whether there is such a head

	above []placed // the names above the one under reading, and itself
	found []int    // by a walk
	seen  marks
	peers [][]byte // names that may tell the protocol of a connection
}

// placed is a name and its place in the tree.
type placed struct {
	span16
	indent, line int
	dash         bool // it stands behind the mark of a list element
}

// marks are what has been seen, one beside the other.
type marks uint32

const (
	seenLogin      marks = 1 << iota // the name of a credential or of a user with a value
	seenAuth                         // the name of a credential
	seenTarget                       // a URL of the web that credentials may go to
	seenHost                         // a host
	seenPlain                        // a connection without TLS, if there is a login
	seenDialed                       // the URL of one
	seenCommand                      // a script, worth reading or not
	seenArguments                    // arguments worth reading
	seenPairKey                      // a value that is a name the table knows
	seenPairHead                     // one that is the name of a credential
	seenPairValue                    // what may be its value
	seenPairSecret                   // a credible one
)

// worthReading returns the parts of a text that could show anything, as far as that
// can be told without its grammar: documents of a stream, otherwise all of it. Of
// formats that the gate does not read a word of interest tells.
func worthReading(t *embed.Text, table *rules.SettingsTable, cat *rules.Catalogue) []portion {
	whole := []portion{{0, len(t.Data)}}
	form := formatOfText(t).name
	switch form {
	case "YAML", "JSON", "HCL", "env":
	case "logins":
		return whole // known for its lines
	default:
		if !isWorthParsing(t) {
			return nil
		}
		return whole
	}
	if isCloudConfig(t.Data) {
		return whole // has accounts without names
	}
	ends, err := tableEndings()
	if err != nil {
		return whole
	}
	if form == "YAML" {
		whole = documentsIn(t.Data)
	}
	var out []portion
	for _, p := range whole {
		g := gate{table: table, cat: cat, ends: ends, form: form, data: t.Data[p.from:p.to], texts: ofScript | ofText, about: []byte(t.Name)}
		if hasFileTexts(table, t.Name) {
			g.texts |= ofFileText
		}
		g.judged = keyed | ofProduct | ofArguments
		if form == "YAML" && describesKind(table, g.data) {
			g.description, g.judged = true, ofNumber|ofLifetime
		}
		if !g.speaks() {
			continue
		}
		if n := len(out); n > 0 && out[n-1].to == p.from {
			out[n-1].to = p.to
			continue
		}
		out = append(out, p)
	}
	return out
}

// portion is a part of a text, from one offset to another.
type portion struct{ from, to int }

// documentsIn returns the documents of a stream of YAML.
func documentsIn(data []byte) []portion {
	const mark = "\n---"
	var out []portion
	from := 0
	for at := 0; ; {
		n := bytes.Index(data[at:], []byte(mark))
		if n < 0 {
			return append(out, portion{from, len(data)})
		}
		at += n + 1
		out = append(out, portion{from, at})
		from = at
	}
}

// describesKind reports whether a document of Kubernetes describes data.
func describesKind(table *rules.SettingsTable, data []byte) bool {
	const key = "\nkind:"
	n := bytes.Index(data, []byte(key))
	if n < 0 {
		return false
	}
	kind, _, _ := bytes.Cut(data[n+len(key):], []byte("\n"))
	return table.Silence.DescriptionKinds[string(bytes.TrimSpace(kind))]
}

// speaks reports whether anything in the text could be observed.
func (g *gate) speaks() bool {
	comments := "#"
	if g.form == "JSON" {
		comments = ""
	}
	for g.end = -1; g.end < len(g.data); {
		g.start = g.end + 1
		g.end = len(g.data)
		if n := bytes.IndexByte(g.data[g.start:], '\n'); n >= 0 {
			g.end = g.start + n
		}
		first := g.blanks(g.start)
		if first >= g.end || strings.IndexByte(comments, g.data[first]) >= 0 {
			continue
		}
		if g.end-g.start > maxGateLine && isInteresting(g.data[first:g.end], "") || g.end-g.start <= maxGateLine && g.line(first) {
			return true
		}
	}
	return g.together()
}

// blanks returns the offset behind blanks in the line.
func (g *gate) blanks(at int) int {
	for at < g.end && isBlank(g.data[at]) {
		at++
	}
	return at
}

// brackets reports whether brackets say what stands in what, and not indents.
func (g *gate) brackets() bool { return g.form == "JSON" || g.form == "HCL" }

// line reads the line that begins at first and reports whether it speaks.
func (g *gate) line(first int) bool {
	g.settle(first)
	if g.open && bytes.Contains(g.data[first:g.end], []byte("Fn::")) {
		return true // a text is made of several
	}
	if !g.description && g.link(g.data[first:g.end]) {
		return true
	}
	named := false
	for at := first; at < g.end; at++ {
		if c := g.data[at]; c != ':' && c != '=' {
			continue
		}
		name, ok := g.nameBefore(first, at)
		if !ok {
			continue
		}
		if named = true; g.name(name, g.valueAfter(at+1)) {
			return true
		}
	}
	switch {
	case named:
		return false
	case g.form == "HCL" && bytes.HasSuffix(bytes.TrimRight(g.data[first:g.end], " \t\r"), []byte("{")):
		return g.labels(first)
	}
	if !g.open {
		return false
	}
	v := g.valueAfter(g.pastDash(first))
	return g.credible(&v, shape.Password, false)
}

// settle notes the line's place in the tree, and whether the head above it ends.
func (g *gate) settle(first int) {
	line := g.data[first:g.end]
	g.control = bytes.HasPrefix(line, []byte("{{")) || bytes.HasPrefix(line, []byte("{%"))
	if g.control {
		return // a line of a template has an indent of its own
	}
	g.indent = first - g.start
	if g.brackets() {
		g.nest(line)
	}
	if g.open && (g.indent < g.head || g.indent == g.head && (g.brackets() || line[0] != '-')) {
		g.open = false
	}
}

// nest counts the brackets of a line. Closing ones at its beginning count for the
// line itself.
func (g *gate) nest(line []byte) {
	g.indent = g.depth
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[' || c == '(':
			g.depth++
		case c == '}' || c == ']' || c == ')':
			g.depth = max(0, g.depth-1)
			g.indent = min(g.indent, g.depth)
		}
	}
}

// pastDash returns the offset behind the marks of list elements.
func (g *gate) pastDash(at int) int {
	for at+1 < g.end && g.data[at] == '-' && isBlank(g.data[at+1]) {
		at = g.blanks(at + 1)
	}
	return at
}

// nameBefore returns the place of the name before a colon or an equals sign. It
// reports false if there is none.
func (g *gate) nameBefore(first, at int) (span16, bool) {
	to := at
	for to > first && isBlank(g.data[to-1]) {
		to--
	}
	if to == first {
		return span16{}, false
	}
	if quote := g.data[to-1]; quote == '"' || quote == '\'' {
		from := bytes.LastIndexByte(g.data[first:to-1], quote)
		return span16{first + from + 1, to - 1}, from >= 0
	}
	name := span16{g.nameStart(first, to), to}
	if g.data[at] == ':' && g.form != "HCL" && at+1 < g.end && !isBlank(g.data[at+1]) {
		return name, g.table.Headers[strings.ToLower(string(g.data[name.from:name.to]))]
	}
	return name, name.from < name.to
}

// nameStart returns where a name without quotes begins.
func (g *gate) nameStart(first, to int) int {
	from := bytes.LastIndexAny(g.data[first:to], "{}[](),;\"'?=:") + 1 + first
	return min(g.pastDash(g.blanks(from)), to)
}

// labels reads the names of a block of HCL. That of a variable is the name of the
// value that stands in the block.
func (g *gate) labels(first int) bool {
	v := g.valueAfter(g.end)
	v.at = first + bytes.LastIndexByte(g.data[first:g.end], '{')
	if bytes.HasPrefix(g.data[first:], []byte("variable ")) {
		v.rest = g.below(&v)
		v.rest = v.rest[:min(len(v.rest), maxGateBelow)]
	}
	for at := first; at < g.end; at++ {
		from := at
		for at < g.end && strings.IndexByte(" \t\"{\r", g.data[at]) < 0 {
			at++
		}
		if at > from && g.name(span16{from, at}, v) {
			return true
		}
	}
	return false
}

// keyed are the families whose rules are about a key and its value alone.
const keyed = ofRange | ofVersion | ofBare | ofSwitch | ofNumber | ofLifetime | ofScript | ofText | ofFileText

// textual are the families of keys whose values are texts of other kinds.
const textual = ofScript | ofText | ofFileText

// name reads a name with its value and reports whether they speak.
func (g *gate) name(at span16, v value) bool {
	name := g.data[at.from:at.to]
	g.place(at)
	var rest tail
	g.found, rest = g.ends.whole(name, g.found[:0])
	var of family
	for _, i := range g.found {
		if g.tells(i, name, &v) {
			return true
		}
		of |= g.ends.families[i]
	}
	if g.goesOn(rest, g.judged, &v) {
		return true
	}
	if before, ok := withoutUnit(name); ok && g.some(&v, isDuration) {
		g.found, rest = g.ends.whole(before, g.found[:0])
		for _, i := range g.found {
			if g.ends.families[i]&ofLifetime != 0 && g.counts(i) {
				return true
			}
		}
		if g.goesOn(rest, ofLifetime, &v) {
			return true
		}
	}
	if g.description {
		return (isWord(name, "example") || isWord(name, "default")) && g.holdsSample(&v)
	}
	if v.open {
		g.peers = append(g.peers, name)
	}
	return g.speaksAlone(name, &v) || g.credential(name, of, &v) || g.file(name, &v)
}

// place puts a name below those that it may stand in: less indented ones, and what
// a list is the value of, which may be indented as much.
func (g *gate) place(at span16) {
	p := placed{at, g.indent, g.start, !g.brackets() && g.data[g.start+g.indent] == '-'}
	if !g.control {
		n := len(g.above)
		for n > 0 && g.isPast(g.above[n-1], p) {
			n--
		}
		g.above = g.above[:n]
	}
	g.above = append(g.above, p)
}

// isPast reports whether a name stands neither above nor beside another one.
func (g *gate) isPast(above, p placed) bool {
	if above.line == p.line || above.indent < p.indent {
		return false
	}
	return above.indent > p.indent || !p.dash || above.dash
}

// goesOn reports whether an ending that goes on before a name does so in the names
// above, and its value would do.
func (g *gate) goesOn(rest tail, of family, v *value) bool {
	for i := rest.from; i < rest.to; i++ {
		if len(g.ends.texts[i]) > rest.depth && g.endsAbove(i, rest.depth, len(g.above)-1) && g.serves(i, of, v) != 0 && g.counts(i) {
			return true
		}
	}
	return false
}

// endsAbove reports whether what is left of an ending stands in the first names of
// those above.
func (g *gate) endsAbove(i, depth, names int) bool {
	for k := names - 1; k >= 0; k-- {
		at := g.above[k]
		next, ok := g.ends.goesOn(i, depth, g.data[at.from:at.to])
		if ok && (next == len(g.ends.texts[i]) || next > depth && g.endsAbove(i, next, k)) {
			return true
		}
	}
	return false
}

// tells reports whether a name that is complete with an ending speaks with its
// value, and notes what it means for others.
func (g *gate) tells(i int, name []byte, v *value) bool {
	of := g.ends.families[i]
	if of&ofAlways != 0 || of&ofNamed != 0 && ownNames()[strings.ToLower(string(name))] || g.serves(i, g.judged&^ofArguments, v) != 0 && g.counts(i) {
		return true
	}
	note := func(family family, holds bool, mark marks) {
		if of&family != 0 && holds {
			g.seen |= mark
		}
	}
	note(ofUser, !v.open, seenLogin)
	note(ofCommand, v.open, seenCommand)
	note(ofArguments, of&ofArguments != 0 && g.serves(i, ofArguments, v) != 0, seenArguments)
	if of&ofHost != 0 && !v.open {
		g.seen |= seenHost
		g.peers = append(g.peers, name)
	}
	note(ofURL, holdsWeb(v.rest), seenTarget)
	note(ofScheme, isWord(v.rest, "http") || isWord(v.rest, "https"), seenTarget)
	if of&ofSecure != 0 && g.some(v, isUnprotected) {
		g.seen |= seenPlain
		g.peers = append(g.peers, name)
	}
	if of&ofProtocol != 0 && !v.open {
		g.peers = append(g.peers, v.rest)
	}
	return false
}

// counts reports whether an ending means something where it stands: one word of its
// context, if it has one, is in a name above.
func (g *gate) counts(i int) bool {
	contexts := g.ends.contexts[i]
	for _, context := range contexts {
		for word := range context {
			if holdsWord(g.about, word) || slices.ContainsFunc(g.above, func(at placed) bool { return holdsWord(g.data[at.from:at.to], word) }) {
				return true
			}
		}
	}
	return contexts == nil
}

// serves returns those of the families of an ending that the value would do for.
func (g *gate) serves(i int, among family, v *value) (out family) {
	of := g.ends.families[i] & among
	if of&ofRange != 0 && (holdsWide(v.rest) || v.open && holdsWide(g.below(v))) {
		out |= ofRange
	}
	if of&ofNumber != 0 && !(g.description && string(v.rest) == "1") && g.some(v, isCount) { // not empty
		out |= ofNumber
	}
	if of&ofLifetime != 0 && g.some(v, isDuration) {
		out |= ofLifetime
	}
	if of&ofSwitch != 0 && g.some(v, func(text string) bool { return isBad(g.ends.bad[i], text) }) {
		out |= ofSwitch
	}
	if of&(ofVersion|ofBare) != 0 {
		out |= of & g.versions(v)
	}
	if of&ofProduct != 0 && g.isMeant(g.ends.products[i], v) {
		out |= ofProduct
	}
	return out | g.isText(of&(g.texts|ofArguments), v)
}

// isText returns those of the families of texts that a value is worth reading for.
func (g *gate) isText(of family, v *value) (out family) {
	if of == 0 {
		return 0
	}
	text := g.below(v)
	script := embed.Commands().In(text)
	if script && v.isSeveral() {
		out |= of & (ofScript | ofArguments)
	}
	if of&(ofText|ofFileText) != 0 && (script || isInteresting(text, "")) {
		out |= of & (ofText | ofFileText)
	}
	return out
}

// together reports whether what stands in several places of the text speaks.
func (g *gate) together() bool {
	if g.description {
		return false
	}
	for _, all := range [...]marks{
		seenAuth | seenTarget, seenPairKey | seenPairValue, seenPairHead | seenPairSecret, seenCommand | seenArguments, seenDialed | seenLogin,
	} {
		if g.seen&all == all {
			return true
		}
	}
	const connection = seenHost | seenLogin
	return g.seen&connection == connection && g.connects()
}

// connects reports whether a name tells of a protocol that is spoken without TLS.
func (g *gate) connects() bool {
	plain := g.seen&seenPlain != 0 || g.hasPlainPort()
	if plain && slices.ContainsFunc(g.peers, func(name []byte) bool { return holdsWord(name, sslMode) }) {
		return true
	}
	for word, protocol := range g.table.Sections {
		if !plain && protocol != "ftp" && protocol != "smpp" {
			continue
		}
		if slices.ContainsFunc(g.peers, func(name []byte) bool { return holdsWord(name, word) }) {
			return true
		}
	}
	return false
}

// holdsWord reports whether a name holds the letters of a phrase one after the
// other.
func holdsWord(name []byte, phrase string) bool {
	for i := range name {
		if shape.Lower(name[i]) != phrase[0] {
			continue
		}
		k := 0
		for _, c := range name[i:] {
			if c = shape.Lower(c); !isWordByte(c) {
				continue
			}
			if c != phrase[k] {
				break
			}
			if k++; k == len(phrase) {
				return true
			}
		}
	}
	return false
}
