package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// write is an instruction that stores val at a path of a root.
type write struct {
	path  path
	key   string // the path as text
	val   ssa.Value
	instr ssa.Instruction
}

// given is a call that is given the address of a path of a root, or a reference
// that lies there, as one of its arguments.
type given struct {
	path path
	call ssa.CallInstruction
	arg  int
}

// place is what is known of one root: what is written to it, and who gets it.
type place struct {
	exact  map[string][]write // by path
	shaped map[string][]write // by path without keys, those with an element
	given  []given
	in     map[*ssa.Function]bool // where something is written to it
	// filtered is set when given holds only calls that may store something that
	// is seen; unseen are the others.
	filtered bool
	unseen   []given
}

func (e *engine) placeOf(root ssa.Value) *place {
	p := e.places[root]
	if p == nil {
		p = &place{exact: map[string][]write{}, in: map[*ssa.Function]bool{}}
		e.places[root] = p
	}
	return p
}

// indexWrites records what the instructions of fn, and of the functions inside
// it, write where.
func (e *engine) indexWrites(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				e.indexWrite(instr.Addr, nil, instr.Val, instr)
			case *ssa.MapUpdate:
				e.indexWrite(instr.Map, elementHop(instr.Key), instr.Value, instr)
			case *ssa.Send:
				e.indexWrite(instr.Chan, &hop{kind: hopAny}, instr.X, instr)
			case ssa.CallInstruction:
				e.indexGiven(instr)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		e.indexWrites(anon)
	}
}

func (e *engine) indexWrite(addr ssa.Value, last *hop, val ssa.Value, instr ssa.Instruction) {
	root, p := e.walkTo(addr)
	if last != nil {
		p = append(p, *last)
	}
	if len(p) > maxPath {
		return
	}
	pl, w := e.placeOf(root), write{p, p.String(), val, instr}
	pl.in[instr.Parent()] = true
	pl.exact[w.key] = append(pl.exact[w.key], w)
	if p.keyed() {
		if pl.shaped == nil {
			pl.shaped = map[string][]write{}
		}
		pl.shaped[p.shape()] = append(pl.shaped[p.shape()], w)
	}
}

// walkTo is walk for an address: a variable that holds a reference is itself
// what is stored to, not what the reference leads to.
func (e *engine) walkTo(addr ssa.Value) (ssa.Value, path) {
	switch addr.(type) {
	case *ssa.Alloc, *ssa.Global:
		return addr, nil
	case *ssa.FreeVar:
		if b, ok := e.bindings[addr.(*ssa.FreeVar)]; ok {
			return e.walkTo(b)
		}
	}
	return e.walk(addr)
}

func (e *engine) indexGiven(call ssa.CallInstruction) {
	for i, arg := range call.Common().Args {
		if !isReference(arg.Type()) {
			continue
		}
		root, p := e.walk(arg)
		switch root.(type) {
		case *ssa.Alloc, *ssa.Parameter, *ssa.MakeMap, *ssa.MakeSlice, *ssa.Global, *ssa.Call, *ssa.Extract:
			pl := e.placeOf(root)
			pl.in[call.Parent()] = true
			pl.given = append(pl.given, given{p, call, i})
		}
	}
}

// writesAt returns the writes to a path of a root. An element that is not known
// may be any; more than maxWrite are not looked at.
func (e *engine) writesAt(root ssa.Value, p path) (list []write, all bool) {
	pl := e.places[root]
	if pl == nil {
		return nil, true
	}
	if !p.keyed() {
		return firstWrites(pl.exact[p.String()])
	}
	if !p.open() {
		list = append(list, pl.exact[p.String()]...)
	}
	for i, w := range pl.shaped[p.shape()] {
		if i == maxWrite {
			return list, false
		}
		if w.path.meets(p) && (p.open() || w.path.open()) {
			list = append(list, w)
		}
	}
	return firstWrites(list)
}

func firstWrites(list []write) ([]write, bool) {
	if len(list) > maxWrite {
		return list[:maxWrite], false
	}
	return list, true
}

type readKey struct {
	root  ssa.Value
	path  string
	test  bool
	point ssa.Instruction
}

// read returns what is known of the value at a path from v, the zero Value if
// nothing is.
func (e *engine) read(v ssa.Value, p path, near token.Pos) Value {
	return e.readFrom(v, p, near, pointOf(v))
}

