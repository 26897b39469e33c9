package exercise

import (
	"fmt"

	"github.com/authlint/authlint/rules"
)

// Exercise is one way to show that a directive has its effect.
type Exercise struct {
	Decl      *Decl
	Directive rules.Directive
	Scenario  string
	Variant   string

	number   int
	optional bool // not every such directive can be shown so
	write    func(p *program, x *Exercise, bad bool)
}

// String names the exercise for readers and exceptions.
func (x *Exercise) String() string {
	s := fmt.Sprintf("%s: %s: %s", x.Decl.Name(), x.Directive, x.Scenario)
	if x.Variant != "" {
		s += " " + x.Variant
	}
	return s
}

// Pair is the code of an exercise.
type Pair struct {
	*Exercise
	Bad, Good *program
	Err       error // why it cannot be written
}

// event returns an exercise of an event that is given a text for its argument
// "value", or for the one that is called otherwise.
func event(d *Decl, dir rules.Directive, scenario string, write func(p *program, x *Exercise, bad bool)) []*Exercise {
	return []*Exercise{{Decl: d, Directive: dir, Scenario: scenario, optional: true, write: write}}
}

// Program writes both functions of an exercise.
func (w *World) pair(x *Exercise) *Pair {
	pair := &Pair{Exercise: x}
	for _, bad := range []bool{true, false} {
		name := "good"
		if bad {
			name = "bad"
		}
		p := newProgram(w, fmt.Sprintf("exercise.test/n%d/%s", x.number, name), x.number)
		x.write(p, x, bad)
		if p.err != nil && pair.Err == nil {
			pair.Err = p.err
		}
		if bad {
			pair.Bad = p
		} else {
			pair.Good = p
		}
	}
	if pair.Err == nil && len(pair.Bad.want)+len(pair.Bad.wantDecl) == 0 {
		pair.Err = fmt.Errorf("nothing is expected")
	}
	return pair
}

// Exercises returns the exercises of a declaration.
func (w *World) Exercises(d *Decl) []*Exercise {
	var list []*Exercise
	for _, dir := range d.Directives {
		for _, s := range scenarios {
			list = append(list, s(d, dir)...)
		}
	}
	for _, x := range list {
		w.count++
		x.number = w.count
	}
	return list
}
