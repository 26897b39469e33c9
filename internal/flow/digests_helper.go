package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// helper is a function that returns the fast hash of what it is given, whatever
// that is: sha256Hex(s).
type helper struct {
	algorithm string
	params    []int // that go into the hash
}

// helper returns the hash that a call of such a function computes, and what of
// its arguments goes into it.
func (h *hasher) helper(s site) (algorithm string, inputs []ssa.Value) {
	if s.fn == nil || s.fn.Parent() != nil {
		return "", nil
	}
	known, ok := h.helpers[s.fn]
	if !ok {
		known = h.asHelper(s.fn)
		h.helpers[s.fn] = known
	}
	for _, i := range known.params {
		if i < len(s.actuals) {
			inputs = append(inputs, s.actuals[i])
		}
	}
	return known.algorithm, inputs
}

// asHelper looks for the only fast hash in a short function, of nothing but its
// parameters, none of which is a password by its name.
func (h *hasher) asHelper(fn *ssa.Function) helper {
	const maxBlocks = 4
	results := fn.Signature.Results()
	if len(fn.Blocks) > maxBlocks || results.Len() == 0 || !isText(results.At(0).Type()) || isProtocolFunction(fn) ||
		shape.HasWord(fn.Name(), "token", "id", "uuid", "name", "file", "content", "body", "short", "mask") {
		return helper{}
	}
	var out helper
	for call := range callsIn(fn) {
		name, input, ok := h.algorithm(h.siteOf(call))
		if !ok {
			continue
		}
		if out.algorithm != "" {
			return helper{}
		}
		inputs := []ssa.Value{input}
		if v, ok := call.(*ssa.Call); ok && input == nil {
			inputs, _ = h.written(v)
		}
		out = helper{algorithm: name, params: h.paramsIn(inputs)}
		if len(out.params) == 0 {
			return helper{}
		}
	}
	return out
}

// paramsIn returns the parameters that inputs are put together of, nil if there is
// anything else than those and constants, or a password among them.
func (h *hasher) paramsIn(inputs []ssa.Value) []int {
	var leaves []ssa.Value
	for _, in := range inputs {
		leaves = h.leaves(leaves, in, 0)
	}
	var list []int
	for _, leaf := range leaves {
		switch leaf := leaf.(type) {
		case *ssa.Const:
		case *ssa.Parameter:
			i, ok := paramIndex(leaf)
			if !ok || isPasswordName(leaf.Name()) || isPasswordOfCall(leaf, leaf.Parent()) {
				return nil
			}
			list = append(list, i)
		default:
			return nil
		}
	}
	return list
}
