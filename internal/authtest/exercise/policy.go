package exercise

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// policyScenarios show what statements of password policies do, by policy.
var policyScenarios = map[string]func(p *program, d *Decl, dir rules.Directive, bad bool) (line int){
	"min-length":  minimumLength,
	"min-entropy": minimumEntropy,
	"generate":    generatedPassword,
	"pattern":     requiredPattern,
	"rules":       ruleOfField,
	"tag":         rulesAsText,
	"alias":       namedRules,
	"tag-name":    renamedTag,
	"score":       leastScore,
	"class":       requiredClass,
}

// policies returns the exercises of what states a rule for passwords: one that
// lets weak ones pass, and a stricter one.
func policies(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "policy" || d.fn == nil || policyScenarios[dir.Words[0]] == nil {
		return nil
	}
	return event(d, dir, "policy", func(p *program, _ *Exercise, bad bool) {
		line := policyScenarios[dir.Words[0]](p, d, dir, bad)
		if bad && p.err == nil && line >= 0 {
			p.find(line, "weak-password-policy")
		}
	})
}

// measured returns the exercises of what measures a password.
func measured(d *Decl, dir rules.Directive) []*Exercise {
	measures := dir.Verb == "transfer" && (dir.Words[0] == "length" || dir.Words[0] == "entropy")
	if !measures && (dir.Verb != "value" || dir.Words[0] != "strength") {
		return nil
	}
	return event(d, dir, "policy", func(p *program, _ *Exercise, bad bool) {
		var line int
		switch {
		case !measures:
			line = p.leastScore(d.scored(), bad)
		case dir.Words[0] == "entropy":
			line = p.refuse("%s < %s", p.ofPassword(d, dir, "value"), lessOrEnough(bad, "30", "80"))
		default:
			line = p.refuse("%s < %s", p.ofPassword(d, dir, "value"), lessOrEnough(bad, "4", "16"))
		}
		if bad && p.err == nil {
			p.find(line, "weak-password-policy")
		}
	})
}

// lessOrEnough returns what a policy asks for: too little, or enough.
func lessOrEnough(bad bool, little, enough string) string {
	if bad {
		return little
	}
	return enough
}

// chosen returns the parameter that is a password which somebody chooses.
func (p *program) chosen() string {
	if !slices.Contains(p.params, "password string") {
		p.params = append(p.params, "password string")
	}
	return "password"
}

// refuse refuses under a condition, and returns the line of the condition.
func (p *program) refuse(format string, args ...any) int {
	p.results = "error "
	return p.add("if %s { return %s(%q) }", fmt.Sprintf(format, args...), p.std("errors", "New"), "not accepted")
}

// refuseBy refuses by the result of a call: an error, or false.
func (p *program) refuseBy(d *Decl, call string) int {
	results := d.signature().Results()
	switch {
	case results.Len() == 2:
		ok := p.fresh("v")
		line := p.add("%s, _ := %s", ok, call)
		p.refuse("!%s", ok)
		return line
	case results.Len() == 1 && isError(results.At(0).Type()):
		return p.refuse("err := %s; err != nil", call)
	case results.Len() == 1 && types.Identical(results.At(0).Type().Underlying(), types.Typ[types.Bool]):
		return p.refuse("!%s", call)
	}
	p.fail("nothing is refused by its result")
	return 0
}

// ofPassword writes a call that is given the password that is chosen.
func (p *program) ofPassword(d *Decl, dir rules.Directive, name string) string {
	a, _ := dir.Arg(name)
	return p.call(d, "", arguments{a.Index: {p.carry(d.paramType(a.Index), text{expr: p.chosen()})}})
}

// numeral writes a number for a place that takes one, or takes it as text.
func (p *program) numeral(t types.Type, n string) string {
	if isText(t) {
		return p.carry(t, literal(n))
	}
	return n
}

// withTarget writes a call with the password as its target and one more
// argument.
func (p *program) withTarget(d *Decl, dir rules.Directive, name, expr string) string {
	given := arguments{}
	if a, ok := dir.Arg("target"); ok {
		given[a.Index] = []string{p.carry(d.paramType(a.Index), text{expr: p.chosen()})}
	}
	if a, ok := dir.Arg("max"); ok {
		given[a.Index] = []string{"72"}
	}
	if a, ok := dir.Arg(name); ok && a.Index >= 0 {
		given[a.Index] = []string{expr}
	}
	return p.call(d, "", given)
}

