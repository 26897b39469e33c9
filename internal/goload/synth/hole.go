package synth

import (
	"go/types"
	"maps"
	"slices"
)

// hole is a type that is not known yet: that of a declared name, of a field, of
// a result.
type hole struct {
	id   int
	name string   // of the declared type, "" for one without a name
	pkg  *missing // of the declared type
	up   *hole    // the hole that this one turned out to be

	under   *term // what the type is, or its underlying type if it has a name
	fields  map[string]*hole
	methods map[string]*callee
	// isInterface is set when values of several types are stored in it, or it
	// is asked for its dynamic type; isNilable when it is compared with nil.
	isInterface bool
	isNilable   bool
	// isAlias is set when the declared name is another name of the type under.
	isAlias bool
	// isSettled is set when the type is an interface for certain.
	isSettled bool
	// modelled is set when the model of the package declares the type.
	modelled bool
}

// callee is a missing function or method: as it is called, or as an interface
// wants it.
type callee struct {
	results []*hole
	// params are the parameters if an interface or a type tells them, as
	// isExact says; otherwise it takes anything.
	params   []*term
	isExact  bool
	variadic bool
	// rest is what a list is made of that is handed on with ...; before it come
	// as many parameters as fixed says.
	rest  *term
	fixed int
}

// newHole returns a hole that nothing is known of.
func (w *World) newHole() *hole {
	w.next++
	return &hole{id: w.next, fields: map[string]*hole{}, methods: map[string]*callee{}}
}

// find returns the hole that h turned out to be.
func (h *hole) find() *hole {
	for h.up != nil {
		h = h.up
	}
	return h
}

// termKind is the kind of a term.
type termKind uint8

const (
	isKnown     termKind = iota // a type without holes
	isHole                      // a hole
	isPointer                   // *elem
	isSlice                     // []elem
	isMap                       // map[key]elem
	isChan                      // chan elem
	isContainer                 // []elem or map[key]elem: something to range over
	isFunction                  // func(parts[:params]) parts[params:]
)

// term is a type that may hold holes.
type term struct {
	kind      termKind
	known     types.Type
	hole      *hole
	key, elem *term
	parts     []*term
	params    int
	variadic  bool
	dir       types.ChanDir
}

// known returns the term of a type without holes.
func known(t types.Type) *term { return &term{kind: isKnown, known: t} }

// of returns the term of a hole.
func of(h *hole) *term { return &term{kind: isHole, hole: h} }

// term converts a type to a term; nil stands for a type that cannot occur in a
// missing package.
func (w *World) term(t types.Type) *term {
	if t == nil {
		return nil
	}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		switch t.Kind() {
		case types.Invalid, types.UntypedNil:
			return nil
		}
		return known(types.Default(t))
	case *types.Named:
		if h := w.holes[t.Origin().Obj()]; h != nil {
			return of(h)
		}
		if t.Obj().Pkg() != nil && !w.IsKnown(t.Obj().Pkg()) || t.TypeArgs().Len() > 0 && w.hasUnknown(t) {
			return nil
		}
		return known(t)
	case *types.Pointer:
		if named, ok := types.Unalias(t.Elem()).(*types.Named); ok {
			// A hole that is nil at times stands as a pointer itself.
			if h := w.holes[named.Obj()]; h != nil && h.name == "" && h.isNilable && !h.isInterface {
				return of(h)
			}
		}
		return w.wrap(&term{kind: isPointer}, nil, t.Elem(), t)
	case *types.Slice:
		return w.wrap(&term{kind: isSlice}, nil, t.Elem(), t)
	case *types.Map:
		return w.wrap(&term{kind: isMap}, t.Key(), t.Elem(), t)
	case *types.Chan:
		return w.wrap(&term{kind: isChan, dir: t.Dir()}, nil, t.Elem(), t)
	case *types.Signature:
		return w.function(t)
	case *types.TypeParam, *types.Tuple:
		return nil
	}
	if w.hasUnknown(t) {
		return nil
	}
	return known(t)
}

