package flow

import (
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The kinds of objects that this file knows, and the role of the event that
// says that more may have been set on an object where the engine does not look.
const (
	jwtToken  = "jwt-token"
	jwtClaims = "jwt-claims"
	jwtCheck  = "jwt-check"
	document  = "document" // a struct or map without a model
	openRole  = "open"
)

// maxEmbedding is how deep structs are looked for in structs.
const maxEmbedding = 4

// tokens is what the engine keeps about tokens and their claims.
type tokens struct {
	entries map[*types.Named]*entries
	claims  map[ssa.Value]*Object
	decodes map[*ssa.Parameter]bool // whether functions decode what they are given
	any     bool                    // there are claims
}

func newTokens() tokens {
	return tokens{entries: map[*types.Named]*entries{}, claims: map[ssa.Value]*Object{}, decodes: map[*ssa.Parameter]bool{}}
}

// entries is what the models say of the fields of a struct type.
type entries struct {
	kind string
	of   directive
}

// structEntries returns what the models say of the entries of a struct type: its
// own, or those of a struct that it embeds.
func (e *engine) structEntries(n *types.Named) *entries {
	return e.structEntriesAt(n, 0)
}

func (e *engine) structEntriesAt(n *types.Named, depth int) *entries {
	if n == nil || depth > maxEmbedding {
		return nil
	}
	n = n.Origin()
	if known, ok := e.tokens.entries[n]; ok {
		return known
	}
	e.tokens.entries[n] = nil // a type that embeds itself through a pointer
	st, ok := n.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	found := e.ownEntries(n)
	for i := 0; i < st.NumFields() && found == nil; i++ {
		if f := st.Field(i); f.Embedded() {
			found = e.structEntriesAt(namedOf(f.Type()), depth+1)
		}
	}
	e.tokens.entries[n] = found
	return found
}

// ownEntries returns what the models say of the entries of the type itself.
func (e *engine) ownEntries(n *types.Named) *entries {
	kind, of := "", directive{}
	for _, d := range e.directives(n.Obj(), "") {
		switch d.Verb {
		case "object":
			kind = d.Words[0]
		case "entry":
			of = d
		}
	}
	if kind == "" || of.Verb == "" {
		return nil
	}
	return &entries{kind, of}
}

// embedsEntries reports whether a field of a struct is one of the structs whose
// entries are its own.
func (e *engine) embedsEntries(owner types.Type, f *types.Var) bool {
	return f.Embedded() && e.structEntries(namedOf(f.Type())) != nil && e.structEntries(namedOf(owner)) != nil
}

// collectEntry records a store to a field as an entry of the struct, if the
// models say that fields are.
func (e *engine) collectEntry(s *ssa.Store, addr *ssa.FieldAddr, f *types.Var) {
	n := namedOf(addr.X.Type())
	known := e.structEntries(n)
	if known == nil {
		return
	}
	o := e.objectOf(addr.X)
	if o == nil {
		return
	}
	if e.embedsEntries(addr.X.Type(), f) {
		e.adoptClaims(o, s.Val, s)
		return
	}
	name, ok := jsonName(addr.X.Type(), addr.Field)
	if !ok {
		return
	}
	ev := entryEvent(known.of, text(name), e.eval(s.Val, s.Pos()))
	ev.Text, ev.Pos = "field "+f.Name()+" of "+n.Obj().Name(), s.Pos()
	if pos, end := e.literals.field(s.Pos(), addr.Pos()); pos.IsValid() {
		ev.Pos, ev.End = pos, end
	}
	e.record(o, ev, s)
}

// entryEvent returns the event that an entry is.
func entryEvent(d directive, key, elem Value) *Event {
	ev := &Event{Role: d.Words[0]}
	for _, a := range d.Args {
		switch a.Text {
		case "key":
			ev.Args = append(ev.Args, Arg{Name: a.Name, Value: key})
		case "elem":
			ev.Args = append(ev.Args, Arg{Name: a.Name, Value: elem})
		}
	}
	return ev
}

// jsonName returns the name that the field of a struct has in JSON, and whether
// it has one.
func jsonName(t types.Type, field int) (string, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st := t.Underlying().(*types.Struct)
	name, _, _ := strings.Cut(reflect.StructTag(st.Tag(field)).Get("json"), ",")
	switch {
	case name == "-" || !st.Field(field).Exported():
		return "", false
	case name == "":
		return st.Field(field).Name(), true
	}
	return name, true
}

// collectClaims records that an object says what a value does.
func (e *engine) collectClaims(o *Object, d directive, s site) {
	for _, a := range d.Args {
		if a.Name != "value" || a.Quoted {
			continue
		}
		if a.Rest {
			for _, v := range e.restList(s, a.Index) {
				e.adoptClaims(o, v, s.instr)
			}
			continue
		}
		e.adoptClaims(o, s.arg(a.Index), s.instr)
	}
}

// adoptClaims makes the object of some claims a parent of o, or marks o as open
// if they are made where the engine does not look.
func (e *engine) adoptClaims(o *Object, v ssa.Value, at ssa.Instruction) {
	if c, ok := v.(*ssa.Const); v == nil || ok && c.Value == nil {
		return
	}
	c := e.claimsOf(v)
	if c == nil || c.isGiven() {
		if closed := e.closedClaims(v); closed != nil {
			c = closed
		}
	}
	if c != nil {
		o.adopt(c)
		return
	}
	e.record(o, &Event{Role: openRole, Pos: at.Pos()}, at)
}

// claimsOf returns the object of a value that is used as claims: an object by
// its type, a struct or a map made here, or a parameter.
func (e *engine) claimsOf(v ssa.Value) *Object {
	if o := e.objectOf(v); o != nil {
		return o
	}
	if o, ok := e.objects[v]; ok {
		return o
	}
	if o, ok := e.tokens.claims[v]; ok {
		return o
	}
	e.tokens.claims[v] = nil // functions that call each other end here
	o := e.resolveClaims(v)
	e.tokens.claims[v] = o
	return o
}

func (e *engine) resolveClaims(v ssa.Value) *Object {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return e.claimsOf(v.X)
	case *ssa.ChangeInterface:
		return e.claimsOf(v.X)
	case *ssa.ChangeType:
		return e.claimsOf(v.X)
	case *ssa.TypeAssert:
		return e.claimsOf(v.X)
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			return e.claimsOf(a)
		}
	case *ssa.Alloc:
		return e.claimsOfAlloc(v)
	case *ssa.MakeMap:
		return e.claimsOfMap(v)
	case *ssa.Parameter:
		return e.anyObject(v)
	case *ssa.Call:
		return e.claimsOfCall(v, 0)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return e.claimsOfCall(call, v.Index)
		}
	}
	return nil
}

