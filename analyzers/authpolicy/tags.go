package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"regexp/syntax"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// structType observes validator tags on the password fields of a struct that
// sets passwords; a struct that takes a login is input, not a policy.
func (c *collector) structType(spec *ast.TypeSpec, stack []ast.Node) {
	st, ok := spec.Type.(*ast.StructType)
	if !ok || isLoginType(spec.Name.Name) {
		return
	}
	for _, f := range st.Fields.List {
		if f.Tag == nil || len(f.Names) != 1 || shape.OfName(f.Names[0].Name) != shape.Password {
			continue
		}
		raw, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			continue
		}
		c.tag(spec.Name.Name, f, reflect.StructTag(raw), append(stack, spec))
	}
}

func isLoginType(name string) bool {
	return shape.HasWord(name, "login", "signin", "logon", "authenticate") && !shape.HasWord(name, "register", "create", "signup")
}

func (c *collector) tag(owner string, f *ast.Field, tag reflect.StructTag, stack []ast.Node) {
	tags, err := rules.StructTags()
	if err != nil {
		panic(err) // the embedded models: recovered and recorded by gopass
	}
	name := f.Names[0].Name
	for key, list := range tags {
		text, ok := tag.Lookup(key)
		if !ok {
			continue
		}
		for _, d := range list {
			if len(d.Words) < 2 {
				continue
			}
			if n, ok := tagMinimum(d.Words[1], text); ok && n > 1 {
				c.add(practice.MinLength, n, f.Tag, stack, key+" tag of "+owner+"."+name, owner+"."+name)
			}
		}
	}
}

// tagMinimum returns the least length that a validator's tag asks for.
func tagMinimum(grammar, text string) (int, bool) {
	switch grammar {
	case "validator":
		return validatorMinimum(text)
	case "govalidator", "lengths":
		return lengthMinimum(text)
	}
	return 0, false
}

// validatorMinimum reads rules parted by commas: min=6, gte=6, gt=5, len=6.
func validatorMinimum(text string) (int, bool) {
	for rule := range strings.SplitSeq(text, ",") {
		if rule == "dive" {
			break // the rest speaks of elements
		}
		name, value, ok := strings.Cut(strings.TrimSpace(rule), "=")
		if !ok {
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			continue
		}
		switch name {
		case "min", "gte", "len", "minlength", "minLength", "min_len":
			return n, true
		case "gt":
			return n + 1, true
		}
	}
	return 0, false
}

// lengthMinimum reads length(6|20), minstringlength(6), runelength(6|20),
// MinSize(6), length[6|20].
func lengthMinimum(text string) (int, bool) {
	for rule := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		open := strings.IndexAny(rule, "([")
		if open < 0 {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(rule[:open])) {
		case "length", "runelength", "stringlength", "minstringlength", "minsize", "range":
			first := strings.FieldsFunc(rule[open+1:], func(r rune) bool { return r < '0' || r > '9' })
			if len(first) > 0 {
				if n, err := strconv.Atoi(first[0]); err == nil {
					return n, true
				}
			}
		}
	}
	return 0, false
}

// call observes calls that the models name as policies.
func (c *collector) call(call *ast.CallExpr, stack []ast.Node) {
	fn := c.callee(call)
	if fn == nil {
		return
	}
	for _, d := range directives(fn) {
		if d.Verb != "policy" || len(d.Words) == 0 {
			continue
		}
		switch d.Words[0] {
		case "min-length":
			c.minLengthCall(d, call, stack)
		case "generate":
			if n, ok := c.intArg(d, call, "length"); ok {
				c.add(practice.MinLength, n, call, stack, "length of generated passwords", "generate")
			}
		case "pattern":
			c.pattern(d, call, stack)
		case "tag":
			c.tagCall(d, call, stack)
		}
	}
}

func argOf(d rules.Directive, call *ast.CallExpr, name string) ast.Expr {
	a, ok := d.Arg(name)
	if !ok || a.Quoted {
		return nil
	}
	if a.Text == "recv" {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return sel.X
		}
		return nil
	}
	if a.Index < 0 || a.Index >= len(call.Args) {
		return nil
	}
	return call.Args[a.Index]
}

func (c *collector) intArg(d rules.Directive, call *ast.CallExpr, name string) (int, bool) {
	e := argOf(d, call, name)
	if e == nil {
		return 0, false
	}
	return c.integer(e)
}

