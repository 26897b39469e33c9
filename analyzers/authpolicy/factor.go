package authpolicy

import (
	"go/ast"
	"go/constant"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// factor observes a second factor that is switched off.
func (c *collector) factor(name, use string, at ast.Node, value ast.Expr, stack []ast.Node) {
	words := factorWords(name)
	if !isFactor(words) ||
		hasAny(words, "show", "display", "message", "msg", "err", "error", "can", "has", "is", "was", "supported", "available", "warning", "hint") {
		return
	}
	off, ok := c.switchedOff(words, value)
	if !ok || !off {
		return
	}
	around := c.context(stack)
	demands := hasAny(words, "require", "required", "requires", "enforce", "enforced", "enforces", "mandatory", "skip", "bypass", "disable", "disabled",
		"optional", "configuration", "policy", "mode", "enforcement", "demand", "force")
	if !demands && !shape.HasWord(around, "config", "configuration", "policy", "settings", "options", "realm", "pool", "tenant", "security", "defaults") {
		return // the state of one user
	}
	obs := c.add(practice.SecondFactor, 0, at, nil, stack, use, name)
	obs.Identity = c.isIdentity(around)
}

// isFactor reports whether words name a second factor: by one of its names, or by
// what it is made of where it is demanded.
func isFactor(words []string) bool {
	return hasAny(words, "mfa", "2fa", "twofactor", "secondfactor", "multifactor") ||
		hasAny(words, "otp", "totp", "webauthn") && hasAny(words, "require", "required", "requires", "enforce", "enforced", "mandatory", "force")
}

// factorWords returns the words of a name, with those of a second factor as one.
func factorWords(name string) []string {
	words := shape.Words(name)
	var out []string
	for i := 0; i < len(words); i++ {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch w := words[i]; {
		case (w == "two" || w == "second" || w == "multi") && next == "factor":
			out = append(out, w+next)
			i++
		case w == "2" && (next == "fa" || strings.HasPrefix(next, "fa")):
			out = append(out, "2fa")
			i++
		default:
			out = append(out, w)
		}
	}
	return out
}

// switchedOff reports whether a value switches off what the words name, and
// whether it is a switch at all.
func (c *collector) switchedOff(words []string, value ast.Expr) (off, ok bool) {
	tv := c.TypesInfo.Types[value]
	negative := hasAny(words, "skip", "bypass", "disable", "disabled", "no", "without", "optional")
	if tv.Value == nil {
		if call, isCall := ast.Unparen(value).(*ast.CallExpr); isCall && len(call.Args) == 1 && c.TypesInfo.Types[call.Args[0]].Value != nil {
			return c.switchedOff(words, call.Args[0])
		}
		return false, false
	}
	switch tv.Value.Kind() {
	case constant.Bool:
		return constant.BoolVal(tv.Value) == negative, true
	case constant.String:
		switch strings.ToLower(constant.StringVal(tv.Value)) {
		case "off", "disabled", "none", "never", "false", "no":
			return !negative, hasAny(words, "configuration", "mode", "policy", "enforcement", "required", "enabled", "status", "setting")
		}
	}
	return false, false
}

// isIdentity reports whether the package or the names around are of what logs in
// the users of many programs.
func (c *collector) isIdentity(around string) bool {
	return shape.HasWord(c.Pkg.Name()+"_"+around, "identity", "idp", "iam", "sso", "oidc", "realm", "userpool", "tenant", "issuer") ||
		shape.HasWord(around, "user") && shape.HasWord(around, "pool")
}
