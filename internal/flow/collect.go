package flow

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// collectFunc gathers what happens in a declared function and in the function
// literals inside it, once.
func (e *engine) collectFunc(fn *ssa.Function) {
	if e.collected[fn] {
		return
	}
	e.collected[fn], e.memoOfObjects.collecting[fn] = true, true
	outer := e.current
	e.current = root(fn)
	defer func() {
		e.current = outer
		delete(e.memoOfObjects.collecting, fn)
	}()
	// Function literals first: a call of one in this function asks for its summary.
	for _, anon := range fn.AnonFuncs {
		e.collectFunc(anon)
	}
	for _, b := range fn.Blocks {
		if e.isDead(b) {
			continue
		}
		for _, instr := range b.Instrs {
			e.collectInstr(fn, instr)
		}
	}
}

func (e *engine) collectInstr(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		e.collectCall(instr)
	case *ssa.Store:
		e.collectStore(instr)
	case *ssa.MapUpdate:
		e.collectUpdate(instr)
	case *ssa.Alloc:
		e.collectShared(instr)
		e.objectOf(instr)
	case *ssa.BinOp:
		e.collectComparison(instr)
	case *ssa.Return:
		e.collectReturn(fn, instr)
		if isErrorMethod(fn) {
			e.noteValue(instr, instr.Results[0], channelError, "Error")
		}
	case *ssa.Panic:
		e.noteValue(instr, instr.X, channelError, "panic")
	case *ssa.Phi:
		e.collectFallback(instr, instr.Pos())
	}
}

// collectCall records the events of a modelled call, or those of the summary
// of any other, and places that a parameter's name makes a credential.
func (e *engine) collectCall(instr ssa.CallInstruction) {
	for _, s := range e.sitesOf(instr) {
		e.collectSite(instr, s)
	}
	if call, ok := instr.(*ssa.Call); ok {
		e.collectFallback(call, call.Pos())
	}
}

// collectSite is collectCall for one function that the call can be of.
func (e *engine) collectSite(instr ssa.CallInstruction, s site) {
	e.collectHandedOn(s)
	e.pend(s)
	if s.callee == nil && s.fn == nil {
		e.noteBuiltin(s)
		e.noteSigner(s)
		e.noteFuncValue(s)
		e.noteLogValue(s)
		e.collectEdits(s)
		e.optionSite(instr)
		return
	}
	ds := e.funcDirectives(s.callee)
	e.noteCall(s, ds)
	var made *Object
	for _, d := range ds {
		if d.Verb == "new" && len(d.Words) > 0 {
			made = e.made(d, s)
		}
	}
	for _, d := range ds {
		switch d.Verb {
		case "on":
			e.collectOn(d, s, made)
		case "fallback":
			e.collectDefault(d, s)
		case "transfer":
			if d.Words[0] == "context-value" {
				e.collectContext(d, s)
			}
		}
	}
	if len(ds) > 0 && s.fn == nil {
		return
	}
	if sum := e.summaryOf(s); sum != nil {
		e.instantiate(instr, s, sum)
	}
	e.collectParameters(s)
}

// collectOn records one "on" directive of a call.
func (e *engine) collectOn(d directive, s site, made *Object) {
	if len(d.Words) < 2 {
		return
	}
	if word := d.Words[0]; word == "new" || strings.HasPrefix(word, "result") {
		e.collectOnObject(d, s, made)
		return
	}
	if o := e.variableTarget(s, d.Words[0]); o != nil {
		e.collectOnObject(d, s, o)
		return
	}
	for _, v := range e.targets(s, d.Words[0]) {
		if v == nil {
			continue
		}
		if d.Words[1] == lineRole {
			e.collectLine(d, s, v)
			continue
		}
		list := e.objectsOf(v)
		if len(list) == 0 {
			list = append(list, e.anyObject(v))
		}
		for _, o := range list {
			e.collectOnObject(d, s, o)
		}
	}
}

// anyObject returns the object that stands for a value of a kind that its type
// does not tell: what happens to it is still seen, here and by callers.
func (e *engine) anyObject(v ssa.Value) *Object {
	if o, ok := e.objects[v]; ok {
		return o
	}
	fn := v.Parent()
	o := e.newObject(v, "", v.Pos(), fn)
	o.Exposed = true
	e.find(o, v, nil)
	return o
}

