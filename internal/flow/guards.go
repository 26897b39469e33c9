package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Guard is a condition under which something comes to pass: a parameter, or what
// lies at Path from it, is one of Values or, if Not is set, none of them. A call
// that gives a constant tells whether it holds there.
type Guard struct {
	Param  int
	Path   string
	Not    bool
	Fold   bool     // capitals count for nothing
	Values []string // texts as they are, everything else in Go syntax

	owner *ssa.Function // whose parameter it is; a fact has none
}

// Limits of conditions. What is beyond them holds whatever callers give.
const (
	maxGuards      = 6  // conditions of one thing
	maxGuardValues = 12 // constants of one condition
	maxGuardPath   = 2  // fields from a parameter
)

// absentValue stands for nil among the values of a Guard.
const absentValue = "<nil>"

// branching is what the engine remembers of conditions.
type branching struct {
	guards  map[*ssa.BasicBlock][]Guard
	dead    map[*ssa.BasicBlock]bool
	closed  map[*ssa.Parameter]constants
	invoked map[string]bool // methods that are called through interfaces
	named   map[*types.Var]constants
	shared  map[*types.Var]bool // fields whose address is kept or handed on
}

// constants are the values that something can have, if all are known.
type constants struct {
	values []string
	all    bool
}

func newBranching() branching {
	return branching{
		guards:  map[*ssa.BasicBlock][]Guard{},
		dead:    map[*ssa.BasicBlock]bool{},
		closed:  map[*ssa.Parameter]constants{},
		invoked: map[string]bool{},
		named:   map[*types.Var]constants{},
		shared:  map[*types.Var]bool{},
	}
}

// guardsOf returns the conditions on parameters that a block lies behind.
func (e *engine) guardsOf(b *ssa.BasicBlock) []Guard {
	if b == nil {
		return nil
	}
	var chain []*ssa.BasicBlock
	var known []Guard
	dead := false
	for ; b != nil; b = b.Idom() {
		if list, ok := e.branches.guards[b]; ok {
			known, dead = list, e.branches.dead[b]
			break
		}
		e.branches.guards[b] = nil // of a loop nothing is known yet
		chain = append(chain, b)
	}
	for _, b := range slices.Backward(chain) {
		entry := e.entryGuards(b)
		dead = dead || slices.ContainsFunc(entry, Guard.never)
		if !dead && len(entry) > 0 {
			known = allOf(known, entry)
			dead = e.isRefuted(known)
		}
		e.branches.guards[b], e.branches.dead[b] = known, dead
	}
	return known
}

// isDead reports whether a block is never run: the constants that all callers
// give, or that a field always has, choose another one.
func (e *engine) isDead(b *ssa.BasicBlock) bool {
	if b == nil {
		return false
	}
	e.guardsOf(b)
	return e.branches.dead[b]
}

// entryGuards returns the conditions of entering a block from the one that lies
// directly in front of it, or from several that ask the same parameter.
func (e *engine) entryGuards(b *ssa.BasicBlock) []Guard {
	if len(b.Preds) == 1 {
		return e.edgeGuards(b.Preds[0], b)
	}
	var either Guard
	for i, p := range b.Preds {
		if b.Dominates(p) {
			continue // once more
		}
		list := e.edgeGuards(p, b)
		if len(list) != 1 || list[0].Not || i > 0 && len(either.Values) == 0 || len(either.Values) > 0 && !either.sameSubject(list[0]) {
			return nil
		}
		if len(either.Values) == 0 {
			either = list[0]
			either.Values = slices.Clone(either.Values)
			continue
		}
		either.Values = append(either.Values, list[0].Values...)
	}
	if len(either.Values) == 0 || len(either.Values) > maxGuardValues {
		return nil
	}
	return []Guard{either}
}

// edgeGuards returns the conditions of going from one block to another.
func (e *engine) edgeGuards(from, to *ssa.BasicBlock) []Guard {
	if len(from.Instrs) == 0 || len(from.Succs) != 2 || from.Succs[0] == from.Succs[1] {
		return nil
	}
	cond, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok {
		return nil
	}
	return e.atoms(cond.Cond, from.Succs[0] == to, 0)
}

// wayGuards returns the conditions of coming to a block from one in front of it,
// and whether nothing ever does.
func (e *engine) wayGuards(from, to *ssa.BasicBlock) (list []Guard, never bool) {
	if e.isDead(from) {
		return nil, true
	}
	list = e.guardsOf(from)
	entry := e.edgeGuards(from, to)
	if len(entry) == 0 {
		return list, false
	}
	list = allOf(list, entry)
	return list, excluding(list) || e.isRefuted(list)
}

// impossible is the condition that nothing satisfies.
var impossible = Guard{Param: -1}

func (g Guard) never() bool { return g.Param < 0 }