// wrap completes the term of a composite type t; one without holes is kept as it is.
func (w *World) wrap(c *term, key, elem types.Type, t types.Type) *term {
	c.elem = w.term(elem)
	if key != nil {
		c.key = w.term(key)
	}
	switch {
	case c.elem == nil || key != nil && c.key == nil:
		return nil
	case c.elem.kind == isKnown && (key == nil || c.key.kind == isKnown):
		return known(t)
	}
	return c
}

// function returns the term of a function type.
func (w *World) function(sig *types.Signature) *term {
	if sig.TypeParams().Len() > 0 {
		return nil
	}
	f := &term{kind: isFunction, params: sig.Params().Len(), variadic: sig.Variadic()}
	for v := range sig.Params().Variables() {
		f.parts = append(f.parts, w.term(v.Type()))
	}
	for v := range sig.Results().Variables() {
		f.parts = append(f.parts, w.term(v.Type()))
	}
	if slices.Contains(f.parts, nil) {
		return nil
	}
	if !slices.ContainsFunc(f.parts, func(p *term) bool { return p.kind != isKnown }) {
		return known(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()))
	}
	return f
}

// hasUnknown reports whether a type mentions a package that a missing one
// cannot know, or a hole.
func (w *World) hasUnknown(t types.Type) bool {
	seen := map[types.Type]bool{}
	var visit func(types.Type) bool
	visit = func(t types.Type) bool {
		if t == nil || seen[t] {
			return false
		}
		seen[t] = true
		switch t := types.Unalias(t).(type) {
		case *types.Basic:
			return t.Kind() == types.Invalid
		case *types.Named:
			for arg := range t.TypeArgs().Types() {
				if visit(arg) {
					return true
				}
			}
			return t.Obj().Pkg() != nil && !w.IsKnown(t.Obj().Pkg())
		case interface{ Elem() types.Type }: // pointer, slice, array, chan, map
			m, isMap := t.(*types.Map)
			return visit(t.Elem()) || isMap && visit(m.Key())
		case *types.Signature:
			return slices.ContainsFunc(slices.Concat(slices.Collect(t.Params().Variables()), slices.Collect(t.Results().Variables())),
				func(v *types.Var) bool { return visit(v.Type()) })
		case *types.Struct:
			return slices.ContainsFunc(slices.Collect(t.Fields()), func(v *types.Var) bool { return visit(v.Type()) })
		case *types.Interface:
			return slices.ContainsFunc(slices.Collect(t.Methods()), func(f *types.Func) bool { return visit(f.Type()) })
		}
		return true // type parameters, unions, tuples
	}
	return visit(t)
}

// contains reports whether a term mentions a hole that has no name.
func (t *term) contains(h *hole) bool {
	switch {
	case t == nil:
		return false
	case t.kind == isHole:
		g := t.hole.find()
		return g == h || g.name == "" && g.under.contains(h)
	}
	return t.key.contains(h) || t.elem.contains(h) || slices.ContainsFunc(t.parts, func(p *term) bool { return p.contains(h) })
}

// learn makes use of the fact that the type of h and t are the same, as far as
// they can be.
func (w *World) learn(h *hole, t *term) {
	if h == nil || t == nil {
		return
	}
	h = h.find()
	if t.kind == isHole {
		w.join(h, t.hole.find())
		return
	}
	if h.name != "" {
		w.learnUnder(h, t)
		return
	}
	if h.under != nil {
		w.unify(h.under, t)
		return
	}
	if h.isSettled || t.contains(h) {
		return
	}
	h.under = t
	w.changed = true
	if t.kind == isPointer && t.elem.kind == isHole {
		w.moveMembers(h, t.elem.hole.find())
	}
}

// learnUnder makes use of the fact that a value of the declared type h is used
// where t is wanted: only types that are no declared ones can be its underlying type.
func (w *World) learnUnder(h *hole, t *term) {
	if t == nil {
		return // a type that no term can say
	}
	if h.under != nil {
		if !h.isAlias && len(h.methods) == 0 && h.under.isBasic() && t.isBasic() {
			h.isAlias, w.changed = true, true
		}
		w.unify(h.under, t)
		return
	}
	if t.kind == isPointer || len(h.fields) > 0 {
		return
	}
	if t.kind == isKnown {
		if _, named := types.Unalias(t.known).(*types.Named); named || types.IsInterface(t.known) {
			return
		}
		if _, basic := t.known.(*types.Basic); basic {
			if len(h.methods) > 0 {
				return
			}
			h.isAlias = true // only another name of a basic type is used as it
		}
	}
	h.under = t
	w.changed = true
}

