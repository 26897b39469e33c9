package report

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// label is a place that a finding names, with what is said of it.
type label struct {
	at      finding.Location // resolved
	text    string           // printable; may be empty
	primary bool
}

// labels returns the places of findings that say the same: those that can be
// quoted, the primary one of the first finding first, and as lines of text
// those that cannot.
func (p *printer) labels(group []*finding.Finding) (quoted []label, apart []string) {
	// Numbers of ways that differ in length would contradict each other.
	numbered := !slices.ContainsFunc(group, func(f *finding.Finding) bool { return len(f.Steps) != len(group[0].Steps) })
	for _, f := range group {
		quoted = addLabel(quoted, label{at: p.primary(f), primary: true})
		for i, step := range f.Steps {
			left := len(f.Steps) - maxSteps
			if left > 0 && i >= maxSteps/2 && i < maxSteps/2+left {
				if i == maxSteps/2 {
					apart = append(apart, fmt.Sprintf("%d more steps", left))
				}
				continue
			}
			text := p.redact.Text(cmp.Or(step.Text, string(step.Kind)))
			if numbered && len(f.Steps) > 1 {
				text = fmt.Sprintf("(%d) %s", i+1, text)
			}
			at := p.tree.Resolve(step.Location, f.Primary.File)
			if _, readable := p.line(at); readable {
				quoted = addLabel(quoted, label{at: at, text: text})
			} else if text = place(at) + ": " + text; !slices.Contains(apart, text) {
				apart = append(apart, text)
			}
		}
	}
	return quoted, apart
}

// addLabel adds a label, to one of the same place if there is one.
func addLabel(list []label, l label) []label {
	same := slices.IndexFunc(list, func(o label) bool { return o.at == l.at })
	if same < 0 {
		return append(list, l)
	}
	o := &list[same]
	o.primary = o.primary || l.primary
	switch {
	case o.text == "":
		o.text = l.text
	case l.text != "" && !slices.Contains(strings.Split(o.text, ", "), l.text):
		o.text += ", " + l.text
	}
	return list
}

// line returns the first line of a resolved location and reports whether it
// can be quoted.
func (p *printer) line(l finding.Location) (redact.Line, bool) {
	if l.Package != "" || l.Line < 1 {
		return redact.Line{}, false
	}
	line, ok := p.redact.Line(l.File, l.Line)
	return line, ok && strings.TrimSpace(line.Text) != ""
}

// quote is one line of source with what to mark on it.
type quote struct {
	number int
	text   string // tabs and all
	marks  []mark
}

// mark is a part of a quoted line, in bytes of its text.
type mark struct {
	from, to int
	text     string
	primary  bool
}

// snippet is what a frame shows of one file.
type snippet struct {
	at     finding.Location // the first place named
	quotes []quote          // by number
}

// snippets groups what a finding names by file and line.
func (p *printer) snippets(labels []label) []snippet {
	var list []snippet
	for _, l := range labels {
		i := slices.IndexFunc(list, func(s snippet) bool { return s.at.File == l.at.File && s.at.Package == l.at.Package })
		if i < 0 {
			i = len(list)
			list = append(list, snippet{at: l.at})
		}
		line, ok := p.line(l.at)
		if !ok {
			continue
		}
		at, known := slices.BinarySearchFunc(list[i].quotes, l.at.Line, func(q quote, n int) int { return q.number - n })
		if !known {
			list[i].quotes = slices.Insert(list[i].quotes, at, quote{number: l.at.Line, text: strings.TrimRight(line.Text, " \t")})
		}
		q := &list[i].quotes[at]
		q.marks = append(q.marks, markOf(line, l, len(q.text)))
	}
	for i := range list {
		if i == 0 {
			p.lead(&list[i])
		}
		p.bridge(&list[i])
	}
	return list
}

// markOf returns what a label marks of its first line, of which size bytes are
// quoted.
func markOf(line redact.Line, l label, size int) mark {
	from, to := max(l.at.Column, 1)-1, endOfLine
	if l.at.Column >= 1 && l.at.EndLine <= l.at.Line {
		to = max(l.at.EndColumn-1, from)
		if l.at.EndLine == 0 {
			to = from
		}
	}
	from, to = line.Span(from, to)
	from, to = min(from, size), min(to, size)
	for from < to && (line.Text[from] == ' ' || line.Text[from] == '\t') {
		from++
	}
	return mark{from, to, l.text, l.primary}
}

// endOfLine is a column beyond every line.
const endOfLine = 1 << 30

// telling is the length in bytes from which a line tells enough by itself.
const telling = 24

// lead adds the line above the first one of a file of settings, where a line
// alone may say little: the name of the variable stands above its value.
func (p *printer) lead(s *snippet) {
	if len(s.quotes) == 0 || path.Ext(s.at.File) == ".go" {
		return
	}
	n := s.quotes[0].number - 1
	line, ok := p.redact.Line(s.at.File, n)
	text := strings.TrimRight(line.Text, " \t")
	if ok && len(strings.TrimSpace(s.quotes[0].text)) < telling && strings.TrimSpace(text) != "" && len(text) < cutBytes {
		s.quotes = slices.Insert(s.quotes, 0, quote{number: n, text: text})
	}
}

// bridge adds a single line that is missing between two.
func (p *printer) bridge(s *snippet) {
	for i := len(s.quotes) - 1; i > 0; i-- {
		n := s.quotes[i-1].number + 1
		if s.quotes[i].number != n+1 {
			continue
		}
		if line, ok := p.redact.Line(s.at.File, n); ok && len(line.Text) < cutBytes {
			s.quotes = slices.Insert(s.quotes, i, quote{number: n, text: strings.TrimRight(line.Text, " \t")})
		}
	}
}

// indent returns how many columns all lines of a snippet are indented.
func (s *snippet) indent() int {
	least := endOfLine
	for _, q := range s.quotes {
		if blank := len(q.text) - len(strings.TrimLeft(q.text, " \t")); q.text != "" {
			least = min(least, len(spread(q.text[:min(blank, cutBytes)])))
		}
	}
	return least
}
