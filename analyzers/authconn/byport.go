package authconn

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// smppPort is the registered port of SMPP without TLS.
const smppPort = "2775"

// boundByHand returns the observation of a connection without TLS to the port
// of SMPP in code that binds over it by itself: a bind carries the password.
func boundByHand(p *observe.Pass, o *flow.Object) practice.Observation {
	if e := protectionOf(o); e.on || e.open || e.configured || overTLS(o, 0) || wrapped(p, o) {
		return nil
	}
	for _, ev := range o.Events {
		if ev.Role != "address" || ev.Inherited && !fillsStart(ev) {
			continue
		}
		v, ok := ev.Arg("value")
		if !ok || !isSMPP(v) || !speaksSMPP(p, ev) {
			continue
		}
		return &practice.Connection{
			Source:   p.Source(ev.At, ev.Symbol, "bind smpp", ev.Steps, ev.Conditional),
			Protocol: "smpp",
			Address:  v.Partial(),
			TLS:      practice.TLSOff,
			Login:    true,
			Use:      ev.Text,
		}
	}
	return nil
}

// wrapped reports whether a TLS connection is made on top of a connection.
func wrapped(p *observe.Pass, o *flow.Object) bool {
	return slices.ContainsFunc(p.Flow.Objects, func(x *flow.Object) bool {
		return strings.HasPrefix(x.Kind, "tls-") && x.From(o)
	})
}

// fillsStart reports whether a caller gives the beginning of an argument.
func fillsStart(ev *flow.Event) bool {
	return slices.ContainsFunc(ev.Args, func(a flow.Arg) bool { return a.FilledStart })
}

// isSMPP reports whether all readings of an address have the port of SMPP.
func isSMPP(v flow.Value) bool {
	return len(v.Alts) > 0 && !slices.ContainsFunc(v.Alts, func(alt flow.Alt) bool {
		n := len(alt.Parts)
		return n == 0 || alt.Parts[n-1].Kind != flow.Text || !strings.HasSuffix(alt.Parts[n-1].Text, ":"+smppPort)
	})
}

// speaksSMPP reports whether the package of an event, or the one whose function
// connects, binds by itself: its names say so.
func speaksSMPP(p *observe.Pass, ev *flow.Event) bool {
	names := append(p.Pkg.Scope().Names(), p.Pkg.Name())
	for _, s := range ev.Steps {
		names = append(names, s.Location.Package)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return shape.HasWord(name, "bind", "smpp", "esme") || strings.Contains(strings.ToLower(name), "smpp")
	})
}
