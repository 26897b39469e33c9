package flow

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// refused says on which outcome of a condition a text is refused.
type refused uint8

const (
	unsure refused = iota
	whenTrue
	whenFalse
)

func (r refused) flip() refused {
	switch r {
	case whenTrue:
		return whenFalse
	case whenFalse:
		return whenTrue
	}
	return unsure
}

// maxRefusalDepth is through how many negations and variables a condition is
// followed.
const maxRefusalDepth = 6

// refusal tells on which outcome of a condition the function refuses. enough is
// set if the condition reads as one that passes when it is true.
func (c *examiner) refusal(v ssa.Value, enough bool) refused { return c.refusalOf(v, enough, 0) }

func (c *examiner) refusalOf(v ssa.Value, enough bool, depth int) refused {
	refs := v.Referrers()
	if refs == nil || depth > maxRefusalDepth {
		return unsure
	}
	for _, r := range *refs {
		found := unsure
		switch r := r.(type) {
		case *ssa.If:
			found = c.branches(r)
		case *ssa.UnOp:
			if r.Op == token.NOT {
				found = c.refusalOf(r, !enough, depth+1).flip()
			}
		case *ssa.BinOp:
			found = c.equals(r, enough, depth)
		case *ssa.Phi:
			found = c.refusalOf(r, enough, depth+1)
		case *ssa.Return:
			found = c.returned(r, v)
		case *ssa.Store:
			found = storedTo(r.Addr, enough)
		case *ssa.MapUpdate:
			if enough {
				found = whenFalse // a table of what is satisfied
			}
		case *ssa.MakeInterface:
			found = c.refusalOf(r, enough, depth+1)
		case ssa.CallInstruction:
			found = c.askedOf(r, enough)
		}
		if found != unsure {
			return found
		}
	}
	return unsure
}

// equals tells what a comparison of a condition with true or false means, as
// `switch true` makes them.
func (c *examiner) equals(b *ssa.BinOp, enough bool, depth int) refused {
	for _, side := range []ssa.Value{b.X, b.Y} {
		k, ok := side.(*ssa.Const)
		if !ok || k.Value == nil || k.Value.Kind() != constant.Bool || b.Op != token.EQL && b.Op != token.NEQ {
			continue
		}
		if constant.BoolVal(k.Value) == (b.Op == token.EQL) {
			return c.refusalOf(b, enough, depth+1)
		}
		return c.refusalOf(b, !enough, depth+1).flip()
	}
	return unsure
}

// returned tells what the result of a predicate means by the function's name.
func (c *examiner) returned(r *ssa.Return, v ssa.Value) refused {
	fn := r.Parent()
	for i, res := range r.Results {
		if res != v {
			continue
		}
		if !isBool(fn.Signature.Results().At(i).Type()) {
			return unsure
		}
		if isNegative(fn.Signature.Results().At(i).Name()) || fn.Parent() == nil && isNegative(fn.Name()) {
			return whenTrue
		}
		return whenFalse
	}
	return unsure
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isNegative reports whether a name is of something that is wrong when it is true.
func isNegative(name string) bool {
	return shape.HasWord(name, "short", "weak", "invalid", "bad", "insecure", "violates", "violation", "fails", "failed", "rejected", "reject",
		"illegal", "wrong", "missing", "poor", "unsafe", "err", "error")
}

// isPositive reports whether a name is of something that is right when it is true.
func isPositive(name string) bool {
	return shape.HasWord(name, "ok", "valid", "strong", "enough", "long", "has", "is", "meets", "met", "pass", "passed", "passes", "satisfied",
		"satisfies", "good", "acceptable", "accepted", "secure", "cond", "condition", "check", "length", "min", "result", "allowed", "correct")
}

// storedTo tells what a stored condition means by the name that it gets.
func storedTo(addr ssa.Value, enough bool) refused {
	name := ""
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		name = fieldOf(addr.X.Type(), addr.Field).Name()
	case *ssa.Global:
		name = addr.Name()
	case *ssa.Alloc:
		name = addr.Comment
	case *ssa.IndexAddr:
		if enough {
			return whenFalse // one of a list of conditions
		}
		return unsure
	}
	switch {
	case isNegative(name) && !enough:
		return whenTrue
	case isPositive(name) && enough && !shape.HasWord(name, "masked", "shown", "hidden", "truncated"):
		return whenFalse
	}
	return unsure
}

