package command

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// observe observes one command.
func (s *script) observe(l *line) {
	if l.command == "." || l.command == "source" {
		return
	}
	protocol := ""
	if l.row != nil {
		protocol = l.row.Protocol
	}
	switch protocol {
	case "http":
		s.request(l)
	case "httpie":
		s.httpie(l)
	case "ftp":
		s.ftp(l)
	case "ssh":
		s.ssh(l)
	case "tls":
		s.probe(l)
		s.logins(l, "")
	default:
		s.client(l, protocol)
	}
	switch l.command {
	case "echo", "printf":
		s.echo(l)
	case "git":
		s.git(l)
	}
}

// client observes a command that logs in to a service, or does something else
// with a credential.
func (s *script) client(l *line, protocol string) {
	host := s.connection(l, protocol)
	s.logins(l, host)
	s.account(l)
	s.stdin(l, host)
	if insecure := l.first("insecure", "insecure-value"); insecure != nil {
		s.unchecked(l, insecure, host)
	}
	for i, w := range l.args {
		s.address(l, w)
		s.setting(l, i, host)
	}
	for i := range l.options {
		if role := l.options[i].role; role == "" || role == "value" || role == "proxy" || role == "dsn" {
			s.address(l, l.options[i].value)
		}
	}
	s.hostKeyArguments(l)
}

// hostAt returns the host of an address as far as it is known.
func hostAt(w word) string {
	for _, t := range w.value.Alternatives {
		if !strings.Contains(t.Prefix(), "://") {
			t = append(partial.Text{{Text: "//"}}, t...)
		}
		if host, ok := partial.ReadURL(t).HostText(); ok {
			return host
		}
	}
	return ""
}

// connection observes the connection of a client and returns its host.
func (s *script) connection(l *line, protocol string) string {
	host := l.first("host", "dsn")
	obs := &practice.Connection{Protocol: protocol, Use: l.command}
	switch {
	case host != nil && host.role == "dsn":
		obs.SetDSN(protocol, host.value.value)
		obs.Source = s.source(s.locate(host.value.reading(), host.value))
	case host != nil:
		obs.Address = host.value.value
		obs.Source = s.source(s.locate(host.value.reading(), host.value))
	case len(l.args) > 0 && l.row.Argument(0) == "dsn" && strings.Contains(l.args[0].reading().Prefix(), "://"):
		obs.SetDSN(protocol, l.args[0].value)
		obs.Source = s.source(s.locate(l.args[0].reading(), l.args[0]))
	default:
		return ""
	}
	obs.Key = "connection of " + l.command
	if l.has("password", "password-attached", "pair") {
		obs.Login = true
	}
	s.protect(l, obs)
	if protocol != "" && obs.Login {
		s.add(obs)
	}
	if host == nil {
		return hostAt(l.args[0])
	}
	return hostAt(host.value)
}

// protect sets what the options of a client say of TLS.
func (s *script) protect(l *line, obs *practice.Connection) {
	if l.row != nil && l.row.TLS == "off" && obs.TLS == practice.TLSUnknown {
		obs.TLS = practice.TLSOff
		if host := l.first("host", "dsn"); host != nil && (host.value.startsWith("ldaps:") || host.value.startsWith("rediss:") || host.value.startsWith("ldapi:")) {
			obs.TLS = practice.TLSOn
		}
	}
	switch {
	case l.has("tls"):
		obs.TLS = practice.TLSOn
	case l.has("tls-maybe"):
		obs.TLS = practice.TLSOpportunistic
	case l.has("tls-off"):
		obs.TLS = practice.TLSOff
	}
	if mode := l.first("tls-mode"); mode != nil {
		switch text, _ := mode.value.known(); strings.ToUpper(text) {
		case "DISABLED":
			obs.TLS = practice.TLSOff
		case "PREFERRED":
			obs.TLS = practice.TLSOpportunistic
		}
	}
}

// unchecked observes an option that switches the check of the peer off.
func (s *script) unchecked(l *line, o *option, host string) {
	if o.role == "insecure-value" {
		text, ok := o.value.known()
		if text = strings.ToLower(text); !ok || text != "no" && text != "false" && text != "0" {
			return
		}
	}
	obs := &practice.TLS{
		Source: s.source(s.locate(o.at.reading(), o.at)), Role: practice.ClientSide, Aspect: practice.PeerUnchecked, Host: host,
		Use: useOf(l, "option "+o.name),
	}
	obs.Key = obs.Use
	s.add(obs)
}

// versions observes options that allow old versions of TLS.
func (s *script) versions(l *line, host string) {
	for i := range l.options {
		o := &l.options[i]
		aspect, version := practice.MinVersion, uint16(0)
		switch o.role {
		case "ssl2":
			version = 0x0200
		case "ssl3":
			version = 0x0300
		case "tls10":
			version = 0x0301
		case "tls11":
			version = 0x0302
		case "tls-max", "tls-max-name":
			aspect, version = practice.MaxVersion, versionOf(o.value)
		case "tls-name":
			version = versionOf(o.value)
		}
		if version == 0 || version >= 0x0303 {
			continue
		}
		obs := &practice.TLS{
			Source: s.source(s.text.Locate(o.at.start, max(o.at.end, o.value.end))), Role: practice.ClientSide, Aspect: aspect, Version: version, Host: host,
			Use: useOf(l, "option "+o.name),
		}
		obs.Key = obs.Use
		s.add(obs)
	}
}