// readFrom is read at a point of a function: what is written only later is not
// there yet.
func (e *engine) readFrom(v ssa.Value, p path, near token.Pos, point ssa.Instruction) Value {
	if p.calls() {
		return e.readCallOnce(v, p, near, point)
	}
	root, pre := e.walk(v)
	p = append(pre[:len(pre):len(pre)], p...)
	if len(p) > maxPath {
		return Value{Truncated: true}
	}
	if pl := e.places[root]; point != nil && (pl == nil || !pl.in[point.Parent()]) {
		point = nil
	}
	key := readKey{root, p.String(), e.inTest(near), point}
	if known, ok := e.reads[key]; ok {
		return known
	}
	if e.depth >= maxDepth {
		return Value{Truncated: true}
	}
	e.reads[key] = Value{Truncated: true} // structs copied back and forth end here
	e.depth++
	out := e.readRoot(root, p, near, point)
	e.depth--
	e.reads[key] = out
	return out
}

func (e *engine) readRoot(root ssa.Value, p path, near token.Pos, point ssa.Instruction) Value {
	if n := len(p); n > 0 && p[n-1].kind == hopField {
		if v, ok := e.modelValue(e.fieldDirectives(p[n-1].owner, p[n-1].field), nil, near); ok {
			return v
		}
	}
	switch root := root.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return e.readPlace(root, p, point)
	case *ssa.Global:
		return e.readGlobal(root, p, near, point)
	case *ssa.Const:
		return Value{}
	}
	if len(p) == 0 {
		return e.eval(root, near)
	}
	if param, ok := root.(*ssa.Parameter); ok {
		return e.readParam(param, p, near)
	}
	return union(e.readPlace(root, p, point), e.readMade(root, p, near))
}

// readMade returns what a path from the result of a call, or from one of
// several values, holds when it comes here.
func (e *engine) readMade(root ssa.Value, p path, near token.Pos) Value {
	var out Value
	switch root := root.(type) {
	case *ssa.Call:
		return e.readResult(root, 0, p)
	case *ssa.Extract:
		if call, ok := root.Tuple.(*ssa.Call); ok {
			return e.readResult(call, root.Index, p)
		}
	case *ssa.Phi:
		for _, edge := range root.Edges {
			if edge != root {
				out = union(out, e.read(edge, p, near))
			}
		}
	}
	return out
}

// readPlace returns what is written to a path of an allocation, by calls that
// are given its address too, and what is stored there as part of a whole.
func (e *engine) readPlace(root ssa.Value, p path, point ssa.Instruction) Value {
	writes, all := e.writesAt(root, p)
	writes = e.alive(writes, point)
	out := Value{Truncated: !all}
	for _, w := range writes {
		out = union(out, e.inRowOf(e.writtenValue(w), root, p, w))
	}
	out = union(out, e.readGiven(root, p, point))
	if len(p) == 0 {
		return union(out, e.readList(root, point))
	}
	return union(out, e.readWhole(root, p, writes, point))
}

// readList returns what a list holds: all its elements.
func (e *engine) readList(root ssa.Value, point ssa.Instruction) Value {
	if elementOf(deref(root.Type())) == nil {
		return Value{}
	}
	if isBytes(root.Type()) {
		return e.readCharacters(root)
	}
	return e.readPlace(root, path{{kind: hopAny}}, point)
}

// readCharacters returns the text of a list of characters that is written out
// as a whole. One that is filled piece by piece is not known.
func (e *engine) readCharacters(root ssa.Value) Value {
	array, ok := deref(root.Type()).Underlying().(*types.Array)
	elems, ordered := e.ordered(root)
	if !ok || !ordered || int64(len(elems)) != array.Len() {
		return Value{}
	}
	var b strings.Builder
	for _, elem := range elems {
		c, ok := elem.(*ssa.Const)
		if !ok || c.Value == nil {
			return Value{}
		}
		if basic, _ := array.Elem().Underlying().(*types.Basic); basic.Kind() == types.Byte {
			b.WriteByte(byte(c.Int64()))
		} else {
			b.WriteRune(rune(c.Int64()))
		}
	}
	return single(Part{Kind: Text, Text: b.String(), At: e.location(root.Pos(), root.Pos())})
}

// readWhole returns what a path of a root has from what was stored there as a
// whole, the longest beginning of the path that was, unless one of the writes
// to the path itself always comes after it.
func (e *engine) readWhole(root ssa.Value, p path, later []write, point ssa.Instruction) Value {
	for n := len(p) - 1; n >= 0; n-- {
		wholes, all := e.writesAt(root, p[:n])
		out := Value{Truncated: !all}
		found := false
		for _, w := range e.alive(wholes, point) {
			if w.val == root || overwritten(w.instr, later) {
				continue
			}
			found = true
			out = union(out, e.inRowOf(e.readFrom(w.val, p[n:], w.instr.Pos(), pointThrough(w, point)), root, p[:n], w))
		}
		if found {
			return out
		}
	}
	return Value{}
}

