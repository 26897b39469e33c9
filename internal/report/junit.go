package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// The elements of a JUnit report, with those attributes that every reader
// knows. It gives no times, so that equal runs have equal reports.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string       `xml:"name,attr"`
		Class   string       `xml:"classname,attr"`
		Skipped *junitResult `xml:"skipped"`
		Error   *junitResult `xml:"error"`
		Failure *junitResult `xml:"failure"`
	}
	junitResult struct {
		Type    string `xml:"type,attr,omitempty"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes the report as JUnit XML: a file with findings is a suite, a
// finding a failed test, one that
// never fails a run a skipped test, and input that could
// not be read an error. A clean run is one test that passed.
func JUnit(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	report := junitSuites{Name: "authlint"}
	suites := map[string]int{}
	add := func(name string, c junitCase) {
		at, known := suites[name]
		if !known {
			at = len(report.Suites)
			suites[name] = at
			report.Suites = append(report.Suites, junitSuite{Name: name})
		}
		report.Suites[at].add(c)
	}
	for _, f := range run.Shown(opts.ShowSuppressed) {
		add(fileOf(p.primary(f)), p.junitCase(f))
	}
	for _, n := range run.Notices {
		if n.Level == "error" {
			add("authlint", junitCase{Name: redact.Printable(n.ID), Class: "authlint",
				Error: &junitResult{Type: redact.Printable(n.ID), Message: p.redact.Text(n.Message)}})
		}
	}
	if len(report.Suites) == 0 {
		add("authlint", junitCase{Name: "no findings", Class: "authlint"})
	}
	for _, s := range report.Suites {
		report.Tests += s.Tests
		report.Failures += s.Failures
		report.Errors += s.Errors
	}
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(xml.Header) // flush tells
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return fmt.Errorf("encoding report: %w", err)
	}
	_, _ = out.WriteString("\n")
	return flush(out)
}

// add appends a test and counts it.
func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// junitCase returns a finding as a test.
func (p *printer) junitCase(f *finding.Finding) junitCase {
	l := p.primary(f)
	rule := redact.Printable(f.Rule)
	c := junitCase{Name: rule, Class: fileOf(l)}
	if l.Line > 0 {
		c.Name = fmt.Sprintf("%s at line %d", rule, l.Line)
		if l.Column > 0 {
			c.Name += fmt.Sprintf(", column %d", l.Column)
		}
	}
	result := &junitResult{Type: f.Severity.String(), Message: p.redact.Text(f.Message)}
	known := p.known(f)
	if known != "" || f.Severity == finding.Note { // never fails a run
		result.Message = strings.TrimSpace(known + " " + result.Message)
		c.Skipped = result
		return c
	}
	result.Text = p.heading(f, f.Severity.String()) + "\n"
	if advice := p.advice(f); advice != "" {
		result.Text += "fix: " + advice + "\n"
	}
	result.Text += redact.Printable(p.opts.Rules.PageURL(f.Rule)) + "\n"
	c.Failure = result
	return c
}
