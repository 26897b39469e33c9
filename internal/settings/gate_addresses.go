package settings

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// This file finds the addresses in a line that speak by themselves.

// hasPlainPort reports whether the text has a port of a protocol without TLS.
func (g *gate) hasPlainPort() bool {
	for port := range plainPorts {
		if bytes.Contains(g.data, []byte(port)) {
			return true
		}
	}
	return false
}

// link reports whether a line holds an address that speaks by itself.
func (g *gate) link(line []byte) bool {
	if skipsPeer(line) || shape.MayHoldLogin(line) || bytes.Contains(line, []byte("ostKeyChecking")) || bytes.Contains(line, []byte("KnownHostsFile")) {
		return true
	}
	for {
		n := bytes.Index(line, []byte("://"))
		if n < 0 {
			return false
		}
		from := n
		for from > 0 && isSchemeByte(line[from-1]) {
			from--
		}
		scheme := strings.ToLower(string(line[from:n]))
		line = line[n+len("://"):]
		if g.url(scheme, line) {
			return true
		}
	}
}

// skipsPeer reports whether a line holds an option of a connection string that
// leaves the peer unchecked.
func skipsPeer(line []byte) bool {
	for _, mark := range [...]string{"rustServerCertificate=", "rust Server Certificate=", "erifyServerCertificate=", "NonValidatingFactory"} {
		if bytes.Contains(line, []byte(mark)) {
			return true
		}
	}
	return false
}

func isSchemeByte(b byte) bool {
	return isNameByte(b, false) || b == '+' || b == '-' || b == '.'
}

// url reports whether a URL speaks by itself: by a login, by the protocol, by the
// host or by a parameter. The rest is what stands behind the scheme.
func (g *gate) url(scheme string, rest []byte) bool {
	web := isWebScheme(scheme)
	if scheme == "smpp" {
		return true
	}
	if plainSchemes[scheme] != "" {
		if g.seen |= seenDialed; bytes.IndexByte(rest, '@') >= 0 {
			return true
		}
	}
	if n := bytes.IndexByte(rest, '@'); n >= 0 && (bytes.IndexByte(rest[:n], ':') >= 0 || n >= 20 || bytes.ContainsAny(rest[:n], "${%<")) {
		return true
	}
	_, query, asks := bytes.Cut(rest, []byte("?"))
	if asks && (web && g.asks(string(query)) || !web && asksForPassword(query)) {
		return true
	}
	if scheme != "http" && scheme != "ws" {
		return false
	}
	host := rest
	if n := bytes.IndexAny(host, "/?#: \t\"'"); n >= 0 {
		host = host[:n]
	}
	_, known := g.cat.ProviderOf(strings.ToLower(string(host)))
	return known && len(host) > 0
}

// asksForPassword reports whether a query of a data source may hold a password.
func asksForPassword(query []byte) bool {
	lower := strings.ToLower(string(query))
	return strings.Contains(lower, "password=") || strings.Contains(lower, "passwd=") || strings.Contains(lower, "pwd=")
}

// isWebScheme reports whether a scheme is one of HTTP or the like.
func isWebScheme(scheme string) bool {
	switch scheme {
	case "http", "https", "ws", "wss", "file":
		return true
	}
	return false
}

// asks reports whether a parameter of a query is known by its name.
func (g *gate) asks(query string) bool {
	for param := range strings.FieldsFuncSeq(query, func(r rune) bool { return strings.ContainsRune("&;?#\"' ", r) }) {
		name, _, ok := strings.Cut(param, "=")
		if kind, _ := g.cat.Parameters().Kind(name); ok && (kind != rules.NoParam || isSecretParam(name)) {
			return true
		}
	}
	return false
}

// holdsWeb reports whether a value holds a URL of the web.
func holdsWeb(text []byte) bool {
	for _, scheme := range [...]string{"http://", "https://", "ws://", "wss://"} {
		if bytes.Contains(text, []byte(scheme)) {
			return true
		}
	}
	return false
}
