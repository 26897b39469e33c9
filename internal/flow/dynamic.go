package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// maxConcrete is how many variables and fields are passed to find what an
// interface holds.
const maxConcrete = 6

// dynamicMethod returns the method that a call through an interface means,
// because what the interface holds is seen to be of one type; nil otherwise.
func (e *engine) dynamicMethod(c *ssa.CallCommon) *types.Func {
	if m, ok := e.memoOfObjects.dynamic[c]; ok {
		return m
	}
	e.memoOfObjects.dynamic[c] = nil
	t := e.concreteType(c.Value, 0)
	if t == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, e.pass.Pkg, c.Method.Name())
	if obj == nil && c.Method.Pkg() != nil {
		obj, _, _ = types.LookupFieldOrMethod(t, true, c.Method.Pkg(), c.Method.Name())
	}
	m, ok := obj.(*types.Func)
	if !ok || types.IsInterface(m.Signature().Recv().Type()) {
		return nil
	}
	e.memoOfObjects.dynamic[c] = m
	return m
}

// concreteType returns the only type that an interface value is seen to hold,
// nil if there are several or it comes from elsewhere.
func (e *engine) concreteType(v ssa.Value, depth int) types.Type {
	if depth > maxConcrete {
		return nil
	}
	switch x := v.(type) {
	case *ssa.MakeInterface:
		return x.X.Type()
	case *ssa.ChangeInterface:
		return e.concreteType(x.X, depth+1)
	case *ssa.Phi:
		return e.commonType(x.Edges, depth)
	}
	if t := e.returnedType(v, depth); t != nil {
		return t
	}
	root, p := e.walkTo(v)
	if len(p) == 0 {
		root = e.variableOf(v)
	}
	if root == nil {
		return nil
	}
	if _, ok := root.(*ssa.Parameter); ok {
		return e.fieldType(p, depth)
	}
	writes, all := e.writesAt(root, p)
	if !all || len(writes) == 0 {
		return nil
	}
	values := make([]ssa.Value, len(writes))
	for i, w := range writes {
		values[i] = w.val
	}
	return e.commonType(values, depth)
}

// variableOf returns the variable that a value is loaded from, nil if it is not.
func (e *engine) variableOf(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	addr := load.X
	if fv, ok := addr.(*ssa.FreeVar); ok {
		addr = e.bindings[fv]
	}
	switch addr := addr.(type) {
	case *ssa.Alloc, *ssa.Global:
		return addr
	}
	return nil
}

// fieldType returns the type of what the package stores in the unexported field
// of its own that a path ends in.
func (e *engine) fieldType(p path, depth int) types.Type {
	if len(p) == 0 || p[len(p)-1].kind != hopField {
		return nil
	}
	f := p[len(p)-1].field
	if f.Exported() || f.Pkg() != e.pass.Pkg {
		return nil
	}
	var values []ssa.Value
	for _, s := range e.fields[f] {
		if !e.inTest(s.Pos()) {
			values = append(values, s.Val)
		}
	}
	return e.commonType(values, depth)
}

// commonType returns the one type that all values hold; nil constants hold none.
func (e *engine) commonType(values []ssa.Value, depth int) types.Type {
	var one types.Type
	for _, v := range values {
		if isAbsentValue(v) {
			continue
		}
		t := e.concreteType(v, depth+1)
		if t == nil || one != nil && !types.Identical(one, t) {
			return nil
		}
		one = t
	}
	return one
}

// returnedType returns the one type that a function of the package returns as
// an interface, nil if v is no call of one.
func (e *engine) returnedType(v ssa.Value, depth int) types.Type {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	fn := e.siteOf(call).fn
	if fn == nil || fn.Signature.Results().Len() != 1 {
		return nil
	}
	var values []ssa.Value
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			values = append(values, r.Results[0])
		}
	}
	return e.commonType(values, depth)
}

// methodOf returns a method, as a function value, of what an interface is seen
// to hold, nothing if that is not known or no type of this package.
func (e *engine) methodOf(v ssa.Value, name string) Value {
	if v == nil {
		return Value{}
	}
	t := e.concreteType(v, 0)
	if t == nil {
		return Value{}
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, e.pass.Pkg, name)
	m, ok := obj.(*types.Func)
	if !ok || m.Pkg() != e.pass.Pkg {
		return Value{}
	}
	fn := e.prog.FuncValue(m)
	if fn == nil {
		return Value{}
	}
	return e.function(fn)
}
