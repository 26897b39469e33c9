package rules

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"

	"golang.org/x/tools/txtar"
)

// PackageKey is the key of PackageModel.Decls under which the directives of
// the package clause stand.
const PackageKey = "package"

// modelFileName is the name of the one Go file that a section is for.
const modelFileName = "/model.go"

// ModelModule is one module that a model file was checked against.
type ModelModule struct {
	Path    string // with major version suffix
	Version string
}

// modelFile is one txtar archive, its Go sections not yet parsed.
type modelFile struct {
	name     string
	modules  []ModelModule
	provider string
	sections []modelSection
}

// modelSection is the stub of one package.
type modelSection struct {
	path string
	data []byte
	line int // of the archive, before the section's first line
}

// section returns the section of an import path.
func (f *modelFile) section(path string) *modelSection {
	for i := range f.sections {
		if f.sections[i].path == path {
			return &f.sections[i]
		}
	}
	return nil
}

// ParseModels reads a whole model file and parses every section of it. Name is
// used in errors and decides nothing else.
func ParseModels(name string, data []byte) ([]*PackageModel, error) {
	f, err := splitModelFile(name, data)
	if err != nil {
		return nil, err
	}
	models := make([]*PackageModel, 0, len(f.sections))
	for i := range f.sections {
		m, err := parseSection(f, &f.sections[i])
		if err != nil {
			return nil, err
		}
		models = append(models, m)
	}
	return models, nil
}

// splitModelFile finds header and sections without parsing any Go.
func splitModelFile(name string, data []byte) (*modelFile, error) {
	archive := txtar.Parse(data)
	f := &modelFile{name: name}
	if err := f.parseHeader(string(archive.Comment)); err != nil {
		return nil, err
	}
	line := bytes.Count(archive.Comment, []byte("\n"))
	for _, section := range archive.Files {
		line++ // the marker
		path, ok := strings.CutSuffix(section.Name, modelFileName)
		if !ok || path == "" {
			return nil, fmt.Errorf("%s:%d: section %q is not called <import path>%s", name, line, section.Name, modelFileName)
		}
		if f.section(path) != nil {
			return nil, fmt.Errorf("%s:%d: second section for package %s", name, line, path)
		}
		f.sections = append(f.sections, modelSection{path: path, data: section.Data, line: line})
		line += bytes.Count(section.Data, []byte("\n"))
	}
	if len(f.sections) == 0 {
		return nil, fmt.Errorf("%s: no section", name)
	}
	return f, nil
}

// parseHeader reads the lines before the first blank one: "module: <path>
// <version>", at least one, and "provider: <id>". Prose follows.
func (f *modelFile) parseHeader(text string) error {
	head, prose, _ := strings.Cut(text, "\n\n")
	for i, line := range strings.Split(strings.TrimRight(head, "\n"), "\n") {
		key, value, _ := strings.Cut(line, ":")
		fields := strings.Fields(value)
		switch {
		case key == "module" && len(fields) == 2:
			f.modules = append(f.modules, ModelModule{fields[0], fields[1]})
		case key == "provider" && len(fields) == 1 && f.provider == "":
			f.provider = fields[0]
		default:
			return fmt.Errorf("%s:%d: header line %q is neither \"module: <path> <version>\" nor \"provider: <id>\"", f.name, i+1, line)
		}
	}
	if len(f.modules) == 0 {
		return fmt.Errorf("%s:1: header names no module", f.name)
	}
	if strings.TrimSpace(prose) == "" {
		return fmt.Errorf("%s:1: header has no prose that says what the model is of", f.name)
	}
	return nil
}

// moduleOf returns the module that a package of the file belongs to.
func (f *modelFile) moduleOf(path string) string {
	base, longest := unversioned(path), ""
	for _, m := range f.modules {
		prefix := unversioned(m.Path)
		if (base == prefix || strings.HasPrefix(base, prefix+"/")) && len(m.Path) > len(longest) {
			longest = m.Path
		}
	}
	return longest
}

