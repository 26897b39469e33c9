package flow

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// Limits of the walk through a callback: beyond them it counts as looking.
const (
	maxCallbackDepth  = 4
	maxCallbackBlocks = 400
)

// callbackKey identifies a function and the parameters that count as given, a bit each.
type callbackKey struct {
	fn    *ssa.Function
	given uint64
}

// origin is how a value comes from what a function is given.
type origin struct {
	looks []Look
	// direct is set for the thing itself or a part of it: whether it is there at
	// all tells nothing of it.
	direct bool
	// ask is the function value that made it, if it comes from nothing else.
	ask ssa.Value
	// only is one more than the index of the result that carries it, of a call.
	only int
}

// callbackWalk judges one function.
type callbackWalk struct {
	e     *engine
	fn    *ssa.Function
	depth int
	from  map[ssa.Value]origin
	work  []ssa.Value
	keeps map[*ssa.BasicBlock]bool
	ends  map[*ssa.BasicBlock]bool
	// counts are how many there are of what was given.
	counts map[ssa.Value]bool
	// effects is set when something is done whose outcome may depend on a look.
	effects bool
	out     *Callback
}

// callback returns how a function of this package decides, nil while that is
// being found out.
func (e *engine) callback(fn *ssa.Function, given uint64) *Callback {
	return e.callbackAt(fn, given, 0)
}

func (e *engine) callbackAt(fn *ssa.Function, given uint64, depth int) *Callback {
	key := callbackKey{fn, given}
	if c, ok := e.callbacks[key]; ok {
		return c
	}
	if depth > maxCallbackDepth || len(fn.Blocks) > maxCallbackBlocks {
		return nil
	}
	e.callbacks[key] = nil
	w := &callbackWalk{
		e: e, fn: fn, depth: depth, out: &Callback{},
		from:   map[ssa.Value]origin{},
		keeps:  map[*ssa.BasicBlock]bool{},
		ends:   map[*ssa.BasicBlock]bool{},
		counts: map[ssa.Value]bool{},
	}
	e.callbacks[key] = w.run(given)
	return e.callbacks[key]
}

func (w *callbackWalk) run(given uint64) *Callback {
	first := 0
	if w.fn.Signature.Recv() != nil {
		first = 1
	}
	for i, p := range w.fn.Params {
		if i < 64 && given&(1<<i) != 0 {
			w.add(p, origin{looks: []Look{{Param: i - first}}, direct: true})
		}
	}
	for len(w.work) > 0 {
		v := w.work[len(w.work)-1]
		w.work = w.work[:len(w.work)-1]
		w.spread(v)
	}
	w.sideEffects()
	w.out.Keeps = len(w.keeps) > 0
	w.out.Touches = w.touches()
	w.out.Alone, w.out.Trusting = w.walk(false), w.walk(true)
	if w.out.Alone.Looks && !w.out.Keeps && !w.effects && w.alwaysYes() {
		// It looks, says yes all the same, and does nothing else about it.
		w.out.Alone, w.out.Trusting, w.out.Asks = Decision{Accepts: true}, Decision{Accepts: true}, Value{}
	}
	return w.out
}

// add records where a value comes from, once.
func (w *callbackWalk) add(v ssa.Value, o origin) {
	old, known := w.from[v]
	if known {
		if old.ask != nil && o.ask == nil {
			old.ask = nil // it comes from a look as well
		} else if subset(o.looks, old.looks) {
			return
		}
		for _, l := range o.looks {
			if len(old.looks) < maxLooks && !slices.Contains(old.looks, l) {
				old.looks = append(slices.Clip(old.looks), l)
			}
		}
		old.direct = old.direct && o.direct
		o = old
	}
	w.from[v] = o
	w.work = append(w.work, v)
}

func subset(a, b []Look) bool {
	for _, l := range a {
		if len(b) < maxLooks && !slices.Contains(b, l) {
			return false
		}
	}
	return true
}

