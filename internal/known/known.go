// Package known lists the names that settings and arguments may refer to.
package known

import (
	"fmt"
	"slices"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/rules"
)

// Names returns the names of all rules, secret patterns among them, and of all
// thresholds, sorted.
func Names() (config.Names, error) {
	catalogue, err := rules.Default()
	if err != nil {
		return config.Names{}, fmt.Errorf("loading the rules: %w", err)
	}
	patterns, err := Patterns(catalogue)
	if err != nil {
		return config.Names{}, err
	}
	ids := append(catalogue.IDs(), patterns...)
	slices.Sort(ids)
	return config.Names{Rules: slices.Compact(ids), Thresholds: catalogue.ThresholdNames()}, nil
}

// Patterns returns the ids of the secret patterns, sorted.
func Patterns(catalogue *rules.Catalogue) ([]string, error) {
	engine, err := secrets.New(secrets.Options{Catalogue: catalogue})
	if err != nil {
		return nil, fmt.Errorf("loading the secret patterns: %w", err)
	}
	ids := engine.RuleIDs()
	slices.Sort(ids)
	return ids, nil
}
