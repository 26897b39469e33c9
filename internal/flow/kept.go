package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// An access token that the answer to a request holds, and that is stored where
// it outlives the request, is an object of kind access-token with an event kept.
// Its argument reuse says how the engine knows that the token is used again:
// "guard", it is fetched only if there is none; "once", only once; "holder", the
// place lives as long as the program; "fixed" and "long", it is fetched again
// after a fixed time, which is more than an hour or a day. Where the time of
// expiry is asked for, or whether a request was refused, there are none.

const (
	accessToken = "access-token"
	keptRole    = "kept"
	// unauthorised is the status of a request whose token has expired.
	unauthorised = 401
	// maxKeptDepth is how many calls a token is followed through.
	maxKeptDepth = 3
	// maxKeptValues is how many values are looked at in one package.
	maxKeptValues = 4096
)

// keeper looks for access tokens that are kept.
type keeper struct {
	e       *engine
	reads   []tokenRead // access tokens, as they are read from an answer
	maybe   []tokenRead // the same, if the answer is one to a login
	holders []ssa.Value // addresses of the whole answers that they are read from
	answer  *types.Struct
	timely  map[*ssa.Function]bool            // asks the clock
	refused map[*ssa.Function]bool            // asks whether a request was refused
	heeds   map[*ssa.Function]bool            // asks for the time of expiry
	logsIn  map[*ssa.Function]bool            // names the path of a login
	expired map[*types.Struct]bool            // answers whose time of expiry is asked for
	times   map[*ssa.Function][]fixedTime     // fixed times that are kept
	calls   map[*ssa.Function][]*ssa.Function // in the package
	seen    map[ssa.Value]bool
	done    map[any]bool
	loads   map[any][]*ssa.UnOp // of fields and package variables
	parts   []part              // answers that are read into a field as a whole
	filled  map[any]*filling    // the calls that do so
	lookups map[any][]*ssa.Lookup
	deleted map[any]bool // maps that entries are taken from
	asked   map[any]bool // whole answers whose time of expiry is asked for, or that are handed on
}

// keeping is the instruction that keeps a token, and the address of the field or
// variable that it is kept in.
type keeping struct {
	ssa.Instruction
	addr ssa.Value
}

// collectKept finds the access tokens that the package keeps.
func (e *engine) collectKept() {
	k := &keeper{
		e: e, timely: map[*ssa.Function]bool{}, refused: map[*ssa.Function]bool{}, heeds: map[*ssa.Function]bool{}, logsIn: map[*ssa.Function]bool{},
		expired: map[*types.Struct]bool{}, times: map[*ssa.Function][]fixedTime{}, calls: map[*ssa.Function][]*ssa.Function{},
		seen: map[ssa.Value]bool{}, done: map[any]bool{}, loads: map[any][]*ssa.UnOp{},
		filled: map[any]*filling{}, lookups: map[any][]*ssa.Lookup{}, deleted: map[any]bool{}, asked: map[any]bool{},
	}
	for _, fn := range e.roots {
		k.scan(fn)
	}
	for _, r := range k.maybe {
		fn := root(r.value.Parent())
		if slices.ContainsFunc(k.near(fn), func(f *ssa.Function) bool { return k.logsIn[f] }) {
			k.reads = append(k.reads, r)
		}
	}
	for _, r := range k.reads {
		k.answer = r.answer
		k.follow(r.value, 0)
	}
	for _, addr := range k.holders {
		k.holder(addr)
	}
	k.keepParts()
}

// scan looks for reads of access tokens and for signs that they are renewed.
func (k *keeper) scan(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			k.noteLogin(fn, instr)
			switch instr := instr.(type) {
			case *ssa.FieldAddr:
				k.fill(instr)
				k.field(instr, instr.X, instr.Field)
			case *ssa.Field:
				k.field(instr, instr.X, instr.Field)
			case *ssa.UnOp:
				k.load(instr)
			case *ssa.Lookup:
				k.noteLookup(instr)
				k.lookup(instr)
			case *ssa.BinOp:
				if isStatus(instr.X) || isStatus(instr.Y) {
					k.refused[root(fn)] = true
				}
			case ssa.CallInstruction:
				k.call(fn, instr)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		k.scan(anon)
	}
}

func isStatus(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && c.Int64() == unauthorised
}