// below returns the origin of a part of the value.
func (o origin) below(name string) origin {
	if !o.direct {
		return o
	}
	looks := make([]Look, len(o.looks))
	for i, l := range o.looks {
		looks[i] = l.below(name)
	}
	o.looks = looks
	return o
}

// below returns a part of what is looked at; deep parts, as those of a list that
// is walked along, count as one.
func (l Look) below(name string) Look {
	switch {
	case l.Path == "":
		l.Path = name
	case strings.Count(l.Path, ".") < maxLookDepth:
		l.Path += "." + name
	}
	return l
}

// spread hands the origin of a value on to what is made of it.
func (w *callbackWalk) spread(v ssa.Value) {
	refs := v.Referrers()
	if refs == nil {
		return
	}
	o := w.from[v]
	for _, r := range *refs {
		switch r := r.(type) {
		case ssa.CallInstruction:
			w.call(r)
		case *ssa.Store:
			if r.Val == v {
				w.store(r.Addr, o, r.Block())
			}
		case *ssa.MapUpdate:
			w.store(r.Map, o, r.Block())
		case *ssa.Send:
			w.keeps[r.Block()] = true
		case ssa.Value:
			w.derive(r, v, o)
		}
	}
}

// derive adds the value that an instruction makes of v.
func (w *callbackWalk) derive(r ssa.Value, v ssa.Value, o origin) {
	switch r := r.(type) {
	case *ssa.FieldAddr:
		o = o.below(fieldOf(r.X.Type(), r.Field).Name())
	case *ssa.Field:
		o = o.below(fieldOf(r.X.Type(), r.Field).Name())
	case *ssa.Lookup:
		if key, ok := w.e.eval(r.Index, r.Pos()).Known(); ok && r.X == v {
			o = o.below(key)
		} else if r.Index == v {
			o.direct = false
		}
	case *ssa.BinOp:
		if o.direct && (isAbsentValue(r.X) || isAbsentValue(r.Y)) {
			return // whether there is anything tells nothing of it
		}
		o.direct = false
	case *ssa.Extract:
		if _, ok := r.Tuple.(*ssa.Next); ok && r.Index == 0 || o.only != 0 && o.only != r.Index+1 {
			return
		}
		if a, ok := r.Tuple.(*ssa.TypeAssert); ok && a.CommaOk && r.Index == 1 {
			o.direct = false
		}
		o.only = 0
	}
	w.add(r, o)
}

// isAbsentValue reports whether v is nil or the empty text.
func isAbsentValue(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && isAbsent(c)
}

// store follows what is stored: into a variable of the function, or to where
// others see it.
func (w *callbackWalk) store(addr ssa.Value, o origin, b *ssa.BasicBlock) {
	if base := w.localBase(addr); base != nil {
		o.direct = o.direct && base == addr
		w.add(base, o)
		return
	}
	w.keeps[b] = true
}

// localBase returns the variable, map or object of the function behind an
// address, nil if it belongs to others.
func (w *callbackWalk) localBase(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.UnOp:
			if a, ok := x.X.(*ssa.Alloc); ok && x.Op == token.MUL {
				stores := w.e.storesTo(a)
				if len(stores) != 1 {
					return a
				}
				v = stores[0].Val
				continue
			}
			return nil
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.Call, *ssa.Extract:
			return x
		default:
			return nil
		}
	}
	return nil
}

// sideEffects looks for what ends the program or leaves a trace for others.
func (w *callbackWalk) sideEffects() {
	for _, b := range w.fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Panic:
				w.effects = true
			case *ssa.Store:
				w.effects = w.effects || w.localBase(instr.Addr) == nil
			case *ssa.MapUpdate:
				w.effects = w.effects || w.localBase(instr.Map) == nil
			case *ssa.Send:
				w.effects = true
			case ssa.CallInstruction:
				w.callEffects(instr)
			}
		}
	}
}

