package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// number observes a number that is given to something whose name says that it
// is the minimum of a password or the limit of login attempts.
func (c *collector) number(name, use string, at ast.Node, value ast.Expr, stack []ast.Node) {
	kind, ok := policyName(name, c.context(stack))
	if !ok {
		return
	}
	n, ok := c.integer(value)
	if !ok {
		return
	}
	if id := goexpr.Ident(value); id != nil {
		if kind == practice.MinLength && isOtherUnit(id.Name) {
			return
		}
		if obj, ok := c.TypesInfo.Uses[id].(*types.Const); ok && obj.Pkg() != nil && obj.Pkg() != c.Pkg && c.isForeignPolicy(obj.Pkg().Path(), obj.Name()) {
			return
		}
	}
	if _, set := at.(*ast.AssignStmt); n < 0 && (kind != practice.MaxAttempts || set) {
		return // stands for something else
	}
	if kind == practice.MaxAttempts && n == 0 && !shape.HasWord(name, "login", "logins", "signin", "logon", "lockout") {
		return // in libraries 0 stands for their default
	}
	c.add(kind, n, at, value, stack, use, name)
}

// isOtherUnit reports whether the name of a number says that it counts something
// other than characters.
func isOtherUnit(name string) bool {
	return shape.HasWord(name, "cost", "rounds", "iterations", "age", "days", "hours", "minutes", "seconds", "expiry", "score", "entropy", "retries", "attempts", "history")
}

// policyName reads a name as that of a policy number. The context are the names
// of the types, the keys and the functions around it.
func policyName(name, around string) (practice.PolicyKind, bool) {
	words := shape.Words(name)
	switch {
	case isMinimum(words, around):
		return practice.MinLength, true
	case isAttemptLimit(words, shape.Words(around)):
		return practice.MaxAttempts, true
	}
	return 0, false
}

// isMinimum reports whether words are the name of a least length of passwords.
func isMinimum(words []string, around string) bool {
	if !hasAny(words, "min", "minimum", "minlen", "minlength", "least", "shortest") || hasAny(words, "max", "maximum") {
		return false
	}
	if hasAny(words, "age", "entropy", "score", "days", "history", "cost", "iterations", "digits", "digit", "lowercase", "uppercase",
		"symbols", "special", "lower", "upper", "numbers", "numeric", "hash", "salt", "letters", "complexity", "strength", "level",
		"err", "error", "message", "msg", "pin", "otp", "code", "token", "generated", "username", "hours", "minutes", "seconds", "interval",
		"classes", "groups", "types", "words", "categories", "punctuation", "alpha", "version", "dist", "distance", "similarity", "threshold", "difference", "diff") {
		return false
	}
	length := hasAny(words, "length", "len", "size", "chars", "characters", "minlen", "minlength", "runes", "bytes")
	if hasAny(words, "password", "passwords", "passwd", "pwd", "passphrase", "pass", "pw") {
		return length || hasAny(words, "min", "minimum") && hasAny(words, "password", "passwd", "passphrase")
	}
	return len(words) <= 3 && (length || len(words) == 1) && aboutPasswords(around, length)
}

// isAttemptLimit reports whether words are the name of a limit of failed logins.
func isAttemptLimit(words, around []string) bool {
	if isBareLimit(words, around) {
		return true
	}
	if !hasAny(words, "max", "maximum", "limit", "allowed", "threshold") ||
		hasAny(words, "delay", "interval", "window", "duration", "timeout", "period", "minutes", "seconds", "ban", "time", "rate", "per",
			"connect", "connection", "request", "requests", "http", "backoff", "err", "error", "msg", "message", "size", "len", "length") {
		return false
	}
	attempts := hasAny(words, "attempt", "attempts", "tries", "failures", "failed", "failure", "failcount", "fails")
	login := hasAny(words, "login", "logins", "signin", "logon", "lockout", "password", "passwords")
	if attempts && login || hasAny(words, "retries") && login || login && hasAny(words, "failures", "attempts") {
		return true
	}
	if attempts && hasAny(words, "auth", "authentication") {
		return true
	}
	if hasAny(words, "lockout") && hasAny(words, "threshold", "limit", "max", "after") {
		return true
	}
	return attempts && hasAny(around, "login", "logins", "signin", "logon", "lockout", "bruteforce", "brute") &&
		!hasAny(around, "client", "retry", "connect", "connection", "dial", "backoff", "request", "http")
}

