package authtls

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/flow"
)

// isSuperficial reports whether all functions that a value can be look only at
// what anybody may write into a certificate of his own: names, times, numbers.
func isSuperficial(v flow.Value) bool {
	list := v.Callbacks()
	if len(list) == 0 || len(list) != len(v.Alts) {
		return false
	}
	return !slices.ContainsFunc(list, func(c *flow.Callback) bool {
		return c.Keeps || !c.Asks.IsZero() || len(c.Touches) == 0 || slices.ContainsFunc(c.Touches, isProof)
	})
}

// isProof reports whether a part of what a callback is given, or what is asked of
// it, may prove who the peer is. What cannot is what is written in a certificate
// but for its key, and what this side has asked for.
func isProof(l flow.Look) bool {
	for part := range strings.SplitSeq(l.Path, ".") {
		switch part {
		case "NotAfter", "NotBefore", "Subject", "Issuer", "DNSNames", "IPAddresses", "EmailAddresses", "URIs", "SerialNumber", "KeyUsage", "ExtKeyUsage",
			"IsCA", "SignatureAlgorithm", "PublicKeyAlgorithm", "VerifyHostname",
			"ServerName", "NegotiatedProtocol", "CipherSuite", "HandshakeComplete":
			return false
		}
	}
	return true
}
