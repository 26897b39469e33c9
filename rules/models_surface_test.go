package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// surface is what a package declares, as text that can be compared: the keys
// are those of PackageModel.Decls. Of a name that is declared once for each
// platform there are several texts.
type surface struct {
	decls map[string][]string
	// embeds are the names of types of the same package that a type embeds or,
	// defined by its name, is.
	embeds map[string][]string
	fset   *token.FileSet
}

func newSurface() *surface {
	return &surface{decls: make(map[string][]string), embeds: make(map[string][]string), fset: token.NewFileSet()}
}

func surfaceOfSource(src string) (*surface, error) {
	s := newSurface()
	file, err := parser.ParseFile(s.fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	s.add(file)
	return s, nil
}

// surfaceOfDir reads all Go files of a folder but tests, whatever their
// platform.
func surfaceOfDir(dir string) (*surface, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	s := newSurface()
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.fset, filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.add(file)
	}
	return s, nil
}

func (s *surface) names() []string {
	var names []string
	for name := range s.decls {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// find returns the texts of a declaration, that of a field or method also from
// the types that its type embeds.
func (s *surface) find(name string) []string {
	if list := s.decls[name]; len(list) > 0 {
		return list
	}
	typ, member, ok := strings.Cut(name, ".")
	if !ok {
		return nil
	}
	for _, inner := range s.embeds[typ] {
		if list := s.find(inner + "." + member); len(list) > 0 {
			return list
		}
	}
	return nil
}

// isElsewhere reports whether a member belongs to a type that is defined as one
// of another package, where nobody looks.
func (s *surface) isElsewhere(name string) bool {
	typ, _, member := strings.Cut(name, ".")
	return member && slices.ContainsFunc(s.decls[typ], func(text string) bool {
		return strings.HasPrefix(text, "type? ") && strings.Contains(text, ".")
	})
}

// sameDecl compares a stub's text with the real one. A type of which only a
// kind is known ("struct") may be defined by another type's name.
func sameDecl(stub, real string) bool {
	if stub == real {
		return true
	}
	kind, _, ok := strings.Cut(real, " ")
	return ok && kind == "type?" && strings.HasPrefix(stub, "type ")
}

func (s *surface) add(file *ast.File) {
	p := &declPrinter{surface: s, imports: make(map[string]string)}
	for _, spec := range file.Imports {
		p.addImport(spec)
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil {
				name = receiverName(decl.Recv.List[0].Type) + "." + name
			}
			s.put(name, "func"+p.signature(decl.Type))
		case *ast.GenDecl:
			p.genDecl(decl)
		}
	}
}

func (s *surface) put(name, text string) { s.decls[name] = append(s.decls[name], text) }

// declPrinter writes the declarations of one file, import names resolved.
type declPrinter struct {
	*surface
	imports map[string]string // name in the file to path
}

func (p *declPrinter) addImport(spec *ast.ImportSpec) {
	importPath, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return // the parser has refused it
	}
	base := unversioned(importPath)
	name := path.Base(base)
	if spec.Name != nil {
		name = spec.Name.Name
	}
	for _, n := range []string{name, strings.TrimPrefix(name, "go-"), strings.TrimSuffix(name, "-go")} {
		p.imports[n] = base
	}
}

func (p *declPrinter) genDecl(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			p.typeSpec(spec)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				p.put(name.Name, decl.Tok.String())
			}
		}
	}
}

func (p *declPrinter) typeSpec(spec *ast.TypeSpec) {
	name := spec.Name.Name
	switch t := spec.Type.(type) {
	case *ast.StructType:
		p.put(name, "type struct")
		p.fields(name, t)
	case *ast.InterfaceType:
		p.put(name, "type interface")
		p.methods(name, t)
	case *ast.Ident:
		p.embeds[name] = append(p.embeds[name], t.Name)
		p.put(name, "type? "+p.expr(t))
	case *ast.SelectorExpr:
		p.put(name, "type? "+p.expr(t))
	default:
		p.put(name, "type "+p.expr(t))
	}
}