// minimumLength asks for a length.
func minimumLength(p *program, d *Decl, dir rules.Directive, bad bool) int {
	a, _ := dir.Arg("value")
	call := p.withTarget(d, dir, "value", p.numeral(d.paramType(a.Index), lessOrEnough(bad, "4", "16")))
	if _, ok := dir.Arg("target"); ok {
		return p.refuseBy(d, call)
	}
	return p.asRule(d, call)
}

// asRule gives a rule to the password of a struct.
func (p *program) asRule(d *Decl, rule string) int {
	i := slices.IndexFunc(d.Package.Decls, func(x *Decl) bool {
		return x.fn != nil && slices.ContainsFunc(x.Directives, func(dir rules.Directive) bool { return dir.Verb == "policy" && dir.Words[0] == "rules" })
	})
	if i < 0 {
		p.fail("nothing takes rules")
		return 0
	}
	return p.ruledBy(d.Package.Decls[i], rule)
}

// ruledBy gives a rule to the password of a struct by a declaration.
func (p *program) ruledBy(d *Decl, rule string) int {
	p.decls = append(p.decls, "type signUp struct {\n\tPassword string\n}")
	p.params = append(p.params, "form *signUp")
	return p.discard(d, p.call(d, "", arguments{0: {"&form.Password"}, 1: {rule}}))
}

// ruleOfField gives a field a rule of the same package.
func ruleOfField(p *program, d *Decl, _ rules.Directive, bad bool) int {
	for _, x := range d.Package.Decls {
		for _, dir := range x.Directives {
			if x.fn != nil && dir.Verb == "policy" && dir.Words[0] == "min-length" {
				return p.ruledBy(d, p.withTarget(x, dir, "value", lessOrEnough(bad, "4", "16")))
			}
		}
	}
	p.fail("no rule")
	return 0
}

// requiredPattern asks for a pattern.
func requiredPattern(p *program, d *Decl, dir rules.Directive, bad bool) int {
	pattern := text{expr: fmt.Sprintf("`^.{%s,72}$`", lessOrEnough(bad, "4", "16")), constant: true}
	a, _ := dir.Arg("value")
	if a.Index < 0 {
		t, _ := dir.Arg("target")
		re := p.local(p.std("regexp", "MustCompile") + "(" + pattern.expr + ")")
		given := arguments{t.Index: {p.carry(d.paramType(t.Index), text{expr: p.chosen()})}}
		p.refuseBy(d, p.call(d, re, given))
		return p.lineOf(pattern.expr)
	}
	if !isText(d.paramType(a.Index)) {
		return p.asRule(d, p.withTarget(d, dir, "value", p.std("regexp", "MustCompile")+"("+pattern.expr+")"))
	}
	return p.refuseBy(d, p.withTarget(d, dir, "value", p.carry(d.paramType(a.Index), pattern)))
}

// compiled returns the exercises of what makes a pattern of a text.
func compiled(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || d.fn == nil || d.signature().Results().Len() == 0 {
		return nil
	}
	owner := pointee(d.signature().Results().At(0).Type())
	i := slices.IndexFunc(d.Package.Decls, func(x *Decl) bool {
		return x.fn != nil && x.owner != nil && x.owner == owner && slices.ContainsFunc(x.Directives, func(dir rules.Directive) bool {
			return dir.Verb == "policy" && dir.Words[0] == "pattern"
		})
	})
	if i < 0 {
		return nil
	}
	return event(d, dir, "policy", func(p *program, _ *Exercise, bad bool) {
		re := p.fresh("v")
		rest := strings.Repeat(", _", d.signature().Results().Len()-1)
		p.add("%s%s := %s(`^.{%s,72}$`)", re, rest, p.ref(d.fn), lessOrEnough(bad, "4", "16"))
		match := d.Package.Decls[i]
		p.refuseBy(match, p.call(match, re, arguments{0: {p.carry(match.paramType(0), text{expr: p.chosen()})}}))
		if bad {
			p.findText("`^.{4", "weak-password-policy")
		}
	})
}

// minimumEntropy asks for bits.
func minimumEntropy(p *program, d *Decl, dir rules.Directive, bad bool) int {
	return p.refuseBy(d, p.withTarget(d, dir, "value", lessOrEnough(bad, "30", "80")))
}

