package authtoken

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// made observes a request that may make an API key: a POST of an object in JSON
// of which all members are known.
func made(p *observe.Pass, o *flow.Object) *practice.Token {
	body := bodyOf(o)
	if body == nil || !posts(o) {
		return nil
	}
	v, _ := body.Arg("value")
	if len(v.Alts) != 1 {
		return nil
	}
	members, complete := partial.ReadJSON(v.Alts[0].Partial())
	if !complete || slices.ContainsFunc(members, isNameless) {
		return nil
	}
	obs := &practice.Token{
		Source: p.Source(body.At, body.Symbol, "api-key", body.Steps, body.Conditional),
		Aspect: practice.KeyMade, Host: observe.Host(o), Path: pathOf(o), Provider: o.Provider, Use: body.Text,
	}
	if obs.Host == "" {
		obs.Host = suffixOf(o)
	}
	if obs.Host == "" || obs.Path == "" {
		return nil
	}
	for _, m := range members {
		obs.Members = append(obs.Members, practice.Param{Name: m.Name, Value: m.Value})
	}
	return obs
}

// isNameless reports whether a member's name is not known: a package tells others
// of no text that may be a secret.
func isNameless(m partial.Param) bool {
	_, ok := m.Name.Known()
	return !ok
}

// suffixOf returns the end of a host whose beginning is not known.
func suffixOf(o *flow.Object) string {
	for _, alt := range o.URLText().Alts {
		if suffix, ok := partial.ReadURL(alt.Partial()).HostSuffix(); ok {
			return strings.TrimPrefix(suffix, ".")
		}
	}
	return ""
}

// bodyOf returns the event that gives a request its body, nil if the function
// that made the request knows it and its URL.
func bodyOf(o *flow.Object) *flow.Event {
	var body *flow.Event
	joins := !o.Instance
	for _, ev := range o.AllEvents() {
		switch ev.Role {
		case "body":
			body = ev
			joins = joins || !ev.Inherited || ev.Filled()
		case "url", "base-url", "host", "path":
			joins = joins || !ev.Inherited || ev.Filled()
		}
	}
	if !joins {
		return nil
	}
	return body
}

// posts reports whether the method of a request is POST.
func posts(o *flow.Object) bool {
	for _, ev := range o.All("method") {
		if v, ok := ev.Arg("value"); ok && isOnly(v, "POST") {
			return true
		}
	}
	return false
}

// pathOf returns the path of a request's URL, "" if it is not known.
func pathOf(o *flow.Object) string {
	for _, alt := range o.URLText().Alts {
		if path := partial.ReadURL(alt.Partial()).PathText(); path != "" {
			return path
		}
	}
	return ""
}
