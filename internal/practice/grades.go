package practice

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/rules"
)

// outcome returns what a rule makes of grades: of several the lowest severity
// and the stricter persona. A grade that the rule does not map changes nothing.
func outcome(rule *rules.Rule, grades []Grade) (finding.Severity, finding.Persona) {
	result := rule.Grades[string(Certain)]
	for _, g := range grades {
		o, ok := rule.Grades[string(g)]
		if !ok {
			continue
		}
		result.Severity = min(result.Severity, o.Severity)
		result.Persona = max(result.Persona, o.Persona)
	}
	return result.Severity, result.Persona
}

// sourceGrades returns the grades that the place of an observation gives.
func sourceGrades(s *Source) []Grade {
	var grades []Grade
	switch s.Condition {
	case Conditional:
		grades = append(grades, IsConditional)
	case Configured:
		grades = append(grades, IsConfigured)
	}
	if s.Test {
		grades = append(grades, InTest)
	}
	if s.Document {
		grades = append(grades, InDocument)
	}
	return grades
}

// hostGrade returns the grade of a host's class, "" if it gives none.
func hostGrade(class partial.Class) Grade {
	switch class {
	case partial.LoopbackHost:
		return LoopbackHost
	case partial.PrivateHost:
		return PrivateHost
	case partial.ClusterHost:
		return ClusterHost
	}
	return ""
}

// withGrade returns the grades and one more, unless it is "".
func withGrade(grades []Grade, g Grade) []Grade {
	if g == "" || slices.Contains(grades, g) {
		return grades
	}
	return append(grades, g)
}

// words returns the grades as a finding has them: sorted, certain if there is
// no other.
func words(grades []Grade) []string {
	var out []string
	for _, g := range grades {
		out = append(out, string(g))
	}
	if len(out) == 0 {
		return []string{string(Certain)}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
