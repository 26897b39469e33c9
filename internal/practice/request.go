package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// The ids of the rules on requests.
const (
	basicOverHTTP      = "basic-auth-over-http"
	credentialOverHTTP = "credential-over-http"
	messageOverHTTP    = "message-over-http"
	credentialInURL    = "credential-in-url"
	getMessageSend     = "get-message-send"
	basicDiscouraged   = "basic-auth-discouraged"
	malformedAuth      = "malformed-authorization"
	accountWide        = "account-wide-credential"
	passwordAsSecret   = "password-as-client-secret"
	lookalikeHost      = "lookalike-host"
	acrossRedirect     = "credential-across-redirect"
)

// view is a request as the practices look at it.
type view struct {
	*Request
	urls     []partial.URL // the readings
	provider *rules.Provider
	send     *rules.SendEndpoint // where the provider takes messages
	path     string              // of the reading that names the provider, or of the first
	params   []param
	secrets  []param // those in the query that hold credentials
	inPath   bool    // the path holds a credential
	sent     []sentCredential
	message  messageEvidence

	grades    []Grade // of a request without encryption
	protected bool    // by declaration
	told      bool    // that the user info goes out without encryption
}

// request judges one request or client.
func (c *court) request(o *Request) {
	r := c.look(o)
	c.overHTTP(r)
	c.inURL(r)
	c.sendWithGET(r)
	c.discouraged(r)
	c.accountWide(r)
	c.malformed(r)
	c.passwordAsSecret(r)
	c.lookalike(r)
	c.acrossRedirect(r)
}

// look reads the URL of a request and what belongs to it.
func (c *court) look(o *Request) *view {
	r := &view{Request: o}
	for _, reading := range o.URL.Alternatives {
		r.urls = append(r.urls, partial.ReadURL(reading))
	}
	c.findProvider(r)
	r.params = c.paramsOf(r)
	r.secrets = c.secretsOf(r)
	r.inPath = hasKeyInPath(r)
	r.sent = credentialsOf(r)
	r.message = c.messageOf(r)
	return r
}

// findProvider finds the provider of a request: by host, by SDK, or by a path
// that no other service has.
func (c *court) findProvider(r *view) {
	if len(r.urls) > 0 {
		r.path = r.urls[0].PathText()
	}
	for _, u := range r.urls {
		if p, ok := c.providerOfURL(u); ok {
			r.provider, r.path = p, u.PathText()
			break
		}
	}
	if p, ok := c.Catalogue.Provider(r.Provider); ok && r.provider == nil && r.Provider != "" {
		r.provider = p
	}
	if r.provider != nil {
		r.send = endpoint(r.provider, r.path)
		return
	}
	for _, u := range r.urls {
		if u.HostClass() == partial.PublicHost {
			continue // have: a public host of somebody else
		}
		path := u.PathText()
		for _, p := range c.Catalogue.Providers() {
			if e := endpoint(p, path); e != nil && isDistinctive(e.Path) {
				r.provider, r.send, r.path = p, e, path
				return
			}
		}
	}
}

// providerOfURL returns the provider that a URL's host belongs to, as far as
// the host is known.
func (c *court) providerOfURL(u partial.URL) (*rules.Provider, bool) {
	if host, ok := u.HostText(); ok {
		return c.Catalogue.ProviderOf(host)
	}
	if suffix, ok := u.HostSuffix(); ok {
		return c.Catalogue.ProviderOf("x" + suffix)
	}
	return nil, false
}

// endpoint returns the send endpoint that a path leads to, nil if none.
func endpoint(p *rules.Provider, path string) *rules.SendEndpoint {
	if e, ok := p.SendTo(path); ok {
		return &e
	}
	return nil
}

// isDistinctive reports whether a path pattern has so many words of its own
// that it names its provider also without the host.
func isDistinctive(pattern string) bool {
	const least = 3
	n := 0
	for seg := range strings.SplitSeq(strings.Trim(pattern, "/"), "/") {
		if seg != "*" && seg != "**" {
			n++
		}
	}
	return n >= least
}

// hostShown returns the host of the readings that fulfil is, for messages.
func (r *view) hostShown(is func(partial.URL) bool) string {
	for _, u := range r.urls {
		if !is(u) {
			continue
		}
		if host, ok := u.HostText(); ok {
			return host
		}
		if suffix, ok := u.HostSuffix(); ok {
			return "*" + suffix
		}
	}
	return ""
}

// isAny holds for every URL.
func isAny(partial.URL) bool { return true }

