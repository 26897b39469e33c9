package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// fate follows a digest to what becomes of it.
type fate struct {
	*hasher
	seen   map[ssa.Value]bool
	exempt bool
	// prehash is set if the digest goes into a slow hash, which exempts it unless
	// it is kept as well.
	prehash bool
	checked bool
	use     string
	at      finding.Location
	// result tells of a function that returns the digest, which is for keeping
	// unless the digest is sent somewhere.
	result   string
	resultAt finding.Location
	sent     bool
}

// maxFate is how many values a digest is followed through.
const maxFate = 200

// keeps records that the digest is kept, which says more than a comparison.
func (w *fate) keeps(use string, at finding.Location, checked bool) {
	if w.use == "" || w.checked && !checked {
		w.use, w.at, w.checked = use, at, checked
	}
}

// follow looks at what uses a value that is, or is made of, the digest. Long
// because it is one table: what each kind of instruction does with it.
func (w *fate) follow(v ssa.Value, depth int) {
	if w.seen[v] || len(w.seen) > maxFate || depth > 24 || v.Referrers() == nil {
		return
	}
	w.seen[v] = true
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Slice:
			if isShortPrefix(r) {
				w.exempt = true // a prefix to ask a list of leaked passwords by
				return
			}
			w.follow(r, depth+1)
		case *ssa.Convert, *ssa.ChangeType, *ssa.MakeInterface, *ssa.Extract, *ssa.SliceToArrayPointer, *ssa.ChangeInterface:
			w.follow(r.(ssa.Value), depth+1)
		case *ssa.Phi:
			w.follow(r, depth+1)
		case *ssa.UnOp:
			w.follow(r, depth+1)
		case *ssa.IndexAddr:
			w.indexed(r, v, depth)
		case *ssa.Store:
			w.stored(r, v, depth)
		case *ssa.MapUpdate:
			w.entry(r, v)
		case *ssa.Lookup:
			w.exempt = w.exempt || r.Index == v
		case *ssa.BinOp:
			w.compared(r, v, depth)
		case *ssa.Return:
			w.returned(r, depth)
		case ssa.CallInstruction:
			w.called(r, v, depth)
		}
	}
}

// entry judges an entry of a map: what is stored, or sent to another system. A
// digest as key is one of a cache.
func (w *fate) entry(u *ssa.MapUpdate, v ssa.Value) {
	if u.Key == v {
		w.exempt = true
		return
	}
	if u.Map.Referrers() == nil {
		return
	}
	if _, named := u.Key.(*ssa.Const); !named {
		w.keeps("kept in a map", w.location(u.Pos(), u.Pos()), false) // one for each user
		return
	}
	for _, r := range *u.Map.Referrers() {
		made, ok := r.(*ssa.MakeInterface)
		if !ok || made.Referrers() == nil {
			continue
		}
		for _, rr := range *made.Referrers() {
			if call, ok := rr.(ssa.CallInstruction); ok && w.stores(w.siteOf(call)) {
				w.keeps("stored by "+w.siteOf(call).name(), w.location(call.Pos(), call.Pos()), false)
				return
			}
		}
	}
	w.sent = true
}

// stores reports whether a call stores something.
func (w *fate) stores(s site) bool {
	return slices.ContainsFunc(w.funcDirectives(s.callee), func(d directive) bool { return d.Verb == "store" })
}

// isShortPrefix reports whether a slice is only the beginning of a digest.
func isShortPrefix(s *ssa.Slice) bool {
	k, ok := s.High.(*ssa.Const)
	return ok && k.Value != nil && k.Int64() <= 10
}

// indexed follows the array that an element belongs to; a digest whose bytes are
// mixed one by one is one of a protocol.
func (w *fate) indexed(r *ssa.IndexAddr, v ssa.Value, depth int) {
	if r.X != v || r.Referrers() == nil {
		return
	}
	for _, use := range *r.Referrers() {
		load, ok := use.(*ssa.UnOp)
		if !ok || load.Referrers() == nil {
			continue
		}
		for _, rr := range *load.Referrers() {
			if b, ok := rr.(*ssa.BinOp); ok && b.Op == token.XOR {
				w.exempt = true
			}
		}
	}
}

