package flow

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The path of a parameter may go through a function value: "opts[]!0:cfg.Token"
// is what the functions in opts store at cfg.Token of their first argument.
const throughCall = "!"

// maxOptions is how many functions of a list are looked at.
const maxOptions = 32

// isDynamic reports whether a call is one of a function value that is not known
// by the call alone.
func (s site) isDynamic() bool {
	_, builtin := s.common.Value.(*ssa.Builtin)
	return s.callee == nil && s.fn == nil && !builtin && !s.common.IsInvoke()
}

// storedByValue returns what the functions that a value may be store at a path
// of the argument with an index; for functions that a caller gives, the hole
// that it fills.
func storedByValue(called Value, arg int, path string) Value {
	var out Value
	for _, alt := range called.Alts {
		if len(alt.Parts) != 1 {
			continue
		}
		switch p := alt.Parts[0]; {
		case p.Callback != nil:
			for _, st := range p.Callback.Stores {
				if st.Param == arg && st.Path == path {
					out = union(out, st.Value)
				}
			}
		case p.Kind == Param:
			p.Path += throughCall + strconv.Itoa(arg) + ":" + path
			p.Checked = false
			out = union(out, single(p))
		}
	}
	return out
}

// calledPath splits a path that goes through a function value: where the value
// lies, which argument of it is meant, and the path below that.
func calledPath(path string) (where string, arg int, below string) {
	where, rest, _ := strings.Cut(path, throughCall)
	n, below, _ := strings.Cut(rest, ":")
	arg, err := strconv.Atoi(n)
	if err != nil {
		arg = -1
	}
	return where, arg, below
}

// calledAt returns the functions at a path of an argument of a call.
func (e *engine) calledAt(v ssa.Value, where string, s site) []Value {
	if where == "" {
		return []Value{e.withCallbacks(e.eval(v, s.pos()))}
	}
	if where != "[]" {
		return []Value{e.withCallbacks(e.pathValue(v, where, s.instr))}
	}
	values, _ := e.elementValues(v, nil)
	list := make([]Value, 0, len(values))
	for _, elem := range values[:min(len(values), maxOptions)] {
		list = append(list, e.withCallbacks(e.eval(elem, s.pos())))
	}
	if len(list) == 0 {
		list = append(list, e.withCallbacks(e.pathValue(v, where, s.instr)))
	}
	return list
}

// throughCalls returns what a path through a function value means at a call.
func (e *engine) throughCalls(arg ssa.Value, path string, s site) Value {
	where, index, below := calledPath(path)
	var out Value
	for _, called := range e.calledAt(arg, where, s) {
		out = union(out, storedByValue(called, index, below))
	}
	return out
}

// OptionCall is a call by which a function value sets something on a struct that
// the function makes or is given.
type OptionCall struct {
	Callback Value
	Arg      int
	Result   int // of the function, or -1
	Param    int // of the function, or -1
	Path     string
}

// maxOptionCalls is how many of them a summary tells.
const maxOptionCalls = 8

// optionCalls returns the calls of function values in fn that are given a struct
// which callers have.
func (e *engine) optionCalls(fn *ssa.Function) []OptionCall {
	var list []OptionCall
	var places map[ssa.Value]Place
	add := func(called Value, arg int, v ssa.Value, below string) {
		if len(list) == maxOptionCalls || !called.openIn(fn) && len(called.Callbacks()) == 0 {
			return
		}
		root, p := e.rootOf(v)
		oc := OptionCall{Callback: neutralFor(called, fn), Arg: arg, Result: -1, Param: -1}
		if param, ok := root.(*ssa.Parameter); ok && param.Parent() == fn {
			oc.Param, _ = paramIndex(param)
			oc.Path = belowPath(p.String(), below)
			list = append(list, oc)
			return
		}
		if places == nil {
			places = e.resultPlaces(fn)
		}
		if at, ok := places[root]; ok {
			oc.Result, oc.Path = at.Param, belowPath(belowPath(at.Path, p.String()), below)
			list = append(list, oc)
		}
	}
	for _, call := range e.memoOfObjects.optionSites[fn] {
		s := e.siteOf(call)
		if s.isDynamic() {
			called := e.eval(s.common.Value, s.pos())
			for i, a := range s.args {
				if holdsFields(a.Type()) {
					add(called, i, a, "")
				}
			}
			continue
		}
		sum := e.summaryOf(s)
		if sum == nil {
			continue
		}
		for _, oc := range sum.Options {
			if oc.Param >= 0 && oc.Param < len(s.actuals) {
				called, _ := e.substitute(oc.Callback, s)
				add(called, oc.Arg, s.actuals[oc.Param], oc.Path)
			}
		}
	}
	return list
}

