package authconn

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// protocolOf returns the protocol that a kind of object speaks, and reports
// whether it is a connection that may carry a login. What a connection to an
// SQL database speaks is told by its connection string.
func protocolOf(kind string) (string, bool) {
	protocol, ok := strings.CutSuffix(kind, "-connection")
	switch protocol {
	case "sql":
		return "", ok
	case "ftp", "ssh", "sftp", "tcp", "tls", "websocket":
		return "", false
	}
	return protocol, ok
}

// login returns the observation of a connection over which a login goes, nil if
// there is none or another function tells of it.
func login(p *observe.Pass, o *flow.Object) practice.Observation {
	protocol, ok := protocolOf(o.Kind)
	if !ok || !tells(o, protocol) {
		return nil
	}
	at, symbol, steps := placeOf(o)
	obs := &practice.Connection{
		Source:   p.Source(at, symbol, "login "+o.Kind, steps, false),
		Protocol: protocol,
		Provider: o.Provider,
		Use:      o.Callee,
	}
	obs.Login = sendsPassword(o)
	for _, ev := range o.All("dsn") {
		driver, _ := ev.Arg("driver")
		name, _ := driver.Known()
		if v, ok := ev.Arg("value"); ok {
			obs.SetDSN(name, v.Partial())
		}
	}
	if !obs.Login {
		return nil
	}
	if a := addressOf(o); !a.IsZero() {
		obs.Address = a
	}
	c := protectionOf(o)
	c.apply(obs, o)
	if obs.TLS != practice.TLSOff && obs.TLS != practice.TLSOpportunistic {
		return nil
	}
	return obs
}

// tells reports whether this function makes the connection, logs in over it or
// says where it goes. What a callee does whole is told there, but for the host
// of a connection that is without TLS only because nobody has said otherwise:
// such a one is a matter of where it goes.
func tells(o *flow.Object, protocol string) bool {
	if !o.Instance {
		return !adds(o)
	}
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "dsn", "address", "login", "plain", "dialer", "tls-policy":
			if !ev.Inherited {
				return true
			}
		}
		for _, a := range ev.Args {
			if ev.Role == "dialer" && a.Filled && !openEnded(a.Value) {
				return true
			}
			if a.FilledStart && (ev.Role == "dsn" || ev.Role == "address" && defaultOf(protocol) != practice.TLSUnknown && protocol != "smpp") {
				return true
			}
		}
	}
	return false
}

// adds reports whether a connection is another one under a new name, which says
// nothing more of it.
func adds(o *flow.Object) bool {
	return len(o.Events) == 0 && o.FromConnection()
}

// placeOf returns where a login is reported: at the call that logs in over an
// open connection, one with a credential if there are several, else where the
// connection is made.
func placeOf(o *flow.Object) (at finding.Location, symbol string, steps []finding.Step) {
	at, symbol = o.At, o.Symbol
	sent := false
	for _, ev := range o.Events {
		switch {
		case sent && !givesSecret(ev):
		case (ev.Role == "login" || ev.Role == "include") && (!ev.Inherited || o.Instance) && !strings.HasPrefix(ev.Text, "field "):
			at, symbol, steps = ev.At, ev.Symbol, ev.Steps
			sent = givesSecret(ev)
		case at.IsZero():
			at, symbol = ev.At, ev.Symbol
		}
	}
	return at, symbol, steps
}

// givesSecret reports whether a login is given a credential that is not empty.
func givesSecret(ev *flow.Event) bool {
	if ev.Role != "login" {
		return false
	}
	for _, name := range []string{"password", "token", "secret", "key"} {
		v, ok := ev.Arg(name)
		if !ok || v.IsZero() || v.IsNil() {
			continue
		}
		if text, known := v.Known(); !known || text != "" {
			return true
		}
	}
	return false
}

// sendsPassword reports whether a login sends a credential. One that proves it
// knows the password gives nothing away.
func sendsPassword(o *flow.Object) bool {
	for _, ev := range o.All("auth-scheme") {
		v, _ := ev.Arg("value")
		if scheme, ok := v.Known(); ok && isProof(scheme) {
			return false
		}
	}
	for _, ev := range o.All("login") {
		if answersInClear(ev) || givesSecret(ev) {
			return true
		}
	}
	return false
}

// answersInClear reports whether a way to log in of the program's own starts
// without a look at whether TLS is on, and does not prove the password.
func answersInClear(ev *flow.Event) bool {
	v, ok := ev.Arg("callback")
	if !ok || len(v.Callbacks()) != 1 {
		return false
	}
	c := v.Callbacks()[0]
	if c.LooksAt(0, "TLS") || c.Returns.IsZero() {
		return false
	}
	for _, alt := range c.Returns.Alts {
		if mechanism, known := alt.Known(); !known || isProof(mechanism) {
			return false
		}
	}
	return true
}

// isProof reports whether a SASL mechanism does not send the password.
func isProof(mechanism string) bool {
	mechanism = strings.ToUpper(mechanism)
	for _, prefix := range []string{"SCRAM", "CRAM", "DIGEST", "GSSAPI", "EXTERNAL", "NTLM", "AWS"} {
		if strings.HasPrefix(mechanism, prefix) {
			return true
		}
	}
	return false
}

// addressOf returns where a connection goes as far as it is said apart from a
// connection string. A socket has no host.
func addressOf(o *flow.Object) partial.String {
	network := lastArg(o, "address", "network")
	if name, ok := network.Known(); ok && strings.HasPrefix(name, "unix") {
		return partial.Literal("unix:")
	}
	if v := lastArg(o, "address", "value"); !v.IsZero() {
		return v.Partial()
	}
	return lastArg(o, "address", "host").Partial()
}