// isPlain reports whether a URL is known to be without encryption.
func isPlain(u partial.URL) bool { return u.Scheme == "http" || u.Scheme == "ws" }

// isEncrypted reports whether a URL is known to be with encryption.
func isEncrypted(u partial.URL) bool { return u.Scheme == "https" || u.Scheme == "wss" }

// exposure orders the classes of hosts by how far a request to them goes.
func exposure(class partial.Class) int {
	switch class {
	case partial.LoopbackHost:
		return 0
	case partial.ClusterHost:
		return 1
	case partial.PrivateHost:
		return 2
	case partial.UnknownHost:
		return 3
	}
	return 4
}

// reach returns the class of the host that goes furthest among the readings
// that fulfil is, and reports whether there is such a reading.
func (r *view) reach(is func(partial.URL) bool) (partial.Class, bool) {
	class, found := partial.LoopbackHost, false
	for _, u := range r.urls {
		if is(u) {
			if own := u.HostClass(); !found || exposure(own) > exposure(class) {
				class = own
			}
			found = true
		}
	}
	return class, found
}

// requestEvidence returns what is known of a request beside its fault.
func requestEvidence(r *view) map[string]string {
	e := map[string]string{}
	put(e, "method", r.Method)
	put(e, "host", r.hostShown(isAny))
	if r.provider != nil {
		put(e, "provider", r.provider.ID)
	}
	return e
}

// toHost returns the words for a host in a sentence, with the words for none.
func toHost(host, otherwise string) string {
	if host == "" {
		return otherwise
	}
	return quoted(host)
}

// sentCredential is a credential that goes out with a request.
type sentCredential struct {
	scheme string // as in Auth
	text   string // what carries it
	value  shape.Value
	known  bool
	inURL  bool // user info
	apart  Spot
}

// credentialsOf returns the credentials that are set on a request or stand in
// the user info of its URL.
func credentialsOf(r *view) []sentCredential {
	var list []sentCredential
	for _, a := range r.Auth {
		if a.Known && isNothing(a.Value) || isProof(r.Request, a) {
			continue
		}
		list = append(list, sentCredential{a.Scheme, a.Text, a.Value, a.Known, a.Scheme == "userinfo", a.Apart})
	}
	if r.inPath {
		list = append(list, sentCredential{scheme: "api-key", text: "path of the URL"})
	}
	for _, u := range r.urls {
		if v, known, ok := userInfo(u); ok {
			list = append(list, sentCredential{scheme: "userinfo", text: "user info of the URL", value: v, known: known, inURL: true})
			break
		}
	}
	return list
}

// isNothing reports whether a literal is no credential by its own word.
func isNothing(v shape.Value) bool {
	switch v.Inner {
	case shape.Empty, shape.Placeholder, shape.Redacted:
		return v.Sample == "" // a published example stands for one
	}
	return false
}

// userInfo returns the password in the user info of a URL, and reports whether
// there is one.
func userInfo(u partial.URL) (v shape.Value, known, ok bool) {
	if u.Password == nil {
		return shape.Value{}, false, u.User.Has(partial.Credential)
	}
	text, known := u.Password.Known()
	if !known {
		return shape.Value{}, false, !u.Password.Has(partial.Digest)
	}
	v = shape.Of(text)
	return v, true, !isNothing(v)
}

// isSigned reports whether a scheme sends a proof instead of the credential.
func isSigned(scheme string) bool {
	switch scheme {
	case "digest", "mac", "sharedkey", "sharedkeylite", "hawk", "signature", "negotiate", "ntlm", "kerberos", "application", "vapid",
		"dpop", "wsse", "scram-sha-256", "scram-sha-1", "edgegrid", "acs3-hmac-sha256", "httpsig":
		return true
	}
	return strings.HasPrefix(scheme, "aws4-") || strings.HasPrefix(scheme, "hmac") || strings.HasPrefix(scheme, "tc3-")
}

// overHTTP judges what goes out without encryption. Credentials in the query
// are left to inURL.
func (c *court) overHTTP(r *view) {
	class, ok := r.reach(isPlain)
	if !ok {
		return
	}
	clear := slices.DeleteFunc(slices.Clone(r.sent), func(s sentCredential) bool { return isSigned(s.scheme) })
	if len(clear) == 0 && len(r.secrets) == 0 && r.message.level == noMessage {
		return
	}
	if c.isProtected(r) {
		r.protected = true
		c.protected++
		return
	}
	r.grades = c.plainGrades(r, class)
	v := verdict{src: &r.Source, onValue: true, grades: r.grades, evidence: requestEvidence(r), remedies: c.encrypted(r)}
	host := toHost(r.hostShown(isPlain), "its host")
	for _, s := range clear {
		c.sentInClear(r, s, v, host)
	}
	if r.message.level != noMessage && len(r.secrets) == 0 {
		v.grades = slices.Concat(r.grades, r.message.grades())
		v.message = "message goes to " + host + " over http, where anyone on the way reads and changes it: use https"
		c.pass(messageOverHTTP, v)
	}
}

