package sarif

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// ruleList returns the descriptors of all rules in force and of those with
// results, sorted by id, and the place of each in the list.
func ruleList(opts Options, shown []*finding.Finding) ([]*gosarif.ReportingDescriptor, map[string]uint) {
	ids := slices.Clone(opts.Active)
	if opts.Active == nil {
		for _, rule := range opts.Rules.Rules() {
			ids = append(ids, rule.ID)
		}
	}
	for _, f := range shown {
		ids = append(ids, f.Rule)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	list := make([]*gosarif.ReportingDescriptor, len(ids))
	index := make(map[string]uint, len(ids))
	for i, id := range ids {
		rule, known := opts.Rules.Rule(id)
		if !known {
			rule = opts.Rules.SecretRule(id)
		}
		list[i] = descriptor(rule, id, opts.Rules.PageURL(id))
		index[id] = uint(i)
	}
	return list, index
}

// descriptor describes one rule.
func descriptor(rule *rules.Rule, id, page string) *gosarif.ReportingDescriptor {
	title := printable(rule.Title)
	summary := printable(rule.Summary)
	if summary == "" {
		summary = title
	}
	return &gosarif.ReportingDescriptor{
		ID:               id,
		Name:             ptr(nameOf(id)),
		ShortDescription: text(shorten(title, maxDescription)),
		FullDescription:  text(shorten(summary, maxDescription)),
		HelpURI:          ptr(page),
		Help:             &gosarif.MultiformatMessageString{Text: ptr(rule.Markdown), Markdown: ptr(rule.Markdown)},
		DefaultConfiguration: &gosarif.ReportingConfiguration{
			Level: levelOf(rule.Grades["certain"].Severity),
		},
		Properties: ruleProperties(rule),
	}
}

// ruleProperties returns what GitHub sorts and filters by.
func ruleProperties(rule *rules.Rule) gosarif.Properties {
	tags := []string{"security"}
	for _, cwe := range rule.CWE {
		tags = append(tags, fmt.Sprintf("external/cwe/cwe-%03d", cwe))
	}
	p := gosarif.Properties{"tags": tags[:min(len(tags), maxTags)]}
	if rule.SecuritySeverity != "" {
		p["security-severity"] = rule.SecuritySeverity
	}
	if rule.Precision != "" {
		p["precision"] = rule.Precision
	}
	return p
}

// nameOf returns an id in Pascal case, which differs from the id as GitHub asks.
func nameOf(id string) string {
	var b strings.Builder
	up := true
	for _, r := range id {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		up = false
	}
	name := b.String()
	if name == id || name == "" {
		name += "Rule"
	}
	return shorten(name, maxName)
}

// levelOf returns the SARIF level of a severity.
func levelOf(s finding.Severity) string {
	switch s {
	case finding.Critical, finding.High:
		return "error"
	case finding.Medium:
		return "warning"
	}
	return "note"
}

// shorten cuts text after at most n characters, with a mark.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)
	return strings.TrimRight(string(runes[:n-1]), " ") + "…"
}

func text(s string) *gosarif.MultiformatMessageString {
	return &gosarif.MultiformatMessageString{Text: ptr(s)}
}

func ptr[T any](v T) *T { return &v }
