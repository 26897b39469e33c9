package command

import (
	"encoding/base64"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// maxURLs is how many URLs of one command are observed.
const maxURLs = 20

// request observes a client of HTTP.
func (s *script) request(l *line) {
	for i := range l.options {
		if name := l.options[i].name; name == "--unix-socket" || name == "--abstract-unix-socket" {
			return // nothing leaves the machine
		}
	}
	urls := s.urls(l)
	host := ""
	for _, w := range urls {
		if host == "" {
			host = hostAt(w)
		}
	}
	base := &practice.Request{Method: method(l), Sends: true}
	s.bodies(l, base)
	s.auths(l, base, host, urls)
	base.AcrossRedirect = l.has("follow") && len(base.Auth) > 0
	for _, w := range urls {
		s.requestTo(l, base, w)
	}
	if len(urls) == 0 && len(base.Auth) > 0 {
		r := *base
		r.Source = s.source(s.text.Locate(l.words[0].start, l.words[0].end))
		r.Key = "request of " + l.command
		s.add(&r)
	}
	if insecure := l.first("insecure"); insecure != nil {
		s.unchecked(l, insecure, host)
	}
	s.versions(l, host)
	if proxy := l.first("proxy"); proxy != nil {
		s.address(l, proxy.value)
	}
}

// urls returns the words that are URLs, with the scheme that the client puts
// before one without.
func (s *script) urls(l *line) []word {
	var list []word
	add := func(w word) {
		if len(list) < maxURLs && !w.isEmpty() && w.reading() != nil {
			list = append(list, withScheme(w))
		}
	}
	for i := range l.options {
		if l.options[i].role == "url" {
			add(l.options[i].value)
		}
	}
	for _, w := range l.args {
		if text, ok := w.known(); !ok || strings.ContainsAny(text, ".:/") || text == "localhost" {
			add(w)
		}
	}
	return list
}

// withScheme returns the URL with http:// before it if it begins with a host.
func withScheme(w word) word {
	text := w.reading()
	prefix := text.Prefix()
	if strings.Contains(prefix, "://") || prefix == "" || strings.HasPrefix(prefix, "/") || strings.Contains(text.Display(), "://") {
		return w
	}
	host, _, _ := strings.Cut(prefix, "/")
	if host = strings.TrimRight(host, ":0123456789"); !strings.Contains(host, ".") && host != "localhost" {
		return w // not a host for certain
	}
	w.value = partial.Concat(partial.String{Alternatives: []partial.Text{{{Text: "http://", Start: w.start, End: w.start}}}}, w.value)
	return w
}

// method returns the method of the request that a command makes.
func method(l *line) string {
	if o := l.first("method"); o != nil {
		text, _ := o.value.known()
		return strings.ToUpper(text)
	}
	switch {
	case l.has("upload") && l.command != "wget":
		return "PUT"
	case l.has("head"):
		return "HEAD"
	case l.has("get"):
		return "GET"
	case l.has("data", "form", "json", "upload"):
		return "POST"
	}
	return "GET"
}

// bodies sets the fields of the body, or of the query if the data goes there.
func (s *script) bodies(l *line, r *practice.Request) {
	for i := range l.options {
		o := &l.options[i]
		var list []practice.Param
		switch o.role {
		case "data", "json":
			list = s.fieldsOf(o.value)
		case "form":
			if name, value, ok := o.value.reading().Cut('='); ok {
				list = []practice.Param{{Name: name, Value: value, At: s.locate(value, o.value)}}
			}
		case "query":
			list = s.fieldsOf(o.value)
		default:
			continue
		}
		if o.role == "query" || l.has("get") {
			r.Query = append(r.Query, list...)
		} else {
			r.Form = append(r.Form, list...)
		}
	}
}

// fieldsOf returns the fields of a body that is JSON or an encoded form.
func (s *script) fieldsOf(w word) []practice.Param {
	text := w.reading()
	prefix := strings.TrimLeft(text.Prefix(), " \t\r\n")
	var params []partial.Param
	switch {
	case strings.HasPrefix(prefix, "@"):
		return nil
	case strings.HasPrefix(prefix, "{"):
		params, _ = partial.ReadJSON(text)
	default:
		params = partial.ReadQuery(text)
	}
	var list []practice.Param
	for _, p := range params {
		value := unquoted(p.Value)
		list = append(list, practice.Param{Name: p.Name, Value: value, At: s.locate(value, w)})
	}
	return list
}

// unquoted returns a value of JSON without its quotes.
func unquoted(t partial.Text) partial.Text {
	if len(t) == 0 || t[0].Hole != nil || !strings.HasPrefix(t[0].Text, `"`) {
		return t
	}
	rest := dropFront(t, 1)
	if n := len(rest) - 1; n >= 0 && rest[n].Hole == nil && strings.HasSuffix(rest[n].Text, `"`) {
		last := headPart(rest[n], len(rest[n].Text)-1)
		rest = rest[:n:n]
		if last.Text != "" {
			rest = append(rest, last)
		}
	}
	return rest
}

// auths sets the credentials of a request and observes those that are literals.
func (s *script) auths(l *line, r *practice.Request, host string, urls []word) {
	// The arguments of a cmdlet stay within its process.
	g := login{host: host, alsoShown: l.row == nil || l.row.Style != rules.StyleCmdlet}
	if p, ok := s.cat.ProviderOf(host); ok && host != "" {
		g.provider = p.ID
	}
	scheme := "basic"
	if l.has("digest") {
		scheme = "digest"
	}
	for i := range l.options {
		o := &l.options[i]
		own := g
		own.use, own.kind = useOf(l, "option "+o.name), shape.Password
		switch o.role {
		case "pair", "proxy-pair":
			s.pair(o, own, scheme, r)
		case "password":
			if user := l.first("user"); user != nil {
				own.user = user.value.reading()
			}
			s.secret(o.value, own, whole)
			r.Auth = append(r.Auth, s.authOf(scheme, o, o.value.reading()))
		case "token":
			own.kind = shape.Token
			s.secret(o.value, own, whole)
			a := s.authOf("bearer", o, o.value.reading())
			a.Prefixed, a.Raw = true, o.value.reading()
			r.Auth = append(r.Auth, a)
		case "header":
			s.header(l, o.value, g, r)
		case "cookie":
			s.cookie(o, own, r)
		}
	}
	s.bodySecrets(l, g, r)
	for _, w := range urls {
		s.querySecrets(l, g, w)
	}
}

// authOf returns the credential that an option sets on a request.
func (s *script) authOf(scheme string, o *option, secret partial.Text) practice.Auth {
	a := practice.Auth{Scheme: scheme, At: s.locate(o.value.reading(), o.value), Text: "option " + o.name, Secret: secret}
	if known, ok := secret.Known(); ok {
		a.Value, a.Known = practice.ValueOf(s.cat, known), true
	}
	return a
}

// pair observes an option with user and password. A user alone has the client
// ask for the password.
func (s *script) pair(o *option, g login, scheme string, r *practice.Request) {
	text := o.value.reading()
	user, password, ok := text.Cut(':')
	if !ok && len(text.Holes()) == 0 {
		return
	}
	s.paired(o.value, g, ':')
	if ok && len(password) == 0 { // a key as user: curl -u KEY:
		s.keyAsUser(o, g)
	}
	if o.role == "proxy-pair" {
		return
	}
	a := s.authOf(scheme, o, password)
	if a.User = user; !ok || len(password) == 0 {
		a.Known, a.Value = false, shape.Value{}
	}
	r.Auth = append(r.Auth, a)
}

// keyAsUser observes a key in the place of the user, with no password.
func (s *script) keyAsUser(o *option, g login) {
	g.kind = shape.Key
	s.secret(o.value, g, func(t partial.Text) partial.Text {
		user, _, _ := t.Cut(':')
		known, ok := user.Known()
		v := practice.ValueOf(s.cat, known)
		if ok && v.Provider == "" && v.Sample == "" && !shape.Credible(v, shape.Key, false) {
			return nil
		}
		return user
	})
}

// header observes a header of a request.
func (s *script) header(l *line, w word, g login, r *practice.Request) {
	nameText, value, ok := w.reading().Cut(':')
	name, known := nameText.Known()
	if !ok || !known || !isCredentialHeader(name) {
		return
	}
	value = value.TrimSpace()
	if len(value) == 0 {
		return
	}
	a := practice.Auth{Scheme: "api-key", Header: strings.TrimSpace(name), At: s.locate(value, w), Text: "header " + strings.TrimSpace(name), Raw: value, Secret: value}
	if isAuthorization(name) {
		s.authorization(&a)
	}
	if text, ok := value.Known(); ok {
		v := practice.ValueOf(s.cat, text)
		a.Value, a.Known = v, true
	}
	r.Auth = append(r.Auth, a)
	g.kind, g.use = shape.Header, useOf(l, "header "+a.Header)
	s.secret(w, g, func(t partial.Text) partial.Text {
		_, value, _ := t.Cut(':')
		return value.TrimSpace()
	})
}

// authorization reads the value of an Authorization header: its scheme, and user
// and password behind Basic.
func (s *script) authorization(a *practice.Auth) {
	word, rest, spaced := strings.Cut(a.Raw.Prefix(), " ")
	a.Scheme = ""
	if !spaced {
		return
	}
	a.Scheme = strings.ToLower(word)
	text, whole := a.Raw.Known()
	if a.Scheme != "basic" || !whole {
		return
	}
	_, rest, _ = strings.Cut(text, " ")
	for _, encoding := range []struct {
		name string
		*base64.Encoding
	}{{"std", base64.StdEncoding}, {"raw-std", base64.RawStdEncoding}, {"url", base64.URLEncoding}, {"raw-url", base64.RawURLEncoding}} {
		plain, err := encoding.DecodeString(strings.TrimSpace(rest))
		user, password, ok := strings.Cut(string(plain), ":")
		if err != nil || !ok || !isPrintable(string(plain)) {
			continue
		}
		a.Base64, a.Raw = encoding.name, partial.Text{{Text: word + " " + string(plain)}}
		a.User, a.Secret = partial.Text{{Text: user}}, partial.Text{{Text: password}}
		return
	}
}

// isPrintable reports whether a text has no control characters and no bytes that
// are no text.
func isPrintable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\uFFFD' })
}

