package authtest

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// Seen says who is told of a mutation.
type Seen string

// Who is told. A mutation that only auditors are told of is a miss, and so is
// one of which another line of the function is told.
const (
	Missed      Seen = "missed"
	AuditorOnly Seen = "auditor only"
	Near        Seen = "at another line"
	AtStep      Seen = "at a step" // another line is the primary one; the finding leads to the mutation
	AtLine      Seen = "found"
)

// IsFound reports whether users of the default persona are told.
func (s Seen) IsFound() bool { return s == AtStep || s == AtLine }

// Outcome is what became of a mutation.
type Outcome struct {
	Mutation
	Seen Seen
	// Others are further rules that were reported on its lines.
	Others []string
}

// MutationReport compares the findings before and after mutations.
type MutationReport struct {
	Outcomes []Outcome
	// New are findings of the default persona that no mutation explains;
	// Through are those whose steps lead over the line of a mutation.
	New, Through []*finding.Finding
	// Lost are findings that are gone though nobody touched their lines.
	Lost    []Key
	Dropped []Dropped
}

// CompareMutations says which mutations were found. Both runs are those of an
// auditor, so that a miss can be told from a finding for auditors only.
func CompareMutations(mutations []Mutation, dropped []Dropped, before, after *finding.Run) *MutationReport {
	r := &MutationReport{Dropped: dropped}
	owners, users := map[Place]int{}, map[Place]int{}
	for i, m := range mutations {
		r.Outcomes = append(r.Outcomes, Outcome{Mutation: m, Seen: Missed})
		for _, p := range m.Places {
			owners[p] = i
		}
		for _, p := range m.Uses {
			users[p] = i
		}
	}
	old := keysOf(before)
	for _, f := range after.Shown(false) {
		switch {
		case r.attribute(f, owners, users) || f.Persona != finding.Regular || old[keyOf(f)] || r.isNear(f):
		case touches(f, owners):
			r.Through = append(r.Through, f)
		default:
			r.New = append(r.New, f)
		}
	}
	found := keysOf(after)
	for _, f := range before.Shown(false) {
		if f.Persona == finding.Regular && !found[keyOf(f)] && !touches(f, owners) {
			r.Lost = append(r.Lost, keyOf(f))
		}
	}
	slices.SortFunc(r.Lost, func(a, b Key) int { return strings.Compare(a.String(), b.String()) })
	return r
}

// keysOf returns the findings of the default persona.
func keysOf(run *finding.Run) map[Key]bool {
	keys := map[Key]bool{}
	for _, f := range run.Shown(false) {
		if f.Persona == finding.Regular {
			keys[keyOf(f)] = true
		}
	}
	return keys
}

// touches reports whether one of the finding's places was mutated: then the
// way that it describes may be gone.
func touches(f *finding.Finding, owners map[Place]int) bool {
	at := append([]finding.Location{f.Primary}, f.Places...)
	for _, s := range f.Steps {
		at = append(at, s.Location)
	}
	return slices.ContainsFunc(at, func(l finding.Location) bool {
		_, ok := owner(owners, l)
		return ok
	})
}

// attribute gives a finding to the mutations that it is about, and reports
// whether there is one.
func (r *MutationReport) attribute(f *finding.Finding, owners, users map[Place]int) bool {
	explained := false
	give := func(at finding.Location, seen Seen, by map[Place]int) {
		i, ok := owner(by, at)
		if !ok {
			return
		}
		o := &r.Outcomes[i]
		if !slices.ContainsFunc(o.Rules, f.Named) {
			if seen == AtLine && f.Persona == finding.Regular && !slices.Contains(o.Others, f.Rule) {
				o.Others = append(o.Others, f.Rule)
			}
			explained = explained || seen == AtLine
			return
		}
		explained = true
		if f.Persona == finding.Auditor {
			seen = AuditorOnly
		}
		if seen.rank() > o.Seen.rank() {
			o.Seen = seen
		}
	}
	give(f.Primary, AtLine, owners)
	give(f.Primary, AtStep, users)
	for _, at := range f.Places {
		give(at, AtStep, owners)
	}
	for _, s := range f.Steps {
		give(s.Location, AtStep, owners)
	}
	return explained
}

