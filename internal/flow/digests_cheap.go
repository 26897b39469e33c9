package flow

import (
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// cheap judges a call of a slow hash: a cost below the least makes it a fast one.
// What also makes keys is only judged where a password is kept, or if the cost is
// next to none.
func (h *hasher) cheap(call *ssa.Call, s site) {
	for _, d := range h.funcDirectives(s.callee) {
		if d.Verb != "value" || len(d.Words) == 0 || d.Words[0] != "password-hash" {
			continue
		}
		cost, least, ok := h.cost(d, s)
		if !ok || cost < 1 || cost >= least {
			continue
		}
		algorithm, _ := d.Arg("algorithm")
		in, _ := d.Arg("input")
		if in.Quoted || s.arg(in.Index) == nil {
			return
		}
		one := &Digest{Algorithm: algorithm.Text, Symbol: symbol(call.Parent()), Cost: cost, Least: least}
		_, keys := d.Arg("keys")
		if !h.reads(one, h.leaves(nil, s.arg(in.Index), 0), call) && keys {
			return
		}
		if keys && cost*10 >= least && !h.isKept(call) {
			return
		}
		one.Pos, one.End = h.span(call, call.Pos())
		one.At = h.location(one.Pos, one.End)
		h.list = append(h.list, one)
		return
	}
}

// cost returns the cost that a slow hash is called with and the least that it
// should have; it reports false if the source does not tell.
func (h *hasher) cost(d directive, s site) (cost, least int, ok bool) {
	at, hasCost := d.Arg("cost")
	floor, hasLeast := d.Arg("least")
	if !hasCost || !hasLeast || at.Quoted || s.arg(at.Index) == nil {
		return 0, 0, false
	}
	least, err := strconv.Atoi(floor.Text)
	if err != nil {
		return 0, 0, false
	}
	text, known := h.eval(s.arg(at.Index), s.pos()).Known()
	if !known {
		return 0, 0, false
	}
	cost, err = strconv.Atoi(text)
	return cost, least, err == nil
}

// isKept reports whether what a call makes of a password is stored or compared.
func (h *hasher) isKept(call *ssa.Call) bool {
	w := &fate{hasher: h, seen: map[ssa.Value]bool{}}
	w.follow(call, 0)
	return !w.exempt && (w.use != "" || w.result != "")
}
