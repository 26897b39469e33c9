package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// part is the token of an answer that is a field of something else.
type part struct {
	field  *types.Var
	answer *types.Struct
}

// filling is a call that reads an answer into a field.
type filling struct {
	call ssa.CallInstruction
	addr *ssa.FieldAddr
}

func isStore(i ssa.Instruction) bool { _, ok := i.(*ssa.Store); return ok }

// fill notes that a field, a whole answer, is read from a response.
func (k *keeper) fill(addr *ssa.FieldAddr) {
	f := fieldOf(addr.X.Type(), addr.Field)
	if !hasAccessToken(f.Type()) || isSettings(f.Type()) || isSettings(addr.X.Type()) {
		return
	}
	for _, r := range referrers(addr) {
		made, ok := r.(*ssa.MakeInterface)
		if !ok {
			if _, isField := r.(*ssa.FieldAddr); !isField {
				k.asked[f] = true
			}
			continue
		}
		for _, rr := range referrers(made) {
			call, ok := rr.(ssa.CallInstruction)
			if ok && shape.HasWord(k.e.siteOf(call).name(), "decode", "unmarshal", "json", "bind", "result") {
				k.filled[f] = &filling{call, addr}
			}
		}
	}
}

// notePart notes the reads of the token of an answer that is a field.
func (k *keeper) notePart(v, base ssa.Value, answer *types.Struct) {
	addr, ok := base.(*ssa.FieldAddr)
	if !ok || !hasAccessToken(base.Type()) {
		return
	}
	f := fieldOf(addr.X.Type(), addr.Field)
	k.parts = append(k.parts, part{f, answer})
	for _, r := range referrers(v) {
		if load, ok := r.(*ssa.UnOp); ok {
			k.loads[f] = append(k.loads[f], load)
		}
	}
}

// keepParts looks at the fields that whole answers are read into.
func (k *keeper) keepParts() {
	for _, p := range k.parts {
		at := k.filled[p.field]
		if at == nil || k.asked[p.field] || !k.guarded(p.field) {
			continue
		}
		k.answer = p.answer
		k.keep(keeping{at.call, at.addr}, p.field, p.field.Name())
	}
}

// mapOf returns the field or the package variable that holds a map, with its
// address.
func mapOf(m ssa.Value) (place any, addr ssa.Value, name string) {
	load, ok := m.(*ssa.UnOp)
	if !ok {
		return nil, nil, ""
	}
	switch a := load.X.(type) {
	case *ssa.Global:
		return a, a, a.Name()
	case *ssa.FieldAddr:
		f := fieldOf(a.X.Type(), a.Field)
		return f, a, f.Name()
	}
	return nil, nil, ""
}

// mapped looks at a token that is kept in a map.
func (k *keeper) mapped(u *ssa.MapUpdate) {
	if place, addr, name := mapOf(u.Map); place != nil {
		k.keep(keeping{u, addr}, place, name)
	}
}

// noteLookup notes a look into a map.
func (k *keeper) noteLookup(v *ssa.Lookup) {
	if place, _, _ := mapOf(v.X); place != nil {
		k.lookups[place] = append(k.lookups[place], v)
	}
}

// noteDelete notes that an entry is taken from a map.
func (k *keeper) noteDelete(call ssa.CallInstruction) {
	b, ok := call.Common().Value.(*ssa.Builtin)
	if !ok || b.Name() != "delete" && b.Name() != "clear" || len(call.Common().Args) == 0 {
		return
	}
	if place, _, _ := mapOf(call.Common().Args[0]); place != nil {
		k.deleted[place] = true
	}
}

// isGuard reports whether a look into a map asks whether there is an entry.
func isGuard(v *ssa.Lookup) bool {
	return v.CommaOk || slices.ContainsFunc(referrers(v), func(r ssa.Instruction) bool { return isEmptyTest(r, v) })
}

// keptByLogin reports whether a function that logs in keeps a token, of which the
// answer says when it expires, for functions that do not log in themselves.
func (k *keeper) keptByLogin(fill *ssa.Function, place any) bool {
	if k.answer == nil || !hasField(k.answer, shape.IsExpiry) || k.expired[k.answer] ||
		!shape.HasWord(fill.Name(), "login", "logon", "signin", "authenticate", "authorize", "authorise") {
		return false
	}
	elsewhere := false
	for _, load := range k.loads[place] {
		fn := root(load.Parent())
		if fn == fill {
			continue
		}
		if slices.Contains(k.calls[fn], fill) {
			return false
		}
		elsewhere = true
	}
	return elsewhere
}
