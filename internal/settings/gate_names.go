package settings

import (
	"bytes"

	"github.com/authlint/authlint/internal/shape"
)

// speaksAlone reports whether a name and its value speak by rules that no table
// holds: keys for tokens, variables for pages, tasks that print.
func (g *gate) speaksAlone(name []byte, v *value) bool {
	switch {
	case g.isSigning(name):
		return !v.open
	case shape.IsPublicSetting(string(name)):
		return g.form != "env" && shape.NeverPublic(string(name))
	}
	if isSwitchWord(string(name)) && g.some(v, isUnprotected) && (g.isBelow("tls") || g.isBelow("ssl")) {
		g.seen |= seenPlain
	}
	if (isWord(name, "msg") || isWord(name, "var")) && len(v.rest) > 0 {
		return shape.MayName(v.rest) && g.isBelow("debug")
	}
	return false
}

// isSigning reports whether a name may be that of a key for tokens: its last word
// and the name above it say so.
func (g *gate) isSigning(name []byte) bool {
	last := false
	for _, word := range [...]string{"secret", "key", "passphrase"} {
		last = last || len(name) >= len(word) && shape.HasFold(name[len(name)-len(word):], word)
	}
	if !last {
		return false
	}
	for _, word := range [...]string{"jwt", "jws", "jsonwebtoken"} {
		if holdsWord(name, word) || g.isBelow(word) {
			return true
		}
	}
	return false
}

// isBelow reports whether one of the names above has a word.
func (g *gate) isBelow(word string) bool {
	for _, at := range g.above {
		if holdsWord(bytes.TrimSpace(g.data[at.from:at.to]), word) {
			return true
		}
	}
	return false
}
