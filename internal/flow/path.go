package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Limits of access paths.
const (
	maxPath  = 6  // hops from a root to a value
	maxWalk  = 24 // instructions from a value to its root
	maxWrite = 64 // writes that one read looks at
	maxPass  = 24 // calls given an address that one read looks at
	maxKey   = 48 // characters of a map key that a path tells
)

// hop is one step of an access path: a field, an element, or the result of a
// function or method that is found there.
type hop struct {
	field *types.Var
	owner types.Type // that the field is read from
	// name of the field, the method, or the key of the element.
	name string
	kind hopKind
	// begins and ends are what is known of the key of an element that is not.
	begins, ends string
}

type hopKind uint8

const (
	hopField  hopKind = iota
	hopElem           // the element with the key name
	hopAny            // an element, not known which
	hopCall           // the first result of the function
	hopMethod         // the first result of the method name
)

// path is an access path: pointers are transparent.
type path []hop

// String returns the path as facts carry it: "SMS.Password", "[0].Key",
// "[].Name", "()", "Secret()".
func (p path) String() string {
	if len(p) == 1 && p[0].kind == hopField {
		return p[0].name
	}
	return p.text(func(h hop) string { return h.name })
}

// shape returns the path without the keys of its elements.
func (p path) shape() string { return p.text(func(hop) string { return "" }) }

func (p path) text(key func(hop) string) string {
	var b strings.Builder
	for i, h := range p {
		switch h.kind {
		case hopField, hopMethod:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(h.name)
			if h.kind == hopMethod {
				b.WriteString("()")
			}
		case hopElem:
			b.WriteString("[" + key(h) + "]")
		case hopAny:
			b.WriteString("[]")
		case hopCall:
			b.WriteString("()")
		}
	}
	return b.String()
}

// open reports whether the path has an element that is not known.
func (p path) open() bool {
	return slices.ContainsFunc(p, func(h hop) bool { return h.kind == hopAny })
}

// keyed reports whether the path has an element at all.
func (p path) keyed() bool {
	return slices.ContainsFunc(p, func(h hop) bool { return h.kind == hopAny || h.kind == hopElem })
}

// calls reports whether the path goes through the result of a call.
func (p path) calls() bool {
	return slices.ContainsFunc(p, func(h hop) bool { return h.kind == hopCall || h.kind == hopMethod })
}

// meets reports whether two paths of one shape may mean the same place.
func (p path) meets(q path) bool {
	for i := range p {
		if !p[i].mayBe(q[i]) {
			return false
		}
	}
	return true
}

// walk follows v up to what holds it: a variable, an allocation, a parameter, a
// call, and returns the path from there.
func (e *engine) walk(v ssa.Value) (ssa.Value, path) { return e.walkUp(v, false) }

// walkUp is walk; it ends where v is put into an interface if only that is asked.
func (e *engine) walkUp(v ssa.Value, inInterface bool) (ssa.Value, path) {
	var back path // the last hop first
	for range maxWalk {
		if _, ok := v.(*ssa.MakeInterface); ok && inInterface && len(back) == 0 {
			break
		}
		next, h, cut := e.up(v)
		if next == nil {
			break
		}
		if cut && len(back) > 0 && back[len(back)-1].kind == hopElem {
			back[len(back)-1].kind, back[len(back)-1].name = hopAny, "" // of a part, from somewhere in the middle
		}
		if h != nil {
			back = append(back, *h)
		}
		v = next
	}
	slices.Reverse(back)
	return v, back
}

// up returns what v is read from or stands for, nil if v is a root, with the
// hop from there, if any; cut is set for a part of a slice.
func (e *engine) up(v ssa.Value) (from ssa.Value, h *hop, cut bool) {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return v.X, fieldHop(v.X.Type(), v.Field), false
	case *ssa.Field:
		return v.X, fieldHop(v.X.Type(), v.Field), false
	case *ssa.IndexAddr:
		return v.X, elementHop(v.Index), false
	case *ssa.Index:
		if !isString(v.X.Type()) {
			return v.X, elementHop(v.Index), false
		}
	case *ssa.Lookup:
		if !v.CommaOk && !isString(v.X.Type()) {
			return v.X, elementHop(v.Index), false
		}
	case *ssa.Extract:
		return upTuple(v)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return v.X, nil, false
		}
		if v.Op == token.ARROW && !v.CommaOk {
			return v.X, &hop{kind: hopAny}, false
		}
	case *ssa.Slice:
		if !isString(v.X.Type()) {
			return v.X, nil, v.Low != nil
		}
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return b, nil, false
		}
	case *ssa.Alloc, *ssa.Global:
		return e.held(v), nil, false
	}
	return same(v), nil, false
}

// upTuple is up for one value of several.
func upTuple(v *ssa.Extract) (ssa.Value, *hop, bool) {
	switch t := v.Tuple.(type) {
	case *ssa.Lookup:
		if v.Index == 0 {
			return t.X, elementHop(t.Index), false
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return t.X, nil, false
		}
	case *ssa.UnOp:
		if v.Index == 0 && t.Op == token.ARROW {
			return t.X, &hop{kind: hopAny}, false
		}
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index == 2 && !t.IsString {
			return r.X, &hop{kind: hopAny}, false
		}
	}
	return nil, nil, false
}

