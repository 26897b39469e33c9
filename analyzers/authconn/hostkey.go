package authconn

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// hostKeys returns the host key checks of an SSH client configuration, or of a
// connection.
func hostKeys(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	byPassword := o.Has("auth-password")
	for _, ev := range o.Events {
		if ev.Role != "host-key" || ev.Inherited && !ev.Filled() {
			continue
		}
		// Without a callback nothing checks the key.
		v, ok := ev.Arg("callback")
		if ok && !v.HasRole("accept-any-host-key") && !v.AcceptsAll() && !v.AcceptsConditionally() {
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
		if obs.Condition == practice.Always && ok && !allAccept(v) && !ev.ByChance("callback") {
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
		if x.Kind == "ssh-connection" && (x == o || x.From(o)) {
			return lastArg(x, "address", "value", "host").Partial()
		}
	}
	return partial.String{}
}
