package command

import (
	"encoding/base64"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/partial"
)

// output returns what is known of the output of a statement that stands from
// start to end: the text of echo and printf, the Base64 of one, the file that cat
// shows, the field that jq takes out.
func (s *script) output(stmt *syntax.Stmt, start, end int) partial.String {
	var stages []*syntax.CallExpr
	for {
		if pipe, ok := stmt.Cmd.(*syntax.BinaryCmd); ok && pipe.Op == syntax.Pipe {
			if last, ok := pipe.Y.Cmd.(*syntax.CallExpr); ok {
				stages = append([]*syntax.CallExpr{last}, stages...)
				stmt = pipe.X
				continue
			}
			return hole(partial.Unknown, "", start, end)
		}
		break
	}
	value := s.produced(stmt, start, end)
	for _, call := range stages {
		words := s.wordsOf(call)
		if len(words) == 0 {
			return hole(partial.Unknown, "", start, end)
		}
		value = filtered(words, value, start, end)
	}
	return value
}

// wordsOf returns the words of a command.
func (s *script) wordsOf(call *syntax.CallExpr) []word {
	var words []word
	for _, w := range call.Args {
		words = append(words, s.fields(w)...)
	}
	return words
}

// produced returns what is known of the output of the first statement of a pipe.
func (s *script) produced(stmt *syntax.Stmt, start, end int) partial.String {
	var words []word
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		words = s.wordsOf(cmd)
	case *syntax.Subshell:
		return s.sequence(cmd.Stmts, start, end)
	case *syntax.Block:
		return s.sequence(cmd.Stmts, start, end)
	}
	if len(words) == 0 {
		return hole(partial.Unknown, "", start, end)
	}
	name, _ := words[0].known()
	switch path.Base(name) {
	case "echo":
		return printed(words[1:])
	case "printf":
		if format, _ := wordAt(words, 1); len(words) > 2 && (format == "%s" || format == `%s\n`) {
			return printed(words[1:])
		}
		return one(formatted(words[1:]))
	case "yes":
		return printed(words[1:])
	case "cat", "tee":
		if input := s.input(stmt); input != nil && len(words) == 1 {
			return input.value
		}
		fallthrough
	case "head", "tail":
		if file, ok := words[len(words)-1].known(); ok && len(words) > 1 {
			base := path.Base(file)
			return hole(partial.Setting, strings.TrimSuffix(base, path.Ext(base)), start, end)
		}
	case "base64", "jq", "yq", "md5sum", "sha1sum", "sha256sum", "sha512sum":
		return filtered(words, hole(partial.Unknown, "", start, end), start, end)
	case "openssl":
		if sub, _ := wordAt(words, 1); sub == "rand" {
			return hole(partial.Random, "", start, end)
		}
		return hole(partial.Digest, "", start, end)
	case "uuidgen", "pwgen", "mktemp", "date":
		return hole(partial.Random, "", start, end)
	}
	return hole(partial.Unknown, fieldOf(words), start, end)
}

// fieldOf returns the name that an option -field=NAME gives.
func fieldOf(words []word) string {
	for _, w := range words[1:] {
		text, ok := w.known()
		for _, option := range []string{"-field=", "--field=", "--query=", "--name=", "--secret-id="} {
			if value, found := strings.CutPrefix(text, option); ok && found {
				return nameIn(value)
			}
		}
	}
	return ""
}

// isSingleQuoted reports whether a place in a word stands between single quotes,
// where a shell puts nothing in.
func (s *script) isSingleQuoted(w word, at int) bool {
	if w.start < 0 || at > len(s.text.Data) || w.start > at {
		return false
	}
	quote := byte(0)
	for i := w.start; i < at; i++ {
		switch c := s.text.Data[i]; {
		case c == '\\' && quote != '\'':
			i++
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote == '\''
}

// wordAt returns the known text of the n-th word.
func wordAt(words []word, n int) (string, bool) {
	if n >= len(words) {
		return "", false
	}
	return words[n].known()
}

// printed returns what echo and printf write.
func printed(args []word) partial.String {
	out := one(nil)
	first, escapes := true, false
	for _, w := range args {
		if text, ok := w.known(); ok && first && (text == "-n" || text == "-e" || text == "-ne" || text == "-en" || text == "--") {
			escapes = escapes || strings.Contains(text, "e")
			continue
		}
		if text, ok := w.known(); ok && first && len(args) > 1 && (text == "%s" || text == `%s\n`) {
			continue
		}
		if !first {
			out = partial.Concat(out, partial.Literal(" "))
		}
		first = false
		out = partial.Concat(out, w.value)
	}
	if escapes {
		return withEscapes(out)
	}
	return out
}

// filtered returns what is known of the output of a further command of a pipe.
func filtered(words []word, value partial.String, start, end int) partial.String {
	name, _ := words[0].known()
	switch path.Base(name) {
	case "base64":
		if decodes(words) {
			return hole(partial.Unknown, "", start, end)
		}
		return encoded(value, start, end)
	case "tr", "xargs", "tee", "cat":
		return value
	case "jq", "yq":
		for _, w := range words[1:] {
			if text, ok := w.known(); ok && !strings.HasPrefix(text, "-") {
				return hole(partial.Setting, strings.Trim(text[strings.LastIndexByte(text, '.')+1:], `" '[]`), start, end)
			}
		}
	case "md5sum", "sha1sum", "sha256sum", "sha512sum", "shasum", "openssl":
		if sub, _ := wordAt(words, 1); sub == "base64" || sub == "enc" {
			return encoded(value, start, end)
		}
		return hole(partial.Digest, "", start, end)
	case "cut", "awk", "sed", "head", "tail", "grep":
		if len(value.Alternatives) > 0 && len(value.Alternatives[0].Holes()) > 0 && value.Alternatives[0].Holes()[0].Role == partial.Digest {
			return hole(partial.Digest, "", start, end)
		}
	}
	return hole(partial.Unknown, "", start, end)
}

// decodes reports whether base64 is called to decode.
func decodes(words []word) bool {
	for _, w := range words[1:] {
		if text, _ := w.known(); text == "-d" || text == "-D" || text == "--decode" {
			return true
		}
	}
	return false
}

// encoded returns text in Base64: known if the text is, else a hole that is
// named after the credential in it.
func encoded(value partial.String, start, end int) partial.String {
	if text, ok := value.Known(); ok {
		at := value.Alternatives[0]
		from, to := start, end
		if len(at) > 0 {
			from, to = at[0].Start, at[len(at)-1].End
		}
		return one(partial.Text{{Text: base64.StdEncoding.EncodeToString([]byte(text)), Start: from, End: to}})
	}
	for _, t := range value.Alternatives {
		if holes := t.Holes(); len(holes) > 0 {
			last := holes[len(holes)-1]
			return hole(last.Role, last.Name, start, end)
		}
	}
	return hole(partial.Unknown, "", start, end)
}
