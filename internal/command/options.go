package command

import (
	"strings"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// option is an option of a command with its value, if it takes one.
type option struct {
	name  string
	role  string
	value word
	at    word // the word that it stands in
	// guessed is set where the table does not have it and its name says what it is.
	guessed bool
}

// line is a command as its options read.
type line struct {
	*invocation
	command string
	row     *rules.Command // nil for a command that the table does not have
	options []option
	args    []word // words that are no options
}

// first returns the first option with one of the roles.
func (l *line) first(roles ...string) *option {
	for i := range l.options {
		if contains(roles, l.options[i].role) {
			return &l.options[i]
		}
	}
	return nil
}

// has reports whether an option has one of the roles.
func (l *line) has(roles ...string) bool { return l.first(roles...) != nil }

// parsed reads the options of a command; plain are its first words, w is set if it
// runs another command, whose options are not its own.
func (s *script) parsed(inv *invocation, row *rules.Command, plain []string, w *rules.Wrapper) *line {
	l := &line{invocation: inv, command: inv.name(), row: row}
	if l.command == "" {
		l.command = "command"
	}
	r := optionReader{line: l, words: inv.words[1:]}
	if row != nil && len(row.Sub) > 0 {
		r.sub = subWords(row, plain)
	}
	for r.at < len(r.words) {
		if r.word(); w != nil && w.After == "" && len(l.args) > w.Skip || w != nil && w.After != "" && r.plain {
			break
		}
	}
	return l
}

// subWords returns how many words name the subcommand.
func subWords(row *rules.Command, plain []string) int {
	most := 0
	for _, sub := range row.Sub {
		if n := len(strings.Fields(sub)); n > most && strings.HasPrefix(strings.Join(plain, " ")+" ", sub+" ") {
			most = n
		}
	}
	return most
}

// optionReader reads the words of a command.
type optionReader struct {
	*line
	words []word
	at    int
	sub   int  // words of the subcommand that are still to come
	plain bool // behind "--" all words are arguments
}

// word reads the next word, and the one behind it if that is its value.
func (r *optionReader) word() {
	w := r.words[r.at]
	r.at++
	prefix := w.reading().Prefix()
	switch {
	case r.plain || len(prefix) < 2 || prefix[0] != '-':
		r.argument(w)
	case prefix == "--":
		r.plain = true
	case strings.HasPrefix(prefix, "--") || r.row != nil && r.row.Style == rules.StyleLong:
		r.long(w, prefix)
	default:
		r.short(w, prefix)
	}
}

// argument adds a word that is no option.
func (r *optionReader) argument(w word) {
	if r.sub > 0 {
		r.sub--
		return
	}
	r.args = append(r.args, w)
}

// add adds an option.
func (r *optionReader) add(name, role string, value, at word) {
	_, known := r.row.Role(name)
	r.options = append(r.options, option{name, role, value, at, !known})
}

// next returns the word behind an option.
func (r *optionReader) next() (word, bool) {
	if r.at >= len(r.words) {
		return word{}, false
	}
	r.at++
	return r.words[r.at-1], true
}

// long reads --name, --name=value and --name value.
func (r *optionReader) long(w word, prefix string) {
	name, _, attached := strings.Cut(prefix, "=")
	role, known := r.row.Role(name)
	if !known {
		role = roleOfOption(name)
	}
	switch {
	case attached:
		r.add(name, role, w.after(len(name)+1), w)
	case r.row != nil && r.row.Style == rules.StyleLong && r.attachedShort(w, prefix):
	case !known && role == "" && r.row != nil && r.row.Style == rules.StyleLong:
		r.add(name, "", word{}, w)
	case rules.TakesValue(role) && role != "password-attached":
		if !known && r.at < len(r.words) && r.words[r.at].startsWith("-") {
			r.add(name, "", word{}, w)
			return
		}
		if value, ok := r.next(); ok {
			r.add(name, role, value, w)
		}
	default:
		r.add(name, role, word{}, w)
	}
}

// attachedShort reads -pVALUE where options of several letters have one hyphen.
func (r *optionReader) attachedShort(w word, prefix string) bool {
	for n := min(len(prefix), 3); n >= 2; n-- {
		if w.after(n).isEmpty() || len(w.after(n).reading()) == 0 {
			continue
		}
		if role, ok := r.row.Role(prefix[:n]); ok && role == "password-attached" {
			r.add(prefix[:n], role, w.after(n), w)
			return true
		}
	}
	return false
}

// short reads -x, -xVALUE, -x VALUE and clusters of them.
func (r *optionReader) short(w word, prefix string) {
	if role, ok := r.row.Role(prefix); ok && len(prefix) > 2 {
		r.single(prefix, role, w)
		return
	}
	for i := 1; i < len(prefix); i++ {
		name := "-" + prefix[i:i+1]
		role, known := r.row.Role(name)
		if !known || !rules.TakesValue(role) {
			r.add(name, role, word{}, w)
			continue
		}
		rest := w.after(i + 1)
		if !rest.isEmpty() && len(rest.reading()) > 0 {
			if role != "password-next" {
				r.add(name, role, rest, w)
			}
			return
		}
		r.single(name, role, w)
		return
	}
}

// single reads an option that stands alone in its word.
func (r *optionReader) single(name, role string, w word) {
	if !rules.TakesValue(role) || role == "password-attached" {
		r.add(name, role, word{}, w)
		return
	}
	if value, ok := r.next(); ok {
		r.add(name, role, value, w)
	}
}

// roleOfOption returns the role of a long option that the table does not have,
// by its name.
func roleOfOption(name string) string {
	if strings.HasPrefix(strings.TrimLeft(name, "-"), "stdin") || strings.HasSuffix(name, "stdin") {
		return "" // a switch: the value is read from there
	}
	switch shape.OfName(strings.TrimLeft(name, "-")) {
	case shape.Password:
		return "password"
	case shape.Token, shape.Key, shape.Secret:
		return "token"
	}
	return ""
}
