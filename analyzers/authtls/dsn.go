package authtls

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// inWords returns the check of a peer that a connection string, or the word for
// a policy of TLS, switches off.
func inWords(p *observe.Pass, o *flow.Object) *practice.TLS {
	for _, ev := range o.Events {
		if ev.Role != "dsn" && ev.Role != "tls-policy" || ev.Inherited && !ev.Filled() {
			continue
		}
		v, _ := ev.Arg("value")
		on := 0
		for _, alt := range v.Alts {
			if practice.SkipsVerification(alt.Partial()) {
				on++
			}
		}
		switch {
		case on == 0:
		case on == len(v.Alts):
			return peer(p, o, ev, practice.Always)
		default:
			return peer(p, o, ev, practice.Conditional)
		}
	}
	return nil
}
