package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// revealField looks at a field that is read: what is stored in this struct, its
// name, what the package stores in it.
func (e *engine) revealField(base ssa.Value, f *types.Var, as rendering, near token.Pos) revealed {
	if !isPlainText(f.Type()) {
		return e.revealInner(base, f, as, near)
	}
	if r, ok := e.modelled(e.fieldDirectives(base.Type(), f), nil, f.Name()); ok {
		return r
	}
	if fn := e.rendererOf(f.Type(), as); fn != nil {
		return e.revealMethod(fn, nil)
	}
	local, stored := e.revealStored(base, f, as)
	if stored && (local.clean || len(local.secrets) > 0) {
		return local
	}
	owner := ""
	if n := namedOf(base.Type()); n != nil {
		owner = n.Obj().Name()
	}
	if kind := e.fieldKind(f, owner, base.Type()); kind != shape.None {
		what := "field " + f.Name()
		if owner != "" {
			what += " of " + owner
		}
		s := Secret{Kind: kind, Name: f.Name(), What: what, Certain: e.certainField(f, owner, base.Type()), At: e.location(near, near)}
		local.secrets = []Secret{s}
		return local
	}
	if isPasswordDigest(f.Name()) {
		return revealed{secrets: []Secret{{
			Kind: shape.Password, Name: f.Name(), What: "field " + f.Name(), Certain: true, At: e.location(near, near), digest: true,
		}}}
	}
	if stored {
		return local
	}
	return e.revealElsewhere(f, as, near)
}

// revealInner looks at a field that is no text: a struct within the struct, an
// error, a list.
func (e *engine) revealInner(base ssa.Value, f *types.Var, as rendering, near token.Pos) revealed {
	t := f.Type()
	if st, ok := deref(t).Underlying().(*types.Struct); ok && st != nil {
		return e.wholeSecrets(nil, t, as, near)
	}
	if local, stored := e.revealStored(base, f, as); stored {
		return local
	}
	if isPlainText(elemType(t)) {
		return revealed{}.named(e, Secret{Name: f.Name(), What: "field " + f.Name(), At: e.location(near, near)}, nil)
	}
	return revealed{}
}

// revealStored looks at what the function stores in the field of this struct.
func (e *engine) revealStored(base ssa.Value, f *types.Var, as rendering) (revealed, bool) {
	a := e.allocOf(base, 0)
	if a == nil {
		return revealed{}, false
	}
	stores := e.storesIn(a, f.Origin())
	if len(stores) == 0 {
		return revealed{}, false
	}
	out := nothing
	for _, s := range stores {
		if s.Pos().IsValid() || s.Val != nil {
			out = out.with(e.reveal(s.Val, as))
		}
	}
	return out, true
}

// revealElsewhere looks at what the package stores in a field of any struct of
// the type.
func (e *engine) revealElsewhere(f *types.Var, as rendering, near token.Pos) revealed {
	key := fieldKey{e.inTest(near), f.Origin()}
	if r, ok := e.told.fields[key]; ok {
		return r
	}
	e.told.fields[key] = revealed{}
	var out revealed
	for i, s := range e.visible(e.fields[f.Origin()], near) {
		if i == maxRevealStores {
			break
		}
		r := e.reveal(s.Val, as)
		r.clean = false
		out = out.with(r)
	}
	out.holes = nil // of other functions
	if isOtherName(f.Name()) {
		out.secrets = nil
	}
	if len(out.secrets) > 0 {
		out = out.passed(finding.Step{Kind: finding.Pass, Location: e.location(near, near), Text: "field " + f.Name()})
	}
	e.told.fields[key] = out
	return out
}

// revealWhole looks at a struct that is told as a whole.
func (e *engine) revealWhole(v ssa.Value, t types.Type, as rendering) revealed {
	if kind := e.kindOf(t); isToldAsObject(kind) {
		return e.revealObject(v, kind, as)
	}
	if fn := e.rendererOf(v.Type(), as); fn != nil {
		return e.revealMethod(fn, v)
	}
	if as == asText {
		return revealed{}
	}
	if r, ok := e.madeBy(v, as); ok {
		return r
	}
	r := e.wholeSecrets(v, t, as, v.Pos())
	if by := e.filledBy(e.allocOf(v, 0)); by != nil {
		r.secrets = slices.Clone(r.secrets)
		for i := range r.secrets {
			r.secrets[i].filled = by
		}
	}
	return r
}

