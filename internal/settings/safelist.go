package settings

import (
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// safelist observes addresses that are allowed to come in: one setting, or all
// elements of a list.
func (o *observer) safelist(s *Setting) {
	if len(s.Text) > maxRangeText || !strings.ContainsAny(s.Text, "*/-") {
		return
	}
	at := s
	if s.Parent != nil && s.Parent.Kind == List {
		at = s.Parent
	}
	words := o.pathOf(at)
	key := o.rangeKey(words, at.wordsBelowLabel())
	if key == nil && s.isNamedValue() { // authorized_networks { name = "office", value = "192.0.2.0/24" }
		words = s.Parent.pathWords()
		key = o.rangeKey(words, s.Parent.wordsBelowLabel())
	}
	if key == nil || key.Purpose == "ingress" && !o.opensAdminPort(at) {
		return
	}
	for _, lit := range literals(s) {
		for _, t := range splitAt(s, lit, " \t\n,;[]\"'") {
			obs := &practice.Safelist{Source: o.source(s), Range: t.text, Use: at.use()}
			obs.At, obs.Origin = t.at, t.at
			if key.Purpose == "proxy" {
				obs.Purpose = practice.TrustsProxy
			}
			if lit.fallback {
				obs.Condition = practice.Configured
			}
			obs.Provider = o.providerOf(at, "", noValue)
			o.out = append(o.out, obs)
		}
	}
}

// maxRangeText is the length of a value up to which it can be addresses.
const maxRangeText = 2000

// isNamedValue reports whether a setting has got its name from one beside it.
func (s *Setting) isNamedValue() bool {
	if s.Parent == nil || s.Parent.Kind != Mapping {
		return false
	}
	name := s.Parent.Child("name")
	return name != nil && name != s && name.Text == s.Name
}

// wordsBelowLabel returns how many words the path has below the name that its
// author gave to what it belongs to: a resource called whitelist is no list.
func (s *Setting) wordsBelowLabel() int {
	n := 0
	for at := s; at != nil && !at.label; at = at.Parent {
		n += len(at.words())
	}
	return n
}

// rangeKey returns what is known of the key that a path ends with, of the most
// words of which it may be made; nil if it is none of addresses.
func (o *observer) rangeKey(words []string, most int) *rules.RangeKey {
	for n, phrase := range tails(words) {
		if n > most {
			continue
		}
		if key := o.table.Ranges[phrase]; key != nil && fits(&key.Context, words) {
			return key
		}
	}
	return nil
}

// maxRule is how far above a range the rule stands whose port and direction it
// belongs to.
const maxRule = 3

// opensAdminPort reports whether the rule of a firewall around a range lets in
// what comes for a port that only few should reach.
func (o *observer) opensAdminPort(s *Setting) bool {
	rule := s.Parent
	incoming, admin, among := false, false, false // among other rules
	for n := 0; rule != nil && n < maxRule; n, rule = n+1, rule.Parent {
		for _, w := range rule.words() {
			switch w {
			case "egress", "outbound", "peer", "route":
				return false
			case "ingress", "inbound", "firewall", "allow":
				incoming = true
			}
		}
		if direction(rule) < 0 {
			return false
		}
		incoming = incoming || direction(rule) > 0
		among = among || rule.Kind == List
		admin = admin || !among && o.hasAdminPort(rule, 0)
	}
	return incoming && admin
}

// direction tells where what a rule is about goes to: 1 in, -1 out or denied, 0
// if it does not say.
func direction(rule *Setting) int {
	for _, item := range rule.Items {
		if item.Kind != Scalar {
			continue
		}
		switch phraseOf(item.Name) + "=" + strings.ToLower(item.Text) {
		case "direction=inbound", "direction=ingress", "type=ingress":
			return 1
		case "direction=outbound", "direction=egress", "type=egress", "access=deny", "action=deny", "action=drop":
			return -1
		}
	}
	return 0
}

// hasAdminPort reports whether a rule, or what stands in its parts, names a port
// that few should reach, or all ports.
func (o *observer) hasAdminPort(rule *Setting, depth int) bool {
	from, to := -1, -1
	for _, item := range rule.Items {
		name := phraseOf(item.Name)
		switch {
		case item.Kind != Scalar && depth < maxRule && (name == "allow" || strings.HasSuffix(name, "ports") || strings.HasSuffix(name, "portranges") || item.Parent.Kind == List):
			if o.hasAdminPort(item, depth+1) {
				return true
			}
		case item.Kind != Scalar:
		case strings.HasSuffix(name, "fromport") || name == "portrangemin":
			from = portOf(item.Text)
		case strings.HasSuffix(name, "toport") || name == "portrangemax":
			to = portOf(item.Text)
		case strings.HasSuffix(name, "protocol") && (item.Text == "-1" || strings.EqualFold(item.Text, "all")):
			return true
		case strings.HasSuffix(name, "port"), strings.HasSuffix(name, "portrange"), strings.HasSuffix(name, "portranges"), rule.Kind == List && depth > 0:
			if item.Text == "*" {
				return true
			}
			low, high, ok := strings.Cut(item.Text, "-")
			if !ok {
				high = low
			}
			if o.coversAdminPort(portOf(low), portOf(high)) {
				return true
			}
		}
	}
	return o.coversAdminPort(from, max(from, to))
}

// portOf returns the port that a text is, -1 if it is none.
func portOf(text string) int {
	port, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || port < 0 || port > 65535 {
		return -1
	}
	return port
}

// coversAdminPort reports whether a range of ports holds one of those.
func (o *observer) coversAdminPort(from, to int) bool {
	if from < 0 || to < from {
		return false
	}
	for port := range o.table.AdminPorts {
		if from <= port && port <= to {
			return true
		}
	}
	return false
}
