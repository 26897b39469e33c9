package exercise

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"go/types"
	"strings"

	"github.com/authlint/authlint/rules"
)

// operation tells how to lead a made-up password through an operation on text.
type operation struct {
	// texts are the arguments, %s is the password.
	texts map[string]string
	// encode is what the password is given as.
	encode func(s string) string
}

// operations are the operations that a password goes through and is still one.
var operations = map[string]operation{
	"same":           {texts: map[string]string{"value": "%s"}},
	"concat":         {texts: map[string]string{"parts": "%s"}},
	"either":         {texts: map[string]string{"values": "%s"}},
	"sprintf":        {texts: map[string]string{"format": "%%s", "args": "%s"}},
	"sprint":         {texts: map[string]string{"args": "%s"}},
	"sprintln":       {texts: map[string]string{"args": "%s"}},
	"join":           {texts: map[string]string{"list": "%s", "sep": ""}},
	"repeat":         {texts: map[string]string{"value": "%s", "count": "1"}},
	"replace":        {texts: map[string]string{"value": "%s", "old": "*", "new": "", "count": "1"}},
	"lower":          {texts: map[string]string{"value": "%s"}},
	"upper":          {texts: map[string]string{"value": "%s"}},
	"trim-space":     {texts: map[string]string{"value": "%s"}},
	"trim":           {texts: map[string]string{"value": "%s", "cutset": "*"}},
	"trim-left":      {texts: map[string]string{"value": "%s", "cutset": "*"}},
	"trim-right":     {texts: map[string]string{"value": "%s", "cutset": "*"}},
	"trim-prefix":    {texts: map[string]string{"value": "%s", "affix": "*"}},
	"trim-suffix":    {texts: map[string]string{"value": "%s", "affix": "*"}},
	"expand":         {texts: map[string]string{"value": "%s"}},
	"quote":          {texts: map[string]string{"value": "%s"}},
	"unquote":        {texts: map[string]string{"value": "%s"}, encode: func(s string) string { return `"` + s + `"` }},
	"base64-encode":  {texts: map[string]string{"value": "%s"}},
	"base64-decode":  {texts: map[string]string{"value": "%s"}, encode: func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
	"hex-encode":     {texts: map[string]string{"value": "%s"}},
	"hex-decode":     {texts: map[string]string{"value": "%s"}, encode: func(s string) string { return hex.EncodeToString([]byte(s)) }},
	"query-escape":   {texts: map[string]string{"value": "%s"}},
	"query-unescape": {texts: map[string]string{"value": "%s"}},
	"path-escape":    {texts: map[string]string{"value": "%s"}},
	"path-unescape":  {texts: map[string]string{"value": "%s"}},
}

// transferScenarios are for operations that lead to something else.
var transferScenarios = map[string]scenario{
	"join-path": leadsTo("parts"),
	"host-port": leadsTo("host"),
	"number":    numbers,
	"part":      partOfDigest,
	"empty":     emptied,
}

// transfers returns the exercises of an operation on text.
func transfers(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" {
		return nil
	}
	if s := transferScenarios[dir.Words[0]]; s != nil {
		return s(d, dir)
	}
	op, ok := operations[dir.Words[0]]
	if !ok {
		return nil
	}
	if to, ok := dir.Arg("to"); ok && to.Index < 0 {
		n := pointee(d.signature().Recv().Type())
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(n), true, d.Package.Types, "String"); obj == nil {
			return nil // nothing can be read back
		}
	}
	if a, ok := dir.Arg("value"); ok && a.Index >= 0 && isWriter(d.Package.world, d.paramType(a.Index)) {
		return nil // nothing is read from it
	}
	if a, ok := dir.Arg("value"); ok && a.Index >= 0 && isCharacter(d.paramType(a.Index)) {
		return characters(d, dir)
	}
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		secret, value := p.secretText(), ""
		if op.encode != nil {
			secret = op.encode(secret)
		}
		if bad {
			value = fmt.Sprintf("%q", secret)
		} else {
			value = p.env("APP_VALUE").expr
		}
		texts := map[string]text{}
		for name, format := range op.texts {
			switch {
			case strings.Contains(format, "%s") && !strings.Contains(format, "%%"):
				texts[name] = text{expr: value, constant: bad}
			case name == "count":
				texts[name] = raw(format)
			default:
				texts[name] = literal(strings.ReplaceAll(format, "%%", "%"))
			}
		}
		p.password(p.through(d, dir, texts))
		if bad {
			p.findText(value, "hardcoded-credential")
		}
	})
}

