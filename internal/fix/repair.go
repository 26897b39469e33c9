package fix

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// maxPasses is how often files are fixed and looked at again; what meets another
// fix waits for the next pass.
const maxPasses = 10

// Outcome is what came of a repair.
type Outcome struct {
	Run     *finding.Run       // what is left
	Fixed   []*finding.Finding // that are gone
	Files   int                // that were written
	Notices []finding.Notice
}

// Repair fixes what a run found, pass after pass, until nothing changes any
// more. After each pass again looks at the files as they are then.
func Repair(ctx context.Context, run *finding.Run, opts Options, again func() (*finding.Run, error)) (Outcome, error) {
	planned, files := map[sort][]*finding.Finding{}, map[string]bool{}
	var notices []finding.Notice
	for range maxPasses {
		plan, err := New(ctx, run, opts)
		if err != nil {
			return Outcome{}, err
		}
		if notices = plan.Notices; len(plan.Changes) == 0 {
			break
		}
		if err := plan.Write(); err != nil {
			return Outcome{}, err
		}
		for _, c := range plan.Changes {
			files[c.File] = true
		}
		before := counts(run)
		if run, err = again(); err != nil {
			return Outcome{}, err
		}
		after := counts(run)
		mine := map[sort][]*finding.Finding{}
		for _, f := range plan.Fixed {
			mine[sortOf(f)] = append(mine[sortOf(f)], f)
		}
		for s, list := range mine {
			gone := min(len(list), max(0, before[s]-after[s])) // the others are still there
			planned[s] = append(planned[s], list[:gone]...)
		}
	}
	return Outcome{Run: run, Fixed: inOrder(planned), Files: len(files), Notices: notices}, nil
}

// sort is what findings have in common of which it cannot be told, once lines
// have moved, which of them is gone.
type sort struct{ rule, file, message string }

func sortOf(f *finding.Finding) sort { return sort{f.Rule, f.Primary.File, f.Message} }

// counts returns how many findings of each sort a run has.
func counts(run *finding.Run) map[sort]int {
	n := map[sort]int{}
	for _, f := range run.Shown(false) {
		n[sortOf(f)]++
	}
	return n
}

// inOrder returns findings by file and line.
func inOrder(by map[sort][]*finding.Finding) []*finding.Finding {
	all := slices.Concat(slices.Collect(maps.Values(by))...)
	slices.SortFunc(all, func(a, b *finding.Finding) int {
		return cmp.Or(
			cmp.Compare(a.Primary.File, b.Primary.File), cmp.Compare(a.Primary.Line, b.Primary.Line),
			cmp.Compare(a.Primary.Column, b.Primary.Column), cmp.Compare(a.Rule, b.Rule),
		)
	})
	return all
}
