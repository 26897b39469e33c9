package goload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/internal/finding"
)

// role says what a package is there for.
type role uint8

const (
	// typesOnly packages are of the standard library: models speak for them.
	typesOnly role = iota
	// factsOnly packages are dependencies.
	factsOnly
	underAnalysis
)

// node is one package to be type-checked.
type node struct {
	id, path, name, dir string
	forTest             string // the package that a test variant is for
	module              *packages.Module

	goFiles, otherFiles, ignoredFiles, embedFiles []string

	imports map[string]*node // by import path in the source
	missing []string         // import paths that nothing is known of
	role    role
	// only are the files that findings are wanted of, nil for all: the package is
	// a variant of another for the sake of files that build constraints exclude.
	only map[string]bool
	// fakeC is set when files import "C" and cgo was not run on them.
	fakeC bool
	// key tells packages of different universes apart: equal keys mean equal types.
	key string
	// tainted packages depend on a package that is made up for one universe.
	tainted bool
	// twin is a package that is made of the same files, see pair.
	twin *node

	// While it waits: how many imports are not done, and who waits for it.
	index, waits int
	dependents   []*node

	// The outcome.
	done     bool
	pkg      *types.Package
	hasFacts bool
	findings []finding.Finding
	bodies   int
	dropped  int
	partial  bool
	whole    []string // files that were analysed whole
	// positions are the files' places in the file set.
	positions []*token.File
}

// analysisModule returns the module as go vet tells it, nil outside of modules.
func (n *node) analysisModule() *analysis.Module {
	if n.module == nil {
		return nil
	}
	return &analysis.Module{Path: n.module.Path, Version: n.module.Version, GoVersion: n.module.GoVersion}
}

// goVersion returns the language version for the type checker, "" for the
// newest: it refuses a version that is newer than itself.
func (n *node) goVersion() string {
	if n.module == nil || n.module.GoVersion == "" {
		return ""
	}
	asked := "go" + n.module.GoVersion
	if own := runtime.Version(); version.IsValid(own) && version.Compare(asked, own) > 0 {
		return ""
	}
	return asked
}

// isMissing reports whether nothing is known of a package but that it is
// imported. Go/packages gives such a package the file that the error names: the
// one that imports it.
func isMissing(p *packages.Package) bool {
	return p.PkgPath != "unsafe" && (len(p.GoFiles) == 0 || p.Dir == "")
}

// isTestMain reports whether p is the main package that go test makes up.
func isTestMain(p *packages.Package) bool {
	return p.Name == "main" && strings.HasSuffix(p.ID, ".test") &&
		len(p.GoFiles) == 1 && filepath.Ext(p.GoFiles[0]) != ".go"
}

// isStandard reports whether p belongs to the standard library.
func isStandard(p *packages.Package) bool {
	first, _, _ := strings.Cut(p.PkgPath, "/")
	return p.Module == nil && !strings.Contains(first, ".")
}

// builder makes nodes of the packages that the go command listed.
type builder struct {
	r     *runner
	u     *universe
	nodes map[string]*node // by id
}

// build makes the nodes of a universe and notes which are to be analysed.
func (r *runner) build(ctx context.Context, u *universe, loaded []*packages.Package) {
	b := &builder{r: r, u: u, nodes: map[string]*node{}}
	var broken []*packages.Package
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if isTestMain(p) {
			return
		}
		if len(p.Errors) > 0 && !isMissing(p) {
			broken = append(broken, p)
		}
		b.convert(p)
	})
	roots := b.roots(loaded)
	for _, p := range broken {
		roots = append(roots, b.mend(b.nodes[p.ID])...)
	}
	roots = append(roots, b.excluded(ctx, roots)...)
	slices.SortFunc(roots, func(a, b *node) int { return strings.Compare(a.id, b.id) })
	u.nodes = roots
	r.fromVendor(ctx, u, b.nodes)
}

// convert makes the node of a package whose imports have theirs.
func (b *builder) convert(p *packages.Package) {
	if isMissing(p) {
		return
	}
	n := &node{
		id: p.ID, path: p.PkgPath, name: p.Name, dir: p.Dir, forTest: p.ForTest, module: p.Module,
		goFiles: p.GoFiles, otherFiles: p.OtherFiles, ignoredFiles: p.IgnoredFiles, embedFiles: p.EmbedFiles,
		imports: make(map[string]*node, len(p.Imports)), role: factsOnly,
	}
	if isStandard(p) {
		n.role = typesOnly
	}
	if p.PkgPath == "unsafe" {
		n.goFiles, n.pkg = nil, types.Unsafe
	}
	for path, imported := range p.Imports {
		if to := b.nodes[imported.ID]; to != nil {
			n.imports[path] = to
		} else if path != "C" {
			n.missing = append(n.missing, path)
		}
	}
	slices.Sort(n.missing)
	b.nodes[p.ID] = n
}

