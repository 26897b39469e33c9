package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// eval returns what is known of v. Pointers are transparent: the value of an
// address is what is stored there. near is the use, for the place of a constant.
func (e *engine) eval(v ssa.Value, near token.Pos) Value {
	if c, ok := v.(*ssa.Const); ok {
		return e.constant(c, near)
	}
	if known, ok := e.values[v]; ok {
		return known
	}
	if e.busy[v] || e.depth >= maxDepth {
		return Value{Truncated: true}
	}
	e.busy[v] = true
	e.depth++
	out := e.compute(v, near)
	e.depth--
	delete(e.busy, v)
	e.values[v] = out // also what a cycle or the depth cut short: one look a value
	return out
}

func (e *engine) compute(v ssa.Value, near token.Pos) Value {
	if o := e.objectOf(v); o != nil {
		return single(Part{Kind: ObjectRef, Name: o.Kind, object: o})
	}
	if v.Pos().IsValid() {
		near = v.Pos()
	}
	switch v := v.(type) {
	case *ssa.Phi:
		return e.phi(v, near)
	case *ssa.BinOp:
		return e.binary(v, near)
	case *ssa.UnOp:
		return e.unary(v, near)
	case *ssa.Call:
		return e.result(v, 0)
	case *ssa.Extract:
		return e.extract(v, near)
	case *ssa.Parameter:
		return e.parameter(v)
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.eval(b, near)
		}
		return unknown(v.Name())
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global, *ssa.Field, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan:
		return e.at(v, near)
	case *ssa.Index:
		return e.element(v, v.X, near)
	case *ssa.Lookup:
		return e.ofUsers(v, e.element(v, v.X, near))
	case *ssa.Function:
		return e.function(v)
	case *ssa.MakeClosure:
		return e.closure(v)
	}
	return e.converted(v, near)
}

// converted looks through instructions that change the type only.
func (e *engine) converted(v ssa.Value, near token.Pos) Value {
	switch v := v.(type) {
	case *ssa.Convert:
		return e.eval(v.X, near)
	case *ssa.MultiConvert:
		return e.eval(v.X, near)
	case *ssa.ChangeType:
		return e.eval(v.X, near)
	case *ssa.ChangeInterface:
		return e.eval(v.X, near)
	case *ssa.MakeInterface:
		return e.eval(v.X, near)
	case *ssa.TypeAssert:
		return e.eval(v.X, near)
	case *ssa.SliceToArrayPointer:
		return e.eval(v.X, near)
	case *ssa.Slice:
		if v.Low == nil && (v.High == nil || wholeOf(v)) {
			return e.eval(v.X, near)
		}
		return partOf(e.eval(v.X, near), "")
	}
	return unknown("")
}

// wholeOf reports whether a slice takes all of an array, as make does.
func wholeOf(v *ssa.Slice) bool {
	ptr, ok := v.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	array, ok := ptr.Elem().Underlying().(*types.Array)
	high, known := v.High.(*ssa.Const)
	return ok && known && high.Int64() == array.Len()
}

// constant returns a constant with its place.
func (e *engine) constant(c *ssa.Const, near token.Pos) Value {
	if n := namedOf(c.Type()); n != nil {
		if v, ok := e.modelValue(e.directives(n.Obj(), ""), nil, near); ok {
			return v
		}
		if v, ok := e.modelValue(e.constantDirectives(n, c.Value), nil, near); ok {
			return v
		}
	}
	if c.Value == nil {
		if b, ok := c.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return text("")
		}
		return single(Part{Kind: Nil})
	}
	if c.Value.Kind() != constant.String {
		return text(c.Value.ExactString())
	}
	s := constant.StringVal(c.Value)
	part := Part{Kind: Text, Text: s}
	expr := e.literals.find(s, near)
	if expr == nil {
		return single(part)
	}
	expr, steps := e.literals.resolve(expr, e.location)
	part.At = e.location(expr.Pos(), expr.End())
	return Value{Alts: []Alt{{Parts: []Part{part}, Steps: steps}}}
}

func (e *engine) phi(v *ssa.Phi, near token.Pos) Value {
	var out Value
	for i, edge := range v.Edges {
		pred := v.Block().Preds[i]
		when, never := e.wayGuards(pred, v.Block())
		if edge == v || never {
			continue
		}
		at := near
		if last := lastPos(pred); last.IsValid() {
			at = last
		}
		out = union(out, e.eval(edge, at).under(when))
	}
	if len(out.Alts) == 0 {
		return unknown(v.Comment)
	}
	return out
}

