package fix

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
)

// Text adds to the findings in a file that is no Go the fixes of their remedies, as
// far as the bytes at their places tell them: the front end that read them knows
// more, and has rendered what needs that. The path is relative to the root.
func Text(file string, data []byte, found []finding.Finding) {
	var t *text // the file has its lines counted once, and most files never
	for i := range found {
		f := &found[i]
		if len(f.Remedies) == 0 || f.Primary.File != file {
			continue
		}
		if t == nil {
			if !isOurs(file, data) {
				return
			}
			t = newText(data)
		}
		t.fix(file, f)
	}
}

// fix adds to a finding the fixes of its remedies.
func (t *text) fix(file string, f *finding.Finding) {
	for _, remedy := range f.Remedies {
		at := f.Primary
		if !remedy.At.IsZero() {
			at = remedy.At
		}
		start, end, ok := t.between(at)
		if !ok || at.File != file || at.Package != "" {
			continue
		}
		s := spot{text: t, file: file, at: at, start: start, end: end, remedy: remedy}
		if title, edits := s.render(f); len(edits) > 0 {
			f.Fixes = append(f.Fixes, finding.Fix{Title: title, Safe: practice.Remedy(remedy.Name).IsSafe(), Edits: edits})
		}
	}
}

// spot is the place of a remedy in a text.
type spot struct {
	*text
	file       string
	at         finding.Location
	start, end int
	remedy     finding.Remedy
}

// render returns the title and the edits of the fix, no edits if there is none.
func (s *spot) render(f *finding.Finding) (title string, edits []finding.Edit) {
	switch practice.Remedy(s.remedy.Name) {
	case practice.CorrectScheme:
		return "write the scheme " + strings.TrimSpace(s.remedy.To), s.only(s.remedy.From, s.remedy.To)
	case practice.RaiseMinimum:
		if s.inside() == s.remedy.From {
			return "ask for " + s.remedy.To + " characters", s.replace(s.start, s.end, s.remedy.To)
		}
	case practice.DropFallback:
		return "stop without the variable", s.dropFallback()
	case practice.ReadFromEnv:
		return "read it from the environment", s.readFromEnv(f)
	}
	return "", nil
}

// inside returns the bytes of the place.
func (s *spot) inside() string { return string(s.data[s.start:s.end]) }

// replace returns the edit of the bytes from start to end.
func (s *spot) replace(start, end int, text string) []finding.Edit {
	return []finding.Edit{{Location: s.location(start, end), NewText: text}}
}

// location returns the place of the bytes from start to end, which begin and end
// on the lines of the spot.
func (s *spot) location(start, end int) finding.Location {
	at := s.at
	at.Column += start - s.start
	at.EndColumn += end - s.end
	return at
}

// only returns the edit of the only place that holds the text.
func (s *spot) only(from, to string) []finding.Edit {
	i := strings.Index(s.inside(), from)
	if from == "" || i < 0 || strings.Count(s.inside(), from) != 1 || s.at.Line != s.at.EndLine {
		return nil
	}
	at := s.at
	at.Column += i
	at.EndColumn = at.Column + len(from)
	return []finding.Edit{{Location: at, NewText: to}}
}

// dropFallback returns the edit of a reference to a variable that has the place
// as its default: ${NAME:-text} and ${NAME-text} of shells and compose files
// becomes ${NAME:?...}, ${NAME:text} of Spring ${NAME}.
func (s *spot) dropFallback() []finding.Edit {
	if s.at.Line != s.at.EndLine || s.end >= len(s.data) || s.data[s.end] != '}' || strings.ContainsAny(s.inside(), "{}$") {
		return nil
	}
	before := string(s.line()[:s.at.Column-1])
	i := strings.LastIndex(before, "${")
	if i < 0 {
		return nil
	}
	name := before[i+2:]
	sign := strings.TrimLeft(name, nameBytes)
	name = name[:len(name)-len(sign)]
	switch {
	case name == "":
	case (sign == ":-" || sign == "-") && s.expands():
		return s.replace(s.start-len(sign), s.end, ":?set "+name)
	case sign == ":" && s.isSpring():
		return s.replace(s.start-1, s.end, "")
	}
	return nil
}