// isBasic reports whether a term is a basic type itself.
func (t *term) isBasic() bool {
	if t.kind != isKnown {
		return false
	}
	_, ok := t.known.(*types.Basic)
	return ok
}

// isInterface reports whether a term is a known interface.
func (t *term) isInterface() bool { return t.kind == isKnown && types.IsInterface(t.known) }

// join makes one hole of two, if at most one of them has a name.
func (w *World) join(a, b *hole) {
	if a == b {
		return
	}
	if a.name != "" && b.name != "" {
		return // two declared types
	}
	if b.name != "" || a.name == "" && b.id < a.id {
		a, b = b, a
	}
	// b becomes a.
	if b.under.contains(a) || a.name == "" && a.under.contains(b) {
		return
	}
	b.up = a
	w.changed = true
	a.isInterface = a.isInterface || b.isInterface
	a.isNilable = a.isNilable || b.isNilable
	a.isSettled = a.isSettled || b.isSettled
	w.moveMembers(b, a)
	switch {
	case b.under == nil:
	case a.under != nil:
		w.unify(a.under, b.under)
	case a.name == "":
		a.under = b.under
	}
}

// alias makes one type of two declared ones, since a pointer to the one is used
// as a pointer to the other: packages that moved leave such names behind.
func (w *World) alias(a, b *hole) {
	if a == b || a.name == "" || b.name == "" || a.modelled && b.modelled || a.isAlias || b.isAlias {
		return
	}
	if b.modelled || !a.modelled && b.id < a.id {
		a, b = b, a
	}
	if a.under != nil || b.under != nil {
		return
	}
	b.up, w.changed = a, true
	w.moveMembers(b, a)
}

