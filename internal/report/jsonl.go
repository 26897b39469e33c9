package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// jsonlFormat names the form of the lines. A change that could break a reader
// changes the number; new members do not.
const jsonlFormat = "authlint-jsonl/1"

// The lines of a report. Each says its type; lines and columns count from 1,
// columns in bytes; ends are exclusive.
type (
	runLine struct {
		Type    string `json:"type"`
		Format  string `json:"format"`
		Version string `json:"version"`
	}
	findingLine struct {
		Type     string `json:"type"`
		Rule     string `json:"rule"`
		Title    string `json:"title"`
		Help     string `json:"help"`
		CWE      []int  `json:"cwe,omitempty"`
		Severity string `json:"severity"`
		Persona  string `json:"persona"`
		Message  string `json:"message"`
		finding.Location
		Source      string                `json:"source,omitempty"` // of the line, secrets masked
		Symbol      string                `json:"symbol,omitempty"`
		Key         string                `json:"key,omitempty"`
		Grades      []string              `json:"grades,omitempty"`
		Absorbed    []string              `json:"absorbed,omitempty"`
		Evidence    map[string]string     `json:"evidence,omitempty"`
		Steps       []finding.Step        `json:"steps,omitempty"`
		Places      []finding.Location    `json:"places,omitempty"`
		Redact      []finding.Location    `json:"redact,omitempty"`
		Suppressed  *finding.Suppression  `json:"suppressed,omitempty"`
		Fixes       []finding.Fix         `json:"fixes,omitempty"`
		Baseline    finding.BaselineState `json:"baseline,omitempty"`
		Fingerprint string                `json:"fingerprint,omitempty"`
		SecretHash  string                `json:"secretHash,omitempty"`
	}
	noticeLine struct {
		Type string `json:"type"`
		finding.Notice
	}
	summaryLine struct {
		Type       string         `json:"type"`
		Findings   int            `json:"findings"` // without the suppressed ones
		BySeverity map[string]int `json:"bySeverity"`
		finding.Stats
	}
)

// JSONL writes the report for programs, one JSON object a line: the run, then
// each finding and each notice, and the summary as the last line, without which
// the report is cut short.
func JSONL(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	j := &jsonlPrinter{printer: p, out: bufio.NewWriter(w)}
	summary := summaryLine{Type: "summary", BySeverity: map[string]int{}, Stats: run.Stats}
	j.line(runLine{"run", jsonlFormat, redact.Printable(run.Version)})
	for _, f := range run.Shown(opts.ShowSuppressed) {
		if f.Suppressed == nil {
			summary.Findings++
			summary.BySeverity[f.Severity.String()]++
		}
		j.line(p.findingLine(f))
	}
	for _, n := range run.Notices {
		n.Message = p.redact.Text(n.Message)
		j.line(noticeLine{"notice", n})
	}
	j.line(summary)
	if j.err != nil {
		return j.err
	}
	return flush(j.out)
}

type jsonlPrinter struct {
	*printer
	out *bufio.Writer
	err error // the first one
}

// line writes one object.
func (j *jsonlPrinter) line(v any) {
	data, err := encodeLine(v)
	if err != nil && j.err == nil {
		j.err = err
	}
	_, _ = j.out.Write(data) // flush tells
}

// quoted is how many bytes around the place of a finding a line quotes.
const quoted = 200

// findingLine returns a finding for programs.
func (p *printer) findingLine(f *finding.Finding) findingLine {
	rule := p.rule(f.Rule)
	line := findingLine{
		Type: "finding", Rule: f.Rule, Title: rule.Title, Help: p.opts.Rules.PageURL(f.Rule), CWE: rule.CWE,
		Severity: f.Severity.String(), Persona: f.Persona.String(), Message: p.redact.Text(f.Message), Location: p.primary(f),
		Symbol: p.redact.Text(f.Symbol), Key: p.redact.Text(f.Key), Grades: f.Grades, Absorbed: f.Absorbed,
		Fingerprint: f.Fingerprint, SecretHash: f.SecretHash, Baseline: f.Baseline,
		Places: p.resolved(f.Places, f), Redact: p.resolved(f.Redact, f),
	}
	if source, ok := p.redact.Line(line.File, line.Line); ok && line.Package == "" {
		line.Source, _, _ = source.Around(max(line.Column, 1)-1, max(line.Column, 1)-1, quoted)
	}
	for _, step := range f.Steps {
		step.Location = p.tree.Resolve(step.Location, f.Primary.File)
		step.Text = p.redact.Text(step.Text)
		line.Steps = append(line.Steps, step)
	}
	for key, value := range f.Evidence {
		if line.Evidence == nil {
			line.Evidence = map[string]string{}
		}
		line.Evidence[key] = p.redact.Text(value)
	}
	if s := f.Suppressed; s != nil {
		line.Suppressed = &finding.Suppression{Kind: p.redact.Text(s.Kind), Reason: p.redact.Text(s.Reason), Line: s.Line}
	}
	line.Fixes = p.fixes(f)
	return line
}

func (p *printer) resolved(list []finding.Location, f *finding.Finding) []finding.Location {
	var out []finding.Location
	for _, l := range list {
		out = append(out, p.tree.Resolve(l, f.Primary.File))
	}
	return out
}

// fixes returns the fixes whose text holds no secret.
func (p *printer) fixes(f *finding.Finding) []finding.Fix {
	var list []finding.Fix
fixes:
	for _, fix := range f.Fixes {
		for _, edit := range fix.Edits {
			if p.redact.Holds(edit.NewText) {
				continue fixes
			}
		}
		fix.Title = p.redact.Text(fix.Title)
		list = append(list, fix)
	}
	return list
}

// encodeLine returns v as JSON on one line. Characters that a terminal would
// act on are escaped, so that a name keeps them for the program that reads it.
func encodeLine(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding a line of the report: %w", err)
	}
	text := bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	out := make([]byte, 0, len(text)+1)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if redact.IsPrintable(r) {
			out = append(out, text[:size]...)
		} else {
			out = appendEscape(out, r)
		}
		text = text[size:]
	}
	return append(out, '\n'), nil
}

// appendEscape appends the JSON escape of a character, as a pair if need be.
func appendEscape(out []byte, r rune) []byte {
	if r > 0xFFFF {
		r -= 0x10000
		return fmt.Appendf(out, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
