package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// Limits of the look for what callers give.
const (
	maxCallers       = 64 // calls of one function
	maxConstantDepth = 6  // values on the way to constants
)

// isRefuted reports whether conditions cannot hold for what all callers give.
func (e *engine) isRefuted(guards []Guard) bool {
	for i, g := range guards {
		if g.Path != "" || g.owner == nil || slices.ContainsFunc(guards[:i], g.sameSubject) || g.Param >= len(g.owner.Params) {
			continue
		}
		known := e.givenConstants(g.owner.Params[g.Param])
		if !known.all {
			continue
		}
		holds := func(value string) bool {
			return !slices.ContainsFunc(guards, func(h Guard) bool {
				return h.Param == g.Param && h.Path == "" && h.owner == g.owner && !h.allows(value)
			})
		}
		if !slices.ContainsFunc(known.values, holds) {
			return true
		}
	}
	return false
}

// givenConstants returns the constants that callers give for a parameter, if
// nobody else can call the function and all give one.
func (e *engine) givenConstants(p *ssa.Parameter) constants {
	if known, ok := e.branches.closed[p]; ok {
		return known
	}
	e.branches.closed[p] = constants{} // a function that calls itself
	var out constants
	if i, ok := paramIndex(p); ok && e.isClosed(p.Parent()) {
		out = e.constantsGiven(p.Parent(), i)
	}
	e.branches.closed[p] = out
	return out
}

func (e *engine) constantsGiven(fn *ssa.Function, param int) constants {
	calls := e.callers[fn]
	if len(calls) == 0 || len(calls) > maxCallers {
		return constants{}
	}
	out := constants{}
	for _, c := range calls {
		if e.inTest(c.Pos()) && !e.inTest(fn.Pos()) || e.isDead(c.Block()) {
			continue
		}
		args := c.(ssa.CallInstruction).Common().Args
		if param >= len(args) {
			return constants{}
		}
		known := e.constantsOfValue(args[param], 0)
		if !known.all {
			return constants{}
		}
		out.all = true
		out.values = append(out.values, known.values...)
	}
	slices.Sort(out.values)
	out.values = slices.Compact(out.values)
	return out
}

// isClosed reports whether the calls of a function that are seen are all that
// there can be.
func (e *engine) isClosed(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || e.partial || e.taken[fn] || fn.TypeParams().Len() > 0 || obj.Name() == "_" || obj.Name() == "init" || obj.Name() == "main" {
		return false
	}
	if obj.Signature().Recv() == nil {
		return !obj.Exported() || e.pass.Pkg.Name() == "main"
	}
	return !obj.Exported() && !e.branches.invoked[obj.Name()]
}

// constantsOfValue returns the constants that a value can be.
func (e *engine) constantsOfValue(v ssa.Value, depth int) constants {
	if depth > maxConstantDepth {
		return constants{}
	}
	switch v := v.(type) {
	case *ssa.Const:
		key, ok := constantKey(v)
		return constants{values: []string{key}, all: ok}
	case *ssa.ChangeType:
		return e.constantsOfValue(v.X, depth+1)
	case *ssa.MakeInterface:
		return e.constantsOfValue(v.X, depth+1)
	case *ssa.Parameter:
		return e.givenConstants(v)
	case *ssa.Phi:
		out := constants{all: true}
		for i, edge := range v.Edges {
			if _, never := e.wayGuards(v.Block().Preds[i], v.Block()); never {
				continue
			}
			known := e.constantsOfValue(edge, depth+1)
			if !known.all || len(out.values) > maxGuardValues {
				return constants{}
			}
			out.values = append(out.values, known.values...)
		}
		out.all = len(out.values) > 0
		return out
	}
	if f := fieldRead(v); f != nil {
		return e.fieldConstants(f)
	}
	return constants{}
}

// fieldConstants returns the constants that a field has in every struct, its
// zero value included: of a field that only this package sees, whose address
// nobody keeps and that is given nothing else.
func (e *engine) fieldConstants(f *types.Var) constants {
	if known, ok := e.branches.named[f]; ok {
		return known
	}
	e.branches.named[f] = constants{}
	out := constants{}
	stores := e.fields[f]
	if basic, ok := f.Type().Underlying().(*types.Basic); ok && !f.Exported() && f.Pkg() == e.pass.Pkg &&
		!e.partial && !e.branches.shared[f] && len(stores) <= maxCallers {
		out = constants{values: []string{zeroKey(basic)}, all: true}
		for _, s := range stores {
			if e.inTest(s.Pos()) || e.isDead(s.Block()) {
				continue
			}
			known := e.constantsOfValue(s.Val, 0)
			if !known.all {
				out = constants{}
				break
			}
			out.values = append(out.values, known.values...)
		}
	}
	e.branches.named[f] = out
	return out
}