func (p *declPrinter) fields(owner string, t *ast.StructType) {
	for _, field := range t.Fields.List {
		if len(field.Names) == 0 {
			p.embeds[owner] = append(p.embeds[owner], receiverName(field.Type))
		}
		for _, name := range fieldNames(field) {
			if inner, ok := field.Type.(*ast.StructType); ok {
				p.put(owner+"."+name, "field struct")
				p.fields(owner+"."+name, inner)
				continue
			}
			p.put(owner+"."+name, "field "+p.expr(field.Type))
		}
	}
}

func (p *declPrinter) methods(owner string, t *ast.InterfaceType) {
	for _, field := range t.Methods.List {
		signature, ok := field.Type.(*ast.FuncType)
		if !ok {
			p.embeds[owner] = append(p.embeds[owner], receiverName(field.Type))
			continue
		}
		for _, name := range field.Names {
			p.put(owner+"."+name.Name, "func"+p.signature(signature))
		}
	}
}

// signature writes parameter and result types, without names.
func (p *declPrinter) signature(t *ast.FuncType) string {
	return "(" + p.typeList(t.Params) + ") (" + p.typeList(t.Results) + ")"
}

func (p *declPrinter) typeList(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	var texts []string
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			texts = append(texts, p.expr(field.Type))
		}
	}
	return strings.Join(texts, ", ")
}

// expr writes a type: packages by path, any for the empty interface, function
// types without parameter names.
func (p *declPrinter) expr(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && p.imports[x.Name] != "" {
			return p.imports[x.Name] + "." + e.Sel.Name
		}
	case *ast.StarExpr:
		return "*" + p.expr(e.X)
	case *ast.ParenExpr:
		return p.expr(e.X)
	case *ast.Ellipsis:
		return "..." + p.expr(e.Elt)
	case *ast.ArrayType:
		length := ""
		if e.Len != nil {
			length = p.expr(e.Len)
		}
		return "[" + length + "]" + p.expr(e.Elt)
	case *ast.MapType:
		return "map[" + p.expr(e.Key) + "]" + p.expr(e.Value)
	case *ast.ChanType:
		return "chan " + strconv.Itoa(int(e.Dir)) + " " + p.expr(e.Value)
	case *ast.FuncType:
		return "func" + p.signature(e)
	case *ast.InterfaceType:
		if len(e.Methods.List) == 0 {
			return "any"
		}
	}
	return types.ExprString(e)
}

// The comparison itself: what must and what must not be told apart.
func TestSurface(t *testing.T) {
	real, err := surfaceOfSource(`package p
import ("net/http"; u "net/url")
type T struct { A, B string; inner; N struct { C func(x int) error } }
type inner struct { D *http.Client }
func (inner) M(a, b string, rest ...interface{}) (_ *u.URL, err error) { return nil, nil }
type I interface { J; K(http.Header) }
type J interface { L() }
type R T
var V = 1
func F[X any](x X) {}
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, stub string
		same       bool
	}{
		{"T.A", "type T struct { A string }", true},
		{"T.A", "type T struct { A int }", false},
		{"T.N.C", "type T struct { N struct { C func(int) error } }", true},
		{"T.M", "import v \"net/url\"\ntype T struct{}\nfunc (*T) M(string, string, ...any) (*v.URL, error)", true},
		{"T.M", "import \"net/url\"\ntype T struct{}\nfunc (*T) M(string, ...any) (*url.URL, error)", false},
		{"I.L", "type I interface { L() }", true},
		{"I.L", "type I interface { L(int) }", false},
		{"I", "type I struct{}", false},
		{"R", "type R struct{}", true},
		{"V", "var V int", true},
		{"V", "const V = 1", false},
		{"F", "func F[X any](X) {}", true},
		{"G", "func G()", false},
	} {
		stub, err := surfaceOfSource("package p\n" + c.stub)
		if err != nil {
			t.Fatal(err)
		}
		same := slices.ContainsFunc(real.find(c.name), func(got string) bool { return sameDecl(stub.decls[c.name][0], got) })
		if same != c.same {
			t.Errorf("%s of %q: same is %v, the module has %q", c.name, c.stub, same, real.find(c.name))
		}
	}
}
