package authcredential

import (
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// setting observes the value that the declaration of a setting gives it if
// nobody else does: a fallback, if the setting is a credential by its name or by
// that of its variable of the environment.
func (c *collector) setting(o *flow.Object) {
	name, kind := "", shape.None
	for _, ev := range o.Events {
		for _, arg := range []string{"name", "env"} {
			v, ok := ev.Arg(arg)
			if !ok || ev.Role != "setting" {
				continue
			}
			if text, known := v.Known(); known && kind == shape.None {
				name, kind = text, shape.OfName(text)
			}
		}
	}
	if kind == shape.None {
		return
	}
	for _, ev := range o.Events {
		if v, ok := ev.Arg("value"); ok && ev.Role == "setting" && (!ev.Inherited || ev.Filled()) {
			c.defaultOf(name, kind, ev, v)
		}
	}
}

// defaultOf observes the literal readings of the default of a setting.
func (c *collector) defaultOf(name string, kind shape.Kind, ev *flow.Event, v flow.Value) {
	for _, alt := range v.Alts {
		lit, ok := c.Literal(alt, false)
		if !ok || lit.Value.Form == shape.Empty {
			continue
		}
		use := ev.Text
		obs := &practice.Credential{
			Source:      c.Source(ev.At, ev.Symbol, use, observe.Steps(lit.At, "literal", alt, ev.Steps, ev.At, use), ev.Conditional),
			Kind:        kind,
			Value:       lit.Value,
			Use:         use,
			Sink:        true,
			Fallback:    true,
			FallbackFor: name,
			Same:        lit.Same,
		}
		c.setOrigin(obs, lit.At)
		obs.Test = obs.Test || lit.Test
		c.add(obs, bySink)
	}
}
