package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// maxMarkdown bounds a summary page in bytes: GitHub drops one of more than
// 1 MiB for a step, and other steps of the same page write to it too.
const maxMarkdown = 1<<20 - 1<<16

// Markdown writes a summary page: counts, the few to fix first, all findings as
// a table as long as there is room, and what was not seen.
func Markdown(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	shown := bySeverity(run.Shown(opts.ShowSuppressed))
	var page strings.Builder
	fmt.Fprintf(&page, "## authlint: %s\n", markdownText(p.headline(shown)))
	p.markdownCounts(&page, shown)
	p.markdownFirst(&page, shown)
	end := p.markdownEnd()
	p.markdownTable(&page, shown, maxMarkdown-len(end))
	page.WriteString(end)
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(page.String()) // flush tells
	return flush(out)
}

// markdownCounts writes how many findings there are of each severity.
func (p *printer) markdownCounts(page *strings.Builder, shown []*finding.Finding) {
	list := unsuppressed(shown)
	if len(list) == 0 {
		return
	}
	page.WriteString("\n| severity | findings |\n|---|---:|\n")
	for _, s := range severities() {
		n := 0
		for _, f := range list {
			if f.Severity == s {
				n++
			}
		}
		if n > 0 {
			fmt.Fprintf(page, "| %s | %d |\n", s, n)
		}
	}
}

// markdownFirst writes the few findings to fix first.
func (p *printer) markdownFirst(page *strings.Builder, shown []*finding.Finding) {
	picks := p.first(shown)
	if len(picks) == 0 {
		return
	}
	page.WriteString("\n### Fix these first\n\n")
	for i, f := range picks {
		fmt.Fprintf(page, "%d. **%s** %s %s\n", i+1, f.Severity, markdownCode(place(p.primary(f.Finding))), markdownText(p.pickWords(f)))
	}
}

// markdownTable writes a table of the findings up to a size of the page.
func (p *printer) markdownTable(page *strings.Builder, shown []*finding.Finding, size int) {
	if len(shown) == 0 {
		return
	}
	page.WriteString("\n### All findings\n\n| severity | place | finding | rule |\n|---|---|---|---|\n")
	for i, f := range shown {
		message := p.redact.Text(f.Message)
		if known := p.known(f); known != "" {
			message += " " + known
		}
		row := fmt.Sprintf("| %s | %s | %s | [%s](%s) |\n", f.Severity, markdownCode(place(p.primary(f))),
			markdownText(message), markdownText(redact.Printable(f.Rule)), markdownURL(p.opts.Rules.PageURL(f.Rule)))
		if page.Len()+len(row)+100 > size { // for the line below
			fmt.Fprintf(page, "\n%s left out: the page is full.\n", count(len(shown)-i, "more finding is", "more findings are"))
			return
		}
		page.WriteString(row)
	}
}

// markdownEnd returns what was not seen, and why.
func (p *printer) markdownEnd() string {
	var b strings.Builder
	for _, n := range Notices(p.run, p.opts.Verbose) {
		fmt.Fprintf(&b, "- %s: %s\n", markdownText(redact.Printable(n.Level)), markdownText(p.noticeText(n)))
	}
	for _, item := range p.leftOut() {
		fmt.Fprintf(&b, "- %s: %s\n", item[0], markdownText(item[1]))
	}
	if b.Len() == 0 {
		return ""
	}
	return "\n" + b.String()[:min(b.Len(), maxMarkdown/2)]
}

// markdownText returns text that no reader of Markdown takes for markup.
func markdownText(s string) string {
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune("\\`*_{}[]<>()#|~!&@$", r) || r == ':' && strings.HasPrefix(s[i:], "://") ||
			r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www") {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markdownCode returns text as a code span that may stand in a table.
func markdownCode(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	s = strings.ReplaceAll(s, "|", "\\|")
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// markdownURL returns an address that does not end its link.
func markdownURL(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "|", "%7C", "<", "%3C", ">", "%3E", "\\", "%5C").Replace(redact.Printable(s))
}