// optionSite notes a call by which a function value may set something on a struct.
func (e *engine) optionSite(call ssa.CallInstruction) {
	fn := call.Parent()
	e.memoOfObjects.optionSites[fn] = append(e.memoOfObjects.optionSites[fn], call)
}

// resultPlaces returns where the structs that fn makes lie in its results.
func (e *engine) resultPlaces(fn *ssa.Function) map[ssa.Value]Place {
	out := map[ssa.Value]Place{}
	var visit func(v ssa.Value, result int, pre path, depth int)
	visit = func(v ssa.Value, result int, pre path, depth int) {
		root, p := e.rootOf(v)
		if _, known := out[root]; known || len(p) > 0 || depth > maxHeldDepth {
			return
		}
		if _, ok := root.(*ssa.Alloc); !ok {
			return
		}
		out[root] = Place{result, pre.String()}
		pl := e.places[root]
		if pl == nil {
			return
		}
		for _, writes := range pl.exact {
			for _, w := range writes[:min(len(writes), maxTogether)] {
				if holdsFields(w.val.Type()) && len(pre)+len(w.path) <= maxPath {
					visit(w.val, result, append(pre[:len(pre):len(pre)], w.path...), depth+1)
				}
			}
		}
	}
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			for i, v := range r.Results {
				if holdsFields(v.Type()) {
					visit(v, i, nil, 0)
				}
			}
		}
	}
	return out
}

// optionObjects returns the objects that function values given to a callee leave
// at a path of its result.
func (e *engine) optionObjects(call *ssa.Call, s site, sum *Summary, index int, text string) []*Object {
	var list []*Object
	for i, oc := range sum.Options {
		if oc.Result != index {
			continue
		}
		below, ok := pathBelow(text, oc.Path)
		if !ok {
			continue
		}
		for j, c := range e.optionCallbacks(oc, s) {
			for k, os := range c.Edits {
				if os.Into == oc.Arg && os.IntoPath == below {
					list = together(list, e.editedObject(call, os, optionKey{call, i, j, k}))
				}
			}
		}
	}
	return list
}

// optionKey identifies an object that an option makes, at one call.
type optionKey struct {
	call    ssa.CallInstruction
	i, j, k int
}

func (e *engine) editedObject(call *ssa.Call, os ObjectSummary, key optionKey) *Object {
	if o, ok := e.objects[key]; ok {
		return o
	}
	o := e.newObject(key, os.Kind, call.Pos(), call.Parent())
	o.Instance, o.Callee, o.Provider, o.Exposed = true, os.Callee, os.Provider, os.Exposed
	e.addEdits(o, os.Events, call, 0)
	return o
}

// optionCallbacks returns the functions that an option call means at a call of
// the function that makes it.
func (e *engine) optionCallbacks(oc OptionCall, s site) []*Callback {
	var list []*Callback
	for _, alt := range oc.Callback.Alts {
		if len(alt.Parts) != 1 {
			continue
		}
		p := alt.Parts[0]
		if p.Kind != Param {
			list = append(list, e.withCallbacks(single(p)).Callbacks()...)
			continue
		}
		if p.Index >= len(s.actuals) || p.owner != nil && p.owner != s.fn {
			continue
		}
		for _, v := range e.calledAt(s.actuals[p.Index], p.Path, s) {
			list = append(list, v.Callbacks()...)
		}
	}
	return list
}

// applyOptions adds what function values given to a callee do to objects that
// lie in what it returns or is given.
func (e *engine) applyOptions(call ssa.CallInstruction, s site, sum *Summary) {
	for _, oc := range sum.Options {
		var base ssa.Value
		if oc.Param >= 0 && oc.Param < len(s.actuals) {
			base = s.actuals[oc.Param]
		} else if v, ok := call.(*ssa.Call); ok && oc.Result == 0 {
			base = v // of several results the first is the struct, but for odd code
			if r := extracted(v, 0); r != nil {
				base = r
			}
		}
		if base == nil {
			continue
		}
		for _, c := range e.optionCallbacks(oc, s) {
			for _, os := range c.Edits {
				if os.Param != oc.Arg || os.Path == "" || len(os.Events) == 0 {
					continue
				}
				for _, o := range e.objectsBelow(base, belowPath(oc.Path, os.Path), call.Pos()) {
					e.addEdits(o, os.Events, call, 0)
				}
			}
		}
	}
}

// pathBelow returns what a path has below another, and whether it begins with that.
func pathBelow(path, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(path, prefix)
	if !ok || prefix != "" && rest != "" && !strings.ContainsAny(rest[:1], ".[(") {
		return "", false
	}
	return strings.TrimPrefix(rest, "."), true
}

// mapStores replaces the values of stores.
func mapStores(list []StoreSummary, replace func(Value) Value) []StoreSummary {
	out := slices.Clone(list)
	for i := range out {
		out[i].Value = replace(out[i].Value)
	}
	return out
}