// field looks at a field of an answer.
func (k *keeper) field(v ssa.Value, base ssa.Value, index int) {
	name, ok := jsonName(base.Type(), index)
	if !ok || isSettings(base.Type()) || !k.isAnswer(base.Type()) {
		return
	}
	if !shape.IsExpiry(name) && !isText(fieldOf(base.Type(), index).Type()) {
		return
	}
	answer := structOf(base.Type())
	switch {
	case shape.IsExpiry(name):
		if addr, ok := base.(*ssa.FieldAddr); ok && !onlyStored(v) {
			k.asked[fieldOf(addr.X.Type(), addr.Field)] = true
		}
		if hasToken(base.Type()) && !onlyStored(v) {
			k.heed(v.Parent(), answer)
		}
		return
	case shape.IsAccessToken(name):
		k.reads = append(k.reads, k.readsOf(v, base, answer)...)
	case isSessionToken(name):
		k.maybe = append(k.maybe, k.readsOf(v, base, answer)...)
	}
}

// readsOf returns the values that are read from a field, and notes where the
// whole answer is kept.
func (k *keeper) readsOf(v ssa.Value, base ssa.Value, answer *types.Struct) []tokenRead {
	if _, isAddr := v.(*ssa.FieldAddr); !isAddr {
		return []tokenRead{{v, answer}}
	}
	k.notePart(v, base, answer)
	var list []tokenRead
	for _, r := range *v.Referrers() {
		if load, ok := r.(*ssa.UnOp); ok && load.Op == token.MUL {
			list = append(list, tokenRead{load, answer})
			if from, ok := base.(*ssa.UnOp); ok && from.Op == token.MUL && hasAccessToken(base.Type()) {
				k.holders = append(k.holders, from.X)
			}
		}
	}
	return list
}

func (k *keeper) lookup(v *ssa.Lookup) {
	c, ok := v.Index.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return
	}
	k.named(v, constant.StringVal(c.Value))
}

// named looks at a value that is picked out of an answer by its name.
func (k *keeper) named(v ssa.Value, name string) {
	switch {
	case shape.IsAccessToken(name):
		k.reads = append(k.reads, tokenRead{v, nil})
	case isSessionToken(name):
		k.maybe = append(k.maybe, tokenRead{v, nil})
	case shape.IsExpiry(name):
		k.heed(v.Parent(), nil)
	}
}

// call looks at a call: of the clock, or of an answer that is asked whether it
// is still valid.
func (k *keeper) call(fn *ssa.Function, instr ssa.CallInstruction) {
	s := k.e.siteOf(instr)
	k.noteDelete(instr)
	k.handedOn(s, instr)
	if s.fn != nil {
		k.calls[root(fn)] = append(k.calls[root(fn)], root(s.fn))
	}
	if s.callee == nil {
		return
	}
	if p := s.callee.Pkg(); p != nil && p.Path() == "time" {
		if s.recv == nil {
			k.timely[root(fn)] = true
		}
		k.noteTime(fn, s, instr)
	}
	if s.recv != nil && hasAccessToken(s.recv.Type()) && (shape.IsExpiry(s.name()) || shape.HasWord(s.name(), "valid")) {
		k.heed(fn, structOf(s.recv.Type()))
	}
	if v, ok := instr.(*ssa.Call); ok {
		if name := pickedName(s); name != "" {
			k.named(v, name)
		}
	}
}

// hasToken reports whether a struct is an answer with a token of any name.
func hasToken(t types.Type) bool {
	return hasField(t, func(name string) bool { return shape.IsAccessToken(name) || isSessionToken(name) })
}

// hasAccessToken reports whether a struct is an answer with an access token.
func hasAccessToken(t types.Type) bool { return hasField(t, shape.IsAccessToken) }

// hasField reports whether a struct has a field of such a name, in Go or JSON.
func hasField(t types.Type, is func(string) bool) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		if name, ok := jsonName(t, i); ok && is(name) || is(st.Field(i).Name()) {
			return true
		}
	}
	return false
}

// follow follows an access token to where it is stored.
func (k *keeper) follow(v ssa.Value, depth int) {
	refs := v.Referrers()
	if refs == nil || k.seen[v] || depth > maxKeptDepth || len(k.seen) > maxKeptValues {
		return
	}
	k.seen[v] = true
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Convert, *ssa.ChangeType, *ssa.TypeAssert, *ssa.Extract, *ssa.Phi, *ssa.MakeInterface:
			k.follow(r.(ssa.Value), depth)
		case *ssa.BinOp:
			if r.Op == token.ADD {
				k.follow(r, depth)
			}
		case *ssa.Store:
			if r.Val == v {
				k.stored(r, depth)
			}
		case *ssa.MapUpdate:
			if r.Value == v {
				k.mapped(r)
			}
		case *ssa.Return:
			k.returned(v, r, depth)
		case ssa.CallInstruction:
			k.passed(v, r, depth)
		}
	}
}

