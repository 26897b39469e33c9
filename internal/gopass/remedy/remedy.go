// Package remedy makes fixes of the remedies of findings in Go: it knows the
// syntax and the types at a finding's place, and what each remedy means there.
// What it cannot render without doubt gets no fix.
package remedy

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// Renderer makes fixes for the findings of one package.
type Renderer struct {
	Pass *analysis.Pass
	// Find returns the positions of a location, Locate the reverse.
	Find   func(at finding.Location) (pos, end token.Pos, ok bool)
	Locate func(pos, end token.Pos) finding.Location

	// names are the variables of the environment that were given to literals,
	// taken the local variables of functions that fixes declare.
	names map[string]string
	taken map[ast.Node]map[string]bool
	// wanting are the files with places that the environment may be read at.
	wanting map[*ast.File]bool
}

// Render adds a fix to each finding that has a remedy which can be rendered.
func (r *Renderer) Render(found []finding.Finding) {
	if r.Pass.TypesInfo == nil {
		return
	}
	r.names, r.taken, r.wanting = map[string]string{}, map[ast.Node]map[string]bool{}, map[*ast.File]bool{}
	var sites []*site
	for i := range found {
		f := &found[i]
		for _, remedy := range f.Remedies {
			s, ok := r.site(f, remedy)
			if !ok {
				continue
			}
			sites = append(sites, s)
			switch practice.Remedy(remedy.Name) {
			case practice.ReadFromEnv, practice.DropFallback:
				r.wanting[s.file] = true
			}
		}
	}
	for _, s := range sites {
		s.render()
	}
}

// site is the place of a remedy.
type site struct {
	*Renderer
	finding  *finding.Finding
	remedy   finding.Remedy
	file     *ast.File
	pos, end token.Pos
	path     []ast.Node // from the innermost node around the place to the file
}

// site returns the place of a remedy, and whether it may be edited: files that a
// program made, and places that a line comment tells of, may not.
func (r *Renderer) site(f *finding.Finding, remedy finding.Remedy) (*site, bool) {
	at := f.Primary
	if !remedy.At.IsZero() {
		at = remedy.At
	}
	pos, end, ok := r.Find(at)
	if !ok {
		return nil, false
	}
	for _, file := range r.Pass.Files {
		if pos < file.FileStart || file.FileEnd < end || ast.IsGenerated(file) || !r.isPlain(pos) {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(file, pos, end)
		return &site{Renderer: r, finding: f, remedy: remedy, file: file, pos: pos, end: end, path: path}, len(path) > 0
	}
	return nil, false
}

// isPlain reports whether no line comment changes what is told of a position.
func (r *Renderer) isPlain(pos token.Pos) bool {
	return r.Pass.Fset.PositionFor(pos, true) == r.Pass.Fset.PositionFor(pos, false)
}

// render adds the fix, if there is one.
func (s *site) render() {
	var title string
	var edits []finding.Edit
	name := practice.Remedy(s.remedy.Name)
	switch name {
	case practice.RaiseTLSFloor:
		title, edits = "set the version to TLS 1.2 or higher", s.raiseVersion()
	case practice.RedactURL:
		title, edits = "leave the password of the URL out", s.redactURL()
	case practice.CorrectScheme:
		title, edits = "write the scheme "+strings.TrimSpace(s.remedy.To), s.correctScheme()
	case practice.UseHTTPS:
		title, edits = "use https", s.useHTTPS()
	case practice.RaiseMinimum:
		title, edits = "ask for "+s.remedy.To+" characters", s.raiseMinimum()
	case practice.ReadFromEnv:
		title, edits = "read it from the environment", s.readFromEnv()
	case practice.DropFallback:
		title, edits = "stop without the variable", s.dropFallback()
	}
	if len(edits) > 0 {
		s.finding.Fixes = append(s.finding.Fixes, finding.Fix{Title: title, Safe: name.IsSafe(), Edits: edits})
	}
}

// replace returns the edit that puts text in the place of the source from pos to end.
func (s *site) replace(pos, end token.Pos, text string) finding.Edit {
	return finding.Edit{Location: s.Locate(pos, end), NewText: text}
}

// insert returns the edit that puts text before the source at pos.
func (s *site) insert(pos token.Pos, text string) finding.Edit { return s.replace(pos, pos, text) }

// within calls visit for each node that lies in the place.
func (s *site) within(visit func(ast.Node)) {
	ast.Inspect(s.path[0], func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if s.pos <= n.Pos() && n.End() <= s.end {
			visit(n)
		}
		return n.Pos() < s.end && s.pos < n.End()
	})
}