// isAuthorization reports whether a header begins with a scheme.
func isAuthorization(name string) bool {
	name = strings.TrimSpace(name)
	return strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization")
}

// isCredentialHeader reports whether a header carries a credential.
func isCredentialHeader(name string) bool {
	return isAuthorization(name) || shape.OfName(strings.TrimSpace(name)) != shape.None
}

// cookie observes the cookies of a request that are sessions or tokens.
func (s *script) cookie(o *option, g login, r *practice.Request) {
	name, value, ok := o.value.reading().Cut('=')
	known, whole := name.Known()
	if !ok || !whole || shape.OfName(known) == shape.None && !strings.Contains(strings.ToLower(known), "sess") {
		return
	}
	r.Auth = append(r.Auth, practice.Auth{Scheme: "cookie", At: s.locate(value, o.value), Text: "cookie " + known, Secret: value})
	if kind := shape.OfName(known); kind != shape.None {
		g.kind = kind
		s.secret(o.value, g, passwordPart('='))
	}
}

// bodySecrets observes the fields of a body that hold credentials.
func (s *script) bodySecrets(l *line, g login, r *practice.Request) {
	for _, p := range r.Form {
		name, _ := p.Name.Known()
		kind := shape.OfName(name)
		known, ok := p.Value.Known()
		if kind == shape.None || ok && known == "" || len(p.Value) == 0 {
			continue
		}
		a := practice.Auth{Scheme: "form", At: p.At, Text: "body field " + name, Secret: p.Value}
		if ok {
			a.Value, a.Known = practice.ValueOf(s.cat, known), true
		}
		r.Auth = append(r.Auth, a)
		g.kind, g.use = kind, useOf(l, "body field "+name)
		s.secret(word{value: one(p.Value), start: p.Value[0].Start, end: p.Value[len(p.Value)-1].End}, g, whole)
	}
}

