package settings

import (
	"bytes"
	"strings"
)

// readEnv reads a .env file: NAME=value lines as docker, dotenv libraries and
// shells take them. Values may be in double quotes (with escapes), in single
// quotes or backticks (as they are) or bare, in several pieces, and over
// several lines in quotes. The Go libraries for it give no positions.
func readEnv(src *source) ([]*Setting, *fault) {
	r := envReader{src: src, data: src.data, root: &Setting{Kind: Mapping, src: src}}
	if bytes.HasPrefix(src.data, []byte("\xef\xbb\xbf")) {
		r.at = 3
	}
	for r.at < len(r.data) {
		r.line()
	}
	return []*Setting{r.root}, r.bad
}

// envReader reads line by line.
type envReader struct {
	src  *source
	data []byte
	at   int
	root *Setting
	bad  *fault
}

// fail keeps the first fault.
func (r *envReader) fail(offset int, reason string) {
	if r.bad == nil {
		r.bad = &fault{offset: offset, reason: reason, part: true}
	}
}

// endOfLine returns the offset of the line's end, line break excluded.
func (r *envReader) endOfLine(at int) int {
	n := bytes.IndexByte(r.data[at:], '\n')
	if n < 0 {
		return len(r.data)
	}
	return at + n
}

// skipLine goes to the next line.
func (r *envReader) skipLine() { r.at = min(r.endOfLine(r.at)+1, len(r.data)) }

// blanks returns the offset behind blanks.
func (r *envReader) blanks(at int) int {
	for at < len(r.data) && (r.data[at] == ' ' || r.data[at] == '\t') {
		at++
	}
	return at
}

// line reads one line, and further ones if a quoted value goes on there.
func (r *envReader) line() {
	start := r.blanks(r.at)
	if bytes.HasPrefix(r.data[start:], []byte("export ")) {
		start = r.blanks(start + len("export "))
	}
	end := start
	for end < len(r.data) && (isNameByte(r.data[end], end == start) || end > start && (r.data[end] == '.' || r.data[end] == '-')) {
		end++
	}
	at := r.blanks(end)
	if end == start || at >= len(r.data) || r.data[at] != '=' {
		r.other(start)
		return
	}
	item := &Setting{Name: string(r.data[start:end]), key: span{start: start, end: end}}
	r.at = r.blanks(at + 1)
	r.value(item)
	r.root.add(item)
}

// other passes a line that assigns nothing: blank, a comment, or a fault.
func (r *envReader) other(start int) {
	text := bytes.TrimSpace(r.data[start:r.endOfLine(start)])
	script := strings.HasSuffix(r.src.file, ".envrc") // assignments among other commands
	if len(text) > 0 && text[0] != '#' && !isName(string(text)) && !script {
		r.fail(start, "neither an assignment nor a comment")
	}
	r.skipLine()
}

// value reads the pieces of a value up to a comment or the line's end.
func (r *envReader) value(item *Setting) {
	var d decoder
	first, last := r.at, r.at
	stop := 0 // how much of the text counts
	for r.at < len(r.data) && r.data[r.at] != '\n' {
		b := r.data[r.at]
		switch {
		case b == '{' && r.expression(&d):
			last, stop = r.at, len(d.text)
		case b == '"' || b == '\'' || b == '`':
			if len(d.text) == 0 {
				item.Quoted, item.Verbatim = true, b == '\''
				first = r.at + 1
			}
			last = r.quoted(&d, b)
			stop = len(d.text)
		case b == '#' && (r.at == first || isBlank(r.data[r.at-1])):
			r.at = r.endOfLine(r.at)
		case b == '\\' && len(d.text) > 0 && r.at+1 < len(r.data) && r.data[r.at+1] != '\n':
			d.copy(r.data, r.at, r.at+2) // kept: a bare value may be a Windows path
			r.at += 2
			last, stop = r.at, len(d.text)
		default:
			d.copy(r.data, r.at, r.at+1)
			r.at++
			if !isBlank(b) {
				last, stop = r.at, len(d.text)
			}
		}
	}
	r.skipLine()
	item.Text = string(d.text[:stop])
	item.val = d.span(first, max(first, last)).slice(0, stop)
	if stop == 0 {
		item.val = span{start: first, end: max(first, last)}
	}
}

// expression takes an expression of a template over, with the quotes in it, and
// reports whether one begins here.
func (r *envReader) expression(d *decoder) bool {
	end := expressionEnd(r.data, r.at)
	if end == r.at || bytes.IndexByte(r.data[r.at:end], '\n') >= 0 {
		return false
	}
	d.copy(r.data, r.at, end)
	r.at = end
	return true
}

// quoted reads a piece in quotes and returns where its text ends. Without a
// closing quote the piece ends with its line.
func (r *envReader) quoted(d *decoder, quote byte) int {
	open := r.at
	limit := len(r.data)
	if closed := r.closing(open, quote); closed < 0 {
		r.fail(open, "a quote is not closed")
		limit = r.endOfLine(open)
	}
	r.at++
	for r.at < limit {
		switch {
		case r.data[r.at] == quote:
			r.at++
			return r.at - 1
		case r.data[r.at] == '\\' && quote == '"' && r.at+1 < limit:
			r.escape(d)
		default:
			d.copy(r.data, r.at, r.at+1)
			r.at++
		}
	}
	return r.at
}

// closing returns the offset of the quote that closes the one at open, or -1.
func (r *envReader) closing(open int, quote byte) int {
	for i := open + 1; i < len(r.data) && i < open+maxEnvQuote; i++ {
		switch {
		case r.data[i] == '\\' && quote == '"':
			i++
		case r.data[i] == quote:
			return i
		}
	}
	return -1
}

// escape decodes the escape in double quotes.
func (r *envReader) escape(d *decoder) {
	b := r.data[r.at+1]
	switch {
	case b == '\n':
	case strings.IndexByte("nrt", b) >= 0:
		d.put(map[byte]string{'n': "\n", 'r': "\r", 't': "\t"}[b], r.at, r.at+2)
	case strings.IndexByte("\"\\$`'", b) >= 0:
		d.put(string(b), r.at, r.at+2)
	default:
		d.copy(r.data, r.at, r.at+2)
	}
	r.at += 2
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' }
