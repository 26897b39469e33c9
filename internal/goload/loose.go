package goload

import (
	"context"
	"errors"
	"go/build"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"
)

// lister makes packages of directories without help of the go command but for
// the standard library.
type lister struct {
	r     *runner
	u     *universe
	build build.Context
	// paths are the import paths of directories, dirs the reverse.
	paths, dirs map[string]string
	files       map[string][]looseFile // by directory
	nodes       map[string]*node       // importable ones, by directory
	known       map[string]*node       // what the go command listed, by import path
	vendor      string                 // the vendor folder
}

// newLister returns a lister for the directories of a universe.
func (r *runner) newLister(u *universe, vendor string) *lister {
	l := &lister{
		r: r, u: u, build: build.Default, vendor: vendor,
		paths: map[string]string{}, dirs: map[string]string{},
		files: map[string][]looseFile{}, nodes: map[string]*node{}, known: map[string]*node{},
	}
	l.build.BuildTags = r.opts.Tags
	l.build.CgoEnabled = true
	return l
}

// listLoose makes the nodes of directories that belong to no module, or to one
// that the go command cannot list. Imports between them are found by the
// module's path, or by the path that they seem to have had in a GOPATH.
func (r *runner) listLoose(ctx context.Context, u *universe) {
	l := r.newLister(u, filepath.Join(u.dir, "vendor"))
	for _, dir := range u.loose {
		l.files[dir] = l.r.readDirectory(&l.build, dir)
	}
	l.nameDirectories()
	var roots []*node
	for _, dir := range u.loose {
		roots = append(roots, l.packagesOf(dir)...)
	}
	l.connect(ctx, roots)
	u.nodes = roots
}

// fromVendor finds packages that the go command did not in the module's vendor
// folder, which it does not use if the folder disagrees with go.mod.
func (r *runner) fromVendor(ctx context.Context, u *universe, listed map[string]*node) {
	vendor := filepath.Join(u.dir, "vendor")
	if info, err := os.Stat(vendor); err != nil || !info.IsDir() {
		return
	}
	l := r.newLister(u, vendor)
	var open []*node
	for _, id := range sortedKeys(listed) {
		n := listed[id]
		if n.id == n.path {
			l.known[n.path] = n
		}
		if len(n.missing) > 0 {
			open = append(open, n)
		}
	}
	if len(open) > 0 {
		l.connect(ctx, open)
	}
}

// nameDirectories finds the import paths of the directories.
func (l *lister) nameDirectories() {
	roots, modules := map[string]string{}, map[string]string{}
	prefix, prefixKnown := "", false
	for _, dir := range l.u.loose {
		root := l.r.moduleRoot(dir, roots)
		if root == "" {
			if !prefixKnown {
				prefix, prefixKnown = l.guessPrefix(), true
			}
			root = l.r.opts.Root
			modules[root] = prefix
		} else if _, ok := modules[root]; !ok {
			modules[root] = modulePath(root)
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			continue
		}
		full := path.Join(modules[root], filepath.ToSlash(rel))
		if modules[root] == "" {
			full = "loose/" + path.Clean(filepath.ToSlash(rel)) // cannot be imported
		}
		l.paths[dir], l.dirs[full] = full, dir
	}
}

// modulePath returns the module's path as its go.mod says, "" if it cannot be told.
func modulePath(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return ""
	}
	return modfile.ModulePath(data)
}

// guessPrefix returns the import path that the root seems to have: the prefix
// under which most of its directories are imported, at least two of them, or
// one if the prefix ends in the root's own name. It is "" if there is none.
func (l *lister) guessPrefix() string {
	below := map[string]bool{}
	for _, dir := range l.u.loose {
		if rel, err := filepath.Rel(l.r.opts.Root, dir); err == nil {
			below[filepath.ToSlash(rel)] = true
		}
	}
	votes := map[string]map[string]bool{}
	for _, files := range l.files {
		for _, file := range files {
			for _, imported := range file.imports {
				parts := strings.Split(imported, "/")
				for i := 1; i < len(parts); i++ {
					rest := path.Join(parts[i:]...)
					prefix := path.Join(parts[:i]...)
					if !below[rest] || !strings.Contains(parts[0], ".") {
						continue
					}
					if votes[prefix] == nil {
						votes[prefix] = map[string]bool{}
					}
					votes[prefix][rest] = true
				}
			}
		}
	}
	best, most := "", 1
	for _, prefix := range sortedKeys(votes) {
		count := len(votes[prefix])
		if path.Base(prefix) == filepath.Base(l.r.opts.Root) {
			count++
		}
		if count > most {
			best, most = prefix, count
		}
	}
	return best
}

