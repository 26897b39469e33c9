package exercise

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// checkedTokens returns the exercises of what takes part in the check of a
// token: a claim decides that is not checked, and one that is.
func checkedTokens(d *Decl, dir rules.Directive) []*Exercise {
	w := d.Package.world
	if !w.checks(d.Package) || d.fn == nil && d.field == nil && !d.isType() {
		return nil
	}
	role := roleOf(dir)
	switch {
	case (dir.Verb == "new" || dir.Verb == "parent") && d.saysHow():
		return nil // its other directives show it
	case dir.Verb == "new" || dir.Verb == "object" && dir.Words[0] == "jwt-check" || dir.Verb == "parent":
	case saysEvent(dir) && slices.Contains([]string{"unverified", "claims-unchecked", "verify", "returns-anyway", "claims"}, role):
	default:
		return nil
	}
	return event(d, dir, "check", func(p *program, x *Exercise, bad bool) {
		c := &checkPlan{x: x, bad: bad}
		line := p.checkedToken(c)
		if bad && p.err == nil {
			p.find(line, "jwt-unverified")
		}
	})
}

// saysHow reports whether a declaration says itself how a token is checked.
func (d *Decl) saysHow() bool {
	return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
		made, ok := d.newDirective()
		return slices.Contains([]string{"unverified", "claims-unchecked", "verify"}, roleOf(dir)) || roleOf(dir) == "secret" && ok && made.Words[0] == "option"
	})
}

// checks reports whether tokens can be checked with a package.
func (w *World) checks(p *Package) bool {
	return slices.ContainsFunc(p.Decls, func(d *Decl) bool {
		return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
			return len(dir.Words) > 0 && dir.Words[0] == "jwt-check" || slices.Contains([]string{"unverified", "claims-unchecked"}, roleOf(dir))
		})
	})
}

// checkPlan is what the check of a token is to be like.
type checkPlan struct {
	x   *Exercise
	bad bool
}

// checkedToken writes a program that reads a token, and returns the line that
// says that it is not checked.
func (p *program) checkedToken(c *checkPlan) int {
	u := p.w.universeOf(c.x.Decl.Package)
	for _, root := range u.rootsOf([]string{"jwt-check"}) {
		t := newTree(p, u, root, []string{"jwt-check"})
		if !t.readable(c) {
			continue
		}
		t.write(t.root)
		p.tree = t
		if !t.letDecide(c) {
			p.fail("nothing can be asked of the token")
		}
		return t.uncheckedLine(roleOf(c.x.Directive))
	}
	p.fail("no token can be read with it")
	return 0
}

// readable makes the tree one of a token that is read.
func (t *tree) readable(c *checkPlan) bool {
	dir := c.x.Directive
	must := t.mustOfCheck(c)
	if must != nil && !t.meet(must) {
		return false
	}
	off, role := c.bad, roleOf(dir)
	t.keep, t.lookAtError = true, role != "returns-anyway" || !off
	switch {
	case role == "returns-anyway":
		t.meet(t.checkKeyNeed())

	case role == "unverified" || role == "claims-unchecked":
		// The exercise's own directive says it.
	case off:
		if !t.meet(switchNeed("unverified", true)) && !t.meet(switchNeed("claims-unchecked", true)) {
			return false
		}
	}
	if role == "claims-unchecked" || !off && role != "unverified" && role != "returns-anyway" {
		t.meet(t.checkKeyNeed())
	}
	t.meet(t.readInto())
	return true
}

// mustOfCheck is the need that the exercise's own directive be used.
func (t *tree) mustOfCheck(c *checkPlan) *need {
	d, dir := c.x.Decl, c.x.Directive
	switch role := roleOf(dir); {
	case dir.Verb == "new" || dir.Verb == "parent":
		return &need{only: d, made: true}
	case dir.Verb == "object" || role == "claims":
		return nil
	case role == "unverified" || role == "claims-unchecked":
		_, value := dir.Arg("value")
		_, unless := dir.Arg("unless")
		if !value && !unless && !c.bad && d.field == nil {
			if made, ok := d.newDirective(); !ok || made.Words[0] != "jwt-check" {
				return &need{nothing: true}
			}
		}
		return c.x.must(switchTexts(dir, c.bad))
	case role == "verify":
		if c.bad {
			return &need{nothing: true}
		}
		return c.x.must(switchTexts(dir, true))
	}
	return c.x.must(nil)
}

// switchTexts are the arguments of a switch that is on or off.
func switchTexts(dir rules.Directive, on bool) map[string]text {
	texts := map[string]text{}
	if a, ok := dir.Arg("value"); ok && (a.Index >= 0) || dir.Verb == "field" {
		texts["value"] = raw(fmt.Sprint(on))
	}
	if a, ok := dir.Arg("unless"); ok && a.Index >= 0 {
		texts["unless"] = raw(fmt.Sprint(!on))
	}
	return texts
}

