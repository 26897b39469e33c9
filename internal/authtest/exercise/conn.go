package exercise

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// connPlan is what the program of a connection is to be like.
type connPlan struct {
	must *need
	// host is where it goes, empty if the exercise says it.
	host string
	// login is set for one with a password from the environment, literal for
	// one with a password in the source.
	login, literal bool
	// plain asks for a word that there is no TLS where protocols leave it open.
	plain bool
	// below asks that the login happen to the object that a link joins.
	below bool
}

// clearProtocols are those without TLS if nobody says otherwise.
var clearProtocols = []string{"ftp", "smpp", "redis", "kafka", "mysql", "clickhouse", "cassandra", "mongo"}

// unjudged are the connections of which no login is judged.
var unjudged = []string{"ssh-connection", "sftp-connection", "tcp-connection", "tls-connection", "websocket-connection"}

// connection writes a program with a login over a connection, and returns the
// line at which it is reported and the rule.
func (p *program) connection(x *Exercise, want connPlan) (line int, rule string) {
	u := p.w.universeOf(x.Decl.Package)
	for _, kind := range u.connections() {
		for _, root := range u.rootsOf([]string{kind}) {
			t := newTree(p, u, root, []string{kind})
			t.auto["network"] = literal("tcp")
			protocol := strings.TrimSuffix(kind, "-connection")
			if !t.connect(want, protocol) || t.refusesClear() {
				continue
			}
			t.write(t.root)
			p.tree = t
			return t.loggedIn(), plaintextRule(protocol)
		}
	}
	p.fail("no login over a connection can be made with it")
	return 0, ""
}

// refusesClear reports whether a login over a connection of the standard library
// is one of its own, which go over no connection in clear or are a proof only.
func (t *tree) refusesClear() bool {
	if t.root.maker == nil || !isStandard(t.root.maker.d.Package.Path) {
		return false
	}
	return t.anyStep(func(s *step) bool {
		made, ok := s.d.newDirective()
		return ok && made.Words[0] == "smtp-auth" && isStandard(s.d.Package.Path)
	})
}

// connections returns the kinds of connections of a universe that are judged.
func (u *universe) connections() []string {
	var list []string
	for _, m := range u.makers {
		kind := u.kindOf(m)
		if strings.HasSuffix(kind, "-connection") && !slices.Contains(unjudged, kind) && !slices.Contains(list, kind) {
			list = append(list, kind)
		}
	}
	return list
}

// connect makes the tree what a plan wants.
func (t *tree) connect(want connPlan, protocol string) bool {
	if !t.meet(want.must) {
		return false
	}
	secured := want.plain && !slices.Contains(clearProtocols, protocol) && !t.meet(plainNeed(t.p))
	t.plain = want.plain
	secret := t.p.env("APP_CREDENTIAL")
	if want.literal {
		secret = t.p.secret("")
	}
	login := loginNeed(secret)
	meets := t.meet
	if want.below {
		meets = func(nd *need) bool { return t.meetBelow(want.must.child, nd) }
	}
	switch {
	case secured:
		return meets(stringNeed(t.p, want.host)) // one that says all
	case !want.below && !want.login && !want.literal:
	case meets(login):
	default:
		return want.plain && meets(stringNeed(t.p, want.host))
	}
	host := want.host
	if protocol == "mqtt" && host != "" {
		host = "tcp://" + host
	}
	return host == "" || t.meet(addressNeed(host))
}

// stringNeed is the need for a connection string with a login and without TLS.
func stringNeed(p *program, host string) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "dsn" || !saysEvent(dir) || !takes(d, dir, "value") {
			return nil, false
		}
		driver := "postgres"
		if a, ok := dir.Arg("driver"); ok && a.Quoted {
			driver = a.Text
		}
		front, back, _ := strings.Cut(strings.NewReplacer("db.maplefreight.io", host, "mq.maplefreight.io", host).Replace(drivers[driver][0]), "%s")
		value := text{expr: literal(front).expr + " + " + p.env("APP_VALUE").expr + " + " + literal(back).expr}
		return map[string]text{"value": value, "driver": literal(driver)}, drivers[driver][0] != ""
	}}
}

// loginNeed is the need for a login.
func loginNeed(secret text) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "login" || !saysEvent(dir) {
			return nil, false
		}
		for _, name := range secretArguments {
			if takes(d, dir, name) {
				return map[string]text{"user": literal("svc-mail"), name: secret}, true
			}
		}
		return nil, false
	}}
}

// addressNeed is the need for an address.
func addressNeed(host string) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "address" || !saysEvent(dir) || !takes(d, dir, "value") && !takes(d, dir, "host") {
			return nil, false
		}
		return map[string]text{"value": literal(host + ":2775"), "host": literal(host)}, true
	}}
}

// plainNeed is the need for a word that there is no TLS, or for a policy.
func plainNeed(p *program) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) == "tls-policy" && saysEvent(dir) && takes(d, dir, "value") {
			value := p.policyValue(d, dir, true)
			return map[string]text{"value": value}, value.verbatim
		}
		if roleOf(dir) != "plain" || !saysEvent(dir) {
			return nil, false
		}
		return map[string]text{"value": raw("true")}, true
	}}
}

