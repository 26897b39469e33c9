package embed

import "sort"

// Builder puts together the text of a part and notes where its bytes come from.
type Builder struct {
	text []byte
	runs runs
}

// Len returns the length of the text so far.
func (b *Builder) Len() int { return len(b.text) }

// Copy takes the bytes of data from start to end over as they are.
func (b *Builder) Copy(data []byte, start, end int) {
	if end <= start {
		return
	}
	if n := len(b.runs); n > 0 {
		last := &b.runs[n-1]
		if last.isLinear() && last.in+last.inLen == start {
			last.outLen += end - start
			last.inLen += end - start
			b.text = append(b.text, data[start:end]...)
			return
		}
	}
	b.runs = append(b.runs, run{len(b.text), end - start, start, end - start})
	b.text = append(b.text, data[start:end]...)
}

// Put takes text over for the bytes from start to end: an escape, or a line
// break between two parts.
func (b *Builder) Put(text string, start, end int) {
	if text == "" {
		return
	}
	b.runs = append(b.runs, run{len(b.text), len(text), start, end - start})
	b.text = append(b.text, text...)
}

// run is a stretch of text and the bytes that it was read from. Runs of equal
// length on both sides map byte by byte; others, such as an escape, as a whole.
type run struct{ out, outLen, in, inLen int }

// isLinear reports whether the run maps byte by byte.
func (r run) isLinear() bool { return r.outLen == r.inLen }

// runs map a text to its source, in order of the text.
type runs []run

// source returns the source range of the bytes from start to end.
func (r runs) source(start, end int) (from, to int) {
	from = r.first(start)
	if end <= start {
		return from, from
	}
	return from, max(from, r.last(end))
}

// first returns where the source of byte i begins.
func (r runs) first(i int) int {
	if len(r) == 0 {
		return 0
	}
	k := max(0, sort.Search(len(r), func(k int) bool { return r[k].out > i })-1)
	at := r[k]
	switch {
	case i >= at.out+at.outLen:
		return at.in + at.inLen
	case at.isLinear():
		return at.in + i - at.out
	}
	return at.in
}

// last returns where the source of the bytes before j ends; j is above 0.
func (r runs) last(j int) int {
	if len(r) == 0 {
		return 0
	}
	k := max(0, sort.Search(len(r), func(k int) bool { return r[k].out >= j })-1)
	at := r[k]
	if at.isLinear() && j <= at.out+at.outLen {
		return at.in + j - at.out
	}
	return at.in + at.inLen
}
