package authrequest

import (
	"net/url"
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
	case "proxy":
		return proxy(p, ev)
	case "form":
		return form(p, ev)
	case "body":
		return body(p, ev)
	}
	return nil
}

// body returns the credentials in a body that is an encoded form or JSON.
func body(p *observe.Pass, ev *flow.Event) []practice.Auth {
	var list []practice.Auth
	for _, prm := range bodyParams(p, ev) {
		name, _ := prm.Name.Known()
		value, known := prm.Value.Known()
		if shape.OfName(name) == shape.None || known && value == "" {
			continue
		}
		a := practice.Auth{Scheme: "form", At: ev.At, Text: "body field " + name}
		if known {
			a.Value, a.Known = practice.ValueOf(p.Catalogue, value), true
		}
		list = append(list, a)
	}
	return list
}

// bodyParams returns the fields of a body that is JSON, XML or an encoded form as far
// as it is known: such a one begins with a name and an equals sign.
func bodyParams(p *observe.Pass, ev *flow.Event) []practice.Param {
	v, ok := ev.Arg("value")
	if !ok || len(v.Alts) == 0 {
		return nil
	}
	t := v.Alts[0].Partial()
	switch start := strings.TrimSpace(t.Prefix()); {
	case strings.HasPrefix(start, "{"):
		return members(t, ev)
	case strings.HasPrefix(start, "<"):
		return elements(t, ev)
	}
	name, _, ok := strings.Cut(t.Prefix(), "=")
	if !ok || name == "" || strings.Trim(name, fieldLetters) != "" {
		return nil
	}
	var list []practice.Param
	places := writtenParams(p, flow.Value{Alts: v.Alts[:1]})
	for _, q := range partial.ReadQuery(t) {
		name, _ := q.Name.Known()
		at := ev.At
		if spot, ok := places[name]; ok {
			at = spot.At
		}
		list = append(list, practice.Param{Name: q.Name, Value: q.Value, At: at})
	}
	return list
}

// members returns the members of a body in JSON as far as they are known.
func members(t partial.Text, ev *flow.Event) []practice.Param {
	found, _ := partial.ReadJSON(t)
	var list []practice.Param
	for _, m := range found {
		list = append(list, practice.Param{Name: m.Name, Value: m.Value, At: ev.At})
	}
	return list
}