// packagesOf makes the packages of a directory that are under analysis: the
// package itself with its tests, the external tests, further packages, and
// further programs.
func (l *lister) packagesOf(dir string) []*node {
	groups := map[string][]looseFile{}
	var excluded []looseFile
	for _, f := range l.files[dir] {
		switch {
		case !l.r.isWanted(f.name):
		case f.excluded:
			excluded = append(excluded, f)
			l.u.excluded = append(l.u.excluded, f.name)
		default:
			groups[f.pkg] = append(groups[f.pkg], f)
		}
	}
	var list []*node
	for _, name := range sortedKeys(groups) {
		for i, files := range units(groups[name]) {
			n := l.node(dir, name, files)
			n.role = underAnalysis
			if i > 0 {
				n.id += " (" + filepath.Base(files[0].name) + ")"
			}
			if strings.HasSuffix(name, "_test") && len(groups) > 1 {
				n.path, n.forTest = n.path+"_test", n.path
			}
			list = append(list, n)
		}
	}
	return append(list, variants(excluded, l.files[dir], list, func(name string, files []looseFile) *node {
		return l.node(dir, name, files)
	})...)
}

// node makes a package of files of a directory.
func (l *lister) node(dir, name string, files []looseFile) *node {
	n := &node{
		id: l.paths[dir] + " (" + name + ")", path: l.paths[dir], name: name, dir: dir,
		imports: map[string]*node{}, role: factsOnly,
	}
	for _, f := range files {
		n.goFiles = append(n.goFiles, f.name)
		for _, imported := range f.imports {
			if imported == "C" {
				n.fakeC = true
			} else if !slices.Contains(n.missing, imported) {
				n.missing = append(n.missing, imported) // until it is found
			}
		}
	}
	return n
}

// connect finds the packages that are imported.
func (l *lister) connect(ctx context.Context, roots []*node) {
	wanted := map[string]bool{}
	pending := slices.Clone(roots)
	seen := map[*node]bool{}
	var all []*node
	for len(pending) > 0 {
		n := pending[0]
		pending = pending[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		all = append(all, n)
		n.missing = slices.DeleteFunc(n.missing, func(imported string) bool {
			to := l.local(imported)
			if to == nil {
				wanted[imported] = isStandardPath(imported)
				return false
			}
			n.imports[imported] = to
			pending = append(pending, to)
			return true
		})
	}
	var std []string
	for _, imported := range sortedKeys(wanted) {
		if wanted[imported] {
			std = append(std, imported)
		}
	}
	known, err := l.r.loadStandard(ctx, l.u, std)
	if err != nil && ctx.Err() == nil {
		l.r.notices.add(l.r.listNotice(l.u, err))
	}
	for _, n := range all {
		n.missing = slices.DeleteFunc(n.missing, func(imported string) bool {
			if known[imported] == nil {
				return false
			}
			n.imports[imported] = known[imported]
			return true
		})
		slices.Sort(n.missing)
	}
}

// local returns the package that an import path stands for below the root or in
// its vendor folder, nil if there is none.
func (l *lister) local(imported string) *node {
	if n := l.known[imported]; n != nil {
		return n
	}
	dir, ok := l.dirs[imported]
	if !ok {
		vendored := filepath.Join(l.vendor, filepath.FromSlash(imported))
		if info, err := os.Stat(vendored); err != nil || !info.IsDir() {
			return nil
		}
		dir = vendored
		l.paths[dir], l.dirs[imported] = imported, dir
	}
	if n, ok := l.nodes[dir]; ok {
		return n
	}
	if l.files[dir] == nil {
		l.files[dir] = l.r.readDirectory(&l.build, dir)
	}
	groups := map[string][]looseFile{}
	for _, f := range l.files[dir] {
		if !f.excluded && !strings.HasSuffix(f.name, "_test.go") && f.pkg != "main" {
			groups[f.pkg] = append(groups[f.pkg], f)
		}
	}
	l.nodes[dir] = nil
	if len(groups) > 0 {
		name := sortedKeys(groups)[0]
		l.nodes[dir] = l.node(dir, name, groups[name])
	}
	return l.nodes[dir]
}

// loadStandard lists packages of the standard library and returns those that
// exist, by import path.
func (r *runner) loadStandard(ctx context.Context, u *universe, paths []string) (map[string]*node, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Mode: listMode, Dir: os.TempDir(),
		Env:        append(r.environ(u), "GO111MODULE=off", "GOWORK=", "GOFLAGS=", "GOPATH="+os.DevNull),
		BuildFlags: r.buildFlags(),
	}, paths...)
	if err != nil {
		return nil, err
	}
	b := &builder{r: r, u: u, nodes: map[string]*node{}}
	packages.Visit(loaded, nil, b.convert)
	known := map[string]*node{}
	for _, p := range loaded {
		if n := b.nodes[p.ID]; n != nil {
			known[p.PkgPath] = n
		}
	}
	if len(known) == 0 {
		return nil, errors.New("the standard library is missing")
	}
	return known, nil
}
