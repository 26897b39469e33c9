package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/rules"
)

// batch reads a script for the command interpreter of Windows: one command a
// line, joined by & and |, a caret at the end of a line that goes on.
type batch struct {
	*script
	words []word
	parts partial.Text
	start int // of the word, -1 between words
}

// observeBatch observes such a script.
func observeBatch(t *embed.Text, cat *rules.Catalogue) embed.Result {
	b := &batch{script: newScript(t, cat), start: -1}
	for at := 0; at < len(t.Data); {
		end, next := lineAt(t.Data, at)
		for next < len(t.Data) && bytes.HasSuffix(t.Data[at:end], []byte("^")) {
			end, next = lineAt(t.Data, next)
		}
		b.line(at, end)
		at = next
	}
	if b.env.Len() > 0 {
		b.out.Texts = append(b.out.Texts, t.Inside(embed.Env, &b.env))
	}
	return b.out
}

// line reads one logical line.
func (b *batch) line(start, end int) {
	for start < end && (isBlankByte(b.text.Data[start]) || b.text.Data[start] == '@' || b.text.Data[start] == '(') {
		start++
	}
	text := string(b.text.Data[start:end])
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(text, "::"), lower == "rem", strings.HasPrefix(lower, "rem "):
	case strings.HasPrefix(lower, "set "):
		b.set(start+len("set "), end)
	default:
		b.commands(start, end)
	}
}

// set reads NAME=value, with or without quotes around all of it.
func (b *batch) set(start, end int) {
	data := b.text.Data
	for start < end && isBlankByte(data[start]) {
		start++
	}
	if start < end && data[start] == '"' {
		start++
		if close := bytes.LastIndexByte(data[start:end], '"'); close >= 0 {
			end = start + close
		}
	}
	equals := bytes.IndexByte(data[start:end], '=')
	if equals <= 0 || data[start] == '/' {
		return
	}
	name, from := string(data[start:start+equals]), start+equals+1
	end = from + len(bytes.TrimRight(data[from:end], " \t\r"))
	if !isName(name) || from >= end {
		return
	}
	b.vars[strings.ToUpper(name)] = variable{value: b.expanded(b.literal(from, end))}
	b.env.Copy(data, start, from)
	if bytes.ContainsAny(data[from:end], "'\"#`") {
		return
	}
	b.env.Put("'", from, from)
	b.env.Copy(data, from, end)
	b.env.Put("'\n", end, end)
}

// expanded puts the values of variables in the place of %NAME%.
func (b *batch) expanded(t partial.Text) partial.String {
	return one(t).Substitute(func(h partial.Hole) (partial.String, bool) { return b.lookup(strings.ToUpper(h.Name)) })
}

// commands splits a line into words and runs its commands.
func (b *batch) commands(start, end int) {
	data := b.text.Data
	for i := start; i < end; i++ {
		switch c := data[i]; {
		case c == '"':
			close := bytes.IndexByte(data[i+1:end], '"')
			if close < 0 {
				close = end - i - 1
			}
			b.take(i, i+1, i+1+close)
			i += close + 1
		case c == '^' && i+1 < end:
			if i++; data[i] != '\n' && data[i] != '\r' {
				b.take(i, i, i+1)
			}
		case isBlankByte(c):
			b.flush(i)
		case c == '&' || c == '|' || c == ')' || c == '(':
			b.flush(i)
			b.finish()
		default:
			next := i
			for next < end && !isBlankByte(data[next]) && strings.IndexByte("\"^&|()", data[next]) < 0 {
				next++
			}
			b.take(i, i, next)
			i = next - 1
		}
	}
	b.flush(end)
	b.finish()
}

// take adds text to the word.
func (b *batch) take(word, start, end int) {
	if b.start < 0 {
		b.start = word
	}
	if start < end {
		b.parts = append(b.parts, b.literal(start, end)...)
	}
}

// flush ends a word.
func (b *batch) flush(end int) {
	if b.start >= 0 {
		b.words = append(b.words, word{value: b.expanded(b.parts), start: b.start, end: end})
	}
	b.parts, b.start = nil, -1
}

// finish runs a command. What stands behind a condition or a loop is found by
// its name.
func (b *batch) finish() {
	words := b.words
	b.words = nil
	for len(words) > 0 {
		name, _ := words[0].known()
		switch lower := strings.ToLower(name); lower {
		case "if", "for", "call", "start", "else", "do", "cmd", "not", "exist", "in", "/c", "/b", "/wait":
			words = words[1:]
			continue
		}
		if b.commandsFind(name) || len(words) == len(b.words) {
			break
		}
		if later := b.later(words); later > 0 {
			words = words[later:]
		}
		break
	}
	if len(words) > 0 {
		lowered(words)
		b.run(&invocation{words: words, shown: true}, 0)
	}
}

// commandsFind reports whether the table has a command of the name.
func (b *batch) commandsFind(name string) bool { return b.script.commands.Find(name, nil) != nil }

// later returns the index of the first word that is a command of the table and
// is followed by an option, 0 if there is none.
func (b *batch) later(words []word) int {
	for i := 1; i+1 < len(words); i++ {
		if name, ok := words[i].known(); ok && b.commandsFind(name) && words[i+1].startsWith("-") {
			return i
		}
	}
	return 0
}

// lowered writes the name of a command and the word behind it in lower case, as
// Windows reads them.
func lowered(words []word) {
	for i := range words[:min(2, len(words))] {
		if text, ok := words[i].known(); ok && strings.IndexFunc(text, func(c rune) bool { return c < 'A' || c > 'Z' }) < 0 {
			words[i].value = one(partial.Text{{Text: strings.ToLower(text), Start: words[i].start, End: words[i].end}})
		}
	}
}
