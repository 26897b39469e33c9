package settings

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// scalarSpan returns the span of a scalar node whose text begins at start. The
// library tells only where a scalar begins: the text is read once more here,
// and what is read must equal the node's value; otherwise the span maps only as
// a whole.
func scalarSpan(data []byte, start int, n *yaml.Node) span {
	if n.Kind != yaml.ScalarNode || n.Value == "" || start >= len(data) {
		return span{start: start, end: start}
	}
	if at, ok := verbatim(data, start, n.Value); ok {
		return span{start: at, end: at + len(n.Value)}
	}
	s := yamlScalar{data: data, want: n.Value}
	var end int
	switch data[start] {
	case '"':
		start++
		end = s.double(start)
	case '\'':
		start++
		end = s.single(start)
	case '|', '>':
		start, end = s.block(start)
	default:
		end = s.plain(start)
	}
	if string(s.text) == n.Value {
		return s.span(start, end)
	}
	end = min(max(end, start), len(data))
	return opaque(start, end, len(n.Value))
}

// verbatim reports whether the source at start has the value as it is, in
// quotes or without, and where the value begins.
func verbatim(data []byte, start int, value string) (int, bool) {
	quote := data[start]
	if quote == '|' || quote == '>' || strings.ContainsAny(value, "\\'\n") {
		return 0, false
	}
	if quote == '"' || quote == '\'' {
		start++
	}
	return start, start+len(value) <= len(data) && string(data[start:start+len(value)]) == value
}

// yamlScalar reads one scalar of any style, guided by the value it must yield.
type yamlScalar struct {
	decoder
	data []byte
	want string
}

// fold reads blanks and line breaks at i as what the value has in their place,
// and returns the offset behind them.
func (s *yamlScalar) fold(i int) int {
	end, broken := i, false
	for end < len(s.data) && strings.IndexByte(" \t\r\n", s.data[end]) >= 0 {
		broken = broken || s.data[end] == '\n' || s.data[end] == '\r'
		end++
	}
	if !broken {
		s.copy(s.data, i, end)
		return end
	}
	rest := s.want[min(len(s.text), len(s.want)):]
	n := 0
	for n < len(rest) && rest[n] == '\n' {
		n++
	}
	if n == 0 && rest != "" && rest[0] == ' ' {
		n = 1
	}
	s.put(rest[:n], i, end)
	return end
}

// plain reads an unquoted scalar, which may go over several lines.
func (s *yamlScalar) plain(i int) int {
	for len(s.text) < len(s.want) && i < len(s.data) {
		if strings.IndexByte(" \t\r\n", s.data[i]) >= 0 {
			i = s.fold(i)
			continue
		}
		if s.data[i] != s.want[len(s.text)] {
			return i
		}
		s.copy(s.data, i, i+1)
		i++
	}
	return i
}

// single reads a single-quoted scalar behind its opening quote.
func (s *yamlScalar) single(i int) int {
	for i < len(s.data) {
		switch {
		case s.data[i] == '\'' && i+1 < len(s.data) && s.data[i+1] == '\'':
			s.put("'", i, i+2)
			i += 2
		case s.data[i] == '\'':
			return i
		case strings.IndexByte(" \t\r\n", s.data[i]) >= 0:
			i = s.fold(i)
		default:
			s.copy(s.data, i, i+1)
			i++
		}
	}
	return i
}

// double reads a double-quoted scalar behind its opening quote.
func (s *yamlScalar) double(i int) int {
	for i < len(s.data) {
		switch {
		case s.data[i] == '"':
			return i
		case s.data[i] == '\\' && i+1 < len(s.data):
			i = s.escape(i)
		case strings.IndexByte(" \t\r\n", s.data[i]) >= 0:
			i = s.fold(i)
		default:
			s.copy(s.data, i, i+1)
			i++
		}
	}
	return i
}

// yamlEscapes are the escapes of one character.
const yamlEscapes = "0\x00a\x07b\x08t\tn\nv\x0bf\x0cr\re\x1b \x20\"\"//\\\\"

// escape reads the escape at i and returns the offset behind it.
func (s *yamlScalar) escape(i int) int {
	b := s.data[i+1]
	if n := yamlBreak(s.data, i+1); n > 0 { // an escaped line break and the indent after it
		end := i + 1 + n
		for end < len(s.data) && (s.data[end] == ' ' || s.data[end] == '\t') {
			end++
		}
		return end
	}
	for k := 0; k < len(yamlEscapes); k += 2 {
		if yamlEscapes[k] == b {
			s.put(yamlEscapes[k+1:k+2], i, i+2)
			return i + 2
		}
	}
	switch b {
	case '\t':
		s.put("\t", i, i+2)
	case 'N':
		s.put("\u0085", i, i+2)
	case '_':
		s.put("\u00a0", i, i+2)
	case 'L':
		s.put("\u2028", i, i+2)
	case 'P':
		s.put("\u2029", i, i+2)
	case 'x':
		return s.code(i, 2)
	case 'u':
		return s.code(i, 4)
	case 'U':
		return s.code(i, 8)
	}
	return i + 2
}

// code reads an escape with that many hexadecimal digits.
func (s *yamlScalar) code(i, digits int) int {
	end := min(i+2+digits, len(s.data))
	value, err := strconv.ParseUint(string(s.data[i+2:end]), 16, 32)
	if err == nil && value <= utf8.MaxRune {
		s.put(string(rune(value)), i, end)
	}
	return end
}

// block reads a literal or folded block scalar from its header and returns
// where its text begins and ends.
func (s *yamlScalar) block(i int) (start, end int) {
	n := bytes.IndexByte(s.data[i:], '\n')
	if n < 0 {
		return i, len(s.data)
	}
	i += n + 1
	start = -1
	indent := -1
	for i < len(s.data) && len(s.text) < len(s.want) {
		stop := len(s.data)
		if n := bytes.IndexByte(s.data[i:], '\n'); n >= 0 {
			stop = i + n
		}
		line := bytes.TrimSuffix(s.data[i:stop], []byte("\r"))
		blank := len(line) - len(bytes.TrimLeft(line, " "))
		if indent < 0 && blank < len(line) {
			indent = s.indent(line, blank)
			start = i + indent
		}
		if indent >= 0 && blank < len(line) && blank < indent {
			break // less indented: the scalar is over
		}
		from := i + len(line) // nothing of a blank line but what goes beyond the indent
		if indent >= 0 {
			from = i + min(indent, len(line))
		}
		s.line(from, i+len(line), min(stop+1, len(s.data)))
		end = i + len(line)
		i = min(stop+1, len(s.data))
	}
	if strings.HasSuffix(s.want, "\n") {
		end = i
	}
	if start < 0 {
		start = i
	}
	return start, max(start, end)
}

// indent returns the indent of a block scalar whose first text line is line:
// an explicit indent leaves spaces in the value.
func (s *yamlScalar) indent(line []byte, blank int) int {
	lead := strings.TrimLeft(s.want[min(len(s.text), len(s.want)):], "\n")
	return blank - (len(lead) - len(strings.TrimLeft(lead, " ")))
}

// line takes over one line of a block scalar and what the value has for its break.
func (s *yamlScalar) line(from, to, next int) {
	s.copy(s.data, from, to)
	rest := s.want[min(len(s.text), len(s.want)):]
	if to < next && rest != "" && (rest[0] == '\n' || rest[0] == ' ') {
		s.put(rest[:1], to, next)
	}
}
