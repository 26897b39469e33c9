package flow

import (
	"fmt"
	"hash/fnv"

	"golang.org/x/tools/go/ssa"
)

// rowOf returns a number for the element of a list or a map that a path of a
// root lies in, or for the struct that is written out there; 0 if it lies in
// neither. It is the same in every run.
func (e *engine) rowOf(root ssa.Value, p path) uint32 {
	last := -1
	for i, h := range p {
		if h.kind == hopElem {
			last = i
		}
	}
	if alloc, ok := root.(*ssa.Alloc); last < 0 && (!ok || alloc.Comment != "complit") {
		return 0
	}
	at := e.pass.Fset.Position(root.Pos())
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, baseName(at.Filename), at.Line, ":", at.Column, p[:last+1].String())
	return h.Sum32() | 1
}

// inRow returns v as what an element has: readings that are told of an element
// inside that one already keep it.
func (v Value) inRow(row uint32) Value {
	if row == 0 {
		return v
	}
	out := Value{Truncated: v.Truncated, Alts: make([]Alt, len(v.Alts))}
	for i, alt := range v.Alts {
		if alt.Row == 0 {
			alt.Row = row
		}
		out.Alts[i] = alt
	}
	return out
}

// sameRow returns the row of two readings that are joined.
func sameRow(a, b uint32) uint32 {
	if a == 0 {
		return b
	}
	return a
}

// Beside returns the readings of v that can stand where another one does: those
// of other elements of a list or a map cannot.
func (v Value) Beside(alt Alt) Value {
	out := Value{Truncated: v.Truncated}
	for _, other := range v.Alts {
		if alt.Row == 0 || other.Row == 0 || alt.Row == other.Row {
			out.Alts = append(out.Alts, other)
		}
	}
	return out
}

// nameFor gives an environment variable or a setting its name: the known texts
// of v, or the parameter that callers give it with.
func (p Part) nameFor(v Value) Value {
	var out Value
	for _, alt := range v.Alts {
		part := p
		name, known := alt.Known()
		switch {
		case known && name == "":
			continue // nothing is read in this case
		case known:
			part.Name = name
		case len(alt.Parts) == 1 && alt.Parts[0].Kind == Param:
			by := alt.Parts[0]
			part.NameFrom, part.Path, part.owner = by.Index+1, by.Path, by.owner
		}
		out = union(out, single(part).inRow(alt.Row))
	}
	if out.open() && !out.any(func(part Part) bool { return part.Path != "" }) {
		out = out.dependent() // the rest is the function's own
	}
	if len(out.Alts) == 0 {
		return single(p)
	}
	return out
}

// inRowOf is inRow for what a write stores at a path of a root where any element
// is asked for.
func (e *engine) inRowOf(v Value, root ssa.Value, p path, w write) Value {
	if !p.open() || len(v.Alts) == 0 {
		return v
	}
	return v.inRow(e.rowOf(root, w.path))
}

// InRow returns the readings of v that are of the same element as another
// value's reading.
func (v Value) InRow(alt Alt) Value {
	out := Value{Truncated: v.Truncated}
	for _, other := range v.Alts {
		if alt.Row != 0 && alt.Row == other.Row {
			out.Alts = append(out.Alts, other)
		}
	}
	return out
}

// apart reports whether two readings are of different elements.
func apart(a, b Alt) bool { return a.Row != 0 && b.Row != 0 && a.Row != b.Row }

// anyTogether reports whether some reading of a goes with one of b.
func anyTogether(a, b Value) bool {
	for _, x := range a.Alts {
		for _, y := range b.Alts {
			if !apart(x, y) {
				return true
			}
		}
	}
	return false
}