// stored looks at where a token is stored.
func (k *keeper) stored(s *ssa.Store, depth int) {
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		k.loaded(addr, depth)
	case *ssa.FreeVar:
		if a, ok := k.e.bindings[addr].(*ssa.Alloc); ok {
			k.loaded(a, depth)
		}
	case *ssa.IndexAddr:
		k.element(addr, depth)
	case *ssa.Global:
		k.keep(keeping{s, addr}, addr, addr.Name())
	case *ssa.FieldAddr:
		k.pinned(addr.X)
		f := fieldOf(addr.X.Type(), addr.Field)
		if hasAccessToken(addr.X.Type()) && namedOf(addr.X.Type()) != nil && !ownsMethods(addr.X.Type()) {
			return // an answer that is put together
		}
		k.keep(keeping{s, addr}, f, f.Name())
	}
}

// loaded follows a token that a local variable holds.
func (k *keeper) loaded(a *ssa.Alloc, depth int) {
	for _, r := range *a.Referrers() {
		if load, ok := r.(*ssa.UnOp); ok && load.Op == token.MUL {
			k.follow(load, depth)
		}
	}
}

// ownsMethods reports whether a type has methods: a client, not a message.
func ownsMethods(t types.Type) bool {
	n := namedOf(t)
	return n != nil && n.NumMethods() > 0
}

// element follows a token that is an argument of a variadic text operation.
func (k *keeper) element(addr *ssa.IndexAddr, depth int) {
	for _, r := range *addr.X.Referrers() {
		slice, ok := r.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, r := range *slice.Referrers() {
			call, ok := r.(*ssa.Call)
			if !ok {
				continue
			}
			for _, d := range k.e.funcDirectives(k.e.siteOf(call).callee) {
				if d.Verb == "transfer" {
					k.follow(call, depth)
				}
			}
		}
	}
}

// returned follows a token that a function of the package returns.
func (k *keeper) returned(v ssa.Value, r *ssa.Return, depth int) {
	for i, x := range r.Results {
		if x != v {
			continue
		}
		for _, c := range k.e.callers[r.Parent()] {
			call, ok := c.(*ssa.Call)
			if !ok {
				continue
			}
			if len(r.Results) == 1 {
				k.follow(call, depth+1)
			} else if x := extracted(call, i); x != nil {
				k.follow(x, depth+1)
			}
		}
	}
}

// passed follows a token that is handed to a function of the package.
func (k *keeper) passed(v ssa.Value, c ssa.CallInstruction, depth int) {
	s := k.e.siteOf(c)
	if s.fn == nil {
		k.storedFor(v, s, c)
		if call, ok := c.(*ssa.Call); ok && s.recv == v && isTextMethod(s.name()) {
			k.follow(call, depth)
		}
		return
	}
	for i, a := range s.actuals {
		if a == v && i < len(s.fn.Params) {
			k.follow(s.fn.Params[i], depth+1)
		}
	}
}

// holder looks at the field or variable that holds a whole answer.
func (k *keeper) holder(addr ssa.Value) {
	var place any
	var stores []*ssa.Store
	name := ""
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		f := fieldOf(addr.X.Type(), addr.Field)
		place, name, stores = f, f.Name(), k.e.fields[f]
	case *ssa.Global:
		place, name, stores = addr, addr.Name(), k.e.globals[addr]
	}
	for _, s := range stores {
		k.answer = structOf(s.Val.Type())
		if k.expired[k.answer] {
			return
		}
		if c, ok := s.Val.(*ssa.Const); !ok || c.Value != nil {
			k.keep(keeping{s, s.Addr}, place, name)
			return
		}
	}
}

// keep records that a store keeps a token in a place, if it is used again.
func (k *keeper) keep(s keeping, place any, name string) {
	fn := root(s.Parent())
	if k.done[place] || k.isRenewed(s, place) || slices.ContainsFunc(k.near(fn), func(f *ssa.Function) bool { return k.heeds[f] }) {
		return
	}
	if fixed, ok := k.fixed(fn); ok {
		k.done[place] = true
		k.keptFor(s, fixed)
		return
	}
	looksAfter := false
	if addr, ok := s.addr.(*ssa.FieldAddr); ok {
		looksAfter = hasField(addr.X.Type(), shape.IsExpiry) || k.expired[k.answer] && keepsTime(addr)
	}
	if looksAfter || k.timely[fn] || slices.ContainsFunc(k.e.callers[fn], func(c ssa.Instruction) bool { return k.timely[root(c.Parent())] }) {
		return
	}
	reuse := k.reuse(s, place)
	if reuse == "" || reuse == "holder" && k.expired[k.answer] {
		return
	}
	k.done[place] = true
	o := k.e.newObject(s.Instruction, accessToken, s.Pos(), s.Parent())
	ev := &Event{Role: keptRole, Text: "field " + name, Pos: s.Pos(), Args: []Arg{{Name: "reuse", Value: text(reuse)}}}
	if _, ok := place.(*ssa.Global); ok {
		ev.Text = "variable " + name
	}
	if addr, ok := s.addr.(*ssa.FieldAddr); ok && isStore(s.Instruction) {
		if pos, end := k.e.literals.field(s.Pos(), addr.Pos()); pos.IsValid() {
			ev.Pos, ev.End = pos, end
		}
	}
	k.e.record(o, ev, s.Instruction)
}