// pointThrough returns the point at which what a write stores is read: then, if
// it stores a copy, later, if it stores a reference.
func pointThrough(w write, point ssa.Instruction) ssa.Instruction {
	if isReference(w.val.Type()) {
		return point
	}
	if p := pointOf(w.val); p != nil {
		return p
	}
	return w.instr
}

// overwritten reports whether one of the writes comes after an instruction
// whatever happens, errors aside.
func overwritten(instr ssa.Instruction, later []write) bool {
	for _, w := range later {
		if w.instr.Parent() == instr.Parent() && always(instr.Block(), w.instr.Block()) {
			return true
		}
	}
	return false
}

// maxChecks is how many conditions up from a block are looked at.
const maxChecks = 16

// always reports whether block b comes after block a unless an error or a nil
// is found between them.
func always(a, b *ssa.BasicBlock) bool {
	for range maxChecks {
		if a == b {
			return true
		}
		d := b.Idom()
		if d == nil {
			return false
		}
		if cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If); ok && !isNilCheck(cond.Cond) {
			return false
		}
		b = d
	}
	return false
}

// isNilCheck reports whether a condition compares with nil.
func isNilCheck(v ssa.Value) bool {
	b, ok := v.(*ssa.BinOp)
	if !ok {
		return false
	}
	for _, side := range []ssa.Value{b.X, b.Y} {
		if c, ok := side.(*ssa.Const); ok && c.Value == nil {
			return true
		}
	}
	return false
}

// writtenValue returns what a write stores.
func (e *engine) writtenValue(w write) Value {
	if e.isDead(w.instr.Block()) {
		return Value{}
	}
	return e.eval(w.val, w.instr.Pos()).under(e.guardsOf(w.instr.Block()))
}

// readParam returns the hole for a path of a parameter, beside what the package
// stores in the field.
func (e *engine) readParam(v *ssa.Parameter, p path, near token.Pos) Value {
	i, ok := paramIndex(v)
	if !ok {
		return Value{}
	}
	hole := single(Part{Kind: Param, Index: i, Path: p.String(), Name: v.Name(), owner: v.Parent()})
	return union(hole, e.storedAt(p, near))
}

// storedAt returns what the package stores in the field that a path ends in; if
// it ends in elements of a field, or in what another package keeps behind the
// field, what the values stored in that have there.
func (e *engine) storedAt(p path, near token.Pos) Value {
	last := p[len(p)-1]
	if last.kind == hopField {
		if v := e.stored(last.field, near); len(v.Alts) > 0 {
			return v
		}
	}
	for n := len(p) - 1; n > 0; n-- {
		if p[n-1].kind != hopField {
			continue
		}
		stores := e.visible(e.fields[p[n-1].field], near)
		// What several values have somewhere is told only of elements: the
		// rest of a struct belongs together.
		if len(stores) == 0 || len(stores) > 1 && last.kind == hopField {
			continue
		}
		var out Value
		for _, s := range stores[:min(len(stores), maxAlternatives)] {
			out = union(out, neutral(e.read(s.Val, p[n:], s.Pos())))
		}
		return out
	}
	return Value{}
}

// readGlobal returns what is stored in a package variable or a part of it.
func (e *engine) readGlobal(g *ssa.Global, p path, near token.Pos, point ssa.Instruction) Value {
	if len(p) == 0 {
		return e.global(g, near)
	}
	if g.Pkg != e.pkg {
		return Value{}
	}
	out := neutral(e.readPlace(g, p, point))
	if len(out.Alts) == 0 {
		return out
	}
	return out.withStep(e.variableStep(g))
}

func (e *engine) variableStep(g *ssa.Global) finding.Step {
	return step(finding.Pass, e.location(g.Pos(), g.Pos()+token.Pos(len(g.Name()))), "variable "+g.Name())
}

// readResult returns what a path from a result of a call holds.
func (e *engine) readResult(call *ssa.Call, index int, p path) Value {
	near := call.Pos()
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() != "append" || p[0].kind != hopElem && p[0].kind != hopAny {
			return Value{}
		}
		p = append(path{{kind: hopAny}}, p[1:]...)
		var out Value
		for _, a := range call.Call.Args {
			out = union(out, e.read(a, p, near))
		}
		return out
	}
	var out Value
	for _, s := range e.sitesOf(call) {
		out = union(out, e.readSite(call, s, index, p))
	}
	return out
}

