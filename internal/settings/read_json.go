package settings

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tailscale/hujson"
)

// maxValues is how many values one after the other are read from a file.
const maxValues = 1000

// readJSON reads JSON with or without comments and trailing commas: one value,
// or several one after the other.
func readJSON(src *source) ([]*Setting, *fault) {
	data := src.data
	if at := tooDeep(data); at >= 0 {
		return nil, &fault{offset: at, reason: fmt.Sprintf("nesting is deeper than %d", maxDepth)}
	}
	r := jsonReader{src: src}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		r.shift = 3
	}
	var docs []*Setting
	for len(docs) < maxValues {
		value, err := hujson.Parse(data[r.shift:])
		if err != nil && !strings.HasSuffix(err.Error(), "after top-level value") {
			return docs, jsonFault(src, r.shift, err)
		}
		docs = append(docs, r.setting(value))
		if err == nil {
			break
		}
		if next := value.EndOffset + len(value.AfterExtra); next > 0 && isValueStart(data[r.shift+next:]) {
			r.shift += next
			continue
		}
		return docs, jsonFault(src, r.shift, err)
	}
	return docs, nil
}

// isValueStart reports whether an object or an array begins here.
func isValueStart(data []byte) bool { return len(data) > 0 && (data[0] == '{' || data[0] == '[') }

// tooDeep returns where arrays and objects nest deeper than maxDepth, or -1. The
// parser recurses without a limit of its own.
func tooDeep(data []byte) int {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		case '/':
			i = skipJSONComment(data, i)
		case '[', '{':
			if depth++; depth > maxDepth {
				return i
			}
		case ']', '}':
			depth--
		}
	}
	return -1
}

// skipJSONComment returns the offset of the last byte of the comment at i, or i.
func skipJSONComment(data []byte, i int) int {
	end := ""
	switch {
	case bytes.HasPrefix(data[i:], []byte("//")):
		end = "\n"
	case bytes.HasPrefix(data[i:], []byte("/*")):
		end = "*/"
	default:
		return i
	}
	n := bytes.Index(data[i+2:], []byte(end))
	if n < 0 {
		return len(data)
	}
	return i + 2 + n + len(end) - 1
}

// jsonFault returns the place and the reason of a parser's error, without the
// literal that the parser may quote.
func jsonFault(src *source, shift int, err error) *fault {
	var line, column int
	out := &fault{reason: "not valid JSON", offset: len(src.data)}
	text := err.Error()
	if _, err := fmt.Sscanf(text, "hujson: line %d, column %d:", &line, &column); err != nil {
		return out
	}
	first, _ := src.place(shift)
	if line += first - 1; line >= 1 && line <= len(src.lines) {
		out.offset = src.lines[line-1] + column - 1
		if line == first {
			out.offset = shift + column - 1
		}
	}
	_, reason, _ := strings.Cut(text, ": ")
	_, reason, _ = strings.Cut(reason, ": ")
	reason, _, _ = strings.Cut(reason, "invalid literal: ")
	if reason == "" {
		reason = "invalid literal"
	}
	out.reason = reason
	return out
}

// jsonReader turns parsed values into settings.
type jsonReader struct {
	src   *source
	shift int
}

// setting turns a value into a setting without parent.
func (r jsonReader) setting(v hujson.Value) *Setting {
	start, end := v.StartOffset+r.shift, v.EndOffset+r.shift
	s := &Setting{src: r.src, val: span{start: start, end: end}}
	switch value := v.Value.(type) {
	case *hujson.Object:
		s.Kind = Mapping
		for _, member := range value.Members {
			item := r.setting(member.Value)
			item.Name, item.key = r.text(member.Name)
			s.add(item)
		}
	case *hujson.Array:
		s.Kind = List
		for _, element := range value.Elements {
			s.add(r.setting(element))
		}
	default:
		s.Quoted = v.Value.Kind() == '"'
		s.Text, s.val = r.text(v)
	}
	return s
}

// text returns the decoded text of a literal and its span; that of null is empty.
func (r jsonReader) text(v hujson.Value) (string, span) {
	start, end := v.StartOffset+r.shift, v.EndOffset+r.shift
	switch v.Value.Kind() {
	case '"':
		return unquoteJSON(r.src.data, start+1, end-1)
	case 'n':
		return "", span{start: start, end: end}
	}
	return string(r.src.data[start:end]), span{start: start, end: end}
}

// unquoteJSON decodes the text of a JSON string from start to end.
func unquoteJSON(data []byte, start, end int) (string, span) {
	if bytes.IndexByte(data[start:end], '\\') < 0 {
		return string(data[start:end]), span{start: start, end: end}
	}
	var d decoder
	for i := start; i < end; {
		n := bytes.IndexByte(data[i:end], '\\')
		if n < 0 {
			d.copy(data, i, end)
			break
		}
		d.copy(data, i, i+n)
		i = jsonEscape(&d, data, i+n, end)
	}
	return string(d.text), d.span(start, end)
}

// jsonEscapes are the escapes of one character.
const jsonEscapes = "\"\"\\\\//b\bf\fn\nr\rt\t"

// jsonEscape decodes the escape at i and returns the offset behind it.
func jsonEscape(d *decoder, data []byte, i, end int) int {
	if i+1 >= end {
		return end
	}
	if data[i+1] == 'u' {
		return jsonUnicode(d, data, i, end)
	}
	for k := 0; k < len(jsonEscapes); k += 2 {
		if jsonEscapes[k] == data[i+1] {
			d.put(jsonEscapes[k+1:k+2], i, i+2)
		}
	}
	return i + 2
}

// jsonUnicode decodes the \u escape at i, with the other half of a surrogate pair.
func jsonUnicode(d *decoder, data []byte, i, end int) int {
	first := hexRune(data, i+2, end)
	next := min(i+6, end)
	if utf16.IsSurrogate(first) && next+1 < end && data[next] == '\\' && data[next+1] == 'u' {
		if both := utf16.DecodeRune(first, hexRune(data, next+2, end)); both != '\uFFFD' {
			d.put(string(both), i, min(next+6, end))
			return min(next+6, end)
		}
	}
	d.put(string(first), i, next)
	return next
}

// hexRune returns the character of four hexadecimal digits at i.
func hexRune(data []byte, i, end int) rune {
	if i+4 > end {
		return '\uFFFD'
	}
	value, err := strconv.ParseUint(string(data[i:i+4]), 16, 16)
	if err != nil {
		return '\uFFFD'
	}
	return rune(value)
}