// versionOf returns the version of TLS that a word names, 0 if none.
func versionOf(w word) uint16 {
	text, _ := w.known()
	text = strings.NewReplacer(".", "", "_", "", "-", "", " ", "").Replace(strings.ToLower(text))
	if text == "tls" { // as PowerShell names 1.0
		return 0x0301
	}
	switch strings.TrimPrefix(text, "tls") {
	case "sslv2", "ssl2", "ssl20":
		return 0x0200
	case "sslv3", "ssl3", "ssl30":
		return 0x0300
	case "v1", "1", "10", "v10":
		return 0x0301
	case "11", "v11":
		return 0x0302
	case "12", "v12":
		return 0x0303
	}
	return 0
}

// probe observes openssl s_client. Who asks for one old version tests whether the
// server takes it.
func (s *script) probe(l *line) {
	if host := l.first("host"); host != nil {
		s.versions(l, hostAt(host.value))
	}
}

// address observes a word that is a URL with user and password, or names a host.
func (s *script) address(l *line, w word) {
	for _, t := range w.value.Alternatives {
		if !strings.Contains(t.Display(), "://") {
			continue
		}
		u := partial.ReadURL(t)
		if u.Password == nil && len(u.User) == 0 {
			continue
		}
		s.userInfo(l, w, t, u)
		return
	}
}

// userInfo observes the credential in a URL.
func (s *script) userInfo(l *line, w word, t partial.Text, u partial.URL) {
	host, _ := u.HostText()
	switch u.Scheme {
	case "https", "wss":
		if u.Password != nil && len(u.Password.Holes()) > 0 { // sent in a header, not in the URL
			s.secret(w, login{kind: shape.Password, use: useOf(l, "URL"), host: host, alsoShown: true}, func(t partial.Text) partial.Text { return partial.ReadURL(t).Password })
		}
	case "http", "ws":
		r := &practice.Request{Source: s.source(s.locate(t, w)), URL: w.value, Client: true}
		r.Key = "URL of " + l.command
		s.redactURL(&r.Source, u, w)
		s.add(r)
	case "ftp":
		s.add(&practice.Connection{
			Source: s.source(s.locate(t, w)), Protocol: "ftp", Address: one(u.Host), TLS: practice.TLSOff, Login: u.Password != nil, Use: l.command,
		})
	default:
		if l.row == nil || l.row.Protocol == "" {
			obs := &practice.Connection{Source: s.source(s.locate(t, w)), Use: l.command}
			obs.SetDSN("", w.value)
			if obs.Protocol != "" && obs.Login {
				s.add(obs)
			}
		}
	}
	s.userInfoSecret(l, w, u, host)
}

// userInfoSecret observes a literal password in a URL.
func (s *script) userInfoSecret(l *line, w word, u partial.URL, host string) {
	known, ok := u.Password.Known()
	if !ok || u.Password == nil {
		return
	}
	v := practice.ValueOf(s.cat, known)
	if !shape.Credible(v, shape.Password, true) {
		return
	}
	g := login{kind: shape.Password, use: useOf(l, "URL"), user: u.User, host: host, alsoShown: true}
	if p, ok := s.cat.ProviderOf(host); ok && host != "" {
		g.provider = p.ID
	}
	s.literalSecret(w, g, u.Password, known)
}

// redactURL adds the places of secrets in a URL.
func (s *script) redactURL(src *practice.Source, u partial.URL, w word) {
	if len(u.Password) > 0 {
		src.Redact = append(src.Redact, s.locate(u.Password, w))
	}
	for _, p := range u.Query {
		name, _ := p.Name.Known()
		if shape.OfName(name) != shape.None && len(p.Value) > 0 {
			src.Redact = append(src.Redact, s.locate(p.Value, w))
		}
	}
}

// git observes options of git that switch checks off and headers that it sends.
func (s *script) git(l *line) {
	for i := range l.options {
		o := &l.options[i]
		if text, _ := o.value.known(); o.role == "git-option" && strings.EqualFold(text, "http.sslVerify=false") {
			o.name = "http.sslVerify"
			s.unchecked(l, &option{name: "http.sslVerify", role: "insecure", at: o.value}, "")
		}
	}
	for i, w := range l.args {
		text, _ := w.known()
		if value, ok := wordAt(l.args, i+1); ok && strings.EqualFold(text, "http.sslVerify") && (value == "false" || value == "0") {
			s.unchecked(l, &option{name: "http.sslVerify", role: "insecure", at: w}, "")
		}
	}
}

// echo observes a credential that is printed: a variable by its name, in a line
// that people read.
func (s *script) echo(l *line) {
	if !l.shown || s.text.Document {
		return
	}
	for i, w := range l.args {
		if text := w.reading(); i == 0 && strings.HasPrefix(text.Prefix(), "::") {
			return // a command for the CI system, such as to mask it
		}
		for _, p := range w.reading() {
			if p.Hole == nil || p.Hole.Role != partial.Environment || isFolder(p.Hole.Name) || s.isSingleQuoted(w, p.Start) {
				continue
			}
			kind := shape.OfName(p.Hole.Name)
			if kind == shape.None || kind == shape.DSN || kind == shape.Header {
				continue
			}
			obs := &practice.Disclosure{
				Source: s.source(s.locateIn(partial.Text{p}, w)), Channel: practice.ToTerminal, Kind: kind, What: "variable " + p.Hole.Name, Use: l.command,
				Certain: shape.Certain(p.Hole.Name), Bare: len(l.args) == 1 && len(w.reading()) == 1,
			}
			obs.Key = l.command + " " + p.Hole.Name
			s.add(obs)
			return
		}
	}
}

// isFolder reports whether a variable of the shell holds the working directory.
func isFolder(name string) bool { return name == "PWD" || name == "OLDPWD" }
