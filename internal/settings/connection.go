package settings

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// noValue is the value of an observation that is about no credential.
var noValue shape.Value

// connections observes the connections that the settings of a mapping describe:
// by a URL, by a key that names the protocol, or by the name of the mapping or
// of its keys.
func (o *observer) connections(m *Setting) {
	for _, host := range m.Items {
		if first, d := o.listedBroker(m, host); first != nil {
			before, _ := roleOf(o.table, "host", host.words())
			o.connect(m, first, before, d)
		}
		if host.Kind == List {
			o.listedURLs(m, host)
		}
		if host.Kind != Scalar || host.Text == "" || host.Aliased {
			continue
		}
		if link, ok := dialedURL(host); ok {
			before, _ := roleOf(o.table, "url", host.words())
			o.connect(m, host, before, link)
			continue
		}
		if !o.endsWith(host, ofHost) {
			continue
		}
		before, ok := roleOf(o.table, "host", host.words())
		if !ok || strings.Contains(host.Text, "://") {
			continue
		}
		if protocol := o.protocolOf(m, before); protocol != "" {
			o.connect(m, host, before, dialed{protocol: protocol, tls: practice.TLSUnknown})
		}
	}
}

// listedURLs observes the URLs of SMPP among the elements of a list, as arguments
// have them: whoever dials one logs in.
func (o *observer) listedURLs(m, list *Setting) {
	for _, item := range list.Items {
		if item.Kind != Scalar || item.Aliased {
			continue
		}
		if link, ok := dialedURL(item); ok && link.protocol == "smpp" && !strings.Contains(item.Text, "//0.0.0.0") {
			o.connect(&Setting{Kind: Mapping, Parent: m, src: m.src}, item, nil, link)
		}
	}
}

// dialed is what an address says of a connection.
type dialed struct {
	protocol string
	tls      practice.TLSState
	url      bool
	user     partial.Text // of a URL
	password bool         // a URL has one
}

// dialedURL reads a value as the URL of a connection of a protocol that has no
// TLS unless it is asked for.
func dialedURL(s *Setting) (dialed, bool) {
	if !strings.Contains(s.Text, "://") {
		return dialed{}, false
	}
	for _, reading := range s.Value().Alternatives {
		u := partial.ReadURL(reading)
		protocol, ok := plainSchemes[u.Scheme]
		if !ok {
			continue
		}
		d := dialed{protocol: protocol, tls: practice.TLSUnknown, url: true, user: u.User, password: len(u.Password) > 0}
		switch {
		case asksForTLS(s.Text, false):
			d.tls = practice.TLSOff
		case asksForTLS(s.Text, true):
			d.tls = practice.TLSOn
		}
		return d, true
	}
	return dialed{}, false
}

// plainSchemes are the schemes of URLs without TLS, with their protocols.
var plainSchemes = map[string]string{
	"ftp": "ftp", "smpp": "smpp", "ldap": "ldap", "amqp": "amqp", "redis": "redis", "mqtt": "mqtt", "nats": "nats", "smtp": "smtp",
	"imap": "imap", "pop3": "pop3", "postgres": "postgres", "postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql",
	"mongodb": "mongo", "sqlserver": "sqlserver",
}

// asksForTLS reports whether the query of a URL switches TLS on, or off.
func asksForTLS(url string, on bool) bool {
	_, query, _ := strings.Cut(url, "?")
	for param := range strings.FieldsFuncSeq(query, func(r rune) bool { return strings.ContainsRune("&;#", r) }) {
		name, value, _ := strings.Cut(strings.ToLower(param), "=")
		switch name {
		case "sslmode", "ssl-mode", "tls", "ssl", "usessl", "encrypt", "sslenabled", "security":
			return on == !isBad([]string{"false", "disable", "none"}, value)
		}
	}
	return false
}

// fallsBackToLoopback reports whether an address is the machine itself unless
// something else is set.
func fallsBackToLoopback(address partial.String) bool {
	open, local := false, false
	for _, reading := range address.Alternatives {
		text, known := reading.Known()
		open = open || !known
		local = local || known && partial.HostClass(text) == partial.LoopbackHost
	}
	return open && local
}