// nameBytes are the characters of names of variables.
const nameBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

// line returns the line that the place begins in.
func (s *spot) line() []byte {
	start := s.lines[s.at.Line-1]
	end := len(s.data)
	if s.at.Line < len(s.lines) {
		end = s.lines[s.at.Line] - 1
	}
	return s.data[start:end]
}

// The kinds of files whose reader expands references to variables, and stops at
// one that is not set if it is told to.

// expands reports whether ${NAME:?text} works in the file.
func (s *spot) expands() bool { return s.isCompose() || s.isShell() || s.isEnv() }

// isCompose reports whether the file is one of docker compose.
func (s *spot) isCompose() bool {
	words := strings.FieldsFunc(path.Base(s.file), func(r rune) bool { return strings.ContainsRune(".-_", r) })
	return isYAML(s.file) && slices.Contains(words, "compose")
}

// isNamed reports whether a file has one of the names, or one with something
// between the name and the extension: compose.yaml, compose.override.yml,
// application-prod.yml.
func isNamed(file string, names ...string) bool {
	base := path.Base(file)
	for _, name := range names {
		if rest, ok := strings.CutPrefix(base, name); ok && rest != "" && strings.IndexByte(".-_", rest[0]) >= 0 {
			return true
		}
	}
	return false
}

// isShell reports whether the file is a script for a shell.
func (s *spot) isShell() bool {
	switch path.Ext(s.file) {
	case ".sh", ".bash", ".zsh", ".ksh":
		return true
	case "":
		first, _, _ := strings.Cut(string(s.data[:min(len(s.data), 80)]), "\n")
		return strings.HasPrefix(first, "#!") && strings.HasSuffix(strings.TrimSpace(first), "sh")
	}
	return false
}

// isEnv reports whether the file is one of variables that refer to each other.
func (s *spot) isEnv() bool {
	name := path.Base(s.file)
	return strings.HasPrefix(name, ".env") || path.Ext(name) == ".env"
}

// isSpring reports whether the file is one of Spring's settings.
func (s *spot) isSpring() bool {
	return isNamed(s.file, "application", "bootstrap") && (isYAML(s.file) || path.Ext(s.file) == ".properties")
}

// isWorkflow reports whether the file is a workflow of GitHub Actions.
func (s *spot) isWorkflow() bool {
	return isYAML(s.file) && strings.Contains("/"+s.file, "/.github/workflows/")
}

// isForForks reports whether a workflow tests what others propose: who forks a
// repository has none of its secrets, so that the tests of all of them would fail.
func (s *spot) isForForks() bool {
	for line := range bytes.Lines(s.data) {
		if i := bytes.IndexByte(line, '#'); i >= 0 {
			line = line[:i]
		}
		words := strings.FieldsFunc(string(line), func(r rune) bool { return strings.IndexByte(nameBytes, byte(r)) < 0 || r > 127 })
		if slices.Contains(words, "pull_request") || slices.Contains(words, "merge_group") {
			return true
		}
	}
	return false
}

// isYAML reports whether a file is YAML by its name.
func isYAML(name string) bool { return path.Ext(name) == ".yml" || path.Ext(name) == ".yaml" }

// readFromEnv returns the edit that puts a reference in the place of a literal:
// only where the value is the whole of a setting whose reader expands it, or a
// part of one in a compose file, and where nothing is given that would stand for
// a missing one.
func (s *spot) readFromEnv(f *finding.Finding) []finding.Edit {
	if strings.Contains(s.inside(), "$") || strings.Contains("/"+s.file, "/.devcontainer/") {
		return nil // it is made of others, or it is of a container that editors start without asking for anything
	}
	key, quote, ok := s.setting()
	if !ok {
		return s.readPart(f)
	}
	name := s.variable(key)
	if name == "" {
		return nil
	}
	switch {
	case s.isCompose():
		return s.replace(s.start, s.end, reference(name))
	case s.isSpring():
		return s.replace(s.start, s.end, fmt.Sprintf("${%s}", name))
	case s.isWorkflow():
		if isThrowaway(f) || s.isForForks() {
			return nil
		}
		return s.replace(s.start, s.end, fmt.Sprintf("${{ secrets.%s }}", name))
	case !s.isShell() || strings.Contains(string(s.data), "<<"):
		return nil // what stands in a here-document is not told apart
	case quote == '\'': // which keeps the shell from expanding anything
		return s.replace(s.start-1, s.end+1, `"`+reference(name)+`"`)
	default:
		return s.replace(s.start, s.end, reference(name))
	}
}

