package exercise

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// tokenRoles are the roles that take part in the making of a token.
var tokenRoles = []string{"claims", "claim", "sign", "algorithm", "lifetime", "secret"}

// signedTokens returns the exercises of what takes part in the signing of a
// token: one that is valid for long, and one that is not.
func signedTokens(d *Decl, dir rules.Directive) []*Exercise {
	takesPart := slices.Contains([]string{"new", "object", "fluent", "parent", "part", "value"}, dir.Verb) || saysEvent(dir) && slices.Contains(tokenRoles, roleOf(dir))
	unsigned := slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
		a, ok := dir.Arg("value")
		return roleOf(dir) == "algorithm" && ok && a.Quoted
	})
	if !takesPart || unsigned || !d.Package.world.signs(d.Package) || d.fn == nil && d.field == nil && !d.isType() {
		return nil
	}
	return event(d, dir, "token", func(p *program, x *Exercise, bad bool) {
		line := p.signedToken(&tokenPlan{x: x, long: bad})
		if bad && p.err == nil {
			p.find(line, "long-lived-token")
		}
	})
}

// signs reports whether tokens can be signed with a package.
func (w *World) signs(p *Package) bool {
	return slices.ContainsFunc(w.universeOf(p).decls, func(d *Decl) bool {
		return d.Package.Model.Module == p.Model.Module && slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
			return roleOf(dir) == "sign" || dir.Verb == "object" && dir.Words[0] == "jwt-token"
		})
	})
}

// tokenPlan is what the token of a program is to be like.
type tokenPlan struct {
	x    *Exercise
	long bool // valid for long
	// algorithm and key are expressions, chosen if they are empty.
	algorithm, key string
	claimsLine     int
	must           *need
	keyAt          *Decl
}

// signedToken writes a program that signs a token, and returns the line that
// says how long it is valid.
func (p *program) signedToken(want *tokenPlan) int {
	u := p.w.universeOf(want.x.Decl.Package)
	want.claimsLine = -1
	for _, root := range u.rootsOf([]string{"jwt-token"}) {
		t := newTree(p, u, root, []string{"jwt-token"})
		lines := len(p.lines)
		if !t.signable(want) {
			p.lines = p.lines[:lines]
			continue
		}
		t.write(t.root)
		p.tree = t
		if want.claimsLine < 0 {
			return t.lineOfRole("lifetime")
		}
		return want.claimsLine
	}
	p.fail("no token can be signed with it")
	return 0
}

// signable makes the tree one of a token that is signed.
func (t *tree) signable(want *tokenPlan) bool {
	d := want.x.Decl
	if m := t.mustOfToken(want); m != nil && !t.meet(m) {
		return false
	}
	lasts := roleOf(want.x.Directive) == "lifetime" && t.meet(t.lifetimeNeed(want))
	if !lasts && !t.meet(t.claimsNeed(want)) {
		lasts = t.meet(t.lifetimeNeed(want))
		if !lasts {
			return false
		}
	}
	if !t.hasRole("secret") {
		t.meet(t.keyNeed(want))
	}
	if !t.hasRole("algorithm") {
		t.meet(t.algorithmNeed(want))
	}
	if !t.hasRole("sign") && !t.meet(bareNeed("sign")) && !lasts {
		return false
	}
	return d.isType() || d.fn == nil || want.must != nil && want.must.nothing || t.uses(d) || t.p.mentions(d)
}

// mustOfToken is the need that the exercise's own directive be used, nil if that
// is met by the claims, which are written apart.
func (t *tree) mustOfToken(want *tokenPlan) *need {
	d, dir := want.x.Decl, want.x.Directive
	switch {
	case want.must != nil:
		return want.must
	case slices.Contains(tokenRoles[:1], roleOf(dir)), roleOf(dir) == "claim", roleOf(dir) == "lifetime", d.isType():
		return nil
	case dir.Verb == "new" && dir.Words[0] == "jwt-claims" && !lastsByItself(d):
		return nil
	case dir.Verb == "new":
		return &need{only: d, made: true}
	case roleOf(dir) == "algorithm" || roleOf(dir) == "secret":
		return nil
	case roleOf(dir) == "sign":
		return &need{only: d, texts: func(_ *Decl, other rules.Directive) (map[string]text, bool) { return nil, roleOf(other) == "sign" }}
	}
	return nil
}

