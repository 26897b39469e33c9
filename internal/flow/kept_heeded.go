package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

const (
	// usualLife is for how long most access tokens are valid; a fixed time that is
	// no longer may well be known from the documentation.
	usualLife = time.Hour
	// farLife is a fixed time that no documentation would give.
	farLife = 24 * time.Hour
	// maxNear is how many functions around a store are looked at.
	maxNear = 64
)

// tokenRead is a value that is read from an answer.
type tokenRead struct {
	value  ssa.Value
	answer *types.Struct // nil for a map, or a text
}

// structOf returns the struct behind a type, nil if there is none.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// heed notes that a function looks at when a token expires.
func (k *keeper) heed(fn *ssa.Function, answer *types.Struct) {
	k.heeds[root(fn)] = true
	if answer != nil {
		k.expired[answer] = true
	}
}

// near returns a function, those that call it and those that it calls.
func (k *keeper) near(fn *ssa.Function) []*ssa.Function {
	list := []*ssa.Function{fn}
	for _, c := range k.e.callers[fn] {
		if caller := root(c.Parent()); len(list) < maxNear && !slices.Contains(list, caller) {
			list = append(list, caller)
		}
	}
	for _, callee := range k.calls[fn] {
		if len(list) < maxNear && !slices.Contains(list, callee) {
			list = append(list, callee)
		}
		for _, below := range k.calls[callee] {
			if len(list) < maxNear && !slices.Contains(list, below) {
				list = append(list, below)
			}
		}
	}
	return list
}

// isRenewed reports whether a token in a place is renewed when a request is
// refused: where that is asked, the place is touched, or what fills it is called.
func (k *keeper) isRenewed(s keeping, place any) bool {
	fill := root(s.Parent())
	owner := fieldOwner(s.addr)
	for fn := range k.refused {
		if fn == fill || owner != nil && receiverOf(fn) == owner || slices.Contains(k.near(fill), fn) {
			return true
		}
		if slices.ContainsFunc(k.loads[place], func(l *ssa.UnOp) bool { return root(l.Parent()) == fn }) {
			return true
		}
	}
	return false
}

// fieldOwner returns the type that has the field of an address.
func fieldOwner(addr ssa.Value) *types.Named {
	if f, ok := addr.(*ssa.FieldAddr); ok {
		return namedOf(f.X.Type())
	}
	return nil
}

// receiverOf returns the type that a function is a method of.
func receiverOf(fn *ssa.Function) *types.Named {
	if recv := fn.Signature.Recv(); recv != nil {
		return namedOf(recv.Type())
	}
	return nil
}

// fixedTime is a length of time after which a token is fetched again, whatever
// its answer says.
type fixedTime struct {
	at   token.Pos
	long time.Duration
}

// fixed returns the fixed time that is kept beside a token, or that its age is
// compared with.
func (k *keeper) fixed(fn *ssa.Function) (fixedTime, bool) {
	for _, one := range k.times[fn] {
		if one.long > usualLife {
			return one, true
		}
	}
	return fixedTime{}, false
}

// noteTime notes a call of the clock that makes or compares a fixed time.
func (k *keeper) noteTime(fn *ssa.Function, s site, instr ssa.CallInstruction) {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return
	}
	switch s.name() {
	case "Add":
		if d, ok := constantTime(s.arg(0)); ok && isStoredAway(call) {
			k.times[root(fn)] = append(k.times[root(fn)], fixedTime{call.Pos(), d})
		}
	case "Since", "Sub":
		for _, r := range *call.Referrers() {
			b, ok := r.(*ssa.BinOp)
			if !ok {
				continue
			}
			for _, side := range []ssa.Value{b.X, b.Y} {
				if d, ok := constantTime(side); ok {
					k.times[root(fn)] = append(k.times[root(fn)], fixedTime{b.Pos(), d})
				}
			}
		}
	}
}

// constantTime returns a constant length of time.
func constantTime(v ssa.Value) (time.Duration, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	n := namedOf(c.Type())
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "time" {
		return 0, false
	}
	return time.Duration(c.Int64()), true
}

// isStoredAway reports whether a value is stored in a field or a variable of the
// package.
func isStoredAway(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Store)
		if !ok || s.Val != v {
			return false
		}
		switch s.Addr.(type) {
		case *ssa.FieldAddr, *ssa.Global:
			return true
		}
		return false
	})
}

// keepsTime reports whether what has the field of an address has a time too.
func keepsTime(addr ssa.Value) bool {
	f, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	st := structOf(f.X.Type())
	for i := range st.NumFields() {
		if n := namedOf(st.Field(i).Type()); n != nil && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "time" {
			return true
		}
	}
	return false
}

// isSettings reports whether a struct by its name is a configuration, whose
// tokens do not come from an answer.
func isSettings(t types.Type) bool {
	n := namedOf(t)
	return n != nil && shape.HasWord(n.Obj().Name(), "config", "configuration", "conf", "cfg", "settings", "setting", "options", "option", "opts",
		"flags", "secrets", "params", "environment", "env", "spec")
}

// isAnswer reports whether a struct may be an answer with a token. One without tags
// for JSON has none of the names that such answers have, unless a library of the
// models fills it, or the time of expiry stands beside the token.
func (k *keeper) isAnswer(t types.Type) bool {
	st := structOf(t)
	if st == nil {
		return false
	}
	if n := namedOf(t); n != nil && n.Obj().Pkg() != nil && k.e.model(n.Obj().Pkg().Path()) != nil {
		return true
	}
	for i := range st.NumFields() {
		if reflect.StructTag(st.Tag(i)).Get("json") != "" || shape.IsExpiry(st.Field(i).Name()) {
			return true
		}
	}
	return false
}

// isSessionToken reports whether a name is that of a token in the answer to a
// login, if that is what the request is.
func isSessionToken(name string) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "token", "jwt", "sessiontoken", "idtoken", "sessionid":
		return true
	}
	return false
}

// noteLogin notes that a function names the path at which one logs in.
func (k *keeper) noteLogin(fn *ssa.Function, instr ssa.Instruction) {
	for _, op := range instr.Operands(nil) {
		c, ok := (*op).(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.String {
			continue
		}
		text := strings.ToLower(constant.StringVal(c.Value))
		if i := strings.IndexByte(text, '/'); i >= 0 && len(text) < 200 && shape.HasWord(text[i:], "oauth", "oauth2", "token", "session", "login", "authenticate", "signin") {
			k.logsIn[root(fn)] = true
		}
	}
}

// pickedName returns the name of what a call picks out of a text: a function of
// a library that is given the text and the name.
func pickedName(s site) string {
	if s.recv != nil || s.fn != nil || len(s.args) < 2 || !isText(s.args[0].Type()) {
		return ""
	}
	if _, ok := s.args[0].(*ssa.Const); ok || !shape.HasWord(s.name(), "get", "bytes", "string") {
		return ""
	}
	name := s.args[1]
	if sl, ok := name.(*ssa.Slice); ok { // the first of a variadic list
		if a, ok := sl.X.(*ssa.Alloc); ok {
			name = firstOf(a)
		}
	}
	if c, ok := name.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return ""
}

// firstOf returns the first element of an array that is made for a call.
func firstOf(a *ssa.Alloc) ssa.Value {
	for _, r := range *a.Referrers() {
		ia, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		if c, ok := ia.Index.(*ssa.Const); !ok || c.Int64() != 0 {
			continue
		}
		for _, rr := range *ia.Referrers() {
			if s, ok := rr.(*ssa.Store); ok && s.Addr == ia {
				return s.Val
			}
		}
	}
	return nil
}