// loggedIn returns the line at which a login is reported: at the call that logs
// in over an open connection, else where the connection is made.
func (t *tree) loggedIn() int {
	line := t.root.line
	for _, s := range t.root.steps {
		for _, dir := range s.d.Directives {
			if dir.Verb == "on" && (dir.Words[1] == "login" || dir.Words[1] == "include") && t.root.made != nil {
				line = s.line
			}
		}
	}
	return line
}

// plaintextRule returns the rule on logins without TLS.
func plaintextRule(protocol string) string {
	switch protocol {
	case "ftp", "smpp":
		return "plaintext-" + protocol
	}
	return "credential-over-plaintext"
}

// gateway returns a public host if bad, else this one.
func gateway(bad bool) string {
	if bad {
		return "gw.maplefreight.io"
	}
	return "localhost"
}

// logins returns the exercises of a login: over a connection in clear to a
// public host, and to this one.
func logins(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "login" || !saysEvent(dir) {
		return nil
	}
	return event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"user": literal("svc-mail"), "host": literal(gateway(bad))}
		for _, name := range secretArguments {
			if takes(d, dir, name) {
				texts[name] = p.env("APP_CREDENTIAL")
			}
		}
		line, rule := p.connection(x, connPlan{must: x.must(texts), host: gateway(bad), login: len(texts) == 2, plain: true})
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})
}

// addresses returns the exercises of an address.
func addresses(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "address" || !saysEvent(dir) || !takes(d, dir, "value") && !takes(d, dir, "host") {
		return nil
	}
	must := func(x *Exercise, bad bool) *need {
		return x.must(map[string]text{"value": literal(gateway(bad) + ":2775"), "host": literal(gateway(bad))})
	}
	return event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		line, rule := p.connection(x, connPlan{must: must(x, bad), login: true, plain: true})
		if p.err != nil {
			// Nobody says that there is no TLS: a password in the source is
			// worth less on this host.
			p.err = nil
			p.connection(x, connPlan{must: must(x, bad), literal: true})
			line, rule = p.lineOf(p.secretText()), "hardcoded-credential"
		}
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})
}

// joined returns the exercises of what joins a login to a connection, of what
// makes a connection or an option of one, and of what says that there is no TLS.
func joined(d *Decl, dir rules.Directive) []*Exercise {
	var list []*Exercise
	for _, l := range linksOf(d, dir) {
		list = append(list, event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
			line, rule := p.connection(x, connPlan{must: &need{only: d, link: &l}, below: true, host: gateway(bad), plain: true})
			if bad && p.err == nil {
				p.find(line, rule)
			}
		})...)
	}
	decides := slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "dialer" || roleOf(dir) == "tls-policy" })
	makes := dir.Verb == "new" && !d.protects() && (!decides || strings.HasSuffix(dir.Words[0], "-connection")) || dir.Verb == "object" && d.isType()
	if !makes && roleOf(dir) != "plain" && roleOf(dir) != "send" {
		return list
	}
	return append(list, event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		must := x.must(map[string]text{"value": raw("true")})
		must.made = makes
		line, rule := p.connection(x, connPlan{must: must, login: true, host: gateway(bad), plain: true})
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})...)
}

// protects reports whether a declaration says that there is TLS, or may be.
func (d *Decl) protects() bool {
	return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "dial-tls" || roleOf(dir) == "tls" })
}

// protections returns the exercises of what protects a connection.
func protections(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "dial-tls" || !saysEvent(dir) {
		return nil
	}
	return event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"value": raw("true")}
		if takes(d, dir, "config") {
			texts["config"] = p.tlsConfig(d, dir, "")
		}
		if !bad {
			p.connection(x, connPlan{must: x.must(texts), login: true, host: gateway(true)})
			return
		}
		none := &need{texts: func(*Decl, rules.Directive) (map[string]text, bool) { return nil, false }, nothing: true}
		line, rule := p.connection(x, connPlan{must: none, login: true, host: gateway(true), plain: true})
		if m := p.tree; p.err == nil && m.root.maker != nil && m.root.maker.d.Package.Model.Module != d.Package.Model.Module {
			p.fail("the model has no connection without TLS")
		}
		if p.err == nil {
			p.find(line, rule)
		}
	})
}

// tlsConfig writes a TLS configuration for the place of a directive.
func (p *program) tlsConfig(d *Decl, dir rules.Directive, fields string) text {
	t := p.w.lookup("crypto/tls", "Config")
	want := t
	if d.field != nil {
		want = d.field.Type()
	} else if a, ok := dir.Arg("config"); ok {
		want = d.paramType(a.Index)
	}
	config := p.std("crypto/tls", "Config") + "{" + fields + "}"
	switch {
	case pointee(want) != namedType(t):
		return text{expr: p.fail("no TLS configuration of the standard library"), verbatim: true}
	case namedType(want) == nil:
		config = "&" + config
	}
	return text{expr: config, verbatim: true}
}
