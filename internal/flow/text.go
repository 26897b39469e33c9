package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The paths of parameters that stand for the text of a URL or of encoded
// values, which only the caller knows.
const (
	pathURL    = "=url"
	pathValues = "=values"
)

// objectText returns the text of the object that v refers to; of one that fn has
// from its callers and of which nothing is known here, the hole for theirs.
func (e *engine) objectText(v Value, path string, fn *ssa.Function) Value {
	for _, o := range v.Objects() {
		if path == pathURL {
			return e.urlText(o, fn)
		}
		out := e.valuesText(o)
		if at, owner := o.foundBy(fn); owner != nil && isUnknown(out) {
			return single(Part{Kind: Param, Index: at.Param, Path: belowPath(at.Path, path), Name: o.name(), owner: owner})
		}
		return out
	}
	return v
}

func (e *engine) textOf(o *Object, path string) Value {
	if path == pathValues {
		return e.valuesText(o)
	}
	return e.urlText(o, nil)
}

func isUnknown(v Value) bool {
	return len(v.Alts) == 1 && len(v.Alts[0].Parts) == 1 && v.Alts[0].Parts[0].Kind == Unknown
}

// chain returns the events of o and its parents, parents first, but for those
// that come too late.
func (o *Object) chain() []*Event {
	var list []*Event
	o.visit(func(o *Object) {
		for _, ev := range o.Events {
			if !ev.Late {
				list = append(list, ev)
			}
		}
	})
	return list
}

// valuesText returns the text of encoded query values.
func (e *engine) valuesText(o *Object) Value {
	out := Value{Alts: []Alt{{}}}
	for i, ev := range o.chain() {
		switch ev.Role {
		case "param", "query":
			name, _ := ev.Arg("name")
			value, _ := ev.Arg("value")
			if i > 0 && len(out.Alts[0].Parts) > 0 {
				out = concat(out, text("&"))
			}
			out = concat(concat(concat(out, name), single(Part{Kind: Text, Text: "=", At: ev.At})), value)
		case "query-string":
			if v, ok := ev.Arg("value"); ok {
				out = concat(out, v)
			}
		}
		if len(out.Alts) == 0 {
			return unknown("query")
		}
	}
	if len(out.Alts[0].Parts) == 0 {
		return unknown("query")
	}
	return out
}

// saidByModel reports whether a value is a literal of a directive: the default
// of a library, which yields to what a program says.
func saidByModel(v Value) bool {
	return len(v.Alts) == 1 && len(v.Alts[0].Parts) == 1 && v.Alts[0].Parts[0].Kind == Text && v.Alts[0].Parts[0].At.IsZero()
}

// URLText returns what is known of the URL of a request or client object: its
// url event, joined with base URLs of its parents and what was set on its URL.
func (o *Object) URLText() Value {
	var base, url, query, path, scheme, host Value
	for _, ev := range o.chain() {
		v, ok := ev.Arg("value")
		if !ok {
			v, ok = ev.Arg("url")
		}
		if !ok {
			continue
		}
		switch ev.Role {
		case "base-url":
			if base.IsZero() || !saidByModel(v) {
				base = deepText(v)
			}
		case "url":
			url = resolved(url, deepText(v))
		case "path":
			path = v
		case "query-string":
			query = v
		case "url-scheme":
			scheme = v
		case "host":
			host = v
		}
	}
	if url.IsZero() && !host.IsZero() && !scheme.IsZero() {
		url = concat(concat(scheme, text("://")), host)
	}
	out := url
	if !base.IsZero() && !absolute(url) {
		out = base
		if !url.IsZero() {
			out = concat(base, url)
		}
	}
	if out.IsZero() {
		return out
	}
	if !scheme.IsZero() && withoutScheme(out) {
		out = concat(concat(scheme, text(":")), out)
	}
	if !path.IsZero() {
		out = concat(out, path)
	}
	if !query.IsZero() {
		out = concat(concat(out, text("?")), query)
	}
	return out
}

// resolved returns what a reference leads to from a URL: itself if it is whole,
// else a path at the same host.
func resolved(base, ref Value) Value {
	if base.IsZero() || !absolute(base) && !base.given() || ref.IsZero() || absolute(ref) {
		return ref
	}
	out := Value{Truncated: base.Truncated}
	for _, alt := range base.Alts {
		out.Alts = append(out.Alts, authority(alt))
	}
	for _, alt := range ref.Alts {
		if len(alt.Parts) == 0 || alt.Parts[0].Kind != Text || !strings.HasPrefix(alt.Parts[0].Text, "/") {
			out = concat(out, text("/"))
			break
		}
	}
	return concat(out, ref)
}

// given reports whether some reading begins with what a caller gives.
func (v Value) given() bool {
	return slices.ContainsFunc(v.Alts, func(alt Alt) bool { return len(alt.Parts) > 0 && alt.Parts[0].Kind == Param })
}

// authority returns a reading of a URL up to its path.
func authority(alt Alt) Alt {
	out := Alt{Steps: alt.Steps, Row: alt.Row, When: alt.When}
	slashes := 0
	for _, p := range alt.Parts {
		if p.Kind != Text {
			out.Parts = append(out.Parts, p)
			continue
		}
		for i := range len(p.Text) {
			if p.Text[i] != '/' {
				continue
			}
			if slashes++; slashes == 3 {
				p.Text = p.Text[:i]
				out.Parts = append(out.Parts, p)
				return out
			}
		}
		out.Parts = append(out.Parts, p)
	}
	return out
}

// withoutScheme reports whether every reading of a URL begins with two slashes:
// its scheme is said elsewhere.
func withoutScheme(v Value) bool {
	for _, alt := range v.Alts {
		if len(alt.Parts) == 0 || alt.Parts[0].Kind != Text || !strings.HasPrefix(alt.Parts[0].Text, "//") {
			return false
		}
	}
	return len(v.Alts) > 0
}

// deepText replaces a reference to a URL object by its text.
func deepText(v Value) Value {
	for _, o := range v.Objects() {
		if t := o.URLText(); !t.IsZero() {
			return t
		}
	}
	return v
}

// absolute reports whether some reading of a URL begins with a scheme.
func absolute(v Value) bool {
	for _, alt := range v.Alts {
		if len(alt.Parts) == 0 || alt.Parts[0].Kind != Text {
			continue
		}
		t := alt.Parts[0].Text
		for i := range len(t) {
			if t[i] == ':' && len(t) > i+2 && t[i+1:i+3] == "//" {
				return true
			}
			if t[i] == '/' {
				break
			}
		}
	}
	return false
}
