package flow

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/shape"
)

// complains reports whether a return says that the text is refused.
func (w *walker) complains(r *ssa.Return, env known) bool {
	results := r.Parent().Signature.Results()
	for i := len(r.Results) - 1; i >= 0; i-- {
		v := r.Results[i]
		if phi, ok := v.(*ssa.Phi); ok && env[phi] != nil {
			v = env[phi]
		}
		t := results.At(i).Type()
		switch {
		case isErrorType(t):
			return w.isComplaint(v)
		case isBool(t):
			value, ok := w.truth(v, env, 0)
			return ok && value == w.negative(r.Parent(), results.At(i).Name())
		case isText(t) && !types.IsInterface(t):
			if k, ok := v.(*ssa.Const); ok {
				return w.emptyText && !isAbsent(k)
			}
			return w.emptyText && isMadeText(v)
		}
		if present, ok := w.present(v); ok && isComplaintType(t) {
			return present
		}
		if k, ok := v.(*ssa.Const); ok && isRefusingStatus(k) {
			return true
		}
	}
	return false
}

func (w *walker) negative(fn *ssa.Function, result string) bool {
	return isNegative(result) || fn.Parent() == nil && isNegative(fn.Name())
}

// isMadeText reports whether a text is put together or looked up.
func isMadeText(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Call, *ssa.BinOp:
		return true
	}
	return false
}

// isComplaint reports whether an error is one for certain.
func (w *walker) isComplaint(v ssa.Value) bool {
	present, ok := w.present(v)
	return ok && present
}

// makesError reports whether a call by its name, or by a status that it is
// given, makes an error or answers with one.
func (w *walker) makesError(call *ssa.Call) bool {
	s := w.siteOf(call)
	if refuses, ok := w.status(call.Call.Args, 0); ok {
		return refuses
	}
	if refuses, ok := namedStatus(w.literals.call(call.Pos())); ok {
		return refuses
	}
	if !isErrorType(call.Type()) && namedOf(call.Type()) == nil {
		return false
	}
	return shape.HasWord(s.name(), "new", "errorf", "error", "err", "wrap", "wrapf", "invalid", "bad", "fail", "failed", "unprocessable", "violation",
		"badf", "errors", "unauthorized", "forbidden", "abort", "short", "weak")
}

// status returns whether a status of HTTP among arguments refuses, and whether
// there is one; a call that makes an argument is looked into.
func (w *walker) status(args []ssa.Value, depth int) (refuses, ok bool) {
	for _, a := range args {
		switch a := a.(type) {
		case *ssa.Const:
			if a.Value != nil && a.Value.Kind() == constant.Int {
				if n, exact := constant.Int64Val(a.Value); exact && n >= 200 && n < 600 {
					return n >= 400, true
				}
			}
		case *ssa.Call:
			if depth < 3 {
				if refuses, ok := w.status(a.Call.Args, depth+1); ok {
					return refuses, ok
				}
			}
		}
	}
	return false, false
}

// namedStatus is like status, by the names of constants: those of a package that
// is not on the machine have no value.
func namedStatus(call *ast.CallExpr) (refuses, ok bool) {
	if call == nil {
		return false, false
	}
	ast.Inspect(call, func(n ast.Node) bool {
		sel, isSel := n.(*ast.SelectorExpr)
		if isSel && strings.HasPrefix(sel.Sel.Name, "Status") && len(sel.Sel.Name) > len("Status") {
			ok = true
			refuses = refuses || shape.HasWord(sel.Sel.Name, "bad", "unprocessable", "forbidden", "conflict", "invalid", "unauthorized", "acceptable", "failed")
		}
		return !ok
	})
	return refuses, ok
}

func isRefusingStatus(k *ssa.Const) bool {
	if k.Value == nil || k.Value.Kind() != constant.Int {
		return false
	}
	n, exact := constant.Int64Val(k.Value)
	return exact && n >= 400 && n < 600
}

// isErrorType reports whether a type is an error.
func isErrorType(t types.Type) bool {
	iface, ok := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return ok && types.Implements(t, iface)
}

