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
