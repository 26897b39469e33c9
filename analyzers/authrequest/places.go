package authrequest

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// apart sets for a credential of a request the place where it is set, if that
// is a call or a field of its own in the function of the request. What a client
// or the call that makes the request brings along, and a form that it sends, is
// a matter of that call, as is what is set on a request of a client that has its
// URL from elsewhere.
func apart(p *observe.Pass, o *flow.Object, ev *flow.Event, a *practice.Auth) {
	if ev.Role == "form" || ev.Role == "body" || ev.Role == "proxy" {
		return
	}
	own := !ev.Inherited && ev.Symbol == o.Symbol
	for _, x := range o.Events {
		own = own || x == ev
		if x.Role != "url" && x.Role != "base-url" {
			continue
		}
		if _, _, bound := binding(p, x); bound || x.At == ev.At && x.Inherited {
			return
		}
	}
	if own {
		a.Apart = practice.Spot{At: ev.At, Symbol: ev.Symbol}
	}
}

// writtenParams returns where the parameters of a query stand in the functions of the
// package, by their names.
func writtenParams(p *observe.Pass, v flow.Value) map[string]practice.Spot {
	found := map[string]practice.Spot{}
	for _, alt := range v.Alts {
		text, starts := flat(alt)
		for end := strings.IndexByte(text, '='); end >= 0; end = next(text, end) {
			begin := strings.LastIndexAny(text[:end], "?&"+hole) + 1
			name, part := text[begin:end], partAt(alt, starts, end)
			if part.At.IsZero() {
				part = partAt(alt, starts, begin) // the encoding has put the sign there
			}
			if _, known := found[name]; known || name == "" || part.At.IsZero() || part.At.Package != "" {
				continue
			}
			if symbol, ok := p.Symbol(part.At); ok {
				found[name] = practice.Spot{At: part.At, Symbol: symbol}
			}
		}
	}
	return found
}

// hole stands for a part of a text that is not known.
const hole = "\x00"

// flat returns a reading as one text, and where its parts begin there.
func flat(alt flow.Alt) (text string, starts []int) {
	var b strings.Builder
	for _, part := range alt.Parts {
		starts = append(starts, b.Len())
		if part.Kind == flow.Text {
			b.WriteString(part.Text)
		} else {
			b.WriteString(hole)
		}
	}
	return b.String(), starts
}

// next returns the place of the next equals sign behind one, -1 if there is none.
func next(text string, end int) int {
	if i := strings.IndexByte(text[end+1:], '='); i >= 0 {
		return end + 1 + i
	}
	return -1
}

// partAt returns the part that covers a place of the flat text.
func partAt(alt flow.Alt, starts []int, at int) flow.Part {
	found := flow.Part{}
	for i, start := range starts {
		if start <= at {
			found = alt.Parts[i]
		}
	}
	return found
}
