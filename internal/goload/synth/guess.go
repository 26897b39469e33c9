package synth

import (
	"go/types"
	"maps"
	"slices"
)

// Settle ends a round: guesses count where nothing better is known, and those
// of last resort once nothing else is learned. It reports whether anything was
// learned since the last call.
func (w *World) Settle() bool {
	w.apply(w.weak)
	w.findFluent()
	if !w.changed {
		w.apply(w.last)
	}
	w.weak, w.last = nil, nil
	changed := w.changed
	w.changed = false
	return changed
}

// apply makes use of guesses about holes of which nothing contradicts them.
func (w *World) apply(list []guess) {
	for _, g := range w.agreed(list) {
		h := g.hole.find()
		switch {
		case h.under != nil || h.isInterface || h.modelled:
		case h.name == "" && g.term.hasMembers(h):
			w.learn(h, g.term)
		case h.name != "" && g.term.isBasic() && len(h.fields) == 0:
			h.under, w.changed = g.term, true // a number, most of the time
		}
	}
}

// agreed returns one guess for each hole. A slot that takes values of several
// types is an empty interface; a constant without a type fits many.
func (w *World) agreed(list []guess) []guess {
	index := map[*hole]int{}
	var out []guess
	for _, g := range list {
		h := g.hole.find()
		i, ok := index[h]
		if !ok {
			index[h] = len(out)
			out = append(out, g)
			continue
		}
		first := &out[i]
		switch {
		case first.term.kind != isKnown || g.term.kind != isKnown || types.Identical(first.term.known, g.term.known):
		case g.untyped && (!first.untyped || isNumber(first.term.known) && isNumber(g.term.known)):
		case first.untyped:
			*first = g
		default:
			first.term = known(anyType())
		}
	}
	return out
}

// isNumber reports whether t is a type of numbers.
func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// findFluent finds methods that return their receiver, for calls one after the
// other: what they return has members that the receiver has.
func (w *World) findFluent() {
	for _, path := range slices.Sorted(maps.Keys(w.packages)) {
		decls := w.packages[path].decls
		for _, name := range slices.Sorted(maps.Keys(decls)) {
			d := decls[name]
			if h := d.hole.find(); d.kind == isType && h.name != "" && d.typeParams == 0 {
				w.findFluentOf(h)
			}
		}
	}
}

// findFluentOf does so for the methods of one type.
func (w *World) findFluentOf(h *hole) {
	for _, name := range slices.Sorted(maps.Keys(h.methods)) {
		m := h.methods[name]
		if len(m.results) != 1 {
			continue
		}
		r := m.results[0].find()
		if r.name != "" || r.under != nil || !w.sharesMember(r, h) && !leadsTo(r, h) {
			continue
		}
		w.learn(r, &term{kind: isPointer, elem: of(h)}) // or itself, if it is an interface
	}
}

// longestChain is how many calls of a chain are looked at.
const longestChain = 16

// leadsTo reports whether a chain of methods of r ends in a pointer to h: the
// last call tells what the calls before it return.
func leadsTo(r, h *hole) bool {
	for range longestChain {
		if len(r.methods) != 1 || len(r.fields) > 0 {
			return false
		}
		for _, m := range r.methods {
			if len(m.results) != 1 {
				return false
			}
			r = m.results[0].find()
		}
		t := r.under
		if r == h || t != nil && t.kind == isPointer && t.elem.kind == isHole && t.elem.hole.find() == h {
			return true
		}
	}
	return false
}

// sharesMember reports whether a member of r is one of h, too.
func (w *World) sharesMember(r, h *hole) bool {
	for _, name := range slices.Concat(slices.Collect(maps.Keys(r.fields)), slices.Collect(maps.Keys(r.methods))) {
		if h.fields[name] != nil || h.methods[name] != nil {
			return true
		}
		if t := w.types[h]; t != nil { // of the model
			if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
				return true
			}
		}
	}
	return false
}

// hasMembers reports whether all that is known of a hole's members holds for
// the type as well.
func (t *term) hasMembers(h *hole) bool {
	if len(h.fields)+len(h.methods) == 0 || t.kind == isHole {
		return true
	}
	if t.kind != isKnown {
		return false
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(h.fields)), slices.Collect(maps.Keys(h.methods))) {
		if obj, _, _ := types.LookupFieldOrMethod(t.known, true, nil, name); obj == nil {
			return false
		}
	}
	return true
}
