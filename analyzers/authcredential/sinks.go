package authcredential

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// secretArgs are the argument names of events that take a credential, by kind.
func secretArg(name string) shape.Kind {
	switch name {
	case "password", "passphrase":
		return shape.Password
	case "secret":
		return shape.Secret
	case "key":
		return shape.Key
	case "token":
		return shape.Token
	case "private-key":
		return shape.PrivateKey
	}
	return shape.None
}

// object observes the credentials that are set on an object.
func (c *collector) object(o *flow.Object) {
	if o.Kind == "setting" {
		c.setting(o)
		return
	}
	for _, ev := range o.Events {
		if ev.Role == "url" || ev.Role == "base-url" || ev.Role == "query-string" {
			c.inQuery(o, ev)
		}
	}
	for _, ev := range o.Events {
		switch ev.Role {
		case "header", "query", "param", "form", "path-param", "cookie", "variable":
			c.pair(o, ev)
			continue
		case "dsn":
			c.dsn(o, ev)
			continue
		}
		for _, a := range ev.Args {
			if kind := secretArg(a.Name); kind != shape.None {
				c.sink(o, ev, a, kind, a.Name+" of "+ev.Text, false)
			}
			if a.Name == "callback" {
				c.callback(o, ev, a)
			}
		}
	}
}

// inQuery observes literal credentials in the query of a URL.
func (c *collector) inQuery(o *flow.Object, ev *flow.Event) {
	v, ok := ev.Arg("value")
	if !ok || ev.Inherited && !ev.Filled() {
		return
	}
	for _, alt := range v.Alts {
		t := alt.Partial()
		query := partial.ReadURL(t).Query
		if ev.Role == "query-string" {
			query = partial.ReadQuery(t)
		}
		for _, q := range query {
			name, _ := q.Name.Known()
			value, known := q.Value.Known()
			kind := shape.OfName(name)
			if !known || value == "" || kind == shape.None {
				continue
			}
			use := "query parameter " + name
			obs := &practice.Credential{
				Source: c.Source(ev.At, ev.Symbol, use, nil, ev.Conditional),
				Kind:   kind,
				Value:  practice.ValueOf(c.Catalogue, value),
				Use:    use,
				Sink:   true,
			}
			c.setOrigin(obs, holder(alt, value))
			c.about(obs, o, ev, alt)
			c.add(obs, bySink)
		}
	}
}

// holder returns the place of the literal that holds a text, if it lies in the
// package.
func holder(alt flow.Alt, text string) finding.Location {
	for _, part := range alt.Parts {
		if part.Kind == flow.Text && part.At.Package == "" && strings.Contains(part.Text, text) {
			return part.At
		}
	}
	return finding.Location{}
}

// pair observes an event with a name and a value: the name tells whether the
// value is a credential.
func (c *collector) pair(o *flow.Object, ev *flow.Event) {
	nameValue, _ := ev.Arg("name")
	name, ok := nameValue.Known()
	if !ok {
		return
	}
	kind := shape.OfName(name)
	header := ev.Role == "header"
	if header && (strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization")) {
		kind = shape.Header
	}
	if kind == shape.None {
		return
	}
	for _, a := range ev.Args {
		if a.Name == "value" {
			c.sink(o, ev, a, kind, ev.Role+" "+name, header)
		}
	}
}

// dsn observes a connection string that is a literal and holds a password.
func (c *collector) dsn(o *flow.Object, ev *flow.Event) {
	for _, a := range ev.Args {
		if a.Name == "value" {
			c.sink(o, ev, a, shape.DSN, "connection string of "+ev.Text, false)
		}
	}
}

