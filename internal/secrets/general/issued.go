package general

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// issue is the form of an id that stands beside a secret of an issuer, or of a
// seed that is one, behind its prefix.
type issue struct {
	digits      string
	least, most int
	secret      bool // the text is a credential itself
}

// The digits that ids are made of.
const (
	upperDigits  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	base32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	hexLower     = "0123456789abcdef"
)

// issued returns the forms by their prefixes, which are in capitals.
func issued() map[string]issue {
	account := issue{digits: upperDigits, least: 16, most: 17}
	sid := issue{digits: hexLower, least: 32, most: 32}
	seed := issue{digits: base32Digits, least: 56, most: 56, secret: true}
	return map[string]issue{
		"AROA": account, "AIDA": account, "AGPA": account, "AIPA": account, "ANPA": account, "ANVA": account, "ASCA": account, "APKA": account,
		"SK": sid, // of a key; those of accounts, messages and calls stand in what everybody sees
		"SU": seed, "SA": seed, "SO": seed, "SC": seed, "SN": seed, "SX": seed,
	}
}

// issuedID reads an id whose prefix stands between two offsets.
func (s *search) issuedID(start, end int) {
	t := s.text
	if t[start] > 'Z' || end >= len(t) || strings.IndexByte(upperDigits+hexLower, t[end]) < 0 || start > 0 && isWord(t[start-1]) {
		return
	}
	form, ok := triggers().issued[string(t[start:end])]
	if !ok {
		return
	}
	to := end
	for to < len(t) && to-end <= form.most && strings.IndexByte(form.digits, t[to]) >= 0 {
		to++
	}
	if n := to - end; n < form.least || n > form.most || to < len(t) && isWord(t[to]) {
		return
	}
	text := string(t[start:to])
	look := shape.Of(text)
	if look.Run || look.Form != shape.Opaque || !look.Digit || strings.Contains(text, "EXAMPLE") {
		return
	}
	s.add(Found{Start: start, End: to, Kind: shape.Key, Text: finding.NewSecret(text), Formed: true, Sure: form.secret})
}

// isWord reports whether a byte is a letter, a digit or an underscore.
func isWord(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' || c == '_' }
