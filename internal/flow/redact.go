package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// isMark reports whether a text stands for a credential that is left out.
func isMark(text string) bool { return text != "" && shape.Of(text).Form == shape.Redacted }

// isMarked reports whether one of the values that a variable may have is a mark.
func isMarked(v *ssa.Phi, depth int) bool {
	for _, edge := range v.Edges {
		switch edge := edge.(type) {
		case *ssa.Const:
			if isMark(constText(edge)) {
				return true
			}
		case *ssa.Phi:
			if depth < 3 && isMarked(edge, depth+1) {
				return true
			}
		}
	}
	return false
}

// hasRedactor reports whether a type has a method without arguments that takes
// credentials out of its values: whoever sends them may have called it.
func hasRedactor(t types.Type) bool {
	n := namedOf(elemType(t))
	if n == nil {
		return false
	}
	for m := range n.Methods() {
		if m.Signature().Params().Len() == 0 && (isRedactorName(m.Name()) || shape.HasWord(m.Name(), "rendering", "public", "clean", "clear", "blank", "filter")) {
			return true
		}
	}
	return false
}

// madeBy looks at a struct that a function returns: at its body if it is known,
// whatever the name says, else at the name.
func (e *engine) madeBy(v ssa.Value, as rendering) (revealed, bool) {
	call := callBehind(v)
	if call == nil {
		return revealed{}, false
	}
	s := e.siteOf(call)
	if s.fn == nil {
		return nothing, isRedactorName(s.name())
	}
	if e.told.inBody[s.fn] {
		return revealed{}, true
	}
	e.told.inBody[s.fn] = true
	defer delete(e.told.inBody, s.fn)
	var out revealed
	for _, b := range s.fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && len(r.Results) > 0 {
			out = out.with(e.revealWhole(r.Results[0], r.Results[0].Type(), as))
		}
	}
	out.holes = nil
	out.secrets = slices.DeleteFunc(slices.Clone(out.secrets), func(x Secret) bool { return e.masksIn(s.fn, x.field) })
	return out, true
}

// maxMaskers is how many calls of a function are asked whether they mask.
const maxMaskers = 64

// isMaskedIn reports whether a function that tells a struct as a whole masks a
// field before, itself or through a function that it calls.
func (e *engine) isMaskedIn(x Secret, instr ssa.Instruction) bool {
	fn := instr.Parent()
	if x.field == nil || x.Whole == "" || fn == nil {
		return false
	}
	if e.blanks(fn, x.field, instr.Pos()) {
		return true
	}
	seen := 0
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || seen == maxMaskers || call.Pos() > instr.Pos() {
				continue
			}
			seen++
			s := e.siteOf(call)
			if s.fn != nil && s.fn != fn && e.blanks(s.fn, x.field, token.NoPos) || isRedactorName(s.name()) && changes(s, x.Whole) {
				return true
			}
		}
	}
	return false
}

// blanks reports whether a function stores what gives nothing away in a field, of
// whichever struct, and nothing else, before a place.
func (e *engine) blanks(fn *ssa.Function, f *types.Var, before token.Pos) bool {
	found := false
	for i, s := range e.fields[f] {
		if i == 64*maxRevealStores || s.Parent() != fn || before.IsValid() && s.Pos() > before || isOwnField(s.Addr) {
			continue
		}
		if r := e.reveal(s.Val, asText); !r.clean || len(r.secrets) > 0 {
			return false
		}
		found = true
	}
	return found
}

// isOwnField reports whether an address is of a field of a variable that is a
// struct itself: what is stored there is known without a search.
func isOwnField(addr ssa.Value) bool {
	for range maxStructDepth + 1 {
		fa, ok := addr.(*ssa.FieldAddr)
		if !ok {
			break
		}
		addr = fa.X
	}
	a, ok := addr.(*ssa.Alloc)
	return ok && isStruct(deref(a.Type()))
}

// changes reports whether a call is given a pointer to a value of a type, and
// returns none.
func changes(s site, whole string) bool {
	if s.callee == nil || s.callee.Signature().Results().Len() > 0 {
		return false
	}
	for _, v := range s.actuals {
		t := strip(v).Type()
		_, pointer := t.Underlying().(*types.Pointer)
		if n := namedOf(t); pointer && n != nil && n.Obj().Name() == whole {
			return true
		}
	}
	return false
}

// isPasswordDigest reports whether a name is of the digest of a password.
func isPasswordDigest(name string) bool {
	return shape.HasWord(name, "password", "passwd", "pwd", "pass", "pw") &&
		shape.HasWord(name, "hash", "hashed", "digest", "encrypted", "crypt", "bcrypt", "salted", "crypted") &&
		!shape.HasWord(name, "algorithm", "algo", "cost", "type", "func", "method", "config", "params", "version", "name", "id")
}

