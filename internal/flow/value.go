package flow

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// PartKind says what a part of a value is.
type PartKind uint8

// The kinds of parts.
const (
	Text        PartKind = iota // known text; numbers and booleans in Go syntax
	Withheld                    // a literal whose text no fact carries: Shape tells what may be told
	Param                       // parameter Index of the function (receiver included), its field Path
	Environment                 // read from the environment variable Name
	Setting                     // a field, flag or configuration entry Name
	Role                        // the result of a modelled source: Name is its role (digest, random, loopback ...)
	Function                    // a function value: Name is its full name
	ObjectRef                   // an object of this package
	Nil                         // the nil pointer, interface, map or slice
	Moment                      // a time reckoned from now; see duration.go
	Unknown                     // anything else; Name is what the source calls it, if anything
)

// Part is one run of a value.
type Part struct {
	Kind  PartKind
	Text  string
	Name  string
	Index int
	Path  string
	// NameFrom is one more than the index of the parameter that gives the Name
	// of an Environment or Setting, 0 if none does.
	NameFrom int
	// Checked is set on a parameter that its function compares with the empty
	// text: what stands beside it is a fallback.
	Checked bool
	// Negated is set on a parameter whose negation the part is.
	Negated bool
	// Base64 is the alphabet if the part is written in Base64: std, url,
	// raw-std, raw-url, or unknown; the part itself is what was encoded.
	Base64 string
	Shape  *shape.Value
	At     finding.Location // the place of the text or of what brings it in
	// Callback is what is known of a Function.
	Callback *Callback
	// Factor and Unit belong to times and lengths of time; see duration.go.
	Factor, Unit int64

	object *Object
	fn     *ssa.Function // of a Function that is not completed yet
	recv   ssa.Value     // of a Function that is a method value
	// owner is the function whose parameter a Param is; a fact has none.
	owner *ssa.Function
}

// Alt is one reading of a value.
type Alt struct {
	Parts []Part
	// Steps are the places that the reading passed, nearest the origin first.
	Steps []finding.Step
	// Row tells elements of a list or a map apart that the reading may be of.
	Row uint32
	// Users are the keys of the entries that the reading is the value of, in a map
	// that is asked for the password of a user.
	Users []string
	// When are the conditions on parameters under which the value is this.
	When []Guard
}

// Value is what is known of a value: its alternative readings.
type Value struct {
	Alts      []Alt
	Truncated bool
}

// Limits of the interpreter. Beyond them a value is Truncated and a walk ends
// in an Unknown part: silence, never a guess.
const (
	maxAlternatives = 8
	maxParts        = 48
	maxDepth        = 48
	maxSteps        = 16
)

func single(p Part) Value       { return Value{Alts: []Alt{{Parts: []Part{p}}}} }
func text(s string) Value       { return single(Part{Kind: Text, Text: s}) }
func unknown(name string) Value { return single(Part{Kind: Unknown, Name: name}) }

// concat returns every reading of a followed by every reading of b. Those of
// different elements of a table do not go together, unless all are.
func concat(a, b Value) Value {
	out := Value{Truncated: a.Truncated || b.Truncated}
	excluded := false
	for _, x := range a.Alts {
		for _, y := range b.Alts {
			if apart(x, y) && anyTogether(a, b) {
				continue
			}
			if exclude(x.When, y.When) {
				excluded = true
				continue
			}
			if len(out.Alts) == maxAlternatives || len(x.Parts)+len(y.Parts) > maxParts {
				out.Truncated = true
				return out
			}
			out.Alts = append(out.Alts, Alt{
				Parts: append(append(make([]Part, 0, len(x.Parts)+len(y.Parts)), x.Parts...), y.Parts...),
				Steps: joinSteps(x.Steps, y.Steps),
				Row:   sameRow(x.Row, y.Row),
				When:  allOf(x.When, y.When),
			})
		}
	}
	if excluded && len(out.Alts) == 0 {
		return Value{Alts: []Alt{{Parts: []Part{{Kind: Unknown}}}}, Truncated: out.Truncated}
	}
	return out
}

// union returns the readings of all values, equal ones once.
func union(values ...Value) Value {
	var out Value
	for _, v := range values {
		out.Truncated = out.Truncated || v.Truncated
		for _, alt := range v.Alts {
			if i := out.index(alt); i >= 0 {
				if alt.Row == 0 { // of two elements the first stands for both
					out.Alts[i].Row = 0
				}
				if !slices.EqualFunc(out.Alts[i].When, alt.When, Guard.same) { // under either
					out.Alts[i].When = nil
				}
				continue
			}
			if len(out.Alts) == maxAlternatives {
				out.Truncated = true
				return out
			}
			out.Alts = append(out.Alts, alt)
		}
	}
	return out
}

