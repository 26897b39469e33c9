package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// maxMinimum is the highest number that is taken for a minimum: what is above
// bounds the length from the other side (bcrypt's 72 bytes, columns).
const maxMinimum = 24

// comparison observes a test of a password's length against a minimum.
func (c *collector) comparison(b *ast.BinaryExpr, stack []ast.Node) {
	op, subject, limit := b.Op, c.lengthOf(b.X), b.Y
	if subject == nil {
		op, subject, limit = mirrored(b.Op), c.lengthOf(b.Y), b.X
	}
	if subject == nil || !c.isPassword(subject, stack) {
		return
	}
	n, ok := c.integer(limit)
	if !ok || n > maxMinimum {
		return
	}
	minimum, ok := minimumOf(op, n, b, stack)
	if !ok || minimum <= 1 || isLogin(stack) || isGenerator(stack) {
		return // a test for presence, or of what somebody types to log in
	}
	name := nameOf(subject)
	if isSliced(name, stack) {
		return // a bound of the slice, not a policy
	}
	c.add(practice.MinLength, minimum, b, stack, "comparison with the length of "+name, "len("+name+")")
}

// isSliced reports whether the function around cuts something of that name into
// pieces: what it tests then is that there is enough to cut.
func isSliced(name string, stack []ast.Node) bool {
	var body *ast.BlockStmt
	for _, n := range stack {
		if fd, ok := n.(*ast.FuncDecl); ok {
			body = fd.Body
		}
	}
	if body == nil {
		return false
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SliceExpr); ok && nameOf(s.X) == name {
			found = true
		}
		return !found
	})
	return found
}

func mirrored(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.GTR:
		return token.LSS
	case token.LEQ:
		return token.GEQ
	case token.GEQ:
		return token.LEQ
	}
	return op
}

// minimumOf returns the least length that a comparison asks for. "Too short"
// (< and <=) refuses; "long enough" (> and >=) accepts, unless what follows
// refuses: then it is an upper bound.
func minimumOf(op token.Token, n int, b *ast.BinaryExpr, stack []ast.Node) (int, bool) {
	refused := refuses(b, stack)
	switch op {
	case token.LSS:
		return n, refused != no
	case token.LEQ:
		return n + 1, refused != no
	case token.GEQ:
		return n, refused == no || refused == unsure && inCondition(b, stack)
	case token.GTR:
		return n + 1, refused == no || refused == unsure && inCondition(b, stack)
	}
	return 0, false
}

type verdict int

const (
	unsure verdict = iota
	yes
	no
)

// refuses reports whether the value is refused when the comparison holds: the
// branch returns an error, false or a message, or panics.
func refuses(b *ast.BinaryExpr, stack []ast.Node) verdict {
	negated := false
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				negated = !negated
			}
		case *ast.IfStmt:
			if !within(b, n.Cond) {
				return unsure
			}
			return flip(branch(n.Body), negated)
		case *ast.ReturnStmt:
			// `return len(pw) >= 8` accepts what satisfies it.
			return flip(no, negated)
		case *ast.CaseClause:
			return flip(statements(n.Body), negated)
		case *ast.FuncDecl, *ast.FuncLit:
			return unsure
		}
	}
	return unsure
}

func within(b, n ast.Node) bool { return n != nil && b.Pos() >= n.Pos() && b.End() <= n.End() }

func flip(v verdict, negated bool) verdict {
	switch {
	case !negated || v == unsure:
		return v
	case v == yes:
		return no
	}
	return yes
}

func branch(body *ast.BlockStmt) verdict { return statements(body.List) }

// statements tells whether statements refuse: by an error, false, a message
// that is kept, a panic.
func statements(list []ast.Stmt) verdict {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return returned(s)
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok && shape.HasWord(nameOf(call.Fun), "error", "errorf", "fatal", "fatalf", "panic", "add", "abort", "fail", "invalid", "reject", "json", "status") {
				return yes
			}
		case *ast.AssignStmt:
			for _, l := range s.Lhs {
				if shape.HasWord(nameOf(l), "err", "error", "errors", "errs", "problems", "violations", "messages", "msg", "failures") {
					return yes
				}
				if shape.HasWord(nameOf(l), "ok", "valid", "strong", "score", "strength", "has") {
					return no
				}
			}
		}
	}
	return unsure
}

func returned(r *ast.ReturnStmt) verdict {
	if len(r.Results) == 0 {
		return yes
	}
	last := ast.Unparen(r.Results[len(r.Results)-1])
	if id, ok := last.(*ast.Ident); ok {
		switch id.Name {
		case "nil", "true":
			return no
		}
	}
	if lit, ok := last.(*ast.BasicLit); ok && lit.Value == `""` {
		return no
	}
	return yes
}