// collectOnObject records an "on" directive on one object.
func (e *engine) collectOnObject(d directive, s site, o *Object) {
	if o == nil {
		return
	}
	if s.given != nil && (d.Words[1] == "claims" || d.Words[1] == "argument") {
		return // these ask for more than values
	}
	e.noteUse(d, s)
	switch d.Words[1] {
	case "claims":
		e.collectClaims(o, d, s)
		return
	case "command-login":
		e.collectCommandLogin(o, d, s)
		return
	}
	if d.Words[1] == "argument" {
		e.collectArguments(d, s, o)
		return
	}
	if e.collectEntries(d, s, o) {
		return
	}
	ev := &Event{Role: e.partRole(s.recv, d.Words[1]), Text: s.name(), Pos: s.pos(), Upgrades: d.Words[0] == "recv" && upgrades(s.instr)}
	if len(s.way) > 0 {
		ev.Steps = joinSteps(s.way, []finding.Step{step(finding.Sink, s.at, s.name())})
	}
	for _, a := range d.Args {
		v := e.operand(s, a)
		if method, ok := d.Arg("method"); ok && a.Name == "callback" {
			v = e.methodOf(s.arg(a.Index), method.Text)
		}
		if d.Words[1] == "body" && !a.Quoted && s.arg(a.Index) != nil {
			v = e.bodyText(s.arg(a.Index), v, s.name())
		}
		ev.Args = append(ev.Args, e.argument(a.Name, v))
		ev.Args[len(ev.Args)-1].ByChance = !a.Quoted && len(v.Alts) > 1 && e.byChance(s.arg(a.Index))
		if a.Quoted || d.Words[1] != "include" && d.Words[1] != "send" {
			continue
		}
		if isRecv(a) {
			e.adoptAll(o, s.recv)
		} else {
			e.adoptAll(o, s.arg(a.Index))
		}
	}
	e.record(o, ev, s.instr)
	e.edit(o, ev, s.instr, 0)
}

// argument returns a named argument, functions with all that is known of them.
func (e *engine) argument(name string, v Value) Arg {
	if name == "callback" {
		v = e.withCallbacks(v)
	}
	return Arg{Name: name, Value: v}
}

// maxEvents is how many events an object has at most.
const maxEvents = 400

// record appends an event to an object.
func (e *engine) record(o *Object, ev *Event, instr ssa.Instruction) {
	ev.when = allOf(ev.when, e.guardsOf(instr.Block()))
	if len(o.Events) == maxEvents || excluding(ev.when) {
		return
	}
	for i := range ev.Args {
		ev.Args[i].Value = ev.Args[i].Value.where(ev.when)
	}
	e.order++
	ev.order, ev.fn, ev.instr = e.order, instr.Parent(), instr
	e.noteOuter(o, ev, instr.Parent())
	if ev.End == token.NoPos {
		ev.Pos, ev.End = e.span(instr, ev.Pos)
	}
	ev.At = e.location(ev.Pos, ev.End)
	if call, ok := instr.(ssa.CallInstruction); ok {
		ev.Target = e.literals.assignedFirst(call.Pos())
	}
	ev.Symbol = symbol(instr.Parent())
	ev.otherwise = ev.otherwise || e.conditional(instr) && (len(ev.when) == maxGuards || e.unguarded(instr))
	ev.Conditional = ev.Conditional || e.conditional(instr)
	o.Events = append(o.Events, ev)
}

// span returns the source range of an instruction: of the call expression for
// a call, of its last link for a chain over several lines, else the position alone.
func (e *engine) span(instr ssa.Instruction, pos token.Pos) (token.Pos, token.Pos) {
	if _, ok := instr.(ssa.CallInstruction); ok {
		if call := e.literals.call(pos); call != nil {
			return e.literals.start(call), call.End()
		}
	}
	return pos, pos
}

// collectStore records a store to a field or to a package variable.
func (e *engine) collectStore(s *ssa.Store) {
	switch addr := s.Addr.(type) {
	case *ssa.FieldAddr:
		e.collectField(s, addr)
	case *ssa.Global:
		if obj := addr.Object(); obj != nil && addr.Pkg == e.pkg {
			e.collectNamed(s, &Named{Name: addr.Name(), Use: "variable " + addr.Name(), Symbol: addr.Name()}, s.Val, s.Pos())
		}
		e.collectVariable(s, addr)
	}
}

