package exercise

import (
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// valueScenarios show what the values of a role do.
var valueScenarios = map[string]scenario{
	"env":                 configured,
	"setting":             configured,
	"file":                configured,
	"input":               configured,
	"credential":          vagueParameter,
	"user-name":           silentInURL,
	"digest":              silentInURL,
	"random":              silentInURL,
	"loopback":            silentHost,
	"nowhere":             traced,
	"accept-any-host-key": hostKey,
	"checked-host-key":    hostKey,
}

// values returns the exercises of a value.
func values(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || valueScenarios[dir.Words[0]] == nil {
		return nil
	}
	return valueScenarios[dir.Words[0]](d, dir)
}

// yield writes the use of a declaration and returns the expression of the value
// that a directive speaks of, with its type.
func (p *program) yield(d *Decl, dir rules.Directive, texts map[string]text) (string, types.Type) {
	switch {
	case d.field != nil:
		return p.param(types.NewPointer(d.owner)) + "." + strings.Join(d.path, "."), d.field.Type()
	case d.fn == nil && d.value != nil:
		return p.ref(d.value), d.value.Type()
	case d.fn == nil:
		return p.fail("a type yields no value"), types.Typ[types.String]
	}
	given := arguments{}
	p.give(d, dir, texts, given)
	if into, ok := dir.Arg("into"); ok {
		return p.yieldInto(d, into.Index, given)
	}
	n := 0
	if a, ok := dir.Arg("result"); ok {
		n = a.Index
	}
	results := d.signature().Results()
	if n >= results.Len() {
		return p.fail("no result"), types.Typ[types.String]
	}
	call := p.call(d, "", given)
	if results.Len() == 1 {
		return p.local(call), results.At(0).Type()
	}
	names := make([]string, results.Len())
	for i := range names {
		names[i] = "_"
	}
	names[n] = p.fresh("v")
	p.add("%s := %s", strings.Join(names, ", "), call)
	return names[n], results.At(n).Type()
}

// yieldInto is yield for what is stored through a pointer or in a slice.
func (p *program) yieldInto(d *Decl, at int, given arguments) (string, types.Type) {
	name := p.fresh("v")
	switch t := d.paramType(at).Underlying().(type) {
	case *types.Pointer:
		p.add("var %s %s", name, p.name(t.Elem()))
		given[at] = []string{"&" + name}
		p.discard(d, p.call(d, "", given))
		return name, t.Elem()
	case *types.Slice:
		p.add("%s := make(%s, 32)", name, p.name(d.paramType(at)))
		given[at] = []string{name}
		p.discard(d, p.call(d, "", given))
		return name, d.paramType(at)
	}
	return p.fail("nothing can be stored in a %s", types.TypeString(d.paramType(at), nil)), types.Typ[types.String]
}

// asString writes a value as text.
func (p *program) asString(expr string, t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsString == 0 {
			break
		}
		if namedType(t) != nil {
			return "string(" + expr + ")"
		}
		return expr
	case *types.Slice:
		if isByte(u.Elem()) {
			return "string(" + expr + ")"
		}
		return p.asString(expr+"[0]", u.Elem())
	case *types.Array:
		return "string(" + p.local(expr) + "[:])"
	case *types.Pointer:
		return p.asString("(*"+expr+")", u.Elem())
	case *types.Map:
		return p.asString(expr+`["value"]`, u.Elem())
	case *types.Interface:
		if u.NumMethods() == 0 {
			return expr + ".(string)"
		}
	}
	return p.std("fmt", "Sprint") + "(" + expr + ")"
}

// isText reports whether a value of a type can be made text without formatting.
func isText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return isByte(u.Elem()) || isText(u.Elem())
	case *types.Pointer:
		return isText(u.Elem())
	case *types.Map:
		return isText(u.Elem())
	case *types.Interface:
		return u.NumMethods() == 0
	}
	return false
}