// literals returns the string literals in the place whose text, as it is
// written, begins with prefix.
func (s *site) literals(prefix string) []*ast.BasicLit {
	var list []*ast.BasicLit
	s.within(func(n ast.Node) {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.HasPrefix(lit.Value[1:], prefix) {
			list = append(list, lit)
		}
	})
	return list
}

// isTest reports whether the place lies in a test, or in what stands in for
// something else in tests.
func (s *site) isTest() bool {
	if strings.HasSuffix(s.Pass.Fset.Position(s.file.Package).Filename, "_test.go") {
		return true
	}
	for _, n := range s.path {
		fn, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		names := []string{fn.Name.Name}
		if fn.Recv != nil && len(fn.Recv.List) > 0 {
			names = append(names, types.ExprString(fn.Recv.List[0].Type))
		}
		return slices.ContainsFunc(names, isStandIn)
	}
	return false
}

// isStandIn reports whether a name is one of something that stands in for another
// in tests.
func isStandIn(name string) bool {
	return slices.ContainsFunc(shape.Words(name), func(word string) bool {
		switch word {
		case "mock", "mocks", "mocked", "fake", "fakes", "stub", "stubs", "dummy":
			return true
		}
		return false
	})
}

// parent returns the node around the i-th node of the path.
func (s *site) parent(i int) ast.Node {
	if i+1 < len(s.path) {
		return s.path[i+1]
	}
	return nil
}

// object returns what an expression names, nil if it names nothing.
func (s *site) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return s.Pass.TypesInfo.ObjectOf(e)
	case *ast.SelectorExpr:
		return s.Pass.TypesInfo.ObjectOf(e.Sel)
	}
	return nil
}

// home returns the file of the package that helpers go to: the first by name of
// those that all systems build and that want one, so that all fixes agree on it,
// or else the first of all.
func (s *site) home() *ast.File {
	if isConstrained(s.file) {
		return s.file
	}
	best := s.file
	for _, f := range s.Pass.Files {
		if s.isUniversal(f) && (!s.isUniversal(best) || s.comesBefore(f, best)) {
			best = f
		}
	}
	return best
}

// comesBefore reports whether helpers go rather to the one file than to the other.
func (s *site) comesBefore(a, b *ast.File) bool {
	if s.wanting[a] != s.wanting[b] {
		return s.wanting[a]
	}
	return s.nameOf(a) < s.nameOf(b)
}

// nameOf returns the name of a file.
func (r *Renderer) nameOf(f *ast.File) string {
	return r.Pass.Fset.PositionFor(f.Package, false).Filename
}

// isUniversal reports whether a file is written by people and built on all
// systems, as far as its name and its head tell.
func (r *Renderer) isUniversal(f *ast.File) bool {
	name := filepath.Base(r.nameOf(f))
	base, isGo := strings.CutSuffix(name, ".go")
	parts := strings.Split(base, "_")
	bound := slices.ContainsFunc(parts[1:], func(part string) bool { return strings.Contains(systems, " "+part+" ") })
	return isGo && !bound && !ast.IsGenerated(f) && !isConstrained(f) && r.isPlain(f.Package)
}

// systems are the words in names of files that say when they are built.
const systems = " test aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows zos unix" +
	" 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm "

// isConstrained reports whether a file says when it is built.
func isConstrained(f *ast.File) bool {
	return slices.ContainsFunc(f.Comments, func(group *ast.CommentGroup) bool {
		return group.Pos() < f.Package && slices.ContainsFunc(group.List, func(c *ast.Comment) bool {
			return strings.HasPrefix(c.Text, "//go:build") || strings.HasPrefix(c.Text, "// +build")
		})
	})
}