// sameAs returns the import path whose model a section shares, without parsing
// Go: such a section is a same directive and a package clause.
func (s *modelSection) sameAs() (string, bool) {
	const directive = directivePrefix + "same "
	line, _, _ := bytes.Cut(s.data, []byte("\n"))
	rest, ok := strings.CutPrefix(string(line), directive)
	return strings.TrimSpace(rest), ok
}

// parseSection parses the Go text of one section and its directives.
func parseSection(f *modelFile, s *modelSection) (*PackageModel, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", s.data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, s.syntaxError(f, err)
	}
	m := &PackageModel{
		Path:     s.path,
		Decls:    make(map[string][]Directive),
		Source:   string(s.data),
		Module:   f.moduleOf(s.path),
		Provider: f.provider,
	}
	c := &modelCollector{fset: fset, file: f, section: s, model: m, seen: make(map[*ast.Comment]bool)}
	c.collect(file)
	if c.err != nil {
		return nil, c.err
	}
	return m, nil
}

func (s *modelSection) syntaxError(f *modelFile, err error) error {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return fmt.Errorf("%s:%d: parsing %s: %s", f.name, s.line+list[0].Pos.Line, s.path, list[0].Msg)
	}
	return fmt.Errorf("%s:%d: parsing %s: %w", f.name, s.line, s.path, err)
}

// modelCollector gathers the directives of one section's declarations.
type modelCollector struct {
	fset    *token.FileSet
	file    *modelFile
	section *modelSection
	model   *PackageModel
	seen    map[*ast.Comment]bool
	err     error // the first
}

func (c *modelCollector) fail(pos token.Pos, err error) {
	if c.err != nil || err == nil {
		return
	}
	c.err = fmt.Errorf("%s:%d: %w", c.file.name, c.line(pos), err)
}

func (c *modelCollector) line(pos token.Pos) int { return c.section.line + c.fset.Position(pos).Line }

func (c *modelCollector) collect(file *ast.File) {
	c.add(PackageKey, file.Doc, modelPlace{kind: onPackage})
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			c.funcDecl(decl)
		case *ast.GenDecl:
			c.genDecl(decl)
		}
	}
	c.orphans(file)
	c.references(file)
	if same := c.model.Decls[PackageKey]; hasVerb(same, "same") && len(file.Decls) > 0 {
		c.fail(file.Package, errors.New("a package that is the same as another declares nothing"))
	}
}

func (c *modelCollector) funcDecl(decl *ast.FuncDecl) {
	at := signaturePlace(decl.Type, onFunc)
	key := decl.Name.Name
	if decl.Recv != nil {
		at.kind = onMethod
		key = receiverName(decl.Recv.List[0].Type) + "." + key
	}
	c.add(key, decl.Doc, at)
}

func (c *modelCollector) genDecl(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			c.typeSpec(spec, specDoc(decl, spec.Doc))
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				c.add(name.Name, specDoc(decl, spec.Doc), modelPlace{kind: onVar})
			}
		}
	}
}

// specDoc returns the comment of a spec: the declaration's own, if it holds
// nothing else.
func specDoc(decl *ast.GenDecl, doc *ast.CommentGroup) *ast.CommentGroup {
	if doc == nil && !decl.Lparen.IsValid() {
		return decl.Doc
	}
	return doc
}

func (c *modelCollector) typeSpec(spec *ast.TypeSpec, doc *ast.CommentGroup) {
	c.add(spec.Name.Name, doc, modelPlace{kind: onType, entries: hasEntries(spec.Type)})
	switch t := spec.Type.(type) {
	case *ast.StructType:
		c.structFields(spec.Name.Name, t)
	case *ast.InterfaceType:
		for _, field := range t.Methods.List {
			signature, ok := field.Type.(*ast.FuncType)
			if !ok {
				continue // an embedded interface
			}
			for _, name := range field.Names {
				c.add(spec.Name.Name+"."+name.Name, field.Doc, signaturePlace(signature, onMethod))
			}
		}
	}
}

// hasEntries reports whether a type is a map or a struct.
func hasEntries(t ast.Expr) bool {
	switch t.(type) {
	case *ast.MapType, *ast.StructType:
		return true
	}
	return false
}

