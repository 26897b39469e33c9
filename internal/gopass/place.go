package gopass

import (
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/finding"
)

// Location returns the place of the source text from pos to end. File names are
// those of the file set; //line comments are followed, because cgo needs it.
func Location(pass *analysis.Pass, pos, end token.Pos) finding.Location {
	if !pos.IsValid() {
		return finding.Location{}
	}
	if end < pos {
		end = pos
	}
	from, to := pass.Fset.Position(pos), pass.Fset.Position(end)
	return finding.Location{File: from.Filename, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}

// places finds positions for locations in the files of a package.
type places struct {
	fset  *token.FileSet
	files []*token.File
}

// placesOf returns the places of a pass.
func placesOf(pass *analysis.Pass) *places {
	p := &places{fset: pass.Fset}
	for _, file := range pass.Files {
		if f := pass.Fset.File(file.Package); f != nil {
			p.files = append(p.files, f)
		}
	}
	return p
}

// find returns the positions of a location, or false if it lies in no file of
// the package.
func (p *places) find(at finding.Location) (pos, end token.Pos, ok bool) {
	if at.Package != "" {
		return token.NoPos, token.NoPos, false
	}
	for _, f := range p.files {
		if pos, ok = p.in(f, at.File, at.Line, at.Column); !ok {
			continue
		}
		if end, ok = p.in(f, at.File, at.EndLine, at.EndColumn); !ok || end < pos {
			end = pos
		}
		return pos, end, true
	}
	return token.NoPos, token.NoPos, false
}

// add returns positions for a location that lies in no Go file of the package,
// such as an embedded file: it adds a file of this name to the file set. Only
// lines and columns are ever asked of it, so its lines are simply long enough.
// For a place in another package it returns the first package clause.
func (p *places) add(at finding.Location) (pos, end token.Pos) {
	if at.Package != "" || !filepath.IsAbs(at.File) || at.Line < 1 || at.Column < 1 {
		if len(p.files) == 0 {
			return token.NoPos, token.NoPos
		}
		return p.files[0].Pos(0), token.NoPos
	}
	width, lines := max(at.Column, at.EndColumn)+1, max(at.Line, at.EndLine)
	starts := make([]int, lines)
	for i := range starts {
		starts[i] = i * width
	}
	file := p.fset.AddFile(at.File, -1, lines*width)
	file.SetLines(starts)
	pos = file.Pos((at.Line-1)*width + at.Column - 1)
	if at.EndLine < at.Line || at.EndColumn < 1 {
		return pos, pos
	}
	return pos, max(pos, file.Pos((at.EndLine-1)*width+at.EndColumn-1))
}

// in returns the position in f whose place, after //line comments, is the one given.
func (p *places) in(f *token.File, name string, line, column int) (token.Pos, bool) {
	if name == f.Name() && line >= 1 && line <= f.LineCount() {
		if pos, ok := p.at(f, line, name, line, column); ok {
			return pos, true
		}
	}
	for i := 1; i <= f.LineCount(); i++ { // a file made by cgo or a generator
		if pos, ok := p.at(f, i, name, line, column); ok {
			return pos, true
		}
	}
	return token.NoPos, false
}

// at is in for one physical line of f.
func (p *places) at(f *token.File, physical int, name string, line, column int) (token.Pos, bool) {
	start := f.LineStart(physical)
	got := p.fset.Position(start)
	if got.Filename != name || got.Line != line || column < got.Column {
		return token.NoPos, false
	}
	pos := start + token.Pos(column-got.Column)
	if int(pos) > f.Base()+f.Size() {
		return token.NoPos, false
	}
	return pos, true
}
