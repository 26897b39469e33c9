package flow

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxTogether is how many objects one place is taken to hold in turn.
const maxTogether = 8

// pathKey identifies an object that lies at an access path and was not seen
// being stored there.
type pathKey struct {
	root ssa.Value
	path string
}

// leftAt is where a function leaves an object for its callers.
type leftAt struct {
	result, into     Place
	isResult, isInto bool
}

// objectsOf returns the objects that v may be in turn: of an element of a list,
// all that the list holds.
func (e *engine) objectsOf(v ssa.Value) []*Object {
	if o := e.objectOf(v); o != nil {
		return []*Object{o}
	}
	if v == nil || !e.mayBeObject(v.Type()) {
		return nil
	}
	root, p := e.rootOf(v)
	if len(p) == 0 {
		return nil
	}
	return e.objectsAt(root, p, v.Pos())
}

// rootOf is walk, but goes on from a variable that is a copy of a struct.
func (e *engine) rootOf(v ssa.Value) (ssa.Value, path) {
	root, p := e.walk(v)
	for range maxPath {
		a, ok := root.(*ssa.Alloc)
		if !ok || len(p) == 0 || !isStruct(deref(a.Type())) {
			break
		}
		stores := e.wholeStores(a)
		if len(stores) != 1 || len(e.placeOf(a).exact[p.String()]) > 0 {
			break
		}
		if _, ok := stores[0].Val.(*ssa.Const); ok {
			break
		}
		next, pre := e.walk(stores[0].Val)
		if next == root {
			break
		}
		root, p = next, append(pre[:len(pre):len(pre)], p...)
	}
	return root, p
}

// objectAtPath returns the object of a value that is read from an access path,
// nil if there are several. If none is seen being stored there, one is made for
// the place, if its type is a kind of object.
func (e *engine) objectAtPath(v ssa.Value, pos token.Pos) *Object {
	root, p := e.rootOf(v)
	if len(p) == 0 || root == v {
		return nil
	}
	list := e.objectsAt(root, p, pos)
	var o *Object
	switch len(list) {
	case 0:
		o = e.placeObject(root, p, v.Type(), pos)
	case 1:
		o = list[0]
	default:
		if _, ok := root.(*ssa.Parameter); ok {
			o = e.placeObject(root, p, v.Type(), pos)
		}
	}
	e.find(o, root, p)
	return o
}

// find notes that a function finds an object at a path from its parameter.
func (e *engine) find(o *Object, root ssa.Value, p path) {
	param, ok := root.(*ssa.Parameter)
	if o == nil || !ok {
		return
	}
	i, ok := paramIndex(param)
	if !ok {
		return
	}
	fn := param.Parent()
	if _, known := o.found[fn]; known {
		return
	}
	if o.found == nil {
		o.found = map[*ssa.Function]Place{}
	}
	o.found[fn] = Place{i, p.String()}
	e.memoOfObjects.foundIn[fn] = append(e.memoOfObjects.foundIn[fn], o)
}

// placeObject returns the object that stands for a place. What is reached
// through a parameter or a variable is one thing for the package; another call
// makes another.
func (e *engine) placeObject(root ssa.Value, p path, t types.Type, pos token.Pos) *Object {
	if e.kindOf(t) == "" {
		return nil
	}
	var key any = pathKey{root, p.String()}
	last := p[len(p)-1]
	switch root.(type) {
	case *ssa.Parameter, *ssa.Global, *ssa.FreeVar:
		if last.kind == hopField {
			key = fieldKey{field: last.field}
		}
	}
	return e.typed(key, t, pos, root.Parent())
}

// objectsAt returns the objects that lie at a path from a root.
func (e *engine) objectsAt(root ssa.Value, p path, pos token.Pos) []*Object {
	if len(p) > maxPath {
		return nil
	}
	key := readKey{root: root, path: p.String(), test: e.inTest(pos)}
	if list, ok := e.memoOfObjects.paths[key]; ok {
		return list
	}
	e.memoOfObjects.paths[key] = nil // structs that hold each other end here
	list := e.findObjects(root, p, pos)
	e.memoOfObjects.paths[key] = list
	return list
}

func (e *engine) findObjects(root ssa.Value, p path, pos token.Pos) []*Object {
	switch root := root.(type) {
	case *ssa.Parameter:
		if o := e.elementObject(root, p, pos); o != nil {
			return []*Object{o}
		}
		return e.storedObjects(p, pos)
	case *ssa.FreeVar:
		return e.storedObjects(p, pos)
	case *ssa.Phi:
		var list []*Object
		for _, edge := range root.Edges {
			list = together(list, e.objectsFrom(edge, p, pos)...)
		}
		return list
	case *ssa.Call:
		if b, ok := root.Call.Value.(*ssa.Builtin); ok {
			return e.appended(b, root, p, pos)
		}
		return together(e.writtenObjects(root, p, pos), e.resultObjects(root, 0, p)...)
	case *ssa.Extract:
		list := e.writtenObjects(root, p, pos)
		if call, ok := root.Tuple.(*ssa.Call); ok {
			list = together(list, e.resultObjects(call, root.Index, p)...)
		}
		return list
	}
	list := e.writtenObjects(root, p, pos)
	if _, ok := root.(*ssa.Global); ok && len(list) == 0 {
		return e.storedObjects(p, pos)
	}
	return list
}

