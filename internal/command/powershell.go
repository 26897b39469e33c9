package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// psReader reads a PowerShell script: statements of words, which are strings,
// variables, tables and groups.
type psReader struct {
	*script
	at     int
	depth  int
	tables map[string][]entry // of variables, by their name in lower case
}

// entry is a key of a table with its value.
type entry struct {
	name  string
	key   word
	value word
}

// psWord is a word; a table has entries.
type psWord struct {
	word
	variable string // the name, if the word is one variable alone
	entries  []entry
	isTable  bool
	quoted   bool
}

// observePowerShell observes a PowerShell script.
func observePowerShell(t *embed.Text, cat *rules.Catalogue) embed.Result {
	r := &psReader{script: newScript(t, cat), tables: map[string][]entry{}}
	for r.at < len(t.Data) {
		r.statements()
		r.at++ // a bracket that closes nothing
	}
	if r.env.Len() > 0 {
		r.out.Texts = append(r.out.Texts, t.Inside(embed.Env, &r.env))
	}
	return r.out
}

// peek returns the byte at an offset from here, 0 at the end.
func (r *psReader) peek(n int) byte {
	if r.at+n >= len(r.text.Data) {
		return 0
	}
	return r.text.Data[r.at+n]
}

// statements reads statements up to a bracket that closes.
func (r *psReader) statements() {
	r.depth++
	for r.at < len(r.text.Data) {
		switch r.peek(0) {
		case ')', '}':
			r.depth--
			return
		}
		before := r.at
		r.statement()
		if r.at == before {
			r.at++
		}
	}
	r.depth--
}

// statement reads one statement and runs it.
func (r *psReader) statement() {
	if r.methodCall() {
		return
	}
	var words []psWord
	for r.at < len(r.text.Data) {
		switch c := r.peek(0); {
		case c == '`' && (r.peek(1) == '\n' || r.peek(1) == '\r'):
			r.at += 2
			if r.peek(0) == '\n' {
				r.at++
			}
		case c == ' ' || c == '\t' || c == '\r' || c == ',':
			r.at++
		case c == '#':
			end, _ := lineAt(r.text.Data, r.at)
			r.at = end
		case c == '<' && r.peek(1) == '#':
			n := bytes.Index(r.text.Data[r.at:], []byte("#>"))
			if n < 0 {
				n = len(r.text.Data) - r.at - 2
			}
			r.at += n + 2
		case c == '\n' || c == ';' || c == '|' || c == '&' || c == ')' || c == '}':
			if c == '\n' || c == ';' || c == '|' {
				r.at++
			}
			r.finish(words)
			return
		case c == '=' && len(words) == 1 && r.peek(1) != '=':
			r.at++
			r.assignment(words[0])
			return
		case c == '+' && r.peek(1) == '=' && len(words) == 1:
			r.at += 2
		default:
			before := r.at
			if w := r.word(); r.at > before {
				words = append(words, w)
			} else {
				r.at++
			}
		}
	}
	r.finish(words)
}

// maxGroups is how deep groups nest.
const maxGroups = 100

// word reads one word.
func (r *psReader) word() psWord {
	w := psWord{word: word{start: r.at, value: one(nil)}}
	for r.at < len(r.text.Data) {
		c := r.peek(0)
		switch {
		case strings.IndexByte(" \t\r\n;|)},", c) >= 0, c == '&' && r.at > w.start:
			return r.ended(w)
		case c == '\'' || c == '"':
			w.quoted = true
			w.value = partial.Concat(w.value, r.quoted(c))
		case c == '@' && (r.peek(1) == '\'' || r.peek(1) == '"'):
			w.quoted = true
			w.value = partial.Concat(w.value, r.hereString(r.peek(1)))
		case c == '@' && r.peek(1) == '{' && r.at == w.start:
			r.at += 2
			w.isTable = true
			w.entries = r.table()
		case c == '(' || c == '{' || c == '@' && r.peek(1) == '(':
			w.value = partial.Concat(w.value, r.group())
		case c == '$':
			w.value = partial.Concat(w.value, r.variableIn(&w))
		case c == '=' && r.at > w.start && r.depth > 0 && strings.HasPrefix(string(r.text.Data[w.start:r.at]), "["):
			return r.ended(w)
		default:
			w.value = partial.Concat(w.value, one(r.bare()))
		}
	}
	return r.ended(w)
}

// ended sets where a word ends.
func (r *psReader) ended(w psWord) psWord {
	w.end = r.at
	return w
}

