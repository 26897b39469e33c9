package authsafelist

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// decide tells whether the names that a range is given to are those of a
// safelist.
func (w *walk) decide(cx *context, stack []ast.Node) (place, bool) {
	if w.excluded(cx) {
		return place{}, false
	}
	found := place{at: cx.at, use: cx.use, function: function(stack), conditional: cx.conditional}
	if found.at == nil && len(stack) > 0 {
		found.at = stack[len(stack)-1]
	}
	if found.at == nil {
		return place{}, false
	}
	for i, name := range cx.names {
		words := shape.Words(name)
		around := wordsOf(words, cx.names[i+1:], cx.around, cx.functions)
		if purpose, ok := w.purposeOf(words, around); ok {
			found.purpose, found.key = purpose, name
			return found, true
		}
	}
	if w.checksIn(cx) {
		found.key = function(stack)
		if found.use == "" {
			found.use = found.key
		}
		return found, true
	}
	if w.admitsAdministration(cx) {
		found.key = "ingress"
		return found, true
	}
	return place{}, false
}

// purposeOf reads the words of a name, and all words from there outwards.
func (w *walk) purposeOf(words, around []string) (practice.SafelistPurpose, bool) {
	address := slices.ContainsFunc(words, isAddressWord)
	trusts := hasAny(around, "trusted", "trust", "trusts")
	if trusts && hasAny(around, "proxy", "proxies", "forwarded", "xff") && (address || hasAny(words, "proxy", "proxies", "forwarded")) {
		return practice.TrustsProxy, true
	}
	if trusts && hasAny(words, "trust") && address {
		return practice.TrustsProxy, true // an option of what reads the address of a client
	}
	star := strings.Contains(w.text, "*")
	switch {
	case isAllowing(words) && (address || !star):
		return practice.AllowsAccess, !isOfNames(words) || address
	case isAllowing(around) && address:
		return practice.AllowsAccess, true
	}
	return 0, false
}

// isAllowing reports whether words speak of what is allowed.
func isAllowing(words []string) bool {
	for i, word := range words {
		switch word {
		case "allow", "allowed", "allowlist", "allowlisted", "whitelist", "whitelists", "whitelisted", "safelist", "trusted", "permit",
			"permitted", "authorized", "authorised", "acl":
			return true
		case "white", "safe":
			if i+1 < len(words) && (words[i+1] == "list" || words[i+1] == "listed") {
				return true
			}
		}
	}
	return false
}

// isOfNames reports whether words speak of a list that does not hold addresses.
func isOfNames(words []string) bool {
	return hasAny(words, "hosts", "host", "domains", "domain", "users", "groups", "paths", "urls", "tokens", "keys", "types", "roles", "actions", "resources")
}

