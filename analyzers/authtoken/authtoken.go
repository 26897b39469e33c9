// Package authtoken observes tokens and API keys that a program makes, checks
// and keeps.
//
// # Analyzer authtoken
//
// authtoken: observe how long tokens last, and how they are signed and checked
//
// It judges long-lived-token, token-expiry-ignored, jwt-unverified,
// jwt-weak-key, locally-signed-token, api-key-without-expiry and
// api-key-unrestricted. A literal signing key is
// observed by authcredential, which reports it in any case.
package authtoken

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes tokens; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authtoken",
	Doc:              "observe how long tokens last, and how they are signed and checked\n\nlong-lived-token, token-expiry-ignored, jwt-unverified, jwt-weak-key, locally-signed-token, api-key-without-expiry, api-key-unrestricted",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		checks := checksOf(p)
		var list []practice.Observation
		for _, o := range p.Flow.Objects {
			switch o.Kind {
			case "jwt-token":
				list = append(list, signed(p, o)...)
			case "jwt-check":
				list = append(list, checked(p, o, checks)...)
			case "http-cookie", "session":
				if obs := session(p, o); obs != nil {
					list = append(list, obs)
				}
			case "access-token":
				list = append(list, kept(p, o)...)
			case "http-request", "http-client":
				if obs := sent(p, o); obs != nil {
					list = append(list, obs)
				}
				if obs := made(p, o); obs != nil {
					list = append(list, obs)
				}
			}
		}
		return append(append(list, settings(p, list)...), keyFields(p)...)
	})
}

// told reports whether the function that made an object has told everything
// about it where it made it: this call of it adds nothing.
func told(o *flow.Object) bool {
	if !o.Instance || len(o.Parents()) > 0 {
		return false
	}
	for _, ev := range o.Events {
		if !ev.Inherited || ev.Filled() && decides(ev) {
			return false
		}
	}
	return true
}

// decides reports whether an event says how long a token is valid.
func decides(ev *flow.Event) bool {
	v, _ := ev.Arg("name")
	name, known := v.Known()
	_, withheld := v.Withheld()
	return ev.Role == "lifetime" || ev.Role == "claim" && (name == "exp" || !known && !withheld)
}

// last returns the events that hold in the end: from the last one that happens
// in any case on.
func last(events []*flow.Event) []*flow.Event {
	for i := len(events) - 1; i >= 0; i-- {
		if !events[i].Conditional {
			return events[i:]
		}
	}
	return events
}
