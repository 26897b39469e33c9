package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/practice"
)

// kept is an access token from the answer of a server, and where it goes.
type kept struct {
	n       *node
	symbol  string
	isField bool // it is kept in an object
}

// issuedName reports whether a name is that of the access token in an answer.
func issuedName(name string) bool {
	if len(name) < len("accesstoken") || len(name) > len("get_access_token") {
		return false
	}
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "accesstoken", "getaccesstoken":
		return true
	}
	return false
}

// expiryName reports whether a name speaks of the end of a token.
func expiryName(name string) bool {
	const least = 3
	if len(name) < least {
		return false
	}
	lower := strings.ToLower(name)
	return strings.Contains(lower, "expir") || strings.Contains(lower, "refresh") || lower == "exp" || lower == "ttl"
}

// taken notes that a member or an entry of something is read.
func (o *observer) taken(v *value, name string, owner *node, n *node) *value {
	if isSelf(owner) {
		return v
	}
	v.member = name
	switch {
	case issuedName(name):
		v.issued = n
		o.kept = append(o.kept, kept{n: n, symbol: o.scope.symbol})
	case expiryName(name):
		o.minds = true
	}
	return v
}

// isMapping reports whether a call says which name of an answer belongs to a
// field: it reads nothing.
func isMapping(name string) bool {
	for _, prefix := range [...]string{"Json", "Serialized", "Xml", "DataMember", "Column"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// minded notes that a variable is used which speaks of the end of a token.
func (o *observer) minded(n *node) {
	if name := n.name(); name != "" && expiryName(name) {
		o.minds = true
	}
}

// isSelf reports whether a node is the object that a method belongs to.
func isSelf(n *node) bool {
	if n == nil || n.kind != nameNode {
		return false
	}
	switch n.text {
	case "this", "self", "$this", "@":
		return true
	}
	return false
}

// keeps notes that a value is kept in a field, or in another variable outside the
// function.
func (o *observer) keeps(path string, v *value, isOutside bool) {
	if v.issued != nil && (isOutside || isField(path)) {
		o.kept = append(o.kept, kept{n: v.issued, symbol: o.scope.symbol, isField: true})
	}
}

// ignoresExpiry observes the access tokens that are kept although nothing looks at
// when they end. In a program only those in fields: others may be fetched for one
// use. Samples are read as what they show.
func (o *observer) ignoresExpiry() {
	if len(o.kept) == 0 || o.minds {
		return
	}
	if !o.text.Document && speaksOfEnd(o.tokens) {
		return
	}
	asked := map[string]bool{}
	for _, obj := range o.objects {
		if obj.n != nil && o.issues(obj) {
			asked[obj.symbol] = true
		}
	}
	told := map[*node]bool{}
	for _, k := range o.kept {
		if !k.isField && !o.text.Document || told[k.n] || !asked[k.symbol] && !o.grants[k.symbol] {
			continue
		}
		told[k.n] = true
		t := &practice.Token{Source: o.source(k.n, "access token of "+k.symbol), Aspect: practice.ExpiryIgnored, Likely: !k.isField, Use: "field of the answer"}
		if k.isField {
			t.Use = "field of the object"
		}
		t.Provider = o.text.Provider
		o.add(t)
	}
}

// speaksOfEnd reports whether a program speaks anywhere of the end of tokens, or of
// the status with which a server refuses one.
func speaksOfEnd(tokens []token) bool {
	speaks := func(text string) bool {
		lower := strings.ToLower(text)
		return strings.Contains(lower, "expir") || strings.Contains(lower, "refresh") || strings.Contains(lower, "unauthorized") || lower == "401"
	}
	for i := range tokens {
		if speaks(tokens[i].text) {
			return true
		}
		for _, p := range tokens[i].pieces {
			if speaks(p.text) || speaksOfEnd(p.code) {
				return true
			}
		}
	}
	return false
}

// signs notes that the result of a call is a token that is signed here. Where a
// document is about a provider that issues its own, the token is for it.
func (o *observer) signs(n *node, v *value, use string) *value {
	out := *v
	out.n, out.signed = n, n
	if o.text.Host != "" {
		o.signedFor(n, use, o.text.Host)
	}
	return &out
}

// signedFor observes a token that is signed here for a host.
func (o *observer) signedFor(n *node, use, host string) {
	o.add(&practice.Token{Source: o.source(n, "token of "+use), Aspect: practice.SignedHere, Host: host, Use: tokenUse(use)})
}