// bare reads text without quotes.
func (r *psReader) bare() partial.Text {
	start := r.at
	for r.at < len(r.text.Data) && strings.IndexByte(" \t\r\n;|)},'\"({$", r.peek(0)) < 0 && (r.peek(0) != '=' || r.at == start) {
		if r.peek(0) == '`' {
			r.at++
		}
		r.at++
	}
	r.at = min(max(r.at, start+1), len(r.text.Data))
	return r.literal(start, r.at)
}

// quoted reads a string in quotes.
func (r *psReader) quoted(quote byte) partial.String {
	r.at++
	out, from := one(nil), r.at
	flush := func(end int) {
		if end > from {
			out = partial.Concat(out, one(r.literal(from, end)))
		}
	}
	for r.at < len(r.text.Data) {
		switch c := r.peek(0); {
		case c == quote && r.peek(1) == quote:
			flush(r.at + 1)
			r.at += 2
			from = r.at
		case c == quote:
			flush(r.at)
			r.at++
			return out
		case c == '`' && quote == '"':
			flush(r.at)
			out = partial.Concat(out, one(partial.Text{{Text: string(r.peek(1)), Start: r.at, End: r.at + 2}}))
			r.at += 2
			from = r.at
		case c == '$' && quote == '"' && isVariableStart(r.peek(1)):
			flush(r.at)
			out = partial.Concat(out, r.variableIn(&psWord{}))
			from = r.at
		default:
			r.at++
		}
	}
	flush(len(r.text.Data))
	return out
}

// hereString reads a string over several lines.
func (r *psReader) hereString(quote byte) partial.String {
	start := r.at + 2
	n := bytes.Index(r.text.Data[min(start, len(r.text.Data)):], []byte{'\n', quote, '@'})
	if n < 0 {
		r.at = len(r.text.Data)
		return one(nil)
	}
	r.at = start + n + 3
	_, from := lineAt(r.text.Data, start)
	return one(r.literal(min(from, start+n), start+n))
}

// isVariableStart reports whether a byte behind a dollar sign begins a variable
// or a group.
func isVariableStart(c byte) bool {
	return c == '{' || c == '(' || c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// variableIn reads $name, ${name}, $env:NAME and $(...), with the properties and
// indexes behind it, as a part of w.
func (r *psReader) variableIn(w *psWord) partial.String {
	start := r.at
	r.at++
	if r.peek(0) == '(' {
		return r.group()
	}
	end := r.at
	if r.peek(0) == '{' {
		if n := bytes.IndexByte(r.text.Data[r.at:], '}'); n > 0 {
			end, r.at = r.at+n+1, r.at+1
		}
		name := strings.Trim(string(r.text.Data[min(r.at, end):end]), "{}")
		r.at = max(end, r.at)
		return r.valueOf(name, start, w)
	}
	for end < len(r.text.Data) && (isVariableStart(r.text.Data[end]) && r.text.Data[end] != '{' && r.text.Data[end] != '(' || r.text.Data[end] >= '0' && r.text.Data[end] <= '9' ||
		r.text.Data[end] == ':' && end+1 < len(r.text.Data) && isVariableStart(r.text.Data[end+1])) {
		end++
	}
	name := string(r.text.Data[r.at:end])
	r.at = end
	return r.valueOf(name, start, w)
}

// valueOf returns what is known of a variable.
func (r *psReader) valueOf(name string, start int, w *psWord) partial.String {
	short := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "env:"), "script:"), "global:")
	if strings.HasPrefix(strings.ToLower(name), "env:") {
		short = name[len("env:"):]
	}
	if start == w.start {
		w.variable = short
	}
	if v, ok := r.vars[strings.ToLower(short)]; ok && len(v.value.Alternatives) > 0 {
		return v.value
	}
	return hole(roleOfName(short), shownName(short), start, r.at)
}

// group reads a group or a block: what it holds is run, its value is not known.
func (r *psReader) group() partial.String {
	start := r.at
	for r.peek(0) == '@' || r.peek(0) == '$' {
		r.at++
	}
	r.at++
	if r.depth > maxGroups {
		r.at = len(r.text.Data)
		return one(nil)
	}
	r.statements()
	r.at = min(r.at+1, len(r.text.Data))
	return hole(partial.Unknown, "", start, r.at)
}

// table reads the entries of a table: name = value.
func (r *psReader) table() []entry {
	var list []entry
	for r.at < len(r.text.Data) && r.peek(0) != '}' {
		if strings.IndexByte(" \t\r\n;,", r.peek(0)) >= 0 {
			r.at++
			continue
		}
		before := r.at
		key := r.word()
		for r.peek(0) == ' ' || r.peek(0) == '\t' {
			r.at++
		}
		if r.peek(0) != '=' || r.depth > maxGroups {
			r.at = max(r.at, before+1)
			continue
		}
		r.at++
		value := r.expression()
		if name, ok := key.known(); ok {
			list = append(list, entry{name, key.word, value.word})
		}
	}
	r.at = min(r.at+1, len(r.text.Data))
	return list
}

