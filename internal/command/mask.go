package command

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/partial"
)

// mask is a placeholder or a template expression in a script.
type mask struct {
	start, end int
	name       string
}

// foreign matches what is no text of the shell: expressions of template engines
// and CI systems, and placeholders between angle brackets.
var foreign = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\$\{\{[^{}\n]*\}\}|\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|<%[^%\n]*%>|<<\s*[\w.]+\s*>>|<[A-Za-z][\w .:/|'-]{0,60}>|\[%[^%\n]*%\]`)
})

// masked returns a script with underscores in place of everything that is no
// text of the shell, and what stood there. Offsets stay the same.
func masked(data []byte) ([]byte, []mask) {
	if !bytes.ContainsAny(data, "{<%") {
		return data, nil
	}
	var masks []mask
	out := data
	for _, at := range foreign().FindAllIndex(data, -1) {
		text := string(data[at[0]:at[1]])
		if strings.HasPrefix(text, "<") && (strings.HasSuffix(text, " >") || at[0] > 0 && strings.IndexByte("<&", data[at[0]-1]) >= 0) {
			continue // redirections
		}
		if len(masks) == 0 {
			out = bytes.Clone(data)
		}
		masks = append(masks, mask{at[0], at[1], nameIn(text)})
		for i := at[0]; i < at[1]; i++ {
			out[i] = '_'
		}
	}
	return out, masks
}

// nameIn returns the first dotted name of an expression; nothing if a literal
// comes first, which may be a secret.
func nameIn(text string) string {
	inner := strings.TrimLeft(text, "${<[%- \t(")
	if inner == "" || strings.IndexByte("\"'`", inner[0]) >= 0 {
		return ""
	}
	end := strings.IndexFunc(inner, func(r rune) bool {
		return r != '.' && r != '_' && r != '-' && r != ' ' && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z')
	})
	if end >= 0 {
		inner = inner[:end]
	}
	return strings.Trim(inner, " .-%")
}

// literal returns known text that stands at an offset of the script as text
// known in part: what was masked is a hole, and so is a name in braces or of a
// variable where the shell expands none.
func (s *script) literal(start, end int) partial.Text {
	var out partial.Text
	i := sort.Search(len(s.masks), func(i int) bool { return s.masks[i].end > start })
	for start < end {
		if i >= len(s.masks) || s.masks[i].start >= end {
			return append(out, s.named(start, end)...)
		}
		m := s.masks[i]
		if m.start > start {
			out = append(out, s.named(start, m.start)...)
		}
		out = append(out, partial.Part{Hole: &partial.Hole{Role: partial.Setting, Name: m.name}, Start: max(m.start, start), End: min(m.end, end)})
		start = m.end
		i++
	}
	return out
}

// names matches placeholders within literal text: {name}, ${NAME}, $NAME, %NAME%.
var names = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\$?\{[A-Za-z][\w.-]*\}|\$[A-Z][A-Z0-9_]+|%[A-Z][A-Z0-9_]+%|\{[A-Za-z][\w-]*( [\w-]+)*\}`)
})

// named returns literal text with a hole in place of each placeholder.
func (s *script) named(start, end int) partial.Text {
	data := s.text.Data[start:end]
	if !bytes.ContainsAny(data, "{$%") {
		return partial.Text{{Text: string(data), Start: start, End: end}}
	}
	var out partial.Text
	from := 0
	for _, at := range names().FindAllIndex(data, -1) {
		if at[0] > from {
			out = append(out, partial.Part{Text: string(data[from:at[0]]), Start: start + from, End: start + at[0]})
		}
		role, name := partial.Setting, strings.Trim(string(data[at[0]:at[1]]), "${}%")
		if data[at[0]] == '$' || data[at[0]] == '%' {
			role = partial.Environment
		}
		out = append(out, partial.Part{Hole: &partial.Hole{Role: role, Name: name}, Start: start + at[0], End: start + at[1]})
		from = at[1]
	}
	if from < len(data) {
		out = append(out, partial.Part{Text: string(data[from:]), Start: start + from, End: end})
	}
	return out
}