// through writes an operation and returns the expression of its result as text.
func (p *program) through(d *Decl, dir rules.Directive, texts map[string]text) string {
	given := arguments{}
	recv := ""
	if a, ok := firstText(dir); ok && a.Text == "recv" && !a.Quoted {
		recv = p.filled(d, texts[a.Name])
	}
	p.give(d, dir, texts, given)
	for _, name := range []string{"to", "into", "prefix"} {
		if a, ok := dir.Arg(name); ok {
			return p.throughTarget(d, a, given)
		}
	}
	n := 0
	if a, ok := dir.Arg("result"); ok {
		n = a.Index
	}
	results := d.signature().Results()
	if n >= results.Len() {
		return p.fail("no result")
	}
	names := make([]string, results.Len())
	for i := range names {
		names[i] = "_"
	}
	names[n] = p.fresh("v")
	p.add("%s := %s", strings.Join(names, ", "), p.call(d, recv, given))
	return p.readText(names[n], results.At(n).Type())
}

// firstText returns the argument that is the text of an operation.
func firstText(dir rules.Directive) (rules.DirectiveArg, bool) {
	for _, name := range []string{"value", "parts", "values", "args", "list"} {
		if a, ok := dir.Arg(name); ok {
			return a, true
		}
	}
	return rules.DirectiveArg{}, false
}

// filled returns a receiver that a text was written to.
func (p *program) filled(d *Decl, x text) string {
	t := d.signature().Recv().Type()
	n := pointee(t)
	if n == nil {
		return p.fail("no receiver")
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(n), true, d.Package.Types, "WriteString")
	if obj == nil {
		return p.fail("nothing can be written to %s", n.Obj().Name())
	}
	name := p.fresh("v")
	p.add("var %s %s", name, p.name(n))
	p.add("%s.WriteString(%s)", name, x.expr)
	return name
}

// throughTarget writes an operation whose result goes to an argument or to the
// receiver.
func (p *program) throughTarget(d *Decl, a rules.DirectiveArg, given arguments) string {
	name := p.fresh("v")
	if a.Index < 0 {
		n := pointee(d.signature().Recv().Type())
		p.add("var %s %s", name, p.name(n))
		p.discard(d, p.call(d, name, given))
		return name + ".String()"
	}
	switch t := d.paramType(a.Index).Underlying().(type) {
	case *types.Interface:
		p.add("var %s %s", name, p.std("strings", "Builder"))
		given[a.Index] = []string{"&" + name}
		p.discard(d, p.call(d, "", given))
		return name + ".String()"
	case *types.Slice:
		if a.Name == "prefix" {
			given[a.Index] = []string{"nil"}
			p.add("%s := %s", name, p.call(d, "", given))
		} else {
			p.add("%s := make(%s, 64)", name, p.name(t))
			given[a.Index] = []string{name}
			p.discard(d, p.call(d, "", given))
		}
		return "string(" + name + ")"
	}
	return p.fail("no place for the result")
}

// readText writes what a value holds as text.
func (p *program) readText(expr string, t types.Type) string {
	if isText(t) {
		return p.asString(expr, t)
	}
	reader := p.w.lookup("io", "Reader").Underlying().(*types.Interface)
	if sig, ok := t.Underlying().(*types.Signature); ok && sig.Params().Len() == 0 && sig.Results().Len() > 0 {
		name := p.fresh("v")
		p.add("%s%s := %s()", name, strings.Repeat(", _", sig.Results().Len()-1), expr)
		return p.readText(name, sig.Results().At(0).Type())
	}
	switch {
	case types.Implements(t, reader):
		name := p.fresh("v")
		p.add("%s, _ := %s(%s)", name, p.std("io", "ReadAll"), expr)
		return "string(" + name + ")"
	case types.Identical(t, types.Universe.Lookup("error").Type()):
		return p.std("fmt", "Sprint") + "(" + expr + ")"
	}
	if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "String"); obj != nil {
		return expr + ".String()"
	}
	return p.std("fmt", "Sprint") + "(" + expr + ")"
}

