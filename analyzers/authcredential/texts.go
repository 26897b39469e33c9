package authcredential

import (
	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// texts observes what string literals hold by a name, an operator or a syntax
// alone: a password in a table of a test, a setting in the text of a
// configuration file, a key in JSON. What else is known of a literal goes first.
func (c *collector) texts() {
	result, _ := c.ResultOf[authpattern.Analyzer].(*authpattern.Result)
	if result == nil {
		return
	}
	known := map[string][]finding.Location{}
	for _, obs := range c.list {
		if obs.Link == "" && obs.Value.Provider == "" && obs.Value.Sample == "" && !shape.Credible(obs.Value, obs.Kind, obs.Sink) {
			continue // nobody will be told of it
		}
		at := obs.Origin
		if at.IsZero() {
			at = obs.At
		}
		known[at.File] = append(known[at.File], at)
	}
	for _, m := range c.matches {
		known[m.At.File] = append(known[m.At.File], m.At)
	}
	for _, file := range c.Files {
		for _, obs := range result.Literals(file) {
			if holds(known[obs.At.File], obs.At) {
				continue
			}
			own := *obs // the result belongs to all who require it
			own.Test = c.Test(obs.At.File)
			c.add(&own, byName)
		}
	}
}

// holds reports whether one of the places has text in common with another one.
func holds(places []finding.Location, at finding.Location) bool {
	before := func(line, column, otherLine, otherColumn int) bool {
		return line < otherLine || line == otherLine && column < otherColumn
	}
	for _, p := range places {
		if before(p.Line, p.Column, at.EndLine, at.EndColumn) && before(at.Line, at.Column, p.EndLine, p.EndColumn) {
			return true
		}
	}
	return false
}
