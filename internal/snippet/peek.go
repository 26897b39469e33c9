package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/practice"
)

// peek is a web token that is read without a check of its signature, and what
// becomes of what it says.
type peek struct {
	n       *node
	use     string
	symbol  string
	reads   []string
	escapes bool            // others may ask it for more
	fault   *practice.Token // what is observed of it already
}

// peeks notes a call that reads a token and checks nothing, and returns what the
// token says.
func (o *observer) peeks(c *invocation, use string) *value {
	out := &value{n: c.n}
	if len(c.args) > 1 && len(c.args[1].dict) == 0 && !strings.HasPrefix(c.path, "jsonwebtoken") && c.name == "decode" {
		return out // a key: another library, which checks
	}
	const most = 1000
	if len(o.peeked) < most {
		out.peek = &peek{n: c.n, use: tokenUse("call of " + use), symbol: o.scope.symbol}
		o.peeked = append(o.peeked, out.peek)
	}
	return out
}

// looksInto notes what is asked of a token whose check is switched off.
func (o *observer) looksInto(c *invocation, v *value, fault *practice.Token) {
	if v.peek == nil && (c.name == "decode" || v.obj == nil) {
		v.peek = &peek{n: v.n, fault: fault}
		o.peeked = append(o.peeked, v.peek)
	}
}

// said notes that a claim is read, and returns what comes of it: what only holds
// the claims is still the token.
func (p *peek) said(v *value, name string) *value {
	switch name {
	case "payload", "Payload", "claims", "Claims", "body", "getClaims", "getPayload", "getBody", "getJWTClaimsSet", "allClaims", "toJSONObject":
		v.peek = p
		return v
	case "map", "toString", "ToString", "asString", "Value", "value", "then", "catch", "let", "also", "apply", "run", "isPresent", "get", "first", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Where", "Any":
		v.peek = p // which claim, the arguments say
		return v
	}
	p.reads = append(p.reads, claimName(name))
	return v
}

// claimName returns the name of a claim without the words for reading it.
func claimName(name string) string {
	for _, form := range [...]string{"AsInstant", "AsDate", "AsString", "Value"} {
		name = strings.TrimSuffix(name, form)
	}
	rest, ok := strings.CutPrefix(name, "get")
	if ok && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' {
		return rest
	}
	return name
}

// asked notes a call on a token, whose argument may be the name of a claim.
func (p *peek) asked(c *invocation, v *value) *value {
	for _, a := range c.args {
		if text, ok := a.known(); ok && isPlainName(text) {
			p.reads = append(p.reads, text)
			return v
		}
	}
	for _, a := range c.at {
		if text := textIn(a, 0); text != "" && isPlainName(text) {
			p.reads = append(p.reads, text)
			return v
		}
	}
	return p.said(v, c.name)
}

// textIn returns the first text in a node: what a condition compares with.
func textIn(n *node, depth int) string {
	if n == nil || depth > 6 {
		return ""
	}
	if n.kind == textNode && len(n.pieces) == 1 {
		return n.pieces[0].text
	}
	for _, a := range append(slices.Clone(n.args), n.x, n.block) {
		if text := textIn(a, depth+1); text != "" {
			return text
		}
	}
	return ""
}

// takenApart notes the claims that are taken out of a token by their names.
func (p *peek) takenApart(target *node) {
	for _, a := range target.args {
		switch {
		case a.kind == nameNode:
			p.reads = append(p.reads, a.name())
		case (a.kind == pairNode || a.kind == assignNode) && a.x != nil && a.x.kind == nameNode:
			p.reads = append(p.reads, a.x.name())
		}
	}
}

// escaped notes that a value goes where nobody sees what is asked of it.
func escaped(v *value) {
	if v != nil && v.peek != nil {
		v.peek.escapes = true
	}
}

// believed observes the tokens of which something is believed that nothing has
// checked. What a page or an app reads of its own token decides nothing, so that a
// server reads it must be seen.
func (o *observer) believed() {
	if len(o.peeked) == 0 {
		return
	}
	serves := o.serves()
	for _, p := range o.peeked {
		switch {
		case p.fault != nil:
			if len(p.reads) > 0 && !p.escapes && !slices.ContainsFunc(p.reads, practice.Decides) {
				p.fault.Kept = false
			}
			continue
		case o.verified[p.symbol]:
			continue
		}
		t := &practice.Token{
			Source: o.source(p.n, "call of "+p.use), Aspect: practice.SignatureUnchecked, Reads: p.reads, Kept: p.escapes && serves, Use: p.use, Checked: len(o.verified) > 0,
		}
		t.Symbol = p.symbol
		if !serves {
			t.Condition = practice.Conditional
		}
		o.add(t)
	}
}

// serves reports whether a program answers requests, by the names in it.
func (o *observer) serves() bool {
	var server, client []string
	switch o.lang.name {
	case "php", "ruby", "python":
		return true
	case "javascript":
		server = []string{"req", "NextRequest", "FastifyRequest", "ExecutionContext", "authorizationToken", "createServer", "APIGatewayProxyEvent", "IncomingMessage", "ctx"}
		client = []string{"window", "document", "localStorage", "sessionStorage", "useState", "useEffect", "navigate", "dispatch", "AsyncStorage", "SecureStore", "createSlice", "navigator"}
	case "java", "kotlin":
		server = []string{"HttpServletRequest", "ServerWebExchange", "ContainerRequestContext", "ApplicationCall", "@RequestHeader", "RequestHeader", "ServerHttpRequest", "RoutingContext", "WebFilter", "@RestController", "RestController", "OncePerRequestFilter"}
		client = []string{"android", "androidx", "javafx", "SharedPreferences"}
	case "csharp":
		server = []string{"HttpContext", "ControllerBase", "HttpRequest", "IActionResult", "IHttpContextAccessor", "HttpRequestData", "AuthorizationFilterContext"}
		client = []string{"AuthenticationStateProvider", "Maui", "Xamarin", "ILocalStorageService", "IJSRuntime", "WebAssembly"}
	}
	found := false
	for i := range o.tokens {
		if t := &o.tokens[i]; t.kind == wordToken {
			if slices.Contains(client, t.text) {
				return false
			}
			found = found || slices.Contains(server, t.text)
		}
	}
	return found
}
