package remedy

import (
	"go/ast"
	"go/types"
	"strings"
)

// asTaker returns the name in a call of a function that takes something with a
// method String, and the name of the one beside it that takes a text and is the
// same otherwise. Both are zero if there is no such function.
func (s *site) asTaker(call *ast.CallExpr, i int) (id *ast.Ident, sibling string) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil, ""
	}
	fn, ok := s.object(sel).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return nil, ""
	}
	base, ok := strings.CutSuffix(fn.Name(), "Stringer")
	if !ok {
		return nil, ""
	}
	for _, name := range [...]string{base + "String", base + "Str"} {
		var other types.Object
		if recv := fn.Signature().Recv(); recv != nil {
			other, _, _ = types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), name)
		} else {
			other = fn.Pkg().Scope().Lookup(name)
		}
		if other, ok := other.(*types.Func); ok && other.Exported() && takesTextInstead(fn.Signature(), other.Signature(), i) {
			return sel.Sel, name
		}
	}
	return nil, ""
}

// takesTextInstead reports whether two functions differ only in that the second
// takes a text for the argument.
func takesTextInstead(one, other *types.Signature, i int) bool {
	if one.Variadic() || other.Variadic() || one.Params().Len() != other.Params().Len() || i >= one.Params().Len() || !types.Identical(one.Results(), other.Results()) {
		return false
	}
	for k := range one.Params().Len() {
		a, b := one.Params().At(k).Type(), other.Params().At(k).Type()
		if k == i && !types.Identical(b, types.Typ[types.String]) || k != i && !types.Identical(a, b) {
			return false
		}
	}
	return true
}
