package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// place returns the place of the bytes from start to end, also of those in a
// string with escapes, which lie behind the end of the text.
func (o *observer) place(start, end int) finding.Location {
	size := len(o.text.Data)
	if start >= size && o.decoded != nil && start > 0 {
		return o.decoded.Locate(start-size, max(end, start)-size)
	}
	return o.text.Locate(min(start, size), min(max(start, end), size))
}

// locate returns the place of a value: of its text where that is known.
func (o *observer) locate(v *value) finding.Location {
	if t := v.text(); len(t) == 1 {
		return o.place(span(t))
	}
	return o.place(v.n.start, v.n.end)
}

// span returns the bytes that a text stands on: all of it if it stands in one
// place, else its longest part.
func span(t partial.Text) (start, end int) {
	longest := -1
	length, gap := 0, 200
	for i, p := range t {
		length += p.End - p.Start
		if p.Hole == nil && (longest < 0 || p.End-p.Start > t[longest].End-t[longest].Start) {
			longest = i
		}
	}
	if len(t) == 0 {
		return 0, 0
	}
	start, end = t[0].Start, t[len(t)-1].End
	if end >= start && end-start <= length+gap && inOrder(t) {
		return start, end
	}
	if longest < 0 {
		return t[0].Start, t[0].End
	}
	return t[longest].Start, t[longest].End
}

// inOrder reports whether the parts of a text stand behind each other.
func inOrder(t partial.Text) bool {
	for i := 1; i < len(t); i++ {
		if t[i].Start < t[i-1].End {
			return false
		}
	}
	return true
}

// source returns what an observation says of the place of a node.
func (o *observer) source(n *node, key string) practice.Source {
	return o.sourceAt(o.place(n.start, n.end), key)
}

// sourceAt returns what an observation says of a place.
func (o *observer) sourceAt(at finding.Location, key string) practice.Source {
	return practice.Source{
		At: at, Origin: at, Symbol: firstOf(o.scope.symbol, o.text.Symbol), Key: strings.TrimSpace(o.text.Key + " " + key), Test: o.text.Test, Document: o.text.Document,
	}
}

// add adds an observation.
func (o *observer) add(p practice.Observation) { o.out.Observations = append(o.out.Observations, p) }

// finish observes the objects, of which all is known by now.
func (o *observer) finish() {
	for _, obj := range o.objects {
		o.scope = &scope{symbol: obj.symbol}
		o.finishOne(obj)
	}
	for _, c := range o.credentials {
		o.completed(c)
	}
	for _, obj := range o.objects {
		host := hostOf(o.address(obj))
		for _, t := range obj.unchecked {
			t.Host = host
		}
	}
}

// completed says of a credential whose it is and where it goes.
func (o *observer) completed(c credentialOf) {
	c.c.Host = hostOf(o.address(c.obj))
	if p, ok := o.cat.ProviderOf(c.c.Host); ok && c.c.Host != "" {
		c.c.Provider = p.ID
	}
	if c.obj.row != nil && c.c.Provider == "" {
		c.c.Provider = c.obj.row.Provider
	}
	if c.c.Kind != shape.Password || c.obj.user == nil {
		return
	}
	if user, ok := c.obj.user.known(); ok && user != "" {
		c.c.User, c.c.HoldsUser = shape.SafeUser(user, c.known), shape.HoldsUser(user, c.known)
		return
	}
	c.c.UserIsHole = true
}

// finishOne observes an object.
func (o *observer) finishOne(obj *object) {
	address := o.address(obj)
	scheme := schemeOf(address)
	switch {
	case obj.kind == "ftp" || scheme == "ftp":
		o.connection(obj, "ftp", address)
	case obj.kind == "ssh":
		o.ssh(obj, address)
	case obj.kind == "smtp" || obj.kind == "smpp":
		o.connection(obj, obj.kind, address)
	case obj.kind == "ldap":
		if scheme != "ldaps" && scheme != "ldapi" {
			o.connection(obj, "ldap", address)
		}
	case obj.kind == "db":
		o.database(obj)
	case obj.kind == "http" || obj.kind == "client":
		o.request(obj, address)
	case obj.kind == "login":
		o.account(obj)
	}
}

// account observes the login that the library of a provider is given which has
// narrower ones.
func (o *observer) account(obj *object) {
	if obj.row == nil || obj.row.Provider == "" || obj.used || obj.password == nil || obj.user == nil {
		return
	}
	p, ok := o.cat.Provider(obj.row.Provider)
	if !ok || len(p.AccountWide) == 0 {
		return
	}
	r := &practice.Request{Source: o.source(obj.n, "login of "+calleeOf(obj)), Provider: p.ID, Client: true}
	r.Auth = []practice.Auth{o.basic(obj)}
	if _, known := obj.password.known(); known {
		r.Redact = append(r.Redact, r.Auth[0].At)
	}
	r.Symbol = obj.symbol
	o.add(r)
}

