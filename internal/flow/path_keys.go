package flow

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// joinedHop returns the hop to an element whose key is put together: what it
// begins and ends with may be known.
func joinedHop(key ssa.Value) *hop {
	h := &hop{kind: hopAny}
	b, ok := key.(*ssa.BinOp)
	if !ok || b.Op != token.ADD || !isString(b.Type()) {
		return h
	}
	if c, ok := b.Y.(*ssa.Const); ok {
		h.ends = constText(c)
	}
	for range maxKey {
		left, ok := b.X.(*ssa.BinOp)
		if !ok || left.Op != token.ADD {
			break
		}
		b = left
	}
	if c, ok := b.X.(*ssa.Const); ok {
		h.begins = constText(c)
	}
	return h
}

// mayBe reports whether two hops of one kind of place may lead to the same one.
func (h hop) mayBe(o hop) bool {
	switch {
	case h.kind == hopElem && o.kind == hopElem:
		return h.name == o.name
	case h.kind == hopElem && o.kind == hopAny:
		return strings.HasPrefix(h.name, o.begins) && strings.HasSuffix(h.name, o.ends)
	case h.kind == hopAny && o.kind == hopElem:
		return o.mayBe(h)
	case h.kind == hopAny && o.kind == hopAny:
		return (strings.HasPrefix(h.begins, o.begins) || strings.HasPrefix(o.begins, h.begins)) &&
			(strings.HasSuffix(h.ends, o.ends) || strings.HasSuffix(o.ends, h.ends))
	}
	return true
}