// protocolOf returns the protocol that the settings beside each other speak, ""
// if none of ours.
func (o *observer) protocolOf(m *Setting, before []string) string {
	for _, item := range m.Items {
		words := item.words()
		if item.Kind != Scalar || !o.table.ProtocolKeys[strings.Join(after(words, before), "")] {
			continue
		}
		for _, lit := range literals(item) {
			if protocol := o.table.Sections[strings.ToLower(lit.text)]; protocol != "" {
				return protocol
			}
		}
		return "" // it names another one: sftp, ftps
	}
	if slices.ContainsFunc(m.Items, func(item *Setting) bool { return slices.Equal(after(item.words(), before), []string{sslMode}) }) {
		return "postgres"
	}
	if len(before) > 0 {
		return o.table.Sections[before[len(before)-1]]
	}
	words := m.words()
	if m.Parent != nil && m.Parent.Kind == List {
		words = m.Parent.words()
	}
	if m.Parent == nil && len(m.Items) > 0 {
		for _, w := range o.fileWords { // mosquitto.conf
			if protocol := o.table.Sections[w]; protocol != "" {
				return protocol
			}
		}
	}
	if n := len(words); n > 1 && isPeerWord(words[n-1]) {
		words = words[:n-1]
	}
	if n := len(words); n > 0 && o.table.Sections[words[n-1]] != "" {
		return o.table.Sections[words[n-1]]
	}
	const most = 2
	for at, n := m.Parent, 0; at != nil && n < most; at, n = at.Parent, n+1 { // ldap.servers.main
		if own := at.words(); len(own) == 1 && o.table.Sections[own[0]] != "" {
			return o.table.Sections[own[0]]
		}
	}
	return ""
}

// sslMode is the key in which PostgreSQL alone has the state of TLS.
const sslMode = "sslmode"

// isPeerWord reports whether a word says no more of a section than that it is about
// the other side: amqp_broker, redis_client.
func isPeerWord(word string) bool {
	switch word {
	case "broker", "client", "connection", "consumer", "producer", "subscriber", "publisher":
		return true
	}
	return false
}

// after returns the words behind those of before, all of them if before does
// not stand there.
func after(words, before []string) []string {
	if len(words) <= len(before) {
		return words
	}
	for i, w := range before {
		if words[i] != w {
			return words
		}
	}
	return words[len(before):]
}

// connect adds the observation of a connection that is not protected and over
// which a login goes: by the user of a URL, or by the keys beside the host.
func (o *observer) connect(m, host *Setting, before []string, d dialed) {
	obs := &practice.Connection{Source: o.source(host), Protocol: d.protocol, TLS: d.tls, Use: host.use()}
	obs.Address = literalAddress(host)
	if fallsBackToLoopback(obs.Address) {
		obs.Condition = practice.Configured // somebody has to set another host
	}
	if d.user != nil {
		setUser(obs, d.user)
	}
	obs.Login = obs.Login || d.password || d.url && d.protocol == "smpp" // nobody sends without
	port := portIn(host.Text)
	for _, item := range m.Items {
		if state, ok := o.nestedState(item); ok && len(before) == 0 {
			obs.TLS = state
		}
		if item.Kind != Scalar || item.Text == "" || item == host || !hasPrefix(item.words(), before) {
			continue
		}
		rest := after(item.words(), before)
		if _, ok := roleOf(o.table, "user", rest); ok && len(rest) <= 2 {
			setUser(obs, partial.Literal(item.Text).Alternatives[0])
		} else if shape.OfName(item.Name) != shape.None || item.holds != shape.None {
			obs.Login = true
		}
		if _, ok := roleOf(o.table, "secure", rest); ok {
			obs.TLS = secureState(item)
		}
		if _, ok := roleOf(o.table, "port", rest); ok {
			port = item.Text
		}
	}
	if obs.Anonymous {
		obs.Login = false // the password is somebody's address
	}
	settleTLS(obs, port, d.url)
	if !obs.Login && !obs.Anonymous || obs.TLS == practice.TLSOn || obs.TLS == practice.TLSUnknown && obs.Protocol != "ftp" {
		return
	}
	obs.Export = hasAny(o.table.Export, host.pathWords()) || hasAny(o.table.Export, o.fileWords)
	obs.Provider = o.providerOf(host, o.hostOf(host), noValue)
	o.out = append(o.out, obs)
}

// nestedState returns the state of TLS that a mapping of its own tells: ssl.enabled.
func (o *observer) nestedState(m *Setting) (practice.TLSState, bool) {
	if m.Kind != Mapping || !o.table.Roles["secure"][phraseOf(m.Name)] {
		return 0, false
	}
	for _, item := range m.Items {
		if item.Kind == Scalar && isSwitchWord(item.Name) {
			return secureState(item), true
		}
	}
	return 0, false
}

