package synth

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// nobodysPath is the import path of the package that holds the types which
// occur in missing packages, but whose names are not known.
const nobodysPath = "authlint.invalid/unknown"

// Build makes the missing packages out of what is known by now, by import path.
// Every call makes new types.
func (w *World) Build() map[string]*types.Package {
	w.built = map[string]*types.Package{}
	w.types = map[*hole]types.Type{}
	w.holes = map[*types.TypeName]*hole{}
	w.values = map[types.Object]*hole{}
	w.nobody = types.NewPackage(nobodysPath, "unknown")
	paths := slices.Sorted(maps.Keys(w.packages))
	for _, path := range paths {
		w.Need(path)
	}
	for _, path := range paths {
		w.define(w.packages[path])
	}
	w.flush()
	for _, pkg := range w.built {
		pkg.SetImports(append(pkg.Imports(), w.nobody))
		pkg.MarkComplete()
	}
	w.nobody.MarkComplete()
	return w.built
}

// Package returns a missing package of this round, nil if the path is not one's.
func (w *World) Package(path string) *types.Package { return w.built[path] }

// Need returns the missing package at path for the model of another one, while
// that is type-checked, nil if there is none. Models that need each other do not
// see each other.
func (w *World) Need(path string) *types.Package {
	m := w.packages[path]
	if m == nil {
		return nil
	}
	if pkg, started := w.built[path]; started {
		return pkg
	}
	w.built[path] = nil
	w.declare(m)
	return w.built[path]
}

// declare makes the package and its named types.
func (w *World) declare(m *missing) {
	var pkg *types.Package
	if w.Stub != nil {
		pkg = w.Stub(m.path)
	}
	if pkg == nil {
		pkg = types.NewPackage(m.path, m.name())
	}
	w.built[m.path] = pkg
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		d := m.decls[name]
		if d == nil {
			d = &decl{hole: w.newHole()}
			m.decls[name] = d
		}
		d.kind = isType
		if h := d.hole.find(); h.name == "" {
			h.name, h.pkg = name, m
		}
		w.adopt(d.hole.find(), obj)
	}
	for _, name := range slices.Sorted(maps.Keys(m.decls)) {
		d := m.decls[name]
		if d.kind != isType || pkg.Scope().Lookup(name) != nil {
			continue
		}
		switch h := d.hole.find(); {
		case h.isAlias:
			w.types[h] = h.under.known
			pkg.Scope().Insert(types.NewTypeName(token.NoPos, pkg, name, h.under.known))
			continue
		case h.name != name || h.pkg != m:
			continue // another name of a type, which may be declared later
		}
		obj := types.NewTypeName(token.NoPos, pkg, name, nil)
		named := types.NewNamed(obj, types.NewStruct(nil, nil), nil) // until flush
		if d.typeParams > 0 {
			named.SetTypeParams(typeParams(pkg, d.typeParams))
		}
		pkg.Scope().Insert(obj)
		h := d.hole.find()
		w.types[h], w.holes[obj] = named, h
		w.pending = append(w.pending, h)
	}
}

// typeParams returns n unconstrained type parameters.
func typeParams(pkg *types.Package, n int) []*types.TypeParam {
	var list []*types.TypeParam
	for i := range n {
		obj := types.NewTypeName(token.NoPos, pkg, fmt.Sprintf("T%d", i), nil)
		list = append(list, types.NewTypeParam(obj, anyType()))
	}
	return list
}

// adopt makes a type of the model known as that of a hole and adds the members
// that the model does not have.
func (w *World) adopt(h *hole, obj *types.TypeName) {
	named, ok := obj.Type().(*types.Named)
	if !ok {
		return
	}
	w.types[h], w.holes[obj] = named, h
	h.modelled = true
	if h.under == nil && !isStruct(named) {
		h.under = known(named.Underlying())
	}
	w.pending = append(w.pending, h)
}

// define makes the functions and variables of a package.
func (w *World) define(m *missing) {
	pkg := w.built[m.path]
	for _, name := range slices.Sorted(maps.Keys(m.decls)) {
		d := m.decls[name]
		if pkg.Scope().Lookup(name) != nil {
			continue
		}
		switch {
		case d.kind == isType:
			pkg.Scope().Insert(types.NewTypeName(token.NoPos, pkg, name, w.typeOf(d.hole)))
		case d.kind == isFunc:
			var params []*types.TypeParam
			if d.typeParams > 0 {
				params = typeParams(pkg, d.typeParams)
			}
			pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, w.signature(nil, nil, params, &d.call)))
		default:
			v := types.NewVar(token.NoPos, pkg, name, w.typeOf(d.hole))
			w.values[v] = d.hole
			pkg.Scope().Insert(v)
		}
	}
}