// reference returns the reference to a variable without which its reader stops.
func reference(name string) string { return fmt.Sprintf("${%[1]s:?set %[1]s}", name) }

// isThrowaway reports whether a credential is one of something that lives as
// long as a job: who forks a repository has none of its secrets, and need not.
func isThrowaway(f *finding.Finding) bool {
	return slices.ContainsFunc(f.Grades, func(grade string) bool {
		switch practice.Grade(grade) {
		case practice.LocalDefault, practice.LoopbackHost, practice.IsSample:
			return true
		}
		return false
	})
}

// readPart returns the edit of a literal that is a part of a value in a compose
// file: the password in a URL, an option in a command.
func (s *spot) readPart(f *finding.Finding) []finding.Edit {
	if !s.isCompose() || s.at.Line != s.at.EndLine || s.start == s.end || slices.Contains(f.Grades, string(practice.Doubtful)) {
		return nil
	}
	before := string(s.line()[:s.at.Column-1])
	if strings.HasPrefix(strings.TrimSpace(before), "#") || strings.Contains(before, " #") || !s.isKnownYAML(before) {
		return nil
	}
	name := s.twin(before)
	if name == "" {
		name = s.partName(before, f)
	}
	if name == "" {
		return nil
	}
	return s.replace(s.start, s.end, reference(name))
}

// isKnownYAML reports whether braces are characters as all others behind a text
// that begins a line: not where they make a mapping.
func (s *spot) isKnownYAML(before string) bool {
	if strings.Count(before, `"`)%2 == 1 || strings.Count(before, "'")%2 == 1 {
		return true
	}
	return !strings.ContainsAny(strings.ReplaceAll(before, "${", ""), "[{")
}

// setting returns the name of the setting whose whole value the place is, the
// only one of its line, and the quote around the value, 0 if there is none.
func (s *spot) setting() (name string, quote byte, ok bool) {
	if s.at.Line != s.at.EndLine || s.start == s.end {
		return "", 0, false
	}
	line := string(s.line())
	before, after := line[:s.at.Column-1], strings.TrimRight(line[s.at.EndColumn-1:], "\r")
	if n := len(before); n > 0 && (before[n-1] == '"' || before[n-1] == '\'') {
		quote = before[n-1]
		if after == "" || after[0] != quote {
			return "", 0, false
		}
		before, after = before[:n-1], after[1:]
	}
	key := strings.TrimLeft(before, " \t")
	key = strings.TrimPrefix(key, "- ")
	if after != "" && (after[0] == '"' || after[0] == '\'') && strings.HasPrefix(key, after[:1]) {
		key, after = key[1:], after[1:] // - "NAME=text"
	}
	if rest := strings.TrimSpace(after); rest != "" && (rest[0] != '#' || rest == after) {
		return "", 0, false
	}
	key = strings.TrimPrefix(key, "export ")
	key = strings.TrimRight(key, " \t")
	switch sign := key[max(0, len(key)-1):]; {
	case sign == "=" && (s.isShell() || s.isCompose() || path.Ext(s.file) == ".properties"):
		// A shell takes no blanks beside the sign.
		if s.isShell() && strings.HasSuffix(before, " ") {
			return "", 0, false
		}
	case sign == ":" && isYAML(s.file):
	default:
		return "", 0, false
	}
	key = strings.Trim(strings.TrimRight(key[:len(key)-1], " "), `"'`)
	return key, quote, key != "" && !strings.ContainsAny(key, `"' {[,`)
}
