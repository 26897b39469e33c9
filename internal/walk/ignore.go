package walk

import (
	"os"
	"strings"
)

// pattern is one line of an ignore file.
type pattern struct {
	include  bool   // begins with !
	dirOnly  bool   // ends in a slash
	nameOnly bool   // has no other slash, so it matches names at any depth
	literal  string // what a path must begin with, before the first special byte
	glob     glob   // the rest
	ending   string // what the rest must end with, if it is a star and nothing else special
	star     bool   // it is
}

// parseIgnore returns the patterns of an ignore file's text, in order.
func parseIgnore(text string) []pattern {
	var patterns []pattern
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if p, ok := parsePattern(trimSpaces(line)); ok {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

// trimSpaces removes trailing spaces that no backslash protects.
func trimSpaces(line string) string {
	keep := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
			continue
		case '\\':
			i++
		}
		keep = min(i+1, len(line))
	}
	return line[:keep]
}

// parsePattern parses one line that is no comment and reports whether it can
// match anything.
func parsePattern(line string) (pattern, bool) {
	var p pattern
	if rest, ok := strings.CutPrefix(line, "!"); ok {
		p.include, line = true, rest
	}
	if rest, ok := strings.CutSuffix(line, "/"); ok {
		p.dirOnly, line = true, rest
	}
	if line == "" {
		return p, false
	}
	p.nameOnly = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	special := strings.IndexAny(line, `*?[\`)
	if special < 0 {
		special = len(line)
	}
	// git compares the literal part first and then matches the rest on its
	// own, so that "a**/b" spans directories although "**" is no whole element.
	p.literal, p.glob = line[:special], compileGlob(line[special:])
	if rest, ok := strings.CutPrefix(line[special:], "*"); ok && !strings.ContainsAny(rest, `*?[\`) {
		p.ending, p.star = rest, true
	}
	return p, true
}

// matches reports whether the pattern matches a path relative to its file's folder.
func (p *pattern) matches(path string, dir bool) bool {
	if p.dirOnly && !dir {
		return false
	}
	if p.nameOnly {
		path = path[strings.LastIndexByte(path, '/')+1:]
	}
	rest, ok := strings.CutPrefix(path, p.literal)
	switch {
	case !ok:
		return false
	case len(p.glob) == 0:
		return rest == ""
	case p.star: // most patterns: what no star needs to be tried for
		before, ok := strings.CutSuffix(rest, p.ending)
		return ok && !strings.Contains(before, "/")
	}
	return p.glob.match(rest)
}

// ignoreFile is the ignore file of one folder, linked to the one that is asked
// when it says nothing.
type ignoreFile struct {
	base     string // the folder, relative to the work tree, "" or ending in a slash
	patterns []pattern
	next     *ignoreFile
}

// verdict of a chain of ignore files on one path.
type verdict uint8

const (
	unmatched verdict = iota
	ignored
	included
)

// verdict returns what the deepest file with a matching pattern says; within a
// file the last matching pattern decides.
func (f *ignoreFile) verdict(path string, dir bool) verdict {
	for ; f != nil; f = f.next {
		relative, below := strings.CutPrefix(path, f.base)
		if !below {
			continue
		}
		for i := len(f.patterns) - 1; i >= 0; i-- {
			p := &f.patterns[i]
			if !p.matches(relative, dir) {
				continue
			}
			if p.include {
				return included
			}
			return ignored
		}
	}
	return unmatched
}

// unnamed is a file name that only patterns for everything match.
const unnamed = "\x01\x02\x03"

// without returns the chain without the patterns that ignore folder itself, one
// of its parents, or everything in it: for a folder that was named.
func (f *ignoreFile) without(folder string) *ignoreFile {
	if f == nil || folder == "" {
		return f
	}
	rest := &ignoreFile{base: f.base, next: f.next.without(folder)}
	for i := range f.patterns {
		p := &f.patterns[i]
		if p.include || !p.covers(f.base, folder) {
			rest.patterns = append(rest.patterns, *p)
		}
	}
	return rest
}

// covers reports whether the pattern of a file in base matches folder, one of
// its parents, or whatever lies in one of them.
func (p *pattern) covers(base, folder string) bool {
	relative, below := strings.CutPrefix(folder, base)
	if !below {
		return false
	}
	for end := range len(relative) + 1 {
		if end < len(relative) && relative[end] != '/' {
			continue
		}
		if p.matches(relative[:end], true) || p.matches(relative[:end]+"/"+unnamed, false) {
			return true
		}
	}
	return false
}

// ignoreLimit is the size in bytes above which an ignore file is not read.
const ignoreLimit = 4 << 20

// readIgnore reads an ignore file; one that is missing, no regular file (git
// follows no symlink there either) or too large has no patterns.
func readIgnore(name string) []pattern {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > ignoreLimit {
		return nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return parseIgnore(string(text))
}
