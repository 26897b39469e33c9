package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
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
		for _, t := range v.str.Alternatives {
			if name, ok := environmentName(t); ok && isCredentialName(name) {
				o.secret(v, shape.OfName(name), "value of "+name, nil)
				break
			}
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

// environmentName returns the variable of the environment that a text is.
func environmentName(t partial.Text) (string, bool) {
	if len(t) != 1 || t[0].Hole == nil || t[0].Hole.Role != partial.Environment {
		return "", false
	}
	return t[0].Hole.Name, true
}

// isEnvironment reports whether a value is a variable of the environment and no
// other text.
func isEnvironment(v *value) bool {
	if v == nil || len(v.str.Alternatives) != 1 {
		return false
	}
	_, ok := environmentName(v.str.Alternatives[0])
	return ok
}

// keepsText reports whether a method without arguments gives what it is called on
// as a text, or takes blanks off.
func keepsText(name string) bool {
	switch name {
	case "presence", "to_s", "strip", "chomp", "trim", "Trim", "orEmpty", "toString", "ToString", "getString", "asString", "ok", "unwrap", "as_deref", "as_str", "to_string", "clone", "lower":
		return true
	}
	return false
}

// presets observes the default in the declaration of a credential that is read
// from the environment or a configuration.
func (o *observer) presets(name string, v *value) {
	if v == nil || v.preset == nil || !isCredentialName(name) {
		return
	}
	for _, t := range v.preset.str.Alternatives {
		if known, ok := t.Known(); ok {
			o.literal(t, known, shape.OfName(name), "value of "+name, nil, name)
		}
	}
}

// isSettingName reports whether a name is written as those of the environment are.
func isSettingName(name string) bool {
	return name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// otherwiseOf returns what a call that reads a setting gives if there is none: its
// second argument, or one with a name for that; nil if it has none.
func otherwiseOf(c *invocation) *value {
	if len(c.args) > 1 {
		return c.args[1]
	}
	for _, m := range c.named {
		switch m.name {
		case "default", "defaultValue", "default_value", "fallback":
			return m.value
		}
	}
	return nil
}

// fallbackOf returns the value of a call that gives another one where there is
// none, nil if nothing is known of it.
func (o *observer) fallbackOf(c *invocation, row *rules.SnippetCall, arg *value) *value {
	switch row.Result {
	case "either":
		if len(c.args) == 2 && len(c.args[1].str.Alternatives) > 0 {
			return o.orElse(c.n, c.args[0], c.args[1])
		}
	case "preset":
		out := &value{n: c.n, preset: arg}
		if other := otherwiseOf(c); other != nil {
			out.preset = other
		}
		return out
	case "or":
		if arg == nil && c.n.block != nil {
			arg = &value{n: c.n.block}
		}
		if arg = o.resultOf(arg); arg != nil && c.recv != nil && len(c.recv.str.Alternatives) > 0 && len(arg.str.Alternatives) > 0 {
			return o.orElse(c.n, c.recv, arg)
		}
	}
	return nil
}

// environmentVariable returns what a call reads from the environment, or what it
// has instead.
func (o *observer) environmentVariable(c *invocation) *value {
	name := ""
	if len(c.args) > 0 {
		name, _ = c.args[0].known()
	}
	for _, m := range c.named {
		if m.name == "name" {
			name, _ = m.value.known()
		}
	}
	v := environment(c.n, name)
	if other := otherwiseOf(c); other != nil && len(other.str.Alternatives) > 0 {
		return o.orElse(c.n, v, other)
	}
	if c.n.block != nil { // ENV.fetch("NAME") { "text" }
		if other := o.resultOf(&value{n: c.n.block}); other != nil && len(other.str.Alternatives) > 0 {
			return o.orElse(c.n, v, other)
		}
	}
	return v
}
