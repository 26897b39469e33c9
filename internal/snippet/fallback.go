package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// orElse returns a value, or another one where it says nothing.
func (o *observer) orElse(n *node, v, other *value) *value {
	out := either(n, v, other)
	const most = 1000
	if len(out.str.Alternatives) > 1 && len(o.fallbacks) < most {
		o.fallbacks = append(o.fallbacks, out)
	}
	return out
}

// otherwise observes the literals that are used where the environment has no
// credential, as far as no call that takes them has been told of.
func (o *observer) otherwise() {
	for _, v := range o.fallbacks {
		kind := shape.None
		for _, t := range v.str.Alternatives {
			if len(t) == 1 && t[0].Hole != nil && t[0].Hole.Role == partial.Environment && isCredentialName(t[0].Hole.Name) {
				kind = shape.OfName(t[0].Hole.Name)
			}
		}
		if kind != shape.None {
			o.secret(v, kind, "value of "+v.str.Alternatives[0].Holes()[0].Name, nil)
		}
	}
}

// resultOf returns what a function without a name gives, or the value itself.
func (o *observer) resultOf(v *value) *value {
	if v == nil || v.n == nil || v.n.kind != funcNode && v.n.kind != braceNode {
		return v
	}
	if last := v.n.last(); last != nil && last != v.n {
		return o.eval(last)
	}
	return v
}

// destructured observes the defaults of names that are taken out of the
// environment: { NAME = "text" } = process.env.
func (o *observer) destructured(target *node, v *value) {
	for _, a := range target.args {
		if a.kind != assignNode || a.x.kind != nameNode {
			continue
		}
		if env, ok := o.environmentOf(v.word+"."+a.x.name(), a.x.name()); ok {
			o.bind(a.x.path(), o.orElse(a, environment(a.x, env), o.eval(a.args[0])), !o.lang.functions)
		}
	}
}

// placeholder observes the default of a setting in a text: ${name:default}.
func (o *observer) placeholder(v *value) {
	text, ok := v.known()
	if !ok || len(v.text()) != 1 || !strings.HasPrefix(text, "${") || !strings.HasSuffix(text, "}") {
		return
	}
	name, value, ok := strings.Cut(text[len("${"):len(text)-1], ":")
	if kind := shape.OfName(name); ok && value != "" && !strings.Contains(value, "${") && isCredentialName(name) {
		p := v.text()[0]
		at := len("${") + len(name) + 1
		o.literal(partial.Text{{Text: value, Start: p.Start + at, End: p.Start + at + len(value)}}, value, kind, "value of "+name, nil, name)
	}
}
