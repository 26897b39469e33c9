package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// methodCall reads $table.Add('name', value), as headers are put together, and
// reports whether the statement is one.
func (r *psReader) methodCall() bool {
	data := r.text.Data[r.at:min(len(r.text.Data), r.at+maxMethod)]
	open := bytes.IndexByte(data, '(')
	if len(data) == 0 || data[0] != '$' || open < 0 {
		return false
	}
	name, method, ok := strings.Cut(string(data[1:open]), ".")
	if !ok || strings.ContainsAny(name, " \t\r\n$([{=|;'\"") || !strings.EqualFold(method, "add") && !strings.EqualFold(method, "set") {
		return false
	}
	r.at += open + 1
	key := r.argument()
	for strings.IndexByte(" \t\r\n,", r.peek(0)) >= 0 && r.at < len(r.text.Data) {
		r.at++
	}
	value := r.expression()
	if r.peek(0) == ')' {
		r.at++
	}
	if text, known := key.known(); known {
		lower := strings.ToLower(name)
		k := word{start: key.start, end: key.end, value: partial.Literal(text)}
		r.tables[lower] = append(r.tables[lower], entry{text, k, value.word})
	}
	return true
}

// maxMethod is how long the names of a table and its method may be.
const maxMethod = 80

// argument reads the first argument of a method.
func (r *psReader) argument() psWord {
	for strings.IndexByte(" \t\r\n", r.peek(0)) >= 0 && r.at < len(r.text.Data) {
		r.at++
	}
	return r.word()
}
