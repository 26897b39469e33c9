package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Reveal is what a result of a function gives away: part of its Summary.
type Reveal struct {
	Result  int
	Clean   bool
	Secrets []SecretFact
	Params  []ParamFact
}

// SecretFact is a credential that a result gives away whatever the arguments.
type SecretFact struct {
	Kind       shape.Kind
	Name, What string
	Certain    bool
	Object     bool
	Fresh      bool
	Param      int // of a parameter, its index and one
	At         finding.Location
}

// ParamFact is a parameter that a result gives away.
type ParamFact struct {
	Param  int
	As     uint8
	Spread bool
	Format int
}

// revealed returns what the fact says in the words of the walk.
func (r Reveal) revealed() revealed {
	out := revealed{clean: r.Clean}
	for _, s := range r.Secrets {
		out.secrets = append(out.secrets, Secret{Kind: s.Kind, Name: s.Name, What: s.What, Certain: s.Certain, Object: s.Object, Fresh: s.Fresh, param: s.Param, At: s.At})
	}
	for _, p := range r.Params {
		out.holes = append(out.holes, hole{param: p.Param, as: rendering(p.As), spread: p.Spread, format: p.Format})
	}
	return out
}

// exportLeaks adds to a summary what the function tells of its parameters.
func (e *engine) exportLeaks(fn *ssa.Function, s *Summary) {
	for _, l := range e.told.leaks[fn] {
		l.At = e.exportLocation(l.At)
		l.Steps, l.When = e.exportSteps(l.Steps), exportGuards(l.When)
		s.Leaks = append(s.Leaks, l)
	}
}

// exportReveals adds to a summary what the results of the function give away.
func (e *engine) exportReveals(fn *ssa.Function, s *Summary) {
	if e.told.quiet || !revealsText(fn.Signature) {
		return
	}
	for i, r := range e.revealResults(fn) {
		if !isRevealing(fn.Signature.Results().At(i).Type()) {
			continue
		}
		out := Reveal{Result: i, Clean: r.clean}
		for _, x := range r.secrets {
			if isTelling(x.Name) {
				out.Secrets = append(out.Secrets, SecretFact{x.Kind, x.Name, x.What, x.Certain, x.Object, x.Fresh, x.param, e.exportLocation(x.At)})
			}
		}
		for _, h := range r.holes {
			if h.owner == fn {
				out.Params = append(out.Params, ParamFact{h.param, uint8(h.as), h.spread, h.format})
			}
		}
		if len(out.Secrets) > 0 || len(out.Params) > 0 || out.Clean && takesText(fn.Signature) {
			s.Reveals = append(s.Reveals, out)
		}
	}
}

// revealsText reports whether a function has a result that may give text away.
func revealsText(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if isRevealing(v.Type()) {
			return true
		}
	}
	return false
}

// isRevealing reports whether values of a type are text or errors.
func isRevealing(t types.Type) bool {
	return isPlainText(t) || types.IsInterface(t) && types.Implements(t, errorInterface())
}

func errorInterface() *types.Interface {
	return types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
}

// takesText reports whether a function has a parameter that is text.
func takesText(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if isPlainText(v.Type()) {
			return true
		}
	}
	return sig.Recv() != nil
}
