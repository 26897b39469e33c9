package authconn

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
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
		for _, use := range accepting(ev, v) {
			obs := &practice.Connection{
				Source:           p.Source(use.at, symbolAt(p, use.at, ev), "host-key", ev.Steps, use.conditional),
				Protocol:         "ssh",
				Address:          address(p, o),
				HostKeyUnchecked: true,
				ByPassword:       byPassword,
				Use:              ev.Text,
			}
			list = append(list, obs)
		}
	}
	return list
}

// acceptance is a callback that takes any key, where it is brought in.
type acceptance struct {
	at          finding.Location
	conditional bool
}

// accepting returns the callbacks among the readings of a value that take any
// key. Those of elements of a list, or of structs that are written out, are used
// for certain, each for its own; otherwise the program chooses.
func accepting(ev *flow.Event, v flow.Value) []acceptance {
	if len(v.Alts) == 0 {
		return []acceptance{{ev.At, ev.Conditional}}
	}
	var list []acceptance
	for _, alt := range v.Alts {
		one := flow.Value{Alts: []flow.Alt{alt}}
		if !one.HasRole("accept-any-host-key") && !one.AcceptsAll() && !one.AcceptsConditionally() && !one.IsNil() {
			continue
		}
		if alt.Row != 0 && isOfThisPackage(ev) {
			continue // the struct that holds it is told where it is written
		}
		use := acceptance{ev.At, ev.Conditional || one.AcceptsConditionally() || !allAccept(rivals(v, alt)) && !ev.ByChance("callback")}
		if at := bringing(alt); !at.IsZero() && at.Package == "" {
			use.at = at
		}
		if !slices.ContainsFunc(list, func(x acceptance) bool { return x.at == use.at }) {
			list = append(list, use)
		}
	}
	return list
}

// isOfThisPackage reports whether an event is inherited from a function of the
// package, which sees what its structs hold.
func isOfThisPackage(ev *flow.Event) bool {
	n := len(ev.Steps)
	return ev.Inherited && n > 0 && ev.Steps[n-1].Location.Package == ""
}

// rivals returns what may be used in the place of a reading. The field of a
// parameter is none beside what is stored in that field: it stands for it.
func rivals(v flow.Value, alt flow.Alt) flow.Value {
	out := v.Beside(alt)
	if !alt.IsStored() {
		return out
	}
	out.Alts = slices.DeleteFunc(out.Alts, func(other flow.Alt) bool {
		return len(other.Parts) == 1 && other.Parts[0].Kind == flow.Param && other.Parts[0].Path != ""
	})
	return out
}

// bringing returns the place that brings a callback in: the element of a list or
// the field of a struct that it is written in, or the call that makes it.
func bringing(alt flow.Alt) finding.Location {
	for _, s := range alt.Steps {
		if strings.HasPrefix(s.Text, "field ") {
			return s.Location
		}
	}
	if (flow.Value{Alts: []flow.Alt{alt}}).HasRole("accept-any-host-key") {
		return alt.Parts[0].At
	}
	return finding.Location{}
}

// symbolAt returns the function that a place lies in, that of the event if it
// lies in none.
func symbolAt(p *observe.Pass, at finding.Location, ev *flow.Event) string {
	if symbol, ok := p.Symbol(at); ok {
		return symbol
	}
	return ev.Symbol
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
