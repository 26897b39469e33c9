package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/rules"
)

// rows judges a list of rows whose columns are named beside it.
func (k *storer) rows(one pending, s site, columns, rows rules.DirectiveArg) []pending {
	if s.arg(columns.Index) == nil || s.arg(rows.Index) == nil {
		return nil
	}
	names, ok := k.ordered(s.arg(columns.Index))
	if !ok {
		return nil
	}
	var list []pending
	for _, row := range k.rowsOf(s.arg(rows.Index)) {
		values, ok := k.ordered(unboxed(row))
		if !ok {
			continue
		}
		for i, name := range names[:min(len(names), len(values))] {
			if text, ok := k.eval(unboxed(name), s.pos()).Known(); ok {
				list = append(list, k.entry(one, text, values[i], 0)...)
			}
		}
		if len(list) > 0 {
			return list // the other rows are like it
		}
	}
	return list
}

// rowsOf returns the rows of a list, or those that a function returns which is
// asked for each.
func (k *storer) rowsOf(v ssa.Value) []ssa.Value {
	v = unboxed(v)
	if call, ok := v.(*ssa.Call); ok {
		below := k.passedOn(call)
		if below == nil {
			return nil
		}
		v = unboxed(below)
	}
	if change, ok := v.(*ssa.ChangeType); ok {
		v = change.X
	}
	if mc, ok := v.(*ssa.MakeClosure); ok {
		v = mc.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		elems, _ := k.elementValues(v, nil)
		return elems[:min(len(elems), maxAlternatives)]
	}
	var list []ssa.Value
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(r.Results) > 0 && len(list) < maxAlternatives {
			list = append(list, r.Results[0])
		}
	}
	return list
}