// objectsFrom is objectsAt for a value that is read from somewhere itself.
func (e *engine) objectsFrom(v ssa.Value, p path, pos token.Pos) []*Object {
	if len(p) == 0 {
		return e.objectsOf(v)
	}
	root, pre := e.rootOf(v)
	return e.objectsAt(root, append(pre[:len(pre):len(pre)], p...), pos)
}

// objectsBelow returns the objects at a path that a summary tells, from an
// argument of a call.
func (e *engine) objectsBelow(v ssa.Value, text string, pos token.Pos) []*Object {
	if v == nil {
		return nil
	}
	if text == "" {
		return e.objectsOf(v)
	}
	for x := same(v); x != nil; x = same(v) {
		v = x
	}
	p, ok := resolvePath(v.Type(), text)
	if !ok || len(p) == 0 {
		return nil
	}
	root, pre := e.rootOf(v)
	whole := append(pre[:len(pre):len(pre)], p...)
	list := e.objectsAt(root, whole, pos)
	if len(list) == 0 {
		if last := p[len(p)-1]; last.kind == hopField {
			if o := e.placeObject(root, whole, last.field.Type(), pos); o != nil {
				list = []*Object{o}
			}
		}
	}
	if len(list) == 1 {
		e.find(list[0], root, whole)
	}
	return list
}

// together adds objects to a list, each once.
func together(list []*Object, more ...*Object) []*Object {
	for _, o := range more {
		if o != nil && len(list) < maxTogether && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

// elementObject returns the object that stands for every element of a list of
// options that callers give.
func (e *engine) elementObject(root *ssa.Parameter, p path, pos token.Pos) *Object {
	list, ok := root.Type().Underlying().(*types.Slice)
	if !ok || len(p) != 1 || p[0].kind != hopAny {
		return nil
	}
	o := e.placeObject(root, p, list.Elem(), pos)
	e.find(o, root, p)
	return o
}

// storedObjects returns what the package stores in the field that a path ends
// in, whatever the struct. What a test stores does not reach code that runs for
// real.
func (e *engine) storedObjects(p path, pos token.Pos) []*Object {
	last := p[len(p)-1]
	if last.kind != hopField {
		return nil
	}
	key := fieldKey{e.inTest(pos), last.field}
	if list, ok := e.memoOfObjects.fields[key]; ok {
		return list
	}
	e.memoOfObjects.fields[key] = nil
	var list []*Object
	for _, s := range e.visible(e.fields[last.field], pos) {
		list = together(list, e.objectOf(s.Val))
	}
	e.memoOfObjects.fields[key] = list
	return list
}

// writtenObjects returns the objects that are stored at a path of what is made
// here, by calls that are given its address too, and those that come with what
// is stored as a whole.
func (e *engine) writtenObjects(root ssa.Value, p path, pos token.Pos) []*Object {
	var list []*Object
	writes, _ := e.writesAt(root, p)
	for _, w := range writes {
		if w.val != root {
			list = together(list, e.objectsOf(w.val)...)
		}
	}
	list = together(list, e.leftObjects(root, p)...)
	for n := len(p) - 1; n >= 0 && len(list) == 0; n-- {
		wholes, _ := e.writesAt(root, p[:n])
		for _, w := range wholes {
			if w.val != root {
				list = together(list, e.objectsFrom(w.val, p[n:], pos)...)
			}
		}
	}
	return list
}

// leftObjects returns the objects that calls leave at a path of what they are given.
func (e *engine) leftObjects(root ssa.Value, p path) []*Object {
	pl := e.places[root]
	if pl == nil {
		return nil
	}
	var list []*Object
	for _, g := range e.fillers(pl) {
		n := len(g.path)
		if n > len(p) || g.path.shape() != p[:n].shape() || !g.path.meets(p[:n]) {
			continue
		}
		s := e.siteOf(g.call)
		sum := e.summaryOf(s)
		if sum == nil {
			continue
		}
		param := g.arg + len(s.actuals) - len(s.common.Args)
		for i := range sum.Objects {
			if os := &sum.Objects[i]; os.Into == param && os.IntoPath == p[n:].String() {
				list = together(list, e.instance(g.call, s, os, callKey{g.call, i}))
			}
		}
	}
	return list
}

// appended returns the objects in a list that append makes.
func (e *engine) appended(b *ssa.Builtin, call *ssa.Call, p path, pos token.Pos) []*Object {
	if b.Name() != "append" || p[0].kind != hopElem && p[0].kind != hopAny {
		return nil
	}
	p = append(path{{kind: hopAny}}, p[1:]...)
	var list []*Object
	for _, a := range call.Call.Args {
		list = together(list, e.objectsFrom(a, p, pos)...)
	}
	return list
}

// resultObjects returns the objects at a path of a result, as the summary of
// the callee tells them.
func (e *engine) resultObjects(call *ssa.Call, index int, p path) []*Object {
	s := e.siteOf(call)
	sum := e.summaryOf(s)
	if sum == nil {
		return nil
	}
	var list []*Object
	text := p.String()
	for i := range sum.Objects {
		os := &sum.Objects[i]
		if os.Result != index || os.ResultPath != text {
			continue
		}
		if os.Param >= 0 && os.Param < len(s.actuals) {
			list = together(list, e.objectsBelow(s.actuals[os.Param], os.Path, call.Pos())...)
			continue
		}
		list = together(list, e.instance(call, s, os, callKey{call, i}))
	}
	list = together(list, e.optionObjects(call, s, sum, index, text)...)
	if len(list) > 0 || text == "" {
		return list
	}
	arg, from, ok := sum.linked(s, index, text)
	switch {
	case !ok:
		return nil
	case arg != nil:
		return e.objectsBelow(arg, from, call.Pos())
	}
	if alias, ok := resolvePath(resultType(call, index), from); ok {
		return e.resultObjects(call, index, alias)
	}
	return nil
}

// leftBy returns where fn leaves objects: in its results, and in what its
// parameters point to.
func (e *engine) leftBy(fn *ssa.Function) map[*Object]leftAt {
	out := map[*Object]leftAt{}
	add := func(o *Object, at Place, result bool) {
		l := out[o]
		switch {
		case o == nil:
			return
		case result && !l.isResult:
			l.isResult, l.result = true, at
		case !result && !l.isInto:
			l.isInto, l.into = true, at
		}
		out[o] = l
	}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			for _, o := range e.objectsOf(v) {
				add(o, Place{i, ""}, true)
			}
			e.heldObjects(v, nil, 0, func(o *Object, p path) { add(o, Place{i, p.String()}, true) })
		}
	}
	for i, param := range fn.Params {
		e.placeObjects(param, nil, 0, func(o *Object, p path) { add(o, Place{i, p.String()}, false) })
	}
	return out
}

