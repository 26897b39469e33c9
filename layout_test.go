// Package authlint_test holds what is true of the tree as a whole.
package authlint_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/authlint/authlint"

// testHelper helps the tests of every layer: no order holds for it and for what
// lies in its folder.
const testHelper = "internal/authtest"

// isTestHelper reports whether a folder holds nothing but help for tests.
func isTestHelper(folder string) bool {
	return folder == testHelper || strings.HasPrefix(folder, testHelper+"/")
}

// layers are the packages from the lowest to the highest: a package imports
// only from lower layers, or from its own folder. A name stands for the folder
// and all below it, unless a longer name is listed.
var layers = [][]string{
	{"internal/finding", "internal/goexpr", "internal/partial", "internal/nearest", "internal/markdown", "internal/digest"},
	{"internal/tomlfile", "internal/shape", "internal/walk", "internal/git"},
	{"rules"},
	{"internal/practice"},
	{"internal/config"},
	{"internal/flow", "internal/secrets", "internal/suppress", "internal/embed"},
	{"internal/settings", "internal/command", "internal/document", "internal/snippet", "internal/secretfile"},
	{"internal/dispatch"},
	{"internal/gopass", "internal/known", "internal/survey"},
	{"analyzers"},
	{"internal/goload"},
	{"internal/fix"},
	{"internal/report", "internal/scan"},
	{"internal/baseline"},
	{"sarif"},
	{"internal/cli"},
	{"cmd"},
}

// owners are the libraries that one package alone may import; "" stands for
// none. The TOML parser below the decoder has a user of its own: only it tells
// where each value of a foreign file stands.
var owners = map[string]string{
	"github.com/zricethezav/gitleaks/v8":           "internal/secrets",
	"github.com/owenrumney/go-sarif/v2":            "sarif",
	"github.com/golangci/plugin-module-register":   "cmd/gclplugin",
	"github.com/spf13/cobra":                       "internal/cli",
	"github.com/bluekeyes/go-gitdiff":              "internal/git",
	"github.com/hashicorp/hcl/v2":                  "internal/settings",
	"github.com/hashicorp/hcl/v2/hclsyntax":        "internal/settings",
	"github.com/zclconf/go-cty/cty":                "internal/settings",
	"github.com/pelletier/go-toml/v2":              "internal/tomlfile",
	"github.com/pelletier/go-toml/v2/unstable":     "internal/tomlfile internal/settings",
	"mvdan.cc/sh/v3":                               "internal/command",
	"github.com/yuin/goldmark":                     "internal/markdown",
	"github.com/agnivade/levenshtein":              "internal/nearest",
	"golang.org/x/tools/go/packages":               "internal/goload",
	"golang.org/x/tools/go/analysis/unitchecker":   "cmd/authlint",
	"golang.org/x/tools/go/analysis/checker":       "",
	"golang.org/x/tools/go/analysis/singlechecker": "",
	"golang.org/x/tools/go/analysis/multichecker":  "",
	"github.com/spf13/viper":                       "",
	"github.com/zricethezav/gitleaks/v8/detect":    "",
}

// goPackage is what go list says of a package.
type goPackage struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports, Deps   []string
}

// folder returns the package's folder below the root.
func (p *goPackage) folder() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

var listed = sync.OnceValues(func() ([]*goPackage, error) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./...").Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("listing packages: %w: %s", err, exit.Stderr)
	} else if err != nil {
		return nil, err
	}
	var packages []*goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(goPackage)
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
})

// packages returns the packages of the module that have code besides tests.
func packages(t *testing.T) []*goPackage {
	t.Helper()
	all, err := listed()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(all), func(p *goPackage) bool { return len(p.GoFiles) == 0 })
}

// layerOf returns the layer and the name in it that a folder belongs to.
func layerOf(folder string) (layer int, name string) {
	layer = -1
	for i, names := range layers {
		for _, n := range names {
			if (folder == n || strings.HasPrefix(folder, n+"/")) && len(n) > len(name) {
				layer, name = i, n
			}
		}
	}
	return layer, name
}

