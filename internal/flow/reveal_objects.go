package flow

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// isToldAsObject reports whether what an object of the kind gives away is known
// by its events, not by its fields.
func isToldAsObject(kind string) bool {
	switch kind {
	case "url", "userinfo", "url-values", "http-request", "http-header":
		return true
	}
	return false
}

// revealObject looks at an object of the models that is told as a whole: a URL,
// a request, its headers.
func (e *engine) revealObject(v ssa.Value, kind string, as rendering) revealed {
	o := e.objectOf(v)
	if o == nil {
		return revealed{}
	}
	switch kind {
	case "url", "userinfo":
		return e.inURL(e.textOf(o, pathURL), false, o)
	case "url-values":
		return e.inURL(e.textOf(o, pathValues), true, o)
	case "http-request", "http-header":
		if as == asJSON && kind == "http-request" {
			return revealed{}
		}
		return e.inHeaders(o, kind)
	}
	return revealed{}
}

// inHeaders returns the credentials in the headers of a request.
func (e *engine) inHeaders(o *Object, kind string) revealed {
	what := "the headers"
	if kind == "http-request" {
		what = "the request"
	}
	masked := map[string]bool{}
	for _, ev := range o.chain() {
		if name, ok := maskedHeader(ev); ok {
			masked[name] = true
		}
	}
	for _, ev := range o.chain() {
		name := ""
		switch ev.Role {
		case "basic", "bearer", "api-key", "basic-pair", "digest":
			name = "Authorization"
		case "header":
			v, _ := ev.Arg("name")
			known, ok := v.Known()
			if ok && (shape.OfName(known) != shape.None || isCookieName(known)) {
				name = known
			}
		}
		if name == "" || !isTelling(name) || masked[strings.ToLower(name)] {
			continue
		}
		return revealed{secrets: []Secret{{
			Kind: shape.Header, Name: name, What: "header " + name + " of " + what, Certain: true, Object: true, At: ev.At, pos: ev.Pos,
		}}}
	}
	return revealed{}
}

// maskedHeader returns the name of a header that is set to what is no credential,
// in lower case: before a dump it is overwritten.
func maskedHeader(ev *Event) (string, bool) {
	if ev.Role != "header" {
		return "", false
	}
	v, _ := ev.Arg("name")
	name, ok := v.Known()
	value, _ := ev.Arg("value")
	text, known := value.Known()
	return strings.ToLower(name), ok && known && (text == "" || isMark(text) || shape.Of(text).Form == shape.Placeholder)
}

// isCookieName reports whether a header carries cookies.
func isCookieName(name string) bool { return name == "Cookie" || name == "cookie" }

// inURL returns the credentials in the query and the user info of a URL, or in
// a query alone.
func (e *engine) inURL(v Value, query bool, o *Object) revealed {
	var out revealed
	for _, alt := range v.Alts {
		t := alt.Partial()
		params := partial.ReadQuery(t)
		if !query {
			u := partial.ReadURL(t)
			params = u.Query
			if len(u.Password) > 0 && !isPublicText(u.Password) {
				out = out.with(revealed{secrets: []Secret{{
					Kind: shape.Password, Name: "password", What: PasswordInURL, Certain: true, Object: true, At: o.At, pos: o.earliest(),
				}}})
			}
		}
		for _, p := range params {
			name, ok := p.Name.Known()
			if !ok || !isQuerySecret(name) && !isKeyHole(name, p.Value) || !isTelling(name) || len(p.Value) == 0 || isPublicText(p.Value) {
				continue
			}
			out = out.with(revealed{secrets: []Secret{{
				Kind: kindOfQuery(name), Name: name, What: "query parameter " + name, Certain: true, Object: true, At: o.At, pos: o.earliest(),
			}}})
		}
	}
	return out
}

// isQuerySecret reports whether a parameter of a query is a credential by its name.
func isQuerySecret(name string) bool {
	switch shape.OfName(name) {
	case shape.Password, shape.Secret, shape.Key, shape.Token:
		return true
	}
	return false
}

// kindOfQuery returns the kind of credential that a parameter of a query is.
func kindOfQuery(name string) shape.Kind {
	if kind := shape.OfName(name); kind != shape.None {
		return kind
	}
	return shape.Key
}

// isKeyHole reports whether a parameter that is called a key is given one.
func isKeyHole(name string, value partial.Text) bool {
	switch strings.ToLower(name) {
	case "key", "appid", "app_id", "auth", "k":
	default:
		return false
	}
	for _, p := range value {
		if p.Hole != nil && (shape.OfName(p.Hole.Name) != shape.None || isKeyWord(p.Hole.Name)) {
			return true
		}
	}
	return false
}

