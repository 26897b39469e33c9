package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// maker turns a make file into one script: assignments become assignments, lines
// of recipes lose their prefix and their doubled dollar signs.
type maker struct {
	data   []byte
	script embed.Builder
	rule   bool // below a rule, lines with a tab are commands
	just   bool // and lines with blanks, as just has them
}

// makeScript returns the commands of a make file as a script.
func makeScript(t *embed.Text) *embed.Text {
	m := &maker{data: t.Data, just: strings.HasSuffix(strings.ToLower(t.Name), "justfile")}
	for at := 0; at < len(m.data); {
		end, next := lineAt(m.data, at)
		for next < len(m.data) && endsInBackslash(m.data[at:end]) {
			end, next = lineAt(m.data, next)
		}
		m.line(at, end)
		at = next
	}
	return t.Inside(embed.Shell, &m.script)
}

// endsInBackslash reports whether a line goes on.
func endsInBackslash(line []byte) bool {
	n := 0
	for n < len(line) && line[len(line)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// line reads one logical line.
func (m *maker) line(start, end int) {
	text := m.data[start:end]
	switch {
	case len(bytes.TrimSpace(text)) == 0:
	case (text[0] == '\t' || m.just && text[0] == ' ') && m.rule:
		m.recipe(start+1, end)
	case bytes.TrimLeft(text, " ")[0] == '#':
	case m.assignment(start, end):
	default:
		if colon := bytes.IndexByte(text, ':'); colon > 0 {
			m.rule = true
			if semicolon := bytes.IndexByte(text[colon:], ';'); semicolon >= 0 {
				m.recipe(start+colon+semicolon+1, end)
			}
		}
	}
}

// recipe adds a line of a recipe.
func (m *maker) recipe(start, end int) {
	for start < end && (m.data[start] == '@' || m.data[start] == '-' || m.data[start] == '+' || isBlankByte(m.data[start])) {
		start++
	}
	if start < end && m.data[start] == '#' {
		return
	}
	m.expand(start, end)
	m.script.Put("\n", end, end)
}

// assignment adds a line that sets a variable, and reports whether it does.
func (m *maker) assignment(start, end int) bool {
	text := m.data[start:end]
	equals := bytes.IndexByte(text, '=')
	if equals <= 0 {
		return false
	}
	name := strings.TrimSpace(strings.TrimRight(string(text[:equals]), "?:+! "))
	name = strings.TrimPrefix(strings.TrimPrefix(name, "export "), "override ")
	if name == "" || strings.ContainsAny(name, " \t:$(){}.-/%'\"") {
		return false
	}
	from := start + bytes.LastIndex(text[:equals], []byte(name))
	m.script.Copy(m.data, from, from+len(name))
	value := bytes.TrimSpace(text[equals+1:])
	if k := bytes.Index(value, []byte(" #")); k >= 0 {
		value = bytes.TrimSpace(value[:k])
	}
	if bytes.ContainsAny(value, "'\"\n\\") || len(value) == 0 {
		m.script.Put("=\n", end, end)
		return true
	}
	m.script.Put(`="`, from+len(name), start+equals+1)
	at := start + equals + 1 + bytes.Index(text[equals+1:], value)
	m.expand(at, at+len(value))
	m.script.Put("\"\n", end, end)
	return true
}

// expand adds text with the references to variables as the shell writes them.
func (m *maker) expand(start, end int) {
	from := start
	for i := start; i+1 < end; i++ {
		if m.data[i] != '$' {
			continue
		}
		m.script.Copy(m.data, from, i)
		from = i
		switch next := m.data[i+1]; next {
		case '$':
			m.script.Put("$", i, i+2)
			from, i = i+2, i+1
		case '(', '{':
			stop := closing(m.data[:end], i+1)
			if stop < 0 {
				continue
			}
			name := string(m.data[i+2 : stop])
			if !isName(name) {
				name = "MAKE_EXPRESSION"
			}
			m.script.Put("${"+name+"}", i, stop+1)
			from, i = stop+1, stop
		}
	}
	m.script.Copy(m.data, from, end)
}

// closing returns the offset of the bracket that closes the one at start, -1 if
// there is none.
func closing(data []byte, start int) int {
	open, end := data[start], byte(')')
	if open == '{' {
		end = '}'
	}
	depth := 0
	for i := start; i < len(data) && data[i] != '\n'; i++ {
		switch data[i] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isName reports whether a text is the name of a variable.
func isName(text string) bool {
	return text != "" && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == "" && (text[0] < '0' || text[0] > '9')
}
