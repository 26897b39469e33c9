package flow

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// form says in which form a text is that is about to be stored.
type form uint8

const (
	unknownForm form = iota // anything that the source does not tell
	noText                  // the empty text
	inClear                 // as somebody gave it
	workedOn                // hashed, encrypted or made at random
	fromCaller              // given by a caller
)

// derivation is where a text comes from.
type derivation struct {
	kind  form
	name  string
	param textParam
	owner *ssa.Function // of the parameter
	// encoded is set if the text is that in Base64 or hexadecimal, digest is the
	// call of the fast hash that made it.
	encoded bool
	// named is set if only a name says that it is worked on, own if it comes from
	// the environment or the configuration of the program.
	named, own bool
	digest     *ssa.Call
}

// maxOrigin is through how many values a text is followed back, maxOriginSteps
// how many are looked at for one call, maxReferrers how many uses of a variable.
const (
	maxOrigin      = 24
	maxOriginSteps = 2000
	maxReferrers   = 512
)

// referrers returns the uses of a value, as many as are looked at.
func referrers(v ssa.Value) []ssa.Instruction {
	refs := v.Referrers()
	if refs == nil {
		return nil
	}
	return (*refs)[:min(len(*refs), maxReferrers)]
}

// merged returns the origin of a text with several readings: what hashes it on
// one way is taken to do so for all that are not plain.
func merged(list []derivation) derivation {
	out := derivation{kind: noText, param: noParam}
	for _, o := range list {
		switch {
		case o.kind == workedOn:
			return o
		case o.kind == noText:
		case out.kind == noText, o.kind == unknownForm, out.kind != unknownForm && o.kind == fromCaller:
			out = o
		}
	}
	return out
}

// origin follows a text back to where it comes from. Long because it is one
// table: what each kind of instruction makes of it.
func (k *storer) origin(v ssa.Value, depth int) derivation {
	if k.steps++; k.steps > maxOriginSteps {
		return derivation{param: noParam}
	}
	if depth > maxOrigin || k.busy[v] {
		return derivation{kind: noText, param: noParam}
	}
	k.busy[v] = true
	defer delete(k.busy, v)
	switch x := v.(type) {
	case *ssa.Const:
		if isAbsent(x) {
			return derivation{kind: noText, param: noParam}
		}
	case *ssa.Convert:
		return k.origin(x.X, depth+1)
	case *ssa.ChangeType:
		return k.origin(x.X, depth+1)
	case *ssa.MakeInterface:
		return k.origin(x.X, depth+1)
	case *ssa.Slice:
		if x.Low == nil && x.High == nil {
			return k.origin(x.X, depth+1)
		}
	case *ssa.Phi:
		var list []derivation
		for _, edge := range x.Edges {
			list = append(list, k.origin(edge, depth+1))
		}
		return merged(list)
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok {
			return k.resultOrigin(call, x.Index, depth)
		}
		if l, ok := x.Tuple.(*ssa.Lookup); ok && x.Index == 0 {
			return k.lookupOrigin(l)
		}
	case *ssa.Call:
		return k.resultOrigin(x, 0, depth)
	case *ssa.Parameter:
		return k.parameterOrigin(x)
	case *ssa.FreeVar:
		if b, ok := k.bindings[x]; ok {
			return k.origin(b, depth+1)
		}
	case *ssa.BinOp:
		return joined([]derivation{k.origin(x.X, depth+1), k.origin(x.Y, depth+1)})
	case *ssa.UnOp:
		if x.Op == token.MUL {
			return k.loadOrigin(x.X, depth)
		}
	case *ssa.Alloc, *ssa.FieldAddr:
		return k.loadOrigin(v, depth)
	case *ssa.Field:
		return k.fieldOrigin(x.X, fieldOf(x.X.Type(), x.Field).Name(), depth+1)
	case *ssa.Lookup:
		return k.lookupOrigin(x)
	}
	return derivation{param: noParam}
}

// parameterOrigin returns the origin of a parameter: what callers give, unless
// its name says that it is a hash.
func (k *storer) parameterOrigin(p *ssa.Parameter) derivation {
	i, ok := paramIndex(p)
	if !ok {
		return derivation{param: noParam}
	}
	if isWorkedName(p.Name()) {
		return derivation{kind: workedOn, param: noParam, named: true}
	}
	return derivation{kind: fromCaller, name: p.Name(), param: textParam{i, ""}, owner: p.Parent()}
}

// isWorkedName reports whether a name is of what hashing or encryption made.
func isWorkedName(name string) bool {
	return shape.HasWord(name, "hash", "hashed", "digest", "encrypted", "enc", "crypted", "cipher", "ciphertext", "sealed", "bcrypt", "salted", "sum",
		"encoded", "protected", "masked", "phc", "verifier")
}

