package exercise

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// scenario returns the exercises of an event, whose value it gives.
type scenario func(d *Decl, dir rules.Directive) []*Exercise

// requestScenarios show what the events of requests and clients do, by role.
var requestScenarios = map[string]scenario{
	"headers":      sendsInClear("X-Api-Key", false),
	"header-pairs": sendsInClear("X-Api-Key", false),
	"forms":        sendsInClear("password", false),
	"body":         sendsInClear("password", true),
	"queries":      showsInURL(false),
	"query-string": showsInURL(true),
	"query":        queryParameter,
	"param":        sendsInClear("password", false),
	"path-params":  literalPlural("token"),
	"logins":       literalPlural("svc-mail"),
	"basic-pair":   literalPlural("svc-mail"),
	"variables":    literalVariables,
	"host":         publicOrLocal,
	"url-scheme":   schemeAlone,
	"path":         sendingPath,
	"auth-scheme":  authScheme,
	"proxy":        literalProxy,
	"method":       sendingMethod,
	"send":         whole,
}

// requests returns the exercises of an event of a request or a client.
func requests(d *Decl, dir rules.Directive) []*Exercise {
	s := requestScenarios[roleOf(dir)]
	made, makes := d.newDirective()
	if values := makes && made.Words[0] == "url-values" || d.owner != nil && d.Package.world.kind(d.owner) == "url-values"; values && roleOf(dir) == "query-string" {
		s = sendsInClear("password", true)
	}
	if s == nil || !saysEvent(dir) || !takes(d, dir, "value") && roleOf(dir) != "method" && roleOf(dir) != "send" {
		return nil
	}
	return s(d, dir)
}

// sendsInClear sends something called like a credential over http; as text, it
// is one that names it.
func sendsInClear(name string, asText bool) scenario {
	return func(d *Decl, dir rules.Directive) []*Exercise {
		return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
			value := named(name, p.env("APP_CREDENTIAL"))
			if asText {
				value = assignment(name, p.env("APP_CREDENTIAL"))
			}
			texts := map[string]text{"value": value}
			if takes(d, dir, "name") {
				texts = map[string]text{"name": literal(name), "value": p.env("APP_CREDENTIAL")}
			}
			line, _ := p.request(x, plan{must: x.must(texts), where: site(bad) + "/v1/orders", method: "POST"})
			if bad && p.err == nil {
				p.find(line, "credential-over-http")
			}
		})
	}
}

// showsInURL puts something called like a credential into the query.
func showsInURL(asText bool) scenario {
	return func(d *Decl, dir rules.Directive) []*Exercise {
		return event(d, dir, "query", func(p *program, x *Exercise, bad bool) {
			name := "page"
			if bad {
				name = "api_key"
			}
			value := named(name, p.env("APP_VALUE"))
			if asText {
				value = assignment(name, p.env("APP_VALUE"))
			}
			line, _ := p.request(x, plan{must: x.must(map[string]text{"value": value}), where: site(false) + "/v1/orders", method: "POST", sent: true})
			if bad && p.err == nil {
				p.find(line, "credential-in-url")
			}
		})
	}
}

// queryParameter sets one parameter of the query.
func queryParameter(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "query", func(p *program, x *Exercise, bad bool) {
		name := "page"
		if bad {
			name = "api_key"
		}
		texts := map[string]text{"name": literal(name), "value": p.env("APP_VALUE")}
		line, _ := p.request(x, plan{must: x.must(texts), where: site(false) + "/v1/orders", method: "POST", sent: true})
		if bad && p.err == nil {
			p.find(line, "credential-in-url")
		}
	})
}

// literalPlural gives a literal in a map or a list.
func literalPlural(name string) scenario {
	return func(d *Decl, dir rules.Directive) []*Exercise {
		return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
			value := p.env("APP_CREDENTIAL")
			if bad {
				value = p.secret("")
			}
			p.apply(d, dir, map[string]text{"value": named(name, value)}, false)
			if bad {
				p.findText(value.expr, "hardcoded-credential")
			}
		})
	}
}

// literalVariables sets a variable of the environment beside those that are there.
func literalVariables(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		name := pairNames["variable"]
		entry := assignment(name, p.env("APP_CREDENTIAL")).expr
		if bad {
			entry = literal(name + "=" + p.secretText()).expr
		}
		list := "append(" + p.std("os", "Environ") + "(), " + entry + ")"
		line := p.apply(d, dir, map[string]text{"value": {expr: list, verbatim: true}}, false)
		if bad {
			p.find(line, "hardcoded-credential")
		}
	})
}