// encrypted returns the remedy for a request without encryption, where all hosts
// that it can go to are a provider's, who answers by https as well.
func (c *court) encrypted(r *view) []remedy {
	out := remedy{name: UseHTTPS, at: r.Origin}
	for i, u := range r.urls {
		if !isPlain(u) {
			continue
		}
		if _, ok := c.providerOfURL(u); !ok {
			return nil
		}
		if i < len(r.Written) && out.at.IsZero() {
			out.at = r.Written[i].At
		}
	}
	return []remedy{out}
}

// sentInClear judges one credential of a request without encryption.
func (c *court) sentInClear(r *view, s sentCredential, v verdict, host string) {
	v.evidence = merged(v.evidence, sentEvidence(s))
	v.message = "request sends " + sentWords(s) + " to " + host + " over http, readable on the way: use https and rotate it"
	if s.inURL {
		r.told = c.pass(basicOverHTTP, withAbsorbed(v, credentialOverHTTP, credentialInURL))
		return
	}
	v = v.put(apartOf(r.sent, s.scheme == "basic"))
	if s.scheme == "basic" {
		c.pass(basicOverHTTP, withAbsorbed(v, credentialOverHTTP))
		return
	}
	c.pass(credentialOverHTTP, v)
}

// apartOf returns the first place where a credential is set by itself, one of
// Basic or one of any other scheme: those of one request are one fault.
func apartOf(list []sentCredential, basic bool) Spot {
	for _, s := range list {
		if (s.scheme == "basic") == basic && !isSigned(s.scheme) && !s.apart.At.IsZero() {
			return s.apart
		}
	}
	return Spot{}
}

// withAbsorbed returns a verdict that names further rules which hold as well.
func withAbsorbed(v verdict, ids ...string) verdict {
	v.absorbed = slices.Concat(v.absorbed, ids)
	return v
}

// sentEvidence returns what may be told of a credential on a request.
func sentEvidence(s sentCredential) map[string]string {
	e := map[string]string{}
	put(e, "scheme", s.scheme)
	put(e, "carrier", s.text)
	if s.known {
		put(e, "masked", s.value.Masked)
		put(e, "user", s.value.User)
		put(e, "publisher", s.value.Sample)
	}
	return e
}

// sentWords returns the words for a credential on a request.
func sentWords(s sentCredential) string {
	switch s.scheme {
	case "basic", "userinfo":
		return "Basic credentials"
	case "":
		return "the credential in " + plain(firstOf(s.text, "its header"), maxShort)
	case "bearer", "token", "oauth", "jwt":
		return "a token"
	case "app", "api-key", "apikey", "key", "accesskey":
		return "an API key"
	case "ibsso", "session", "cookie":
		return "a session token"
	case "proxy":
		return "the password of the proxy"
	case "form", "login":
		return "the credential in " + plain(firstOf(s.text, "its form"), maxShort)
	}
	return "a credential"
}

// plainGrades returns the grades of a request without encryption.
func (c *court) plainGrades(r *view, class partial.Class) []Grade {
	grades := sourceGrades(&r.Source)
	if _, also := r.reach(isEncrypted); also {
		grades = withGrade(grades, IsConditional) // the configuration decides
	}
	switch {
	case class == partial.UnknownHost:
		grades = append(grades, UnknownHost)
	case class == partial.ClusterHost && r.message.level >= messageByWords:
		// A message leaves the cluster: its gateway is not shown to auditors only.
		grades = append(grades, PrivateHost)
	default:
		grades = withGrade(grades, hostGrade(class))
	}
	for _, s := range r.sent {
		if s.known && s.value.Sample != "" {
			grades = withGrade(grades, IsSample)
		}
	}
	return grades
}

// isProtected reports whether all hosts without encryption are declared to be
// in a protected network.
func (c *court) isProtected(r *view) bool {
	if len(c.VPNHosts) == 0 {
		return false
	}
	for _, u := range r.urls {
		if !isPlain(u) {
			continue
		}
		host, ok := u.HostText()
		if !ok || !isDeclared(c.VPNHosts, host) {
			return false
		}
	}
	return true
}