// same returns the value that v is under another type, or nil.
func same(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return v.X
	case *ssa.ChangeInterface:
		return v.X
	case *ssa.MakeInterface:
		return v.X
	case *ssa.SliceToArrayPointer:
		return v.X
	case *ssa.TypeAssert:
		if !v.CommaOk {
			return v.X
		}
	}
	return nil
}

// held returns what a variable that holds a pointer, a map or a slice refers
// to, if it is given but one value; nil otherwise.
func (e *engine) held(v ssa.Value) ssa.Value {
	if known, ok := e.heldBy[v]; ok {
		return known
	}
	e.heldBy[v] = nil
	var one ssa.Value
	if t := deref(v.Type()); isReference(t) && !isBytes(t) {
		stores := e.wholeStores(v)
		if len(stores) == 1 {
			if _, isConst := stores[0].Val.(*ssa.Const); !isConst {
				one = stores[0].Val
			}
		}
	}
	e.heldBy[v] = one
	return one
}

// wholeStores returns the stores to a variable, not to a part of it.
func (e *engine) wholeStores(v ssa.Value) []*ssa.Store {
	switch v := v.(type) {
	case *ssa.Global:
		return e.globals[v]
	case *ssa.Alloc:
		return e.storesTo(v)
	}
	return nil
}

// isReference reports whether values of the type refer to something else.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice, *types.Interface, *types.Signature, *types.Chan:
		return true
	}
	return false
}

func isString(t types.Type) bool {
	b, ok := deref(t).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// isBytes reports whether a type is a slice or an array of bytes or of runes:
// a text that is put together element by element.
func isBytes(t types.Type) bool {
	b, ok := elementType(t).(*types.Basic)
	return ok && (b.Kind() == types.Byte || b.Kind() == types.Rune)
}

// elementType returns the underlying type of the elements of a list, nil for
// anything else.
func elementType(t types.Type) types.Type {
	switch u := deref(t).Underlying().(type) {
	case *types.Slice:
		return u.Elem().Underlying()
	case *types.Array:
		return u.Elem().Underlying()
	}
	return nil
}

func fieldHop(owner types.Type, index int) *hop {
	f := fieldOf(owner, index)
	return &hop{field: f, owner: owner, name: f.Name()}
}

// elementHop returns the hop to the element with an index or key.
func elementHop(index ssa.Value) *hop {
	for range 4 {
		if c, ok := index.(*ssa.Convert); ok {
			index = c.X
		} else if x := same(index); x != nil {
			index = x
		}
	}
	c, ok := index.(*ssa.Const)
	if !ok || c.Value == nil {
		return joinedHop(index)
	}
	key := c.Value.ExactString()
	if c.Value.Kind() == constant.String {
		key = constant.StringVal(c.Value)
	}
	if key == "" || len(key) > maxKey || strings.ContainsAny(key, "[]") {
		return &hop{kind: hopAny}
	}
	return &hop{kind: hopElem, name: key}
}

// resolvePath reads a path that a summary tells, against the type it starts from.
func resolvePath(t types.Type, text string) (path, bool) {
	var p path
	for text != "" && len(p) <= maxPath {
		var h hop
		h, text = cutHop(text)
		if t != nil {
			t = through(t)
		}
		switch h.kind {
		case hopField:
			if t == nil {
				return nil, false
			}
			f := fieldNamed(t, h.name)
			if f == nil {
				return nil, false
			}
			h.field, h.owner, t = f, t, f.Type()
		case hopElem, hopAny:
			if t = elementOf(t); t == nil {
				return nil, false
			}
		case hopCall, hopMethod:
			t = nil // what comes behind a call is not looked up by type
		}
		p = append(p, h)
	}
	return p, text == ""
}

// cutHop splits the first hop off the text of a path.
func cutHop(text string) (hop, string) {
	text = strings.TrimPrefix(text, ".")
	switch {
	case strings.HasPrefix(text, "()"):
		return hop{kind: hopCall}, text[2:]
	case strings.HasPrefix(text, "["):
		key, rest, _ := strings.Cut(text[1:], "]")
		if key == "" {
			return hop{kind: hopAny}, rest
		}
		return hop{kind: hopElem, name: key}, rest
	}
	end := strings.IndexAny(text, ".[(")
	if end < 0 {
		return hop{name: text}, ""
	}
	if strings.HasPrefix(text[end:], "()") {
		return hop{kind: hopMethod, name: text[:end]}, text[end+2:]
	}
	return hop{name: text[:end]}, text[end:]
}

// through returns the type behind pointers.
func through(t types.Type) types.Type {
	for range 2 {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	return t
}

// fieldNamed returns the field of a struct type, of the generic type if it is
// an instance; nil if there is none.
func fieldNamed(t types.Type, name string) *types.Var {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for i := range st.NumFields() {
		if st.Field(i).Name() == name {
			return st.Field(i).Origin()
		}
	}
	return nil
}

// elementOf returns the type of the elements of a container, nil if t is none.
func elementOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	}
	return nil
}

// lastName returns the name that a path, as text, ends in: of a field, a method
// or a key.
func lastName(text string) string {
	name := ""
	for text != "" {
		var h hop
		if h, text = cutHop(text); h.name != "" {
			name = h.name
		}
	}
	return name
}
