package authpolicy

import (
	"go/ast"
	"regexp/syntax"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// pattern observes a regular expression that a password must match: its
// shortest match is the minimum.
func (c *collector) pattern(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	re := argOf(d, call, "value")
	target := argOf(d, call, "target")
	if re == nil || isLogin(function(stack)) || isGenerator(function(stack)) {
		return
	}
	name := ""
	switch {
	case target != nil:
		name = goexpr.Name(target)
		if !isPasswordName(name) && (!checksPasswords(function(stack)) || isOtherSubject(name) || isOtherText(name)) {
			return
		}
	default:
		owner := ""
		if name, owner = c.sibling(call, stack); !isPasswordName(name) || isLoginType(owner) {
			return
		}
	}
	c.minimumOf(re, call, stack, "pattern for "+name)
}

// namedPattern observes a regular expression that is named as the rule for
// passwords, wherever it is applied.
func (c *collector) namedPattern(name, use string, value ast.Expr, stack []ast.Node) {
	if !shape.HasWord(name, "regex", "regexp", "pattern", "re", "rule", "format", "rx") ||
		!shape.HasWord(name, "password", "passwd", "pwd", "passphrase") || isOtherText(name) || isLogin(c.context(stack)) {
		return
	}
	c.minimumOf(value, value, stack, use)
}

// minimumOf observes the shortest match of a pattern that speaks of a whole text.
func (c *collector) minimumOf(re ast.Expr, at ast.Node, stack []ast.Node, use string) {
	literal, text, ok := c.patternText(re, 0)
	if !ok {
		return
	}
	p, ok := readPattern(text)
	if !ok || p.least <= 1 || p.least > maxMinimum {
		return
	}
	obs := c.add(practice.MinLength, p.least, at, literal, stack, use, "pattern")
	if p.least < longEnough && p.classes.count() < allClasses && c.classes.seen.count() < allClasses {
		classes := *obs
		classes.Kind, classes.Value = practice.MinClasses, max(p.classes.count(), c.classes.seen.count())
		c.list = append(c.list, &classes)
	}
}

// patternText returns the constant text of a pattern and its literal, also of a
// compiled one that a variable or a call holds.
func (c *collector) patternText(e ast.Expr, depth int) (ast.Expr, string, bool) {
	if depth > 4 {
		return nil, "", false
	}
	if text, ok := c.text(e); ok {
		return e, text, true
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if len(x.Args) == 1 || len(x.Args) == 2 && c.Callee(x) != nil {
			return c.patternText(x.Args[0], depth+1)
		}
	case *ast.Ident:
		if init := c.inits[c.TypesInfo.Uses[x]]; init != nil {
			return c.patternText(init, depth+1)
		}
	}
	return nil, "", false
}

// pattern is what a regular expression asks for.
type pattern struct {
	least   int // characters
	classes classSet
}

// readPattern reads a pattern that speaks of the whole text. Lookaheads, which
// some libraries have, stand before it and ask for classes or for a length.
func readPattern(text string) (pattern, bool) {
	var p pattern
	rest, aheads := cutLookaheads(text)
	for _, ahead := range aheads {
		re, err := syntax.Parse(ahead, syntax.Perl)
		if err != nil {
			return p, false
		}
		p.classes |= demanded(re.Simplify(), 0)
		if whole(re.Simplify()) {
			p.least = max(p.least, minLength(re, 0))
		}
	}
	re, err := syntax.Parse(rest, syntax.Perl)
	if err != nil {
		return p, false
	}
	p.least = max(p.least, minLength(re, 0))
	p.classes |= demanded(re, 0)
	return p, whole(re) && !hasWords(re, 0)
}

// cutLookaheads returns a pattern without its positive lookaheads, and these;
// negative ones are left out.
func cutLookaheads(text string) (string, []string) {
	var rest strings.Builder
	var aheads []string
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			rest.WriteString(text[i : i+2])
			i++
			continue
		}
		if !strings.HasPrefix(text[i:], "(?=") && !strings.HasPrefix(text[i:], "(?!") {
			rest.WriteByte(text[i])
			continue
		}
		end := closing(text, i)
		if end < 0 {
			return text, nil
		}
		if text[i+2] == '=' {
			aheads = append(aheads, text[i+3:end])
		}
		i = end
	}
	return rest.String(), aheads
}

// closing returns the place of the bracket that closes the one at i, -1 if none does.
func closing(text string, i int) int {
	depth, set := 0, false
	for ; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			set = true
		case ']':
			set = false
		case '(':
			if !set {
				depth++
			}
		case ')':
			if !set {
				if depth--; depth == 0 {
					return i
				}
			}
		}
	}
	return -1
}

// maxPattern is how deep a pattern is read.
const maxPattern = 100

// minLength returns the length of the shortest match.
func minLength(re *syntax.Regexp, depth int) int {
	if depth > maxPattern {
		return 0
	}
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpPlus:
		return minLength(re.Sub[0], depth+1)
	case syntax.OpRepeat:
		return re.Min * minLength(re.Sub[0], depth+1)
	case syntax.OpConcat:
		n := 0
		for _, sub := range re.Sub {
			n += minLength(sub, depth+1)
		}
		return n
	case syntax.OpAlternate:
		n := -1
		for _, sub := range re.Sub {
			if m := minLength(sub, depth+1); n < 0 || m < n {
				n = m
			}
		}
		return max(n, 0)
	}
	return 0
}

// whole reports whether a pattern speaks of the whole text: it begins at its
// start, or takes any characters.
func whole(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText, syntax.OpBeginLine, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpConcat, syntax.OpCapture, syntax.OpRepeat, syntax.OpPlus, syntax.OpStar:
		return len(re.Sub) > 0 && whole(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !whole(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// hasWords reports whether a pattern has literal words: it looks for a password
// in a text, and is no rule for one.
func hasWords(re *syntax.Regexp, depth int) bool {
	if depth > maxPattern {
		return true
	}
	if re.Op == syntax.OpLiteral && len(re.Rune) > 2 {
		return true
	}
	for _, sub := range re.Sub {
		if hasWords(sub, depth+1) {
			return true
		}
	}
	return false
}

// demanded returns the classes of characters that every match has: a set of one
// class, or a literal.
func demanded(re *syntax.Regexp, depth int) classSet {
	if depth > maxPattern {
		return 0
	}
	switch re.Op {
	case syntax.OpCharClass:
		if one := classOfRanges(re.Rune); one.count() == 1 {
			return one
		}
	case syntax.OpCapture, syntax.OpPlus:
		return demanded(re.Sub[0], depth+1)
	case syntax.OpRepeat:
		if re.Min > 0 {
			return demanded(re.Sub[0], depth+1)
		}
	case syntax.OpConcat:
		var all classSet
		for _, sub := range re.Sub {
			all |= demanded(sub, depth+1)
		}
		return all
	}
	return 0
}

// classOfRanges returns the classes that the ranges of a set hold.
func classOfRanges(ranges []rune) classSet {
	var set classSet
	for i := 0; i+1 < len(ranges); i += 2 {
		low, high := ranges[i], min(ranges[i+1], unicode.MaxASCII)
		for r := low; r <= high; r++ {
			set |= classOfRune(r)
		}
	}
	return set
}
