package authconn

import (
	"strings"

	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// evidence is what speaks for TLS and against it on one connection.
type evidence struct {
	on, off, open bool
	conditional   bool // what switches it off happens under a condition
	configured    bool // a TLS configuration is given, used if TLS is
	policy        practice.TLSState
	hasPolicy     bool
}

// protectionOf collects what the events on a connection say of TLS.
func protectionOf(o *flow.Object) evidence {
	var e evidence
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "dial-tls":
			if !ev.Late {
				e.dialTLS(ev, o.Kind == "smtp-connection")
			}
		case "plain":
			e.plain(ev)
		case "tls":
			config, ok := ev.Arg("config")
			e.configured = e.configured || ok && !config.IsNil()
		case "tls-policy":
			e.setPolicy(ev)
		case "dialer":
			e.dialer(ev)
		}
	}
	return e
}

// dialTLS takes in an event that switches TLS on. Where a connection can become
// protected later, one that is not from its start may be.
func (e *evidence) dialTLS(ev *flow.Event, upgrades bool) {
	config, hasConfig := ev.Arg("config")
	value, hasValue := ev.Arg("value")
	switch {
	case hasConfig && config.IsNil() && !ev.Upgrades:
	case !hasValue:
		e.on = true
	case isWord(value, "true"):
		e.on = true
	case isWord(value, "false"):
		e.off = e.off || !upgrades
	case !value.IsNil():
		e.open = true
	}
}

// plain takes in an event that says that there is no TLS.
func (e *evidence) plain(ev *flow.Event) {
	if value, ok := ev.Arg("value"); ok && !isWord(value, "true") {
		e.open = e.open || !isWord(value, "false")
		return
	}
	e.off = true
	e.conditional = e.conditional || ev.Conditional
}

// setPolicy takes in a policy; of several the last holds, and a default of the
// library only if there is no other.
func (e *evidence) setPolicy(ev *flow.Event) {
	value, _ := ev.Arg("value")
	state, ok := policyOf(value)
	byDefault := len(value.Alts) == 1 && len(value.Alts[0].Parts) == 1 && value.Alts[0].Parts[0].Kind == flow.Text && value.Alts[0].Parts[0].At.IsZero()
	if byDefault && e.hasPolicy {
		return
	}
	if !ok {
		e.open = true
		return
	}
	e.policy, e.hasPolicy = state, true
	e.conditional = e.conditional || ev.Conditional && state == practice.TLSOff
}

// policyOf reads a policy: a constant that the models know, or a word.
func policyOf(v flow.Value) (practice.TLSState, bool) {
	switch {
	case len(v.Alts) != 1:
		return practice.TLSUnknown, false
	case v.HasRole("plaintext"):
		return practice.TLSOff, true
	case v.HasRole("opportunistic"):
		return practice.TLSOpportunistic, true
	case v.HasRole("encrypted"):
		return practice.TLSOn, true
	}
	word, ok := v.Known()
	switch strings.ToLower(word) {
	case "", "false", "0", "none", "disable", "disabled", "plaintext":
		return practice.TLSOff, ok
	case "preferred", "prefer", "allow", "opportunistic":
		return practice.TLSOpportunistic, ok
	}
	return practice.TLSOn, ok
}

// dialer takes in what makes the connection.
func (e *evidence) dialer(ev *flow.Event) {
	for _, name := range []string{"callback", "value"} {
		v, ok := ev.Arg(name)
		if !ok || v.IsNil() {
			continue
		}
		switch dials(v) {
		case practice.TLSOff:
			e.off = true
		case practice.TLSOn:
			e.on = true
		default:
			e.open = true
		}
	}
}

// dials tells what kind of connection a dialer makes: one that the models know,
// or a function, by the connections that are made in it.
func dials(v flow.Value) practice.TLSState {
	if v.HasRole("plaintext") {
		return practice.TLSOff
	}
	list := v.Callbacks()
	if len(list) == 0 || len(list) != len(v.Alts) {
		return practice.TLSUnknown
	}
	state := practice.TLSOn
	for _, c := range list {
		switch made := makes(c); {
		case made == practice.TLSUnknown:
			return practice.TLSUnknown
		case made == practice.TLSOff:
			state = practice.TLSOff
		}
	}
	return state
}

// makes tells what kind of connection a function makes.
func makes(c *flow.Callback) practice.TLSState {
	state := practice.TLSUnknown
	for _, kind := range c.Makes {
		switch kind {
		case "tls-connection", "tls-dialer", "tls-config":
			return practice.TLSOn
		case "tcp-connection":
			state = practice.TLSOff
		}
	}
	return state
}

// apply sets the state of a connection, whose connection string may have said
// something already.
func (e *evidence) apply(obs *practice.Connection, o *flow.Object) {
	said := obs.TLS
	switch {
	case e.on:
		obs.TLS = practice.TLSOn
	case e.hasPolicy:
		obs.TLS = e.policy
	case e.open:
		obs.TLS = practice.TLSUnknown
	case e.off:
		obs.TLS, obs.Implied = practice.TLSOff, false
	case said != practice.TLSUnknown:
		if obs.Implied && (e.configured || !o.Sealed()) {
			obs.TLS = practice.TLSUnknown
		}
	default:
		obs.TLS, obs.Implied = defaultOf(obs.Protocol), true
		if e.configured || !o.Sealed() {
			obs.TLS = practice.TLSUnknown
		}
	}
	if e.conditional && obs.Condition == practice.Always {
		obs.Condition = practice.Conditional
	}
}

// defaultOf returns what a protocol's libraries do if nothing is said.
func defaultOf(protocol string) practice.TLSState {
	switch protocol {
	case "smpp", "redis", "kafka", "mysql", "clickhouse", "cassandra", "mongo":
		return practice.TLSOff
	case "nats":
		return practice.TLSOpportunistic
	}
	return practice.TLSUnknown
}

// isWord reports whether a value is known to be a text.
func isWord(v flow.Value, word string) bool {
	text, ok := v.Known()
	return ok && text == word
}
