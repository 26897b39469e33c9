package authtest

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Place is a line of a module.
type Place struct {
	File string // relative to the module, with slashes
	Line int
}

// String returns file:line.
func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Mutation is one bad practice put into good code. Every edit stays on its
// line, so that no other line of the module moves.
type Mutation struct {
	Operator string
	// Rules are the ids of which one must be reported.
	Rules []string
	// Places are the lines that were changed; most mutations have one.
	Places []Place
	// Uses are the lines that use a constant that was changed: it may be
	// reported there instead.
	Uses []Place
	// near is the function that was changed, if good code was replaced in it.
	near lines
	// Was is what stood there, empty for an insertion; Text is what stands
	// there now. Both are made of the module's own text and made-up literals.
	Was, Text string
}

// lines are some lines of a file.
type lines struct {
	file     string
	from, to int
}

func (l lines) has(file string, line int) bool {
	return l.file == file && l.from <= line && line <= l.to
}

// Dropped counts the mutations of an operator that did not type-check.
type Dropped struct {
	Operator string
	Count    int
	Example  string // the first error
}

// Mutator makes mutations of one module.
type Mutator struct {
	dir      string
	rand     *rand.Rand
	fset     *token.FileSet
	units    []*unit
	imported map[string]*types.Package
	sites    map[string][]site // by operator
	phrased  map[string][]int  // the phrasings that an operator uses next
	words    map[string]bool   // names given to inserted declarations
	dropped  map[string]*Dropped
}

// unit is a package of the module.
type unit struct {
	pkg   *packages.Package
	files []*source
	// faults are the errors that the package has without mutations, faulty
	// their lines.
	faults map[string]bool
	faulty map[Place]bool
}

// source is a file of a unit.
type source struct {
	*unit
	file    *ast.File
	tok     *token.File
	path    string // absolute
	rel     string // relative to the module, with slashes
	text    []byte
	mutable bool
	edits   []edit
	imports map[string]bool // that the edits need
}

// edit replaces text[from:to] of a file.
type edit struct {
	in       *source
	from, to int
	text     string
}

// draft is a mutation not yet applied.
type draft struct {
	rules   []string // those of the operator if nil
	edits   []edit
	uses    []Place
	near    lines
	imports map[*source][]string
}

// site is a place where an operator can act: at most one mutation is made
// within a function.
type site struct {
	fn token.Pos // of the function, or of the node outside of functions
	// rich is set where a credential is in scope.
	rich bool
	make func() *draft
}

// inserted are the packages that insertions may import, beside those of the
// module itself; those that the module cannot import are left out.
var inserted = []string{
	"cmp", "bytes", "context", "crypto/hmac", "crypto/sha256", "crypto/subtle", "crypto/tls", "database/sql",
	"encoding/base64", "encoding/json", "errors", "flag", "fmt", "io", "net", "net/http", "net/smtp", "net/textproto", "net/url",
	"os", "os/exec", "regexp", "strings", "time", "unicode/utf8", "log",
	sshPackage, ftpPackage,
}

const (
	sshPackage = "golang.org/x/crypto/ssh"
	ftpPackage = "github.com/jlaffaye/ftp"
)

// RequireForMutations adds the modules whose API insertions use to the go.mod
// of a tree. Where they cannot be had, mutations do without, and so they do in
// a tree that brings a folder of all it requires.
func RequireForMutations(ctx context.Context, tree string) error {
	if _, err := os.Stat(filepath.Join(tree, "vendor", "modules.txt")); err == nil {
		return nil
	}
	for _, module := range []string{"golang.org/x/crypto", ftpPackage} {
		list := exec.CommandContext(ctx, "go", "list", "-m", module)
		list.Dir, list.Env = tree, append(os.Environ(), "GOWORK=off", "GOTOOLCHAIN=local")
		if list.Run() == nil {
			continue
		}
		get := exec.CommandContext(ctx, "go", "get", module)
		get.Dir, get.Env = list.Dir, list.Env
		if out, err := get.CombinedOutput(); err != nil {
			return fmt.Errorf("requiring %s: %w: %s", module, err, firstLine(string(out)))
		}
	}
	return nil
}

