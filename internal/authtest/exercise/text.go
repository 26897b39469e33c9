package exercise

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// encodings returns the exercises of what encodes a value that is logged.
func encodings(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || dir.Words[0] != "encode" || d.fn == nil || d.signature().Results().Len() == 0 {
		return nil
	}
	a, ok := dir.Arg("value")
	if to, into := dir.Arg("to"); !ok || a.Index < 0 || into && to.Index < 0 {
		return nil
	}
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		out := p.fresh("v")
		given := arguments{a.Index: {p.carryAny(d.paramType(a.Index), p.toldUnless(bad))}}
		p.add("%s%s := %s", out, strings.Repeat(", _", d.signature().Results().Len()-1), p.call(d, "", given))
		line := p.add("%s(%q, string(%s))", p.std("log", "Println"), "answer:", out)
		if bad {
			p.find(line, "credential-in-log")
		}
	})
}

// urlTexts returns the exercises of the text of a URL, of its user, or of a query.
func urlTexts(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || d.fn == nil || d.owner == nil || d.Package.Path != "net/url" {
		return nil
	}
	switch {
	case dir.Words[0] == "values-encode":
		return event(d, dir, "query", func(p *program, _ *Exercise, bad bool) {
			values := fmt.Sprintf("%s{%q: {%s}}", p.name(d.owner), lessOrEnough(bad, "api_key", "page"), p.env("APP_VALUE").expr)
			line := p.add("_, _ = %s(%q, %q + %s, nil)", p.std("net/http", "NewRequest"), "POST", site(false)+"/v1/orders?", p.call(d, p.local(values), arguments{}))
			if bad {
				p.find(line, "credential-in-url")
			}
		})
	case dir.Words[0] == "url-string":
		return event(d, dir, "http", func(p *program, _ *Exercise, bad bool) {
			scheme := lessOrEnough(bad, "http", "https")
			user := fmt.Sprintf("%s(%q, %s)", p.std("net/url", "UserPassword"), "svc-mail", p.env("APP_CREDENTIAL").expr)
			text := ""
			if d.owner.Obj().Name() == "URL" {
				url := p.local(fmt.Sprintf("&%s{Scheme: %q, Host: %q, Path: %q, User: %s}", p.name(d.owner), scheme, publicHost, "/v1/orders", user))
				text = p.call(d, url, arguments{})
			} else {
				text = fmt.Sprintf("%q + %s + %q", scheme+"://", p.call(d, p.local(user), arguments{}), "@"+publicHost+"/v1/orders")
			}
			line := p.add("_, _ = %s(%q, %s, nil)", p.std("net/http", "NewRequest"), "POST", text)
			p.find(line, lessOrEnough(bad, "basic-auth-over-http", "credential-in-url"))
		})
	}
	return nil
}

// alphabets returns the exercises of the alphabets of Base64: Basic asks for the
// standard one.
func alphabets(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "base64-alphabet" || d.value == nil {
		return nil
	}
	name, _ := dir.Arg("name")
	return event(d, dir, "header", func(p *program, _ *Exercise, bad bool) {
		alphabet := p.ref(d.value)
		switch {
		case bad == (name.Text != "std"):
		case bad:
			alphabet = p.std(d.Package.Path, "RawURLEncoding")
		default:
			alphabet = p.std(d.Package.Path, "StdEncoding")
		}
		pair := p.env("APP_USER").expr + ` + ":" + ` + p.env("APP_PASSWORD").expr
		line := p.add("%s.Header.Set(%q, %q + %s.EncodeToString([]byte(%s)))", p.requestParam(), "Authorization", "Basic ", alphabet, pair)
		if bad {
			p.find(line, "malformed-authorization")
		}
	})
}

// generatedKeys returns the exercises of an RSA key that signs tokens.
func generatedKeys(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "rsa-key" || d.fn == nil {
		return nil
	}
	return event(d, dir, "token", func(p *program, _ *Exercise, bad bool) {
		a, _ := dir.Arg("bits")
		key := p.fresh("v")
		line := p.add("%s, _ := %s", key, p.call(d, "", arguments{a.Index: {lessOrEnough(bad, "1024", "3072")}}))
		p.add("claims := %s{%q: %s.Unix()}", p.jwt("MapClaims"), "exp", p.later(false))
		p.add("_, _ = %s(%s, claims).SignedString(%s)", p.jwt("NewWithClaims"), p.jwt("SigningMethodRS256"), key)
		if bad {
			p.find(line, "jwt-weak-key")
		}
	})
}