// atoms returns the conditions that a value of type bool being as wanted means.
func (e *engine) atoms(v ssa.Value, want bool, depth int) []Guard {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value) != want {
			return []Guard{impossible}
		}
		return nil
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return e.atoms(v.X, !want, depth+1)
		}
	case *ssa.BinOp:
		return e.comparison(v, want)
	case *ssa.Phi:
		return e.joined(v, want, depth)
	case *ssa.Call:
		return e.foldedComparison(v, want)
	}
	return e.condition(v, "true", !want)
}

// comparison returns what the outcome of a comparison with a constant means.
func (e *engine) comparison(b *ssa.BinOp, want bool) []Guard {
	if b.Op != token.EQL && b.Op != token.NEQ {
		return nil
	}
	x, y := b.X, b.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	c, ok := y.(*ssa.Const)
	if !ok {
		return nil
	}
	key, ok := constantKey(c)
	if !ok {
		return nil
	}
	return e.condition(x, key, (b.Op == token.EQL) != want)
}

// foldedComparison is comparison for texts whose capitals count for nothing.
func (e *engine) foldedComparison(call *ssa.Call, want bool) []Guard {
	s := e.siteOf(call)
	if b, ok := call.Type().Underlying().(*types.Basic); !ok || b.Kind() != types.Bool || len(s.args) != 2 {
		return nil
	}
	if !slices.ContainsFunc(e.funcDirectives(s.callee), func(d directive) bool { return d.Verb == "transfer" && d.Words[0] == "equal" }) {
		return nil
	}
	x, y := s.args[0], s.args[1]
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	c, ok := y.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return nil
	}
	list := e.condition(x, constant.StringVal(c.Value), !want)
	for i := range list {
		list[i].Fold = true
	}
	return list
}

// joined returns what a value that was put together with && or || means: the
// only way to it that can have brought the wanted outcome was taken.
func (e *engine) joined(phi *ssa.Phi, want bool, depth int) []Guard {
	at := -1
	for i, edge := range phi.Edges {
		if c, ok := edge.(*ssa.Const); ok && c.Value != nil && constant.BoolVal(c.Value) != want {
			continue
		}
		if at >= 0 {
			return nil
		}
		at = i
	}
	if at < 0 || phi.Block().Dominates(phi.Block().Preds[at]) {
		return nil
	}
	pred := phi.Block().Preds[at]
	return allOf(allOf(e.guardsOf(pred), e.edgeGuards(pred, phi.Block())), e.atoms(phi.Edges[at], want, depth+1))
}

// condition returns the condition that a value is a constant, or is not.
func (e *engine) condition(v ssa.Value, key string, not bool) []Guard {
	g := Guard{Not: not, Values: []string{key}}
	if f := fieldRead(v); f != nil {
		if known := e.fieldConstants(f); known.all && !slices.ContainsFunc(known.values, g.allows) {
			return []Guard{impossible}
		}
	}
	v, g.Fold = e.unfolded(v, key)
	if phi, ok := v.(*ssa.Phi); ok {
		return e.defaulted(phi, g)
	}
	param, path, ok := e.subject(v)
	if !ok {
		return nil
	}
	g.Param, _ = paramIndex(param)
	g.Path, g.owner = path, param.Parent()
	return []Guard{g}
}

// unfolded returns the text that was brought to capitals or to small letters
// before it is compared with a text of the same letters.
func (e *engine) unfolded(v ssa.Value, key string) (ssa.Value, bool) {
	call, ok := v.(*ssa.Call)
	if !ok {
		return v, false
	}
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		a, ok := d.Arg("value")
		if !ok || d.Verb != "transfer" || isRecv(a) || s.arg(a.Index) == nil {
			continue
		}
		if d.Words[0] == "upper" && key == strings.ToUpper(key) || d.Words[0] == "lower" && key == strings.ToLower(key) {
			return s.arg(a.Index), true
		}
	}
	return v, false
}

// subject returns the parameter that a value is or is read from, and the fields
// on the way, if nothing in the function changes them.
func (e *engine) subject(v ssa.Value) (*ssa.Parameter, string, bool) {
	switch x := v.(type) {
	case *ssa.Parameter:
		_, ok := paramIndex(x)
		return x, "", ok
	case *ssa.ChangeType:
		return e.subject(x.X)
	}
	root, p := e.walk(v)
	if a, ok := root.(*ssa.Alloc); ok && !escapes(a) {
		if stores := e.storesTo(a); len(stores) == 1 {
			root = stores[0].Val
		}
	}
	param, ok := root.(*ssa.Parameter)
	if !ok || len(p) > maxGuardPath || slices.ContainsFunc(p, func(h hop) bool { return h.kind != hopField }) {
		return nil, "", false
	}
	if _, ok := paramIndex(param); !ok {
		return nil, "", false
	}
	if pl := e.places[param]; len(p) > 0 && pl != nil && len(pl.exact[p.String()]) > 0 {
		return nil, "", false
	}
	return param, p.String(), true
}

