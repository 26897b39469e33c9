package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// severities are those that count, the worst first.
func severities() []finding.Severity {
	return []finding.Severity{finding.Critical, finding.High, finding.Medium, finding.Low, finding.Note}
}

// bySeverityWords counts findings in words: 2 high, 1 low.
func bySeverityWords(list []*finding.Finding) string {
	var parts []string
	for _, s := range severities() {
		n := 0
		for _, f := range list {
			if f.Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	return strings.Join(parts, ", ")
}

// headline returns what was found, and in how much.
func (p *printer) headline(shown []*finding.Finding) string {
	line := "no findings"
	if list := unsuppressed(shown); len(list) > 0 {
		line = count(len(list), "finding", "findings") + ": " + bySeverityWords(list)
	}
	s := p.run.Stats
	line += " in " + count(s.Files, "file", "files")
	if s.Packages+s.PartPackages > 0 {
		line += " and " + count(s.Packages+s.PartPackages, "Go package", "Go packages")
	}
	return line
}

// leftOut returns what the findings do not tell, as a word and what it is.
func (p *printer) leftOut() [][2]string {
	var list [][2]string
	if words := p.suppressedWords(); words != "" {
		list = append(list, [2]string{"suppressed", words})
	}
	if n := p.run.Stats.Baselined; n > 0 {
		list = append(list, [2]string{"known", fmt.Sprintf("%d in the baseline", n)})
	}
	if n := p.run.Stats.OldLines; n > 0 {
		list = append(list, [2]string{"known", fmt.Sprintf("%d on lines that have not changed", n)})
	}
	if n := p.run.Stats.AuditorOnly; n > 0 {
		list = append(list, [2]string{"hidden", fmt.Sprintf("%d more for auditors (--persona auditor)", n)})
	}
	if gaps := p.gaps(); len(gaps) > 0 {
		list = append(list, [2]string{"not analysed", strings.Join(gaps, "; ")})
	}
	return list
}

// suppressedWords counts the suppressed findings by who silenced them.
func (p *printer) suppressedWords() string {
	kinds := map[string]int{}
	var names []string
	told := 0
	for i := range p.run.Findings {
		f := &p.run.Findings[i]
		if f.Suppressed == nil || f.Severity == finding.Off {
			continue
		}
		name := p.redact.Text(f.Suppressed.Kind)
		if kinds[name]++; kinds[name] == 1 {
			names = append(names, name)
		}
		told++
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%d by %s", kinds[name], name))
	}
	if more := p.run.Stats.Suppressed - told; more > 0 { // findings that only auditors see
		parts = append(parts, fmt.Sprintf("%d that only auditors would see", more))
	}
	return strings.Join(parts, ", ")
}

// gaps returns what the run did not see, and why.
func (p *printer) gaps() []string {
	s := p.run.Stats
	var gaps []string
	if s.PartPackages > 0 {
		gaps = append(gaps, fmt.Sprintf("parts of %s, where %s not type-check",
			count(s.PartPackages, "Go package", "Go packages"), verb(s.DroppedBodies, "function body does", "function bodies do")))
	}
	if s.Synthesised > 0 {
		gaps = append(gaps, count(s.Synthesised, "imported package", "imported packages")+" made up because their module is missing (--download fetches it)")
	}
	if s.SkippedFiles > 0 {
		gaps = append(gaps, count(s.SkippedFiles, "file", "files")+" skipped")
	}
	return gaps
}

// noticesOfAKind returns how many notices of a kind are printed in full.
func noticesOfAKind(id, level string) int {
	switch {
	case id == "missing-module", id == "broken-package" && level == "note": // the summary counts them as well
		return 1
	case id == "policy": // an attempt to loosen it does not hide behind others
		return 20
	}
	return 3
}

// Notices returns the notices of a run that a person wants to read, the errors
// first: of many of one kind the first few, and a line that counts the rest.
// With all set it returns every one.
func Notices(run *finding.Run, all bool) []finding.Notice {
	list := slices.Clone(run.Notices)
	slices.SortStableFunc(list, func(a, b finding.Notice) int { return noticeRank(a.Level) - noticeRank(b.Level) })
	if all {
		return list
	}
	type kind struct{ id, level string }
	total, seen := map[kind]int{}, map[kind]int{}
	for _, n := range list {
		total[kind{n.ID, n.Level}]++
	}
	var few []finding.Notice
	for _, n := range list {
		k := kind{n.ID, n.Level}
		seen[k]++
		most := noticesOfAKind(n.ID, n.Level)
		switch rest := total[k] - most; {
		case seen[k] <= most || rest == 1: // a line of its own is as short as its count
			few = append(few, n)
		case seen[k] == most+1:
			few = append(few, finding.Notice{ID: n.ID, Level: n.Level,
				Message: fmt.Sprintf("%d more of this kind, %s (--verbose shows all)", rest, strings.ReplaceAll(n.ID, "-", " "))})
		}
	}
	return few
}

// noticeRank orders the levels of notices.
func noticeRank(level string) int {
	switch level {
	case "error":
		return 0
	case "warning":
		return 1
	}
	return 2
}

// count returns a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// verb returns a count, or a word for one that is not known.
func verb(n int, one, many string) string {
	if n == 0 {
		return "some " + many
	}
	return count(n, one, many)
}