func (w *callbackWalk) callEffects(instr ssa.CallInstruction) {
	s := w.e.siteOf(instr)
	if shape.HasWord(s.name(), "fatal", "fatalf", "fatalln", "exit", "goexit", "panic", "panicf", "panicln", "abort") {
		w.ends[instr.Block()] = true
		w.effects = true
		return
	}
	if v, ok := instr.(*ssa.Call); ok && len(*v.Referrers()) > 0 {
		return
	}
	if _, ok := instr.Common().Value.(*ssa.Builtin); ok {
		return
	}
	for _, d := range w.e.funcDirectives(s.callee) {
		if isLogged(d) || d.Verb == "transfer" {
			return
		}
	}
	w.effects = w.effects || !w.formats(s)
}

// alwaysYes reports whether each return says yes.
func (w *callbackWalk) alwaysYes() bool {
	for _, b := range w.fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && (len(r.Results) == 0 || !w.isYes(r.Results[len(r.Results)-1], 0)) {
			return false
		}
	}
	return true
}

// isYes reports whether a result can be nothing but yes.
func (w *callbackWalk) isYes(v ssa.Value, depth int) bool {
	if phi, ok := v.(*ssa.Phi); ok && depth < maxCallbackDepth {
		return !slices.ContainsFunc(phi.Edges, func(edge ssa.Value) bool { return !w.isYes(edge, depth+1) })
	}
	d := w.meaning(v, false, 0)
	return d.Accepts && !d.Looks
}

// blockStep is a block and the one before it on the way.
type blockStep struct{ block, pred *ssa.BasicBlock }

// walk goes all ways from the entry as far as nothing has been looked at.
func (w *callbackWalk) walk(trusting bool) Decision {
	var out Decision
	seen := map[blockStep]bool{}
	stack := []blockStep{{block: w.fn.Blocks[0]}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[at] || w.ends[at.block] {
			continue
		}
		seen[at] = true
		if w.keeps[at.block] {
			out.Looks = true
			continue
		}
		switch last := at.block.Instrs[len(at.block.Instrs)-1].(type) {
		case *ssa.If:
			if w.isLook(last.Cond, trusting) {
				out.Looks = true
				continue
			}
		case *ssa.Return:
			d := w.says(last, at.pred, trusting)
			out.Accepts, out.Looks = out.Accepts || d.Accepts, out.Looks || d.Looks
		}
		for _, next := range w.next(at) {
			stack = append(stack, blockStep{next, at.block})
		}
	}
	return out
}

// next returns the blocks that follow. A loop over what was given is gone
// through at least once: a peer without a certificate is no peer.
func (w *callbackWalk) next(at blockStep) []*ssa.BasicBlock {
	last, ok := at.block.Instrs[len(at.block.Instrs)-1].(*ssa.If)
	if !ok {
		return at.block.Succs
	}
	if o, ok := w.from[last.Cond]; ok && o.ask != nil {
		return yesBranch(last) // gone here only if the asked function says yes
	}
	if at.pred == nil || at.block.Dominates(at.pred) {
		return at.block.Succs
	}
	cond, ok := last.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.LSS || !w.counts[cond.Y] || !slices.ContainsFunc(at.block.Preds, at.block.Dominates) {
		return at.block.Succs
	}
	return at.block.Succs[:1]
}

// yesBranch returns the blocks that follow a condition on a decision that says yes.
func yesBranch(last *ssa.If) []*ssa.BasicBlock {
	succs := last.Block().Succs
	switch cond := last.Cond.(type) {
	case *ssa.BinOp:
		switch {
		case !isAbsentValue(cond.X) && !isAbsentValue(cond.Y):
		case cond.Op == token.EQL:
			return succs[:1]
		case cond.Op == token.NEQ:
			return succs[1:]
		}
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return succs[1:]
		}
	case *ssa.Call, *ssa.Extract:
		return succs[:1]
	}
	return succs
}