// signature returns the type of a function: as something tells it, or one that
// takes anything.
func (w *World) signature(recv *types.Var, recvParams, params []*types.TypeParam, c *callee) *types.Signature {
	var results []*types.Var
	for _, r := range c.results {
		results = append(results, types.NewVar(token.NoPos, nil, "", w.typeOf(r)))
	}
	var args []*types.Var
	if c.isExact {
		for _, p := range c.params {
			args = append(args, types.NewVar(token.NoPos, nil, "", w.termType(p)))
		}
		return types.NewSignatureType(recv, recvParams, params, types.NewTuple(args...), types.NewTuple(results...), c.variadic)
	}
	rest := anyType()
	if c.rest != nil {
		for range c.fixed {
			args = append(args, types.NewVar(token.NoPos, nil, "", anyType()))
		}
		rest = w.termType(c.rest)
	}
	args = append(args, types.NewVar(token.NoPos, nil, "", types.NewSlice(rest)))
	return types.NewSignatureType(recv, recvParams, params, types.NewTuple(args...), types.NewTuple(results...), true)
}

// typeOf returns the type that stands for a hole in this round.
func (w *World) typeOf(h *hole) types.Type {
	h = h.find()
	if t := w.types[h]; t != nil {
		if n, ok := t.(*types.Named); ok && n.TypeParams().Len() > 0 {
			return instantiated(n)
		}
		return t
	}
	w.types[h] = anyType() // for a type that holds itself without a name
	if h.under != nil {
		w.types[h] = w.termType(h.under)
		return w.types[h]
	}
	obj := types.NewTypeName(token.NoPos, w.nobody, fmt.Sprintf("Type%d", h.id), nil)
	named := types.NewNamed(obj, nil, nil)
	w.nobody.Scope().Insert(obj)
	w.holes[obj] = h
	w.pending = append(w.pending, h)
	w.types[h] = named
	if h.isNilable && !h.isInterface {
		w.types[h] = types.NewPointer(named)
	}
	return w.types[h]
}

// instantiated returns a generic type with empty interfaces as arguments.
func instantiated(n *types.Named) types.Type {
	args := make([]types.Type, n.TypeParams().Len())
	for i := range args {
		args[i] = anyType()
	}
	t, err := types.Instantiate(nil, n, args, false)
	if err != nil {
		return anyType()
	}
	return t
}

