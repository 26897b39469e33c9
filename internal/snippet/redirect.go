package snippet

import (
	"github.com/authlint/authlint/internal/practice"
)

// acrossRedirect observes a function that follows redirects and sets the
// credential again without a look at where they lead.
func (o *observer) acrossRedirect(v *value) {
	if v == nil || v.n == nil || v.n.kind != funcNode || v.n.block == nil {
		return
	}
	at := setsAuthorization(v.n.block, 0)
	if at == nil || asksForHost(v.n.block, 0) {
		return
	}
	o.add(&practice.Request{Source: o.source(at, "redirect"), AcrossRedirect: true})
}

// redirectDepth is how deep the body of such a function is looked through.
const redirectDepth = 8

// setsAuthorization returns where a piece of a program sets the header with the
// credential, nil if it does not.
func setsAuthorization(n *node, depth int) *node {
	if n == nil || depth > redirectDepth {
		return nil
	}
	if n.kind == assignNode {
		name := n.x.name()
		if n.x.kind == indexNode && len(n.x.args) == 1 && n.x.args[0].kind == textNode && len(n.x.args[0].pieces) == 1 {
			name = n.x.args[0].pieces[0].text
		}
		if isAuthorization(name) || name == "auth" {
			return n
		}
	}
	for _, a := range append([]*node{n.x, n.block}, n.args...) {
		if at := setsAuthorization(a, depth+1); at != nil {
			return at
		}
	}
	return nil
}

// asksForHost reports whether a piece of a program speaks of hosts.
func asksForHost(n *node, depth int) bool {
	if n == nil || depth > redirectDepth {
		return false
	}
	switch n.text {
	case "host", "hostname", "origin", "Host", "netloc":
		return true
	}
	for _, a := range append([]*node{n.x, n.block}, n.args...) {
		if asksForHost(a, depth+1) {
			return true
		}
	}
	return false
}
