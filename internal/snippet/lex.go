package snippet

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// tokenKind is the kind of a token.
type tokenKind uint8

const (
	endToken tokenKind = iota
	wordToken
	numberToken
	stringToken
	signToken
)

// token is a word, a number, a string or a sign.
type token struct {
	kind       tokenKind
	newline    bool  // it begins a line
	spaced     bool  // a blank stands before it
	column     int32 // of a token that begins a line
	start, end int
	text       string // nothing for strings
	pieces     []piece
}

// piece is a run of a string, or an expression in it. Offsets of a run that
// holds escapes lie behind the end of the file; see locate.
type piece struct {
	text       string
	start, end int
	code       []token // of an expression
	isCode     bool
}

// lexer parts a text into tokens.
type lexer struct {
	*language
	data  []byte
	whole string // the same, of which the texts of tokens are parts
	at    int
	limit int // end of what is read
	depth int // of expressions in strings
	out   []token

	decoded embed.Builder // texts of strings with escapes, one behind the other
	pending []pendingText // here-documents that begin with the next line
	count   *int
	divided int  // up to where slashes divide
	endless bool // a here-document has no end
}

// The limits of the lexer.
const (
	maxTokens = 400_000
	maxInside = 4    // expressions in strings in expressions
	maxInLine = 4000 // bytes of a regular expression, or of an expression in a string of one line
)

// lex returns the tokens of a text.
func lex(l *language, data []byte) *lexer {
	const perToken = 5 // bytes; most texts have more
	x := &lexer{language: l, data: data, whole: string(data), limit: len(data), count: new(int)}
	x.out = make([]token, 0, min(len(data)/perToken, maxTokens))
	if l.name == "php" {
		x.skipMarkup(true)
	}
	x.run("")
	return x
}

// run reads tokens up to the end, or up to the unmatched sign that closes.
func (x *lexer) run(closing string) {
	open, opening := 0, "{"
	if closing == ")" {
		opening = "("
	}
	for *x.count < maxTokens {
		t, ok := x.next()
		if !ok {
			return
		}
		*x.count++
		if t.kind == signToken && closing != "" {
			switch t.text {
			case opening:
				open++
			case closing:
				if open == 0 {
					return
				}
				open--
			}
		}
		x.out = append(x.out, t)
	}
	x.at = x.limit
}

// next reads a token; it reports false at the end.
func (x *lexer) next() (token, bool) {
	before := x.at
	newline := x.blanks()
	if x.at >= x.limit {
		return token{}, false
	}
	t := token{start: x.at, newline: newline || before == 0, spaced: x.at > before}
	if t.newline {
		t.column = int32(x.at - 1 - bytes.LastIndexByte(x.data[:x.at], '\n'))
	}
	switch c := x.data[x.at]; {
	case x.text(&t):
	case isWordStart(c) || strings.IndexByte(x.words, c) >= 0 && x.isNameAt(x.at+1):
		x.word(&t)
	case c >= '0' && c <= '9':
		x.number(&t)
	default:
		x.sign(&t)
	}
	t.end = x.at
	return t, true
}

// isNameAt reports whether a letter stands at an offset, as behind the dollar
// sign of a variable.
func (x *lexer) isNameAt(i int) bool {
	return i < x.limit && (isWordStart(x.data[i]) || x.data[i] == '@' || x.data[i] == '$')
}

// isWordStart reports whether a word may begin with the byte. All letters beyond
// ASCII are taken for such.
func isWordStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (x *lexer) word(t *token) {
	for x.at < x.limit && (isWordStart(x.data[x.at]) || x.data[x.at] >= '0' && x.data[x.at] <= '9' || strings.IndexByte(x.words, x.data[x.at]) >= 0) {
		x.at++
	}
	if x.name == "ruby" && x.at+1 < x.limit && (x.data[x.at] == '?' || x.data[x.at] == '!') && x.data[x.at+1] != '=' && x.data[x.at+1] != ':' {
		x.at++
	}
	t.kind, t.text = wordToken, x.whole[t.start:x.at]
}

func (x *lexer) number(t *token) {
	for x.at < x.limit {
		c := x.data[x.at]
		isPoint := c == '.' && x.at+1 < x.limit && x.data[x.at+1] >= '0' && x.data[x.at+1] <= '9'
		if !isPoint && !isWordStart(c) && (c < '0' || c > '9') {
			break
		}
		x.at++
	}
	t.kind, t.text = numberToken, x.whole[t.start:x.at]
}

