// Package authrequest observes HTTP requests and what is set on them.
//
// # Analyzer authrequest
//
// authrequest: observe requests with their credentials
//
// It judges basic-auth-over-http, credential-over-http, message-over-http,
// basic-auth-discouraged, account-wide-credential, credential-in-url,
// get-message-send, malformed-authorization, password-as-client-secret,
// lookalike-host and credential-across-redirect: the URL, the method and the
// credentials of one and the same request or client, joined by package flow
// through helpers, fields and packages.
package authrequest

import (
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes HTTP requests; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authrequest",
	Doc:              "observe requests with their credentials\n\nbasic-auth-over-http, credential-over-http, message-over-http, basic-auth-discouraged, account-wide-credential, credential-in-url, get-message-send, malformed-authorization, password-as-client-secret, lookalike-host, credential-across-redirect",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		var list []practice.Observation
		add := func(r *practice.Request) {
			if r != nil {
				list = append(list, r)
			}
		}
		for _, o := range p.Flow.Objects {
			switch o.Kind {
			case "http-request", "http-client", "websocket-connection":
				add(request(p, o))
				add(redirect(p, o))
			case "http-header", "http-credentials":
				add(alone(p, o))
			case "oauth-config":
				add(client(p, o))
			case "command":
				for _, obs := range p.Commands(o) {
					if r, ok := obs.(*practice.Request); ok {
						add(r)
					}
				}
			}
		}
		return list
	})
}

// request returns what is observed of an object, nil if it is no request or
// tells nothing that its callee has not told already.
func request(p *observe.Pass, o *flow.Object) *practice.Request {
	client := o.Kind == "http-client"
	url := o.URLText()
	if url.IsZero() {
		return alone(p, o)
	}
	r := &practice.Request{URL: url.Partial(), Client: client, Provider: o.Provider, Sends: o.Has("send")}
	fresh := collectEvents(p, o, r)
	start, query := freshURL(o)
	r.Joins = slices.ContainsFunc(o.Events, func(ev *flow.Event) bool { return ev.Role == "url" && !ev.Inherited })
	if !fresh && !start && !query {
		return nil
	}
	if !fresh && !start || !client && toldByClient(o) {
		r.Auth = nil // scheme and credentials are the callee's or the client's: told there
	}
	if client && len(r.Auth)+len(r.Query) == 0 {
		return nil
	}
	at, symbol, conditional := place(p, o)
	r.Written = written(p, url, at)
	r.Entered = writtenParams(p, url)
	r.Source = p.Source(at, symbol, key(r), ways(o, r.Auth), conditional)
	if mixedSchemes(url) && r.Condition == practice.Always {
		r.Condition = practice.Conditional
	}
	return r
}

// collectEvents fills the request from its events and reports whether one of
// its credentials or parameters was set in this function.
func collectEvents(p *observe.Pass, o *flow.Object, r *practice.Request) bool {
	fresh := false
	scheme := ""
	var jar cookieJar
	var user partial.Text
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "method":
			if v, ok := ev.Arg("value"); ok {
				m, _ := v.Known()
				r.Method = strings.ToUpper(m)
			}
			continue
		case "auth-scheme":
			if v, ok := ev.Arg("value"); ok {
				scheme, _ = v.Known()
			}
			continue
		case "cookie":
			if list := jar.add(p, ev); list != nil {
				r.Auth = append(r.Auth, list...)
				fresh = fresh || !ev.Inherited
			}
			continue
		}
		before := len(r.Auth) + len(r.Query) + len(r.Form)
		for _, a := range auths(p, ev, scheme) {
			apart(p, o, ev, &a)
			r.Auth = append(r.Auth, a)
		}
		if ev.Role == "basic" {
			user = joinUser(r.Auth, ev, user)
		}
		params(p, ev, r)
		if len(r.Auth)+len(r.Query)+len(r.Form) > before && !ev.Inherited {
			fresh = true
		}
	}
	return fresh
}

// joinUser gives a Basic credential the user that another field of the same
// literal sets, before it or behind it: user is the one that waits for its
// password. It returns the one that goes on waiting.
func joinUser(list []practice.Auth, ev *flow.Event, user partial.Text) partial.Text {
	v, ok := ev.Arg("user")
	for i := range list {
		a := &list[i]
		switch {
		case a.Scheme != "basic" || a.User != nil || a.Header != "":
		case ok:
			a.User = reading(v)
			return nil
		case user != nil:
			a.User = user
			return nil
		}
	}
	if _, both := ev.Arg("password"); ok && !both {
		return reading(v)
	}
	return user
}

