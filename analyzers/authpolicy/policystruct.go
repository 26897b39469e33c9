package authpolicy

import (
	"go/ast"
	"go/types"
	"reflect"

	"github.com/authlint/authlint/internal/practice"
)

// loginPolicy is added to the names around what a struct of rules for logins
// holds, so that its bare names are understood: MaxAge beside MinLength and
// RequireDigit is that of a password.
const loginPolicy = "password_policy_lockout"

// maxPolicyFields is how many fields of a struct are looked at.
const maxPolicyFields = 64

// isLoginPolicy reports whether a struct by its fields holds rules for logins:
// two kinds of them at least, of which one speaks of nothing else.
func (c *collector) isLoginPolicy(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	if known, ok := c.policies[st]; ok {
		return known
	}
	kinds := map[string]bool{}
	for i := range min(st.NumFields(), maxPolicyFields) {
		kind, sure := ruleOf(st.Field(i).Name())
		if kind == "" {
			continue
		}
		kinds[kind] = true
		kinds["sure"] = kinds["sure"] || sure
	}
	c.policies[st] = kinds["sure"] && len(kinds) > 2
	return c.policies[st]
}

// ruleOf returns the kind of rule for logins that a field by its name holds, and
// whether such a name means nothing else.
func ruleOf(name string) (kind string, sure bool) {
	words := factorWords(name)
	password := hasAny(words, "password", "passwords", "passwd", "pwd")
	login := hasAny(words, "login", "logins", "signin", "logon")
	switch {
	case hasAny(words, "mfa", "2fa", "twofactor", "secondfactor", "multifactor"):
		return "factor", true
	case hasAny(words, "lockout", "lockouts"):
		return "lockout", true
	case hasAny(words, "require", "requires", "need", "needs", "must") &&
		hasAny(words, "upper", "uppercase", "lower", "lowercase", "digit", "digits", "symbol", "symbols", "special", "number", "numbers"):
		return "classes", true
	case hasAny(words, "max", "maximum") && hasAny(words, "attempt", "attempts", "tries", "failures", "failed", "logins"):
		return "attempts", login
	case hasAny(words, "min", "minimum") && (hasAny(words, "len", "length", "chars") || password):
		return "length", password
	case hasAny(words, "age", "expiry", "maxage", "rotation") && (password || hasAny(words, "max")):
		return "age", password
	}
	return "", false
}

// tagNames returns the names under which a field is configured.
func tagNames(tag reflect.StructTag) []string {
	var names []string
	for _, key := range []string{"env", "envconfig", "mapstructure", "yaml", "json", "toml", "koanf", "long"} {
		if v := tag.Get(key); v != "" {
			names = append(names, v)
		}
	}
	return names
}

// defaultSwitch observes a second factor that the default of a tag leaves out.
func (c *collector) defaultSwitch(name, key, value string, f *ast.Field, stack []ast.Node) bool {
	words := factorWords(name)
	if value != "false" || !isFactor(words) ||
		!hasAny(words, "require", "required", "requires", "enforce", "enforced", "enabled", "mandatory", "force") {
		return false
	}
	obs := c.add(practice.SecondFactor, 0, f.Tag, nil, stack, key+" tag of "+name, name)
	obs.Identity = c.isIdentity(c.context(stack))
	return true
}

// aroundPolicy adds what a struct of rules for logins says to the names around.
func (c *collector) aroundPolicy(names []string, e ast.Expr) []string {
	if c.isLoginPolicy(c.TypesInfo.TypeOf(e)) {
		return append(names, loginPolicy)
	}
	return names
}
