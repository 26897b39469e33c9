package suppress

import (
	"go/ast"
	"go/parser"
	"go/token"
	"sort"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// ownLinter is the name by which nolint comments speak of authlint.
const ownLinter = "authlint"

// parseGo reads the directives of Go source, as far as it parses.
func (t Terms) parseGo(name string, src []byte) *File {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if file == nil {
		return &File{terms: t}
	}
	return t.ParseGo(fset, file)
}

// ParseGo reads the directives of a parsed Go file from its comments. Places
// follow //line comments, as those of findings do.
func (t Terms) ParseGo(fset *token.FileSet, file *ast.File) *File {
	f := &File{terms: t}
	var code *goCode // made for the first directive: most files have none
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if !speaks(comment.Text) && !t.mentioned([]byte(comment.Text)) {
				continue
			}
			if code == nil {
				code = codeOf(fset, file)
			}
			f.addGo(fset, comment, code)
		}
	}
	return f
}

// speaks reports whether a comment may be a directive.
func speaks(text string) bool {
	return strings.Contains(text, Ignore) || strings.Contains(text, NoLint) || strings.Contains(text, GitleaksAllow)
}

// addGo adds what a comment says.
func (f *File) addGo(fset *token.FileSet, comment *ast.Comment, code *goCode) {
	start, end := fset.Position(comment.Pos()), fset.Position(comment.End())
	at := finding.Location{File: start.Filename, Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column}
	if strings.Contains(comment.Text, GitleaksAllow) {
		f.directives = append(f.directives, &directive{kind: GitleaksAllow, at: at, first: start.Line, last: end.Line})
	}
	f.addForeignGo(comment.Text, at, code)
	text := strings.TrimPrefix(comment.Text, "//")
	if block, ok := strings.CutPrefix(comment.Text, "/*"); ok {
		text = strings.TrimSuffix(block, "*/")
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, Ignore) {
		line := start.Line
		if !code.on(line) {
			line = max(end.Line, code.next(end.Line))
		}
		first, last := code.literalsOn(line)
		f.add(firstLine(text), at, min(start.Line, first), last)
		return
	}
	if reason, own, ok := noLint(text); ok {
		d := &directive{kind: NoLint, own: own, reason: reason, at: at, first: start.Line, last: start.Line}
		d.last = max(d.last, code.nodeBelow(start.Line, start.Column))
		f.directives = append(f.directives, d)
	}
}

// noLint reads the text of a nolint comment, and reports whether it names authlint itself and whether it speaks of
// authlint: it names no linter, or all, or authlint among others.
func noLint(text string) (reason string, own, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "/ "), NoLint)
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != ':' {
		return "", false, false
	}
	rest, reason, _ = strings.Cut(rest, "//")
	reason = strings.TrimSpace(reason)
	list, named := strings.CutPrefix(rest, ":")
	if !named {
		return reason, false, true
	}
	list, _, _ = strings.Cut(list, " ") // golangci-lint reads no further either
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name == ownLinter || name == "all" {
			return reason, name == ownLinter, true
		}
	}
	return "", false, false
}

// goCode tells on which lines of a file code stands.
type goCode struct {
	lines    []int            // sorted
	literals [][2]int         // first and last lines of string literals of several lines
	ends     map[[2]int]int   // last line of the longest node that begins at a line and column
	seen     map[int]struct{} // of lines
}

// codeOf collects where the nodes of a file begin and end.
func codeOf(fset *token.FileSet, file *ast.File) *goCode {
	c := &goCode{ends: map[[2]int]int{}, seen: map[int]struct{}{}}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		start := fset.Position(n.Pos())
		end := fset.Position(max(n.Pos(), n.End()-1))
		c.seen[start.Line], c.seen[end.Line] = struct{}{}, struct{}{}
		key := [2]int{start.Line, start.Column}
		c.ends[key] = max(c.ends[key], end.Line)
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && end.Line > start.Line {
			c.literals = append(c.literals, [2]int{start.Line, end.Line})
		}
		return true
	})
	for line := range c.seen {
		c.lines = append(c.lines, line)
	}
	sort.Ints(c.lines)
	return c
}

// on reports whether code stands on the line.
func (c *goCode) on(line int) bool {
	_, ok := c.seen[line]
	return ok
}

// next returns the first line of code after the line, or 0.
func (c *goCode) next(line int) int {
	if i := sort.SearchInts(c.lines, line+1); i < len(c.lines) {
		return c.lines[i]
	}
	return 0
}

// literalsOn returns the line, widened to string literals that begin or end on
// it: no comment can stand inside one.
func (c *goCode) literalsOn(line int) (first, last int) {
	first, last = line, line
	for _, l := range c.literals {
		if l[0] == line || l[1] == line {
			first, last = min(first, l[0]), max(last, l[1])
		}
	}
	return first, last
}

// nodeBelow returns the last line of the node that begins below the line in the
// same column, or 0: a nolint comment there covers it whole.
func (c *goCode) nodeBelow(line, column int) int { return c.ends[[2]int{line + 1, column}] }

// firstLine returns the text's first line.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