// switchNeed is the need for a switch.
func switchNeed(role string, on bool) *need {
	return &need{texts: func(_ *Decl, dir rules.Directive) (map[string]text, bool) {
		return switchTexts(dir, on), saysEvent(dir) && roleOf(dir) == role
	}}
}

// checkKeyNeed is the need for a key to check with.
func (t *tree) checkKeyNeed() *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "secret" || !saysEvent(dir) {
			return nil, false
		}
		if !slices.Contains(t.p.params, "key []byte") {
			t.p.params = append(t.p.params, "key []byte")
		}
		if takes(d, dir, "callback") {
			return map[string]text{"callback": {expr: "key"}}, true
		}
		return map[string]text{"key": {expr: "key", verbatim: true}}, takes(d, dir, "key")
	}}
}

// readInto is the need for a place in which the claims are read.
func (t *tree) readInto() *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		a, ok := dir.Arg("value")
		if roleOf(dir) != "claims" || dir.Verb != "on" || !ok || a.Index < 0 {
			return nil, false
		}
		place := d.paramType(a.Index)
		if slices.ContainsFunc(t.p.lines, func(line string) bool { return strings.Contains(line, "claims := ") }) {
			return nil, false
		}
		for _, x := range t.u.decls {
			if _, isMap := t.claimsType(x); isMap && types.AssignableTo(x.owner, place) {
				t.p.add("claims := %s{}", t.p.name(x.owner))
				return map[string]text{"value": {expr: "claims", verbatim: true}}, true
			}
		}
		t.p.add("claims := map[string]any{}")
		return map[string]text{"value": {expr: "&claims", verbatim: true}}, true
	}}
}

// claimsType reports whether a declaration is a type of claims, and of maps.
func (t *tree) claimsType(d *Decl) (claims, isMap bool) {
	if !d.isType() || t.u.w.kind(d.owner) != "jwt-claims" {
		return false, false
	}
	_, isMap = d.owner.Underlying().(*types.Map)
	return true, isMap
}

// letDecide lets a claim decide.
func (t *tree) letDecide(c *checkPlan) bool {
	p := t.p
	if c.x.Directive.Verb == "on" && roleOf(c.x.Directive) == "unverified" && !c.bad && !t.hasSwitch() {
		return true // nothing is asked of it
	}
	if slices.ContainsFunc(p.lines, func(line string) bool { return strings.Contains(line, "claims := ") }) {
		p.refuse(`claims["role"] != "admin"`)
		return true
	}
	if t.root.maker != nil && t.root.maker.d.isType() {
		return true // a configuration
	}
	for _, name := range []string{"Subject", "Claims", "Payload"} {
		obj, _, _ := types.LookupFieldOrMethod(t.root.have, true, nil, name)
		switch obj := obj.(type) {
		case *types.Func:
			switch sig := obj.Type().(*types.Signature); {
			case sig.Params().Len() > 0:
				continue
			case sig.Results().Len() == 2:
				p.add("subject, _ := %s.%s()", t.root.expr, name)
				p.refuse(`subject != "admin"`)
			case name == "Subject":
				p.refuse(`%s.Subject() != "admin"`, t.root.expr)
			default:
				p.asksJSON(t.root.expr + "." + name + "()")
			}
			return true
		case *types.Var:
			if name == "Payload" {
				p.asksJSON(t.root.expr + ".Payload")
				return true
			}
			for _, x := range t.u.decls {
				if _, isMap := t.claimsType(x); isMap && types.AssignableTo(x.owner, obj.Type()) {
					p.refuse(`%s.Claims.(%s)["role"] != "admin"`, t.root.expr, p.name(x.owner))
					return true
				}
			}
		}
	}
	return false
}

// asksJSON reads claims from JSON and asks for one.
func (p *program) asksJSON(expr string) {
	p.add("var claims struct{ Role string }")
	p.add("_ = %s(%s, &claims)", p.std("encoding/json", "Unmarshal"), expr)
	p.refuse(`claims.Role != "admin"`)
}

// hasSwitch reports whether the check has a switch that can be the other way.
func (t *tree) hasSwitch() bool {
	return t.anyStep(func(s *step) bool {
		return slices.ContainsFunc(s.given, func(g given) bool {
			_, value := g.texts["value"]
			_, unless := g.texts["unless"]
			r := roleOf(g.dir)
			return (r == "unverified" || r == "claims-unchecked") && (value || unless)
		})
	})
}

// uncheckedLine returns the line of the event that says that a token is not
// checked.
func (t *tree) uncheckedLine(own string) int {
	line := t.root.line
	roles := []string{"claims-unchecked", "unverified"}
	if slices.Contains(roles, own) {
		roles = []string{own}
	}
	for _, role := range roles {
		t.anyStep(func(s *step) bool {
			for _, dir := range s.d.Directives {
				if roleOf(dir) == role {
					line = s.line
				}
			}
			return false
		})
	}
	return line
}
