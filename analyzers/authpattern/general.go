package authpattern

import (
	"go/ast"
	"go/token"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets/general"
	"github.com/authlint/authlint/internal/walk"
)

// Literals returns what can be credentials in the string literals of a file by a
// name, an operator or a syntax alone, in order. What the types of a program do
// not confirm is for auditors.
func (r *Result) Literals(file *ast.File) []*practice.Credential { return r.literals[file] }

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
	cat, err := authconfig.Of(pass).Catalogue()
	if err != nil {
		panic(err) // recovered and recorded by gopass
	}
	test, _ := walk.Class(below(pass, name))
	var list []practice.Observation
	for _, f := range general.Find(name, data) {
		pos := source.Pos(f.Start)
		src := practice.Source{At: gopass.Location(pass, pos, source.Pos(f.End)), Symbol: symbolAt(file, pos), Test: test}
		if inComment(source, file, f.Start) {
			src.Document = true
			list = append(list, general.Observation(src, &f, cat))
			continue
		}
		f.Sure = false
		r.literals[file] = append(r.literals[file], general.Observation(src, &f, cat))
	}
	return list
}

// inComment reports whether an offset lies in a comment of the file.
func inComment(source *token.File, file *ast.File, offset int) bool {
	pos := source.Pos(offset)
	i := sort.Search(len(file.Comments), func(i int) bool { return file.Comments[i].End() > pos })
	return i < len(file.Comments) && file.Comments[i].Pos() <= pos
}
