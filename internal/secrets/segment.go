package secrets

import (
	"bytes"
	"sort"
)

// segment is a part of a text that has been decoded.
type segment struct {
	// encoded is its place in the text of the pass before, decoded in that of
	// its own, origin in the file.
	encoded, decoded, origin span
	// kinds are its encodings, those of the passes before included.
	kinds kinds
}

// touches reports whether two places overlap or meet.
func (s span) touches(o span) bool { return o.start <= s.end && o.end >= s.start }

// touching returns the segments whose decoded text touches a place. They are
// next to each other, because segments are in order and do not overlap.
func touching(segments []segment, at span) []segment {
	first := sort.Search(len(segments), func(i int) bool { return segments[i].decoded.end >= at.start })
	last := first
	for last < len(segments) && segments[last].decoded.start <= at.end {
		last++
	}
	return segments[first:last]
}

// decode makes the text of the next pass. It reports whether anything was decoded.
func (p *pass) decode() bool {
	var segments []segment
	text, copied := p.spare[:0], 0
	found := newEncodings(p.text)
	var last encodedSpan // the one before, whatever became of it
	current, ok := found.next()
	for ok {
		next, more := found.next()
		// Of two that meet, the less telling one waits for the next pass.
		waits := last.end > 0 && current.touches(last.span) && last.kind < current.kind ||
			more && current.touches(next.span) && next.kind < current.kind
		if !waits {
			p.plain = appendDecoded(p.plain[:0], p.text[current.start:current.end], current.kind)
			if len(p.plain) > 0 {
				text = append(append(text, p.text[copied:current.start]...), p.plain...)
				segments = append(segments, p.segment(current, span{len(text) - len(p.plain), len(text)}))
				copied = current.end
			}
		}
		last, current, ok = current, next, more
	}
	if len(segments) == 0 {
		return false
	}
	text = append(text, p.text[copied:]...)
	p.spare, p.current = p.current, text
	p.segments = segments
	p.earlier = append(p.earlier, segments)
	p.begin(text)
	return true
}

// segment returns the segment of a part of the present text and its place in the
// next one.
func (p *pass) segment(e encodedSpan, decoded span) segment {
	s := segment{encoded: e.span, decoded: decoded, kinds: e.kind}
	before := touching(p.segments, e.span)
	s.origin = p.toSource(len(p.earlier), before, e.span)
	for i := range before {
		s.kinds |= before[i].kinds
	}
	return s
}

// toSource returns the place in the file of a place in a text, given the
// segments that it touches and how many passes made the text. As in gitleaks, it
// is all of the encoded text if it lies in a segment, and it is not moved by what
// was decoded before it if it touches none.
func (p *pass) toSource(depth int, segments []segment, at span) span {
	for depth > 0 && len(segments) > 0 {
		var before span
		for i := range segments {
			s := &segments[i]
			if s.decoded.start <= at.start && at.end <= s.decoded.end {
				return s.origin
			}
			start := s.encoded.start + min(0, at.start-s.decoded.start)
			end := s.encoded.end + max(0, at.end-s.decoded.end)
			if before.end > 0 {
				start, end = min(start, before.start), max(end, before.end)
			}
			before = span{start, end}
		}
		at = before
		if depth--; depth > 0 {
			segments = touching(p.earlier[depth-1], at)
		}
	}
	return at
}

// lineAround returns the lines of a place in a text, with the line end in front
// of them.
func lineAround(text []byte, at span) span {
	line := span{0, len(text)}
	if start := bytes.LastIndexByte(text[:min(at.start+1, len(text))], '\n'); start >= 0 {
		line.start = start
	}
	if end := bytes.IndexByte(text[at.end:], '\n'); end >= 0 {
		line.end = at.end + end
	}
	return line
}
