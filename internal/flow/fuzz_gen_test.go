package flow_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// kind is a type of which the grammar has expressions.
type kind int

const (
	isString kind = iota
	isInt
	isBool
	isError
	isStrings
	isMap
	isChan
	isFunc
	isPointer
	isDoer
	isAny
	isSeq
	isRequest
	isConfig
	isBox
	kinds
)

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<([a-z]|literal)>`) })

// kindNames are the types in Go.
var kindNames = [kinds]string{
	"string", "int", "bool", "error", "[]string", "map[string]string", "chan string", "func(string) (string, error)",
	"*T", "doer", "any", "iter.Seq[string]", "*http.Request", "*tls.Config", "Box[string]",
}

// generator writes a program that type-checks, as bytes decide. When they run
// out it takes the first choice everywhere, which ends soon.
type generator struct {
	bytes []byte
	out   strings.Builder
	// scopes are the variables in sight, the innermost last.
	scopes [][]variable
	depth  int
	next   int
	loops  []string // labels of the loops around
	inner  bool     // within a function literal with results of its own
	bare   bool     // within one without results
	budget int      // of statements
}

type variable struct {
	name string
	kind kind
}

// fuzzHead is what every program has: types, a wrapper, and generic code.
const fuzzHead = `package p

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"strings"
)

const host, plain = "http://api.example.com", "http"

var shared, count = os.Getenv("SHARED"), 1

var table = map[string]string{"user": "ops", "password": "Winter-Lake-22"}

type doer interface{ do(path string) (string, error) }

type base struct {
	url, user, password string
	cfg *tls.Config
}

func (b *base) do(path string) (string, error) {
	r, err := http.NewRequest("GET", b.url+path, nil)
	if err != nil {
		return "", fmt.Errorf("%s: %w", b.password, err)
	}
	r.SetBasicAuth(b.user, b.password)
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: b.cfg}}
	resp, err := c.Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

type T struct {
	base
	next *T
	fn   func(string) (string, error)
	tags []string
}

type Box[X any] struct{ value X }

func (b Box[X]) get() X { return b.value }

func pick[X any](cond bool, a, b X) X {
	if cond {
		return a
	}
	return b
}

func apply[X, Y any](x X, f func(X) Y) Y { return f(x) }

func seq(list []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range list {
			if !yield(s) {
				return
			}
		}
	}
}

func options(t *T, opts ...func(*T)) *T {
	for _, o := range opts {
		o(t)
	}
	return t
}

var _ = errors.New
var _ = strings.Join
`

// program returns a program of some functions.
func (g *generator) program() string {
	g.budget = 120
	g.out.WriteString(fuzzHead)
	n := 1 + g.choose(4)
	for i := range n {
		g.function(i, n)
	}
	return g.out.String()
}

// choose returns a number below n.
func (g *generator) choose(n int) int {
	if len(g.bytes) == 0 {
		return 0
	}
	b := g.bytes[0]
	g.bytes = g.bytes[1:]
	return int(b) % n
}

func (g *generator) printf(format string, args ...any) { fmt.Fprintf(&g.out, format, args...) }

// name returns a name that is not taken: one that speaks of credentials at times.
func (g *generator) name() string {
	g.next++
	return fmt.Sprintf("%s%d", []string{"v", "password", "token", "user", "url", "key"}[g.choose(6)], g.next)
}

// declare puts a variable into the innermost scope.
func (g *generator) declare(name string, k kind) {
	top := len(g.scopes) - 1
	g.scopes[top] = append(g.scopes[top], variable{name, k})
}

// scoped calls do with a scope of its own.
func (g *generator) scoped(do func()) {
	g.scopes = append(g.scopes, nil)
	do()
	g.scopes = g.scopes[:len(g.scopes)-1]
}

// function writes function i of n; functions call each other.
func (g *generator) function(i, n int) {
	g.scoped(func() {
		g.printf("\nfunc f%d(s string, t *T, d doer) (result string, failure error) {\n", i)
		g.declare("s", isString)
		g.declare("t", isPointer)
		g.declare("d", isDoer)
		g.declare("result", isString)
		g.declare("failure", isError)
		g.block(4 + g.choose(6))
		if n > 1 && g.choose(2) == 1 {
			g.printf("return f%d(%s, %s, %s)\n", g.choose(n), g.expr(isString), g.expr(isPointer), g.expr(isDoer))
		} else {
			g.printf("return %s, %s\n", g.expr(isString), g.expr(isError))
		}
		g.printf("}\n")
	})
}

// block writes up to n statements.
func (g *generator) block(n int) {
	if g.depth > 4 {
		return
	}
	g.depth++
	for range n {
		if g.budget--; g.budget < 0 {
			break
		}
		g.statement()
	}
	g.depth--
}

// expr returns an expression of a type.
func (g *generator) expr(k kind) string {
	g.depth++
	defer func() { g.depth-- }()
	if name := g.variable(k); name != "" && (g.depth > 6 || g.choose(2) == 0) {
		return name
	}
	if g.depth > 6 {
		return g.leaf(k)
	}
	return g.compound(k)
}

// variable returns a variable of that type, "" if there is none.
func (g *generator) variable(k kind) string {
	var fit []string
	for _, scope := range g.scopes {
		for _, v := range scope {
			if v.kind == k {
				fit = append(fit, v.name)
			}
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return fit[g.choose(len(fit))]
}

// leaf returns an expression that holds no other.
func (g *generator) leaf(k kind) string {
	return [kinds]string{
		`"Winter-Lake-22"`, "count", "shared != host", "io.EOF", "[]string{host, shared}", "table", "make(chan string, 1)",
		`func(s string) (string, error) { return s, nil }`, `&T{base: base{url: host}}`, "&base{url: host}", "any(shared)",
		"seq(nil)", "new(http.Request)", "&tls.Config{InsecureSkipVerify: true}", "Box[string]{shared}",
	}[k]
}

// compound returns an expression made of others.
func (g *generator) compound(k kind) string {
	forms := expressions[k]
	return g.complete(forms[g.choose(len(forms))])
}

// complete puts expressions where a form has angle brackets.
func (g *generator) complete(form string) string {
	var out strings.Builder
	for {
		at := placeholder().FindStringSubmatchIndex(form)
		if at == nil {
			return out.String() + form
		}
		out.WriteString(form[:at[0]])
		name := form[at[2]:at[3]]
		form = form[at[1]:]
		if name == "literal" {
			out.WriteString(g.literal())
			continue
		}
		out.WriteString("(" + g.expr(placeholders[name]) + ")")
	}
}

// literal returns a function literal that has statements.
func (g *generator) literal() string {
	outer, loops := g.out, g.loops
	g.out, g.loops = strings.Builder{}, nil
	g.scoped(func() {
		name := g.name()
		g.printf("func(%s string) (inner string, problem error) {\n", name)
		g.declare(name, isString)
		g.declare("inner", isString)
		g.declare("problem", isError)
		inner, bare := g.inner, g.bare
		g.inner, g.bare = true, false
		g.block(1 + g.choose(3))
		g.inner, g.bare = inner, bare
		g.printf("return %s, problem\n}", g.expr(isString))
	})
	text := g.out.String()
	g.out, g.loops = outer, loops
	return text
}