// literalHeaders returns the exercises of several headers that a call is given:
// one of them is a credential in the source.
func literalHeaders(d *Decl, dir rules.Directive) []*Exercise {
	if r := roleOf(dir); r != "headers" && r != "header-pairs" || dir.Verb != "on" || d.fn == nil || !takes(d, dir, "value") {
		return nil
	}
	return literalPlural("X-Api-Key")(d, dir)
}

// literalProxy gives the URL of a proxy with a password.
func literalProxy(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		url := "https://proxy." + publicHost + ":3128"
		if bad {
			url = strings.Replace(url, "//", "//svc-mail:"+p.secretText()+"@", 1)
		}
		p.apply(d, dir, map[string]text{"value": literal(url)}, false)
		if bad {
			p.findText(url, "hardcoded-credential")
		}
	})
}

// publicOrLocal sends a credential over http to a public host, or to this one.
func publicOrLocal(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		host := "localhost:8080"
		if bad {
			host = publicHost
		}
		line, used := p.request(x, plan{must: x.must(map[string]text{"value": literal(host)}), scheme: "http", credential: true, method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	})
}

// schemeAlone says the scheme apart from the rest of a URL.
func schemeAlone(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		value := strings.TrimSuffix(site(bad), "://"+publicHost)
		must := func() *need { return x.must(map[string]text{"value": literal(value)}) }
		line, used := p.request(x, plan{must: must(), host: publicHost, credential: true, method: "POST"})
		if p.err != nil {
			p.err = nil
			line, used = p.request(x, plan{must: must(), where: "//" + publicHost + "/v1/orders", credential: true, method: "POST"})
		}
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	})
}

// The host of a provider, a path at which it takes messages, and one at which
// it does not.
const (
	providerHost = "k3x9qz.api.infobip.com"
	sendPath     = "/sms/2/text/advanced"
	reportPath   = "/sms/1/reports"
)

// sendingPath says the path at which a provider takes messages.
func sendingPath(d *Decl, dir rules.Directive) []*Exercise {
	if hasSecret(d) {
		return nil // its credential goes over http as well
	}
	return event(d, dir, "send", func(p *program, x *Exercise, bad bool) {
		path := reportPath
		if bad {
			path = sendPath
		}
		line, _ := p.request(x, plan{must: x.must(map[string]text{"value": literal(path)}), where: "http://" + providerHost, method: "POST", sent: true})
		if bad && p.err == nil {
			p.find(line, "message-over-http")
		}
	})
}

// hasSecret reports whether a declaration takes a credential.
func hasSecret(d *Decl) bool {
	return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
		return saysEvent(dir) && slices.ContainsFunc(secretArguments, func(name string) bool { return takes(d, dir, name) })
	})
}

// sendingMethod sends a message by GET.
func sendingMethod(d *Decl, dir rules.Directive) []*Exercise {
	a, _ := dir.Arg("value")
	if a.Quoted && a.Text != "GET" {
		return nil
	}
	return event(d, dir, "send", func(p *program, x *Exercise, bad bool) {
		method, path := "GET", sendPath
		switch {
		case !bad && a.Quoted:
			path = reportPath
		case !bad:
			method = "POST"
		}
		line, _ := p.request(x, plan{must: x.must(map[string]text{"value": literal(method)}), where: "https://" + providerHost + path, method: method, sent: true})
		if bad && p.err == nil {
			p.find(line, "get-message-send")
		}
	})
}

// authScheme says which scheme a token goes with.
func authScheme(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		line, _ := p.request(x, plan{
			must: x.must(map[string]text{"value": literal("Basic")}), where: site(bad) + "/v1/orders", token: true, method: "POST",
		})
		if bad && p.err == nil {
			p.find(line, "basic-auth-over-http")
		}
	})
}

// whole sends a request with a credential.
func whole(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		line, used := p.request(x, plan{must: x.must(nil), where: site(bad) + "/v1/orders", credential: true, method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	})
}

// made uses what a declaration makes, or a literal of the type that it is, in a
// request.
func made(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "new" && dir.Verb != "object" || dir.Verb == "object" && !d.isType() {
		return nil
	}
	if slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
		return roleOf(dir) == "skip-verify" && !takes(d, dir, "value") && d.field == nil
	}) {
		return nil // that it checks no peer shows it
	}
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		must := x.must(nil)
		must.made = true
		line, used := p.request(x, plan{must: must, where: site(bad) + "/v1/orders", credential: true, method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	})
}

// fluents goes on with what a method returns.
func fluents(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "fluent" || d.fn == nil {
		return nil
	}
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		line, used := p.request(x, plan{must: &need{only: d, through: true}, where: site(bad) + "/v1/orders", credential: true, method: "POST"})
		if bad && p.err == nil {
			p.find(line, overHTTP(used))
		}
	})
}
