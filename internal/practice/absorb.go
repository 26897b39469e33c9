package practice

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/walk"
)

// absorb makes findings of the verdicts: one for each fault. A verdict that
// another one on the same fault absorbs is named by that one's finding, and
// verdicts of one rule with one primary place are one finding with its places.
func (c *court) absorb() []finding.Finding {
	var found []finding.Finding
	for _, group := range grouped(mergedVerdicts(c.verdicts, fewVerdicts)) {
		f := group[0].finding(group[1:])
		if !c.silenced(&f) {
			found = append(found, f)
		}
	}
	return found
}

// mergedVerdicts returns the verdicts that no other one absorbs, nil in place of
// the rest. Up to few are compared each with each.
func mergedVerdicts(verdicts []*verdict, few int) []*verdict {
	alive := slices.Clone(verdicts)
	near := newNeighbours(alive, few)
	// Verdicts of one observation first: they belong together for certain. What
	// is seen by fewer than what it absorbs comes last, when it has absorbed all
	// that is seen by as few.
	mergeInto(alive, near, func(strong, weak *verdict) bool { return strong.src == weak.src && strong.persona <= weak.persona })
	mergeInto(alive, near, func(strong, weak *verdict) bool { return sameFault(strong, weak) && strong.persona <= weak.persona })
	mergeInto(alive, near, sameFault)
	mergeRoads(alive)
	return alive
}

// mergeInto merges each verdict with the first that absorbs it and belongs to
// it. A fault that regular readers see stays seen: the more visible of the two
// is kept, the other one named by it.
func mergeInto(alive []*verdict, near *neighbours, belongs func(strong, weak *verdict) bool) {
	for i, weak := range alive {
		if weak == nil {
			continue
		}
		for _, k := range near.of(weak) {
			strong := alive[k]
			if strong == nil || i == k || !absorbs(strong, weak) || !belongs(strong, weak) {
				continue
			}
			shown, hidden := strong, weak
			if weak.persona < strong.persona && !staysHome(strong, weak) {
				shown, hidden = weak, strong
			}
			if hidden.rule.Secret && hidden.persona <= shown.persona {
				// What an issuer's format proves is as grave under any name.
				shown.severity = max(shown.severity, hidden.severity)
			}
			if hidden.rule.ID == getMessageSend {
				shown.spot = Spot{} // the call is at fault, whatever its query holds
			}
			shown.absorbed = append(append(shown.absorbed, hidden.rule.ID), hidden.absorbed...)
			shown.evidence = merged(shown.evidence, hidden.evidence)
			alive[k], alive[i] = shown, nil
			near.add(k, shown)
			break
		}
	}
}

// staysHome reports whether a pattern that knows no issuer matched what a reader
// of the text has seen to go no further than the machine itself, or to be a
// default that everybody knows: in Base64 it looks like a key.
func staysHome(strong, weak *verdict) bool {
	return weak.rule.Secret && weak.rule.Generic &&
		(slices.Contains(strong.grades, LoopbackHost) || slices.Contains(strong.grades, LocalDefault))
}

// absorbs reports whether the rule of strong takes in the rule of weak.
func absorbs(strong, weak *verdict) bool {
	return slices.Contains(strong.rule.Absorbs, weak.rule.ID) || strong.takesPatterns && weak.rule.Secret
}

// sameFault reports whether two verdicts are about the same request, connection
// or literal: their observations share a place.
func sameFault(a, b *verdict) bool {
	if a.src == b.src || sameLocation(a.src.Origin, b.src.Origin) || b.rule.Secret && touches(a.src, b.src) {
		return true
	}
	if a.onValue && b.onValue && !a.src.Origin.IsZero() && !b.src.Origin.IsZero() {
		return false // two values in one call
	}
	return sameLocation(a.src.At, b.src.At)
}

// sameLocation reports whether two locations are known and equal.
func sameLocation(a, b finding.Location) bool { return !a.IsZero() && a == b }

// touches reports whether the literals of two observations have text in common.
func touches(a, b *Source) bool {
	for _, x := range literals(a) {
		for _, y := range literals(b) {
			if overlap(x, y) {
				return true
			}
		}
	}
	return false
}

// literals returns the ranges of an observation that hold its value.
func literals(s *Source) []finding.Location {
	list := s.Redact
	if !s.Origin.IsZero() {
		list = append(slices.Clone(list), s.Origin)
	}
	if len(list) == 0 {
		return []finding.Location{s.At}
	}
	return list
}

