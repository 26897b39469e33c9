package command

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// finish runs the command that a statement is.
func (r *psReader) finish(words []psWord) {
	if len(words) == 0 || words[0].isTable {
		return
	}
	name, ok := words[0].known()
	lower := strings.ToLower(strings.TrimSuffix(name, "("))
	switch {
	case !ok, words[0].quoted && len(words) == 1:
		return
	}
	if row := r.commands.Find(lower, nil); row != nil && row.Style == rules.StyleCmdlet {
		r.cmdlet(lower, row, words)
		return
	}
	if (lower == "curl" || lower == "wget") && takesParameters(words) {
		r.cmdlet(lower, r.commands.Find("invoke-webrequest", nil), words)
		return
	}
	list := make([]word, 0, len(words))
	for _, w := range words {
		list = append(list, w.word)
	}
	r.run(&invocation{words: list, shown: true}, 0)
}

// takesParameters reports whether words are the parameters of a cmdlet and no
// options of the program of that name.
func takesParameters(words []psWord) bool {
	for _, w := range words[1:] {
		switch text := strings.ToLower(w.reading().Prefix()); text {
		case "-uri", "-headers", "-method", "-body", "-usebasicparsing", "-outfile", "-skipcertificatecheck":
			return true
		}
	}
	return false
}

// cmdlet reads the parameters of a cmdlet and observes it.
func (r *psReader) cmdlet(name string, row *rules.Command, words []psWord) {
	if row == nil {
		return
	}
	list := []word{words[0].word}
	l := &line{command: name, row: row}
	for i := 1; i < len(words); i++ {
		w := words[i]
		list = append(list, w.word)
		text := w.reading().Prefix()
		if w.quoted || len(text) < 2 || text[0] != '-' {
			l.args = append(l.args, w.word)
			continue
		}
		parameter, _, attached := strings.Cut(strings.ToLower(text), ":")
		role, _ := row.Role(parameter)
		value := psWord{}
		switch {
		case attached:
			value = psWord{word: w.after(len(parameter) + 1)}
		case rules.TakesValue(role) && i+1 < len(words):
			i++
			value = words[i]
			list = append(list, value.word)
		}
		r.parameter(l, parameter, role, value, w)
	}
	l.invocation = &invocation{words: list, shown: true}
	switch {
	case row.Protocol == "http":
		r.request(l)
	case row.Argument(0) == "password":
		r.secureString(l)
	}
	r.logins(l, "")
}

// parameter adds a parameter. A table of headers is one for each of them, a table
// as body its fields.
func (r *psReader) parameter(l *line, name, role string, value, at psWord) {
	entries := value.entries
	if !value.isTable && value.variable != "" {
		entries = r.tables[strings.ToLower(value.variable)]
	}
	switch {
	case role == "headers":
		for _, e := range entries {
			l.options = append(l.options, option{name: e.name, role: "header", value: joined(e, ": "), at: at.word})
		}
	case role == "data" && len(entries) > 0:
		for _, e := range entries {
			l.options = append(l.options, option{name: e.name, role: "form", value: joined(e, "="), at: at.word})
		}
	default:
		l.options = append(l.options, option{name: name, role: role, value: value.word, at: at.word})
	}
}

// joined returns an entry of a table as one word with a separator.
func joined(e entry, separator string) word {
	name := partial.String{Alternatives: []partial.Text{{{Text: e.name + separator, Start: e.value.start, End: e.value.start}}}}
	return word{value: partial.Concat(name, e.value.value), start: e.value.start, end: e.value.end}
}

// secureString observes a literal that is made a protected string.
func (r *psReader) secureString(l *line) {
	g := login{kind: shape.Password, use: "argument of ConvertTo-SecureString"}
	if len(l.args) > 0 && l.has("plain") {
		r.secret(l.args[0], g, whole)
	}
	if o := l.first("password"); o != nil && l.has("plain") {
		r.secret(o.value, g, whole)
	}
	l.options = nil
}