// signs are the signs of several characters, longer ones first.
var signs = [...]string{
	"===", "!==", "...", "<=>", "**=", "||=", "&&=", "??=", "?->", "=>", "->", "::", "?.", "?:", "??", "||", "&&", "==", "!=", "+=", "-=", ".=",
	"<=", ">=", ":=", "!!", "..", "=~", "**", "++", "--",
}

func (x *lexer) sign(t *token) {
	n := 1
	for _, s := range signs {
		if s[0] == x.data[x.at] && bytes.HasPrefix(x.data[x.at:x.limit], []byte(s)) {
			n = len(s)
			break
		}
	}
	x.at += n
	t.kind, t.text = signToken, x.whole[t.start:x.at]
	if x.name == "php" && t.text == "?" && x.at < x.limit && x.data[x.at] == '>' {
		x.at++
		x.skipMarkup(false)
		t.text = ";"
	}
}

// skipMarkup goes to the next code in a file that mixes code and markup. A text
// without any mark is code.
func (x *lexer) skipMarkup(first bool) {
	n := bytes.Index(x.data[x.at:x.limit], []byte("<?"))
	switch {
	case n >= 0:
		x.at += n + 2
		for x.at < x.limit && (isWordStart(x.data[x.at]) || x.data[x.at] == '=') {
			x.at++
		}
	case !first:
		x.at = x.limit
	}
}

// blanks passes white space and comments and reports whether a line ends there.
func (x *lexer) blanks() (newline bool) {
	for x.at < x.limit {
		switch c := x.data[x.at]; {
		case c == '\n':
			newline = true
			if x.block() {
				continue
			}
			x.at++
			x.hereDocuments()
		case c == ' ' || c == '\t' || c == '\r' || c == '\f':
			x.at++
		case c == '\\' && x.at+1 < x.limit && (x.data[x.at+1] == '\n' || x.data[x.at+1] == '\r'):
			x.at += 2
			for x.at < x.limit && x.data[x.at-1] == '\r' && x.data[x.at] == '\n' {
				x.at++
			}
		case x.comment():
		default:
			return newline
		}
	}
	return newline
}

// comment passes a comment.
func (x *lexer) comment() bool {
	if x.block() {
		return true
	}
	rest := x.data[x.at:x.limit]
	for _, mark := range x.lines {
		if !bytes.HasPrefix(rest, []byte(mark)) || mark == "#" && x.name == "php" && bytes.HasPrefix(rest, []byte("#[")) {
			continue
		}
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			x.at += n
		} else {
			x.at = x.limit
		}
		return true
	}
	return false
}

// block passes a comment over several lines.
func (x *lexer) block() bool {
	for _, pair := range x.blocks {
		if !bytes.HasPrefix(x.data[x.at:x.limit], []byte(pair[0])) {
			continue
		}
		for open := 0; x.at < x.limit; {
			switch rest := x.data[x.at:x.limit]; {
			case bytes.HasPrefix(rest, []byte(pair[0])) && (x.nested || open == 0):
				open++
				x.at += len(pair[0])
			case bytes.HasPrefix(rest, []byte(pair[1])):
				open--
				x.at += len(pair[1])
			default:
				x.at++
			}
			if open == 0 {
				break
			}
		}
		return true
	}
	return false
}

// mayBeRegexp reports whether a slash begins a regular expression where the
// lexer stands: no value stands before it.
func (x *lexer) mayBeRegexp() bool {
	if len(x.out) == 0 {
		return true
	}
	last := &x.out[len(x.out)-1]
	switch last.kind {
	case numberToken, stringToken:
		return false
	case wordToken:
		switch last.text {
		case "return", "typeof", "case", "in", "of", "if", "unless", "when", "and", "or", "not", "then":
			return true
		}
		// name /x/ is a command with an argument only where commands are.
		return x.commands && x.at > last.end && x.at+1 < x.limit && x.data[x.at+1] != ' ' && x.data[x.at+1] != '='
	}
	return last.text != ")" && last.text != "]" && last.text != "}"
}

// regexp passes a regular expression and reports whether there is one.
func (x *lexer) regexp() bool {
	if x.at < x.divided {
		return false // have: no slash behind this one ends anything
	}
	class := false
	for i := x.at + 1; i < min(x.limit, x.at+maxInLine) && x.data[i] != '\n'; i++ {
		switch c := x.data[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			if i == x.at+1 {
				return false
			}
			x.at = i + 1
			for x.at < x.limit && isWordStart(x.data[x.at]) {
				x.at++
			}
			return true
		}
	}
	x.divided = min(x.limit, x.at+maxInLine)
	if n := bytes.IndexByte(x.data[x.at:x.divided], '\n'); n >= 0 {
		x.divided = x.at + n
	}
	return false
}
