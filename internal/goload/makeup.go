package goload

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goload/synth"
)

// learnRounds is how often the code that uses missing packages is type-checked
// to learn from it; what is not learned by then hardly matters.
const learnRounds = 8

// draft is a package on its way to being understood: it is type-checked to
// learn what the missing packages are like, and checked again afterwards.
type draft struct {
	node  *node
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	errs  int
	// checked is set when it was type-checked in this round.
	checked bool
	// settled is set when its bodies have nothing more to tell.
	settled bool
}

// maker makes up the missing packages of a universe.
type maker struct {
	r      *runner
	u      *universe
	world  *synth.World
	stubs  map[string]string // source of models by import path
	std    map[string]*node  // packages that only the models import
	drafts []*draft
	byNode map[*node]*draft
	// own are the packages of this round that use missing ones.
	own map[*types.Package]bool
}

// makeUp makes the packages that are missing in a universe, from their models
// and from how the tainted packages, which are sorted, use them.
func (r *runner) makeUp(ctx context.Context, u *universe, tainted []*node) {
	m := &maker{r: r, u: u, stubs: map[string]string{}, byNode: map[*node]*draft{}}
	users := map[string][]*node{}
	for _, n := range tainted {
		for _, path := range n.missing {
			users[path] = append(users[path], n)
		}
	}
	if len(users) == 0 {
		return
	}
	m.readModels(sortedKeys(users))
	for path := range m.stubs {
		if users[path] == nil {
			users[path] = nil // needed by another model only
		}
	}
	m.world = synth.New(sortedKeys(users))
	m.world.Stub = m.stub
	m.world.IsKnown = func(pkg *types.Package) bool { return !m.own[pkg] && !m.world.Missing(pkg.Path()) }
	m.loadForStubs(ctx)
	for _, n := range tainted {
		d := &draft{node: n}
		quiet := node{goFiles: n.goFiles, role: factsOnly} // errors are told when it is analysed
		d.files, _ = r.parse(&quiet)
		m.drafts = append(m.drafts, d)
		m.byNode[n] = d
		defer r.forgetPositions(&quiet)
	}
	m.guard(func() {
		m.learn(ctx)
		u.madeUp = m.world.Build()
	})
	m.tell(users)
}

// guard calls a function and turns a panic into a notice: without made-up
// packages more bodies are dropped, and that is all.
func (m *maker) guard(do func()) {
	defer func() {
		if value := recover(); value != nil {
			m.r.notices.add(finding.Notice{
				ID: "internal-error", Level: "error", Where: m.r.place(m.u.dir, 0, 0),
				Message: fmt.Sprintf("making up missing packages failed: %v", panicError(value)),
			})
		}
	}()
	do()
}

// readModels reads the models of missing packages, and of the packages that
// these import and that are missing as well.
func (m *maker) readModels(paths []string) {
	for len(paths) > 0 {
		path := paths[0]
		paths = paths[1:]
		if _, known := m.stubs[path]; known {
			continue
		}
		model, err := m.r.catalogue.Model(path)
		if err != nil || model == nil {
			continue
		}
		m.stubs[path] = model.Source
		for _, imported := range m.stubImports(path) {
			if !isStandardPath(imported) && m.u.find(imported) == nil {
				paths = append(paths, imported)
			}
		}
	}
}

// isStandardPath reports whether only the standard library can have that path.
func isStandardPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// stubImports returns what a model imports.
func (m *maker) stubImports(path string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), path, m.stubs[path], parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	return importPaths(file)
}

// find returns the package of that path which does not depend on missing ones,
// nil if the universe has none.
func (u *universe) find(path string) *node {
	for _, n := range u.byPath[path] {
		if !n.tainted && n.forTest == "" && n.pkg != nil {
			return n
		}
	}
	return nil
}

// loadForStubs loads the packages of the standard library that models import
// and nobody else does.
func (m *maker) loadForStubs(ctx context.Context) {
	wanted := map[string]bool{}
	for path := range m.stubs {
		for _, imported := range m.stubImports(path) {
			if isStandardPath(imported) && m.u.find(imported) == nil {
				wanted[imported] = true
			}
		}
	}
	known, err := m.r.loadStandard(ctx, m.u, sortedKeys(wanted))
	if err != nil {
		return // the models are used as far as they type-check
	}
	var roots []*node
	for _, path := range sortedKeys(known) {
		roots = append(roots, known[path])
	}
	list := m.r.resolve(m.r.order(m.u, roots), m.r.universes)
	m.r.schedule(ctx, m.u, list)
	m.std = map[string]*node{}
	for _, n := range list {
		m.std[n.path] = n
	}
}