// isBareLimit reports whether words name nothing but attempts, in the settings of
// logins: Attempts of LoginConfig.
func isBareLimit(words, around []string) bool {
	return len(words) == 1 && hasAny(words, "attempts", "tries", "retries") &&
		hasAny(around, "login", "logins", "signin", "logon", "lockout", "bruteforce") &&
		hasAny(around, "config", "configuration", "settings", "options", "policy", "limits", "rules", "defaults") &&
		!hasAny(around, "client", "retry", "connect", "connection", "dial", "backoff", "request", "http")
}

// aboutPasswords reports whether the names around speak of password rules.
func aboutPasswords(around string, length bool) bool {
	words := shape.Words(around)
	if !hasAny(words, "password", "passwd", "passwords", "pwd", "passphrase") ||
		hasAny(words, "generate", "generator", "random", "hash", "hasher", "login", "signin", "argon", "scrypt", "bcrypt",
			"err", "error", "errors", "message", "text") {
		return false
	}
	return length || hasAny(words, "policy", "policies", "rule", "rules", "requirement", "requirements", "strength", "complexity", "config",
		"options", "validator", "validate", "settings")
}

// integer returns the value of a constant whole number, also behind a call that
// only makes a pointer of it.
func (c *collector) integer(e ast.Expr) (int, bool) {
	tv, ok := c.TypesInfo.Types[e]
	if !ok {
		return 0, false
	}
	if tv.Value == nil {
		if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && len(call.Args) == 1 && isNumberPointer(tv.Type) {
			return c.integer(call.Args[0])
		}
		return 0, false
	}
	if tv.Value.Kind() != constant.Int && tv.Value.Kind() != constant.Float {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.ToInt(tv.Value))
	return int(n), exact && n >= -1 && n < 1<<31
}

func isNumberPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	b, ok := p.Elem().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// isPasswordName reports whether a name is that of a password which is chosen.
func isPasswordName(name string) bool {
	return shape.OfName(name) == shape.Password && !isOtherText(name)
}

// isOtherText reports whether a name with "password" in it is of something else:
// its hash, a PIN, what stands beside it or what is only given again.
func isOtherText(name string) bool {
	return shape.HasWord(name, "hash", "hashed", "hashes", "encrypted", "encoded", "pin", "otp", "code", "token", "hint", "salt", "digest",
		"generated", "current", "old", "previous", "confirm", "confirmation", "repeat", "repeated", "again", "retype", "temp", "temporary", "smpp",
		"bcrypt", "legacy", "masked", "stored", "wifi", "wpa", "psk", "onetime", "community")
}

// checksPasswords reports whether a function by its name judges passwords.
func checksPasswords(name string) bool {
	return shape.HasWord(name, "password", "passwords", "passwd", "pwd", "passphrase") &&
		shape.HasWord(name, "validate", "validates", "validator", "valid", "check", "verify", "strength", "strong", "is", "ensure", "policy",
			"complexity", "weak", "secure", "acceptable", "requirements", "rule", "rules", "test", "min", "length", "assert", "meets", "enforce") &&
		!shape.HasWord(name, "hash", "compare", "username", "match", "matches", "login")
}

// isLogin reports whether a name is of what logs somebody in: what it tests is
// input, not a policy.
func isLogin(name string) bool {
	return (asksAgain(name) || shape.HasWord(name, "login", "signin", "authenticate", "logon", "unlock", "decrypt", "unseal")) &&
		!shape.HasWord(name, "register", "registration", "create", "signup", "set", "change", "reset", "update", "new", "policy", "validate")
}

// asksAgain reports whether a name is of something that asks for the password of
// who does it: a longer minimum there would keep those out who have a short one.
func asksAgain(name string) bool {
	return shape.HasWord(name, "delete", "deletion", "remove", "removal", "clear", "erase", "wipe", "purge", "disable", "deactivate", "cancel", "revoke",
		"regenerate", "reveal", "export", "transfer", "unlink", "reauth", "reauthenticate", "reauthentication", "confirm", "confirmation", "sudo")
}

// isGenerator reports whether a function by its name makes, shows or converts
// passwords.
func isGenerator(name string) bool {
	return shape.HasWord(name, "generate", "generates", "generated", "gen", "generator", "mask", "redact", "random", "obfuscate", "hide", "truncate",
		"encode", "decode", "migrate", "legacy", "parse", "format", "print", "display", "sanitize", "log", "string", "pad", "estimate", "score",
		"meter", "read", "load", "unmarshal", "marshal", "crypt", "cipher", "derive", "split")
}