// QuerySecrets returns the names of the parameters of a URL's query that hold a
// credential which is not known here.
func (v Value) QuerySecrets() []string {
	var names []string
	for _, alt := range v.Alts {
		for _, p := range partial.ReadURL(alt.Partial()).Query {
			name, ok := p.Name.Known()
			_, known := p.Value.Known()
			if ok && !known && isTelling(name) && (shape.Certain(name) || isKeyHole(name, p.Value)) {
				names = append(names, name)
			}
		}
	}
	return names
}

// earliest returns where the first of the object's events happens that may bring
// a credential into a URL.
func (o *Object) earliest() token.Pos {
	first := token.NoPos
	for _, ev := range o.chain() {
		switch ev.Role {
		case "query-string", "userinfo", "param", "query", "url":
			if first == token.NoPos || ev.Pos < first {
				first = ev.Pos
			}
		}
	}
	return first
}

// isPublicText reports whether a text is known and no credential, or a digest.
func isPublicText(t partial.Text) bool {
	if text, ok := t.Known(); ok {
		return !shape.Credible(shape.Of(text), shape.Password, true)
	}
	for _, p := range t {
		if p.Hole != nil && p.Hole.Role == partial.Digest {
			return true
		}
	}
	return false
}

// revealURLText looks at the text of a URL or of encoded values.
func (e *engine) revealURLText(d directive, s site) revealed {
	a, _ := d.Arg("value")
	for _, v := range e.directiveValues(s, a) {
		if o := e.objectOf(v); o != nil {
			if d.Words[0] == "values-encode" {
				return e.inURL(e.textOf(o, pathValues), true, o)
			}
			return e.inURL(e.textOf(o, pathURL), false, o)
		}
	}
	return revealed{}
}

// revealDump looks at the text of a request, which has its headers.
func (e *engine) revealDump(d directive, s *site) revealed {
	a, ok := d.Arg("request")
	if !ok || s == nil {
		return revealed{}
	}
	for _, v := range e.directiveValues(*s, a) {
		o := e.objectOf(v)
		if o == nil {
			continue
		}
		r := e.inHeaders(o, "http-request")
		whose, _ := d.Arg("whose")
		_, given := strip(v).(*ssa.Parameter)
		sent := given && whose.Text == "client" && e.signsRequests()
		if len(r.secrets) == 0 && (o.Exposed || sent) {
			// A request from outside: whoever sent it may have logged in.
			r.secrets = []Secret{{Kind: shape.Header, Name: "Authorization", What: "the headers of the request", Certain: sent, Object: true, At: e.siteLocation(s)}}
		}
		return r
	}
	return revealed{}
}

// signsRequests reports whether the package puts credentials into the headers of
// requests that it sends.
func (e *engine) signsRequests() bool {
	for _, o := range e.objects {
		if o.Kind != "http-request" && o.Kind != "http-header" {
			continue
		}
		for _, ev := range o.Events {
			switch ev.Role {
			case "basic", "bearer":
				return true
			case "header":
				name, _ := ev.Arg("name")
				if text, ok := name.Known(); ok && shape.OfName(text) == shape.Header {
					return true
				}
			}
		}
	}
	return false
}

// revealURLError looks at the error of a request, which holds the URL and so
// its query. User info is masked there.
func (e *engine) revealURLError(d directive, s *site) revealed {
	if s == nil {
		return revealed{}
	}
	var out revealed
	for _, name := range []string{"request", "url"} {
		a, ok := d.Arg(name)
		if !ok {
			continue
		}
		for _, v := range e.directiveValues(*s, a) {
			out = out.with(e.errorURL(v, s))
		}
	}
	for i := range out.secrets {
		out.secrets[i].What += " in the error of " + s.name()
	}
	return out
}

// errorURL looks at the URL that a request is made with.
func (e *engine) errorURL(v ssa.Value, s *site) revealed {
	if isPlainText(v.Type()) {
		return e.queryOnly(e.inURL(e.eval(v, s.pos()), false, &Object{At: e.siteLocation(s)}))
	}
	o := e.objectOf(v)
	if o == nil {
		return revealed{}
	}
	return e.queryOnly(e.inURL(o.URLText(), false, o))
}

// queryOnly leaves out what errors mask.
func (e *engine) queryOnly(r revealed) revealed {
	var out revealed
	for _, s := range r.secrets {
		if s.What != PasswordInURL {
			out.secrets = append(out.secrets, s)
		}
	}
	return out
}