// lastsByItself reports whether a call says how long a token is valid.
func lastsByItself(d *Decl) bool {
	return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "lifetime" })
}

// hasRole reports whether a step gives an event of a role.
func (t *tree) hasRole(role string) bool {
	return t.anyStep(func(s *step) bool {
		return slices.ContainsFunc(s.given, func(g given) bool { return roleOf(g.dir) == role }) ||
			role == "sign" && slices.ContainsFunc(s.d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == role })
	})
}

// uses reports whether a step uses a declaration.
func (t *tree) uses(d *Decl) bool { return t.anyStep(func(s *step) bool { return s.d == d }) }

func (t *tree) anyStep(f func(s *step) bool) bool {
	for _, n := range t.nodes {
		if slices.ContainsFunc(n.steps, f) || n.made != nil && f(n.made) {
			return true
		}
	}
	return slices.ContainsFunc(t.inside, f)
}

// lineOfRole returns the line of the last event of a role.
func (t *tree) lineOfRole(role string) int {
	line := t.root.line
	t.anyStep(func(s *step) bool {
		if slices.ContainsFunc(s.d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == role }) {
			line = s.line
		}
		return false
	})
	return line
}

// mentions reports whether a declaration is used in what is written already.
func (p *program) mentions(d *Decl) bool {
	return slices.ContainsFunc(p.lines, func(line string) bool { return strings.Contains(line, "."+d.fn.Name()+"(") })
}

// bareNeed is the need for an event, whatever its arguments.
func bareNeed(role string) *need {
	return &need{texts: func(_ *Decl, dir rules.Directive) (map[string]text, bool) {
		return nil, saysEvent(dir) && roleOf(dir) == role
	}}
}

// lifetimeNeed is the need for a length of time that a token is valid.
func (t *tree) lifetimeNeed(want *tokenPlan) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "lifetime" || !saysEvent(dir) || !takes(d, dir, "value") || d.fn != nil && slotOf(dir.Words[0]) != slotResult {
			return nil, false
		}
		if unit, ok := dir.Arg("unit"); ok && unit.Quoted {
			seconds := lessOrEnough(want.long, "31536000", "3600")
			return map[string]text{"value": raw(seconds)}, d.owner != nil && t.u.w.kind(d.owner) == "jwt-token"
		}
		return map[string]text{"value": {expr: t.p.lasting(want.long), verbatim: true}}, true
	}}
}

// keyNeed is the need for a signing key.
func (t *tree) keyNeed(want *tokenPlan) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "secret" || !saysEvent(dir) || !takes(d, dir, "key") {
			return nil, false
		}
		key := want.key
		if key == "" {
			key = "key"
			if !slices.Contains(t.p.params, "key []byte") {
				t.p.params = append(t.p.params, "key []byte")
			}
		}
		want.keyAt = d
		return map[string]text{"key": {expr: key, verbatim: true}}, true
	}}
}

// algorithmNeed is the need for an algorithm: one with a shared key.
func (t *tree) algorithmNeed(want *tokenPlan) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		if roleOf(dir) != "algorithm" || !saysEvent(dir) || !takes(d, dir, "value") {
			return nil, false
		}
		at, place := d.field, types.Type(nil)
		if at != nil {
			place = at.Type()
		} else {
			a, _ := dir.Arg("value")
			place = d.paramType(a.Index)
		}
		expr := want.algorithm
		if expr == "" {
			expr = t.algorithm("hmac", place)
		}
		return map[string]text{"value": {expr: expr, verbatim: true}}, true
	}}
}

