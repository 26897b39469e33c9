package patch

import (
	"errors"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/ssa"
)

// library imports the standard library once for all tests.
var library = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	return fset, importer.ForCompiler(fset, "source", nil)
})

// program is a package that type-checks in part.
type program struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	errs  []token.Pos
}

// check type-checks files as far as they go.
func check(path string, files []*ast.File) *program {
	fset, std := library()
	p := &program{fset: fset, files: files, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	config := types.Config{Importer: std, Error: func(err error) {
		if e, ok := errors.AsType[types.Error](err); ok {
			p.errs = append(p.errs, e.Pos)
		}
	}}
	p.pkg, _ = config.Check(path, fset, files, p.info)
	p.info.InitOrder = nil
	return p
}

// bodies patches the bodies below files and returns the names of functions that
// were repaired, and of those that could not be.
func (p *program) bodies() (repaired, lost []string) {
	patcher := New(p.fset, p.info, p.errs)
	for _, f := range p.files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			patcher.note(fn.Body)
			switch {
			case !patcher.isTainted(fn.Body):
			case patcher.Body(fn):
				repaired = append(repaired, fn.Name.Name)
			default:
				fn.Body = nil
				lost = append(lost, fn.Name.Name)
			}
		}
	}
	return repaired, lost
}

// build makes SSA and has it checked; it panics if something does not fit.
func (p *program) build() *ssa.Package {
	prog := ssa.NewProgram(p.fset, ssa.SanityCheckFunctions)
	seen := map[*types.Package]bool{}
	var create func(list []*types.Package)
	create = func(list []*types.Package) {
		for _, imported := range list {
			if !seen[imported] {
				seen[imported] = true
				prog.CreatePackage(imported, nil, nil, true)
				create(imported.Imports())
			}
		}
	}
	create(p.pkg.Imports())
	pkg := prog.CreatePackage(p.pkg, p.files, p.info, false)
	pkg.Build()
	return pkg
}

// parse parses a source.
func parse(t *testing.T, name string, source any) *ast.File {
	t.Helper()
	fset, _ := library()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution|parser.AllErrors)
	if file == nil {
		t.Fatal(err)
	}
	return file
}

// faults are statements with something wrong in them; keep("...") must still be
// called as often as it is written.
var faults = map[string]string{
	"argument":        `take(nothing(), 1); keep("a")`,
	"kind":            `take(1, keep("a")); keep("b")`,
	"too few":         `take(1); keep("a")`,
	"undefined":       `x := nothing.Here(); use(x); keep("a"); if x { keep("b") }`,
	"nested":          `use(func() { nothing(); keep("a") }); keep("b")`,
	"field":           `c := conf{url: keep("a"), none: 1, port: "text"}; use(c); keep(c.url)`,
	"selector":        `var c conf; use(c.none.deep[1]); keep(c.url)`,
	"range":           `for i, v := range nothing() { use(i, v); keep("a") }; keep("b")`,
	"range assigned":  `var i int; for i = range nothing() { use(i) }; keep("a")`,
	"range number":    `for k, v := range 1.5 { use(k, v); keep("a") }`,
	"condition":       `if nothing() && true { keep("a") } else if x := nothing(); x > 1 { keep("b") } else { keep("c") }`,
	"loop":            `for i := nothing(); i < 3; i++ { keep("a") }`,
	"post":            `for i := 0; i < 3; i += nothing { keep("a") }`,
	"switch":          `switch nothing() { case 1, two: keep("a"); default: keep("b") }`,
	"case":            `switch n := 1; n { case nothing: keep("a"); case 2: keep("b") }`,
	"switch true":     `switch { case nothing(): keep("a"); case true: keep("b") }`,
	"label":           `outer: for { for x := range nothing { use(x); break outer }; keep("a"); continue outer }`,
	"goto":            `goto nowhere; keep("a")`,
	"tuple":           `a, b := pair(nothing); use(a, b); keep(a)`,
	"count":           `a, b := 1, 2, 3; use(a, b); keep("a")`,
	"operation":       `s := "a"; s += nothing; s += 1; keep(s)`,
	"mixed":           `s := "a" + 1; use(s); keep("a")`,
	"declaration":     `var a, b string = nothing, 1; var c = missing; use(a, b, c); keep(a)`,
	"typed":           `var a missing; a.Call(); keep("a")`,
	"defer":           `defer nothing(); defer keep("a"); go nothing.Run(keep)`,
	"send":            `c := make(chan string); c <- nothing; c <- 1; c <- keep("a")`,
	"list":            `l := []string{keep("a"), nothing, 1, 2: "x"}; m := map[string]conf{nothing: {}, keep("b"): {url: 1}}; use(l, m)`,
	"assertion":       `n := 1; s, ok := n.(string); use(s, ok); keep("a")`,
	"conversion":      `use(missing(keep("a"))); use(int(nothing)); keep("b")`,
	"builtin":         `l := []string{}; l = append(l, nothing, keep("a")); use(len(nothing), l)`,
	"generic":         `use(same(1, "a")); use(same[missing](nil)); keep("a")`,
	"method value":    `f := conf{}.none; f(1); g := (*conf).keep; use(g); keep("a")`,
	"return":          `f := func() (int, error) { keep("a"); return nothing }; g := func() string { return 1 }; use(f, g)`,
	"missing return":  `f := func() string { keep("a") }; use(f)`,
	"select":          `select { case s := <-make(chan string): use(s, nothing); keep("a") }`,
	"type switch":     `switch x := any(1).(type) { case int: use(x, nothing); keep("a"); case string: keep(x) }`,
	"pointer":         `p := &nothing; use(*p, &conf{url: nothing}); keep("a"); var q *int = "x"; use(*q)`,
	"interface":       `var e error = conf{}; use(e); keep("a")`,
	"shadow":          `type local struct{ x missing }; var l local; use(l.x); keep("a")`,
	"result":          `keep("a"); nothing(keep("b"))`,
	"nil":             `x := nil; use(x); var s string = nil; keep(s)`,
	"index":           `m := map[string]string{}; keep(m[1]); keep(m["a"]); use(m[nothing])`,
	"immediately":     `func(s string) { use(nothing); keep(s) }("a")`,
	"spread":          `l := []string{"a"}; list(nothing...); list(l...); list(1, "b"); keep("a")`,
	"function result": `two(pair("a")); two(pair(nothing)); two(nothing()); keep("a")`,
}

