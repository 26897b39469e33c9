package rules

import (
	"slices"
	"strings"
)

// Matches reports whether a host belongs to the provider. A plain name stands
// for itself and every host below it; in a pattern each * stands for one label.
func (p *Provider) Matches(host string) bool { return matchesHost(p.Hosts, host) }

// matchesHost reports whether a host is one of the patterns'.
func matchesHost(patterns []string, host string) bool {
	host = cleanHost(host)
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if !strings.Contains(pattern, "*") {
			return host == pattern || strings.HasSuffix(host, "."+pattern)
		}
		return matchParts(strings.Split(pattern, "."), strings.Split(host, "."))
	})
}

// cleanHost returns a host in lower case without the dot of the root.
func cleanHost(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

// SendTo returns the endpoint for messages that a path leads to and reports
// whether there is one.
func (p *Provider) SendTo(path string) (SendEndpoint, bool) {
	for _, e := range p.Send {
		if MatchPath(e.Path, path) {
			return e, true
		}
	}
	return SendEndpoint{}, false
}

// IssuesTokens reports whether a host takes only tokens that the provider issues.
func (p *Provider) IssuesTokens(host string) bool { return matchesHost(p.OwnTokens, host) }

// MakesKey reports whether a path leads to where API keys are made.
func (p *Provider) MakesKey(path string) bool {
	return slices.ContainsFunc(p.KeyPaths, func(pattern string) bool { return MatchPath(pattern, path) })
}

// BasicRight reports whether Basic is the right scheme for a path, because it
// leads to what replaces Basic: keys, sessions and tokens.
func (p *Provider) BasicRight(path string) bool {
	return slices.ContainsFunc(p.BasicPaths, func(pattern string) bool { return MatchPath(pattern, path) })
}

// SecretSegment stands in a path pattern for the segment that is a credential.
const SecretSegment = "{key}"

// SecretInPath returns the number of the segment of a path that is a credential
// by the provider's patterns, and reports whether there is one.
func (p *Provider) SecretInPath(path string) (int, bool) {
	for _, pattern := range p.SecretPaths {
		if MatchPath(strings.ReplaceAll(pattern, SecretSegment, "*"), path) {
			return slices.Index(strings.Split(strings.Trim(pattern, "/"), "/"), SecretSegment), true
		}
	}
	return 0, false
}

// MatchPath reports whether a path fits a pattern, in which * stands for one
// segment and a last ** for one or more. A slash at the end does not count.
func MatchPath(pattern, path string) bool {
	patterns := strings.Split(strings.Trim(pattern, "/"), "/")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if last := len(patterns) - 1; patterns[last] == "**" {
		if len(parts) <= last || parts[last] == "" {
			return false
		}
		patterns, parts = patterns[:last], parts[:last]
	}
	return matchParts(patterns, parts)
}

// matchParts reports whether each part is the one of the pattern, or any where
// the pattern has *.
func matchParts(pattern, parts []string) bool {
	if len(pattern) != len(parts) {
		return false
	}
	for i, want := range pattern {
		if want != "*" && want != parts[i] || parts[i] == "" {
			return false
		}
	}
	return true
}
