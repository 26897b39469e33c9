package fix

import (
	"context"

	"github.com/authlint/authlint/internal/finding"
)

// maxPasses is how often files are fixed and looked at again; what meets another
// fix waits for the next pass.
const maxPasses = 10

// Outcome is what came of a repair.
type Outcome struct {
	Run          *finding.Run // what is left
	Fixed, Files int          // findings that are gone, files that were written
	Notices      []finding.Notice
}

// Repair fixes what a run found, pass after pass, until nothing changes any
// more. After each pass again looks at the files as they are then.
func Repair(ctx context.Context, run *finding.Run, opts Options, again func() (*finding.Run, error)) (Outcome, error) {
	fixed, files := map[string]string{}, map[string]bool{}
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
		for _, f := range plan.Fixed {
			fixed[f.Fingerprint] = f.Message
		}
		for _, c := range plan.Changes {
			files[c.File] = true
		}
		if run, err = again(); err != nil {
			return Outcome{}, err
		}
	}
	for _, f := range run.Shown(false) {
		if message, ok := fixed[f.Fingerprint]; ok && message == f.Message {
			delete(fixed, f.Fingerprint) // it is still there
		}
	}
	return Outcome{Run: run, Fixed: len(fixed), Files: len(files), Notices: notices}, nil
}
