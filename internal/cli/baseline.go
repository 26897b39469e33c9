package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
	"github.com/authlint/authlint/sarif"
)

// baselineFlags say which findings are known.
type baselineFlags struct {
	file       string
	none, show bool
	partial    bool // the run does not look for all that a baseline holds
}

// register adds the flags to a command.
func (b *baselineFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&b.file, "baseline", "", "report only what this earlier log (`file.sarif`) of authlint does not hold (default: "+baseline.FileName+" at the root, if there is one)")
	flags.BoolVar(&b.none, "no-baseline", false, "report everything, whatever a baseline holds")
	flags.BoolVar(&b.show, "show-baselined", false, "also report what the baseline holds")
}

// check refuses flags that contradict each other.
func (b *baselineFlags) check() error {
	if b.none && b.file != "" {
		return usage(fmt.Errorf("--no-baseline and --baseline %s contradict each other", b.file))
	}
	return nil
}

// load returns the entries of the baseline in force, and its name for messages,
// which is empty if there is none.
func (b *baselineFlags) load(root string) (entries []baseline.Entry, name string, err error) {
	file := b.file
	switch {
	case b.none:
		return nil, "", nil
	case file == "" && root == "": // standard input
		return nil, "", nil
	case file == "":
		file = filepath.Join(root, baseline.FileName)
		info, err := os.Lstat(file)
		if os.IsNotExist(err) {
			return nil, "", nil
		}
		if err == nil && !info.Mode().IsRegular() {
			return nil, "", usage(fmt.Errorf("%s is no regular file: name it with --baseline if you mean it", shorten(file)))
		}
	}
	name = shorten(file)
	entries, err = baseline.Load(file, name)
	if err != nil {
		return nil, "", usage(err)
	}
	return entries, name, nil
}

// hold compares a run with the baseline: what that holds is left out of the
// findings, or marked if it is to be shown. Of entries that no finding is left
// of it tells those that inScope says the run has looked for.
func (b *baselineFlags) hold(run *finding.Run, entries []baseline.Entry, name string, exists func(string) bool, inScope func(*baseline.Entry) bool) {
	if name == "" {
		return
	}
	tree := source.NewTree(run.Root)
	defer tree.Close()
	marker := baseline.NewMarker(tree, redact.New(tree, run))
	marks := make([]baseline.Marks, len(run.Findings))
	for i := range run.Findings {
		marks[i] = marker.Marks(&run.Findings[i])
	}
	match := baseline.Compare(run.Findings, marks, entries, exists)
	kept := make([]finding.Finding, 0, len(run.Findings))
	for i, f := range run.Findings {
		f.Baseline = finding.BaselineNew
		if match.Known[i] {
			f.Baseline = finding.BaselineUnchanged
		}
		if !match.Known[i] || f.Suppressed != nil {
			kept = append(kept, f)
			continue
		}
		run.Stats.Baselined++
		if b.show {
			kept = append(kept, f)
		} else {
			run.Baselined = append(run.Baselined, f)
		}
	}
	run.Findings = kept
	absent := slices.DeleteFunc(match.Absent, func(e baseline.Entry) bool { return b.partial || !inScope(&e) })
	run.Stats.Absent = len(absent)
	if len(absent) > 0 {
		run.Notices = append(run.Notices, absence(len(absent), len(entries), name))
	}
	if b.show {
		for _, e := range absent {
			run.Absent = append(run.Absent, finding.Absent{
				Rule: e.Rule, File: e.File, Message: e.Message, Level: cmp.Or(e.Level, "warning"), Fingerprints: e.Fingerprints(),
			})
		}
	}
}

// absence tells that entries of a baseline are of no use any more.
func absence(gone, all int, name string) finding.Notice {
	what := fmt.Sprintf("%d of the %d findings in the baseline %s are gone", gone, all, name)
	if gone == 1 {
		what = fmt.Sprintf("1 of the %d findings in the baseline %s is gone", all, name)
	}
	if gone == all {
		what = fmt.Sprintf("all findings in the baseline %s are gone", name)
	}
	return finding.Notice{ID: "absent-baseline", Level: "note", Message: what + ": run 'authlint baseline' again"}
}

