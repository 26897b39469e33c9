package observe

import (
	"strings"

	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
)

// Host returns the host that the object speaks to, if it is known.
func Host(o *flow.Object) string {
	for _, alt := range o.URLText().Alts {
		u := partial.ReadURL(alt.Partial())
		if h, ok := u.HostText(); ok {
			return h
		}
	}
	for _, ev := range o.All("address") {
		for _, name := range []string{"value", "host"} {
			if v, ok := ev.Arg(name); ok {
				if text, known := v.Known(); known {
					h, _, _ := strings.Cut(text, ":")
					return h
				}
			}
		}
	}
	return ""
}

// maxOwners is how many objects up the host of an option is looked for.
const maxOwners = 3

// HostOf is Host; of an option, or of a login kept apart, it is the host of the
// connection or client that is made of it.
func (p *Pass) HostOf(o *flow.Object) string {
	for range maxOwners {
		if h := Host(o); h != "" {
			return h
		}
		if o = p.owner(o); o == nil {
			return ""
		}
	}
	return ""
}

// owner returns the one object that is made of another, nil if there is none or
// several.
func (p *Pass) owner(o *flow.Object) *flow.Object {
	if p.owners == nil {
		p.owners = map[*flow.Object][]*flow.Object{}
		for _, x := range p.Flow.Objects {
			for _, part := range x.Parents() {
				p.owners[part] = append(p.owners[part], x)
			}
		}
	}
	if list := p.owners[o]; len(list) == 1 {
		return list[0]
	}
	return nil
}
