package authtoken

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// kept observes an access token that is stored without regard to its expiry.
func kept(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	for _, ev := range o.Events {
		if ev.Role != "kept" {
			continue
		}
		reuse, _ := ev.Arg("reuse")
		list = append(list, &practice.Token{
			Source: p.Source(ev.At, ev.Symbol, "token", ev.Steps, false), Aspect: practice.ExpiryIgnored,
			Likely: isOnly(reuse, "holder") || isOnly(reuse, "fixed"), Use: ev.Text,
		})
	}
	return list
}
