package command

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/partial"
)

// variable is what is known of a variable of a script.
type variable struct {
	value  partial.String
	list   []word // of an array
	isList bool
}

// offset returns the offset in the script of a place of the parser.
func (s *script) offset(p syntax.Pos) int { return min(s.base+int(p.Offset()), len(s.text.Data)) }

// fields returns the words that a word of the grammar becomes: several for an
// array or for an unquoted variable with blanks in its value.
func (s *script) fields(w *syntax.Word) []word {
	start, end := s.offset(w.Pos()), s.offset(w.End())
	if list, ok := s.listOf(w); ok {
		return list
	}
	out := word{value: partial.String{Alternatives: []partial.Text{nil}}, start: start, end: end}
	for _, part := range w.Parts {
		out.value = partial.Concat(out.value, s.part(part, false))
	}
	if exp, ok := soleParam(w, false); ok && exp != nil {
		return splitBlanks(out)
	}
	return []word{out}
}

// word returns the one word that a word of the grammar becomes where the shell
// splits nothing.
func (s *script) word(w *syntax.Word) word {
	out := word{value: partial.String{Alternatives: []partial.Text{nil}}, start: s.offset(w.Pos()), end: s.offset(w.End())}
	for _, part := range w.Parts {
		out.value = partial.Concat(out.value, s.part(part, false))
	}
	return out
}

// soleParam returns the expansion that a word consists of, in quotes or not.
func soleParam(w *syntax.Word, quoted bool) (*syntax.ParamExp, bool) {
	if len(w.Parts) != 1 {
		return nil, false
	}
	switch part := w.Parts[0].(type) {
	case *syntax.ParamExp:
		return part, true
	case *syntax.DblQuoted:
		if quoted && len(part.Parts) == 1 {
			exp, ok := part.Parts[0].(*syntax.ParamExp)
			return exp, ok
		}
	}
	return nil, false
}

// listOf returns the words of an array or of all arguments, if the word expands
// to them: "${list[@]}", "$@".
func (s *script) listOf(w *syntax.Word) ([]word, bool) {
	exp, ok := soleParam(w, true)
	if !ok || exp.Param == nil {
		return nil, false
	}
	if name := exp.Param.Value; (name == "@" || name == "*") && s.args != nil {
		return s.args, true
	}
	index, ok := exp.Index.(*syntax.Word)
	if !ok || index.Lit() != "@" && index.Lit() != "*" {
		return nil, false
	}
	v, ok := s.vars[exp.Param.Value]
	return v.list, ok && v.isList
}

// splitBlanks splits a word whose text is known at blanks.
func splitBlanks(w word) []word {
	if len(w.value.Alternatives) == 0 || !strings.ContainsAny(w.value.Alternatives[0].Prefix(), " \t\n") {
		return []word{w}
	}
	doubtful := len(w.value.Alternatives) > 1
	var list []word
	var field partial.Text
	flush := func() {
		if len(field) > 0 {
			list = append(list, word{value: partial.String{Alternatives: []partial.Text{field}}, start: w.start, end: w.end, doubtful: doubtful})
			field = nil
		}
	}
	for _, p := range w.value.Alternatives[0] {
		if p.Hole != nil {
			field = append(field, p)
			continue
		}
		for rest := p; rest.Text != ""; {
			n := strings.IndexAny(rest.Text, " \t\n")
			if n < 0 {
				field = append(field, rest)
				break
			}
			if n > 0 {
				field = append(field, headPart(rest, n))
			}
			flush()
			rest = cutPart(rest, n+1)
		}
	}
	flush()
	return list
}

// headPart returns the first n bytes of a part.
func headPart(p partial.Part, n int) partial.Part {
	out := partial.Part{Text: p.Text[:n], Start: p.Start, End: p.End}
	if p.End-p.Start == len(p.Text) {
		out.End = p.Start + n
	}
	return out
}

// part returns what is known of a part of a word.
func (s *script) part(part syntax.WordPart, quoted bool) partial.String {
	start, end := s.offset(part.Pos()), s.offset(part.End())
	switch part := part.(type) {
	case *syntax.Lit:
		return one(s.unescaped(start, end, quoted))
	case *syntax.SglQuoted:
		if part.Dollar {
			return one(s.ansi(start+2, end-1))
		}
		return one(s.literal(start+1, max(start+1, end-1)))
	case *syntax.DblQuoted:
		out := one(nil)
		for _, inner := range part.Parts {
			out = partial.Concat(out, s.part(inner, true))
		}
		return out
	case *syntax.ParamExp:
		return s.param(part, start, end)
	case *syntax.CmdSubst:
		return s.substitution(part, start, end)
	case *syntax.ProcSubst:
		s.stmts(part.Stmts)
	}
	return hole(partial.Unknown, "", start, end)
}

