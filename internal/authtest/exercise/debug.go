package exercise

import "github.com/authlint/authlint/rules"

// debugs returns the exercises of a switch that writes what is sent to a log.
func debugs(d *Decl, dir rules.Directive) []*Exercise {
	if d.fn == nil || dir.Verb != "on" || dir.Words[1] != "debug" || slotOf(dir.Words[0]) != slotRecv {
		return nil
	}
	return event(d, dir, "debug", func(p *program, x *Exercise, bad bool) {
		must := x.must(map[string]text{"value": raw(map[bool]string{true: "true", false: "false"}[bad])})
		if !bad && !takes(d, dir, "value") {
			must = &need{nothing: true}
		}
		p.request(x, plan{must: must, where: site(false) + "/v1/orders", credential: true, method: "POST"})
		if bad && p.err == nil {
			p.findText("."+d.fn.Name()+"(", "credential-in-log")
		}
	})
}