func TestImportsPointDownwards(t *testing.T) {
	for _, p := range packages(t) {
		if isTestHelper(p.folder()) {
			continue
		}
		layer, name := layerOf(p.folder())
		if layer < 0 {
			t.Errorf("%s is in no layer: add it to the list in this file", p.folder())
		}
		for _, path := range p.Imports {
			imported, ok := strings.CutPrefix(path, module+"/")
			if !ok {
				continue
			}
			if below, owner := layerOf(imported); below >= layer && owner != name {
				t.Errorf("%s imports %s, which does not lie below it", p.folder(), imported)
			}
		}
	}
}

func TestLibrariesHaveOneImporter(t *testing.T) {
	for _, p := range packages(t) {
		if isTestHelper(p.folder()) {
			continue
		}
		for _, path := range p.Imports {
			owner, ok := ownerOf(path)
			if ok && !slices.Contains(strings.Fields(owner), p.folder()) {
				t.Errorf("%s imports %s; only %q may", p.folder(), path, owner)
			}
		}
		if slices.Contains(p.Deps, "github.com/zricethezav/gitleaks/v8/detect") {
			t.Errorf("%s depends on the detector of gitleaks", p.folder())
		}
	}
}

// ownerOf returns the only importer of a package outside the module, if it is
// restricted; the longest entry wins.
func ownerOf(path string) (owner string, ok bool) {
	longest := ""
	for prefix, o := range owners {
		if (path == prefix || strings.HasPrefix(path, prefix+"/")) && len(prefix) > len(longest) {
			longest, owner, ok = prefix, o, true
		}
	}
	return owner, ok
}

// TestKnowledgeIsData sees to it that the engine and the passes name no API of
// a third party: such knowledge is rows of rules/models.
func TestKnowledgeIsData(t *testing.T) {
	for _, p := range packages(t) {
		if _, name := layerOf(p.folder()); name != "internal/flow" && name != "analyzers" {
			continue
		}
		for _, file := range p.GoFiles {
			for _, literal := range stringsIn(t, filepath.Join(p.Dir, file)) {
				if namesDomainPath(literal) {
					t.Errorf("%s/%s names %q: move it to rules/models", p.folder(), file, literal)
				}
			}
		}
	}
}

// stringsIn returns the string literals of a file besides its imports.
func stringsIn(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if _, ok := n.(*ast.ImportSpec); ok {
			return false
		}
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				found = append(found, text)
			}
		}
		return true
	})
	return found
}

// namesDomainPath reports whether a text holds an import path that begins with
// a domain, other than our own.
func namesDomainPath(text string) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\"'`()*&,;=", r) }) {
		domain, rest, ok := strings.Cut(word, "/")
		if !ok || rest == "" || strings.HasPrefix(word, module) || strings.HasPrefix(domain, ".") {
			continue
		}
		if name, top, ok := strings.Cut(domain, "."); ok && name != "" && len(top) > 1 && !strings.HasSuffix(domain, ".") {
			return true
		}
	}
	return false
}

func TestMainIsShort(t *testing.T) {
	data, err := os.ReadFile("cmd/authlint/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(data, []byte("\n")); lines > 40 {
		t.Errorf("cmd/authlint/main.go has %d lines, at most 40 are allowed", lines)
	}
}

// TestSizes holds files to 600 lines, and functions to 60 unless their comment
// says why they are "Long because ...".
func TestSizes(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if ast.IsGenerated(file) {
				continue
			}
			if lines := fset.File(file.Package).LineCount(); lines > 600 {
				t.Errorf("%s/%s has %d lines, at most 600 are allowed", p.folder(), name, lines)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || strings.Contains(f.Doc.Text(), "Long because ") {
					continue
				}
				if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; n > 60 {
					t.Errorf("%s/%s: function %s has %d lines, at most 60 are allowed", p.folder(), name, f.Name.Name, n)
				}
			}
		}
	}
}
