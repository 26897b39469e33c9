package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// readGiven returns what calls store at a path of what they are given.
func (e *engine) readGiven(root ssa.Value, p path, point ssa.Instruction) Value {
	var out Value
	pl := e.places[root]
	if pl == nil {
		return out
	}
	for _, g := range e.fillers(pl) {
		n := len(g.path)
		if n > len(p) || g.path.shape() != p[:n].shape() || !g.path.meets(p[:n]) || !e.before(g.call, point) {
			continue
		}
		out = union(out, e.storedBy(g, p[n:]))
	}
	return out
}

// fillers returns the calls that may store in what they are given: those of
// functions whose body or summary is known, and of models that say so. Of more
// than maxPass the first are taken.
func (e *engine) fillers(pl *place) []given {
	if pl.filtered {
		return pl.given
	}
	pl.filtered = true
	var list []given
	for _, g := range pl.given {
		if len(list) < maxPass && e.mayFill(e.siteOf(g.call)) {
			list = append(list, g)
		} else if _, builtin := g.call.Common().Value.(*ssa.Builtin); !builtin {
			pl.unseen = append(pl.unseen, g)
		}
	}
	pl.given = list
	return list
}

func (e *engine) mayFill(s site) bool {
	if s.fn != nil || s.isDynamic() {
		return true
	}
	if b, ok := s.common.Value.(*ssa.Builtin); ok {
		return b.Name() == "copy"
	}
	for _, d := range e.funcDirectives(s.callee) {
		if _, ok := d.Arg("into"); ok {
			return true
		}
	}
	sum := e.summaryOf(s)
	return sum != nil && len(sum.Stores) > 0
}

// storedBy returns what one call stores at a path of one of its arguments.
func (e *engine) storedBy(g given, p path) Value {
	s := e.siteOf(g.call)
	if _, ok := s.common.Value.(*ssa.Builtin); ok {
		if g.arg == 0 && len(p) == 0 {
			return e.eval(s.args[1], s.pos())
		}
		return Value{}
	}
	if s.isDynamic() {
		return storedByValue(e.withCallbacks(e.eval(s.common.Value, s.pos())), g.arg, p.String())
	}
	param := g.arg + len(s.actuals) - len(s.common.Args)
	if s.fn != nil {
		v, _ := e.substitute(e.paramWrites(s.fn, param, p), s)
		return v
	}
	if sum := e.summaryOf(s); sum != nil {
		return e.storedBySummary(sum, param, p, s)
	}
	if !p.onlyElements() {
		return Value{}
	}
	return e.storedByModel(s, s.common.Args[g.arg])
}

func (e *engine) storedBySummary(sum *Summary, param int, p path, s site) Value {
	var out Value
	text := p.String()
	for _, st := range sum.Stores {
		if st.Param == param && st.Path == text {
			v, _ := e.substitute(st.Value, s)
			out = union(out, v)
		}
	}
	return out
}

// storedByModel returns what a modelled call stores through an argument.
func (e *engine) storedByModel(s site, arg ssa.Value) Value {
	var out Value
	for _, d := range e.funcDirectives(s.callee) {
		into, ok := d.Arg("into")
		if !ok || into.Index < 0 || s.arg(into.Index) != arg {
			continue
		}
		switch d.Verb {
		case "value":
			v, _ := e.modelValue([]directive{d}, &s, s.pos())
			out = union(out, v)
		case "transfer":
			out = union(out, e.transfer(d, s))
		case "fallback":
			if a, ok := d.Arg("value"); ok {
				out = union(out, e.operand(s, a))
			}
		}
	}
	return out
}

// paramWrites returns what fn stores at a path of its parameter, in terms of
// its parameters.
func (e *engine) paramWrites(fn *ssa.Function, param int, p path) Value {
	if param < 0 || param >= len(fn.Params) {
		return Value{}
	}
	key := resultKey{fn, -1 - param, p.String()}
	if known, ok := e.resultPaths[key]; ok {
		return known
	}
	e.resultPaths[key] = Value{}
	out := withoutObjects(e.readPlace(fn.Params[param], p, nil))
	if fn.Parent() == nil {
		out = neutralFor(out, fn)
	}
	e.resultPaths[key] = out
	return out
}