// expression reads a value: words joined by plus signs, up to the end of the
// statement or the line.
func (r *psReader) expression() psWord {
	var out psWord
	first := true
	for r.at < len(r.text.Data) {
		switch c := r.peek(0); {
		case c == ' ' || c == '\t' || c == '\r':
			r.at++
			continue
		case c == '+' && !first:
			r.at++
			for strings.IndexByte(" \t\r\n", r.peek(0)) >= 0 && r.at < len(r.text.Data) {
				r.at++
			}
			next := r.word()
			out.value, out.end, out.variable = partial.Concat(out.value, next.value), next.end, ""
			continue
		}
		if !first || strings.IndexByte("\n;|)},", r.peek(0)) >= 0 {
			return out
		}
		before := r.at
		if out = r.word(); r.at == before {
			return out
		}
		first = false
	}
	return out
}

// assignment reads what a variable or a property is set to.
func (r *psReader) assignment(target psWord) {
	for r.peek(0) == ' ' || r.peek(0) == '\t' {
		r.at++
	}
	left := strings.ToLower(string(r.text.Data[target.start:target.end]))
	start := r.at
	if c := r.peek(0); c != '\'' && c != '"' && c != '@' && c != '$' {
		r.property(left, start)
		return // a command, or a number
	}
	value := r.expression()
	r.property(left, start)
	switch {
	case strings.Contains(left, "[") && target.variable != "":
		r.index(target, value)
		return
	case target.variable == "":
		return
	}
	name := strings.ToLower(target.variable)
	if value.isTable {
		r.tables[name] = value.entries
		return
	}
	r.vars[name] = variable{value: value.value}
	if _, whole := value.known(); whole && within(value.reading(), value.word) && value.quoted && !bytes.ContainsAny(r.text.Data[value.start:value.end], "\n") && r.text.Data[value.start] != '@' && value.end-value.start > 2 {
		at := target.start + strings.Index(string(r.text.Data[target.start:target.end]), target.variable)
		r.env.Copy(r.text.Data, at, at+len(target.variable))
		r.env.Put("=", value.start, value.start)
		r.env.Copy(r.text.Data, value.start, value.end)
		r.env.Put("\n", value.end, value.end)
	}
}

// index sets an entry of a table: $headers["Authorization"] = "...".
func (r *psReader) index(target, value psWord) {
	text := string(r.text.Data[target.start:target.end])
	_, rest, _ := strings.Cut(text, "[")
	key, _, _ := strings.Cut(rest, "]")
	from := target.start + strings.Index(text, "[") + 1
	k := word{start: from, end: from + len(key), value: partial.Literal(strings.Trim(key, `"'`))}
	name := strings.ToLower(target.variable)
	r.tables[name] = append(r.tables[name], entry{strings.Trim(key, `"'`), k, value.word})
}

// property observes settings of the process that switch the check of
// certificates off or allow old versions of TLS; the value begins at start.
func (r *psReader) property(left string, start int) {
	end, _ := lineAt(r.text.Data, start)
	value := strings.ToLower(string(r.text.Data[start:end]))
	obs := &practice.TLS{Source: r.source(r.text.Locate(start, end)), Role: practice.ClientSide}
	switch {
	case strings.HasSuffix(left, "servicepointmanager]::servercertificatevalidationcallback") && strings.Contains(value, "$true"):
		obs.Aspect, obs.Use = practice.PeerUnchecked, "ServerCertificateValidationCallback"
	case strings.HasSuffix(left, "servicepointmanager]::securityprotocol"):
		obs.Aspect, obs.Use, obs.Version = practice.MinVersion, "SecurityProtocol", lowestProtocol(value)
		if obs.Version == 0 {
			return
		}
	default:
		return
	}
	obs.Key = obs.Use
	r.add(obs)
}

// lowestProtocol returns the lowest version below TLS 1.2 that a value allows, 0
// if there is none.
func lowestProtocol(value string) uint16 {
	low := uint16(0)
	for _, p := range []struct {
		word    string
		version uint16
	}{{"tls11", 0x0302}, {"tls", 0x0301}, {"ssl3", 0x0300}} {
		for field := range strings.FieldsFuncSeq(value, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') }) {
			if field == p.word {
				low = p.version
			}
		}
	}
	return low
}
