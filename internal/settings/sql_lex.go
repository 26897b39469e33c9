package settings

import (
	"bytes"
	"strings"
)

// sqlKind is the kind of a token of SQL.
type sqlKind uint8

const (
	sqlWord   sqlKind = iota // a keyword, a name, a variable
	sqlName                  // a name between quotes
	sqlText                  // a literal
	sqlNumber                // digits, or 0x and more
	sqlMark                  // one other character
)

// sqlToken is a token of SQL; of texts and names it holds what the quotes enclose.
type sqlToken struct {
	kind sqlKind
	text string
	at   span
}

// is reports whether the token is a keyword.
func (t *sqlToken) is(word string) bool { return t.kind == sqlWord && strings.EqualFold(t.text, word) }

// isMark reports whether the token is a character.
func (t *sqlToken) isMark(mark byte) bool { return t.kind == sqlMark && t.text[0] == mark }

// isValue reports whether a name can be the value of the token.
func (t *sqlToken) isNamed() bool { return t.kind == sqlWord || t.kind == sqlName }

// sqlLexer reads the tokens of a script in any dialect.
type sqlLexer struct {
	data []byte
	i    int
	// slash is set where a backslash takes the meaning from the next character,
	// as MySQL has it.
	slash bool
}

// newSQLLexer returns the lexer of a script.
func newSQLLexer(data []byte) *sqlLexer {
	return &sqlLexer{data: data, slash: bytes.IndexByte(data, '`') >= 0 || bytes.Contains(data, []byte("MySQL"))}
}

// next returns the next token, and false at the end.
func (x *sqlLexer) next() (sqlToken, bool) {
	for x.i < len(x.data) {
		b := x.data[x.i]
		two := x.data[x.i:min(x.i+2, len(x.data))]
		switch {
		case isXMLBlank(b) || b == '\v' || b == '\f':
			x.i++
		case string(two) == "--", b == '#' && x.lineStarts():
			x.skipTo("\n", 1)
		case string(two) == "/*":
			x.comment()
		case string(two) == "*/":
			x.i += 2 // of what only MySQL reads
		case b == '\\' && x.lineStarts():
			x.skipTo("\n", 1) // a command of psql
		default:
			return x.token(b), true
		}
	}
	return sqlToken{}, false
}

// lineStarts reports whether only blanks stand before on the line.
func (x *sqlLexer) lineStarts() bool {
	i := x.i
	for i > 0 && (x.data[i-1] == ' ' || x.data[i-1] == '\t') {
		i--
	}
	return i == 0 || x.data[i-1] == '\n'
}

// skipTo goes behind the next occurrence of a text, or to the end.
func (x *sqlLexer) skipTo(text string, keep int) {
	n := bytes.Index(x.data[x.i:], []byte(text))
	if n < 0 {
		x.i = len(x.data)
		return
	}
	x.i += n + len(text) - keep
	x.i = min(x.i+keep, len(x.data))
}

// comment skips a comment. What stands in /*! and */ is read: MySQL does.
func (x *sqlLexer) comment() {
	if !bytes.HasPrefix(x.data[x.i:], []byte("/*!")) && !bytes.HasPrefix(x.data[x.i:], []byte("/*M!")) {
		x.i += 2
		x.skipTo("*/", 0)
		return
	}
	for x.i += 3; x.i < len(x.data) && (x.data[x.i] >= '0' && x.data[x.i] <= '9' || x.data[x.i] == '!'); x.i++ {
	}
}

// token reads the token that begins here.
func (x *sqlLexer) token(b byte) sqlToken {
	switch {
	case b == '\'':
		return x.quoted(sqlText, x.slash)
	case b == '"' || b == '`':
		return x.quoted(sqlName, false)
	case b == '[' && x.isBracketed():
		end := x.i + bytes.IndexByte(x.data[x.i:], ']')
		t := sqlToken{sqlName, string(x.data[x.i+1 : end]), span{start: x.i + 1, end: end}}
		x.i = end + 1
		return t
	case b == '$' && x.dollar() != "":
		mark := x.dollar()
		start := x.i + len(mark)
		end := len(x.data)
		if n := bytes.Index(x.data[start:], []byte(mark)); n >= 0 {
			end = start + n
		}
		x.i = min(end+len(mark), len(x.data))
		return sqlToken{sqlText, string(x.data[start:end]), span{start: start, end: end}}
	case isSQLByte(b):
		return x.word()
	}
	x.i++
	return sqlToken{sqlMark, string(b), span{start: x.i - 1, end: x.i}}
}

// word reads a word, a number, or a literal with a letter before it: N'x', E'x'.
func (x *sqlLexer) word() sqlToken {
	start := x.i
	for x.i < len(x.data) && isSQLByte(x.data[x.i]) {
		x.i++
	}
	text := string(x.data[start:x.i])
	if len(text) == 1 && x.i < len(x.data) && x.data[x.i] == '\'' && strings.Contains("nNeEbBqQ", text) {
		return x.quoted(sqlText, x.slash || text == "e" || text == "E")
	}
	kind := sqlWord
	if text[0] >= '0' && text[0] <= '9' {
		kind = sqlNumber
	}
	return sqlToken{kind, text, span{start: start, end: x.i}}
}

// isSQLByte reports whether a byte is one of a word.
func isSQLByte(b byte) bool {
	return isNameByte(b, false) || b == '@' || b == '$' || b >= 0x80
}

// isBracketed reports whether a name in brackets, as SQL Server has it, begins
// here; elsewhere a bracket is an index of an array.
func (x *sqlLexer) isBracketed() bool {
	end := bytes.IndexByte(x.data[x.i:min(len(x.data), x.i+maxName)], ']')
	if end < 2 {
		return false
	}
	first := x.data[x.i+1]
	return isNameByte(first, true) && bytes.IndexByte(x.data[x.i:x.i+end], '\n') < 0
}

// dollar returns the mark of a literal between dollars: $$, $tag$; "" if none
// begins here.
func (x *sqlLexer) dollar() string {
	for i := x.i + 1; i < len(x.data) && i < x.i+maxName; i++ {
		if x.data[i] == '$' {
			return string(x.data[x.i : i+1])
		}
		if !isNameByte(x.data[i], i == x.i+1) {
			return ""
		}
	}
	return ""
}

// quoted reads a literal or a name between quotes. A doubled quote stands for
// one, and, where slash is set, a backslash escapes.
func (x *sqlLexer) quoted(kind sqlKind, slash bool) sqlToken {
	var d decoder
	quote := x.data[x.i]
	start := x.i + 1
	i := start
	for i < len(x.data) {
		b := x.data[i]
		switch {
		case b == quote && i+1 < len(x.data) && x.data[i+1] == quote:
			d.put(string(quote), i, i+2)
			i += 2
			continue
		case b == '\\' && slash && i+1 < len(x.data):
			d.put(string(x.data[i+1]), i, i+2)
			i += 2
			continue
		case b == quote:
			x.i = i + 1
			return sqlToken{kind, string(d.text), d.span(start, i)}
		}
		n := bytes.IndexAny(x.data[i+1:], `\`+string(quote))
		if n < 0 {
			n = len(x.data) - i - 1
		}
		d.copy(x.data, i, i+1+n)
		i += 1 + n
	}
	x.i = len(x.data)
	return sqlToken{kind, string(d.text), d.span(start, i)}
}
