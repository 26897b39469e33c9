package rules

import (
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestModelsParse(t *testing.T) {
	for name := range models().names {
		file := path.Join(modelDir, name+modelExt)
		data, err := modelFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		list, err := ParseModels(file, data)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range list {
			if got := models().fileName(m.Path); got != name {
				t.Errorf("%s: package %s is looked up in %q", file, m.Path, got)
			}
			if name != stdModels && m.Module == "" {
				t.Errorf("%s: package %s is in none of the header's modules", file, m.Path)
			}
		}
	}
}

// Every section must say something: a stub without a directive is there only
// for types that other sections mention, or because it leads to them.
func TestModelsSayWhatTheyAreFor(t *testing.T) {
	imports := make(map[string][]string)
	imported := make(map[string]bool)
	for _, p := range ModelPaths() {
		imports[p] = modelledImports(t, mustModel(t, p))
		for _, i := range imports[p] {
			imported[i] = true
		}
	}
	for _, p := range ModelPaths() {
		if len(mustModel(t, p).Decls) == 0 && len(imports[p]) == 0 && !imported[p] {
			t.Errorf("%s: no directive, no model imported, and no other model imports it", p)
		}
	}
}

// No word of the vocabulary is there for nothing.
func TestModelWordsAreUsed(t *testing.T) {
	used := make(map[string]bool)
	for _, p := range ModelPaths() {
		for _, list := range mustModel(t, p).Decls {
			for _, d := range list {
				used[d.Verb] = true
				for _, w := range d.Words {
					used[w] = true
				}
			}
		}
	}
	for _, v := range modelVerbs {
		if !used[v.name] {
			t.Errorf("no model uses the verb %s", v.name)
		}
	}
	for _, k := range modelKinds {
		if !used[k] {
			t.Errorf("no model has an object of kind %s", k)
		}
	}
	for _, words := range [][]modelWord{modelRoles[:], modelValues[:], modelTransfers[:], modelChannels[:], modelPolicies[:], modelTags[:]} {
		for _, w := range words {
			if !used[w.name] {
				t.Errorf("no model uses the word %s", w.name)
			}
		}
	}
}

// The provider that a model's header names is one of the catalogue's.
func TestModelProviders(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ModelPaths() {
		m := mustModel(t, p)
		if m.Provider == "" {
			continue
		}
		if _, ok := c.Provider(m.Provider); !ok {
			t.Errorf("%s: no provider %q", p, m.Provider)
		}
	}
}

// modelledImports returns the paths of the models that a stub imports, the
// standard library's aside.
func modelledImports(t *testing.T, m *PackageModel) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", m.Source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") {
			paths = append(paths, mustModel(t, p).Path)
		}
	}
	return paths
}

func mustModel(t *testing.T, importPath string) *PackageModel {
	t.Helper()
	m, err := Model(importPath)
	if err != nil {
		t.Fatal(err)
	}
	if m == nil {
		t.Fatalf("no model of %s", importPath)
	}
	return m
}

func TestModelLookUp(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"net/http", "net/http"},
		{"net/httpx", ""},
		{"example/net/http", ""},
		{"math/rand", "math/rand"},
		{"math/rand/v2", "math/rand/v2"},
		{"github.com/go-resty/resty", "github.com/go-resty/resty"},
		{"github.com/go-resty/resty/v2", "github.com/go-resty/resty"},
		{"resty.dev/v3", "resty.dev"},
		{"gopkg.in/resty.v1", "gopkg.in/resty"},
		{"gopkg.in/resty.vx", ""},
		{"github.com/go-resty/resty/v2/internal", ""},
		{"github.com/go-playground/validator/v10", "github.com/go-playground/validator"},
		{"golang.org/x/crypto/ssh/knownhosts", "golang.org/x/crypto/ssh/knownhosts"},
		{"golang.org/x/crypto", ""},
		{"github.com/no/such", ""},
		{"", ""},
	} {
		m, err := Model(c.path)
		if err != nil {
			t.Errorf("Model(%q): %v", c.path, err)
			continue
		}
		got := ""
		if m != nil {
			got = m.Path
		}
		if got != c.want {
			t.Errorf("Model(%q) is of %q, want %q", c.path, got, c.want)
		}
	}
	if mustModel(t, "net/http") != mustModel(t, "net/http") {
		t.Error("a second look-up does not return the cached model")
	}
}

