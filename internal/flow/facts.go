package flow

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Summary is the fact about one function: what its results are, and what it
// does with its parameters, in terms of its parameters. It holds no literal
// whose shape does not prove it harmless.
type Summary struct {
	Results []Value
	Fields  []FieldSummary
	Stores  []StoreSummary
	Links   []Link
	Options []OptionCall
	Objects []ObjectSummary
	Named   []NamedSummary
	Calls   []CallSummary
	// Callback is set if the function accepts everything or asks another.
	Callback *Callback
	Leaks    []Leak
	Reveals  []Reveal
}

// AFact marks Summary as a fact.
func (*Summary) AFact() {}

// String tells the size of the summary, for tests.
func (s *Summary) String() string {
	return fmt.Sprintf("summary(%d results, %d objects, %d named)", len(s.Results), len(s.Objects), len(s.Named))
}

// FieldSummary is what a function stores at an access path from what it returns.
type FieldSummary struct {
	Result int
	Field  string
	Value  Value
	// Zero is set when the place holds the empty text where nothing of Value is
	// stored in it.
	Zero bool
}

// CallSummary is a call that a function makes of a function that it is given, or
// of a method of what it is given.
type CallSummary struct {
	Callee Value // the parameter, or what lies at a path of it
	Method string
	Args   []Value
	Text   string // the callee's name
	// Objects are one more than the indexes of the function's objects that are
	// arguments, 0 for the others.
	Objects []int
	When    []Guard
	At      finding.Location
	Steps   []finding.Step

	argv []ssa.Value
}

// StoreSummary is what a function stores at an access path from a parameter.
type StoreSummary struct {
	Param int
	Path  string
	Value Value
}

// ObjectSummary is an object that depends on the function's parameters: it is
// found at one (Param >= 0), is left in a result or in what a parameter points
// to (Result, Into >= 0), or takes values from them.
type ObjectSummary struct {
	Kind       string
	Callee     string
	Provider   string
	Param      int
	Path       string
	Result     int
	ResultPath string
	Into       int
	IntoPath   string
	// Exposed is set when more may be set on the object than the events say.
	Exposed bool
	// OpenOptions is set when options that neither the function nor its callers
	// make reach the object.
	OpenOptions bool
	// Parents are where callers have what the object was made from, besides
	// what its events tell.
	Parents []Place
	Events  []EventSummary

	object *Object // of this package
	outer  *Object // of a function literal: the object of a function around it
}

// Place is an access path from a parameter, or from a result.
type Place struct {
	Param int
	Path  string
}

// EventSummary is an event of an ObjectSummary.
type EventSummary struct {
	Role        string
	Args        []ArgSummary
	Text        string
	Conditional bool
	When        []Guard
	At          finding.Location
	Steps       []finding.Step
}

// ArgSummary is an argument of an EventSummary.
type ArgSummary struct {
	Name  string
	Value Value
}

// NamedSummary is a place that takes a credential by its name alone and gets
// it from a parameter.
type NamedSummary struct {
	Name        string
	Kind        shape.Kind
	Sink        string
	Use         string
	Type        string
	Value       Value
	Conditional bool
	When        []Guard
	At          finding.Location
	Steps       []finding.Step
}

// Variable is the fact about one package variable: what is stored in it.
type Variable struct{ Value Value }

// AFact marks Variable as a fact.
func (*Variable) AFact() {}

// String tells the size of the fact, for tests.
func (v *Variable) String() string { return fmt.Sprintf("variable(%d readings)", len(v.Value.Alts)) }

// Reaches is the package fact that some function of the package has a summary
// with objects or named places; without it, and without a modelled import that
// makes objects, a dependency needs no look.
type Reaches struct{}

// AFact marks Reaches as a fact.
func (*Reaches) AFact() {}

// String is the fact's name, for tests.
func (*Reaches) String() string { return "reaches" }
