package command

import (
	"bytes"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
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
		w := s.word(a.Value)
		v.value = w.value
		s.line(a, w)
		s.argumentFallback(a)
	default:
		v.value = one(nil)
	}
	name := a.Name.Value
	before, had := s.vars[name]
	switch {
	case a.Append && had && v.isList == before.isList:
		v.list = append(before.list[:len(before.list):len(before.list)], v.list...)
		v.value = partial.Concat(before.value, v.value)
		if s.perhaps > 0 && !v.isList {
			v.value = partial.Either(v.value, before.value)
		}
	case a.Append:
		v.value = partial.String{}
	case s.perhaps > 0 && !v.isList && had:
		v.value = partial.Either(before.value, v.value)
	case s.perhaps > 0 && !v.isList:
		at := s.offset(a.Name.Pos())
		v.value = partial.Either(v.value, hole(roleOfName(name), shownName(name), at, s.offset(a.Name.End())))
	}
	s.vars[name] = v
}

// line adds an assignment to the lines of a .env file, if its text stands there as
// a whole. Switches that a condition sets are options of the script.
func (s *script) line(a *syntax.Assign, w word) {
	if s.perhaps > 0 && shape.OfName(a.Name.Value) == shape.None {
		return
	}
	start, end := s.offset(a.Name.Pos()), s.offset(a.Value.End())
	text, whole := w.known()
	if !hasDefault(s.text.Data[s.offset(a.Value.Pos()):max(end, s.offset(a.Value.Pos()))]) && (!whole || !within(w.reading(), w) || isColour(text)) {
		return
	}
	nameEnd := s.offset(a.Name.End())
	if a.Append || a.Index != nil || start >= end {
		return
	}
	s.env.Copy(s.text.Data, start, nameEnd)
	s.env.Put("=", nameEnd, nameEnd)
	s.env.Copy(s.text.Data, s.offset(a.Value.Pos()), end)
	s.env.Put("\n", end, end)
}

// hasDefault reports whether a value is an expression of a template that falls
// back to a literal, which is read with the line.
func hasDefault(value []byte) bool {
	return bytes.Contains(value, []byte("{{")) && bytes.Contains(value, []byte("default"))
}

// isColour reports whether a text begins with a sequence that a terminal takes
// for a colour.
func isColour(text string) bool {
	for _, start := range [...]string{"\\x1b", "\\x1B", "\\033", "\\e[", "\x1b", "\\u001b"} {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// argumentFallback observes the default of a variable that says nothing by its own
// name and is assigned to one that is named like a credential: PASSWORD=${1:-text}.
func (s *script) argumentFallback(a *syntax.Assign) {
	exp, ok := soleParam(a.Value, true)
	if !ok || exp == nil {
		return
	}
	if exp.Param == nil || exp.Exp == nil || exp.Exp.Word == nil || shape.OfName(exp.Param.Value) != shape.None {
		return
	}
	switch exp.Exp.Op {
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull, syntax.AssignUnset, syntax.AssignUnsetOrNull:
		s.fallback(a.Name.Value, s.word(exp.Exp.Word))
	}
}
