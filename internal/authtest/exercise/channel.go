package exercise

import (
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// writers returns the exercises of a place that tells what is written to it.
func writers(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "writer" {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		to := ""
		switch {
		case d.isType():
			to = p.param(placeOf(d.owner))
		case d.fn != nil:
			to, _ = p.yield(d, dir, nil)
		default:
			to = p.ref(d.value)
		}
		if dir.Words[0] == "file" {
			value := p.hashedUnless(bad)
			line := p.add("%s(%s, %q, %s)", p.std("fmt", "Fprintf"), to, "password %s", value)
			if bad {
				p.find(line, "plaintext-credential-storage")
			}
			return
		}
		p.written(to, dir.Words[0], bad)
	})
}

// placeOf returns the type by which values of a type are handed around.
func placeOf(n *types.Named) types.Type {
	if types.IsInterface(n) {
		return n
	}
	return types.NewPointer(n)
}

// written writes a password from the environment, or something else, to a
// place, and something more, or it would be all that the program prints.
func (p *program) written(to, channel string, bad bool) {
	line := p.add("%s(%s, %q, %s)", p.std("fmt", "Fprintf"), to, "login %s", p.toldUnless(bad).expr)
	p.add("%s(%s, %q)", p.std("fmt", "Fprintln"), to, "connected")
	if bad {
		p.find(line, channelRules[channel])
	}
}

// toldUnless is a credential if bad, else something that may be told.
func (p *program) toldUnless(bad bool) text {
	if bad {
		return p.env("DB_PASSWORD")
	}
	return p.env("APP_VALUE")
}

// wrapped returns the exercises of what makes a writer of a writer, or writes to
// one: to a response.
func wrapped(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || d.fn == nil || !slices.Contains([]string{"same", "encode", "either"}, dir.Words[0]) {
		return nil
	}
	if to, ok := dir.Arg("to"); ok && to.Index < 0 {
		return writesTo(d, dir)
	}
	a, ok := dir.Arg("value")
	if dir.Words[0] == "either" {
		a, ok = dir.Arg("values")
	}
	if !ok || a.Index < 0 || !isWriter(d.Package.world, d.paramType(a.Index)) {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		to := p.local(p.call(d, "", arguments{a.Index: {p.answer()}}))
		p.writeBy(to, d.signature().Results().At(0).Type(), "response", bad)
	})
}

// answer is a parameter to which the answer of a server is written.
func (p *program) answer() string { return p.param(p.w.lookup("net/http", "ResponseWriter")) }

// isWriter reports whether a type is an interface of writers.
func isWriter(w *World, t types.Type) bool {
	return types.IsInterface(t) && types.Identical(t.Underlying(), w.lookup("io", "Writer").Underlying())
}

// writeBy writes a credential to a value by the first of its methods that does.
func (p *program) writeBy(to string, t types.Type, channel string, bad bool) {
	value := text{expr: `"login " + ` + p.toldUnless(bad).expr}
	methods := []struct{ name, arg string }{
		{"WriteString", value.expr}, {"Encode", "map[string]string{\"login\": " + value.expr + "}"},
	}
	if types.Implements(t, p.w.lookup("io", "Writer").Underlying().(*types.Interface)) {
		p.written(to, channel, bad)
		return
	}
	for _, m := range methods {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, m.name); obj != nil {
			line := p.add("%s.%s(%s)", to, m.name, m.arg)
			if bad {
				p.find(line, channelRules[channel])
			}
			return
		}
	}
	p.fail("nothing can be written to a %s", types.TypeString(t, nil))
}

// writesTo returns the exercises of a method that writes to its receiver, where
// that tells what is written to it, or is made of what does.
func writesTo(d *Decl, dir rules.Directive) []*Exercise {
	a, ok := dir.Arg("value")
	if !ok || a.Index < 0 || d.owner == nil || isCharacter(d.paramType(a.Index)) {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		to, channel := p.teller(d)
		value := text{expr: `"login " + ` + p.toldUnless(bad).expr}
		expr := p.carryAny(d.paramType(a.Index), value)
		line := p.discard(d, p.call(d, to, arguments{a.Index: {expr}}))
		p.discard(d, p.call(d, to, arguments{a.Index: {p.carryAny(d.paramType(a.Index), literal("connected"))}}))
		if bad && p.err == nil {
			p.find(line, channelRules[channel])
		}
	})
}

