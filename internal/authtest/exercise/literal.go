package exercise

import (
	"fmt"
	"strings"

	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/rules"
)

// scenarios returns the exercises that fit a directive of a declaration.
var scenarios = []func(d *Decl, dir rules.Directive) []*Exercise{literalArguments, literalPairs, httpURLs, httpCredentials, linkedRequests, requests, made, fluents, values, fallbacks, transfers,
	logins, addresses, joined, protections, tlsSettings, told, connectionStrings, stored, fallsBack, users, debugs,
	policies, measured, compiled, storedElsewhere, hashes, compared, times, nows, sessions,
	writers, wrapped, dumps, redacts, commandArguments, switchedOn, environments,
	signedTokens, signingAlgorithms, weakAlgorithms, callbackLiterals, checkedTokens, sentTokens,
	tlsPolicies, policyConstants, dialers, dialerFunctions, servers, sshConnections,
	encodings, urlTexts, alphabets, generatedKeys, declaredSettings, minimumTags, cookies, contexts, literalHeaders,
}

// secretArguments are the names of arguments that take a credential.
var secretArguments = []string{"password", "passphrase", "secret", "key", "private-key", "token"}

// secret returns a made-up credential, another one for each exercise.
func (p *program) secret(kind string) text {
	if kind == "private-key" {
		return literal(secrettest.Expand(fmt.Sprintf("{{alnum64}}%d", p.number)))
	}
	return literal(p.secretText())
}

// secretText returns the text of a made-up password.
func (p *program) secretText() string { return fmt.Sprintf("Winter-Lake-%d-22", p.number) }

// saysEvent reports whether a directive makes an event.
func saysEvent(dir rules.Directive) bool {
	return dir.Verb == "on" || dir.Verb == "field"
}

// roleOf returns the role of an event.
func roleOf(dir rules.Directive) string {
	switch dir.Verb {
	case "on":
		return dir.Words[1]
	case "field", "entry", "context":
		return dir.Words[0]
	}
	return ""
}

// takes reports whether the code that uses a declaration gives an argument.
func takes(d *Decl, dir rules.Directive, name string) bool {
	if dir.Verb == "field" {
		return len(dir.Words) > 1 && dir.Words[1] == name
	}
	a, ok := dir.Arg(name)
	return ok && a.Index >= 0
}

// shapes returns the ways to write a declaration: a field in a literal and
// assigned. The literal of a connection would say that it is without TLS.
func shapes(d *Decl) []string {
	switch {
	case d.field == nil:
		return []string{""}
	case strings.HasSuffix(d.Package.world.kind(d.owner), "-connection"):
		return []string{"assigned"}
	}
	return []string{"literal", "assigned"}
}

// literalArguments gives a made-up literal to each argument that takes a
// credential; the twin reads it from the environment.
func literalArguments(d *Decl, dir rules.Directive) []*Exercise {
	var list []*Exercise
	if !saysEvent(dir) {
		return nil
	}
	for _, name := range secretArguments {
		if !takes(d, dir, name) {
			continue
		}
		for _, shape := range shapes(d) {
			list = append(list, &Exercise{Decl: d, Directive: dir, Scenario: "literal " + name, Variant: shape,
				write: func(p *program, x *Exercise, bad bool) {
					value := p.env("APP_CREDENTIAL")
					if bad {
						value = p.secret(name)
					}
					p.apply(d, dir, map[string]text{name: value}, shape == "assigned")
					if bad {
						p.findText(value.expr, "hardcoded-credential")
					}
				}})
		}
	}
	return list
}

// pairNames are the roles whose name tells what the value is, with a name that
// speaks of a credential.
var pairNames = map[string]string{
	"header": "X-Api-Key", "query": "api_key", "form": "password", "param": "password", "path-param": "token",
	"cookie": "access_token", "variable": "APP_PASSWORD",
}

// literalPairs gives a literal to what is called like a credential.
func literalPairs(d *Decl, dir rules.Directive) []*Exercise {
	name, ok := pairNames[roleOf(dir)]
	if !ok || dir.Verb != "on" || !takes(d, dir, "value") {
		return nil
	}
	return []*Exercise{{Decl: d, Directive: dir, Scenario: "literal " + roleOf(dir), write: func(p *program, x *Exercise, bad bool) {
		value := p.env("APP_CREDENTIAL")
		if bad {
			value = p.secret("")
		}
		p.apply(d, dir, map[string]text{"name": literal(name), "value": value}, false)
		if bad {
			p.findText(value.expr, "hardcoded-credential")
		}
	}}}
}
