package snippet

import (
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// written keeps the addresses with queries that a program puts together, by where
// they begin, as far as they go.
func (o *observer) written(n *node, v *value) {
	const most = 500
	if n.kind != textNode && n.kind != binaryNode && n.kind != callNode {
		return
	}
	t := v.text()
	if len(t) < 2 || t[0].Hole != nil || v.obj != nil || v.base64 != "" || !strings.HasPrefix(t[0].Text, "http") {
		return
	}
	start := t[0].Start
	if old, ok := o.addresses[start]; ok && len(old.text()) >= len(t) || !ok && len(o.addresses) == most {
		return
	}
	if !slices.ContainsFunc(t, func(p partial.Part) bool { return p.Hole == nil && strings.Contains(p.Text, "=") }) {
		return
	}
	if o.addresses == nil {
		o.addresses = map[int]*value{}
	}
	o.addresses[start] = v
	if o.symbols == nil {
		o.symbols = map[int]string{}
	}
	o.symbols[start] = o.scope.symbol
}

// unsent observes the addresses with a password or a key in their queries which no
// request is known to be made with: what a function gives back, or hands to a
// function that nothing is known of.
func (o *observer) unsent() {
	if len(o.addresses) == 0 {
		return
	}
	sent := map[int]bool{}
	for _, obj := range o.objects {
		for _, t := range o.address(obj).Alternatives {
			for _, p := range t {
				sent[p.Start] = true
			}
		}
	}
	for _, start := range slices.Sorted(maps.Keys(o.addresses)) {
		v := o.addresses[start]
		if sent[start] || o.told[[2]int{start, start}] || !carries(v.text()) || shape.HasWord(o.symbols[start], "mask", "redact", "log", "test") {
			continue
		}
		o.scope = &scope{symbol: o.symbols[start]}
		r := &practice.Request{Source: o.source(v.n, "address"), URL: partial.String{Alternatives: []partial.Text{v.text()}}}
		if at, ok := o.addressPlace(r.URL); ok {
			r.At, r.Origin = at, at
		}
		o.inAddress(r, &object{kind: "http", n: v.n})
		o.add(r)
	}
}

// carries reports whether the query of an address has a password, or a secret or a
// key that its name says for certain is one, and its value is not known here.
func carries(t partial.Text) bool {
	return slices.ContainsFunc(partial.ReadURL(t).Query, func(p partial.Param) bool {
		name, _ := p.Name.Known()
		holes := p.Value.Holes()
		if len(p.Value) != 1 || len(holes) != 1 || isReworked(holes[0].Name) {
			return false
		}
		switch shape.OfName(name) {
		case shape.Password:
			return true
		case shape.Secret, shape.Key:
			return shape.Certain(name)
		}
		return false
	})
}