// index returns where v has a reading already, -1 if it has not.
func (v Value) index(alt Alt) int {
	return slices.IndexFunc(v.Alts, func(a Alt) bool { return sameParts(a.Parts, alt.Parts) })
}

func sameParts(a, b []Part) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		x.Shape, y.Shape = nil, nil
		if x != y {
			return false
		}
	}
	return true
}

func joinSteps(a, b []finding.Step) []finding.Step {
	if len(b) == 0 {
		return a
	}
	out := append(append([]finding.Step(nil), a...), b...)
	if n := len(out); n > maxSteps { // the middle of a long way is left out
		out = append(out[:maxSteps/2:maxSteps/2], out[n-maxSteps/2:]...)
	}
	return out
}

// withStep returns v with a further step on every reading.
func (v Value) withStep(step finding.Step) Value {
	out := Value{Truncated: v.Truncated, Alts: make([]Alt, len(v.Alts))}
	for i, alt := range v.Alts {
		out.Alts[i] = Alt{Parts: alt.Parts, Steps: joinSteps(alt.Steps, []finding.Step{step}), Row: alt.Row, Users: alt.Users, When: alt.When}
	}
	return out
}

// mapParts replaces every part of v by a value.
func (v Value) mapParts(replace func(Part) Value) Value {
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		acc := Value{Alts: []Alt{{Parts: make([]Part, 0, len(alt.Parts)), Steps: alt.Steps, Row: alt.Row, When: alt.When}}}
		for _, p := range alt.Parts {
			p.Callback = mapCallback(p.Callback, replace)
			r := replace(p)
			if !acc.extend(r) {
				acc = concat(acc, r)
			}
		}
		if len(v.Alts) == 1 {
			acc.Truncated = acc.Truncated || out.Truncated
			return acc
		}
		out = union(out, acc)
	}
	return out
}

// extend appends the only reading of r to all readings of v, whose parts nobody
// else has: the common case of concat, without copies of what stands already.
func (v *Value) extend(r Value) bool {
	if len(r.Alts) != 1 || r.Truncated {
		return false
	}
	more := &r.Alts[0]
	for i := range v.Alts {
		if len(v.Alts[i].Parts)+len(more.Parts) > maxParts || len(more.When) > 0 {
			return false
		}
	}
	for i := range v.Alts {
		one := &v.Alts[i]
		one.Parts = append(one.Parts, more.Parts...)
		one.Steps = joinSteps(one.Steps, more.Steps)
		one.Row = sameRow(one.Row, more.Row)
	}
	return true
}

// any reports whether some part of some reading satisfies the predicate.
func (v Value) any(is func(Part) bool) bool {
	for _, alt := range v.Alts {
		for _, p := range alt.Parts {
			if is(p) {
				return true
			}
		}
	}
	return false
}

// open reports whether v depends on a parameter.
func (v Value) open() bool {
	return v.anyDeep(func(p Part) bool { return p.Kind == Param || p.NameFrom > 0 }, 0)
}

// dependent returns the readings that depend on a parameter if there are any:
// of what a function itself gives beside them, the function tells. What other
// structs hold in a field is none of them where the caller's own field is.
func (v Value) dependent() Value {
	if !v.open() {
		return v
	}
	out := Value{Truncated: v.Truncated}
	var mixed []Alt
	given := slices.ContainsFunc(v.Alts, func(a Alt) bool { return a.hasField() && !a.IsStored() })
	for _, alt := range v.Alts {
		switch {
		case !(Value{Alts: []Alt{alt}}).open():
		case alt.IsStored() && (given || alt.hasField()):
			mixed = append(mixed, alt)
		default:
			out.Alts = append(out.Alts, alt)
		}
	}
	if len(out.Alts) == 0 {
		out.Alts = mixed
	}
	return out
}

// hasField reports whether a reading has a field of a parameter.
func (a Alt) hasField() bool {
	return slices.ContainsFunc(a.Parts, func(p Part) bool { return p.Kind == Param && p.Path != "" })
}

// IsStored reports whether a reading has what some struct of a type holds in a
// field, whichever that is.
func (a Alt) IsStored() bool {
	return slices.ContainsFunc(a.Steps, func(s finding.Step) bool { return strings.HasPrefix(s.Text, fieldStep) })
}

