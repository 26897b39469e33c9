package practice

import (
	"net/netip"
	"strings"
)

// openSafelist is the id of the rule on lists of trusted addresses.
const openSafelist = "open-safelist"

// SafelistPurpose is what the addresses on a list are allowed.
type SafelistPurpose uint8

// The purposes.
const (
	AllowsAccess SafelistPurpose = iota // to an API, a login, a port for administration
	TrustsProxy                         // to say in a header from whom a request comes
)

// Safelist is one entry of a list of addresses that are allowed to reach an API
// or a login.
type Safelist struct {
	Source
	// Range is the entry: a prefix, an address, two addresses joined by a
	// hyphen, "*".
	Range    string
	Purpose  SafelistPurpose
	Use      string // in words: "field AllowedIPs of APIKey"
	Provider string
}

// The lengths of prefixes from which on a range is narrow enough.
const (
	narrowIPv4 = 9
	narrowIPv6 = 17
)

// breadth says how much of the internet a range holds.
type breadth uint8

const (
	narrow breadth = iota
	wide
	private // a wide range, but of a network of one's own
	everything
)

// safelist judges one entry of a list of allowed addresses.
func (c *court) safelist(o *Safelist) {
	v := verdict{src: &o.Source, onValue: true, grades: sourceGrades(&o.Source), evidence: map[string]string{}}
	put(v.evidence, "use", o.Use)
	put(v.evidence, "provider", o.Provider)
	who := ""
	switch breadthOf(o.Range) {
	case narrow:
		return
	case private:
		v.grades = withGrade(v.grades, PrivateHost)
		who = "a whole private network"
	case wide:
		who = "a large part of the internet"
	case everything:
		who = "every address"
	}
	use := place(o.Use, "list")
	switch o.Purpose {
	case TrustsProxy:
		v.message = message(use+" trusts "+who+" as a proxy", []string{", so clients can forge their address"}, ": name your proxies only")
	default:
		v.message = message(use+" allows "+who, []string{", so a stolen credential works anywhere"}, ": allow your own addresses only")
	}
	c.pass(openSafelist, v)
}

// breadthOf tells how wide a range is. What is no range is narrow.
func breadthOf(text string) breadth {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "*", "0.0.0.0/0.0.0.0", "*.*.*.*":
		return everything
	}
	if from, to, ok := strings.Cut(text, "-"); ok {
		return breadthBetween(from, to)
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return narrow
	}
	p = p.Masked()
	switch {
	case p.Bits() == 0:
		return everything
	case p.Addr().Is4() && p.Bits() >= narrowIPv4 || p.Addr().Is6() && p.Bits() >= narrowIPv6:
		return narrow
	case p.Addr().IsLoopback(), p.Addr().IsLinkLocalUnicast(), p.Addr().IsMulticast(), p.Addr().Is4In6():
		return narrow // nobody comes from there but the machine itself
	case p.Addr().IsPrivate():
		return private
	}
	return wide
}

// breadthBetween tells how wide a range from one address to another is.
func breadthBetween(from, to string) breadth {
	a, errA := netip.ParseAddr(strings.TrimSpace(from))
	b, errB := netip.ParseAddr(strings.TrimSpace(to))
	if errA != nil || errB != nil || a.Is4() != b.Is4() || !a.Is4() {
		return narrow
	}
	low, high := a.As4(), b.As4()
	switch {
	case low == [4]byte{} && high[0] == 255:
		return everything
	case high[0] <= low[0]:
		return narrow
	case a.IsPrivate() && b.IsPrivate():
		return private
	}
	return wide
}