// askedOf tells what a call makes of a condition that it is given, by its name.
func (c *examiner) askedOf(call ssa.CallInstruction, enough bool) refused {
	name := c.siteOf(call).name()
	switch {
	case enough && shape.HasWord(name, "check", "checks", "require", "assert", "ensure", "validate", "that", "true", "must", "expect", "verify", "rule",
		"condition", "satisfy"):
		return whenFalse
	case !enough && shape.HasWord(name, "fail", "if", "when", "error", "invalid", "reject", "refuse", "forbid", "deny", "check", "add"):
		return whenTrue
	}
	return unsure
}

// branches compares what follows from the two outcomes of a condition.
func (c *examiner) branches(i *ssa.If) refused {
	b := i.Block()
	w := &walker{examiner: c, emptyText: returnsEmptyText(b.Parent())}
	t, okT := w.from(b, b.Succs[0])
	f, okF := w.from(b, b.Succs[1])
	if !okT || !okF {
		return unsure
	}
	return t.against(f)
}

// outcomes are the ends that can be reached, apart by whether the text is
// refused there.
type outcomes struct{ refused, accepted map[int]bool }

// against tells which of two alternatives refuses: by an end that only it
// reaches, or because only the other one reaches one that accepts.
func (t outcomes) against(f outcomes) refused {
	moreT, moreF := beyond(t.refused, f.refused), beyond(f.refused, t.refused)
	switch {
	case moreT && !moreF && len(f.accepted) > 0:
		return whenTrue
	case moreF && !moreT && len(t.accepted) > 0:
		return whenFalse
	}
	betterT, betterF := beyond(t.accepted, f.accepted), beyond(f.accepted, t.accepted)
	switch {
	case betterF && !betterT && len(t.refused) > 0:
		return whenTrue
	case betterT && !betterF && len(f.refused) > 0:
		return whenFalse
	}
	return unsure
}

// beyond reports whether a holds something that b lacks.
func beyond(a, b map[int]bool) bool {
	for k := range a {
		if !b[k] {
			return true
		}
	}
	return false
}

// maxStates bounds the walk from one branch to the ends of the function.
const maxStates = 240

// walker goes from a branch to the ends of a function. It knows the phis whose
// value the way decides, so that `valid = false` is followed to `return valid`.
type walker struct {
	*examiner
	emptyText bool // the function returns "" somewhere: other texts are complaints
	seen      map[string]bool
	out       outcomes
}

type known map[*ssa.Phi]ssa.Value

// from returns the outcomes behind an edge, and whether these are all.
func (w *walker) from(b, to *ssa.BasicBlock) (outcomes, bool) {
	w.seen = map[string]bool{}
	w.out = outcomes{map[int]bool{}, map[int]bool{}}
	w.enter(b, to, known{}, false)
	return w.out, len(w.seen) < maxStates
}

// enter walks through a block that is reached from pred.
func (w *walker) enter(pred, b *ssa.BasicBlock, env known, refused bool) {
	env = w.phis(pred, b, env)
	key := state(b, env, refused)
	if w.seen[key] || len(w.seen) >= maxStates {
		return
	}
	w.seen[key] = true
	refused = refused || w.blockRefuses(b)
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Return:
		if refused || w.complains(last, env) {
			w.out.refused[b.Index] = true
		} else {
			w.out.accepted[b.Index] = true
		}
	case *ssa.Panic:
		w.out.refused[b.Index] = true
	case *ssa.If:
		if v, ok := w.truth(last.Cond, env, 0); ok {
			next := b.Succs[1]
			if v {
				next = b.Succs[0]
			}
			w.enter(b, next, env, refused)
			return
		}
		w.enter(b, b.Succs[0], env, refused)
		w.enter(b, b.Succs[1], env, refused)
	default:
		for _, next := range b.Succs {
			w.enter(b, next, env, refused)
		}
	}
}

