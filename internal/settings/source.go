package settings

import (
	"sort"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
)

// source is one text under reading: its name, its bytes and where its lines
// begin. A text that stands inside a value of another file knows that file.
type source struct {
	file  string
	data  []byte
	lines []int // offset of each line's first byte
	outer *source
	via   span        // of the text in outer
	part  *embed.Text // the text, if it is a part of a file
	worth []portion   // what is read of a stream of documents
}

// newSource returns the source of a file's bytes.
func newSource(file string, data []byte) *source {
	s := &source{file: file, data: data, lines: []int{0}, worth: []portion{{0, len(data)}}}
	for i, b := range data {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// place returns line and column of a byte offset, both from 1, columns in bytes.
func (s *source) place(offset int) (line, column int) {
	offset = max(0, min(offset, len(s.data)))
	line = sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset })
	return line, offset - s.lines[line-1] + 1
}

// location returns the location of the bytes from start to end, end exclusive.
func (s *source) location(start, end int) finding.Location {
	if s.outer != nil {
		return s.outer.location(s.via.source(start, end))
	}
	if s.part != nil {
		return s.part.Locate(start, end)
	}
	line, column := s.place(start)
	endLine, endColumn := s.place(end)
	return finding.Location{File: s.file, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// run is a stretch of decoded text and the source bytes that it was read from.
// Runs of equal length on both sides map byte by byte; others, such as an
// escape, only as a whole.
type run struct{ out, outLen, in, inLen int }

// isLinear reports whether the run maps byte by byte.
func (r run) isLinear() bool { return r.outLen == r.inLen }

// opaque returns the span of a text whose way from the source is not known: it
// maps as a whole only.
func opaque(start, end, length int) span {
	return span{start: start, end: end, runs: []run{{0, length, start, end - start}}, whole: true}
}

// span ties a decoded text to the source: the whole range that it was read
// from, quotes excluded, and the runs that map its bytes. A span without runs
// maps byte by byte from start.
type span struct {
	start, end int
	runs       []run
	whole      bool // no byte maps alone
}

// source returns the source range of the decoded bytes from i to j.
func (p span) source(i, j int) (start, end int) {
	switch {
	case p.whole:
		return p.start, p.end
	case len(p.runs) == 0:
		start, end = p.start+i, p.start+j
	default:
		start, end = p.first(i), p.last(j)
	}
	start = max(p.start, min(start, p.end))
	return start, max(start, min(end, p.end))
}

// slice returns the span of the decoded bytes from i to j alone.
func (p span) slice(i, j int) span {
	start, end := p.source(i, j)
	out := span{start: start, end: end, whole: p.whole}
	for _, r := range p.runs {
		from, to := max(r.out, i), min(r.out+r.outLen, j)
		if from >= to {
			continue
		}
		cut := run{from - i, to - from, r.in, r.inLen}
		if r.isLinear() {
			cut.in, cut.inLen = r.in+from-r.out, to-from
		}
		out.runs = append(out.runs, cut)
	}
	return out
}

// first returns where the source of decoded byte i begins.
func (p span) first(i int) int {
	k := sort.Search(len(p.runs), func(k int) bool { return p.runs[k].out > i }) - 1
	if k < 0 {
		return p.start
	}
	r := p.runs[k]
	switch {
	case i >= r.out+r.outLen:
		return r.in + r.inLen
	case r.isLinear():
		return r.in + i - r.out
	}
	return r.in
}

// last returns where the source of the decoded bytes before j ends.
func (p span) last(j int) int {
	if j == 0 {
		return p.start
	}
	k := sort.Search(len(p.runs), func(k int) bool { return p.runs[k].out >= j }) - 1
	if k < 0 {
		return p.start
	}
	r := p.runs[k]
	if r.isLinear() && j <= r.out+r.outLen {
		return r.in + j - r.out
	}
	return r.in + r.inLen
}

// decoder collects decoded text together with the runs that map it.
type decoder struct {
	text []byte
	runs []run
}

// copy takes the source bytes from start to end over as they are.
func (d *decoder) copy(data []byte, start, end int) {
	if end <= start {
		return
	}
	if n := len(d.runs); n > 0 {
		last := &d.runs[n-1]
		if last.isLinear() && last.in+last.inLen == start {
			last.outLen += end - start
			last.inLen += end - start
			d.text = append(d.text, data[start:end]...)
			return
		}
	}
	d.runs = append(d.runs, run{len(d.text), end - start, start, end - start})
	d.text = append(d.text, data[start:end]...)
}

// put takes text over for the source bytes from start to end. Where it happens
// to be as long as they are, it is tied to all but the last of them: runs of
// equal length map byte by byte.
func (d *decoder) put(text string, start, end int) {
	if text == "" {
		return
	}
	if len(text) == end-start {
		end--
	}
	d.runs = append(d.runs, run{len(d.text), len(text), start, end - start})
	d.text = append(d.text, text...)
}

// append takes text over together with the span that it was read from.
func (d *decoder) append(text string, from span) {
	if text == "" {
		return
	}
	runs := from.runs
	if len(runs) == 0 {
		runs = []run{{0, len(text), from.start, from.end - from.start}}
	}
	for _, r := range runs {
		r.out += len(d.text)
		d.runs = append(d.runs, r)
	}
	d.text = append(d.text, text...)
}

// span returns the span of what was collected, read from start to end.
func (d *decoder) span(start, end int) span {
	p := span{start: start, end: end, runs: d.runs}
	if len(d.runs) == 1 && d.runs[0].isLinear() && d.runs[0].in == start {
		p.runs = nil
	}
	return p
}