// request1 returns a parameter that is a request.
func (p *program) requestParam() string { return p.param(p.w.pointer("net/http", "Request")) }

// password uses a text as a password.
func (p *program) password(expr string) int {
	return p.add("%s.SetBasicAuth(%q, %s)", p.requestParam(), "svc-mail", expr)
}

// inQuery makes a request with a text in its query.
func (p *program) inQuery(name, expr string) int {
	return p.add("_, _ = %s(%q, %q + %s, nil)", p.std("net/http", "NewRequest"), "POST", site(false)+"/v1/orders?"+name+"=", expr)
}

// plain is a text of which nothing is known.
func (p *program) plain() string { return p.param(types.Typ[types.String]) }

// configured reads a password that has a literal behind it if it is not set;
// of a switch or a number, a TLS setting.
func configured(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "fallback", func(p *program, x *Exercise, bad bool) {
		expr, t := p.yield(d, dir, map[string]text{"name": literal("APP_VALUE")})
		if !isText(t) {
			p.setting(expr, t, bad)
			return
		}
		name := p.local(p.asString(expr, t))
		if bad {
			line := p.add("if %s == %q { %s = %q }", name, "", name, p.secretText())
			p.find(line, "fallback-credential")
		}
		p.password(name)
	})
}

// setting sets what a type of setting is for: a switch that skips the check of
// the peer, the least version of TLS. A literal is judged, a setting is not.
func (p *program) setting(expr string, t types.Type, bad bool) {
	config := p.std("crypto/tls", "Config")
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		expr, t = "*"+expr, ptr.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	switch {
	case ok && basic.Kind() == types.Bool:
		p.add("_ = &%s{InsecureSkipVerify: %s}", config, expr)
		if bad {
			p.find(p.add("_ = &%s{InsecureSkipVerify: true}", config), "tls-verify-off")
		}
	case ok && basic.Info()&types.IsInteger != 0:
		p.add("_ = &%s{MinVersion: uint16(%s)}", config, expr)
		if bad {
			p.find(p.add("_ = &%s{MinVersion: 0x0301}", config), "weak-tls-version")
		}
	default:
		p.fail("no use for a %s", types.TypeString(t, nil))
	}
}

// vagueParameter puts a credential into a parameter whose name says little.
func vagueParameter(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "query", func(p *program, x *Exercise, bad bool) {
		expr, t := p.yield(d, dir, map[string]text{"name": literal("APP_VALUE")})
		if !bad {
			p.add("_ = %s", expr)
			p.inQuery("key", p.plain())
			return
		}
		p.find(p.inQuery("key", p.asString(expr, t)), "credential-in-url")
	})
}

// silentInURL puts what is no credential into a parameter that is called one.
func silentInURL(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "query", func(p *program, x *Exercise, bad bool) {
		expr, t := p.yield(d, dir, nil)
		if bad {
			p.add("_ = %s", expr)
			p.find(p.inQuery("access_token", p.plain()), "credential-in-url")
			return
		}
		p.inQuery("access_token", p.asString(expr, t))
	})
}

// silentHost sends a credential to a test server.
func silentHost(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
		host, t := p.yield(d, dir, nil)
		host = p.asString(host, t)
		if bad {
			host = `"http://" + ` + p.plain()
		}
		req := p.fresh("v")
		line := p.add("%s, _ := %s(%q, %s + %q, nil)", req, p.std("net/http", "NewRequest"), "POST", host, "/v1/orders")
		p.add("%s.SetBasicAuth(%q, %s)", req, "svc-mail", p.env("APP_CREDENTIAL").expr)
		if bad {
			p.find(line, "basic-auth-over-http")
		}
	})
}

// ftpPath is the import path of a client that writes what is said to a writer.
const ftpPath = "github.com/jlaffaye/ftp"

