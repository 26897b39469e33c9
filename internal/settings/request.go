package settings

import (
	"net/http"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// address observes a credential inside a URL or a connection string, whatever
// the key is.
func (o *observer) address(s *Setting) {
	if !strings.ContainsAny(s.Text, "@=") || isPlainKind(o.kind(s)) {
		return
	}
	if s.Parent != nil && s.Parent.Kind == List {
		o.bareRequest(s)
	}
	value := s.Value()
	for i, reading := range value.Alternatives {
		text := filled(reading)
		v := practice.ValueOf(o.cat, text)
		if v.Form != shape.UserInfoURL || !shape.Credible(v, shape.DSN, true) {
			continue
		}
		var secret finding.Location
		if strings.Contains(text, "://") {
			password := partial.ReadURL(reading).Password
			if _, ok := password.Known(); !ok {
				continue // a hole, or no password but a user that looks like a key
			}
			secret = partsLocation(s, password)
		} else if len(reading.Holes()) > 0 {
			continue // which part is the password is not known
		}
		lit := literal{text: text, at: secret}
		if lit.at.IsZero() {
			lit.at = s.Location()
		}
		if i > 0 && len(value.Alternatives[0].Holes()) > 0 {
			lit.fallback, lit.variable = true, value.Alternatives[0].Holes()[0].Name
		}
		c := o.credentialOf(s, lit, shape.DSN, v, true)
		c.Use, c.Same = "connection string in "+s.use(), practice.Identity(text)
		if host, ok := partial.ReadURL(reading).HostText(); ok {
			c.Use, c.Host = "URL in "+s.use(), host
			c.Provider = o.providerOf(s, host, v)
		}
		o.out = append(o.out, c)
		return
	}
}

// filled returns a reading as text with a word in place of each hole.
func filled(reading partial.Text) string {
	var b strings.Builder
	for _, p := range reading {
		if p.Hole != nil {
			b.WriteString("hole")
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// partsLocation returns the location that parts of a value cover.
func partsLocation(s *Setting, parts partial.Text) finding.Location {
	if len(parts) == 0 || parts[0].End == 0 {
		return finding.Location{}
	}
	return s.src.location(parts[0].Start, parts[len(parts)-1].End)
}

// requests observes the URLs of a mapping together with the credentials that
// stand beside them or in mappings made for them.
func (o *observer) requests(m *Setting) {
	targets := 0
	for _, item := range m.Items {
		if item.Kind == Scalar && o.isTarget(item) {
			targets++
		}
	}
	for _, item := range m.Items {
		if item.Kind != Scalar {
			continue
		}
		u, ok := httpURL(item)
		if !ok {
			continue
		}
		var auth []found
		if o.isTarget(item) {
			auth = o.authFor(m, item, targets == 1)
		}
		if u.Scheme == "http" && len(auth) == 0 {
			auth = o.sentBy(m)
		}
		o.request(m, item, item.Value(), u, auth)
	}
	if targets == 0 {
		o.schemeRequest(m)
	}
}

// bareRequest observes a URL in a list.
func (o *observer) bareRequest(s *Setting) {
	if u, ok := httpURL(s); ok {
		o.request(s.Parent, s, s.Value(), u, nil)
	}
}

// httpURL reads a value as the URL of an HTTP request.
func httpURL(s *Setting) (partial.URL, bool) {
	if !strings.Contains(s.Text, "://") || strings.ContainsAny(s.Text, " \n") && !strings.Contains(s.Text, "{{") {
		return partial.URL{}, false
	}
	for _, reading := range s.Value().Alternatives {
		u := partial.ReadURL(reading)
		switch u.Scheme {
		case "http", "https", "ws", "wss":
			return u, true
		}
	}
	return partial.URL{}, false
}

// isTarget reports whether a key names the URL that requests go to.
func (o *observer) isTarget(s *Setting) bool {
	if _, ok := httpURL(s); !ok {
		return false
	}
	before, ok := roleOf(o.table, "url", s.words())
	return ok && !hasAny(o.table.Foreign, before)
}

// found is a credential of a request and where it stands.
type found struct {
	practice.Auth
	key *Setting
}

// request adds the observation of a request if there is anything to judge: a
// credential with it or in its URL, a message, or a provider's host over http.
func (o *observer) request(m, s *Setting, value partial.String, u partial.URL, auth []found) {
	host, _ := u.HostText()
	_, known := o.cat.ProviderOf(host)
	plain := (u.Scheme == "http" || u.Scheme == "ws") && known && host != ""
	if len(auth) == 0 && !plain && u.Password == nil && !o.speaks(u) {
		return
	}
	if s.Aliased && !slices.ContainsFunc(auth, func(f found) bool { return !f.key.Aliased }) {
		return // observed at the original
	}
	r := &practice.Request{Source: o.source(s), URL: value, Method: method(o.table, m)}
	r.Client = r.Method == ""
	r.Key = "url " + r.Key
	for _, a := range auth {
		r.Auth = append(r.Auth, a.Auth)
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Origin, Location: a.At, Text: "credential in " + a.key.use()})
		r.Redact = append(r.Redact, a.key.Location())
	}
	if len(auth) > 0 {
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Sink, Location: r.At, Text: "URL in " + s.use()})
	}
	r.Redact = append(r.Redact, secretsIn(s, o.cat, u)...)
	if fix, ok := useHTTPS(s, value); ok {
		r.Fixes = map[practice.Remedy]finding.Fix{practice.UseHTTPS: fix}
	}
	o.out = append(o.out, r)
}

