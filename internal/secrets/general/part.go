package general

import (
	"bytes"
	"sort"
)

// partKind says what a part of code is.
type partKind uint8

// The kinds of parts. Code itself is what lies between them.
const (
	literalPart partKind = iota
	commentPart
)

// part is a string literal or a comment of code.
type part struct {
	start, end int // with delimiters
	from, to   int // without
	kind       partKind
}

// marks are the bytes at which a part of code may begin.
func (l *language) marks() (marks [256]bool) {
	marks['"'], marks['\''] = true, true
	if l.raw != 0 {
		marks[l.raw] = true
	}
	if l.block {
		marks['/'] = true
	}
	for _, c := range l.line {
		marks[c[0]] = true
	}
	return marks
}

// parting returns the literals and comments of code. Strings of one line end
// with it: what is wrong about a quote stays within the line.
func (l *language) parting(text []byte) []part {
	var parts []part
	marks := l.marks()
	for i := 0; i < len(text); {
		if !marks[text[i]] {
			i++
			continue
		}
		p, isPart := l.partAt(text, i)
		if isPart {
			parts = append(parts, p)
		}
		i = max(p.end, i+1) // never back: the cost is linear
	}
	return parts
}

// partAt returns the part that begins at i. If there is none, its end tells how
// much to pass over.
func (l *language) partAt(text []byte, i int) (p part, isPart bool) {
	rest := text[i:]
	for _, mark := range l.line {
		if bytes.HasPrefix(rest, []byte(mark)) && (mark != "#" || i == 0 || text[i-1] <= ' ') {
			end := lineEnd(text, i)
			return part{i, end, i + len(mark), end, commentPart}, true
		}
	}
	c := text[i]
	switch {
	case c == '/':
		return blockAt(text, i)
	case l.triple && (c == '"' || c == '\'') && len(rest) >= 3 && rest[1] == c && rest[2] == c:
		n := bytes.Index(rest[3:], rest[:3])
		if n < 0 {
			return part{end: i + 3}, false
		}
		return part{i, i + n + 6, i + 3, i + 3 + n, literalPart}, true
	case l.raw != 0 && c == l.raw:
		return literalAt(text, i, len(text), !l.bare, true)
	case c == '"', c == '\'' && l.single:
		return literalAt(text, i, len(text), true, false)
	case c == '\'':
		// A character, so that its quote begins no string.
		const longest = 12
		if p, ok := literalAt(text, i, min(i+longest, len(text)), true, false); ok {
			return part{end: p.end}, false
		}
		return part{end: i + 1}, false
	}
	return part{}, false
}

// blockAt returns the comment that begins at i.
func blockAt(text []byte, i int) (p part, isPart bool) {
	if i+1 >= len(text) || text[i+1] != '*' {
		return part{}, false
	}
	n := bytes.Index(text[i+2:], []byte("*/"))
	if n < 0 {
		return part{i, len(text), i + 2, len(text), commentPart}, true
	}
	return part{i, i + n + 4, i + 2, i + 2 + n, commentPart}, true
}

// literalAt returns the literal whose quote stands at i and which is closed
// before hi, and unless it may have several lines, before the line ends.
func literalAt(text []byte, i, hi int, escapes, lines bool) (p part, isPart bool) {
	k := i + 1
	for ; k < hi; k++ {
		switch c := text[k]; {
		case c == text[i]:
			return part{i, k + 1, i + 1, k, literalPart}, true
		case c == '\\' && escapes:
			k++
		case c == '\n' && !lines:
			return part{end: k}, false
		}
	}
	return part{end: min(k, hi)}, false
}

// lineEnd returns the end of the line that i lies in.
func lineEnd(text []byte, i int) int {
	if n := bytes.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}

// lineStart returns the start of the line that i lies in.
func lineStart(text []byte, i int) int { return bytes.LastIndexByte(text[:i], '\n') + 1 }

// partOf returns the index of the part that holds an offset, or of the next one
// behind it; inside tells which.
func (s *search) partOf(offset int) (index int, inside bool) {
	if !s.parted {
		s.parts, s.parted = s.lang.parting(s.text), true
	}
	for s.at < len(s.parts) && s.parts[s.at].end <= offset {
		s.at++
	}
	index = s.at
	if index > 0 && s.parts[index-1].end > offset {
		index = sort.Search(len(s.parts), func(i int) bool { return s.parts[i].end > offset })
	}
	return index, index < len(s.parts) && s.parts[index].start <= offset
}
