package practice

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// mergeRoads leaves one verdict of two of one rule that tell of the same text on
// its way to the same call: one at the text itself, for a caller that adds
// nothing, and one at the place where the callee brings in the credential.
func mergeRoads(alive []*verdict) {
	type road struct {
		rule         string
		origin, sink finding.Location
	}
	roadOf := func(v *verdict) (road, bool) {
		r := road{rule: v.rule.ID}
		for _, s := range v.src.Steps {
			switch s.Kind {
			case finding.Origin:
				r.origin = s.Location
			case finding.Sink:
				r.sink = s.Location
			}
		}
		return r, !r.origin.IsZero() && !r.sink.IsZero()
	}
	inCallee := map[road]*verdict{}
	for _, v := range alive {
		if v == nil || v.spot.At.IsZero() {
			continue
		}
		if r, ok := roadOf(v); ok && r.origin != v.primary() && inCallee[r] == nil {
			inCallee[r] = v
		}
	}
	if len(inCallee) == 0 {
		return
	}
	for i, v := range alive {
		if v == nil {
			continue
		}
		r, ok := roadOf(v)
		if strong := inCallee[r]; ok && strong != nil && strong != v && r.origin == v.primary() && strong.persona <= v.persona {
			strong.severity = max(strong.severity, v.severity)
			strong.absorbed = append(strong.absorbed, v.absorbed...)
			if !slices.Contains(strong.places, r.origin) {
				strong.places = append(strong.places, r.origin)
			}
			alive[i] = nil
		}
	}
}
