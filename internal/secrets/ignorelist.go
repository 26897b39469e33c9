package secrets

import (
	"strconv"
	"strings"
)

// ignoreList is a .gitleaksignore file: the matches that it names, and the line
// on which it does.
type ignoreList map[string]int

// parseIgnoreList reads the text of a .gitleaksignore file. Entries of a commit,
// which have four parts, name nothing in files; others are passed over, as
// gitleaks does.
func parseIgnoreList(text []byte) ignoreList {
	list := ignoreList{}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		parts := strings.Split(strings.TrimSpace(line), ":")
		if len(parts) != 3 || strings.HasPrefix(parts[0], "#") {
			continue
		}
		parts[0] = strings.ReplaceAll(parts[0], `\`, "/")
		list[strings.Join(parts, ":")] = number
	}
	return list
}

// line returns the line that names the match of a rule on a line of a file, or 0.
func (l ignoreList) line(path, rule string, line int) int {
	if len(l) == 0 {
		return 0
	}
	return l[path+":"+rule+":"+strconv.Itoa(line)]
}
