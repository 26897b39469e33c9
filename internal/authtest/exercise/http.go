package exercise

import (
	"go/types"
	"slices"

	"github.com/authlint/authlint/rules"
)

// must is the need that an exercise's own directive be used.
func (x *Exercise) must(texts map[string]text) *need {
	r := roleOf(x.Directive)
	where := r == "url" || r == "base-url" || r == "host" || isURL(x.Decl) && x.Decl.owner != nil && x.Decl.owner.Obj().Name() == "URL"
	return &need{only: x.Decl, where: where, literal: isURL(x.Decl), texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		return texts, dir.Line == x.Directive.Line && dir.File == x.Directive.File
	}}
}

// httpKinds are the kinds of objects on which requests are judged.
var httpKinds = []string{"http-request", "http-client", "websocket-connection"}

// plan is what the program of a request is to be like.
type plan struct {
	must *need
	// where is the URL, empty if the exercise gives it.
	where string
	// tail is an expression of what the URL ends with.
	tail string
	// scheme and host are said apart.
	scheme, host string
	// credential is set for one from the environment, token for one of them.
	credential, token bool
	method            string
	// sent asks for a request; a client may be enough otherwise.
	sent bool
	// below is what happens to the object that a link joins: it gets the
	// credential, or the base of the URL. The other happens elsewhere.
	below string
}

// rootsOf returns the types of objects of some kinds, and those that calls make.
func (u *universe) rootsOf(kinds []string) []types.Type {
	var list []types.Type
	for _, m := range u.makers {
		if slices.Contains(kinds, u.kindOf(m)) && !slices.ContainsFunc(list, func(t types.Type) bool { return types.Identical(t, m.typ) }) {
			list = append(list, m.typ)
		}
	}
	return list
}

// request writes a program that makes a request, and returns the line where it
// is reported and the role of its credential.
func (p *program) request(x *Exercise, want plan) (line int, credential string) {
	return p.requestIn(p.w.universeOf(x.Decl.Package), want)
}

// requestIn is request with the declarations of a universe.
func (p *program) requestIn(u *universe, want plan) (line int, credential string) {
	kinds := httpKinds
	if want.sent {
		kinds = []string{"http-request", "websocket-connection"}
	}
	for _, root := range u.rootsOf(kinds) {
		t := newTree(p, u, root, kinds)
		t.auto["method"], t.method = literal(want.method), want.method
		t.auto["network"] = literal("tcp")
		if want.where == "" && want.host == "" && want.scheme == "" {
			t.auto["url"] = literal("/v1/orders")
		}
		if !t.fulfil(want, &credential) {
			continue
		}
		t.write(t.root)
		p.tree = t
		return t.reported(), credential
	}
	p.fail("no request can be made with it")
	return 0, ""
}

// fulfil makes the tree what a plan wants.
func (t *tree) fulfil(want plan, credential *string) bool {
	if !t.meet(want.must) {
		return false
	}
	secret, where := credentialNeed(t.p, credential), whereNeed(want.where, want.tail, want.method, want.must.only)
	switch want.below {
	case "credential":
		return t.meetBelow(want.must.child, secret) && t.meetOutside(want.must.child, where)
	case "base":
		return t.meetBelow(want.must.child, where) && t.meetOutside(want.must.child, secret)
	}
	if want.method == "GET" && !t.saysMethod() {
		t.meet(valueNeed("method", want.method)) // where it can be said
	}
	if want.token {
		*credential = "bearer"
		secret, want.credential = t.tokenNeed(), true
	}
	return (!want.credential || t.meet(secret)) && (want.where == "" || t.meet(where)) &&
		(want.host == "" || t.meet(valueNeed("host", want.host))) && (want.scheme == "" || t.meet(valueNeed("url-scheme", want.scheme)))
}

// saysMethod reports whether some step says a method.
func (t *tree) saysMethod() bool {
	for _, n := range t.nodes {
		steps := n.steps
		if n.made != nil {
			steps = append(steps[:len(steps):len(steps)], n.made)
		}
		for _, s := range steps {
			if slices.ContainsFunc(s.d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "method" }) {
				return true
			}
		}
	}
	return false
}

// otherMethod reports whether a declaration means a method of its own.
func otherMethod(d *Decl, method string) bool {
	for _, dir := range d.Directives {
		a, ok := dir.Arg("value")
		if roleOf(dir) == "method" && ok && a.Quoted && a.Text != method {
			return true
		}
	}
	return false
}

// valueNeed is the need for an event with a value.
func valueNeed(role, value string) *need {
	return &need{where: true, texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		return map[string]text{"value": literal(value)}, roleOf(dir) == role && saysEvent(dir) && takes(d, dir, "value")
	}}
}

// tokenNeed is the need for a token from the environment.
func (t *tree) tokenNeed() *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		return map[string]text{"token": t.p.env("APP_CREDENTIAL")}, roleOf(dir) == "bearer" && saysEvent(dir) && takes(d, dir, "token")
	}}
}

// whereNeed is the need for a URL, by a declaration that means no other method.
func whereNeed(url, tail, method string, must *Decl) *need {
	return &need{where: true, texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if r := roleOf(dir); r != "url" && r != "base-url" || !takes(d, dir, "value") || d != must && otherMethod(d, method) {
			return nil, false
		}
		value := literal(url)
		if tail != "" {
			value = text{expr: value.expr + " + " + tail}
		}
		return map[string]text{"value": value}, true
	}}
}

// credentialArguments are the arguments that take the credential of a request,
// by role.
var credentialArguments = map[string]string{"basic": "password", "bearer": "token", "api-key": "key", "header": "value"}

