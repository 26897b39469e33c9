package synth

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// The standard library is type-checked from source, once for all tests.
var (
	sharedFset = token.NewFileSet()
	sourceLock sync.Mutex
	source     = importer.ForCompiler(sharedFset, "source", nil)
)

// example is code that uses missing packages: example.org/... is missing,
// example.com/<dir> are its own packages.
type example struct {
	world *World
	order []string // of its own packages, imports first
	files map[string][]*ast.File
	own   map[string]*types.Package
	errs  []string
}

// newExample parses the files of an archive. Directories are in the order in
// which they import each other; a file in stub/ is the model of a package.
func newExample(t *testing.T, archive *txtar.Archive) *example {
	t.Helper()
	e := &example{files: map[string][]*ast.File{}, own: map[string]*types.Package{}}
	stubs := map[string]string{}
	missing := map[string]bool{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "stub/"); ok {
			stubs[path.Dir(name)] = string(f.Data)
			missing[path.Dir(name)] = true
			continue
		}
		if path.Ext(f.Name) != ".go" {
			continue
		}
		file, err := parser.ParseFile(sharedFset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		dir := "example.com/" + path.Dir(f.Name)
		if !slices.Contains(e.order, dir) {
			e.order = append(e.order, dir)
		}
		e.files[dir] = append(e.files[dir], file)
		for _, spec := range file.Imports {
			if p := importPath(spec); strings.HasPrefix(p, "example.org/") || strings.HasPrefix(p, "gopkg.in/") {
				missing[p] = true
			}
		}
	}
	var paths []string
	for p := range missing {
		paths = append(paths, p)
	}
	e.world = New(paths)
	e.world.IsKnown = func(pkg *types.Package) bool {
		return e.own[pkg.Path()] != pkg && !e.world.Missing(pkg.Path())
	}
	e.world.Stub = func(path string) *types.Package { return e.stub(stubs, path) }
	return e
}

// stub type-checks a model.
func (e *example) stub(stubs map[string]string, path string) *types.Package {
	text, ok := stubs[path]
	if !ok {
		return nil
	}
	file, err := parser.ParseFile(sharedFset, path+"/stub.go", text, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	pkg := types.NewPackage(path, file.Name.Name)
	config := types.Config{Importer: e, Error: func(error) {}, IgnoreFuncBodies: true}
	_ = types.NewChecker(&config, sharedFset, pkg, nil).Files([]*ast.File{file})
	return pkg
}

// Import returns a package of the example, a made-up one, or one of the
// standard library.
func (e *example) Import(path string) (*types.Package, error) {
	if pkg := e.own[path]; pkg != nil {
		return pkg, nil
	}
	if pkg := e.world.Package(path); pkg != nil {
		return pkg, nil
	}
	sourceLock.Lock()
	defer sourceLock.Unlock()
	return source.Import(path)
}

// check type-checks the example and learns from it.
func (e *example) check() {
	e.errs = nil
	for _, dir := range e.order {
		pkg := types.NewPackage(dir, path.Base(dir))
		e.own[dir] = pkg
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
		config := types.Config{Importer: e, Error: func(err error) {
			if e1, ok := errors.AsType[types.Error](err); ok && !e1.Soft && !strings.HasPrefix(e1.Msg, "\t") {
				at := sharedFset.Position(e1.Pos)
				e.errs = append(e.errs, fmt.Sprintf("%s:%d: %s", at.Filename, at.Line, e1.Msg))
			}
		}}
		_ = types.NewChecker(&config, sharedFset, pkg, info).Files(e.files[dir])
		e.world.Learn(e.files[dir], info)
	}
}

// run makes up what is missing.
func (e *example) run(t *testing.T) {
	t.Helper()
	each := func(do func(*ast.File)) {
		for _, dir := range e.order {
			for _, f := range e.files[dir] {
				do(f)
			}
		}
	}
	each(func(f *ast.File) { e.world.Names(f, nil, path.Base) })
	each(e.world.Uses)
	for range 8 {
		e.world.Build()
		e.check()
		if !e.world.Settle() {
			break
		}
	}
	e.world.Build()
	e.check()
}

// api writes down the made-up packages.
func (e *example) api() string {
	var out bytes.Buffer
	all := []*types.Package{}
	for _, p := range sortedPaths(e.world.built) {
		all = append(all, e.world.built[p])
	}
	for _, pkg := range append(all, e.world.nobody) {
		if len(pkg.Scope().Names()) == 0 && pkg == e.world.nobody {
			continue
		}
		fmt.Fprintf(&out, "package %s // %s\n", pkg.Name(), pkg.Path())
		for _, name := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(name)
			fmt.Fprintf(&out, "%s\n", types.ObjectString(obj, types.RelativeTo(pkg)))
			named, ok := obj.Type().(*types.Named)
			if _, isType := obj.(*types.TypeName); !ok || !isType {
				continue
			}
			for m := range named.Methods() {
				fmt.Fprintf(&out, "\t%s\n", types.ObjectString(m, types.RelativeTo(pkg)))
			}
		}
	}
	for _, err := range e.errs {
		fmt.Fprintf(&out, "error %s\n", err)
	}
	return out.String()
}

// sortedPaths returns the import paths in order.
func sortedPaths(m map[string]*types.Package) []string {
	var paths []string
	for p := range m {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

// TestExamples makes up the packages that the archives below testdata miss and
// compares their API, and the errors that are left, with the file want.
// SYNTH_UPDATE=1 rewrites it.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			e := newExample(t, archive)
			e.run(t)
			got := e.api()
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file of the archive is not want")
			}
			if got == string(want.Data) {
				return
			}
			if os.Getenv("SYNTH_UPDATE") == "" {
				t.Fatalf("got:\n%s\nwant:\n%s", got, want.Data)
			}
			want.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestCandidates checks the names that packages may have by their paths.
func TestCandidates(t *testing.T) {
	for in, want := range map[string]string{
		"example.org/kit":              "kit",
		"example.org/kit/v2":           "kit",
		"gopkg.in/yaml.v3":             "yaml",
		"example.org/go-redis":         "redis",
		"example.org/redis-go":         "redis",
		"example.org/nats.go":          "nats",
		"example.org/go-sql-driver/db": "db",
		"v2":                           "v2",
	} {
		if got := candidates(in); !slices.Contains(got, want) {
			t.Errorf("candidates(%q) = %q, want %q among them", in, got, want)
		}
	}
}
