package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math/bits"
	"regexp/syntax"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// longEnough is the length from which on no classes are asked for, allClasses
// how many there are.
const (
	longEnough = 15
	allClasses = 4
)

// classSet is a set of classes of characters.
type classSet uint8

const (
	lower classSet = 1 << iota
	upper
	digit
	symbol
)

func (s classSet) count() int { return bits.OnesCount8(uint8(s)) }

// classes are the classes of characters that the package asks passwords for,
// wherever it does.
type classes struct {
	seen classSet
	// waived is set if the strength is estimated, which is better.
	waived bool
}

// classOfRune returns the class of an ASCII character.
func classOfRune(r rune) classSet {
	switch {
	case r >= 'a' && r <= 'z':
		return lower
	case r >= 'A' && r <= 'Z':
		return upper
	case r >= '0' && r <= '9':
		return digit
	case r > ' ' && r < 0x7f:
		return symbol
	}
	return 0
}

// readClasses learns which classes the functions ask for that are about
// passwords.
func (c *collector) readClasses() {
	for _, file := range c.Files {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if ok && fd.Body != nil && c.isAboutPasswords(fd) {
				ast.Inspect(fd.Body, c.readClass)
			}
		}
	}
}

// isAboutPasswords reports whether a function by its name, its parameters or its
// variables deals with passwords that are chosen.
func (c *collector) isAboutPasswords(fd *ast.FuncDecl) bool {
	if checksPasswords(fd.Name.Name) || shape.HasWord(fd.Name.Name, "password", "uppercase", "lowercase", "digit", "upper", "special", "symbol") {
		return true
	}
	found := false
	ast.Inspect(fd, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && isPasswordName(id.Name) {
			found = true
		}
		return !found
	})
	return found
}

// readFunction learns from the use of a function.
func (c *collector) readFunction(fn *types.Func) {
	for _, d := range c.Directives(fn) {
		if d.Verb != "policy" || len(d.Words) == 0 {
			continue
		}
		switch d.Words[0] {
		case "class":
			name, _ := d.Arg("name")
			c.classes.seen |= classNamed(name.Text)
		case "min-entropy", "score":
			c.classes.waived = true
		}
	}
}

// readClass learns from one node: a function that asks for a class, a comparison
// with its first letter, a pattern or a list of its characters.
func (c *collector) readClass(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.GEQ || n.Op == token.LEQ {
			c.classes.seen |= c.bound(n.X) | c.bound(n.Y)
		}
	case *ast.BasicLit:
		if text, ok := c.text(n); ok {
			c.classes.seen |= classesOfText(text)
		}
	case *ast.Ident:
		if fn, ok := c.TypesInfo.Uses[n].(*types.Func); ok {
			c.readFunction(fn) // called, or given to what calls it
		} else if init, ok := c.inits[c.TypesInfo.Uses[n]].(*ast.BasicLit); ok {
			c.readClass(init)
		} else if _, text, ok := c.patternText(n, 1); ok {
			c.classes.seen |= classesOfText(text)
		}
	}
	return true
}

// bound returns the class that begins with a character.
func (c *collector) bound(e ast.Expr) classSet {
	tv := c.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0
	}
	n, _ := constant.Int64Val(tv.Value)
	switch n {
	case 'a':
		return lower
	case 'A':
		return upper
	case '0':
		return digit
	}
	return 0
}

func classNamed(name string) classSet {
	switch name {
	case "lower":
		return lower
	case "upper":
		return upper
	case "digit":
		return digit
	case "symbol":
		return symbol
	}
	return 0
}

// classesOfText returns the class that a pattern asks for, or whose characters a
// list has.
func classesOfText(text string) classSet {
	if len(text) < 3 || len(text) > 120 {
		return 0
	}
	rest, aheads := cutLookaheads(text)
	var set classSet
	for _, one := range append(aheads, rest) {
		if re, err := syntax.Parse(one, syntax.Perl); err == nil {
			set |= demanded(re, 0)
		}
	}
	if set != 0 {
		return set
	}
	for i, r := range text {
		if strings.ContainsRune(text[:i], r) {
			return 0 // a sentence, no list of characters
		}
		set |= classOfRune(r)
	}
	if set.count() == 1 && (len(text) >= 10 || set == symbol) {
		return set
	}
	return 0
}

// classesBeside observes the classes that a policy with a minimum length asks
// for, unless the length or an estimate of the strength makes up for them.
func (c *collector) classesBeside(length *practice.Policy) {
	if length.Value >= longEnough || c.classes.waived || c.classes.seen.count() >= allClasses {
		return
	}
	obs := *length
	obs.Kind, obs.Value = practice.MinClasses, c.classes.seen.count()
	obs.Use = "policy beside the " + obs.Use
	c.list = append(c.list, &obs)
}