// isSwitchWord reports whether a key says no more than that what stands above it is
// on or off.
func isSwitchWord(name string) bool {
	return name == "enabled" || name == "enable" || name == "Enabled"
}

// portIn returns the port behind a host.
func portIn(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}

// tlsPorts are the ports on which TLS is spoken from the first byte.
var tlsPorts = map[string]bool{
	"990": true, "636": true, "3269": true, "5671": true, "6380": true, "8883": true, "465": true, "993": true, "995": true, "8887": true, "3550": true,
}

// plainPorts are the ports on which nothing else is spoken than the protocol
// without TLS.
var plainPorts = map[string]string{"389": "ldap", "5672": "amqp", "1883": "mqtt", "2775": "smpp", "6379": "redis", "4222": "nats"}

// settleTLS decides on TLS where no key says anything: by the port, and by what
// a protocol does unless it is asked for more. Databases negotiate.
func settleTLS(obs *practice.Connection, port string, url bool) {
	if obs.TLS != practice.TLSUnknown {
		return
	}
	switch obs.Protocol {
	case "ftp", "smpp":
		obs.TLS = practice.TLSOff
		obs.Implied = true
	case "ldap", "amqp", "mqtt", "redis", "nats":
		if url || plainPorts[port] == obs.Protocol {
			obs.TLS, obs.Implied = practice.TLSOff, true
		}
	}
	if tlsPorts[port] {
		obs.TLS = practice.TLSOn
	}
}

// setUser sets what the user says of a login.
func setUser(obs *practice.Connection, user partial.Text) {
	text, ok := user.Known()
	text = strings.ToLower(text)
	if ok && (text == "anonymous" || text == "ftp") {
		obs.Anonymous = true
		return
	}
	obs.Login = true
}

// hasPrefix reports whether words begins with prefix.
func hasPrefix(words, prefix []string) bool {
	if len(words) < len(prefix) {
		return false
	}
	for i, w := range prefix {
		if words[i] != w {
			return false
		}
	}
	return true
}

// secureState reads the value of a key that switches TLS on.
func secureState(s *Setting) practice.TLSState {
	text, ok := s.Value().Known()
	switch {
	case !ok:
		return practice.TLSUnknown
	case isBad(unprotected[:], text):
		return practice.TLSOff
	case isBad(opportunistic[:], text):
		return practice.TLSOpportunistic
	}
	return practice.TLSOn
}

// The values of keys that switch TLS on for a connection: those that leave it out,
// and those that use it if the other side offers it.
var (
	unprotected   = [...]string{"false", "none", "plain", "disable"}
	opportunistic = [...]string{"prefer", "preferred", "allow", "opportunistic", "if_available"}
)

// isUnprotected reports whether a value says that a connection may go without TLS.
func isUnprotected(text string) bool {
	return isBad(unprotected[:], text) || isBad(opportunistic[:], text)
}

// hostKey returns the observation of a host key that is not checked.
func (o *observer) hostKey(s *Setting, source practice.Source) *practice.Connection {
	obs := &practice.Connection{Source: source, Protocol: "ssh", HostKeyUnchecked: true, Use: s.use()}
	if host := o.hostOf(s); host != "" {
		obs.Address = partial.Literal(host)
	}
	if s.Parent != nil && !o.flat && !isAssignments(o, s.Parent) {
		for _, item := range s.Parent.Items {
			if item.Kind == Scalar && item.Text != "" && shape.OfName(item.Name) == shape.Password {
				obs.ByPassword, obs.Login = true, true
			}
		}
	}
	return obs
}

// sshArguments observes an option that switches the check of host keys off
// among the arguments of ssh.
func (o *observer) sshArguments(s *Setting) {
	if !strings.Contains(s.Text, "ostKeyChecking") && !strings.Contains(s.Text, "KnownHostsFile") {
		return
	}
	words := s.pathWords()
	found := false
	for _, phrase := range tails(words) {
		found = found || o.table.SSHArguments[phrase]
	}
	if !found {
		return
	}
	for _, t := range tokensOf(s, literal{text: s.Text}) {
		name, value, ok := strings.Cut(strings.TrimPrefix(t.text, "-o"), "=")
		key := o.table.Switches[strings.ToLower(name)]
		if !ok || len(key) == 0 || key[0].Aspect != "host-key" || !isBad(key[0].Bad, value) {
			continue
		}
		source := o.source(s)
		source.At, source.Origin = t.at, t.at
		o.out = append(o.out, o.hostKey(s, source))
		return
	}
}
