package authpattern

import (
	"go/ast"
	"go/token"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets/general"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// Literal is a text in a string literal that can be a credential by a name, an
// operator or a syntax alone.
type Literal struct {
	At finding.Location
	// Pos and End are the same place.
	Pos, End token.Pos
	found    general.Found
}

// Literals returns those of a file, in order.
func (r *Result) Literals(pass *analysis.Pass, file *ast.File) []Literal {
	source := pass.Fset.File(file.FileStart)
	var list []Literal
	for _, f := range r.general[file] {
		pos, end := source.Pos(f.Start), source.Pos(f.End)
		list = append(list, Literal{At: gopass.Location(pass, pos, end), Pos: pos, End: end, found: f})
	}
	return list
}

// Credential returns the observation of a literal. What the types of a program
// do not confirm is for auditors.
func (l *Literal) Credential(src practice.Source, cat *rules.Catalogue) *practice.Credential {
	f := l.found
	f.Sure = false
	return general.Observation(src, &f, cat)
}

// named observes what can be credentials in the comments of a file by a name, an
// operator or a syntax, and keeps what stands in its literals.
func (r *Result) named(pass *analysis.Pass, file *ast.File) []practice.Observation {
	source := pass.Fset.File(file.FileStart)
	name := pass.Fset.Position(file.Package).Filename
	if pass.ReadFile == nil {
		return nil
	}
	data, err := pass.ReadFile(name)
	if err != nil || len(data) != source.Size() || general.IsQuiet(below(pass, name), data) {
		return nil // another text was compiled
	}
	cat, err := rules.Default()
	if err != nil {
		panic(err) // the embedded catalogue: recovered and recorded by gopass
	}
	test, _ := walk.Class(below(pass, name))
	var list []practice.Observation
	for _, f := range general.Find(name, data) {
		if !inComment(source, file, f.Start) {
			r.general[file] = append(r.general[file], f)
			continue
		}
		pos := source.Pos(f.Start)
		src := practice.Source{At: gopass.Location(pass, pos, source.Pos(f.End)), Symbol: symbolAt(file, pos), Test: test, Document: true}
		list = append(list, general.Observation(src, &f, cat))
	}
	r.general[file] = slices.Clip(r.general[file])
	return list
}

// inComment reports whether an offset lies in a comment of the file.
func inComment(source *token.File, file *ast.File, offset int) bool {
	pos := source.Pos(offset)
	i := sort.Search(len(file.Comments), func(i int) bool { return file.Comments[i].End() > pos })
	return i < len(file.Comments) && file.Comments[i].Pos() <= pos
}
