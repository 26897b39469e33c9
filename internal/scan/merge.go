package scan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/secrets"
)

// absorb removes the findings of pattern rules whose text another finding of
// the file is about: the other one names them. Of both, the one that more
// people see stays.
func (s *scan) absorb(list []finding.Finding) []finding.Finding {
	gone := make([]bool, len(list))
	for i := range list {
		k := s.absorber(list, gone, i)
		if k < 0 {
			continue
		}
		stays, goes := k, i
		if list[i].Persona < list[k].Persona {
			stays, goes = i, k
		}
		gone[goes] = true
		f := &list[stays]
		f.Absorbed = union(f.Rule, f.Absorbed, append([]string{list[goes].Rule}, list[goes].Absorbed...))
	}
	var kept []finding.Finding
	for i := range list {
		if !gone[i] {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// absorber returns the index of a finding that takes in finding i, -1 if there
// is none: i is a pattern's, and the other one is about the same text.
func (s *scan) absorber(list []finding.Finding, gone []bool, i int) int {
	if gone[i] || !s.isPattern(list[i].Rule) {
		return -1
	}
	for k := range list {
		if k == i || gone[k] || s.isPattern(list[k].Rule) && !list[k].Named(list[i].Rule) {
			continue
		}
		if sameText(&list[k], &list[i]) {
			return k
		}
	}
	return -1
}

// isPattern reports whether a rule is a pattern rule.
func (s *scan) isPattern(id string) bool {
	rule, ok := s.catalogue.Rule(id)
	return !ok || rule.Secret
}

// sameText reports whether a finding's secret and the place of a pattern's
// match have text in common.
func sameText(strong, weak *finding.Finding) bool {
	return slices.ContainsFunc(strong.Redact, func(l finding.Location) bool { return overlap(l, weak.Primary) })
}

// overlap reports whether two ranges of one file have text in common.
func overlap(a, b finding.Location) bool {
	before := func(l finding.Location, line, column int) bool {
		return l.Line < line || l.Line == line && l.Column < column
	}
	return a.File == b.File && before(a, b.EndLine, b.EndColumn) && before(b, a.EndLine, a.EndColumn)
}

// union returns ids and more without duplicates and without own, sorted.
func union(own string, ids, more []string) []string {
	all := slices.Concat(ids, more)
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(id string) bool { return id == own })
}

// finish makes one list of all findings: sorted, each once, with fingerprints,
// and without those for another persona.
func (s *scan) finish() {
	for _, r := range s.engine.Slow() {
		s.run.Notices = append(s.run.Notices, finding.Notice{
			ID: "slow-rule", Level: "note", Where: finding.Location{File: secrets.ConfigName},
			Message: fmt.Sprintf("rule %q of %s searched %d of %d bytes: give it keywords of which every match holds one", r.ID, secrets.ConfigName, r.Searched, r.Total),
		})
	}
	finding.Sort(s.run.Findings)
	s.dropDuplicates()
	s.tellUnusedEntries()
	s.sign()
	kept := s.run.Findings[:0]
	for _, f := range s.run.Findings {
		switch {
		case !s.config.Shows(&f):
			if f.Suppressed == nil {
				s.run.Stats.AuditorOnly++
			}
			continue
		case f.Suppressed != nil:
			s.run.Stats.Suppressed++
		}
		kept = append(kept, f)
	}
	s.run.Findings = kept
	slices.SortStableFunc(s.run.Notices, compareNotices)
	s.run.Notices = slices.CompactFunc(s.run.Notices, func(a, b finding.Notice) bool { return a == b })
}

// compareNotices orders notices by place, then by what they say.
func compareNotices(a, b finding.Notice) int {
	return cmp.Or(cmp.Compare(a.Where.File, b.Where.File), cmp.Compare(a.Where.Line, b.Where.Line),
		cmp.Compare(a.Where.Column, b.Where.Column), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
}

// dropDuplicates leaves one finding of each rule at each place.
func (s *scan) dropDuplicates() {
	type place struct {
		rule string
		at   finding.Location
	}
	seen := map[place]bool{}
	s.run.Findings = slices.DeleteFunc(s.run.Findings, func(f finding.Finding) bool {
		at := place{f.Rule, finding.Location{File: f.Primary.File, Line: f.Primary.Line, Column: f.Primary.Column}}
		again := seen[at]
		seen[at] = true
		return again
	})
}

// sign gives each finding its fingerprint: what it is and where, without line
// numbers. The n-th finding that is equal but for its place gets the number n.
// A secret that cannot be guessed is a part of it, so that another one in the
// same place is a new finding; a guessable one is not, since the fingerprint
// would confirm a guess.
func (s *scan) sign() {
	seen := map[string]int{}
	for i := range s.run.Findings {
		f := &s.run.Findings[i]
		text := fmt.Sprintf("%q %q %q %q %q", f.Rule, f.Primary.File, f.Symbol, f.Key, f.SecretHash)
		seen[text]++
		sum := sha256.Sum256(fmt.Appendf(nil, "authlint/v1 %s %d", text, seen[text]))
		f.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// relate makes the files of a finding relative to the root. A place outside of
// it keeps only the file's name and, as its package, that of the folder.
func (s *scan) relate(f *finding.Finding) {
	s.relatePlace(&f.Primary)
	for i := range f.Steps {
		s.relatePlace(&f.Steps[i].Location)
	}
	for _, list := range [][]finding.Location{f.Places, f.Redact} {
		for i := range list {
			s.relatePlace(&list[i])
		}
	}
	for i := range f.Fixes {
		for k := range f.Fixes[i].Edits {
			s.relatePlace(&f.Fixes[i].Edits[k].Location)
		}
	}
}

// relatePlace does so for one place.
func (s *scan) relatePlace(at *finding.Location) {
	if !filepath.IsAbs(at.File) {
		return
	}
	rel, err := filepath.Rel(s.root, at.File)
	if err != nil || !filepath.IsLocal(rel) {
		at.Package = cmp.Or(at.Package, filepath.Base(filepath.Dir(at.File)))
		at.File = filepath.Base(at.File)
		return
	}
	at.File = filepath.ToSlash(rel)
}
