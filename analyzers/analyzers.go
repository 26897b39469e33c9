// Package analyzers lists the passes of authlint.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/authconn"
	"github.com/authlint/authlint/analyzers/authcredential"
	"github.com/authlint/authlint/analyzers/authdisclosure"
	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/analyzers/authpolicy"
	"github.com/authlint/authlint/analyzers/authrequest"
	"github.com/authlint/authlint/analyzers/authsafelist"
	"github.com/authlint/authlint/analyzers/authstorage"
	"github.com/authlint/authlint/analyzers/authtls"
	"github.com/authlint/authlint/analyzers/authtoken"
)

// All returns every pass, sorted by name. authconfig reports nothing; it is
// listed because drivers show the flags of listed analyzers only.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		authconfig.Analyzer,
		authconn.Analyzer,
		authcredential.Analyzer,
		authdisclosure.Analyzer,
		authpattern.Analyzer,
		authpolicy.Analyzer,
		authrequest.Analyzer,
		authsafelist.Analyzer,
		authstorage.Analyzer,
		authtls.Analyzer,
		authtoken.Analyzer,
	}
}
