package practice

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// Scope is what a user has decided for the files of a part of a tree.
type Scope struct {
	// Thresholds replace those of the catalogue, by name.
	Thresholds map[string]int
	// Severities replace, by rule, the severity of what is certain. What a grade
	// makes less severe than that stays so.
	Severities map[string]finding.Severity
	// Disabled are the rules that do not report, together with what they absorb.
	Disabled map[string]bool
}

// scope returns what holds for a file.
func (c *court) scope(file string) *Scope {
	if c.Scope == nil {
		return &Scope{}
	}
	return c.Scope(file)
}

// observedIn returns the file that an observation was made in.
func observedIn(s *Source) string {
	if s.At.IsZero() {
		return s.Origin.File
	}
	return s.At.File
}

// regraded returns how grave a verdict of that severity is by the user's word.
func (v *verdict) regraded(scope *Scope) finding.Severity {
	own, ok := scope.Severities[v.rule.ID]
	switch {
	case !ok:
		return v.severity
	case v.severity < v.rule.Grades[string(Certain)].Severity:
		return min(v.severity, own)
	}
	return own
}

// silenced reports whether the settings leave out a finding. One that has taken
// in a fault of a locked rule stays: skipping the one must not hide the other.
func (c *court) silenced(f *finding.Finding) bool {
	if !c.scope(f.Primary.File).Disabled[f.Rule] {
		return false
	}
	return !slices.ContainsFunc(f.Absorbed, func(id string) bool { return c.Locked != nil && c.Locked(id) })
}
