package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// call observes calls that the models name as policies, and arguments that are
// named like a policy.
func (c *collector) call(call *ast.CallExpr, stack []ast.Node) {
	fn := c.Callee(call)
	if fn == nil {
		return
	}
	for _, d := range c.Directives(fn) {
		if len(d.Words) == 0 && d.Verb != "fallback" {
			continue
		}
		switch {
		case d.Verb == "fallback":
			c.setting(d, call, "key", stack)
		case d.Verb == "on" && len(d.Words) > 1 && d.Words[1] == "setting":
			c.setting(d, call, "name", stack)
		case d.Verb == "policy":
			c.policyCall(d, call, stack)
		}
	}
	c.arguments(fn, call, stack)
}

func (c *collector) policyCall(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	switch d.Words[0] {
	case "min-length":
		c.lengthRule(d, call, stack)
	case "generate":
		c.generated(d, call, stack)
	case "pattern":
		c.pattern(d, call, stack)
	case "tag":
		c.tagCall(d, call, stack)
	}
}

// setting observes the default of a setting that is named like a policy.
func (c *collector) setting(d rules.Directive, call *ast.CallExpr, key string, stack []ast.Node) {
	name, ok := c.textArg(d, call, key)
	value := argOf(d, call, "value")
	if ok && value != nil {
		c.named(name, "default of "+name, call, value, stack)
	}
}

// arguments observes numbers and switches that are given to a parameter, or to
// a function with one, that is named like a policy: WithMinPasswordLength(6). A
// bound of what another call is given is named by that: of a cost, a count or a
// time it is no length, whatever type the field is of.
func (c *collector) arguments(fn *types.Func, call *ast.CallExpr, stack []ast.Node) {
	params := fn.Signature().Params()
	around := append(stack, call)
	for i, arg := range call.Args {
		tv := c.TypesInfo.Types[arg]
		if tv.Value == nil || tv.Value.Kind() == constant.String || params.Len() == 0 {
			continue
		}
		if len(call.Args) == 1 && shape.HasWord(fn.Name(), "with", "set", "min", "minimum", "max", "require", "enable", "skip", "disable") {
			c.named(bounded(call, stack)+fn.Name(), "argument of "+fn.Name(), call, arg, around)
			continue
		}
		if p := params.At(min(i, params.Len()-1)); p.Name() != "" {
			c.named(p.Name(), "argument "+p.Name()+" of "+fn.Name(), call, arg, append(around, &ast.KeyValueExpr{Key: ast.NewIdent(fn.Name()), Value: arg}))
		}
	}
}

// bounded returns the name of the field that a rule is for, in front of the
// rule's own: Field(&x.Cost, Min(4)) sets the least cost. It is empty if the rule
// stands elsewhere.
func bounded(call *ast.CallExpr, stack []ast.Node) string {
	if len(stack) == 0 {
		return ""
	}
	around, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok || len(around.Args) < 2 || around.Args[0] == call {
		return ""
	}
	field, ok := ast.Unparen(around.Args[0]).(*ast.UnaryExpr)
	if !ok || field.Op != token.AND {
		return ""
	}
	return goexpr.Name(field.X) + "_"
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

func (c *collector) textArg(d rules.Directive, call *ast.CallExpr, name string) (string, bool) {
	e := argOf(d, call, name)
	if e == nil {
		return "", false
	}
	return c.text(e)
}

func (c *collector) intArg(d rules.Directive, call *ast.CallExpr, name string) (int, bool) {
	e := argOf(d, call, name)
	if e == nil {
		return 0, false
	}
	return c.integer(e)
}

// lengthRule observes a rule object: the field or value that it is given to
// must be named as a password. A rule with a target is a test, which the engine
// finds.
func (c *collector) lengthRule(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	n, ok := c.intArg(d, call, "value")
	if _, target := d.Arg("target"); target || !ok || n <= 1 || isLogin(function(stack)) {
		return
	}
	name, owner := c.sibling(call, stack)
	if isPasswordName(name) && !isLoginType(owner) {
		c.add(practice.MinLength, n, call, argOf(d, call, "value"), stack, "length rule of "+name, name)
	}
}

// sibling returns the name of the first argument of the call that a rule is an
// argument of, and of the type that it is a field of:
// validation.Field(&x.Password, validation.Length(6, 20)). A rule that a
// variable or an entry of a map holds has that one's name.
func (c *collector) sibling(call *ast.CallExpr, stack []ast.Node) (name, owner string) {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CallExpr:
			if n == call || len(n.Args) < 2 {
				continue
			}
			arg := ast.Unparen(n.Args[0])
			if key, ok := c.text(arg); ok {
				return key, ""
			}
			if u, ok := arg.(*ast.UnaryExpr); ok {
				arg = ast.Unparen(u.X)
			}
			if sel, ok := arg.(*ast.SelectorExpr); ok {
				owner = goexpr.TypeName(c.TypesInfo, sel.X)
			}
			return goexpr.Name(arg), owner
		case *ast.KeyValueExpr:
			if key, ok := c.text(n.Key); ok {
				return key, ""
			}
			return goexpr.Name(n.Key), ""
		case *ast.ValueSpec:
			return specName(n), ""
		}
	}
	return "", ""
}

// specName returns the name of a variable without the words that say that it
// holds rules.
func specName(n *ast.ValueSpec) string {
	if len(n.Names) != 1 || !shape.HasWord(n.Names[0].Name, "password", "passwd", "passphrase") {
		return ""
	}
	return "password"
}

// generated observes the length and the classes of generated passwords.
func (c *collector) generated(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	n, ok := c.intArg(d, call, "length")
	if !ok || n <= 1 || isOtherText(c.receivers(call, stack)) {
		return
	}
	c.add(practice.MinLength, n, call, argOf(d, call, "length"), stack, "length of generated passwords", "generate")
	if n >= longEnough {
		return
	}
	missing := 0
	for _, name := range []string{"digits", "symbols"} {
		if k, ok := c.intArg(d, call, name); ok && k == 0 {
			missing++
		}
	}
	if e := argOf(d, call, "no-upper"); e != nil {
		if tv := c.TypesInfo.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.Bool && constant.BoolVal(tv.Value) {
			missing++
		}
	}
	if missing > 0 {
		c.add(practice.MinClasses, allClasses-missing, call, nil, stack, "call that generates passwords", "generate")
	}
}

// receivers returns the names of what takes the result of a call, and of the
// function around.
func (c *collector) receivers(call *ast.CallExpr, stack []ast.Node) string {
	names := function(stack)
	if len(stack) == 0 {
		return names
	}
	switch n := stack[len(stack)-1].(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			names += "_" + goexpr.Name(lhs)
		}
	case *ast.ValueSpec:
		for _, id := range n.Names {
			names += "_" + id.Name
		}
	case *ast.KeyValueExpr:
		names += "_" + goexpr.Name(n.Key)
	}
	return names
}

// tagCall observes validator rules that are given as text.
func (c *collector) tagCall(d rules.Directive, call *ast.CallExpr, stack []ast.Node) {
	target := argOf(d, call, "target")
	text, ok := c.textArg(d, call, "rules")
	grammar, _ := d.Arg("grammar")
	if target == nil || !ok || !isPasswordName(goexpr.Name(target)) || isLogin(function(stack)) {
		return
	}
	if n, ok := c.tagMinimum(grammar.Text, text, 0); ok && n > 1 {
		c.add(practice.MinLength, n, call, argOf(d, call, "rules"), stack, "rule of "+goexpr.Name(target), goexpr.Name(target))
	}
}
