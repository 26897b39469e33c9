package exercise

import (
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// policyRoles are the roles of values that say whether there is TLS.
var policyRoles = []string{"plaintext", "opportunistic", "encrypted"}

// tlsPolicies returns the exercises of what says by a value whether there is TLS.
func tlsPolicies(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "tls-policy" || !saysEvent(dir) || !takes(d, dir, "value") {
		return nil
	}
	return event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		line, rule := p.connection(x, connPlan{must: x.must(map[string]text{"value": p.policyValue(d, dir, bad)}), login: true, host: gateway(true)})
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})
}

// policyPlace returns the type of the value of a policy.
func policyPlace(d *Decl, dir rules.Directive) types.Type {
	if d.field != nil {
		return d.field.Type()
	}
	a, _ := dir.Arg("value")
	return d.paramType(a.Index)
}

// policyValue is a value that says that there is no TLS, or that there is.
func (p *program) policyValue(d *Decl, dir rules.Directive, bad bool) text {
	place := policyPlace(d, dir)
	role := map[bool]string{true: "plaintext", false: "encrypted"}[bad]
	for _, x := range p.w.universeOf(d.Package).decls {
		if x.isConstant(role) && types.AssignableTo(x.value.Type(), place) {
			return text{expr: p.ref(x.value), verbatim: true}
		}
	}
	return literal(map[bool]string{true: "false", false: "true"}[bad])
}

// isConstant reports whether a declaration is a value of a role.
func (d *Decl) isConstant(role string) bool {
	return d.value != nil && d.fn == nil && !d.isType() && slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
		return dir.Verb == "value" && dir.Words[0] == role
	})
}

// policyConstants returns the exercises of the constants that say whether there
// is TLS.
func policyConstants(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || !slices.Contains(policyRoles, dir.Words[0]) || d.value == nil || d.fn != nil {
		return nil
	}
	return event(d, dir, "connection", func(p *program, x *Exercise, bad bool) {
		for _, taker := range p.w.universeOf(d.Package).decls {
			for _, other := range taker.Directives {
				if r := roleOf(other); r != "tls-policy" && r != "dialer" || !saysEvent(other) {
					continue
				}
				if p.takesPolicy(x, taker, other, bad) {
					return
				}
			}
		}
		p.fail("nothing takes it")
	})
}

// takesPolicy gives a constant to a declaration; its twin is given another one.
func (p *program) takesPolicy(x *Exercise, taker *Decl, dir rules.Directive, bad bool) bool {
	name := "value"
	if roleOf(dir) == "dialer" {
		name = "callback"
	}
	if !takes(taker, dir, name) {
		return false
	}
	place := types.Type(nil)
	if taker.field != nil {
		place = taker.field.Type()
	} else {
		a, _ := dir.Arg(name)
		place = taker.paramType(a.Index)
	}
	if !types.AssignableTo(x.Decl.value.Type(), place) {
		return false
	}
	mine, weak := text{expr: p.ref(x.Decl.value), verbatim: true}, x.Directive.Words[0] != "encrypted"
	value := mine
	switch {
	case bad == weak:
	case name == "callback":
		value = text{expr: p.param(place), verbatim: true}
	default:
		value = p.policyValue(taker, dir, bad)
	}
	must := &need{only: taker, texts: func(_ *Decl, other rules.Directive) (map[string]text, bool) {
		return map[string]text{name: value}, other.Line == dir.Line && other.File == dir.File
	}}
	line, rule := p.connection(x, connPlan{must: must, login: true, host: gateway(true)})
	if bad && p.err == nil {
		p.find(line, rule)
	}
	return true
}

