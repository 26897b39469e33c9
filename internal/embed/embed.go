// Package embed is the contract between front ends for text inside text: a run
// step in a CI file, a fence in a document, a here-document, SQL in a string.
//
// A front end is given a Text and returns a Result. What it finds in the text
// that is of another kind it returns as further Texts, each with the way back to
// the file, and package dispatch gives those to the front end that reads their
// kind. Front ends do not import each other.
//
// A front end works with byte offsets of Data and asks Locate for places: it
// need not know whether its text is a file, or stands behind escapes,
// indentation, list prefixes or block scalars of one. A Builder puts together
// the text inside another one and notes which bytes stand for which.
//
// A Go pass that wants to hand on a raw string makes a Text of it in the same
// way: Data is the literal's value, Locate maps an offset to the literal's
// position plus the offset and the opening quote (a Builder where the literal
// has escapes), Kind is what the text looks like or the call that takes it says.
// It then judges what package dispatch returns together with its own
// observations, so that all drivers tell the same.
package embed

import (
	"bytes"
	"sort"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/walk"
)

// Text is a text to observe: a file, or a part of one.
type Text struct {
	// Kind is the language of a part; a whole file has None and is known by its Name.
	Kind Kind
	// Name is the path of the file, or the name of a file that stands in it.
	Name string
	// Data is the text, decoded.
	Data []byte
	// Locate returns the place of the bytes of Data from start to end.
	Locate func(start, end int) finding.Location
	// Symbol and Key are what the text around it calls the part: the key path,
	// the heading. Key is free of what moves, such as indexes.
	Symbol, Key string
	// Test and Document are set for test code and documentation; see practice.Source.
	Test, Document bool
	// Provider is the id of the one provider that a document is about, Host a host
	// of it that its examples call; both are empty for other texts.
	Provider, Host string
	// State tells what git knows of a file; nil where nobody knows.
	State func() walk.State

	part bool
}

// IsPart reports whether the text is a part of a file: what is wrong with it is
// often that it is cut short.
func (t *Text) IsPart() bool { return t.part }

// With returns a part of t whose bytes are given together with their places.
func (t *Text) With(data []byte, locate func(start, end int) finding.Location) *Text {
	inner := *t
	inner.Data, inner.Locate, inner.part = data, locate, true
	return &inner
}

// Result is what a front end returns for a Text.
type Result struct {
	Observations []practice.Observation
	// Texts are the parts that are of another kind.
	Texts   []*Text
	Notices []finding.Notice
}

// Add appends what another result holds.
func (r *Result) Add(other Result) {
	r.Observations = append(r.Observations, other.Observations...)
	r.Texts = append(r.Texts, other.Texts...)
	r.Notices = append(r.Notices, other.Notices...)
}

// File returns the text of a whole file. The path is relative to the root,
// because the names of folders say whether a file is test code or documentation.
func File(path string, data []byte) *Text {
	var lines []int // most files are never asked for a place
	place := func(offset int) (line, column int) {
		if lines == nil {
			lines = lineStarts(data)
		}
		offset = max(0, min(offset, len(data)))
		line = sort.Search(len(lines), func(i int) bool { return lines[i] > offset })
		return line, offset - lines[line-1] + 1
	}
	t := &Text{Name: path, Data: data}
	t.Test, t.Document = walk.Class(path)
	t.Locate = func(start, end int) finding.Location {
		at := finding.Location{File: path}
		at.Line, at.Column = place(start)
		at.EndLine, at.EndColumn = place(max(start, end))
		return at
	}
	return t
}

// lineStarts returns where the lines of a text begin.
func lineStarts(data []byte) []int {
	lines := []int{0}
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return lines
		}
		at += n + 1
		lines = append(lines, at)
	}
}

// Inside returns a part of t that is of another kind. What it stands in stays
// with it: the name, whether it is test code, the symbol.
func (t *Text) Inside(kind Kind, b *Builder) *Text {
	runs, outer := b.runs, t.Locate
	inner := t.With(b.text, func(start, end int) finding.Location {
		from, to := runs.source(start, end)
		return outer(from, to)
	})
	inner.Kind = kind
	return inner
}

// Part returns the bytes of t from start to end as a text of another kind.
func (t *Text) Part(kind Kind, start, end int) *Text {
	var b Builder
	b.Copy(t.Data, start, end)
	return t.Inside(kind, &b)
}

// Source returns what an observation says of the place of the bytes from start
// to end.
func (t *Text) Source(start, end int) practice.Source {
	at := t.Locate(start, end)
	return practice.Source{At: at, Origin: at, Symbol: t.Symbol, Key: t.Key, Test: t.Test, Document: t.Document}
}
