package flow

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// urlParts are the parts of a URL as they are set one after the other.
type urlParts struct {
	base, scheme, user, host, path, query Value
}

// set takes over what an event sets.
func (u *urlParts) set(ev *Event) {
	v, _ := ev.Arg("value")
	switch ev.Role {
	case "url":
		*u = urlParts{base: resolved(u.base, v), path: u.path, query: u.query}
	case "url-scheme":
		u.scheme = v
	case "host":
		u.host = v
	case "path":
		u.path = v
	case "query-string":
		u.query = v
	case "userinfo":
		u.user = v
		if name, ok := ev.Arg("user"); ok {
			u.user = name
			if pw, ok := ev.Arg("password"); ok {
				u.user = concat(concat(name, text(":")), pw)
			}
		}
	}
}

// text puts the parts together.
func (u *urlParts) text() Value {
	out := u.front()
	if !u.path.IsZero() {
		out = concat(concat(out, u.slash()), u.path)
	}
	if !u.query.IsZero() {
		out = concat(concat(out, text("?")), u.query)
	}
	if len(out.Alts) == 1 && len(out.Alts[0].Parts) == 0 {
		return unknown("url")
	}
	return out
}

// slash is what a URL puts between its host and a path that does not begin with
// a slash by itself, as the name of a database does not.
func (u *urlParts) slash() Value {
	none := Value{Alts: []Alt{{}}}
	if u.host.IsZero() {
		return none
	}
	scheme, _ := u.scheme.Known()
	for _, alt := range u.path.Alts {
		switch {
		case len(alt.Parts) == 0, strings.HasPrefix(alt.Parts[0].Text, "/"):
			return none
		case alt.Parts[0].Kind != Text && (scheme == "" || strings.HasPrefix(scheme, "http")):
			return none // the path of a request begins with one
		}
	}
	return text("/")
}

// front is the URL up to the path, or all that it was parsed from.
func (u *urlParts) front() Value {
	scheme, rest := u.scheme, u.host
	if !u.base.IsZero() {
		if scheme.IsZero() && rest.IsZero() {
			return u.base
		}
		before, after := splitScheme(u.base)
		if scheme.IsZero() {
			scheme = before
		}
		if rest.IsZero() {
			rest = after
		}
	}
	out := Value{Alts: []Alt{{}}}
	if !scheme.IsZero() {
		out = concat(scheme, text("://"))
	} else if !rest.IsZero() {
		out = concat(unknown("scheme"), text("://"))
	}
	if !u.user.IsZero() {
		out = concat(concat(out, u.user), text("@"))
	}
	if !rest.IsZero() {
		out = concat(out, rest)
	}
	return out
}

// splitScheme returns the readings of a URL's scheme and of what follows it; a
// URL that is not known from its beginning may have any scheme.
func splitScheme(v Value) (scheme, rest Value) {
	scheme.Truncated, rest.Truncated = v.Truncated, v.Truncated
	for _, alt := range v.Alts {
		before, after := unknown("scheme"), Value{Alts: []Alt{alt}}
		if len(alt.Parts) > 0 && alt.Parts[0].Kind == Text {
			if word, tail, ok := strings.Cut(alt.Parts[0].Text, "://"); ok {
				before = single(alt.Parts[0].withText(word))
				parts := append([]Part{alt.Parts[0].withText(tail)}, alt.Parts[1:]...)
				after = Value{Alts: []Alt{{Parts: parts, Steps: alt.Steps, Row: alt.Row, When: alt.When}}}
			}
		}
		scheme, rest = union(scheme, before), union(rest, after)
	}
	return scheme, rest
}

func (p Part) withText(s string) Part {
	p.Text = s
	return p
}

// urlText returns the text of a URL object: what it was parsed from or its
// parts, with what was set on it later. What fn has from its callers is a hole
// that they fill, beside what is known of it here.
func (e *engine) urlText(o *Object, fn *ssa.Function) Value {
	var parts urlParts
	for _, x := range o.ancestors() {
		at, owner := x.foundBy(fn)
		if owner != nil {
			hole := single(Part{Kind: Param, Index: at.Param, Path: belowPath(at.Path, pathURL), Name: x.name(), owner: owner})
			var known urlParts
			for _, ev := range x.chain() {
				if !within(ev.fn, owner) {
					known.set(ev)
				}
			}
			if known.known() {
				hole = union(hole, neutralFor(known.text(), owner))
			}
			parts = urlParts{base: hole}
		}
		for _, ev := range x.Events {
			if !ev.Late && (owner == nil || within(ev.fn, owner)) {
				parts.set(ev)
			}
		}
	}
	return parts.text()
}

// known reports whether it is known where the URL leads.
func (u *urlParts) known() bool {
	return !u.base.IsZero() || !u.scheme.IsZero() || !u.host.IsZero()
}

// foundBy returns where a function, or one around it, has the object from its
// parameters, and which function that is, nil if none.
func (o *Object) foundBy(fn *ssa.Function) (Place, *ssa.Function) {
	for ; fn != nil; fn = fn.Parent() {
		if at, ok := o.found[fn]; ok {
			return at, fn
		}
	}
	return Place{}, nil
}

// name returns what the source calls a place.
func (o *Object) name() string {
	if p, ok := o.key.(*ssa.Parameter); ok {
		return p.Name()
	}
	return o.Kind
}

// ancestors returns the objects that o was made from, the first of them first,
// and o.
func (o *Object) ancestors() []*Object {
	var list []*Object
	o.visit(func(o *Object) { list = append(list, o) })
	return list
}

// belowPath joins two access paths.
func belowPath(path, rest string) string {
	if path == "" || strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "(") || rest == "" {
		return path + rest
	}
	return path + "." + rest
}

// textBelow returns the text of an object at a path of an argument.
func (e *engine) textBelow(v ssa.Value, path, as string, near token.Pos) Value {
	fn := v.Parent()
	if path == "" {
		return e.objectText(e.eval(v, near), as, fn)
	}
	for _, o := range e.objectsBelow(v, path, near) {
		return e.objectText(single(Part{Kind: ObjectRef, object: o}), as, fn)
	}
	return unknown(as[1:])
}