// lastPos returns the last known position in a block.
func lastPos(b *ssa.BasicBlock) token.Pos {
	for i := len(b.Instrs) - 1; i >= 0; i-- {
		if p := b.Instrs[i].Pos(); p.IsValid() {
			return p
		}
	}
	return token.NoPos
}

func (e *engine) binary(v *ssa.BinOp, near token.Pos) Value {
	x, y := e.eval(v.X, near), e.eval(v.Y, near)
	if b, ok := v.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 && v.Op == token.ADD {
		return concat(x, y)
	}
	if out, ok := arithmetic(v.Op, x, y); ok {
		return out
	}
	for _, side := range []Value{x, y} {
		for _, alt := range side.Alts {
			for _, p := range alt.Parts {
				switch p.Kind {
				case Param, Environment, Setting:
					return single(Part{Kind: Setting, Name: p.holeName()})
				}
			}
		}
	}
	return unknown("")
}

func (e *engine) unary(v *ssa.UnOp, near token.Pos) Value {
	switch v.Op {
	case token.MUL:
		switch v.X.(type) {
		case *ssa.Alloc, *ssa.FreeVar:
			return e.at(v, near)
		}
		return e.eval(v.X, near)
	case token.ARROW:
		return e.at(v, near)
	case token.NOT:
		return negated(e.eval(v.X, near))
	}
	return unknown("")
}

// negated returns the negation of every reading of v. A parameter is negated
// where a caller fills it in.
func negated(v Value) Value {
	return v.mapParts(func(p Part) Value {
		switch {
		case p.Kind == Param:
			p.Negated = !p.Negated
		case p.Kind == Text && p.Text == "true":
			p.Text = "false"
		case p.Kind == Text && p.Text == "false":
			p.Text = "true"
		}
		return single(p)
	})
}

func (e *engine) extract(v *ssa.Extract, near token.Pos) Value {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return e.result(t, v.Index)
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return e.eval(t.X, near)
		}
	}
	if from, _, _ := upTuple(v); from != nil {
		return e.at(v, near)
	}
	return unknown("")
}

// element returns what is known of an element of a list or a map; of a text,
// nothing is.
func (e *engine) element(v, of ssa.Value, near token.Pos) Value {
	if isString(of.Type()) {
		return unknown("")
	}
	return e.at(v, near)
}

// parameter is a hole of its function, for callers to fill.
func (e *engine) parameter(v *ssa.Parameter) Value {
	if i, ok := paramIndex(v); ok {
		return single(Part{Kind: Param, Index: i, Name: v.Name(), Checked: isEmptyChecked(v), owner: v.Parent()})
	}
	return unknown(v.Name())
}

// isEmptyChecked reports whether a parameter is compared with the empty text.
func isEmptyChecked(v *ssa.Parameter) bool {
	for _, r := range *v.Referrers() {
		b, ok := r.(*ssa.BinOp)
		if !ok || b.Op != token.EQL && b.Op != token.NEQ {
			continue
		}
		for _, side := range []ssa.Value{b.X, b.Y} {
			if c, ok := side.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String && constant.StringVal(c.Value) == "" {
				return true
			}
		}
	}
	return false
}

// escapes reports whether the address of a variable is handed to a call.
func escapes(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		switch r.(type) {
		case *ssa.Store, *ssa.UnOp, *ssa.DebugRef:
		default:
			return true
		}
	}
	return false
}

// storesTo returns the stores to a variable, in the function and in the
// closures that capture it.
func (e *engine) storesTo(a ssa.Value) []*ssa.Store {
	var list []*ssa.Store
	refs := a.Referrers()
	if refs == nil {
		return nil
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == a {
				list = append(list, r)
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == a {
					list = append(list, e.storesTo(r.Fn.(*ssa.Function).FreeVars[i])...)
				}
			}
		}
	}
	return list
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// global returns what is stored in a package variable.
func (e *engine) global(g *ssa.Global, near token.Pos) Value {
	if v, ok := e.modelValue(e.directives(g.Object(), ""), nil, near); ok {
		return v
	}
	if g.Pkg != e.pkg {
		var fact Variable
		if g.Object() != nil && e.pass.ImportObjectFact(g.Object(), &fact) {
			return union(fact.Value)
		}
		return single(Part{Kind: Setting, Name: g.Name()})
	}
	var out Value
	for _, s := range e.visible(e.globals[g], near) {
		out = union(out, neutral(e.eval(s.Val, s.Pos())))
	}
	out = union(out, neutral(e.readGiven(g, nil, nil)))
	if len(out.Alts) == 0 {
		return single(Part{Kind: Setting, Name: g.Name()})
	}
	return out.withStep(e.variableStep(g))
}

