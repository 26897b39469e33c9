package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/rules"
)

// isRecv reports whether an argument of a directive stands for the receiver.
func isRecv(a rules.DirectiveArg) bool { return !a.Quoted && a.Text == "recv" }

// fieldKey identifies an object that lives in a field: of one struct if its
// allocation is known, of every struct of the type otherwise.
type fieldKey struct {
	base  any
	field *types.Var
}

// callKey identifies an object that a callee makes, at one call of it.
type callKey struct {
	call ssa.CallInstruction
	n    int
}

// objectOf returns the object that v is or points to, nil if it is none.
func (e *engine) objectOf(v ssa.Value) *Object {
	if v == nil || !e.mayBeObject(v.Type()) && !e.makesOption(v) {
		return nil
	}
	// A cycle ends in no object. What is found while one is open is kept all
	// the same: walking it again from every side would cost exponential time.
	if o, ok := e.resolved[v]; ok {
		return o
	}
	e.resolved[v] = nil
	o := e.resolve(v)
	e.resolved[v] = o
	return o
}

// resolve finds the object of v by the instruction that makes v.
func (e *engine) resolve(v ssa.Value) *Object {
	switch v := v.(type) {
	case *ssa.Alloc:
		return e.objectOfAlloc(v)
	case *ssa.Call:
		if e.givesNil(v) {
			return nil
		}
		return e.objectOfCall(v, 0)
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Call:
			return e.objectOfCall(t, v.Index)
		case *ssa.TypeAssert:
			return e.objectOf(t.X)
		}
		return e.objectAtPath(v, v.Pos())
	case *ssa.Parameter:
		return e.objectOfParameter(v)
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return e.objectAt(v, v.X)
		case token.ARROW:
			return e.objectAtPath(v, v.Pos())
		}
	case *ssa.FieldAddr:
		return e.objectOfField(v, v.X, v.Field)
	case *ssa.Field:
		return e.objectOfField(v, v.X, v.Field)
	case *ssa.Index, *ssa.Lookup:
		return e.objectAtPath(v, v.Pos())
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if o := e.objectOf(edge); o != nil {
				return o
			}
		}
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.objectOf(b)
		}
	case *ssa.Global:
		return e.objectOfGlobal(v)
	}
	return e.resolveConverted(v)
}

// givesNil reports whether a call is of a function of this package that returns
// nil whatever happens, in the place of an object.
func (e *engine) givesNil(call *ssa.Call) bool {
	fn := e.siteOf(call).fn
	if fn == nil || len(fn.Blocks) == 0 {
		return false
	}
	returns := 0
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		returns++
		if c, ok := r.Results[0].(*ssa.Const); !ok || !c.IsNil() {
			return false
		}
	}
	return returns > 0
}

// resolveConverted is resolve for what changes the type only.
func (e *engine) resolveConverted(v ssa.Value) *Object {
	switch v := v.(type) {
	case *ssa.MakeMap:
		return e.typed(v, v.Type(), v.Pos(), v.Parent())
	case *ssa.MakeInterface:
		if o := e.objectOf(v.X); o != nil {
			return o
		}
		return e.decorator(v)
	case *ssa.ChangeInterface:
		return e.objectOf(v.X)
	case *ssa.ChangeType:
		if o := e.objectOf(v.X); o != nil {
			return o
		}
		if e.kindOf(v.Type()) == jwtClaims {
			if o := e.claimsOf(v.X); o != nil {
				return o
			}
		}
		return e.typed(v, v.Type(), v.Pos(), v.Parent())
	case *ssa.TypeAssert:
		return e.objectOf(v.X)
	}
	return nil
}

// mayBeObject is the cheap first look at a type.
func (e *engine) mayBeObject(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return false
	case *types.Signature:
		return e.kindOf(t) != "" // options are functions in many libraries
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Basic); ok {
			return false
		}
	}
	return true
}

// makesOption reports whether a value is a function without a type of its own
// that a call of the models makes.
func (e *engine) makesOption(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	if _, ok := v.Type().(*types.Signature); !ok {
		return false
	}
	return slices.ContainsFunc(e.funcDirectives(e.siteOf(call).callee), func(d directive) bool { return d.Verb == "new" })
}

// typed returns the object for v if its type is a kind of object.
func (e *engine) typed(key any, t types.Type, pos token.Pos, fn *ssa.Function) *Object {
	if o, ok := e.objects[key]; ok {
		return o
	}
	kind := e.kindOf(t)
	if kind == "" {
		return nil
	}
	o := e.newObject(key, kind, pos, fn)
	o.Type = namedOf(t).Obj().Name()
	o.Provider = e.providerOf(namedOf(t).Obj().Pkg())
	switch key.(type) {
	case *ssa.Alloc, *ssa.MakeMap:
		o.Literal = true
	default:
		o.Exposed = true
	}
	return o
}