// loadOrigin returns the origin of what is stored at an address.
func (k *storer) loadOrigin(addr ssa.Value, depth int) derivation {
	switch a := addr.(type) {
	case *ssa.Alloc:
		var list []derivation
		for _, s := range k.storesTo(a) {
			list = append(list, k.origin(s.Val, depth+1))
		}
		if len(list) > 0 {
			return merged(list)
		}
	case *ssa.FieldAddr:
		return k.fieldOrigin(a.X, fieldOf(a.X.Type(), a.Field).Name(), depth+1)
	case *ssa.UnOp, *ssa.Parameter, *ssa.Extract, *ssa.Call:
		return k.origin(addr, depth+1)
	case *ssa.FreeVar:
		if b, ok := k.bindings[a]; ok {
			return k.loadOrigin(b, depth+1)
		}
	}
	return derivation{param: noParam}
}

// lookupOrigin returns the origin of an entry of a form.
func (k *storer) lookupOrigin(l *ssa.Lookup) derivation {
	key, _ := k.eval(l.Index, l.Pos()).Known()
	n := namedOf(l.X.Type())
	if isStoredPassword(key) && n != nil && shape.HasWord(n.Obj().Name(), "values", "form", "params") {
		return derivation{kind: inClear, name: key, param: noParam}
	}
	return derivation{param: noParam}
}

// resultOrigin returns the origin of the result of a call: what models say, what
// a function of the package returns, and else what the callee's name promises.
func (k *storer) resultOrigin(call *ssa.Call, index, depth int) derivation {
	s := k.siteOf(call)
	for _, d := range forResult(k.funcDirectives(s.callee), index) {
		switch {
		case d.Verb == "value" && len(d.Words) > 0:
			return k.roleOrigin(d, s)
		case d.Verb == "transfer" && len(d.Words) > 0:
			if o, ok := k.transferOrigin(d, s, depth); ok {
				return o
			}
		}
	}
	if isWorkerName(s.name()) {
		return derivation{kind: workedOn, param: noParam, digest: k.fastHash(call)}
	}
	if s.fn != nil {
		return k.returned(s, index, depth)
	}
	if s.recv != nil && len(s.args) == 0 && isStoredPassword(strings.TrimPrefix(s.name(), "Get")) {
		if n := namedOf(s.recv.Type()); n != nil && isRequestType(n.Obj().Name()) {
			return derivation{kind: inClear, name: s.name(), param: noParam} // a generated getter
		}
	}
	return derivation{param: noParam}
}

// isWorkerName reports whether a function by its name hashes, encrypts or makes
// up what it returns.
func isWorkerName(name string) bool {
	return shape.HasWord(name, "hash", "hashes", "hashed", "bcrypt", "argon", "argon2", "argon2id", "scrypt", "pbkdf2", "crypt", "encrypt", "encrypted",
		"digest", "derive", "seal", "protect", "random", "generate", "secure", "encode", "sum", "salt", "cipher", "kdf", "sha1", "sha256", "sha512", "md5", "vault",
		"mask", "redact", "password_hash", "hmac")
}

// roleOrigin returns the origin of a modelled source.
func (k *storer) roleOrigin(d directive, s site) derivation {
	switch d.Words[0] {
	case "digest":
		o := derivation{kind: workedOn, param: noParam}
		if call, ok := s.instr.(*ssa.Call); ok {
			o.digest = k.fastHash(call)
		}
		return o
	case "password-hash", "random", "redacted":
		return derivation{kind: workedOn, param: noParam}
	case "env", "setting":
		a, ok := d.Arg("name")
		if !ok {
			break
		}
		name, _ := k.operand(s, a).Known()
		if isWorkedName(name) {
			return derivation{kind: workedOn, param: noParam}
		}
		return derivation{kind: inClear, name: name, param: noParam, own: true}
	case "input":
		a, ok := d.Arg("name")
		if !ok {
			break
		}
		if name, ok := k.operand(s, a).Known(); ok && isStoredPassword(name) {
			return derivation{kind: inClear, name: name, param: noParam}
		}
	}
	return derivation{param: noParam}
}

// transferOrigin returns the origin of a text that is made of others.
func (k *storer) transferOrigin(d directive, s site, depth int) (derivation, bool) {
	one := func(name string) (derivation, bool) {
		a, ok := d.Arg(name)
		if !ok || a.Quoted {
			return derivation{}, false
		}
		v := s.arg(a.Index)
		if isRecv(a) {
			v = s.recv
		}
		if v == nil {
			return derivation{}, false
		}
		return k.origin(v, depth+1), true
	}
	switch d.Words[0] {
	case "same", "lower", "upper", "trim-space", "trim", "trim-left", "trim-right", "quote":
		return one("value")
	case "base64-encode", "hex-encode":
		o, ok := one("value")
		o.encoded = o.kind == inClear || o.kind == fromCaller
		return o, ok
	case "sprintf", "sprint", "sprintln":
		a, ok := d.Arg("args")
		if !ok || a.Quoted {
			return derivation{}, false
		}
		var list []derivation
		for _, v := range k.restList(s, a.Index) {
			list = append(list, k.origin(unboxed(v), depth+1))
		}
		return joined(list), true
	}
	return derivation{}, false
}

