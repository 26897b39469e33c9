package settings

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// This file reads files that a template engine makes configuration of: charts of
// Helm, templates of Ansible, Salt and Rails. Expressions are none of the format,
// but all around them is.

// templateMarks are how expressions of template engines begin and end.
var templateMarks = [...][2]string{{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}}

// withoutTemplate returns a file's name without an extension that says that the
// file is made into another one, or copied and filled in.
func withoutTemplate(name string) string {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 {
		return name
	}
	switch strings.ToLower(name[dot:]) {
	case ".j2", ".jinja", ".jinja2", ".erb", ".tmpl", ".tpl", ".template", ".dist", ".sample", ".example", ".in":
		return name[:dot]
	}
	return name
}

// filler returns the byte that can stand in place of an expression wherever a
// format has a value, 0 where expressions are read as they are.
func (f *format) filler() byte {
	switch f.name {
	case "YAML":
		return '_'
	case "JSON", "TOML":
		return '1'
	}
	return 0
}

// readTemplate reads a template of a format. Lines of nothing but expressions,
// which control others or stand for what is elsewhere, are passed by; any other
// expression counts as a word, and stands again in the texts that are returned.
func readTemplate(f *format, src *source) ([]*Setting, *fault) {
	original := src.data
	shadow := *src
	shadow.data = maskTemplate(original, f.filler())
	docs, bad := f.read(&shadow)
	shadow.data = original
	conditions := conditionsIn(original)
	for _, doc := range docs {
		doc.All(func(s *Setting) {
			s.Text = unmasked(s.Text, s.val, original)
			if s.key.end > 0 {
				s.Name = unmasked(s.Name, s.key, original)
			}
			s.switched = s.Kind == Scalar && conditions.ask(s)
		})
	}
	return docs, bad
}

// conditions are the places where the condition changes under which a template
// writes what follows, in order, with the words of the innermost one.
type conditions []struct {
	at    int
	words []string
}

// conditionsIn returns the conditions of a template.
func conditionsIn(data []byte) conditions {
	var out conditions
	var open [][]string
	for at := 0; at < len(data); {
		end := expressionEnd(data, at)
		if end == at {
			at++
			continue
		}
		words := shape.Words(string(data[at:end]))
		at = end
		switch first := firstWord(words); {
		case first == "if" || first == "unless":
			open = append(open, words)
		case first == "range" || first == "with" || first == "define" || first == "block" || first == "for":
			open = append(open, nil)
		case strings.HasPrefix(first, "end") && len(open) > 0:
			open = open[:len(open)-1]
		case first == "else" && len(open) > 0 && len(words) > 1:
			open[len(open)-1] = words
		default:
			continue
		}
		var inner []string
		if len(open) > 0 {
			inner = open[len(open)-1]
		}
		out = append(out, conditions{{at, inner}}...)
	}
	return out
}

// firstWord returns the first of words, "" if there is none.
func firstWord(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// ask reports whether the condition under which a setting is written names the
// same thing.
func (c conditions) ask(s *Setting) bool {
	i := sort.Search(len(c), func(i int) bool { return c[i].at > s.val.start }) - 1
	if i < 0 {
		return false
	}
	for _, w := range c[i].words[min(1, len(c[i].words)):] {
		if len(w) > 2 && slices.Contains(s.words(), w) {
			return true
		}
	}
	return false
}

// unmasked returns a text that was read at a place as the source has it there.
func unmasked(text string, at span, data []byte) string {
	runs := at.runs
	if len(runs) == 0 {
		runs = []run{{0, len(text), at.start, at.end - at.start}}
	}
	out := []byte(text)
	for _, r := range runs {
		if r.isLinear() && !at.whole && r.out+r.outLen <= len(out) && r.in+r.inLen <= len(data) {
			copy(out[r.out:r.out+r.outLen], data[r.in:r.in+r.inLen])
		}
	}
	return string(out)
}

// maskTemplate returns the bytes of a template with a filler in place of its
// expressions and blanks in place of lines that hold nothing else. Offsets and
// line breaks stay.
func maskTemplate(data []byte, filler byte) []byte {
	out := bytes.Clone(data)
	for at := 0; at < len(data); {
		end := expressionEnd(data, at)
		if end == at {
			at++
			continue
		}
		mask(out[at:end], data, at, end, filler)
		at = end
	}
	return out
}

// mask puts a filler, or blanks, over an expression. One that becomes lines of its
// own stands for nothing. The first line of a block of text must not be longer
// than its indent if it is blank, so that the expression is text there.
func mask(over, data []byte, start, end int, filler byte) {
	alone := standsAlone(data, start, end)
	if alone && filler == '_' && opensBlock(data, start) {
		alone = false
	}
	if alone || filler == '_' && endsLine(data, end) && bytes.Contains(data[start:end], []byte("indent")) {
		filler = ' '
	}
	for i := range over {
		if over[i] != '\n' && over[i] != '\r' {
			over[i] = filler
		}
	}
}

// opensBlock reports whether the line before an expression begins a block of text
// that is less indented.
func opensBlock(data []byte, start int) bool {
	line := bytes.LastIndexByte(data[:start], '\n')
	if line < 0 {
		return false
	}
	before := data[bytes.LastIndexByte(data[:line], '\n')+1 : line]
	head := bytes.TrimRight(before, " \t\r-+0123456789")
	if len(head) == 0 || head[len(head)-1] != '|' && head[len(head)-1] != '>' {
		return false
	}
	return start-line-1 > len(before)-len(bytes.TrimLeft(before, " "))
}

// endsLine reports whether nothing follows on the line.
func endsLine(data []byte, end int) bool {
	rest := restOfLine(data, end)
	return len(rest) <= maxExpression && len(bytes.TrimSpace(rest)) == 0
}

// restOfLine returns what follows on the line, as far as it is looked at.
func restOfLine(data []byte, end int) []byte {
	rest := data[end:min(len(data), end+maxExpression+1)]
	if n := bytes.IndexByte(rest, '\n'); n >= 0 {
		rest = rest[:n]
	}
	return rest
}

// expressionEnd returns where the expression ends that begins at an offset, the
// offset itself if none does.
func expressionEnd(data []byte, at int) int {
	for _, mark := range templateMarks {
		if !bytes.HasPrefix(data[at:], []byte(mark[0])) {
			continue
		}
		rest := data[at+len(mark[0]):]
		if mark[1] == "}}" && bytes.HasPrefix(bytes.TrimLeft(rest, "- "), []byte("/*")) { // a comment
			if n := bytes.Index(rest, []byte("*/")); n >= 0 {
				rest = rest[n:]
			}
		}
		n := bytes.Index(rest[:min(len(rest), maxExpression)], []byte(mark[1]))
		if n < 0 {
			continue
		}
		return len(data) - len(rest) + n + len(mark[1])
	}
	return at
}

// maxExpression is how long an expression may be.
const maxExpression = 4000

// standsAlone reports whether nothing but expressions stands on the lines of an
// expression.
func standsAlone(data []byte, start, end int) bool {
	before := data[max(0, start-maxExpression-1):start]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	return isExpressions(before) && isExpressions(restOfLine(data, end))
}

// isExpressions reports whether a part of a line is blank but for expressions. A
// long one is taken for text.
func isExpressions(part []byte) bool {
	if len(part) > maxExpression {
		return false
	}
	for at := 0; at < len(part); {
		if isXMLBlank(part[at]) {
			at++
			continue
		}
		end := expressionEnd(part, at)
		if end == at {
			return false
		}
		at = end
	}
	return true
}
