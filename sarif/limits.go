package sarif

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// limits are what GitHub takes of one log.
type limits struct {
	results   int // of the log
	steps     int // of one flow
	locations int // of one result
	bytes     int // of the log, compressed
}

// githubLimits are documented for uploads to code scanning. What exceeds them
// is refused, or cut where nobody is told.
var githubLimits = limits{results: 25_000, steps: 1_000, locations: 100, bytes: 10_000_000}

// Lengths that GitHub shows of a rule, in characters.
const (
	maxName        = 255
	maxDescription = 1024
	maxTags        = 10
)

// mostSevere returns at most n of the findings in their order, the most severe
// of them, and of equals the first.
func mostSevere(list []*finding.Finding, n int) []*finding.Finding {
	if len(list) <= n {
		return list
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(list[b].Severity) - int(list[a].Severity) })
	order = order[:n]
	slices.Sort(order)
	kept := make([]*finding.Finding, n)
	for i, index := range order {
		kept[i] = list[index]
	}
	return kept
}

// endsOf returns at most n of the steps: the first ones, which say where a value
// comes from, and the last ones, which say where it goes.
func endsOf(steps []finding.Step, n int) []finding.Step {
	if len(steps) <= n {
		return steps
	}
	head := (n + 1) / 2
	return slices.Concat(steps[:head], steps[len(steps)-(n-head):])
}
