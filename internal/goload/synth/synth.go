// Package synth makes up Go packages that are missing: from a model, if there
// is one, and from how other packages use them.
//
// Nothing but names is known of a missing package at first. Every type that is
// not known is a hole. A hole stands in the packages that Build makes as a
// named type, so that the type checker itself tells where its values go; Learn
// reads from the checked code what the hole must be: a struct with these
// fields, a pointer to that, a string. After a few rounds of Build, type-check
// and Learn most of the code that uses the missing packages type-checks.
//
// All decisions are made in the order in which the code is given, so that the
// outcome depends on nothing else.
package synth

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// World holds the missing packages that are used together.
type World struct {
	// IsKnown reports whether the types of a package may occur in a missing
	// one: those of the packages that use it cannot.
	IsKnown func(*types.Package) bool
	// Stub returns a newly type-checked package made from the model of a
	// missing one, nil if there is no model; parts of it that do not
	// type-check are absent.
	Stub func(path string) *types.Package

	packages map[string]*missing
	next     int // number of the next hole
	changed  bool
	weak     []guess
	last     []guess // of last resort

	// The types of this round.
	built  map[string]*types.Package
	nobody *types.Package // of types without a declaration
	types  map[*hole]types.Type
	holes  map[*types.TypeName]*hole
	// values are the holes of fields and variables.
	values map[types.Object]*hole
	// pending are named types whose underlying types are to be set.
	pending []*hole
}

// guess is what a hole probably is; it counts only if nothing better turns up.
type guess struct {
	hole *hole
	term *term
	// untyped is set when a constant without a type is all that it rests on.
	untyped bool
}

// missing is one missing package.
type missing struct {
	path  string
	names map[string]int // candidates for its name and how often they fit
	alias bool           // no import of it goes without a name
	decls map[string]*decl
}

// declKind says what a name of a missing package stands for.
type declKind uint8

const (
	isValue declKind = iota
	isFunc
	isType
)

// decl is a name of a missing package.
type decl struct {
	kind declKind
	hole *hole  // of the type, or of the value
	call callee // of a function
	// typeParams is how many type arguments it takes.
	typeParams int
}

// New returns a world of the given missing packages.
func New(paths []string) *World {
	w := &World{packages: map[string]*missing{}}
	for _, p := range paths {
		w.packages[p] = &missing{path: p, names: map[string]int{}, alias: true, decls: map[string]*decl{}}
	}
	return w
}

// Missing reports whether the package at path is one of the world's.
func (w *World) Missing(path string) bool { return w.packages[path] != nil }

// isVersion reports whether an element of an import path is a version like v2, and no name.
func isVersion(element string) bool {
	digits, ok := strings.CutPrefix(element, "v")
	_, err := strconv.Atoi(digits)
	return ok && err == nil
}

// candidates returns the names that a package of that path may have, the most
// likely first.
func candidates(importPath string) []string {
	base := path.Base(importPath)
	if isVersion(base) && path.Dir(importPath) != "." {
		base = path.Base(path.Dir(importPath))
	}
	if at := strings.LastIndex(base, ".v"); at > 0 && isVersion(base[at+1:]) {
		base = base[:at] // gopkg.in/yaml.v3
	}
	list := []string{base}
	for _, cut := range []string{"go-", "go."} {
		list = append(list, strings.TrimPrefix(base, cut))
	}
	for _, cut := range []string{"-go", ".go", "-golang"} {
		list = append(list, strings.TrimSuffix(base, cut))
	}
	parts := strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '.' })
	list = append(list, strings.Join(parts, ""), strings.Join(parts, "_"))
	if len(parts) > 0 {
		list = append(list, parts[len(parts)-1], parts[0])
	}
	var names []string
	for _, name := range list {
		if token.IsIdentifier(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// name returns the name of the package: the candidate that fits most files.
func (m *missing) name() string {
	list := candidates(m.path)
	best, most := "pkg", 0
	if len(list) > 0 {
		best = list[0]
	}
	for _, name := range slices.Concat(list, slices.Sorted(maps.Keys(m.names))) {
		if m.names[name] > most {
			best, most = name, m.names[name]
		}
	}
	return best
}

// Names counts, for the imports without a name in a file, which names they may
// have; nameOf returns the names of packages that are not missing, taken are the
// names that the file's own package declares, which no import can have. It is to
// be called on every file before Uses.
func (w *World) Names(file *ast.File, taken map[string]bool, nameOf func(path string) string) {
	var open []*missing // without a fitting candidate
	var bases map[string]bool
	for _, spec := range file.Imports {
		m := w.packages[importPath(spec)]
		if m == nil || spec.Name != nil {
			continue
		}
		m.alias = false
		if bases == nil {
			bases = unexplained(file)
			maps.DeleteFunc(bases, func(name string, _ bool) bool { return taken[name] })
		}
		fits := false
		for _, name := range candidates(m.path) {
			if bases[name] {
				m.names[name]++
				fits = true
				break
			}
		}
		if !fits {
			open = append(open, m)
		}
	}
	if len(open) != 1 {
		return
	}
	for _, spec := range file.Imports {
		if p := importPath(spec); w.packages[p] == nil {
			delete(bases, nameOf(p))
		}
	}
	// One import and one name are left: they belong together.
	for _, m := range w.packages {
		for _, name := range candidates(m.path) {
			if m != open[0] {
				delete(bases, name)
			}
		}
	}
	if len(bases) == 1 {
		for name := range bases {
			open[0].names[name]++
		}
	}
}

// importPath returns the path of an import.
func importPath(spec *ast.ImportSpec) string {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return p
}

// unexplained returns the names before dots in a file that neither an import
// nor a declaration in the file explains.
func unexplained(file *ast.File) map[string]bool {
	bases, declared := map[string]bool{}, map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && n.Sel.IsExported() {
				bases[id.Name] = true
			}
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE {
					declared[id.Name] = true
				}
			}
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE {
					declared[id.Name] = true
				}
			}
		case *ast.Field:
			for _, id := range n.Names {
				declared[id.Name] = true
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				declared[id.Name] = true
			}
		case *ast.TypeSpec:
			declared[n.Name.Name] = true
		case *ast.ImportSpec:
			if n.Name != nil {
				declared[n.Name.Name] = true
			}
		}
		return true
	})
	for name := range declared {
		delete(bases, name)
	}
	return bases
}

