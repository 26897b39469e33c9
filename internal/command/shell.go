package command

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/rules"
)

// script is a script for the shell under observation.
type script struct {
	text     *embed.Text
	data     []byte // of the text, masked
	masks    []mask
	base     int // offset of what is parsed
	cat      *rules.Catalogue
	commands *rules.Commands
	out      embed.Result

	vars  map[string]variable
	funcs map[string]*syntax.FuncDecl
	args  []word // of the function that runs, nil if they are not known
	calls int    // functions that run
	ran   int    // commands so far
	// apart is above 0 in commands whose output somebody takes, and in functions;
	// perhaps is above 0 where a condition decides.
	apart, perhaps int
	before         previous
	expanded       int // how much variables have given
	limit          int // offset where a here-document ends, 0 outside of one
	// piped writes into the pipe that the next command reads.
	piped *syntax.Stmt
	// env are the assignments, as lines of a .env file.
	env embed.Builder
}

// observeShell observes a script for the shell.
func observeShell(t *embed.Text, cat *rules.Catalogue) embed.Result {
	s := newScript(t, cat)
	if isTooDeep(s.data) {
		return tooBig(t, "it nests too deep")
	}
	s.parse()
	if s.env.Len() > 0 {
		s.out.Texts = append(s.out.Texts, t.Inside(embed.Env, &s.env))
	}
	return s.out
}

// newScript returns a script before it runs.
func newScript(t *embed.Text, cat *rules.Catalogue) *script {
	s := &script{text: t, cat: cat, commands: cat.Commands(), vars: map[string]variable{}, funcs: map[string]*syntax.FuncDecl{}}
	s.data, s.masks = masked(t.Data)
	s.data = valid(s.data)
	return s
}

// valid returns a script with underscores in place of bytes that are no text,
// which the parser does not take. Offsets stay the same.
func valid(data []byte) []byte {
	if utf8.Valid(data) {
		return data
	}
	out := bytes.Clone(data)
	for i := 0; i < len(out); {
		r, size := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && size == 1 {
			out[i] = '_'
		}
		i += size
	}
	return out
}

// isTooDeep reports whether a script may nest so deep that a parser that calls
// itself runs out of stack.
func isTooDeep(data []byte) bool {
	depth, words, calls := 0, 0, 0
	for i, b := range data {
		switch b {
		case '(', '{', '[':
			depth++
		case ')', '}', ']':
			depth = max(0, depth-1)
			if b == ')' && i > 0 && data[i-1] == '(' {
				calls++
			}
		}
		if depth > maxNesting {
			return true
		}
	}
	for _, word := range []string{"if ", "while ", "until ", "for ", "case ", "time ", "select ", "coproc ", "function "} {
		words += bytes.Count(data, []byte(word))
	}
	for _, word := range []string{"fi", "done", "esac"} {
		words -= bytes.Count(data, []byte(word))
	}
	return words > 40*maxNesting || calls > 40*maxNesting
}

// parse parses and runs the script, one statement after the other. Behind a
// fault of grammar it goes on with the next line.
func (s *script) parse() {
	parser := syntax.NewParser(syntax.Variant(syntax.LangBash))
	for range maxRestarts {
		end := s.base
		var fault error
		for stmt, err := range parser.StmtsSeq(bytes.NewReader(s.data[s.base:])) {
			switch {
			case fault != nil: // the parser may go on; leaving the loop makes it panic
			case err != nil:
				fault = err
			default:
				s.stmt(stmt)
				end = s.offset(stmt.End())
			}
		}
		if fault == nil {
			return
		}
		if bad := (syntax.ParseError{}); errors.As(fault, &bad) {
			end = max(end, s.offset(bad.Pos))
		} else if bad := (syntax.LangError{}); errors.As(fault, &bad) {
			end = max(end, s.offset(bad.Pos))
		}
		if s.base = s.resume(end); s.base >= len(s.data) {
			return
		}
	}
}

// resume returns where reading goes on behind a fault: at the next line. A quote
// that is not closed has swallowed the rest; what stands behind the line of its
// opening is read again.
func (s *script) resume(at int) int {
	n := bytes.IndexByte(s.data[min(at, len(s.data)):], '\n')
	if n < 0 {
		return len(s.data)
	}
	return max(s.base+1, at+n+1)
}

