package flow

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// isMigrated reports whether a digest is made in a function that by its name is
// about older ones, and a slow hash replaces it: there, or in a function that
// calls it. Where nobody of the package calls it, others may do so.
func (h *hasher) isMigrated(call *ssa.Call) bool {
	fn := root(call.Parent())
	names := strings.Join(functionNames(fn), "_")
	if !shape.HasWord(names, "legacy", "migrate", "migration", "upgrade", "compat") {
		return false
	}
	if h.hashesSlowly(fn) {
		return true
	}
	called := false
	for _, other := range h.roots {
		if other == fn || !calls(other, fn) {
			continue
		}
		called = true
		if h.hashesSlowly(other) {
			return true
		}
	}
	return !called
}

// hashesSlowly reports whether a function, or one that it calls in its package,
// makes a hash that is made for passwords.
func (h *hasher) hashesSlowly(fn *ssa.Function) bool {
	for call := range callsIn(fn) {
		s := h.siteOf(call)
		if h.makesSlowHash(s) {
			return true
		}
		if s.fn == nil || s.fn == fn {
			continue
		}
		for inner := range callsIn(s.fn) {
			if h.makesSlowHash(h.siteOf(inner)) {
				return true
			}
		}
	}
	return false
}

func (h *hasher) makesSlowHash(s site) bool {
	for _, d := range h.funcDirectives(s.callee) {
		if d.Verb == "value" && len(d.Words) > 0 && d.Words[0] == "password-hash" {
			return true
		}
	}
	return false
}

// calls reports whether a function calls another one.
func calls(fn, callee *ssa.Function) bool {
	for call := range callsIn(fn) {
		if call.Common().StaticCallee() == callee {
			return true
		}
	}
	return false
}

// callsIn yields the calls of a function and of those inside it.
func callsIn(fn *ssa.Function) func(yield func(ssa.CallInstruction) bool) {
	return func(yield func(ssa.CallInstruction) bool) { eachCall(fn, yield) }
}

func eachCall(fn *ssa.Function, yield func(ssa.CallInstruction) bool) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && !yield(call) {
				return false
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		if !eachCall(anon, yield) {
			return false
		}
	}
	return true
}
