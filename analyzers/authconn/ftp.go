package authconn

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// ftp returns the observation of a connection that logs in, or that has at
// least an address.
func ftp(p *observe.Pass, o *flow.Object) practice.Observation {
	address := lastArg(o, "address", "value", "host")
	login, anonymous, fresh := logins(o)
	if address.IsZero() && !login {
		return nil
	}
	if !fresh && !freshRole(o, "address") {
		return nil
	}
	if !login && o.Exposed {
		return nil // logged in, if at all, where the engine does not look
	}
	at, symbol, steps, conditional := o.At, o.Symbol, []finding.Step(nil), false
	for _, ev := range o.Events {
		if ev.Role == "login" || ev.Role == "address" && !login {
			at, symbol, steps, conditional = ev.At, ev.Symbol, ev.Steps, ev.Conditional
		}
	}
	return &practice.Connection{
		Source:    p.Source(at, symbol, "ftp", steps, conditional),
		Protocol:  "ftp",
		Address:   address.Partial(),
		TLS:       protection(o),
		Login:     login && !anonymous,
		Anonymous: anonymous,
		Use:       o.Callee,
	}
}

// logins reports whether a user logs in, whether it is the anonymous one, and
// whether this function does it: what a callee does whole is told there, to
// whatever host it is.
func logins(o *flow.Object) (login, anonymous, fresh bool) {
	for _, ev := range o.All("login") {
		login = true
		fresh = fresh || !ev.Inherited
		user, _ := ev.Arg("user")
		if name, ok := user.Known(); ok && (strings.EqualFold(name, "anonymous") || strings.EqualFold(name, "ftp")) {
			anonymous = true
		}
	}
	return login, anonymous, fresh
}

func freshRole(o *flow.Object, role string) bool {
	for _, ev := range o.All(role) {
		if !ev.Inherited {
			return true
		}
	}
	return false
}

// lastArg returns the last value given to one of the arguments by events with
// the role.
func lastArg(o *flow.Object, role string, names ...string) flow.Value {
	var out flow.Value
	for _, ev := range o.All(role) {
		for _, name := range names {
			if v, ok := ev.Arg(name); ok {
				out = v
			}
		}
	}
	return out
}

// protection tells whether a connection is protected by TLS. A dialer or an
// option list of unknown making leaves it open.
func protection(o *flow.Object) practice.TLSState {
	state := practice.TLSOff
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "dial-tls", "tls":
			if config, ok := ev.Arg("config"); !ok || !config.IsNil() {
				return practice.TLSOn
			}
		case "dialer":
			state = practice.TLSUnknown
		}
	}
	if state == practice.TLSOff && unknownOptions(o) {
		return practice.TLSUnknown
	}
	return state
}

// unknownOptions reports whether options reach the connection from where the
// engine does not look.
func unknownOptions(o *flow.Object) bool { return o.OpenOptions }