// algorithm returns an algorithm of a role for a place.
func (t *tree) algorithm(role string, place types.Type) string {
	for _, d := range t.u.decls {
		is := slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return dir.Verb == "value" && dir.Words[0] == role })
		switch {
		case !is:
		case d.fn != nil && types.AssignableTo(d.signature().Results().At(0).Type(), place):
			return t.p.ref(d.fn) + "()"
		case d.fn == nil && d.value != nil && !d.isType() && types.AssignableTo(d.value.Type(), place):
			return t.p.ref(d.value)
		}
	}
	return map[string]string{"hmac": `"HS256"`, "unsigned": `"none"`}[role]
}

// claimsNeed is the need for claims, which are written apart.
func (t *tree) claimsNeed(want *tokenPlan) *need {
	return &need{texts: func(d *Decl, dir rules.Directive) (map[string]text, bool) {
		place := types.Type(nil)
		switch a, ok := dir.Arg("value"); {
		case roleOf(dir) == "claims" && dir.Verb == "on" && ok && a.Index >= 0:
			place = d.paramType(a.Index)
		case dir.Verb == "part" && d.field != nil && namedType(d.field.Type()) != nil && t.u.w.kind(namedType(d.field.Type())) == "jwt-claims":
			place = d.field.Type()
		default:
			return nil, false
		}
		expr, line, ok := t.p.claims(want, place)
		if !ok {
			return nil, false
		}
		want.claimsLine = line
		return map[string]text{"value": {expr: expr, verbatim: true}}, true
	}}
}

// claims writes claims for a place, and returns the line with their time of
// expiry. The exercise's own declaration is used for them if it can be.
func (p *program) claims(want *tokenPlan, place types.Type) (expr string, line int, ok bool) {
	d := want.x.Decl
	var named []*Decl
	for _, x := range append([]*Decl{d}, p.w.universeOf(d.Package).decls...) {
		if x.isType() && x.Package.Model.Module == d.Package.Model.Module && slices.ContainsFunc(x.Directives, func(dir rules.Directive) bool { return dir.Verb == "entry" }) {
			named = append(named, x)
		}
	}
	for _, x := range named {
		if expr, line, ok := p.claimsOfType(want, x, place); ok {
			return expr, line, true
		}
	}
	if expr, line, ok := p.builtClaims(want, place); ok {
		return expr, line, true
	}
	return p.claimsMap(want, place)
}

// claimsOfType writes a value of a type whose entries are claims.
func (p *program) claimsOfType(want *tokenPlan, x *Decl, place types.Type) (expr string, line int, ok bool) {
	for _, t := range []types.Type{x.owner, types.NewPointer(x.owner)} {
		if !types.AssignableTo(t, place) {
			continue
		}
		amp := map[bool]string{true: "&"}[t != x.owner]
		switch u := x.owner.Underlying().(type) {
		case *types.Map:
			line = p.add("claims := %s%s{%q: %q, %q: %s.Unix()}", amp, p.name(x.owner), "sub", "1", "exp", p.later(want.long))
			return "claims", line, true
		case *types.Struct:
			for i := range u.NumFields() {
				if tag, _, _ := strings.Cut(reflect.StructTag(u.Tag(i)).Get("json"), ","); tag == "exp" {
					line = p.add("claims := %s%s{%s: %s}", amp, p.name(x.owner), u.Field(i).Name(), p.moment(x, u.Field(i).Type(), p.later(want.long)))
					return "claims", line, true
				}
			}
		}
	}
	return "", 0, false
}

// moment writes a time for a place, by a function of the package if need be.
func (p *program) moment(x *Decl, place types.Type, time string) string {
	if b, ok := place.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		return time + ".Unix()"
	}
	for _, d := range x.Package.Decls {
		if d.fn != nil && d.owner == nil && d.signature().Results().Len() == 1 && d.signature().Params().Len() == 1 && types.Identical(d.signature().Results().At(0).Type(), place) {
			return p.ref(d.fn) + "(" + time + ")"
		}
	}
	return time
}

