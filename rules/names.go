package rules

import (
	"path"
	"strings"
)

// names are patterns of base names in lower case, as path.Match has them, made
// ready for many questions.
type names struct {
	whole map[string]bool
	ends  [][2]string // what stands before and behind the only * of a pattern
	other []string
}

// add adds a pattern.
func (n *names) add(pattern string) {
	before, behind, ok := strings.Cut(pattern, "*")
	switch {
	case strings.ContainsAny(before+behind, `*?[\`):
		n.other = append(n.other, pattern)
	case ok:
		n.ends = append(n.ends, [2]string{before, behind})
	default:
		if n.whole == nil {
			n.whole = map[string]bool{}
		}
		n.whole[pattern] = true
	}
}

// match reports whether a base name, which holds no slash, fits a pattern.
func (n *names) match(base string) bool {
	if n.whole[base] {
		return true
	}
	for i := range n.ends {
		before, behind := n.ends[i][0], n.ends[i][1]
		if len(base) >= len(before)+len(behind) && strings.HasSuffix(base, behind) && strings.HasPrefix(base, before) {
			return true
		}
	}
	for _, pattern := range n.other {
		if ok, _ := path.Match(pattern, base); ok {
			return true
		}
	}
	return false
}

// OfFile reports whether a file holds no credentials of anybody by its name:
// files that machines write, translations, test vectors.
func (s *Silence) OfFile(name string) bool {
	folders, base := path.Split(strings.ToLower(strings.ReplaceAll(name, `\`, "/")))
	if s.files.match(base) {
		return true
	}
	for folder := range strings.SplitSeq(folders, "/") {
		if s.TranslationFolders[folder] || s.VectorFolders[folder] {
			return true
		}
	}
	return false
}
