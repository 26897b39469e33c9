package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// isProof reports whether what a request sends in a field of its body is a proof of
// the credential for this time alone: a digest, beside the time or the number that
// went into it. A digest on its own opens the door again and again, as a password
// does.
func isProof(r *Request, a Auth) bool {
	if a.Scheme != "form" {
		return false
	}
	field := a.Text[strings.LastIndexByte(a.Text, ' ')+1:]
	digest, fresh := false, false
	for _, p := range r.Form {
		name, _ := p.Name.Known()
		switch {
		case name == field:
			digest = digest || p.Value.Has(partial.Digest)
		case name != "":
			fresh = fresh || isFresh(name)
		}
	}
	return digest && fresh
}

// isFresh reports whether a parameter has another value in each request, so that
// what is signed with it serves once.
func isFresh(name string) bool {
	words := shape.Words(name)
	return len(words) > 0 && slices.Contains([]string{
		"time", "timestamp", "ts", "stamp", "nonce", "noncestr", "salt", "rand", "random", "date", "datetime", "tm", "tkey", "seq", "sequence",
	}, words[len(words)-1])
}
