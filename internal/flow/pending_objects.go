package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// objectArgs returns the objects that a call is given, by argument.
func (e *engine) objectArgs(s site) []*Object {
	var list []*Object
	for i, a := range s.args {
		if a == nil || e.kindOf(a.Type()) == "" {
			continue
		}
		if o := e.objectOf(a); o != nil {
			if list == nil {
				list = make([]*Object, len(s.args))
			}
			list[i] = o
		}
	}
	return list
}

// isPendingArg reports whether a call that callers of fn give the callee of is
// given an object.
func (e *engine) isPendingArg(fn *ssa.Function, o *Object) bool {
	return slices.ContainsFunc(e.pendings[fn], func(p pendingCall) bool { return slices.Contains(p.objs, o) })
}

// objectIndexes returns which objects of a summary a pending call is given: one
// more than the index by argument, 0 for none.
func objectIndexes(objs []*Object, list []ObjectSummary) []int {
	var out []int
	for i, o := range objs {
		at := slices.IndexFunc(list, func(os ObjectSummary) bool { return o != nil && os.object == o })
		if at < 0 {
			continue
		}
		if out == nil {
			out = make([]int, len(objs))
		}
		out[i] = at + 1
	}
	return out
}

// giveObjects gives a pending call the objects of its caller, as this call of
// that caller has them, if the target does something to them.
func (e *engine) giveObjects(call ssa.CallInstruction, s site, sum *Summary, cs *CallSummary, target *site) {
	does := e.summaryOf(*target)
	if does == nil {
		return
	}
	shift := len(target.actuals) - len(target.args)
	for i, at := range cs.Objects {
		touched := slices.ContainsFunc(does.Objects, func(os ObjectSummary) bool { return os.Param == i+shift })
		if at == 0 || at > len(sum.Objects) || !touched {
			continue
		}
		if o := e.objectHere(call, s, &sum.Objects[at-1], at-1); o != nil {
			if target.objs == nil {
				target.objs = make([]*Object, len(cs.Objects))
			}
			target.objs[i] = o
		}
	}
}

// objectHere returns an object of a callee as a call of it has it.
func (e *engine) objectHere(call ssa.CallInstruction, s site, os *ObjectSummary, i int) *Object {
	if os.Param < 0 {
		return e.makeInstance(call, s, os, callKey{call, s.salt + i})
	}
	if os.Param >= len(s.actuals) || s.actuals[os.Param] == nil {
		return s.objectAt(os.Param)
	}
	if list := e.objectsBelow(s.actuals[os.Param], os.Path, call.Pos()); len(list) == 1 {
		return list[0]
	}
	return nil
}

// objectAt returns the object that a pending call is given as an actual.
func (s site) objectAt(i int) *Object {
	if i -= len(s.actuals) - len(s.args); i < 0 || i >= len(s.objs) {
		return nil
	}
	return s.objs[i]
}

// objectsHere returns the objects that a pending call is given as this call of
// its caller has them, by argument.
func (e *engine) objectsHere(call ssa.CallInstruction, s site, cs *CallSummary) []*Object {
	sum := e.summaryOf(s)
	if sum == nil || len(cs.Objects) == 0 {
		return nil
	}
	list := make([]*Object, len(cs.Objects))
	for i, at := range cs.Objects {
		if at > 0 && at <= len(sum.Objects) {
			list[i] = e.objectHere(call, s, &sum.Objects[at-1], at-1)
		}
	}
	return list
}
