package settings

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// readTOML reads a TOML file. Behind a fault, reading goes on at the next table.
func readTOML(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := tomlReader{src: src, root: root, table: root, grow: newGrower()}
	if bytes.HasPrefix(src.data, []byte("\xef\xbb\xbf")) {
		r.base = 3
	}
	var first *fault
	for r.base < len(src.data) {
		bad := r.expressions()
		if bad == nil {
			break
		}
		if first == nil {
			first = bad
		}
		n := bytes.Index(src.data[bad.offset:], []byte("\n["))
		if n < 0 {
			break
		}
		r.base = bad.offset + n + 1
	}
	return []*Setting{root}, first
}

// tomlReader turns the parser's expressions into settings.
type tomlReader struct {
	src   *source
	base  int // where the parser was started
	root  *Setting
	table *Setting // the table that key-values go to
	grow  *grower
}

// expressions reads until the end or the first fault.
func (r *tomlReader) expressions() *fault {
	data := r.src.data[r.base:]
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		expr := p.Expression()
		switch expr.Kind {
		case unstable.Table, unstable.ArrayTable:
			r.open(expr)
		case unstable.KeyValue:
			r.pair(r.table, expr)
		}
	}
	err := p.Error()
	if err == nil {
		return nil
	}
	out := &fault{offset: len(r.src.data), reason: "not valid TOML"}
	var bad *unstable.ParserError
	if errors.As(err, &bad) {
		out.reason = bad.Message // it names single characters, never values
		if cap(bad.Highlight) > 0 && len(bad.Highlight) > 0 {
			out.offset = r.base + int(p.Range(bad.Highlight).Offset)
		}
	}
	return out
}

// span returns the span of a raw range of the parser.
func (r *tomlReader) span(raw unstable.Range) span {
	start := r.base + int(raw.Offset)
	return span{start: start, end: start + int(raw.Length)}
}

// open goes to the table that a header names; a new element for an array of tables.
func (r *tomlReader) open(expr *unstable.Node) {
	at := r.root
	for it := expr.Key(); it.Next(); {
		node := it.Node()
		name, key := string(node.Data), r.span(node.Raw)
		if expr.Kind == unstable.ArrayTable && node.Next() == nil {
			list := r.grow.mapping(at, name, key)
			list.Kind = List
			at = list.add(&Setting{Kind: Mapping, val: key})
			break
		}
		at = r.grow.mapping(at, name, key)
		if at.Kind == List && len(at.Items) > 0 { // [a.b] below [[a]] means a's last element
			at = at.Items[len(at.Items)-1]
		}
	}
	r.table = at
}

// pair adds a key-value to a table.
func (r *tomlReader) pair(table *Setting, expr *unstable.Node) {
	item := r.value(expr.Value())
	for it := expr.Key(); it.Next(); {
		node := it.Node()
		name, key := string(node.Data), r.span(node.Raw)
		if node.Next() != nil {
			table = r.grow.mapping(table, name, key)
			continue
		}
		item.Name, item.key = name, key
		if item.Kind == Mapping { // a header may add to an inline table only by mistake
			item.Parent = table
		}
	}
	table.add(item)
}

// value turns a value node into a setting without parent.
func (r *tomlReader) value(n *unstable.Node) *Setting {
	s := &Setting{src: r.src, val: r.span(n.Raw)}
	switch n.Kind {
	case unstable.InlineTable:
		s.Kind = Mapping
		for it := n.Children(); it.Next(); {
			r.pair(s, it.Node())
		}
	case unstable.Array:
		s.Kind = List
		for it := n.Children(); it.Next(); {
			if node := it.Node(); node.Kind != unstable.Comment {
				s.add(r.value(node))
			}
		}
	case unstable.String:
		s.Quoted = true
		s.Text = string(n.Data)
		s.val = tomlString(r.src.data, s.val, s.Text)
	default:
		s.Text = string(n.Data)
	}
	return s
}

// tomlString returns the span of a string's text. The parser tells only the
// whole range: the text is read once more, and must come out as want.
func tomlString(data []byte, raw span, want string) span {
	text := data[raw.start:raw.end]
	quote := 1
	if len(text) >= 6 && (bytes.HasPrefix(text, []byte(`"""`)) || bytes.HasPrefix(text, []byte("'''"))) {
		quote = 3
	}
	start, end := raw.start+quote, max(raw.start+quote, raw.end-quote)
	if quote == 3 { // a line break right behind the quotes does not count
		if bytes.HasPrefix(data[start:end], []byte("\r\n")) {
			start += 2
		} else if bytes.HasPrefix(data[start:end], []byte("\n")) {
			start++
		}
	}
	if string(data[start:end]) == want {
		return span{start: start, end: end}
	}
	var d decoder
	for i := start; i < end; {
		switch {
		case text[0] == '"' && data[i] == '\\':
			i = tomlEscape(&d, data, i, end)
		default:
			d.copy(data, i, i+1)
			i++
		}
	}
	if string(d.text) != want {
		return opaque(start, end, len(want))
	}
	return d.span(start, end)
}

// tomlEscapes are the escapes of one character.
const tomlEscapes = "b\bt\tn\nf\fr\re\x1b\"\"\\\\"

// tomlEscape decodes the escape at i and returns the offset behind it.
func tomlEscape(d *decoder, data []byte, i, end int) int {
	if i+1 >= end {
		return end
	}
	b := data[i+1]
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[b]
	if digits > 0 {
		stop := min(i+2+digits, end)
		if value, err := strconv.ParseUint(string(data[i+2:stop]), 16, 32); err == nil && value <= utf8.MaxRune {
			d.put(string(rune(value)), i, stop)
		}
		return stop
	}
	for k := 0; k < len(tomlEscapes); k += 2 {
		if tomlEscapes[k] == b {
			d.put(tomlEscapes[k+1:k+2], i, i+2)
			return i + 2
		}
	}
	next := i + 1 // a backslash before a line break takes all blanks behind it
	for next < end && strings.IndexByte(" \t\r\n", data[next]) >= 0 {
		next++
	}
	return max(next, i+2)
}
