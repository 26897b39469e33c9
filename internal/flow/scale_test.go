package flow

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/authtest/cost"
)

// The shapes of generated code that a cost worse than linear would show in:
// each writes a package of about n lines.
var scaleShapes = map[string]func(b *strings.Builder, n int){
	"wrappers":    scaleWrappers,
	"one func":    scaleOneFunc,
	"table":       scaleTable,
	"map":         scaleMap,
	"chain":       scaleChain,
	"switch":      scaleSwitch,
	"methods":     scaleMethods,
	"builder":     scaleBuilder,
	"concat":      scaleConcat,
	"closures":    scaleClosures,
	"options":     scaleOptions,
	"recursion":   scaleRecursion,
	"constructor": scaleConstructors,
	"fields":      scaleFields,
	"ways":        scaleWays,
}

const scaleHead = `package p

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"log"
)

var _ = fmt.Sprint
var _ = os.Getenv
var _ = strings.Join
var _ = http.NewRequest
var _ = log.Print

type client struct{ base, user, password string; c *http.Client }

func (c *client) do(path string) error {
	r, err := http.NewRequest("GET", c.base+path, nil)
	if err != nil {
		return err
	}
	r.SetBasicAuth(c.user, c.password)
	resp, err := c.c.Do(r)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func get(base, user, password string) error {
	c := &client{base: base, user: user, password: password, c: http.DefaultClient}
	return c.do("/list")
}
`

func scaleWrappers(b *strings.Builder, n int) {
	for i := range n / 4 {
		fmt.Fprintf(b, "func call%d(host string) error {\n\treturn get(\"https://\"+host, \"ops%d\", os.Getenv(\"P%d\"))\n}\n\n", i, i, i)
	}
}

func scaleOneFunc(b *strings.Builder, n int) {
	b.WriteString("func all(host string) {\n")
	for i := range n / 4 {
		fmt.Fprintf(b, "\tr%d, _ := http.NewRequest(\"GET\", \"https://\"+host+\"/%d\", nil)\n\tr%d.Header.Set(\"X-Api-Key\", os.Getenv(\"K%d\"))\n\tif host == \"a%d\" {\n\t\tget(host, \"u\", \"p%d\") }\n", i, i, i, i, i, i)
	}
	b.WriteString("}\n")
}

func scaleTable(b *strings.Builder, n int) {
	b.WriteString("var table = []client{\n")
	for i := range n {
		fmt.Fprintf(b, "\t{base: \"https://h%d.example.com\", user: \"u%d\", password: \"\"},\n", i, i)
	}
	b.WriteString("}\n\nfunc run() {\n\tfor _, c := range table {\n\t\t_ = get(c.base, c.user, c.password)\n\t\t_ = c.do(\"/x\")\n\t}\n}\n")
}

func scaleMap(b *strings.Builder, n int) {
	b.WriteString("var users = map[string]string{\n")
	for i := range n {
		fmt.Fprintf(b, "\t\"name%d\": \"title %d\",\n", i, i)
	}
	b.WriteString("}\n\nfunc run(k string) {\n\tfor u, p := range users {\n\t\t_ = get(\"https://a\", u, p)\n\t}\n\t_ = get(\"https://b\", \"x\", users[k])\n}\n")
}

func scaleChain(b *strings.Builder, n int) {
	n /= 3
	for i := range n {
		fmt.Fprintf(b, "func f%d(h, u, p string) error {\n\treturn f%d(h+\"/%d\", u, p)\n}\n", i, i+1, i)
	}
	fmt.Fprintf(b, "func f%d(h, u, p string) error { return get(h, u, p) }\n", n)
	b.WriteString("func start() { _ = f0(\"https://x\", \"u\", os.Getenv(\"P\")) }\n")
}

func scaleSwitch(b *strings.Builder, n int) {
	b.WriteString("func pick(k string) {\n\turl := \"https://\"\n\tpw := \"\"\n\tswitch k {\n")
	for i := range n / 3 {
		fmt.Fprintf(b, "\tcase \"c%d\":\n\t\turl += \"h%d.example.com\"\n\t\tpw = os.Getenv(\"P%d\")\n", i, i, i)
	}
	b.WriteString("\t}\n\t_ = get(url, \"u\", pw)\n}\n")
}