// inCondition reports whether a comparison is one of several that together
// accept a value: `len(pw) >= 8 && hasUpper(pw)`.
func inCondition(b *ast.BinaryExpr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.BinaryExpr:
			if n.Op == token.LAND {
				return true
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if shape.HasWord(nameOf(l), "ok", "valid", "long", "enough", "has") {
					return true
				}
			}
			return false
		case *ast.ParenExpr:
		default:
			return false
		}
	}
	return false
}

// lengthOf returns the expression whose length an expression is, or nil.
func (c *collector) lengthOf(e ast.Expr) ast.Expr {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		e = c.initialiser(id) // n := len(password)
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	arg := ast.Unparen(call.Args[0])
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "len" {
		if _, ok := c.TypesInfo.Uses[id].(*types.Builtin); ok {
			return unconverted(c, arg)
		}
	}
	if fn := c.callee(call); fn != nil && c.isLength(fn) {
		return arg
	}
	return nil
}

// unconverted looks through []rune(x) and string(x).
func unconverted(c *collector, e ast.Expr) ast.Expr {
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 && c.TypesInfo.Types[call.Fun].IsType() {
		return ast.Unparen(call.Args[0])
	}
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 {
		if fn := c.callee(call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "strings" {
			return ast.Unparen(call.Args[0])
		}
	}
	return e
}

// isLength reports whether the models name a function as one that counts characters.
func (c *collector) isLength(fn *types.Func) bool {
	for _, d := range directives(fn) {
		if d.Verb == "transfer" && len(d.Words) > 0 && d.Words[0] == "length" {
			return true
		}
	}
	return false
}

// directives returns what the models say of a function.
func directives(fn *types.Func) []rules.Directive {
	if fn.Pkg() == nil {
		return nil
	}
	m, err := rules.Model(fn.Pkg().Path())
	if err != nil || m == nil {
		return nil
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	return m.Decls[name]
}

func (c *collector) callee(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := c.TypesInfo.Uses[id].(*types.Func)
	return fn
}

// isPassword reports whether an expression is text that is named as a password,
// or a parameter of a function that by its name checks passwords.
func (c *collector) isPassword(e ast.Expr, stack []ast.Node) bool {
	if tv, ok := c.TypesInfo.Types[e]; ok && !isText(tv.Type) {
		return false
	}
	name := nameOf(e)
	if shape.OfName(name) == shape.Password {
		return !shape.HasWord(name, "hash", "hashed", "encrypted", "pin")
	}
	// func validatePassword(s string), func (p Password) Validate()
	if len(shape.Words(name)) > 1 {
		return false
	}
	return checksPasswords(function(stack)) || c.isPasswordType(e)
}

func (c *collector) isPasswordType(e ast.Expr) bool {
	t := c.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && shape.OfName(n.Obj().Name()) == shape.Password
}

// checksPasswords reports whether a function by its name judges passwords.
func checksPasswords(name string) bool {
	return shape.HasWord(name, "password", "passwords", "passwd") &&
		shape.HasWord(name, "validate", "valid", "check", "verify", "strength", "strong", "is", "ensure", "policy", "complexity", "validator", "weak", "secure") &&
		!shape.HasWord(name, "hash", "compare", "username", "user")
}

func isText(t types.Type) bool {
	if t == nil {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0 || u.Kind() == types.Invalid
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && (b.Kind() == types.Byte || b.Kind() == types.Rune)
	}
	return false
}

// isLogin reports whether the function around is one that logs somebody in:
// what it tests is input, not a policy.
func isLogin(stack []ast.Node) bool {
	name := function(stack)
	return shape.HasWord(name, "login", "signin", "authenticate", "logon") && !shape.HasWord(name, "register", "create", "set", "change")
}

// isGenerator reports whether the function around makes or masks passwords.
func isGenerator(stack []ast.Node) bool {
	return shape.HasWord(function(stack), "generate", "mask", "redact", "random", "obfuscate", "hide", "truncate", "encode", "encrypt", "decrypt", "hash")
}

// nameOf returns the last name of an expression.
func nameOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return nameOf(e.X)
	case *ast.CallExpr:
		return nameOf(e.Fun)
	case *ast.IndexExpr:
		if lit, ok := e.Index.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(lit.Value, token.STRING, 0))
		}
		return nameOf(e.X)
	}
	return ""
}

// integer returns the value of a constant whole number.
func (c *collector) integer(e ast.Expr) (int, bool) {
	tv, ok := c.TypesInfo.Types[e]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(tv.Value)
	return int(n), exact && n >= 0 && n < 1<<31
}
