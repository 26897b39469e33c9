package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// githubCommands are the commands of a workflow that make annotations, and how
// many of each GitHub shows for one step. One notice is kept for the rest.
var githubCommands = []struct {
	name  string
	limit int
	least finding.Severity // the weakest that it is for
}{
	{"error", 10, finding.High},
	{"warning", 10, finding.Low},
	{"notice", 9, finding.Note},
}

// GitHub writes workflow commands, which GitHub Actions shows beside the code.
// It shows few for one step, so the most severe findings come first and the
// rest is counted. Nothing but commands is written, because the runner also
// obeys commands inside other lines.
func GitHub(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	out := bufio.NewWriter(w)
	var rest []*finding.Finding
	used := make([]int, len(githubCommands))
	for _, f := range bySeverity(run.Shown(false)) {
		if p.known(f) != "" {
			continue
		}
		i := 0
		for f.Severity < githubCommands[i].least {
			i++
		}
		if used[i] == githubCommands[i].limit {
			rest = append(rest, f)
			continue
		}
		used[i]++
		fmt.Fprintln(out, p.githubCommand(githubCommands[i].name, f))
	}
	if len(rest) > 0 {
		fmt.Fprintf(out, "::notice title=authlint::%s\n", githubText(fmt.Sprintf(
			"%s here without an annotation: %s. GitHub shows only 10 of a kind for a step.",
			count(len(rest), "more finding is", "more findings are"), bySeverityWords(rest))))
	}
	return flush(out)
}

// githubCommand returns the annotation of a finding.
func (p *printer) githubCommand(name string, f *finding.Finding) string {
	l := p.primary(f)
	at := []string{"file=" + githubProperty(fileOf(l))}
	if l.Line > 0 {
		at = append(at, fmt.Sprintf("line=%d", l.Line))
		if l.EndLine > l.Line { // columns hold for one line only
			at = append(at, fmt.Sprintf("endLine=%d", l.EndLine))
		} else if l.Column > 0 {
			file := p.tree.File(l.File)
			at = append(at, fmt.Sprintf("col=%d", file.UTF16Column(l.Line, l.Column)))
			if l.EndColumn > l.Column {
				at = append(at, fmt.Sprintf("endColumn=%d", file.UTF16Column(l.Line, l.EndColumn)))
			}
		}
	}
	at = append(at, "title="+githubProperty(redact.Printable(f.Rule)))
	text := p.redact.Text(f.Message)
	if advice := p.advice(f); advice != "" {
		text += "\nfix: " + advice
	}
	text += "\n" + redact.Printable(p.opts.Rules.PageURL(f.Rule))
	return fmt.Sprintf("::%s %s::%s", name, strings.Join(at, ","), githubText(text))
}

// githubText returns text as the message of a workflow command.
func githubText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty returns text as the value of a property of a workflow command.
func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
