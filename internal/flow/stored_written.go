package flow

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/rules"
)

// channelFile is what a model calls the writers of files.
const channelFile = "file"

// maxWrites is how many writes to a buffer are looked at.
const maxWrites = 32

// written judges what a call writes to a file.
func (k *storer) written(d directive, s site) []pending {
	to, ok := d.Arg("to")
	if !ok || k.writerChannel(s, to) != channelFile {
		return nil
	}
	one := k.at(s)
	one.Medium, one.Text = channelFile, s.name()
	var list []pending
	for _, v := range k.writtenValues(d, s) {
		list = append(list, k.value(one, v, 0)...)
	}
	return list
}

// writtenValues returns what a call writes to a writer.
func (k *storer) writtenValues(d directive, s site) []ssa.Value {
	for _, name := range []string{"value", "args"} {
		a, ok := d.Arg(name)
		switch {
		case !ok || a.Quoted || isRecv(a):
		case a.Rest || s.variadic(a.Index):
			return k.restList(s, a.Index)
		case s.arg(a.Index) != nil:
			return []ssa.Value{s.arg(a.Index)}
		}
	}
	return nil
}

// buffered returns what was written to the buffer that a value is the content
// of, nil if it is none.
func (k *storer) buffered(v ssa.Value) []ssa.Value {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	s := k.siteOf(call)
	for _, d := range k.funcDirectives(s.callee) {
		if d.Verb != "transfer" || len(d.Words) == 0 || d.Words[0] != "same" {
			continue
		}
		if a, ok := d.Arg("value"); ok && isRecv(a) && s.recv != nil {
			return k.writesTo(s.recv, 0)
		}
	}
	return nil
}

// writesTo returns what is written to a writer, and to the writers made of it,
// in the function that made it.
func (k *storer) writesTo(w ssa.Value, depth int) []ssa.Value {
	if depth > 4 {
		return nil
	}
	var list []ssa.Value
	for _, r := range referrers(w) {
		switch r := r.(type) {
		case *ssa.MakeInterface:
			list = append(list, k.writesTo(r, depth+1)...)
		case *ssa.Call:
			s := k.siteOf(r)
			for _, d := range k.funcDirectives(s.callee) {
				if d.Verb != "transfer" {
					continue
				}
				if to, ok := d.Arg("to"); ok && k.operandValue(s, to) == w {
					list = append(list, k.writtenValues(d, s)...)
				} else if from, ok := d.Arg("value"); ok && d.Words[0] == "same" && !isRecv(from) && k.operandValue(s, from) == w {
					list = append(list, k.writesTo(r, depth+1)...)
				}
			}
		}
		if len(list) > maxWrites {
			return list[:maxWrites]
		}
	}
	return list
}

// operandValue returns the value that an argument of a directive names.
func (k *storer) operandValue(s site, a rules.DirectiveArg) ssa.Value {
	if isRecv(a) {
		return s.recv
	}
	if a.Quoted {
		return nil
	}
	return s.arg(a.Index)
}

// several judges a list of values.
func (k *storer) several(one pending, values []ssa.Value, depth int) []pending {
	var list []pending
	for _, v := range values[:min(len(values), maxAlternatives)] {
		list = append(list, k.value(one, v, depth+1)...)
	}
	return list
}

// heldIn returns the values that the package puts into the map or the list that
// a field holds.
func (k *storer) heldIn(f *types.Var) []ssa.Value {
	var list []ssa.Value
	for _, m := range k.heldMaps()[f] {
		list = append(list, m.Value)
	}
	for _, s := range k.fields[f] {
		call, ok := s.Val.(*ssa.Call)
		if !ok {
			continue
		}
		if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && len(call.Call.Args) == 2 {
			elems, _ := k.elementValues(call.Call.Args[1], nil)
			list = append(list, elems...)
		}
	}
	return list[:min(len(list), maxAlternatives)]
}

// heldMaps returns the updates of the maps that fields hold, by field.
func (k *storer) heldMaps() map[*types.Var][]*ssa.MapUpdate {
	if k.held != nil {
		return k.held
	}
	k.held = map[*types.Var][]*ssa.MapUpdate{}
	for m, list := range k.updates {
		if f := fieldLoaded(m); f != nil {
			k.held[f] = append(k.held[f], list...)
		}
	}
	for _, list := range k.held {
		slices.SortFunc(list, func(a, b *ssa.MapUpdate) int { return cmp.Compare(a.Pos(), b.Pos()) })
	}
	return k.held
}

// fieldLoaded returns the field that a value was read from, nil if it was not.
func fieldLoaded(v ssa.Value) *types.Var {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	return fieldOf(addr.X.Type(), addr.Field)
}

// elsewhere judges records that other functions of the package have put into a
// map or a list that is stored whole: what callers give must be known.
func (k *storer) elsewhere(one pending, f *types.Var, depth int) []pending {
	if depth > 4 {
		return nil
	}
	for _, v := range k.heldIn(f) {
		before := len(k.list)
		open := k.value(one, v, depth+2)
		if len(k.list) > before {
			k.list = k.list[:before+1]
			return nil
		}
		for _, p := range open {
			if o := k.given(p, depth); o.kind == inClear {
				p.Name = o.name
				kept := p.Stored
				k.list = append(k.list, &kept)
				return nil
			}
		}
	}
	return nil
}

// given returns the origin of a parameter as the callers in the package give it.
func (k *storer) given(one pending, depth int) derivation {
	p := one.param
	var list []derivation
	for _, c := range k.callers[one.owner] {
		call, ok := c.(ssa.CallInstruction)
		if !ok || len(list) == maxAlternatives {
			continue
		}
		s := k.siteOf(call)
		if p.index < 0 || p.index >= len(s.actuals) {
			continue
		}
		if p.path != "" {
			list = append(list, k.fieldOrigin(s.actuals[p.index], p.path, depth+1))
		} else {
			list = append(list, k.origin(s.actuals[p.index], depth+1))
		}
	}
	return merged(list)
}

// joined returns the origin of a text that is made of several: what hashes one
// is taken to do so for all, and a password in clear among them stays one.
func joined(list []derivation) derivation {
	for _, kind := range []form{workedOn, inClear, fromCaller} {
		for _, o := range list {
			if o.kind == kind && (kind == workedOn || isStoredPassword(o.name)) {
				return o
			}
		}
	}
	return derivation{param: noParam}
}
