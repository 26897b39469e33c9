package settings

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// dsnMarks are options of connection strings that switch TLS off, or the check of
// the peer.
var dsnMarks = [...]string{
	"sslmode=", "ssl-mode=", "sslMode=", "tls=", "useSSL=", "usessl=", "encrypt=", "Encrypt=", "TrustServerCertificate=", "trustServerCertificate=", "tlsInsecure=",
	"tlsAllowInvalid", "skip_verify=", "skipVerify=", "SslMode=", "Ssl Mode=", "SSL Mode=", "ssl mode=", "Trust Server Certificate=", "erifyServerCertificate=",
	"NonValidatingFactory",
}

// dsn observes a connection string whose options leave TLS out, or the check of
// the peer. URLs of which the key says that something dials them are observed
// with what stands beside them.
func (o *observer) dsn(s *Setting) {
	if len(s.Text) > maxDSN || !slices.ContainsFunc(dsnMarks[:], func(mark string) bool { return strings.Contains(s.Text, mark) }) {
		return
	}
	value := s.Value()
	if rest, ok := strings.CutPrefix(s.Text, "jdbc:"); ok {
		value = readHoles(rest, s.val.slice(len("jdbc:"), len(s.Text)))
	}
	if slices.ContainsFunc(value.Alternatives, practice.SkipsVerification) {
		obs := &practice.TLS{Source: o.source(s), Role: practice.ClientSide, Aspect: practice.PeerUnchecked, Use: s.use()}
		c := practice.Connection{}
		c.SetDSN("", value)
		if len(c.Address.Alternatives) > 0 {
			obs.Host, _ = hostIn(c.Address.Alternatives[0], true)
		}
		o.out = append(o.out, obs)
	}
	if _, ok := dialedURL(s); ok {
		if _, ok := roleOf(o.table, "url", s.words()); ok {
			return
		}
	}
	obs := &practice.Connection{Source: o.source(s), Use: s.use()}
	obs.SetDSN("", value)
	if obs.Protocol == "" || obs.TLS != practice.TLSOff && obs.TLS != practice.TLSOpportunistic || obs.Implied {
		return
	}
	obs.Login = obs.Login || o.twin(s, "user") != nil
	if fallsBackToLoopback(obs.Address) {
		obs.Condition = practice.Configured
	}
	o.out = append(o.out, obs)
}

// maxDSN is the length of a value up to which it can be a connection string.
const maxDSN = 1000

// listedBroker returns the first of a list of addresses, for a client of brokers
// that the mapping around it names.
func (o *observer) listedBroker(m, list *Setting) (*Setting, dialed) {
	if list.Kind != List || len(list.Items) == 0 || list.Items[0].Kind != Scalar {
		return nil, dialed{}
	}
	if _, ok := roleOf(o.table, "host", list.words()); !ok && phraseOf(list.Name) != "servers" && phraseOf(list.Name) != "brokers" && phraseOf(list.Name) != "urls" {
		return nil, dialed{}
	}
	first := list.Items[0]
	protocol := o.protocolOf(m, nil)
	if protocol == "" {
		return nil, dialed{}
	}
	d := dialed{protocol: protocol, tls: practice.TLSUnknown}
	scheme, _, ok := strings.Cut(first.Text, "://")
	switch {
	case !ok:
	case scheme == "tcp" || scheme == "mqtt" || scheme == "ws" || plainSchemes[scheme] == protocol:
		d.tls, d.url = practice.TLSOff, true
	default:
		return nil, dialed{}
	}
	return first, d
}

// literalAddress returns the address of a setting without a scheme that only says
// how it is carried.
func literalAddress(s *Setting) partial.String {
	if rest, ok := strings.CutPrefix(s.Text, "tcp://"); ok {
		return partial.Literal(rest)
	}
	return s.Value()
}
