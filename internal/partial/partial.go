// Package partial is text known in part: runs of known text and holes, with
// alternatives. All front ends speak of `"http://" + host`, `http://$HOST/` and
// fmt.Sprintf with this one type; readers of it never guess what a hole holds.
package partial

import "strings"

// Role says what is known of a hole's content.
type Role uint8

// The roles of holes.
const (
	Unknown     Role = iota
	Environment      // read from the environment; Name is the variable
	Setting          // read from configuration: a field, flag or setting; Name is its name
	Parameter        // a parameter of the enclosing function; Name is its name
	Credential       // holds a credential by its name or source; Name is the name
	UserName         // holds a user name
	Digest           // the result of a hash, an HMAC or a signature
	Random           // made at run time: key generation, nonce, UUID
	Loopback         // the address of a test server or another loopback address
	Withheld         // a literal whose text is not carried along because it may be secret
)

// Hole is a run of unknown text.
type Hole struct {
	Role Role
	Name string // what the source calls it; never a value
}

// Part is a run of known text, or a hole. Start and End are byte offsets in the
// source text, End exclusive; both are 0 where the place is not known.
type Part struct {
	Text       string
	Hole       *Hole
	Start, End int
}

// Text is one reading of a string: its parts in order.
type Text []Part

// MaxAlternatives caps the readings of one String; further ones are dropped and
// Truncated is set.
const MaxAlternatives = 8

// String is a string known in part: one or more alternative readings, as after
// a phi or in ${X:-y}. The zero String has no reading: nothing is known.
type String struct {
	Alternatives []Text
	Truncated    bool
}

// Literal returns a String that is wholly known.
func Literal(text string) String { return String{Alternatives: []Text{{{Text: text}}}} }

// Open returns a String that is one hole.
func Open(role Role, name string) String {
	return String{Alternatives: []Text{{{Hole: &Hole{Role: role, Name: name}}}}}
}

// Concat returns the concatenations of every reading of a with every one of b.
func Concat(a, b String) String {
	out := String{Truncated: a.Truncated || b.Truncated}
	for _, x := range a.Alternatives {
		for _, y := range b.Alternatives {
			if len(out.Alternatives) == MaxAlternatives {
				out.Truncated = true
				return out
			}
			joined := make(Text, 0, len(x)+len(y))
			joined = append(append(joined, x...), y...)
			out.Alternatives = append(out.Alternatives, joined)
		}
	}
	return out
}

// Either returns the readings of a and of b.
func Either(a, b String) String {
	out := String{Truncated: a.Truncated || b.Truncated}
	for _, t := range append(append([]Text(nil), a.Alternatives...), b.Alternatives...) {
		if len(out.Alternatives) == MaxAlternatives {
			out.Truncated = true
			return out
		}
		out.Alternatives = append(out.Alternatives, t)
	}
	return out
}

// Known returns the text if the reading has no hole, and reports whether so.
func (t Text) Known() (string, bool) {
	var b strings.Builder
	for _, p := range t {
		if p.Hole != nil {
			return "", false
		}
		b.WriteString(p.Text)
	}
	return b.String(), true
}

// Display returns the text for a reader, holes as {name}. It may hold a
// credential and must not be printed unless its shape is proven harmless.
func (t Text) Display() string {
	var b strings.Builder
	for _, p := range t {
		switch {
		case p.Hole == nil:
			b.WriteString(p.Text)
		case p.Hole.Name == "":
			b.WriteString("{…}")
		default:
			b.WriteString("{" + p.Hole.Name + "}")
		}
	}
	return b.String()
}

// Prefix returns the known text before the first hole.
func (t Text) Prefix() string {
	var b strings.Builder
	for _, p := range t {
		if p.Hole != nil {
			break
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Holes returns the holes in order.
func (t Text) Holes() []Hole {
	var holes []Hole
	for _, p := range t {
		if p.Hole != nil {
			holes = append(holes, *p.Hole)
		}
	}
	return holes
}

// Has reports whether some hole has the role.
func (t Text) Has(role Role) bool {
	for _, p := range t {
		if p.Hole != nil && p.Hole.Role == role {
			return true
		}
	}
	return false
}

// Known returns the text if there is exactly one reading and it has no hole,
// and reports whether so.
func (s String) Known() (string, bool) {
	if len(s.Alternatives) != 1 || s.Truncated {
		return "", false
	}
	return s.Alternatives[0].Known()
}

// IsZero reports whether nothing is known.
func (s String) IsZero() bool { return len(s.Alternatives) == 0 }