// neutral replaces parameters of one function by holes that mean nothing to
// another: what a value keeps when it crosses over a field or a variable.
func neutral(v Value) Value {
	return neutralFor(v, nil)
}

// neutralFor is neutral, but keeps the parameters of one function and of those
// around it.
func neutralFor(v Value, fn *ssa.Function) Value {
	if v.guarded() {
		v.Alts = slices.Clone(v.Alts)
		for i := range v.Alts {
			v.Alts[i].When = guardsFor(v.Alts[i].When, fn)
		}
	}
	if !v.open() {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.owner != nil && within(fn, p.owner) {
			return single(p)
		}
		if p.Kind == Param {
			return single(Part{Kind: Setting, Name: p.holeName()})
		}
		if p.Kind == Moment && p.NameFrom > 0 {
			return single(later(p.Unit))
		}
		if p.NameFrom > 0 {
			p.NameFrom, p.Path = 0, ""
		}
		return single(p)
	})
}

// elementValues returns the elements of an array or a slice, those appended
// included, and whether these are all.
func (e *engine) elementValues(v ssa.Value, seen map[ssa.Value]bool) ([]ssa.Value, bool) {
	if seen[v] {
		return nil, true
	}
	if seen == nil {
		seen = map[ssa.Value]bool{}
	}
	seen[v] = true
	all := func(values ...ssa.Value) ([]ssa.Value, bool) {
		var list []ssa.Value
		complete := true
		for _, x := range values {
			more, ok := e.elementValues(x, seen)
			list, complete = append(list, more...), complete && ok
		}
		return list, complete
	}
	switch v := v.(type) {
	case *ssa.Const:
		return nil, v.Value == nil
	case *ssa.Phi:
		return all(v.Edges...)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			return all(v.Call.Args...)
		}
		return nil, false
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			var values []ssa.Value
			for _, s := range e.storesTo(a) {
				values = append(values, s.Val)
			}
			if _, isArray := deref(a.Type()).Underlying().(*types.Array); !isArray && len(values) > 0 {
				return all(values...)
			}
		}
	}
	if e.arrayOf(v, 0) == nil {
		return nil, false
	}
	var list []ssa.Value
	for _, s := range e.elementStores(v) {
		list = append(list, s.Val)
	}
	return list, true
}

// elementStores returns the stores to elements of the array behind v.
func (e *engine) elementStores(v ssa.Value) []*ssa.Store {
	base := e.arrayOf(v, 0)
	if base == nil || base.Referrers() == nil {
		return nil
	}
	var list []*ssa.Store
	for _, r := range *base.Referrers() {
		ia, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, r := range *ia.Referrers() {
			if s, ok := r.(*ssa.Store); ok && s.Addr == ia {
				list = append(list, s)
			}
		}
	}
	return list
}

// arrayOf returns the allocation behind a slice or an array value, or nil.
func (e *engine) arrayOf(v ssa.Value, depth int) ssa.Value {
	if depth > 8 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		if _, ok := deref(v.Type()).Underlying().(*types.Array); ok {
			return v
		}
		if stores := e.storesTo(v); len(stores) == 1 {
			return e.arrayOf(stores[0].Val, depth+1)
		}
	case *ssa.Slice:
		return e.arrayOf(v.X, depth+1)
	case *ssa.UnOp:
		return e.arrayOf(v.X, depth+1)
	case *ssa.Global:
		if stores := e.globals[v]; len(stores) == 1 {
			return e.arrayOf(stores[0].Val, depth+1)
		}
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.arrayOf(b, depth+1)
		}
	case *ssa.MakeSlice:
		return v
	}
	return nil
}

// mapUpdates returns the updates of the map behind m.
func (e *engine) mapUpdates(m ssa.Value) []*ssa.MapUpdate {
	key := e.mapKey(m)
	list := e.updates[key]
	if g, ok := key.(*ssa.Global); ok {
		for _, s := range e.globals[g] {
			list = append(list, e.updates[s.Val]...)
		}
	}
	return list
}