// returned returns the origin of a result of a function of the package, with the
// arguments of the call for its parameters.
func (k *storer) returned(s site, index, depth int) derivation {
	var list []derivation
	for _, b := range s.fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || index >= len(r.Results) {
			continue
		}
		o := k.origin(r.Results[index], depth+1)
		if o.kind == fromCaller {
			if o.param.index >= len(s.actuals) {
				return derivation{param: noParam}
			}
			actual, encoded := s.actuals[o.param.index], o.encoded
			if o.param.path != "" {
				o = k.fieldOrigin(actual, o.param.path, depth+1)
			} else {
				o = k.origin(actual, depth+1)
			}
			o.encoded = o.encoded || encoded && (o.kind == inClear || o.kind == fromCaller)
		}
		list = append(list, o)
	}
	return merged(list)
}

// fieldOrigin returns the origin of a field of the struct behind a value: what
// the function stores there, or else where the struct comes from.
func (k *storer) fieldOrigin(v ssa.Value, field string, depth int) derivation {
	if k.steps++; depth > maxOrigin || k.steps > maxOriginSteps {
		return derivation{param: noParam}
	}
	if isWorkedName(field) {
		return derivation{kind: workedOn, param: noParam, named: true}
	}
	base := k.base(v)
	if base == nil {
		return derivation{param: noParam}
	}
	var list []derivation
	for _, s := range k.fieldStores(base, field) {
		list = append(list, k.origin(s.Val, depth+1))
	}
	if len(list) > 0 {
		return merged(list)
	}
	if k.isReworked(base, field) {
		return derivation{param: noParam} // a method of its own may have hashed it
	}
	return k.structOrigin(base, field, depth)
}

// structOrigin returns the origin of a field that the function does not store
// to: of a request it is as it was given.
func (k *storer) structOrigin(base ssa.Value, field string, depth int) derivation {
	n := namedOf(base.Type())
	switch b := base.(type) {
	case *ssa.Parameter:
		if n != nil && isRequestType(n.Obj().Name()) {
			return derivation{kind: inClear, name: field, param: noParam}
		}
		if i, ok := paramIndex(b); ok {
			return derivation{kind: fromCaller, name: field, param: textParam{i, field}, owner: b.Parent()}
		}
	case *ssa.Alloc:
		if k.isDecoded(b) {
			return derivation{kind: inClear, name: field, param: noParam}
		}
		for _, s := range k.storesTo(b) {
			if _, ok := s.Val.(*ssa.Const); !ok {
				return k.fieldOrigin(s.Val, field, depth+1)
			}
		}
	}
	if n != nil && isRequestType(n.Obj().Name()) {
		return derivation{kind: inClear, name: field, param: noParam}
	}
	if _, ok := base.(*ssa.IndexAddr); ok { // one of a list that is made elsewhere
		if f := fieldNamed(deref(base.Type()), field); f != nil && isStoredPassword(field) {
			return k.fieldForm(f)
		}
	}
	return derivation{param: noParam}
}

// isRequestType reports whether a type by its name is what a user sends.
func isRequestType(name string) bool {
	return shape.HasWord(name, "request", "req", "input", "form", "dto", "payload", "params", "body", "signup", "register", "registration", "credentials",
		"command", "cmd")
}

// base returns the variable or the parameter that a struct or a pointer to one is.
func (k *storer) base(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil
			}
			if a, ok := x.X.(*ssa.Alloc); ok && isPointer(deref(a.Type())) {
				stores := k.storesTo(a)
				if len(stores) != 1 {
					return nil
				}
				v = stores[0].Val
				continue
			}
			v = x.X
		case *ssa.FreeVar:
			b, ok := k.bindings[x]
			if !ok {
				return nil
			}
			v = b
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Alloc, *ssa.Parameter, *ssa.Call, *ssa.Extract:
			return v
		default:
			return nil
		}
	}
	return nil
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// fieldStores returns the stores to a field of a struct in its function and the
// closures inside it.
func (k *storer) fieldStores(base ssa.Value, field string) []*ssa.Store {
	var list []*ssa.Store
	for _, addr := range k.fieldAddrs(base) {
		if fieldOf(addr.X.Type(), addr.Field).Name() != field {
			continue
		}
		for _, r := range referrers(addr) {
			if s, ok := r.(*ssa.Store); ok && s.Addr == addr {
				list = append(list, s)
			}
		}
	}
	return list
}