// defaulted returns the condition on a parameter that has a constant in place of
// some of its values: of the empty text, mostly.
func (e *engine) defaulted(phi *ssa.Phi, g Guard) []Guard {
	if len(phi.Edges) != 2 {
		return nil
	}
	for i, edge := range phi.Edges {
		c, isConst := edge.(*ssa.Const)
		param, path, ok := e.subject(phi.Edges[1-i])
		if !isConst || !ok {
			continue
		}
		key, ok := constantKey(c)
		g.Param, _ = paramIndex(param)
		g.Path, g.owner = path, param.Parent()
		pred := phi.Block().Preds[i]
		for _, when := range allOf(e.guardsOf(pred), e.edgeGuards(pred, phi.Block())) {
			if !ok || when.Not || when.Param != g.Param || when.Path != g.Path || when.owner != g.owner {
				continue
			}
			if g.allows(key) != g.Not { // the constant is the text that is asked for
				g.Values = append(g.Values, when.Values...)
			} else {
				g.Values = slices.DeleteFunc(g.Values, func(v string) bool { return slices.Contains(when.Values, v) })
			}
			return []Guard{g}
		}
	}
	return nil
}

// fieldRead returns the field that a value is read from, nil for none.
func fieldRead(v ssa.Value) *types.Var {
	switch v := v.(type) {
	case *ssa.Field:
		return fieldOf(v.X.Type(), v.Field)
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL {
			return fieldOf(addr.X.Type(), addr.Field)
		}
	}
	return nil
}

// constantKey returns a constant as the values of a Guard have it.
func constantKey(c *ssa.Const) (string, bool) {
	switch {
	case c.Value == nil:
		return absentValue, c.IsNil()
	case c.Value.Kind() == constant.String:
		return constant.StringVal(c.Value), true
	}
	return c.Value.ExactString(), true
}

// allows reports whether a condition holds for a value.
func (g Guard) allows(value string) bool {
	if g.never() {
		return false
	}
	return slices.ContainsFunc(g.Values, func(v string) bool {
		return v == value || g.Fold && strings.EqualFold(v, value)
	}) != g.Not
}

// sameSubject reports whether two conditions ask the same.
func (g Guard) sameSubject(h Guard) bool {
	return g.Param == h.Param && g.Path == h.Path && g.owner == h.owner && g.Fold == h.Fold
}

// same reports whether two conditions are one.
func (g Guard) same(h Guard) bool {
	return g.sameSubject(h) && g.Not == h.Not && slices.Equal(g.Values, h.Values)
}

// excludes reports whether two conditions cannot hold at once.
func (g Guard) excludes(h Guard) bool {
	switch {
	case g.never() || h.never():
		return true
	case !g.sameSubject(h) || g.Not && h.Not:
		return false
	case g.Not:
		return !slices.ContainsFunc(h.Values, g.allows)
	}
	return !slices.ContainsFunc(g.Values, h.allows)
}

// allOf returns the conditions of both lists, as many as are kept.
func allOf(a, b []Guard) []Guard {
	out := a[:len(a):len(a)]
	for _, g := range b {
		if len(out) < maxGuards && !slices.ContainsFunc(out, g.same) {
			out = append(out, g)
		}
	}
	return out
}

// exclude reports whether the conditions of two lists cannot hold at once.
func exclude(a, b []Guard) bool {
	return slices.ContainsFunc(a, func(g Guard) bool { return slices.ContainsFunc(b, g.excludes) })
}

// excluding reports whether conditions cannot hold at once.
func excluding(guards []Guard) bool {
	for i, g := range guards {
		if g.never() || exclude(guards[:i], guards[i:i+1]) {
			return true
		}
	}
	return false
}

// under returns the readings of v as they are where conditions hold.
func (v Value) under(guards []Guard) Value {
	if len(guards) == 0 || len(v.Alts) == 0 {
		return v
	}
	out := Value{Truncated: v.Truncated, Alts: make([]Alt, 0, len(v.Alts))}
	for _, alt := range v.Alts {
		if !exclude(alt.When, guards) {
			alt.When = allOf(alt.When, guards)
			out.Alts = append(out.Alts, alt)
		}
	}
	return out
}

// where returns the readings of v that there are where conditions hold, all if
// there are none.
func (v Value) where(guards []Guard) Value {
	if len(guards) == 0 || !v.guarded() {
		return v
	}
	alts := slices.DeleteFunc(slices.Clone(v.Alts), func(a Alt) bool { return exclude(a.When, guards) })
	if len(alts) == 0 {
		return v
	}
	return Value{Truncated: v.Truncated, Alts: alts}
}

// guarded reports whether some reading depends on a condition.
func (v Value) guarded() bool {
	return slices.ContainsFunc(v.Alts, func(a Alt) bool { return len(a.When) > 0 })
}

// guardsFor returns those conditions that ask parameters of fn or of the
// functions around it.
func guardsFor(list []Guard, fn *ssa.Function) []Guard {
	if len(list) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(list), func(g Guard) bool { return g.owner == nil || !within(fn, g.owner) })
}
