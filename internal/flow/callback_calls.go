package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// call follows what a function is given through a call.
func (w *callbackWalk) call(instr ssa.CallInstruction) {
	c := instr.Common()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		w.builtin(b, instr)
		return
	}
	s := w.e.siteOf(instr)
	given, ask := w.gathered(s)
	if len(given.looks) == 0 && given.ask == nil && ask == nil {
		return
	}
	given = w.called(s, given)
	text := false
	for _, d := range w.e.funcDirectives(s.callee) {
		switch {
		case isLogged(d):
			return
		case d.Verb == "transfer":
			text = true
			given.only = w.transfers(d, s, given)
		}
	}
	known := w.calleeCallback(s)
	if known != nil && !known.Keeps && known.Asks.IsZero() && !known.Alone.Looks {
		return // nothing of it comes back but a yes
	}
	if known != nil && known.Asks.IsZero() && !known.Keeps {
		given.looks = w.mapped(known, s, given.looks)
	}
	if ask != nil && s.callee == nil && s.fn == nil {
		given.ask, given.looks = ask, nil
	}
	if v, ok := instr.(*ssa.Call); ok {
		w.add(v, given)
		if len(*v.Referrers()) > 0 {
			w.written(s, given)
			return
		}
	}
	if text || w.written(s, given) || w.formats(s) {
		return
	}
	if known == nil || known.Keeps || known.Alone.Looks {
		w.keeps[instr.Block()] = true
	}
}

// called returns the origin of what a call makes of what was given: a part of its
// own if a method without a body is asked for it, the thing itself if a text is
// only read into it.
func (w *callbackWalk) called(s site, given origin) origin {
	if from, ok := w.from[s.recv]; ok && from.direct && s.fn == nil && len(from.looks) == len(given.looks) && w.e.summaryOf(s) == nil {
		given.direct = true
		given = given.below(s.name())
	}
	given.direct = false
	for _, d := range w.e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && d.Words[0] == "part" && !a.Quoted && len(s.args) > 0 && s.arg(a.Index) != nil && !isText(s.common.Signature().Results().At(0).Type()) {
			given.direct = w.from[s.arg(a.Index)].direct
		}
	}
	return given
}

// gathered returns the origins of all operands of a call together, and the
// function value that it asks, if it does.
func (w *callbackWalk) gathered(s site) (origin, ssa.Value) {
	var o origin
	for _, a := range s.actuals {
		from, ok := w.from[a]
		if !ok {
			continue
		}
		if from.ask != nil && len(o.looks) == 0 {
			o.ask = from.ask
		}
		for _, l := range from.looks {
			o.ask = nil
			if len(o.looks) < maxLooks && !slices.Contains(o.looks, l) {
				o.looks = append(o.looks, l)
			}
		}
	}
	if from, ok := w.from[s.common.Value]; ok && !s.common.IsInvoke() {
		o.looks = append(o.looks, from.looks...)
	}
	if s.common.IsInvoke() || len(o.looks) == 0 || !w.e.decidesByResult(s.common.Signature()) {
		return o, nil
	}
	return o, s.common.Value
}

// decidesByResult reports whether the last result of a signature says yes or no.
func (e *engine) decidesByResult(sig *types.Signature) bool {
	n := sig.Results().Len()
	if n == 0 {
		return false
	}
	t := sig.Results().At(n - 1).Type()
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Kind() == types.Bool
	}
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// transfers follows a text operation of the models: it returns one more than
// the index of the result that holds the text. Its errors tell nothing of what
// the text says.
func (w *callbackWalk) transfers(d directive, s site, o origin) int {
	for _, a := range d.Args {
		switch a.Name {
		case "result":
			return a.Index + 1
		case "to", "into":
			target := s.recv
			if !isRecv(a) {
				target = s.arg(a.Index)
			}
			if target == nil {
				break
			}
			if base := w.localBase(target); base != nil {
				w.add(base, o)
			}
			return 64 // no result carries it
		}
	}
	return 1
}

// calleeCallback returns what is known of the callee, for the operands of this
// call that come from what was given.
func (w *callbackWalk) calleeCallback(s site) *Callback {
	if s.fn == nil {
		if sum := w.e.summaryOf(s); sum != nil {
			return sum.Callback
		}
		return nil
	}
	var given uint64
	for i, a := range s.actuals {
		if _, ok := w.from[a]; ok && i < 64 {
			given |= 1 << i
		}
	}
	return w.e.callbackAt(s.fn, given, w.depth+1)
}

// mapped returns what a callee looks at in terms of what this function is given.
func (w *callbackWalk) mapped(c *Callback, s site, otherwise []Look) []Look {
	var list []Look
	first := len(s.actuals) - len(s.args)
	for _, l := range c.Touches {
		i := l.Param + first
		if i < 0 || i >= len(s.actuals) {
			return otherwise
		}
		from, ok := w.from[s.actuals[i]]
		if !ok {
			continue
		}
		if from.direct && l.Path != "" {
			from = from.below(l.Path)
		}
		for _, m := range from.looks {
			if len(list) < maxLooks && !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	if len(list) == 0 {
		return otherwise
	}
	return list
}

// written marks objects of this function that a call is given the chance to
// write to (hash.Write, errors.As), and reports whether there are any.
func (w *callbackWalk) written(s site, o origin) bool {
	found := false
	for _, a := range s.actuals {
		if _, ok := w.from[a]; ok {
			continue
		}
		switch a.Type().Underlying().(type) {
		case *types.Pointer, *types.Interface, *types.Map:
			if base := w.localBase(a); base != nil {
				w.add(base, o)
				found = true
			}
		}
	}
	return found
}

// formats reports whether what was given is only among the operands that a
// function prints: the variadic ones of any type.
func (w *callbackWalk) formats(s site) bool {
	sig := s.common.Signature()
	if !sig.Variadic() {
		return false
	}
	last := len(s.args) - 1
	slice, ok := sig.Params().At(sig.Params().Len() - 1).Type().Underlying().(*types.Slice)
	if !ok || !types.IsInterface(slice.Elem()) {
		return false
	}
	for i, a := range s.args {
		if _, ok := w.from[a]; ok && i != last && !isText(a.Type()) {
			return false
		}
	}
	return true
}

// builtin follows what is given through a built-in function.
func (w *callbackWalk) builtin(b *ssa.Builtin, instr ssa.CallInstruction) {
	args := instr.Common().Args
	for i, a := range args {
		o, ok := w.from[a]
		if !ok {
			continue
		}
		switch b.Name() {
		case "len", "cap":
			if o.direct {
				if v, ok := instr.(*ssa.Call); ok {
					w.counts[v] = true
				}
				continue // how much there is tells nothing of it
			}
		case "copy":
			if i == 1 {
				w.store(args[0], o, instr.Block())
			}
			continue
		case "delete":
			w.store(args[0], o, instr.Block())
			continue
		case "print", "println", "panic":
			continue
		}
		if v, ok := instr.(*ssa.Call); ok {
			w.add(v, o)
		}
	}
}
