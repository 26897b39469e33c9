package authdisclosure

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/shape"
)

// credential is what an object carries, in words.
type credential struct {
	kind shape.Kind
	what string
}

// carries returns the credential that an object carries or is sent with: its
// own, or one of a request that is made from it.
func carries(p *observe.Pass, o *flow.Object) (credential, bool) {
	if c, ok := carried(o); ok {
		return c, true
	}
	for _, x := range p.Flow.Objects {
		if x.From(o) {
			if c, ok := carried(x); ok {
				return c, true
			}
		}
	}
	return beside(p, o)
}

// beside returns the credential that the calls of a provider's SDK are given
// apart from its client, in their context.
func beside(p *observe.Pass, o *flow.Object) (credential, bool) {
	for _, x := range p.Flow.Objects {
		if o.Provider != "" && x.Provider == o.Provider && x.Kind == "http-credentials" {
			if c, ok := carried(x); ok {
				return c, true
			}
		}
	}
	return credential{}, false
}

// carried returns the credential that is set on an object.
func carried(o *flow.Object) (credential, bool) {
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "basic", "basic-pair", "digest":
			return credential{shape.Password, "the Authorization header"}, true
		case "bearer":
			return credential{shape.Token, "the Authorization header"}, true
		case "api-key":
			return credential{shape.Key, "the key of each request"}, true
		case "login", "auth-password":
			return credential{shape.Password, "the login"}, true
		case "header", "query", "form", "param", "cookie":
			name, _ := ev.Arg("name")
			if text, ok := name.Known(); ok && shape.Certain(text) {
				return credential{shape.OfName(text), ev.Role + " " + text}, true
			}
		}
	}
	return credential{}, false
}
