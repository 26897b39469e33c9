package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// What one finding prints at most of its way and of its further places.
const (
	maxSteps  = 12
	maxPlaces = 5
)

// Text writes the report that people read: each finding with its line, its way
// and what to do, the most severe first, then what the run counted.
func Text(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	t := &textPrinter{printer: p, out: bufio.NewWriter(w)}
	shown := run.Shown(opts.ShowSuppressed)
	for _, f := range bySeverity(shown) {
		t.finding(f)
	}
	t.notices()
	t.summary(shown)
	return flush(t.out)
}

type textPrinter struct {
	*printer
	out *bufio.Writer
}

// finding prints one finding and an empty line.
func (t *textPrinter) finding(f *finding.Finding) {
	primary := t.primary(f)
	fmt.Fprintln(t.out, t.header(f, t.paint(severityColor(f.Severity), f.Severity.String())))
	if quote, carets, ok := t.frame(primary); ok {
		number := fmt.Sprint(primary.Line)
		fmt.Fprintf(t.out, "  %s | %s\n", number, quote)
		fmt.Fprintf(t.out, "  %s | %s\n", strings.Repeat(" ", len(number)), t.paint(severityColor(f.Severity), carets))
	}
	t.steps(f)
	t.places(f)
	if f.Suppressed == nil {
		if advice := firstSentence(t.rule(f.Rule).Fix); advice != "" {
			fmt.Fprintf(t.out, "  fix: %s\n", t.redact.Text(advice))
		}
	}
	fmt.Fprintln(t.out)
}

// steps prints the way of a value; of a long one its ends.
func (t *textPrinter) steps(f *finding.Finding) {
	for i, step := range f.Steps {
		if left := len(f.Steps) - maxSteps; left > 0 {
			if i == maxSteps/2 {
				fmt.Fprintf(t.out, "  note: %d more steps\n", left)
			}
			if i >= maxSteps/2 && i < maxSteps/2+left {
				continue
			}
		}
		text := t.redact.Text(cmp.Or(step.Text, string(step.Kind)))
		fmt.Fprintf(t.out, "  note: %s: %s\n", place(t.tree.Resolve(step.Location, f.Primary.File)), text)
	}
}

// places prints where the same root cause shows as well.
func (t *textPrinter) places(f *finding.Finding) {
	for i, l := range f.Places {
		if i == maxPlaces {
			fmt.Fprintf(t.out, "  note: %s\n", count(len(f.Places)-i, "more place", "more places"))
			return
		}
		fmt.Fprintf(t.out, "  note: %s: the same fault\n", place(t.tree.Resolve(l, f.Primary.File)))
	}
}

// notices prints what the run has to tell beside its findings.
func (t *textPrinter) notices() {
	for _, n := range Notices(t.run, t.opts.Verbose) {
		fmt.Fprintf(t.out, "%s: %s\n", t.paint(noticeColor(n.Level), redact.Printable(n.Level)), t.noticeText(n))
	}
}

// summary prints the counts, on one line if there is nothing to tell.
func (t *textPrinter) summary(shown []*finding.Finding) {
	fmt.Fprintln(t.out, t.headline(shown))
	for _, item := range t.leftOut() {
		fmt.Fprintf(t.out, "%s: %s\n", item[0], item[1])
	}
}

// firstSentence returns the first sentence of a page's section.
func firstSentence(section string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(section), "\n")
	line = strings.TrimLeft(line, "-* ")
	if end := strings.Index(line, ". "); end >= 0 {
		line = line[:end+1]
	}
	return line
}

// The colours of severities and notices.
const (
	red     = "31"
	yellow  = "33"
	magenta = "35"
	cyan    = "36"
)

func severityColor(s finding.Severity) string {
	switch s {
	case finding.Critical:
		return magenta
	case finding.High:
		return red
	case finding.Medium:
		return yellow
	}
	return cyan
}

func noticeColor(level string) string {
	switch level {
	case "error":
		return red
	case "warning":
		return yellow
	}
	return cyan
}

// paint returns text in a colour, if colours are wanted.
func (t *textPrinter) paint(color, text string) string {
	if !t.opts.Color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}
