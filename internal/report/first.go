package report

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// How many findings are named as those to fix first, in a report of more.
const firstFew = 5

// pick is a finding to fix first.
type pick struct {
	*finding.Finding
	alike int // further findings of the same rule in the same file
}

// first returns the few findings to fix first, or none if there are not more
// than these. Of those that one rule found in one file, one stands for all.
func first(list []*finding.Finding) []pick {
	list = slices.DeleteFunc(unsuppressed(list), func(f *finding.Finding) bool { return f.Baseline == finding.BaselineUnchanged })
	if len(list) <= firstFew {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *finding.Finding) int { return slices.Compare(urgency(b), urgency(a)) })
	var picks []pick
	known := map[[2]string]int{}
	for _, f := range list {
		key := [2]string{f.Rule, f.Primary.File}
		if at, alike := known[key]; alike {
			if at < len(picks) {
				picks[at].alike++
			}
			continue
		}
		known[key] = len(known)
		if len(picks) < firstFew {
			picks = append(picks, pick{Finding: f})
		}
	}
	return picks
}

// urgency returns what makes a finding urgent, the most important first:
// severity, a value that looks like a live one, how far the fault reaches.
func urgency(f *finding.Finding) []int {
	live := 0
	switch {
	case f.Evidence["publisher"] != "":
		live = -1 // printed in a document for everyone
	case f.SecretHash != "":
		live = 1
	}
	return []int{int(f.Severity), live, len(f.Places), len(f.Steps)}
}

// maxTogether is how many findings one frame shows.
const maxTogether = 10

// together groups findings that say the same of several places in one file.
func together(list []*finding.Finding) [][]*finding.Finding {
	type key struct {
		rule, file, message string
		severity            finding.Severity
		baseline            finding.BaselineState
	}
	var groups [][]*finding.Finding
	known := map[key]int{}
	for _, f := range list {
		k := key{f.Rule, f.Primary.File, f.Message, f.Severity, f.Baseline}
		if at, ok := known[k]; ok && f.Suppressed == nil && len(groups[at]) < maxTogether {
			groups[at] = append(groups[at], f)
			continue
		}
		if f.Suppressed == nil {
			known[k] = len(groups)
		}
		groups = append(groups, []*finding.Finding{f})
	}
	return groups
}

// unsuppressed returns the findings that nobody silenced.
func unsuppressed(list []*finding.Finding) []*finding.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f *finding.Finding) bool { return f.Suppressed != nil })
}