// atLeast is how many calls of keep a repaired fault has at least, if it is not
// all that are written.
var atLeast = map[string]int{
	"field": 1, "defer": 1, "list": 0, "builtin": 0, "send": 0, "conversion": 1, "result": 1, "generic": 1, "index": 2,
}

const head = `package p

func keep(s string) int { return len(s) }
func take(s string, n int) {}
func use(...any) {}
func list(...string) {}
func two(string, error) {}
func pair(string) (string, error) { return "", nil }
func same[T any](a, b T) T { return a }
type conf struct{ url string; port int }
func (c *conf) keep() {}
`

// TestFaults repairs a function for each fault: SSA can be built, and the calls
// around the fault are there.
func TestFaults(t *testing.T) {
	for name, body := range faults {
		t.Run(name, func(t *testing.T) {
			body = strings.ReplaceAll(body, "url: keep(", "url: text(")
			body = strings.ReplaceAll(strings.ReplaceAll(body, `{keep("a"),`, `{text("a"),`), `keep("b"):`, `text("b"):`)
			body = strings.ReplaceAll(strings.ReplaceAll(body, `c <- keep`, `c <- text`), `nothing, keep("a"))`, `nothing, text("a"))`)
			source := head + "func text(s string) string { return s }\nfunc f() {\n" + body + "\n}\n"
			p := check("p", []*ast.File{parse(t, "p.go", source)})
			if len(p.errs) == 0 {
				t.Fatal("there is no fault")
			}
			repaired, lost := p.bodies()
			if len(lost) > 0 || !slices.Equal(repaired, []string{"f"}) {
				t.Fatalf("repaired %v, lost %v", repaired, lost)
			}
			pkg := p.build()
			want := max(1, strings.Count(body, `keep("`)+strings.Count(body, `keep(c`)+strings.Count(body, `keep(s`)+strings.Count(body, `keep(x`))
			if n, ok := atLeast[name]; ok {
				want = n
			}
			if got := calls(pkg.Func("f"), "keep"); got < want {
				pkg.Func("f").WriteTo(os.Stderr)
				t.Errorf("%d calls are left, want %d", got, want)
			}
		})
	}
}

// calls counts the calls of a function by name, within literals too.
func calls(fn *ssa.Function, name string) int {
	n := 0
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() != nil && call.Common().StaticCallee().Name() == name {
				n++
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		n += calls(anon, name)
	}
	return n
}

// TestTakenAway takes a function at a time out of packages of the standard
// library: nearly all bodies that miss it are repaired, and SSA can be built.
func TestTakenAway(t *testing.T) {
	repairedInAll, lostInAll := 0, 0
	for _, path := range []string{"net/url", "encoding/csv", "text/tabwriter", "container/list", "net/textproto"} {
		for i := 0; ; i += 7 {
			files := sources(t, path)
			if !takeAway(files, i) {
				break
			}
			p := check(path, files)
			repaired, lost := p.bodies()
			repairedInAll, lostInAll = repairedInAll+len(repaired), lostInAll+len(lost)
			func() {
				defer func() {
					if value := recover(); value != nil {
						t.Errorf("%s without function %d: %v (repaired %v)", path, i, value, repaired)
					}
				}()
				p.build()
			}()
		}
	}
	t.Logf("%d repaired, %d lost", repairedInAll, lostInAll)
	if repairedInAll < 10*lostInAll || repairedInAll == 0 {
		t.Errorf("%d repaired, %d lost", repairedInAll, lostInAll)
	}
}

// sources parses the files of a package of the standard library.
func sources(t *testing.T, path string) []*ast.File {
	t.Helper()
	dir, err := build.Import(path, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range dir.GoFiles {
		files = append(files, parse(t, filepath.Join(dir.Dir, name), nil))
	}
	return files
}

// takeAway takes function i out of the files, and reports whether there is one.
func takeAway(files []*ast.File, i int) bool {
	for _, f := range files {
		for at, decl := range f.Decls {
			if _, ok := decl.(*ast.FuncDecl); !ok {
				continue // types are repaired before bodies
			}
			if i == 0 {
				f.Decls = slices.Delete(f.Decls, at, at+1)
				return true
			}
			i--
		}
	}
	return false
}
