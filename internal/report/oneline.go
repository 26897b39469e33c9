package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/authlint/authlint/internal/finding"
)

// OneLine writes one line for each finding, in the order of the run:
//
//	file:line:column: severity: message (rule-id)
//
// Editors and CI systems match it, so its form does not change. Columns count
// bytes, as in Go's own tools.
func OneLine(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	out := bufio.NewWriter(w)
	for _, f := range run.Shown(opts.ShowSuppressed) {
		fmt.Fprintln(out, p.heading(f, f.Severity.String()))
	}
	return flush(out)
}

// flush ends a report.
func flush(out *bufio.Writer) error {
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing report: %w", err)
	}
	return nil
}
