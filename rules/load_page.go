package rules

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// Grades are the words that the grades table of a page may map: the closed list
// of package practice, which this package must not import.
var Grades = []string{
	"certain", "conditional", "configured", "test", "document", "sample",
	"private-host", "cluster-host", "loopback", "unknown-host",
	"local-default", "weak-evidence", "no-provider", "beyond", "near-threshold", "toolchain", "partly-checked", "anonymous",
	"opportunistic", "doubtful", "over", "proof",
}

// The other closed lists of the front matter.
var (
	precisions   = []string{"very-high", "high", "medium", "low"}
	observations = []string{
		"credential", "request", "tls", "connection", "token", "policy", "disclosure", "storage", "safelist", "command", "file", "browser", "secret-match",
	}
)

// fence is the line that opens and closes the front matter.
const fence = "+++"

// certain is the grade that every rule maps.
const certain = "certain"

// header is the front matter of a page.
type header struct {
	Title            string            `toml:"title"`
	SecuritySeverity string            `toml:"security-severity"`
	Precision        string            `toml:"precision"`
	CWE              []int             `toml:"cwe"`
	Since            string            `toml:"since"`
	Observation      string            `toml:"observation"`
	Absorbs          []string          `toml:"absorbs"`
	Also             []string          `toml:"also"`
	Grades           map[string]string `toml:"grades"`
}

// page is a page while it is read.
type page struct {
	faults
	front []byte // the front matter, moved to its lines in the file
	body  []byte // the rest of the file
	first int    // line of the body's first byte
}

// ParsePage reads the page of a rule, whose id is the file's name. The function
// known reports whether a rule that the page refers to exists. Errors name the
// file and the line.
func ParsePage(file string, data []byte, known func(id string) bool) (*Rule, error) {
	p, err := splitPage(file, data)
	if err != nil {
		return nil, err
	}
	rule := &Rule{ID: nameOf(file)}
	if !isKebab(rule.ID) || !strings.Contains(rule.ID, "-") {
		p.add(0, "the id %q is not words joined by hyphens", rule.ID)
	}
	if err := p.header(rule, known); err != nil {
		return nil, err
	}
	p.sections(rule, ruleSections)
	if err := p.err(); err != nil {
		return nil, err
	}
	return rule, nil
}

// splitPage parts the front matter from the body.
func splitPage(file string, data []byte) (*page, error) {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte(fence+"\n"))
	if !ok {
		return nil, &tomlfile.Error{File: file, Line: 1, Message: "no front matter: the first line must be " + fence}
	}
	front, body, ok := bytes.Cut(rest, []byte("\n"+fence+"\n"))
	if !ok {
		return nil, &tomlfile.Error{File: file, Line: 1, Message: "no line " + fence + " ends the front matter"}
	}
	// The empty line in place of the opening fence keeps the line numbers.
	front = append([]byte("\n"), front...)
	return &page{
		faults: faults{file: file},
		front:  front,
		body:   body,
		first:  bytes.Count(front, []byte("\n")) + 3,
	}, nil
}

// header reads the front matter into rule. It returns only errors of the TOML
// text itself; what is wrong with the values is added to the faults.
func (p *page) header(rule *Rule, known func(id string) bool) error {
	var h header
	if err := tomlfile.Decode(p.file, p.front, &h); err != nil {
		return err
	}
	rule.Title, rule.SecuritySeverity, rule.Precision = h.Title, h.SecuritySeverity, h.Precision
	rule.CWE, rule.Since, rule.Observation = h.CWE, h.Since, h.Observation
	rule.Absorbs, rule.Also = h.Absorbs, h.Also

	p.require("title", h.Title != "")
	p.require("cwe", len(h.CWE) > 0)
	for i, n := range h.CWE {
		if n <= 0 || slices.Contains(h.CWE[:i], n) {
			p.add(p.line("cwe"), "cwe %d is not a number of its own above 0", n)
		}
	}
	if p.require("since", h.Since != "") && !isVersion(h.Since) {
		p.add(p.line("since"), "since %q is not a version such as 0.1", h.Since)
	}
	p.oneOf("precision", h.Precision, precisions)
	p.oneOf("observation", h.Observation, observations)
	p.references("absorbs", h.Absorbs, rule.ID, known)
	p.references("also", h.Also, rule.ID, known)
	rule.Grades = p.grades(h.Grades)
	p.securitySeverity(h.SecuritySeverity, rule.Grades[certain].Severity)
	return nil
}

