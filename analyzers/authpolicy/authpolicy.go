// Package authpolicy observes the numbers and switches of password and login
// policies.
//
// # Analyzer authpolicy
//
// authpolicy: observe password minimums, login attempts, rotation and second factors
//
// It judges weak-password-policy, excessive-login-attempts, slow-rotation and
// mfa-disabled: tests of a password's length or strength that refuse it,
// constants, fields and arguments that are named like a policy, validator tags
// and calls, regular expressions, and the classes of characters asked for.
package authpolicy

import (
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// Analyzer observes policies; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authpolicy",
	Doc:              "observe password minimums, login attempts, rotation and second factors\n\nweak-password-policy, excessive-login-attempts, slow-rotation, mfa-disabled",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		c := &collector{Pass: p, inits: map[types.Object]ast.Expr{}, policies: map[*types.Struct]bool{}}
		for _, file := range pass.Files {
			ast.Inspect(file, c.declarations)
		}
		c.readTags()
		c.readClasses()
		c.checks()
		for _, file := range pass.Files {
			ast.PreorderStack(file, nil, c.visit)
		}
		return c.list
	})
}

// collector gathers the observations of a package.
type collector struct {
	*observe.Pass
	list []practice.Observation
	// inits are the expressions that variables and constants are declared with.
	inits map[types.Object]ast.Expr
	// tags are the validators' struct tags by key, aliases the rules that the
	// package gives a name of its own.
	tags    map[string][]rules.Directive
	aliases map[string]string
	// policies says of structs whether they hold rules for logins.
	policies map[*types.Struct]bool
	classes  classes
}

// declarations records what variables and constants are declared with.
func (c *collector) declarations(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) && len(n.Names) == len(n.Values) {
				c.inits[c.TypesInfo.Defs[name]] = n.Values[i]
			}
		}
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			// Of the results of a call the first is what it is called for.
			if id, ok := lhs.(*ast.Ident); ok && c.TypesInfo.Defs[id] != nil && (len(n.Lhs) == len(n.Rhs) || i == 0) {
				c.inits[c.TypesInfo.Defs[id]] = n.Rhs[i]
			}
		}
	}
	return true
}

func (c *collector) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.BinaryExpr:
		c.attempts(n, stack)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				c.named(name.Name, "constant "+name.Name, n, n.Values[i], stack)
			}
		}
	case *ast.AssignStmt:
		c.assigned(n, stack)
	case *ast.KeyValueExpr:
		c.keyed(n, stack)
	case *ast.CompositeLit:
		c.positional(n, stack)
	case *ast.ReturnStmt:
		if name := function(stack); len(n.Results) == 1 && name != "" {
			c.named(name, "result of "+name, n, n.Results[0], stack[:0])
		}
	case *ast.StructType:
		c.structType(n, stack)
	case *ast.CallExpr:
		c.call(n, stack)
	}
	return true
}

func (c *collector) assigned(n *ast.AssignStmt, stack []ast.Node) {
	if len(n.Lhs) != len(n.Rhs) {
		return
	}
	for i, lhs := range n.Lhs {
		switch lhs := ast.Unparen(lhs).(type) {
		case *ast.Ident:
			c.named(lhs.Name, "variable "+lhs.Name, n, n.Rhs[i], stack)
		case *ast.SelectorExpr:
			c.named(lhs.Sel.Name, "field "+lhs.Sel.Name, n, n.Rhs[i], append(stack, lhs))
		case *ast.IndexExpr:
			if key, ok := c.text(lhs.Index); ok {
				c.named(key, "entry "+key, n, n.Rhs[i], stack)
			}
		}
	}
}

// keyed observes a field of a literal, or an entry of a map.
func (c *collector) keyed(kv *ast.KeyValueExpr, stack []ast.Node) {
	if key, ok := c.text(kv.Key); ok {
		c.named(key, "entry "+key, kv, kv.Value, stack)
		return
	}
	if id, ok := kv.Key.(*ast.Ident); ok {
		use := "field " + id.Name
		if owner := c.owner(stack); owner != "" {
			use += " of " + owner
		}
		c.named(id.Name, use, kv, kv.Value, stack)
	}
}

