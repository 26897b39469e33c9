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
	alike     int  // further findings of the same rule in the same file, or of the same secret
	elsewhere bool // some of them are in other files
}

// first returns the few findings to fix first, or none if there are not more
// than these. Of those that one rule found in one file, or of one secret, one
// stands for all.
func (p *printer) first(list []*finding.Finding) []pick {
	list = slices.DeleteFunc(unsuppressed(list), func(f *finding.Finding) bool { return f.Baseline == finding.BaselineUnchanged })
	if len(list) <= firstFew {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *finding.Finding) int { return slices.Compare(urgency(b), urgency(a)) })
	type cause struct {
		rule, file string
		secret     int
	}
	var picks []pick
	known := map[cause]int{}
	for _, f := range list {
		inFile, ofSecret := cause{rule: f.Rule, file: f.Primary.File}, cause{rule: f.Rule, secret: p.redact.Identity(f)}
		at, told := known[inFile]
		if !told && ofSecret.secret != 0 {
			at, told = known[ofSecret]
		}
		if !told {
			at = len(picks)
			picks = append(picks, pick{Finding: f})
		} else {
			picks[at].alike++
			picks[at].elsewhere = picks[at].elsewhere || f.Primary.File != picks[at].Primary.File
		}
		known[inFile], known[ofSecret] = at, at
	}
	return picks[:min(len(picks), firstFew)]
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

// unsuppressed returns the findings that nobody silenced.
func unsuppressed(list []*finding.Finding) []*finding.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f *finding.Finding) bool { return f.Suppressed != nil })
}
