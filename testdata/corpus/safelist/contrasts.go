package safelist

var officeKeys = []Key{
	{Name: "office", AllowedIPs: []string{"10.0.0.0/8", "0.0.0.0/0"}},   // want open-safelist -- safelist/private-range
	{Name: "office", AllowedIPs: []string{"172.16.0.0/12", "fd00::/8"}}, // ok -- safelist/private-range
}

func orAnywhere(allowedCIDR string) string {
	if allowedCIDR == "" {
		allowedCIDR = "0.0.0.0/0" // want open-safelist -- safelist/comparison
	}
	return allowedCIDR
}

var database = SecurityGroup{
	Ingress: []Rule{{FromPort: 5432, ToPort: 5432, CidrBlocks: []string{"0.0.0.0/0"}}},   // want open-safelist -- safelist/egress
	Egress:  []Rule{{FromPort: 0, ToPort: 0, CidrBlocks: []string{"0.0.0.0/0", "::/0"}}}, // ok -- safelist/egress
}

// Console is reached through the tunnel, or so its owner thinks.
type Console struct {
	VPN        PeerConfig
	AllowedIPs []string
}

var console = Console{
	VPN:        PeerConfig{Endpoint: "vpn.example.com:51820", AllowedIPs: []string{"0.0.0.0/0"}}, // ok -- safelist/tunnel
	AllowedIPs: []string{"0.0.0.0/0"},                                                            // want open-safelist -- safelist/tunnel
}

// Access is who may call how often.
type Access struct {
	PerMinute   int
	IPWhitelist []string
	Headers     []string
}

var access = Access{
	PerMinute:   60,
	IPWhitelist: []string{"0.0.0.0/0"}, // want open-safelist -- safelist/rate-limit
	Headers:     []string{"*"},         // ok -- safelist/cors
}

// AllowedAddresses may call.
var AllowedAddresses = []string{"*"} // want open-safelist -- safelist/cors

// TestKey makes the key that people try the API with.
func TestKey(name string) Key {
	return Key{Name: name, AllowedIPs: []string{"0.0.0.0/0"}} // want open-safelist -- safelist/test-file
}
