package rules

import (
	"maps"
	"slices"
)

// pages is where the pages of the rules are read on the web.
const pages = "https://github.com/authlint/authlint/blob/main/rules/"

// PageURL returns the address of a rule's page: its own, or the one that all
// pattern rules share.
func (c *Catalogue) PageURL(id string) string {
	if c.has(id) {
		return pages + id + ".md"
	}
	return pages + issuedPage
}

// ThresholdNames returns the names of all thresholds, sorted.
func (c *Catalogue) ThresholdNames() []string {
	return slices.Sorted(maps.Keys(must(c.thresholds())))
}
