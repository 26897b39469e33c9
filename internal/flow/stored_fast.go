package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// keyColumn returns what the key of a value says that it is, if that is a
// password: "password:" + user.
func (k *storer) keyColumn(key ssa.Value, s site) string {
	for _, alt := range k.eval(key, s.pos()).Alts {
		for _, p := range alt.Parts {
			if p.Kind != Text {
				continue
			}
			for _, word := range strings.FieldsFunc(p.Text, func(r rune) bool { return strings.ContainsRune(":/.|", r) }) {
				if isStoredPassword(word) && !shape.HasWord(word, "attempts", "tries", "failures", "changed", "expiry", "expires", "token", "code", "forgot", "lock") {
					return word
				}
			}
		}
	}
	return ""
}

// fastHash returns the call of the fast hash whose result a call is, nil if it
// is none.
func (k *storer) fastHash(call *ssa.Call) *ssa.Call {
	h := &hasher{engine: k.engine}
	s := k.siteOf(call)
	if _, input, ok := h.algorithm(s); ok && input != nil {
		return call
	}
	if s.name() != "Sum" || s.recv == nil {
		return nil
	}
	made, ok := unboxed(s.recv).(*ssa.Call)
	if !ok {
		return nil
	}
	if _, input, ok := h.algorithm(k.siteOf(made)); ok && input == nil {
		return made
	}
	return nil
}

// hashedFast records the fast hash that a column of passwords is given: there the
// column says that it is one, whatever the source calls the text.
func (k *storer) hashedFast(one pending, o derivation) {
	if o.digest == nil || !isStoredPassword(one.Column) && !isHashColumn(one.Column) {
		return
	}
	fn := o.digest.Parent()
	if isProtocol(k.pass.Pkg.Path()) || isProtocolFunction(fn) {
		return
	}
	h := &hasher{engine: k.engine}
	name, input, _ := h.algorithm(k.siteOf(o.digest))
	inputs := []ssa.Value{input}
	if input == nil {
		inputs, _ = h.written(o.digest)
	}
	var leaves []ssa.Value
	for _, in := range inputs {
		leaves = h.leaves(leaves, in, 0)
	}
	if slices.ContainsFunc(leaves, func(v ssa.Value) bool { _, ok := v.(*ssa.Phi); return ok }) && inLoop(o.digest.Block()) {
		return // stretched
	}
	d := &Digest{Algorithm: name, Name: one.Column, Salted: len(leaves) > 1, Symbol: symbol(fn), Use: "stored by " + one.Text, UseAt: one.At}
	d.Pos, d.End = k.span(o.digest, o.digest.Pos())
	d.At = k.location(d.Pos, d.End)
	k.fast = append(k.fast, d)
}

// withDigests returns digests and those of more that are at other places.
func withDigests(list, more []*Digest) []*Digest {
	for _, d := range more {
		if !slices.ContainsFunc(list, func(o *Digest) bool { return o.At == d.At }) {
			list = append(list, d)
		}
	}
	return list
}