func (e *engine) collectField(s *ssa.Store, addr *ssa.FieldAddr) {
	f := fieldOf(addr.X.Type(), addr.Field)
	owner := ""
	if n := namedOf(addr.X.Type()); n != nil {
		owner = n.Obj().Name()
	}
	base, in := modelOwner(addr)
	var ds []directive
	if in != "" {
		ds = e.directives(f, in)
	}
	e.collectEntry(s, addr, f)
	for _, d := range ds {
		switch d.Verb {
		case "field":
			e.fieldEvent(d, s, addr, base, in)
		case "part":
			if o := e.objectOf(base); o != nil && !e.partEntries(d, o, s) {
				e.adoptAll(o, s.Val)
			}
		}
	}
	e.noteField(s, f, owner, ds)
	if len(ds) > 0 {
		return
	}
	if e.collectSecretField(s, f, owner, addr.X) {
		return
	}
	use := "field " + f.Name()
	if owner != "" {
		use += " of " + owner
	}
	e.collectNamed(s, &Named{Name: f.Name(), Use: use, Type: owner, beside: addr.X}, s.Val, s.Pos())
}

// modelOwner returns the struct of a named type that a field belongs to, perhaps
// through structs without names, and the name that models have for that place:
// "Config", "Config.Net.TLS". It is "" without a named type.
func modelOwner(addr *ssa.FieldAddr) (base ssa.Value, owner string) {
	inner := ""
	for base = addr.X; ; {
		if n := namedOf(base.Type()); n != nil {
			return base, n.Obj().Name() + inner
		}
		outer, ok := base.(*ssa.FieldAddr)
		if !ok {
			return addr.X, ""
		}
		inner = "." + fieldOf(outer.X.Type(), outer.Field).Name() + inner
		base = outer.X
	}
}

// fieldEvent records one "field" directive of a store.
func (e *engine) fieldEvent(d directive, s *ssa.Store, addr *ssa.FieldAddr, base ssa.Value, owner string) {
	o := e.objectOf(base)
	if o == nil || len(d.Words) == 0 {
		return
	}
	ev := &Event{Role: d.Words[0], Text: "field " + fieldOf(addr.X.Type(), addr.Field).Name() + " of " + owner, Pos: s.Pos()}
	if pos, end := e.literals.field(s.Pos(), addr.Pos()); pos.IsValid() {
		ev.Pos, ev.End = pos, end
	}
	if e.eachEntry(o, d.Words[0], []ssa.Value{s.Val}, ev, s) {
		return
	}
	if len(d.Words) > 1 {
		ev.Args = append(ev.Args, e.argument(d.Words[1], e.eval(s.Val, s.Pos())))
		ev.Args[0].ByChance = len(ev.Args[0].Value.Alts) > 1 && e.byChance(s.Val)
	}
	for _, a := range d.Args {
		if a.Quoted {
			ev.Args = append(ev.Args, Arg{Name: a.Name, Value: text(a.Text)})
		}
	}
	e.record(o, ev, s)
	e.edit(o, ev, s, 0)
}

// collectUpdate records a map entry: an event if the map is an object whose
// model says what an entry is, a named place if its key speaks of a credential.
func (e *engine) collectUpdate(u *ssa.MapUpdate) {
	key := e.eval(u.Key, u.Pos())
	e.notePayload(u)
	if o := e.objectOf(u.Map); o != nil {
		for _, d := range e.entryDirectives(u.Map.Type()) {
			ev := entryEvent(d, key, e.eval(u.Value, u.Pos()))
			ev.Role, ev.Text, ev.Pos = e.partRole(u.Map, ev.Role), "map entry", u.Pos()
			e.record(o, ev, u)
			return
		}
	}
	if name, ok := key.Known(); ok {
		e.collectNamed(u, &Named{Name: name, Use: "map key " + name}, u.Value, u.Pos())
	}
}

func (e *engine) entryDirectives(t types.Type) []directive {
	n := namedOf(t)
	if n == nil {
		return nil
	}
	var list []directive
	for _, d := range e.directives(n.Obj(), "") {
		if d.Verb == "entry" && len(d.Words) > 0 {
			list = append(list, d)
		}
	}
	return list
}

// collectParameters records arguments whose parameter's name speaks of a credential.
func (e *engine) collectParameters(s site) {
	if s.callee == nil {
		return
	}
	params := s.callee.Signature().Params()
	for i := range params.Len() {
		p := params.At(i)
		if shape.OfName(p.Name()) == shape.None || i >= len(s.args) {
			continue
		}
		n := &Named{Name: p.Name(), Use: "argument " + p.Name() + " of " + s.name()}
		if i > 0 && shape.IsUserName(params.At(i-1).Name()) && isText(s.args[i-1].Type()) {
			n.User = e.eval(s.args[i-1], s.pos())
		}
		e.collectNamed(s.instr, n, s.args[i], s.pos())
	}
}