// stub type-checks the model of a package anew, nil if there is none. What does
// not fit is mended as in any other code.
func (m *maker) stub(path string) *types.Package {
	source, ok := m.stubs[path]
	if !ok {
		return nil
	}
	fset := token.NewFileSet() // its positions mean nothing to anybody
	file, err := parser.ParseFile(fset, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	mend := newMender(fset, []*ast.File{file})
	for range maxRounds {
		var hard []types.Error
		config := types.Config{
			IgnoreFuncBodies: true, Sizes: m.r.sizes, Importer: importerFunc(m.importForStub),
			Error: func(err error) {
				if e, ok := errors.AsType[types.Error](err); ok && !isSoft(e) && !isContinuation(e) {
					hard = append(hard, e)
				}
			},
		}
		pkg := types.NewPackage(path, file.Name.Name)
		_ = types.NewChecker(&config, fset, pkg, nil).Files([]*ast.File{file})
		if len(hard) == 0 {
			return pkg
		}
		if !mend.dropErrors(hard) {
			return nil
		}
	}
	return nil
}

// importForStub returns a package that a model imports: another missing one, or
// one of the universe or of the standard library.
func (m *maker) importForStub(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if m.std[path] != nil {
		return m.std[path].pkg, nil
	}
	if pkg := m.world.Need(path); pkg != nil {
		return pkg, nil
	}
	if n := m.u.find(path); n != nil {
		return n.pkg, nil
	}
	return nil, fmt.Errorf("package %s is missing", path)
}

// learn lets the world learn from the drafts until there is nothing new.
func (m *maker) learn(ctx context.Context) {
	for _, d := range m.drafts {
		taken := map[string]bool{}
		for _, f := range d.files {
			for _, decl := range f.Decls {
				declared(decl, taken)
			}
		}
		for _, f := range d.files {
			m.world.Names(f, taken, func(path string) string {
				if to := d.node.imports[path]; to != nil {
					return to.name
				}
				return ""
			})
		}
	}
	m.u.madeUp = m.world.Build()
	for _, d := range m.drafts {
		for _, f := range d.files {
			m.u.demote(d.node, f)
			m.world.Uses(f)
		}
	}
	m.world.Settle()
	for range learnRounds {
		if ctx.Err() != nil {
			return
		}
		m.world.Build()
		m.round(ctx)
		if !m.world.Settle() {
			return
		}
	}
}

// round type-checks the drafts against the missing packages of this round and
// learns from each, in their order: as soon as those before it are done, so that
// few have to be kept.
func (m *maker) round(ctx context.Context) {
	list := make([]*node, len(m.drafts))
	m.own = make(map[*types.Package]bool, len(m.drafts))
	for i, d := range m.drafts {
		d.node.done, d.checked, d.pkg = false, false, types.NewPackage(d.node.path, d.node.name)
		list[i], m.own[d.pkg] = d.node, true
	}
	var mu sync.Mutex
	next := 0
	m.r.each(ctx, list, func(n *node) {
		m.checkDraft(m.byNode[n])
		mu.Lock()
		defer mu.Unlock()
		m.byNode[n].checked = true
		for ; next < len(m.drafts) && m.drafts[next].checked; next++ {
			if d := m.drafts[next]; d.info != nil {
				m.guard(func() { m.world.Learn(d.files, d.info) })
				d.info, d.settled = nil, d.errs == 0
			}
		}
	})
	for _, d := range m.drafts {
		d.node.done = false
	}
}

// checkDraft type-checks one draft: whole if it is under analysis and has not
// told all it can, otherwise its declarations.
func (m *maker) checkDraft(d *draft) {
	defer func() { _ = recover() }() // told when the package is analysed
	bodies := d.node.role == underAnalysis && !d.settled
	config := types.Config{
		Sizes: m.r.sizes, GoVersion: d.node.goVersion(), IgnoreFuncBodies: !bodies, FakeImportC: true,
		Importer: importerFunc(func(path string) (*types.Package, error) {
			if path == "unsafe" {
				return types.Unsafe, nil
			}
			if pkg := m.world.Package(path); pkg != nil && slices.Contains(d.node.missing, path) {
				return pkg, nil
			}
			to := d.node.imports[path]
			switch {
			case to == nil:
				return nil, fmt.Errorf("package %s is missing", path)
			case m.byNode[to] != nil:
				return m.byNode[to].pkg, nil
			}
			return to.pkg, nil
		}),
	}
	d.errs = 0
	config.Error = func(err error) {
		if e, ok := errors.AsType[types.Error](err); !ok || !isSoft(e) && !isContinuation(e) {
			d.errs++
		}
	}
	d.info = nil
	if bodies || !d.settled {
		d.info = newInfo()
	}
	_ = types.NewChecker(&config, m.r.fset, d.pkg, d.info).Files(d.files)
}

// demote makes variables of the constants in a file that need made-up packages.
func (u *universe) demote(n *node, f *ast.File) {
	if len(n.missing) == 0 {
		return
	}
	names := map[string]bool{}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		switch {
		case err != nil || u.madeUp[path] == nil || n.imports[path] != nil:
		case spec.Name != nil:
			names[spec.Name.Name] = true
		default:
			names[u.madeUp[path].Name()] = true
		}
	}
	if len(names) > 0 {
		demoteConstants(f, func(name string) bool { return names[name] })
	}
}

