package remedy

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// variable returns the name of the environment variable for a text: what the
// source calls it, with what it belongs to where it is only called a password.
// Texts that differ have names that differ.
func (s *site) variable(text string) string {
	words := s.words()
	name := strings.ToUpper(strings.Join(words, "_"))
	for i := 2; ; i++ {
		if other, used := s.names[name]; !used || other == text {
			return name
		}
		name = fmt.Sprintf("%s_%d", strings.ToUpper(strings.Join(words, "_")), i)
	}
}

// words returns the words of the name of the literal's variable.
func (s *site) words() []string {
	words := slices.Compact(plainWords(s.called()))
	if s.isSigningKey() && !slices.ContainsFunc(words, isOwnWord) {
		return []string{"jwt", "signing", "key"} // who signs and who checks have the same one
	}
	if len(words) > 1 || len(words) == 1 && shape.OfName(words[0]) == shape.None {
		return words
	}
	if len(words) == 0 {
		words = plainWords(shape.Words(strings.TrimPrefix(s.finding.Evidence["kind"], "Basic ")))
	}
	if len(words) == 0 {
		words = []string{"credential"}
	}
	owner := s.owner()
	if len(owner) > 0 && owner[len(owner)-1] == words[0] {
		owner = owner[:len(owner)-1]
	}
	return append(owner, words...)
}

// isSigningKey reports whether the literal is the key of tokens.
func (s *site) isSigningKey() bool {
	const rule = "jwt-weak-key"
	return s.finding.Rule == rule || slices.Contains(s.finding.Absorbed, rule)
}

// isOwnWord reports whether a word says more of a key than that it is one.
func isOwnWord(word string) bool {
	switch word {
	case "signing", "sign", "key", "secret", "jwt", "token":
		return false
	}
	return true
}

// called returns the words of what the source calls the literal: the variable,
// the field or the entry that it is the value of, also through conversions.
func (s *site) called() []string {
	for i := range s.path {
		switch n := s.parent(i).(type) {
		case *ast.ParenExpr, *ast.BinaryExpr:
			continue
		case *ast.CallExpr:
			if s.Pass.TypesInfo.Types[n.Fun].IsType() {
				continue
			}
		case *ast.ValueSpec:
			return shape.Words(n.Names[0].Name)
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 {
				return s.namesOf(n.Lhs[0])
			}
		case *ast.KeyValueExpr:
			id, ok := n.Key.(*ast.Ident)
			if !ok {
				return nil
			}
			words := shape.Words(id.Name)
			if t, ok := s.Pass.TypesInfo.TypeOf(s.literalAround()).(*types.Named); ok && len(words) == 1 {
				return append(withoutRole(shape.Words(t.Obj().Name())), words...)
			}
			return words
		}
		return nil
	}
	return nil
}

// literalAround returns the composite literal around the place.
func (s *site) literalAround() ast.Expr {
	for _, n := range s.path {
		if lit, ok := n.(*ast.CompositeLit); ok {
			return lit
		}
	}
	return nil
}

// namesOf returns the words of what is assigned to.
func (s *site) namesOf(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.Ident:
		return shape.Words(e.Name)
	case *ast.SelectorExpr:
		if words := shape.Words(e.Sel.Name); len(words) > 1 {
			return words
		}
		return append(s.namesOf(e.X), shape.Words(e.Sel.Name)...)
	}
	return nil
}

// owner returns the words for what a credential belongs to: its provider, or the
// package.
func (s *site) owner() []string {
	if provider := s.finding.Evidence["provider"]; provider != "" {
		return plainWords(shape.Words(provider))
	}
	name := s.Pass.Pkg.Name()
	if name == "main" {
		parts := strings.Split(strings.TrimSuffix(s.Pass.Pkg.Path(), "/main"), "/")
		if name = parts[len(parts)-1]; name == "main" {
			name = "app"
		}
	}
	return plainWords(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' }))
}

// withoutRole returns the words of a type's name without those that say that it
// holds what a function takes.
func withoutRole(words []string) []string {
	for n := len(words); n > 1; n = len(words) {
		switch words[n-1] {
		case "args", "arg", "opts", "options", "option", "params", "param", "parameters", "config", "conf", "cfg", "settings", "input", "request", "req", "spec", "info", "struct":
			words = words[:n-1]
		default:
			return words
		}
	}
	return words
}

// plainWords returns the words as far as they can stand in the name of a
// variable of the environment.
func plainWords(words []string) []string {
	var out []string
	for _, w := range words {
		w = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, strings.ToLower(w))
		switch {
		case w == "" || len(out) == 0 && w[0] <= '9':
		case w[0] <= '9':
			out[len(out)-1] += w // OAUTH2_SECRET
		default:
			out = append(out, w)
		}
	}
	return out
}
