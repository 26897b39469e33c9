// Package known lists the names that settings and arguments may refer to.
package known

import (
	"fmt"
	"slices"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/secrets"
)

// Names returns the names of all rules, secret patterns among them, and of all
// thresholds, sorted. Settings add their own, and so does the .gitleaks.toml of
// a folder; without settings and folder they are those that are built in.
func Names(cfg *config.Config, folder string) (config.Names, error) {
	if cfg == nil {
		cfg = config.Default()
	}
	catalogue, err := cfg.Catalogue()
	if err != nil {
		return config.Names{}, fmt.Errorf("loading the rules: %w", err)
	}
	patterns, err := Patterns(cfg, folder)
	if err != nil {
		return config.Names{}, err
	}
	ids := append(catalogue.IDs(), patterns...)
	if folder != "" { // it may leave out rules, which have names all the same
		all, err := Patterns(cfg, "")
		if err != nil {
			return config.Names{}, err
		}
		ids = append(ids, all...)
	}
	slices.Sort(ids)
	return config.Names{Rules: slices.Compact(ids), Thresholds: catalogue.ThresholdNames()}, nil
}

// Patterns returns the ids of the secret patterns, sorted.
func Patterns(cfg *config.Config, folder string) ([]string, error) {
	catalogue, err := cfg.Catalogue()
	if err != nil {
		return nil, fmt.Errorf("loading the rules: %w", err)
	}
	opts := secrets.Options{Catalogue: catalogue, Extra: cfg.SecretFiles()}
	if folder != "" {
		if err := opts.ReadFolder(folder); err != nil {
			return nil, err
		}
	}
	engine, err := secrets.New(opts)
	if err != nil {
		return nil, fmt.Errorf("loading the secret patterns: %w", err)
	}
	ids := engine.RuleIDs()
	slices.Sort(ids)
	return ids, nil
}
