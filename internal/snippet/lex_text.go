package snippet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// form is how one string is written.
type form struct {
	closing string
	raw     bool // no escapes
	plain   bool // no escapes but of the quote and the backslash
	doubled bool // the quote doubled stands for one
	oneLine bool
	holes   holes
}

// text reads a string or a regular expression and reports whether there is one.
func (x *lexer) text(t *token) bool {
	if x.regexps && x.data[x.at] == '/' && x.mayBeRegexp() {
		if x.regexp() {
			t.kind = stringToken
			return true
		}
		return false
	}
	switch {
	case x.name == "ruby" && x.percent(t), x.name == "ruby" && x.symbol(t), x.hereMark(t):
		return true
	}
	f, n := x.opening()
	if n == 0 {
		return false
	}
	x.at += n
	t.kind = stringToken
	x.content(t, f)
	return true
}

// opening returns the form of the string that begins where the lexer stands and
// the length of what opens it, 0 if none does.
func (x *lexer) opening() (f form, n int) {
	i := x.at
	for i < x.limit && i-x.at < 3 && strings.IndexByte(x.prefix, x.data[i]) >= 0 && x.prefix != "" {
		i++
	}
	marks := string(x.data[x.at:i])
	raw := strings.ContainsAny(marks, x.rawMark) && x.rawMark != ""
	from := i
	for raw && x.hashes && i < x.limit && x.data[i] == '#' {
		i++
	}
	if i >= x.limit || strings.IndexByte(x.quotes, x.data[i]) < 0 {
		return form{}, 0
	}
	quote := string(x.data[i : i+1])
	f = form{raw: raw, doubled: raw && x.doubled, oneLine: strings.Contains(x.oneLine, quote) && !(raw && x.doubled), plain: strings.Contains(x.plain, quote)}
	switch {
	case quote == "`" && x.name == "javascript":
		f.holes = dollarBrace
	case x.holeMark != "" && strings.ContainsAny(marks, x.holeMark):
		f.holes = brace
	case quote != "'":
		f.holes = x.holes
	}
	f.closing = quote
	if triple := strings.Repeat(quote, 3); strings.Contains(x.triple, quote) && bytes.HasPrefix(x.data[i:x.limit], []byte(triple)) {
		f.closing, f.oneLine, f.doubled = triple, false, false
		f.raw = f.raw || x.tripleRaw
	}
	if x.name == "rust" && quote == "'" && !x.isChar(i) {
		return form{}, 0 // a lifetime
	}
	n = i - x.at + len(f.closing)
	f.closing += strings.Repeat("#", i-from)
	return f, n
}

// isChar reports whether the quote at i begins a character, not a lifetime.
func (x *lexer) isChar(i int) bool {
	rest := x.data[i+1 : x.limit]
	if len(rest) > 0 && rest[0] == '\\' {
		return true
	}
	_, size := utf8.DecodeRune(rest)
	return size > 0 && len(rest) > size && rest[size] == '\''
}

// reader collects the pieces of one string.
type reader struct {
	x       *lexer
	t       *token
	from    int    // of the run
	escaped []edit // of the run
}

// edit is a part of a run that stands for other text.
type edit struct {
	start, end int
	text       string
}

// content reads a string up to its end.
func (x *lexer) content(t *token, f form) {
	r := reader{x: x, t: t, from: x.at}
	for x.at < x.limit {
		c := x.data[x.at]
		switch {
		case c == '\n' && f.oneLine:
			r.flush(x.at)
			return
		case f.doubled && c == f.closing[0] && x.at+1 < x.limit && x.data[x.at+1] == c:
			r.put(2, string(c))
		case bytes.HasPrefix(x.data[x.at:x.limit], []byte(f.closing)):
			r.flush(x.at)
			x.at += len(f.closing)
			return
		case c == '\\' && f.holes == backslash && x.at+1 < x.limit && x.data[x.at+1] == '(':
			r.expression(2, f)
		case c == '\\' && !f.raw:
			r.escape(f)
		case !r.hole(f):
			x.at++
		}
	}
	r.flush(x.limit)
}

// put takes text over in place of the next n bytes.
func (r *reader) put(n int, text string) {
	end := min(r.x.at+n, r.x.limit)
	r.escaped = append(r.escaped, edit{r.x.at, end, text})
	r.x.at = end
}