// openIn reports whether v depends on a parameter of fn.
func (v Value) openIn(fn *ssa.Function) bool {
	return v.anyDeep(func(p Part) bool { return (p.Kind == Param || p.NameFrom > 0) && p.owner == fn }, 0)
}

// IsZero reports whether nothing at all is known.
func (v Value) IsZero() bool { return len(v.Alts) == 0 }

// Known returns the text of a reading without holes.
func (a Alt) Known() (string, bool) {
	var b strings.Builder
	for _, p := range a.Parts {
		if p.Kind != Text {
			return "", false
		}
		b.WriteString(p.Text)
	}
	return b.String(), len(a.Parts) > 0
}

// Known returns the text if v has exactly one reading, without holes.
func (v Value) Known() (string, bool) {
	if len(v.Alts) != 1 || v.Truncated {
		return "", false
	}
	return v.Alts[0].Known()
}

// Origin returns the place of the first text part.
func (a Alt) Origin() finding.Location {
	for _, p := range a.Parts {
		if (p.Kind == Text || p.Kind == Withheld) && !p.At.IsZero() {
			return p.At
		}
	}
	return finding.Location{}
}

// constantStep begins the text of the step that is a use of a constant.
const constantStep = "constant "

// fieldStep begins the text of the step that is a store in some struct of a type.
const fieldStep = "field "

// Mixed reports whether a reading is what some struct of a type holds in a field
// whose name speaks of no credential: it may be that of another struct.
func (a Alt) Mixed() bool {
	return slices.ContainsFunc(a.Steps, func(s finding.Step) bool {
		name, ok := strings.CutPrefix(s.Text, fieldStep)
		return ok && shape.OfName(name) == shape.None
	})
}

// Brought returns the place that brings the origin of a reading into the
// package: the use of a constant, else the origin itself.
func (a Alt) Brought() finding.Location {
	for _, s := range a.Steps {
		if strings.HasPrefix(s.Text, constantStep) {
			return s.Location
		}
	}
	return a.Origin()
}

// Withheld returns the shape of a reading that is one withheld literal.
func (a Alt) Withheld() (*shape.Value, bool) {
	if len(a.Parts) == 1 && a.Parts[0].Kind == Withheld {
		return a.Parts[0].Shape, true
	}
	return nil, false
}

// Withheld returns the shape of v if its only reading is one withheld literal.
func (v Value) Withheld() (*shape.Value, bool) {
	if len(v.Alts) != 1 || v.Truncated {
		return nil, false
	}
	return v.Alts[0].Withheld()
}

// Objects returns the objects that v refers to.
func (v Value) Objects() []*Object {
	var list []*Object
	v.eachObject(func(o *Object) { list = append(list, o) })
	return list
}

// eachObject calls f for the objects that v refers to.
func (v Value) eachObject(f func(*Object)) {
	for i := range v.Alts {
		parts := v.Alts[i].Parts
		for j := range parts { // a part is large
			if p := &parts[j]; p.Kind == ObjectRef && p.object != nil {
				f(p.object)
			}
		}
	}
}

// Partial returns v in the words that practices read.
func (v Value) Partial() partial.String {
	out := partial.String{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		out.Alternatives = append(out.Alternatives, alt.Partial())
	}
	return out
}

// Partial returns one reading in the words that practices read.
func (a Alt) Partial() partial.Text {
	t := partial.Text{}
	for _, p := range a.Parts {
		if p.Kind == Text {
			t = append(t, partial.Part{Text: p.Text})
			continue
		}
		t = append(t, partial.Part{Hole: &partial.Hole{Role: p.role(), Name: p.holeName()}})
	}
	return t
}

func (p Part) holeName() string {
	if p.Kind == Param && p.Path != "" {
		return lastName(p.Path)
	}
	return p.Name
}

func (p Part) role() partial.Role {
	switch p.Kind {
	case Withheld:
		return partial.Withheld
	case Param:
		return partial.Parameter
	case Environment:
		return partial.Environment
	case Setting:
		return partial.Setting
	case Role:
		return roleOfName(p.Name)
	}
	return partial.Unknown
}

// roleOfName maps the role words of the models to holes.
func roleOfName(name string) partial.Role {
	switch name {
	case "digest", "password-hash":
		return partial.Digest
	case "random":
		return partial.Random
	case "loopback":
		return partial.Loopback
	case "credential":
		return partial.Credential
	case "user-name":
		return partial.UserName
	case "setting":
		return partial.Setting
	}
	return partial.Unknown
}