// NewMutator loads the module in dir, a copy that may be changed. The seed
// decides which places are taken and what literals look like.
func NewMutator(ctx context.Context, dir string, seed uint64) (*Mutator, error) {
	m := &Mutator{
		dir: dir, rand: rand.New(rand.NewPCG(seed, 7)), fset: token.NewFileSet(),
		imported: map[string]*types.Package{}, sites: map[string][]site{},
		phrased: map[string][]int{}, words: map[string]bool{}, dropped: map[string]*Dropped{},
	}
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
		packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule
	list, err := packages.Load(&packages.Config{
		Mode: mode, Context: ctx, Dir: dir, Fset: m.fset, ParseFile: m.parse,
		Env: append(os.Environ(), "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=off"),
	}, append([]string{"./..."}, inserted...)...)
	if err != nil {
		return nil, fmt.Errorf("loading %s: %w", dir, err)
	}
	packages.Visit(list, nil, func(pkg *packages.Package) {
		if pkg.Types != nil && pkg.Types.Name() != "" {
			m.imported[pkg.PkgPath] = pkg.Types
		}
	})
	for _, pkg := range list {
		if err := m.addUnit(pkg); err != nil {
			return nil, err
		}
	}
	if len(m.units) == 0 {
		return nil, fmt.Errorf("loading %s: no package", dir)
	}
	for _, u := range m.units {
		for _, s := range u.files {
			if s.mutable {
				m.find(s)
			}
		}
	}
	return m, nil
}

// parse parses a file; of packages outside the module only the declarations,
// which is all that checking the module's own needs.
func (m *Mutator) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if file == nil || m.relative(name) != "" {
		return file, err
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
	}
	return file, err
}

// relative returns the path of a file within the module, empty outside.
func (m *Mutator) relative(name string) string {
	rel, err := filepath.Rel(m.dir, name)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// addUnit adds a package of the module. It may have errors, such as imports of
// modules that cannot be had; mutations must not add any.
func (m *Mutator) addUnit(pkg *packages.Package) error {
	if pkg.Types == nil || pkg.TypesInfo == nil || len(pkg.Syntax) == 0 {
		return nil
	}
	u := &unit{pkg: pkg, faults: map[string]bool{}, faulty: map[Place]bool{}}
	ours := false
	for _, file := range pkg.Syntax {
		s := &source{unit: u, file: file, tok: m.fset.File(file.FileStart), imports: map[string]bool{}}
		s.path, s.rel = s.tok.Name(), m.relative(s.tok.Name())
		if s.rel != "" {
			ours = true
			text, err := os.ReadFile(s.path)
			if err != nil {
				return fmt.Errorf("reading a package: %w", err)
			}
			s.text = text
			s.mutable = !ast.IsGenerated(file) && len(text) == s.tok.Size() && isProduction(s.rel)
		}
		u.files = append(u.files, s)
	}
	if !ours {
		return nil
	}
	m.units = append(m.units, u)
	for _, err := range m.errors(u) {
		u.faults[err.Error()] = true
		if e := (types.Error{}); errors.As(err, &e) {
			at := m.fset.Position(e.Pos)
			u.faulty[Place{m.relative(at.Filename), at.Line}] = true
		}
	}
	return nil
}

// isProduction reports whether a path is that of code that runs for real.
func isProduction(rel string) bool {
	if strings.HasSuffix(rel, "_gen.go") || strings.HasSuffix(rel, ".gen.go") {
		return false // generated, whether or not it says so
	}
	words := strings.FieldsFunc(strings.ToLower(rel), func(r rune) bool { return strings.ContainsRune("/_-.", r) })
	return !slices.ContainsFunc(words, func(w string) bool {
		return strings.Contains(w, "test") && w != "attestation" || strings.HasPrefix(w, "mock") || strings.HasPrefix(w, "fake") ||
			slices.Contains([]string{"example", "examples", "fixtures", "vendor", "demo", "sample", "samples", "stub", "stubs"}, w)
	})
}

// Dropped returns what did not type-check and was taken back, by operator.
func (m *Mutator) Dropped() []Dropped {
	var list []Dropped
	for _, d := range m.dropped {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Dropped) int { return strings.Compare(a.Operator, b.Operator) })
	return list
}
