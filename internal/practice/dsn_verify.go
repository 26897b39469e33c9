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

// isSkipping reports whether an option of a connection string switches the
// check of the peer off.
func isSkipping(name, value string) bool {
	value = strings.ToLower(value)
	switch strings.ToLower(name) {
	case "tls":
		return value == "skip-verify"
	case "skip_verify", "skipverify", "tlsinsecure", "tlsallowinvalidcertificates", "tlsallowinvalidhostnames", "trustservercertificate":
		return value == "true" || value == "1" || value == "yes"
	}
	return false
}
