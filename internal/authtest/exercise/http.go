package exercise

import (
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// must is the need that an exercise's own directive be used.
func (x *Exercise) must(texts map[string]text) need {
	return need{only: x.Decl, texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		return texts, dir.Line == x.Directive.Line && dir.File == x.Directive.File
	}}
}

// httpKinds are the kinds of objects on which requests are judged.
var httpKinds = []string{"http-request", "http-client", "websocket-connection"}

// httpPlan is what a program with a request is to be like.
type httpPlan struct {
	must       need
	where      string // the URL, empty if the exercise gives it
	credential bool   // wanted besides
	method     string
}

// rootsOf returns the types of objects of some kinds, and those that calls make.
func (u *universe) rootsOf(kinds []string) []types.Type {
	var list []types.Type
	for _, m := range u.makers {
		kind := ""
		if m.d.fn == nil {
			kind = u.w.kind(m.d.owner)
		} else if dir, ok := m.d.newOf(); ok {
			kind = dir.Words[0]
		}
		if slices.Contains(kinds, kind) && !slices.ContainsFunc(list, func(t types.Type) bool { return types.Identical(t, m.typ) }) {
			list = append(list, m.typ)
		}
	}
	return list
}

// request writes a program that makes a request, and returns the line where it
// is reported and the role of its credential.
func (p *program) request(x *Exercise, plan httpPlan) (line int, credential string) {
	u := p.w.universeOf(x.Decl.Package)
	for _, root := range u.rootsOf(httpKinds) {
		t := newTree(p, u, root)
		t.auto["method"] = literal(plan.method)
		t.auto["network"] = literal("tcp")
		if !t.meet(plan.must) {
			continue
		}
		if plan.where != "" && !t.meet(whereNeed(plan.where)) {
			continue
		}
		if plan.where == "" {
			t.auto["url"] = literal("/v1/orders")
		}
		if plan.credential && !t.meet(credentialNeed(p, &credential)) {
			continue
		}
		t.write(t.root)
		return t.reported(), credential
	}
	p.fail("no request can be made with it")
	return 0, ""
}

// whereNeed is the need for a URL.
func whereNeed(url string) need {
	return need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if r := roleOf(dir); r != "url" && r != "base-url" || !takes(d, dir, "value") {
			return nil, false
		}
		return map[string]text{"value": literal(url)}, true
	}}
}

// credentialNeed is the need for a credential from the environment; used is set
// to the role that gives it.
func credentialNeed(p *program, used *string) need {
	return need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		texts := map[string]text{"user": literal("svc-mail"), "name": literal("X-Api-Key")}
		var arg string
		switch roleOf(dir) {
		case "basic":
			arg = "password"
		case "bearer":
			arg = "token"
		case "api-key":
			arg = "key"
		case "header":
			arg = "value"
		default:
			return nil, false
		}
		if !takes(d, dir, arg) || roleOf(dir) == "header" && !takes(d, dir, "name") {
			return nil, false
		}
		texts[arg] = p.env("APP_CREDENTIAL")
		*used = roleOf(dir)
		return texts, true
	}}
}

// reported returns the line at which the request of a tree is reported: where
// its URL is said last, else where it is made.
func (t *tree) reported() int {
	line := t.root.line
	steps := t.root.steps
	if t.root.made != nil {
		steps = append([]*step{t.root.made}, steps...)
	}
	for _, role := range []string{"base-url", "url"} {
		for _, s := range steps {
			for _, dir := range s.d.Directives {
				if saysEvent(dir) && roleOf(dir) == role {
					line = s.line
				}
			}
		}
	}
	return line
}

// overHTTP are the rules for a credential of a role that goes out over http.
func overHTTP(role string) string {
	if role == "basic" {
		return "basic-auth-over-http"
	}
	return "credential-over-http"
}

// The host and the schemes of generated requests.
const publicHost = "api.maplefreight.io"

func scheme(bad bool) string {
	if bad {
		return "http"
	}
	return "https"
}

// httpURLs sends a credential to the URL that a declaration takes.
func httpURLs(d *Decl, dir rules.Directive) []*Exercise {
	if r := roleOf(dir); r != "url" && r != "base-url" || !saysEvent(dir) || !takes(d, dir, "value") {
		return nil
	}
	return []*Exercise{{Decl: d, Directive: dir, Scenario: "http", write: func(p *program, x *Exercise, bad bool) {
		line, used := p.request(x, httpPlan{
			must: x.must(map[string]text{"value": literal(scheme(bad) + "://" + publicHost)}), credential: true, method: "POST",
		})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	}}}
}

// httpCredentials sends the credential of a declaration over http.
func httpCredentials(d *Decl, dir rules.Directive) []*Exercise {
	r := roleOf(dir)
	arg := map[string]string{"basic": "password", "bearer": "token", "api-key": "key", "header": "value", "form": "value"}[r]
	if arg == "" || !saysEvent(dir) || !takes(d, dir, arg) {
		return nil
	}
	if a, ok := dir.Arg("name"); ok && a.Quoted && !strings.EqualFold(a.Text, "Authorization") {
		return nil
	}
	return []*Exercise{{Decl: d, Directive: dir, Scenario: "http", write: func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"user": literal("svc-mail"), "name": literal(pairNames[r]), arg: p.env("APP_CREDENTIAL")}
		line, _ := p.request(x, httpPlan{must: x.must(texts), where: scheme(bad) + "://" + publicHost + "/v1/orders", method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(r))
		}
	}}}
}