// leadsTo makes a URL of parts, one of which is the host.
func leadsTo(arg string) scenario {
	return func(d *Decl, dir rules.Directive) []*Exercise {
		return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
			host := "localhost"
			if bad {
				host = publicHost
			}
			url := p.local(p.through(d, dir, map[string]text{arg: literal(host), "base": literal("http://" + host), "port": literal("8080")}))
			if _, ok := dir.Arg("base"); !ok {
				url = `"http://" + ` + url
			}
			req := p.fresh("v")
			line := p.add("%s, _ := %s(%q, %s, nil)", req, p.std("net/http", "NewRequest"), "POST", url)
			p.add("%s.SetBasicAuth(%q, %s)", req, "svc-mail", p.env("APP_CREDENTIAL").expr)
			if bad {
				p.find(line, "basic-auth-over-http")
			}
		})
	}
}

// numbers makes text of a number or a switch: a password of digits; "true" is
// none.
func numbers(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "number", func(p *program, x *Exercise, bad bool) {
		a, _ := dir.Arg("value")
		basic, ok := d.paramType(a.Index).Underlying().(*types.Basic)
		if ok && basic.Kind() == types.Bool {
			value := p.through(d, dir, map[string]text{"value": raw("true")})
			if bad {
				value = p.plain() + " + " + value
			}
			line := p.inQuery("password", value)
			if bad {
				p.find(line, "credential-in-url")
			}
			return
		}
		value := p.fresh("p")
		if bad {
			value = fmt.Sprintf("4%07d3", p.number)
		} else {
			p.params = append(p.params, value+" "+p.name(d.paramType(a.Index)))
		}
		line := p.password(p.through(d, dir, map[string]text{"value": raw(value)}))
		if bad {
			p.find(line, "hardcoded-credential") // numbers have no place of their own
		}
	})
}

// partOfDigest takes a part of a digest, which is no credential, or of a text
// that may be one.
func partOfDigest(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "query", func(p *program, x *Exercise, bad bool) {
		value := p.plain()
		if !bad {
			sum := p.local(p.std("crypto/sha256", "Sum256") + "([]byte(" + value + "))")
			value = "string(" + sum + "[:])"
		}
		line := p.inQuery("access_token", p.through(d, dir, map[string]text{"value": {expr: value}}))
		if bad {
			p.find(line, "credential-in-url")
		}
	})
}

// emptied writes a password to a builder, which forgets it.
func emptied(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		n := pointee(d.signature().Recv().Type())
		name := p.fresh("v")
		p.add("var %s %s", name, p.name(n))
		line := p.add("%s.WriteString(%q)", name, p.secretText())
		if bad {
			p.find(line, "hardcoded-credential")
		} else {
			p.add("%s.%s()", name, d.fn.Name())
		}
		p.password(name + ".String()")
	})
}

// isCharacter reports whether a type is that of one character.
func isCharacter(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && (b.Kind() == types.Byte || b.Kind() == types.Rune)
}

// characters writes one character behind a password.
func characters(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		name, value := p.fresh("v"), p.env("APP_VALUE")
		if bad {
			value = p.secret("")
		}
		p.add("var %s %s", name, p.name(pointee(d.signature().Recv().Type())))
		p.add("%s.WriteString(%s)", name, value.expr)
		given := arguments{0: []string{"'7'"}}
		p.discard(d, p.call(d, name, given))
		p.password(name + ".String()")
		if bad {
			p.findText(value.expr, "hardcoded-credential")
		}
	})
}
