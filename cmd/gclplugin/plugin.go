// Package gclplugin is authlint as a module plugin of golangci-lint. See
// .golangci.example.yml for its settings.
package gclplugin

import (
	"errors"
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
)

// golangci-lint knows no other way to find a plugin than its init function.
func init() { register.Plugin("authlint", New) }

// plugin holds the settings of one configuration of golangci-lint.
type plugin struct{ config *config.Config }

// New returns the plugin for settings as they stand in .golangci.yml: the keys
// of .authlint.toml.
func New(settings any) (register.LinterPlugin, error) {
	file, err := register.DecodeSettings[config.File](settings)
	if err != nil {
		return nil, err
	}
	if file.FailOn != "" || len(file.Exclude) > 0 {
		return nil, errors.New("fail-on and exclude have no effect in golangci-lint: use its severity and exclusions")
	}
	cfg, err := file.Config()
	if err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	names, err := known.Names()
	if err != nil {
		return nil, err
	}
	if err := cfg.Check(names); err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	cfg.WithoutRelated, cfg.Cached = true, true
	return &plugin{cfg}, nil
}

// BuildAnalyzers returns the analyzers with the settings.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return authconfig.With(p.config, analyzers.All()), nil
}

// GetLoadMode asks for types; the flow engine builds the rest itself.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