// claimsOfAlloc returns the object of a struct without a model, or of what a
// variable holds.
func (e *engine) claimsOfAlloc(a *ssa.Alloc) *Object {
	if _, ok := deref(a.Type()).Underlying().(*types.Struct); !ok {
		if stores := e.storesTo(a); len(stores) == 1 {
			return e.claimsOf(stores[0].Val)
		}
		return nil
	}
	for _, s := range e.storesTo(a) {
		if _, ok := s.Val.(*ssa.Const); !ok {
			return e.claimsOf(s.Val)
		}
	}
	o := e.newObject(a, document, a.Pos(), a.Parent())
	o.Literal = true
	e.readFields(o, a, 0)
	if e.handedOn(a, 0) {
		o.Exposed = true
	}
	return o
}

// readFields records what is stored in the fields of a struct without a model.
func (e *engine) readFields(o *Object, base ssa.Value, depth int) {
	if depth > maxEmbedding {
		return
	}
	for _, r := range *base.Referrers() {
		addr, ok := r.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		f := fieldOf(base.Type(), addr.Field)
		name, ok := jsonName(base.Type(), addr.Field)
		if !ok {
			continue
		}
		nested := f.Embedded() && name == f.Name()
		if nested {
			e.readFields(o, addr, depth+1)
		}
		for _, r := range *addr.Referrers() {
			s, ok := r.(*ssa.Store)
			switch {
			case !ok || s.Addr != addr:
			case nested:
				e.adoptClaims(o, s.Val, s)
			default:
				ev := claimEvent(text(name), e.eval(s.Val, s.Pos()))
				ev.Text, ev.Pos = "field "+f.Name(), s.Pos()
				if pos, end := e.literals.field(s.Pos(), addr.Pos()); pos.IsValid() {
					ev.Pos, ev.End = pos, end
				}
				e.record(o, ev, s)
			}
		}
	}
}

// claimEvent returns the event that a claim is.
func claimEvent(name, value Value) *Event {
	return &Event{Role: "claim", Args: []Arg{{Name: "name", Value: name}, {Name: "value", Value: value}}}
}

// claimsOfMap returns the object of a map without a model.
func (e *engine) claimsOfMap(m *ssa.MakeMap) *Object {
	o := e.newObject(m, document, m.Pos(), m.Parent())
	o.Literal = true
	for _, u := range e.mapUpdates(m) {
		ev := claimEvent(e.eval(u.Key, u.Pos()), e.eval(u.Value, u.Pos()))
		ev.Text, ev.Pos = "map entry", u.Pos()
		e.record(o, ev, u)
	}
	o.Exposed = e.handedOn(m, 0)
	return o
}