// providerOf returns the provider whose SDK a package belongs to, "" if none.
func (e *engine) providerOf(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	if m := e.model(pkg.Path()); m != nil {
		return m.Provider
	}
	return ""
}

// newObject records an object under its key.
func (e *engine) newObject(key any, kind string, pos token.Pos, fn *ssa.Function) *Object {
	e.order++
	o := &Object{Kind: kind, Pos: pos, End: pos, At: e.location(pos, pos), key: key, fn: fn, order: e.order}
	if fn != nil {
		o.Symbol = symbol(fn)
		for f := fn; f != nil; f = f.Parent() {
			e.byFunc[f] = append(e.byFunc[f], o)
		}
	}
	e.objects[key] = o
	e.list = append(e.list, o)
	e.tokens.any = e.tokens.any || kind == jwtClaims
	return o
}

func (e *engine) objectOfAlloc(a *ssa.Alloc) *Object {
	elem := deref(a.Type())
	if _, ok := elem.Underlying().(*types.Pointer); ok || types.IsInterface(elem) || isMap(elem) {
		// A variable that holds the object: what is stored in it.
		for _, s := range e.storesTo(a) {
			if o := e.objectOf(s.Val); o != nil {
				return o
			}
		}
		return nil
	}
	if o, ok := e.objects[a]; ok {
		return o
	}
	// A struct that is stored as a whole is the object that it was, or a copy.
	for _, s := range e.storesTo(a) {
		o := e.objectOf(s.Val)
		if o == nil {
			continue
		}
		if !copies(s) {
			return o
		}
		c := e.newObject(a, o.Kind, a.Pos(), a.Parent())
		c.adopt(o)
		return c
	}
	return e.typed(a, elem, a.Pos(), a.Parent())
}

// copies reports whether a store of a struct leaves another one that may still
// be used.
func copies(s *ssa.Store) bool {
	load, ok := s.Val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	a, ok := load.X.(*ssa.Alloc)
	if !ok {
		return true
	}
	loads := 0
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp:
			loads += max(1, len(*r.Referrers()))
		case *ssa.FieldAddr:
		case *ssa.Store:
			if r.Addr != a {
				loads++
			}
		default:
			loads++
		}
	}
	return loads > 1
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// objectOfParameter returns the object that a parameter is by its type.
func (e *engine) objectOfParameter(v *ssa.Parameter) *Object {
	o := e.typed(v, v.Type(), v.Pos(), v.Parent())
	e.find(o, v, nil)
	return o
}

// objectAt returns the object that v is, loaded from an address.
func (e *engine) objectAt(v, addr ssa.Value) *Object {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return e.objectOfAlloc(addr)
	case *ssa.FieldAddr:
		return e.objectOfField(v, addr.X, addr.Field)
	case *ssa.Global:
		return e.objectOfGlobal(addr)
	case *ssa.FreeVar:
		if b, ok := e.bindings[addr]; ok {
			return e.objectAt(v, b)
		}
		return nil
	case *ssa.IndexAddr:
		return e.objectAtPath(v, v.Pos())
	}
	return e.objectOf(addr)
}

// objectOfField returns the object in a field: the owner itself if the field is
// a part of it, what this function or the package stores there, or an object of
// its own if the field's type is a kind of object.
func (e *engine) objectOfField(v, base ssa.Value, index int) *Object {
	f := fieldOf(base.Type(), index)
	for _, d := range e.fieldDirectives(base.Type(), f) {
		if d.Verb == "part" {
			return e.objectOf(base)
		}
	}
	if e.embedsEntries(base.Type(), f) {
		return e.objectOf(base)
	}
	return e.objectAtPath(v, v.Pos())
}

func (e *engine) objectOfGlobal(g *ssa.Global) *Object {
	if o, ok := e.objects[g]; ok {
		return o
	}
	for _, s := range e.globals[g] {
		if o := e.objectOf(s.Val); o != nil {
			return o
		}
	}
	if g.Object() != nil && g.Object().Pkg() != nil {
		if o := e.objectOfVariable(g.Object().Pkg().Path(), g.Name()); o != nil {
			return o
		}
	}
	return e.typed(g, deref(g.Type()), g.Pos(), nil)
}