// maxLeaves is how many paths of a type a fact tells of.
const maxLeaves = 24

// leaves returns the paths to the texts in a type that the package stores
// something in: in fields, and in the elements of lists.
func (e *engine) leaves(t types.Type) []path {
	var list []path
	var visit func(t types.Type, p path, seen []types.Type)
	visit = func(t types.Type, p path, seen []types.Type) {
		t = through(t)
		if len(p) > 3 || len(list) >= maxLeaves || slices.Contains(seen, t) {
			return
		}
		seen = append(seen[:len(seen):len(seen)], t)
		if elem := elementOf(t); elem != nil {
			if _, ok := through(elem).Underlying().(*types.Struct); ok {
				visit(elem, append(p[:len(p):len(p)], hop{kind: hopAny}), seen)
			}
			return
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return
		}
		for i := range st.NumFields() {
			f := st.Field(i).Origin()
			q := append(p[:len(p):len(p)], hop{field: f, owner: t, name: f.Name()})
			if !isText(f.Type()) || types.IsInterface(f.Type()) {
				visit(f.Type(), q, seen)
			} else if len(e.fields[f]) > 0 && len(list) < maxLeaves {
				list = append(list, q)
			}
		}
	}
	visit(t, nil, nil)
	return list
}

// fieldFacts returns what fn stores in the texts of the structs that it returns.
func (e *engine) fieldFacts(fn *ssa.Function) []FieldSummary {
	var list []FieldSummary
	results := fn.Signature.Results()
	for i := range results.Len() {
		for _, p := range e.leaves(results.At(i).Type()) {
			if len(list) == maxSummaryFields {
				return list
			}
			v := e.resultPath(fn, i, p)
			zero := e.staysZero(fn, i, p, 0)
			if v.any(func(part Part) bool { return part.Kind == ObjectRef }) || !informative(v) && (!zero || len(v.Alts) > 0) {
				continue
			}
			list = append(list, FieldSummary{i, p.String(), v, zero})
		}
	}
	return list
}

// storeFacts returns what fn stores in what its parameters point to.
func (e *engine) storeFacts(fn *ssa.Function) []StoreSummary {
	var list []StoreSummary
	for i, param := range fn.Params {
		for _, p := range e.writtenPaths(param, 0) {
			if len(list) == maxSummaryFields {
				return list
			}
			if v := e.paramWrites(fn, i, p); informative(v) {
				list = append(list, StoreSummary{i, p.String(), v})
			}
		}
	}
	return list
}

// writtenPaths returns the paths of texts that are written in what a parameter
// points to, by its function and by those that this hands it to.
func (e *engine) writtenPaths(param ssa.Value, depth int) []path {
	pl := e.places[param]
	if pl == nil || depth > 2 {
		return nil
	}
	var list []path
	for _, writes := range pl.exact {
		if w := writes[0]; isText(w.val.Type()) && !types.IsInterface(w.val.Type()) {
			list = append(list, w.path)
		}
	}
	for _, g := range e.fillers(pl) {
		s := e.siteOf(g.call)
		i := g.arg + len(s.actuals) - len(s.common.Args)
		if s.fn == nil || i >= len(s.fn.Params) || len(list) > maxLeaves {
			continue
		}
		for _, p := range e.writtenPaths(s.fn.Params[i], depth+1) {
			list = append(list, append(g.path[:len(g.path):len(g.path)], p...))
		}
	}
	slices.SortFunc(list, func(a, b path) int { return strings.Compare(a.String(), b.String()) })
	return slices.CompactFunc(list, func(a, b path) bool { return a.String() == b.String() })
}