// fieldAddrs returns the fields of a struct that are used, those of structs that
// are embedded in it included.
func (k *storer) fieldAddrs(base ssa.Value) []*ssa.FieldAddr {
	var list []*ssa.FieldAddr
	for _, r := range referrers(base) {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			list = append(list, r)
		case *ssa.UnOp: // a pointer that is kept in a variable
			if isPointer(r.Type()) {
				for _, rr := range referrers(r) {
					if f, ok := rr.(*ssa.FieldAddr); ok {
						list = append(list, f)
					}
				}
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == base {
					list = append(list, k.fieldAddrs(r.Fn.(*ssa.Function).FreeVars[i])...)
				}
			}
		}
	}
	return list
}

// isDecoded reports whether the address of a variable is handed to a call that
// by its name fills it, and by its arguments does so from a request.
func (k *storer) isDecoded(a *ssa.Alloc) bool {
	return k.handedTo(a, 0, func(s site) bool {
		if !shape.HasWord(s.name(), "decode", "unmarshal", "bind", "parse", "read", "json", "body", "parser") {
			return false
		}
		return slices.ContainsFunc(s.actuals, func(v ssa.Value) bool { return k.isOfRequest(v, 0) })
	})
}

// isOfRequest reports whether a value is a request, what a framework has of one,
// or is read from its body.
func (k *storer) isOfRequest(v ssa.Value, depth int) bool {
	if k.steps++; depth > 6 || k.steps > maxOriginSteps {
		return false
	}
	if n := namedOf(v.Type()); n != nil && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() != "context" &&
		shape.HasWord(n.Obj().Name(), "request", "ctx", "context") {
		return true
	}
	switch x := v.(type) {
	case *ssa.Parameter:
		return shape.HasWord(x.Name(), "body", "payload", "request", "req") && !types.IsInterface(x.Type())
	case *ssa.MakeInterface:
		return k.isOfRequest(x.X, depth+1)
	case *ssa.ChangeInterface:
		return k.isOfRequest(x.X, depth+1)
	case *ssa.Convert:
		return k.isOfRequest(x.X, depth+1)
	case *ssa.Extract:
		return k.isOfRequest(x.Tuple, depth+1)
	case *ssa.UnOp:
		if f, ok := x.X.(*ssa.FieldAddr); ok {
			return fieldOf(f.X.Type(), f.Field).Name() == "Body" && k.isOfRequest(f.X, depth+1)
		}
	case *ssa.Call:
		return slices.ContainsFunc(k.siteOf(x).actuals, func(a ssa.Value) bool { return k.isOfRequest(a, depth+1) })
	}
	return false
}

// isReworked reports whether a struct is handed to something that by its name
// hashes or prepares it: user.HashPassword(), prepare(&user), user.SetPassword(x).
func (k *storer) isReworked(base ssa.Value, field string) bool {
	return k.handedTo(base, 0, func(s site) bool {
		if s.fn != nil {
			for i, v := range s.actuals {
				if i < len(s.fn.Params) && k.base(v) == base && len(k.fieldStores(s.fn.Params[i], field)) > 0 {
					return true
				}
			}
		}
		if slices.ContainsFunc(k.funcDirectives(s.callee), func(d directive) bool { return d.Verb == "transfer" || d.Verb == "store" }) {
			return false // Encode writes it down
		}
		return isWorkerName(s.name()) || shape.HasWord(s.name(), "prepare", "before") ||
			shape.HasWord(s.name(), "password", "pass", "pwd") && shape.HasWord(s.name(), "set", "update", "change", "process", "apply", "make", "with")
	})
}

// handedTo reports whether a variable is the receiver or an argument of a call
// that satisfies the predicate.
func (k *storer) handedTo(base ssa.Value, depth int, is func(site) bool) bool {
	if depth > 6 {
		return false
	}
	for _, r := range referrers(base) {
		switch r := r.(type) {
		case ssa.CallInstruction:
			if is(k.siteOf(r)) {
				return true
			}
		case *ssa.MakeInterface, *ssa.ChangeType, *ssa.Slice:
			if k.handedTo(r.(ssa.Value), depth+1, is) {
				return true
			}
		case *ssa.Store: // an argument of a variadic call
			if a, ok := r.Addr.(*ssa.IndexAddr); ok && r.Val == base && k.handedTo(a.X, depth+1, is) {
				return true
			}
		case *ssa.UnOp:
			if isPointer(r.Type()) && k.handedTo(r, depth+1, is) {
				return true
			}
		}
	}
	return false
}

// lookupTag returns the value of a key of a struct tag.
func lookupTag(tag, key string) (string, bool) { return reflect.StructTag(tag).Lookup(key) }