// claimsMap writes a map for a place that takes anything, or such a map.
func (p *program) claimsMap(want *tokenPlan, place types.Type) (expr string, line int, ok bool) {
	m := types.NewMap(types.Typ[types.String], types.NewInterfaceType(nil, nil))
	if !types.AssignableTo(m, place) {
		return "", 0, false
	}
	if d := want.x.Decl; d.fn != nil && want.x.Directive.Verb == "on" && want.x.Directive.Words[0] == "arg0" {
		p.add("claims := map[string]any{%q: %q}", "sub", "1")
		value := p.later(want.long)
		if roleOf(want.x.Directive) == "lifetime" {
			value = p.lasting(want.long)
		}
		a, _ := want.x.Directive.Arg("value")
		return "claims", p.discard(d, p.call(d, "", arguments{0: {"claims"}, a.Index: {value}})), true
	}
	return "claims", p.add("claims := map[string]any{%q: %q, %q: %s.Unix()}", "sub", "1", "exp", p.later(want.long)), true
}

// builtClaims writes claims that calls make and fill.
func (p *program) builtClaims(want *tokenPlan, place types.Type) (expr string, line int, ok bool) {
	for _, first := range []bool{true, false} {
		for _, made := range p.w.universeOf(want.x.Decl.Package).decls {
			dir, ok := made.newDirective()
			if !ok || dir.Words[0] != "jwt-claims" || made.owner != nil || made.Package != want.x.Decl.Package {
				continue
			}
			t := made.signature().Results().At(0).Type()
			preferred := want.x.Decl == made || want.x.Decl.owner != nil && pointee(t) == want.x.Decl.owner
			if first != preferred {
				continue
			}
			if expr, line, ok := p.build(want, made, t, place); ok {
				return expr, line, true
			}
		}
	}
	return "", 0, false
}

// build makes claims and says when they expire.
func (p *program) build(want *tokenPlan, made *Decl, t, place types.Type) (expr string, line int, ok bool) {
	d := want.x.Decl
	finish := ""
	if !types.AssignableTo(t, place) {
		for _, x := range made.Package.Decls {
			if x.fn != nil && x.owner == pointee(t) && x.signature().Results().Len() == 2 && types.Identical(x.signature().Results().At(0).Type(), place) {
				finish = x.fn.Name()
			}
		}
		if finish == "" {
			return "", 0, false
		}
	}
	v := p.local(p.call(made, "", arguments{}))
	expires := made.expirySetter(pointee(t), d)
	if expires == nil {
		return "", 0, false
	}
	if d.fn != nil && roleOf(want.x.Directive) == "claim" && expires != d && d.owner == pointee(t) {
		p.discard(d, p.call(d, v, arguments{0: {`"1"`}}))
	}
	given := arguments{0: {`"exp"`}, 1: {p.later(want.long)}}
	if expires.signature().Params().Len() == 1 {
		given = arguments{0: {p.later(want.long)}}
	}
	line = p.discard(expires, p.call(expires, v, given))
	if finish == "" {
		return v, line, true
	}
	token := p.fresh("v")
	p.add("%s, _ := %s.%s()", token, v, finish)
	return token, line, true
}

// expirySetter returns the method of a type that sets the time of expiry,
// prefer if that can.
func (d *Decl) expirySetter(owner *types.Named, prefer *Decl) *Decl {
	var found *Decl
	for _, x := range d.Package.Decls {
		if x.fn == nil || x.owner != owner {
			continue
		}
		for _, dir := range x.Directives {
			name, ok := dir.Arg("name")
			if roleOf(dir) == "claim" && ok && (name.Index >= 0 || name.Text == "exp") && (found == nil || x == prefer) {
				found = x
			}
		}
	}
	return found
}