// masksIn reports whether a function stores nothing that matters in a field, of
// whichever struct.
func (e *engine) masksIn(fn *ssa.Function, f *types.Var) bool {
	found := false
	for i, s := range e.fields[f] {
		if i == 16*maxRevealStores || s.Parent() != fn {
			continue
		}
		if r := e.reveal(s.Val, asText); len(r.secrets) > 0 {
			return false
		}
		found = true
	}
	return found
}

// callBehind returns the call whose first result a struct is, nil if none.
func callBehind(v ssa.Value) *ssa.Call {
	for range 4 {
		switch x := v.(type) {
		case *ssa.Call:
			return x
		case *ssa.Extract:
			call, _ := x.Tuple.(*ssa.Call)
			if x.Index != 0 {
				return nil
			}
			return call
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		case *ssa.Alloc:
			var one *ssa.Store
			for _, r := range *x.Referrers() {
				if s, ok := r.(*ssa.Store); ok && s.Addr == x {
					if one != nil {
						return nil
					}
					one = s
				}
			}
			if one == nil {
				return nil
			}
			v = one.Val
		default:
			return nil
		}
	}
	return nil
}

// isRedactorName reports whether a function takes credentials out of a text, or
// makes something of one that gives it not away, by its name.
func isRedactorName(name string) bool {
	for _, w := range shape.Words(name) {
		switch w {
		case "mask", "masked", "masking", "masker", "redact", "redacted", "redactor", "redacting", "obfuscate", "obfuscated", "obscure",
			"censor", "censored", "sanitize", "sanitise", "sanitized", "sanitizer", "hide", "hidden", "scrub", "scrubbed", "scrubber",
			"anonymize", "anonymise", "anonymized", "conceal", "hash", "hashed", "hasher", "digest", "fingerprint", "checksum", "encrypt",
			"encrypted", "seal", "safe", "elide", "elided", "shorten", "truncate", "truncated", "abbreviate", "partial", "len", "length",
			"count", "sha", "sha1", "sha256", "sha512", "md5", "hmac", "bcrypt", "crypt", "strip", "stripped", "displayable", "prefix":
			return true
		}
	}
	return false
}

// maxDominators is how many conditions up a check for the empty text is looked for.
const maxDominators = 8

// isEmptyAt reports whether a text is empty where a block runs, because it is
// asked for on the way: if password == "" { ... }.
func isEmptyAt(v ssa.Value, b *ssa.BasicBlock) bool {
	for range maxDominators {
		d := b.Idom()
		if d == nil {
			return false
		}
		if cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If); ok && len(b.Preds) == 1 && b.Preds[0] == d {
			if empty, asked := asksEmpty(cond.Cond, v); asked && (d.Succs[0] == b) == empty {
				return true
			}
		}
		b = d
	}
	return false
}

// asksEmpty reports whether a condition asks if a text is empty, and whether it
// holds if so.
func asksEmpty(cond, v ssa.Value) (empty, asked bool) {
	b, ok := cond.(*ssa.BinOp)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ {
		return false, false
	}
	x, y := b.X, b.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	c, ok := y.(*ssa.Const)
	if !ok {
		return false, false
	}
	if n, isInt := smallConst(c); !isAbsent(c) && (!isInt || n != 0) {
		return false, false
	}
	if _, ok := x.(*ssa.Call); ok && types.IsInterface(x.Type()) {
		return false, false // the error of what checks it
	}
	return b.Op == token.EQL, isMadeOf(x, v)
}

// maxShortText is the length of a text that is shown whole because it is short:
// what masks the longer ones does so.
const maxShortText = 16

// isShortAt reports whether a text is short where a block runs, because its
// length is asked for: if len(s) <= 4 { return s }.
func isShortAt(v ssa.Value, b *ssa.BasicBlock) bool {
	if len(b.Preds) != 1 {
		return false
	}
	d := b.Preds[0]
	cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
	if !ok || d.Succs[0] != b {
		return false
	}
	cmp, ok := cond.Cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.LSS && cmp.Op != token.LEQ {
		return false
	}
	n, ok := smallConst(cmp.Y)
	call, isCall := cmp.X.(*ssa.Call)
	return ok && n <= maxShortText && isCall && isMadeOf(call, v)
}

// isMadeOf reports whether x is v, its length, or v without blanks.
func isMadeOf(x, v ssa.Value) bool {
	if call, ok := x.(*ssa.Call); ok && len(call.Call.Args) == 1 {
		x = call.Call.Args[0]
	}
	x = strip(x)
	if x == v {
		return true
	}
	a, okA := x.(*ssa.UnOp)
	b, okB := v.(*ssa.UnOp)
	if !okA || !okB {
		return false
	}
	f, okF := a.X.(*ssa.FieldAddr)
	g, okG := b.X.(*ssa.FieldAddr)
	return okF && okG && f.Field == g.Field && strip(f.X) == strip(g.X) || a.X == b.X
}
