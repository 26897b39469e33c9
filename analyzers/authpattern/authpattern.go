// Package authpattern observes what pattern rules find in comments and in the
// files that a package embeds or is built from beside Go.
//
// # Analyzer authpattern
//
// authpattern: observe credentials in comments and embedded files by pattern
//
// It judges the pattern rules: gitleaks' and those of the providers. String
// literals are not looked at here: they belong to authcredential, which asks
// the result of this analyzer what matches a literal. Code outside literals and
// comments is never a credential.
package authpattern

import (
	"go/ast"
	"go/token"
	"path"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/document"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/walk"
)

// Analyzer observes secret patterns; its result is a *Result.
var Analyzer = &analysis.Analyzer{
	Name:             "authpattern",
	Doc:              "observe credentials in comments and embedded files by pattern\n\nThe pattern rules of gitleaks and of the providers, on comments, embedded files and files beside Go.",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer},
	ResultType:       reflect.TypeFor[*Result](),
}

// Result is what the pattern rules find in a package.
type Result struct {
	Findings []finding.Finding
	engine   *secrets.Engine
	// literals are what can be credentials in the literals of each file by a name,
	// an operator or a syntax alone.
	literals map[*ast.File][]*practice.Credential
}

// engineKey is the key of the engine among what settings share.
type engineKey struct{}

// engineOf returns the engine of the settings, which all packages of a process
// share. Making it costs nothing; its rules are read for the first text and
// compiled for the first keyword. An error is a fault of the user's own rules,
// which gopass recovers and records.
func engineOf(cfg *config.Config) *secrets.Engine {
	made := cfg.Shared(engineKey{}, func() any {
		opts := secrets.Options{Extra: cfg.SecretFiles()}
		if cfg.Policy() != nil {
			opts.Locked = cfg.Locks
		}
		var err error
		if opts.Catalogue, err = cfg.Catalogue(); err != nil {
			return err
		}
		e, err := secrets.New(opts)
		if err != nil {
			return err
		}
		return e
	})
	if err, ok := made.(error); ok {
		panic(err)
	}
	e, _ := made.(*secrets.Engine)
	return e
}

// Match returns the matches in the text of a string literal that can be
// credentials, one for each text. The offsets are into text.
func (r *Result) Match(text string) []secrets.Match {
	return r.engine.Find("", []byte(text))
}

// Observe returns the observation of a match at a place.
func (r *Result) Observe(src practice.Source, m secrets.Match) *practice.SecretMatch {
	return r.engine.Observation(src, &m)
}

func run(pass *analysis.Pass) (any, error) {
	cfg := authconfig.Of(pass)
	result := &Result{literals: map[*ast.File][]*practice.Credential{}}
	found, err := gopass.Run(pass, cfg, func() []practice.Observation {
		result.engine = engineOf(cfg)
		var list []practice.Observation
		for _, file := range pass.Files {
			list = append(list, result.comments(pass, file)...)
			list = append(list, result.named(pass, file)...)
		}
		for _, name := range otherFiles(pass) {
			list = append(list, result.observeFile(pass, cfg, name)...)
		}
		return list
	})
	result.Findings, _ = found.([]finding.Finding)
	return result, err
}

// comments observes the comments of a file: the engine sees a text in which
// everything else is blank.
func (r *Result) comments(pass *analysis.Pass, file *ast.File) []practice.Observation {
	if len(file.Comments) == 0 {
		return nil
	}
	source := pass.Fset.File(file.FileStart)
	text := commentText(source, file)
	name := pass.Fset.Position(file.Package).Filename
	test, _ := walk.Class(below(pass, name))
	var list []practice.Observation
	e := r.engine
	for _, m := range e.Find(below(pass, name), text) {
		if m.FileOnly {
			continue
		}
		pos, end := source.Pos(m.SecretStart), source.Pos(m.SecretEnd)
		at := gopass.Location(pass, pos, end)
		list = append(list, e.Observation(practice.Source{
			At: at, Origin: at, Redact: []finding.Location{at}, Symbol: symbolAt(file, pos), Test: test, Document: true,
		}, &m))
	}
	return append(list, links(pass, file, text)...)
}

// links observes the links in the comments of a file with which a secret is read
// once.
func links(pass *analysis.Pass, file *ast.File, text []byte) []practice.Observation {
	cat, err := authconfig.Of(pass).Catalogue()
	if err != nil {
		panic(err) // recovered and recorded by gopass
	}
	source := pass.Fset.File(file.FileStart)
	test, _ := walk.Class(below(pass, pass.Fset.Position(file.Package).Filename))
	var list []practice.Observation
	for _, l := range document.Links(text, cat) {
		pos := source.Pos(l.Start)
		at := gopass.Location(pass, pos, source.Pos(l.End))
		list = append(list, document.LinkObservation(practice.Source{At: at, Origin: at, Symbol: symbolAt(file, pos), Test: test}, string(text[l.Start:l.End]), l))
	}
	return list
}

// commentText returns the comments of a file at their offsets and blanks
// elsewhere. Line ends stay, since they end what a pattern matches.
func commentText(source *token.File, file *ast.File) []byte {
	text := make([]byte, source.Size())
	for i := range text {
		text[i] = ' '
	}
	for line := 2; line <= source.LineCount(); line++ {
		text[source.Offset(source.LineStart(line))-1] = '\n'
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if start := source.Offset(comment.Pos()); start < len(text) {
				copy(text[start:], comment.Text)
			}
		}
	}
	return text
}

// symbolAt returns the function that a place belongs to, its comment included,
// "" if there is none.
func symbolAt(file *ast.File, pos token.Pos) string {
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		start := fn.Pos()
		if fn.Doc != nil {
			start = fn.Doc.Pos()
		}
		if pos < start || pos >= fn.End() {
			continue
		}
		if fn.Recv == nil || len(fn.Recv.List) == 0 {
			return fn.Name.Name
		}
		return receiver(fn.Recv.List[0].Type) + "." + fn.Name.Name
	}
	return ""
}

// receiver returns the name of a receiver's type.
func receiver(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return receiver(expr.X)
	case *ast.IndexExpr:
		return receiver(expr.X)
	case *ast.IndexListExpr:
		return receiver(expr.X)
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

// below returns the path of a file below the module, as far as a pass can tell
// it. Folders above would say wrong things of the file.
func below(pass *analysis.Pass, name string) string {
	dir := strings.TrimSuffix(pass.Pkg.Path(), "_test")
	if pass.Module != nil && pass.Module.Path != "" {
		dir = strings.TrimPrefix(strings.TrimPrefix(dir, pass.Module.Path), "/")
	} else {
		_, dir, _ = strings.Cut(dir, "/")
	}
	inside := filepath.Base(name)
	if relative, err := filepath.Rel(folderOf(pass), name); err == nil && filepath.IsLocal(relative) {
		inside = filepath.ToSlash(relative)
	}
	return path.Join(dir, inside)
}

// folderOf returns the folder of the package.
func folderOf(pass *analysis.Pass) string {
	if len(pass.Files) == 0 {
		return "."
	}
	return filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename)
}