// dialers returns the exercises of what opens a connection, given to what makes
// its connection by a function: without TLS, and with.
func dialers(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "new" || dir.Words[0] != "tcp-connection" && dir.Words[0] != "tls-connection" || d.fn == nil {
		return nil
	}
	results := d.signature().Results()
	conn := d.Package.world.lookup("net", "Conn").Underlying().(*types.Interface)
	if results.Len() != 2 || !isError(results.At(1).Type()) || !types.Implements(results.At(0).Type(), conn) {
		return nil
	}
	return event(d, dir, "dialer", func(p *program, _ *Exercise, bad bool) {
		given := arguments{}
		for i := range d.signature().Params().Len() {
			if isText(d.paramType(i)) {
				given[i] = []string{"addr"}
			}
		}
		for _, other := range d.Directives {
			if a, ok := other.Arg("network"); ok && a.Index >= 0 {
				given[a.Index] = []string{literal("tcp").expr}
			}
		}
		call := p.call(d, "", given)
		plain := dir.Words[0] == "tcp-connection"
		switch {
		case plain == bad:
		case plain:
			call = p.std("crypto/tls", "Dial") + `("tcp", addr, nil)`
		default:
			call = p.use("net", "net") + `.Dial("tcp", addr)`
		}
		p.dialBy(call, bad)
	})
}

// dialBy makes a connection with a login by a function that returns the result
// of a call.
func (p *program) dialBy(call string, bad bool) {
	for _, pkg := range p.w.Packages {
		for _, d := range pkg.Decls {
			for _, dir := range d.Directives {
				a, ok := dir.Arg("callback")
				if roleOf(dir) != "dialer" || !ok || a.Index < 0 || d.fn == nil || d.owner != nil {
					continue
				}
				sig, ok := d.paramType(a.Index).Underlying().(*types.Signature)
				made, makes := d.newDirective()
				if !ok || sig.Params().Len() != 1 || sig.Results().Len() != 2 || !makes || !strings.HasSuffix(made.Words[0], "-connection") {
					continue
				}
				connect := "func(addr string) (" + p.use("net", "net") + ".Conn, error) { return " + call + " }"
				must := &need{only: d, texts: func(_ *Decl, other rules.Directive) (map[string]text, bool) {
					return map[string]text{"callback": {expr: connect, verbatim: true}}, other.Line == dir.Line && other.File == dir.File
				}}
				line, rule := p.connection(&Exercise{Decl: d, Directive: dir}, connPlan{must: must, login: true, host: gateway(true)})
				if bad && p.err == nil {
					p.find(line, rule)
				}
				return
			}
		}
	}
	p.fail("nothing takes it")
}

// servers returns the exercises of a server: one with TLS in a module so old that
// its versions are too, and one without TLS.
func servers(d *Decl, dir rules.Directive) []*Exercise {
	takesPart := dir.Verb == "new" && dir.Words[0] == "http-server" || dir.Verb == "object" && d.isType() && dir.Words[0] == "http-server" ||
		saysEvent(dir) && slices.Contains([]string{"dial-tls", "plain"}, roleOf(dir))
	if !takesPart || !slices.ContainsFunc(d.Package.world.universeOf(d.Package).makers, func(m maker) bool {
		return m.d.Package == d.Package && d.Package.world.universeOf(d.Package).kindOf(m) == "http-server"
	}) {
		return nil
	}
	secured := slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "dial-tls" })
	if (dir.Verb == "new" || dir.Verb == "object") && secured {
		return nil // that it is one with TLS shows it
	}
	return event(d, dir, "server", func(p *program, x *Exercise, bad bool) {
		role := map[bool]string{true: "dial-tls", false: "plain"}[bad]
		must := &need{nothing: true}
		switch {
		case roleOf(dir) == role:
			must = x.must(nil)
		case dir.Verb == "new" || dir.Verb == "object":
			must = &need{only: d, made: true}
		}
		u := p.w.universeOf(d.Package)
		for _, root := range u.rootsOf([]string{"http-server"}) {
			t := newTree(p, u, root, []string{"http-server"})
			if !t.meet(must) || !t.says(role) && !t.meet(bareNeed(role)) && bad || t.root.param {
				continue
			}
			t.write(t.root)
			if bad {
				p.find(t.root.line, "weak-tls-version")
			}
			return
		}
		p.fail("no server can be made with it")
	})
}