// flush ends the run that is being read.
func (r *reader) flush(end int) {
	from, escaped := r.from, r.escaped
	r.from, r.escaped = end, nil
	if from >= end {
		return
	}
	if len(escaped) == 0 {
		r.t.pieces = append(r.t.pieces, piece{text: string(r.x.data[from:end]), start: from, end: end})
		return
	}
	b := &r.x.decoded
	start := b.Len()
	var text strings.Builder
	at := from
	for _, e := range escaped {
		b.Copy(r.x.data, at, e.start)
		text.Write(r.x.data[at:e.start])
		b.Put(e.text, e.start, e.end)
		text.WriteString(e.text)
		at = e.end
	}
	b.Copy(r.x.data, at, end)
	text.Write(r.x.data[at:end])
	base := len(r.x.data)
	r.t.pieces = append(r.t.pieces, piece{text: text.String(), start: base + start, end: base + b.Len()})
}

// escape reads an escape.
func (r *reader) escape(f form) {
	x := r.x
	if x.at+1 >= x.limit {
		x.at++
		return
	}
	c := x.data[x.at+1]
	if f.plain {
		if c == '\\' || c == f.closing[0] {
			r.put(2, string(c))
		} else {
			x.at++
		}
		return
	}
	switch c {
	case 'n':
		r.put(2, "\n")
	case 'r':
		r.put(2, "\r")
	case 't':
		r.put(2, "\t")
	case '0':
		r.put(2, "\x00")
	case '\n':
		r.put(2, "")
	case 'x', 'u':
		r.code()
	default:
		r.put(2, string(c))
	}
}