// Limits of what is told of the objects inside structs.
const (
	maxHeldDepth  = 3
	maxHeldWrites = 48
)

// heldObjects calls add for the objects that lie below v, a struct that is made
// here or by a callee.
func (e *engine) heldObjects(v ssa.Value, pre path, depth int, add func(*Object, path)) {
	if depth > maxHeldDepth || !isReference(v.Type()) && !isStruct(v.Type()) {
		return
	}
	root, p := e.rootOf(v)
	if len(p) > 0 {
		return
	}
	switch root := root.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
		e.placeObjects(root, pre, depth, add)
	case *ssa.Call:
		e.heldByCall(root, 0, pre, add)
	case *ssa.Extract:
		if call, ok := root.Tuple.(*ssa.Call); ok {
			e.heldByCall(call, root.Index, pre, add)
		}
	}
}

// placeObjects calls add for the objects that are stored below a root.
func (e *engine) placeObjects(root ssa.Value, pre path, depth int, add func(*Object, path)) {
	pl := e.places[root]
	if pl == nil {
		return
	}
	n, isObject := 0, e.objectOf(root) != nil
	for _, key := range slices.Sorted(maps.Keys(pl.exact)) {
		for _, w := range pl.exact[key] {
			if n++; n > maxHeldWrites || len(pre)+len(w.path) > maxPath || w.val == root {
				return
			}
			if !e.mayHold(w.val.Type()) || isObject && len(w.path) == 0 {
				continue // of a copy, what it was copied from
			}
			at := append(pre[:len(pre):len(pre)], w.path...)
			if len(at) > 0 {
				for _, o := range e.objectsOf(w.val) {
					add(o, at)
				}
			}
			e.heldObjects(w.val, at, depth+1, add)
		}
	}
}

// mayHold reports whether values of a type can be or hold an object.
func (e *engine) mayHold(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic, *types.Signature, *types.Chan:
		return false
	case *types.Pointer:
		_, basic := u.Elem().Underlying().(*types.Basic)
		return !basic
	}
	return true
}

// heldByCall calls add for the objects below a result of a call.
func (e *engine) heldByCall(call *ssa.Call, index int, pre path, add func(*Object, path)) {
	s := e.siteOf(call)
	sum := e.summaryOf(s)
	if sum == nil {
		return
	}
	for i := range sum.Objects {
		os := &sum.Objects[i]
		if os.Result != index || os.ResultPath == "" {
			continue
		}
		p, ok := resolvePath(resultType(call, index), os.ResultPath)
		if !ok || len(pre)+len(p) > maxPath {
			continue
		}
		for _, o := range e.resultObjects(call, index, p) {
			add(o, append(pre[:len(pre):len(pre)], p...))
		}
	}
}
