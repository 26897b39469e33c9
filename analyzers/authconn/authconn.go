// Package authconn observes connections of protocols other than HTTP.
//
// # Analyzer authconn
//
// authconn: observe FTP logins and SSH host keys
//
// It judges plaintext-ftp and ssh-host-key-unchecked.
package authconn

import (
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes connections; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authconn",
	Doc:              "observe FTP logins and SSH host keys\n\nplaintext-ftp, ssh-host-key-unchecked",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		if p.Flow.Fault != nil {
			panic(p.Flow.Fault) // told once, here: gopass records it
		}
		var list []practice.Observation
		for _, o := range p.Flow.Objects {
			switch o.Kind {
			case "ftp-connection":
				if obs := ftp(p, o); obs != nil {
					list = append(list, obs)
				}
			case "ssh-client-config":
				list = append(list, hostKeys(p, o)...)
			}
		}
		return list
	})
}

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

// hostKeys returns the host key checks of an SSH client configuration.
func hostKeys(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	byPassword := o.Has("auth-password")
	for _, ev := range o.Events {
		if ev.Role != "host-key" || ev.Inherited && !ev.Filled() {
			continue
		}
		v, ok := ev.Arg("callback")
		if !ok || !v.HasRole("accept-any-host-key") && !v.AcceptsAll() && !v.AcceptsConditionally() {
			continue
		}
		obs := &practice.Connection{
			Source:           p.Source(ev.At, ev.Symbol, "host-key", ev.Steps, ev.Conditional),
			Protocol:         "ssh",
			Address:          address(p, o),
			HostKeyUnchecked: true,
			ByPassword:       byPassword,
			Use:              ev.Text,
		}
		if obs.Condition == practice.Always && !allAccept(v) {
			obs.Condition = practice.Conditional
		}
		list = append(list, obs)
	}
	return list
}

func allAccept(v flow.Value) bool {
	for _, alt := range v.Alts {
		one := flow.Value{Alts: []flow.Alt{alt}}
		if !one.HasRole("accept-any-host-key") && !one.AcceptsAll() && !one.IsNil() {
			return false
		}
	}
	return true
}

// address returns the host that a configuration is used for, as far as known.
func address(p *observe.Pass, o *flow.Object) partial.String {
	for _, x := range p.Flow.Objects {
		if x.Kind == "ssh-connection" && x.From(o) {
			return lastArg(x, "address", "value", "host").Partial()
		}
	}
	return partial.String{}
}
