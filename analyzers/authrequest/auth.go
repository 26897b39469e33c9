package authrequest

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// auths returns the credentials that an event sets on its request.
func auths(p *observe.Pass, ev *flow.Event, scheme string) []practice.Auth {
	switch ev.Role {
	case "basic":
		return secret(p, ev, "basic", "password", "user")
	case "digest":
		return secret(p, ev, "digest", "password", "user")
	case "bearer", "token":
		if scheme == "" {
			scheme = "bearer"
		}
		return secret(p, ev, strings.ToLower(scheme), "token")
	case "api-key":
		return secret(p, ev, "api-key", "key")
	case "userinfo":
		return secret(p, ev, "userinfo", "password")
	case "login":
		return secret(p, ev, "login", "password", "token", "secret", "key")
	case "header":
		return header(p, ev)
	case "cookie":
		return nil
	case "form":
		return form(p, ev)
	case "body":
		return body(p, ev)
	}
	return nil
}

// body returns the credentials in a body that is an encoded form.
func body(p *observe.Pass, ev *flow.Event) []practice.Auth {
	var list []practice.Auth
	for _, prm := range bodyParams(ev) {
		name, _ := prm.Name.Known()
		value, known := prm.Value.Known()
		if shape.OfName(name) == shape.None || known && value == "" {
			continue
		}
		a := practice.Auth{Scheme: "form", At: ev.At, Text: "form field " + name}
		if known {
			a.Value, a.Known = practice.ValueOf(p.Catalogue, value), true
		}
		list = append(list, a)
	}
	return list
}

// bodyParams returns the fields of a body that is an encoded form as far as it
// is known: it begins with a name and an equals sign.
func bodyParams(ev *flow.Event) []practice.Param {
	v, ok := ev.Arg("value")
	if !ok || len(v.Alts) == 0 {
		return nil
	}
	t := v.Alts[0].Partial()
	name, _, ok := strings.Cut(t.Prefix(), "=")
	if !ok || name == "" || strings.Trim(name, fieldLetters) != "" {
		return nil
	}
	var list []practice.Param
	for _, q := range partial.ReadQuery(t) {
		list = append(list, practice.Param{Name: q.Name, Value: q.Value, At: ev.At})
	}
	return list
}

// fieldLetters are the characters of the names of form fields.
const fieldLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.[]"

// secret returns the credential in the first named argument that the event has.
func secret(p *observe.Pass, ev *flow.Event, scheme string, names ...string) []practice.Auth {
	for _, name := range names {
		v, ok := ev.Arg(name)
		if !ok || empty(v) {
			continue
		}
		a := practice.Auth{Scheme: scheme, At: ev.At, Text: ev.Text}
		fill(p, &a, v, false)
		return []practice.Auth{a}
	}
	return nil
}

// fill sets what is known of the value.
func fill(p *observe.Pass, a *practice.Auth, v flow.Value, isHeader bool) {
	for _, alt := range v.Alts {
		if lit, ok := p.Literal(alt, isHeader); ok {
			a.Value, a.Known = lit.Value, true
			return
		}
	}
}

// empty reports whether a value is known to be the empty string.
func empty(v flow.Value) bool {
	text, ok := v.Known()
	return ok && text == ""
}

// header returns the credential of a header that carries one.
func header(p *observe.Pass, ev *flow.Event) []practice.Auth {
	nameValue, _ := ev.Arg("name")
	name, ok := nameValue.Known()
	if !ok || !isCredentialHeader(name) {
		return nil
	}
	v, ok := ev.Arg("value")
	if !ok || empty(v) {
		return nil
	}
	a := practice.Auth{Scheme: "api-key", Header: name, At: ev.At, Text: "header " + name}
	if isAuthorization(name) {
		a.Scheme = headerScheme(v)
	}
	fill(p, &a, v, true)
	return []practice.Auth{a}
}

// isAuthorization reports whether a header carries a scheme word.
func isAuthorization(name string) bool {
	return strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization")
}

// isCredentialHeader reports whether a header by its name carries a credential.
func isCredentialHeader(name string) bool {
	return isAuthorization(name) || shape.OfName(name) != shape.None
}

// headerScheme returns the scheme word that a header value begins with, lower
// case, "" if it is not known.
func headerScheme(v flow.Value) string {
	for _, alt := range v.Alts {
		prefix := alt.Partial().Prefix()
		if word, _, ok := strings.Cut(prefix, " "); ok && word != "" {
			return strings.ToLower(word)
		}
	}
	return ""
}

// form returns the credential of a form field that is named like one.
func form(p *observe.Pass, ev *flow.Event) []practice.Auth {
	nameValue, _ := ev.Arg("name")
	name, ok := nameValue.Known()
	if !ok || shape.OfName(name) == shape.None {
		return nil
	}
	v, ok := ev.Arg("value")
	if !ok || empty(v) {
		return nil
	}
	a := practice.Auth{Scheme: "form", At: ev.At, Text: "form field " + name}
	fill(p, &a, v, false)
	return []practice.Auth{a}
}
