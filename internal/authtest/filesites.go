package authtest

import (
	"regexp"
	"strings"
)

// fileForm is one way to put a bad practice into one kind of file.
type fileForm struct {
	practice string
	rules    []string
	kinds    []string
	// where says what the text does to a line: "line" stands in the place of an
	// empty line or of a comment, "behind" goes on behind a statement or a
	// member, "variable" takes the place of an element of an environment.
	where string
	text  string
	// from is what the text takes the place of, if where is empty.
	from *regexp.Regexp
}

// fits reports whether the form can be used on a line, from 1.
func (o *fileForm) fits(f *mutableFile, n int) bool {
	line := f.lines[n-1]
	if len(line) > 200 || strings.HasSuffix(line, "\r") {
		return false
	}
	switch o.where {
	case "line":
		_, ok := f.freeLine(n)
		return ok
	case "behind":
		return f.isStatement(n)
	case "variable":
		return variableLine().MatchString(line)
	}
	return o.from.MatchString(line) && !isCommentLine(line)
}

// apply returns the line with the text in it.
func (o *fileForm) apply(f *mutableFile, n int, text string) string {
	line := f.lines[n-1]
	switch o.where {
	case "line":
		indent, _ := f.freeLine(n)
		return indent + text
	case "behind":
		return line + " " + text
	case "variable":
		found := variableLine().FindStringSubmatch(line)
		name, value, _ := strings.Cut(text, "=")
		if found[2] != "" {
			return found[1] + found[2] + text
		}
		return found[1] + name + `: "` + value + `"`
	}
	return o.from.ReplaceAllString(line, strings.NewReplacer("$", "$$", groupMark, "$").Replace(text))
}

var (
	variableLine = lazily(`^(\s+)(- )?[A-Z][A-Z0-9_]{2,}(?:=|: )\S.*$`)
	scalarLine   = lazily(`^(\s*)[A-Za-z][\w.-]*:\s+["']?[\w./-]+["']?\s*$`)
	elementLine  = lazily(`^(\s*)- (?:name|uses|run):`)
	assignedLine = lazily(`^(\s+)\w+\s*=\s*[^{\[(<]+$`)
	jsonLine     = lazily(`^\s+"[\w.-]+": (?:"[^"]*"|\d+|true|false),$`)
	xmlLine      = lazily(`^\s*<([A-Za-z][\w.-]*)>[^<]*</([A-Za-z][\w.-]*)>\s*$`)
	callLine     = lazily(`^\s{4,}[\w$.:>-]+\([^(){}]*\);?$`)
)

func isCommentLine(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "*") || strings.HasPrefix(line, "<!--")
}

// line returns a line that is there or not.
func (f *mutableFile) line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return f.lines[n-1]
}

// freeLine reports whether something can stand in the place of a line, which is
// empty or a comment, and returns what is before it there.
func (f *mutableFile) freeLine(n int) (indent string, ok bool) {
	line, before, next := f.line(n), f.line(n-1), f.line(n+1)
	if n == 1 || n == len(f.lines) || strings.TrimSpace(line) != "" && (!isCommentLine(line) || strings.Contains(line, "---")) {
		return "", false
	}
	switch f.kind {
	case "yaml":
		found := scalarLine().FindStringSubmatch(before)
		if found == nil || width(next) > len(found[1]) || f.inBlock(n-1) || f.isElement(n-1, len(found[1])) {
			return "", false
		}
		return found[1], true
	case "tasks", "workflow":
		found := elementLine().FindStringSubmatch(next)
		if found == nil || f.inBlock(n+1) || strings.HasPrefix(next, "- name:") && f.kind == "workflow" {
			return "", false
		}
		return found[1], true
	case "hcl":
		found := assignedLine().FindStringSubmatch(before)
		if found == nil || strings.Contains(next, "=") && width(next) > len(found[1]) {
			return "", false
		}
		return found[1], true
	case "env", "properties":
		return "", !strings.HasSuffix(before, `\`)
	case "shell", "dockerfile":
		return next[:width(next)], strings.TrimSpace(next) != "" && !strings.HasSuffix(before, `\`) && f.depth(n, "<<") == 0 && isWholeCommand(before) && !strings.HasPrefix(strings.TrimSpace(next), "|")
	case "nginx":
		return next[:width(next)], f.depth(n, "{") > 0 && strings.ContainsAny(lastOf(before), ";{}")
	}
	return "", false
}

// isWholeCommand reports whether a line of a script ends what it begins, as far
// as quotes and brackets tell.
func isWholeCommand(line string) bool {
	return strings.Count(line, `"`)%2 == 0 && strings.Count(line, "'")%2 == 0 && !strings.HasSuffix(line, "(") && !strings.HasSuffix(line, "|") && !strings.HasSuffix(line, "&&")
}

// lastOf returns the last character of a line.
func lastOf(line string) string {
	line = strings.TrimSpace(line)
	if line == "" {
		return ";"
	}
	return line[len(line)-1:]
}

// width returns how many blanks a line begins with.
func width(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// inBlock reports whether a line of YAML stands in a text of several lines.
func (f *mutableFile) inBlock(n int) bool {
	indent := width(f.line(n))
	for n--; n > 0 && indent > 0; n-- {
		line := f.line(n)
		if strings.TrimSpace(line) == "" || width(line) >= indent {
			continue
		}
		indent = width(line)
		if end := strings.TrimRight(line, " +-"); strings.HasSuffix(end, "|") || strings.HasSuffix(end, ">") {
			return true
		}
	}
	return false
}

// isElement reports whether a line of YAML with this indent belongs to an element
// of a list: what such an element means, its other keys say.
func (f *mutableFile) isElement(n, indent int) bool {
	for ; n > 0; n-- {
		line := f.line(n)
		if strings.TrimSpace(line) == "" || isCommentLine(line) || width(line) >= indent && !strings.HasPrefix(strings.TrimSpace(line), "- ") {
			continue
		}
		return strings.HasPrefix(strings.TrimSpace(line), "- ")
	}
	return false
}

// depth counts what a mark has opened before a line and nothing has closed: a
// here-document of a script counts for the rest of it.
func (f *mutableFile) depth(n int, mark string) int {
	depth := 0
	for _, line := range f.lines[:n-1] {
		depth += strings.Count(line, mark)
		if mark == "{" {
			depth -= strings.Count(line, "}")
		}
	}
	return depth
}

// isStatement reports whether a line is a whole statement, member or element
// that another one can follow on the same line.
func (f *mutableFile) isStatement(n int) bool {
	line, before := f.line(n), strings.TrimSpace(f.line(n-1))
	switch f.kind {
	case "json":
		return jsonLine().MatchString(line)
	case "xml":
		found := xmlLine().FindStringSubmatch(line)
		return found != nil && found[1] == found[2]
	case "python", "ruby":
		return callLine().MatchString(line) && !strings.HasSuffix(line, ";") && !strings.HasPrefix(strings.TrimSpace(line), "def ") &&
			before != "" && !strings.ContainsAny(before[len(before)-1:], `,([{\.|&`)
	}
	return callLine().MatchString(line) && strings.HasSuffix(line, ";") && before != "" && strings.ContainsAny(before[len(before)-1:], ";{")
}
