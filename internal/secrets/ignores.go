package secrets

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// ignoreFile is the name of the file with the findings that gitleaks ignores.
const ignoreFile = ".gitleaksignore"

// Ignores is a .gitleaksignore file: the findings that it names, and the line on
// which it does.
type Ignores map[string]int

// ParseIgnores reads the text of a .gitleaksignore file. Entries of a commit,
// which have four parts, name nothing in files; others are passed over, as
// gitleaks does.
func ParseIgnores(text []byte) Ignores {
	list := Ignores{}
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

// Apply marks a finding as suppressed if the file names its place and its rule,
// or one that it absorbed. The finding's file is relative to the root. Of a
// finding of a locked rule it tells that it is not.
func (l Ignores) Apply(f *finding.Finding, locked func(rule string) bool) []finding.Notice {
	if len(l) == 0 || f.Suppressed != nil {
		return nil
	}
	line := strconv.Itoa(f.Primary.Line)
	named := append([]string{f.Rule}, f.Absorbed...)
	for _, rule := range named {
		at := l[f.Primary.File+":"+rule+":"+line]
		if at == 0 {
			continue
		}
		if locked != nil && slices.ContainsFunc(named, locked) {
			return []finding.Notice{{ID: "locked-ignore", Level: "warning", Where: finding.Location{File: ignoreFile, Line: at, EndLine: at},
				Message: fmt.Sprintf("%s:%d: an entry does not hold: the policy locks what %s finds there", ignoreFile, at, rule)}}
		}
		f.Suppressed = &finding.Suppression{Kind: ignoreFile, Reason: "named in line " + strconv.Itoa(at)}
		return nil
	}
	return nil
}

// Entry is one finding that a .gitleaksignore file names.
type Entry struct {
	In          string // the name of that file
	Line        int    // in it
	File, Rule  string
	FindingLine int
}

// Entries returns what the file names, in its order.
func (l Ignores) Entries() []Entry {
	var list []Entry
	for text, at := range l {
		parts := strings.Split(text, ":")
		line, err := strconv.Atoi(parts[2])
		if err != nil {
			continue
		}
		list = append(list, Entry{In: ignoreFile, Line: at, File: parts[0], Rule: parts[1], FindingLine: line})
	}
	slices.SortFunc(list, func(a, b Entry) int { return a.Line - b.Line })
	return list
}