// sink observes the literal readings of an argument that takes a credential.
func (c *collector) sink(o *flow.Object, ev *flow.Event, a flow.Arg, kind shape.Kind, use string, header bool) {
	if ev.Inherited && !a.Filled {
		return // the callee's own
	}
	if user, ok := userOf(o, ev); ok && isAnonymous(user) {
		return
	}
	for _, alt := range a.Value.Alts {
		lit, ok := c.Literal(alt, header)
		if !ok || lit.Value.Form == shape.Empty {
			continue
		}
		obs := &practice.Credential{
			Source: c.Source(ev.At, ev.Symbol, use, observe.Steps(lit.At, "literal", alt, ev.Steps, ev.At, use), ev.Conditional),
			Kind:   kind,
			Value:  lit.Value,
			Use:    use,
			Sink:   true,
			User:   lit.User,
			Same:   lit.Same,
		}
		obs.FallbackFor, obs.Fallback = observe.Fallback(a.Value, alt)
		c.setOrigin(obs, lit.At)
		obs.Test = obs.Test || lit.Test
		c.about(obs, o, ev, alt)
		obs.HoldsUser = lit.HoldsUser(obs.User)
		c.add(obs, bySink)
		c.signingKey(obs, o, a.Name)
	}
}

// userOf returns the account that a credential belongs to: events of one role
// from several fields of an object are one event.
func userOf(o *flow.Object, ev *flow.Event) (flow.Value, bool) {
	if user, ok := ev.Arg("user"); ok {
		return user, true
	}
	for _, other := range o.Events {
		if user, ok := other.Arg("user"); ok && other.Role == ev.Role && strings.HasPrefix(other.Text, "field ") {
			return user, true
		}
	}
	return flow.Value{}, false
}

// isAnonymous reports whether a user is the one whose password is public.
func isAnonymous(user flow.Value) bool {
	name, ok := user.Known()
	return ok && (strings.EqualFold(name, "anonymous") || strings.EqualFold(name, "ftp"))
}

// setOrigin names the literal's place, as a range that reports must mask.
func (c *collector) setOrigin(obs *practice.Credential, at finding.Location) {
	if at.IsZero() {
		return
	}
	obs.Test = c.Test(at.File)
	obs.Origin = at
	obs.Redact = append(obs.Redact, at)
}

// about adds what else the object tells: user, host and provider.
func (c *collector) about(obs *practice.Credential, o *flow.Object, ev *flow.Event, alt flow.Alt) {
	obs.Provider = o.Provider
	if user, ok := userOf(o, ev); ok {
		if own := user.InRow(alt); !own.IsZero() {
			user = own
		}
		if name, known := user.Known(); known {
			obs.User = name
		} else {
			obs.UserIsHole = true
		}
	}
	if obs.User == "" {
		obs.Users = append(obs.Users, alt.Users...)
	}
	obs.Host = c.HostOf(o)
}

// named observes the literal readings at a place that its name makes a credential.
func (c *collector) named(n *flow.Named) {
	for _, callback := range n.Value.Callbacks() {
		given := *n
		given.Value = callback.Returns
		c.named(&given)
	}
	for _, alt := range n.Value.Alts {
		lit, ok := c.Literal(alt, false)
		if !ok || lit.Value.Form == shape.Empty {
			continue
		}
		if lit.At.IsZero() && n.Inherited {
			continue // neither the literal nor the sink lies here
		}
		if alt.Mixed() {
			continue // a name and a type are too little to go by
		}
		obs := &practice.Credential{
			Source: c.Source(n.At, n.Symbol, n.Use, observe.Steps(lit.At, "literal", alt, n.Steps, n.At, n.Use), n.Conditional),
			Kind:   n.Kind,
			Value:  lit.Value,
			Use:    n.Use,
			User:   lit.User,
			Same:   lit.Same,
		}
		if user, ok := n.User.Beside(alt).Known(); ok && obs.User == "" {
			obs.User = user
			obs.HoldsUser = lit.HoldsUser(user)
		}
		obs.FallbackFor, obs.Fallback = observe.Fallback(n.Value, alt)
		c.setOrigin(obs, lit.At)
		obs.Test = obs.Test || lit.Test
		if n.Sink != "" {
			obs.Sink = true
			c.signingKey(obs, &flow.Object{Kind: n.Sink}, "key")
		}
		c.add(obs, byName)
	}
}