// querySecrets observes literal credentials in the query of a URL.
func (s *script) querySecrets(l *line, g login, w word) {
	for _, t := range w.value.Alternatives {
		u := partial.ReadURL(t)
		for _, p := range u.Query {
			name, _ := p.Name.Known()
			kind := shape.OfName(name)
			if known, ok := p.Value.Known(); kind == shape.None || !ok || len(p.Value) == 0 || known == "" {
				continue
			}
			g.kind, g.use = kind, useOf(l, "parameter "+name)
			s.secret(word{value: one(p.Value), start: w.start, end: w.end}, g, whole)
		}
	}
}

// requestTo adds the observation of a request to one URL.
func (s *script) requestTo(l *line, base *practice.Request, w word) {
	r := *base
	r.URL = w.value
	text := w.reading()
	r.Source = s.source(s.locate(text, w))
	r.Key = "request of " + l.command
	u := partial.ReadURL(text)
	if u.Scheme == "ftp" || u.Scheme == "ftps" || u.Scheme == "sftp" || u.Scheme == "scp" {
		s.transfer(l, &r, u)
		return
	}
	for _, a := range base.Auth {
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Origin, Location: a.At, Text: "credential in " + a.Text})
		if a.Known {
			r.Redact = append(r.Redact, a.At)
		}
	}
	if len(r.Steps) > 0 {
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Sink, Location: r.At, Text: "URL of " + l.command})
	}
	for _, t := range w.value.Alternatives {
		s.redactURL(&r.Source, partial.ReadURL(t), w)
	}
	if host, _ := u.HostText(); u.Password != nil {
		s.userInfoSecret(l, w, u, host)
	}
	if fix, ok := s.useHTTPS(text); ok {
		r.Fixes = map[practice.Remedy]finding.Fix{practice.UseHTTPS: fix}
	}
	s.add(&r)
	s.makesKey(l, &r, u)
}