// isLook reports whether a condition or a result depends on what was given, and
// takes note of that.
func (w *callbackWalk) isLook(v ssa.Value, trusting bool) bool {
	o, ok := w.from[v]
	if !ok {
		return false
	}
	if o.ask != nil && len(o.looks) == 0 {
		w.asks(o.ask)
		return !trusting
	}
	for _, l := range o.looks {
		if len(w.out.Looks) < maxLooks && !slices.Contains(w.out.Looks, l) {
			w.out.Looks = append(w.out.Looks, l)
		}
	}
	return true
}

// asks records a function value to which the decision is left.
func (w *callbackWalk) asks(f ssa.Value) {
	w.out.Asks = union(w.out.Asks, w.e.eval(f, f.Pos()))
}

// says tells what a return means.
func (w *callbackWalk) says(r *ssa.Return, pred *ssa.BasicBlock, trusting bool) Decision {
	if len(r.Results) == 0 {
		return Decision{}
	}
	v := r.Results[len(r.Results)-1]
	if phi, ok := v.(*ssa.Phi); ok && pred != nil && phi.Block() == r.Block() {
		v = phi.Edges[slices.Index(phi.Block().Preds, pred)]
	}
	return w.meaning(v, trusting, 0)
}

func (w *callbackWalk) meaning(v ssa.Value, trusting bool, depth int) Decision {
	if depth > maxCallbackDepth {
		return Decision{Looks: true}
	}
	if c, ok := v.(*ssa.Const); ok {
		return Decision{Accepts: isYes(c)}
	}
	if o, ok := w.from[v]; ok {
		if w.isLook(v, trusting) {
			return Decision{Looks: true}
		}
		return Decision{Accepts: o.ask != nil && trusting}
	}
	switch v := v.(type) {
	case *ssa.Phi:
		return w.anyOf(v.Edges, trusting, depth)
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			d := Decision{Accepts: true}
			for _, s := range w.e.storesTo(a) {
				c, ok := s.Val.(*ssa.Const)
				d.Looks = d.Looks || !ok || !isYes(c)
			}
			d.Accepts = !d.Looks
			return d
		}
	case *ssa.Call:
		return w.callMeaning(v)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return w.callMeaning(call)
		}
	}
	return Decision{}
}

func (w *callbackWalk) anyOf(values []ssa.Value, trusting bool, depth int) Decision {
	var out Decision
	for _, v := range values {
		d := w.meaning(v, trusting, depth+1)
		out.Accepts, out.Looks = out.Accepts || d.Accepts, out.Looks || d.Looks
	}
	return out
}

// callMeaning tells what the result of a call means that is given nothing.
func (w *callbackWalk) callMeaning(call *ssa.Call) Decision {
	s := w.e.siteOf(call)
	if s.fn == nil || !w.e.decidesByResult(s.fn.Signature) {
		return Decision{}
	}
	c := w.calleeCallback(s)
	if c == nil {
		return Decision{Looks: true}
	}
	return Decision{Accepts: c.Alone.Accepts && !c.Alone.Looks}
}

// touches returns all that the function looks at, on whatever way: the parts
// that conditions and results come from. Where it asks others, or looks at too
// many parts, it may look at all that it is given.
func (w *callbackWalk) touches() []Look {
	var list []Look
	for _, v := range w.decisive() {
		o := w.from[v]
		for _, l := range o.looks {
			if !slices.Contains(list, l) {
				list = append(list, l)
			}
		}
		if o.ask != nil || len(list) > maxLooks {
			return []Look{{}}
		}
	}
	return list
}

// decisive returns the conditions and results of the function.
func (w *callbackWalk) decisive() []ssa.Value {
	var list []ssa.Value
	for _, b := range w.fn.Blocks {
		switch last := b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.If:
			list = append(list, last.Cond)
		case *ssa.Return:
			list = append(list, last.Results...)
		}
	}
	return list
}