// overlap reports whether two ranges have text in common.
func overlap(a, b finding.Location) bool {
	if a.IsZero() || a.File != b.File || a.Package != b.Package {
		return false
	}
	return startsBefore(a, b.EndLine, b.EndColumn) && startsBefore(b, a.EndLine, a.EndColumn)
}

// startsBefore reports whether a range begins before a place.
func startsBefore(a finding.Location, line, column int) bool {
	return a.Line < line || a.Line == line && a.Column < column
}

// merged returns a with what only b knows.
func merged(a, b map[string]string) map[string]string {
	out := make(map[string]string, len(a)+len(b))
	for k, v := range b {
		out[k] = v
	}
	for k, v := range a {
		out[k] = v
	}
	return out
}

// grouped returns the verdicts that are left, those of one rule and one primary
// place together, the most visible first. Of a call and its argument, which say
// the same of one line, the place is one: two ways lead to it.
func grouped(list []*verdict) [][]*verdict {
	type key struct {
		rule, message string
		at            finding.Location
	}
	index, lines := map[key]int{}, map[key]int{}
	seen := map[*verdict]bool{}
	var groups [][]*verdict
	for _, v := range list {
		if v == nil || seen[v] {
			continue
		}
		seen[v] = true
		k := key{v.rule.ID, "", v.primary()}
		line := key{v.rule.ID, v.message, finding.Location{File: k.at.File, Package: k.at.Package, Line: k.at.Line}}
		n, ok := index[k]
		if m, same := lines[line]; !ok && same && overlap(groups[m][0].primary(), k.at) {
			n, ok = m, true
		}
		if !ok {
			n = len(groups)
			index[k], lines[line] = n, n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], v)
	}
	for _, group := range groups {
		slices.SortStableFunc(group, compareVerdicts)
	}
	return groups
}

// compareVerdicts orders by persona, severity and place.
func compareVerdicts(a, b *verdict) int {
	switch {
	case a.persona != b.persona:
		return int(a.persona) - int(b.persona)
	case a.severity != b.severity:
		return int(b.severity) - int(a.severity)
	case a.src.At.Before(b.src.At):
		return -1
	case b.src.At.Before(a.src.At):
		return 1
	}
	return 0
}

// finding returns the finding of a verdict, with the places of others that have
// the same rule and primary place.
func (v *verdict) finding(others []*verdict) finding.Finding {
	f := finding.Finding{
		Rule:       v.rule.ID,
		Severity:   v.severity,
		Persona:    v.persona,
		Grades:     words(v.grades),
		Message:    v.message,
		Primary:    v.primary(),
		Symbol:     firstOf(v.spot.Symbol, v.src.Symbol),
		Key:        v.src.Key,
		Steps:      slices.Clone(v.src.Steps),
		Evidence:   v.evidence,
		Redact:     slices.Clone(v.src.Redact),
		SecretHash: v.hash,
	}
	absorbed := slices.Clone(v.absorbed)
	f.Places = slices.Clone(v.places)
	for _, o := range others {
		absorbed = append(absorbed, o.absorbed...)
		f.Redact = append(f.Redact, o.src.Redact...)
		if at := o.src.At; !at.IsZero() && at != f.Primary && at != v.src.At && !slices.Contains(f.Places, at) {
			f.Places = append(f.Places, at)
		}
	}
	f.Absorbed = idsBeside(f.Rule, absorbed)
	f.Redact = unique(f.Redact)
	if isTestOnly(v) {
		return f
	}
	for _, r := range v.remedies {
		if fix, ok := v.src.Fixes[r.name]; ok {
			f.Fixes = append(f.Fixes, fix)
			continue
		}
		f.Remedies = append(f.Remedies, finding.Remedy{Name: string(r.name), From: r.from, To: r.to, At: r.at})
	}
	return f
}

// isTestOnly reports whether a verdict is about test code: what a test does on
// purpose is not mended for it, or it would test something else, or nothing.
func isTestOnly(v *verdict) bool {
	return slices.Contains(v.grades, InTest) && !walk.IsExample(v.primary().File)
}

// idsBeside returns the ids sorted and each once, without the rule itself.
func idsBeside(rule string, ids []string) []string {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return slices.DeleteFunc(ids, func(id string) bool { return id == rule })
}

// unique returns the locations each once, in order.
func unique(list []finding.Location) []finding.Location {
	slices.SortFunc(list, func(a, b finding.Location) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	return slices.Compact(list)
}
