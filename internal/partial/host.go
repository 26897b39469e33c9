package partial

import (
	"net/netip"
	"strings"
)

// Class says where a host is.
type Class uint8

// The classes of hosts.
const (
	UnknownHost  Class = iota // not known, or no host name at all
	LoopbackHost              // this machine: traffic to it leaves no network card
	PrivateHost               // a private address or an internal domain name
	ClusterHost               // a name that only a cluster or a compose network resolves
	ExampleHost               // reserved for documentation and tests
	PublicHost                // everything else
)

// HostClass returns the class of a host name or address, given without port.
func HostClass(host string) Class {
	host = strings.ToLower(strings.Trim(host, "[]"))
	host = strings.TrimSuffix(host, ".")
	zoneless, _, _ := strings.Cut(host, "%")
	if addr, err := netip.ParseAddr(zoneless); err == nil {
		return addrClass(addr.Unmap())
	}
	switch {
	case host == "" || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" && isASCII(host):
		return UnknownHost
	case isLoopbackName(host):
		return LoopbackHost
	case !strings.Contains(host, "."):
		return labelClass(host)
	case hasSuffix(host, clusterSuffixes[:]):
		return ClusterHost
	case isExampleName(host):
		return ExampleHost
	case isMetadata(host):
		return LoopbackHost
	case hasSuffix(host, privateSuffixes[:]):
		return PrivateHost
	}
	return PublicHost
}

// Suffixes that no public name has. The Top Level Domains are reserved, or in
// such wide use inside networks that they will never be delegated.
var (
	clusterSuffixes = [...]string{".svc", ".svc.cluster.local", ".cluster.local", ".consul", ".docker", ".mesh", ".nomad", ".flycast"}
	privateSuffixes = [...]string{
		".local", ".internal", ".corp", ".lan", ".home.arpa", ".home", ".intranet", ".private", ".intra", ".localnet", ".ts.net",
	}
	loopbackSuffixes = [...]string{".localhost", ".localdomain", ".lvh.me", ".localtest.me", ".vcap.me", ".docker.internal"}
	exampleSuffixes  = [...]string{".example", ".test", ".invalid", ".example.com", ".example.net", ".example.org"}
)

// addrClass returns the class of an address.
func addrClass(addr netip.Addr) Class {
	switch {
	case addr.IsLoopback() || addr.IsUnspecified() || isMetadata(addr.String()):
		return LoopbackHost
	case addr.IsPrivate() || addr.IsLinkLocalUnicast() || isSharedSpace(addr):
		return PrivateHost
	case isDocumentation(addr):
		return ExampleHost
	}
	return PublicHost
}

// isMetadata reports whether a host is the metadata service of a cloud, which
// the machine below answers itself and speaks nothing but http.
func isMetadata(host string) bool {
	switch host {
	case "169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254", "metadata.google.internal":
		return true
	}
	return false
}

// isSharedSpace reports whether addr is in the range of carriers and overlay
// networks (RFC 6598).
func isSharedSpace(addr netip.Addr) bool {
	return addr.Is4() && addr.As4()[0] == 100 && addr.As4()[1]&0xc0 == 64
}

// isDocumentation reports whether addr is in a range for documentation
// (RFC 5737, RFC 3849).
func isDocumentation(addr netip.Addr) bool {
	if addr.Is4() {
		a := addr.As4()
		switch [3]byte(a[:3]) {
		case [3]byte{192, 0, 2}, [3]byte{198, 51, 100}, [3]byte{203, 0, 113}:
			return true
		}
		return false
	}
	a := addr.As16()
	return [4]byte(a[:4]) == [4]byte{0x20, 0x01, 0x0d, 0xb8}
}

// isLoopbackName reports whether a name means this machine. The names that
// containers give to the machine they run on are among them.
func isLoopbackName(host string) bool {
	switch host {
	case "localhost", "localhost6", "ip6-localhost", "ip6-loopback", "loopback", "lvh.me", "localtest.me", "vcap.me", "unix":
		return true
	}
	return hasSuffix(host, loopbackSuffixes[:])
}

// labelClass returns the class of a name without dots: only the resolver of a
// cluster or of an office knows it. A number or the word for a host is none.
func labelClass(host string) Class {
	switch {
	case strings.Trim(host, "0123456789-_") == "":
		return UnknownHost
	case host == "host" || host == "hostname" || host == "server" || host == "domain" || strings.HasPrefix(host, "your"):
		return UnknownHost // words of an example
	}
	return ClusterHost
}

// isExampleName reports whether a name is reserved for documentation and tests.
func isExampleName(host string) bool {
	switch host {
	case "example.com", "example.net", "example.org":
		return true
	}
	return hasSuffix(host, exampleSuffixes[:])
}

// hasSuffix reports whether host ends in one of the suffixes.
func hasSuffix(host string, suffixes []string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(host, s) {
			return true
		}
	}
	return false
}

// isASCII reports whether text has ASCII characters only.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// HostClass returns the class of the URL's host as far as what is known of it
// decides: all of it, the labels at its end, or the first numbers of an address.
func (u URL) HostClass() Class {
	if u.Host.Has(Loopback) || u.Base.Has(Loopback) {
		return LoopbackHost
	}
	if host, ok := u.HostText(); ok {
		return HostClass(host)
	}
	if suffix, ok := u.HostSuffix(); ok {
		if port := strings.Trim(suffix, ".0123456789"); port == "" {
			return UnknownHost // the last numbers of an address
		}
		return HostClass("x" + suffix)
	}
	prefix := u.Host.Prefix()
	for _, private := range [...]string{"10.", "192.168.", "169.254."} {
		if strings.HasPrefix(prefix, private) {
			return PrivateHost
		}
	}
	if strings.HasPrefix(prefix, "127.") {
		return LoopbackHost
	}
	return UnknownHost
}
