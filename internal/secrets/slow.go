package secrets

import (
	"cmp"
	"slices"
)

// SlowRule is a rule of the user's whose expression had to run on much of what
// was scanned: it has no keyword that every match holds, or no bound.
type SlowRule struct {
	ID string
	// Searched is how many bytes its expression ran on, Total how many there were.
	Searched, Total int64
}

const (
	// slowShare is the share of all text, one in so many bytes, that a rule may
	// search before it is named. The default rules search one in 300.
	slowShare = 10
	// slowSize is how many bytes it may search in any case.
	slowSize = 1 << 20
)

// Slow returns the user's rules that took more than their share of the cost so
// far, those with most of it first. What is left out is not theirs to change.
func (e *Engine) Slow() []SlowRule {
	c := e.rules()
	var list []SlowRule
	total := c.total.Load()
	for _, r := range c.rules {
		if n := r.searched.Load(); r.File == e.config && e.config != "" && n > slowSize && n > total/slowShare {
			list = append(list, SlowRule{r.ID, n, total})
		}
	}
	slices.SortStableFunc(list, func(a, b SlowRule) int { return cmp.Compare(b.Searched, a.Searched) })
	return list
}