// What the engine is written against.
func TestModelDirectives(t *testing.T) {
	for _, c := range []struct {
		path, decl string
		want       []string
	}{
		{"net/http", "NewRequest", []string{"new http-request", "on new method value=0", "on new url value=1", "on new body value=2"}},
		{"net/http", "Request.SetBasicAuth", []string{"on recv basic user=0 password=1"}},
		{"net/http", "Request.URL", []string{"part"}},
		{"net/http", "Header", []string{"object http-header", "entry header name=key value=elem"}},
		{"net/http", "RoundTripper.RoundTrip", []string{"on arg0 send client=recv"}},
		{"net/http", "Get", []string{"new http-request", "parent DefaultClient", `on new method value="GET"`, "on new url value=0", "on new send", "value url-error url=0 result=1"}},
		{"fmt", "Sprintf", []string{"transfer sprintf format=0 args=1..."}},
		{"golang.org/x/crypto/ssh", "InsecureIgnoreHostKey", []string{"value accept-any-host-key"}},
		{"github.com/jlaffaye/ftp", "Dial", []string{"new ftp-connection", "parent arg1...", "on new address value=0"}},
		{"github.com/go-playground/validator/v10", PackageKey, []string{"tag validate validator"}},
	} {
		var got []string
		for _, d := range mustModel(t, c.path).Decls[c.decl] {
			got = append(got, d.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: got %q, want %q", c.path, c.decl, got, c.want)
		}
	}
}

func TestStructTags(t *testing.T) {
	tags, err := StructTags()
	if err != nil {
		t.Fatal(err)
	}
	for key, grammar := range map[string]string{"validate": "validator", "binding": "validator", "valid": "govalidator", "envDefault": "fallback"} {
		if !slices.ContainsFunc(tags[key], func(d Directive) bool { return d.Words[1] == grammar }) {
			t.Errorf("struct tag %s: no grammar %s in %v", key, grammar, tags[key])
		}
	}
}

// Stubs compile, with one another and the standard library as imports.
func TestModelsCompile(t *testing.T) {
	c := stubImporter{fset: token.NewFileSet(), done: make(map[string]*types.Package)}
	c.std = importer.ForCompiler(c.fset, "gc", nil)
	for _, p := range ModelPaths() {
		if _, err := c.check(p); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
}

// stubImporter resolves imports to stubs where a model has one, else to the
// standard library.
type stubImporter struct {
	fset *token.FileSet
	std  types.Importer
	done map[string]*types.Package
}

func (c *stubImporter) Import(importPath string) (*types.Package, error) {
	if first, _, _ := strings.Cut(importPath, "/"); !strings.Contains(first, ".") {
		return c.std.Import(importPath)
	}
	return c.check(importPath)
}

func (c *stubImporter) check(importPath string) (*types.Package, error) {
	if p, ok := c.done[importPath]; ok {
		return p, nil
	}
	m, err := Model(importPath)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errors.New("neither standard nor modelled")
	}
	file, err := parser.ParseFile(c.fset, importPath, m.Source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	conf := types.Config{Importer: c}
	p, err := conf.Check(importPath, c.fset, []*ast.File{file}, nil)
	if err != nil {
		return nil, err
	}
	c.done[importPath] = p
	return p, nil
}

// The README is the only place that says what a word means, so it must have
// every word, with the arguments that the parser takes, and no other.
func TestModelsReadme(t *testing.T) {
	data, err := os.ReadFile(path.Join(modelDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := readmeSections(string(data))
	var kinds, verbs []modelWord
	for _, k := range modelKinds {
		kinds = append(kinds, modelWord{name: k})
	}
	for _, v := range modelVerbs {
		verbs = append(verbs, modelWord{name: v.name})
	}
	for _, c := range []struct {
		section string
		words   []modelWord
		args    bool
	}{
		{"Directives", verbs, false},
		{"Kinds of objects", kinds, false},
		{"Roles of events", modelRoles[:], true},
		{"Roles of values", modelValues[:], true},
		{"Operations on text", modelTransfers[:], true},
		{"Channels", modelChannels[:], false},
		{"Password policies", modelPolicies[:], true},
		{"Struct tags", modelTags[:], false},
	} {
		rows := sections[c.section]
		for _, w := range c.words {
			args, ok := rows[w.name]
			if !ok {
				t.Errorf("README, %s: no row for %s", c.section, w.name)
				continue
			}
			want := strings.Join(strings.Fields(strings.NewReplacer("!", "", "+", "").Replace(w.args)), ", ")
			if c.args && args != want {
				t.Errorf("README, %s: %s takes %q, the parser says %q", c.section, w.name, args, want)
			}
			delete(rows, w.name)
		}
		for name := range rows {
			t.Errorf("README, %s: the parser knows no %s", c.section, name)
		}
	}
}

// readmeSections returns the tables of a README: section title, first word of
// the first cell, second cell.
func readmeSections(text string) map[string]map[string]string {
	row := regexp.MustCompile("^\\| `([a-z0-9-]+)[^`]*` \\| ([^|]*)\\|")
	sections := make(map[string]map[string]string)
	title := ""
	for _, line := range strings.Split(text, "\n") {
		if h, ok := strings.CutPrefix(line, "## "); ok {
			title = h
			sections[title] = make(map[string]string)
		}
		if m := row.FindStringSubmatch(line); m != nil {
			sections[title][m[1]] = strings.TrimSpace(m[2])
		}
	}
	return sections
}

// The example at the top of the README is a model.
func TestModelsReadmeExample(t *testing.T) {
	data, err := os.ReadFile(path.Join(modelDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var example strings.Builder
	started := false
	for _, line := range strings.Split(string(data), "\n") {
		text, indented := strings.CutPrefix(line, "    ")
		started = started || strings.HasPrefix(text, "module:") && indented
		if started && !indented && line != "" {
			break
		}
		if started {
			example.WriteString(text + "\n")
		}
	}
	list, err := ParseModels("README.md", []byte(example.String()))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || len(list[0].Decls["Client.Send"]) != 5 || list[0].Provider != "acme" {
		t.Errorf("example parsed to %+v", list)
	}
}

func BenchmarkModel(b *testing.B) {
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			s := newModelStore()
			for _, p := range []string{"net/http", "fmt", "github.com/go-resty/resty/v2", "example.com/none", "github.com/no/such"} {
				if _, err := s.model(p); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("cached", func(b *testing.B) {
		for b.Loop() {
			_, _ = Model("net/http")
			_, _ = Model("example.com/none")
		}
	})
	b.Run("tags", func(b *testing.B) {
		for b.Loop() {
			if _, err := newModelStore().tags(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
