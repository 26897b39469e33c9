package practice

import (
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// ValueOf returns what may be told of a text: its shape, the publisher if it is
// a published example, and the provider if it has the format of a credential of
// one. With a nil catalogue only the shape is told.
func ValueOf(cat *rules.Catalogue, text string) shape.Value {
	v := shape.Of(text)
	if cat == nil || !isTold(v) {
		return v // no example and no format looks like that
	}
	candidates := []string{text}
	if _, user, secret, ok := shape.Split(text); ok {
		candidates = append(candidates, user+":"+secret, secret)
	}
	if v.Inner == shape.JWT && v.Form == shape.JWT && isSampleToken(text) {
		v.Sample = "signed with the key of a tutorial"
	}
	for _, candidate := range candidates {
		if publisher, ok := cat.PublishedExample(candidate); ok && v.Sample == "" {
			v.Sample = publisher
		}
		if v.Inner == shape.Placeholder || v.Run || v.Provider != "" {
			continue // in the form of a credential, and nobody's
		}
		if provider, ok := cat.FormatOf(candidate); ok {
			v.Provider = provider
		}
	}
	return v
}

// minTold is the length of the shortest credential that a publisher prints or
// a provider issues.
const minTold = 8

// isTold reports whether a value can be a published example or an issued
// credential, so that looking it up is worth the while.
func isTold(v shape.Value) bool {
	switch v.Inner {
	case shape.Opaque, shape.UUID, shape.JWT, shape.PrivatePEM, shape.Identifier, shape.Placeholder, shape.HashLike:
		return v.Length >= minTold
	}
	return false
}
