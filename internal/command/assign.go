package command

import (
	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/partial"
)

// assign keeps what a variable is set to, and hands the assignment on as a line
// of a .env file.
func (s *script) assign(a *syntax.Assign) {
	if a.Name == nil || a.Naked {
		return
	}
	v := variable{}
	switch {
	case a.Array != nil:
		v.isList = true
		for _, elem := range a.Array.Elems {
			if elem.Value != nil {
				v.list = append(v.list, s.fields(elem.Value)...)
			}
		}
	case a.Value != nil:
		v.value = s.word(a.Value).value
		s.line(a)
	default:
		v.value = one(nil)
	}
	name := a.Name.Value
	before, had := s.vars[name]
	switch {
	case a.Append && had && v.isList == before.isList:
		v.list = append(before.list[:len(before.list):len(before.list)], v.list...)
		v.value = partial.Concat(before.value, v.value)
	case a.Append:
		v.value = partial.String{}
	case s.perhaps > 0 && had && !v.isList:
		v.value = partial.Either(before.value, v.value)
	}
	s.vars[name] = v
}

// line adds an assignment to the lines of a .env file. A value that ends in an
// open quote or goes over many lines is a text and no setting.
func (s *script) line(a *syntax.Assign) {
	start, end := s.offset(a.Name.Pos()), s.offset(a.Value.End())
	nameEnd := s.offset(a.Name.End())
	if a.Append || a.Index != nil || start >= end {
		return
	}
	s.env.Copy(s.text.Data, start, nameEnd)
	s.env.Put("=", nameEnd, nameEnd)
	s.env.Copy(s.text.Data, s.offset(a.Value.Pos()), end)
	s.env.Put("\n", end, end)
}