// isComplaintType reports whether a list or a struct by its type holds what is
// wrong.
func isComplaintType(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		if b, ok := s.Elem().Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
			return true
		}
		t = s.Elem()
	}
	n := namedOf(t)
	return isErrorType(t) || n != nil && shape.HasWord(n.Obj().Name(), "error", "errors", "err", "problem", "problems", "violation", "violations", "failure", "issue")
}

// refuses reports whether an instruction shows that something is refused: an
// answer with an error, an entry in a list of errors, a switch set to invalid.
func (w *walker) refuses(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		return w.refusingCall(instr)
	case *ssa.MapUpdate:
		if entry := w.entries[instr.Pos()]; entry != nil && isComplaintName(goexpr.Name(entry.X)) {
			return true
		}
		return isComplaintName(w.nameOf(instr.Map))
	case *ssa.Store:
		name := w.nameOf(instr.Addr)
		k, isConst := instr.Val.(*ssa.Const)
		if isConst && k.Value != nil && k.Value.Kind() == constant.Bool {
			value := constant.BoolVal(k.Value)
			return value && isNegative(name) || !value && shape.HasWord(name, "valid", "ok", "strong", "success", "passed", "acceptable")
		}
		_, field := instr.Addr.(*ssa.FieldAddr)
		return field && isComplaintName(name) && !(isConst && isAbsent(k))
	}
	return false
}

func isComplaintName(name string) bool {
	return shape.HasWord(name, "err", "error", "errors", "errs", "problem", "problems", "violation", "violations", "failures", "invalid", "issues") &&
		!shape.HasWord(name, "log", "logger")
}

// refusingCall reports whether a call answers with an error, or adds to a list
// of errors.
func (w *walker) refusingCall(call ssa.CallInstruction) bool {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return b.Name() == "append" && w.appendsComplaint(call)
	}
	s := w.siteOf(call)
	if len(s.args) == 0 {
		return false
	}
	if refuses, ok := w.status(common.Args, 0); ok && refuses || slices.ContainsFunc(w.restList(s, 0), isComplaintText) {
		return true
	}
	name := s.name()
	switch {
	case shape.HasWord(name, "abort", "fail", "failed", "fatal", "fatalf", "invalid", "reject", "bad", "unprocessable", "exit"):
		return true
	case shape.HasWord(name, "error", "errorf", "errors", "violation"):
		v, isValue := call.(*ssa.Call)
		return !isValue || !isErrorType(v.Type()) // an error that is made is judged where it goes
	}
	return false
}

// isComplaintText reports whether an argument is a text that complains, also
// one in a redirection.
func isComplaintText(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.String {
		return false
	}
	text := constant.StringVal(k.Value)
	return len(text) < 256 && shape.HasWord(text, "short", "least", "error", "minimum", "invalid", "weak", "longer")
}

// appendsComplaint reports whether what is appended goes into a list of errors.
func (w *walker) appendsComplaint(call ssa.CallInstruction) bool {
	v, ok := call.(*ssa.Call)
	if !ok {
		return false
	}
	if s, ok := v.Type().Underlying().(*types.Slice); ok && isErrorType(s.Elem()) {
		return true
	}
	names := []string{w.nameOf(v.Call.Args[0])}
	if call := w.literals.call(v.Pos()); call != nil && len(call.Args) > 0 {
		names = append(names, goexpr.Name(call.Args[0]))
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Phi:
			names = append(names, r.Comment)
		case *ssa.Store:
			names = append(names, w.nameOf(r.Addr))
		}
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return isComplaintName(name) || shape.HasWord(name, "messages", "msgs", "reasons", "complaints", "missing", "failed", "fails", "requirements")
	})
}

// returnsEmptyText reports whether a function returns "" as its last result of
// type string, as one does that returns a complaint.
func returnsEmptyText(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(r.Results) == 0 {
			continue
		}
		if k, ok := r.Results[len(r.Results)-1].(*ssa.Const); ok && strings.HasPrefix(k.String(), `"":`) {
			return true
		}
	}
	return false
}
