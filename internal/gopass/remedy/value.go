package remedy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// redactURL returns the edits that show each URL in the place without its password.
func (s *site) redactURL() []finding.Edit {
	var list []finding.Edit
	s.within(func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && len(call.Args) == 0 && s.isURLString(sel) {
			list = append(list, s.replace(sel.Sel.Pos(), sel.Sel.End(), "Redacted"))
		}
		for i, arg := range call.Args {
			if start, end, ok := s.urlValue(arg); ok && s.takesAnything(call, i) {
				list = append(list, s.replace(arg.Pos(), start, ""), s.replace(end, arg.End(), ".Redacted()"))
				continue
			}
			if !isURL(s.Pass.TypesInfo.TypeOf(arg)) || !isOperand(arg) {
				continue
			}
			if s.takesAnything(call, i) {
				list = append(list, s.insert(arg.End(), ".Redacted()"))
			} else if id, name := s.asTaker(call, i); id != nil {
				list = append(list, s.replace(id.Pos(), id.End(), name), s.insert(arg.End(), ".Redacted()"))
			}
		}
	})
	return list
}

// isURLString reports whether a method is String of a pointer to a URL.
func (s *site) isURLString(sel *ast.SelectorExpr) bool {
	fn, ok := s.object(sel).(*types.Func)
	return ok && fn.FullName() == "(*net/url.URL).String"
}

// isURL reports whether a type is a pointer to a URL.
func isURL(t types.Type) bool {
	p, ok := t.(*types.Pointer)
	return ok && types.TypeString(p.Elem(), nil) == "net/url.URL"
}

// urlValue returns the range of the expression whose method Redacted tells the
// URL that an argument is the value of: what a star stands before, or what has an
// address.
func (s *site) urlValue(arg ast.Expr) (start, end token.Pos, ok bool) {
	t := s.Pass.TypesInfo.TypeOf(arg)
	if t == nil || types.TypeString(t, nil) != "net/url.URL" {
		return 0, 0, false
	}
	switch e := ast.Unparen(arg).(type) {
	case *ast.StarExpr:
		return e.X.Pos(), e.X.End(), isOperand(e.X)
	case *ast.Ident:
		_, isVar := s.object(e).(*types.Var)
		return e.Pos(), e.End(), isVar
	case *ast.SelectorExpr:
		tv := s.Pass.TypesInfo.Types[e]
		return e.Pos(), e.End(), tv.Addressable()
	}
	return 0, 0, false
}

// isOperand reports whether a selector can be written behind an expression.
func isOperand(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.CallExpr, *ast.ParenExpr, *ast.IndexExpr:
		return true
	}
	return false
}

// takesAnything reports whether an argument of a call is one of any type.
func (s *site) takesAnything(call *ast.CallExpr, i int) bool {
	signature, ok := s.Pass.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok || call.Ellipsis.IsValid() {
		return false
	}
	params := signature.Params()
	last := params.Len() - 1
	t := params.At(min(i, last)).Type()
	if slice, ok := t.(*types.Slice); ok && signature.Variadic() && i >= last {
		t = slice.Elem()
	}
	any, ok := t.Underlying().(*types.Interface)
	return ok && any.Empty()
}

// correctScheme returns the edit of the beginning of a header's value.
func (s *site) correctScheme() []finding.Edit {
	list := s.literals(s.remedy.From)
	if s.remedy.From == "" || len(list) != 1 {
		return nil
	}
	start := list[0].Pos() + 1
	return []finding.Edit{s.replace(start, start+token.Pos(len(s.remedy.From)), s.remedy.To)}
}

// useHTTPS returns the edit that makes an http URL an https URL. One with a port
// goes to a server that may not know the other protocol.
func (s *site) useHTTPS() []finding.Edit {
	for _, scheme := range []string{"http", "ws"} {
		list := s.literals(scheme + "://")
		if len(list) != 1 {
			continue
		}
		authority, _, _ := strings.Cut(list[0].Value[len(scheme)+4:], "/")
		if strings.Contains(authority, ":") {
			return nil
		}
		return []finding.Edit{s.insert(list[0].Pos()+token.Pos(1+len(scheme)), "s")}
	}
	return nil
}

// raiseMinimum returns the edit of the number of a policy: one that stands for
// itself, or in a tag or a pattern.
func (s *site) raiseMinimum() []finding.Edit {
	from, err := strconv.Atoi(s.remedy.From)
	if err != nil {
		return nil
	}
	to, err := strconv.Atoi(s.remedy.To)
	if err != nil {
		return nil
	}
	var list []finding.Edit
	s.within(func(n ast.Node) {
		lit, ok := n.(*ast.BasicLit)
		if !ok {
			return
		}
		switch lit.Kind {
		case token.INT:
			// "less than 6" and "at most 5" ask for the same.
			if n, err := strconv.Atoi(lit.Value); err == nil && (n == from || n == from-1) {
				list = append(list, s.replace(lit.Pos(), lit.End(), strconv.Itoa(to+n-from)))
			}
		case token.STRING:
			if start, end, number, ok := minimumIn(lit.Value, from, to); ok {
				list = append(list, s.replace(lit.Pos()+token.Pos(start), lit.Pos()+token.Pos(end), strconv.Itoa(number)))
			}
		}
	})
	if len(list) != 1 || s.isNamedAfter(from) {
		return nil
	}
	return append(list, s.messages(from, to)...)
}