// Uses notes which names of missing packages a file uses and as what.
func (w *World) Uses(file *ast.File) {
	local := map[string]*missing{}
	for _, spec := range file.Imports {
		m := w.packages[importPath(spec)]
		switch {
		case m == nil:
		case spec.Name == nil:
			local[m.name()] = m
		case spec.Name.Name != "_" && spec.Name.Name != ".":
			local[spec.Name.Name] = m
		}
	}
	if len(local) == 0 {
		return
	}
	inspectStack(file, func(n ast.Node, stack []ast.Node) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || !sel.Sel.IsExported() {
			return
		}
		if id, ok := sel.X.(*ast.Ident); ok && local[id.Name] != nil {
			w.use(local[id.Name], sel.Sel.Name, sel, stack)
		}
	})
}

// use notes one use of a name of a missing package.
func (w *World) use(m *missing, name string, e ast.Expr, stack []ast.Node) {
	d := m.decls[name]
	if d == nil {
		d = &decl{hole: w.newHole()}
		m.decls[name] = d
		w.changed = true
	}
	kind, typeArgs := kindOf(e, stack)
	d.typeParams = max(d.typeParams, typeArgs)
	if kind > d.kind {
		d.kind = kind
		w.changed = true
	}
	if h := d.hole.find(); d.kind == isType && h.name == "" {
		h.name, h.pkg = name, m
	}
}

// kindOf returns what the context of an expression says of what it stands for,
// and how many type arguments it is given.
func kindOf(e ast.Expr, stack []ast.Node) (declKind, int) {
	parent := stack[len(stack)-1]
	switch p := parent.(type) {
	case *ast.IndexExpr:
		if p.X == e && len(stack) > 1 {
			kind, _ := kindOf(p, stack[:len(stack)-1])
			if kind == isValue {
				return isValue, 0 // an index
			}
			return kind, 1
		}
	case *ast.IndexListExpr:
		if p.X == e && len(stack) > 1 {
			kind, _ := kindOf(p, stack[:len(stack)-1])
			return max(kind, isFunc), len(p.Indices)
		}
	case *ast.CallExpr:
		if p.Fun == e {
			return isFunc, 0
		}
	}
	if isTypePosition(e, stack) {
		return isType, 0
	}
	return isValue, 0
}

// isTypePosition reports whether only a type can stand where e stands.
func isTypePosition(e ast.Expr, stack []ast.Node) bool {
	switch p := stack[len(stack)-1].(type) {
	case *ast.Field, *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.Ellipsis, *ast.TypeSpec:
		a, isArray := p.(*ast.ArrayType)
		return !isArray || a.Len != e
	case *ast.ValueSpec:
		return p.Type == e
	case *ast.CompositeLit:
		return p.Type == e
	case *ast.TypeAssertExpr:
		return p.Type == e
	case *ast.CallExpr:
		id, ok := p.Fun.(*ast.Ident)
		return ok && len(p.Args) > 0 && p.Args[0] == e && (id.Name == "make" || id.Name == "new")
	case *ast.CaseClause:
		if len(stack) > 2 {
			_, ok := stack[len(stack)-3].(*ast.TypeSwitchStmt)
			return ok
		}
	case *ast.StarExpr, *ast.ParenExpr:
		if len(stack) < 2 {
			return false
		}
		if isTypePosition(p.(ast.Expr), stack[:len(stack)-1]) {
			return true
		}
		// (*T)(x) and *T in a method expression
		_, paren := stack[len(stack)-2].(*ast.ParenExpr)
		_, star := p.(*ast.StarExpr)
		return star && paren
	case *ast.IndexExpr:
		// An argument of a generic type or function; an index is a value.
		return p.Index == e && len(stack) > 1 && isTypePosition(p, stack[:len(stack)-1])
	case *ast.IndexListExpr:
		return p.X != e
	}
	return false
}

// inspectStack calls visit for each node with the nodes around it, the nearest last.
func inspectStack(root ast.Node, visit func(n ast.Node, stack []ast.Node)) {
	var stack []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			visit(n, stack)
		}
		stack = append(stack, n)
		return true
	})
}
