package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/authlint/authlint/internal/nearest"
)

// Names are the names that settings may refer to.
type Names struct{ Rules, Thresholds []string }

// Check returns an error for every name in the settings that is not known, with
// its line in the file.
func (c *Config) Check(known Names) error {
	var errs []error
	f := &c.file
	for _, list := range []struct {
		key []string
		ids []string
	}{
		{[]string{"rules", "only"}, f.Rules.Only}, {[]string{"rules", "skip"}, f.Rules.Skip}, {[]string{"locked"}, f.Locked},
	} {
		for _, id := range list.ids {
			errs = append(errs, known.rule(place{}, id, id, list.key...))
		}
	}
	errs = append(errs, known.tables(place{}, f.Rules.Severity, f.Thresholds)...)
	for i := range f.Overrides {
		o, at := &f.Overrides[i], place{i + 1}
		for _, id := range o.Rules.Skip {
			errs = append(errs, known.rule(at, id, id, "rules", "skip"))
		}
		errs = append(errs, known.tables(at, o.Rules.Severity, o.Thresholds)...)
	}
	return located(c.name, c.source, errors.Join(errs...))
}

// refers reports whether the settings name rules or thresholds.
func (c *Config) refers() bool {
	f := &c.file
	return len(f.Rules.Only)+len(f.Rules.Skip)+len(f.Rules.Severity)+len(f.Thresholds)+len(f.Overrides)+len(f.Locked) > 0
}

// NeedsCheck reports whether anything in the settings refers to the catalogue or
// adds to it.
func (c *Config) NeedsCheck() bool { return c.refers() || len(c.extensionNames()) > 0 }

// rule returns an error unless there is a rule of this id.
func (n Names) rule(at place, id, element string, path ...string) error {
	if slices.Contains(n.Rules, id) {
		return nil
	}
	return at.fault(fmt.Sprintf("unknown rule %q%s", id, nearest.Hint(id, n.Rules)), element, path...)
}

// tables checks the tables whose keys are names.
func (n Names) tables(at place, severity map[string]string, thresholds map[string]int) []error {
	var errs []error
	for _, id := range sortedKeys(severity) {
		errs = append(errs, n.rule(at, id, "", "rules", "severity", id))
	}
	for _, name := range sortedKeys(thresholds) {
		if !slices.Contains(n.Thresholds, name) {
			errs = append(errs, at.fault("unknown threshold"+nearest.Hint(name, n.Thresholds), "", "thresholds", name))
		}
	}
	return errs
}
