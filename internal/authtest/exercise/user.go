package exercise

import (
	"slices"

	"github.com/authlint/authlint/rules"
)

// users returns the exercises of a field that holds the account of a login: the
// password of the anonymous one is public.
func users(d *Decl, dir rules.Directive) []*Exercise {
	if d.field == nil || len(d.path) > 1 || dir.Verb != "field" || len(dir.Words) < 2 || dir.Words[1] != "user" {
		return nil
	}
	return event(d, dir, "anonymous", func(p *program, x *Exercise, bad bool) {
		sibling, arg := d.secretBeside(dir)
		if sibling == nil {
			p.fail("no credential beside it")
			return
		}
		name := "anonymous"
		if bad {
			name = "svc-mail"
		}
		user, secret := p.carry(d.field.Type(), literal(name)), p.carry(sibling.field.Type(), p.secret(arg))
		v := p.param(pointerTo(d.owner))
		p.add("%s.%s = %s", v, d.field.Name(), user)
		line := p.add("%s.%s = %s", v, sibling.field.Name(), secret)
		if bad {
			p.find(line, "hardcoded-credential")
		}
	})
}

// secretBeside returns the field of the same struct and role that holds the
// credential, and which argument it is.
func (d *Decl) secretBeside(dir rules.Directive) (*Decl, string) {
	for _, s := range d.Package.Decls {
		if s.field == nil || s.owner != d.owner || len(s.path) > 1 {
			continue
		}
		for _, other := range s.Directives {
			if other.Verb == "field" && roleOf(other) == roleOf(dir) && len(other.Words) > 1 && slices.Contains(secretArguments, other.Words[1]) {
				return s, other.Words[1]
			}
		}
	}
	return nil, ""
}