// moveMembers gives the members of a hole to another one. What is learned on the
// way may reach either hole again: the members are taken off before.
func (w *World) moveMembers(from, to *hole) {
	fields, methods := from.fields, from.methods
	from.fields, from.methods = map[string]*hole{}, map[string]*callee{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		w.learn(w.field(to.find(), name), of(fields[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(methods)) {
		m := methods[name]
		own := w.method(to.find(), name, len(m.results))
		if own == nil {
			continue
		}
		if !own.isExact {
			own.params, own.isExact, own.variadic = m.params, m.isExact, m.variadic
		}
		if own.rest == nil {
			own.rest, own.fixed = m.rest, m.fixed
		}
		for i, r := range m.results {
			if i < len(own.results) {
				w.learn(own.results[i], of(r))
			}
		}
	}
}

// base returns the hole that has the members of h: behind a pointer, that of
// what it points to. It is nil if h cannot have any.
func (h *hole) base() *hole {
	h = h.find()
	for range 8 {
		if h.name != "" || h.under == nil {
			return h
		}
		t := h.under
		if t.kind == isPointer {
			t = t.elem
		}
		if t.kind != isHole {
			return nil
		}
		h = t.hole.find()
	}
	return nil
}

// field returns the hole of a field of h, nil if h can have none.
func (w *World) field(h *hole, name string) *hole {
	h = h.base()
	if h == nil || h.methods[name] != nil {
		return nil
	}
	if f := h.fields[name]; f != nil {
		return f
	}
	if h.under != nil && (h.under.kind != isKnown || !isStruct(h.under.known)) {
		return nil
	}
	w.changed = true
	h.fields[name] = w.newHole()
	return h.fields[name]
}

// isStruct reports whether the underlying type is a struct.
func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// method returns a method of h with at least that many results, nil if h can have none.
func (w *World) method(h *hole, name string, results int) *callee {
	h = h.base()
	if h == nil {
		return nil
	}
	m := h.methods[name]
	if m == nil {
		if f := h.fields[name]; f != nil { // a field that is called
			return w.called(f, results)
		}
		m = &callee{}
		h.methods[name] = m
		w.changed = true
	}
	w.grow(&m.results, results)
	return m
}

// takes notes that a callee has the parameters and results of a signature,
// unless a missing package cannot know them.
func (w *World) takes(c *callee, sig *types.Signature) {
	if c.isExact {
		return
	}
	var params []*term
	for v := range sig.Params().Variables() {
		t := w.term(v.Type())
		if t == nil {
			return
		}
		params = append(params, t)
	}
	c.params, c.isExact, c.variadic, w.changed = params, true, sig.Variadic(), true
	w.grow(&c.results, sig.Results().Len())
	for i := range sig.Results().Len() {
		w.learn(c.results[i], w.term(sig.Results().At(i).Type()))
	}
}

// called notes that a value of the type h is called and returns its results.
func (w *World) called(h *hole, results int) *callee {
	h = h.find()
	if h.under == nil {
		f := &term{kind: isFunction, parts: []*term{known(types.NewSlice(anyType()))}, params: 1, variadic: true}
		for range results {
			f.parts = append(f.parts, of(w.newHole()))
		}
		w.learn(h, f)
	}
	if h.under == nil || h.under.kind != isFunction {
		return nil
	}
	m := &callee{}
	for _, part := range h.under.parts[h.under.params:] {
		r := part.hole
		if part.kind != isHole {
			r = w.newHole()
			r.under = part
		}
		m.results = append(m.results, r)
	}
	if len(m.results) < results {
		return nil
	}
	return m
}

// grow adds results up to a number.
func (w *World) grow(results *[]*hole, n int) {
	for len(*results) < n {
		*results = append(*results, w.newHole())
		w.changed = true
	}
}

// anyType returns the empty interface.
func anyType() types.Type { return types.Universe.Lookup("any").Type() }

// unify makes use of the fact that two terms are the same type.
func (w *World) unify(a, b *term) {
	switch {
	case a == nil || b == nil:
	case a.kind == isHole:
		w.learn(a.hole, b)
	case b.kind == isHole:
		w.learn(b.hole, a)
	case a.kind == isKnown && b.kind == isKnown:
	case a.kind == isKnown:
		w.unify(w.opened(a), b)
	case b.kind == isKnown:
		w.unify(a, w.opened(b))
	default:
		w.unifyParts(a, b)
	}
}

// opened returns the term of a known composite type part by part, nil for other types.
func (w *World) opened(t *term) *term {
	switch u := t.known.Underlying().(type) {
	case *types.Pointer:
		return &term{kind: isPointer, elem: known(u.Elem())}
	case *types.Slice:
		return &term{kind: isSlice, elem: known(u.Elem())}
	case *types.Map:
		return &term{kind: isMap, key: known(u.Key()), elem: known(u.Elem())}
	case *types.Chan:
		return &term{kind: isChan, elem: known(u.Elem()), dir: u.Dir()}
	case *types.Signature:
		f := &term{kind: isFunction, params: u.Params().Len(), variadic: u.Variadic()}
		for v := range u.Params().Variables() {
			f.parts = append(f.parts, known(v.Type()))
		}
		for v := range u.Results().Variables() {
			f.parts = append(f.parts, known(v.Type()))
		}
		return f
	}
	return nil
}

// unifyParts unifies two composite terms.
func (w *World) unifyParts(a, b *term) {
	if a.kind == isContainer && (b.kind == isSlice || b.kind == isMap) {
		if b.kind == isSlice {
			w.unify(a.key, known(types.Typ[types.Int]))
		} else {
			w.unify(a.key, b.key)
		}
		w.unify(a.elem, b.elem)
		a.kind = b.kind
		w.changed = true
		return
	}
	if b.kind == isContainer && a.kind != isContainer {
		w.unifyParts(b, a)
		return
	}
	if a.kind != b.kind {
		return
	}
	if a.kind == isPointer && a.elem.kind == isHole && b.elem.kind == isHole {
		w.alias(a.elem.hole.find(), b.elem.hole.find())
	}
	w.unify(a.key, b.key)
	w.unify(a.elem, b.elem)
	if a.kind == isFunction && a.params == b.params && len(a.parts) == len(b.parts) {
		for i := range a.parts {
			w.unify(a.parts[i], b.parts[i])
		}
	}
}
