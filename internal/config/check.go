package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/nearest"
)

// Names are the names that settings may refer to.
type Names struct{ Rules, Thresholds []string }

// Check returns an error for every name in the settings that is not known, with
// its line in the file.
func (c *Config) Check(known Names) error {
	var errs []error
	rule := func(key, id string) {
		if !slices.Contains(known.Rules, id) {
			message := fmt.Sprintf("unknown rule %q%s", id, nearest.Hint(id, known.Rules))
			errs = append(errs, &valueError{[]string{"rules", key}, id, message})
		}
	}
	for _, id := range c.Rules {
		rule("only", id)
	}
	for _, id := range c.Skip {
		rule("skip", id)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Thresholds)) {
		if !slices.Contains(known.Thresholds, name) {
			message := "unknown threshold" + nearest.Hint(name, known.Thresholds)
			errs = append(errs, &valueError{path: []string{"thresholds", name}, message: message})
		}
	}
	return place(c.name, c.source, errors.Join(errs...))
}

// Shows reports whether the persona in force wants to see a finding.
func (c *Config) Shows(f *finding.Finding) bool { return f.Persona <= c.Persona }

// Fails reports whether a finding fails a run: one that is shown, not silenced,
// and severe enough. A note never does.
func (c *Config) Fails(f *finding.Finding) bool {
	return f.Suppressed == nil && c.Shows(f) && f.Severity > finding.Note && f.Severity >= c.FailOn
}