func scaleMethods(b *strings.Builder, n int) {
	for i := range n / 5 {
		fmt.Fprintf(b, "func (c *client) m%d(pw string) error {\n\tc.password = pw\n\tc.base = \"https://m%d.example.com\"\n\treturn c.do(\"/m%d\")\n}\n", i, i, i)
	}
}

func scaleBuilder(b *strings.Builder, n int) {
	b.WriteString("func build(h string) string {\n\tvar b strings.Builder\n")
	for i := range n {
		fmt.Fprintf(b, "\tb.WriteString(\"&k%d=\" + h)\n", i)
	}
	b.WriteString("\treturn b.String()\n}\n\nfunc run(h string) { _ = get(build(h), \"u\", os.Getenv(\"P\")) }\n")
}

func scaleConcat(b *strings.Builder, n int) {
	b.WriteString("func build(h string) string {\n\treturn \"https://\" + h")
	for i := range n {
		fmt.Fprintf(b, " +\n\t\t\"&k%d=\" + h", i)
	}
	b.WriteString("\n}\n\nfunc run(h string) { _ = get(build(h), \"u\", os.Getenv(\"P\")) }\n")
}

func scaleClosures(b *strings.Builder, n int) {
	b.WriteString("func all(pw string) {\n\turl := \"https://x\"\n")
	for i := range n / 4 {
		fmt.Fprintf(b, "\tg%d := func(u string) error {\n\t\turl = url + \"/%d\"\n\t\treturn get(url, u, pw)\n\t}\n\t_ = g%d(\"u\")\n", i, i, i)
	}
	b.WriteString("}\n")
}

func scaleOptions(b *strings.Builder, n int) {
	b.WriteString("type option func(*client)\n\nfunc with(opts ...option) *client {\n\tc := &client{c: http.DefaultClient}\n\tfor _, o := range opts {\n\t\to(c)\n\t}\n\treturn c\n}\n")
	for i := range n / 6 {
		fmt.Fprintf(b, "func with%d(v string) option {\n\treturn func(c *client) { c.password = v }\n}\n\nfunc use%d() { _ = with(with%d(os.Getenv(\"P\"))).do(\"/\") }\n\n", i, i, i)
	}
}

func scaleRecursion(b *strings.Builder, n int) {
	n /= 6
	for i := range n {
		fmt.Fprintf(b, "func r%d(h, p string) error {\n\tif h == \"\" {\n\t\treturn r%d(h+\"a\", p)\n\t}\n\treturn r%d(h, p)\n}\n", i, (i*7+3)%n, (i+1)%n)
	}
	b.WriteString("func start() { _ = r0(\"https://x\", os.Getenv(\"P\")); _ = get(\"\", \"\", \"\") }\n")
}

func scaleConstructors(b *strings.Builder, n int) {
	b.WriteString("func newClient(base, user, pw string) *client {\n\treturn &client{base: base, user: user, password: pw, c: http.DefaultClient}\n}\n\n")
	for i := range n / 8 {
		fmt.Fprintf(b, "func use%d() error {\n\tc := newClient(\"https://h%d.example.com\", \"u\", os.Getenv(\"P%d\"))\n\tif err := c.do(\"/a\"); err != nil {\n\t\treturn err\n\t}\n\treturn c.do(\"/b\")\n}\n\n", i, i, i)
	}
}

// scaleWays writes functions of which each calls the next two times, so that
// the ways to the last one are beyond counting.
func scaleWays(b *strings.Builder, n int) {
	n /= 6
	for i := range n {
		fmt.Fprintf(b, "func w%d(h, p string) error {\n\tif err := w%d(h, p); err != nil {\n\t\treturn err\n\t}\n\treturn w%d(h, p)\n}\n", i, i+1, i+1)
	}
	fmt.Fprintf(b, "func w%d(h, p string) error { return get(\"https://\"+h, \"u\", p) }\n", n)
}

// scaleLibrary returns the importer that all generated packages share, so that
// the standard library is type-checked once.
var scaleLibrary = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	return fset, importer.ForCompiler(fset, "gc", nil)
})

