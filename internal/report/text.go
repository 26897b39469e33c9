package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// What one finding prints at most of its way and of its further places.
const (
	maxSteps  = 12
	maxPlaces = 5
)

// The widths in columns that Text keeps to.
const (
	usualWidth = 100 // where none is known
	leastWidth = 40
	mostWidth  = 400
	mostProse  = 120 // longer lines of prose are hard to read
)

// Text writes the report that people read: each finding in a frame with its
// lines and what to do, the most severe first, then what to fix first and what
// the run counted.
func Text(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	t := &textPrinter{printer: p, out: bufio.NewWriter(w), width: usualWidth}
	if opts.Width > 0 {
		t.width = min(max(opts.Width, leastWidth), mostWidth)
	}
	shown := bySeverity(run.Shown(opts.ShowSuppressed))
	for _, group := range t.together(shown) {
		t.frame(group)
	}
	t.first(shown)
	t.notices()
	t.summary(shown)
	return flush(t.out)
}

type textPrinter struct {
	*printer
	out   *bufio.Writer
	width int
	told  string // the rule of the last finding
}

// prose returns the width of lines that are no source.
func (t *textPrinter) prose() int { return min(t.width, mostProse) }

// frame prints findings that say the same, and an empty line.
func (t *textPrinter) frame(group []*finding.Finding) {
	f := group[0]
	t.header(f, placesOf(group))
	labels, apart := t.labels(group)
	snippets := t.snippets(labels)
	gutter := 1
	for _, s := range snippets {
		if n := len(s.quotes); n > 0 {
			gutter = max(gutter, len(fmt.Sprint(s.quotes[n-1].number)))
		}
	}
	for i, s := range snippets {
		t.snippet(group, s, i == 0, gutter)
		if i < len(snippets)-1 && len(s.quotes) > 0 {
			t.bar(gutter)
		}
	}
	notes := t.notes(group, apart)
	if len(notes) > 0 && len(snippets[len(snippets)-1].quotes) > 0 {
		t.bar(gutter)
	}
	for _, n := range notes {
		t.note(gutter, n)
	}
	fmt.Fprintln(t.out)
}

// note is a remark below a frame.
type note struct {
	word string
	style
	text string
	code bool // to be copied, so it is one line
}

// notes returns what is remarked of findings that say the same.
func (t *textPrinter) notes(group []*finding.Finding, apart []string) []note {
	f := group[0]
	var list []note
	for _, text := range apart {
		list = append(list, note{"note", blue, text, false})
	}
	if also := t.also(group); also != "" {
		list = append(list, note{"also", blue, also, false})
	}
	if t.known(f) != "" {
		return list
	}
	// Of neighbours with the same rule the first one says what to do.
	if advice := t.advice(f); advice != "" && f.Rule != t.told {
		list = append(list, note{"fix", green, advice, false})
	}
	t.told = f.Rule
	for _, line := range t.instead(f) {
		list = append(list, note{"instead", green, line, true})
	}
	return list
}

// bar prints an empty line of a frame.
func (t *textPrinter) bar(gutter int) {
	fmt.Fprintln(t.out, strings.Repeat(" ", gutter)+" "+t.paint(blue, "|"))
}

// header prints a finding's severity, rule and message, and for how many places
// they hold.
func (t *textPrinter) header(f *finding.Finding, places string) {
	severity, rule := f.Severity.String(), redact.Printable(f.Rule)
	text := t.redact.Text(f.Message)
	if places != "" {
		text += " (" + strings.ReplaceAll(places, " ", unbroken) + ")"
	}
	if known := t.known(f); known != "" {
		if len(known) < leastWidth/2 {
			known = strings.ReplaceAll(known, " ", unbroken)
		}
		text += " " + known
	}
	used := width.StringWidth(severity) + width.StringWidth(rule) + 4 // brackets, colon, blank
	lines := wrap(text, t.width-used, t.width-2)
	if used+width.StringWidth(lines[0]) > t.width {
		lines = append([]string{""}, wrap(text, t.width-2, t.width-2)...)
	}
	head := t.paint(severityStyle(f.Severity), severity+"["+t.link(redact.Printable(t.opts.Rules.PageURL(f.Rule)), rule)+"]:")
	fmt.Fprintln(t.out, strings.TrimRight(head+" "+t.paint(bold, lines[0]), " "))
	for _, line := range lines[1:] {
		fmt.Fprintln(t.out, "  "+t.paint(bold, line))
	}
}

// snippet prints the lines of one file.
func (t *textPrinter) snippet(group []*finding.Finding, s snippet, first bool, gutter int) {
	arrow := ":::"
	where := place(s.at)
	if first {
		arrow = "-->"
		where += t.within(group, t.width-gutter-4-width.StringWidth(where))
	}
	fmt.Fprintf(t.out, "%s%s %s\n", strings.Repeat(" ", gutter), t.paint(blue, arrow), where)
	if len(s.quotes) == 0 {
		return
	}
	t.bar(gutter)
	empty := strings.Repeat(" ", gutter) + " " + t.paint(blue, "|")
	columns := t.width - gutter - 3
	last := s.quotes[0].number
	for _, q := range s.quotes {
		if q.number > last+1 {
			fmt.Fprintln(t.out, t.paint(blue, "..."))
		}
		last = q.number
		for _, r := range q.rows(s.indent(), columns) {
			number := t.paint(blue, fmt.Sprintf("%*d |", gutter, q.number))
			fmt.Fprintln(t.out, strings.TrimRight(number+" "+r.text, " "))
			for _, layer := range r.layers() {
				for _, line := range under(layer, columns) {
					fmt.Fprintln(t.out, empty+" "+t.line(line, group[0].Severity))
				}
			}
		}
	}
}

