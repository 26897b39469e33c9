package authtest

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// The words that made-up literals and names consist of.
var madeUp = strings.Fields("river stone maple harbor candle falcon ember thunder willow copper meadow lantern" +
	" orchid pepper granite velvet saddle walnut marble cobalt juniper pelican summit violet")

func (m *Mutator) word() string { return madeUp[m.rand.IntN(len(madeUp))] }

// capital returns a word that begins with a capital letter.
func (m *Mutator) capital() string {
	w := m.word()
	return strings.ToUpper(w[:1]) + w[1:]
}

// password returns a literal such as people choose, or as their password
// managers do.
func (m *Mutator) password() string {
	switch m.rand.IntN(7) {
	case 0:
		return fmt.Sprintf("%s-%s-%d", m.capital(), m.capital(), 10+m.rand.IntN(90))
	case 1:
		return fmt.Sprintf("%s%d!", m.capital(), 1000+m.rand.IntN(9000))
	case 2:
		return m.word() + m.word() + strconv.Itoa(m.rand.IntN(99))
	case 3:
		return fmt.Sprintf("%s@%d", m.capital(), 2019+m.rand.IntN(8))
	case 4:
		return strings.NewReplacer("a", "4", "e", "3", "o", "0").Replace(m.capital()+m.word()) + "#"
	case 5:
		return m.characters("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&*+-=?", 16)
	}
	return m.characters(alphanumeric, 20)
}

const (
	alphanumeric = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	urlSafe      = alphanumeric + "_-"
)

func (m *Mutator) characters(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.rand.IntN(len(alphabet))]
	}
	return string(b)
}

// key returns a literal such as services issue.
func (m *Mutator) key() string {
	random := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(m.rand.IntN(256))
		}
		return hex.EncodeToString(b)
	}
	switch m.rand.IntN(8) {
	case 0, 2:
		return random(16)
	case 1: // some do, and a form is no proof
		return fmt.Sprintf("%s-%s-%s-%s-%s", random(4), random(2), random(2), random(2), random(6))
	case 3, 4:
		return m.characters(urlSafe, 43)
	}
	return m.characters(alphanumeric, 32)
}

// literal returns a quoted literal that fits a kind of credential.
func (m *Mutator) literal(kind credentialKind) string {
	if kind == passwordLike {
		return strconv.Quote(m.password())
	}
	return strconv.Quote(m.key())
}

// host returns the name of a public host that belongs to nobody known.
func (m *Mutator) host() string {
	sub := []string{"api", "gateway", "rest", "connect", "ws"}[m.rand.IntN(5)]
	top := []string{"com", "net", "io", "eu", "de", "co.uk"}[m.rand.IntN(6)]
	return fmt.Sprintf("%s.%s%s.%s", sub, m.word(), m.word(), top)
}

// inside returns a host of a company's own network.
func (m *Mutator) inside() string {
	switch m.rand.IntN(3) {
	case 0:
		return fmt.Sprintf("10.%d.%d.%d:8080", m.rand.IntN(250), m.rand.IntN(250), 1+m.rand.IntN(250))
	case 1:
		return m.word() + ".corp"
	}
	return m.word() + ".internal:9000"
}
