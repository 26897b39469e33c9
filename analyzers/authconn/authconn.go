// Package authconn observes connections of protocols other than HTTP.
//
// # Analyzer authconn
//
// authconn: observe logins without TLS and unchecked SSH host keys
//
// It judges plaintext-ftp, plaintext-smpp, credential-over-plaintext and
// ssh-host-key-unchecked: what is set on one and the same connection, joined by
// package flow through options, connection strings, helpers and packages.
package authconn

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes connections; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authconn",
	Doc:              "observe logins without TLS and unchecked SSH host keys\n\nplaintext-ftp, plaintext-smpp, credential-over-plaintext, ssh-host-key-unchecked",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		if p.Flow.Fault != nil {
			panic(p.Flow.Fault) // told once, here: gopass records it
		}
		var list []practice.Observation
		told := filledAddresses(p)
		for _, o := range p.Flow.Objects {
			switch o.Kind {
			case "ftp-connection":
				if obs := ftp(p, o, told); obs != nil {
					list = append(list, obs)
				}
			case "tcp-connection":
				if obs := spoken(p, o, told); obs != nil {
					list = append(list, obs)
				} else if obs := boundByHand(p, o); obs != nil {
					list = append(list, obs)
				}
			case "ssh-client-config", "ssh-connection":
				list = append(list, hostKeys(p, o)...)
			case "command":
				list = append(list, commands(p, o)...)
			default:
				if obs := login(p, o); obs != nil {
					list = append(list, obs)
				}
			}
		}
		return list
	})
}
