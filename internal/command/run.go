package command

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// invocation is a command with its arguments.
type invocation struct {
	words []word
	input *word        // its standard input, if that stands in the script
	piped *syntax.Stmt // what writes into its standard input
	shown bool         // its output goes to the terminal
	// password is set by sshpass: the command behind it logs in by password.
	password bool
	broken   bool // its lines do not hang together
}

// name returns the name of the command.
func (inv *invocation) name() string {
	name, _ := inv.words[0].known()
	if name == "" {
		return "" // from a variable
	}
	return rules.BaseName(name)
}

// maxWrappers is how many commands may run each other on one line.
const maxWrappers = 8

// run observes a command and, if it runs another one, that one.
func (s *script) run(inv *invocation, depth int) {
	for len(inv.words) > 0 && isAssignment(inv.words[0]) {
		s.environment(inv.words[0])
		inv.words = inv.words[1:]
	}
	if len(inv.words) == 0 || depth > maxWrappers {
		return
	}
	name := inv.name()
	if name == "" {
		s.observe(s.parsed(inv, nil, nil, nil))
		return
	}
	plain := plainWords(inv.words[1:])
	row := s.commands.Find(name, plain)
	w, sub := s.commands.Wrapper(name, plain)
	if row != nil || w == nil {
		s.observe(s.parsed(inv, row, plain, w))
	}
	if w != nil {
		s.unwrap(inv, w, sub, depth)
	}
}

// plainWords returns the first words that are no options, as far as they are known.
func plainWords(words []word) []string {
	const enough = 3
	var out []string
	for _, w := range words {
		text, ok := w.known()
		if !ok {
			break
		}
		if !strings.HasPrefix(text, "-") {
			out = append(out, text)
		}
		if len(out) == enough {
			break
		}
	}
	return out
}

// isAssignment reports whether a word sets a variable for the command behind it.
func isAssignment(w word) bool {
	name, _, ok := strings.Cut(w.reading().Prefix(), "=")
	return ok && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == "" && (name[0] > '9' || name[0] < '0')
}

// environment hands on a word that sets a variable.
func (s *script) environment(w word) {
	var b embed.Builder
	for _, p := range w.reading() {
		switch {
		case p.Hole != nil && s.text.Data[p.Start] == '`':
			b.Put("$()", p.Start, p.End) // quotes where it goes
		case p.Hole != nil || p.End-p.Start == len(p.Text):
			b.Copy(s.text.Data, p.Start, p.End)
		default:
			b.Put(p.Text, p.Start, p.End)
		}
	}
	s.out.Texts = append(s.out.Texts, s.text.Inside(embed.Env, &b))
}

// unwrap runs the command that a command runs.
func (s *script) unwrap(inv *invocation, w *rules.Wrapper, sub, depth int) {
	rest := inv.words[1:]
	skip := w.Skip + sub
	for i := 0; i < len(rest); i++ {
		text := rest[i].reading().Prefix()
		known, _ := rest[i].known()
		switch {
		case w.After != "" && known == w.After:
			s.inner(inv, rest[i+1:], depth)
			return
		case w.After != "":
		case contains(w.Script, known):
			if i+1 < len(rest) {
				s.scriptIn(rest[i+1])
			}
			return
		case contains(w.Env, known):
			if i+1 < len(rest) && isAssignment(rest[i+1]) {
				s.environment(rest[i+1])
			}
			i++
		case contains(w.Value, known):
			i++
		case strings.HasPrefix(text, "--env="):
			s.environment(rest[i].after(len("--env=")))
		case strings.HasPrefix(text, "-") && text != "-":
		case skip > 0:
			skip--
		case w.Rest:
			for _, word := range rest[i:] {
				s.scriptIn(word)
			}
			s.inner(inv, rest[i:], depth)
			return
		default:
			s.inner(inv, rest[i:], depth)
			return
		}
	}
	if len(w.Script) == 0 {
		return
	}
	if input := s.stdinOf(inv); input != nil {
		s.scriptIn(*input)
	}
}

// inner runs the command that stands behind another one.
func (s *script) inner(outer *invocation, words []word, depth int) {
	if len(words) == 0 {
		return
	}
	s.run(&invocation{words: words, input: outer.input, piped: outer.piped, shown: outer.shown, password: outer.password || outer.name() == "sshpass"}, depth+1)
}

// scriptIn hands on a word that is a script.
func (s *script) scriptIn(w word) {
	if text := w.reading(); len(text) > 0 && strings.ContainsAny(text.Display(), " \t\n") {
		s.out.Texts = append(s.out.Texts, s.asText(embed.Shell, w))
	}
}

// contains reports whether a list holds a text that is not empty.
func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text && text != "" {
			return true
		}
	}
	return false
}