// scalePass type-checks a generated package once and returns a run of the
// analyzer on it, and of what the analyzer begins with: building SSA.
func scalePass(t testing.TB, source string) (run func() *Result, build func()) {
	t.Helper()
	fset, std := scaleLibrary()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: std}
	pkg, err := conf.Check("scale.test/p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{
		Analyzer: Analyzer, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info, TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf:          map[*analysis.Analyzer]any{},
		Report:            func(analysis.Diagnostic) {},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
		Module:            &analysis.Module{Path: "scale.test"},
	}
	run = func() *Result {
		result, err := Analyzer.Run(pass)
		if err != nil {
			t.Fatal(err)
		}
		res, ok := result.(*Result)
		if !ok || res.Fault != nil {
			t.Fatalf("the engine failed: %v", res)
		}
		return res
	}
	return run, func() { (&engine{pass: pass}).build() }
}

// scaleFields writes a few limits of passwords that are copied from each other
// over and over, so that the ways from one to the numbers are beyond counting.
func scaleFields(b *strings.Builder, n int) {
	const fields = 12
	b.WriteString("type limits struct {\n")
	for i := range fields {
		fmt.Fprintf(b, "\tminPassword%d int\n", i)
	}
	b.WriteString("}\n\n")
	for i := range n / 5 {
		from, to := i%fields, (i*5+i/fields+1)%fields
		fmt.Fprintf(b, "func copy%d(a, b *limits, password string) bool {\n", i)
		fmt.Fprintf(b, "\ta.minPassword%d = b.minPassword%d\n\treturn len(password) >= a.minPassword%d\n}\n\n", from, to, to)
	}
}

func scaleSource(shape string, n int) string {
	var b strings.Builder
	b.WriteString(scaleHead)
	scaleShapes[shape](&b, n)
	return b.String()
}

// leastTime returns the CPU time of the cheapest of n runs.
func leastTime(n int, run func()) time.Duration {
	least := time.Duration(1<<63 - 1)
	for range n {
		least = min(least, cost.Of(run))
	}
	return least
}

// TestLinear analyses generated packages of each shape at two sizes: four times
// the code may take at most eight times as long. Quadratic cost would take
// sixteen times as long. What building SSA takes does not count: its library is
// quadratic in the branches of one function, which maxBranches bounds.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("timing")
	}
	const small = 2000
	for shape := range scaleShapes {
		t.Run(shape, func(t *testing.T) {
			measure := func(n, runs int) time.Duration {
				run, build := scalePass(t, scaleSource(shape, n))
				return leastTime(runs, func() {
					res := run()
					for _, o := range res.Objects { // as passes do
						res.Referrers(o)
					}
				}) - leastTime(runs, build)
			}
			for runs := 1; runs <= 3; runs++ { // what is quadratic is so each time, what a busy machine disturbs is not
				a, b := measure(small, 2*runs), measure(4*small, runs)
				ratio := float64(b) / float64(a)
				t.Logf("%v, %v: ratio %.1f", a, b, ratio)
				if ratio <= 8 || b <= time.Second/6 {
					return
				}
			}
			t.Error("four times the code takes more than eight times as long")
		})
	}
}

// TestOversize leaves a function out that has more branches than SSA can be
// built for in reasonable time, and looks at the rest.
func TestOversize(t *testing.T) {
	source := scaleSource("switch", 3*(maxBranches+1)) + "\nfunc other() { _ = get(\"http://x.example.com\", \"u\", \"p\") }\n"
	run, _ := scalePass(t, source)
	res := run()
	if !res.Partial {
		t.Error("the result counts as complete")
	}
	if len(res.Objects) == 0 {
		t.Error("the other functions were not looked at")
	}
}

// BenchmarkLargePackage analyses a package of about 50,000 lines in which each
// shape has its share.
func BenchmarkLargePackage(b *testing.B) {
	const lines = 50_000
	for shape := range scaleShapes {
		run, _ := scalePass(b, scaleSource(shape, lines/len(scaleShapes)))
		b.Run(strings.ReplaceAll(shape, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				run()
			}
		})
	}
}
