package settings

import (
	"slices"

	"github.com/authlint/authlint/internal/shape"
)

// Most settings mean nothing to any rule. This file spares them what a rule has to
// make of a name before it knows: its words, and those of all names above it.

// recent is what was found out of the setting that was asked for last.
type recent struct {
	pathOf, kindOf *Setting
	path           []string
	kind           shape.Kind
}

// pathOf is pathWords for a setting that several rules ask for.
func (o *observer) pathOf(s *Setting) []string {
	if o.recent.pathOf != s {
		o.recent.pathOf, o.recent.path = s, s.pathWords()
	}
	return o.recent.path
}

// mayMean reports whether the path of a setting may end with a phrase of the
// families, as far as its last name tells.
func (o *observer) mayMean(s *Setting, of family) bool {
	for s.Parent != nil && s.Parent.Kind == List {
		s = s.Parent // elements have no names
	}
	name := []byte(s.Name)
	if before, ok := withoutUnit(name); ok && (of&ofLifetime != 0 || len(before) == 0) || !isASCII(name) {
		return true
	}
	found, rest := o.ends.whole(name, o.found[:0])
	o.found = found
	if o.ends.anyOf(found, of) {
		return true
	}
	for i := rest.from; i < rest.to; i++ {
		if o.ends.families[i]&of != 0 {
			return true
		}
	}
	return false
}

// endsWith reports whether the name of a setting may end with a phrase of the
// families.
func (o *observer) endsWith(s *Setting, of family) bool {
	name := []byte(s.Name)
	if !isASCII(name) {
		return true
	}
	o.found, _ = o.ends.whole(name, o.found[:0])
	return o.ends.anyOf(o.found, of)
}

// isASCII reports whether a name has no characters beyond ASCII.
func isASCII(name []byte) bool {
	for _, c := range name {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// anyOf reports whether one of some texts is of the families.
func (e *endings) anyOf(texts []int, of family) bool {
	return slices.ContainsFunc(texts, func(i int) bool { return e.families[i]&of != 0 })
}