// generatedPassword makes a password of some length.
func generatedPassword(p *program, d *Decl, dir rules.Directive, bad bool) int {
	a, _ := dir.Arg("length")
	given := arguments{a.Index: {lessOrEnough(bad, "6", "24")}}
	for name, value := range map[string]string{"digits": "2", "symbols": "2", "no-upper": "false", "repeat": "true"} {
		if a, ok := dir.Arg(name); ok && a.Index >= 0 {
			given[a.Index] = []string{value}
		}
	}
	return p.discard(d, p.call(d, "", given))
}

// ruleText writes a minimum in a grammar of struct tags.
func ruleText(grammar string, bad bool) string {
	least := lessOrEnough(bad, "4", "16")
	switch grammar {
	case "govalidator":
		return "length(" + least + "|72),required"
	case "minimum":
		return least
	}
	return "required,min=" + least
}

// rulesAsText gives rules as text.
func rulesAsText(p *program, d *Decl, dir rules.Directive, bad bool) int {
	grammar, _ := dir.Arg("grammar")
	return p.discard(d, p.withTarget(d, dir, "rules", literal(ruleText(grammar.Text, bad)).expr))
}

// namedRules gives rules a name, which a struct tag uses.
func namedRules(p *program, d *Decl, dir rules.Directive, bad bool) int {
	name, _ := dir.Arg("name")
	body, _ := dir.Arg("rules")
	grammar, _ := dir.Arg("grammar")
	p.discard(d, p.call(d, "", arguments{name.Index: {`"strongword"`}, body.Index: {literal(ruleText(grammar.Text, bad)).expr}}))
	return p.tagged("validate", "strongword", bad)
}

// renamedTag makes another key of struct tags one for rules.
func renamedTag(p *program, d *Decl, dir rules.Directive, bad bool) int {
	name, _ := dir.Arg("name")
	grammar, _ := dir.Arg("grammar")
	p.discard(d, p.call(d, "", arguments{name.Index: {`"checked"`}}))
	return p.tagged("checked", ruleText(grammar.Text, bad), bad)
}

// tagged declares a struct with a tag, at which the finding is.
func (p *program) tagged(key, rule string, bad bool) int {
	p.decls = append(p.decls, "type signUp struct {\n\tPassword string `"+key+":"+literal(rule).expr+"`\n}")
	p.add("_ = signUp{}")
	if bad {
		p.findDecl(key+`:"`, "weak-password-policy")
	}
	return -1
}

// leastScore asks for a score.
func leastScore(p *program, d *Decl, _ rules.Directive, bad bool) int { return p.leastScore(d, bad) }

// scored returns the function whose result has a field, and which estimates the
// strength of a password.
func (d *Decl) scored() *Decl {
	for _, pkg := range d.Package.world.Packages {
		for _, x := range pkg.Decls {
			scores := x.fn != nil && slices.ContainsFunc(x.Directives, func(dir rules.Directive) bool { return dir.Verb == "policy" && dir.Words[0] == "score" })
			if scores && x.signature().Results().Len() > 0 && pointee(x.signature().Results().At(0).Type()) == d.owner {
				return x
			}
		}
	}
	return nil
}

func (p *program) leastScore(d *Decl, bad bool) int {
	if d == nil {
		p.fail("nothing scores")
		return 0
	}
	return p.refuse("%s.Score < %s", p.call(d, "", arguments{0: {p.chosen()}}), lessOrEnough(bad, "1", "4"))
}

// requiredClass asks for all classes of characters, or leaves that of the
// declaration out; a provider asks for all.
func requiredClass(p *program, d *Decl, _ rules.Directive, bad bool) int {
	p.params = append(p.params, "infobipPassword string")
	mine, _ := d.Directives[0].Arg("name")
	for _, x := range d.Package.Decls {
		for _, dir := range x.Directives {
			class, _ := dir.Arg("name")
			other := dir.Verb == "policy" && dir.Words[0] == "class" && class.Text != mine.Text
			if x.fn == nil || x.Key != d.Key && !other || x.Key == d.Key && bad {
				continue
			}
			p.refuse("!%s(infobipPassword, %s)", p.std("strings", "ContainsFunc"), p.ref(x.fn))
		}
	}
	return p.refuse("len(infobipPassword) < 12")
}
