package flow

import (
	"go/token"
	"go/types"
	"maps"
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
	// Handed are the functions that the result, or the text that the call reads,
	// is handed to, sorted.
	Handed []string
	// ByHand is set when the program takes the token apart itself; OfRequest when
	// it does so for a request that it serves.
	ByHand, OfRequest bool
}

// maxUseDepth is how many calls deep the uses of a value are looked for.
const maxUseDepth = 3

// maxUsers is how many values are looked at for the uses of one.
const maxUsers = 256

// usesOf returns what is done with the results of a call, and with the
// arguments that it fills.
func (e *engine) usesOf(call *ssa.Call) *Uses {
	u := &users{e: e, seen: map[ssa.Value]bool{}, reads: map[string]bool{}, handed: map[string]bool{}}
	s := e.siteOf(call)
	u.texts(s)
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
	return &Uses{
		ErrorIgnored: errorIgnored(call, results), Kept: u.kept,
		Reads: slices.Sorted(maps.Keys(u.reads)), Handed: slices.Sorted(maps.Keys(u.handed)),
	}
}

// texts looks for other calls that are given the text which a call reads.
func (u *users) texts(s site) {
	for _, a := range s.args {
		if !isText(a.Type()) || types.IsInterface(a.Type()) {
			continue
		}
		for range 4 {
			if c, ok := a.(*ssa.Convert); ok {
				a = c.X
			}
		}
		u.givenTo(a, s.instr, 0)
		return
	}
}

// givenTo records the calls that are given a text, converted or not.
func (u *users) givenTo(v ssa.Value, except ssa.CallInstruction, depth int) {
	refs := v.Referrers()
	if refs == nil || depth > 3 {
		return
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Convert:
			u.givenTo(r, except, depth+1)
		case *ssa.MakeInterface:
			u.givenTo(r, except, depth+1)
		case ssa.CallInstruction:
			if s := u.e.siteOf(r); r != except && s.callee != nil {
				u.handed[u.nameOf(s)] = true
			}
		}
	}
	// What the function was given, its callers may give to others as well.
	if p, ok := v.(*ssa.Parameter); ok && depth <= 3 {
		i, _ := paramIndex(p)
		for _, c := range u.e.callers[p.Parent()] {
			if s := u.e.siteOf(c.(ssa.CallInstruction)); i < len(s.actuals) {
				u.givenTo(s.actuals[i], s.instr, depth+2)
			}
		}
	}
}

// nameOf returns the name of a function, "verify" for one that checks tokens.
func (u *users) nameOf(s site) string {
	checks, skips := false, false
	for _, d := range u.e.funcDirectives(s.callee) {
		checks = checks || d.Verb == "new" && d.Words[0] == jwtCheck
		skips = skips || d.Verb == "on" && d.Words[1] == "unverified"
	}
	if checks && !skips {
		return "verify"
	}
	return s.name()
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
	e      *engine
	seen   map[ssa.Value]bool
	reads  map[string]bool
	handed map[string]bool
	kept   bool
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

func isTransfer(ds []directive) bool {
	return slices.ContainsFunc(ds, func(d directive) bool { return d.Verb == "transfer" })
}

// transferred goes on with what a modelled call makes of a value.
func (u *users) transferred(c ssa.CallInstruction, s site, ds []directive, depth int) {
	for _, d := range ds {
		if d.Verb != "transfer" {
			continue
		}
		if into, ok := d.Arg("into"); ok && s.arg(into.Index) != nil {
			u.filled(s.arg(into.Index))
		} else if call, ok := c.(*ssa.Call); ok {
			u.walk(call, depth)
		}
	}
}

// call looks at a call of a method of the value, or one that the value is
// handed to.
func (u *users) call(v ssa.Value, c ssa.CallInstruction, depth int) {
	s := u.e.siteOf(c)
	ds := u.e.funcDirectives(s.callee)
	if s.recv == v && !isTransfer(ds) {
		u.reads[s.name()] = true
		return
	}
	if s.callee != nil {
		u.handed[s.name()] = true
	}
	switch {
	case len(ds) > 0:
		u.transferred(c, s, ds, depth) // the models know it: it does not keep what it is given
		return
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
