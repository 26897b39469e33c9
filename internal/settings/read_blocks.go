package settings

import (
	"bytes"
	"strings"
)

// readBlocks reads directives that end with a semicolon and blocks in braces, as
// nginx writes them. A block is a mapping under its first word; directives that
// set a named thing (a header, a variable) are mappings of those names.
func readBlocks(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := blockReader{src: src, data: src.data, at: root, lines: map[*Setting]map[string]*Setting{}}
	for r.statement() {
	}
	return []*Setting{root}, r.bad
}

// blockReader reads one statement after the other.
type blockReader struct {
	src   *source
	data  []byte
	i     int
	at    *Setting // the open block
	depth int
	lines map[*Setting]map[string]*Setting // the mappings of named things in a block
	bad   *fault
}

// word is a word of a directive, quotes and escapes resolved.
type word struct {
	text   string
	at     span
	quoted bool
}

// statement reads a directive, or the beginning or the end of a block, and
// reports whether there may be another one.
func (r *blockReader) statement() bool {
	var words []word
	for {
		r.blanks()
		if r.i >= len(r.data) {
			if len(words) > 0 && r.bad == nil {
				r.bad = &fault{offset: words[0].at.start, reason: "the directive does not end", part: true}
			}
			return false
		}
		switch r.data[r.i] {
		case ';':
			r.i++
			r.directive(words)
			return true
		case '{':
			r.i++
			return r.open(words)
		case '}':
			r.i++
			r.close()
			return true
		}
		words = append(words, r.word())
	}
}

// blanks goes behind blanks and comments.
func (r *blockReader) blanks() {
	for r.i < len(r.data) {
		switch b := r.data[r.i]; {
		case isXMLBlank(b):
			r.i++
		case b == '#':
			n := bytes.IndexByte(r.data[r.i:], '\n')
			if n < 0 {
				r.i = len(r.data)
				return
			}
			r.i += n
		default:
			return
		}
	}
}

// word reads one word.
func (r *blockReader) word() word {
	if b := r.data[r.i]; b == '"' || b == '\'' {
		w := quotedWord(r.data, r.i, len(r.data))
		r.i = min(w.at.end+1, len(r.data))
		return w
	}
	start := r.i
	for r.i < len(r.data) && !isXMLBlank(r.data[r.i]) && strings.IndexByte(";{}", r.data[r.i]) < 0 {
		if bytes.HasPrefix(r.data[r.i:], []byte("${")) { // a variable
			if n := bytes.IndexByte(r.data[r.i:], '}'); n > 0 {
				r.i += n
			}
		}
		r.i++
	}
	r.i = max(min(r.i, len(r.data)), start+1)
	return word{text: string(r.data[start:r.i]), at: span{start: start, end: r.i}}
}

// quotedWord reads the word whose opening quote is at i. Its span is what
// stands between the quotes.
func quotedWord(data []byte, i, end int) word {
	quote, start := data[i], i+1
	var d decoder
	for i = start; i < end && data[i] != quote; {
		if data[i] == '\\' && i+1 < end && (data[i+1] == quote || data[i+1] == '\\') {
			d.put(string(data[i+1]), i, i+2)
			i += 2
			continue
		}
		d.copy(data, i, i+1)
		i++
	}
	return word{text: string(d.text), at: d.span(start, i), quoted: true}
}

// open begins a block.
func (r *blockReader) open(words []word) bool {
	if r.depth == maxDepth {
		r.bad = &fault{offset: r.i - 1, reason: "blocks nest too deep", part: true}
		return false
	}
	r.depth++
	block := &Setting{Kind: Mapping, val: span{start: r.i - 1, end: r.i}}
	if len(words) > 0 {
		block.Name, block.key, block.val = words[0].text, words[0].at, words[0].at
	}
	r.at = r.at.add(block)
	return true
}

// close ends the open block.
func (r *blockReader) close() {
	if r.at.Parent != nil {
		r.depth--
		r.at = r.at.Parent
	}
}

// directive adds a directive to the open block.
func (r *blockReader) directive(words []word) {
	if len(words) < 2 {
		return
	}
	name, rest := words[0], words[1:]
	if group, ok := groupOf(name.text); ok && len(rest) > 1 {
		r.named(group, name, rest)
		return
	}
	item := r.src.joined(name, rest)
	item.clear = name.text == "proxy_pass" || name.text == "grpc_pass" // the server that requests go to
	r.at.add(item)
}

// named adds a directive that sets a named thing.
func (r *blockReader) named(group string, name word, rest []word) {
	if r.lines[r.at] == nil {
		r.lines[r.at] = map[string]*Setting{}
	}
	m := r.lines[r.at][group]
	if m == nil {
		m = r.at.add(&Setting{Name: group, Kind: Mapping, key: name.at, val: name.at})
		r.lines[r.at][group] = m
	}
	item := r.src.joined(rest[0], rest[1:])
	item.header = group == "headers"
	m.add(item)
}

// namedDirectives are directives whose first argument is the name of what they
// set, and the mapping that they are read into.
var namedDirectives = map[string]string{
	"proxy_set_header": "headers", "grpc_set_header": "headers", "add_header": "response_headers", "more_set_headers": "response_headers",
	"fastcgi_param": "params", "uwsgi_param": "params", "scgi_param": "params", "set": "variables", "setenv": "env", "env": "env",
	"header": "response_headers", "requestheader": "headers", "passenv": "env", "define": "variables",
}

// groupOf returns the mapping that a directive is read into whose first argument
// is the name of what it sets.
func groupOf(directive string) (group string, ok bool) {
	lower := strings.ToLower(directive)
	if strings.HasPrefix(lower, "proxypass") { // of Apache: a path, and where requests go to
		return "locations", true
	}
	group, ok = namedDirectives[lower]
	return group, ok
}

// joined returns the setting of a name and the words behind it: of one word its
// text, of several the text that they are in the source.
func (s *source) joined(name word, rest []word) *Setting {
	item := &Setting{Name: name.text, key: name.at, src: s}
	if len(rest) == 1 {
		item.Text, item.val, item.Quoted = rest[0].text, rest[0].at, rest[0].quoted
		return item
	}
	start, end := rest[0].at.start, rest[len(rest)-1].at.end
	if rest[0].quoted {
		start--
	}
	if rest[len(rest)-1].quoted {
		end = min(end+1, len(s.data))
	}
	item.Text, item.val = string(s.data[start:end]), span{start: start, end: end}
	return item
}
