// Package redact decides what a report may print of a source line, so that no
// report shows a secret: neither one that a finding names, nor one beside it
// that nothing has found.
//
// A line is printed only as far as it is proven harmless. In Go files names,
// keywords and operators are, and what reads like words in statements that speak
// of no credential; other strings, comments and all other text are masked
// word by word unless made of known words (words.txt), references, paths, or
// URLs without user info. What findings name as secret is masked by place, and
// its text, also Base64, hex and percent encoded, wherever else it turns up.
// The mask tells neither characters nor length.
package redact

import (
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/source"
)

// Token stands for everything that is masked.
const Token = "***"

// Redactor prepares what one report prints. It is not safe for concurrent use.
type Redactor struct {
	tree   *source.Tree
	ranges map[string]map[int][]finding.Location // by file and line
	known  *known
	pieces map[string]goFile
	// identities number the secrets of findings, see Identity.
	identities map[string]int
	last       struct {
		file string
		line int
		Line Line
	}
}

// endOfLine is a column beyond every line.
const endOfLine = 1 << 30

// goFile is what is known of a Go file.
type goFile struct {
	pieces []piece
	ok     bool
}

// heldGoFiles bounds how many files' tokens are kept.
const heldGoFiles = 64

// New returns a Redactor for a run: for all its findings, shown or not.
func New(tree *source.Tree, run *finding.Run) *Redactor {
	r := &Redactor{
		tree:   tree,
		ranges: map[string]map[int][]finding.Location{},
		known:  newKnown(),
		pieces: map[string]goFile{},
	}
	r.known.public(path.Base(filepath.ToSlash(run.Root)))
	for _, list := range [][]finding.Finding{run.Findings, run.Baselined} {
		for i := range list {
			r.known.public(list[i].Primary.File)
		}
	}
	for _, n := range run.Notices {
		r.known.public(n.Where.File)
	}
	for _, list := range [][]finding.Finding{run.Findings, run.Baselined} {
		for i := range list {
			for _, l := range list[i].Redact {
				r.secret(tree.Resolve(l, list[i].Primary.File))
			}
		}
	}
	for _, l := range run.Redact {
		r.secret(tree.Resolve(l, l.File))
	}
	return r
}

// secret takes one range that holds a secret.
func (r *Redactor) secret(l finding.Location) {
	if l.EndLine == 0 { // an end that is not known may be the line's
		l.EndLine, l.EndColumn = l.Line, endOfLine
	}
	f := r.tree.File(l.File)
	if f == nil || l.Package != "" {
		return
	}
	lines := r.ranges[f.Name]
	if lines == nil {
		lines = map[int][]finding.Location{}
		r.ranges[f.Name] = lines
	}
	for n := max(l.Line, 1); n <= min(l.EndLine, f.Lines()); n++ {
		lines[n] = append(lines[n], l)
	}
	if from, to, ok := f.Range(l); ok {
		r.known.add(string(f.Data()[from:to]))
	}
}

// Text returns a message or another short text of ours for printing. It holds
// no secret by construction; should one get in all the same, it is masked.
func (r *Redactor) Text(s string) string {
	return Printable(replace(s, r.known.spans(s)))
}

// Holds reports whether text contains a known secret.
func (r *Redactor) Holds(text string) bool { return len(r.known.spans(text)) > 0 }

func replace(s string, masks []span) string {
	if len(masks) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, m := range merge(s, masks) {
		b.WriteString(s[at:m.from])
		b.WriteString(Token)
		at = m.to
	}
	return b.String() + s[at:]
}

// Line returns a line of a file for printing and reports whether the file has it.
func (r *Redactor) Line(file string, line int) (Line, bool) {
	f := r.tree.File(file)
	if f == nil {
		return Line{}, false
	}
	if r.last.file == f.Name && r.last.line == line {
		return r.last.Line, true
	}
	text, ok := f.Line(line)
	if !ok {
		return Line{}, false
	}
	masks := r.named(f, line)
	masks = append(masks, r.known.inside(text)...)
	masks = append(masks, r.words(f, line, text)...)
	masks = append(masks, r.unproven(f, line, text)...)
	out := newLine(text, merge(text, masks))
	r.last.file, r.last.line, r.last.Line = f.Name, line, out
	return out, true
}

