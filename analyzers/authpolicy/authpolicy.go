// Package authpolicy observes the numbers of password and login policies.
//
// # Analyzer authpolicy
//
// authpolicy: observe password minimums and login attempts
//
// It judges weak-password-policy and excessive-login-attempts: comparisons with
// the length of a password, constants and fields, validator tags, regular
// expressions, and calls that the models name as policies.
package authpolicy

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// Analyzer observes policies; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authpolicy",
	Doc:              "observe password minimums and login attempts\n\nweak-password-policy, excessive-login-attempts",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		c := &collector{Pass: p}
		for _, file := range pass.Files {
			ast.PreorderStack(file, nil, c.visit)
		}
		return c.list
	})
}

// collector gathers the observations of a package.
type collector struct {
	*observe.Pass
	list []practice.Observation
	// inits are the expressions that variables are declared with, once asked for.
	inits map[types.Object]ast.Expr
}

func (c *collector) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.BinaryExpr:
		c.comparison(n, stack)
	case *ast.ValueSpec:
		c.declared(n, stack)
	case *ast.AssignStmt:
		c.assigned(n, stack)
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok {
			c.number(id.Name, n, n.Value, stack)
		}
	case *ast.TypeSpec:
		c.structType(n, stack)
	case *ast.CallExpr:
		c.call(n, stack)
	}
	return true
}

// declared observes constants and variables that are named like a policy.
func (c *collector) declared(spec *ast.ValueSpec, stack []ast.Node) {
	for i, name := range spec.Names {
		if i < len(spec.Values) {
			c.number(name.Name, spec, spec.Values[i], stack)
		}
	}
}

func (c *collector) assigned(n *ast.AssignStmt, stack []ast.Node) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, lhs := range n.Lhs {
		switch lhs := ast.Unparen(lhs).(type) {
		case *ast.Ident:
			c.number(lhs.Name, n, n.Rhs[i], stack)
		case *ast.SelectorExpr:
			c.number(lhs.Sel.Name, n, n.Rhs[i], stack)
		}
	}
}

// number observes a number that is given to something whose name says that it
// is the minimum of a password or the limit of login attempts.
func (c *collector) number(name string, at ast.Node, value ast.Expr, stack []ast.Node) {
	kind, ok := policyName(name, c.context(stack))
	if !ok {
		return
	}
	n, ok := c.integer(value)
	if !ok {
		return
	}
	if kind == practice.MaxAttempts && n == 0 && !shape.HasWord(name, "login", "logins", "signin", "logon", "lockout") {
		return // in libraries 0 stands for their default
	}
	c.add(kind, n, at, stack, "constant "+name, name)
}

// add appends an observation.
func (c *collector) add(kind practice.PolicyKind, n int, at ast.Node, stack []ast.Node, use, key string) {
	src := c.Source(c.Location(at), function(stack), key, nil, false)
	c.list = append(c.list, &practice.Policy{
		Source:   src,
		Kind:     kind,
		Value:    n,
		Use:      use,
		Transfer: isTransfer(key) || isTransfer(c.context(stack)),
	})
}

// isTransfer reports whether words speak of file transfer accounts.
func isTransfer(text string) bool {
	for _, w := range shape.Words(text) {
		if w == "sftp" || w == "ssh" {
			return true
		}
	}
	return false
}

// policyName reads a name as that of a policy number. The context is the name
// of the type or the function around it.
func policyName(name, around string) (practice.PolicyKind, bool) {
	words := shape.Words(name)
	has := func(list ...string) bool { return hasAny(words, list...) }
	if has("length", "len", "size", "chars", "characters", "min", "minimum") && has("min", "minimum") && !has("max", "maximum") {
		if has("password", "passwd", "pwd", "passphrase") && !has("age", "entropy", "score", "days", "history", "cost", "iterations", "digits", "lowercase", "uppercase", "symbols", "special", "lower", "upper", "numbers", "numeric") {
			return practice.MinLength, true
		}
		if has("length", "len") && len(words) <= 3 && aboutPasswords(around) {
			return practice.MinLength, true
		}
	}
	if !has("max", "maximum", "limit", "allowed", "threshold") {
		return 0, false
	}
	attempts := has("attempt", "attempts", "tries", "retries", "failures", "failed", "failure")
	login := has("login", "logins", "signin", "logon", "auth", "authentication", "password", "lockout")
	if attempts && login || has("login", "signin", "password") && has("failures", "attempts") {
		return practice.MaxAttempts, !has("delay", "interval", "window", "duration", "timeout", "period", "minutes", "seconds")
	}
	return 0, false
}

func hasAny(words []string, list ...string) bool {
	for _, w := range words {
		for _, l := range list {
			if w == l {
				return true
			}
		}
	}
	return false
}

// aboutPasswords reports whether the name of a type or a function speaks of
// password rules.
func aboutPasswords(name string) bool {
	words := shape.Words(name)
	return hasAny(words, "password", "passwd", "passwords") && hasAny(words, "policy", "policies", "rule", "rules", "requirement", "requirements", "strength", "complexity", "config", "options", "validator", "validate", "settings")
}

// context returns the names of the composite literal's type, the function or
// the type declaration around a node.
func (c *collector) context(stack []ast.Node) string {
	var names []string
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CompositeLit:
			names = append(names, c.typeName(n))
		case *ast.FuncDecl:
			names = append(names, n.Name.Name)
		case *ast.TypeSpec:
			names = append(names, n.Name.Name)
		}
	}
	return strings.Join(names, "_")
}

// typeName returns the name of the type of a composite literal.
func (c *collector) typeName(e ast.Expr) string {
	t := c.TypesInfo.TypeOf(e)
	if t == nil {
		return ""
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// function returns the name of the function around a node.
func function(stack []ast.Node) string {
	for _, n := range stack {
		if fd, ok := n.(*ast.FuncDecl); ok {
			return fd.Name.Name
		}
	}
	return ""
}