// carryAny is carry; where anything is taken, a map with the text.
func (p *program) carryAny(t types.Type, x text) string {
	if i, ok := t.Underlying().(*types.Interface); ok && i.NumMethods() == 0 {
		return "map[string]string{\"login\": " + x.expr + "}"
	}
	return p.carry(t, x)
}

// teller returns a value of the owner of a method that tells what is written to
// it: a variable or a type that is declared so, or what a call makes of one.
func (p *program) teller(d *Decl) (expr, channel string) {
	for _, x := range d.Package.Decls {
		for _, dir := range x.Directives {
			switch {
			case dir.Verb == "writer" && dir.Words[0] == "file":
				continue // what is told there is stored
			case dir.Verb == "writer" && x.isType() && x.owner == d.owner:
				return p.param(placeOf(x.owner)), dir.Words[0]
			case dir.Verb == "writer" && x.value != nil && !x.isType() && pointee(x.value.Type()) == d.owner:
				return p.ref(x.value), dir.Words[0]
			}
			a, ok := dir.Arg("value")
			if dir.Verb == "transfer" && ok && a.Index >= 0 && x.fn != nil && x.owner == nil && isWriter(p.w, x.paramType(a.Index)) &&
				pointee(x.signature().Results().At(0).Type()) == d.owner {
				return p.local(p.call(x, "", arguments{a.Index: {p.answer()}})), "response"
			}
		}
	}
	return p.fail("nothing tells what is written to it"), ""
}

// dumps returns the exercises of the text of a request: with a credential in
// its header, or none.
func dumps(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "dump" || d.fn == nil {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		a, _ := dir.Arg("request")
		at, _ := argumentSlot(a)
		t := d.typeAt(at)
		request := p.param(t)
		if bad {
			if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "SetBasicAuth"); obj == nil {
				p.fail("nothing gives it a credential")
				return
			}
			p.add("%s.SetBasicAuth(%q, %s)", request, "svc-mail", p.env("APP_CREDENTIAL").expr)
		}
		given := arguments{}
		if a.Index >= 0 {
			given[a.Index] = []string{request}
			request = ""
		}
		dump := p.fresh("v")
		p.add("%s, _ := %s", dump, p.call(d, request, given))
		line := p.add("%s(string(%s))", p.std("log", "Println"), dump)
		if bad {
			p.find(line, "credential-in-log")
		}
	})
}

// redacts returns the exercises of what leaves the secrets of a text out: the
// log is given that, or the text.
func redacts(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "redacted" {
		return nil
	}
	if d.field != nil {
		return redactedField(d, dir)
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		shown := ""
		switch sig := d.signature(); {
		case sig.Recv() != nil && isText(sig.Results().At(0).Type()) && sig.Params().Len() == 0:
			url := p.fresh("v")
			p.add("%s, _ := %s(\"https://svc-mail:\" + %s + %q)", url, p.std("net/url", "Parse"), p.env("DB_PASSWORD").expr, "@"+publicHost)
			shown = url + "." + map[bool]string{true: "String", false: d.fn.Name()}[bad] + "()"
		case sig.Params().Len() > 0 && isText(d.paramType(0)):
			password := p.local(p.env("DB_PASSWORD").expr)
			shown = p.call(d, "", arguments{0: {p.carry(d.paramType(0), text{expr: password})}})
			if bad {
				shown = p.carry(d.paramType(0), text{expr: password})
			}
			shown = "string(" + shown + ")"
		default:
			p.fail("nothing with secrets is given to it")
			return
		}
		line := p.add("%s(%s)", p.std("log", "Println"), shown)
		if bad {
			p.find(line, "credential-in-log")
		}
	})
}

// redactedField returns the exercises of the field of an error that leaves out
// what the error shows: the URL of a request.
func redactedField(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		line := p.add("_, err := %s(%q + %s)", p.std("net/http", "Get"), site(false)+"/v1/orders?api_key=", p.env("APP_VALUE").expr)
		p.find(line, "credential-in-url")
		shown := "err"
		if !bad {
			shown = "err.(*" + p.name(d.owner) + ")." + strings.Join(d.path, ".")
		}
		told := p.add("%s(%q, %s)", p.std("log", "Println"), "failed:", shown)
		if bad {
			p.find(told, "credential-in-log")
		}
	})
}

// environments returns the exercises of all variables of the environment, or of
// all settings with a password among them: they are logged, or how many there are.
func environments(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "environment" && dir.Words[0] != "settings" || d.fn == nil {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		if dir.Words[0] == "settings" {
			p.add("%s(%q, %q, %q)", p.std("flag", "String"), "db-password", "", "")
		}
		expr, _ := p.yield(d, dir, nil)
		if !bad {
			expr = "len(" + expr + ")"
		}
		line := p.add("%s(%q, %s)", p.std("log", "Println"), "environment:", expr)
		if bad {
			p.find(line, "credential-in-log")
		}
	})
}

