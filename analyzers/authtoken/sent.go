package authtoken

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// sent observes a token that is signed here and sent with a request.
func sent(p *observe.Pass, o *flow.Object) *practice.Token {
	carrier := carrierOf(o)
	if carrier == nil {
		return nil
	}
	host := observe.Host(o)
	if host == "" {
		return nil
	}
	obs := &practice.Token{
		Source: p.Source(carrier.At, carrier.Symbol, "token", carrier.Steps, carrier.Conditional),
		Aspect: practice.SignedHere, Host: host, Provider: o.Provider, Use: carrier.Text,
	}
	if signed := signingOf(p, carrier); signed != nil {
		obs.Origin, obs.Symbol = signed.At, signed.Symbol
		if len(obs.Steps) == 0 {
			obs.Steps = []finding.Step{{Kind: finding.Sink, Location: carrier.At, Text: carrier.Text}}
		}
		obs.Steps = append([]finding.Step{{Kind: finding.Origin, Location: signed.At, Text: "token"}}, obs.Steps...)
	}
	return obs
}

// signingOf returns the call of this package that signs the token which an
// event sends: there is one, however many requests carry what it makes.
func signingOf(p *observe.Pass, carrier *flow.Event) *flow.Event {
	at := signedAt(carrier)
	if at.IsZero() || at.Package != "" {
		return nil
	}
	for _, o := range p.Flow.Objects {
		for _, ev := range o.Events {
			if ev.Role == "sign" && !ev.Inherited && within(at, ev.At) {
				return ev
			}
		}
	}
	return nil
}

// signedAt returns where the token that an event sends is signed.
func signedAt(carrier *flow.Event) finding.Location {
	for _, a := range carrier.Args {
		for _, alt := range a.Value.Alts {
			for _, part := range alt.Parts {
				if part.Kind == flow.Role && part.Name == "signed-token" {
					return part.At
				}
			}
		}
	}
	return finding.Location{}
}

// within reports whether a place begins inside another.
func within(at, outer finding.Location) bool {
	return at.File == outer.File && !at.Before(outer) &&
		(at.Line < outer.EndLine || at.Line == outer.EndLine && at.Column < outer.EndColumn)
}

// carrierOf returns the event by which a request carries a token that is signed
// here, nil if the function that made the request has told it.
func carrierOf(o *flow.Object) *flow.Event {
	var carrier *flow.Event
	joins := !o.Instance
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "header", "bearer", "auth-header", "api-key":
			for _, a := range ev.Args {
				if a.Value.HasRole("signed-token") {
					carrier = ev
					joins = joins || !ev.Inherited || a.Filled
				}
			}
		case "url", "base-url", "host":
			joins = joins || !ev.Inherited || ev.Role == "host" && ev.Filled() || ev.FillsHost()
		}
	}
	if !joins {
		return nil
	}
	return carrier
}