// excluded reports whether the surroundings speak of what is no safelist.
func (w *walk) excluded(cx *context) bool {
	for _, name := range append(slices.Clone(cx.names), cx.around...) {
		words := shape.Words(name)
		for i, word := range words {
			switch word {
			case "origin", "origins", "route", "routes", "routing", "destination", "destinations", "dst", "dest", "gateway", "listen",
				"listener", "bind", "exclude", "excluded", "exclusion", "bypass", "skip", "ignore", "noproxy", "headers", "methods",
				"header", "method", "scopes", "black", "unsafe", "untrusted", "peer", "peers":
				return true
			case "block", "blocks":
				if i == 0 || !isAddressWord(words[i-1]) {
					return true
				}
			default:
				if isElsewhere(word) {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(wordsOf(nil, cx.functions), isElsewhere) || w.isTunnel(cx)
}

// isElsewhere reports whether a word, also of a function's name, says that a
// list of addresses has another purpose.
func isElsewhere(word string) bool {
	switch word {
	case "cors", "egress", "outbound", "deny", "denied", "blocked", "blacklist", "blocklist", "reject", "rejected", "forbid", "forbidden",
		"rate", "ratelimit", "limiter", "throttle", "quota", "wireguard", "wg", "tunnel", "vpn", "nat", "masquerade":
		return true
	}
	return false
}

// isAddressWord reports whether a word is of addresses.
func isAddressWord(word string) bool {
	switch word {
	case "ip", "ips", "ipv4", "ipv6", "cidr", "cidrs", "network", "networks", "net", "nets", "subnet", "subnets", "range", "ranges",
		"addr", "addrs", "address", "addresses", "prefix", "prefixes", "ipnet", "ipnets":
		return true
	}
	return false
}

// wordsOf returns all words of names behind those given.
func wordsOf(words []string, lists ...[]string) []string {
	words = slices.Clone(words)
	for _, names := range lists {
		for _, name := range names {
			words = append(words, shape.Words(name)...)
		}
	}
	return words
}

// isTunnel reports whether a literal around has what the peer of a tunnel has:
// its allowed addresses are a route.
func (w *walk) isTunnel(cx *context) bool {
	for _, lit := range cx.literals {
		for _, el := range lit.Elts {
			kv, ok := el.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if id, ok := kv.Key.(*ast.Ident); ok && shape.HasWord(id.Name, "preshared", "keepalive", "endpoint") ||
				ok && strings.EqualFold(id.Name, "PublicKey") {
				return true
			}
		}
	}
	return slices.ContainsFunc(w.Pkg.Imports(), importsTunnel)
}

// checksIn reports whether the range is asked whether it contains an address,
// in a function that by its name allows one.
func (w *walk) checksIn(cx *context) bool {
	words := wordsOf(nil, cx.around, cx.functions)
	return hasAny(words, "contains") && isAllowing(words) && !strings.Contains(w.text, "*")
}

// admitsAdministration reports whether the range stands in an incoming rule for
// a port by which systems are administered or reached with a login.
func (w *walk) admitsAdministration(cx *context) bool {
	words := wordsOf(nil, cx.names, cx.around, cx.functions)
	if !hasAny(words, "ingress", "inbound", "ip", "cidr", "cidrs", "source", "sources", "ranges") ||
		!hasAny(words, "ingress", "inbound", "permission", "permissions", "firewall", "security", "rule", "rules") {
		return false
	}
	for _, lit := range cx.literals {
		if ports, ok := w.portsOf(lit); ok {
			return ports
		}
	}
	return false
}

// portsOf reports whether the ports that a literal names hold one for
// administration, and whether it names any.
func (w *walk) portsOf(lit *ast.CompositeLit) (bool, bool) {
	var ports []int
	out, named := false, false
	ast.Inspect(lit, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok {
			return true
		}
		if shape.HasWord(id.Name, "direction", "type") {
			text, _ := w.constantText(kv.Value)
			out = out || shape.HasWord(goexpr.Name(kv.Value)+"_"+text, "out", "egress", "outbound")
		}
		if shape.HasWord(id.Name, "port", "ports") {
			named = true
			ports = append(ports, w.numbers(kv.Value)...)
		}
		return true
	})
	if out || !named || len(ports) == 0 {
		return false, named
	}
	low, high := slices.Min(ports), slices.Max(ports)
	if low <= 0 && (high <= 0 || high == 65535) {
		return true, true // all ports
	}
	return slices.ContainsFunc(administrationPorts[:], func(p int) bool { return p >= low && p <= high }), true
}

// administrationPorts are those of remote shells and desktops, file transfer,
// SMPP and databases: nothing for everybody.
var administrationPorts = [...]int{21, 22, 23, 2222, 2775, 3306, 3389, 5432, 5900, 5984, 6379, 8887, 8888, 9200, 11211, 27017}

// numbers returns the whole numbers in an expression, also those in texts.
func (w *walk) numbers(e ast.Expr) []int {
	var list []int
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		tv := w.TypesInfo.Types[x]
		if tv.Value == nil {
			return true
		}
		switch tv.Value.Kind() {
		case constant.Int:
			if v, exact := constant.Int64Val(tv.Value); exact {
				list = append(list, int(v))
			}
		case constant.String:
			for _, field := range strings.FieldsFunc(constant.StringVal(tv.Value), func(r rune) bool { return r < '0' || r > '9' }) {
				if v, err := strconv.Atoi(field); err == nil {
					list = append(list, v)
				}
			}
		}
		return false
	})
	return list
}

func hasAny(words []string, list ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// importsTunnel reports whether a package is imported for tunnels.
func importsTunnel(p *types.Package) bool {
	for _, word := range shape.Words(p.Path()) {
		if word == "wireguard" || word == "wgctrl" {
			return true
		}
	}
	return false
}