// zeroKey returns the zero value of a type as the values of a Guard have it.
func zeroKey(b *types.Basic) string {
	switch {
	case b.Info()&types.IsString != 0:
		return ""
	case b.Info()&types.IsBoolean != 0:
		return "false"
	}
	return "0"
}

// indexGuarded records what tells whether all uses of methods and fields are seen.
func (e *engine) indexGuarded(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		if c := instr.Common(); c.IsInvoke() {
			e.branches.invoked[c.Method.Name()] = true
		}
	case *ssa.FieldAddr:
		for _, r := range *instr.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				if r.Addr == instr {
					continue
				}
			case *ssa.UnOp, *ssa.DebugRef, *ssa.FieldAddr:
				continue
			}
			e.branches.shared[fieldOf(instr.X.Type(), instr.Field)] = true
		}
	case *ssa.ChangeType:
		if st, ok := instr.Type().Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				e.branches.shared[f.Origin()] = true
			}
		}
	}
	for _, op := range instr.Operands(nil) {
		// A method value is a function around the method.
		if fn, ok := (*op).(*ssa.Function); ok && fn.Synthetic != "" {
			if m, ok := fn.Object().(*types.Func); ok {
				e.taken[e.prog.FuncValue(m)] = true
			}
		}
	}
}

// conditioned returns the readings of a callee's value that a call brings about,
// under the conditions that are left to the callers of this function.
func (e *engine) conditioned(v Value, s site) Value {
	if !v.guarded() {
		return v
	}
	out := Value{Truncated: v.Truncated, Alts: make([]Alt, 0, len(v.Alts))}
	for _, alt := range v.Alts {
		if h := e.heldAt(alt.When, s); !h.never {
			alt.When = h.rest
			out.Alts = append(out.Alts, alt)
		}
	}
	return out
}

// held is what a call means for conditions of its callee.
type held struct {
	never bool    // they cannot hold
	rest  []Guard // those that the callers of this function decide
	open  bool    // whether configuration decides some of them
}

// heldAt returns what a call means for conditions of its callee.
func (e *engine) heldAt(guards []Guard, s site) held {
	var out held
	for _, g := range guards {
		if g.owner != nil && g.owner != s.fn {
			out.rest = allOf(out.rest, []Guard{g})
			continue
		}
		known := e.constantsAt(s, g)
		if known.all {
			if !slices.ContainsFunc(known.values, g.allows) {
				return held{never: true}
			}
			out.open = out.open || slices.ContainsFunc(known.values, func(v string) bool { return !g.allows(v) })
			continue
		}
		out.open = out.open || g.decides()
		if here, ok := e.translated(g, s); ok {
			out.rest = allOf(out.rest, []Guard{here})
		}
	}
	return out
}

// decides reports whether a condition does not merely ask for nil or the empty text.
func (g Guard) decides() bool {
	return slices.ContainsFunc(g.Values, func(v string) bool { return v != "" && v != absentValue })
}

// constantsAt returns the constants that a call gives for what a condition asks.
func (e *engine) constantsAt(s site, g Guard) constants {
	if g.Param >= len(s.actuals) {
		return constants{}
	}
	v := s.actuals[g.Param]
	if v == nil {
		if s.given == nil || g.Path != "" {
			return constants{}
		}
		return knownConstants(s.given[g.Param])
	}
	if g.Path != "" {
		return e.constantsBelow(v, g.Path, s)
	}
	if known := e.constantsOfValue(v, 0); known.all {
		return known
	}
	if isMade(v) {
		return constants{values: []string{"made"}, all: true} // anything but nil
	}
	return constants{}
}

// conditionalIn reports whether an event of fn is under a condition that the
// conditions on its parameters do not tell of.
func (ev *Event) conditionalIn(fn *ssa.Function) bool {
	return ev.otherwise || ev.Conditional && len(guardsFor(ev.when, fn)) < len(ev.when)
}

// knownConstants returns the constants that a value is known to be.
func knownConstants(v Value) constants {
	out := constants{all: len(v.Alts) > 0 && !v.Truncated}
	for _, alt := range v.Alts {
		known, ok := alt.Known()
		if !ok {
			return constants{}
		}
		out.values = append(out.values, known)
	}
	return out
}

