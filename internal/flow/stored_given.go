package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// evidence is what a package shows of the passwords that it is given, found once.
type evidence struct {
	found bool
	// apart is set if it calls hashes of passwords by another name.
	apart bool
	// hashed are the fields that are given to something that hashes them.
	hashed map[*types.Var]bool
	forms  map[*types.Var]derivation
}

// isGivenInClear reports whether a parameter that nobody in the package gives is
// a password in clear by its name. What only stores, or passes on to what it
// sees stored here, may be given a hash; that it hashes elsewhere what it stores,
// or calls hashes so, says that it is not.
func (k *storer) isGivenInClear(one *pending, fn *types.Func) bool {
	if one.param.path != "" {
		return k.isRememberedLogin(one)
	}
	if !isStoredPassword(one.Name) {
		if !isStoredPassword(one.Column) || !isClearName(one.Name) {
			return false
		}
		one.Likely = true
	}
	if one.Layer {
		return true
	}
	if len(one.Steps) > 0 || isHashColumn(one.Column) {
		return false
	}
	if !fn.Exported() || !isStorageLayer(k.pass.Pkg, fn) {
		return true
	}
	ev := k.evidenceOf()
	one.Likely = one.Likely || !k.hashesFirst
	return k.hashesFirst || ev.apart
}

// isClearName reports whether a value by its name is as somebody gave it, if it
// goes to where passwords are kept.
func isClearName(name string) bool {
	return shape.HasWord(name, "secret", "plain", "plaintext", "clear", "cleartext", "raw", "pw", "temp") && !isWorkedName(name) &&
		!shape.HasWord(name, "id", "name", "ref", "path", "key", "token")
}

// isRememberedLogin reports whether what is written to a file is the field of a
// login that the package keeps, of which nothing says that it is a hash.
func (k *storer) isRememberedLogin(one *pending) bool {
	if one.Medium != channelFile || len(one.Steps) > 0 || one.owner == nil {
		return false
	}
	params := one.owner.Params
	if one.param.index >= len(params) {
		return false
	}
	n := namedOf(params[one.param.index].Type())
	if n == nil || n.Obj().Pkg() != k.pass.Pkg || !isLoginType(n.Obj().Name()) {
		return false
	}
	f := fieldNamed(n, one.param.path)
	if f == nil || !isStoredPassword(f.Name()) || k.fieldForm(f).kind == workedOn {
		return false
	}
	one.Likely = true
	return true
}

// isLoginType reports whether a type by its name is the login of one user.
func isLoginType(name string) bool {
	return shape.HasWord(name, "login", "logins", "credential", "credentials", "creds", "profile", "account", "remembered", "saved")
}

// fieldForm returns in which form the package has the texts of a field: what it
// stores there, and whether it hashes them only where they are used.
func (k *storer) fieldForm(f *types.Var) derivation {
	ev := k.evidenceOf()
	if known, ok := ev.forms[f]; ok {
		return known
	}
	out := derivation{param: noParam}
	ev.forms[f] = out
	steps := k.steps
	defer func() { k.steps = steps }()
	clear := ev.hashed[f]
	for _, s := range k.fields[f] {
		if k.inTest(s.Pos()) {
			continue
		}
		k.steps = 0
		o := k.origin(s.Val, 0)
		if o.kind == workedOn {
			ev.forms[f] = o
			return o
		}
		clear = clear || o.kind == inClear || k.isLiteralPassword(s.Val)
	}
	if clear {
		out = derivation{kind: inClear, name: f.Name(), param: noParam}
		ev.forms[f] = out
	}
	return out
}

// isLiteralPassword reports whether a value is a password that stands in the
// source, and no hash of one.
func (k *storer) isLiteralPassword(v ssa.Value) bool {
	c, ok := unboxed(v).(*ssa.Const)
	if !ok || isAbsent(c) {
		return false
	}
	text, ok := k.eval(c, c.Pos()).Known()
	return ok && shape.Credible(shape.Of(text), shape.Password, false)
}

// evidenceOf looks at the functions of the package once.
func (k *storer) evidenceOf() *evidence {
	ev := &k.shown
	if ev.found {
		return ev
	}
	ev.found, ev.hashed, ev.forms = true, map[*types.Var]bool{}, map[*types.Var]derivation{}
	steps := k.steps
	defer func() { k.steps = steps }()
	for _, fn := range k.roots {
		if !k.inTest(fn.Pos()) {
			k.look(ev, fn, 0)
		}
	}
	return ev
}

// look notes what a function shows, and the closures inside it.
func (k *storer) look(ev *evidence, fn *ssa.Function, depth int) {
	for _, p := range fn.Params {
		ev.apart = ev.apart || isText(p.Type()) && isHashColumn(p.Name())
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch x := instr.(type) {
			case *ssa.FieldAddr:
				ev.apart = ev.apart || isHashColumn(fieldOf(x.X.Type(), x.Field).Name())
			case *ssa.Call:
				k.lookAt(ev, x)
			}
		}
	}
	if depth < maxClosures {
		for _, anon := range fn.AnonFuncs {
			k.look(ev, anon, depth+1)
		}
	}
}

// maxClosures is how deep closures are looked for in each other.
const maxClosures = 4

// lookAt notes what a call hashes.
func (k *storer) lookAt(ev *evidence, call *ssa.Call) {
	s := k.siteOf(call)
	for _, v := range s.actuals {
		v = strip(v)
		f := fieldLoaded(v)
		if x, ok := v.(*ssa.Field); ok {
			f = fieldOf(x.X.Type(), x.Field)
		}
		if f == nil {
			continue
		}
		if isStoredPassword(f.Name()) && k.hashesInput(s, call) {
			ev.hashed[f] = true
		}
	}
}

// hashesInput reports whether a call makes a hash of what it is given.
func (k *storer) hashesInput(s site, call *ssa.Call) bool {
	if shape.HasWord(s.name(), "compare", "check", "verify", "match", "matches", "valid", "validate", "equal", "authenticate") {
		return false
	}
	if slices.ContainsFunc(k.funcDirectives(s.callee), func(d directive) bool {
		return d.Verb == "value" && len(d.Words) > 0 && (d.Words[0] == "password-hash" || d.Words[0] == "digest")
	}) || isWorkerName(s.name()) {
		return true
	}
	if s.fn == nil {
		return false
	}
	k.steps = 0
	return k.returned(s, 0, 0).kind == workedOn
}