// readSite is readResult for one function that the call can be of.
func (e *engine) readSite(call *ssa.Call, s site, index int, p path) Value {
	if s.fn != nil {
		v, _ := e.substitute(e.resultPath(s.fn, index, p), s)
		if len(v.Alts) == 0 && !v.Truncated && e.staysZero(s.fn, index, p, 0) {
			return text("")
		}
		return v
	}
	sum := e.summaryOf(s)
	if sum == nil {
		return Value{}
	}
	for _, fs := range sum.Fields {
		if fs.Result == index && fs.Field == p.String() {
			v, _ := e.substitute(fs.Value, s)
			if len(v.Alts) == 0 && !v.Truncated && fs.Zero {
				return text("")
			}
			return v
		}
	}
	arg, from, ok := sum.linked(s, index, p.String())
	switch {
	case !ok:
		return Value{}
	case arg != nil && from == "":
		return e.eval(arg, call.Pos())
	case arg != nil:
		return e.pathValue(arg, from, call)
	}
	if alias, ok := resolvePath(resultType(call, index), from); ok && len(alias) > 0 {
		return e.readResult(call, index, alias)
	}
	return Value{}
}

type resultKey struct {
	fn    *ssa.Function
	index int
	path  string
}

// resultPath returns what a path from a result of fn holds, in terms of the
// parameters of fn.
func (e *engine) resultPath(fn *ssa.Function, index int, p path) Value {
	key := resultKey{fn, index, p.String()}
	if known, ok := e.resultPaths[key]; ok {
		return known
	}
	e.resultPaths[key] = Value{}
	var out Value
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && index < len(r.Results) {
			out = union(out, e.read(r.Results[index], p, r.Pos()).under(e.guardsOf(b)))
		}
	}
	if fn.Parent() == nil {
		out = neutralFor(out, fn)
	}
	e.resultPaths[key] = out
	return out
}

// unread is what a path that nothing is known of means: what the package stores
// in the field, beside the hole that code elsewhere may fill.
func (e *engine) unread(p path, near token.Pos) Value {
	last := p[len(p)-1]
	switch last.kind {
	case hopField:
		return union(single(Part{Kind: Setting, Name: last.name, Path: last.name}), e.stored(last.field, near))
	case hopElem:
		return single(Part{Kind: Setting, Name: last.name})
	}
	return unknown("")
}

// at returns what is known of the value that v is read from.
//
// The value of a variable itself is not at any point: its address may be used later.
func (e *engine) at(v ssa.Value, near token.Pos) Value {
	out := e.read(v, nil, near)
	if len(out.Alts) > 0 {
		return out
	}
	root, p := e.walk(v)
	if len(p) == 0 {
		return e.blank(root, out)
	}
	if v := e.elementIn(root, p, near); len(v.Alts) > 0 {
		return union(out, v)
	}
	return union(out, e.unread(p, near))
}

// elementIn returns what is known of an element of a list or a map that is a
// value of a model as a whole: the arguments of the command line, a setting.
func (e *engine) elementIn(root ssa.Value, p path, near token.Pos) Value {
	if !p.onlyElements() {
		return Value{}
	}
	whole := Value{}
	if g, ok := root.(*ssa.Global); ok {
		whole, _ = e.modelValue(e.directives(g.Object(), ""), nil, near)
	} else {
		whole = e.eval(root, near)
	}
	if !whole.any(isModelled) {
		return Value{}
	}
	return whole
}

// isModelled reports whether a part is a value that a model tells of.
func isModelled(p Part) bool {
	return p.Kind == Role || p.Kind == Environment || p.Kind == Setting && p.Path == "" && !p.At.IsZero()
}

// onlyElements reports whether a path goes through lists and maps alone.
func (p path) onlyElements() bool {
	return !slices.ContainsFunc(p, func(h hop) bool { return h.kind == hopField })
}

// blank is what a variable holds that nothing is stored in.
func (e *engine) blank(root ssa.Value, out Value) Value {
	a, ok := root.(*ssa.Alloc)
	if !ok {
		return Value{Truncated: true}
	}
	if v, ok := e.wrapped(a); ok {
		return v
	}
	if b, ok := deref(a.Type()).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 && !escapes(a) && !out.Truncated {
		return text("")
	}
	return unknown(a.Comment)
}
