package authtoken

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
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
	return &practice.Token{
		Source: p.Source(carrier.At, carrier.Symbol, "token", carrier.Steps, carrier.Conditional),
		Aspect: practice.SignedHere, Host: host, Provider: o.Provider, Use: carrier.Text,
	}
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
			joins = joins || !ev.Inherited || ev.Filled()
		}
	}
	if !joins {
		return nil
	}
	return carrier
}