// isNamedAfter reports whether what holds the place has the number in its name:
// another number would belie it.
func (s *site) isNamedAfter(number int) bool {
	word := strconv.Itoa(number)
	for _, n := range s.path {
		var names []*ast.Ident
		switch n := n.(type) {
		case *ast.FuncDecl:
			names = []*ast.Ident{n.Name}
		case *ast.ValueSpec:
			names = n.Names
		case *ast.TypeSpec:
			names = []*ast.Ident{n.Name}
		}
		if slices.ContainsFunc(names, func(id *ast.Ident) bool { return slices.Contains(shape.Words(id.Name), word) }) {
			return true
		}
	}
	return false
}

// messages returns the edits of what is told where a branch finds a password too
// short, if the only number that it tells is the least length.
func (s *site) messages(from, to int) []finding.Edit {
	var branch *ast.IfStmt
	for _, n := range s.path {
		if stmt, ok := n.(*ast.IfStmt); ok && stmt.Cond.Pos() <= s.pos && s.end <= stmt.Cond.End() {
			branch = stmt
			break
		}
	}
	if branch == nil {
		return nil
	}
	var list []finding.Edit
	ast.Inspect(branch.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if start, end, ok := onlyNumber(lit.Value); ok && lit.Value[start:end] == strconv.Itoa(from) {
			list = append(list, s.replace(lit.Pos()+token.Pos(start), lit.Pos()+token.Pos(end), strconv.Itoa(to)))
		}
		return true
	})
	return list
}

// onlyNumber returns the range of the only number of a text, which is a word of
// its own.
func onlyNumber(text string) (start, end int, ok bool) {
	const digits = "0123456789"
	start = strings.IndexAny(text, digits)
	if start <= 0 {
		return 0, 0, false
	}
	for end = start; end < len(text) && text[end] >= '0' && text[end] <= '9'; end++ {
	}
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	isPart := func(r rune) bool {
		return unicode.IsLetter(r) && r < unicode.MaxLatin1 || strings.ContainsRune("_%.-", r)
	}
	stop := after == '.' && (end+1 >= len(text) || text[end+1] < '0' || text[end+1] > '9')
	return start, end, !strings.ContainsAny(text[end:], digits) && !isPart(before) && (stop || !isPart(after))
}

// isMinimum reports whether what stands before a number, in a validator's tag or
// in a pattern, makes it a least length, and by how much that is more.
func isMinimum(word string) (more int, ok bool) {
	switch word {
	case "gt=":
		return 1, true
	case "min=", "gte=", "minlength=", "minlength:", "min_len=", "minlen=", "min:", `min:"`, `minlength:"`, "{",
		"length(", "runelength(", "stringlength(", "minstringlength(", "minsize(", "range(", "length[":
		return 0, true
	}
	return 0, false
}

// minimumIn returns the range of the only number in a literal that is the least
// length from, and the number to put there. A literal with a greatest length
// below the new least one has none.
func minimumIn(text string, from, to int) (start, end, number int, ok bool) {
	for i := 0; i < len(text); {
		if text[i] < '0' || text[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		n, err := strconv.Atoi(text[i:j])
		word := wordBefore(text[:i])
		less, known := isMinimum(word)
		switch {
		case err != nil:
			return 0, 0, 0, false
		case known && n+less == from && !ok:
			start, end, number, ok = i, j, to-less, true
		case known && n+less == from, n < to && isUpper(word):
			return 0, 0, 0, false // which one, or nothing would be left
		}
		i = j
	}
	return start, end, number, ok
}

// isUpper reports whether what stands before a number makes it a greatest length.
func isUpper(word string) bool {
	switch word {
	case "max=", "lte=", "lt=", "maxlength=", "max:", "|", ",", "{,":
		return true
	}
	return false
}

// wordBefore returns the word that a text ends in with the signs behind it, in
// lower case.
func wordBefore(text string) string {
	end := len(strings.TrimRight(text, ` =:([{|,"`))
	start := end
	for start > 0 && (text[start-1] == '_' || text[start-1]|0x20 >= 'a' && text[start-1]|0x20 <= 'z') {
		start--
	}
	word := strings.ToLower(strings.ReplaceAll(text[start:], " ", ""))
	if rest := strings.TrimLeft(word, "abcdefghijklmnopqrstuvwxyz_"); rest == "{" || rest == "," || rest == "|" {
		return rest
	}
	return word
}
