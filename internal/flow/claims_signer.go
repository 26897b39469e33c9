package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/rules"
)

// noteSigner keeps a call of a function that is not seen and signs claims, and
// reports whether it is one.
func (e *engine) noteSigner(s site) bool {
	if e.told.quiet {
		return false
	}
	d, ok := e.claimsDirective(s)
	if ok {
		fn := root(s.instr.Parent())
		e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelClaims})
	}
	return ok
}

// isMapOf reports whether a value is a map, of which all that is told is seen.
func isMapOf(v ssa.Value) bool {
	made, ok := v.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	_, ok = made.X.Type().Underlying().(*types.Map)
	return ok
}

// claimsDirective says that a function which is not seen puts claims into a token:
// a function value, or a method of an interface, that takes claims of a library
// and returns a text.
func (e *engine) claimsDirective(s site) (directive, bool) {
	sig := s.common.Signature()
	if sig == nil || sig.Results().Len() == 0 || !isText(sig.Results().At(0).Type()) || types.IsInterface(sig.Results().At(0).Type()) {
		return directive{}, false
	}
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		if types.IsInterface(t) && e.kindOf(t) == jwtClaims && isMapOf(s.arg(i)) {
			return directive{Verb: "tell", Words: []string{channelClaims}, Args: []rules.DirectiveArg{
				{Name: "value", Index: i}, {Name: "as", Text: "json", Quoted: true, Index: -1},
			}}, true
		}
	}
	return directive{}, false
}
