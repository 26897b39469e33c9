package authpolicy

import (
	"go/ast"
	"go/token"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// attempts observes a comparison of failed logins with a number, where logins
// are counted.
func (c *collector) attempts(b *ast.BinaryExpr, stack []ast.Node) {
	op, counter, limit := b.Op, b.X, b.Y
	if _, ok := c.integer(counter); ok {
		op, counter, limit = goexpr.Mirror(b.Op), b.Y, b.X
	}
	n, ok := c.integer(limit)
	if !ok || n < 2 || op != token.GEQ && op != token.GTR && op != token.EQL || inLoopHead(b, stack) {
		return
	}
	words := shape.Words(goexpr.Name(counter))
	around := shape.Words(c.context(stack))
	if sel, ok := ast.Unparen(counter).(*ast.SelectorExpr); ok {
		around = append(around, shape.Words(goexpr.Name(sel.X)+"_"+goexpr.TypeName(c.TypesInfo, sel.X))...)
	}
	if !isCounter(words, around) {
		return
	}
	if op == token.GTR {
		n++
	}
	if id := goexpr.Ident(limit); id != nil {
		if _, named := policyName(id.Name, ""); named {
			return // told where the constant stands
		}
	}
	c.add(practice.MaxAttempts, n, b, limit, stack, "comparison with "+goexpr.Name(counter), goexpr.Name(counter))
}

// isCounter reports whether words are the name of a count of failed logins.
func isCounter(words, around []string) bool {
	if !hasAny(words, "attempt", "attempts", "tries", "failures", "failed", "fails", "failcount", "retries", "count", "logins") ||
		hasAny(words, "max", "time", "at", "duration", "reconnect", "request", "requests") {
		return false
	}
	login := []string{"login", "logins", "signin", "logon", "lockout", "bruteforce"}
	if hasAny(words, login...) {
		return hasAny(words, "attempt", "attempts", "failures", "failed", "fails", "count", "tries")
	}
	return hasAny(words, "attempt", "attempts", "failures", "failed", "fails", "tries") &&
		hasAny(around, append(login, "authenticate", "account")...) &&
		!hasAny(around, "retry", "client", "connect", "connection", "dial", "reconnect", "backoff", "request", "http", "job", "send", "delivery", "payment")
}

// inLoopHead reports whether a comparison ends a loop: it counts what the
// program itself tries.
func inLoopHead(b *ast.BinaryExpr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ForStmt:
			return n.Cond != nil && b.Pos() >= n.Cond.Pos() && b.End() <= n.Cond.End()
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return false
}