// keptFor records that a token is kept for a fixed time.
func (k *keeper) keptFor(s keeping, fixed fixedTime) {
	reuse := "fixed"
	if fixed.long >= farLife || k.answer != nil && hasField(k.answer, shape.IsExpiry) {
		reuse = "long"
	}
	o := k.e.newObject(s.Instruction, accessToken, s.Pos(), s.Parent())
	k.e.record(o, &Event{Role: keptRole, Text: "a fixed time", Pos: fixed.at, Args: []Arg{{Name: "reuse", Value: text(reuse)}}}, s.Instruction)
}

// reuse tells how the engine knows that what is kept is used again, "" if it
// does not.
func (k *keeper) reuse(s keeping, place any) string {
	if k.reset(place) || k.deleted[place] {
		return ""
	}
	if k.guarded(place) {
		return "guard"
	}
	for fn := s.Parent(); fn != nil; fn = fn.Parent() {
		if k.runsOnce(fn) {
			return "once"
		}
	}
	_, isVariable := place.(*ssa.Global)
	if isVariable || shape.HasWord(root(s.Parent()).Name(), "new", "init", "connect", "dial", "open", "setup", "must", "make", "create", "start") {
		return "holder"
	}
	if k.keptByLogin(root(s.Parent()), place) {
		return "holder"
	}
	return ""
}

// load notes a load of a field or of a package variable.
func (k *keeper) load(v *ssa.UnOp) {
	if v.Op != token.MUL {
		return
	}
	switch addr := v.X.(type) {
	case *ssa.Global:
		k.loads[addr] = append(k.loads[addr], v)
	case *ssa.FieldAddr:
		f := fieldOf(addr.X.Type(), addr.Field)
		k.loads[f] = append(k.loads[f], v)
	}
}

// guarded reports whether a place is asked whether it is empty.
func (k *keeper) guarded(place any) bool {
	for _, load := range k.loads[place] {
		for _, r := range *load.Referrers() {
			if isEmptyTest(r, load) {
				return true
			}
		}
	}
	return slices.ContainsFunc(k.lookups[place], isGuard)
}

// isEmptyTest reports whether an instruction compares a value with nothing.
func isEmptyTest(r ssa.Instruction, v ssa.Value) bool {
	switch r := r.(type) {
	case *ssa.BinOp:
		if r.Op != token.EQL && r.Op != token.NEQ && r.Op != token.GTR {
			return false
		}
		for _, side := range []ssa.Value{r.X, r.Y} {
			if c, ok := side.(*ssa.Const); ok && (isAbsent(c) || c.Value.Kind() == constant.Int && c.Int64() == 0) {
				return true
			}
		}
	case *ssa.Call:
		if b, ok := r.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			return slices.ContainsFunc(*r.Referrers(), func(x ssa.Instruction) bool { return isEmptyTest(x, r) })
		}
	}
	return false
}

// reset reports whether a place is emptied somewhere, so that a new token is
// fetched.
func (k *keeper) reset(place any) bool {
	var stores []*ssa.Store
	switch place := place.(type) {
	case *types.Var:
		stores = k.e.fields[place]
	case *ssa.Global:
		stores = k.e.globals[place]
	}
	return slices.ContainsFunc(stores, func(s *ssa.Store) bool {
		c, ok := s.Val.(*ssa.Const)
		return ok && isAbsent(c) && s.Parent().Name() != "init"
	})
}

// runsOnce reports whether a function is one that runs only once: it is handed
// to a method Do, as sync.Once has it, or to a function called after that.
func (k *keeper) runsOnce(fn *ssa.Function) bool {
	refs := fn.Referrers()
	if fn.Parent() != nil {
		for _, b := range fn.Parent().Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn && k.handedToOnce(*mc.Referrers()) {
					return true
				}
			}
		}
	}
	return refs != nil && k.handedToOnce(*refs)
}

func (k *keeper) handedToOnce(refs []ssa.Instruction) bool {
	return slices.ContainsFunc(refs, func(r ssa.Instruction) bool {
		c, ok := r.(ssa.CallInstruction)
		if !ok {
			return false
		}
		callee := k.e.siteOf(c).callee
		return callee != nil && callee.Pkg() != nil && callee.Pkg().Path() == "sync" && shape.HasWord(receiverName(callee)+" "+callee.Name(), "once")
	})
}