// contexts returns the exercises of a key for the values of a context, and of
// what puts them there.
func contexts(d *Decl, dir rules.Directive) []*Exercise {
	isKey := dir.Verb == "context" && len(dir.Words) > 1 && slices.Contains(secretArguments, dir.Words[1])
	if !isKey && (dir.Verb != "transfer" || dir.Words[0] != "context-value") {
		return nil
	}
	return event(d, dir, "literal", func(p *program, _ *Exercise, bad bool) {
		key := d
		if !isKey {
			key = p.w.contextKey()
		}
		if key == nil {
			p.fail("no key")
			return
		}
		value := p.env("APP_CREDENTIAL")
		if bad {
			value = p.secret("")
		}
		p.add("_ = %s(%s(), %s, %s)", p.std("context", "WithValue"), p.std("context", "Background"), p.ref(key.value), value.expr)
		if bad {
			p.findText(value.expr, "hardcoded-credential")
		}
	})
}

// contextKey returns a key under which a context holds a credential.
func (w *World) contextKey() *Decl {
	for _, pkg := range w.Packages {
		for _, d := range pkg.Decls {
			for _, dir := range d.Directives {
				if dir.Verb == "context" && d.value != nil && len(dir.Words) > 1 && slices.Contains(secretArguments, dir.Words[1]) {
					return d
				}
			}
		}
	}
	return nil
}

// declaredSettings returns the exercises of a struct that declares a setting.
func declaredSettings(d *Decl, dir rules.Directive) []*Exercise {
	declares := roleOf(dir) == "setting" && d.field != nil || dir.Verb == "object" && dir.Words[0] == "setting" && d.isType()
	if !declares || d.owner.TypeParams().Len() > 0 {
		return nil
	}
	return event(d, dir, "fallback", func(p *program, _ *Exercise, bad bool) {
		fields := []string{fmt.Sprintf("Name: %q", "password")}
		for _, name := range []string{"EnvVar", "EnvVars"} {
			obj, _, _ := types.LookupFieldOrMethod(d.owner, true, d.Package.Types, name)
			if field, ok := obj.(*types.Var); ok {
				fields = append(fields, name+": "+p.carry(field.Type(), literal("APP_PASSWORD")))
			}
		}
		line := p.add("_ = &%s{%s, Value: %q}", p.name(d.owner), strings.Join(fields, ", "), lessOrEnough(bad, p.secretText(), ""))
		if bad {
			p.find(line, "fallback-credential")
		}
	})
}

// minimumTags returns the exercises of a struct tag that is a least length.
func minimumTags(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "tag" || len(dir.Words) < 2 || dir.Words[1] != "minimum" {
		return nil
	}
	return event(d, dir, "tag", func(p *program, _ *Exercise, bad bool) {
		p.tagged(dir.Words[0], ruleText("minimum", bad), bad)
	})
}

// cookies returns the exercises of the name and the value of a cookie, and of
// what puts one into a request.
func cookies(d *Decl, dir rules.Directive) []*Exercise {
	switch {
	case roleOf(dir) == "cookie" && d.field != nil:
		return event(d, dir, "stored", func(p *program, _ *Exercise, bad bool) {
			if d.field.Name() == "Name" {
				line := p.add("_ = &%s{Name: %q, Value: %s, MaxAge: 31536000}", p.name(d.owner), lessOrEnough(bad, "session", "theme"), p.plain())
				if bad {
					p.find(line, "long-lived-token")
				}
				return
			}
			value := p.hashedUnless(bad)
			line := p.add("_ = &%s{Name: %q, Value: %s}", p.name(d.owner), "login", value)
			if bad {
				p.find(line, "plaintext-credential-storage")
			}
		})
	case roleOf(dir) == "include" && d.fn != nil && takes(d, dir, "value"):
		a, _ := dir.Arg("value")
		if n := pointee(d.paramType(a.Index)); n == nil || d.Package.world.kind(n) != "http-cookie" {
			return nil
		}
		return event(d, dir, "http", func(p *program, x *Exercise, bad bool) {
			cookie := text{expr: fmt.Sprintf("&%s{Name: %q, Value: %s}", p.name(pointee(d.paramType(a.Index))), "access_token", p.env("APP_CREDENTIAL").expr), verbatim: true}
			line, _ := p.request(x, plan{must: x.must(map[string]text{"value": cookie}), where: site(bad) + "/v1/orders", method: "POST"})
			if bad && p.err == nil {
				p.find(line, "credential-over-http")
			}
		})
	}
	return nil
}
