package config

import (
	"maps"
	"slices"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// Judge returns the judge that these settings ask for.
func (c *Config) Judge(catalogue *rules.Catalogue) *practice.Judge {
	j := &practice.Judge{
		Catalogue:  catalogue,
		Messaging:  c.Messaging,
		Thresholds: c.Thresholds,
		Enabled:    setOf(c.Rules),
		Disabled:   setOf(c.Skip),
	}
	for _, host := range slices.Sorted(maps.Keys(c.Hosts)) {
		if c.Hosts[host].Transport == VPN {
			j.VPNHosts = append(j.VPNHosts, host)
		}
	}
	return j
}

// setOf returns the ids as a set.
func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
