package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// This file reads what the description of an API says of credentials: how they
// are sent, and where to. Everything else in it describes data.

// The keys below which a description says how credentials are sent.
const (
	securitySchemes     = "securitySchemes"
	securityDefinitions = "securityDefinitions"
)

// describe observes the description of an API, in the words of OpenAPI 3 or of
// Swagger 2.
func (o *observer) describe(doc *Setting) {
	if doc.Child("openapi") == nil && doc.Child("swagger") == nil {
		return
	}
	d := apiReader{o: o, host: doc.Child("host")}
	if servers := doc.Child("servers"); servers != nil {
		for _, server := range servers.Items {
			if url := server.Child("url"); url != nil && url.Kind == Scalar {
				d.servers = append(d.servers, url)
			}
		}
	}
	schemes := doc.Child(securityDefinitions)
	if components := doc.Child("components"); components != nil && schemes == nil {
		schemes = components.Child(securitySchemes)
	}
	if schemes == nil {
		return
	}
	for _, scheme := range schemes.Items {
		d.scheme(scheme)
	}
	d.plain(doc)
}

// apiReader reads one description.
type apiReader struct {
	o       *observer
	host    *Setting   // of Swagger 2
	servers []*Setting // URLs of OpenAPI 3
	auth    []practice.Auth
}

// text returns the text of a scalar below s, in lower case.
func text(s *Setting, name string) string {
	if child := s.Child(name); child != nil && child.Kind == Scalar {
		return strings.ToLower(child.Text)
	}
	return ""
}

// scheme observes one way to send credentials.
func (d *apiReader) scheme(s *Setting) {
	kind, in := text(s, "type"), s.Child("in")
	switch {
	case kind == "apikey" && text(s, "in") == "query" && s.Child("name") != nil:
		d.inQuery(in, s.Child("name").Text)
	case kind == "apikey":
		d.auth = append(d.auth, practice.Auth{Scheme: "api-key", Text: "the security scheme " + shownName(s.Name), At: s.Key()})
	case kind == "basic", kind == "http" && text(s, "scheme") == "basic":
		at := s.Child("scheme")
		if at == nil {
			at = s.Child("type")
		}
		auth := practice.Auth{Scheme: "basic", Text: "the security scheme " + shownName(s.Name), At: at.Location()}
		d.auth = append(d.auth, auth)
		r := d.request(at, d.base("https"))
		r.Auth = []practice.Auth{auth}
		d.o.out = append(d.o.out, r)
	case kind == "http":
		d.auth = append(d.auth, practice.Auth{Scheme: text(s, "scheme"), Text: "the security scheme " + shownName(s.Name), At: s.Key()})
	case kind == "oauth2":
		d.auth = append(d.auth, practice.Auth{Scheme: "bearer", Text: "the security scheme " + shownName(s.Name), At: s.Key()})
		s.All(d.tokenURL)
	}
}

// inQuery observes an API key that is a parameter of the URL.
func (d *apiReader) inQuery(at *Setting, name string) {
	r := d.request(at, d.base("https"))
	value := partial.Text{{Hole: &partial.Hole{Role: partial.Credential, Name: name}}}
	r.Query = []practice.Param{{Name: partial.Text{{Text: name}}, Value: value, At: at.Location()}}
	d.o.out = append(d.o.out, r)
}

// tokenURL observes where tokens are asked for.
func (d *apiReader) tokenURL(s *Setting) {
	if s.Kind != Scalar || s.Name != "tokenUrl" {
		return
	}
	u, ok := httpURL(s)
	if !ok || u.Scheme != "http" {
		return
	}
	r := d.request(s, s.Value())
	r.Auth = []practice.Auth{{Scheme: "form", Text: "client secret", At: s.Location()}}
	d.o.out = append(d.o.out, r)
}

// plain observes servers without TLS to which the credentials go.
func (d *apiReader) plain(doc *Setting) {
	if len(d.auth) == 0 {
		return
	}
	for _, url := range d.servers {
		if u, ok := httpURL(url); ok && u.Scheme == "http" {
			r := d.request(url, url.Value())
			r.Auth = d.auth
			d.o.out = append(d.o.out, r)
		}
	}
	schemes := doc.Child("schemes")
	if schemes == nil || d.host == nil {
		return
	}
	for _, scheme := range schemes.Items {
		if scheme.Text == "http" {
			r := d.request(scheme, d.base("http"))
			r.Auth = d.auth
			if len(schemes.Items) > 1 {
				r.Condition = practice.Conditional // the client may choose the other one
			}
			d.o.out = append(d.o.out, r)
		}
	}
}

// base returns the URL of the API, as far as it is known.
func (d *apiReader) base(scheme string) partial.String {
	switch {
	case d.host != nil && d.host.Kind == Scalar && d.host.Text != "":
		return partial.Concat(partial.Literal(scheme+"://"), d.host.Value())
	case len(d.servers) > 0 && strings.Contains(d.servers[0].Text, "://"):
		_, rest, _ := strings.Cut(d.servers[0].Text, "://")
		return partial.Literal("https://" + rest)
	}
	return partial.Concat(partial.Literal(scheme+"://"), partial.Open(partial.Setting, "host"))
}

// request returns the observation of what clients of the API send.
func (d *apiReader) request(at *Setting, url partial.String) *practice.Request {
	r := &practice.Request{Source: d.o.source(at), URL: url, Client: true}
	r.Key = "api " + r.Key
	return r
}

// sample observes an example in the description of a credential that nobody makes
// up: it may have been a real one.
func (o *observer) sample(s *Setting) {
	if s.Parent == nil || s.Name != "example" && s.Name != "default" {
		return
	}
	named := *s
	named.Name, named.key, named.named = s.Parent.Name, s.Parent.key, nil
	named.Parent = s.Parent.Parent
	if kind := shape.OfName(named.Name); named.Parent == nil || kind == shape.None || kind == shape.Password || shape.Of(named.Text).Hash == "" {
		return
	}
	from := len(o.out)
	o.credential(&named)
	for _, found := range o.out[from:] {
		if c, ok := found.(*practice.Credential); ok {
			c.Document = true
		}
	}
}