// collectComparison records a comparison of something named like a credential
// with a constant.
func (e *engine) collectComparison(b *ssa.BinOp) {
	if b.Op != token.EQL && b.Op != token.NEQ {
		return
	}
	x, y := b.X, b.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	c, ok := y.(*ssa.Const)
	if !ok || c.Value == nil || !isText(c.Type()) {
		return
	}
	name := e.nameOf(x)
	if name == "" || e.severalTexts(x) {
		return
	}
	e.collectNamed(b, &Named{Name: name, Use: "comparison with " + name, Compared: true}, c, b.Pos())
}

// severalTexts reports whether a value is compared with more than one text: it
// is told apart, not checked.
func (e *engine) severalTexts(v ssa.Value) bool {
	if known, ok := e.several[v]; ok {
		return known
	}
	several := comparedTexts(v, 2) > 1
	e.several[v] = several
	return several
}

// comparedTexts counts the texts that a value is compared with, up to a limit.
func comparedTexts(v ssa.Value, limit int) int {
	refs := v.Referrers()
	if refs == nil {
		return 0
	}
	texts := map[string]bool{}
	for _, r := range *refs {
		b, ok := r.(*ssa.BinOp)
		if !ok {
			continue
		}
		for _, side := range []ssa.Value{b.X, b.Y} {
			if c, ok := side.(*ssa.Const); ok && !isAbsent(c) {
				texts[c.String()] = true
			}
		}
		if len(texts) >= limit {
			break
		}
	}
	return len(texts)
}

// nameOf returns what the source calls a value: the variable, field, parameter,
// map key or callee that it comes from.
func (e *engine) nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Alloc:
		return v.Comment
	case *ssa.Phi:
		return v.Comment
	case *ssa.FieldAddr:
		return fieldOf(v.X.Type(), v.Field).Name()
	case *ssa.Field:
		return fieldOf(v.X.Type(), v.Field).Name()
	case *ssa.UnOp:
		return e.nameOf(v.X)
	case *ssa.Lookup:
		key, _ := e.eval(v.Index, v.Pos()).Known()
		return key
	case *ssa.Extract:
		if l, ok := v.Tuple.(*ssa.Lookup); ok {
			return e.nameOf(l)
		}
	case *ssa.Call:
		return e.siteOf(v).name()
	case *ssa.Convert:
		return e.nameOf(v.X)
	case *ssa.MakeInterface:
		return e.nameOf(v.X)
	}
	return ""
}

// isText reports whether a value of the type can hold a credential's text.
func isText(t types.Type) bool {
	// A type may be a pointer to itself: look behind two pointers at most.
	for range 3 {
		switch u := t.Underlying().(type) {
		case *types.Basic:
			return u.Info()&types.IsString != 0
		case *types.Slice:
			b, ok := u.Elem().Underlying().(*types.Basic)
			return ok && b.Kind() == types.Byte
		case *types.Interface:
			return true
		case *types.Pointer:
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}

// collectDefault records a "fallback" directive: a default beside a setting.
func (e *engine) collectDefault(d directive, s site) {
	var key, value Value
	for _, a := range d.Args {
		switch a.Name {
		case "key":
			key = e.operand(s, a)
		case "value":
			value = e.operand(s, a)
		}
	}
	name, ok := key.Known()
	if !ok {
		return
	}
	setting := single(Part{Kind: Setting, Name: name, At: e.location(s.pos(), s.pos())})
	e.addNamed(s.instr, &Named{Name: name, Use: "default of " + name, Value: union(setting, value)}, s.pos())
}

// collectFallback records a value that is read from the environment or, if
// that has none, is a literal: whatever it is used for, the variable's name may
// speak of a credential.
func (e *engine) collectFallback(v ssa.Value, pos token.Pos) {
	if !isText(v.Type()) || types.IsInterface(v.Type()) {
		return
	}
	val := e.eval(v, pos)
	name := ""
	literal := false
	for _, alt := range val.Alts {
		if len(alt.Parts) == 1 && alt.Parts[0].Kind == Environment {
			name = alt.Parts[0].Name
		}
		_, known := alt.Known()
		_, withheld := alt.Withheld()
		literal = literal || known || withheld
	}
	if name == "" || !literal {
		return
	}
	e.addNamed(v.(ssa.Instruction), &Named{Name: name, Use: "fallback of " + name, Value: val}, pos)
}