// stored follows a variable, and judges a field by its name.
func (w *fate) stored(s *ssa.Store, v ssa.Value, depth int) {
	if s.Val != v {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		w.follow(addr, depth+1)
	case *ssa.IndexAddr: // an argument of a variadic call, an element of a list
		if base := w.arrayOf(addr.X, 0); base != nil {
			w.follow(base, depth+1)
		}
	case *ssa.FieldAddr:
		name := fieldOf(addr.X.Type(), addr.Field).Name()
		owner := ""
		if n := namedOf(addr.X.Type()); n != nil {
			owner = n.Obj().Name()
		}
		if !isWorkedName(name) && (isRequestType(owner) || shape.HasWord(owner, "login", "auth", "client", "query", "message", "packet")) {
			w.exempt = true // what another system asks for
			return
		}
		if isKeptName(name) {
			w.keeps("kept in the field "+name, w.location(s.Pos(), s.Pos()), false)
		}
	case *ssa.Global:
		if isKeptName(addr.Name()) {
			w.keeps("kept in the variable "+addr.Name(), w.location(s.Pos(), s.Pos()), false)
		}
	}
}

// isKeptName reports whether a name is of a stored password or hash.
func isKeptName(name string) bool {
	return shape.HasWord(name, "password", "passwd", "pwd", "pass", "hash", "digest", "hashed", "passhash", "secret")
}

// compared follows texts that are put together, and notes comparisons.
func (w *fate) compared(b *ssa.BinOp, v ssa.Value, depth int) {
	switch b.Op {
	case token.ADD:
		w.follow(b, depth+1)
	case token.EQL, token.NEQ:
		other := b.X
		if other == v {
			other = b.Y
		}
		w.against(other, b.Pos())
	case token.XOR:
		w.exempt = true
	}
}

// against notes that the digest is compared with another value. With a second
// digest that is made here the comparison only hides how many bytes are equal.
func (w *fate) against(other ssa.Value, pos token.Pos) {
	if k, ok := other.(*ssa.Const); ok && isAbsent(k) {
		return
	}
	if w.madeHere(other, 0) {
		w.exempt = true
		return
	}
	w.keeps("compared with a stored one", w.location(pos, pos), true)
}

// madeHere reports whether a value is a digest that the function computes.
func (w *fate) madeHere(v ssa.Value, depth int) bool {
	if depth > 8 {
		return false
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return w.madeHere(x.X, depth+1)
	case *ssa.Slice:
		return w.madeHere(x.X, depth+1)
	case *ssa.UnOp:
		return w.madeHere(x.X, depth+1)
	case *ssa.Alloc:
		stores := w.storesTo(x)
		return len(stores) == 1 && w.madeHere(stores[0].Val, depth+1)
	case *ssa.Call:
		s := w.siteOf(x)
		if _, _, ok := w.algorithm(s); ok {
			return true
		}
		if s.name() == "Sum" && s.recv != nil && w.madeHere(s.recv, depth+1) {
			return true
		}
		if parts, ok := w.parts(x); ok && len(parts) == 1 {
			return w.madeHere(parts[0], depth+1)
		}
	case *ssa.MakeInterface:
		return w.madeHere(x.X, depth+1)
	}
	return false
}

// returned judges a digest that a function returns, and follows it to the calls
// in the package.
func (w *fate) returned(r *ssa.Return, depth int) {
	fn := r.Parent()
	names := strings.Join(functionNames(fn), "_")
	if shape.HasWord(names, "hash", "hashes", "hasher", "encrypt", "crypt", "encode", "digest", "md5", "sha", "sha1", "sha256", "sha512", "password", "secure", "protect", "make") &&
		(shape.HasWord(names, "password", "passwd", "pwd", "pass", "hasher") || takesPassword(fn) || hasPassword(fn)) || isOfPassword(fn) && returnsString(fn) {
		w.result, w.resultAt = "returned by "+fn.Name(), w.location(r.Pos(), r.Pos())
	}
	for _, call := range w.callers[fn] {
		if v, ok := call.(*ssa.Call); ok {
			if isProtocolFunction(v.Parent()) {
				w.exempt = true
				return
			}
			w.follow(v, depth+4)
		}
	}
}

// returnsString reports whether the first result of a function is a string, which
// a key is not.
func returnsString(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	return results.Len() > 0 && types.Identical(results.At(0).Type(), types.Typ[types.String])
}

// takesPassword reports whether a parameter of a function is named as a password.
func takesPassword(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return isPasswordName(p.Name()) })
}

// hasPassword reports whether a function is a method of a struct with a password.
func hasPassword(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	st, ok := deref(recv.Type()).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if isText(f.Type()) && isPasswordName(f.Name()) {
			return true
		}
	}
	return false
}

