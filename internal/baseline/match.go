package baseline

import (
	"path"
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// candidate is a finding or an entry on the way to its counterpart.
type candidate struct {
	Marks
	file  string
	rules []string // its own, then those that it absorbed
	gone  bool     // of an entry: its file is no longer there
	taken bool
}

// stage is one kind of evidence that a finding and an entry are the same.
type stage struct {
	// marks returns what must be equal, and nothing where the evidence is not
	// enough. The secret must be equal in every stage.
	marks func(c *candidate) []string
	// moved is set if it holds for files of different names.
	moved bool
	// gone is set if it holds only where the entry's file is no longer there.
	gone bool
}

// stages are the kinds of evidence, the surest first.
func stages() []stage {
	place := func(c *candidate, list ...string) []string { return all(append(list, c.Key)...).and(c.Symbol) }
	return []stage{
		// The same place; of equal findings there, those with the same surroundings.
		{marks: func(c *candidate) []string { return place(c, c.Above, c.Below) }},
		{marks: func(c *candidate) []string { return place(c, c.Above) }},
		{marks: func(c *candidate) []string { return place(c, c.Below) }},
		{marks: func(c *candidate) []string { return place(c, c.Line) }},
		{marks: func(c *candidate) []string { return place(c) }},
		{marks: func(c *candidate) []string { return all(c.Print) }},
		// The same secret in the same file, whatever is around it.
		{marks: func(c *candidate) []string { return all(c.Secret) }},
		// A function or a parent key has another name.
		{marks: func(c *candidate) []string { return all(c.Key, c.Line) }},
		{marks: func(c *candidate) []string { return all(c.Above, c.Below) }},
		// The file has another name.
		{marks: func(c *candidate) []string { return place(c, c.Above, c.Below) }, moved: true, gone: true},
		{marks: func(c *candidate) []string { return place(c, c.Line) }, moved: true, gone: true},
		// The same secret elsewhere.
		{marks: func(c *candidate) []string { return all(c.Secret, c.Key) }, moved: true},
		{marks: func(c *candidate) []string { return all(c.Secret) }, moved: true},
		// A part of the file went to another one.
		{marks: func(c *candidate) []string { return all(c.Symbol, c.Key, c.Above) }, moved: true},
		{marks: func(c *candidate) []string { return all(c.Symbol, c.Key, c.Below) }, moved: true},
		{marks: func(c *candidate) []string { return all(c.Key, c.Above, c.Below) }, moved: true},
		// The file has another name and was edited.
		{marks: func(c *candidate) []string { return all(c.Symbol, c.Key) }, moved: true, gone: true},
		{marks: func(c *candidate) []string { return place(c, path.Base(c.file)) }, moved: true, gone: true},
		{marks: func(c *candidate) []string { return all(c.Key, c.Line) }, moved: true, gone: true},
		{marks: func(c *candidate) []string { return all(c.Above, c.Below) }, moved: true, gone: true},
	}
}

// marks are values that must be equal.
type marks []string

// all returns the marks if each is known, and none otherwise.
func all(list ...string) marks {
	if slices.Contains(list, "") {
		return nil
	}
	return list
}

// and returns the marks with one that may be unknown, as long as it is on both sides.
func (m marks) and(more string) []string {
	if m == nil {
		return nil
	}
	return append(m, more)
}

// bucket names the candidates that a stage cannot tell from each other.
type bucket struct {
	rule, file, secret string
	marks              [4]string
}

// bucketOf returns the bucket of a candidate under one of its rules, and false
// if the stage has no evidence of it.
func (s *stage) bucketOf(c *candidate, rule string) (bucket, bool) {
	list := s.marks(c)
	if list == nil {
		return bucket{}, false
	}
	b := bucket{rule: rule, secret: c.Secret}
	copy(b.marks[:], list)
	if !s.moved {
		b.file = c.file
	}
	return b, true
}

// pair matches findings and entries one to one and marks both as taken. Each
// stage costs in proportion to the candidates and the rules that they name.
func pair(found, entries []*candidate) {
	for _, s := range stages() {
		own, absorbed := map[bucket][]*candidate{}, map[bucket][]*candidate{}
		for _, e := range entries {
			if e.taken || s.gone && !e.gone {
				continue
			}
			for i, rule := range e.rules {
				b, ok := s.bucketOf(e, rule)
				switch {
				case !ok:
				case i == 0:
					own[b] = append(own[b], e)
				default:
					absorbed[b] = append(absorbed[b], e)
				}
			}
		}
		if len(own) == 0 {
			continue
		}
		itself := func(c *candidate) []string { return c.rules[:1] }
		s.take(found, itself, own)
		s.take(found, func(c *candidate) []string { return c.rules[1:] }, own) // it got graver
		s.take(found, itself, absorbed)                                        // or less grave
	}
}

// take gives each finding the first free entry of its bucket, under one of the
// rules that it names.
func (s *stage) take(found []*candidate, rules func(*candidate) []string, free map[bucket][]*candidate) {
	for _, f := range found {
		for _, rule := range rules(f) {
			b, ok := s.bucketOf(f, rule)
			if !ok || f.taken {
				break
			}
			list := free[b]
			for len(list) > 0 && list[0].taken {
				list = list[1:]
			}
			if len(list) > 0 {
				list[0].taken, f.taken = true, true
				list = list[1:]
			}
			free[b] = list
		}
	}
}

// Match is the outcome of holding a run against a baseline.
type Match struct {
	// Known says of each finding, in the order of the run, whether the baseline holds it.
	Known []bool
	// Absent are the entries that the run has nothing for.
	Absent []Entry
}

// Compare holds findings against the entries of a baseline. The marks are those
// of the findings, in their order; exists reports whether a file, named as in
// findings, is still there.
func Compare(found []finding.Finding, marks []Marks, entries []Entry, exists func(file string) bool) Match {
	left, right := make([]*candidate, len(found)), make([]*candidate, len(entries))
	for i := range found {
		f := &found[i]
		left[i] = &candidate{Marks: marks[i], file: f.Primary.File, rules: append([]string{f.Rule}, f.Absorbed...)}
	}
	there := map[string]bool{}
	for i, e := range entries {
		if _, asked := there[e.File]; !asked {
			there[e.File] = exists(e.File)
		}
		right[i] = &candidate{Marks: e.Marks, file: e.File, rules: append([]string{e.Rule}, e.Absorbed...), gone: !there[e.File]}
	}
	pair(left, right)
	m := Match{Known: make([]bool, len(found))}
	for i, f := range left {
		m.Known[i] = f.taken
	}
	for i, e := range right {
		if !e.taken {
			m.Absent = append(m.Absent, entries[i])
		}
	}
	return m
}