// stmts runs statements.
func (s *script) stmts(list []*syntax.Stmt) {
	for _, stmt := range list {
		s.stmt(stmt)
	}
}

// maybe runs statements that a condition decides about.
func (s *script) maybe(list ...[]*syntax.Stmt) {
	s.perhaps++
	for _, stmts := range list {
		s.stmts(stmts)
	}
	s.perhaps--
}

// stmt runs a statement.
func (s *script) stmt(stmt *syntax.Stmt) {
	if s.ran++; s.ran > maxCommands {
		return
	}
	if _, ok := stmt.Cmd.(*syntax.CallExpr); !ok && isRedirected(stmt) {
		s.apart++
		defer func() { s.apart-- }()
	}
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		s.call(stmt, cmd)
	case *syntax.BinaryCmd:
		s.binary(cmd)
	case *syntax.Block:
		s.stmts(cmd.Stmts)
	case *syntax.Subshell:
		s.stmts(cmd.Stmts)
	case *syntax.IfClause:
		for clause := cmd; clause != nil; clause = clause.Else {
			s.stmts(clause.Cond)
			s.maybe(clause.Then)
		}
	case *syntax.WhileClause:
		s.stmts(cmd.Cond)
		s.maybe(cmd.Do)
	case *syntax.ForClause:
		s.loop(cmd)
	case *syntax.CaseClause:
		for _, item := range cmd.Items {
			s.maybe(item.Stmts)
		}
	case *syntax.FuncDecl:
		s.define(cmd)
	case *syntax.DeclClause:
		for _, a := range cmd.Args {
			s.assign(a)
		}
	case *syntax.TimeClause:
		if cmd.Stmt != nil {
			s.stmt(cmd.Stmt)
		}
	case *syntax.CoprocClause:
		s.stmt(cmd.Stmt)
	case *syntax.TestDecl:
		s.stmt(cmd.Body)
	}
	if _, ok := stmt.Cmd.(*syntax.CallExpr); !ok {
		s.documents(stmt, nil)
	}
}

// binary runs two statements that are joined. What goes into a pipe is not shown.
func (s *script) binary(cmd *syntax.BinaryCmd) {
	switch cmd.Op {
	case syntax.Pipe, syntax.PipeAll:
		s.apart++
		s.stmt(cmd.X)
		s.apart--
		if _, ok := cmd.Y.Cmd.(*syntax.CallExpr); ok {
			s.piped = cmd.X
		}
		s.stmt(cmd.Y)
		s.piped = nil
	default:
		s.stmt(cmd.X)
		s.perhaps++
		s.stmt(cmd.Y)
		s.perhaps--
	}
}

// loop runs the body of a loop once, its variable with all its values.
func (s *script) loop(cmd *syntax.ForClause) {
	if iter, ok := cmd.Loop.(*syntax.WordIter); ok {
		v := variable{}
		for _, item := range iter.Items {
			for _, w := range s.fields(item) {
				v.value = partial.Either(v.value, w.value)
			}
		}
		if !v.value.Truncated {
			s.vars[iter.Name.Value] = v
		}
	}
	s.maybe(cmd.Do)
}

// define runs the body of a function once, its arguments unknown, and keeps it
// for its calls.
func (s *script) define(f *syntax.FuncDecl) {
	if f.Body == nil {
		return
	}
	if f.Name != nil {
		s.funcs[f.Name.Value] = f
	}
	s.body(f, nil)
}

// body runs the body of a function.
func (s *script) body(f *syntax.FuncDecl, args []word) {
	outer := s.args
	s.args = args
	s.apart++
	s.calls++
	s.stmt(f.Body)
	s.calls--
	s.apart--
	s.args = outer
}