// line returns the line of a front matter key.
func (p *page) line(path ...string) int { return tomlfile.LineOf(p.front, path, "") }

// require adds a fault if a key is missing and reports whether it is there.
func (p *page) require(key string, present bool) bool {
	switch {
	case present:
	case p.line(key) != 0:
		p.add(p.line(key), "key %q is empty", key)
	default:
		p.add(1, "missing key %q", key)
	}
	return present
}

// oneOf adds a fault if the value of a key is missing or not in the list.
func (p *page) oneOf(key, value string, list []string) {
	if p.require(key, value != "") && !slices.Contains(list, value) {
		p.add(p.line(key), "unknown %s %q%s", key, value, nearest.Hint(value, list))
	}
}

// references adds a fault for each id that is unknown, named twice or the
// page's own.
func (p *page) references(key string, ids []string, self string, known func(id string) bool) {
	for i, id := range ids {
		line := func() int { return tomlfile.LineOf(p.front, []string{key}, id) }
		switch {
		case id == self:
			p.add(line(), "%s names the rule itself", key)
		case slices.Contains(ids[:i], id):
			p.add(line(), "%s names %q twice", key, id)
		case !known(id):
			p.add(line(), "%s names %q, which is no rule", key, id)
		}
	}
}

// grades reads the outcomes: "high", "low auditor", "off".
func (p *page) grades(words map[string]string) map[string]Outcome {
	out := make(map[string]Outcome, len(words))
	for _, grade := range slices.Sorted(maps.Keys(words)) {
		if !slices.Contains(Grades, grade) {
			p.add(p.line("grades", grade), "unknown grade %q%s", grade, nearest.Hint(grade, Grades))
			continue
		}
		outcome, err := parseOutcome(words[grade])
		if err != nil {
			p.add(p.line("grades", grade), "grade %q: %v", grade, err)
			continue
		}
		out[grade] = outcome
	}
	if _, ok := words[certain]; !ok {
		p.add(max(1, p.line("grades")), "missing key %q", "grades.certain")
	}
	return out
}

// parseOutcome reads a severity, which a persona may follow.
func parseOutcome(text string) (Outcome, error) {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 2 {
		return Outcome{}, fmt.Errorf("%q is not a severity and at most a persona", text)
	}
	severity, ok := finding.ParseSeverity(words[0])
	if !ok {
		return Outcome{}, fmt.Errorf("unknown severity %q", words[0])
	}
	out := Outcome{Severity: severity}
	if len(words) == 2 {
		if out.Persona, ok = finding.ParsePersona(words[1]); !ok {
			return Outcome{}, fmt.Errorf("unknown persona %q", words[1])
		}
		if severity == finding.Off {
			return Outcome{}, fmt.Errorf("%q has no persona", words[0])
		}
	}
	return out, nil
}

// securitySeverity checks GitHub's number, which must lie in the band of the
// rule's own severity: GitHub shows the number, everything else the word.
func (p *page) securitySeverity(text string, certain finding.Severity) {
	if !p.require("security-severity", text != "") {
		return
	}
	n, err := strconv.ParseFloat(text, 64)
	whole, tenth, dotted := strings.Cut(text, ".")
	if err != nil || !dotted || len(tenth) != 1 || len(whole) > 2 || !(n > 0 && n <= 10) {
		p.add(p.line("security-severity"), "security-severity %q is not a number from 0.1 to 10.0", text)
		return
	}
	if band := bandOf(n); certain > finding.Low && band != certain {
		p.add(p.line("security-severity"), "security-severity %s is %s, but grade certain is %s", text, band, certain)
	}
}

// bandOf returns the severity that GitHub shows for a number.
func bandOf(n float64) finding.Severity {
	switch {
	case n > 9:
		return finding.Critical
	case n >= 7:
		return finding.High
	case n >= 4:
		return finding.Medium
	}
	return finding.Low
}

// isVersion reports whether text is two or three numbers joined by dots.
func isVersion(text string) bool {
	parts := strings.Split(text, ".")
	for _, part := range parts {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return len(parts) == 2 || len(parts) == 3
}
