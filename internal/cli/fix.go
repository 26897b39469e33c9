package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/fix"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/report"
)

// The values of --fix.
const (
	fixSafe = "safe"
	fixAll  = "all"
)

// fixFlags are the flags that change files, or tell how they would be changed.
type fixFlags struct {
	fix  string
	diff bool
}

// register adds the flags to a command.
func (f *fixFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.fix, "fix", "", "repair what can be repaired without a change that anyone could mind, or `all` that can be repaired at all")
	flags.Lookup("fix").NoOptDefVal = fixSafe
	flags.BoolVar(&f.diff, "diff", false, "print what --fix would change, secrets masked, and change nothing; exit with 1 if that is anything")
}

// check returns an error for a wrong value. What is staged is looked at in a copy,
// in which it is of no use to change anything.
func (f *fixFlags) check(staged bool) error {
	if staged && (f.fix != "" || f.diff) {
		return usage(errors.New("--fix and --diff work on the files themselves, not on what is staged: leave --staged out"))
	}
	switch f.fix {
	case "", fixSafe, fixAll:
		return nil
	}
	return usage(fmt.Errorf("--fix: %q is none of safe, all%s", f.fix, nearest.Hint(f.fix, []string{fixSafe, fixAll})))
}

// fixOptions returns what to fix.
func (c *Command) fixOptions(f *scanFlags) fix.Options {
	return fix.Options{All: f.fixes.fix == fixAll, Tags: f.tags, Env: c.Env, Download: f.download}
}

// showFixes prints what one pass would change and returns the exit code.
func (c *Command) showFixes(ctx context.Context, f *scanFlags, cfg *config.Config, run *finding.Run) (int, error) {
	plan, err := fix.New(ctx, run, c.fixOptions(f))
	if err != nil {
		return 0, unread(err)
	}
	if err := report.Diff(c.Stdout, run, plan.Changes); err != nil {
		return 0, unread(err)
	}
	for _, n := range plan.Notices {
		c.notice(n)
	}
	if len(plan.Changes) > 0 {
		return ExitFindings, nil
	}
	c.complain(nothingToFix(f.fixes.fix, len(run.Shown(false))))
	return exitCode(&finding.Run{Notices: run.Notices, Stats: run.Stats}, cfg), nil
}

// nothingToFix tells why there is no diff, and what to try next.
func nothingToFix(value string, findings int) string {
	switch {
	case findings == 0:
		return "nothing to fix: there are no findings"
	case value == fixAll:
		return "nothing to fix by itself in " + counted(findings, "finding") + ": authlint explain <rule> tells how"
	}
	return "nothing that is safe to fix by itself in " + counted(findings, "finding") + ": --fix=all --diff shows what else could be changed"
}

// repair fixes what a run found and returns the run of what is left, which again
// gives after each pass.
func (c *Command) repair(ctx context.Context, f *scanFlags, run *finding.Run, again func() (*finding.Run, error)) (*finding.Run, error) {
	outcome, err := fix.Repair(ctx, run, c.fixOptions(f), again)
	if err != nil {
		var own *failure
		if errors.As(err, &own) {
			return nil, err
		}
		return nil, unread(err)
	}
	left := outcome.Run
	left.Notices = append(append(left.Notices, outcome.Notices...), finding.Notice{
		ID: "fixed", Level: "note",
		Message: fmt.Sprintf("fixed %s in %s, left: %d",
			counted(len(outcome.Fixed), "finding"), counted(outcome.Files, "file"), len(left.Shown(false))),
	})
	return left, nil
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
