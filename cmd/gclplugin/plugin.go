// Package gclplugin is authlint as a module plugin of golangci-lint. See
// .golangci.example.yml for its settings.
package gclplugin

import (
	"errors"
	"fmt"
	"maps"
	"os"

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
	file, err := register.DecodeSettings[config.File](withHosts(settings))
	if err != nil {
		return nil, err
	}
	if file.FailOn != "" || len(file.Exclude) > 0 {
		return nil, errors.New("fail-on and exclude have no effect in golangci-lint: use its severity and exclusions")
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	if root := config.Repository(dir); root != "" {
		dir = root
	}
	cfg, err := file.ConfigIn(dir)
	if err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	names, err := known.Names(cfg, "")
	if err != nil {
		return nil, err
	}
	if err := cfg.Check(names); err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	cfg.Golangci = true
	return &plugin{cfg}, nil
}

// withHosts returns the settings with the names of hosts whole: golangci-lint
// takes keys apart at their dots.
func withHosts(settings any) any {
	given, ok := settings.(map[string]any)
	if !ok {
		return settings
	}
	split, ok := given["hosts"].(map[string]any)
	if !ok {
		return settings
	}
	hosts := map[string]any{}
	join(hosts, "", split)
	whole := maps.Clone(given)
	whole["hosts"] = hosts
	return whole
}

// join adds the tables below a key that hold values, by their whole keys.
func join(hosts map[string]any, key string, table map[string]any) {
	values := map[string]any{}
	for name, value := range table {
		below, ok := value.(map[string]any)
		switch {
		case !ok && key != "":
			values[name] = value
		case !ok:
			hosts[name] = value // a mistake that the decoder tells
		case key == "":
			join(hosts, name, below)
		default:
			join(hosts, key+"."+name, below)
		}
	}
	if len(values) > 0 {
		hosts[key] = values
	}
}

// BuildAnalyzers returns the analyzers with the settings.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return authconfig.With(p.config, analyzers.All()), nil
}

// GetLoadMode asks for types; the flow engine builds the rest itself.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