// called judges a call that is given the digest. Long because it is one table:
// what each kind of callee does with it.
func (w *fate) called(call ssa.CallInstruction, v ssa.Value, depth int) {
	s := w.siteOf(call)
	result, _ := call.(*ssa.Call)
	if b, ok := call.Common().Value.(*ssa.Builtin); ok {
		if b.Name() == "append" && result != nil {
			w.follow(result, depth+1)
		}
		return
	}
	for _, d := range w.funcDirectives(s.callee) {
		if w.modelled(d, s, v, depth) {
			return
		}
	}
	if s.recv == v && len(w.funcDirectives(s.callee)) == 0 && result != nil && isTextMethod(s.name()) {
		w.follow(result, depth+1)
		return
	}
	if s.fn != nil && depth < 12 {
		for i, a := range s.actuals {
			if a == v && i < len(s.fn.Params) {
				if isKeptName(s.fn.Params[i].Name()) && shape.HasWord(s.fn.Name(), "save", "store", "create", "insert", "update", "set", "add", "put", "register", "new", "write") {
					w.keeps("passed to "+s.name(), w.location(call.Pos(), call.Pos()), false)
				}
				w.follow(s.fn.Params[i], depth+4)
			}
		}
		return
	}
	w.elsewhere(s, v)
}

// modelled judges a call by one directive, and reports whether it tells.
func (w *fate) modelled(d directive, s site, v ssa.Value, depth int) bool {
	result, _ := s.instr.(*ssa.Call)
	if len(d.Words) == 0 {
		return false
	}
	switch d.Verb {
	case "transfer":
		if d.Words[0] == "equal" {
			for i, a := range s.args {
				if a != v && i < 2 {
					w.against(a, s.pos())
				}
			}
			return true
		}
		if result != nil {
			w.follow(result, depth+1)
		}
		return true
	case "value":
		switch d.Words[0] {
		case "password-hash":
			w.prehash = true // hashed once more, by what is made for it
			return true
		case "digest":
			if result == nil {
				return true
			}
			if _, input, ok := w.algorithm(s); ok && input == nil {
				return true
			}
			w.exempt = w.exempt || inLoop(result.Block()) // stretched
			w.follow(result, depth+1)
			return true
		}
	case "store":
		w.keeps("stored by "+s.name(), w.location(s.pos(), s.pos()), false)
		return true
	case "on":
		if len(d.Words) > 1 {
			switch d.Words[1] {
			case "compare", "secret", "header", "param", "form", "query", "basic", "login", "bearer", "body", "api-key", "variable", "log", "cookie":
				w.exempt = true // a key, or what another system asks for
				return true
			}
		}
	}
	return false
}

// isOneOfSeveral reports whether a digest is only made if the stored one is of
// its format, so that it serves old accounts.
func (h *hasher) isOneOfSeveral(call *ssa.Call) bool {
	for b := call.Block().Idom(); b != nil; b = b.Idom() {
		cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		switch c := cond.Cond.(type) {
		case *ssa.Call:
			if shape.HasWord(h.siteOf(c).name(), "prefix", "fold", "match", "legacy", "old") {
				return true
			}
		case *ssa.BinOp:
			for _, side := range []ssa.Value{c.X, c.Y} {
				if k, ok := side.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.String &&
					shape.HasWord(constant.StringVal(k.Value), "md5", "sha", "sha1", "sha256", "sha512", "ssha") {
					return true
				}
			}
		}
	}
	return false
}

// inLoop reports whether a block is part of a loop.
func inLoop(b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	stack := slices.Clone(b.Succs)
	for len(stack) > 0 && len(seen) < maxFate {
		x := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if x == b {
			return true
		}
		if !seen[x] {
			seen[x] = true
			stack = append(stack, x.Succs...)
		}
	}
	return false
}

// isTextMethod reports whether a method by its name only writes a value down.
func isTextMethod(name string) bool {
	return name == "String" || name == "EncodeToString" || name == "Text" || name == "Bytes"
}

// elsewhere judges a call of a function that is not known, by the names of it and
// of its parameter.
func (w *fate) elsewhere(s site, v ssa.Value) {
	if s.callee == nil {
		return
	}
	params := s.callee.Signature().Params()
	for i, a := range s.args {
		if a != v || params.Len() == 0 {
			continue
		}
		name := params.At(min(i, params.Len()-1)).Name()
		if isKeptName(name) && shape.HasWord(s.name(), "save", "store", "create", "insert", "update", "set", "add", "put", "register", "exec", "write") {
			w.keeps("passed to "+s.name(), w.location(s.pos(), s.pos()), false)
		}
	}
}
