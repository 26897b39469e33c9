package practice

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

const (
	// fewVerdicts is how many verdicts are compared each with each: an index
	// would cost more.
	fewVerdicts = 48
	// longLines is how many lines the text of a verdict may have before it counts
	// as near to everything.
	longLines = 1000
	// columnsTogether is how many columns of a line are one stretch of it.
	columnsTogether = 256
)

// neighbours tells which verdicts may be about the same fault as another one,
// so that not all of a large file's are compared with each other.
type neighbours struct {
	all      []int // of few verdicts; the index is empty then
	bySource map[*Source][]int
	byPlace  map[finding.Location][]int // of the observation, or of its value
	byText   map[stretch][]int
	long     []int
}

// stretch is a part of a line: its columns from part*columnsTogether on, all of
// them, or those of a text that goes on in another line.
type stretch struct {
	file, pkg  string
	line, part int
}

const (
	wholeLine = -1
	manyLines = -2
)

// newNeighbours indexes those verdicts that may absorb others, by their place in
// the list. Up to few are not worth it.
func newNeighbours(alive []*verdict, few int) *neighbours {
	n := &neighbours{}
	if len(alive) <= few {
		for k := range alive {
			n.all = append(n.all, k)
		}
		return n
	}
	n.bySource, n.byPlace, n.byText = map[*Source][]int{}, map[finding.Location][]int{}, map[stretch][]int{}
	for k, v := range alive {
		if v != nil {
			n.add(k, v)
		}
	}
	return n
}

// add notes that a verdict stands at place k of the list.
func (n *neighbours) add(k int, v *verdict) {
	if n.all != nil || len(v.rule.Absorbs) == 0 && !v.takesPatterns {
		return
	}
	n.bySource[v.src] = append(n.bySource[v.src], k)
	for _, at := range []finding.Location{v.src.At, v.src.Origin} {
		if !at.IsZero() {
			n.byPlace[at] = append(n.byPlace[at], k)
		}
	}
	for _, text := range literals(v.src) {
		if isLong(text) {
			n.long = append(n.long, k)
			continue
		}
		for _, s := range stretches(text) {
			n.byText[s] = append(n.byText[s], k)
		}
		for line := text.Line; line <= text.EndLine; line++ {
			whole := stretch{text.File, text.Package, line, wholeLine}
			n.byText[whole] = append(n.byText[whole], k)
		}
	}
}

// of returns the places of all verdicts that may absorb this one, in order, and
// perhaps of some that do not.
func (n *neighbours) of(weak *verdict) []int {
	if n.all != nil {
		return n.all
	}
	list := slices.Concat(n.bySource[weak.src], n.byPlace[weak.src.At], n.byPlace[weak.src.Origin])
	if weak.rule.Secret {
		list = append(list, n.long...)
		for _, text := range literals(weak.src) {
			list = append(list, n.overlapping(text)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// overlapping returns the places of verdicts whose text may overlap a text.
func (n *neighbours) overlapping(text finding.Location) []int {
	var list []int
	if text.Line != text.EndLine { // any column of its lines may be in it
		for line := text.Line; line <= text.EndLine; line++ {
			list = append(list, n.byText[stretch{text.File, text.Package, line, wholeLine}]...)
		}
		return list
	}
	list = append(list, n.byText[stretch{text.File, text.Package, text.Line, manyLines}]...)
	for _, s := range stretches(text) {
		list = append(list, n.byText[s]...)
	}
	return list
}

func isLong(text finding.Location) bool { return text.EndLine-text.Line > longLines }

// stretches returns the parts of lines that a text lies in.
func stretches(text finding.Location) []stretch {
	var list []stretch
	if text.Line != text.EndLine {
		for line := text.Line; line <= text.EndLine; line++ {
			list = append(list, stretch{text.File, text.Package, line, manyLines})
		}
		return list
	}
	for part := text.Column / columnsTogether; part <= text.EndColumn/columnsTogether; part++ {
		list = append(list, stretch{text.File, text.Package, text.Line, part})
	}
	return list
}
