package analyzers_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/authlint/authlint/analyzers/authcredential"
	"github.com/authlint/authlint/analyzers/authdisclosure"
	"github.com/authlint/authlint/analyzers/authrequest"
	"github.com/authlint/authlint/analyzers/authtls"
)

// TestSuggestedFixes holds what drivers apply without asking to the golden files:
// safe fixes, and no others.
func TestSuggestedFixes(t *testing.T) {
	dir, err := filepath.Abs("testdata/fixes")
	if err != nil {
		t.Fatal(err)
	}
	for pkg, analyzer := range map[string]*analysis.Analyzer{
		"tls": authtls.Analyzer, "scheme": authrequest.Analyzer, "redact": authdisclosure.Analyzer, "literal": authcredential.Analyzer,
	} {
		t.Run(pkg, func(t *testing.T) { analysistest.RunWithSuggestedFixes(t, dir, analyzer, "./"+pkg) })
	}
}