// wholeSecrets returns the credentials inside a struct that is told as a whole.
// Of a struct that is made here the fields count that are given a credential.
func (e *engine) wholeSecrets(v ssa.Value, t types.Type, as rendering, near token.Pos) revealed {
	var base ssa.Value
	if v != nil {
		base = e.allocOf(v, 0)
	}
	st := t
	if p, ok := t.Underlying().(*types.Pointer); ok {
		st = p.Elem()
	}
	if e.rendererOf(t, as) != nil {
		return nothing
	}
	whole := "struct"
	if n := namedOf(t); n != nil {
		whole = n.Obj().Name()
	}
	var out revealed
	for _, f := range e.fieldSecrets(st, as) {
		if base != nil && e.keptOut(base, f.field, f.direct) {
			continue
		}
		what := "field " + f.field.Name()
		if f.owner != "" {
			what += " of " + f.owner
		}
		given := base != nil && len(e.storesWithin(base, f.field)) > 0
		out.secrets = append(out.secrets, Secret{
			Kind: f.kind, Name: f.field.Name(), What: what, Certain: f.certain && (given || !f.distant), Whole: whole, At: e.location(near, near),
			field: f.field, digest: f.digest, maskable: f.masked || hasRedactor(t), absent: f.absent && !given,
		})
	}
	if base != nil {
		out = out.with(e.revealOpenFields(base, st, as))
	}
	if p, ok := v.(*ssa.Parameter); ok && len(out.secrets) == 0 {
		_ = p // the type tells all there is
	}
	return out
}

// keptOut reports whether a struct that is made here does not hold a credential
// in a field: nothing is stored there, or what gives nothing away.
func (e *engine) keptOut(base ssa.Value, f *types.Var, direct bool) bool {
	stores := e.storesWithin(base, f)
	if from := e.copiedFrom(base); len(stores) == 0 && from != nil {
		return e.keptOut(from, f, direct)
	}
	if len(stores) == 0 {
		a, ok := base.(*ssa.Alloc)
		return ok && len(e.storesTo(a)) == 0 && !handedOut(a) && (direct || !storesStructs(a))
	}
	last := stores[0]
	for _, s := range stores {
		if s.Pos() > last.Pos() {
			last = s
		}
	}
	r := e.reveal(last.Val, asText)
	if c, ok := last.Val.(*ssa.Const); ok {
		return !isCredible(constText(c), shape.OfName(f.Name()))
	}
	return r.clean && len(r.secrets) == 0
}

// copiedFrom returns the literal that a variable is made as, before its fields are
// set one by one; nil if it is not.
func (e *engine) copiedFrom(base ssa.Value) ssa.Value {
	a, ok := base.(*ssa.Alloc)
	if !ok {
		return nil
	}
	stores := e.storesTo(a)
	if len(stores) != 1 {
		return nil
	}
	load, ok := stores[0].Val.(*ssa.UnOp)
	if !ok {
		return nil
	}
	from, ok := load.X.(*ssa.Alloc)
	if !ok || from == a || from.Comment != "complit" {
		return nil
	}
	return from
}

// storesStructs reports whether a struct in a variable is given another struct, in
// which anything may be.
func storesStructs(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, use := range *fa.Referrers() {
			if s, ok := use.(*ssa.Store); ok && s.Addr == fa && !isPlainText(s.Val.Type()) {
				if _, basic := s.Val.Type().Underlying().(*types.Basic); !basic {
					return true
				}
			}
		}
	}
	return false
}

// storesWithin returns the stores to a field of a struct or of a struct in it.
func (e *engine) storesWithin(base ssa.Value, f *types.Var) []*ssa.Store {
	var list []*ssa.Store
	for i, s := range e.fields[f] {
		if i == 16*maxRevealStores {
			break
		}
		addr := s.Addr
		for range maxStructDepth + 1 {
			fa, ok := addr.(*ssa.FieldAddr)
			if !ok {
				break
			}
			addr = fa.X
		}
		if addr == base || e.allocOf(addr, 0) == base {
			list = append(list, s)
		}
	}
	return list
}

// handedOut reports whether the address of a struct is handed to a call, which
// may fill it, before it is told. What the printers take is a copy or comes last.
func handedOut(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case ssa.CallInstruction:
			return true
		case *ssa.MakeInterface:
			for _, use := range *r.Referrers() {
				if _, ok := use.(ssa.CallInstruction); ok {
					return true // a decoder
				}
			}
		case *ssa.FieldAddr:
			for _, use := range *r.Referrers() {
				switch use.(type) {
				case ssa.CallInstruction, *ssa.MakeInterface:
					return true
				}
			}
		case *ssa.MakeClosure, *ssa.Phi:
			return true
		}
	}
	return false
}

