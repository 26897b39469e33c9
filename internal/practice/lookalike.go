package practice

import (
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// lookalike judges hosts that imitate one of a provider's and get a request,
// each where it is written.
func (c *court) lookalike(r *view) {
	for i, u := range r.urls {
		host, ok := u.HostText()
		if suffix, partly := u.HostSuffix(); !ok && partly {
			host, ok = "x"+suffix, true
		}
		if !ok || partial.HostClass(host) != partial.PublicHost {
			continue
		}
		if _, own := c.Catalogue.ProviderOf(host); own {
			continue // have: the host of a provider
		}
		for _, p := range c.Catalogue.Providers() {
			if how, grade := c.imitates(r, u, host, p); how != "" {
				c.tellLookalike(r, i, host, p, how, grade)
				break
			}
		}
	}
}

// tellLookalike passes the verdict on a host that imitates a provider's.
func (c *court) tellLookalike(r *view, reading int, host string, p *rules.Provider, how string, grade Grade) {
	src := &r.Source
	if reading < len(r.Written) && !r.Written[reading].At.IsZero() {
		at := r.Source
		at.Origin, at.Steps = r.Written[reading].At, r.Written[reading].Steps
		src = &at
	}
	v := verdict{src: src, onValue: true, grades: withGrade(sourceGrades(&r.Source), grade), evidence: requestEvidence(r)}
	v.evidence["host"] = host
	v.evidence["imitates"] = p.ID
	v.message = message(
		"request goes to "+quoted(host)+", which "+how+" "+plain(p.Name, maxShort)+" and is not among its hosts",
		nil, ": compare it letter by letter",
	)
	c.pass(lookalikeHost, v)
}

// imitates tells how a host imitates a provider's, "" if it does not.
func (c *court) imitates(r *view, u partial.URL, host string, p *rules.Provider) (how string, grade Grade) {
	if user, ok := u.User.Known(); ok && strings.Contains(user, ".") && p.Matches(user) {
		return "hides behind a host of", ""
	}
	for _, own := range p.Hosts {
		if strings.Contains("."+host, "."+strings.TrimLeft(own, "*.")+".") {
			return "begins with a host of", ""
		}
	}
	label, tld := registrable(host)
	for _, brand := range p.Brands {
		switch {
		case label == brand:
			if isCheapTLD(tld) {
				return "has the name of", WeakEvidence
			}
		case slices.Contains(strings.Split(label, "-"), brand) && baits(label):
			return "has the name of", ""
		case len(brand) < shortestBrand:
			if label != brand && (skeleton(label) == skeleton(brand) || isSwapped(label, brand)) && c.speaksOf(r, u, p, brand) {
				return "looks like", ""
			}
		case skeleton(label) == skeleton(brand), isPunycodeOf(label, brand):
			return "looks like", ""
		case isNear(label, brand) && c.speaksOf(r, u, p, brand):
			return "is a letter or two from", ""
		}
	}
	return "", ""
}

// shortestBrand is the length below which a name is near too many others.
const shortestBrand = 6

// isNear reports whether a label is a brand with a letter or two wrong.
func isNear(label, brand string) bool {
	if len(label) > len(brand)+2 || len(label) < len(brand)-2 {
		return false
	}
	most := 1
	if len(brand) > shortestBrand {
		most = 2
	}
	d := nearest.Edits(label, brand)
	return d > 0 && d <= most
}

// isSwapped reports whether a label is a brand with two letters exchanged that
// stand side by side.
func isSwapped(label, brand string) bool {
	if len(label) != len(brand) {
		return false
	}
	for i := range len(label) - 1 {
		if label[i] != brand[i] {
			return label[i] == brand[i+1] && label[i+1] == brand[i] && label[i+2:] == brand[i+2:]
		}
	}
	return false
}

// speaksOf reports whether anything else of a request says that it is meant for
// a provider: its path, or the brand in a name. Without it a name that is near
// is another company's.
func (c *court) speaksOf(r *view, u partial.URL, p *rules.Provider, brand string) bool {
	path := u.PathText()
	if _, ok := p.SendTo(path); ok || p.BasicRight(path) {
		return true
	}
	if says(r.Symbol, brand) {
		return true
	}
	for i := range r.Auth {
		a := &r.Auth[i]
		if p.KeyScheme != "" && strings.EqualFold(a.Scheme, p.KeyScheme) {
			return true
		}
		for _, h := range slices.Concat(a.Secret.Holes(), a.User.Holes(), a.Raw.Holes()) {
			if says(h.Name, brand) {
				return true
			}
		}
	}
	return false
}

// says reports whether a name has a brand among its words.
func says(name, brand string) bool {
	return strings.Contains(strings.Join(shape.Words(name), ""), strings.ReplaceAll(brand, "-", ""))
}

// registrable returns the label of a host that its owner registered, and what
// follows it: the last labels but those that registries sell below, such as
// co.uk.
func registrable(host string) (label, tld string) {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	n := len(labels)
	if n < 2 {
		return "", ""
	}
	i := n - 2
	if n > 2 && len(labels[n-1]) == 2 && isSecondLevel(labels[i]) {
		i--
	}
	return labels[i], strings.Join(labels[i+1:], ".")
}

// isSecondLevel reports whether a label below a country's is one that names are
// registered below.
func isSecondLevel(label string) bool {
	switch label {
	case "co", "com", "net", "org", "ac", "gov", "edu", "ne", "or", "go":
		return true
	}
	return false
}

// isCheapTLD reports whether a top level domain is one of those that names are
// imitated in and providers seldom use.
func isCheapTLD(tld string) bool {
	switch tld {
	case "biz", "info", "xyz", "top", "online", "site", "club", "icu", "click", "live", "shop", "website", "space", "tk", "ml", "ga", "cf", "gq", "ru", "cn":
		return true
	}
	return false
}

// baits reports whether a label has a word beside a brand that makes people
// enter credentials.
func baits(label string) bool {
	for word := range strings.SplitSeq(label, "-") {
		switch word {
		case "login", "logon", "signin", "secure", "security", "account", "accounts", "auth", "verify", "verification", "update", "support",
			"portal", "billing", "sso", "password", "api", "my", "online", "service", "services", "sms", "gateway":
			return true
		}
	}
	return false
}

// isPunycodeOf reports whether a label is a brand in Punycode in which one or
// two letters are of another script: the others stand before the last hyphen.
func isPunycodeOf(label, brand string) bool {
	rest, ok := strings.CutPrefix(label, "xn--")
	i := strings.LastIndexByte(rest, '-')
	if !ok || i < 0 {
		return false
	}
	rest = rest[:i]
	missing := 0
	for j := range len(brand) {
		if j-missing < len(rest) && rest[j-missing] == brand[j] {
			continue
		}
		missing++
	}
	return missing > 0 && missing <= 2 && len(brand)-missing == len(rest)
}

// pairsThatLookAlike has one letter for each two that look like it.
var pairsThatLookAlike = sync.OnceValue(func() *strings.Replacer { return strings.NewReplacer("rn", "m", "vv", "w", "cl", "d", "nn", "m") })

// skeleton returns a label with letters that look alike made the same.
func skeleton(label string) string {
	label = pairsThatLookAlike().Replace(strings.ToLower(label))
	return strings.Map(func(r rune) rune {
		switch r {
		case '0', 'о', 'ο', 'ö', 'ø', 'ó', 'ò', 'ô', 'õ':
			return 'o'
		case '1', 'l', '|', 'і', 'ı', 'ì', 'í', 'î', 'ï', 'ι', 'ӏ', '!':
			return 'i'
		case '3', 'е', 'ё', 'é', 'è', 'ê', 'ë':
			return 'e'
		case '4', 'а', 'á', 'à', 'â', 'ä', 'ã', 'å', 'α':
			return 'a'
		case '5', 'ѕ', 'ś', 'ş':
			return 's'
		case '8', 'Ь', 'ь':
			return 'b'
		case 'р', 'ρ':
			return 'p'
		case 'с', 'ç', 'ć':
			return 'c'
		case 'у', 'ý', 'ÿ', 'γ':
			return 'y'
		case 'х':
			return 'x'
		case 'ѵ', 'ν':
			return 'v'
		case 'ԁ':
			return 'd'
		case 'ɡ', '9', 'q':
			return 'g'
		case 'ո', 'ñ', 'ń':
			return 'n'
		case 'ü', 'ú', 'ù', 'û', 'υ':
			return 'u'
		case 'ķ', 'к':
			return 'k'
		case '7', 'т', 'τ':
			return 't'
		case '2':
			return 'z'
		}
		return r
	}, label)
}