// code reads an escape that gives the code of a character.
func (r *reader) code() {
	x := r.x
	digits := x.data[x.at+2 : min(x.at+12, x.limit)]
	n, most, length := 0, 2, 2
	if x.data[x.at+1] == 'u' {
		most = 4
	}
	if len(digits) > 0 && digits[0] == '{' {
		digits, most, length = digits[1:], 6, 4
	}
	value := rune(0)
	for n < most && n < len(digits) {
		d := hexDigit(digits[n])
		if d < 0 {
			break
		}
		value = value<<4 | rune(d)
		n++
	}
	if n == 0 {
		r.put(2, string(x.data[x.at+1]))
		return
	}
	r.put(length+n, string(value))
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hole reads an expression in a string and reports whether there is one.
func (r *reader) hole(f form) bool {
	x := r.x
	rest := x.data[x.at:x.limit]
	switch {
	case f.holes == noHoles || len(rest) < 2:
		return false
	case f.holes == brace && (rest[0] == '{' || rest[0] == '}') && rest[1] == rest[0]:
		r.put(2, string(rest[0]))
		return true
	case f.holes == brace && rest[0] == '{':
		r.expression(1, f)
		return true
	case f.holes == hashBrace && rest[0] == '#' && rest[1] == '{', (f.holes == dollarBrace || f.holes == dollarName) && rest[0] == '$' && rest[1] == '{':
		r.expression(2, f)
		return true
	case f.holes == dollarName && x.name == "php" && rest[0] == '{' && rest[1] == '$':
		r.expression(1, f)
		return true
	case f.holes == dollarName && rest[0] == '$' && isWordStart(rest[1]):
		r.variable()
		return true
	}
	return false
}

// variable reads a variable in a string.
func (r *reader) variable() {
	x := r.x
	r.flush(x.at)
	start := x.at
	inner := *x
	inner.out = nil
	if x.name != "php" {
		inner.at++
	}
	t := token{start: inner.at}
	inner.word(&t)
	t.end = inner.at
	x.at = inner.at
	r.t.pieces = append(r.t.pieces, piece{start: start, end: x.at, code: []token{t}, isCode: true})
	r.from = x.at
}

// expression reads an expression between braces.
func (r *reader) expression(opening int, f form) {
	x := r.x
	r.flush(x.at)
	start := x.at
	limit := x.limit
	if f.oneLine {
		limit = min(x.limit, x.at+maxInLine)
		if n := bytes.IndexByte(x.data[x.at:limit], '\n'); n >= 0 {
			limit = x.at + n
		}
	}
	x.at += opening
	closing := "}"
	if f.holes == backslash {
		closing = ")"
	}
	p := piece{start: start, isCode: true}
	if x.depth < maxInside {
		out, outer := x.out, x.limit
		x.out, x.limit = nil, limit
		x.depth++
		x.run(closing)
		p.code = x.out
		x.depth--
		x.out, x.limit = out, outer
	} else if n := bytes.IndexByte(x.data[x.at:limit], closing[0]); n >= 0 {
		x.at += n + 1
	}
	p.end = x.at
	r.t.pieces = append(r.t.pieces, p)
	r.from = x.at
}

// pendingText is a here-document that begins with the next line.
type pendingText struct {
	at     int // index in out of its token
	token  *token
	word   string
	holes  holes
	indent bool
}

// hereMark reads the mark of a here-document.
func (x *lexer) hereMark(t *token) bool {
	rest := x.data[x.at:x.limit]
	p := pendingText{token: t, holes: x.holes}
	switch {
	case x.name == "php" && bytes.HasPrefix(rest, []byte("<<<")):
		rest = bytes.TrimLeft(rest[3:], " ")
		p.indent = true
	case x.name == "ruby" && (bytes.HasPrefix(rest, []byte("<<~")) || bytes.HasPrefix(rest, []byte("<<-"))):
		rest = rest[3:]
		p.indent = true
	default:
		return false
	}
	if len(rest) == 0 {
		return false
	}
	quote := rest[0]
	if quote == '"' || quote == '\'' {
		rest = rest[1:]
	}
	n := 0
	for n < len(rest) && isWordStart(rest[n]) {
		n++
	}
	if n == 0 {
		return false
	}
	if quote == '\'' {
		p.holes = noHoles
	}
	p.word = string(rest[:n])
	x.at = x.limit - len(rest) + n
	if quote == '"' || quote == '\'' {
		x.at = min(x.at+1, x.limit)
	}
	t.kind = stringToken
	if x.name == "php" || x.depth > 0 { // the rest of the line is nothing
		if i := bytes.IndexByte(x.data[x.at:x.limit], '\n'); i >= 0 {
			x.at += i + 1
			x.hereText(t, p)
		}
		return true
	}
	p.at = len(x.out)
	x.pending = append(x.pending, p)
	return true
}

// hereDocuments reads the here-documents that begin with a line.
func (x *lexer) hereDocuments() {
	list := x.pending
	x.pending = nil
	for _, p := range list {
		if p.at < len(x.out) {
			x.hereText(&x.out[p.at], p)
		}
	}
}

// hereText reads a here-document up to the line that ends it.
func (x *lexer) hereText(t *token, p pendingText) {
	if x.endless {
		return // the rest of the file has been searched for an end
	}
	for line := x.at; line < x.limit; {
		end := x.limit
		if n := bytes.IndexByte(x.data[line:x.limit], '\n'); n >= 0 {
			end = line + n
		}
		text := bytes.TrimLeft(x.data[line:end], " \t")
		if bytes.HasPrefix(text, []byte(p.word)) && (len(text) == len(p.word) || !isWordStart(text[len(p.word)])) {
			limit := x.limit
			x.limit = line
			x.content(t, form{closing: "\x00", holes: p.holes, raw: p.holes == noHoles})
			x.limit = limit
			x.at = end - len(text) + len(p.word)
			return
		}
		line = end + 1
	}
	x.endless = true
}

// percent reads a string of Ruby between brackets of choice.
func (x *lexer) percent(t *token) bool {
	rest := x.data[x.at:x.limit]
	if rest[0] != '%' || len(rest) < 3 || !x.mayBeRegexp() {
		return false
	}
	n, kind := 1, byte('Q')
	if isWordStart(rest[1]) {
		n, kind = 2, rest[1]
	}
	at := strings.IndexByte("([{<|!", rest[n])
	if at < 0 || strings.IndexByte("qQwWiIrsx", kind) < 0 {
		return false
	}
	f := form{closing: ")]}>|!"[at : at+1], plain: kind == 'q' || kind == 'w' || kind == 'i'}
	if !f.plain {
		f.holes = hashBrace
	}
	x.at += n + 1
	t.kind = stringToken
	x.content(t, f)
	return true
}

// symbol reads a symbol of Ruby as a string.
func (x *lexer) symbol(t *token) bool {
	if x.data[x.at] != ':' || !x.isNameAt(x.at+1) || x.at > 0 && x.data[x.at-1] == ':' {
		return false
	}
	if len(x.out) > 0 && x.out[len(x.out)-1].end == x.at { // a ? b :c, and key:value
		if last := x.out[len(x.out)-1]; last.kind != signToken || last.text == ")" || last.text == "]" {
			return false
		}
	}
	x.at++
	name := token{start: x.at}
	x.word(&name)
	t.kind = stringToken
	t.pieces = []piece{{text: name.text, start: name.start, end: x.at}}
	return true
}