// within says in at most so many columns what encloses the places of a group,
// unless the message does.
func (t *textPrinter) within(group []*finding.Finding, columns int) string {
	f := group[0]
	name := f.Symbol[strings.LastIndexByte(f.Symbol, '.')+1:]
	for _, other := range group {
		if other.Symbol != f.Symbol || name == "" || strings.Contains(f.Message, name) {
			return ""
		}
	}
	const least = 12
	if columns < least+len(" in ") {
		return ""
	}
	return " in " + tail(t.redact.Text(f.Symbol), columns-len(" in "))
}

// line returns a line below a row.
func (t *textPrinter) line(pieces []piece, severity finding.Severity) string {
	var b strings.Builder
	column := 0
	for _, p := range pieces {
		b.WriteString(strings.Repeat(" ", max(p.column-column, 0)))
		s := blue
		if p.of.primary {
			s = severityStyle(severity)
		}
		b.WriteString(t.paint(s, p.text))
		column = max(column, p.column) + width.StringWidth(p.text)
	}
	return b.String()
}

// note prints a remark below the frame.
func (t *textPrinter) note(gutter int, n note) {
	indent := gutter + 3 + len(n.word) + 2
	lines := []string{n.text}
	if !n.code {
		lines = wrap(n.text, t.prose()-indent, t.prose()-indent)
	}
	for i, line := range lines {
		if i == 0 {
			fmt.Fprintf(t.out, "%s %s %s %s\n", strings.Repeat(" ", gutter), t.paint(blue, "="), t.paint(n.style, n.word+":"), line)
			continue
		}
		fmt.Fprintf(t.out, "%s%s\n", strings.Repeat(" ", indent), line)
	}
}

// also names the further places of the same root causes.
func (t *textPrinter) also(group []*finding.Finding) string {
	var places []string
	for _, f := range group {
		for _, l := range f.Places {
			if at := place(t.tree.Resolve(l, f.Primary.File)); !slices.Contains(places, at) {
				places = append(places, at)
			}
		}
	}
	if more := len(places) - maxPlaces; more > 0 {
		places = append(places[:maxPlaces], count(more, "more place", "more places"))
	}
	return strings.Join(places, ", ")
}

// first prints what to fix first, of many findings.
func (t *textPrinter) first(shown []*finding.Finding) {
	picks := t.printer.first(shown)
	if len(picks) == 0 {
		return
	}
	fmt.Fprintln(t.out, t.paint(bold, "fix these first:"))
	for i, f := range picks {
		severity := f.Severity.String() + ":"
		text := place(t.primary(f.Finding)) + ": " + t.pickWords(f)
		for j, line := range wrap(text, t.width-6-len(severity), t.width-5) {
			if j == 0 {
				fmt.Fprintf(t.out, "  %d. %s %s\n", i+1, t.paint(severityStyle(f.Severity), severity), line)
				continue
			}
			fmt.Fprintf(t.out, "     %s\n", line)
		}
	}
	fmt.Fprintln(t.out)
}

// notices prints what the run has to tell beside its findings.
func (t *textPrinter) notices() {
	for _, n := range Notices(t.run, t.opts.Verbose) {
		t.hanging(noticeStyle(n.Level), redact.Printable(n.Level)+":", t.noticeText(n))
	}
}

// manyFindings is from how many on a reader is told of baselines.
const manyFindings = 20

// summary prints the counts, on one line if there is nothing to tell.
func (t *textPrinter) summary(shown []*finding.Finding) {
	for i, line := range wrap(t.headline(shown), t.prose(), t.prose()-2) {
		if i > 0 {
			line = "  " + line
		}
		fmt.Fprintln(t.out, t.paint(bold, line))
	}
	for _, item := range t.leftOut() {
		t.hanging(blue, item[0]+":", item[1])
	}
	if len(unsuppressed(shown)) > 0 && !t.opts.Links {
		t.hanging(blue, "more:", "authlint explain <rule>")
	}
	if t.run.Stats.Baselined == 0 && len(unsuppressed(shown)) >= manyFindings {
		t.hanging(blue, "many:", "authlint baseline writes them down, so that only new ones are reported")
	}
}

// hanging prints a text behind a word, its further lines indented.
func (t *textPrinter) hanging(s style, word, text string) {
	for i, line := range wrap(text, t.prose()-1-width.StringWidth(word), t.prose()-2) {
		if i == 0 {
			fmt.Fprintln(t.out, t.paint(s, word)+" "+line)
			continue
		}
		fmt.Fprintln(t.out, "  "+line)
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
