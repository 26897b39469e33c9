package flow

import (
	"go/token"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Result is what the passes ask: the objects that the package makes and uses,
// with everything set on them, and the places whose name alone speaks of a
// credential. It is complete when the analyzer returns.
type Result struct {
	// Objects are in source order.
	Objects []*Object
	// Named are in source order.
	Named []*Named
	// Checks are the tests that refuse a text which falls short.
	Checks []*Check
	// Disclosures are in source order.
	Disclosures []*Disclosure
	// Stored are the passwords that are stored in clear.
	Stored []*Stored
	// Digests are the fast hashes of passwords that are kept or checked by.
	Digests []*Digest
	// Partial is set when the engine could not look at the whole package.
	Partial bool
	// Fault is what the engine panicked with, nil if it did not.
	Fault any

	// referrers are found at one look at all events, for the first who asks;
	// passes may run side by side.
	indexReferrers sync.Once
	referrers      map[*Object][]Reference
}

// Object is a request, client, connection, configuration or bare login: what
// the models call an object, with the events on it.
type Object struct {
	Kind   string // of the model: http-request, tls-config, ...
	Pos    token.Pos
	End    token.Pos
	At     finding.Location
	Symbol string // the enclosing function
	// Provider is the id of the provider whose SDK made it, if any.
	Provider string
	// Callee is the full name of the function that made it, if one did.
	Callee string
	Events []*Event
	// Type is the name of its type, if that tells what it is.
	Type string
	// Uses is what is done with what a check of a token returned.
	Uses *Uses
	// Instance is set for an object of another function, seen from a call of it.
	Instance bool
	// Literal is set for a composite literal, new or a zero value.
	Literal bool
	// Exposed is set when code that the engine does not see may set more on
	// the object: it came in as a parameter or a field, or was handed on.
	Exposed bool
	// OpenOptions is set when a list of options that is made elsewhere reaches
	// the object.
	OpenOptions bool
	// Choice is set on an Instance whose callee takes more from its callers than
	// values: options, a configuration.
	Choice bool

	parents []*Object
	// found is where functions have the object from their parameters.
	found map[*ssa.Function]Place
	key   any
	fn    *ssa.Function
	order int
}

// Event is one thing that happens to an object.
type Event struct {
	Role string // of the model: url, header, basic, min-version, ...
	Args []Arg
	Pos  token.Pos
	End  token.Pos
	At   finding.Location
	// Symbol is the enclosing function.
	Symbol string
	// Target is what the source calls the result of the call.
	Target string
	// Text names the call or field in words: "SetBasicAuth", "field MinVersion of tls.Config".
	Text string
	// Conditional is set when the event happens only under a condition that
	// does not merely check an error or a nil.
	Conditional bool
	// Inherited is set when a callee does it; Steps then lead from the call to it.
	Inherited bool
	Steps     []finding.Step

	// Late is set when the object has been sent before, for the last time.
	Late bool
	// Upgrades is set for a call on an open connection that answers with an error
	// alone: it asks the other side, whatever it is given.
	Upgrades bool

	fn    *ssa.Function
	instr ssa.Instruction // until the package is done
	// when are the conditions on parameters, otherwise is set if there are others.
	when      []Guard
	otherwise bool
	order     int
}

// Arg is one named argument of an event.
type Arg struct {
	Name  string
	Value Value
	// Filled is set on an inherited event when the caller gave (part of) the value.
	Filled bool
	// FilledStart is set when the caller gave the beginning of a text (the
	// scheme and the host of a URL), FilledHost when it gave a part of the host,
	// FilledQuery when it gave a part of a query.
	FilledStart, FilledHost, FilledQuery bool
	// ByChance is set if the function chooses between the readings by what
	// happens, an error or something absent, and by nothing that somebody sets.
	ByChance bool
}

// Named is a place that takes a credential by its name alone: a field, a
// variable, a map key, a parameter, a result.
type Named struct {
	Name string
	Kind shape.Kind
	// Sink is the kind of the object that takes what is there, for a field that is
	// read where a model takes a credential.
	Sink  string
	Use   string // in words, for messages
	Value Value
	Pos   token.Pos
	End   token.Pos
	At    finding.Location
	// Symbol is the enclosing function, or the package-level name.
	Symbol string
	// Type is the type that carries the field, if one does.
	Type        string
	Conditional bool
	Inherited   bool
	Steps       []finding.Step
	// Compared is set for a comparison with a literal.
	Compared bool
	// User is the value of a user field or parameter beside it.
	User  Value
	order int
	when  []Guard
	// beside is the struct whose field it is.
	beside ssa.Value
}

// ByChance reports whether what happens chooses between the readings of an
// argument, and nothing that configuration decides.
func (e *Event) ByChance(name string) bool {
	return slices.ContainsFunc(e.Args, func(a Arg) bool { return a.Name == name && a.ByChance })
}

// Arg returns the value of the named argument.
func (e *Event) Arg(name string) (Value, bool) {
	for _, a := range e.Args {
		if a.Name == name {
			return a.Value, true
		}
	}
	return Value{}, false
}

// Filled reports whether a caller gave some argument of an inherited event.
func (e *Event) Filled() bool {
	for _, a := range e.Args {
		if a.Filled {
			return true
		}
	}
	return false
}

// FillsHost reports whether a caller gave a part of the host in an inherited event.
func (e *Event) FillsHost() bool {
	return slices.ContainsFunc(e.Args, func(a Arg) bool { return a.FilledHost })
}

// All returns the object's events with the given role and those of the objects
// it was made from (a client's base URL for its requests), parents first.
func (o *Object) All(role string) []*Event {
	var list []*Event
	for _, e := range o.chain() {
		if e.Role == role {
			list = append(list, e)
		}
	}
	return list
}

// Has reports whether the object or one of its parents has an event with the role.
func (o *Object) Has(role string) bool { return len(o.All(role)) > 0 }

// CopyOf returns the object of the same kind that o was copied from, nil if it
// is no copy.
func (o *Object) CopyOf() *Object {
	for _, p := range o.parents {
		if p.Kind == o.Kind && p.order < o.order {
			return p
		}
	}
	return nil
}

// From reports whether p is one of the objects that o was made from.
func (o *Object) From(p *Object) bool {
	for _, q := range o.parents {
		if q == p {
			return true
		}
	}
	return false
}

// AllEvents returns the events of the objects that o was made from and its own,
// parents first.
func (o *Object) AllEvents() []*Event { return o.chain() }

// IsNil reports whether every reading of v is the nil pointer, function or
// interface.
func (v Value) IsNil() bool {
	return len(v.Alts) > 0 && !v.any(func(p Part) bool { return p.Kind != Nil })
}

// HasRole reports whether some reading of v is a modelled source with the role.
func (v Value) HasRole(role string) bool {
	return v.any(func(p Part) bool { return p.Kind == Role && p.Name == role })
}

// FromOutside reports whether v is decided by the environment, a setting or a
// parameter. An unexported field is not outside: what is stored there stands in
// the package, and is among the readings.
func (v Value) FromOutside() bool {
	return v.any(func(p Part) bool {
		switch p.Kind {
		case Environment:
			return true
		case Setting, Param:
			return p.Path == "" || len(v.Alts) == 1 || token.IsExported(p.Path[strings.LastIndexByte(p.Path, '.')+1:])
		}
		return false
	})
}

// Referrers returns the objects with an event whose argument is o, with that event.
func (r *Result) Referrers(o *Object) []Reference {
	r.indexReferrers.Do(func() {
		r.referrers = map[*Object][]Reference{}
		for _, x := range r.Objects {
			for _, ev := range x.Events {
				for _, a := range ev.Args {
					a.Value.eachObject(func(target *Object) {
						r.referrers[target] = append(r.referrers[target], Reference{x, ev})
					})
				}
			}
		}
	})
	return r.referrers[o]
}

// Reference is an object that refers to another, and the event by which it does.
type Reference struct {
	Object *Object
	Event  *Event
}

// Sealed reports whether everything that is set on the object is seen: neither
// it nor an object that it was made from came in from elsewhere, was handed on,
// or takes options that are made elsewhere.
func (o *Object) Sealed() bool {
	sealed := true
	o.visit(func(p *Object) { sealed = sealed && !p.Exposed && !p.OpenOptions })
	return sealed
}

// FromConnection reports whether the object was made from one of the same kind.
func (o *Object) FromConnection() bool {
	for _, p := range o.parents {
		if p.Kind == o.Kind {
			return true
		}
	}
	return false
}

// visit calls f for the objects that o was made from, parents first, and for o.
func (o *Object) visit(f func(*Object)) {
	seen := map[*Object]bool{}
	var visit func(*Object)
	visit = func(o *Object) {
		if seen[o] {
			return
		}
		seen[o] = true
		for _, p := range o.parents {
			visit(p)
		}
		f(o)
	}
	visit(o)
}