// positional observes the fields of a literal that names none.
func (c *collector) positional(lit *ast.CompositeLit, stack []ast.Node) {
	if len(lit.Elts) == 0 {
		return
	}
	if _, ok := lit.Elts[0].(*ast.KeyValueExpr); ok {
		return
	}
	t := c.TypesInfo.TypeOf(lit)
	if t == nil {
		return
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, el := range lit.Elts {
		if i < st.NumFields() {
			name := st.Field(i).Name()
			c.named(name, "field "+name+" of "+goexpr.TypeName(c.TypesInfo, lit), el, el, append(stack, lit))
		}
	}
}

// named observes a value that is given to something by a name.
func (c *collector) named(name, use string, at ast.Node, value ast.Expr, stack []ast.Node) {
	if !mayBePolicy(name) {
		return
	}
	c.number(name, use, at, value, stack)
	c.age(name, use, at, value, stack)
	c.factor(name, use, at, value, stack)
	c.namedPattern(name, use, value, stack)
}

// mayBePolicy reports whether a name has some part of the words that policies
// are named by; most names have none, and are looked at no further.
func mayBePolicy(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"min", "max", "least", "short", "limit", "thresh", "allow", "attempt", "rotat", "age", "expir", "valid", "life",
		"change", "mfa", "fa", "factor", "pass", "pwd", "lock", "ttl", "fail", "tries", "otp", "webauthn",
		"every", "interval", "period", "after", "frequen", "days"}, func(part string) bool { return strings.Contains(name, part) })
}

// add appends an observation of a number. origin is the expression that the
// number stands in, nil if it does not stand in the source.
func (c *collector) add(kind practice.PolicyKind, n int, at ast.Node, origin ast.Expr, stack []ast.Node, use, key string) *practice.Policy {
	around := c.context(stack)
	src := c.Source(c.Location(at), function(stack), key, c.compared(at, kind), false)
	if origin != nil {
		lit := c.resolved(origin)
		src.Origin = c.Location(lit)
	}
	obs := &practice.Policy{
		Source:   src,
		Kind:     kind,
		Value:    n,
		Use:      use,
		Transfer: isTransfer(key + "_" + around),
		Provider: c.providerIn(key, around),
	}
	c.list = append(c.list, obs)
	return obs
}

// providerIn returns the provider that names speak of, "" if none.
func (c *collector) providerIn(names ...string) string {
	for _, name := range names {
		for _, word := range shape.Words(name) {
			if _, ok := c.Catalogue.Provider(word); ok {
				return word
			}
		}
	}
	return ""
}

// resolved follows a named constant of the package to its literal.
func (c *collector) resolved(e ast.Expr) ast.Expr {
	for range 8 {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return e
		}
		obj, ok := c.TypesInfo.Uses[id].(*types.Const)
		if !ok || c.inits[obj] == nil {
			return e
		}
		e = c.inits[obj]
	}
	return e
}

// isForeignPolicy reports whether an expression is a constant of another
// package of the module that is named like a policy: it is told there.
func (c *collector) isForeignPolicy(path, name string) bool {
	if path == "" {
		return false
	}
	if _, ok := policyName(name, ""); !ok {
		return false
	}
	return c.Module != nil && c.Module.Path != "" && (path == c.Module.Path || strings.HasPrefix(path, c.Module.Path+"/"))
}

// isTransfer reports whether words speak of file transfer accounts.
func isTransfer(text string) bool {
	return shape.HasWord(text, "sftp", "ssh")
}

func hasAny(words []string, list ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// context returns the names of what a node stands in: the types of literals,
// the keys of maps and fields, the functions, the type declarations.
func (c *collector) context(stack []ast.Node) string {
	var names []string
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CompositeLit:
			names = c.aroundPolicy(append(names, goexpr.TypeName(c.TypesInfo, n)), n)
		case *ast.KeyValueExpr:
			if key, ok := c.text(n.Key); ok {
				names = append(names, key)
			} else {
				names = append(names, goexpr.Name(n.Key))
			}
		case *ast.SelectorExpr:
			names = c.aroundPolicy(append(names, goexpr.Name(n.X), goexpr.TypeName(c.TypesInfo, n.X)), n.X)
		case *ast.StructType:
			names = c.aroundPolicy(names, n)
		case *ast.ValueSpec:
			if len(n.Names) == 1 {
				names = append(names, n.Names[0].Name)
			}
		case *ast.FuncDecl:
			names = append(names, n.Name.Name)
			if n.Recv != nil && len(n.Recv.List) > 0 {
				names = append(names, goexpr.Name(n.Recv.List[0].Type))
			}
		case *ast.TypeSpec:
			names = append(names, n.Name.Name)
		}
	}
	return strings.Join(names, "_")
}

// owner returns the name of the type of the innermost literal around.
func (c *collector) owner(stack []ast.Node) string {
	for i := len(stack) - 1; i >= 0; i-- {
		if lit, ok := stack[i].(*ast.CompositeLit); ok {
			return goexpr.TypeName(c.TypesInfo, lit)
		}
	}
	return ""
}

// text returns the value of a constant text.
func (c *collector) text(e ast.Expr) (string, bool) {
	tv := c.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

// function returns the name of the function around a node.
func function(stack []ast.Node) string {
	for _, n := range stack {
		if fd, ok := n.(*ast.FuncDecl); ok {
			return fd.Name.Name
		}
	}
	return ""
}