// objectOfCall returns the object that a call yields as its index-th result.
func (e *engine) objectOfCall(call *ssa.Call, index int) *Object {
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		switch d.Verb {
		case "new":
			if resultIndex(d) == index {
				return e.made(d, s)
			}
		case "fluent", "part":
			if index == 0 {
				return e.objectOf(s.recv)
			}
		}
	}
	if index == 0 && e.fluent(s) {
		return e.objectOf(s.recv)
	}
	if o, ok := e.objects[callKey{call, -1 - index}]; ok {
		return o
	}
	if list := e.resultObjects(call, index, nil); len(list) > 0 {
		return list[0]
	}
	t := call.Type()
	if tuple, ok := t.(*types.Tuple); ok {
		if index >= tuple.Len() {
			return nil
		}
		t = tuple.At(index).Type()
	}
	return e.typed(callKey{call, -1 - index}, t, call.Pos(), call.Parent())
}

// resultIndex returns which result carries the object of a "new" directive.
func resultIndex(d directive) int {
	for _, a := range d.Args {
		if a.Name == "result" {
			return a.Index
		}
	}
	return 0
}

// made returns the object that a modelled call makes.
func (e *engine) made(d directive, s site) *Object {
	if o, ok := e.objects[s.instr]; ok {
		return o
	}
	o := e.newObject(s.instr, d.Words[0], s.pos(), s.instr.Parent())
	o.Callee = s.callee.FullName()
	o.Provider = e.providerOf(s.callee.Pkg())
	for _, d := range e.funcDirectives(s.callee) {
		if d.Verb == "parent" && len(d.Words) > 0 {
			o.adopt(e.variableTarget(s, d.Words[0]))
			for _, v := range e.targets(s, d.Words[0]) {
				e.adoptAll(o, v)
			}
		}
	}
	return o
}

// fluent reports whether a method returns its receiver by a model of its type.
func (e *engine) fluent(s site) bool {
	if s.callee == nil || s.recv == nil || s.callee.Signature().Results().Len() == 0 {
		return false
	}
	n := namedOf(s.recv.Type())
	if n == nil || namedOf(s.callee.Signature().Results().At(0).Type()) != n {
		return false
	}
	for _, d := range e.directives(n.Obj(), "") {
		if d.Verb == "fluent" {
			return true
		}
	}
	return false
}

// adoptAll makes the object of v a parent of o, or those of the elements of a slice.
func (e *engine) adoptAll(o *Object, v ssa.Value) {
	if v == nil {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Slice); !ok {
		o.adopt(e.objectOf(v))
		return
	}
	if c, ok := v.(*ssa.Const); ok && c.Value == nil {
		return
	}
	values, all := e.elementValues(v, nil)
	if !all {
		o.OpenOptions = true // filled where the engine does not look
	}
	for _, elem := range values {
		o.adopt(e.objectOf(elem))
	}
	for _, p := range e.objectsFrom(v, path{{kind: hopAny}}, v.Pos()) {
		o.adopt(p)
	}
}

// adopt makes p a parent of o: what is set on p holds for o.
func (o *Object) adopt(p *Object) {
	if p == nil || p == o {
		return
	}
	for _, q := range o.parents {
		if q == p {
			return
		}
	}
	o.parents = append(o.parents, p)
}

// targets returns the operands that a directive's word names: recv, argN or argN....
func (e *engine) targets(s site, word string) []ssa.Value {
	if first, ok := strings.CutSuffix(word, "..."); ok {
		if i, ok := argIndex(first); ok {
			return e.restList(s, i)
		}
		return nil
	}
	return []ssa.Value{s.target(word)}
}

// target returns the operand that a directive's word names: recv or argN.
func (s site) target(word string) ssa.Value {
	if word == "recv" {
		return s.recv
	}
	if i, ok := argIndex(word); ok {
		return s.arg(i)
	}
	return nil
}

// argIndex reads "argN".
func argIndex(word string) (int, bool) {
	if len(word) < 4 || word[:3] != "arg" {
		return 0, false
	}
	n := 0
	for _, c := range word[3:] {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// collectArguments records an event for each argument of a command.
func (e *engine) collectArguments(d directive, s site, o *Object) {
	for _, a := range d.Args {
		for _, v := range e.directiveValues(s, a) {
			pos := v.Pos()
			if !pos.IsValid() {
				pos = s.pos()
			}
			e.record(o, &Event{Role: d.Words[1], Text: s.name(), Pos: s.pos(), Args: []Arg{{Name: a.Name, Value: e.eval(v, pos)}}}, s.instr)
		}
	}
}
