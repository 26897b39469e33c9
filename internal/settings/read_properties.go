package settings

import (
	"bytes"
	"strconv"
	"strings"
)

// readProperties reads a Java properties file. Keys are split at dots, so that
// a.b.url and a.b.password are siblings. The Go library for it gives no positions.
func readProperties(src *source) ([]*Setting, *fault) {
	r := propertiesReader{src: src, data: src.data, root: &Setting{Kind: Mapping, src: src}, grow: newGrower()}
	if bytes.HasPrefix(src.data, []byte("\xef\xbb\xbf")) {
		r.at = 3
	}
	for r.at < len(r.data) {
		r.line()
	}
	return []*Setting{r.root}, r.bad
}

// propertiesReader reads one logical line after the other.
type propertiesReader struct {
	src  *source
	data []byte
	at   int
	root *Setting
	grow *grower
	bad  *fault
}

// blanks goes behind blanks, and behind line breaks too where they do not count.
func (r *propertiesReader) blanks(breaks bool) {
	for r.at < len(r.data) {
		b := r.data[r.at]
		if b != ' ' && b != '\t' && b != '\f' && (!breaks || b != '\n' && b != '\r') {
			return
		}
		r.at++
	}
}

// atBreak reports whether the reader stands at the end of a line or of the file.
func (r *propertiesReader) atBreak() bool {
	return r.at >= len(r.data) || r.data[r.at] == '\n' || r.data[r.at] == '\r'
}

// line reads one logical line.
func (r *propertiesReader) line() {
	r.blanks(true)
	if r.at >= len(r.data) {
		return
	}
	if r.data[r.at] == '#' || r.data[r.at] == '!' {
		for !r.atBreak() {
			r.at++
		}
		return
	}
	key, keySpan := r.text("=: \t\f")
	r.blanks(false)
	if !r.atBreak() && (r.data[r.at] == '=' || r.data[r.at] == ':') {
		r.at++
		r.blanks(false)
	}
	value, valueSpan := r.text("")
	trimmed := strings.TrimRight(value, " \t")
	r.add(key, keySpan, &Setting{Text: trimmed, val: valueSpan.slice(0, len(trimmed))})
}

// add puts a value below the mappings that its dotted key names.
func (r *propertiesReader) add(key string, at span, item *Setting) {
	parent, from := r.root, 0
	for depth := 0; depth < maxKeyParts; depth++ {
		n := strings.IndexByte(key[from:], '.')
		if n <= 0 || from+n+1 == len(key) {
			break
		}
		parent = r.grow.mapping(parent, key[from:from+n], at.slice(from, from+n))
		from += n + 1
	}
	item.Name, item.key = key[from:], at.slice(from, len(key))
	parent.add(item)
}

// text reads up to an unescaped byte of stop, or to the end of the logical line.
func (r *propertiesReader) text(stop string) (string, span) {
	var d decoder
	start := r.at
	for !r.atBreak() && strings.IndexByte(stop, r.data[r.at]) < 0 {
		if r.data[r.at] != '\\' {
			d.copy(r.data, r.at, r.at+1)
			r.at++
			continue
		}
		r.escape(&d)
	}
	return string(d.text), d.span(start, r.at)
}

// escape decodes an escape, or passes the break of a continued line.
func (r *propertiesReader) escape(d *decoder) {
	start := r.at
	r.at++
	if r.atBreak() {
		if bytes.HasPrefix(r.data[r.at:], []byte("\r\n")) {
			r.at++
		}
		r.at = min(r.at+1, len(r.data))
		r.blanks(false)
		return
	}
	b := r.data[r.at]
	r.at++
	switch b {
	case 't':
		d.put("\t", start, r.at)
	case 'n':
		d.put("\n", start, r.at)
	case 'r':
		d.put("\r", start, r.at)
	case 'f':
		d.put("\f", start, r.at)
	case 'u':
		r.unicode(d, start)
	default:
		d.put(string(r.data[r.at-1:r.at]), start, r.at)
	}
}

// unicode decodes the four digits of a \u escape.
func (r *propertiesReader) unicode(d *decoder, start int) {
	end := min(r.at+4, len(r.data))
	value, err := strconv.ParseUint(string(r.data[r.at:end]), 16, 16)
	if err != nil || end-r.at < 4 {
		if r.bad == nil {
			r.bad = &fault{offset: start, reason: `four hexadecimal digits are missing behind \u`, part: true}
		}
		return
	}
	d.put(string(rune(value)), start, end)
	r.at = end
}
