package flow

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// assignment is a column of an INSERT or an UPDATE and what is written to it.
type assignment struct {
	column string
	// arg is the position of the argument from 0, -1 if none; name is the named
	// argument, hole the number of the hole in the text.
	arg  int
	name string
	hole int
	// function is what the database makes of the value, lower case: md5(?).
	function string
}

// holeMark stands in the text of a statement for what is not known of it; the
// number of the hole follows.
const holeMark = "\x00"

// maxStatement is the length of a statement that is read.
const maxStatement = 1 << 14

// assignments reads the columns that a statement writes.
func assignments(text string) []assignment {
	if len(text) > maxStatement {
		return nil
	}
	p := &statement{tokens: sqlTokens(text)}
	for p.at < len(p.tokens) {
		switch {
		case p.is("insert", "replace", "upsert"):
			return p.insert()
		case p.is("update"):
			return p.update()
		}
		if p.at++; p.at > 40 {
			return nil // a statement begins with its verb, but for WITH
		}
	}
	return nil
}

// statement is a statement of SQL as tokens.
type statement struct {
	tokens []string
	at     int
	args   int // placeholders without number so far
}

func (p *statement) is(words ...string) bool {
	if p.at >= len(p.tokens) {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(p.tokens[p.at], w) {
			return true
		}
	}
	return false
}

// until moves behind the next of the words, and reports whether there is one.
func (p *statement) until(words ...string) bool {
	for ; p.at < len(p.tokens); p.at++ {
		if p.is(words...) {
			p.at++
			return true
		}
	}
	return false
}

// insert reads INSERT INTO t (a, b) VALUES (?, ?), and INSERT INTO t SET a = ?.
func (p *statement) insert() []assignment {
	if !p.until("(", "set") {
		return nil
	}
	if strings.EqualFold(p.tokens[p.at-1], "set") {
		return p.assignments()
	}
	var columns []string
	for ; p.at < len(p.tokens) && !p.is(")"); p.at++ {
		if !p.is(",") {
			columns = append(columns, unquoteName(p.tokens[p.at]))
		}
	}
	if !p.until("values", "value") || !p.until("(") {
		return nil
	}
	var list []assignment
	for _, c := range columns {
		value := p.expression()
		value.column = c
		list = append(list, value)
		if !p.is(",") {
			break
		}
		p.at++
	}
	return list
}

// update reads UPDATE t SET a = ?, b = ? WHERE ...
func (p *statement) update() []assignment {
	if !p.until("set") {
		return nil
	}
	return p.assignments()
}

// assignments reads a = ?, b = ? ...
func (p *statement) assignments() []assignment {
	var list []assignment
	for p.at+1 < len(p.tokens) && len(list) < 64 {
		column := unquoteName(p.tokens[p.at])
		if p.at++; !p.is("=") {
			return list
		}
		p.at++
		value := p.expression()
		value.column = column
		list = append(list, value)
		if !p.is(",") {
			return list
		}
		p.at++
	}
	return list
}

// expression reads one value up to a comma, a closing bracket or a clause.
func (p *statement) expression() assignment {
	out := assignment{arg: -1, hole: -1}
	depth, first := 0, true
	for ; p.at < len(p.tokens); p.at++ {
		token := p.tokens[p.at]
		switch {
		case depth == 0 && (token == "," || token == ")" || p.is("where", "returning", "on", "from", "limit")):
			return out
		case token == "(":
			depth++
		case token == ")":
			depth--
		case token == "?":
			if out.arg < 0 {
				out.arg = p.args
			}
			p.args++
		case token[0] == '$' || token[0] == '@' || token[0] == ':':
			p.placeholder(token, &out)
		case strings.HasPrefix(token, holeMark):
			if n, err := strconv.Atoi(token[1:]); err == nil && out.hole < 0 {
				out.hole = n
			}
		case first && isIdentifier(token) && p.at+1 < len(p.tokens) && p.tokens[p.at+1] == "(":
			out.function = strings.ToLower(token)
		}
		first = false
	}
	return out
}

// placeholder reads $1, @p1, :1, :name, @name.
func (p *statement) placeholder(token string, out *assignment) {
	name := token[1:]
	number := strings.TrimPrefix(name, "p")
	if n, err := strconv.Atoi(number); err == nil && n > 0 {
		if out.arg < 0 {
			out.arg = n - 1
		}
		return
	}
	if out.name == "" {
		out.name = name
	}
}

// sqlTokens splits a statement into words, placeholders, holes and signs; what
// stands in quotation marks is one token, comments are none.
func sqlTokens(text string) []string {
	var tokens []string
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case strings.HasPrefix(text[i:], "--"):
			i += lineLength(text[i:])
		case r == '\'' || r == '"' || r == '`' || r == '[':
			n := quotedLength(text[i:], closingQuote(byte(r)))
			tokens = append(tokens, innerHole(text[i:i+n]))
			i += n
		case strings.HasPrefix(text[i:], holeMark), strings.ContainsRune("$@:", r), isWordRune(r):
			n := size + wordLength(text[i+size:])
			tokens = append(tokens, text[i:i+n])
			i += n
		default:
			tokens = append(tokens, text[i:i+size])
			i += size
		}
	}
	return tokens
}

// innerHole returns the hole that a quoted text consists of, or the text.
func innerHole(quoted string) string {
	if inner := strings.Trim(quoted, `'"`); strings.HasPrefix(inner, holeMark) && quoted[0] == '\'' {
		return inner
	}
	return quoted
}

func lineLength(text string) int {
	if n := strings.IndexByte(text, '\n'); n >= 0 {
		return n
	}
	return len(text)
}

func closingQuote(open byte) byte {
	if open == '[' {
		return ']'
	}
	return open
}

func quotedLength(text string, end byte) int {
	if n := strings.IndexByte(text[1:], end); n >= 0 {
		return n + 2
	}
	return len(text)
}

func wordLength(text string) int {
	for i, r := range text {
		if !isWordRune(r) {
			return i
		}
	}
	return len(text)
}

func isWordRune(r rune) bool {
	return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isIdentifier(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(r) || r == '_'
}

// unquoteName returns a column's name without quotation marks and table.
func unquoteName(token string) string {
	name := strings.Trim(token, "\"`[]'")
	return name[strings.LastIndexByte(name, '.')+1:]
}
