package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Uses is what a function does with what a call returned.
type Uses struct {
	// ErrorIgnored is set when the call returns an error that nobody looks at.
	ErrorIgnored bool
	// Reads are the fields, keys and methods that are asked of the first result,
	// and of what else the call filled, sorted; "*" stands for all.
	Reads []string
	// Kept is set when the result is returned, stored or handed to code that the
	// engine does not see: who has it may ask more of it.
	Kept bool
}

// maxUseDepth is how many calls deep the uses of a value are looked for.
const maxUseDepth = 3

// maxUsers is how many values are looked at for the uses of one.
const maxUsers = 256

// usesOf returns what is done with the results of a call, and with the
// arguments that it fills.
func (e *engine) usesOf(call *ssa.Call) *Uses {
	u := &users{e: e, seen: map[ssa.Value]bool{}, reads: map[string]bool{}}
	s := e.siteOf(call)
	results := s.callee.Signature().Results()
	if results.Len() < 2 {
		u.walk(call, 0)
	} else if first := extracted(call, 0); first != nil {
		u.walk(first, 0)
	}
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "on" && d.Words[1] == "claims" {
			for _, v := range e.restList(s, a.Index) {
				u.filled(v)
				if !a.Rest {
					break
				}
			}
		}
	}
	out := &Uses{ErrorIgnored: errorIgnored(call, results), Kept: u.kept}
	for name := range u.reads {
		out.Reads = append(out.Reads, name)
	}
	slices.Sort(out.Reads)
	return out
}

// extracted returns one result of a call with several, nil if it is not used.
func extracted(call *ssa.Call, index int) *ssa.Extract {
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == index {
			return x
		}
	}
	return nil
}

// errorIgnored reports whether the last result is an error that is not looked at.
func errorIgnored(call *ssa.Call, results *types.Tuple) bool {
	n := results.Len()
	if n == 0 || !types.Identical(results.At(n-1).Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	var refs []ssa.Instruction
	if n == 1 {
		refs = *call.Referrers()
	} else if x := extracted(call, n-1); x != nil {
		refs = *x.Referrers()
	}
	return !slices.ContainsFunc(refs, func(r ssa.Instruction) bool { _, ok := r.(*ssa.DebugRef); return !ok })
}

// users walks over the uses of a value.
type users struct {
	e     *engine
	seen  map[ssa.Value]bool
	reads map[string]bool
	kept  bool
}

// filled walks over the uses of what a call fills through an argument.
func (u *users) filled(v ssa.Value) {
	for range 4 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		}
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a, ok := load.X.(*ssa.Alloc); ok {
			v = a
		}
	}
	u.walk(v, 0)
}

func (u *users) walk(v ssa.Value, depth int) {
	refs := v.Referrers()
	if u.seen[v] || refs == nil {
		return
	}
	u.seen[v] = true
	if len(u.seen) > maxUsers {
		u.kept = true
		return
	}
	for _, r := range *refs {
		u.use(v, r, depth)
	}
}

// use looks at one use of a value.
func (u *users) use(v ssa.Value, r ssa.Instruction, depth int) {
	switch r := r.(type) {
	case *ssa.FieldAddr:
		u.field(r, r.X.Type(), r.Field, depth)
	case *ssa.Field:
		u.field(r, r.X.Type(), r.Field, depth)
	case *ssa.UnOp, *ssa.TypeAssert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Extract, *ssa.Phi:
		u.walk(r.(ssa.Value), depth)
	case *ssa.Lookup:
		if r.X == v {
			u.read(u.e.eval(r.Index, r.Pos()))
		}
	case *ssa.Range:
		u.reads["*"] = true
	case *ssa.Store:
		u.store(v, r, depth)
	case *ssa.MakeClosure:
		for i, b := range r.Bindings {
			if b == v {
				u.walk(r.Fn.(*ssa.Function).FreeVars[i], depth)
			}
		}
	case ssa.CallInstruction:
		u.call(v, r, depth)
	case *ssa.MapUpdate:
		u.kept = u.kept || r.Value == v
	case *ssa.Return, *ssa.Send:
		u.kept = true
	}
}

// field looks at a field of a value: a part of it is it.
func (u *users) field(v ssa.Value, owner types.Type, index, depth int) {
	f := fieldOf(owner, index)
	part := u.e.embedsEntries(owner, f)
	for _, d := range u.e.fieldDirectives(owner, f) {
		part = part || d.Verb == "part"
	}
	if part {
		u.walk(v, depth)
		return
	}
	if onlyStored(v) {
		return
	}
	name, ok := jsonName(owner, index)
	if !ok {
		name = f.Name()
	}
	u.reads[name] = true
}

// onlyStored reports whether an address serves for nothing but stores.
func onlyStored(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		if s, ok := r.(*ssa.Store); !ok || s.Addr != v {
			return false
		}
	}
	return true
}

func (u *users) read(key Value) {
	name, ok := key.Known()
	if !ok {
		name = "*"
	}
	u.reads[name] = true
}

func (u *users) store(v ssa.Value, s *ssa.Store, depth int) {
	if s.Val != v {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		u.walk(addr, depth)
	default:
		u.kept = true
	}
}

// call looks at a call of a method of the value, or one that the value is
// handed to.
func (u *users) call(v ssa.Value, c ssa.CallInstruction, depth int) {
	s := u.e.siteOf(c)
	if s.recv == v {
		u.reads[s.name()] = true
		return
	}
	ds := u.e.funcDirectives(s.callee)
	switch {
	case len(ds) > 0:
		return // the models know it: it does not keep what it is given
	case s.callee == nil && s.name() != "":
		return // a built-in function
	case s.fn == nil || depth >= maxUseDepth:
		u.kept = true
		return
	}
	for i, a := range s.actuals {
		if a == v && i < len(s.fn.Params) {
			u.walk(s.fn.Params[i], depth+1)
		}
	}
}