// LineOf returns a line of a text for printing that is not, or not yet, what the
// file of its name holds. What stands in ours, texts that authlint has written
// into it, is shown unless it is a known secret.
func (r *Redactor) LineOf(f *source.File, line int, ours []string) Line {
	text, _ := f.Line(line)
	delete(r.pieces, f.Name) // those of the file as it is
	unproven := slices.DeleteFunc(merge(text, r.unproven(f, line, text)), func(m span) bool {
		return slices.ContainsFunc(ours, func(own string) bool {
			i := strings.Index(text, own)
			return i >= 0 && i <= m.from && m.to <= i+len(own)
		})
	})
	delete(r.pieces, f.Name)
	return newLine(text, merge(text, append(r.known.spans(text), unproven...)))
}

// named returns the parts of a line that findings name as secrets.
func (r *Redactor) named(f *source.File, line int) []span {
	lineStart, lineEnd, _ := f.Bounds(line)
	var spans []span
	for _, l := range r.ranges[f.Name][line] {
		from, to, ok := f.Range(l)
		if !ok {
			from, to = lineStart, lineEnd
		}
		from, to = max(from, lineStart), min(to, lineEnd)
		if to-from >= 2 && isQuote(f.Data()[from]) && f.Data()[to-1] == f.Data()[from] {
			from, to = from+1, to-1
		}
		spans = append(spans, span{from - lineStart, to - lineStart})
	}
	return spans
}

func isQuote(b byte) bool { return b == '"' || b == '\'' || b == '`' }

// unproven returns the parts of a line that are not proven harmless.
func (r *Redactor) unproven(f *source.File, line int, text string) []span {
	if path.Ext(f.Name) != ".go" {
		return maskText(text)
	}
	held := r.goFile(f)
	if !held.ok {
		return maskText(text)
	}
	var spans []span
	for p, at := range held.on(f, line) {
		whole := at.to-at.from == p.to-p.from
		spans = append(spans, shift(maskPiece(p, text[at.from:at.to], whole), at.from)...)
	}
	return spans
}

// words returns where a line holds known secrets that are words. The names of
// a program hold none.
func (r *Redactor) words(f *source.File, line int, text string) []span {
	held := goFile{}
	if path.Ext(f.Name) == ".go" {
		held = r.goFile(f)
	}
	if !held.ok {
		return r.known.wholeWords(text)
	}
	var spans []span
	for _, at := range held.on(f, line) {
		spans = append(spans, shift(r.known.wholeWords(text[at.from:at.to]), at.from)...)
	}
	return spans
}

// on ranges over the pieces of a line and where on the line they stand.
func (g goFile) on(f *source.File, line int) func(yield func(piece, span) bool) {
	return func(yield func(piece, span) bool) {
		start, end, _ := f.Bounds(line)
		first := sort.Search(len(g.pieces), func(i int) bool { return g.pieces[i].to > start })
		for _, p := range g.pieces[first:] {
			if p.from >= end || !yield(p, span{max(p.from, start) - start, min(p.to, end) - start}) {
				return
			}
		}
	}
}

func (r *Redactor) goFile(f *source.File) goFile {
	if held, ok := r.pieces[f.Name]; ok {
		return held
	}
	if len(r.pieces) >= heldGoFiles {
		clear(r.pieces)
	}
	pieces, ok := goPieces(f.Data())
	r.pieces[f.Name] = goFile{pieces, ok}
	return r.pieces[f.Name]
}

// maxSnippet bounds a snippet in bytes, and maxSnippetLines in lines.
const (
	maxSnippet      = 1000
	maxSnippetLines = 10
)

// Snippet returns the text of a location for printing, and reports whether it
// can be read. A long one is cut.
func (r *Redactor) Snippet(l finding.Location) (string, bool) {
	f := r.tree.File(l.File)
	if f == nil || l.Package != "" {
		return "", false
	}
	var b strings.Builder
	for n := l.Line; n <= min(max(l.Line, l.EndLine), l.Line+maxSnippetLines); n++ {
		line, ok := r.Line(l.File, n)
		if !ok {
			return "", false
		}
		first, last, _ := f.Bounds(n)
		from, to := 0, last-first
		if n == l.EndLine {
			to = min(max(l.EndColumn, 1)-1, to)
		}
		if n == l.Line {
			from = min(max(l.Column, 1)-1, last-first)
		} else {
			b.WriteByte('\n')
		}
		start, end := line.Span(from, to)
		b.WriteString(line.Text[start:end])
	}
	text := b.String()
	return text[:boundary(text, min(maxSnippet, len(text)))], true
}