// one returns a String with one reading.
func one(t partial.Text) partial.String { return partial.String{Alternatives: []partial.Text{t}} }

// hole returns a String that is one hole at its place.
func hole(role partial.Role, name string, start, end int) partial.String {
	return one(partial.Text{{Hole: &partial.Hole{Role: role, Name: name}, Start: start, End: end}})
}

// unescaped returns literal text without the backslashes that the shell removes.
func (s *script) unescaped(start, end int, quoted bool) partial.Text {
	data := s.text.Data
	if s.limit > 0 {
		end = min(end, s.limit)
	}
	var out partial.Text
	from := start
	for i := start; i < end; i++ {
		if data[i] != '\\' || i+1 >= end || quoted && strings.IndexByte("$`\"\\\n\r", data[i+1]) < 0 {
			continue
		}
		out = append(out, s.literal(from, i)...)
		next := i + 2
		switch {
		case data[i+1] == '\r' && next < end && data[next] == '\n':
			next++
		case data[i+1] == '\n':
		default:
			out = append(out, partial.Part{Text: string(data[i+1]), Start: i, End: i + 2})
		}
		from, i = next, next-1
	}
	return append(out, s.literal(from, end)...)
}

// ansi returns the text of $'...' with its common escapes.
func (s *script) ansi(start, end int) partial.Text {
	data := s.text.Data
	var out partial.Text
	from := start
	for i := start; i+1 < end; i++ {
		if data[i] != '\\' {
			continue
		}
		text := string(data[i+1])
		if k := strings.IndexByte("nrt", data[i+1]); k >= 0 {
			text = "\n\r\t"[k : k+1]
		}
		out = append(append(out, s.literal(from, i)...), partial.Part{Text: text, Start: i, End: i + 2})
		from, i = i+2, i+1
	}
	if from < end {
		out = append(out, s.literal(from, end)...)
	}
	return out
}

// param returns what is known of the expansion of a variable.
func (s *script) param(exp *syntax.ParamExp, start, end int) partial.String {
	if exp.Param == nil {
		return hole(partial.Unknown, "", start, end)
	}
	name := exp.Param.Value
	value, known := s.lookup(name)
	if !known {
		value = hole(roleOfName(name), shownName(name), start, end)
	}
	if exp.Length || exp.Width || exp.IsSet {
		return hole(partial.Unknown, "", start, end)
	}
	switch {
	case exp.Exp != nil:
		return s.operator(exp, value, known, start, end)
	case exp.Slice != nil || exp.Repl != nil || exp.Excl || exp.Names != 0 || len(exp.Modifiers) > 0 || exp.Flags != nil || exp.Index != nil:
		return hole(roleOfName(name), shownName(name), start, end)
	}
	return value
}

// operator returns what is known of ${NAME:-default} and its kin.
func (s *script) operator(exp *syntax.ParamExp, value partial.String, known bool, start, end int) partial.String {
	switch exp.Exp.Op {
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull:
		if known || exp.Exp.Word == nil {
			return value
		}
		w := s.word(exp.Exp.Word)
		s.fallback(exp.Param.Value, w)
		return partial.Either(value, w.value)
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		return value
	}
	return hole(roleOfName(exp.Param.Value), shownName(exp.Param.Value), start, end)
}

// lookup returns the value of a variable or an argument of the function, if it
// is known.
func (s *script) lookup(name string) (partial.String, bool) {
	if len(name) == 1 && name[0] >= '1' && name[0] <= '9' {
		if n := int(name[0] - '1'); s.args != nil && n < len(s.args) {
			return s.args[n].value, true
		}
		return partial.String{}, false
	}
	v, ok := s.vars[name]
	if !ok || v.isList || len(v.value.Alternatives) == 0 {
		return partial.String{}, false
	}
	n := sizeOf(v.value)
	if n > maxValue || s.expanded+n > maxExpanded {
		return partial.String{}, false
	}
	s.expanded += n
	return v.value, true
}

// The limits within which variables are expanded.
const (
	maxValue    = 8 << 10 // of one value
	maxExpanded = 4 << 20 // of all together
)

// sizeOf returns how much there is of a value.
func sizeOf(value partial.String) int {
	n := 0
	for _, t := range value.Alternatives {
		for _, p := range t {
			n += len(p.Text) + 64
		}
	}
	return n
}

// roleOfName returns the role of the hole that a variable leaves.
func roleOfName(name string) partial.Role {
	if shownName(name) == "" {
		return partial.Parameter
	}
	return partial.Environment
}

// shownName returns the name of a variable, nothing for positions and counts.
func shownName(name string) string {
	if name == "" || strings.IndexByte("0123456789@*#?$!-", name[0]) >= 0 {
		return ""
	}
	return name
}