// absence is what is told of a module that is missing.
type absence struct {
	modelled  bool
	importers map[*node]bool
	at        finding.Location
}

// tell tells which modules are missing and who imports them.
func (m *maker) tell(users map[string][]*node) {
	requires := m.u.requires()
	absent := map[string]*absence{}
	for _, path := range sortedKeys(users) {
		if m.u.cut[path] {
			continue // there, but in an import cycle
		}
		module := moduleOf(path, requires)
		a := absent[module]
		if a == nil {
			a = &absence{importers: map[*node]bool{}}
		}
		for _, n := range users[path] {
			if n.role != underAnalysis || n.only != nil {
				continue // only dependencies, or files that are excluded here, miss it
			}
			absent[module] = a
			if len(a.importers) == 0 {
				a.at = m.importOf(n, path)
			}
			a.importers[n] = true
		}
		a.modelled = a.modelled || m.stubs[path] != ""
	}
	for _, module := range sortedKeys(absent) {
		a := absent[module]
		how := "from its uses"
		if a.modelled {
			how = "from authlint's model and from its uses"
		}
		m.r.notices.add(finding.Notice{
			ID: "missing-module", Level: "warning", Where: a.at,
			Message: fmt.Sprintf("module %s, which %s, is not on this machine: its API is taken %s", module,
				count(len(a.importers), "package imports", "packages import"), how),
		})
	}
}

// requires returns the paths of the modules that the modules under analysis require.
func (u *universe) requires() []string {
	files := map[string]bool{}
	for _, n := range u.nodes {
		if n.module != nil && n.module.GoMod != "" {
			files[n.module.GoMod] = true
		}
	}
	var list []string
	for _, name := range sortedKeys(files) {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		file, err := modfile.ParseLax(name, data, nil)
		if err != nil {
			continue // told when it was listed
		}
		for _, r := range file.Require {
			list = append(list, r.Mod.Path)
		}
	}
	return list
}

// moduleOf returns the module that a package probably belongs to: the longest
// of those required, or by the custom of the well-known hosts.
func moduleOf(path string, requires []string) string {
	best := ""
	for _, module := range requires {
		if len(module) > len(best) && (path == module || strings.HasPrefix(path, module+"/")) {
			best = module
		}
	}
	if best != "" {
		return best
	}
	parts := strings.Split(path, "/")
	switch parts[0] {
	case "github.com", "gitlab.com", "bitbucket.org", "codeberg.org":
		return strings.Join(parts[:min(3, len(parts))], "/")
	}
	return path
}

// importOf returns the place where a package imports a path.
func (m *maker) importOf(n *node, path string) finding.Location {
	for _, f := range m.byNode[n].files {
		for _, spec := range f.Imports {
			if spec.Path.Value == strconv.Quote(path) {
				at := m.r.fset.Position(spec.Path.Pos())
				return m.r.place(at.Filename, at.Line, at.Column)
			}
		}
	}
	return m.r.place(n.dir, 0, 0)
}
