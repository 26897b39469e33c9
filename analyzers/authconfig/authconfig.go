// Package authconfig hands the settings to the other analyzers.
//
// # Analyzer authconfig
//
// authconfig: take the settings from flags
//
// It reports nothing. Settings reach analyzers as flags only, because go vet
// caches results by flags and never looks at files or at the environment: a
// setting that came another way would make the cache lie. `authlint vet` builds
// the flags from .authlint.toml.
package authconfig

import (
	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/config/passconfig"
)

// Analyzer takes the settings from its flags; its result is a *config.Config.
var Analyzer = passconfig.Analyzer

// Of returns the settings of a pass whose analyzer requires Analyzer.
func Of(pass *analysis.Pass) *config.Config { return passconfig.Of(pass) }

// With returns the analyzers with cfg as their settings, whatever the flags
// say. Analyzers that depend on Analyzer are copied, the others are shared, so
// that runs with different settings do not disturb each other.
func With(cfg *config.Config, analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	return passconfig.With(cfg, analyzers)
}