// scope returns what tells whether a run has looked for an entry: at its file,
// or where it was, by its rule, and for its persona.
func (s *subject) scope() func(*baseline.Entry) bool {
	var below []string // "" is the root
	for _, name := range s.paths {
		absolute, err := filepath.Abs(name)
		if err != nil {
			continue
		}
		rel, err := filepath.Rel(s.root, absolute)
		if err != nil {
			continue
		}
		if rel == "." || !filepath.IsLocal(rel) {
			rel = ""
		}
		below = append(below, filepath.ToSlash(rel))
	}
	return func(e *baseline.Entry) bool {
		isBelow := func(folder string) bool {
			return folder == "" || e.File == folder || strings.HasPrefix(e.File, folder+"/")
		}
		return slices.ContainsFunc(below, isBelow) && isActive(s.config, e.Rule) &&
			(s.config.Persona == finding.Auditor || e.Persona != finding.Auditor.String())
	}
}

// isActive reports whether the settings let a rule report.
func isActive(cfg *config.Config, rule string) bool {
	return (len(cfg.Rules) == 0 || slices.Contains(cfg.Rules, rule)) && !slices.Contains(cfg.Skip, rule)
}

// exists reports whether a file of the scanned tree is there.
func exists(root string) func(file string) bool {
	return func(file string) bool {
		if !filepath.IsLocal(filepath.FromSlash(file)) {
			return true // not ours to look at
		}
		_, err := os.Lstat(filepath.Join(root, filepath.FromSlash(file)))
		return err == nil
	}
}

// baselineCommand writes a baseline.
func (c *Command) baselineCommand(code *int) *cobra.Command {
	var f scanFlags
	output := ""
	cmd := &cobra.Command{
		Use:   "baseline [paths]",
		Short: "Write down today's findings, so that only new ones are reported",
		Long: "Write the findings of today into a baseline. From then on authlint reports and fails on new\n" +
			"findings only, wherever lines, files and folders go; a changed secret and a copy are new.\n" +
			"The baseline is a SARIF log without secrets and line numbers, made to be committed. Run this\n" +
			"again when findings have gone.",
		Example: "  authlint baseline\n  authlint baseline -o ci/authlint.sarif ./services",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			*code, err = c.writeBaseline(cmd.Context(), &f, output, args)
			return err
		},
	}
	f.settings.register(cmd)
	f.registerGo(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this `file` (default: "+baseline.FileName+" at the root)")
	return cmd
}

// writeBaseline carries out the command and returns its exit code.
func (c *Command) writeBaseline(ctx context.Context, f *scanFlags, file string, args []string) (int, error) {
	subject, err := c.subject(ctx, f, args)
	if err != nil {
		return 0, err
	}
	run, err := c.look(ctx, subject, c.goScan(ctx, f))
	if err != nil {
		return 0, err
	}
	if file == "" {
		file = filepath.Join(subject.root, baseline.FileName)
	}
	n := 0
	err = replace(file, func(w io.Writer) error {
		n, err = sarif.WriteBaseline(w, run)
		return err
	})
	if err != nil {
		return 0, unread(fmt.Errorf("writing the baseline to %s: %w", shorten(file), causeOf(err)))
	}
	r := renderer{command: c, flags: f, config: subject.config, run: run}
	r.tell(nil)
	fmt.Fprintf(c.Stdout, "wrote %d %s to %s\n", n, plural(n, "finding", "findings"), redact.Printable(filepath.ToSlash(path.Clean(shorten(file)))))
	return exitCode(&finding.Run{Notices: run.Notices, Stats: run.Stats}, subject.config), nil
}

// plural returns the form of a noun for a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
