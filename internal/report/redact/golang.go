package redact

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"
)

// piece is a token of a Go file that may hold a secret: everything but names,
// keywords and operators.
type piece struct {
	from, to int // byte offsets in the file
	kind     pieceKind
	trust    trust
}

type pieceKind uint8

const (
	literalPiece pieceKind = iota // an interpreted string, quotes included
	rawPiece                      // a raw string
	tagPiece                      // a struct tag
	envPiece                      // the argument of os.Getenv and its like
	commentPiece
	numberPiece // a number or character
	listedPiece // a number or character in a list: perhaps one byte of a key
)

// goPieces returns the tokens of a Go file that may hold secrets, in order. It
// reports false for text that Go's scanner refuses, whose quotes cannot be
// trusted.
func goPieces(src []byte) ([]piece, bool) {
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	l := goLexer{src: src, frames: make([]frame, 1)}
	l.scan.Init(file, src, func(token.Position, string) { l.broken = true }, scanner.ScanComments)
	for !l.broken {
		pos, tok, lit := l.scan.Scan()
		if tok == token.EOF {
			break
		}
		l.token(file.Offset(pos), tok, lit)
	}
	l.endStatement()
	return l.pieces, !l.broken
}

// frame is one level of brackets.
type frame struct {
	brace    bool
	callee   string // the name before the opening parenthesis
	subject  string // the name before the last = or :
	previous string // the last literal, which may name the next: Set("password", x)
	outer    bool   // a level around this one speaks of a credential
}

// credential reports whether a literal in the frame stands where a credential belongs.
func (f *frame) credential() bool {
	return f.outer || namesCredential(f.callee) || namesCredential(f.subject) || namesCredential(f.previous)
}

// goLexer follows the tokens of a Go file.
type goLexer struct {
	scan      scanner.Scanner
	src       []byte
	broken    bool
	pieces    []piece
	frames    []frame
	last      string // the name or literal just read, "" after an operator
	before    token.Token
	importing bool
	header    int // the level of brackets of a statement whose block follows, 0 for none
	statement statement
	// function is set in a function whose name speaks of a credential.
	function bool
}

// statement is what is known of the statement being read. Blocks belong to the
// statement before their first semicolon.
type statement struct {
	first   int  // its first piece
	tainted bool // it speaks of a credential or a login
	before  bool // so did the one before
}

func (l *goLexer) top() *frame { return &l.frames[len(l.frames)-1] }

// token takes one token.
func (l *goLexer) token(at int, tok token.Token, lit string) {
	switch tok {
	case token.COMMENT:
		l.add(commentPiece, at, l.commentEnd(at))
		return // says nothing of what stands around it
	case token.IDENT:
		if l.before == token.FUNC && len(l.frames) == 1 || l.before == token.RPAREN && len(l.frames) == 1 {
			l.function = namesCredential(lit)
		}
		l.last = lit
		l.taint(lit)
	case token.IF, token.FOR, token.SWITCH, token.SELECT:
		l.header = len(l.frames)
	case token.STRING:
		l.literal(at, lit)
	case token.CHAR, token.INT, token.FLOAT, token.IMAG:
		l.number(at, lit)
	case token.LPAREN, token.LBRACE, token.LBRACK:
		l.open(tok)
	case token.RPAREN, token.RBRACE, token.RBRACK:
		if len(l.frames) > 1 {
			l.frames = l.frames[:len(l.frames)-1]
		}
		l.last = ""
	case token.ASSIGN, token.DEFINE, token.COLON, token.EQL, token.NEQ, token.ADD_ASSIGN:
		l.top().subject, l.top().previous = l.last, ""
	case token.COMMA:
		l.top().subject = ""
	case token.SEMICOLON:
		l.top().subject, l.top().previous = "", ""
		l.importing = l.importing && len(l.frames) > 1
		l.last = ""
		l.endStatement()
	case token.IMPORT:
		l.importing = true
	}
	l.before = tok
}

// open enters brackets.
func (l *goLexer) open(tok token.Token) {
	next := frame{brace: tok == token.LBRACE, outer: l.top().credential()}
	if tok == token.LBRACE && l.header == len(l.frames) && l.before != token.RBRACK {
		// A block is no value: what the condition names stands not before it.
		l.header, next.outer = 0, l.top().outer
		l.top().subject, l.top().previous = "", ""
	}
	if tok == token.LPAREN {
		next.callee = l.last
	}
	l.frames = append(l.frames, next)
	l.last = ""
}