// isNear reports whether a finding is of a rule that a mutation of the same
// function expects.
func (r *MutationReport) isNear(f *finding.Finding) bool {
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.near.has(f.Primary.File, f.Primary.Line) && slices.ContainsFunc(o.Rules, f.Named) {
			if o.Seen.rank() < Near.rank() {
				o.Seen = Near
			}
			return true
		}
	}
	return false
}

// owner returns the mutation on whose line a place lies. A place in another
// package is known by its base name only, and taken for the file of that name.
func owner(owners map[Place]int, at finding.Location) (int, bool) {
	if at.Package == "" {
		i, ok := owners[Place{at.File, at.Line}]
		return i, ok
	}
	for p, i := range owners {
		dir, base := "", p.File
		if k := strings.LastIndexByte(p.File, '/'); k >= 0 {
			dir, base = p.File[:k], p.File[k+1:]
		}
		if p.Line == at.Line && base == at.File && strings.HasSuffix(at.Package, dir) {
			return i, true
		}
	}
	return 0, false
}

func (s Seen) rank() int { return slices.Index([]Seen{Missed, AuditorOnly, Near, AtStep, AtLine}, s) }

// Found counts the mutations that users are told of.
func (r *MutationReport) Found() int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Seen.IsFound() {
			n++
		}
	}
	return n
}

// Write prints a table by operator and what is to be looked at; if all is set,
// every mutation.
func (r *MutationReport) Write(w io.Writer, all bool) error {
	type count struct{ applied, found, near, auditor, dropped int }
	counts := map[string]*count{}
	of := func(operator string) *count {
		if counts[operator] == nil {
			counts[operator] = &count{}
		}
		return counts[operator]
	}
	for _, o := range r.Outcomes {
		c := of(o.Operator)
		c.applied++
		switch {
		case o.Seen.IsFound():
			c.found++
		case o.Seen == Near:
			c.near++
		case o.Seen == AuditorOnly:
			c.auditor++
		}
	}
	for _, d := range r.Dropped {
		of(d.Operator).dropped = d.Count
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-26s %7s %7s %7s %7s %7s\n", "operator", "applied", "found", "near", "auditor", "dropped")
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		c := counts[name]
		fmt.Fprintf(&b, "%-26s %7d %7d %7d %7d %7d\n", name, c.applied, c.found, c.near, c.auditor, c.dropped)
	}
	fmt.Fprintf(&b, "%d of %d found\n", r.Found(), len(r.Outcomes))
	for _, o := range r.Outcomes {
		if all || !o.Seen.IsFound() {
			fmt.Fprintf(&b, "%s: %s (%s, want %s)\n\twas: %s\n\tnow: %s\n", o.Seen, joined(o.Places), o.Operator, strings.Join(o.Rules, " or "), o.Was, o.Text)
		}
	}
	for _, o := range r.Outcomes {
		if len(o.Others) > 0 {
			fmt.Fprintf(&b, "also: %s (%s, %s): %s\n", o.Places[0], o.Operator, o.Seen, strings.Join(o.Others, ", "))
		}
	}
	for _, f := range r.New {
		fmt.Fprintf(&b, "new elsewhere: %s: %s%s\n", keyOf(f), f.Message, steps(f))
	}
	for _, f := range r.Through {
		fmt.Fprintf(&b, "elsewhere, by a mutation: %s: %s%s\n", keyOf(f), f.Message, steps(f))
	}
	for _, k := range r.Lost {
		fmt.Fprintf(&b, "lost elsewhere: %s\n", k)
	}
	for _, d := range r.Dropped {
		fmt.Fprintf(&b, "dropped %d of %s, such as %s\n", d.Count, d.Operator, d.Example)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// steps returns the way of a finding, a line a step.
func steps(f *finding.Finding) string {
	var b strings.Builder
	for _, s := range f.Steps {
		fmt.Fprintf(&b, "\n\t%s:%d %s %s", s.Location.File, s.Location.Line, s.Kind, s.Text)
	}
	return b.String()
}

// joined returns places with commas between them.
func joined(places []Place) string {
	var list []string
	for _, p := range places {
		list = append(list, p.String())
	}
	return strings.Join(list, ", ")
}
