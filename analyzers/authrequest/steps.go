package authrequest

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// ways returns the steps of a request: from the text of its URL to the call
// that takes it, and the places where its credentials are set.
func ways(o *flow.Object, auth []practice.Auth) []finding.Step {
	var steps []finding.Step
	sink := finding.Location{}
	for _, ev := range o.AllEvents() {
		if ev.Role != "url" && ev.Role != "base-url" {
			continue
		}
		alt, ok := telling(ev)
		if !ok {
			continue
		}
		steps = observe.Steps(finding.Location{}, "URL", alt, ev.Steps, ev.At, ev.Text)
		sink = ev.At
	}
	if len(steps) == 0 {
		return nil
	}
	last := len(steps) - 1
	list := steps[:last:last]
	for _, a := range auth {
		if a.At != sink {
			list = append(list, finding.Step{Kind: finding.Pass, Location: a.At, Text: "credentials: " + a.Text})
		}
	}
	return append(list, steps[last])
}

// telling returns the reading of a URL to show the way of: the one that goes
// over an unprotected scheme, else the first.
func telling(ev *flow.Event) (flow.Alt, bool) {
	v, ok := ev.Arg("value")
	if !ok || len(v.Alts) == 0 {
		return flow.Alt{}, false
	}
	for _, alt := range v.Alts {
		if isPlain(alt) {
			return alt, true
		}
	}
	return v.Alts[0], true
}

// written returns where the host of each reading of a URL stands in the
// package, and the way from there to the request.
func written(p *observe.Pass, url flow.Value, use finding.Location) []practice.Written {
	var list []practice.Written
	for _, alt := range url.Alts {
		w := practice.Written{At: hostPlace(p, alt)}
		if !w.At.IsZero() {
			w.Steps = observe.Steps(w.At, "host", alt, nil, use, "request")
		}
		list = append(list, w)
	}
	return list
}

// hostPlace returns where the end of the host of a URL is written, which is what
// its owner registered; zero if that is not in the package.
func hostPlace(p *observe.Pass, alt flow.Alt) finding.Location {
	before, in, found := "", false, flow.Part{}
	for _, part := range alt.Parts {
		text := part.Text
		if part.Kind != flow.Text {
			text = "x"
		}
		if !in {
			before += text
			_, text, in = strings.Cut(before, "://")
		}
		host, _, ended := strings.Cut(text, "/")
		if in && host != "" && part.Kind == flow.Text {
			found = part
		}
		if in && ended {
			break
		}
	}
	if found.At.Package == "" && !found.At.IsZero() {
		return p.Declared(found.At)
	}
	if at := alt.Brought(); at.Package == "" {
		return at
	}
	return finding.Location{}
}

// binding returns where the URL of a request that a callee makes is bound to
// it, if that is not the call: the constructor's call that is given the URL,
// the literal of the client that keeps it. All calls of the client then have
// one place.
func binding(p *observe.Pass, ev *flow.Event) (at finding.Location, symbol string, ok bool) {
	if !ev.Inherited {
		return at, "", false
	}
	alt, ok := telling(ev)
	if !ok {
		return at, "", false
	}
	at = alt.Brought()
	if at.IsZero() || at.Package != "" || within(at, ev.At) {
		return at, "", false
	}
	symbol, ok = p.Symbol(at)
	return at, symbol, ok
}

// within reports whether a place begins inside another.
func within(at, outer finding.Location) bool {
	return at.File == outer.File && !at.Before(outer) &&
		(at.Line < outer.EndLine || at.Line == outer.EndLine && at.Column < outer.EndColumn)
}
