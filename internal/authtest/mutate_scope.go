package authtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode"
)

// variable is an expression of text that is in scope somewhere.
type variable struct {
	code       string // with a conversion to string where it needs one
	name       string // the last name in it
	assignable bool
}

// finder makes sites in one file.
type finder struct {
	*Mutator
	*source
	fn *ast.FuncDecl
}

// variables returns the texts in scope at a position: variables, and fields of
// variables and of what they hold.
func (f *finder) variables(pos token.Pos) []variable {
	scope := f.pkg.Types.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	var list []variable
	for s := scope; s != nil && s != f.pkg.Types.Scope() && s != types.Universe; s = s.Parent() {
		for _, name := range s.Names() {
			v, ok := s.Lookup(name).(*types.Var)
			if !ok || name == "_" {
				continue
			}
			if _, visible := scope.LookupParent(name, pos); visible == v {
				list = f.addTexts(list, name, name, v.Type(), 0)
			}
		}
	}
	return list
}

// addTexts adds an expression if it is text, and its fields that are.
func (f *finder) addTexts(list []variable, code, name string, t types.Type, depth int) []variable {
	const deepest, most = 2, 60
	if len(list) >= most {
		return list
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		if b.Kind() != types.String {
			return list
		}
		plain := types.Identical(types.Unalias(t), types.Typ[types.String])
		if !plain {
			code = "string(" + code + ")"
		}
		return append(list, variable{code, name, plain && depth > 0})
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth == deepest {
		return list
	}
	for i := range st.NumFields() {
		field := st.Field(i)
		if field.Name() != "_" && (field.Exported() || field.Pkg() == f.pkg.Types) {
			list = f.addTexts(list, code+"."+field.Name(), field.Name(), field.Type(), depth+1)
		}
	}
	return list
}

// nameWords returns the lower-case words of an identifier or a key.
func nameWords(name string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && (i > 0 && unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return words
}

// credentialKind is what a name speaks of. It is a judgement of its own, and
// coarser than package shape's, which is under test here.
type credentialKind int

const (
	noCredential credentialKind = iota
	passwordLike
	keyLike
)

// kindOf returns what a name speaks of.
func kindOf(name string) credentialKind {
	words := nameWords(name)
	if len(words) == 0 || isAction(words[0]) {
		return noCredential
	}
	before := ""
	if len(words) > 1 {
		before = words[len(words)-2]
	}
	switch words[len(words)-1] {
	case "password", "passwd", "passphrase", "pwd":
		return passwordLike
	case "secret", "apikey", "accesskey", "secretkey":
		return keyLike
	case "token":
		if !slices.Contains([]string{"next", "page", "continue", "sync", "cancel", "start", "end", "continuation", "parse", "peek", "csrf", "xsrf", "form"}, before) {
			return keyLike
		}
	case "key":
		if slices.Contains([]string{"api", "access", "auth", "secret", "account", "application", "routing", "service", "integration"}, before) {
			return keyLike
		}
	}
	return noCredential
}

// isAction reports whether a word says what is done with a credential: then
// the name is not that of the credential.
func isAction(word string) bool {
	return slices.Contains(strings.Fields("mask redact hide hash verify validate check compare generate create new parse refresh invalidate revoke reset delete remove"), word)
}

// isUserName reports whether a name speaks of who logs in.
func isUserName(name string) bool {
	words := nameWords(name)
	return len(words) > 0 && slices.Contains([]string{"user", "username", "login", "account", "uname"}, words[len(words)-1])
}

// pick returns the code of a variable that satisfies ok, of any other one if
// none does, or empty text if there is no variable.
func (f *finder) pick(list []variable, ok func(variable) bool) (code string, fits bool) {
	var fitting []variable
	for _, v := range list {
		if ok(v) {
			fitting = append(fitting, v)
		}
	}
	if fits = len(fitting) > 0; fits {
		list = fitting
	}
	if len(list) == 0 {
		return "", false
	}
	return list[f.rand.IntN(len(list))].code, fits
}
