package exercise

import (
	"go/types"
	"strings"

	"github.com/authlint/authlint/rules"
)

// channelRules are the rules on credentials that are told, by channel.
var channelRules = map[string]string{
	"log": "credential-in-log", "terminal": "credential-in-log", "error": "credential-in-error", "response": "credential-in-response",
	"message": "credential-in-message", "claims": "credential-in-token", "command": "credential-on-command-line",
}

// told returns the exercises of what tells what it is given: a password from
// the environment, and something else from there.
func told(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb == "tell" && d.field != nil && dir.Words[0] != "command" {
		return toldByField(d, dir)
	}
	if _, settings := dir.Arg("shows"); settings || dir.Verb != "tell" || d.fn == nil {
		return nil
	}
	return event(d, dir, "told", func(p *program, x *Exercise, bad bool) {
		value := p.env("APP_VALUE")
		if bad {
			value = p.env("DB_PASSWORD")
		}
		if dir.Words[0] == "command" {
			value.expr = `"--password=" + ` + value.expr
		}
		given := arguments{}
		for _, a := range dir.Args {
			switch {
			case a.Index < 0:
			case a.Name == "format":
				given[a.Index] = []string{p.carry(d.paramType(a.Index), literal("connected %v"))}
			case a.Name == "pairs":
				given[a.Index] = []string{literal("login").expr, p.carry(d.paramType(a.Index), value)}
			case a.Name == "name":
				given[a.Index] = []string{p.carry(d.paramType(a.Index), literal("login"))}
			case a.Name == "value" && a.Rest && dir.Words[0] == "terminal" && given0(dir) == 0:
				given[a.Index] = []string{literal("connected with").expr, p.carry(d.paramType(a.Index), value)}
			case a.Name == "value" && !takesPairs(dir) && isMap(d.paramType(a.Index)):
				given[a.Index] = []string{p.carry(d.paramType(a.Index), named("login", value))}
			case a.Name == "value" && isStringer(d.Package.world, d.paramType(a.Index)):
				given[a.Index] = []string{p.shownURL(bad)}
			case a.Name == "value" && !takesPairs(dir):
				given[a.Index] = []string{p.carry(d.paramType(a.Index), value)}
			case a.Name == "value":
				given[a.Index] = []string{p.carry(d.paramType(a.Index), literal("connected"))}
			}
		}
		line := p.discard(d, p.call(d, "", given))
		if dir.Words[0] == "terminal" {
			p.discard(d, p.call(d, "", arguments{given0(dir): {literal("connected").expr}})) // else it is the program's only output
		}
		rule := channelRules[dir.Words[0]]
		if a, ok := dir.Arg("value"); ok && a.Index >= 0 && isError(d.paramType(a.Index)) {
			rule = channelRules["error"] // told by the making of the error
		}
		if bad {
			p.find(line, rule)
		}
	})
}

// toldByField returns the exercises of a field whose text is told.
func toldByField(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "told", func(p *program, _ *Exercise, bad bool) {
		value := text{expr: `"login " + ` + p.toldUnless(bad).expr}
		line := p.setField(d, p.carry(d.field.Type(), value), true)
		if bad {
			p.find(line, channelRules[dir.Words[0]])
		}
	})
}

// isMap reports whether a type is one of maps.
func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// isStringer reports whether a type is that of what has a text.
func isStringer(w *World, t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() == 1 && types.Implements(w.pointer("net/url", "URL"), i)
}

// shownURL makes a URL, with a password in it if bad.
func (p *program) shownURL(bad bool) string {
	url, in := p.fresh("v"), literal("https://"+publicHost+"/").expr+" + "+p.env("APP_VALUE").expr
	if bad {
		in = literal("https://svc-mail:").expr + " + " + p.env("DB_PASSWORD").expr + " + " + literal("@"+publicHost+"/").expr
	}
	p.add("%s, _ := %s(%s)", url, p.std("net/url", "Parse"), in)
	return url
}

// isError reports whether a type is that of errors.
func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// given0 returns the position of what a call tells.
func given0(dir rules.Directive) int {
	a, _ := dir.Arg("value")
	return max(a.Index, 0)
}

// takesPairs reports whether what a call tells are keys and values in turn.
func takesPairs(dir rules.Directive) bool {
	_, ok := dir.Arg("pairs")
	return ok
}

// drivers are connection strings with a login from the environment, by driver:
// in clear, and with TLS. What stands for the password is %s.
var drivers = map[string][2]string{
	"postgres":   {"postgres://svc:%s@db.maplefreight.io/app?sslmode=disable", "postgres://svc:%s@db.maplefreight.io/app?sslmode=verify-full"},
	"mysql":      {"svc:%s@tcp(db.maplefreight.io:3306)/app", "svc:%s@tcp(db.maplefreight.io:3306)/app?tls=true"},
	"sqlserver":  {"sqlserver://svc:%s@db.maplefreight.io?encrypt=disable", "sqlserver://svc:%s@db.maplefreight.io?encrypt=true"},
	"redis":      {"redis://:%s@db.maplefreight.io:6379/0", "rediss://:%s@db.maplefreight.io:6379/0"},
	"amqp":       {"amqp://svc:%s@mq.maplefreight.io/", "amqps://svc:%s@mq.maplefreight.io/"},
	"mqtt":       {"tcp://svc:%s@mq.maplefreight.io:1883", "ssl://svc:%s@mq.maplefreight.io:8883"},
	"mongodb":    {"mongodb://svc:%s@db.maplefreight.io/app", "mongodb://svc:%s@db.maplefreight.io/app?tls=true"},
	"neo4j":      {"neo4j://svc:%s@db.maplefreight.io", "neo4j+s://svc:%s@db.maplefreight.io"},
	"clickhouse": {"clickhouse://svc:%s@db.maplefreight.io:9000/app", "clickhouse://svc:%s@db.maplefreight.io:9440/app?secure=true"},
}