// call runs a simple command: assignments alone, a function, or a command.
func (s *script) call(stmt *syntax.Stmt, cmd *syntax.CallExpr) {
	piped := s.piped
	s.piped = nil // what stands in its words is not at the end of the pipe
	for _, a := range cmd.Assigns {
		s.assign(a)
	}
	var words []word
	for _, w := range cmd.Args {
		words = append(words, s.fields(w)...)
	}
	if len(words) == 0 {
		return
	}
	name, _ := words[0].known()
	if f := s.funcs[name]; f != nil && s.calls < maxCalls {
		args := words[1:]
		if args == nil {
			args = []word{}
		}
		s.body(f, args)
		return
	}
	inv := &invocation{words: words, shown: s.apart == 0 && !isRedirected(stmt), input: s.input(stmt), piped: piped}
	if s.goesOn(words) {
		inv = s.join(inv)
	}
	s.before = previous{inv, words[len(words)-1].end}
	doubt := 0
	if slices.ContainsFunc(words, func(w word) bool { return w.doubtful }) {
		doubt = 1
	}
	s.perhaps += doubt
	s.run(inv, 0)
	s.perhaps -= doubt
	s.documents(stmt, inv)
}

// isRedirected reports whether the output of a statement goes into a file.
func isRedirected(stmt *syntax.Stmt) bool {
	for _, r := range stmt.Redirs {
		switch r.Op {
		case syntax.RdrOut, syntax.AppOut, syntax.RdrClob, syntax.RdrAll, syntax.AppAll:
			return true
		}
	}
	return false
}

// input returns the here-document or the text that is the standard input of a
// statement, nil if it has none.
func (s *script) input(stmt *syntax.Stmt) *word {
	for _, r := range stmt.Redirs {
		switch {
		case r.Hdoc != nil:
			w := s.document(r)
			return &w
		case r.Op == syntax.WordHdoc && r.Word != nil:
			w := s.word(r.Word)
			return &w
		}
	}
	return nil
}

// document returns the text of a here-document.
func (s *script) document(r *syntax.Redirect) word {
	start, end := s.offset(r.Hdoc.Pos()), s.bodyEnd(r)
	s.limit = end
	defer func() { s.limit = 0 }()
	w := word{start: start, end: end, value: one(nil)}
	if r.Op == syntax.DashHdoc {
		w.value = one(s.unindented(start, end))
		return w
	}
	if isQuoted(r.Word) {
		w.value = one(s.literal(start, end))
		return w
	}
	for _, part := range r.Hdoc.Parts {
		w.value = partial.Concat(w.value, s.part(part, true))
	}
	return w
}

// bodyEnd returns the offset of the line that ends a here-document.
func (s *script) bodyEnd(r *syntax.Redirect) int {
	start, end := s.offset(r.Hdoc.Pos()), s.offset(r.Hdoc.End())
	body := bytes.TrimRight(s.text.Data[start:max(start, end)], "\n")
	last := bytes.LastIndexByte(body, '\n') + 1
	stop, _ := s.word(r.Word).known()
	if stop != "" && string(bytes.TrimLeft(body[last:], "\t")) == stop {
		return start + last
	}
	return end
}

// isQuoted reports whether some of a word stands in quotes.
func isQuoted(w *syntax.Word) bool {
	for _, part := range w.Parts {
		switch part := part.(type) {
		case *syntax.SglQuoted, *syntax.DblQuoted:
			return true
		case *syntax.Lit:
			if bytes.ContainsRune([]byte(part.Value), '\\') {
				return true
			}
		}
	}
	return false
}

// unindented returns a here-document without the tabs at the beginning of its
// lines.
func (s *script) unindented(start, end int) partial.Text {
	var out partial.Text
	for start < end {
		for start < end && s.text.Data[start] == '\t' {
			start++
		}
		next := end
		if n := bytes.IndexByte(s.text.Data[start:end], '\n'); n >= 0 {
			next = start + n + 1
		}
		if start < next {
			out = append(out, s.literal(start, next)...)
		}
		start = next
	}
	return out
}

// substitution runs a command substitution and returns what is known of its
// output.
func (s *script) substitution(sub *syntax.CmdSubst, start, end int) partial.String {
	s.apart++
	s.stmts(sub.Stmts)
	s.apart--
	if len(sub.Stmts) == 0 {
		return hole(partial.Unknown, "", start, end)
	}
	return withoutNewline(s.output(sub.Stmts[len(sub.Stmts)-1], start, end))
}
