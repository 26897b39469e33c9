package authconn

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// commands returns the connections of a command that the package runs.
func commands(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	for _, obs := range p.Commands(o) {
		if c, ok := obs.(*practice.Connection); ok {
			list = append(list, c)
		}
	}
	return list
}
