package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/types"
	"time"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// maxDays is an age beyond which a number is none.
const maxDays = 100 * 366

// age observes after how long a credential is changed.
func (c *collector) age(name, use string, at ast.Node, value ast.Expr, stack []ast.Node) {
	words := shape.Words(name)
	around := shape.Words(c.context(stack))
	if !isRotation(words, around) && !c.isPeriod(words, around, stack) {
		return
	}
	days, ok := c.days(words, value)
	if !ok || days <= 0 || days > maxDays {
		return // zero is a default, or no limit
	}
	c.add(practice.MaxAge, days, at, value, stack, use, name)
}

// isRotation reports whether words are the name of the age at which a password
// or a key is changed.
func isRotation(words, around []string) bool {
	if hasAny(words, "min", "minimum", "warn", "warning", "reset", "link", "token", "tokens", "session", "cookie", "cache", "cached", "jwt", "cert",
		"certificate", "certificates", "log", "logs", "backup", "file", "files", "grace", "hash", "length", "history", "code", "otp", "notice",
		"reminder", "forgot", "forgotten", "recovery", "temporary", "temp", "invite", "invitation", "setup", "key_id", "err", "msg", "message",
		"refresh", "access", "signing", "jwk", "jwks", "ssh", "host", "tls", "ca", "remember", "email", "url", "keep", "keepalive", "cors") {
		return false
	}
	password := hasAny(words, "password", "passwords", "passwd", "pwd")
	credential := password || hasAny(words, "credential", "credentials", "secret", "secrets", "apikey", "key", "keys")
	rotates := hasAny(words, "rotation", "rotate", "rotates", "rotated")
	ages := hasAny(words, "age", "expiry", "expiration", "expires", "expire", "lifetime", "validity", "valid", "change", "maxage", "ttl")
	switch {
	case rotates && credential, password && ages && !hasAny(words, "valid") || password && hasAny(words, "valid") && hasAny(words, "days", "for"):
		return true
	case rotates || ages && hasAny(words, "max", "maximum"):
		return hasAny(around, "password", "passwords", "passwd") && hasAny(around, "policy", "policies", "rules", "settings", "config", "requirements")
	}
	return false
}

// isPeriod reports whether words are the name of a length of time in a struct of
// rotations that has a credential beside it: Every of Rotation{Secret: ...}.
func (c *collector) isPeriod(words, around []string, stack []ast.Node) bool {
	if len(words) > 2 || !hasAny(words, "every", "interval", "period", "after", "frequency", "age", "days") || !hasAny(around, "rotation", "rotations", "rotate", "rotator") ||
		hasAny(around, "log", "logs", "logger", "file", "files", "backup", "cert", "certs", "certificate", "certificates", "tls", "jwks", "signing", "session", "sessions") {
		return false
	}
	if hasAny(around, "password", "passwords", "credential", "credentials", "secret", "secrets", "apikey") {
		return true
	}
	for _, n := range stack {
		if lit, ok := n.(*ast.CompositeLit); ok && hasCredential(c.TypesInfo.TypeOf(lit)) {
			return true
		}
	}
	return false
}

// hasCredential reports whether a struct has a field that is named like a
// credential.
func hasCredential(t types.Type) bool {
	if t == nil {
		return false
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range min(st.NumFields(), maxPolicyFields) {
		if shape.OfName(st.Field(i).Name()) != shape.None {
			return true
		}
	}
	return false
}

// days returns an age in days: of a duration, or of a number whose name has the unit.
func (c *collector) days(words []string, value ast.Expr) (int, bool) {
	tv := c.TypesInfo.Types[value]
	if tv.Value == nil {
		if call, ok := ast.Unparen(value).(*ast.CallExpr); ok && isNumberPointer(tv.Type) && len(call.Args) == 1 {
			return c.days(words, call.Args[0])
		}
		return c.fromNow(value)
	}
	n, exact := constant.Int64Val(constant.ToInt(tv.Value))
	if tv.Value.Kind() != constant.Int && tv.Value.Kind() != constant.Float || !exact {
		return 0, false
	}
	switch {
	case isDuration(tv.Type):
		return int(time.Duration(n) / (24 * time.Hour)), true
	case hasAny(words, "years", "year"):
		return int(n) * 365, n < 1000
	case hasAny(words, "months", "month"):
		return int(n) * 30, n < 1000
	case hasAny(words, "weeks", "week"):
		return int(n) * 7, n < 10000
	case hasAny(words, "hours", "hour"):
		return int(n / 24), true
	case hasAny(words, "minutes", "minute"):
		return int(n / 24 / 60), true
	case hasAny(words, "seconds", "second", "secs", "sec"), n > maxDays:
		return int(n / 24 / 3600), true
	case hasAny(words, "days", "day", "age", "interval", "rotation", "lifetime", "validity"):
		return int(n), n <= maxDays
	}
	return 0, false
}

// isDuration reports whether a type is time.Duration.
func isDuration(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Duration" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "time"
}

// fromNow returns the days of a date that is reckoned from another:
// time.Now().AddDate(1, 0, 0), time.Now().Add(365 * 24 * time.Hour).
func (c *collector) fromNow(e ast.Expr) (int, bool) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return 0, false
	}
	fn := c.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "time" {
		return 0, false
	}
	switch {
	case fn.Name() == "AddDate" && len(call.Args) == 3:
		total := 0
		for i, unit := range []int{365, 30, 1} {
			n, ok := c.integer(call.Args[i])
			if !ok || n < 0 || n > maxDays {
				return 0, false
			}
			total += n * unit
		}
		return total, true
	case fn.Name() == "Add" && len(call.Args) == 1:
		if tv := c.TypesInfo.Types[call.Args[0]]; tv.Value != nil && isDuration(tv.Type) {
			n, _ := constant.Int64Val(tv.Value)
			return int(time.Duration(n) / (24 * time.Hour)), true
		}
	}
	return 0, false
}
