package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// maxCallerDepth is how many callers up a condition is looked for.
const maxCallerDepth = 3

// conditional reports whether an instruction runs only under a condition that
// configuration decides: in its function, or because every call of that
// function is under one.
func (e *engine) conditional(instr ssa.Instruction) bool {
	return e.conditionalBlock(instr.Block()) || e.calledConditionally(instr.Parent(), 0)
}

// conditionalBlock looks for such a condition in the function: one that a block
// or a dominator of it lies behind, and that lets the function return past it.
func (e *engine) conditionalBlock(b *ssa.BasicBlock) bool {
	known, seen := e.conditionals[b]
	if seen {
		return known
	}
	// Up to the first block that is known, and down again with what it says.
	var chain []*ssa.BasicBlock
	for ; b != nil; b = b.Idom() {
		if known, seen = e.conditionals[b]; seen {
			break
		}
		chain = append(chain, b)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		known = known || e.conditionalStep(chain[i])
		e.conditionals[chain[i]] = known
	}
	return known
}

// conditionalStep looks at the condition that a block lies directly behind.
func (e *engine) conditionalStep(b *ssa.BasicBlock) bool {
	d := b.Idom()
	if d == nil {
		return false
	}
	cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
	if !ok || !e.decides(cond.Cond, 0) || e.choosesTLS(cond.Cond, d.Succs[0] == b) {
		return false
	}
	fn := b.Parent()
	if e.exits[fn] == nil {
		e.exits[fn] = newExits(fn)
	}
	return e.exits[fn].bypasses(d, b)
}

// unguarded reports whether an instruction is under a condition that
// configuration decides and that is none on a parameter alone.
func (e *engine) unguarded(instr ssa.Instruction) bool {
	for b := instr.Block(); b != nil && e.conditionalBlock(b); b = b.Idom() {
		if e.conditionalStep(b) && len(e.entryGuards(b)) == 0 {
			return true
		}
	}
	return e.calledConditionally(instr.Parent(), 0)
}

// choosesTLS reports whether a condition is that TLS is used at all, and a branch
// the one where it is: what that does wrong, it does to everybody who asks for
// protection.
func (e *engine) choosesTLS(cond ssa.Value, branch bool) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return branch && isTLSSwitch(e.nameOf(cond))
	}
	if cmp.Op != token.EQL && cmp.Op != token.NEQ || branch != (cmp.Op == token.EQL) {
		return false
	}
	for _, side := range []ssa.Value{cmp.X, cmp.Y} {
		if c, ok := side.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String && isTLSScheme(constant.StringVal(c.Value)) {
			return true
		}
	}
	return false
}

// isTLSSwitch reports whether a setting by its name asks for TLS, and not for
// less of it.
func isTLSSwitch(name string) bool {
	return shape.HasWord(name, "tls", "ssl", "starttls", "https", "ldaps", "ftps", "smtps") && !shape.HasWord(name, "insecure", "skip", "verify", "verification", "check",
		"no", "not", "disable", "disabled", "without", "allow", "ignore", "unsafe", "untrusted", "trust", "self", "any", "weak", "old", "legacy", "compat", "dev", "debug", "test",
		"config", "conf", "cfg", "version", "min", "max")
}

// isTLSScheme reports whether a text is the name of a protocol over TLS.
func isTLSScheme(text string) bool {
	switch strings.ToLower(text) {
	case "tls", "ssl", "starttls", "https", "ldaps", "ftps", "smtps", "imaps", "pop3s", "wss", "mqtts", "amqps", "rediss", "ssl/tls":
		return true
	}
	return false
}

// calledConditionally reports whether a function that only this package can
// call is called under a condition each time.
func (e *engine) calledConditionally(fn *ssa.Function, depth int) bool {
	if depth == maxCallerDepth || fn.Parent() != nil || e.taken[fn] {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Exported() || obj.Signature().Recv() != nil {
		return false
	}
	calls := e.callers[fn]
	for _, c := range calls {
		if !e.conditionalBlock(c.Block()) && !e.calledConditionally(c.Parent(), depth+1) {
			return false
		}
	}
	return len(calls) > 0
}

// byChance reports whether a value is chosen by what happens and by nothing that
// configuration decides: a fallback for what cannot be read.
func (e *engine) byChance(v ssa.Value) bool {
	if change, ok := v.(*ssa.ChangeType); ok {
		v = change.X
	}
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return false
	}
	for _, b := range phi.Block().Preds {
		if e.conditionalBlock(b) {
			return false
		}
	}
	return true
}

// decides reports whether a condition depends on what configuration, a
// parameter or a field says, not only on an error, a nil, an absent text or a
// loop.
func (e *engine) decides(v ssa.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		for _, side := range []ssa.Value{v.X, v.Y} {
			if c, ok := side.(*ssa.Const); ok && isAbsent(c) {
				return false
			}
		}
		return e.decides(v.X, depth+1) || e.decides(v.Y, depth+1)
	case *ssa.Const, *ssa.Extract:
		return false
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if e.decides(edge, depth+1) {
				return true
			}
		}
		return false
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			return false
		}
		for _, a := range v.Call.Args {
			if e.decides(a, depth+1) {
				return true
			}
		}
		return v.Call.IsInvoke()
	}
	return e.eval(v, v.Pos()).any(func(p Part) bool {
		return p.Kind == Param || p.Kind == Setting || p.Kind == Environment
	})
}

// isAbsent reports whether a constant is nil or the empty text.
func isAbsent(c *ssa.Const) bool {
	return c.Value == nil || c.Value.Kind() == constant.String && constant.StringVal(c.Value) == ""
}