// connectionStrings returns the exercises of a connection string: with a
// password in the source, and with one from the environment over TLS.
func connectionStrings(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "dsn" || !saysEvent(dir) || !takes(d, dir, "value") {
		return nil
	}
	return event(d, dir, "literal", func(p *program, x *Exercise, bad bool) {
		driver := "postgres"
		if a, ok := dir.Arg("driver"); ok && a.Quoted {
			driver = a.Text
		}
		forms, ok := drivers[driver]
		if !ok {
			forms = drivers["postgres"]
		}
		front, back, _ := strings.Cut(forms[1], "%s")
		value := text{expr: literal(front).expr + " + " + p.env("APP_VALUE").expr + " + " + literal(back).expr}
		if bad {
			value = literal(front + p.secretText() + back)
		}
		line := p.apply(d, dir, map[string]text{"value": value, "driver": literal(driver)}, true)
		if bad {
			p.find(line, "hardcoded-credential")
		}
	})
}

// stored returns the exercises of what stores an argument in a database: a
// password as it is, and a hash of it.
func stored(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "store" || d.fn == nil || dir.Words[0] != "sql" {
		return nil
	}
	return event(d, dir, "stored", func(p *program, x *Exercise, bad bool) {
		given := arguments{}
		password := "password"
		value := text{expr: password}
		if !bad {
			value = text{expr: p.std(bcryptPath, "CompareHashAndPassword")}
			hash := p.fresh("v")
			p.add("%s, _ := %s([]byte(%s), 10)", hash, p.std(bcryptPath, "GenerateFromPassword"), password)
			value.expr = "string(" + hash + ")"
		}
		p.params = append(p.params, password+" string")
		for _, a := range dir.Args {
			switch {
			case a.Index < 0:
			case a.Name == "query":
				given[a.Index] = []string{p.carry(d.paramType(a.Index), literal("INSERT INTO users (password) VALUES ($1)"))}
			case a.Name == "set":
				given[a.Index] = []string{literal("password = ?").expr}
			case a.Name == "values":
				given[a.Index] = []string{p.carry(d.paramType(a.Index), value)}
			case a.Name == "named":
				given[a.Index] = []string{`map[string]any{"password": ` + value.expr + "}"}
			}
		}
		_, sets := dir.Arg("set")
		if _, ok := dir.Arg("query"); !ok && !sets {
			p.fail("the query is said elsewhere")
			return
		}
		if _, ok := dir.Arg("named"); ok {
			p.fixNamed(d, dir, given)
		}
		line := p.discard(d, p.call(d, "", given))
		if bad {
			p.find(line, "plaintext-credential-storage")
		}
	})
}

// bcryptPath is the import path of a hash for passwords.
const bcryptPath = "golang.org/x/crypto/bcrypt"

// fixNamed gives a query its placeholder by name.
func (p *program) fixNamed(d *Decl, dir rules.Directive, given arguments) {
	a, _ := dir.Arg("query")
	given[a.Index] = []string{p.carry(d.paramType(a.Index), literal("INSERT INTO users (password) VALUES (:password)"))}
}

// fallsBack returns the exercises of struct tags that name a fallback.
func fallsBack(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "tag" || d.Key != rules.PackageKey {
		return nil
	}
	switch dir.Words[1] {
	case "fallback":
		return event(d, dir, "tag", func(p *program, x *Exercise, bad bool) {
			value := ""
			if bad {
				value = p.secretText()
			}
			p.decls = append(p.decls, "type settings struct {\n\tPassword string `"+dir.Words[0]+":"+literal(value).expr+"`\n}")
			p.add("_ = settings{}")
			if bad {
				p.findDecl(value, "fallback-credential")
			}
		})
	case "env":
		return event(d, dir, "tag", func(p *program, x *Exercise, bad bool) {
			p.decls = append(p.decls, "type settings struct {\n\tPassword string `"+dir.Words[0]+":\"APP_VALUE\"`\n}")
			name := p.param(types.Typ[types.String])
			if bad {
				name = p.secret("").expr
			} else {
				p.params = append(p.params, "s settings")
				p.add("_ = %s", name)
				name = "s.Password"
			}
			line := p.password(name)
			if bad {
				p.find(line, "hardcoded-credential")
			}
		})
	case "validator", "govalidator":
		return event(d, dir, "tag", func(p *program, x *Exercise, bad bool) {
			grammar := map[string]string{"validator": "required,min=%d", "govalidator": "length(%d|72),required"}[dir.Words[1]]
			least := map[bool]string{true: "4", false: "16"}[bad]
			rule := strings.Replace(grammar, "%d", least, 1)
			p.decls = append(p.decls, "type signUp struct {\n\tPassword string `"+dir.Words[0]+":"+literal(rule).expr+"`\n}")
			p.add("_ = signUp{}")
			if bad {
				p.findDecl(rule, "weak-password-policy")
			}
		})
	}
	return nil
}