// speaks reports whether a parameter of the URL is known by its name.
func (o *observer) speaks(u partial.URL) bool {
	for _, p := range u.Query {
		if name, ok := p.Name.Known(); ok {
			if kind, _ := o.cat.Parameters().Kind(name); kind != rules.NoParam || isSecretParam(name) {
				return true
			}
		}
	}
	return false
}

// isSecretParam reports whether a parameter's name speaks of a credential. A
// dashboard's var-token is a filter.
func isSecretParam(name string) bool {
	return shape.OfName(name) != shape.None && !strings.HasPrefix(name, "var-")
}

// secretsIn returns the places of secrets in a URL.
func secretsIn(s *Setting, cat *rules.Catalogue, u partial.URL) []finding.Location {
	var out []finding.Location
	add := func(parts partial.Text) {
		if at := partsLocation(s, parts); !at.IsZero() {
			out = append(out, at)
		}
	}
	add(u.Password)
	for _, p := range u.Query {
		name, _ := p.Name.Known()
		if kind, _ := cat.Parameters().Kind(name); kind == rules.SecretParam || isSecretParam(name) {
			add(p.Value)
		}
	}
	return out
}

// method returns the HTTP method that stands beside a URL, "" if none does.
func method(table *rules.SettingsTable, m *Setting) string {
	for _, item := range m.Items {
		if item.Kind != Scalar {
			continue
		}
		if before, ok := roleOf(table, "method", item.words()); !ok || len(before) > 0 {
			continue
		}
		switch upper := strings.ToUpper(item.Text); upper {
		case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead:
			return upper
		}
	}
	return ""
}

// useHTTPS returns the edit that makes an http URL an https URL.
func useHTTPS(s *Setting, value partial.String) (finding.Fix, bool) {
	const plain = "http"
	reading := value.Alternatives[0]
	if len(value.Alternatives) != 1 || len(reading) == 0 || !strings.HasPrefix(reading[0].Text, plain+"://") {
		return finding.Fix{}, false
	}
	start := reading[0].Start
	if start+len(plain) > len(s.src.data) || string(s.src.data[start:start+len(plain)]) != plain {
		return finding.Fix{}, false
	}
	return finding.Fix{
		Title: "use https",
		Edits: []finding.Edit{{Location: s.src.location(start, start+len(plain)), NewText: "https"}},
	}, true
}

// isScheme reports whether a text is the scheme of HTTP, in any case.
func isScheme(text string) bool {
	return strings.EqualFold(text, "http") || strings.EqualFold(text, "https")
}

// schemeRequest observes a request whose URL is spread over the keys of a
// mapping: a scheme, a host, perhaps a port.
func (o *observer) schemeRequest(m *Setting) {
	if !slices.ContainsFunc(m.Items, func(item *Setting) bool { return isScheme(item.Text) }) {
		return
	}
	var scheme, host, port *Setting
	for _, item := range m.Items {
		if item.Kind != Scalar || item.Text == "" {
			continue
		}
		for _, part := range []struct {
			role string
			at   **Setting
		}{{"scheme", &scheme}, {"host", &host}, {"port", &port}} {
			if before, ok := roleOf(o.table, part.role, item.words()); ok && service(o.table, before) == "" && *part.at == nil {
				*part.at = item
			}
		}
	}
	if scheme == nil || host != nil && strings.Contains(host.Text, "://") {
		return
	}
	text := strings.ToLower(scheme.Text)
	if !isScheme(text) {
		return
	}
	auth := o.authFor(m, scheme, true)
	if len(auth) == 0 || host == nil && !slices.ContainsFunc(auth, func(f found) bool { return f.key.Parent != m }) {
		return
	}
	value := partial.Literal(text + "://")
	if host == nil {
		value = partial.Concat(value, partial.Open(partial.Setting, "host"))
	} else {
		value = partial.Concat(value, host.Value())
	}
	if port != nil && host != nil && !strings.Contains(host.Text, ":") {
		value = partial.Concat(partial.Concat(value, partial.Literal(":")), port.Value())
	}
	o.request(m, scheme, value, partial.ReadURL(value.Alternatives[0]), auth)
}
