package authrequest

import (
	"go/ast"
	"go/token"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// alone returns what is observed of credentials whose request is not known:
// their form, and whose they are by the SDK that takes them. It is nil if there
// are none, or if an object with a URL has them.
func alone(p *observe.Pass, o *flow.Object) *practice.Request {
	r := &practice.Request{Provider: o.Provider, Client: true}
	fresh := collectEvents(p, o, r)
	at := finding.Location{}
	for _, a := range r.Auth {
		if at.IsZero() && (fresh || !a.Told) {
			at = a.At
		}
	}
	if at.IsZero() || isPart(p, o) {
		return nil
	}
	r.Source = p.Source(at, o.Symbol, key(r), nil, false)
	return r
}

// isPart reports whether an object belongs to another one that is observed.
func isPart(p *observe.Pass, o *flow.Object) bool {
	if o.Kind != "http-credentials" {
		return false
	}
	for _, x := range p.Flow.Objects {
		if x.From(o) && (x.Kind == "http-request" || x.Kind == "http-client") && !x.URLText().IsZero() {
			return true
		}
	}
	return false
}

// client returns what is observed of an OAuth client: its id and its secret,
// which go to the token endpoint in a form.
func client(p *observe.Pass, o *flow.Object) *practice.Request {
	r := &practice.Request{Provider: o.Provider, Client: true, URL: o.URLText().Partial()}
	fresh, conditional := false, false
	for _, ev := range o.Events {
		conditional = conditional || ev.Conditional
		if ev.Role != "login" {
			continue
		}
		fresh = fresh || !ev.Inherited || ev.Filled()
		for _, field := range [...]struct{ arg, name string }{{"user", "client_id"}, {"secret", "client_secret"}} {
			if v, ok := ev.Arg(field.arg); ok && !empty(v) {
				r.Form = append(r.Form, practice.Param{Name: partial.Literal(field.name).Alternatives[0], Value: reading(v), At: ev.At})
			}
		}
		r.Auth = append(r.Auth, secret(p, ev, "form", "secret", "password")...)
	}
	if !fresh || len(r.Form)+len(r.Auth) == 0 || isChosenElsewhere(o) {
		return nil
	}
	at := o.At
	if at.IsZero() {
		at = o.Events[0].At
	}
	r.Source = p.Source(at, o.Symbol, key(r), ways(o, r.Auth), conditional)
	return r
}

// isChosenElsewhere reports whether a callee chooses among several endpoints by
// what it is given, so that the one at hand may be that of other calls.
func isChosenElsewhere(o *flow.Object) bool {
	chosen := false
	for _, ev := range o.AllEvents() {
		if ev.Role != "url" && ev.Role != "base-url" {
			continue
		}
		if !ev.Inherited || !ev.Conditional || ev.Filled() {
			return false
		}
		chosen = true
	}
	return chosen
}

// redirect returns the observation of a client that sets credentials on the
// request that follows a redirect, without a look at the host.
func redirect(p *observe.Pass, o *flow.Object) *practice.Request {
	for _, ev := range o.Events {
		if ev.Role != "redirect" || ev.Inherited {
			continue
		}
		v, _ := ev.Arg("callback")
		from, to, ok := callback(p, v)
		if !ok || mentionsHost(p, from, to) {
			continue
		}
		for _, x := range p.Flow.Objects {
			if x.Kind == "http-request" && x.Pos >= from && x.Pos <= to && setsCredential(x) {
				r := &practice.Request{Client: true, AcrossRedirect: true}
				r.Source = p.Source(ev.At, ev.Symbol, "redirect", nil, ev.Conditional)
				return r
			}
		}
	}
	return nil
}

// callback returns the range of a function of the package that a value is.
func callback(p *observe.Pass, v flow.Value) (from, to token.Pos, ok bool) {
	for _, alt := range v.Alts {
		for _, part := range alt.Parts {
			if part.Kind == flow.Function {
				if from, to, ok = p.Function(part.At); ok {
					return from, to, true
				}
			}
		}
	}
	return 0, 0, false
}

// setsCredential reports whether a request gets a credential, or all headers of
// another request.
func setsCredential(o *flow.Object) bool {
	for _, ev := range o.Events {
		switch ev.Role {
		case "basic", "bearer", "token", "api-key", "headers":
			return true
		case "header":
			name, _ := ev.Arg("name")
			text, known := name.Known()
			if !known || isCredentialHeader(text) {
				return true
			}
		}
	}
	return false
}

// mentionsHost reports whether the code between two places looks at a host.
func mentionsHost(p *observe.Pass, from, to token.Pos) bool {
	found := false
	for _, file := range p.Files {
		if to < file.Pos() || from > file.End() {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			found = found || ok && sel.Pos() >= from && sel.End() <= to && (sel.Sel.Name == "Host" || sel.Sel.Name == "Hostname")
			return !found
		})
	}
	return found
}