// elements returns the elements and attributes of a body in XML as far as they
// are known.
func elements(t partial.Text, ev *flow.Event) []practice.Param {
	var list []practice.Param
	for _, e := range partial.ReadXML(t) {
		list = append(list, practice.Param{Name: e.Name, Value: e.Value, At: ev.At})
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
		a := practice.Auth{Scheme: scheme, At: ev.At, Text: ev.Text, Told: toldElsewhere(ev, name)}
		fill(p, &a, v, false)
		a.Secret = reading(v)
		if user, ok := ev.Arg("user"); ok {
			a.User = reading(user)
		}
		if name == "token" || isPrefixed(ev) {
			a.Prefixed, a.Raw = true, a.Secret
		}
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
	if !ok || empty(v) || isAuthorization(name) && (onlyScheme(v) || isAddress(v)) {
		return nil
	}
	a := practice.Auth{Scheme: "api-key", Header: name, At: ev.At, Text: "header " + name, Told: toldElsewhere(ev, "value")}
	if isAuthorization(name) {
		a.Scheme = headerScheme(v)
	}
	fill(p, &a, v, true)
	a.Raw = reading(v)
	a.Secret, a.Base64 = a.Raw, base64Of(v)
	if a.Scheme == "basic" {
		a.User, a.Secret = basicParts(a.Raw)
	}
	return []practice.Auth{a}
}

// basicParts returns user and password of a Basic value whose encoding the
// engine looks through.
func basicParts(raw partial.Text) (user, password partial.Text) {
	behind := raw
	if len(raw) > 0 && raw[0].Hole == nil {
		_, rest, _ := strings.Cut(raw[0].Text, " ")
		behind = append(partial.Text{{Text: rest}}, raw[1:]...)
	}
	for i, part := range behind {
		before, after, ok := strings.Cut(part.Text, ":")
		if part.Hole != nil || !ok {
			continue
		}
		user = append(append(user, behind[:i]...), partial.Part{Text: before})
		return user, append(partial.Text{{Text: after}}, behind[i+1:]...)
	}
	return nil, behind
}

// reading returns the reading of a value of whose beginning something is known,
// else the first.
func reading(v flow.Value) partial.Text {
	for _, alt := range v.Alts {
		if t := alt.Partial(); t.Prefix() != "" {
			return t
		}
	}
	if len(v.Alts) == 0 {
		return nil
	}
	return v.Alts[0].Partial()
}

// base64Of returns the alphabet of Base64 that some reading of a value is
// written in.
func base64Of(v flow.Value) string {
	for _, alt := range v.Alts {
		if alphabet := alt.Base64(); alphabet != "" {
			return alphabet
		}
	}
	return ""
}

// toldElsewhere reports whether a callee sets the value, and this function gives
// nothing of its beginning.
func toldElsewhere(ev *flow.Event, name string) bool {
	if !ev.Inherited {
		return false
	}
	for _, a := range ev.Args {
		if a.Name == name {
			return !a.FilledStart
		}
	}
	return true
}

// isPrefixed reports whether an API puts a scheme before the key by itself.
func isPrefixed(ev *flow.Event) bool {
	v, ok := ev.Arg("scheme")
	scheme, known := v.Known()
	return ok && known && scheme != ""
}

// cookieJar joins the name and the value of a cookie, which may be set apart.
type cookieJar struct {
	name      string
	value     flow.Value
	has, fits bool
}

// add takes in an event of a cookie and returns the credential that it completes.
func (j *cookieJar) add(p *observe.Pass, ev *flow.Event) []practice.Auth {
	if v, ok := ev.Arg("name"); ok {
		j.name, j.has = v.Known()
	}
	if v, ok := ev.Arg("value"); ok {
		j.value, j.fits = v, true
	}
	if !j.has || !j.fits {
		return nil
	}
	name, value := j.name, j.value
	*j = cookieJar{}
	if empty(value) || shape.OfName(name) == shape.None && !isSession(name) {
		return nil
	}
	a := practice.Auth{Scheme: "cookie", At: ev.At, Text: "cookie " + name}
	fill(p, &a, value, false)
	return []practice.Auth{a}
}

// isSession reports whether a cookie by its name identifies a session.
func isSession(name string) bool {
	words := shape.Words(name)
	joined := strings.Join(words, "")
	return strings.HasSuffix(joined, "session") || strings.HasSuffix(joined, "sessionid") || strings.HasSuffix(joined, "sessid") || joined == "connectsid" || joined == "sid"
}

// proxy returns the password in the URL of a proxy.
func proxy(p *observe.Pass, ev *flow.Event) []practice.Auth {
	v, _ := ev.Arg("value")
	for _, alt := range v.Alts {
		u := partial.ReadURL(alt.Partial())
		if u.Password == nil || u.Scheme != "http" {
			continue
		}
		a := practice.Auth{Scheme: "proxy", At: ev.At, Text: "user info of the proxy"}
		if text, known := u.Password.Known(); known {
			a.Value, a.Known = practice.ValueOf(p.Catalogue, text), true
		}
		return []practice.Auth{a}
	}
	return nil
}

// onlyScheme reports whether a header's value is known to be a scheme without a
// credential.
func onlyScheme(v flow.Value) bool {
	text, ok := v.Known()
	word, rest, found := strings.Cut(text, " ")
	return ok && found && word != "" && strings.TrimSpace(rest) == ""
}

// isAddress reports whether a header's value is known to be a URI and no more,
// which names a way to log in that the connection itself has gone.
func isAddress(v flow.Value) bool {
	text, ok := v.Known()
	if !ok {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.User == nil && u.RawQuery == "" && (u.Host != "" || u.Scheme == "urn" && u.Opaque != "")
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