// signingAlgorithms returns the exercises of the values that are algorithms: a
// shared key that can be guessed, and no signature at all.
func signingAlgorithms(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "hmac" && dir.Words[0] != "unsigned" || d.isType() {
		return nil
	}
	return event(d, dir, "algorithm", func(p *program, x *Exercise, bad bool) {
		value := ""
		if d.fn != nil {
			value = p.ref(d.fn) + "()"
		} else {
			value = p.ref(d.value)
		}
		plan, rule := &tokenPlan{x: x, must: &need{nothing: true}}, "jwt-weak-key"
		if dir.Words[0] == "unsigned" {
			rule = "jwt-unverified"
			if _, isConst := d.value.(*types.Const); isConst {
				plan.key = value
			} else {
				plan.algorithm = value
			}
			if !bad {
				plan.key, plan.algorithm = "", ""
			}
		} else {
			plan.algorithm, plan.key = value, `[]byte("your-secret-key")`
			if !bad {
				plan.key = ""
			}
		}
		p.signedToken(plan)
		if bad && p.err == nil {
			text := value
			if rule == "jwt-weak-key" {
				text = plan.key
			}
			p.findText(text, rule)
		}
	})
}

// weakAlgorithms returns the exercises of what is given an algorithm: none.
func weakAlgorithms(d *Decl, dir rules.Directive) []*Exercise {
	if roleOf(dir) != "algorithm" || !saysEvent(dir) || !d.Package.world.signs(d.Package) {
		return nil
	}
	return event(d, dir, "algorithm", func(p *program, x *Exercise, bad bool) {
		place := types.Type(nil)
		a, ok := dir.Arg("value")
		switch {
		case d.field != nil:
			place = d.field.Type()
		case ok && a.Index >= 0:
			place = d.paramType(a.Index)
		}
		plan := &tokenPlan{x: x}
		t := &tree{p: p, u: p.w.universeOf(d.Package)}
		role := map[bool]string{true: "unsigned", false: "hmac"}[bad]
		switch {
		case place != nil:
			plan.algorithm = t.algorithm(role, place)
			plan.must = x.must(map[string]text{"value": {expr: plan.algorithm, verbatim: true}})
		case bad:
			plan.must = x.must(nil)
		default:
			plan.must = &need{nothing: true}
		}
		p.signedToken(plan)
		if bad && p.err == nil {
			p.find(p.tree.lineOf(d), "jwt-unverified")
		}
	})
}

// callbackLiterals returns the exercises of a function that is asked for a
// credential: it returns one from the source, or from the environment.
func callbackLiterals(d *Decl, dir rules.Directive) []*Exercise {
	if !saysEvent(dir) || !takes(d, dir, "callback") || !slices.Contains([]string{"secret", "auth-key", "auth-password"}, roleOf(dir)) {
		return nil
	}
	return event(d, dir, "literal callback", func(p *program, _ *Exercise, bad bool) {
		value := p.env("APP_CREDENTIAL")
		if bad {
			value = p.secret("")
		}
		value.expr = fmt.Sprint(value.expr)
		p.apply(d, dir, map[string]text{"callback": value}, false)
		if bad {
			p.findText(value.expr, "hardcoded-credential")
		}
	})
}

// sentTokens returns the exercises of the text of a token that is signed here: a
// provider that takes only its own is sent it, or someone else.
func sentTokens(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "signed-token" {
		return nil
	}
	return event(d, dir, "sent", func(p *program, _ *Exercise, bad bool) {
		expr, t := p.yield(d, dir, nil)
		host := map[bool]string{true: "us.sms.api.sinch.com", false: publicHost}[bad]
		req := p.fresh("v")
		p.add("%s, _ := %s(%q, %q, nil)", req, p.std("net/http", "NewRequest"), "POST", "https://"+host+"/xms/v1/plan/batches")
		line := p.add("%s.Header.Set(%q, %q + %s)", req, "Authorization", "Bearer ", p.asString(expr, t))
		if slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return roleOf(dir) == "sign" }) {
			line = p.lineOf("." + d.fn.Name() + "(") // told where it is signed
		}
		if bad {
			p.find(line, "locally-signed-token")
		}
	})
}