// minLengthCall observes a rule object: the field or value that it is given to
// must be named as a password.
func (c *collector) minLengthCall(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	n, ok := c.intArg(d, call, "value")
	if !ok || n <= 1 || isLogin(stack) {
		return
	}
	name := ""
	if target := argOf(d, call, "target"); target != nil {
		name = nameOf(target)
	} else {
		name = siblingName(call, stack)
	}
	if shape.OfName(name) == shape.Password {
		c.add(practice.MinLength, n, call, stack, "length rule of "+name, name)
	}
}

// siblingName returns the name of the first argument of the call that a rule is
// an argument of: validation.Field(&x.Password, validation.Length(6, 20)).
func siblingName(call *ast.CallExpr, stack []ast.Node) string {
	for i := len(stack) - 1; i >= 0; i-- {
		outer, ok := stack[i].(*ast.CallExpr)
		if !ok || outer == call || len(outer.Args) < 2 {
			continue
		}
		arg := ast.Unparen(outer.Args[0])
		if u, ok := arg.(*ast.UnaryExpr); ok {
			arg = u.X
		}
		return nameOf(arg)
	}
	return ""
}

// tagCall observes validator rules that are given as text.
func (c *collector) tagCall(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	target, text := argOf(d, call, "target"), argOf(d, call, "rules")
	grammar, _ := d.Arg("grammar")
	if target == nil || text == nil || shape.OfName(nameOf(target)) != shape.Password || isLogin(stack) {
		return
	}
	tv := c.TypesInfo.Types[text]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return
	}
	if n, ok := tagMinimum(grammar.Text, constant.StringVal(tv.Value)); ok && n > 1 {
		c.add(practice.MinLength, n, call, stack, "rule of "+nameOf(target), nameOf(target))
	}
}

// pattern observes a regular expression that a password must match: its
// shortest match is the minimum.
func (c *collector) pattern(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	target, re := argOf(d, call, "target"), argOf(d, call, "value")
	if target == nil || re == nil || !c.isPassword(target, stack) || isLogin(stack) {
		return
	}
	text, ok := c.patternText(re)
	if !ok {
		return
	}
	n, whole := shortest(text)
	if !whole || n <= 1 || n > maxMinimum {
		return
	}
	c.add(practice.MinLength, n, call, stack, "pattern for "+nameOf(target), "pattern "+nameOf(target))
}

// patternText returns the constant text of a pattern, also of a compiled one
// that a package variable or a call holds.
func (c *collector) patternText(e ast.Expr) (string, bool) {
	if tv := c.TypesInfo.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value), true
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if len(x.Args) == 1 {
			return c.patternText(x.Args[0])
		}
	case *ast.Ident:
		if init := c.initialiser(x); init != nil {
			return c.patternText(init)
		}
	}
	return "", false
}

// initialiser returns the expression that a variable of this package is
// declared with, nil if there is none.
func (c *collector) initialiser(id *ast.Ident) ast.Expr {
	if c.inits == nil {
		c.inits = map[types.Object]ast.Expr{}
		for _, file := range c.Files {
			ast.Inspect(file, c.declarations)
		}
	}
	return c.inits[c.TypesInfo.Uses[id]]
}

// declarations records what variables are declared with.
func (c *collector) declarations(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				c.inits[c.TypesInfo.Defs[name]] = n.Values[i]
			}
		}
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if id, ok := lhs.(*ast.Ident); ok && c.TypesInfo.Defs[id] != nil && len(n.Lhs) == len(n.Rhs) {
				c.inits[c.TypesInfo.Defs[id]] = n.Rhs[i]
			}
		}
	}
	return true
}

// shortest returns the length of the shortest text that a pattern matches, and
// whether the pattern speaks of the whole text.
func shortest(pattern string) (int, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, false
	}
	re = re.Simplify()
	return minLength(re), anchored(re)
}

func minLength(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpPlus:
		return minLength(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min * minLength(re.Sub[0])
	case syntax.OpConcat:
		n := 0
		for _, sub := range re.Sub {
			n += minLength(sub)
		}
		return n
	case syntax.OpAlternate:
		n := -1
		for _, sub := range re.Sub {
			if m := minLength(sub); n < 0 || m < n {
				n = m
			}
		}
		return max(n, 0)
	}
	return 0
}

// anchored reports whether a pattern begins at the start of the text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText, syntax.OpBeginLine:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return len(re.Sub) > 0 && anchored(re.Sub[0])
	}
	return false
}