// toldByClient reports whether a request has neither a base nor a credential of
// its own but those of a client that is reported itself.
func toldByClient(o *flow.Object) bool {
	own := false
	for _, ev := range o.Events {
		switch ev.Role {
		case "basic", "digest", "bearer", "token", "api-key", "header", "login", "form", "base-url":
			own = true
		}
	}
	return !own && len(o.All("base-url")) > 0
}

// freshURL reports whether this function says where a request goes (scheme and
// host), and whether it gives a part of the path or the query.
func freshURL(o *flow.Object) (start, query bool) {
	for _, role := range []string{"url", "base-url", "host", "url-scheme", "path", "query-string"} {
		for _, ev := range o.All(role) {
			if !ev.Inherited {
				start = start || role != "path" && role != "query-string"
				query = true
			}
			for _, a := range ev.Args {
				start = start || a.FilledStart && role != "path" && role != "query-string"
				query = query || a.FilledQuery
			}
		}
	}
	return start, query
}

// params adds query and form parameters.
func params(p *observe.Pass, ev *flow.Event, r *practice.Request) {
	if ev.Role == "body" {
		r.Form = append(r.Form, bodyParams(p, ev)...)
		return
	}
	name, okName := ev.Arg("name")
	value, okValue := ev.Arg("value")
	if !okName || !okValue {
		return
	}
	for _, n := range name.Alts {
		prm := practice.Param{Name: n.Partial(), At: ev.At}
		if len(value.Alts) > 0 {
			prm.Value = value.Alts[0].Partial()
		} else {
			prm.Value = partial.Text{{Hole: &partial.Hole{}}}
		}
		switch ev.Role {
		case "query", "param":
			r.Query = append(r.Query, prm)
		case "form":
			r.Form = append(r.Form, prm)
		}
	}
}

// place returns where a request is reported: at the call that sends or makes
// it, in the function that has it.
func place(p *observe.Pass, o *flow.Object) (at finding.Location, symbol string, conditional bool) {
	at, symbol = o.At, o.Symbol
	own := false
	for _, role := range []string{"base-url", "url"} {
		for _, ev := range o.Events {
			if ev.Role == role {
				at, symbol, own = ev.At, ev.Symbol, true
				conditional = ev.Conditional
				if bound, by, ok := binding(p, ev); ok {
					at, symbol = bound, by
				}
			}
		}
	}
	if from := o.CopyOf(); !own && from != nil && !from.At.IsZero() {
		return place(p, from)
	}
	if len(o.Events) > 0 && at.IsZero() {
		at = o.Events[0].At
	}
	return at, symbol, conditional
}

// key returns the normalised expression of a request: method and known text of
// its URL without user info and query, and the ways it authenticates.
func key(r *practice.Request) string {
	var b strings.Builder
	b.WriteString(r.Method)
	if len(r.URL.Alternatives) > 0 {
		u := partial.ReadURL(r.URL.Alternatives[0])
		host, _ := u.HostText()
		b.WriteString(" " + u.Scheme + "://" + host)
	}
	for _, a := range r.Auth {
		b.WriteString(" " + a.Scheme)
	}
	return b.String()
}

// mixedSchemes reports whether some readings of a URL are protected and some
// are not: the program decides by configuration. So it does if the scheme is
// put before a text only where that has none.
func mixedSchemes(v flow.Value) bool {
	plain, safe := false, false
	for _, alt := range v.Alts {
		switch scheme := partial.ReadURL(alt.Partial()).Scheme; scheme {
		case "https", "wss":
			safe = true
		default:
			plain = plain || isPlain(alt)
			safe = safe || completed(v, alt)
		}
	}
	return plain && safe
}

// completed reports whether another reading of a URL is this one with a scheme
// in front.
func completed(v flow.Value, alt flow.Alt) bool {
	if len(alt.Parts) == 0 || alt.Parts[0].Kind == flow.Text {
		return false
	}
	for _, other := range v.Alts {
		if len(other.Parts) > 1 && isPlain(other) && other.Parts[1] == alt.Parts[0] {
			return true
		}
	}
	return false
}

// isPlain reports whether a reading of a URL has a scheme without protection.
func isPlain(alt flow.Alt) bool {
	scheme := partial.ReadURL(alt.Partial()).Scheme
	return scheme == "http" || scheme == "ws"
}