// makesKey observes a request that makes an API key, if all that it says of the
// key is known.
func (s *script) makesKey(l *line, r *practice.Request, u partial.URL) {
	host, ok := u.HostText()
	if suffix, known := u.HostSuffix(); !ok && known {
		host = strings.TrimPrefix(suffix, ".")
	}
	p, ok := s.cat.ProviderOf(host)
	if body := l.first("data", "json"); ok && host != "" && body != nil && r.Method == "POST" && p.MakesKey(u.PathText()) {
		members, complete := partial.ReadJSON(body.value.reading())
		if !complete {
			return
		}
		obs := &practice.Token{Source: r.Source, Aspect: practice.KeyMade, Host: host, Path: u.PathText(), Use: l.command}
		obs.Key = "api-key"
		for _, m := range members {
			obs.Members = append(obs.Members, practice.Param{Name: m.Name, Value: m.Value})
		}
		s.add(obs)
	}
}

// transfer observes a client of HTTP that is given the URL of another protocol.
func (s *script) transfer(l *line, r *practice.Request, u partial.URL) {
	if u.Scheme != "ftp" || l.has("tls") {
		return
	}
	obs := &practice.Connection{Source: r.Source, Protocol: "ftp", Address: one(u.Host), TLS: practice.TLSOff, Use: l.command}
	user, _ := u.User.Known()
	switch strings.ToLower(user) {
	case "anonymous", "ftp":
		obs.Anonymous = true
	default:
		obs.Login = len(u.User) > 0 || len(r.Auth) > 0
	}
	for i := range l.options {
		if name := l.options[i].name; name == "--ssl-reqd" || name == "--ftp-ssl-reqd" {
			return
		}
	}
	s.add(obs)
	if host, _ := u.HostText(); u.Password != nil {
		s.userInfoSecret(l, word{value: r.URL, start: l.words[0].start, end: l.words[len(l.words)-1].end}, u, host)
	}
}

// useHTTPS returns the edit that makes an http URL an https URL.
func (s *script) useHTTPS(t partial.Text) (finding.Fix, bool) {
	const plain = "http"
	if len(t) == 0 || !strings.HasPrefix(t[0].Text, plain+"://") || t[0].End-t[0].Start != len(t[0].Text) {
		return finding.Fix{}, false
	}
	return finding.Fix{
		Title: "use https",
		Edits: []finding.Edit{{Location: s.text.Locate(t[0].Start, t[0].Start+len(plain)), NewText: "https"}},
	}, true
}
