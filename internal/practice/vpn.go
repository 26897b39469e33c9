package practice

import (
	"net/netip"
	"strings"
)

// isDeclared reports whether a host is among those that are declared: by name,
// as "*.name" or ".name" for all names below one, by address or by range.
func isDeclared(declared []string, host string) bool {
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "" {
		return false
	}
	addr, err := netip.ParseAddr(host)
	for _, d := range declared {
		d = strings.TrimSuffix(strings.ToLower(strings.Trim(d, "[]")), ".")
		if d == host {
			return true
		}
		if suffix := strings.TrimPrefix(d, "*"); strings.HasPrefix(suffix, ".") && strings.HasSuffix(host, suffix) {
			return true
		}
		if prefix, perr := netip.ParsePrefix(d); perr == nil && err == nil && prefix.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
