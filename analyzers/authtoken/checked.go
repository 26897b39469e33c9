package authtoken

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// checks are the functions in which the signature of a token is checked.
type checks map[string]bool

// checksOf finds the functions that check signatures.
func checksOf(p *observe.Pass) checks {
	found := checks{}
	for _, o := range p.Flow.Objects {
		if o.Kind == "jwt-check" && !isUnverified(o) && verifies(o) {
			found[o.Symbol] = true
		}
	}
	return found
}

// isUnverified reports whether a check of a token leaves the signature out.
func isUnverified(o *flow.Object) bool { return switched(o, "unverified") != nil }

// verifies reports whether a check of a token has a key.
func verifies(o *flow.Object) bool {
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "secret", "verify":
			return true
		}
	}
	return false
}

// switched returns the event that switches something off for sure, or may do so.
func switched(o *flow.Object, role string) *flow.Event {
	var found *flow.Event
	for _, ev := range o.All(role) {
		if ev.Inherited && !ev.Filled() {
			continue
		}
		v, given := ev.Arg("value")
		u, unless := ev.Arg("unless")
		switch {
		case given && !can(v, "true"), unless && !can(u, "false"):
			if !ev.Conditional && (isOnly(v, "false") || isOnly(u, "true")) {
				found = nil
			}
		default:
			found = ev
		}
	}
	return found
}

// can reports whether a text is among the readings of a value.
func can(v flow.Value, word string) bool {
	return slices.ContainsFunc(v.Alts, func(a flow.Alt) bool { t, _ := a.Known(); return t == word })
}

// isOnly reports whether a text is the only reading of a value.
func isOnly(v flow.Value, word string) bool { t, ok := v.Known(); return ok && t == word }

// checked returns what is observed of the reading of a token.
func checked(p *observe.Pass, o *flow.Object, where checks) []practice.Observation {
	var list []practice.Observation
	if ev := switched(o, "unverified"); ev != nil && !verifies(o) && !where[o.Symbol] {
		if obs := unverified(p, o, ev, where); obs != nil {
			list = append(list, obs)
		}
	}
	if ev := switched(o, "claims-unchecked"); len(list) == 0 && ev != nil && !shape.HasWord(ev.Symbol, "hint") && (!isUnverified(o) || verifies(o)) && (o.Uses != nil || o.Literal) {
		list = append(list, at(p, o, ev, practice.ExpiryUnchecked))
	}
	if obs := ignored(p, o); obs != nil {
		list = append(list, obs)
	}
	if obs := acceptsNone(p, o); obs != nil {
		list = append(list, obs)
	}
	return list
}

// at returns an observation of the reading of a token at an event.
func at(p *observe.Pass, o *flow.Object, ev *flow.Event, aspect practice.TokenAspect) *practice.Token {
	obs := &practice.Token{Source: p.Source(ev.At, ev.Symbol, "token", ev.Steps, ev.Conditional), Aspect: aspect, Use: ev.Text}
	if o.Uses != nil {
		obs.Reads, obs.Kept, obs.Handed = o.Uses.Reads, o.Uses.Kept, o.Uses.Handed
	}
	for _, name := range []string{"value", "unless"} {
		if v, ok := ev.Arg(name); ok && obs.Condition == practice.Always && (len(v.Alts) > 1 || v.FromOutside()) {
			obs.Condition = practice.Configured
		}
	}
	return obs
}

// unverified observes a token whose signature is not checked.
func unverified(p *observe.Pass, o *flow.Object, ev *flow.Event, where checks) *practice.Token {
	obs := at(p, o, ev, practice.SignatureUnchecked)
	obs.Checked = len(where) > 0
	obs.Issued = o.Uses != nil && o.Uses.ByHand && !o.Uses.OfRequest // a client looks at its own token
	if text, ok := ev.Arg("text"); ok {
		obs.Issued = obs.Issued || isAnswer(text)
	}
	switch {
	case o.Uses != nil:
	case o.Literal:
		obs.Reads = []string{"*"} // a configuration: whatever it lets through
	default:
		return nil
	}
	return obs
}

// isAnswer reports whether a text comes from the answer of an authorisation
// server, whose word counts without a signature.
func isAnswer(v flow.Value) bool {
	if v.HasRole("token-response") {
		return true
	}
	for _, alt := range v.Alts {
		if len(alt.Parts) == 1 && alt.Parts[0].Kind == flow.Setting && strings.EqualFold(strings.ReplaceAll(alt.Parts[0].Name, "_", ""), "idtoken") {
			return true
		}
	}
	return false
}

// ignored observes a token that is used although nobody looks at what the
// check said.
func ignored(p *observe.Pass, o *flow.Object) *practice.Token {
	if o.Uses == nil || !o.Uses.ErrorIgnored || !verifies(o) || len(o.All("returns-anyway")) == 0 {
		return nil
	}
	if o.Uses.Kept || slices.Contains(o.Uses.Reads, "Valid") || len(o.Uses.Reads) == 0 {
		return nil
	}
	return at(p, o, o.Events[0], practice.SignatureUnchecked)
}

// acceptsNone observes a key function that lets unsigned tokens through.
func acceptsNone(p *observe.Pass, o *flow.Object) *practice.Token {
	for _, ev := range o.Events {
		v, ok := ev.Arg("callback")
		if !ok || ev.Role != "secret" || ev.Inherited && !ev.Filled() {
			continue
		}
		for _, callback := range v.Callbacks() {
			if callback.Returns.HasRole("unsigned") {
				return at(p, o, ev, practice.Unsigned)
			}
		}
	}
	return nil
}