// revealOpenFields looks at what is stored in the fields of a struct made here
// whose names tell nothing: a body that is built with a credential.
func (e *engine) revealOpenFields(base ssa.Value, t types.Type, as rendering) revealed {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return revealed{}
	}
	var out revealed
	for i := range st.NumFields() {
		f := st.Field(i)
		if as == asJSON && (hiddenFromJSON(st.Tag(i)) || !f.Exported()) || shape.OfName(f.Name()) != shape.None {
			continue
		}
		if !isPlainText(f.Type()) && !types.IsInterface(f.Type()) || e.rendererOf(f.Type(), as) != nil {
			continue
		}
		stores := e.storesIn(base, f.Origin())
		if from := e.copiedFrom(base); from != nil && len(stores) == 0 {
			stores = e.storesIn(from, f.Origin())
		}
		for _, s := range stores {
			r := e.reveal(s.Val, as)
			r.clean = false
			out = out.with(r)
		}
	}
	return out
}

// revealMap looks at the entries of a map: what they hold, and what the keys
// say that they hold.
func (e *engine) revealMap(m ssa.Value, as rendering) revealed {
	if kind := e.kindOf(m.Type()); isToldAsObject(kind) {
		return e.revealObject(m, kind, as)
	}
	elem := elemType(m.Type())
	if p, ok := m.(*ssa.Parameter); ok && !isStruct(deref(elem)) {
		if i, known := paramIndex(p); known {
			return revealed{holes: []hole{{param: i, owner: p.Parent(), as: as, format: -1}}}
		}
	}
	var out revealed
	for i, u := range e.mapUpdates(m) {
		if i == 4*maxRevealStores {
			break
		}
		out = out.with(e.revealEntry(u, as))
	}
	if isStruct(deref(elem)) && !out.certain() {
		return e.listed(elem, as, m.Pos())
	}
	switch v := m.(type) {
	case *ssa.UnOp:
		if fa, ok := v.X.(*ssa.FieldAddr); ok {
			f := fieldOf(fa.X.Type(), fa.Field)
			if r, ok := e.modelled(e.fieldDirectives(fa.X.Type(), f), nil, f.Name()); ok {
				return out.with(r)
			}
		}
	case *ssa.MakeInterface:
		return e.revealMap(v.X, as)
	case *ssa.ChangeType:
		return e.revealMap(v.X, as)
	case *ssa.Call:
		return out.with(e.revealCall(v, 0, as))
	}
	return out
}

// revealEntry looks at one entry of a map.
func (e *engine) revealEntry(u *ssa.MapUpdate, as rendering) revealed {
	r := e.reveal(u.Value, as)
	if r.clean || len(r.secrets) > 0 || !isTextual(u.Value) {
		return revealed{secrets: r.secrets, holes: r.holes}
	}
	c, ok := u.Key.(*ssa.Const)
	if !ok {
		return r
	}
	name := constText(c)
	return r.keyed(e, name, u.Pos())
}

// keyed adds a secret for a value whose own name tells nothing, if the key that
// it is told under says for certain that it is one.
func (r revealed) keyed(e *engine, name string, near token.Pos) revealed {
	if !shape.Certain(name) || !isTelling(name) || shape.HasWord(name, "signing") {
		return r // what signs may be public
	}
	s := Secret{Kind: shape.OfName(name), Name: name, What: "value of key " + name, Certain: true, At: e.location(near, near)}
	r.secrets = append(r.secrets[:len(r.secrets):len(r.secrets)], s)
	return r
}

// isTelling reports whether a text is a plain name, which facts and messages may
// carry.
func isTelling(name string) bool {
	if len(name) == 0 || len(name) > 40 {
		return false
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-' && r != '.' {
			return false
		}
	}
	return true
}

// isTextual reports whether a value is text, inside an interface too.
func isTextual(v ssa.Value) bool {
	if mi, ok := v.(*ssa.MakeInterface); ok {
		v = mi.X
	}
	return isPlainText(v.Type())
}

// constText returns the text of a constant, "" if it is none.
func constText(c *ssa.Const) string {
	if c.Value == nil || c.Value.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(c.Value)
}

// isCredible reports whether a constant can be a credential of the kind.
func isCredible(text string, kind shape.Kind) bool {
	return kind != shape.None && shape.Credible(shape.Of(text), kind, false)
}

// constantOnly reports whether all stores are of constants.
func (e *engine) constantOnly(stores []*ssa.Store) bool {
	for _, s := range stores {
		if _, ok := s.Val.(*ssa.Const); !ok {
			return false
		}
	}
	return true
}

// constantGlobal looks at a package variable that holds constants only.
func (e *engine) constantGlobal(g *ssa.Global) revealed {
	name := g.Object().Name()
	for _, s := range e.globals[g] {
		if isCredible(constText(s.Val.(*ssa.Const)), shape.OfName(name)) {
			at := e.location(g.Pos(), g.Pos()+token.Pos(len(name)))
			return revealed{}.named(e, Secret{Name: name, What: "variable " + name, At: at}, nil)
		}
	}
	return nothing
}
