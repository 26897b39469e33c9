package goload

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/authlint/authlint/internal/finding"
)

// noticeList collects notices from several goroutines.
type noticeList struct {
	mu   sync.Mutex
	list []finding.Notice
}

// add appends a notice.
func (l *noticeList) add(n finding.Notice) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, n)
}

// sorted returns the notices by place, each once.
func (l *noticeList) sorted() []finding.Notice {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.SortFunc(l.list, func(a, b finding.Notice) int {
		return cmp.Or(
			cmp.Compare(a.Where.File, b.Where.File), cmp.Compare(a.Where.Line, b.Where.Line),
			cmp.Compare(a.Where.Column, b.Where.Column), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(l.list, func(a, b finding.Notice) bool { return a == b })
}

// place returns the location of a notice: the file relative to the root, with
// slashes, if it lies below the root.
func (r *runner) place(file string, line, column int) finding.Location {
	return finding.Location{
		File: r.relative(file), Line: line, Column: column, EndLine: line, EndColumn: column,
	}
}

// relative returns a path relative to the root with slashes, and of one outside
// the root its last two elements, which say enough without telling the machine's layout.
func (r *runner) relative(file string) string {
	if !filepath.IsAbs(file) {
		return filepath.ToSlash(file)
	}
	if !r.isBelowRoot(file) {
		return filepath.ToSlash(filepath.Join(filepath.Base(filepath.Dir(file)), filepath.Base(file)))
	}
	rel, err := filepath.Rel(r.opts.Root, file)
	if err != nil {
		return filepath.Base(file)
	}
	return filepath.ToSlash(rel)
}

// isBelowRoot reports whether an absolute path is the root or below it.
func (r *runner) isBelowRoot(file string) bool {
	rel, err := filepath.Rel(r.opts.Root, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// count writes a number and what it counts.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

// splitPosition splits "file:line:column" as the go command writes it; what is
// missing is zero.
func splitPosition(text string) (file string, line, column int) {
	file = text
	var numbers []int
	for len(numbers) < 2 {
		at := strings.LastIndexByte(file, ':')
		if at < 0 {
			break
		}
		n, err := strconv.Atoi(file[at+1:])
		if err != nil {
			break
		}
		numbers = append(numbers, n)
		file = file[:at]
	}
	switch len(numbers) {
	case 1:
		return file, numbers[0], 0
	case 2:
		return file, numbers[1], numbers[0]
	}
	return file, 0, 0
}

// quoteless returns the first line of a message without what it quotes of the
// source: constants and expressions may hold secrets. Quoted marks stay.
func quoteless(message string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(message), "\n")
	var out strings.Builder
	for {
		at := strings.IndexAny(line, "\"`'")
		if at < 0 {
			return out.String() + line
		}
		quote := line[at : at+1]
		out.WriteString(line[:at+1])
		line = line[at+1:]
		end := closing(line, quote[0])
		if inner := line[:end]; strings.ContainsFunc(inner, unicode.IsLetter) || strings.ContainsFunc(inner, unicode.IsDigit) {
			out.WriteString(omitted)
		} else {
			out.WriteString(inner)
		}
		if end == len(line) {
			return out.String()
		}
		out.WriteString(quote)
		line = line[end+1:]
	}
}

// omitted stands for what is not shown.
const omitted = "..."

// closing returns the place of the closing quote, or the length of the text.
func closing(text string, quote byte) int {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote != '`':
			i++
		case text[i] == quote:
			return i
		}
	}
	return len(text)
}

// CodeMessage returns what may be shown of a message about Go code: nothing
// that could be a literal. What is cut off is the detail after the first colon,
// comma or parenthesis; if that is not enough, the fallback stands for it all.
func CodeMessage(message, fallback string) string {
	text := quoteless(message)
	isHarmless := func(s string) bool {
		return !strings.Contains(s, omitted) && !strings.ContainsAny(s, "0123456789")
	}
	if isHarmless(text) {
		return text
	}
	for _, cut := range []string{": ", " (", ", "} {
		if head, _, ok := strings.Cut(text, cut); ok && isHarmless(head) {
			return head
		}
	}
	return fallback
}

// listMessage returns what may be shown of a message of the go command: its
// first line, without user info in URLs and without the root's path.
func (r *runner) listMessage(message string) string {
	var lines []string
	for line := range strings.Lines(message) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "go: downloading ") {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return "the go command failed"
	}
	text := lines[0]
	if _, stderr, ok := strings.Cut(text, ": stderr: "); ok {
		text = stderr
	}
	text = strings.TrimPrefix(text, "go: ")
	if strings.HasSuffix(text, ":") && len(lines) > 1 { // "errors parsing go.mod:"
		text += " " + lines[1]
	}
	text = strings.ReplaceAll(text, r.opts.Root+string(filepath.Separator), "")
	text = strings.ReplaceAll(text, r.opts.Root, "the root")
	return withoutUserInfo(quoteless(text))
}

// withoutUserInfo masks what stands between :// and @ in URLs.
func withoutUserInfo(text string) string {
	before, rest, found := strings.Cut(text, "://")
	if !found {
		return text
	}
	end := strings.IndexAny(rest, "/ \t")
	if end < 0 {
		end = len(rest)
	}
	host := rest[:end]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = "***" + host[at:]
	}
	return before + "://" + host + withoutUserInfo(rest[end:])
}