// schemeOf returns the scheme of an address.
func schemeOf(s partial.String) string {
	for _, t := range s.Alternatives {
		return partial.ReadURL(t).Scheme
	}
	return ""
}

// hostOf returns the host of an address as far as it is known.
func hostOf(s partial.String) string {
	for _, t := range s.Alternatives {
		if !strings.Contains(t.Prefix(), "://") {
			t = append(partial.Text{{Text: "//"}}, t...)
		}
		if host, ok := partial.ReadURL(t).HostText(); ok {
			return host
		}
	}
	return ""
}

// address returns the address of an object: its own, behind that of the client
// it is made with.
func (o *observer) address(obj *object) partial.String {
	var own partial.String
	for range 12 {
		if obj == nil {
			return own
		}
		next := ownAddress(obj)
		switch {
		case own.IsZero():
			own = next
		case next.IsZero():
		case isWhole(own):
			return own
		default:
			own = partial.Concat(next, own)
		}
		obj = obj.parent
	}
	return own
}

// isWhole reports whether an address has its host.
func isWhole(s partial.String) bool {
	t := s.Alternatives[0]
	return strings.Contains(t.Prefix(), "://") || len(t) > 0 && t[0].Hole != nil
}

// ownAddress returns the address that an object itself has.
func ownAddress(obj *object) partial.String {
	switch {
	case obj.url != nil && obj.base != nil && !isWhole(obj.url.asText()):
		return partial.Concat(obj.base.asText(), obj.url.asText())
	case obj.url != nil:
		return obj.url.asText()
	case obj.base != nil:
		return obj.base.asText()
	case obj.host != nil && len(obj.host.str.Alternatives) > 0:
		host := obj.host.str
		switch {
		case obj.kind != "http" && obj.kind != "client":
			return host
		case obj.tls == "on":
			return withPath(partial.Concat(partial.Literal("https://"), host), obj)
		case obj.scheme != "" && obj.tls != "maybe":
			return withPath(partial.Concat(partial.Literal(obj.scheme), host), obj)
		}
		return withPath(partial.Concat(partial.Literal("//"), host), obj)
	case obj.path != nil:
		return obj.path.asText()
	}
	return partial.String{}
}

// withPath returns an address with the path of an object.
func withPath(s partial.String, obj *object) partial.String {
	if obj.path == nil {
		return s
	}
	return partial.Concat(s, obj.path.asText())
}

// chain calls f with an object and those above it.
func chain(obj *object, f func(*object)) {
	for range 12 {
		if obj == nil {
			return
		}
		f(obj)
		obj = obj.parent
	}
}

// request observes a request, or a client that no request is made with.
func (o *observer) request(obj *object, address partial.String) {
	if obj.used && obj.path == nil && (obj.url == nil || obj.kind == "client") {
		return // the requests have what the client has
	}
	r := &practice.Request{URL: address, Method: obj.method, Sends: obj.sends, Client: obj.kind == "client"}
	chain(obj, func(at *object) {
		r.Auth = append(r.Auth, at.auth...)
		r.Query = append(r.Query, at.query...)
		r.Form = append(r.Form, at.form...)
		if at.row != nil && r.Provider == "" {
			r.Provider = at.row.Provider
		}
		if at.password != nil && len(at.password.str.Alternatives) > 0 {
			r.Auth = append(r.Auth, o.basic(at))
		}
		r.Sends = r.Sends || at.sends
	})
	o.formOver(r)
	if address.IsZero() && len(r.Auth) == 0 {
		return
	}
	if r.Provider == "" && !strings.Contains(hostOf(address), ".") {
		r.Provider = o.text.Provider // a document about one alone
	}
	if host := hostOf(address); host != "" && o.text.Host == "" {
		chain(obj, func(at *object) {
			for _, n := range at.signed {
				o.signedFor(n, "call of "+shortName(n.x.path()), host)
			}
		})
	}
	r.Source = o.source(obj.n, "request of "+calleeOf(obj))
	sent := r.At
	if at, ok := o.addressPlace(address); ok {
		r.At, r.Origin = at, at
	}
	o.enteredIn(r)
	for _, a := range r.Auth {
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Origin, Location: a.At, Text: "credential in " + a.Text})
		if a.Known {
			r.Redact = append(r.Redact, a.At)
		}
	}
	if len(r.Steps) > 0 || sent.Line != r.At.Line {
		r.Steps = append(r.Steps, finding.Step{Kind: finding.Sink, Location: sent, Text: "request of " + calleeOf(obj)})
	}
	o.inAddress(r, obj)
	o.add(r)
}

// calleeOf returns the name of the call that an object comes from.
func calleeOf(obj *object) string {
	if obj.n != nil && obj.n.kind == callNode {
		return firstOf(obj.n.calleeName(), "call")
	}
	return "call"
}

