package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// Kind is the kind of a setting's value.
type Kind uint8

// The kinds of values.
const (
	Scalar Kind = iota
	Mapping
	List
)

// Setting is one key and its value in a configuration file of any format. The
// settings of a file form a tree: a Mapping's Items are its keys, a List's its
// elements, named by their index.
type Setting struct {
	Name string
	Kind Kind
	// Text is the decoded text of a scalar. It may hold a credential.
	Text string
	// Quoted is set for a scalar that the source puts between quotes or writes
	// as a block; other scalars may be numbers, booleans and null.
	Quoted bool
	// Verbatim is set where the format expands no variables, as in single quotes
	// of a .env file.
	Verbatim bool
	// Tag is the explicit YAML tag, if any.
	Tag string
	// Aliased is set for a copy that stands for a YAML alias. The original is
	// elsewhere in the tree; positions are the original's.
	Aliased bool
	Parent  *Setting
	Items   []*Setting

	// holds is the kind of credential that the format says the text is, whatever
	// the name; coded is set where it says that the text is Base64.
	holds shape.Kind
	coded bool
	clear bool // the format says that it is no credential
	// switched is set where a template writes the setting only under a condition
	// that asks for the same thing.
	switched bool

	label  bool // its name is one that the author of the file gave to it
	src    *source
	key    span // zero for list elements
	val    span
	header bool     // read as "Name: value"
	named  []string // the words of Name, once asked for
	schema known    // whether it describes a value, once asked for
}

// known is an answer that may not have been sought yet.
type known uint8

const (
	unknown known = iota
	no
	yes
)

// Path returns the names from the root's child down to the setting.
func (s *Setting) Path() []string {
	var path []string
	for at := s; at.Parent != nil; at = at.Parent {
		path = append(path, at.Name)
	}
	slices.Reverse(path)
	return path
}

// Key returns the location of the key; for a list element that of its value.
func (s *Setting) Key() finding.Location {
	if s.key.end == 0 {
		return s.Location()
	}
	return s.src.location(s.key.start, s.key.end)
}

// Location returns the location of the value: of a scalar its text without quotes.
func (s *Setting) Location() finding.Location { return s.src.location(s.val.start, s.val.end) }

// Slice returns the location of the bytes from i to j of a scalar's Text, exact
// through escapes, quotes and folded lines.
func (s *Setting) Slice(i, j int) finding.Location {
	return s.src.location(s.val.source(i, j))
}

// Value returns the scalar's text as text known in part: references to
// variables and template expressions are holes, their defaults alternatives.
func (s *Setting) Value() partial.String {
	if s.Verbatim && !strings.Contains(s.Text, "{{") {
		return one(0, s.val, s.Text)
	}
	return readHoles(s.Text, s.val)
}

// Siblings returns the other settings of the same mapping.
func (s *Setting) Siblings() []*Setting {
	if s.Parent == nil || s.Parent.Kind != Mapping {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Parent.Items), func(o *Setting) bool { return o == s })
}

// Child returns the item of that exact name.
func (s *Setting) Child(name string) *Setting {
	for _, item := range s.Items {
		if item.Name == name {
			return item
		}
	}
	return nil
}

// All calls visit for s and every setting below it, parents first.
func (s *Setting) All(visit func(*Setting)) {
	visit(s)
	for _, item := range s.Items {
		item.All(visit)
	}
}

// add appends a new item to s.
func (s *Setting) add(item *Setting) *Setting {
	item.Parent = s
	item.src = s.src
	if s.Kind == List {
		item.Name = strconv.Itoa(len(s.Items))
	}
	s.Items = append(s.Items, item)
	return item
}

// grower builds the nested mappings of formats whose keys are dotted.
type grower struct {
	index map[part]*Setting
}

// part is one part of a dotted key, below the part before it.
type part struct {
	parent *Setting
	name   string
}

// newGrower returns a grower with nothing grown.
func newGrower() *grower { return &grower{index: map[part]*Setting{}} }

// mapping returns the mapping of that name below parent, made if it is not
// there yet. A scalar of the same name ("a=1" beside "a.b=2") stays beside it.
func (g *grower) mapping(parent *Setting, name string, key span) *Setting {
	at := part{parent, name}
	if found := g.index[at]; found != nil {
		return found
	}
	made := parent.add(&Setting{Name: name, Kind: Mapping, key: key, val: key})
	g.index[at] = made
	return made
}
