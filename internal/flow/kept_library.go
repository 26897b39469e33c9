package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// storedFor looks at a token that is stored by a library, for ever.
func (k *keeper) storedFor(v ssa.Value, s site, c ssa.CallInstruction) {
	for _, d := range k.e.funcDirectives(s.callee) {
		life, ok := d.Arg("life")
		if !ok || d.Verb != "store" || life.Quoted || s.arg(life.Index) == nil {
			continue
		}
		value, ok := d.Arg("value")
		if !ok || value.Quoted || s.arg(value.Index) != v {
			continue
		}
		if long, known := s.arg(life.Index).(*ssa.Const); !known || long.Value == nil || long.Int64() != 0 {
			continue
		}
		fn := root(c.Parent())
		if !k.timely[fn] && !slices.ContainsFunc(k.near(fn), func(f *ssa.Function) bool { return k.heeds[f] || k.refused[f] }) {
			k.keptIn(c, s, "guard")
		}
	}
}

// keptIn records that a call keeps a token for ever.
func (k *keeper) keptIn(c ssa.CallInstruction, s site, reuse string) {
	if k.done[c] {
		return
	}
	k.done[c] = true
	o := k.e.newObject(c, accessToken, c.Pos(), c.Parent())
	k.e.record(o, &Event{Role: keptRole, Text: "call of " + s.name(), Pos: c.Pos(), Args: []Arg{{Name: "reuse", Value: text(reuse)}}}, c)
}

// handedOn looks at a token that a library is given for all further requests: one
// out of an answer that will not be renewed, or one to renew of which it is not
// told when it expires.
func (k *keeper) handedOn(s site, c ssa.CallInstruction) {
	for _, d := range k.e.funcDirectives(s.callee) {
		value, ok := d.Arg("value")
		if !ok || d.Verb != "store" || len(d.Words) == 0 || value.Quoted || s.arg(value.Index) == nil {
			continue
		}
		v := s.arg(value.Index)
		switch d.Words[0] {
		case "token":
			if made, ok := c.(*ssa.Call); ok && k.isFetched(v) && k.outlives(made, 0) {
				k.keptIn(c, s, "guard")
			}
		case "renewed":
			if k.isBareToken(v) {
				k.keptIn(c, s, "holder")
			}
		}
	}
}

// pinned looks at a token of a library that is put together here from an answer:
// whether one is made of it that sends it for ever.
func (k *keeper) pinned(token ssa.Value) {
	if _, ok := token.(*ssa.Alloc); !ok {
		return
	}
	for _, r := range referrers(token) {
		c, ok := r.(*ssa.Call)
		if !ok || slices.ContainsFunc(k.near(root(c.Parent())), func(f *ssa.Function) bool { return k.heeds[f] }) {
			continue
		}
		s := k.e.siteOf(c)
		for _, d := range k.e.funcDirectives(s.callee) {
			value, ok := d.Arg("value")
			if ok && d.Verb == "store" && len(d.Words) > 0 && d.Words[0] == "token" && !value.Quoted && s.arg(value.Index) == token && k.outlives(c, 0) {
				k.keptIn(c, s, "guard")
			}
		}
	}
}

// isFetched reports whether a token is the result of asking a server for one.
func (k *keeper) isFetched(v ssa.Value) bool {
	x, ok := v.(*ssa.Extract)
	if !ok || x.Index != 0 {
		return false
	}
	call, ok := x.Tuple.(*ssa.Call)
	if !ok {
		return false
	}
	s := k.e.siteOf(call)
	return s.fn == nil && s.callee != nil && shape.HasWord(s.name(), "token") && len(s.args) > 0
}

// outlives reports whether what a call makes, or a client that is made of it, is
// returned or stored.
func (k *keeper) outlives(v ssa.Value, depth int) bool {
	if depth > maxKeptDepth {
		return false
	}
	return slices.ContainsFunc(referrers(v), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.Return:
			return true
		case *ssa.Store:
			return r.Val == v && k.outlivesIn(r.Addr, depth)
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.Phi:
			return k.outlives(r.(ssa.Value), depth+1)
		case *ssa.Call:
			return slices.ContainsFunc(k.e.funcDirectives(k.e.siteOf(r).callee), func(d directive) bool { return d.Verb == "new" }) && k.outlives(r, depth+1)
		}
		return false
	})
}

// outlivesIn reports whether what is stored at an address outlives the function:
// a local variable, such as one for a result, is looked at where it is loaded.
func (k *keeper) outlivesIn(addr ssa.Value, depth int) bool {
	local, ok := addr.(*ssa.Alloc)
	return !ok || slices.ContainsFunc(referrers(local), func(r ssa.Instruction) bool {
		load, ok := r.(*ssa.UnOp)
		return ok && k.outlives(load, depth+1)
	})
}

// isBareToken reports whether a token is put together here, of its text alone.
func (k *keeper) isBareToken(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	given := false
	for _, r := range referrers(a) {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			name := fieldOf(r.X.Type(), r.Field).Name()
			if shape.IsExpiry(name) || shape.HasWord(name, "refresh") {
				return false
			}
			given = given || shape.IsAccessToken(name) && !k.isConfigured(r)
		case ssa.CallInstruction:
		default:
			return false // it may be filled elsewhere
		}
	}
	return given
}

// isConfigured reports whether a field is given a token that somebody has set up:
// a personal one, which lasts.
func (k *keeper) isConfigured(addr *ssa.FieldAddr) bool {
	return slices.ContainsFunc(referrers(addr), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Store)
		return ok && k.e.eval(s.Val, s.Pos()).any(func(p Part) bool { return p.Kind != Param })
	})
}