// credentialNeed is the need for a credential from the environment; used is set
// to the role that gives it.
func credentialNeed(p *program, used *string) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		arg := credentialArguments[roleOf(dir)]
		if arg == "" || !saysEvent(dir) || !takes(d, dir, arg) || roleOf(dir) == "header" && !takes(d, dir, "name") {
			return nil, false
		}
		*used = roleOf(dir)
		return map[string]text{"user": literal("svc-mail"), "name": literal("X-Api-Key"), arg: p.env("APP_CREDENTIAL")}, true
	}}
}

// reported returns the line at which the request of a tree is reported: where
// its URL is said last, else where it is made; of a copy without a URL of its
// own, that of what it is a copy of.
func (t *tree) reported() int { return t.reportedAt(t.root) }

func (t *tree) reportedAt(n *node) int {
	line, own := n.line, false
	steps := n.steps
	if n.made != nil {
		steps = append([]*step{n.made}, steps...)
	}
	for _, role := range []string{"base-url", "url"} {
		for _, s := range steps {
			for _, dir := range s.d.Directives {
				if saysEvent(dir) && roleOf(dir) == role && t.speaksOf(s, dir) {
					line, own = s.line, true
				}
			}
		}
	}
	if own || n.made == nil {
		return line
	}
	for at, kid := range n.made.kids {
		if at != slotGlobal && t.kindAt(kid) == t.kindAt(n) && !kid.param {
			return t.reportedAt(kid)
		}
	}
	return line
}

// kindAt returns the kind of object that a node is.
func (t *tree) kindAt(n *node) string {
	if n.maker != nil {
		return t.u.kindOf(*n.maker)
	}
	if p := pointee(n.actual()); p != nil {
		return t.u.w.kind(p)
	}
	return ""
}

// overHTTP is the rule for a credential of a role that goes out over http.
func overHTTP(role string) string {
	if role == "basic" {
		return "basic-auth-over-http"
	}
	return "credential-over-http"
}

// publicHost is the host of generated requests.
const publicHost = "api.maplefreight.io"

// site returns the URL of the host, in clear if bad.
func site(bad bool) string {
	if bad {
		return "http://" + publicHost
	}
	return "https://" + publicHost
}

// httpURLs gives a declaration the URL of a request: one with a credential in
// its query, and one to which a credential goes.
func httpURLs(d *Decl, dir rules.Directive) []*Exercise {
	r := roleOf(dir)
	if r != "url" && r != "base-url" || !saysEvent(dir) || !takes(d, dir, "value") {
		return nil
	}
	var list []*Exercise
	if r == "url" {
		list = append(list, queryInURL(d, dir))
	}
	return append(list, &Exercise{Decl: d, Directive: dir, Scenario: "http", optional: true, write: func(p *program, x *Exercise, bad bool) {
		line, used := p.request(x, plan{must: x.must(map[string]text{"value": literal(site(bad))}), credential: true, method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	}})
}

// queryInURL gives a declaration a URL with a credential in its query.
func queryInURL(d *Decl, dir rules.Directive) *Exercise {
	return &Exercise{Decl: d, Directive: dir, Scenario: "query", optional: true, write: func(p *program, x *Exercise, bad bool) {
		name := "page"
		if bad {
			name = "api_key"
		}
		url := p.std("os", "Getenv") + `("APP_VALUE")`
		value := text{expr: `"https://` + publicHost + "/v1/orders?" + name + `=" + ` + url}
		line, _ := p.request(x, plan{must: x.must(map[string]text{"value": value}), method: "POST"})
		if bad && p.err == nil {
			p.find(line, "credential-in-url")
		}
	}}
}

// httpCredentials sends the credential of a declaration over http.
func httpCredentials(d *Decl, dir rules.Directive) []*Exercise {
	r := roleOf(dir)
	arg := credentialArguments[r]
	if r == "form" {
		arg = "value"
	}
	if arg == "" || !saysEvent(dir) || !takes(d, dir, arg) {
		return nil
	}
	return []*Exercise{{Decl: d, Directive: dir, Scenario: "http", optional: true, write: func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"user": literal("svc-mail"), "name": literal(pairNames[r]), arg: p.env("APP_CREDENTIAL")}
		line, _ := p.request(x, plan{must: x.must(texts), where: site(bad) + "/v1/orders", method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(r))
		}
	}}}
}

// linkedRequests joins an object with a credential, or with a base URL, to a
// request.
func linkedRequests(d *Decl, dir rules.Directive) []*Exercise {
	var list []*Exercise
	for _, l := range linksOf(d, dir) {
		for _, what := range []string{"credential", "base"} {
			if what == "base" && !l.tellsWhere() {
				continue
			}
			list = append(list, &Exercise{Decl: d, Directive: dir, Scenario: "linked " + what, optional: true,
				write: func(p *program, x *Exercise, bad bool) {
					must := &need{only: d, link: &l, where: what == "base", literal: d.field != nil || isURL(d)}
					want := plan{must: must, where: site(bad), below: what, method: "POST"}
					line, used := p.request(x, want)
					if p.err != nil && what == "credential" {
						p.err = nil
						must.child = nil
						line, used = p.requestIn(p.w.universeWith(d.Package, true), want)
						if p.err == nil && used != "basic" && p.tree.says("basic") {
							p.fail("the object has a credential of its own")
						}
					}
					if bad && p.err == nil {
						p.find(line, overHTTP(used))
					}
				}})
		}
	}
	return list
}

// linksOf returns the links that a directive makes.
func linksOf(d *Decl, dir rules.Directive) []link {
	var list []link
	for _, l := range d.links() {
		if l.dir.Line == dir.Line && l.dir.File == dir.File {
			list = append(list, l)
		}
	}
	return list
}

// isURL reports whether a declaration is about URLs in parts, which a request
// takes as a whole.
func isURL(d *Decl) bool { return d.Package.Path == "net/url" }