// literal takes a string.
func (l *goLexer) literal(at int, lit string) {
	top := l.top()
	raw := lit[0] == '`'
	end := at + len(lit)
	if raw { // the scanner drops carriage returns
		end = at + 2 + bytes.IndexByte(l.src[at+1:], '`')
	}
	kind := literalPiece
	switch {
	case l.importing:
		l.last = ""
		return
	case l.before == token.IDENT || l.before == token.RBRACK || l.before == token.RPAREN || l.before == token.RBRACE:
		kind = tagPiece // nowhere else does a string follow a type
	case top.callee == "Getenv" || top.callee == "LookupEnv":
		kind = envPiece
	case raw:
		kind = rawPiece
	}
	l.add(kind, at, end)
	l.taint(lit)
	l.last = strings.Trim(lit, "\"`")
	if len(l.last) > 40 {
		l.last = "" // no name
	}
	top.previous = l.last
}

// number takes a number or a character.
func (l *goLexer) number(at int, lit string) {
	top := l.top()
	kind := numberPiece
	listed := l.before == token.COMMA || l.before == token.LBRACE
	if listed && (top.brace || top.callee == "append" || top.callee == "byte") {
		kind = listedPiece
	}
	l.add(kind, at, at+len(lit))
	l.last = ""
}

func (l *goLexer) add(kind pieceKind, from, to int) {
	p := piece{from, to, kind, innocent}
	switch {
	case kind == commentPiece:
		if l.statement.tainted || l.statement.before || isTelling(string(l.src[from:to])) {
			p.trust = unproven
		}
	case l.top().credential():
		p.trust = suspect
	case l.function:
		p.trust = unproven
	}
	l.pieces = append(l.pieces, p)
}

// taint takes a name or a literal of the statement.
func (l *goLexer) taint(text string) { l.statement.tainted = l.statement.tainted || isTelling(text) }

// endStatement withdraws the trust in the pieces of a statement that speaks of
// a credential.
func (l *goLexer) endStatement() {
	if l.statement.tainted {
		for i := l.statement.first; i < len(l.pieces); i++ {
			l.pieces[i].trust = min(l.pieces[i].trust, unproven)
		}
	}
	l.statement = statement{first: len(l.pieces), before: l.statement.tainted}
}

// commentEnd returns where the comment ends; the scanner drops carriage returns.
func (l *goLexer) commentEnd(at int) int {
	rest := l.src[at:]
	end, skip := bytes.IndexByte(rest, '\n'), 0
	if bytes.HasPrefix(rest, []byte("/*")) {
		end, skip = bytes.Index(rest, []byte("*/")), len("*/")
	}
	if end < 0 {
		return len(l.src)
	}
	return at + end + skip
}

// maskPiece returns what to mask of a piece, or of the part of it that lies on
// one line.
func maskPiece(p piece, text string, whole bool) []span {
	switch p.kind {
	case commentPiece:
		return maskWords(text, p.trust)
	case listedPiece:
		return all(text)
	case numberPiece:
		if len(text) <= 3 || p.trust != suspect && len(text) <= 6 {
			return nil
		}
		return all(text)
	}
	if !whole { // one line of a raw string: configuration, a template, a script
		return maskText(text)
	}
	content := text[1 : len(text)-1]
	var spans []span
	switch {
	case p.kind == envPiece && isVariable(content):
	case p.kind == tagPiece:
		spans = maskTag(content)
	default:
		spans = maskValue(content, p.trust)
	}
	return shift(spans, 1)
}

// maskTag returns what to mask of a struct tag. Values that set a default are
// masked, others pass if their words are known.
func maskTag(tag string) []span {
	var spans []span
	for at := 0; at < len(tag); {
		quote := strings.Index(tag[at:], ":\"")
		if quote < 0 {
			return append(spans, span{at, len(tag)})
		}
		from := at + quote + 2
		to := closingQuote(tag, from, '"')
		key := strings.TrimLeft(tag[at:at+quote], " ")
		if !isName(key) || strings.Contains(strings.ToLower(key), "default") || !isTagValue(key, tag[from:to]) {
			spans = append(spans, span{from, to})
		}
		if !isName(key) {
			spans = append(spans, span{at, at + quote})
		}
		at = to + 1
	}
	return spans
}

// isTagValue reports whether a tag's value is made of known words and short
// numbers. In the tags that name fields and tests any name will do.
func isTagValue(key, value string) bool {
	if value == "" || value == "-" {
		return true
	}
	words := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("_-,=|;: ", r) })
	for _, word := range words {
		if !isKnownName(word) && !(isDigits(word) && len(word) <= maxTagDigits) && !(namesFields(key) && isReadable(word)) {
			return false
		}
	}
	return true
}

// maxTagDigits is the length up to which a number in a tag is a limit.
const maxTagDigits = 5

// namesFields reports whether the tags of a key hold names and tests, never
// values.
func namesFields(key string) bool {
	switch key {
	case "json", "yaml", "toml", "xml", "form", "query", "uri", "header", "bson", "db", "mapstructure", "validate", "binding", "protobuf":
		return true
	}
	return false
}
