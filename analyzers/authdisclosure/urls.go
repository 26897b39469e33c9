package authdisclosure

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// shownURLs returns the observations of a client that logs the URL of each
// request, as long as it has no other log.
func shownURLs(p *observe.Pass, o *flow.Object, by *flow.Event) []practice.Observation {
	for _, ev := range o.Events {
		if ev.Role == "debug" && ev != by {
			return nil
		}
	}
	var list []practice.Observation
	for _, x := range p.Flow.Objects {
		if x.Kind != "http-request" || !x.From(o) {
			continue
		}
		names := x.URLText().QuerySecrets()
		if len(names) == 0 {
			continue
		}
		name := names[0]
		list = append(list, &practice.Disclosure{
			Source:   p.Source(x.At, x.Symbol, "debug "+name, nil, by.Conditional),
			Channel:  practice.ToLog,
			Kind:     shape.Key,
			What:     "query parameter " + name,
			Use:      "the client's own log",
			Certain:  true,
			Provider: x.Provider,
		})
	}
	return list
}