// isMade reports whether a value is a pointer, a map or the like that is not nil.
func isMade(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.MakeChan, *ssa.Function, *ssa.FieldAddr:
		return true
	case *ssa.MakeInterface:
		return true
	case *ssa.ChangeType:
		return isMade(v.X)
	case *ssa.Slice:
		return isMade(v.X)
	}
	return false
}

// constantsBelow returns the constants that lie at a path from what a call is
// given, in a struct that is made here and that nobody fills unseen.
func (e *engine) constantsBelow(v ssa.Value, path string, s site) constants {
	p, ok := resolvePath(v.Type(), path)
	if !ok || s.instr == nil {
		return constants{}
	}
	root, pre := e.rootOf(v)
	p = append(pre[:len(pre):len(pre)], p...)
	a, ok := root.(*ssa.Alloc)
	if !ok || len(p) == 0 || len(p) > maxPath || slices.ContainsFunc(p, func(h hop) bool { return h.kind != hopField }) {
		return constants{}
	}
	basic, ok := p[len(p)-1].field.Type().Underlying().(*types.Basic)
	pl := e.places[a]
	if !ok || pl == nil || !e.seesWriters(pl, p, 0) || len(pl.exact[""]) > 0 {
		return constants{}
	}
	for n := 1; n < len(p); n++ {
		if len(pl.exact[p[:n].String()]) > 0 {
			return constants{} // written as part of a whole
		}
	}
	for _, g := range e.fillers(pl) {
		if reaches(g, p) && e.mayWrite(g, p, 0) {
			return constants{}
		}
	}
	return e.constantsWritten(pl.exact[p.String()], zeroKey(basic), s.instr)
}

// mayWrite reports whether a call that is given a struct may write to a path of it.
func (e *engine) mayWrite(g given, p path, depth int) bool {
	s := e.siteOf(g.call)
	i := g.arg + len(s.actuals) - len(s.common.Args)
	if s.fn == nil || i >= len(s.fn.Params) || depth > maxZeroDepth {
		return true
	}
	pl := e.places[s.fn.Params[i]]
	if pl == nil {
		return false
	}
	p = p[len(g.path):]
	for n := range len(p) + 1 {
		if len(pl.exact[p[:n].String()]) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(e.fillers(pl), func(g given) bool { return reaches(g, p) && e.mayWrite(g, p, depth+1) })
}

// constantsWritten returns the constants that writes store before a call, with
// the zero value unless one of them always comes first.
func (e *engine) constantsWritten(writes []write, zero string, call ssa.Instruction) constants {
	out := constants{all: true}
	filled := false
	for _, w := range e.alive(writes, call) {
		known := e.constantsOfValue(w.val, 0)
		if !known.all || len(out.values) > maxGuardValues {
			return constants{}
		}
		out.values = append(out.values, known.values...)
		filled = filled || w.instr.Parent() == call.Parent() && e.orderOf(call.Parent()).follows(call, w.instr)
	}
	if !filled {
		out.values = append(out.values, zero)
	}
	return out
}

// translated returns a condition of a callee as one on the caller's parameters.
func (e *engine) translated(g Guard, s site) (Guard, bool) {
	if g.Param >= len(s.actuals) {
		return Guard{}, false
	}
	v := s.actuals[g.Param]
	if v == nil {
		if s.given == nil {
			return Guard{}, false
		}
		p, ok := paramPart(s.given[g.Param])
		if !ok || len(s.given[g.Param].Alts) != 1 || p.Negated || p.owner == nil {
			return Guard{}, false
		}
		g.Param, g.Path, g.owner = p.Index, joinPath(p.Path, g.Path), p.owner
		return g, true
	}
	param, path, ok := e.subject(v)
	if !ok {
		return Guard{}, false
	}
	g.Param, _ = paramIndex(param)
	g.Path, g.owner = joinFields(path, g.Path), param.Parent()
	return g, true
}

// joinFields appends a path of fields to another.
func joinFields(a, b string) string {
	if b == "" {
		return a
	}
	return joinPath(a, b)
}

// exportGuards returns conditions as a fact carries them: those whose values are
// harmless.
func exportGuards(list []Guard) []Guard {
	var out []Guard
	for _, g := range list {
		g.owner = nil
		if !slices.ContainsFunc(g.Values, func(v string) bool { return !isTag(v) }) {
			out = append(out, g)
		}
	}
	return out
}

// isTag reports whether a value that a parameter is compared with may stand in a
// fact: a number, a word of Go, a method, or what its shape proves harmless.
func isTag(v string) bool {
	return v == absentValue || v == "true" || v == "false" || harmless(v) && shape.OfName(v) == shape.None
}
