package authtoken

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// session observes how long a session lasts, or the cookie that carries one.
func session(p *observe.Pass, o *flow.Object) *practice.Token {
	if o.Kind == "http-cookie" && (!carriesSession(o) || isRemoval(o)) || told(o) {
		return nil
	}
	c := readClaims(o)
	var worst *practice.Token
	for _, ev := range last(c.expiry) {
		worst = longer(worst, expiry(p, ev, c))
	}
	for _, ev := range last(c.lifetimes) {
		worst = longer(worst, duration(p, ev, c))
	}
	if worst != nil {
		worst.Session = true
	}
	return worst
}

// isRemoval reports whether a cookie is set without a value, to end a session.
func isRemoval(o *flow.Object) bool {
	for _, ev := range o.All("cookie") {
		if v, ok := ev.Arg("value"); ok {
			if text, known := v.Known(); known && text == "" {
				return true
			}
		}
	}
	return false
}

// carriesSession reports whether a cookie is that of a session, by its name.
func carriesSession(o *flow.Object) bool {
	for _, ev := range o.All("cookie") {
		v, _ := ev.Arg("name")
		name, ok := v.Known()
		if ok && shape.HasWord(name, "session", "sessionid", "sess", "sid", "auth", "token", "jwt", "login") &&
			!shape.HasWord(name, "csrf", "xsrf", "refresh", "remember", "device") {
			return true
		}
	}
	return false
}
