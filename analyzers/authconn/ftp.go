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
func ftp(p *observe.Pass, o *flow.Object, told map[finding.Location]bool) practice.Observation {
	address := lastArg(o, "address", "value", "host")
	login, anonymous, fresh := logins(o)
	if address.IsZero() && !login {
		return nil
	}
	if !fresh && !freshRole(o, "address") && !bound(o) {
		return nil
	}
	if !login && o.Exposed {
		return nil // logged in, if at all, where the engine does not look
	}
	state := protection(o)
	if state != practice.TLSOff || toldByCallers(o, told) {
		return nil
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
		TLS:       state,
		Login:     login && !anonymous,
		Anonymous: anonymous,
		Use:       o.Callee,
	}
}

// bound reports whether a call says where the connection of its callee goes,
// and has that from nobody else. A callee of another package that leaves no
// choice but the host tells for itself.
func bound(o *flow.Object) bool {
	for _, ev := range o.All("address") {
		for _, a := range ev.Args {
			if a.FilledStart && (o.Choice || !elsewhere(ev)) && !openEnded(a.Value) {
				return true
			}
		}
	}
	return false
}

// elsewhere reports whether an inherited event is that of another package.
func elsewhere(ev *flow.Event) bool {
	n := len(ev.Steps)
	return n > 0 && ev.Steps[n-1].Location.Package != ""
}

// openEnded reports whether an address is a parameter, so that callers say it.
func openEnded(v flow.Value) bool {
	for _, alt := range v.Alts {
		if len(alt.Parts) > 0 && alt.Parts[0].Kind == flow.Param {
			return true
		}
	}
	return false
}

// filledAddresses returns where this package's calls say the address of a
// connection that their callees make.
func filledAddresses(p *observe.Pass) map[finding.Location]bool {
	told := map[finding.Location]bool{}
	for _, o := range p.Flow.Objects {
		if o.Kind != "ftp-connection" && o.Kind != "tcp-connection" || !o.Instance || !bound(o) {
			continue
		}
		for _, ev := range o.All("address") {
			for _, s := range ev.Steps {
				told[s.Location] = true
			}
		}
	}
	return told
}

// toldByCallers reports whether a connection goes where callers in this package
// say: they are told.
func toldByCallers(o *flow.Object, told map[finding.Location]bool) bool {
	for _, ev := range o.All("address") {
		for _, a := range ev.Args {
			if told[ev.At] && openEnded(a.Value) {
				return true
			}
		}
	}
	return false
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
	e := protectionOf(o)
	switch {
	case e.on || e.configured:
		return practice.TLSOn
	case e.open || o.OpenOptions || openOption(o):
		return practice.TLSUnknown
	}
	return practice.TLSOff
}

// openOption reports whether an option of the connection may be more than is seen.
func openOption(o *flow.Object) bool {
	for _, x := range o.Parents() {
		if x.Kind == "ftp-option" && !x.Sealed() {
			return true
		}
	}
	return false
}
