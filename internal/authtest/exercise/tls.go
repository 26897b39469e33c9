package exercise

import (
	"go/types"

	"github.com/authlint/authlint/rules"
)

// tlsSettings returns the exercises of TLS settings: weak ones and good ones.
func tlsSettings(d *Decl, dir rules.Directive) []*Exercise {
	if !saysEvent(dir) {
		return nil
	}
	switch roleOf(dir) {
	case "tls", "dial-tls":
		return configs(d, dir)
	case "min-version", "max-version":
		return versions(d, dir)
	case "skip-verify":
		return switches(d, dir)
	case "verify-callback":
		return callbacks(d, dir)
	case "host-key":
		return hostKeys(d, dir)
	}
	return nil
}

// configs gives a TLS configuration: to a client one that checks no peer, to a
// server one with an old version. A server checks no peers anyway.
func configs(d *Decl, dir rules.Directive) []*Exercise {
	if !takes(d, dir, "config") {
		return nil
	}
	return event(d, dir, "tls", func(p *program, x *Exercise, bad bool) {
		side, _ := dir.Arg("role")
		fields, rule := "", "tls-verify-off"
		switch {
		case side.Text == "server" && bad:
			fields, rule = "MinVersion: 0x0301", "weak-tls-version"
		case side.Text == "server":
			fields = "InsecureSkipVerify: true, MinVersion: 0x0303"
		case bad:
			fields = "InsecureSkipVerify: true"
		}
		line := p.apply(d, dir, map[string]text{"config": p.tlsConfig(d, dir, fields)}, false)
		if bad && p.err == nil {
			p.find(line, rule)
		}
	})
}

// versions sets a bound of the version.
func versions(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "tls", func(p *program, x *Exercise, bad bool) {
		version := map[bool]string{true: "0x0301", false: "0x0303"}[bad]
		line := p.apply(d, dir, map[string]text{"value": raw(version)}, false)
		if bad {
			p.find(line, "weak-tls-version")
		}
	})
}

// switches turns the check of the peer off.
func switches(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "tls", func(p *program, x *Exercise, bad bool) {
		if !takes(d, dir, "value") && !bad {
			p.add("_ = 0") // such a call has no other meaning: the twin has none
			return
		}
		line := p.apply(d, dir, map[string]text{"value": raw(map[bool]string{true: "true", false: "false"}[bad])}, false)
		if bad {
			p.find(line, "tls-verify-off")
		}
	})
}

// callbacks puts a function in the place of the check: one that checks nothing,
// and one of which nothing is known.
func callbacks(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "tls", func(p *program, x *Exercise, bad bool) {
		sig, ok := d.field.Type().Underlying().(*types.Signature)
		if !ok {
			p.fail("no function")
			return
		}
		check := p.param(d.field.Type())
		if bad {
			check = p.signature(sig) + " { return nil }"
		}
		line := p.add("_ = &%s{InsecureSkipVerify: true, %s: %s}", p.name(d.owner), d.field.Name(), check)
		if bad {
			p.find(line, "tls-verify-off")
		}
	})
}

// hostKeys gives an SSH client a check of the host's key.
func hostKeys(d *Decl, dir rules.Directive) []*Exercise {
	return event(d, dir, "ssh", func(p *program, x *Exercise, bad bool) {
		check := text{expr: p.std(sshPath, "FixedHostKey") + "(" + p.param(p.w.lookup(sshPath, "PublicKey")) + ")", verbatim: true}
		if bad {
			check.expr = p.std(sshPath, "InsecureIgnoreHostKey") + "()"
		}
		if _, ok := dir.Arg("callback"); !ok && d.field == nil && !bad {
			p.add("_ = 0") // such a call has no other meaning: the twin has none
			return
		}
		line := p.apply(d, dir, map[string]text{"callback": check}, false)
		if bad {
			p.find(line, "ssh-host-key-unchecked")
		}
	})
}