// blockRefuses reports whether something in a block shows that the text is
// refused.
func (w *walker) blockRefuses(b *ssa.BasicBlock) bool {
	known, ok := w.refusing[b]
	if !ok {
		known = slices.ContainsFunc(b.Instrs, w.refuses)
		w.refusing[b] = known
	}
	return known
}

// state names a block with what is known there.
func state(b *ssa.BasicBlock, env known, refused bool) string {
	parts := make([]string, 0, len(env))
	for phi, v := range env {
		parts = append(parts, phi.Name()+"="+v.Name()+v.String())
	}
	slices.Sort(parts)
	return fmt.Sprint(b.Index, refused, parts)
}

// phis returns what is known in a block when it is reached from pred.
func (w *walker) phis(pred, b *ssa.BasicBlock, env known) known {
	i := slices.Index(b.Preds, pred)
	var next known
	for _, instr := range b.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		if i < 0 || !tellsOutcome(phi.Type()) {
			continue
		}
		if next == nil {
			next = maps.Clone(env)
		}
		v := phi.Edges[i]
		if p, ok := v.(*ssa.Phi); ok {
			v = env[p]
		}
		if v == nil {
			delete(next, phi)
			continue
		}
		next[phi] = v
	}
	if next == nil {
		return env
	}
	return next
}

// tellsOutcome reports whether a variable of the type may hold whether the text
// is accepted: a switch, an error, a complaint, a list of them.
func tellsOutcome(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsBoolean|types.IsString) != 0
	case *types.Interface, *types.Slice, *types.Pointer:
		return true
	}
	return false
}

// truth tells a condition that the way decides.
func (w *walker) truth(v ssa.Value, env known, depth int) (value, ok bool) {
	if depth > 4 {
		return false, false
	}
	switch x := v.(type) {
	case *ssa.Const:
		if x.Value != nil && x.Value.Kind() == constant.Bool {
			return constant.BoolVal(x.Value), true
		}
	case *ssa.Phi:
		if k, found := env[x]; found && k != v {
			return w.truth(k, env, depth+1)
		}
	case *ssa.UnOp:
		if x.Op == token.NOT {
			value, ok = w.truth(x.X, env, depth+1)
			return !value, ok
		}
	case *ssa.BinOp:
		return w.compared(x, env)
	}
	return false, false
}

// compared tells a comparison of an error with nil, of a complaint with the
// empty text, of the length of a list with zero.
func (w *walker) compared(b *ssa.BinOp, env known) (value, ok bool) {
	k, isConst := b.Y.(*ssa.Const)
	if !isConst {
		return false, false
	}
	subject := b.X
	if call, ok := subject.(*ssa.Call); ok {
		if builtin, ok := call.Call.Value.(*ssa.Builtin); !ok || builtin.Name() != "len" {
			return false, false
		}
		subject = call.Call.Args[0]
	}
	phi, ok := subject.(*ssa.Phi)
	if !ok {
		return false, false
	}
	v, found := env[phi]
	if !found || !isAbsent(k) && k.Value.ExactString() != "0" {
		return false, false
	}
	present, ok := w.present(v)
	switch {
	case !ok:
		return false, false
	case b.Op == token.NEQ, b.Op == token.GTR:
		return present, true
	case b.Op == token.EQL:
		return !present, true
	}
	return false, false
}

// present tells whether an error, a complaint or a list is there.
func (w *walker) present(v ssa.Value) (value, ok bool) {
	switch v := v.(type) {
	case *ssa.Const:
		return !isAbsent(v), true
	case *ssa.MakeInterface, *ssa.Alloc:
		return true, true
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return true, b.Name() == "append"
		}
		return true, w.makesError(v)
	case *ssa.UnOp:
		_, global := v.X.(*ssa.Global)
		return true, global && isErrorType(v.Type())
	}
	return false, false
}