// claimsOfCall returns the object of a struct or map without a model that a
// function of this package makes.
func (e *engine) claimsOfCall(call *ssa.Call, index int) *Object {
	s := e.siteOf(call)
	if s.fn == nil || s.fn == call.Parent() {
		return nil
	}
	var one *Object
	for _, b := range s.fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || index >= len(r.Results) {
			continue
		}
		if c, ok := r.Results[index].(*ssa.Const); ok && c.Value == nil {
			continue
		}
		o := e.claimsOf(r.Results[index])
		if o == nil || one != nil && o != one {
			return nil
		}
		one = o
	}
	if one == nil {
		return nil
	}
	os := e.objectSummary(s.fn, one, leftAt{})
	os.Result = index
	return e.instance(call, s, &os, callKey{call, -1 - index})
}

// handedOn reports whether a struct or a map goes where the engine does not see
// what is set on it.
func (e *engine) handedOn(v ssa.Value, depth int) bool {
	refs := v.Referrers()
	if refs == nil || depth > 4 {
		return depth > 4
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.MakeInterface:
			if e.handedOn(r, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if e.handedOn(r, depth+1) {
				return true
			}
		case ssa.CallInstruction:
			if s := e.siteOf(r); e.setsUnseen(s, v) && !e.onlyReads(s, v, new(int), 0) {
				return true
			}
		case *ssa.Store:
			if _, ok := r.Addr.(*ssa.Alloc); r.Val == v && !ok && !isStruct(v.Type()) {
				return true
			}
		}
	}
	return false
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// setsUnseen reports whether a call may set something on an argument where the
// engine does not look.
func (e *engine) setsUnseen(s site, v ssa.Value) bool {
	for _, d := range e.funcDirectives(s.callee) {
		if d.Verb == "new" && d.Words[0] == jwtCheck {
			return true // fills it with what a token says
		}
		if into, ok := d.Arg("into"); ok && s.arg(into.Index) == v {
			return true
		}
	}
	switch {
	case len(e.funcDirectives(s.callee)) > 0:
		return false
	case s.callee == nil && s.fn == nil:
		b, ok := s.common.Value.(*ssa.Builtin)
		return !ok || b.Name() == "delete" || b.Name() == "clear"
	case e.summaryOf(s) == nil:
		return true
	case s.recv == v:
		return e.kindOf(v.Type()) != jwtClaims
	}
	sig := s.common.Signature()
	if s.fn != nil {
		sig = s.fn.Signature
	}
	for i, a := range s.args {
		if a == v && (i >= sig.Params().Len() || e.kindOf(sig.Params().At(i).Type()) != jwtClaims) {
			return true
		}
	}
	return false
}

// collectHandedOn marks claims that a call hands to code which the engine does
// not see.
func (e *engine) collectHandedOn(s site) {
	if !e.tokens.any {
		return
	}
	for _, a := range s.actuals {
		if box, ok := a.(*ssa.MakeInterface); isStruct(a.Type()) || ok && isStruct(box.X.Type()) {
			continue // a copy
		}
		o := e.objectOf(a)
		if o == nil || o.Kind != jwtClaims && o.Kind != document || !e.setsUnseen(s, a) {
			continue
		}
		e.record(o, &Event{Role: openRole, Pos: s.pos(), Text: s.name()}, s.instr)
	}
}

// isOpen reports whether more may be set on an object, or on one that it was
// made from, than the engine knows.
func (o *Object) isOpen(seen map[*Object]bool) bool {
	if seen[o] {
		return false
	}
	seen[o] = true
	if o.Exposed {
		return true
	}
	for _, p := range o.parents {
		if !p.isGiven() && p.isOpen(seen) {
			return true
		}
	}
	return false
}

// isGiven reports whether an object is a parameter, or every element of one.
func (o *Object) isGiven() bool {
	at, ok := o.key, true
	if k, isPath := o.key.(pathKey); isPath {
		at, ok = k.root, k.path == "[]"
	}
	_, isParam := at.(*ssa.Parameter)
	return ok && isParam
}

// Complete reports whether everything that is set on the object is known.
func (o *Object) Complete() bool {
	seen := map[*Object]bool{}
	var complete func(o *Object) bool
	complete = func(o *Object) bool {
		if seen[o] {
			return true
		}
		seen[o] = true
		if o.Exposed {
			return false
		}
		for _, ev := range o.Events {
			if ev.Role == openRole {
				return false
			}
		}
		for _, p := range o.parents {
			if !complete(p) {
				return false
			}
		}
		return true
	}
	return complete(o)
}

// Parents returns the objects that the object was made from.
func (o *Object) Parents() []*Object { return o.parents }