// commandArguments returns the exercises of what gives a command its arguments.
func commandArguments(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "argument" || d.fn == nil || !takes(d, dir, "value") {
		return nil
	}
	return event(d, dir, "literal", func(p *program, _ *Exercise, bad bool) {
		given := arguments{}
		for _, other := range d.Directives {
			a, ok := other.Arg("value")
			switch {
			case roleOf(other) != "argument" || !ok:
			case a.Rest && bad:
				given[a.Index] = []string{literal("--user=backup").expr, literal("-p" + p.secretText()).expr}
			case a.Rest:
				given[a.Index] = []string{literal("--user=backup").expr, literal("-P3306").expr}
			default:
				given[a.Index] = []string{literal("mysqldump").expr}
			}
		}
		line := p.discard(d, p.call(d, "", given))
		if bad {
			p.find(line, "credential-on-command-line")
		}
	})
}

// switchedOn returns the exercises of a setting by which what is sent is written
// to a log: of a field, of an option, of a client that all share.
func switchedOn(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "debug" || !saysEvent(dir) || d.fn != nil && slotOf(dir.Words[0]) == slotRecv && d.Package.world.kind(d.owner) == "http-client" {
		return nil
	}
	if a, ok := dir.Arg("shows"); ok && a.Text == "url" {
		return loggedURL(d, dir)
	}
	return event(d, dir, "debug", func(p *program, x *Exercise, bad bool) {
		texts := map[string]text{"value": raw(map[bool]string{true: "true", false: "false"}[bad])}
		if takes(d, dir, "writer") {
			texts = map[string]text{"writer": {expr: p.writerFor(d, bad), verbatim: true}}
		}
		must := x.must(texts)
		if _, gives := dir.Arg("value"); d.field == nil && !gives && !bad {
			must = &need{nothing: true}
		}
		p.request(x, plan{must: must, where: site(false) + "/v1/orders", credential: true, method: "POST"})
		if p.err != nil {
			p.err = nil
			p.connection(x, connPlan{must: must, login: true, host: gateway(false)})
		}
		if bad && p.err == nil {
			p.find(p.tree.lineOf(d), "credential-in-log")
		}
	})
}

// loggedURL returns the exercises of a client that writes the URL of a request
// to a log of its own, unless a field says otherwise.
func loggedURL(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "debug", func(p *program, x *Exercise, bad bool) {
		must := x.must(nil)
		switch {
		case d.field != nil && bad:
			must = &need{texts: func(other *Decl, dir rules.Directive) (map[string]text, bool) {
				return nil, other.fn != nil && roleOf(dir) == "debug"
			}}
		case d.field != nil:
			must = x.must(map[string]text{"writer": {expr: "nil", verbatim: true}})
		}
		name := lessOrEnough(bad || d.field != nil, "api_key", "page")
		where := site(false) + "/v1/orders?" + name + "="
		line, _ := p.request(x, plan{must: must, where: where, tail: p.env("APP_VALUE").expr, method: "POST", sent: true})
		switch {
		case p.err != nil:
		case bad:
			p.find(line, "credential-in-url", "credential-in-log")
		case d.field != nil:
			p.find(line, "credential-in-url")
		}
	})
}

// writerFor returns a place for a log, nil if it is not to be written.
func (p *program) writerFor(d *Decl, bad bool) string {
	if !bad {
		return "nil"
	}
	if d.field != nil && isWriter(p.w, d.field.Type()) {
		return p.std("os", "Stderr")
	}
	if d.field != nil {
		return p.param(d.field.Type())
	}
	return p.std("os", "Stderr")
}

// lineOf returns the line at which a declaration is used.
func (t *tree) lineOf(d *Decl) int {
	for _, n := range t.nodes {
		steps := n.steps
		if n.made != nil {
			steps = append(steps[:len(steps):len(steps)], n.made)
		}
		if i := slices.IndexFunc(steps, func(s *step) bool { return s.d == d }); i >= 0 {
			return steps[i].line
		}
	}
	if i := slices.IndexFunc(t.inside, func(s *step) bool { return s.d == d }); i >= 0 {
		return t.inside[i].line
	}
	t.p.fail("%s is not used", d.Name())
	return 0
}
