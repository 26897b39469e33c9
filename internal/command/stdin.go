package command

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// maxInputLines is how many lines of an input are read.
const maxInputLines = 2000

// stdinOf returns what a command reads from its standard input as far as it is
// known: a here-document, or what the command before it in a pipe writes. nil if
// nothing of it is.
func (s *script) stdinOf(inv *invocation) *word {
	if inv.input != nil || inv.piped == nil {
		return inv.input
	}
	start, end := s.offset(inv.piped.Pos()), s.offset(inv.piped.End())
	w := word{value: s.output(inv.piped, start, end), start: start, end: end}
	if w.reading().Prefix() == "" {
		return nil
	}
	return &w
}

// stdin observes the credentials that a command takes from its standard input.
func (s *script) stdin(l *line, host string) {
	if l.row == nil || l.row.Input == "" || l.has("encrypted") || l.row.NeedsStdin() && !l.has("stdin") {
		return
	}
	input := s.stdinOf(l.invocation)
	if input == nil {
		return
	}
	g := login{kind: shape.Password, use: useOf(l, "standard input"), host: host}
	if user := l.first("user"); user != nil {
		g.user = user.value.reading()
	}
	for i, line := range linesOf(input.reading()) {
		w := word{value: one(line), start: input.start, end: input.end}
		switch {
		case l.row.Input == rules.InputPairs:
			s.accountLine(w, g)
		case i == 0: // further lines repeat it
			s.secret(w, g, whole)
		}
	}
}

// accountLine observes user:password, with or without the further fields of an
// account.
func (s *script) accountLine(w word, g login) {
	g.user = userPart(':')(w.reading())
	s.secret(w, g, func(t partial.Text) partial.Text {
		rest := passwordPart(':')(t)
		if password, _, ok := rest.Cut(':'); ok {
			return password
		}
		return rest
	})
}

// linesOf returns the lines of a text that are not empty.
func linesOf(t partial.Text) []partial.Text {
	var out []partial.Text
	var line partial.Text
	flush := func() {
		if line = line.TrimSpace(); len(line) > 0 {
			out = append(out, line)
		}
		line = nil
	}
	for _, p := range t {
		for p.Hole == nil && len(out) < maxInputLines {
			n := strings.IndexByte(p.Text, '\n')
			if n < 0 {
				break
			}
			if n > 0 {
				line = append(line, headPart(p, n))
			}
			p = cutPart(p, n+1)
			flush()
		}
		if p.Hole != nil || p.Text != "" {
			line = append(line, p)
		}
	}
	flush()
	return out
}

// sequence returns what statements write that follow each other.
func (s *script) sequence(list []*syntax.Stmt, start, end int) partial.String {
	var out partial.Text
	for _, stmt := range list {
		for _, t := range s.output(stmt, start, end).Alternatives[:1] {
			out = append(append(out, t...), partial.Part{Text: "\n"})
		}
	}
	return one(out)
}

// formatted returns what printf writes: its format with the other words in it,
// from the beginning again as long as there are some.
func formatted(words []word) partial.Text {
	if text, _ := wordAt(words, 0); text == "--" {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil
	}
	const most = 64
	f := formatter{words: words[1:]}
	for range most {
		before := len(f.words)
		for _, p := range words[0].reading() {
			f.part(p)
		}
		if len(f.words) == 0 || len(f.words) == before {
			break
		}
	}
	return f.out
}

// formatter writes what a format makes of words.
type formatter struct {
	out   partial.Text
	words []word
}

// part writes a part of the format.
func (f *formatter) part(p partial.Part) {
	for p.Hole == nil && p.Text != "" {
		n := strings.IndexAny(p.Text, "%\\")
		if n < 0 || n+1 >= len(p.Text) {
			break
		}
		if n > 0 {
			f.out = append(f.out, headPart(p, n))
			p = cutPart(p, n)
		}
		width := 2
		switch {
		case p.Text[0] == '\\':
			f.out = append(f.out, escape(p))
		case p.Text[1] == '%':
			f.out = append(f.out, partial.Part{Text: "%", Start: p.Start, End: p.End})
		default:
			for width < len(p.Text) && strings.IndexByte("0123456789.-+*# '", p.Text[width-1]) >= 0 {
				width++
			}
			if len(f.words) > 0 {
				f.out = append(f.out, f.words[0].reading()...)
				f.words = f.words[1:]
			}
		}
		p = cutPart(p, width)
	}
	if p.Hole != nil || p.Text != "" {
		f.out = append(f.out, p)
	}
}

// escape returns what the backslash and the letter that a part begins with stand
// for.
func escape(p partial.Part) partial.Part {
	out := headPart(p, 2)
	switch letter := p.Text[1]; letter {
	case 'n':
		out.Text = "\n"
	case 'r':
		out.Text = "\r"
	case 't':
		out.Text = "\t"
	case '\\', '"', '\'':
		out.Text = string(letter)
	}
	return out
}

// withEscapes returns texts with their escapes as what they stand for.
func withEscapes(value partial.String) partial.String {
	out := partial.String{Truncated: value.Truncated}
	for _, t := range value.Alternatives {
		var done partial.Text
		for _, p := range t {
			for p.Hole == nil {
				n := strings.IndexByte(p.Text, '\\')
				if n < 0 || n+1 >= len(p.Text) {
					break
				}
				if n > 0 {
					done = append(done, headPart(p, n))
				}
				done = append(done, escape(cutPart(p, n)))
				p = cutPart(p, n+2)
			}
			if p.Hole != nil || p.Text != "" {
				done = append(done, p)
			}
		}
		out.Alternatives = append(out.Alternatives, done)
	}
	return out
}

// withoutNewline returns texts without the line feed at their end, which a
// substitution drops.
func withoutNewline(value partial.String) partial.String {
	out := partial.String{Truncated: value.Truncated}
	for _, t := range value.Alternatives {
		if n := len(t) - 1; n >= 0 && t[n].Hole == nil && strings.HasSuffix(t[n].Text, "\n") {
			t = t[:n:n]
		}
		out.Alternatives = append(out.Alternatives, t)
	}
	return out
}

// account observes a password that stands among the words of a command that are
// no options: net user NAME PASSWORD.
func (s *script) account(l *line) {
	if l.row == nil || !l.row.TakesPassword() || l.row.Style == rules.StyleCmdlet || l.row.NeedsBatch() && !l.has("batch") {
		return
	}
	g := login{kind: shape.Password, alsoShown: true}
	roles := l.row.Arguments
	if l.has("no-file") {
		roles = roles[1:]
	}
	for i, w := range l.args {
		if len(roles) == 0 {
			return
		}
		text, _ := w.known()
		switch role := roles[0]; {
		case role != "other" && strings.HasPrefix(text, "/"):
			continue // a switch of Windows
		case role == "user":
			g.user = w.reading()
		case role == "password" && text != "*": // which asks for it
			g.use = useOf(l, "argument "+strconv.Itoa(i+1))
			s.secret(w, g, whole)
		}
		roles = roles[1:]
	}
}