// termType returns the type of a term in this round.
func (w *World) termType(t *term) types.Type {
	switch t.kind {
	case isKnown:
		return t.known
	case isHole:
		return w.typeOf(t.hole)
	case isPointer:
		if t.elem.kind == isHole && t.elem.hole.find().isInterfaceType() {
			return w.typeOf(t.elem.hole) // nobody points to interfaces
		}
		return types.NewPointer(w.termType(t.elem))
	case isSlice:
		return types.NewSlice(w.termType(t.elem))
	case isMap:
		return types.NewMap(w.termType(t.key), w.termType(t.elem))
	case isChan:
		return types.NewChan(t.dir, w.termType(t.elem))
	case isContainer:
		if w.isIndex(t.key) {
			return types.NewSlice(w.termType(t.elem))
		}
		return types.NewMap(w.termType(t.key), w.termType(t.elem))
	}
	tuple := func(parts []*term) *types.Tuple {
		var vars []*types.Var
		for _, p := range parts {
			vars = append(vars, types.NewVar(token.NoPos, nil, "", w.termType(p)))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, tuple(t.parts[:t.params]), tuple(t.parts[t.params:]), t.variadic)
}

// isIndex reports whether a key is an integer or not known at all.
func (w *World) isIndex(key *term) bool {
	if key.kind == isHole {
		h := key.hole.find()
		if h.under == nil {
			return h.name == ""
		}
		key = h.under
	}
	if key.kind != isKnown {
		return false
	}
	b, ok := key.known.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// flush gives the named types of this round their underlying types and methods.
func (w *World) flush() {
	for len(w.pending) > 0 {
		h := w.pending[0]
		w.pending = w.pending[1:]
		t := w.types[h]
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		named, ok := t.(*types.Named)
		if !ok {
			continue
		}
		if h.modelled {
			w.extend(h, named)
			continue
		}
		named.SetUnderlying(w.underlying(h))
		w.addMethods(h, named)
	}
}

// underlying returns the underlying type of a named hole.
func (w *World) underlying(h *hole) types.Type {
	switch {
	case h.under != nil:
		if u := w.termType(h.under).Underlying(); u != nil {
			return u
		}
	case h.isInterfaceType():
		return w.interfaceOf(h, nil)
	}
	return types.NewStruct(w.fieldsOf(h, nil), nil)
}

// isInterfaceType reports whether an interface stands for a hole.
func (h *hole) isInterfaceType() bool {
	return h.under == nil && !h.modelled && (h.isSettled || len(h.fields) == 0 && h.isInterface || h.isNilable && h.name != "")
}

// interfaceOf returns an interface with the methods of a hole besides those given.
func (w *World) interfaceOf(h *hole, methods []*types.Func) types.Type {
	has := func(name string) bool {
		return slices.ContainsFunc(methods, func(f *types.Func) bool { return f.Name() == name })
	}
	for _, name := range slices.Sorted(maps.Keys(h.methods)) {
		if !has(name) {
			methods = append(methods, types.NewFunc(token.NoPos, w.packageOf(h), name, w.signature(nil, nil, nil, h.methods[name])))
		}
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

// packageOf returns the package in which a hole's type is declared.
func (w *World) packageOf(h *hole) *types.Package {
	if h.pkg != nil {
		return w.built[h.pkg.path]
	}
	return w.nobody
}

// fieldsOf returns the fields of a hole after those given.
func (w *World) fieldsOf(h *hole, fields []*types.Var) []*types.Var {
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(v *types.Var) bool { return v.Name() == name })
	}
	for _, name := range slices.Sorted(maps.Keys(h.fields)) {
		if !has(name) {
			f := types.NewField(token.NoPos, w.packageOf(h), name, w.typeOf(h.fields[name]), false)
			w.values[f] = h.fields[name]
			fields = append(fields, f)
		}
	}
	return fields
}

// addMethods gives a named type the methods that it lacks.
func (w *World) addMethods(h *hole, named *types.Named) {
	switch named.Underlying().(type) {
	case *types.Interface, *types.Pointer:
		return // cannot have any
	}
	byPointer := h.modelled && hasPointerMethods(named)
	for _, name := range slices.Sorted(maps.Keys(h.methods)) {
		if obj, _, _ := types.LookupFieldOrMethod(named, true, named.Obj().Pkg(), name); obj != nil {
			continue
		}
		pkg := named.Obj().Pkg()
		recv, params := receiver(pkg, named)
		if byPointer {
			recv = types.NewPointer(recv)
		}
		named.AddMethod(types.NewFunc(token.NoPos, pkg, name, w.signature(types.NewVar(token.NoPos, pkg, "", recv), params, nil, h.methods[name])))
	}
}

// hasPointerMethods reports whether a method takes a pointer: then the others
// do, most likely, and what they are called on is the object itself and no copy.
func hasPointerMethods(named *types.Named) bool {
	for m := range named.Methods() {
		if _, ok := m.Signature().Recv().Type().(*types.Pointer); ok {
			return true
		}
	}
	return false
}

// receiver returns the type of a method's receiver, and its type parameters if
// the type is generic.
func receiver(pkg *types.Package, named *types.Named) (types.Type, []*types.TypeParam) {
	n := named.TypeParams().Len()
	if n == 0 {
		return named, nil
	}
	params := typeParams(pkg, n)
	args := make([]types.Type, n)
	for i, p := range params {
		args[i] = p
	}
	t, err := types.Instantiate(nil, named, args, false)
	if err != nil {
		return named, nil
	}
	return t, params
}

// extend adds to a type of the model what it lacks.
func (w *World) extend(h *hole, named *types.Named) {
	switch u := named.Underlying().(type) {
	case *types.Struct:
		own := slices.Collect(u.Fields())
		all := w.fieldsOf(h, slices.Clone(own))
		if len(all) == len(own) {
			break
		}
		tags := make([]string, len(all))
		for i := range own {
			tags[i] = u.Tag(i)
		}
		named.SetUnderlying(types.NewStruct(all, tags))
	case *types.Interface:
		if len(h.methods) > 0 {
			named.SetUnderlying(w.interfaceOf(h, slices.Collect(u.Methods())))
		}
	}
	w.addMethods(h, named)
}
