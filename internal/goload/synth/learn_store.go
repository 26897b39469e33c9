package synth

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
)

// assign learns from a value that is stored where a type is wanted.
func (l *learner) assign(value ast.Expr, slot types.Type) {
	if slot == nil || slot.Underlying() == types.Typ[types.Invalid] {
		return
	}
	l.store(value, l.w.term(slot), slot)
}

// store does the same for a slot of which only a term is known.
func (l *learner) store(value ast.Expr, slot *term, slotType types.Type) {
	t := l.typeOf(value)
	into := asHole(slot)
	if isNil(t) {
		if into != nil && !into.isNilable {
			into.isNilable, l.w.changed = true, true
		}
		return
	}
	from := l.term(value)
	switch {
	case from == nil && into != nil && t != nil:
		l.implementedBy(into, t) // a type that the missing package cannot know
	case from == nil:
	case into != nil && from.kind == isKnown:
		l.fill(into, t)
	case into != nil && into.name != "" && isOther(from, into):
		if into.under == nil && !into.isSettled && !into.modelled {
			into.isInterface, into.isSettled, l.w.changed = true, true, true
		}
		l.w.conform(from, into)
	case slotType != nil && types.IsInterface(slotType):
		l.implements(from, slotType)
	case into != nil && into.name != "" && asHole(from) != nil:
		l.w.weak = append(l.w.weak, guess{asHole(from), of(into), false}) // unless it only implements it
	case slot != nil:
		l.w.unify(from, slot)
	}
}

// conform gives a declared type the methods of an interface that is missing as
// well, with the same parameters and results.
func (w *World) conform(t *term, iface *hole) {
	if t.kind == isPointer {
		t = t.elem
	}
	own := asHole(t)
	if own == nil || !iface.isInterfaceType() {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(iface.methods)) {
		want := iface.methods[name]
		m := w.method(own, name, len(want.results))
		if m == nil {
			continue
		}
		w.grow(&want.results, len(m.results))
		for i := range want.results {
			w.learn(m.results[i], of(want.results[i]))
		}
		switch {
		case want.isExact && !m.isExact:
			m.params, m.isExact, m.variadic, w.changed = want.params, true, want.variadic, true
		case m.isExact && !want.isExact:
			want.params, want.isExact, want.variadic, w.changed = m.params, true, m.variadic, true
		case want.rest == nil && m.rest != nil:
			want.rest, want.fixed, w.changed = m.rest, m.fixed, true
		case m.rest == nil && want.rest != nil:
			m.rest, m.fixed, w.changed = want.rest, want.fixed, true
		}
	}
}

// isOther reports whether a term is a declared type other than h, or a pointer to one.
func isOther(t *term, h *hole) bool {
	if t.kind == isPointer {
		t = t.elem
		return t.kind == isHole && t.hole.find().name != "" || t.kind == isKnown
	}
	return t.kind == isHole && t.hole.find() != h && t.hole.find().name != ""
}

// fill learns from a value of a known type that is stored in a hole.
func (l *learner) fill(into *hole, t types.Type) {
	if isUntyped(t) {
		l.probably(into, types.Default(t), true)
		return
	}
	if into.name == "" {
		l.probably(into, t, false)
		return
	}
	if _, named := types.Unalias(t).(*types.Named); named {
		switch {
		case len(into.fields) > 0:
		case into.under == nil && !into.isInterface && !into.modelled && types.IsInterface(t) && known(t).hasMembers(into):
			// Another name of it, or an interface that is no wider.
			into.under, into.isAlias, l.w.changed = known(t), true, true
		default:
			l.implementedBy(into, t)
		}
		return
	}
	l.w.learnUnder(into, l.w.term(t))
}

// implementedBy learns from a value of another declared type that is stored in
// a hole: it is an interface, and its methods are those of the type.
func (l *learner) implementedBy(into *hole, t types.Type) {
	if into.under != nil {
		return
	}
	if !into.isInterface {
		into.isInterface, l.w.changed = true, true
	}
	for _, name := range slices.Sorted(maps.Keys(into.methods)) {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		if ok {
			l.w.takes(into.methods[name], fn.Signature())
		}
	}
}

// isNil reports whether t is the type of nil.
func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// isUntyped reports whether t is the type of an untyped constant.
func isUntyped(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

// implements learns from a value that is used as an interface.
func (l *learner) implements(from *term, iface types.Type) {
	if from.kind == isPointer {
		from = from.elem
	}
	h := asHole(from)
	methods := iface.Underlying().(*types.Interface)
	if h == nil || methods.NumMethods() == 0 {
		return
	}
	if h.name == "" {
		if types.Identical(iface, types.Universe.Lookup("error").Type()) {
			l.w.learn(h, known(iface))
			return
		}
		if !l.w.hasUnknown(iface) {
			l.w.weak = append(l.w.weak, guess{h, known(iface), false})
			if len(h.methods)+len(h.fields) == 0 {
				return
			}
		}
		if h.under != nil {
			return
		}
	}
	for f := range methods.Methods() {
		if !f.Exported() {
			return
		}
		if m := l.w.method(h, f.Name(), f.Signature().Results().Len()); m != nil {
			l.w.takes(m, f.Signature())
		}
	}
}
