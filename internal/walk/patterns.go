package walk

import "strings"

// Patterns are patterns as in an ignore file; a later one takes back, with a
// leading !, what an earlier one matches.
type Patterns struct{ file ignoreFile }

// NewPatterns reads patterns, one an element.
func NewPatterns(lines []string) *Patterns {
	return &Patterns{ignoreFile{patterns: parseIgnore(strings.Join(lines, "\n"))}}
}

// Match reports whether a file, or a folder that it lies in, is matched. The
// path is relative to the folder that the patterns stand for, with slashes.
func (p *Patterns) Match(path string) bool {
	for i := range path {
		if path[i] == '/' && p.file.verdict(path[:i], true) == ignored {
			return true
		}
	}
	return p.file.verdict(path, false) == ignored
}
