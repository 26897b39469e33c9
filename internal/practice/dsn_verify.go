package practice

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// SkipsVerification reports whether a connection string, or a policy of its own
// words, uses TLS without a look at whose certificate it is.
func SkipsVerification(t partial.Text) bool {
	if word, ok := t.Known(); ok && isSkipping("tls", word) {
		return true
	}
	if d := partial.ReadDSN(t); d.Form == partial.PairsDSN || d.Form == partial.JDBCDSN {
		return skipsInPairs(d)
	}
	for i, part := range t {
		_, after, ok := strings.Cut(part.Text, "?")
		if part.Hole != nil || !ok {
			continue
		}
		for _, q := range partial.ReadQuery(append(partial.Text{{Text: after}}, t[i+1:]...)) {
			name, known := q.Name.Known()
			value, whole := q.Value.Known()
			if known && whole && isSkipping(name, value) {
				return true
			}
		}
	}
	return false
}

// skipsInPairs is SkipsVerification for pairs. Where nothing is encrypted, that is
// what there is to say.
func skipsInPairs(d partial.DSN) bool {
	if value, ok := d.Param("encrypt"); ok {
		switch word, _ := value.Known(); strings.ToLower(word) {
		case "false", "no", "0", "optional":
			return false
		}
	}
	for _, p := range d.Params {
		name, known := p.Name.Known()
		value, whole := p.Value.Known()
		if known && whole && isSkipping(name, value) {
			return true
		}
	}
	return false
}

// isSkipping reports whether an option of a connection string switches the
// check of the peer off.
func isSkipping(name, value string) bool {
	value = strings.ToLower(value)
	switch strings.ToLower(name) {
	case "tls":
		return value == "skip-verify"
	case "verifyservercertificate":
		return value == "false"
	case "sslfactory":
		return strings.HasSuffix(value, ".nonvalidatingfactory")
	case "skip_verify", "skipverify", "tlsinsecure", "tlsallowinvalidcertificates", "tlsallowinvalidhostnames", "trustservercertificate":
		return value == "true" || value == "1" || value == "yes"
	}
	return false
}
