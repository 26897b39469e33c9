package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/fix"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
)

// diffHead says what the reader of a diff has to know of it.
const diffHead = "# Secrets and what may be one are written as " + redact.Token + ": this diff is for reading, not for patch.\n"

// Diff writes what changes to files look like, as a unified diff in which no
// secret is shown: what was there before is masked as in every report.
func Diff(w io.Writer, run *finding.Run, changes []fix.Change) error {
	p, err := newPrinter(run, Options{})
	if err != nil {
		return err
	}
	defer p.tree.Close()
	out := bufio.NewWriter(w)
	for i, c := range changes {
		if i == 0 {
			fmt.Fprint(out, diffHead)
		}
		p.diff(out, c)
	}
	return flush(out)
}

// diff writes the diff of one file.
func (p *printer) diff(out *bufio.Writer, c fix.Change) {
	name := redact.Printable(c.File)
	text := diff.Diff("a/"+name, c.Before, "b/"+name, c.After)
	_, text, _ = bytes.Cut(text, []byte("\n")) // the line that says "diff"
	after := source.NewFile(c.File, c.After)
	before, now, heads := 0, 0, 2
	for line := range bytes.Lines(text) {
		switch {
		case heads > 0:
			heads--
			fmt.Fprintf(out, "%s", line)
		case bytes.HasPrefix(line, []byte("@@")):
			fmt.Fprintf(out, "%s", line)
			before, now = hunk(string(line))
		case line[0] == '\\':
			fmt.Fprintf(out, "%s", line)
		case line[0] == '+':
			fmt.Fprintf(out, "+%s\n", p.redact.LineOf(after, now, c.Written).Text)
			now++
		default:
			shown, _ := p.redact.Line(c.File, before)
			fmt.Fprintf(out, "%c%s\n", line[0], shown.Text)
			before++
			if line[0] == ' ' {
				now++
			}
		}
	}
}

// hunk returns the first lines of a hunk before and after, by its head:
// "@@ -1,2 +3,4 @@".
func hunk(head string) (before, after int) {
	var length int
	fields := strings.Fields(head)
	if len(fields) < 3 {
		return 0, 0
	}
	if _, err := fmt.Sscanf(fields[1], "-%d,%d", &before, &length); err != nil {
		return 0, 0
	}
	if _, err := fmt.Sscanf(fields[2], "+%d,%d", &after, &length); err != nil {
		return 0, 0
	}
	return before, after
}
