package authtoken

import (
	"slices"
	"strconv"
	"time"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// signed returns what is observed of a token that is signed here.
func signed(p *observe.Pass, o *flow.Object) []practice.Observation {
	if told(o) {
		return nil
	}
	c := readClaims(o)
	var list []practice.Observation
	if c.signedAt == nil && len(c.lifetimes) == 0 {
		return nil // not signed here
	}
	if obs := unsigned(p, o, c); obs != nil {
		list = append(list, obs)
	}
	if obs := lifetime(p, o, c); obs != nil {
		list = append(list, obs)
	}
	return append(list, shortKeys(p, o, c)...)
}

// claims is what a token says, as far as its lifetime goes.
type claims struct {
	signedAt  *flow.Event
	expiry    []*flow.Event // claims exp
	lifetimes []*flow.Event // durations instead
	open      bool          // more is said than is known
	any       bool
	names     []string
}

// readClaims reads the events of a token and of its claims.
func readClaims(o *flow.Object) *claims {
	c := &claims{open: !o.Complete(), names: []string{o.Type}}
	for _, ev := range o.AllEvents() {
		if ev.Target != "" {
			c.names = append(c.names, ev.Target)
		}
		switch ev.Role {
		case "sign":
			c.signedAt = ev
		case "lifetime":
			c.lifetimes = append(c.lifetimes, ev)
		case "claim":
			c.claim(ev)
		}
	}
	for _, parent := range o.Parents() {
		c.any = c.any || parent.Kind == "jwt-claims" || parent.Kind == "document"
		c.names = append(c.names, parent.Type)
	}
	return c
}

// claim reads one claim.
func (c *claims) claim(ev *flow.Event) {
	c.any = true
	v, _ := ev.Arg("name")
	name, ok := v.Known()
	if _, withheld := v.Withheld(); !ok && !withheld {
		c.open = true
	}
	if name == "exp" {
		c.expiry = append(c.expiry, ev)
		return
	}
	value, _ := ev.Arg("value")
	if text, ok := value.Known(); ok && slices.Contains([]string{"typ", "type", "token_type", "tokenType", "use", "token_use", "purpose", "kind", "action", "scope", "aud"}, name) {
		c.names = append(c.names, text)
	}
}

// lifetime observes how long a token is valid, nil if that is not known.
func lifetime(p *observe.Pass, o *flow.Object, c *claims) *practice.Token {
	if len(c.expiry) == 0 && len(c.lifetimes) == 0 {
		if c.open || !c.any || c.signedAt == nil {
			return nil
		}
		obs := observation(p, c.made(o), c, practice.TokenLifetime)
		obs.Endless = true
		if c.signedAt.Conditional {
			obs.Condition = practice.Conditional
		}
		return obs
	}
	var worst *practice.Token
	for _, ev := range last(c.expiry) {
		worst = longer(worst, expiry(p, ev, c))
	}
	for _, ev := range last(c.lifetimes) {
		worst = longer(worst, duration(p, ev, c))
	}
	return worst
}

// made returns the event by which a token is made, or signed if that is not known.
func (c *claims) made(o *flow.Object) *flow.Event {
	for _, ev := range o.Events {
		if ev.Role == "algorithm" {
			return ev
		}
	}
	return c.signedAt
}

// longer returns the one of two that is worse.
func longer(a, b *practice.Token) *practice.Token {
	switch {
	case a == nil:
		return b
	case b == nil || a.Endless || !b.Endless && a.Lifetime >= b.Lifetime:
		return a
	}
	return b
}

// observation returns an observation at an event.
func observation(p *observe.Pass, ev *flow.Event, c *claims, aspect practice.TokenAspect) *practice.Token {
	return &practice.Token{
		Source: p.Source(ev.At, ev.Symbol, "token", ev.Steps, ev.Conditional && ev.Role != "algorithm"),
		Aspect: aspect, Names: c.names, Use: ev.Text,
	}
}

// farFuture is a time as seconds since the epoch that no token is meant to see:
// the year 2035.
const farFuture = 2051222400

// expiry observes a claim exp.
func expiry(p *observe.Pass, ev *flow.Event, c *claims) *practice.Token {
	v, _ := ev.Arg("value")
	obs := observation(p, ev, c, practice.TokenLifetime)
	known, others := false, false
	for _, alt := range v.Alts {
		d, ok, isTime := alt.Lifetime()
		n, isNumber := alt.Int()
		switch {
		case ok:
			obs.Shortest = shorter(obs.Shortest, d, !known)
			obs.Lifetime, known = max(obs.Lifetime, d), true
		case isTime:
			others = true
		case isNumber && (n == 0 || n >= farFuture), alt.IsNil():
			obs.Endless, known = true, true
		default:
			others = true
		}
	}
	if !known {
		return nil
	}
	c.condition(obs, v, others)
	obs.Steps = steps(v, ev)
	return obs
}

// condition says whether a value is always what was observed.
func (c *claims) condition(obs *practice.Token, v flow.Value, others bool) {
	switch {
	case obs.Condition != practice.Always:
	case v.FromOutside(), others:
		obs.Condition, obs.Shortest = practice.Configured, 0
	case len(v.Alts) > 1:
		obs.Condition = practice.Conditional
	}
}

// shorter returns the lesser of two lengths of time, the second if it is the first
// that is known.
func shorter(a, b time.Duration, first bool) time.Duration {
	if first {
		return b
	}
	return min(a, b)
}

// duration observes a lifetime that is given as a length of time.
func duration(p *observe.Pass, ev *flow.Event, c *claims) *practice.Token {
	v, _ := ev.Arg("value")
	unit := time.Nanosecond
	if u, ok := ev.Arg("unit"); ok {
		text, _ := u.Known()
		unit, _ = time.ParseDuration(text)
	}
	obs := observation(p, ev, c, practice.TokenLifetime)
	others := false
	for _, alt := range v.Alts {
		text, ok := alt.Known()
		n, err := strconv.ParseInt(text, 10, 64)
		if !ok || err != nil || unit > 0 && n > int64(1<<62)/int64(unit) {
			others = true
			continue
		}
		obs.Shortest = shorter(obs.Shortest, time.Duration(n)*unit, obs.Lifetime == 0)
		obs.Lifetime = max(obs.Lifetime, time.Duration(n)*unit)
	}
	if obs.Lifetime <= 0 {
		return nil
	}
	c.condition(obs, v, others)
	return obs
}

// unsigned observes a token that is signed with the algorithm none.
func unsigned(p *observe.Pass, o *flow.Object, c *claims) *practice.Token {
	for _, ev := range o.AllEvents() {
		for _, name := range []string{"value", "key"} {
			v, ok := ev.Arg(name)
			if !ok || ev.Role != "algorithm" && ev.Role != "secret" || ev.Inherited && !ev.Filled() {
				continue
			}
			if isNone(v, ev.Role) {
				return observation(p, ev, c, practice.Unsigned)
			}
		}
	}
	return nil
}

// shortKeys observes the RSA keys that are generated here to sign tokens.
func shortKeys(p *observe.Pass, o *flow.Object, c *claims) []practice.Observation {
	var list []practice.Observation
	for _, ev := range o.AllEvents() {
		v, ok := ev.Arg("key")
		if !ok || ev.Role != "secret" || ev.Inherited && !ev.Filled() {
			continue
		}
		for _, alt := range v.Alts {
			if bits, at, ok := alt.RSAKey(); ok {
				obs := observation(p, ev, c, practice.WeakSigningKey)
				obs.Bits = bits
				if at.Package == "" {
					obs.Origin = at
				}
				list = append(list, obs)
			}
		}
	}
	return list
}

// isNone reports whether a value is the algorithm none, or what switches it on.
func isNone(v flow.Value, role string) bool {
	if v.HasRole("unsigned") {
		return true
	}
	text, ok := v.Known()
	return ok && role == "algorithm" && (text == "none" || text == "NONE")
}

// steps returns the way of a value to an event.
func steps(v flow.Value, ev *flow.Event) []finding.Step {
	if len(ev.Steps) > 0 {
		return ev.Steps
	}
	for _, alt := range v.Alts {
		if len(alt.Steps) > 0 {
			return observe.Steps(finding.Location{}, "time of expiry", alt, nil, ev.At, ev.Text)
		}
	}
	return nil
}
