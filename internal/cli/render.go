package cli

import (
	"fmt"
	"io"
	"slices"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/known"
	"github.com/authlint/authlint/internal/report"
	"github.com/authlint/authlint/sarif"
)

// renderer writes the reports of one run.
type renderer struct {
	command *Command
	flags   *scanFlags
	config  *config.Config
	run     *finding.Run
}

// write writes one report.
func (r *renderer) write(w io.Writer, o output) error {
	catalogue, err := r.config.Catalogue()
	if err != nil {
		return err
	}
	if o.format == "sarif" {
		active, err := r.active()
		if err != nil {
			return err
		}
		return sarif.Write(w, r.run, sarif.Options{
			Rules:          catalogue,
			ShowSuppressed: r.flags.showSuppressed, Category: r.flags.sarifCategory, Active: active,
		})
	}
	opts := r.flags.look.options(r.command, o)
	opts.ShowSuppressed, opts.Rules = r.flags.showSuppressed, catalogue
	for _, f := range report.Formats() {
		if f.Name == o.format {
			return f.Write(w, r.run, opts)
		}
	}
	return fmt.Errorf("no format %q", o.format) // parseOutputs knows better
}

// active returns the ids of the rules in force, or nil if all are.
func (r *renderer) active() ([]string, error) {
	if len(r.config.Rules) > 0 {
		return r.config.Rules, nil
	}
	if len(r.config.Skip) == 0 {
		return nil, nil
	}
	names, err := known.Names(r.config, r.run.Root)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(names.Rules, func(id string) bool { return slices.Contains(r.config.Skip, id) }), nil
}

// tell writes what the run could not read to standard error, unless a person
// reads it in a text report on standard output.
func (r *renderer) tell(outputs []output) {
	if slices.Contains(outputs, output{format: "text"}) {
		return
	}
	for _, n := range report.Notices(r.run, r.flags.look.verbose) {
		if n.Level != "note" {
			r.command.notice(n)
		}
	}
}
