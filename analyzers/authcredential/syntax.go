package authcredential

import (
	"go/ast"
	"go/constant"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// syntax observes what SSA does not keep: constants, local variables, struct
// tags, and what string literals look like by themselves.
func (c *collector) syntax() {
	for _, file := range c.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.ValueSpec:
				c.declaration(n, enclosing(stack))
			case *ast.AssignStmt:
				c.assignment(n, enclosing(stack))
			case *ast.Field:
				c.tag(n)
			case *ast.BasicLit:
				if n.Kind == token.STRING && !isTag(n, stack) {
					c.literal(n, enclosing(stack))
				}
			}
			return true
		})
	}
}

// isTag reports whether a literal is the tag of a struct field.
func isTag(lit *ast.BasicLit, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	f, ok := stack[len(stack)-1].(*ast.Field)
	return ok && f.Tag == lit
}

// enclosing returns the name of the declaration that a node lies in.
func enclosing(stack []ast.Node) string {
	for _, n := range stack {
		fd, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if fd.Recv != nil && len(fd.Recv.List) == 1 {
			return receiver(fd.Recv.List[0].Type) + "." + fd.Name.Name
		}
		return fd.Name.Name
	}
	return ""
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

// declaration observes named constants and variables.
func (c *collector) declaration(spec *ast.ValueSpec, symbol string) {
	for i, name := range spec.Names {
		if i < len(spec.Values) {
			c.variable(name, spec.Values[i], symbol)
		}
	}
}

// assignment observes assignments to local variables.
func (c *collector) assignment(n *ast.AssignStmt, symbol string) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, lhs := range n.Lhs {
		if id, ok := lhs.(*ast.Ident); ok {
			c.variable(id, n.Rhs[i], symbol)
		}
	}
}

// variable observes a constant that is given to something named like a credential.
func (c *collector) variable(id *ast.Ident, value ast.Expr, symbol string) {
	kind := shape.OfName(id.Name)
	if kind == shape.None {
		return
	}
	expr, text, ok := c.constant(value)
	if !ok || text == "" {
		return
	}
	if symbol == "" {
		symbol = id.Name
	}
	v := practice.ValueOf(c.Catalogue, text)
	obs := &practice.Credential{
		Source: c.Source(c.Location(expr), symbol, "variable "+id.Name, nil, false),
		Kind:   kind,
		Value:  v,
		Use:    "variable " + id.Name,
		User:   v.User,
	}
	c.setOrigin(obs, c.Location(expr))
	c.add(obs, byName)
}

// constant returns the text of a constant string that is written out here, or
// is converted to bytes.
func (c *collector) constant(e ast.Expr) (ast.Expr, string, bool) {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 && c.TypesInfo.Types[call.Fun].IsType() {
		return c.constant(call.Args[0])
	}
	switch e.(type) {
	case *ast.BasicLit, *ast.BinaryExpr:
	default:
		return nil, "", false
	}
	tv := c.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return nil, "", false
	}
	return e, constant.StringVal(tv.Value), true
}

// tag observes defaults in struct tags.
func (c *collector) tag(f *ast.Field) {
	if f.Tag == nil || len(f.Names) != 1 {
		return
	}
	raw, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		return
	}
	kind := shape.OfName(f.Names[0].Name)
	if kind == shape.None {
		return
	}
	tags, err := c.Catalogue.StructTags()
	if err != nil {
		panic(err) // the embedded models: recovered and recorded by gopass
	}
	for key, list := range tags {
		text := reflect.StructTag(raw).Get(key)
		if text == "" || !slices.ContainsFunc(list, isFallbackTag) {
			continue
		}
		v := practice.ValueOf(c.Catalogue, text)
		obs := &practice.Credential{
			Source:      c.Source(c.Location(f.Tag), f.Names[0].Name, "tag of "+f.Names[0].Name, nil, false),
			Kind:        kind,
			Value:       v,
			Use:         key + " tag of " + f.Names[0].Name,
			Fallback:    true,
			FallbackFor: f.Names[0].Name,
		}
		c.setOrigin(obs, c.Location(f.Tag))
		c.add(obs, byContent)
	}
}

// isFallbackTag reports whether a struct tag gives a default.
func isFallbackTag(d rules.Directive) bool { return len(d.Words) > 1 && d.Words[1] == "fallback" }

// literal observes what a string literal is by its content alone: a URL with a
// password, an authorisation value, the match of a pattern rule.
func (c *collector) literal(lit *ast.BasicLit, symbol string) {
	text, err := strconv.Unquote(lit.Value)
	if err != nil || len(text) < minLiteral {
		return
	}
	at := c.Location(lit)
	v := practice.ValueOf(c.Catalogue, text)
	if service, ok := c.Catalogue.SecretLink(text); ok {
		c.content(practice.Credential{Use: "link", Link: service}, v, lit, symbol)
		return
	}
	switch v.Form {
	case shape.UserInfoURL:
		c.content(practice.Credential{Kind: shape.DSN, Use: "user info of a URL"}, v, lit, symbol)
	case shape.SchemeValue:
		// A challenge (Basic realm="x") and prose are no values.
		if _, value, _ := strings.Cut(text, " "); !strings.ContainsAny(value, "\"' ,;%{<$") && !strings.HasSuffix(value, "realm=") {
			c.content(practice.Credential{Kind: shape.Header, Use: "authorization value"}, v, lit, symbol)
		}
	case shape.BasicValue:
		c.content(practice.Credential{Kind: shape.Header, Use: "authorization value"}, v, lit, symbol)
	}
	result, _ := c.ResultOf[authpattern.Analyzer].(*authpattern.Result)
	if result == nil {
		return
	}
	for _, m := range result.Match(text) {
		if i, known := c.byOrigin[at]; known {
			c.list[i].Patterns = append(c.list[i].Patterns, m.RuleID)
			continue
		}
		src := c.Source(at, symbol, m.RuleID, nil, false)
		src.Origin = at
		src.Redact = append(src.Redact, at)
		c.matches = append(c.matches, result.Observe(src, m))
	}
}

// minLiteral is the length under which no literal is a credential by its
// content alone.
const minLiteral = 8

func (c *collector) content(obs practice.Credential, v shape.Value, lit *ast.BasicLit, symbol string) {
	at := c.Location(lit)
	obs.Source = c.Source(at, symbol, obs.Use, nil, false)
	obs.Value, obs.User, obs.Sink = v, v.User, true
	c.setOrigin(&obs, at)
	c.add(&obs, byContent)
}
