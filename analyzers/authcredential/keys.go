package authcredential

import (
	"strings"

	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// signingKey observes the literal key of an object that signs or checks tokens:
// whether it can be guessed is part of the finding on the literal, if that is
// one.
func (c *collector) signingKey(obs *practice.Credential, o *flow.Object, arg string) {
	if arg != "key" && arg != "secret" && arg != "callback" || !sharesKey(o) {
		return
	}
	token := &practice.Token{Source: obs.Source, Aspect: practice.WeakSigningKey, Value: obs.Value, Provider: obs.Provider, Use: obs.Use}
	if obs.Fallback {
		token.Condition = practice.Conditional
	}
	c.keys = append(c.keys, token)
}

// sharesKey reports whether an object signs or checks tokens with a key that
// both sides share.
func sharesKey(o *flow.Object) bool {
	for _, ev := range o.All("algorithm") {
		v, _ := ev.Arg("value")
		text, known := v.Known()
		return v.HasRole("hmac") || known && strings.HasPrefix(text, "HS")
	}
	return o.Kind == "jwt-token" || o.Kind == "jwt-check"
}

// callback observes the literals that a function returns which is asked for a
// credential.
func (c *collector) callback(o *flow.Object, ev *flow.Event, a flow.Arg) {
	kind := shape.Key
	switch ev.Role {
	case "secret", "auth-key":
	case "auth-password":
		kind = shape.Password
	default:
		return // it decides, and gives nothing
	}
	for _, callback := range a.Value.Callbacks() {
		given := flow.Arg{Name: "callback", Value: callback.Returns, Filled: a.Filled}
		c.sink(o, ev, given, kind, "result of the function given to "+ev.Text, false)
	}
}
