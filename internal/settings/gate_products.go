package settings

import (
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// isMeant reports whether a product may mean something by a value.
func (g *gate) isMeant(keys []*rules.ProductKey, v *value) bool {
	for _, key := range keys {
		if g.isMeantBy(key, v) && key.In(string(g.about)) {
			return true
		}
	}
	return false
}

// isMeantBy is isMeant for one key, in a file of any name.
func (g *gate) isMeantBy(key *rules.ProductKey, v *value) bool {
	if kind := productKinds[key.Means]; kind != shape.None {
		return v.open || key.Take != "" || g.credible(v, kind, true)
	}
	if v.open && key.Children {
		below := *v
		below.rest = g.below(v)
		v = &below
	}
	return g.some(v, func(text string) bool { return isBadIn(key.Bad, text) || isBadIn(key.Maybe, text) })
}