// says reports whether a declaration that is used has a role.
func (t *tree) says(role string) bool {
	return t.anyStep(func(s *step) bool {
		return slices.ContainsFunc(s.d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == role })
	})
}

// sshConnections returns the exercises of what takes part in an SSH connection
// whose host is not checked: to a public host, and to this one.
func sshConnections(d *Decl, dir rules.Directive) []*Exercise {
	if takes(d, dir, "port") && d.field != nil || takes(d, dir, "callback") {
		return nil
	}
	takesPart := slices.Contains([]string{"new", "object", "parent", "part"}, dir.Verb) || saysEvent(dir) && slices.Contains([]string{"address", "login", "include"}, roleOf(dir))
	u := d.Package.world.universeOf(d.Package)
	if !takesPart || d.fn == nil && d.field == nil && !d.isType() || !slices.ContainsFunc(u.makers, func(m maker) bool { return u.kindOf(m) == "ssh-connection" }) {
		return nil
	}
	return event(d, dir, "ssh", func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"value": literal(gateway(bad) + ":22"), "host": literal(gateway(bad)), "user": literal("svc-mail")}
		must := x.must(texts)
		if dir.Verb == "new" || dir.Verb == "object" {
			must = &need{only: d, made: true}
		}
		for _, l := range linksOf(d, dir) {
			must = &need{only: d, link: &l}
		}
		for _, root := range u.rootsOf([]string{"ssh-connection"}) {
			t := newTree(p, u, root, []string{"ssh-connection"})
			t.auto["network"] = literal("tcp")
			if !t.meet(must) || !t.meet(t.anyHostNeed()) || !t.addressAtRoot(gateway(bad)) {
				continue
			}
			t.write(t.root)
			if bad {
				p.findText("InsecureIgnoreHostKey", "ssh-host-key-unchecked")
			}
			return
		}
		p.fail("no connection over SSH can be made with it")
	})
}

// addressAtRoot gives the address where the connection itself takes one.
func (t *tree) addressAtRoot(host string) bool {
	if t.hasRole("address") && t.root.made == nil {
		return true
	}
	for _, n := range slices.Clone(t.nodes) {
		t.meetAt(n, addressNeed(host), 0, nil)
	}
	return t.hasRole("address") || t.meet(addressNeed(host))
}

// anyHostNeed is the need for a check of the host that accepts any.
func (t *tree) anyHostNeed() *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "host-key" || !saysEvent(dir) || !takes(d, dir, "callback") {
			return nil, false
		}
		return map[string]text{"callback": {expr: t.p.std(sshPath, "InsecureIgnoreHostKey") + "()", verbatim: true}}, true
	}}
}

// dialerFunctions returns the exercises of what is given a function that makes
// the connection: without TLS, and with.
func dialerFunctions(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "dialer" || !saysEvent(dir) || !takes(d, dir, "callback") {
		return nil
	}
	return event(d, dir, "dialer", func(p *program, x *Exercise, bad bool) {
		place := types.Type(nil)
		if d.field != nil {
			place = d.field.Type()
		} else {
			a, _ := dir.Arg("callback")
			place = d.paramType(a.Index)
		}
		sig, ok := place.Underlying().(*types.Signature)
		if !ok || sig.Results().Len() != 2 {
			p.fail("no function that dials")
			return
		}
		address := literal(gateway(true) + ":21").expr
		call := p.std("crypto/tls", "Dial") + `("tcp", ` + address + ", nil)"
		if bad {
			call = p.use("net", "net") + `.Dial("tcp", ` + address + ")"
		}
		dial := text{expr: p.signature(sig) + " { return " + call + " }", verbatim: true}
		line, rule := p.connection(x, connPlan{must: x.must(map[string]text{"callback": dial}), login: true, host: gateway(true)})
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})
}