// structFields collects the fields of a struct, and those of the structs
// without a name inside it under the path to them.
func (c *modelCollector) structFields(path string, t *ast.StructType) {
	for _, field := range t.Fields.List {
		for _, name := range fieldNames(field) {
			c.add(path+"."+name, field.Doc, modelPlace{kind: onField})
			if inner, ok := field.Type.(*ast.StructType); ok {
				c.structFields(path+"."+name, inner)
			}
		}
	}
}

// fieldNames returns the names of a struct field; an embedded one is called
// like its type.
func fieldNames(field *ast.Field) []string {
	if len(field.Names) == 0 {
		return []string{receiverName(field.Type)}
	}
	names := make([]string, len(field.Names))
	for i, name := range field.Names {
		names[i] = name.Name
	}
	return names
}

// receiverName returns the name of the type that an expression names, without
// pointer, package and type arguments.
func receiverName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.StarExpr:
		return receiverName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.IndexExpr:
		return receiverName(expr.X)
	case *ast.IndexListExpr:
		return receiverName(expr.X)
	case *ast.ParenExpr:
		return receiverName(expr.X)
	}
	return ""
}

func signaturePlace(t *ast.FuncType, kind int) modelPlace {
	at := modelPlace{kind: kind, params: t.Params.NumFields(), results: t.Results.NumFields()}
	if list := t.Params.List; len(list) > 0 {
		_, at.variadic = list[len(list)-1].Type.(*ast.Ellipsis)
	}
	return at
}

// add parses the directives of one declaration's comment.
func (c *modelCollector) add(key string, doc *ast.CommentGroup, at modelPlace) {
	if doc == nil {
		return
	}
	for _, comment := range doc.List {
		if !strings.HasPrefix(comment.Text, directivePrefix) {
			continue
		}
		c.seen[comment] = true
		d, err := parseDirective(comment.Text, at)
		if err != nil {
			c.fail(comment.Pos(), fmt.Errorf("%s: %w", key, err))
			return
		}
		d.File, d.Line = c.file.name, c.line(comment.Pos())
		c.model.Decls[key] = append(c.model.Decls[key], d)
	}
	if len(c.model.Decls[key]) > 0 {
		c.fail(doc.Pos(), checkTogether(key, c.model.Decls[key]))
	}
}

// checkTogether checks what the directives of one declaration need of each other.
func checkTogether(key string, list []Directive) error {
	news := 0
	for _, d := range list {
		if d.Verb == "new" {
			news++
		}
	}
	if news > 1 {
		return fmt.Errorf("%s: a call makes one object, not %d", key, news)
	}
	for _, d := range list {
		needsNew := d.Verb == "parent" || d.Verb == "on" && d.Words[0] == "new"
		if needsNew && news == 0 {
			return fmt.Errorf("%s: %s %s without new", key, d.Verb, d.Words[0])
		}
	}
	return nil
}

func hasVerb(list []Directive, verb string) bool {
	for _, d := range list {
		if d.Verb == verb {
			return true
		}
	}
	return false
}

// orphans refuses directives that belong to no declaration, and comments that
// look like one but are written with a blank.
func (c *modelCollector) orphans(file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			text := strings.TrimLeft(strings.TrimPrefix(comment.Text, "//"), " \t")
			if !strings.HasPrefix(text, "authlint:") || c.seen[comment] {
				continue
			}
			c.fail(comment.Pos(), errors.New("directive belongs to no declaration, or is not written \"//authlint:\" in its comment"))
		}
	}
}

// references checks that package variables named as targets are declared.
func (c *modelCollector) references(file *ast.File) {
	vars := make(map[string]bool)
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				vars[name.Name] = true
			}
		}
	}
	for key, list := range c.model.Decls {
		for _, d := range list {
			if d.Verb != "on" && d.Verb != "parent" {
				continue
			}
			if t := d.Words[0]; namesVariable(t) && !vars[t] && c.err == nil {
				c.err = fmt.Errorf("%s:%d: %s: target %s is neither a known word nor a package variable", d.File, d.Line, key, t)
			}
		}
	}
}
