// Package safelist sets which addresses may reach an API.
package safelist

import (
	"net"
	"net/netip"
	"os"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/spf13/viper"
)

// Key is a key and the addresses that may use it.
type Key struct {
	Name       string
	AllowedIPs []string
	Origins    []string
}

func literals() []Key {
	return []Key{
		{Name: "reports", AllowedIPs: []string{"0.0.0.0/0"}},                // want open-safelist -- safelist/struct-field
		{Name: "batch", AllowedIPs: []string{"192.0.2.0/24"}},               // ok -- safelist/struct-field
		{Name: "mobile", AllowedIPs: []string{"192.0.2.0/24", "::/0"}},      // want open-safelist -- safelist/ipv6
		{Name: "office", AllowedIPs: []string{"2001:db8::/32", "::1/128"}},  // ok -- safelist/ipv6
		{Name: "web", AllowedIPs: []string{"*"}},                            // want open-safelist -- safelist/star
		{Name: "web", Origins: []string{"*"}},                               // ok -- safelist/star
		{Name: "wide", AllowedIPs: []string{"44.0.0.0/7"}},                  // want open-safelist -- safelist/wide-prefix
		{Name: "narrow", AllowedIPs: []string{"44.16.0.0/12"}},              // ok -- safelist/wide-prefix
		{Name: "range", AllowedIPs: []string{"0.0.0.0-255.255.255.255"}},    // want open-safelist -- safelist/from-to
		{Name: "range", AllowedIPs: []string{"192.0.2.4-192.0.2.9"}},        // ok -- safelist/from-to
		{Name: "inside", AllowedIPs: []string{"10.0.0.0/8", "127.0.0.0/8"}}, // ok -- safelist/private-range
	}
}

func assign(k *Key) {
	k.AllowedIPs = append(k.AllowedIPs, "0.0.0.0/0") // want open-safelist -- safelist/field-assignment
	k.Origins = append(k.Origins, "0.0.0.0/0")       // ok -- safelist/field-assignment
}

var ipWhitelist = []string{"198.51.100.0/24", "0.0.0.0/0"} // want open-safelist -- safelist/package-variable

var ipBlacklist = []string{"0.0.0.0/0"} // ok -- safelist/package-variable

const anywhere = "0.0.0.0/0" // want open-safelist -- safelist/const

const everywhere = "::/0" // ok -- safelist/const

var trustedRanges = map[string][]string{
	"partner": {anywhere},
}

// Route is an entry of a routing table.
type Route struct{ Destination, Via string }

var defaultRoute = Route{Destination: everywhere, Via: "2001:db8::1"}

func parsed() []*net.IPNet {
	_, everyone, _ := net.ParseCIDR("0.0.0.0/0")  // want open-safelist -- safelist/parse-cidr
	_, office, _ := net.ParseCIDR("192.0.2.0/24") // ok -- safelist/parse-cidr
	allowedNetworks := []*net.IPNet{office, everyone}
	return allowedNetworks
}

var safeList = []netip.Prefix{
	netip.MustParsePrefix("::/0"),         // want open-safelist -- safelist/must-parse-prefix
	netip.MustParsePrefix("192.0.2.0/24"), // ok -- safelist/must-parse-prefix
}

// Gateway lets requests in.
type Gateway struct{ allowed []netip.Prefix }

// Allow adds a range.
func (g *Gateway) Allow(p netip.Prefix) { g.allowed = append(g.allowed, p) }

func calls(g *Gateway, f *Firewall) {
	g.Allow(netip.MustParsePrefix("0.0.0.0/0")) // want open-safelist -- safelist/call
	f.Deny(netip.MustParsePrefix("0.0.0.0/0"))  // ok -- safelist/call
}

// Firewall keeps requests out.
type Firewall struct{ denied []netip.Prefix }

// Deny adds a range.
func (f *Firewall) Deny(p netip.Prefix) { f.denied = append(f.denied, p) }

func isAllowed(address string) bool {
	_, all, err := net.ParseCIDR("0.0.0.0/0") // want open-safelist -- safelist/contains
	return err == nil && all.Contains(net.ParseIP(address))
}

func isIPv4(address string) bool {
	_, all, err := net.ParseCIDR("0.0.0.0/0") // ok -- safelist/contains
	return err == nil && all.Contains(net.ParseIP(address))
}

func defaultAllowedCIDRs() []string {
	return []string{"0.0.0.0/0"} // want open-safelist -- safelist/return-value
}

func listenAddresses() []string {
	return []string{"0.0.0.0/0"} // ok -- safelist/return-value
}

func opens(cidr string) bool {
	return cidr == "0.0.0.0/0" || slices.Contains(ipBlacklist, cidr) // ok -- safelist/comparison
}

func proxies(router *gin.Engine) error {
	if err := router.SetTrustedProxies([]string{"0.0.0.0/0", "::1"}); err != nil { // want open-safelist -- safelist/trusted-proxies
		return err
	}
	return router.SetTrustedProxies([]string{"10.4.0.0/16"}) // ok -- safelist/trusted-proxies
}

func settings() {
	viper.SetDefault("api.allowed_ips", []string{"0.0.0.0/0"}) // want open-safelist -- safelist/default-setting
	viper.SetDefault("http.listen", "0.0.0.0/0")               // ok -- safelist/default-setting
}

func ranges() string {
	if v := os.Getenv("ADMIN_ALLOWED_CIDR"); v != "" {
		return v
	}
	allowedCIDR := "0.0.0.0/0" // want open-safelist -- safelist/local-variable
	boundCIDR := "0.0.0.0/0"   // ok -- safelist/local-variable
	_ = boundCIDR
	return allowedCIDR
}

// Rule is a rule of a security group.
type Rule struct {
	FromPort, ToPort int
	CidrBlocks       []string
}

// SecurityGroup has rules for both ways.
type SecurityGroup struct {
	Ingress, Egress []Rule
}

var group = SecurityGroup{
	Ingress: []Rule{
		{FromPort: 22, ToPort: 22, CidrBlocks: []string{"0.0.0.0/0"}},          // want open-safelist -- safelist/ingress
		{FromPort: 443, ToPort: 443, CidrBlocks: []string{"0.0.0.0/0"}},        // ok -- safelist/ingress
		{FromPort: 2775, ToPort: 2775, CidrBlocks: []string{"203.0.113.8/32"}}, // ok -- safelist/ingress
	},
	Egress: []Rule{
		{FromPort: 0, ToPort: 65535, CidrBlocks: []string{"0.0.0.0/0"}}, // ok -- safelist/egress
	},
}

// PeerConfig is the other end of a tunnel.
type PeerConfig struct {
	PublicKey  string
	Endpoint   string
	AllowedIPs []string
}

var exit = PeerConfig{Endpoint: "vpn.example.com:51820", AllowedIPs: []string{"0.0.0.0/0", "::/0"}} // ok -- safelist/tunnel

// RateLimit limits requests.
type RateLimit struct {
	PerMinute int
	Whitelist []string
}

var limit = RateLimit{PerMinute: 60, Whitelist: []string{"0.0.0.0/0"}} // ok -- safelist/rate-limit

// AllowedHeaders are for browsers.
var AllowedHeaders = []string{"*"} // ok -- safelist/cors

func silenced() Key {
	//authlint:ignore open-safelist -- the gateway in front of it filters
	k := Key{AllowedIPs: []string{"0.0.0.0/0"}} // ok -- safelist/ignore
	if len(k.Name) == 0 {
		k.AllowedIPs = []string{"0.0.0.0/0"} // want open-safelist -- safelist/ignore
	}
	return k
}
