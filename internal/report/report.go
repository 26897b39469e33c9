// Package report prints the outcome of a run for people (Text, OneLine,
// Markdown) and for programs (JSONL, GitHub, GitLab, JUnit). SARIF has a package of its own.
//
// No report shows a secret, and none lets a control character of a file name,
// a message or a quoted line through.
package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
	"github.com/authlint/authlint/rules"
)

// RuleSource says what is known of rules; *rules.Catalogue is one.
type RuleSource interface {
	Rule(id string) (*rules.Rule, bool)
	SecretRule(id string) *rules.Rule
	PageURL(id string) string
	Provider(id string) (*rules.Provider, bool)
}

// Options are the choices of one report.
type Options struct {
	// Rules describes the rules; nil is the catalogue that is built in.
	Rules RuleSource
	// ShowSuppressed lists the suppressed findings as well, marked as such.
	ShowSuppressed bool
	// Verbose prints every notice, where otherwise many of a kind are counted.
	Verbose bool
	// Color allows escape sequences for colours, in Text only.
	Color bool
	// Links makes the ids of rules links to their pages, in Text only.
	Links bool
	// Width is the number of columns that Text keeps to; 0 is a usual one.
	Width int
}

// printer holds what all formats need of one run.
type printer struct {
	run    *finding.Run
	opts   Options
	tree   *source.Tree
	redact *redact.Redactor
}

// newPrinter prepares a run for printing; the caller closes its tree.
func newPrinter(run *finding.Run, opts Options) (*printer, error) {
	if opts.Rules == nil {
		catalogue, err := rules.Default()
		if err != nil {
			return nil, fmt.Errorf("loading rules: %w", err)
		}
		opts.Rules = catalogue
	}
	tree := source.NewTree(run.Root)
	return &printer{run: run, opts: opts, tree: tree, redact: redact.New(tree, run)}, nil
}

// bySeverity returns the findings with the most severe first, and those that
// are suppressed last.
func bySeverity(list []*finding.Finding) []*finding.Finding {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *finding.Finding) int { return rank(b) - rank(a) })
	return list
}

func rank(f *finding.Finding) int {
	if f.Suppressed != nil {
		return int(finding.Off)
	}
	return int(f.Severity)
}

// rule returns what is known of a finding's rule.
func (p *printer) rule(id string) *rules.Rule {
	if rule, known := p.opts.Rules.Rule(id); known {
		return rule
	}
	return p.opts.Rules.SecretRule(id)
}

// fileOf returns the printable name of a resolved location's file.
func fileOf(l finding.Location) string {
	if l.Package != "" {
		return redact.Printable(path.Join(l.Package, path.Base(l.File)))
	}
	if strings.HasPrefix(l.File, ":") {
		return "./" + redact.Printable(l.File) // two colons begin a command of GitHub Actions
	}
	return redact.Printable(l.File)
}

// place returns a resolved location as file:line:column, as far as it is known.
func place(l finding.Location) string {
	switch {
	case l.Line < 1:
		return fileOf(l)
	case l.Column < 1:
		return fmt.Sprintf("%s:%d", fileOf(l), l.Line)
	}
	return fmt.Sprintf("%s:%d:%d", fileOf(l), l.Line, l.Column)
}

// heading returns a finding as one line: place, severity, message and rule.
func (p *printer) heading(f *finding.Finding, severity string) string {
	line := fmt.Sprintf("%s: %s: %s (%s)", place(p.primary(f)), severity, p.redact.Text(f.Message), redact.Printable(f.Rule))
	if known := p.known(f); known != "" {
		line += " " + known
	}
	return line
}

// known says in brackets why a finding does not count, or nothing.
func (p *printer) known(f *finding.Finding) string {
	switch {
	case f.Suppressed != nil:
		return p.suppressed(f.Suppressed)
	case f.Baseline == finding.BaselineUnchanged:
		return "[in the baseline]"
	}
	return ""
}

// advice returns in a sentence what to do about a finding, or nothing.
func (p *printer) advice(f *finding.Finding) string {
	return p.redact.Text(firstSentence(p.rule(f.Rule).Fix))
}

// pickWords says what a finding to fix first is, and what to do.
func (p *printer) pickWords(f pick) string {
	words := p.redact.Text(p.rule(f.Rule).Title)
	switch {
	case f.elsewhere:
		words += " (and " + count(f.alike, "more place", "more places") + ")"
	case f.alike > 0:
		words += fmt.Sprintf(" (and %d more here)", f.alike)
	}
	if advice := p.advice(f.Finding); advice != "" {
		end := len(advice)
		for _, stop := range []string{": ", "; ", ", so "} { // the reason, or the details
			if at := strings.Index(advice, stop); at > 0 {
				end = min(end, at)
			}
		}
		words += ". " + strings.TrimSuffix(advice[:end], ".") + "."
	}
	return words
}

// noticeText returns a notice with its place, if the message does not name it.
func (p *printer) noticeText(n finding.Notice) string {
	message := p.redact.Text(n.Message)
	if !n.Where.IsZero() && !strings.Contains(n.Message, n.Where.File) {
		message = place(p.tree.Resolve(n.Where, n.Where.File)) + ": " + message
	}
	return message
}

func (p *printer) primary(f *finding.Finding) finding.Location {
	return p.tree.Resolve(f.Primary, f.Primary.File)
}

// suppressed says who silenced a finding and why.
func (p *printer) suppressed(s *finding.Suppression) string {
	if s.Reason == "" {
		return fmt.Sprintf("[suppressed by %s]", p.redact.Text(s.Kind))
	}
	return fmt.Sprintf("[suppressed by %s: %s]", p.redact.Text(s.Kind), p.redact.Text(s.Reason))
}