// roots returns the packages under analysis: those that were asked for, with
// their in-package tests if there are any, as go vet does it.
func (b *builder) roots(loaded []*packages.Package) []*node {
	tested := map[string]bool{}
	for _, p := range loaded {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	var roots []*node
	for _, p := range loaded {
		n := b.nodes[p.ID]
		switch {
		case n == nil:
			b.unlisted(p)
		case p.ForTest == "" && tested[p.PkgPath]: // its variant has all of its files
		case slices.ContainsFunc(n.goFiles, b.r.chosen.has):
			n.role = underAnalysis
			roots = append(roots, n)
		}
	}
	return roots
}

// unlisted tells why a package that was asked for has no Go files.
func (b *builder) unlisted(p *packages.Package) {
	if isTestMain(p) {
		return
	}
	for _, e := range p.Errors {
		if strings.Contains(e.Msg, "build constraints exclude all Go files") {
			continue // the files are read as text
		}
		file, line, column := splitPosition(e.Pos)
		if file == "" || file == "-" {
			file = p.Dir
		}
		b.r.notices.add(finding.Notice{
			ID: "broken-package", Level: "error", Where: b.r.place(b.absolute(file), line, column),
			Message: fmt.Sprintf("package %s cannot be listed: %s", p.PkgPath, b.r.listMessage(e.Msg)),
		})
	}
}

// absolute completes a file name that the go command wrote relative to where it runs.
func (b *builder) absolute(file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(b.u.dir, file)
}

// mend completes a package that the go command could not list as a whole: the
// imports are read from the files, and files of several packages in one
// directory become a node each. It returns the additional packages under analysis.
func (b *builder) mend(n *node) []*node {
	groups := map[string][]string{}
	imports := map[string][]string{}
	for _, name := range n.goFiles {
		data, _ := b.r.read(name)
		file, _ := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly|parser.SkipObjectResolution)
		if !hasName(file) {
			continue // told when the package is parsed
		}
		groups[file.Name.Name] = append(groups[file.Name.Name], name)
		imports[file.Name.Name] = append(imports[file.Name.Name], importPaths(file)...)
	}
	if _, ok := groups[n.name]; !ok {
		if len(groups) == 0 {
			return nil
		}
		n.name = sortedKeys(groups)[0]
	}
	var added []*node
	for _, name := range sortedKeys(groups) {
		part := n
		if name != n.name {
			copied := *n
			part = &copied
			part.id, part.name = n.id+" ("+name+")", name
			part.imports, part.missing = map[string]*node{}, nil
			b.nodes[part.id] = part
			if n.role == underAnalysis {
				added = append(added, part)
			}
		}
		part.goFiles = groups[name]
		b.connect(part, imports[name])
	}
	return added
}

// connect adds imports that the go command did not list.
func (b *builder) connect(n *node, paths []string) {
	for _, path := range paths {
		if n.imports[path] != nil || path == "C" || slices.Contains(n.missing, path) {
			continue
		}
		if to := b.nodes[path]; to != nil && to != n {
			n.imports[path] = to
		} else {
			n.missing = append(n.missing, path)
		}
	}
	slices.Sort(n.missing)
}

// importPaths returns the paths that a file imports.
func importPaths(file *ast.File) []string {
	var paths []string
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// order returns the packages that the roots need, imports first. An import
// cycle is cut: the package that closes it is treated as missing.
func (r *runner) order(u *universe, roots []*node) []*node {
	var list []*node
	state := map[*node]int{} // 1 while its imports are visited, 2 when done
	var visit func(n *node)
	visit = func(n *node) {
		state[n] = 1
		for _, path := range sortedKeys(n.imports) {
			to := n.imports[path]
			switch {
			case state[to] == 0:
				visit(to)
			case state[to] == 1:
				delete(n.imports, path)
				n.missing = append(n.missing, path)
				u.cut[path] = true
				r.notices.add(finding.Notice{
					ID: "broken-package", Level: "warning", Where: r.place(n.dir, 0, 0),
					Message: fmt.Sprintf("packages %s and %s import each other; both were analysed in part", n.path, path),
				})
			}
		}
		state[n] = 2
		list = append(list, n)
	}
	for _, n := range roots {
		if state[n] == 0 {
			visit(n)
		}
	}
	return list
}

// resolve gives each package of a sorted list its key and replaces those that
// an earlier universe has checked already by the finished ones.
func (r *runner) resolve(list []*node, universe int) []*node {
	same := map[*node]*node{}
	var out []*node
	for _, n := range list {
		n.tainted = len(n.missing) > 0
		for path, to := range n.imports {
			if known := same[to]; known != nil {
				n.imports[path] = known
				to = known
			}
			n.tainted = n.tainted || to.tainted
		}
		n.key = n.computeKey(universe)
		if known := r.kept[n.key]; known != nil && known != n && known.role >= n.role {
			same[n] = known
			n = known
		} else {
			r.kept[n.key] = n
		}
		out = append(out, n)
	}
	return out
}

// computeKey returns a hash of all that the types of the package depend on.
func (n *node) computeKey(universe int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %v\n", n.id, n.dir, n.goVersion(), n.goFiles, n.role)
	for _, path := range sortedKeys(n.imports) {
		fmt.Fprintf(h, "%q %s\n", path, n.imports[path].key)
	}
	if n.tainted {
		fmt.Fprintf(h, "%d %q\n", universe, n.missing)
	}
	return hex.EncodeToString(h.Sum(nil))
}