// basic returns the login of an object as what its requests send.
func (o *observer) basic(obj *object) practice.Auth {
	a := practice.Auth{Scheme: "basic", At: o.locate(obj.password), Text: "login of " + calleeOf(obj), Secret: obj.password.text()}
	if obj.user != nil {
		a.User = obj.user.text()
	}
	if known, ok := obj.password.known(); ok {
		a.Value, a.Known = practice.ValueOf(o.cat, known), true
	}
	return a
}

// addressPlace returns where what is known of an address stands.
func (o *observer) addressPlace(s partial.String) (finding.Location, bool) {
	for _, t := range s.Alternatives {
		for _, p := range t {
			if p.Hole == nil && p.End > p.Start {
				return o.place(p.Start, p.End), true
			}
		}
	}
	return finding.Location{}, false
}

// inAddress observes literal credentials in the address of a request.
func (o *observer) inAddress(r *practice.Request, obj *object) {
	for _, t := range r.URL.Alternatives {
		u := partial.ReadURL(t)
		if known, ok := u.Password.Known(); ok && len(u.Password) > 0 {
			o.literal(u.Password, known, shape.Password, "user info of a URL", obj, "")
			r.Redact = append(r.Redact, o.place(span(u.Password)))
		}
		for _, p := range u.Query {
			name, _ := p.Name.Known()
			kind := shape.OfName(name)
			if known, ok := p.Value.Known(); ok && kind != shape.None && len(p.Value) > 0 && known != "" {
				o.literal(p.Value, known, kind, "parameter "+name, obj, "")
				r.Redact = append(r.Redact, o.place(span(p.Value)))
			}
		}
	}
}

// connection observes a connection of FTP or SMTP.
func (o *observer) connection(obj *object, protocol string, address partial.String) {
	login, tls := false, ""
	user := ""
	chain(obj, func(at *object) {
		if at.password != nil || at.user != nil {
			login = true
		}
		if at.user != nil {
			user, _ = at.user.known()
		}
		if at.tls != "" && tls == "" {
			tls = at.tls
		}
	})
	if obj.used || tls == "on" || tls == "maybe" {
		return
	}
	for i, t := range address.Alternatives {
		u := partial.ReadURL(t)
		login = login || u.Password != nil || len(u.User) > 0
		if u.Scheme == "ftps" || u.Scheme == "sftp" || u.Scheme == "ftpes" || u.Scheme == "smtps" {
			return
		}
		if strings.Contains(t.Prefix(), "://") {
			address.Alternatives[i] = u.Host
		}
		if known, ok := u.Password.Known(); ok && len(u.Password) > 0 {
			o.literal(u.Password, known, shape.Password, "user info of a URL", obj, "")
		}
	}
	if obj.protocol != "" {
		protocol = obj.protocol
	}
	c := &practice.Connection{Source: o.source(obj.n, protocol+" of "+calleeOf(obj)), Protocol: protocol, Address: address, TLS: practice.TLSOff, Use: calleeOf(obj)}
	if at, ok := o.addressPlace(address); ok {
		c.At, c.Origin = at, at
	}
	chain(obj, func(at *object) {
		if at.password != nil && at.password.n != nil && len(c.Steps) == 0 {
			if place := o.place(at.password.n.start, at.password.n.end); place.Line != c.At.Line {
				c.Steps = append(c.Steps, finding.Step{Kind: finding.Origin, Location: place, Text: "login with it"})
			}
		}
	})
	switch strings.ToLower(user) {
	case "anonymous", "ftp":
		c.Anonymous = true
	default:
		c.Login = login
	}
	if !c.Login && !c.Anonymous {
		return
	}
	o.add(c)
}

// ssh observes a connection that accepts any host key.
func (o *observer) ssh(obj *object, address partial.String) {
	var at *node
	byPassword := false
	chain(obj, func(x *object) {
		if x.hostKey != nil && at == nil {
			at = x.hostKey
		}
		byPassword = byPassword || x.password != nil
	})
	if at == nil || obj.used {
		return
	}
	o.add(&practice.Connection{
		Source: o.source(at, "host key of "+calleeOf(obj)), Protocol: "ssh", Address: address, HostKeyUnchecked: true, Login: true,
		ByPassword: byPassword, Use: calleeOf(obj),
	})
}

// database observes a connection by a connection string.
func (o *observer) database(obj *object) {
	if obj.url == nil || len(obj.url.str.Alternatives) == 0 {
		return
	}
	c := &practice.Connection{Source: o.source(obj.url.n, "connection of "+calleeOf(obj)), Use: calleeOf(obj)}
	c.SetDSN(obj.protocol, obj.url.str)
	if at, ok := o.addressPlace(obj.url.str); ok {
		c.At, c.Origin = at, at
	}
	c.Login = c.Login || obj.password != nil
	if c.Protocol != "" && c.Login {
		o.add(c)
	}
}