// traced logs in with a client that writes what is said to a place where it can
// be read, or drops it.
func traced(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "debug", func(p *program, x *Exercise, bad bool) {
		writer, _ := p.yield(d, dir, nil)
		if bad {
			writer = p.std("os", "Stderr")
		}
		ftp := p.use(ftpPath, "ftp")
		line := p.add("c, _ := %s.Dial(%q, %s.DialWithTLS(&%s{}), %s.DialWithDebugOutput(%s))",
			ftp, "ftp."+publicHost+":990", ftp, p.std("crypto/tls", "Config"), ftp, writer)
		p.add("_ = c.Login(%q, %s)", "svc-mail", p.env("APP_CREDENTIAL").expr)
		if bad {
			p.find(line, "credential-in-log")
		}
	})
}

// sshPath is the import path of the SSH client whose configuration holds the
// check of the host key.
const sshPath = "golang.org/x/crypto/ssh"

// hostKey checks an SSH host key by the value, or not at all.
func hostKey(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "ssh", func(p *program, x *Exercise, bad bool) {
		accepts := dir.Words[0] == "accept-any-host-key"
		check := p.std(sshPath, "InsecureIgnoreHostKey") + "()"
		switch {
		case !bad && accepts:
			check = p.std(sshPath, "FixedHostKey") + "(" + p.param(p.w.lookup(sshPath, "PublicKey")) + ")"
		case bad == accepts:
			check = p.callback(d, dir)
		}
		line := p.add("_ = &%s{HostKeyCallback: %s, Auth: []%s{%s(%s)}}", p.std(sshPath, "ClientConfig"), check,
			p.std(sshPath, "AuthMethod"), p.std(sshPath, "Password"), p.env("APP_CREDENTIAL").expr)
		switch {
		case bad && d.fn != nil && slices.ContainsFunc(p.lines, func(l string) bool { return strings.Contains(l, d.fn.Name()+"(") }):
			p.findText(d.fn.Name()+"(", "ssh-host-key-unchecked") // where it is made
		case bad:
			p.find(line, "ssh-host-key-unchecked")
		}
	})
}

// callback writes a function that a declaration is, or that it returns.
func (p *program) callback(d *Decl, dir rules.Directive) string {
	if d.fn != nil && d.signature().Results().Len() == 1 && types.Identical(d.signature().Results().At(0).Type(), types.Universe.Lookup("error").Type()) {
		if d.signature().Recv() == nil {
			return p.ref(d.fn)
		}
		return p.param(d.signature().Recv().Type()) + "." + d.fn.Name()
	}
	expr, t := p.yield(d, dir, nil)
	if pointee(t) == nil || pointee(t).Obj().Name() != "HostKeyCallback" {
		return expr + ".HostKeyCallback()"
	}
	return expr
}

// fallbacks returns the exercises of a value that is used if nothing is set.
func fallbacks(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "fallback" {
		return nil
	}
	return event(d, dir, "fallback", func(p *program, x *Exercise, bad bool) {
		value, _ := dir.Arg("value")
		t := d.paramType(value.Index)
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsString == 0 {
			value := map[bool]string{true: "true", false: "0x0301"}[b.Kind() == types.Bool]
			expr, t := p.yield(d, dir, map[string]text{"key": literal("value"), "value": raw(value)})
			p.setting(expr, t, bad)
			return
		}
		p.fallbackPassword(d, dir, bad)
	})
}

// fallbackPassword gives a password that is used if none is set.
func (p *program) fallbackPassword(d *Decl, dir rules.Directive, bad bool) {
	key, value := literal("value"), literal("")
	if bad {
		value = p.secret("")
	}
	_, into := dir.Arg("into")
	yields := into || d.signature().Results().Len() > 0 && isText(d.signature().Results().At(0).Type())
	if !yields {
		key = literal("app.password")
		p.apply(d, dir, map[string]text{"key": key, "value": value}, false)
	} else {
		expr, t := p.yield(d, dir, map[string]text{"key": key, "value": value})
		p.password(p.asString(expr, t))
	}
	if bad {
		p.findText(value.expr, "fallback-credential")
	}
}
