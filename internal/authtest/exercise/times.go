package exercise

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/authlint/authlint/rules"
)

// jwtPath is the import path of a library whose tokens last as long as they say.
const jwtPath = "github.com/golang-jwt/jwt/v5"

// moments are the operations on times and lengths of time.
var moments = map[string]func(p *program, d *Decl, dir rules.Directive, bad bool) (expiry string){
	"time-add": func(p *program, d *Decl, dir rules.Directive, bad bool) string {
		return p.call(d, p.now(), arguments{0: {p.lasting(bad)}})
	},
	"time-add-date": func(p *program, d *Decl, dir rules.Directive, bad bool) string {
		return p.call(d, p.now(), arguments{0: {lessOrEnough(bad, "1", "0")}, 1: {"0"}, 2: {lessOrEnough(bad, "0", "1")}})
	},
	"same": func(p *program, d *Decl, dir rules.Directive, bad bool) string {
		a, _ := dir.Arg("value")
		if a.Index < 0 {
			return p.call(d, p.later(bad), arguments{})
		}
		return p.call(d, "", arguments{a.Index: {p.later(bad)}})
	},
	"time-count":     counted,
	"time-of":        restored,
	"duration":       parsedDuration,
	"duration-count": countedDuration,
	"from-now": func(p *program, d *Decl, dir rules.Directive, bad bool) string {
		a, _ := dir.Arg("by")
		return p.call(d, "", arguments{a.Index: {p.lasting(bad)}})
	},
}

// isTime reports whether an operation is on times.
func isTime(d *Decl, dir rules.Directive) bool {
	if dir.Words[0] != "same" {
		return true
	}
	a, ok := dir.Arg("value")
	if !ok || d.fn == nil {
		return false
	}
	t := types.Type(nil)
	switch {
	case a.Index >= 0:
		t = d.paramType(a.Index)
	case d.signature().Recv() != nil:
		t = d.signature().Recv().Type()
	}
	n := pointee(t)
	return n != nil && pathOf(n.Obj()) == "time"
}

// times returns the exercises of an operation on times: a token that lasts for
// long, and one that does not.
func times(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || d.fn == nil || moments[dir.Words[0]] == nil || !isTime(d, dir) {
		return nil
	}
	return event(d, dir, "token", func(p *program, _ *Exercise, bad bool) {
		p.lasts(moments[dir.Words[0]](p, d, dir, bad), bad)
	})
}

// nows returns the exercises of the time of the call: of another time it is not
// known how far ahead it is.
func nows(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "now" {
		return nil
	}
	return event(d, dir, "token", func(p *program, _ *Exercise, bad bool) {
		from := p.ref(d.fn) + "()"
		if !bad {
			from = p.param(d.signature().Results().At(0).Type())
		}
		p.lasts(from+".Add("+p.lasting(true)+")", bad)
	})
}

// lasts signs a token with a time of expiry.
func (p *program) lasts(expiry string, bad bool) {
	line := p.add("%s := %s{%q: %q, %q: %s}", "claims", p.std(jwtPath, "MapClaims"), "sub", "1", "exp", expiry)
	p.params = append(p.params, "key []byte")
	p.add("_, _ = %s(%s, claims).SignedString(key)", p.jwt("NewWithClaims"), p.jwt("SigningMethodHS256"))
	if bad {
		p.find(line, "long-lived-token")
	}
}

// jwt returns the qualified name of something in the library of tokens.
func (p *program) jwt(name string) string { return p.use(jwtPath, "jwt") + "." + name }

func (p *program) now() string { return p.std("time", "Now") + "()" }

// lasting is a length of time, too long for a token or not.
func (p *program) lasting(bad bool) string {
	return lessOrEnough(bad, "90 * 24", "1") + " * " + p.std("time", "Hour")
}

// later is a time that is too far ahead for a token, or not.
func (p *program) later(bad bool) string { return p.now() + ".Add(" + p.lasting(bad) + ")" }

// counted counts a time in units; what is no second is counted down to seconds.
func counted(p *program, d *Decl, dir rules.Directive, bad bool) string {
	call := p.call(d, p.later(bad), arguments{})
	unit, _ := dir.Arg("unit")
	divisor := map[string]string{"1s": "", "1ms": " / 1000", "1us": " / 1000000", "1ns": " / 1000000000"}[unit.Text]
	return call + divisor
}

// restored makes a time of the number that stands for one.
func restored(p *program, d *Decl, dir rules.Directive, bad bool) string {
	given := arguments{}
	for i := range d.signature().Params().Len() {
		given[i] = []string{"0"}
	}
	given[0] = []string{p.later(bad) + "." + d.fn.Name() + "()"}
	return p.call(d, "", given)
}

// parsedDuration reads a length of time.
func parsedDuration(p *program, d *Decl, dir rules.Directive, bad bool) string {
	length := p.fresh("v")
	p.add("%s, _ := %s", length, p.call(d, "", arguments{0: {literal(lessOrEnough(bad, "2160h", "1h")).expr}}))
	return p.now() + ".Add(" + length + ")"
}

// countedDuration counts a length of time in units, and adds so many.
func countedDuration(p *program, d *Decl, dir rules.Directive, bad bool) string {
	length := p.fresh("v")
	p.add("%s := %s", length, p.lasting(bad))
	unit, _ := dir.Arg("unit")
	name := map[string]string{"1s": "Second", "1m": "Minute", "1h": "Hour", "1ms": "Millisecond"}[unit.Text]
	return fmt.Sprintf("%s.Add(%s(%s) * %s)", p.now(), p.std("time", "Duration"), p.call(d, length, arguments{}), p.std("time", name))
}

// sessions returns the exercises of how long a session lasts: the field of a
// cookie, or a setting of a store of sessions.
func sessions(d *Decl, dir rules.Directive) []*Exercise {
	role := roleOf(dir)
	if !saysEvent(dir) || role != "lifetime" && role != "claim" || !takes(d, dir, "value") {
		return nil
	}
	name, _ := dir.Arg("name")
	if unit, ok := dir.Arg("unit"); role == "lifetime" && (!ok || unit.Text != "1s") {
		return nil
	}
	if role == "claim" && name.Text != "exp" {
		return nil
	}
	owner := d.owner
	if owner == nil {
		return nil
	}
	switch d.Package.world.kind(owner) {
	case "http-cookie", "session", "jwt-token":
	default:
		return nil
	}
	return event(d, dir, "session", func(p *program, _ *Exercise, bad bool) {
		value := p.later(bad)
		if role == "lifetime" {
			value = lessOrEnough(bad, "31536000", "3600")
		}
		var line int
		switch {
		case d.field == nil:
			a, _ := dir.Arg("value")
			line = p.discard(d, p.call(d, "", arguments{a.Index: {value}}))
		default:
			fields := d.field.Name() + ": " + value
			if obj, _, _ := types.LookupFieldOrMethod(owner, true, d.Package.Types, "Name"); obj != nil {
				fields = "Name: \"session\", Value: " + p.plain() + ", " + fields
			}
			line = p.add("_ = &%s{%s}", p.name(owner), strings.TrimSpace(fields))
		}
		if bad {
			p.find(line, "long-lived-token")
		}
	})
}
