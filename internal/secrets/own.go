package secrets

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// extend adds the rules of a user's own files to those in force. What is known
// already is changed in a configuration of gitleaks, not there.
func (l *loader) extend(set *ruleSet, files []rules.ExtensionFile, hasPage func(id string) bool) error {
	var faults []error
	for _, file := range files {
		own, err := parseConfig(file.Name, file.Data, false)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if !reflect.DeepEqual(own.extend, extendTable{}) {
			faults = append(faults, own.extendPlace.fault("extend is not supported here: the rules are added to those in force"))
		}
		var added []rules.SecretRule
		for _, r := range own.rules {
			switch {
			case set.index(r.ID) >= 0 || hasPage(r.ID):
				faults = append(faults, own.places[r.ID].fault("there is a rule %q already", r.ID))
				continue
			case r.Description == "":
				faults = append(faults, own.places[r.ID].fault("rule %q has no description", r.ID))
			}
			added = append(added, r)
		}
		own.rules = slices.Concat(set.rules, added)
		if err := own.finish(); err != nil {
			faults = append(faults, err)
			continue
		}
		set.rules, set.allowlists = own.rules, slices.Concat(set.allowlists, own.allowlists)
		set.loosening = append(set.loosening, own.loosening...)
	}
	return errors.Join(faults...)
}

// loosening is a part of a user's configuration that hides matches.
type loosening struct {
	place place
	what  string
}

// lock takes back what the user's configuration changes for locked rules, and
// returns what that is. Rules that it adds are its own.
func (s *ruleSet) lock(standard *ruleSet, locked func(id string) bool) []finding.Notice {
	var refused []loosening
	for _, r := range standard.rules {
		if !locked(r.ID) {
			continue
		}
		at := s.index(r.ID)
		switch {
		case at < 0:
			s.rules = append(s.rules, r)
			refused = append(refused, loosening{s.whole, fmt.Sprintf("the policy locks rule %q, which is left out here", r.ID)})
		case !reflect.DeepEqual(s.rules[at], r):
			s.rules[at] = r
			refused = append(refused, loosening{s.placeOf(r.ID), fmt.Sprintf("the policy locks rule %q, which is changed here", r.ID)})
		}
	}
	var own []rules.SecretAllowlist
	for _, a := range s.allowlists {
		if !slices.ContainsFunc(standard.allowlists, func(b rules.SecretAllowlist) bool { return reflect.DeepEqual(a, b) }) {
			own = append(own, a)
		}
	}
	for i := range s.rules {
		if !locked(s.rules[i].ID) {
			s.rules[i].Allowlists = slices.Concat(s.rules[i].Allowlists, own)
		}
	}
	s.allowlists = standard.allowlists
	if len(own) > 0 {
		refused = append(refused, s.loosening...)
	}
	return refusals(refused)
}

// placeOf returns where the user's configuration speaks of a rule.
func (s *ruleSet) placeOf(id string) place {
	if at, ok := s.places[id]; ok {
		return at
	}
	return s.whole
}

// refusals returns notices of what has no effect, one for each place.
func refusals(list []loosening) []finding.Notice {
	var notices []finding.Notice
	more := map[finding.Location]int{}
	for _, l := range list {
		line := 0
		if l.place.line != nil {
			line = l.place.line()
		}
		at := finding.Location{File: l.place.file, Line: line, EndLine: line}
		if more[at]++; more[at] > 1 {
			continue
		}
		notices = append(notices, finding.Notice{ID: "policy", Level: "warning", Where: at, Message: l.place.fault("%s", l.what).Error()})
	}
	for i := range notices {
		if n := more[notices[i].Where]; n > 1 {
			notices[i].Message += fmt.Sprintf(", and so %d more", n-1)
		}
	}
	return notices
}
