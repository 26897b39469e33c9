package goload

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
)

// checked is a parsed and type-checked package.
type checked struct {
	files      []*ast.File
	pkg        *types.Package
	info       *types.Info
	typeErrors []types.Error
	// illTyped is set when errors remain after all that can be dropped is.
	illTyped bool
	bodies   int
	dropped  int
	patched  int // bodies that were analysed in part
	// whole are the files of which nothing was dropped.
	whole []string
	// first is the first type error, if there was one.
	first *types.Error
}

// binaryPrefix is how much of a file is searched for a NUL byte.
const binaryPrefix = 8000

// parse parses the files of a package. What has syntax errors is parsed as far
// as possible, and told of packages under analysis; faulty are such files.
func (r *runner) parse(n *node) (files []*ast.File, faulty map[*ast.File]bool) {
	mode := parser.SkipObjectResolution
	if n.role != typesOnly {
		mode |= parser.ParseComments | parser.AllErrors
	}
	faulty = map[*ast.File]bool{}
	for _, name := range n.goFiles {
		data, err := r.read(name)
		if err != nil {
			continue // package walk, which reads every file, tells it
		}
		if bytes.IndexByte(data[:min(len(data), binaryPrefix)], 0) >= 0 {
			r.brokenFile(n, name, "it is binary", "error", token.Position{})
			continue // the parser would count each byte as an error
		}
		file, err := parser.ParseFile(r.fset, name, data, mode)
		if file != nil {
			n.positions = append(n.positions, r.fset.File(file.FileStart))
		}
		if err != nil {
			r.tellTypeError(n, err)
			at, message := syntaxError(err)
			if !hasName(file) && utf8.Valid(data) {
				message = "it has no package clause"
			}
			if !hasName(file) {
				r.brokenFile(n, name, message, "error", at)
				continue
			}
			r.brokenFile(n, name, message, "warning", at)
			faulty[file] = true
		}
		shortenTables(file)
		files = append(files, file)
	}
	return files, faulty
}

// hasName reports whether a file has a package clause.
func hasName(file *ast.File) bool { return file != nil && file.Name != nil && file.Name.Name != "" }

// brokenFile tells that a file of a package under analysis was not read, or not whole.
func (r *runner) brokenFile(n *node, name, message, level string, at token.Position) {
	if n.role != underAnalysis {
		return
	}
	where := r.relative(name)
	if at.IsValid() {
		where += ":" + strconv.Itoa(at.Line)
	}
	r.notices.add(finding.Notice{
		ID: "broken-file", Level: level, Where: r.place(name, at.Line, at.Column),
		Message: where + " does not parse: " + message,
	})
}

// typeCheck checks the package once and returns the errors that make it unfit
// for SSA, all others aside.
func (r *runner) typeCheck(u *universe, n *node, c *checked, bodies bool) (hard []types.Error) {
	defer func() {
		if value := recover(); value != nil { // a fault of the type checker
			c.illTyped = true
			r.notices.add(finding.Notice{
				ID: "internal-error", Level: "error", Where: r.place(n.dir, 0, 0),
				Message: fmt.Sprintf("type-checking package %s failed: %v", n.path, panicError(value)),
			})
		}
	}()
	c.typeErrors = nil
	first := c.pkg == nil
	config := types.Config{
		Importer:         importerFunc(func(path string) (*types.Package, error) { return u.imported(n, path) }),
		Sizes:            r.sizes,
		GoVersion:        n.goVersion(),
		IgnoreFuncBodies: !bodies,
		FakeImportC:      n.fakeC || n.role != underAnalysis,
		Error: func(err error) {
			if first {
				r.tellTypeError(n, err)
			}
			e, ok := errors.AsType[types.Error](err)
			if !ok || isSoft(e) || isContinuation(e) {
				return
			}
			hard = append(hard, e)
		},
	}
	c.pkg = types.NewPackage(n.path, n.name)
	c.info = nil
	if bodies {
		c.info = newInfo()
	}
	// The error is the first of those that Error gets.
	_ = types.NewChecker(&config, r.fset, c.pkg, c.info).Files(c.files)
	c.typeErrors = hard
	return hard
}

// isSoft reports whether what an error is about has its types all the same, as
// an unused variable has. Errors about range clauses are called soft, but leave
// the iteration variables without a type.
func isSoft(e types.Error) bool {
	return e.Soft && !strings.Contains(e.Msg, "range") && !strings.Contains(e.Msg, "iteration variable")
}

// isContinuation reports whether an error only goes on with the one before it.
func isContinuation(e types.Error) bool { return len(e.Msg) > 0 && e.Msg[0] == '\t' }

// newInfo returns the tables that analyzers may expect.
func newInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
}

type importerFunc func(path string) (*types.Package, error)

// Import returns the package that the path stands for.
func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// imported returns the types of a package that n imports: of the package
// itself, or of the one made up in its place.
func (u *universe) imported(n *node, path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if to := n.imports[path]; to != nil && to.pkg != nil {
		return to.pkg, nil
	}
	if pkg := u.madeUp[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("package %s is missing", path)
}

// maxRounds is how often a package is type-checked again after what failed was
// dropped; the last round drops all bodies.
const maxRounds = 5

// check parses and type-checks a package. What does not type-check is dropped
// until SSA can be built from the rest.
func (r *runner) check(u *universe, n *node) *checked {
	c := &checked{}
	var faulty map[*ast.File]bool
	c.files, faulty = r.parse(n)
	if len(c.files) == 0 || !r.wantsBodies(n) {
		r.typeCheck(u, n, c, false)
		return c
	}
	for _, f := range c.files {
		u.demote(n, f)
	}
	m := newMender(r.fset, c.files)
	c.bodies = m.bodies()
	suspect := len(faulty) > 0 || n.fakeC || n.role != underAnalysis && importsC(c.files)
	m.removeBad(faulty)
	for round := 1; ; round++ {
		hard := r.typeCheck(u, n, c, true)
		if len(hard) > 0 && c.first == nil {
			c.first = &hard[0]
		}
		suspect = suspect || len(hard) > 0
		if !suspect || c.illTyped {
			break
		}
		if round < maxRounds && m.removeRedeclared(c.info) {
			continue
		}
		inBodies, others := m.split(c.info, hard)
		changed := m.dropErrors(others)
		if len(others) == 0 && !m.dropInvalid(c.info) {
			c.patched = m.patchAll(c, inBodies)
			break
		}
		if round == maxRounds-1 || len(others) > 0 && !changed {
			m.dropAll()
		}
		if round == maxRounds {
			c.illTyped = true
			break
		}
	}
	c.dropped = m.dropped
	c.whole = m.untouched()
	return c
}

// importsC reports whether a file imports the pseudo package of cgo.
func importsC(files []*ast.File) bool {
	for _, f := range files {
		for _, spec := range f.Imports {
			if spec.Path.Value == `"C"` {
				return true
			}
		}
	}
	return false
}
